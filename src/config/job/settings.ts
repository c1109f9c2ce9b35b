/** The sections of plain settings: [Logging], [Database], [Priorities], [Duplicates], [Settings]. */

import type { MatchMethod } from "../../matching/methods.js";
import type { Veto } from "../../matching/vetoes.js";
import { ValueError } from "../language/problems.js";
import type { SectionReader } from "../language/section-reader.js";
import { comparesDescriptions } from "./digest.js";
import {
  type DatabaseSettings,
  DELETING_POLICIES,
  type DuplicatePolicy,
  type JobSections,
  type JobSettings,
  type LoggingSettings,
  type Verbosity,
} from "./job-config.js";
import { DATABASE, DUPLICATES, LOGGING, PRIORITIES, SETTINGS } from "./keys.js";

/** Reads `[Logging]`. */
export function readLogging(reader: SectionReader): LoggingSettings {
  reader.refuseOthers();
  return {
    verbosity: reader.read(LOGGING.verbosity) as Verbosity,
    directory: reader.read(LOGGING.directory),
    format: reader.read(LOGGING.log_format),
    maxSize: reader.read(LOGGING.max_size),
    keep: reader.read(LOGGING.keep),
  };
}

/** Without `extra_fields`, which must be known before any list of fields can be read. */
export function readDatabase(reader: SectionReader): DatabaseSettings {
  reader.refuseOthers();
  return {
    path: reader.read(DATABASE.path),
    journal: reader.read(DATABASE.journal),
    fullText: reader.read(DATABASE.full_text),
    batchSize: reader.read(DATABASE.batch_size),
    keepChanges: reader.read(DATABASE.keep_changes),
    keepRecords: reader.read(DATABASE.keep_records),
    keepKeys: reader.read(DATABASE.keep_keys),
  };
}

/** Foreign sources, highest priority first. */
export function readPriorities(reader: SectionReader): readonly string[] {
  reader.refuseOthers();
  return reader.read(PRIORITIES.priority_list);
}

/** Reads `[Duplicates]`. */
export function readDuplicates(reader: SectionReader): {
  readonly matchMethods: readonly MatchMethod[];
  readonly duplicatePolicy: DuplicatePolicy;
  readonly neverIf: readonly Veto[];
} {
  reader.refuseOthers();
  return {
    matchMethods: reader.read(DUPLICATES.match_method),
    duplicatePolicy: reader.read(DUPLICATES.duplicate_policy),
    neverIf: reader.read(DUPLICATES.never_if),
  };
}

/**
 * Where a policy deletes what DESCRIPTION finds, the configuration must say whether that is strict: one row
 * in 250 would be the wrong one otherwise, and nobody has said that it may be.
 *
 * @param reader of the section that states the policy
 */
export function askForStrict(
  reader: SectionReader,
  { matchMethods, duplicatePolicy }: Pick<JobSections, "matchMethods" | "duplicatePolicy">,
  isStated: boolean,
): void {
  if (isStated || !DELETING_POLICIES.includes(duplicatePolicy)) return;
  if (!comparesDescriptions(matchMethods)) return;
  const entry = reader.entry(DUPLICATES.duplicate_policy) ?? reader.entry(DUPLICATES.match_method);
  if (entry === null) return;
  reader.report(
    entry,
    new ValueError(
      `duplicate_policy ${duplicatePolicy} deletes what DESCRIPTION finds, and strict is not stated`,
      "strict = true or strict = false in [Duplicates]",
      "write strict = true, by which one in 1,000 pairs is wrong; strict = false, by which four are, says that you know",
    ),
  );
}

/** A missing `foreign_source` is left to the caller, and is "" here. */
export function readSettings(reader: SectionReader): JobSettings {
  const stated = reader.read(SETTINGS.fields_to_merge);
  const descriptive = reader.reading.context.fields.filter((field) => field.descriptive);
  return {
    foreignSource: reader.read(SETTINGS.foreign_source) ?? "",
    remoteUser: reader.read(SETTINGS.remote_user),
    expertCreated: reader.read(SETTINGS.expert_created),
    institutionalOwner: reader.read(SETTINGS.institutional_owner),
    fieldsToMerge: stated.length > 0 ? stated : descriptive.map((field) => field.name),
    deletes: reader.read(SETTINGS.deletes),
    maxDeletes: reader.read(SETTINGS.max_deletes),
    skipOlder: reader.read(SETTINGS.skip_older),
    protectedFields: reader.read(SETTINGS.protected_fields),
    requiredFields: reader.read(SETTINGS.record_must_be_valid),
  };
}
