/** Reads configuration files, with what they include, into located statements. */

import { readFileSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Location } from "./problems.js";
import { type ProblemList, ValueError } from "./problems.js";
import { continues, EntryError, parseStatement, type Statement, trimBlanks } from "./statements.js";

/** How many files may include one another. */
export const MAX_INCLUDE_DEPTH = 16;
/** Control characters but for the tab. */
const CONTROL = /[^\P{Cc}\t]/u;

/** A section header or an entry with its place. */
export interface LocatedStatement {
  readonly statement: Exclude<Statement, { kind: "include" }>;
  readonly at: Location;
  /** The line as written, continuation lines joined, without the blanks at its ends. */
  readonly text: string;
  /** The entry is faulty and already reported; only its key is known. */
  readonly broken: boolean;
  /** Position in the order of reading. */
  readonly order: number;
}

/** All statements in the order of reading. */
interface Source {
  readonly statements: readonly LocatedStatement[];
  /** A file could not be read, so what it would have stated is unknown. */
  readonly incomplete: boolean;
  /** The files that were read, absolute paths, one that is included twice as well. */
  readonly files: readonly string[];
}

/** A line as the language sees it. `line` is the one-based number of its first physical line. */
interface LogicalLine {
  readonly text: string;
  readonly line: number;
  /** The last physical line ends in a continuation, and the file ends there. */
  readonly cut: boolean;
}

/** Splits a file's text at LF, CRLF or CR and joins continued lines; the leading BOM is dropped. */
export function logicalLines(text: string): LogicalLine[] {
  const physical = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (physical.at(-1) === "") {
    physical.pop();
  }
  const lines: LogicalLine[] = [];
  for (let index = 0; index < physical.length; index++) {
    const line = index + 1;
    let joined = trimBlanks(physical[index]);
    while (continues(joined) && index + 1 < physical.length) {
      index++;
      joined = joined.slice(0, -1) + trimBlanks(physical[index]);
    }
    lines.push({ text: joined, line, cut: continues(joined) });
  }
  return lines;
}

/** A file of the configuration is not UTF-8. */
class NotUtf8 extends ValueError {
  /** @param line the one-based number of the first line that is not */
  constructor(
    path: string,
    readonly line: number,
  ) {
    super(
      `${path} is not UTF-8 (first at line ${line})`,
      "UTF-8, with or without a byte order mark",
      "save the file as UTF-8",
    );
  }
}

/**
 * The text of a file of the configuration.
 *
 * @throws ValueError if it cannot be read or is not UTF-8
 */
export function readConfigText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new ValueError(
      `${path} cannot be read: ${readFailure(error)}`,
      "a text file that can be read",
      "correct the name, or create the file; names in a file are relative to that file",
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotUtf8(path, firstBadLine(bytes));
  }
}

function readFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const known: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "permission denied",
    EISDIR: "it is a directory",
    ENOTDIR: "a part of its path is not a directory",
  };
  return known[code] ?? code;
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end + 1;
    // A line feed is never part of a longer UTF-8 sequence, so lines can be checked one by one.
    if (bytes.subarray(start, stop).toString("utf8").includes("\uFFFD")) {
      break;
    }
    start = stop;
  }
  return line;
}

/**
 * Reads a file and everything that it includes.
 *
 * @param path absolute path of the main file
 * @param problems takes what is wrong; reading goes on behind it
 */
export function readSource(path: string, problems: ProblemList): Source {
  const reader = new SourceReader(problems);
  reader.readMain(path);
  return reader;
}

class SourceReader implements Source {
  readonly statements: LocatedStatement[] = [];
  readonly files: string[] = [];
  incomplete = false;
  #order = 0;
  #openSection: LocatedStatement | null = null;

  constructor(private readonly problems: ProblemList) {}

  readMain(path: string): void {
    try {
      this.#readLines(path, readConfigText(path), [identity(path)]);
    } catch (error) {
      this.#report(error, error instanceof NotUtf8 ? { file: path, line: error.line } : null, path);
      this.incomplete = true;
    }
  }

  /** @param chain the files that are being read, outermost first, as real paths */
  #readLines(file: string, text: string, chain: readonly string[]): void {
    this.files.push(file);
    for (const line of logicalLines(text)) {
      const at = { file, line: line.line };
      this.#order++;
      try {
        if (line.cut) {
          throw continuationCut();
        }
        checkCharacters(line.text);
        const statement = parseStatement(line.text);
        if (statement?.kind === "include") {
          this.#include(statement.file, at, line.text, chain);
        } else if (statement !== null) {
          this.#push(statement, at, line.text, false);
        }
      } catch (error) {
        this.#report(error, at, line.text);
        if (error instanceof EntryError) {
          this.#push(brokenEntry(error.key), at, line.text, true);
        }
      }
    }
  }

  #include(name: string, at: Location, text: string, chain: readonly string[]): void {
    const path = resolve(dirname(at.file), name);
    const before = this.#openSection;
    try {
      const content = readConfigText(path);
      const real = identity(path);
      checkChain(real, chain);
      this.#readLines(path, content, [...chain, real]);
    } catch (error) {
      this.#report(error, at, text);
      this.incomplete = true;
    }
    if (before !== null && before !== this.#openSection) {
      this.#openSection = before;
      this.statements.push({ ...before, order: this.#order });
    }
  }

  #push(
    statement: LocatedStatement["statement"],
    at: Location,
    text: string,
    broken: boolean,
  ): void {
    const located = { statement, at, text, broken, order: this.#order };
    if (statement.kind === "section") {
      this.#openSection = located;
    } else if (this.#openSection === null) {
      this.#report(outsideSection(), at, text);
      return;
    }
    this.statements.push(located);
  }

  #report(error: unknown, at: Location | null, found: string): void {
    if (!(error instanceof ValueError)) {
      throw error;
    }
    const { problem, allowed, advice } = error;
    this.problems.add(this.#order, { at, found, problem, allowed, advice });
  }
}

function identity(path: string): string {
  return realpathSync(path);
}

function checkChain(real: string, chain: readonly string[]): void {
  if (chain.includes(real)) {
    throw new ValueError(
      `the files include one another in a circle: ${[...chain, real].join(" includes ")}`,
      "files that do not, directly or by others, include themselves",
      "delete this include or the one that closes the circle",
    );
  }
  if (chain.length > MAX_INCLUDE_DEPTH) {
    throw new ValueError(
      `files include one another more than ${MAX_INCLUDE_DEPTH} deep`,
      `at most ${MAX_INCLUDE_DEPTH} levels of include`,
      "include the file from a file further up",
    );
  }
}

/** What nobody can see in an editor would become a part of a name or a value. */
function checkCharacters(text: string): void {
  const found = CONTROL.exec(text)?.[0];
  if (found === undefined) return;
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  throw new ValueError(
    `the line holds a control character (U+${code}), which no editor shows`,
    "text and tabs",
    "delete it; in a pattern write \\x and its two digits",
  );
}

function continuationCut(): ValueError {
  return new ValueError(
    'the line ends in "\\", which continues it, but the file ends here',
    "a following line behind a \\ at the end",
    "delete the \\, or put the value in quotes if it ends in a backslash",
  );
}

function outsideSection(): ValueError {
  return new ValueError(
    "the key stands before the first [section]",
    "keys inside a section",
    "write the line of its section, such as [Settings], above it",
  );
}

function brokenEntry(key: string): LocatedStatement["statement"] {
  return { kind: "entry", key, value: null, override: false, commentCut: false };
}
