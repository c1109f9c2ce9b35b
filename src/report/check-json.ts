/** The object that `check --json` prints. */

import type { JobConfig } from "../config/job/job-config.js";
import type { Location } from "../config/language/problems.js";
import { type FileFindings, HINTS, type RuleFinding } from "./rule-finding.js";

/** The version of the keys of `check --json`. */
const CHECK_SCHEMA_VERSION = 1;

/** Keys are stable; more may be added. `over` is null if no file was named. */
export function checkObject(
  config: JobConfig,
  findings: readonly RuleFinding[],
  over: FileFindings | null,
): Record<string, unknown> {
  return {
    schema_version: CHECK_SCHEMA_VERSION,
    config: config.path,
    settings: config.effective.map(({ section, key, value, origin, at }) => ({
      section,
      key,
      value,
      origin,
      at: placeObject(at),
    })),
    findings: findings.map(({ kind, at, what, why, advice }) => ({
      kind,
      hint: HINTS.has(kind),
      at: placeObject(at),
      what,
      why,
      advice,
    })),
    over: over && {
      file: over.file,
      records: over.records,
      left_out: over.leftOut,
      left_out_kinds: over.kinds,
      miscoded: over.miscoded,
      deleted: over.deleted,
      rejected: over.rejected,
      filled: Object.fromEntries(over.filled),
      unread: Object.fromEntries(over.unread),
    },
  };
}

function placeObject(at: Location | null): { file: string; line: number } | null {
  return at && { file: at.file, line: at.line };
}
