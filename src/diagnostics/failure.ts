/** What ends a command, and with which exit status. */

import { printable } from "./format.js";

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

/** Every kind of failure, and the exit status that it leads to. */
const STATUS_OF = {
  /** The command line or the configuration asks for what cannot be. */
  usage: EXIT.usage,
  missing: EXIT.input,
  /** An address instead of a file. */
  url: EXIT.input,
  directory: EXIT.input,
  unreadable: EXIT.input,
  empty: EXIT.input,
  "not-marc": EXIT.input,
  gzip: EXIT.input,
  /** The input is not what it was when the run began. */
  changed: EXIT.input,
  /** A repository that cannot be harvested, or not now. */
  repository: EXIT.input,
  "input-io": EXIT.disk,
  /** Another run has the database, and its name is known. */
  held: EXIT.database,
  locked: EXIT.database,
  "read-only": EXIT.database,
  "not-a-database": EXIT.database,
  "newer-schema": EXIT.database,
  "foreign-database": EXIT.database,
  "cannot-open": EXIT.database,
  /** It is there and empty: nothing was ever written to it. */
  unwritten: EXIT.database,
  corrupt: EXIT.database,
  /** The database was removed or replaced while it was written: what was committed went with it. */
  gone: EXIT.database,
  full: EXIT.disk,
  io: EXIT.disk,
  /** A file beside the database: the log, rejects, what a command was to write. */
  disk: EXIT.disk,
  limit: EXIT.limit,
  SIGHUP: EXIT.hangup,
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
  /** Nothing was kept, since some records were rejected. */
  rejects: EXIT.rejects,
  internal: EXIT.internal,
} as const satisfies Readonly<Record<string, ExitStatus>>;
export type FailureKind = keyof typeof STATUS_OF;

/** What a failure may say beside what happened and what to do. */
export interface FailureDetails {
  /**
   * What is already safe, half a sentence; "" where there is nothing to say; null where whoever
   * carried out the work must say it yet, as with failures of the input and of the database.
   */
  readonly safe?: string | null;
  /** The input that it is about, as named by the user. */
  readonly input?: string | null;
  /** Of the catalogue of diagnostics. */
  readonly code?: string | null;
  readonly cause?: unknown;
}

/** Something that ends a command, in the user's terms. Its message is `what`, then what is safe. */
export class Failure extends Error {
  readonly exitStatus: ExitStatus;
  readonly safe: string | null;
  readonly input: string | null;
  readonly code: string | null;

  /**
   * @param what what happened and where, without a full stop
   * @param advice what to do, in whole sentences
   */
  constructor(
    readonly kind: FailureKind,
    readonly what: string,
    readonly advice: string,
    details: FailureDetails = {},
  ) {
    const safe = details.safe === undefined ? "" : details.safe;
    super(safe ? `${what}; ${safe}` : what, { cause: details.cause });
    this.name = "Failure";
    this.exitStatus = STATUS_OF[kind];
    this.safe = safe;
    this.input = details.input ?? null;
    this.code = details.code ?? null;
  }

  /** As a user is shown it. @param _cwd absolute; what names of files are shown relative to */
  report(_cwd: string): string {
    // A file's name may hold anything.
    return `MARC_import: ${printable(this.message)}\n  ${this.advice}`;
  }
}

/** A failure as another thread can be told it. */
export interface PlainFailure
  extends Pick<Failure, "kind" | "what" | "advice" | "safe" | "input" | "code"> {}

export function toPlain({ kind, what, advice, safe, input, code }: Failure): PlainFailure {
  return { kind, what, advice, safe, input, code };
}

export function fromPlain({ kind, what, advice, ...details }: PlainFailure): Failure {
  return new Failure(kind, what, advice, details);
}

/** Whether an error comes from the file system: a full disk, a device that fails, a folder gone. */
export function isDiskError(error: unknown): error is Error & { readonly code: string } {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return /^E[A-Z0-9]+$/.test(code ?? "") && typeof syscall === "string";
}
