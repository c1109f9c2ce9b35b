/** The exit statuses of the program, and the failure that carries one. */

export const EXIT = {
  done: 0,
  rejects: 1,
  usage: 2,
  input: 3,
  database: 4,
  limit: 5,
  disk: 6,
  internal: 70,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** One line for each status, as `--help` and the documents have it. */
export const EXIT_MEANINGS: readonly (readonly [status: string, meaning: string])[] = [
  ["0", "every record was handled (warnings allowed)"],
  ["1", "done, but some records were rejected; with --atomic: nothing was imported"],
  ["2", "bad usage or configuration; nothing was touched"],
  ["3", "the input is unusable: missing, empty, not MARC, changed under the run"],
  ["4", "the database is unusable: locked by another run, read-only, not a database, newer schema"],
  ["5", "stopped by a limit: --max-rejects, max_deletes, or a rule without end"],
  ["6", "the disk is full or reported an error"],
  ["70", "an error of the program itself"],
  ["129, 130, 143", "stopped by SIGHUP, SIGINT or SIGTERM after a clean checkpoint"],
];

/** Something that ends a run, in the user's terms. */
export class RunFailure extends Error {
  constructor(
    readonly exitStatus: ExitStatus,
    message: string,
    readonly advice: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "RunFailure";
  }
}
