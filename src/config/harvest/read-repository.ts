/** Reads the section of one repository: what is asked of it, its job, and its mapping. */

import { mappingDigest } from "../job/digest.js";
import type { JobSections, JobSettings } from "../job/job-config.js";
import { DUPLICATES, SETTINGS } from "../job/keys.js";
import { managedFields } from "../job/read-job.js";
import { askForStrict, readSettings } from "../job/settings.js";
import type { KeySpec } from "../language/key-spec.js";
import { formatLocation, ValueError } from "../language/problems.js";
import { type Reading, SectionReader } from "../language/section-reader.js";
import type { Entry, Section } from "../language/sections.js";
import { suggestion } from "../language/suggest.js";
import { digestContent } from "../marc/digest-content.js";
import { mappedFields } from "../marc/read-mapping.js";
import { dcDigestContent, dcFields } from "./dc-fields.js";
import type { HarvestSettings, RepositoryConfig, RepositoryMapping } from "./harvest-config.js";
import { REPOSITORY } from "./harvest-keys.js";
import type { Supporting } from "./harvest-sections.js";
import { readMarcRules } from "./marc-rules.js";
import { readHarvest, refuseSecrets, reportMissing } from "./read-asking.js";
import type { PostProcess, SupportingSections } from "./supporting-sections.js";
import { HARVEST_SOURCE } from "./value-kinds.js";

/** What all repositories of a configuration have in common. */
export interface Installation
  extends Pick<
    JobSections,
    "path" | "logging" | "database" | "priorityList" | "evidence" | "fields"
  > {
  /** Whether [Duplicates] says if DESCRIPTION is strict. */
  readonly strictIsStated: boolean;
  readonly sections: ReadonlyMap<string, Section>;
  readonly supporting: SupportingSections;
  readonly reading: Reading;
}

/** A repository as far as its own section and those that it names say it. */
export interface ReadRepository {
  readonly config: Omit<RepositoryConfig, "files" | "effective">;
  /** The sections that it is read from, beside those of all. */
  readonly sections: readonly string[];
  /** Where `foreign_source` is stated, null where it is not. */
  readonly source: { readonly entry: Entry; readonly reader: SectionReader } | null;
}

/** @param section its own keys, with what it takes over from shared sections */
export function readRepository(section: Section, from: Installation): ReadRepository {
  const { reading, supporting } = from;
  const reader = new SectionReader(section.name, section, REPOSITORY, reading);
  refuseSecrets(reader);
  const harvest = readHarvest(reader);
  const named = new Map<Supporting, string>();
  for (const [kind, spec] of Object.entries(SECTION_KEYS)) {
    const name = readSectionName(reader, spec, from);
    if (name !== null) named.set(kind as Supporting, name);
  }
  const nameOf = (kind: Supporting) => named.get(kind) ?? null;
  const defaults = supporting.fieldDefaults(nameOf("field_defaults"));
  const post = supporting.postProcess(nameOf("post_process"));
  const { mustBeValid, ...postProcess } = post;
  const mapping = readMapping(reader, harvest, from, {
    fieldMap: supporting.fieldMap(nameOf("field_map")),
    defaults,
    ...supporting.preProcess(nameOf("pre_process")),
    ...postProcess,
  });
  const stated = readSettings(reader);
  // Where a supporting section says it, no default of the repository's own is in effect.
  if (mapping.kind === "dc" && defaults.expert_created)
    dropDefault(reader, SETTINGS.expert_created);
  if (mustBeValid !== null) dropDefault(reader, SETTINGS.record_must_be_valid);
  const settings: JobSettings = {
    ...stated,
    requiredFields: requiredFields(reader, stated.requiredFields, mustBeValid),
    expertCreated:
      reader.entry(SETTINGS.expert_created) === null && mapping.kind === "dc"
        ? defaults.expert_created?.text === "1"
        : stated.expertCreated,
  };
  const { path, logging, database, priorityList, fields } = from;
  const neverIf = reader.read(DUPLICATES.never_if);
  const job = {
    ...{ path, logging, database, priorityList, fields, settings },
    matchMethods: reader.read(DUPLICATES.match_method),
    duplicatePolicy: reader.read(DUPLICATES.duplicate_policy),
    neverIf,
    evidence: { ...from.evidence, neverIf },
  };
  askForStrict(reader, job, from.strictIsStated);
  const isDc = mapping.kind === "dc";
  const mapped = isDc ? dcFields(mapping.rules) : mappedFields(mapping.rules);
  const content = isDc ? dcDigestContent(mapping.rules) : digestContent(mapping.rules);
  return {
    config: {
      ...job,
      name: section.name,
      harvest,
      mapping,
      managed: managedFields(job, mapped),
      mappingDigest: mappingDigest(job, { ...content, idFrom: harvest.foreignId }),
    },
    sections: [section.name, ...named.values()],
    source: readSource(reader),
  };
}

const SECTION_KEYS: Readonly<Record<Supporting, KeySpec<string>>> = {
  pre_process: REPOSITORY.pre_process_section,
  field_defaults: REPOSITORY.field_defaults_section,
  field_map: REPOSITORY.field_map_section,
  post_process: REPOSITORY.post_process_section,
};

/** Takes the default of a key off the effective settings. */
function dropDefault({ reading, name }: SectionReader, spec: KeySpec<unknown>): void {
  const { effective } = reading;
  const index = effective.findLastIndex(({ setting }) => {
    return setting.section === name && setting.key === spec.name;
  });
  if (index >= 0 && effective[index].setting.origin === "default") effective.splice(index, 1);
}

/** The name of a supporting section, null where none is stated or there is none. */
function readSectionName(
  reader: SectionReader,
  spec: KeySpec<string>,
  { sections }: Installation,
): string | null {
  const name = reader.read(spec);
  const entry = reader.entry(spec);
  if (name === null || entry === null) return null;
  const kind = spec.name.replace(/_section$/, "");
  const found = reader.attempt(entry, () => {
    if (sections.has(name)) return name;
    const alike = [...sections.keys()].filter((other) => other.endsWith(`_${kind}`));
    throw new ValueError(
      `${spec.name}: there is no section [${name}]`,
      alike.length === 0 ? "the name of a section" : alike.join(", "),
      suggestion(name, alike, `write a section [${name}], or include the file that holds it`),
    );
  });
  return found?.value ?? null;
}

function readMapping(
  reader: SectionReader,
  { foreignId, strict }: HarvestSettings,
  { reading, fields }: Installation,
  rules: Extract<RepositoryMapping, { kind: "dc" }>["rules"],
): RepositoryMapping {
  const { mapping, field_map_section, foreign_id } = REPOSITORY;
  const file = reader.read(mapping);
  const [byFile, byMap] = [reader.entry(mapping), reader.entry(field_map_section)];
  const idEntry = reader.entry(foreign_id);
  if (byFile === null && byMap === null) {
    const advice =
      "write field_map_section = SECTION, or for MARC mapping = FILE with a configuration of MARC_import";
    reportMissing(reader, field_map_section, advice);
  }
  if (byFile !== null) refuseSections(reader, byFile);
  if (byFile === null && foreignId === "record" && idEntry !== null) {
    reader.report(
      idEntry,
      new ValueError(
        "foreign_id: record needs rules for MARC, which say where a record's number stands",
        "identifier, or record beside mapping = FILE",
        "write identifier, or delete the line",
      ),
    );
  }
  const marc =
    file === null || byFile === null ? null : readMarcRules(file, byFile, reader, reading, fields);
  if (marc === null) return { kind: "dc", rules };
  return { kind: "marc", rules: { ...marc, strict: marc.strict || strict } };
}

/** Of rules for MARC and a field map only one can be meant. */
function refuseSections(reader: SectionReader, mapping: Entry): void {
  for (const spec of Object.values(SECTION_KEYS)) {
    const entry = reader.entry(spec);
    if (entry === null) continue;
    const place = formatLocation(mapping.at, reader.reading.cwd);
    reader.report(
      entry,
      new ValueError(
        `${spec.name} stands beside mapping (${place}), which says by itself how records are mapped`,
        "field_map_section and its like, or mapping",
        "delete one of the two lines: mapping is for MARC records, a field map for all other formats",
      ),
    );
  }
}

function requiredFields(
  reader: SectionReader,
  stated: readonly string[],
  must: PostProcess["mustBeValid"],
): readonly string[] {
  const entry = reader.entry(SETTINGS.record_must_be_valid);
  if (must === null || must.entry.broken) return stated;
  if (entry === null) return must.value ? ["title", "url"] : [];
  if (stated.length > 0 !== must.value) {
    const place = formatLocation(must.entry.at, reader.reading.cwd);
    reader.report(
      entry,
      new ValueError(
        `record_must_be_valid contradicts must_be_valid = ${must.entry.value ?? "true"} (${place})`,
        "one of the two, or both alike",
        "delete must_be_valid from the post_process section, or make it say the same",
      ),
    );
  }
  return stated;
}

function readSource(reader: SectionReader): ReadRepository["source"] {
  const entry = reader.entry(SETTINGS.foreign_source);
  if (entry === null) {
    reportMissing(
      reader,
      REPOSITORY.foreign_source,
      'write foreign_source = "…" with a name of its own: by it the rows of this repository are known again',
    );
    return null;
  }
  const { context } = reader.reading;
  if (!entry.broken && entry.value !== null) {
    const text = entry.value;
    reader.attempt(entry, () => HARVEST_SOURCE.parse(text, context));
  }
  return { entry, reader };
}
