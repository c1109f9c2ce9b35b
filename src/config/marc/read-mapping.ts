/** Reads what a configuration says of MARC records: its keys of [Settings], and the sections of rules. */

import { standardField } from "../../fields/record-fields.js";
import type { Reading, SectionReader } from "../language/section-reader.js";
import type { Section } from "../language/sections.js";
import {
  type RuleReading,
  readDescription,
  readExtractor,
  readFilters,
  readForeignId,
  readUrl,
} from "./field-rules.js";
import type {
  DescriptionRules,
  FieldExtractor,
  MarcMapping,
  MarcSettings,
} from "./marc-mapping.js";
import { MARC_SETTINGS } from "./rule-keys.js";
import { DESCRIPTION_PREFIX, descriptionNames } from "./setting-types.js";

type Sections = ReadonlyMap<string, Section>;

/** @param settings the reader of [Settings], which has the keys of the job too */
export function readMapping(
  sections: Sections,
  reading: Reading,
  settings: SectionReader,
): MarcMapping {
  const ofRecords = readMarcSettings(settings);
  const rules = { ...reading, controlSubfields: ofRecords.controlSubfields };
  return {
    ...ofRecords,
    foreignId: readForeignId(sections.get("foreign_id") ?? null, rules),
    filters: readFilters(sections.get("Filter") ?? null, rules),
    url: readUrl(sections.get("url") ?? null, rules),
    description: readDescriptions(sections, rules),
    extractors: readExtractors(sections, rules),
  };
}

function readMarcSettings(reader: SectionReader): MarcSettings {
  return {
    foreignIdFields: reader.read(MARC_SETTINGS.foreign_id_fields),
    recordTypes: reader.read(MARC_SETTINGS.record_types),
    controlSubfields: reader.read(MARC_SETTINGS.control_subfields),
    encoding: reader.read(MARC_SETTINGS.encoding),
    strict: reader.read(MARC_SETTINGS.strict),
    maxRecordSize: reader.read(MARC_SETTINGS.max_record_size),
    joinSplitRecords: reader.read(MARC_SETTINGS.join_split_records),
  };
}

function readDescriptions(sections: Sections, reading: RuleReading): DescriptionRules {
  const field = standardField("description");
  const custom = new Map<string, FieldExtractor>();
  for (const name of descriptionNames(reading.context.sections)) {
    const section = sections.get(`${DESCRIPTION_PREFIX}${name}`);
    if (section !== undefined) {
      custom.set(name, readExtractor(section, field, reading));
    }
  }
  return readDescription(sections.get("description") ?? null, custom, reading);
}

/** The extractors in the order in which their sections are opened. */
function readExtractors(sections: Sections, reading: RuleReading): FieldExtractor[] {
  const special = ["url", "description"];
  return [...sections.values()].flatMap((section) => {
    const field = reading.context.fields.find(({ name }) => name === section.name);
    return field?.mappable === true && !special.includes(field.name)
      ? [readExtractor(section, field, reading)]
      : [];
  });
}

/** The names of the record fields that the mapping fills, those that every mapping fills among them. */
export function mappedFields({ extractors }: Pick<MarcMapping, "extractors">): string[] {
  return ["url", "other_urls", "description", "record_type"].concat(
    extractors.map(({ field }) => field.name),
  );
}
