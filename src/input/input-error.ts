/** What keeps an input from being read, with the exit status that it leads to. */

import { codeEntry } from "../diagnostics/catalogue.js";
import { FormatError } from "./parsed-record.js";
import type { RecordFormat } from "./record-reader.js";
import type { Sniffed } from "./sniff.js";

type InputErrorKind =
  | "missing"
  | "directory"
  | "unreadable"
  | "empty"
  | "not-marc"
  | "gzip"
  | "changed"
  | "io";

const CODES: Readonly<Record<InputErrorKind, string>> = {
  empty: "M001",
  "not-marc": "M003",
  missing: "M006",
  directory: "M007",
  unreadable: "M008",
  io: "M009",
  gzip: "M010",
  changed: "M012",
};

export class InputError extends Error {
  /** Of the catalogue of diagnostics. */
  readonly code: string;
  /** 6 for errors of the device, else 3. */
  readonly exitStatus: 3 | 6;
  /** What to do about it. */
  readonly advice: string;

  /**
   * @param path as named by the user
   * @param detail what the system or the first bytes say; "" for nothing
   */
  constructor(
    readonly kind: InputErrorKind,
    readonly path: string,
    detail = "",
    options: { readonly code?: string; readonly cause?: unknown } = {},
  ) {
    const entry = codeEntry(options.code ?? CODES[kind]);
    super(`${entry.code} ${path}: ${entry.message}${detail === "" ? "" : `: ${detail}`}`, options);
    this.name = "InputError";
    this.code = entry.code;
    this.advice = entry.advice;
    this.exitStatus = kind === "io" ? 6 : 3;
  }
}

/** The error for an input that holds no records, as far as its first bytes tell. */
export function notMarc(path: string, sniffed: Sniffed): InputError {
  if (sniffed.kind === "foreign") {
    return new InputError("not-marc", path, `looks like ${sniffed.name} (starts ${sniffed.start})`);
  }
  if (sniffed.kind === "utf-16") {
    const detail = `it is UTF-16 (starts ${sniffed.start})`;
    return new InputError("not-marc", path, detail, { code: "M709" });
  }
  const detail = sniffed.kind === "unknown" ? `starts ${sniffed.start}` : "";
  return new InputError("not-marc", path, detail, { code: "M004" });
}

const FORMAT_NAMES: Readonly<Record<RecordFormat, string>> = {
  iso2709: "ISO 2709",
  marcxml: "MARCXML",
  mij: "MARC-in-JSON",
};

/** The error for an input that is read as what it is not. */
export function otherFormat(
  path: string,
  { found, forced }: { readonly found: RecordFormat; readonly forced: string },
): InputError {
  const detail = `it is ${FORMAT_NAMES[found]}, and --format says ${forced}`;
  return new InputError("not-marc", path, detail, { code: "M011" });
}

/** Turns an error of the file system, of gzip or of a reader into ours; any other is given back as it is. */
export function asInputError(error: unknown, path: string): unknown {
  if (error instanceof FormatError) {
    return new InputError("not-marc", path, error.message, { code: error.code, cause: error });
  }
  if (error instanceof InputError || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  const kind = kindOf(code);
  if (kind === null) return error;
  const known = kind === "missing" || kind === "directory";
  return new InputError(kind, path, known ? "" : error.message, { cause: error });
}

function kindOf(code: string): InputErrorKind | null {
  if (code === "ENOENT" || code === "ENOTDIR") return "missing";
  if (code === "EISDIR") return "directory";
  if (code === "EACCES" || code === "EPERM") return "unreadable";
  if (code.startsWith("Z_")) return "gzip";
  return /^E[A-Z0-9]+$/.test(code) ? "io" : null;
}
