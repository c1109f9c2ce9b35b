/** The sections of a configuration that hold SearchFields. */

import type { MarcMapping, SearchField } from "./marc-mapping.js";

/** A section with SearchFields. */
export interface RuleSection {
  readonly name: string;
  readonly rules: readonly SearchField[];
}

/** The sections whose SearchFields are at work, in the order of mapping. */
export function sectionsOf(mapping: MarcMapping): RuleSection[] {
  const { foreignId, url, description, extractors } = mapping;
  const { custom, methodName } = description;
  const ofDescription = { name: `description.${methodName}`, rules: custom?.searchFields ?? [] };
  return [
    { name: "foreign_id", rules: foreignId },
    { name: "url", rules: url.searchFields },
    ofDescription,
    ...extractors.map(({ field, searchFields }) => ({ name: field.name, rules: searchFields })),
  ];
}
