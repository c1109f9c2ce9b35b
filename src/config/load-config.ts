/** Loads a configuration: files and command line in, one checked and frozen `ImportConfig` out. */

import { dirname, resolve } from "node:path";
import { type RecordField, STANDARD_FIELDS } from "../fields/record-fields.js";
import { mappingDigest } from "./job/digest.js";
import type { DescriptionRules, FieldExtractor, ImportConfig } from "./job/import-config.js";
import { DATABASE, DUPLICATES, LOGGING, PRIORITIES, SETTINGS } from "./job/keys.js";
import { checkSections, DESCRIPTION_PREFIX } from "./job/section-names.js";
import {
  readDatabase,
  readDuplicates,
  readLogging,
  readPriorities,
  readSettings,
} from "./job/settings.js";
import { applyCommandLine, type Overrides } from "./language/command-line.js";
import type { Keys } from "./language/key-spec.js";
import { ProblemList, ValueError } from "./language/problems.js";
import { type Reading, SectionReader } from "./language/section-reader.js";
import { type Section, toSections } from "./language/sections.js";
import { readSource } from "./language/source.js";
import type { ValueContext } from "./language/value-types.js";
import {
  type RuleReading,
  readDescription,
  readExtractor,
  readFilters,
  readUrl,
} from "./marc/field-rules.js";

/** What the command line adds to a configuration file. */
export interface LoadOptions {
  /** The arguments of `--set`, in order; of two for one key the later counts. */
  readonly sets?: readonly string[];
  readonly overrides?: Overrides;
  /** Absolute; what paths on the command line are relative to. */
  readonly cwd: string;
}

/**
 * Reads and checks a configuration.
 *
 * @param path the main file, relative to `cwd` or absolute
 * @returns the configuration, deeply frozen
 * @throws ConfigErrors with everything that is wrong, in the order of reading
 */
export function loadConfig(path: string, options: LoadOptions): { config: ImportConfig } {
  const { cwd, sets = [], overrides = {} } = options;
  const file = resolve(cwd, path);
  const problems = new ProblemList();
  const source = readSource(file, problems);
  const sections = toSections(source.statements);
  applyCommandLine(sections, sets, overrides, cwd, problems);
  const files = [...source.files];
  const reading = beginReading({ file, cwd, files }, sections, problems);
  checkSections(sections, reading.context.fields, problems);
  const config = readSections(file, sections, reading, !source.incomplete);
  problems.throwIfAny();
  return { config: deepFreeze(config) };
}

type Sections = ReadonlyMap<string, Section>;

function beginReading(
  { file, cwd, files }: Pick<Reading, "cwd" | "files"> & { readonly file: string },
  sections: Sections,
  problems: ProblemList,
): Reading {
  const descriptionNames = [...sections.keys()]
    .filter((name) => name.startsWith(DESCRIPTION_PREFIX))
    .map((name) => name.slice(DESCRIPTION_PREFIX.length));
  const context = { base: dirname(file), fields: STANDARD_FIELDS, descriptionNames };
  const extra = extraFields(sections.get("Database"), context);
  const fields = [...STANDARD_FIELDS, ...extra];
  return { problems, context: { ...context, fields }, cwd, effective: [], files };
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

function readSections(
  file: string,
  sections: Sections,
  reading: Reading,
  complete: boolean,
): ImportConfig {
  const reader = (name: string, keys: Keys) =>
    new SectionReader(name, sections.get(name) ?? null, keys, reading);
  const settingsReader = reader("Settings", SETTINGS);
  const settings = readSettings(settingsReader);
  if (complete && settingsReader.entry(SETTINGS.foreign_source) === null) {
    reportMissingSource(file, sections.get("Settings"), reading.problems);
  }
  const databaseReader = reader("Database", DATABASE);
  databaseReader.read(DATABASE.extra_fields);
  const rules = { ...reading, controlSubfields: settings.controlSubfields };
  const config = {
    path: file,
    files: reading.files,
    logging: readLogging(reader("Logging", LOGGING)),
    database: readDatabase(databaseReader),
    priorityList: readPriorities(reader("Priorities", PRIORITIES)),
    ...readDuplicates(reader("Duplicates", DUPLICATES)),
    settings,
    filters: readFilters(sections.get("Filter") ?? null, rules),
    url: readUrl(sections.get("url") ?? null, rules),
    description: readDescriptions(sections, rules),
    extractors: readExtractors(sections, rules),
    fields: reading.context.fields,
  };
  const effective = reading.effective.toSorted(inFileOrder).map((entry) => entry.setting);
  return { ...config, mappingDigest: mappingDigest(config), effective };
}

/** Subtracting would make NaN of two defaults, whose order is infinite. */
function inFileOrder(a: { order: number }, b: { order: number }): number {
  return a.order === b.order ? 0 : a.order < b.order ? -1 : 1;
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

function readDescriptions(sections: Sections, reading: RuleReading): DescriptionRules {
  const field = standardField("description");
  const custom = new Map<string, FieldExtractor>();
  for (const name of reading.context.descriptionNames) {
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

function standardField(name: string): RecordField {
  const field = STANDARD_FIELDS.find((candidate) => candidate.name === name);
  if (field === undefined) {
    throw new Error(`there is no standard field ${name}`);
  }
  return field;
}

function deepFreeze<T>(value: T): T {
  // Typed arrays with elements cannot be frozen.
  if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
