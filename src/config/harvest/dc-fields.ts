/** What a mapping by a field map fills, and what of it has a part in the mapping digest. */

import type { DcMapping, FieldMapRule } from "./dc-mapping.js";
import { KNOWN_PREFIXES, plainNamespace } from "./namespaces.js";

const DUBLIN_CORE = [...KNOWN_PREFIXES.dc, ...KNOWN_PREFIXES.dct].map(plainNamespace);

/** Whether a rule takes types of resources, which tell a serial. */
export function takesTypes({ name, namespaces }: FieldMapRule): boolean {
  return name === "type" && namespaces.some((one) => DUBLIN_CORE.includes(one));
}

/** The names of the record fields that the mapping fills; each may stand here more than once. */
export function dcFields({ fieldMap, defaults }: DcMapping): string[] {
  const fields = [...fieldMap.map(({ field }) => field), ...Object.keys(defaults)];
  // What stands among addresses is told apart.
  if (fields.includes("url")) fields.push("other_urls", "isbn", "issn");
  if (fieldMap.some(takesTypes)) fields.push("record_type");
  return fields;
}

/** Plain data, equal for mappings that make equal rows of equal records. */
export function dcDigestContent(mapping: DcMapping): object {
  const { fieldMap, defaults } = mapping;
  return {
    ...mapping,
    fieldMap: fieldMap.map(({ prefix, namespaces, name, type, lang, field, transforms }) => {
      const space = namespaces.length > 0 ? { namespaces } : { prefix };
      return { ...space, name, type, lang, field, transforms };
    }),
    defaults: Object.fromEntries(Object.entries(defaults).map(([name, { text }]) => [name, text])),
  };
}
