/** What keeps an input from being read, as a failure that names code and input. */

import { type Code, codeEntry } from "../diagnostics/catalogue.js";
import { Failure, type FailureKind } from "../diagnostics/failure.js";
import { FormatError } from "./parsed-record.js";
import type { RecordFormat } from "./record-reader.js";
import type { Sniffed } from "./sniff.js";

const CODES = {
  empty: "M001",
  "not-marc": "M003",
  missing: "M006",
  url: "M013",
  directory: "M007",
  unreadable: "M008",
  "input-io": "M009",
  gzip: "M010",
  changed: "M012",
} as const satisfies Partial<Record<FailureKind, string>>;

type InputFailureKind = keyof typeof CODES;

/**
 * The failure of an input.
 *
 * @param path as named by the user
 * @param detail what the system or the first bytes say; "" for nothing
 */
export function inputFailure(
  kind: InputFailureKind,
  path: string,
  detail = "",
  options: { readonly code?: Code; readonly cause?: unknown } = {},
): Failure {
  const { code, message, advice } = codeEntry(options.code ?? CODES[kind]);
  const what = `${code} ${path}: ${message}${detail === "" ? "" : `: ${detail}`}`;
  return new Failure(kind, what, advice, { safe: null, input: path, code, cause: options.cause });
}

/** The error for an input that holds no records, as far as its first bytes tell. */
export function notMarc(path: string, sniffed: Sniffed): Failure {
  if (sniffed.kind === "foreign") {
    const looks = `looks like ${sniffed.name} (starts ${sniffed.start})`;
    return inputFailure("not-marc", path, `${looks}${howToUnpack(path, sniffed.unpack)}`);
  }
  if (sniffed.kind === "utf-16") {
    const detail = `it is UTF-16 (starts ${sniffed.start})`;
    return inputFailure("not-marc", path, detail, { code: "M709" });
  }
  const detail = sniffed.kind === "unknown" ? `starts ${sniffed.start}` : "";
  return inputFailure("not-marc", path, detail, { code: "M004" });
}

/** The command line that unpacks an input on its way. */
function howToUnpack(path: string, command: string | undefined): string {
  if (command === undefined) return "";
  const file = path === "-" ? "FILE" : shellWord(path);
  return `; unpack it on the way: ${command} ${file} | MARC_import CONFIG -`;
}

function shellWord(path: string): string {
  return /^[\w./+-]+$/.test(path) ? path : `'${path.replace(/'/g, "'\\''")}'`;
}

export const FORMAT_NAMES: Readonly<Record<RecordFormat, string>> = {
  iso2709: "ISO 2709",
  marcxml: "MARCXML",
  turbomarc: "TurboMARC",
  mij: "MARC-in-JSON",
  mrk: "MARCMaker text (.mrk)",
};

export function isRecordFormat(kind: string): kind is RecordFormat {
  return kind in FORMAT_NAMES;
}

/** The error for an input that is read as what it is not. */
export function otherFormat(
  path: string,
  { found, forced }: { readonly found: RecordFormat; readonly forced: string },
): Failure {
  const detail = `it is ${FORMAT_NAMES[found]}, and --format says ${forced}`;
  return inputFailure("not-marc", path, detail, { code: "M011" });
}

/** Turns an error of the file system, of gzip or of a reader into ours; any other is given back as it is. */
export function asInputFailure(error: unknown, path: string): unknown {
  if (error instanceof FormatError) {
    return inputFailure("not-marc", path, error.message, { code: error.code, cause: error });
  }
  if (error instanceof Failure || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  const kind = kindOf(code);
  if (kind === null) return error;
  if (kind === "missing" && isUrl(path)) return inputFailure("url", path, "", { cause: error });
  const known = kind === "missing" || kind === "directory";
  return inputFailure(kind, path, known ? "" : error.message, { cause: error });
}

function isUrl(path: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(path);
}

function kindOf(code: string): InputFailureKind | null {
  if (code === "ENOENT" || code === "ENOTDIR") return "missing";
  if (code === "EISDIR") return "directory";
  if (code === "EACCES" || code === "EPERM") return "unreadable";
  if (code.startsWith("Z_")) return "gzip";
  return /^E[A-Z0-9]+$/.test(code) ? "input-io" : null;
}
