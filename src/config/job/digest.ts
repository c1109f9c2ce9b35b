/**
 * The mapping digest: equal for configurations that make equal rows of equal records, merged or not.
 * Another version of the program may make other rows, so each has digests of its own.
 */

import { createHash } from "node:crypto";
import { codesOf } from "../marc/code-set.js";
import { version } from "../version.js";
import type { DuplicatePolicy, ImportConfig } from "./import-config.js";

/** What of a configuration decides how a record becomes a row. */
type MappingPart = Pick<
  ImportConfig,
  "settings" | "filters" | "url" | "description" | "extractors" | "fields"
>;

/**
 * SHA-256, in hex, of everything that decides how a record becomes a row. Places, names of
 * SearchFields, the order of sections, paths, logging and policies have no part in it.
 */
export function mappingDigest(config: MappingPart): string {
  const { settings } = config;
  const content = {
    version: version(),
    fields: config.fields,
    extractors: config.extractors.toSorted((a, b) => (a.field.name < b.field.name ? -1 : 1)),
    url: config.url,
    description: config.description,
    filters: config.filters,
    foreignSource: settings.foreignSource,
    foreignIdFields: settings.foreignIdFields,
    remoteUser: settings.remoteUser,
    expertCreated: settings.expertCreated,
    institutionalOwner: settings.institutionalOwner,
    requiredFields: settings.requiredFields,
    recordTypes: settings.recordTypes,
    controlSubfields: [...settings.controlSubfields].sort().join(""),
    encoding: settings.encoding,
    strict: settings.strict,
    fieldsToMerge: settings.fieldsToMerge,
    protectedFields: settings.protectedFields,
    maxRecordSize: settings.maxRecordSize,
  };
  return digestOf(content);
}

/** What of a configuration decides, beside the mapping, what becomes of a record. */
type RulesPart = Pick<
  ImportConfig,
  "mappingDigest" | "matchMethods" | "duplicatePolicy" | "priorityList" | "settings"
>;

/** Under these it does not matter how duplicates are found, nor who ranks above whom. */
const REGARDLESS_OF_DUPLICATES: readonly DuplicatePolicy[] = ["KEEP_ALL", "UPDATE_ONLY"];

/** SHA-256, in hex, of everything that decides which rows an import of the same records gives. */
export function rulesDigest(config: RulesPart): string {
  const { mappingDigest: mapping, matchMethods, duplicatePolicy, priorityList } = config;
  const { deletes, skipOlder } = config.settings;
  const looks = !REGARDLESS_OF_DUPLICATES.includes(duplicatePolicy);
  const duplicates = looks ? { matchMethods, priorityList } : {};
  return digestOf({ mapping, duplicatePolicy, duplicates, deletes, skipOlder });
}

function digestOf(content: object): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(content)))
    .digest("hex");
}

/** Plain data with sorted keys, without places and without how a rule is called and spaced. */
function canonical(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return codesOf(value);
  }
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const isSearchField = "transforms" in value;
  return Object.entries(value)
    .filter(([key]) => key !== "at" && !(isSearchField && (key === "name" || key === "text")))
    .map(([key, part]) => [key, canonical(part)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
