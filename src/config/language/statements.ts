/**
 * One line of the configuration language: its comments, quotes and names.
 *
 * What a line says is settled here, before any INI parser sees it, so that the rules of the
 * language hold whatever that parser makes of quotes, comments and dots.
 */

import { ValueError } from "./problems.js";

/** What one logical line says; null for an empty line or a comment. */
export type Statement =
  | { readonly kind: "section"; readonly name: string }
  | { readonly kind: "include"; readonly file: string }
  | {
      readonly kind: "entry";
      readonly key: string;
      /** The value without its quotes; null for a bare key. */
      readonly value: string | null;
      readonly override: boolean;
      /** A comment was cut off behind an unquoted value: `#` may have been meant as text. */
      readonly commentCut: boolean;
    };

/** A mistake in a line that names a key: the key is known to be stated, though not its value. */
export class EntryError extends ValueError {
  constructor(
    readonly key: string,
    reason: ValueError,
  ) {
    super(reason.problem, reason.allowed, reason.advice);
  }
}

const WORD_RULE = "[section], key = value, a bare key, include FILE, or a comment";

/**
 * Reads one logical line.
 *
 * @param line without its line end; continuation lines already joined
 * @throws ValueError if it is not a sentence of the language
 */
export function parseStatement(line: string): Statement | null {
  const text = trimBlanks(line);
  if (text === "" || isCommentSign(text[0])) {
    return null;
  }
  if (text[0] === "[") {
    return parseSection(text);
  }
  const include = /^include(?:[ \t]+([^= \t].*)?)?$/.exec(text);
  if (include !== null) {
    return { kind: "include", file: includedFile(include[1] ?? "") };
  }
  const override = /^override[ \t]+(?=[^= \t])/.exec(text);
  return parseEntry(override === null ? text : text.slice(override[0].length), override !== null);
}

/** Whether a line so far ends in a `\` outside quotes and comments: the next line belongs to it. */
export function continues(line: string): boolean {
  const text = trimBlanks(line);
  if (!text.endsWith("\\") || text[0] === "[" || isCommentSign(text[0] ?? "")) {
    return false;
  }
  const value = trimBlanks(text.slice(nameEnd(text) + 1));
  if (value[0] === '"') {
    const end = closingQuote(value);
    return end >= 0 && !/^[ \t]*[#;]/.test(value.slice(end + 1));
  }
  return commentStart(text) < 0;
}

/** Without the blanks and tabs at both ends. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t\r]+$/g, "");
}

function parseSection(text: string): Statement {
  const end = text.indexOf("]");
  if (end < 0) {
    throw new ValueError(
      "the section name is not closed",
      "[name], then at most a comment",
      `write ${trimBlanks(text)}]`,
    );
  }
  const name = trimBlanks(text.slice(1, end));
  const rest = trimBlanks(text.slice(end + 1));
  if (rest !== "" && !isCommentSign(rest[0])) {
    throw new ValueError(
      `after "]" stands ${rest}`,
      "only a comment behind the section name",
      `put ${rest} on a line of its own`,
    );
  }
  if (name === "") {
    throw new ValueError(
      "the section has no name",
      "[name]",
      "write the name between the brackets, such as [Settings]",
    );
  }
  return { kind: "section", name };
}

function includedFile(text: string): string {
  const file = parseValue(text)?.value ?? "";
  if (file === "") {
    throw new ValueError(
      "include names no file",
      "include FILE, the file relative to the including one",
      "write the name of the file after include, or delete the line",
    );
  }
  return file;
}

function parseEntry(text: string, override: boolean): Statement {
  const end = nameEnd(text);
  const key = parseKey(text.slice(0, end), text);
  if (text[end] !== "=") {
    return { kind: "entry", key, value: null, override, commentCut: false };
  }
  try {
    const read = parseValue(text.slice(end + 1));
    if (read === null) {
      throw new ValueError(
        `nothing stands behind "${key} ="`,
        'a value, or "" for an empty one',
        `write ${key} = "" if nothing is meant; a value that begins with # or ; needs quotes`,
      );
    }
    return { kind: "entry", key, override, ...read };
  } catch (error) {
    throw error instanceof ValueError ? new EntryError(key, error) : error;
  }
}

/** Where the name of a line ends: at its `=`, at a comment, or at the end. */
function nameEnd(text: string): number {
  const start = text[0] === '"' ? closingQuote(text) + 1 : 0;
  const end = text.slice(start).search(/=|[ \t][#;]/);
  return end < 0 || (start === 0 && text[0] === '"') ? text.length : start + end;
}

function parseKey(written: string, line: string): string {
  const text = trimBlanks(written);
  if (text[0] === '"') {
    const end = closingQuote(text);
    if (end === text.length - 1 && end > 1) {
      return unquote(text.slice(1, end));
    }
    throw new ValueError(
      end < 0 ? "the quote is not closed" : `${text} is not a name`,
      'key = value; a name in quotes as in "odd name" = value',
      end < 0 ? 'write the closing "' : "write the name without quotes, then =, then the value",
    );
  }
  if (text === "") {
    throw new ValueError('no name stands before "="', "key = value", "write the name of the key");
  }
  const blank = text.search(/[ \t]/);
  if (blank > 0) {
    const value = trimBlanks(text.slice(blank));
    throw new ValueError(
      `"${text}" is not a name: a name has no blank in it`,
      WORD_RULE,
      text === trimBlanks(line)
        ? `write ${text.slice(0, blank)} = ${value} if a value was meant`
        : `write ${text.replace(/[ \t]+/g, "_")} if one name was meant`,
    );
  }
  return text;
}

/** The value behind `=`; null if there is none. */
function parseValue(written: string): { value: string; commentCut: boolean } | null {
  const text = trimBlanks(written);
  if (text[0] === '"') {
    return { value: quotedValue(text), commentCut: false };
  }
  // The blank that the trimming took may be the one that makes a comment of what follows.
  const comment = commentStart(/^[ \t]/.test(written) ? ` ${text}` : text);
  const offset = /^[ \t]/.test(written) ? 1 : 0;
  const value = comment < 0 ? text : trimBlanks(text.slice(0, comment - offset));
  if (comment >= 0 && (value.split('"').length - 1) % 2 === 1) {
    throw new ValueError(
      `"${text[comment - offset]}" stands between two quotes, but the value does not begin with one`,
      "quotes around the whole value, or none",
      'put the whole value into quotes and write \\" for a quote inside it',
    );
  }
  return value === "" ? null : { value, commentCut: comment >= 0 };
}

function quotedValue(text: string): string {
  const end = closingQuote(text);
  if (end < 0) {
    throw new ValueError(
      "the quote is not closed on its line",
      'a value in quotes, "…", on one line',
      'write the closing "; a quote inside the value is written \\"',
    );
  }
  const rest = trimBlanks(text.slice(end + 1));
  if (rest !== "" && !isCommentSign(rest[0])) {
    throw new ValueError(
      `after the closing quote stands ${rest}`,
      "only a comment behind the closing quote",
      'move it into the quotes (a quote inside them is written \\"), or put # before it',
    );
  }
  return unquote(text.slice(1, end));
}

/** Index of the quote that closes the one at 0, or -1. `\"` and `\\` are pairs. */
function closingQuote(text: string): number {
  for (let index = 1; index < text.length; index++) {
    if (text[index] === "\\") {
      index++;
    } else if (text[index] === '"') {
      return index;
    }
  }
  return -1;
}

/** `\"` is a quote; every other backslash stays, and a pair of them stays a pair. */
function unquote(text: string): string {
  return text.replace(/\\([\\"])/g, (pair, second) => (second === '"' ? '"' : pair));
}

/** Index of the `#` or `;` that starts a comment: one with a blank before it; -1 if none does. */
function commentStart(text: string): number {
  const found = /[ \t][#;]/.exec(text);
  return found === null ? -1 : found.index + 1;
}

function isCommentSign(character: string): boolean {
  return character === "#" || character === ";";
}
