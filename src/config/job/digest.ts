/**
 * The digests of a job. The mapping digest is equal for configurations that make equal rows of equal
 * records, merged or not. Another version of the program may make other rows, so each has digests of
 * its own.
 */

import { createHash } from "node:crypto";
import { version } from "../../diagnostics/version.js";
import { type MatchMethod, methodNamed } from "../../matching/methods.js";
import type { DuplicatePolicy, JobConfig, JobSections } from "./job-config.js";

/**
 * SHA-256, in hex, of everything that decides how a record becomes a row. Places, names of rules,
 * the order of sections, paths, logging and policies have no part in it.
 *
 * @param mapping what the source's mapping says, as plain data
 */
export function mappingDigest(
  job: Pick<JobSections, "settings" | "fields"> & EvidencePart,
  mapping: object,
): string {
  const { settings, fields } = job;
  const evidence = keptEvidence(job);
  return digestOf({
    ...(evidence === null ? {} : { evidence }),
    version: version(),
    fields,
    ...mapping,
    foreignSource: settings.foreignSource,
    remoteUser: settings.remoteUser,
    expertCreated: settings.expertCreated,
    institutionalOwner: settings.institutionalOwner,
    requiredFields: settings.requiredFields,
    fieldsToMerge: settings.fieldsToMerge,
    protectedFields: settings.protectedFields,
  });
}

/** What of a configuration decides, beside the mapping, what becomes of a record. */
type RulesPart = Pick<
  JobConfig,
  | "mappingDigest"
  | "matchMethods"
  | "duplicatePolicy"
  | "neverIf"
  | "evidence"
  | "priorityList"
  | "settings"
>;

/** Under these it does not matter how duplicates are found, nor who ranks above whom. */
const REGARDLESS_OF_DUPLICATES: readonly DuplicatePolicy[] = ["KEEP_ALL", "UPDATE_ONLY"];

/** What decides how much of a record is kept beside its row. */
type EvidencePart = Pick<JobSections, "matchMethods" | "duplicatePolicy" | "neverIf" | "database">;

/**
 * What is kept of each record beside its row, to compare others with: its whole description, its kind, or nothing.
 * The description is kept whatever the policy: others may look for the row.
 */
export function keptEvidence(job: EvidencePart): "description" | "kind" | null {
  const { matchMethods, duplicatePolicy, neverIf, database } = job;
  if (comparesDescriptions([...matchMethods, ...database.keepKeys])) return "description";
  const asksFurther =
    neverIf.length > 0 &&
    !matchMethods.includes("NONE") &&
    !REGARDLESS_OF_DUPLICATES.includes(duplicatePolicy);
  return asksFurther ? "kind" : null;
}

/** Whether one of the methods compares what records tell as a whole. */
export function comparesDescriptions(methods: readonly MatchMethod[]): boolean {
  return methods.some((method) => methodNamed(method).compare !== undefined);
}

/** SHA-256, in hex, of everything that decides which rows an import of the same records gives. */
export function rulesDigest(config: RulesPart): string {
  const { mappingDigest: mapping, matchMethods, duplicatePolicy, neverIf, priorityList } = config;
  const { deletes, skipOlder } = config.settings;
  const looks = !REGARDLESS_OF_DUPLICATES.includes(duplicatePolicy);
  const evidence = comparesDescriptions(matchMethods) ? { evidence: config.evidence } : {};
  const duplicates = looks ? { matchMethods, neverIf, priorityList, ...evidence } : {};
  return digestOf({ mapping, duplicatePolicy, duplicates, deletes, skipOlder });
}

function digestOf(content: object): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(content)))
    .digest("hex");
}

/** The same data with sorted keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Object.entries(value)
    .map(([key, part]) => [key, canonical(part)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
