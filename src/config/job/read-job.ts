/** Reads the sections that every job has. */

import { dirname } from "node:path";
import { type RecordField, STANDARD_FIELDS } from "../../fields/record-fields.js";
import type { Keys } from "../language/key-spec.js";
import { type ProblemList, ValueError } from "../language/problems.js";
import { type Reading, SectionReader } from "../language/section-reader.js";
import type { Section } from "../language/sections.js";
import type { Stated } from "../language/stated.js";
import type { ValueContext } from "../language/value-types.js";
import { comparesDescriptions } from "./digest.js";
import { EVIDENCE, MATCH_POINTS, readEvidence } from "./evidence-keys.js";
import type { JobSections } from "./job-config.js";
import { DATABASE, JOB_SECTIONS, LOGGING, PRIORITIES, SETTINGS } from "./keys.js";
import {
  askForStrict,
  readDatabase,
  readDuplicates,
  readLogging,
  readPriorities,
  readSettings,
} from "./settings.js";

/** Begins to read what is stated: from here on it is known which record fields there are. */
export function beginReading({ file, cwd, files, sections, problems }: Stated): Reading {
  const names = [...sections.keys()];
  const context = { base: dirname(file), fields: STANDARD_FIELDS, sections: names };
  const fields = [...STANDARD_FIELDS, ...extraFields(sections.get("Database"), context)];
  return { problems, context: { ...context, fields }, cwd, effective: [], files: [...files] };
}

/**
 * The extra fields, needed before any list of fields can be read. Whatever is wrong with them is
 * reported when their section is read.
 */
function extraFields(database: Section | undefined, context: ValueContext): readonly RecordField[] {
  const { name, type } = DATABASE.extra_fields;
  const entry = database?.entries.findLast((candidate) => candidate.key === name);
  try {
    return type.parse(entry?.value ?? "", context);
  } catch (error) {
    if (error instanceof ValueError) {
      return [];
    }
    throw error;
  }
}

/** @param settings the reader of [Settings], which a source reads further keys from */
export function readJob(stated: Stated, reading: Reading, settings: SectionReader): JobSections {
  const { file, sections } = stated;
  const reader = (name: string, keys: Keys) =>
    new SectionReader(name, sections.get(name) ?? null, keys, reading);
  const read = readSettings(settings);
  if (stated.complete && settings.entry(SETTINGS.foreign_source) === null) {
    reportMissingSource(file, sections.get("Settings"), reading.problems);
  }
  const database = reader("Database", DATABASE);
  database.read(DATABASE.extra_fields);
  const duplicates = reader("Duplicates", JOB_SECTIONS.Duplicates);
  const found = readDuplicates(duplicates);
  askForStrict(duplicates, found, duplicates.entry(EVIDENCE.strict) !== null);
  return {
    path: file,
    logging: readLogging(reader("Logging", LOGGING)),
    database: readDatabase(database),
    priorityList: readPriorities(reader("Priorities", PRIORITIES)),
    ...found,
    evidence: readEvidence({
      duplicates,
      points: reader("Match points", MATCH_POINTS),
      neverIf: found.neverIf,
      used: comparesDescriptions(found.matchMethods),
    }),
    settings: read,
    fields: reading.context.fields,
  };
}

/**
 * By field index: whether an import sets the field, be it to the empty text.
 *
 * @param mapped the names of the fields that the source's mapping fills
 */
export function managedFields(
  { fields, settings }: Pick<JobSections, "fields" | "settings">,
  mapped: readonly string[],
): boolean[] {
  const filled = new Set(mapped);
  if (settings.remoteUser !== "") filled.add("remote_user");
  if (settings.expertCreated) filled.add("expert_created");
  if (settings.institutionalOwner !== "") filled.add("institutional_owner");
  return fields.map(({ name }) => filled.has(name));
}

function reportMissingSource(file: string, section: Section | undefined, problems: ProblemList) {
  problems.add(section?.order ?? 0, {
    at: section?.at ?? { file, line: 1 },
    found: section?.text ?? "",
    problem: "foreign_source is not stated in [Settings]",
    allowed: 'foreign_source = "NAME", or "" for local records',
    advice:
      'write foreign_source = "…" with the name of where the records come from: without it no record can be recognised again; a file for including is checked with its job, or with --set Settings.foreign_source=NAME',
  });
}
