/** What of a mapping of MARC has a part in the mapping digest. */

import { codesOf } from "./code-set.js";
import type { MarcMapping } from "./marc-mapping.js";

/** Plain data, equal for mappings that make equal rows of equal records. */
export function digestContent(mapping: MarcMapping): object {
  const { extractors, controlSubfields } = mapping;
  return {
    extractors: plain(extractors.toSorted((a, b) => (a.field.name < b.field.name ? -1 : 1))),
    url: plain(mapping.url),
    description: plain(mapping.description),
    filters: plain(mapping.filters),
    foreignIdFields: mapping.foreignIdFields,
    // Absent where there is none, so that the digests of other configurations stay as they were.
    ...(mapping.foreignId.length > 0 ? { foreignId: plain(mapping.foreignId) } : {}),
    recordTypes: mapping.recordTypes,
    controlSubfields: [...controlSubfields].sort().join(""),
    encoding: mapping.encoding,
    strict: mapping.strict,
    maxRecordSize: mapping.maxRecordSize,
    ...(mapping.joinSplitRecords ? { joinSplitRecords: true } : {}),
  };
}

/** The same data without places and without how a rule is called and spaced. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return codesOf(value);
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const isSearchField = "transforms" in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "at" && !(isSearchField && (key === "name" || key === "text")))
      .map(([key, part]) => [key, plain(part)]),
  );
}
