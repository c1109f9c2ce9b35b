/**
 * Characters that programs and people write for a blank indicator. None of them is an indicator of
 * any standard, but a record that has real blanks too may mean something by them: so they become
 * blanks only in a record that has no other blank.
 */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { FIELD_STRIDE, tagText } from "./marc-record.js";

const BLANK = 0x20;
const STAND_INS = "\\#|^_-";
const IS_STAND_IN = Uint8Array.from({ length: 256 }, (_, byte) =>
  STAND_INS.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Whether a byte is what some write for a blank indicator: `\`, `#`, `|`, `^`, `_`, `-`. */
export function standsForBlank(byte: number): boolean {
  return IS_STAND_IN[byte] === 1;
}

/** The fields of a view that is being made; its bytes may still be written to. */
interface View {
  readonly bytes: Buffer;
  readonly table: Int32Array;
  readonly fieldCount: number;
}

/** What stands in the indicators of a view. */
interface Indicators {
  readonly blanks: number;
  /** Places of the bytes that stand for blanks. */
  readonly standIns: readonly number[];
  /** `245[1]`: the first field that has one. */
  readonly first: string;
}

function indicatorsOf({ bytes, table, fieldCount }: View): Indicators {
  let blanks = 0;
  let first = "";
  const standIns: number[] = [];
  const seen = new Map<number, number>();
  for (let at = 0; at < fieldCount * FIELD_STRIDE; at += FIELD_STRIDE) {
    const tag = table[at];
    const occurrence = (seen.get(tag) ?? 0) + 1;
    seen.set(tag, occurrence);
    if (table[at + 3] === 1) continue;
    for (let place = table[at + 1]; place < table[at + 1] + 2; place++) {
      if (bytes[place] === BLANK) blanks++;
      if (!standsForBlank(bytes[place])) continue;
      standIns.push(place);
      if (first === "") first = `${tagText(tag)}[${occurrence}]`;
    }
  }
  return { blanks, standIns, first };
}

/**
 * Writes blanks for what stands for them in a record without other blanks (M314), or else says that
 * they are there (M315).
 *
 * @param offset absolute, of the record
 */
export function mendBlanks(view: View, offset: number, diagnostics: Diagnostic[]): void {
  const { blanks, standIns, first } = indicatorsOf(view);
  if (standIns.length === 0) return;
  const kinds = new Set(standIns.map((place) => String.fromCharCode(view.bytes[place])));
  const known = { offset, field: first, found: [...kinds].join(" ") };
  if (blanks > 0) {
    diagnostics.push(diagnostic("M315", known));
    return;
  }
  for (const place of standIns) view.bytes[place] = BLANK;
  diagnostics.push(diagnostic("M314", known));
}
