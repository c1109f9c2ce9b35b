/** Splits the fifth part of a SearchField into substitutions, and those into their parts. */

import { PerlSyntaxError } from "./perl-syntax-error.js";
import type { SourceText } from "./source-text.js";

/** A substitution or pattern in its parts. */
export interface Parts {
  /** As written. */
  readonly text: string;
  readonly pattern: SourceText;
  /** Null for a match pattern. */
  readonly replacement: SourceText | null;
  readonly flags: ReadonlySet<string>;
}

const PAIRS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };
const BLANK = /[\t-\r ]/;

/** Cuts a comma-separated list of substitutions. */
export function splitSubstitutions(text: string): Parts[] {
  const parts: Parts[] = [];
  let at = skipBlanks(text, 0);
  for (;;) {
    const { part, end } = readOne(text, at, "s");
    parts.push(part);
    at = skipBlanks(text, end);
    if (at >= text.length) return parts;
    if (text[at] !== ",") throw refuseRest("separator", text, at);
    at = skipBlanks(text, at + 1);
  }
}

/** Cuts one match pattern. */
export function splitPattern(text: string): Parts {
  const { part, end } = readOne(text, skipBlanks(text, 0), "m");
  const at = skipBlanks(text, end);
  if (at < text.length) throw refuseRest("separator", text, at);
  return part;
}

function refuseRest(
  reason: "separator" | "delimiter" | "unterminated" | "transliteration",
  text: string,
  at: number,
): PerlSyntaxError {
  return new PerlSyntaxError(reason, at, text.slice(at, at + 12));
}

function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < text.length && BLANK.test(text.charAt(next))) next += 1;
  return next;
}

function readOne(text: string, start: number, operator: "s" | "m"): { part: Parts; end: number } {
  let at = start;
  if (text[at] === operator && isDelimiter(text[at + 1])) at += 1;
  if (operator === "s" && /^(?:tr|y)[ \t]*[!-+\--/:-@[-`{-~]/.test(text.slice(at, at + 8)))
    throw refuseRest("transliteration", text, at);
  if (at >= text.length || text[at] === ",")
    throw new PerlSyntaxError("missing", at, text.slice(at, at + 1));
  const pattern = readPart(text, at);
  let end = pattern.end;
  let replacement: SourceText | null = null;
  if (operator === "s") {
    const paired = PAIRS[text.charAt(at)] !== undefined;
    const second = readPart(text, paired ? skipBlanks(text, end) : end - 1);
    replacement = second.source;
    end = second.end;
  }
  const flags = readFlags(text, end, operator === "s" ? "gimsx" : "imsx");
  end = flags.end;
  const part = {
    text: text.slice(start, end),
    pattern: pattern.source,
    replacement,
    flags: flags.set,
  };
  return { part, end };
}

function isDelimiter(one: string | undefined): boolean {
  return one !== undefined && /^[!-+\--/:-@[\]-`{-~]$/.test(one);
}

/** Reads one part whose opening delimiter stands at `open`; `end` is behind the closing one. */
function readPart(text: string, open: number): { source: SourceText; end: number } {
  const opening = text.charAt(open);
  if (opening === "") throw refuseRest("unterminated", text, open);
  if (!isDelimiter(opening)) throw refuseRest("delimiter", text, open);
  const closing = PAIRS[opening] ?? opening;
  const characters: string[] = [];
  const columns: number[] = [];
  let depth = 0;
  let at = open + 1;
  while (at < text.length) {
    const one = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (one === closing && depth === 0) {
      columns.push(at);
      return { source: { characters, columns, interpolates: opening !== "'" }, end: at + 1 };
    }
    if (BLANK.test(one)) throw new PerlSyntaxError("blank", at, one);
    columns.push(at);
    at += one.length;
    if (one !== "\\") {
      if (one === opening) depth += 1;
      if (one === closing) depth -= 1;
      characters.push(one);
      continue;
    }
    const escaped = at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : "";
    // Perl takes the backslash off a delimiter that is not a bracket, so that s|a\|b|| alternates.
    if (escaped === closing && closing === opening) columns.pop();
    else characters.push("\\");
    if (escaped !== "") {
      characters.push(escaped);
      columns.push(at);
      at += escaped.length;
    }
  }
  throw new PerlSyntaxError("unterminated", text.length, "");
}

function refusedFlag(flag: string): "code-flag" | "meaning-flag" | "flag" {
  if (flag === "e") return "code-flag";
  return "adln".includes(flag) ? "meaning-flag" : "flag";
}

function readFlags(text: string, start: number, known: string): { set: Set<string>; end: number } {
  const set = new Set<string>();
  let end = start;
  while (end < text.length && /\w/.test(text.charAt(end))) {
    const flag = text.charAt(end);
    if (!known.includes(flag)) throw new PerlSyntaxError(refusedFlag(flag), end, flag);
    set.add(flag);
    end += 1;
  }
  return { set, end };
}
