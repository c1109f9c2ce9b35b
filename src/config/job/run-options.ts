/** What the command line asks of one run, beside the configuration. */

/** How the user names formats of input. */
export const INPUT_FORMATS = ["auto", "marc", "marcxml", "turbomarc", "mij", "mrk"] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

export interface RunOptions {
  readonly dryRun: boolean;
  readonly atomic: boolean;
  readonly resume: boolean;
  /** Import what a finished run has imported before, without a warning or a refusal. */
  readonly again: boolean;
  readonly fullLoad: boolean;
  /** Seconds to wait for another importer. */
  readonly wait: number;
  /** Records of the first file to pass over. */
  readonly skip: number;
  /** Records to read at most, null for all. */
  readonly limit: number | null;
  /** Rejects after which the run stops, null for no limit. */
  readonly maxRejects: number | null;
  readonly allowEmpty: boolean;
  readonly format: InputFormat;
}

export const DEFAULT_RUN_OPTIONS: RunOptions = {
  dryRun: false,
  atomic: false,
  resume: false,
  again: false,
  fullLoad: false,
  wait: 0,
  skip: 0,
  limit: null,
  maxRejects: null,
  allowEmpty: false,
  format: "auto",
};
