/** One door to the four kinds of identifier fields. */

import type { Identifiers } from "./identifier-text.js";
import { normalizeIsbns } from "./isbn.js";
import { normalizeIssns } from "./issn.js";
import { normalizeLccn } from "./lccn.js";
import { normalizeOclc } from "./oclc.js";

export type { Identifiers } from "./identifier-text.js";

/** The kinds of record fields that hold identifiers (`FieldKind` without text and list). */
export type IdentifierKind = "isbn" | "issn" | "lccn" | "oclc";

/**
 * Normalises the identifiers of one MARC value.
 *
 * A text that is no identifier at all (`(pbk.)`, `$9.95`, `(DLC)…` for an OCLC number) gives two
 * empty lists: nothing to store and nothing to warn of. Digits alone are no OCLC number; a
 * configuration whose 001 holds bare OCLC numbers says so by putting the prefix before them:
 * `001 * * * /^(?=\d)/(OCoLC)/`.
 */
export function normalizeIdentifiers(kind: IdentifierKind, text: string): Identifiers {
  switch (kind) {
    case "isbn":
      return normalizeIsbns(text);
    case "issn":
      return normalizeIssns(text);
    case "lccn":
      return normalizeLccn(text);
    case "oclc":
      return normalizeOclc(text);
  }
}
