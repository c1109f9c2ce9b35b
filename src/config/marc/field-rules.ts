/** The sections that say how a record becomes a row: field extractors, url, description, filters. */

import { isList, type RecordField } from "../../fields/record-fields.js";
import { BUILT_IN, COMMAND_LINE, ValueError } from "../language/problems.js";
import { type Reading, SectionReader } from "../language/section-reader.js";
import type { Entry, Section } from "../language/sections.js";
import { nearestName, suggestion } from "../language/suggest.js";
import { readTranslationMap } from "../language/translation-map.js";
import {
  DESCRIPTION_METHODS,
  type DescriptionMethod,
  type DescriptionRules,
  type FieldExtractor,
  type FilterRule,
  type SearchField,
  type UrlRules,
} from "./marc-mapping.js";
import { DESCRIPTION_KEYS, EXTRACTOR_KEYS, URL_KEYS } from "./rule-keys.js";
import { parseSearchField } from "./search-field.js";
import { checkPattern, checkSubstitutions } from "./transforms.js";

const DEFAULT_URL_FIELDS = ["856 4 0+1+# u", "856 * * u"];

/** What the rule sections share: how to report, and which subfields `*` leaves out. */
export interface RuleReading extends Reading {
  readonly controlSubfields: string;
}

/** Reads a MarcFieldExtractor section for a record field. */
export function readExtractor(
  section: Section,
  field: RecordField,
  reading: RuleReading,
): FieldExtractor {
  const keys = EXTRACTOR_KEYS;
  const reader = new SectionReader(section.name, section, keys, reading);
  return {
    field,
    at: section.at ?? COMMAND_LINE,
    initialText: reader.read(keys.initial_text),
    initialSerialText: reader.read(keys.initial_serial_text),
    initialMonographText: reader.read(keys.initial_monograph_text),
    fallbackValue: reader.read(keys.fallback_value),
    fieldJoin: reader.read(keys.field_join, isList(field.kind) ? ";" : " "),
    subfieldJoin: reader.read(keys.subfield_join),
    trimPunctuation: reader.read(keys.trim_punctuation),
    skipNonfiling: reader.read(keys.skip_nonfiling),
    firstOnly: reader.read(keys.first_only),
    unique: reader.read(keys.unique),
    linkedFields: reader.read(keys.linked_fields),
    translationMap: readMap(reader, reading),
    searchFields: readSearchFields(reader, reading),
  };
}

/** Reads `[foreign_id]`: SearchFields and nothing else, of which the first that gives text counts. */
export function readForeignId(section: Section | null, reading: RuleReading): SearchField[] {
  return readSearchFields(new SectionReader("foreign_id", section, {}, reading), reading);
}

/** Reads `[url]`; without SearchFields of its own it has the default ones. */
export function readUrl(section: Section | null, reading: RuleReading): UrlRules {
  const reader = new SectionReader("url", section, URL_KEYS, reading);
  const stated = readSearchFields(reader, reading);
  const fallbackPattern = reader.read(URL_KEYS.fallback_pattern);
  const cleanUp = reader.read(URL_KEYS.clean_up);
  // Only checked: the one value it may have asks for nothing.
  reader.read(URL_KEYS.canonize_online);
  return {
    at: section === null ? null : (section.at ?? COMMAND_LINE),
    fallbackPattern,
    cleanUp,
    searchFields: reader.others().length > 0 ? stated : defaultUrlFields(reader, reading),
  };
}

function defaultUrlFields(reader: SectionReader, reading: RuleReading): SearchField[] {
  return DEFAULT_URL_FIELDS.map((text, index) => {
    const name = `field${index + 1}`;
    reader.note(name, text, null);
    return parseSearchField(name, text, BUILT_IN, reading.controlSubfields);
  });
}

/**
 * Reads `[description]`.
 *
 * @param custom the extractors of the `[description.NAME]` sections by NAME
 */
export function readDescription(
  section: Section | null,
  custom: ReadonlyMap<string, FieldExtractor>,
  reading: RuleReading,
): DescriptionRules {
  const reader = new SectionReader("description", section, DESCRIPTION_KEYS, reading);
  reader.refuseOthers(
    "SearchFields belong in a section [description.NAME], with method = NAME in this one",
  );
  const methodName = reader.read(DESCRIPTION_KEYS.method);
  return {
    at: section === null ? null : (section.at ?? COMMAND_LINE),
    method: isBuiltIn(methodName) ? methodName : "custom",
    methodName,
    custom: custom.get(methodName) ?? null,
    fallbackValue: reader.read(DESCRIPTION_KEYS.fallback_value),
  };
}

/** Whether a name is that of a description method of the program. */
export function isBuiltIn(name: string): name is DescriptionMethod {
  return (DESCRIPTION_METHODS as readonly string[]).includes(name);
}

/** Reads `[Filter]`: keys that begin with `include_if`, `exclude_if` or `delete_if`. */
export function readFilters(section: Section | null, reading: RuleReading): FilterRule[] {
  const reader = new SectionReader("Filter", section, {}, reading);
  return reader.others().flatMap((entry) => {
    const read = reader.attempt(entry, (): FilterRule => {
      const kind = filterKind(entry.key);
      const parsed = parseEntry(entry, reading);
      checkPattern(parsed.transforms);
      const search = Object.freeze({ ...parsed, transforms: "" });
      return { kind, search, pattern: parsed.transforms };
    });
    return noted(reader, entry, read);
  });
}

function filterKind(key: string): FilterRule["kind"] {
  const kind = /^(include|exclude|delete)_if/.exec(key)?.[1];
  if (kind !== "include" && kind !== "exclude" && kind !== "delete") {
    throw new ValueError(
      `[Filter] has no key "${key}"`,
      "keys that begin with include_if, exclude_if or delete_if, such as include_if_online",
      suggestion(
        key,
        ["include_if", "exclude_if", "delete_if"],
        `write include_if_${key} or exclude_if_${key}`,
      ),
    );
  }
  return kind;
}

function readSearchFields(reader: SectionReader, reading: RuleReading): SearchField[] {
  return reader.others().flatMap((entry) => {
    const read = reader.attempt(entry, () => {
      const search = searchFieldOrSlip(entry, reader.keyNames, reading);
      checkSubstitutions(search.transforms);
      return search;
    });
    return noted(reader, entry, read);
  });
}

function noted<T>(reader: SectionReader, entry: Entry, read: { readonly value: T } | null): T[] {
  if (read === null) {
    return [];
  }
  reader.note(entry.key, entry.value ?? "", entry);
  return [read.value];
}

/** What does not look like a SearchField may be an option that is misspelt: that is said instead. */
function searchFieldOrSlip(entry: Entry, options: string[], reading: RuleReading): SearchField {
  try {
    return parseEntry(entry, reading);
  } catch (error) {
    if (!(error instanceof ValueError) || /^[ \t]*\d{1,3}[ \t]/.test(entry.value ?? "")) {
      throw error;
    }
    const meant = nearestName(entry.key, options);
    if (meant !== null) {
      throw new ValueError(
        `"${entry.key}" is no option, and its value is not a SearchField`,
        `${options.join(", ")}, or a SearchField under any other name`,
        `did you mean "${meant}"?`,
      );
    }
    if (options.length === 0) {
      throw error;
    }
    const allowed = `${error.allowed}; or one of the options ${options.join(", ")}`;
    throw new ValueError(error.problem, allowed, error.advice);
  }
}

/** In NFC, as the text is that its expressions are to match; some editors write decomposed letters. */
function parseEntry(entry: Entry, reading: RuleReading): SearchField {
  const at = entry.at ?? COMMAND_LINE;
  const text = (entry.value ?? "").normalize("NFC");
  return parseSearchField(entry.key, text, at, reading.controlSubfields);
}

function readMap(
  reader: SectionReader,
  reading: RuleReading,
): Readonly<Record<string, string>> | null {
  const file = reader.read(EXTRACTOR_KEYS.translation_map);
  const entry = reader.entry(EXTRACTOR_KEYS.translation_map);
  if (file === null || entry === null) {
    return null;
  }
  reading.files.push(file);
  const read = reader.attempt(entry, () => readTranslationMap(file));
  for (const problem of read?.value.problems ?? []) {
    reading.problems.add(entry.order, problem);
  }
  return read?.value.map ?? null;
}
