/** The leader: 24 graphic ASCII characters, of which some only matter when they are wrong. */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { printableBytes } from "../diagnostics/format.js";
import { LEADER_LENGTH } from "./directory.js";
import { type FieldTable, isUnimarc, isUnimarcAuthority } from "./unimarc.js";

/** leader/20-23 of UNIMARC, whose last position is not defined. */
const UNIMARC_ENTRY_MAP = "450 ";

/** leader/09, which says `a` for Unicode. */
export const CODING_SCHEME = 9;

/**
 * The leader as text. What it says of the structure is checked against MARC 21; characters that are
 * not graphic ASCII become blanks.
 *
 * @param offset absolute, of the record
 * @param fields asked whether they are UNIMARC's, where that matters
 */
export function readLeader(
  bytes: Buffer,
  offset: number,
  fields: FieldTable,
  diagnostics: Diagnostic[],
): string {
  const text = bytes.toString("latin1", 0, LEADER_LENGTH);
  if (text.endsWith("4500") && text.startsWith("22", 10) && isGraphic(bytes)) return text;
  if (!text.startsWith("22", 10)) {
    diagnostics.push(
      diagnostic("M207", {
        offset: offset + 10,
        found: printableBytes(bytes, 10, 12),
        expected: "22",
      }),
    );
  }
  if (!text.endsWith("4500") && !(text.endsWith(UNIMARC_ENTRY_MAP) && isOfUnimarc(fields))) {
    diagnostics.push(
      diagnostic("M206", {
        offset: offset + 20,
        found: printableBytes(bytes, 20, 24),
        expected: "4500",
      }),
    );
  }
  if (isGraphic(bytes)) return text;
  const at = bytes.findIndex((byte) => byte < 0x20 || byte > 0x7e);
  diagnostics.push(
    diagnostic("M208", {
      offset: offset + at,
      field: `LDR/${String(at).padStart(2, "0")}`,
      found: printableBytes(bytes, at, LEADER_LENGTH),
      expected: "graphic ASCII",
    }),
  );
  return text.replace(/[^\x20-\x7e]/g, " ");
}

function isGraphic(bytes: Buffer): boolean {
  for (let at = 0; at < LEADER_LENGTH; at++) {
    if (bytes[at] < 0x20 || bytes[at] > 0x7e) return false;
  }
  return true;
}

function isOfUnimarc(fields: FieldTable): boolean {
  return isUnimarc(fields) || isUnimarcAuthority(fields);
}

/** Place of the record status. */
const STATUS = 5;

/** A leader with another record status (leader/05). */
export function withStatus(leader: string, status: string): string {
  return `${leader.slice(0, STATUS).padEnd(STATUS)}${status}${leader.slice(STATUS + 1)}`;
}
