/** Leaders given as text: whatever comes, 24 ASCII characters go on. */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { LEADER_LENGTH } from "./directory.js";

/** Indicator count and subfield code length 2; entry map 4500 (MARC 21, leader/10-11 and 20-23). */
const BLANK_LEADER = `${" ".repeat(10)}22${" ".repeat(8)}4500`;
const NOT_GRAPHIC = /[^ -~]/g;
/** Begins with a record status, type and level: the blanks of leader/00-04 were trimmed away. */
const TRIMMED = /^[a-z]{3}/;
const LENGTH_POSITIONS = "     ";

function fitted(leader: string): string {
  const inner = leader.trim();
  if (inner.length === LEADER_LENGTH) return inner;
  const whole = TRIMMED.test(inner) ? LENGTH_POSITIONS + inner : inner;
  return whole.padEnd(LEADER_LENGTH, " ").slice(0, LEADER_LENGTH);
}

/**
 * Makes a leader 24 printable ASCII characters long and says so: M731 none given, M732 wrong length,
 * M733 other characters. Blanks at the ends count as leader positions where they make it 24 long.
 */
export function mendLeader(leader: string, offset: number, diagnostics: Diagnostic[]): string {
  if (leader.trim() === "") {
    diagnostics.push(diagnostic("M731", { offset, field: "LDR" }));
    return BLANK_LEADER;
  }
  let mended = leader;
  if (mended.length !== LEADER_LENGTH) {
    const found = JSON.stringify(leader.slice(0, LEADER_LENGTH + 8));
    const expected = "24 characters";
    diagnostics.push(diagnostic("M732", { offset, field: "LDR", found, expected }));
    mended = fitted(leader);
  }
  const place = mended.search(NOT_GRAPHIC);
  if (place >= 0) {
    const found = `position ${String(place).padStart(2, "0")}`;
    diagnostics.push(diagnostic("M733", { offset, field: "LDR", found }));
    mended = mended.replace(NOT_GRAPHIC, " ");
  }
  return mended;
}
