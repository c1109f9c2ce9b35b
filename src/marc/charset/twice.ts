/**
 * Text that was encoded as UTF-8 twice: its bytes were taken for Latin-1 or windows-1252, and each was
 * written as a character. `ş` (C5 9F) became `Å` and U+009F, or `Å` and `Ÿ`.
 */

import { isUtf8 } from "node:buffer";
import { WINDOWS_1252 } from "./single-byte.js";

/** What the evidence of a record comes to. */
interface Twice {
  /** Offset of the first sequence in the bytes that were judged. */
  readonly first: number;
  /** Whether the text cannot well be meant as it stands. */
  readonly certain: boolean;
  /** Whether nothing beyond ASCII stands in the record that was not encoded twice. */
  readonly pure: boolean;
}

/** By character: the byte that it was; of windows-1252, which has the C1 controls of Latin-1 beside it. */
const byteOf = new Map<string, number>();
for (let byte = 0x80; byte <= 0xff; byte++) {
  byteOf.set(String.fromCharCode(byte), byte);
  byteOf.set(WINDOWS_1252[byte - 0x80], byte);
}

function characters(from: number, to: number): string {
  return [...byteOf]
    .filter(([, byte]) => byte >= from && byte <= to)
    .map(([one]) => one)
    .join("");
}

const REST = `[${characters(0x80, 0xbf)}]`;
/** What may be a sequence of UTF-8, a character a byte. */
const SEQUENCE = new RegExp(
  `[\u00c2-\u00df]${REST}|[\u00e0-\u00ef]${REST}{2}|[\u00f0-\u00f4]${REST}{3}`,
  "g",
);
const BEYOND_ASCII = /[^\0-\x7f]/g;
const LETTER = /[A-Za-z]/;
const SMALL = /[a-z]/;
/** C1 controls that no text holds; 98 and 9C are the marks for non-sorting words. */
const CONTROL = /[\x80-\x97\x99-\x9b\x9d-\x9f]/;
/** What may follow a letter in text: closing quotation marks, dashes, no-break space, footnotes. */
const USUAL_BEHIND = /^[\x98\x9c\xa0\xad«»“”‘’‹›–—…•·™†‡]+$/;
const NEVER_BEFORE_A_LETTER = /^[^\xa0’\x98\x9c]$/;
const FOOTNOTE = /[²³¹©®]/;

/** How far a sequence proves that the text was encoded twice. */
type Proof = "certain" | "strong" | "weak";

interface Sequence {
  readonly at: number;
  readonly written: string;
  readonly meant: string;
  readonly proof: Proof;
}

function bytesOf(written: string): Buffer {
  return Buffer.from(Array.from(written, (one) => byteOf.get(one) ?? 0));
}

/** Â Ã Ä Å begin what was a letter of a European language; few words have these behind a small one. */
function proofOf(text: string, at: number, written: string): Proof {
  const rest = written.slice(1);
  if (CONTROL.test(rest)) return "certain";
  const before = text.charAt(at - 1);
  const after = text.charAt(at + written.length);
  const lead = written.charCodeAt(0);
  if (lead <= 0xc5) {
    if (SMALL.test(before) && SMALL.test(after)) return "strong";
    if (USUAL_BEHIND.test(rest)) {
      return lead === 0xc3 && NEVER_BEFORE_A_LETTER.test(rest) && LETTER.test(after)
        ? "strong"
        : "weak";
    }
    // Å² is a square ångström.
    return lead >= 0xc4 && FOOTNOTE.test(rest) && !LETTER.test(after) ? "weak" : "strong";
  }
  if (USUAL_BEHIND.test(rest)) return "weak";
  return written.length > 2 ? "strong" : "weak";
}

/** The sequences of a text in order. */
function sequencesOf(text: string): Sequence[] {
  const found: Sequence[] = [];
  for (const { 0: written, index: at } of text.matchAll(SEQUENCE)) {
    const bytes = bytesOf(written);
    if (!isUtf8(bytes)) continue;
    found.push({ at, written, meant: bytes.toString("utf8"), proof: proofOf(text, at, written) });
  }
  return found.map((one, index) => (isInRow(found, index) ? { ...one, proof: "strong" } : one));
}

/** Whether a letter and punctuation might stand like that. */
function isUsual({ written }: Sequence): boolean {
  return USUAL_BEHIND.test(written.slice(1));
}

/** Two letters of Greek, Cyrillic, Hebrew or Arabic one behind the other: no one writes `Ð½Ð¸`. */
function isInRow(found: readonly Sequence[], index: number): boolean {
  const one = found[index];
  if (one.proof !== "weak" || one.written.length !== 2) return false;
  const touches = (first: Sequence | undefined, second: Sequence | undefined) =>
    first !== undefined &&
    second !== undefined &&
    first.at + first.written.length === second.at &&
    first.written.length === 2 &&
    second.written.length === 2 &&
    !(isUsual(first) && isUsual(second));
  return touches(found[index - 1], one) || touches(one, found[index + 1]);
}

const isProof = ({ proof }: Sequence): boolean => proof !== "weak";

/** Whether a letter from U+00C2 to U+00F4 stands before what may be the rest of a sequence. */
function mayHoldSequence(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(0xc3); at >= 0; at = bytes.indexOf(0xc3, at + 2)) {
    const letter = bytes[at + 1];
    if (letter < 0x82 || letter > 0xb4) continue;
    const next = bytes[at + 2];
    // C2 leads the rest of Latin-1, the others what windows-1252 has from 80 to 9F.
    if (next === 0xc2 || next === 0xe2 || next === 0xc5 || next === 0xc6 || next === 0xcb) {
      return true;
    }
  }
  return false;
}

/**
 * Judges the text of a record.
 *
 * @param bytes valid UTF-8 beyond ASCII
 * @returns null where nothing says that it was encoded twice
 */
export function findTwice(bytes: Buffer): Twice | null {
  if (!mayHoldSequence(bytes)) return null;
  const text = bytes.toString("utf8");
  const sequences = sequencesOf(text);
  const proofs = sequences.filter(isProof);
  if (proofs.length === 0) return null;
  const pure = isPure(text, sequences);
  const certain = pure || proofs.length > 1 || proofs[0].proof === "certain";
  const first = Buffer.byteLength(text.slice(0, proofs[0].at));
  return { first, certain, pure };
}

function isPure(text: string, sequences: readonly Sequence[]): boolean {
  const explained = sequences.reduce((sum, { written }) => sum + written.length, 0);
  return (text.match(BEYOND_ASCII)?.length ?? 0) === explained;
}

/** Text that was encoded so often has been met; more would be none. */
const MOST_TIMES = 3;

/**
 * What a text of a record that was judged `certain` was before it was encoded again.
 *
 * @param pure whether that is true of everything in the record; else a text must prove it
 */
export function encodedOnce(text: string, pure: boolean): string {
  let once = text;
  for (let times = 0; times < MOST_TIMES; times++) {
    const sequences = sequencesOf(once);
    const proven = sequences.some(isProof);
    if (!proven && !(pure && times === 0)) return once;
    const all = (pure && times === 0) || isPure(once, sequences);
    once = replaced(once, all ? sequences : sequences.filter(isProof));
  }
  return once;
}

function replaced(text: string, sequences: readonly Sequence[]): string {
  let result = "";
  let from = 0;
  for (const { at, written, meant } of sequences) {
    result += text.slice(from, at) + meant;
    from = at + written.length;
  }
  return result + text.slice(from);
}
