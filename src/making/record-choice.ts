/** Which records of an input are wanted: by their number, by what they hold. */

import { BUILT_IN, ValueError } from "../config/language/problems.js";
import type { FilterRule } from "../config/marc/marc-mapping.js";
import { parseSearchField } from "../config/marc/search-field.js";
import { checkPattern } from "../config/marc/transforms.js";
import { Failure } from "../diagnostics/failure.js";
import { recordFilter } from "../mapping/marc/record-filter.js";
import { type MarcRecord, tagCode } from "../marc/marc-record.js";

export interface ChoiceRequest {
  /** Numbers of records: 001, or 010, 016 or 035 $a; empty for all. */
  readonly ids: readonly string[];
  /** As in `[Filter] include_if`; all must hold. */
  readonly filters: readonly string[];
}

const CONTROL_SUBFIELDS = "012456789";
const CONTROL_NUMBER = tagCode("001");
const NUMBERS = new Set([tagCode("010"), tagCode("016"), tagCode("035")]);
const SMALL_A = 0x61;

/**
 * Tells of each record whether it is wanted.
 *
 * @throws Failure (2) for a filter that is none
 */
export function recordChoice({ ids, filters }: ChoiceRequest): (record: MarcRecord) => boolean {
  const wanted = new Set(ids.map((id) => id.trim()));
  const lets = filters.length === 0 ? null : recordFilter(filters.map(filterRule));
  return (record) => (wanted.size === 0 || hasNumber(record, wanted)) && (lets?.(record) ?? true);
}

function filterRule(text: string): FilterRule {
  try {
    const search = parseSearchField("--filter", text, BUILT_IN, CONTROL_SUBFIELDS);
    checkPattern(search.transforms);
    return { kind: "include", search: { ...search, transforms: "" }, pattern: search.transforms };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new Failure(
      "usage",
      `--filter "${text}": ${error.problem}; allowed: ${error.allowed}`,
      `A filter is what [Filter] include_if takes, such as "650 * * a /whales/i": ${error.advice}. Nothing was touched.`,
    );
  }
}

function hasNumber(record: MarcRecord, wanted: ReadonlySet<string>): boolean {
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = record.tag(field);
    if (tag === CONTROL_NUMBER && record.isControl(field)) {
      if (wanted.has(record.text(record.start(field), record.end(field)).trim())) return true;
    } else if (NUMBERS.has(tag) && !record.isControl(field)) {
      let found = false;
      record.eachSubfield(field, (code, from, to) => {
        found ||= code === SMALL_A && wanted.has(record.text(from, to).trim());
      });
      if (found) return true;
    }
  }
  return false;
}
