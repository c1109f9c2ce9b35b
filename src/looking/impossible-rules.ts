/** SearchFields that no MARC 21 record can satisfy, and parts of them that do nothing. */

import { parseCodeSet } from "../config/marc/code-set.js";
import type { CodeSet, SearchField } from "../config/marc/marc-mapping.js";

const BLANK = 0x20;

/** Bibliographic fields with indicators that MARC 21 does not define, so that they are blank. */
const BOTH_UNDEFINED =
  "010 013 018 020 025 026 030 032 035 036 038 040 042 043 044 051 061 066 071 074 085 088 " +
  "250 254 256 257 263 300 306 310 321 335 336 337 338 340 344 345 346 347 348 351 353 357 " +
  "365 366 370 381 383 385 386 388 500 501 502 504 507 508 513 514 515 518 525 530 533 534 538 " +
  "546 547 550 552 556 562 563 580 584 585 850 882 883 884 885 886";
const SECOND_UNDEFINED =
  "016 022 027 047 048 052 080 084 086 100 110 111 130 242 260 307 355 362 384 490 506 510 511 " +
  "516 520 521 522 524 526 535 536 540 541 542 544 545 555 561 565 567 581 583 586 720 752 753";

const both = new Set(BOTH_UNDEFINED.split(" "));
const second = new Set(SECOND_UNDEFINED.split(" "));

/** Why a rule can never find anything; null if it can. */
export function impossibleRule({ tag, indicator1, indicator2, text }: SearchField): string | null {
  const [, first, next] = text.trim().split(/[ \t]+/);
  const never = (which: string, written: string) =>
    `MARC 21 leaves the ${which} indicator of ${tag.text} blank, and ${written} does not let a blank in`;
  if (both.has(tag.text) && indicator1[BLANK] === 0) return never("first", first);
  if ((both.has(tag.text) || second.has(tag.text)) && indicator2[BLANK] === 0) {
    return never("second", next);
  }
  return null;
}

/**
 * The first term of SUBFIELDS that changes nothing: it takes out what is out already, as
 * `control_subfields` may have it, or adds what is in.
 */
export function idleTerm({ text, tag }: SearchField, controlSubfields: string): string | null {
  const subfields = text.trim().split(/[ \t]+/)[3];
  if (tag.leader || subfields === undefined) return null;
  const terms = subfields.match(/[+-]?[^+-]/g) ?? [];
  for (let i = 1; i < terms.length; i++) {
    const before = codes(terms.slice(0, i), controlSubfields);
    const after = codes(terms.slice(0, i + 1), controlSubfields);
    if (before !== null && after !== null && before.every((flag, code) => flag === after[code])) {
      return terms[i];
    }
  }
  return null;
}

/** null where the terms leave nothing, which is no expression by itself. */
function codes(terms: readonly string[], controlSubfields: string): CodeSet | null {
  try {
    return parseCodeSet(terms.join(""), "SUBFIELDS", controlSubfields);
  } catch {
    return null;
  }
}

/** Whether everything that `later` finds is found by `earlier` too, and made into the same text. */
export function covers(earlier: SearchField, later: SearchField): boolean {
  return (
    earlier.tag.text === later.tag.text &&
    JSON.stringify(earlier.tag.range) === JSON.stringify(later.tag.range) &&
    earlier.transforms === later.transforms &&
    within(later.indicator1, earlier.indicator1) &&
    within(later.indicator2, earlier.indicator2) &&
    within(later.subfields, earlier.subfields) &&
    within(earlier.subfields, later.subfields)
  );
}

function within(inner: CodeSet, outer: CodeSet): boolean {
  return inner.every((flag, code) => flag === 0 || outer[code] === 1);
}
