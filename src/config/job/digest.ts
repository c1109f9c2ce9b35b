/**
 * The digests of a job. The mapping digest is equal for configurations that make equal rows of equal
 * records, merged or not. Another version of the program may make other rows, so each has digests of
 * its own.
 */

import { createHash } from "node:crypto";
import { version } from "../../diagnostics/version.js";
import type { DuplicatePolicy, JobConfig, JobSections } from "./job-config.js";

/**
 * SHA-256, in hex, of everything that decides how a record becomes a row. Places, names of rules,
 * the order of sections, paths, logging and policies have no part in it.
 *
 * @param mapping what the source's mapping says, as plain data
 */
export function mappingDigest(
  job: Pick<JobSections, "settings" | "fields" | "matchMethods" | "duplicatePolicy" | "neverIf">,
  mapping: object,
): string {
  const { settings, fields } = job;
  return digestOf({
    ...(keepsEvidence(job) ? { evidence: "kind" } : {}),
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
  "mappingDigest" | "matchMethods" | "duplicatePolicy" | "neverIf" | "priorityList" | "settings"
>;

/** Under these it does not matter how duplicates are found, nor who ranks above whom. */
const REGARDLESS_OF_DUPLICATES: readonly DuplicatePolicy[] = ["KEEP_ALL", "UPDATE_ONLY"];

/** Whether what a match method finds is asked further, so that the kind of each record is kept beside its row. */
export function keepsEvidence({
  matchMethods,
  duplicatePolicy,
  neverIf,
}: Pick<JobSections, "matchMethods" | "duplicatePolicy" | "neverIf">): boolean {
  return (
    neverIf.length > 0 &&
    !matchMethods.includes("NONE") &&
    !REGARDLESS_OF_DUPLICATES.includes(duplicatePolicy)
  );
}

/** SHA-256, in hex, of everything that decides which rows an import of the same records gives. */
export function rulesDigest(config: RulesPart): string {
  const { mappingDigest: mapping, matchMethods, duplicatePolicy, neverIf, priorityList } = config;
  const { deletes, skipOlder } = config.settings;
  const looks = !REGARDLESS_OF_DUPLICATES.includes(duplicatePolicy);
  const duplicates = looks ? { matchMethods, neverIf, priorityList } : {};
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
