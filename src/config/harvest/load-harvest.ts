/** Loads a configuration of OAI-PMH-importer: files and command line in, checked and frozen jobs out. */

import { VETOES } from "../../matching/vetoes.js";
import { EVIDENCE, MATCH_POINTS, readEvidence } from "../job/evidence-keys.js";
import { DATABASE, DUPLICATES, JOB_SECTIONS, LOGGING, PRIORITIES } from "../job/keys.js";
import { beginReading } from "../job/read-job.js";
import { readDatabase, readLogging, readPriorities } from "../job/settings.js";
import { readWant, WANT } from "../job/want.js";
import type { Keys } from "../language/key-spec.js";
import { deepFreeze, effectiveSettings } from "../language/loaded.js";
import { formatLocation, ValueError } from "../language/problems.js";
import { type Reading, SectionReader } from "../language/section-reader.js";
import type { Section } from "../language/sections.js";
import { type LoadOptions, readStated, type Stated } from "../language/stated.js";
import type { HarvestConfig, RepositoryConfig } from "./harvest-config.js";
import { MANNERS, REPOSITORIES, SHARED_SETTINGS } from "./harvest-keys.js";
import {
  checkHarvestSections,
  checkListed,
  supportingKind,
  unlistedRepositories,
} from "./harvest-sections.js";
import { type Installation, type ReadRepository, readRepository } from "./read-repository.js";
import { checkShared, type Shared, withShared } from "./shared-keys.js";
import { SupportingSections } from "./supporting-sections.js";

const OF_ALL = ["Logging", "Database", "Priorities", "Repositories", "namespaces"];

/**
 * Reads and checks a configuration.
 *
 * @param path the main file, relative to `cwd` or absolute
 * @returns the configuration, deeply frozen
 * @throws ConfigErrors with everything that is wrong, in the order of reading
 */
export function loadHarvestConfig(path: string, options: LoadOptions): { config: HarvestConfig } {
  const stated = readStated(path, options);
  const { sections, problems } = stated;
  const reading = beginReading(stated);
  const installation = readInstallation(stated, reading);
  // An installation's file may hold what other programs of it are told.
  readWant(
    new SectionReader("Want", sections.get("Want") ?? null, WANT, { ...reading, effective: [] }),
  );
  const listed = readHarvestList(stated, reading);
  const unlisted = unlistedRepositories(sections, listed);
  const shared = sharedSections(sections, MANNERS, DUPLICATES);
  for (const one of sharedSections(sections, REPOSITORIES, JOB_SECTIONS.Duplicates)) {
    checkShared(one, reading);
  }
  const read = [...listed, ...unlisted].flatMap((name) => {
    const section = sections.get(name);
    return section === undefined
      ? []
      : [readRepository(withShared(section, shared, reading), installation)];
  });
  const used = new Set(read.flatMap((repository) => repository.sections));
  checkUnused(sections, used, installation.supporting);
  checkHarvestSections(sections, [...listed, ...unlisted], used, installation.fields, problems);
  checkSources(read.slice(0, listed.length), reading);
  problems.throwIfAny();
  const effective = effectiveSettings(reading);
  const repositories = read.map((one): RepositoryConfig => {
    const own = [...OF_ALL, ...one.sections];
    const settings = effective.filter(({ section }) => own.includes(section));
    return { ...one.config, files: reading.files, effective: settings };
  });
  const { logging, database, fields } = installation;
  const config: HarvestConfig = {
    ...{ path: stated.file, logging, database, fields, effective, files: reading.files },
    repositories: repositories.slice(0, listed.length),
    unlisted: repositories.slice(listed.length),
  };
  return { config: deepFreeze(config) };
}

function readInstallation({ file, sections }: Stated, reading: Reading): Installation {
  const reader = (name: string, keys: Keys) =>
    new SectionReader(name, sections.get(name) ?? null, keys, reading);
  const database = reader("Database", DATABASE);
  database.read(DATABASE.extra_fields);
  const duplicates = reader("Duplicates", JOB_SECTIONS.Duplicates);
  return {
    path: file,
    logging: { ...readLogging(reader("Logging", LOGGING)), program: "OAI-PMH-importer" },
    database: readDatabase(database),
    priorityList: readPriorities(reader("Priorities", PRIORITIES)),
    strictIsStated: duplicates.entry(EVIDENCE.strict) !== null,
    evidence: readEvidence({
      duplicates,
      points: reader("Match points", MATCH_POINTS),
      neverIf: VETOES,
      used: false,
    }),
    fields: reading.context.fields,
    sections,
    supporting: new SupportingSections(sections, reading),
    reading,
  };
}

/**
 * @param ofRepositories the keys of [Repositories] that are meant
 * @param ofDuplicates those of [Duplicates]
 */
function sharedSections(
  sections: ReadonlyMap<string, Section>,
  ofRepositories: Keys,
  ofDuplicates: Keys,
): Shared[] {
  const shared = (name: string, keys: Keys): Shared => {
    return { section: sections.get(name) ?? null, keys };
  };
  return [
    shared("Settings", SHARED_SETTINGS),
    shared("Duplicates", ofDuplicates),
    shared("Repositories", ofRepositories),
  ];
}

/** The names of the repositories that have a section. */
function readHarvestList({ file, sections, complete, problems }: Stated, reading: Reading) {
  const section = sections.get("Repositories") ?? null;
  const reader = new SectionReader("Repositories", section, REPOSITORIES, reading);
  const { harvest_list } = REPOSITORIES;
  const names = reader.read(harvest_list) ?? [];
  const entry = reader.entry(harvest_list);
  if (entry === null || (names.length === 0 && !entry.broken && entry.value === "")) {
    if (entry !== null || complete) {
      problems.add(entry?.order ?? section?.order ?? 0, {
        at: entry === null ? (section?.at ?? { file, line: 1 }) : entry.at,
        found: entry?.text ?? section?.text ?? "",
        problem: "[Repositories] names no repository to harvest",
        allowed: 'harvest_list = "NAME,NAME", each the name of a section',
        advice:
          "write harvest_list in [Repositories]; a file for including is checked with the configuration that includes it",
      });
    }
    return [];
  }
  return names.filter((name) => reader.attempt(entry, () => checkListed(name, sections)) !== null);
}

/** Supporting sections that no repository uses are checked all the same: the files are shared. */
function checkUnused(
  sections: ReadonlyMap<string, Section>,
  used: ReadonlySet<string>,
  supporting: SupportingSections,
): void {
  for (const { name } of sections.values()) {
    if (used.has(name)) continue;
    switch (supportingKind(name)) {
      case "pre_process":
        supporting.preProcess(name);
        break;
      case "field_defaults":
        supporting.fieldDefaults(name);
        break;
      case "field_map":
        supporting.fieldMap(name);
        break;
      case "post_process":
        supporting.postProcess(name);
        break;
      case null:
    }
  }
}

/** Rows are known again by their source: two repositories would take each other's for their own. */
function checkSources(repositories: readonly ReadRepository[], { cwd }: Reading): void {
  const before = new Map<string, ReadRepository>();
  for (const repository of repositories) {
    const { foreignSource } = repository.config.settings;
    const other = before.get(foreignSource);
    before.set(foreignSource, other ?? repository);
    const { source } = repository;
    if (source === null || other?.source == null || foreignSource === "") continue;
    source.reader.report(
      source.entry,
      new ValueError(
        `foreign_source ${foreignSource} is that of [${other.config.name}] too (${formatLocation(other.source.entry.at, cwd)})`,
        "a foreign_source of its own for each repository",
        'give one of the two another name; several sets of one repository are named in sets = "A,B" of one section',
      ),
    );
  }
}
