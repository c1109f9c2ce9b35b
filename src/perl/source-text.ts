/**
 * One part of a substitution (pattern or replacement) between its delimiters, as Perl sees it after
 * it has taken the backslash off an escaped delimiter; every character knows where it was written.
 */

import { PerlSyntaxError, type RefusalName } from "./perl-syntax-error.js";

/** A part's characters and the column of each in the whole text (one more for the end). */
export interface SourceText {
  /** Whole code points. */
  readonly characters: readonly string[];
  /** Zero-based; one longer than `characters`. */
  readonly columns: readonly number[];
  /** Whether Perl interpolates variables and escapes: not between apostrophes. */
  readonly interpolates: boolean;
}

/** A reading position in a {@link SourceText}. */
export class Cursor {
  readonly source: SourceText;
  at = 0;

  constructor(source: SourceText) {
    this.source = source;
  }

  get done(): boolean {
    return this.at >= this.source.characters.length;
  }

  /** The character `ahead` places on, "" past the end. */
  peek(ahead = 0): string {
    return this.source.characters[this.at + ahead] ?? "";
  }

  next(): string {
    const one = this.peek();
    this.at += 1;
    return one;
  }

  /** Moves on if the text goes on like this (ASCII). */
  take(expected: string): boolean {
    for (let n = 0; n < expected.length; n += 1) if (this.peek(n) !== expected[n]) return false;
    this.at += expected.length;
    return true;
  }

  /** Takes what a pattern anchored with `^` matches here (it must only match ASCII), or null. */
  takeMatch(pattern: RegExp): RegExpExecArray | null {
    const ahead = this.source.characters.slice(this.at, this.at + 80).join("");
    const match = pattern.exec(ahead);
    if (match) this.at += match[0].length;
    return match;
  }

  /** A refusal of the text from `from` up to the reading position, or of at least one character. */
  refuse(reason: RefusalName, from = this.at): PerlSyntaxError {
    const { characters, columns } = this.source;
    const found = characters.slice(from, Math.max(this.at, from + 1)).join("");
    return new PerlSyntaxError(reason, columns[Math.min(from, columns.length - 1)] ?? 0, found);
  }
}
