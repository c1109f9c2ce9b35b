/** What a night asks for: from where, which sets, everything or what has changed. */

import { isDeepStrictEqual } from "node:util";
import type { Identity } from "../harvest/identify.js";
import type { SpoolPlan } from "../harvest/manifest.js";
import { readDate, writeDate } from "../harvest/oai-dates.js";
import type { Spool } from "../harvest/spool.js";
import type { HarvestPosition } from "../store/model/harvest.js";
import type { Night } from "./night.js";

/** What a spool must have been begun for, to be the one of a night. */
type Aim = Pick<SpoolPlan, "baseUrl" | "metadataPrefix" | "sets" | "positions" | "asked">;

/** @param positions all that the database knows; those of another address or format do not count */
function aimOf(
  { repository: { harvest }, options }: Night,
  positions: readonly HarvestPosition[],
): Aim {
  const { baseUrl, metadataPrefix } = harvest;
  const sets = harvest.sets.length === 0 ? [""] : harvest.sets;
  const valid = validOf(positions, harvest);
  const of = sets.map((set): [string, string | null] => {
    return [set, valid.find(({ setSpec }) => setSpec === set)?.position ?? null];
  });
  return {
    baseUrl,
    metadataPrefix,
    sets,
    positions: Object.fromEntries(of),
    asked: { from: options.from, until: options.until },
  };
}

function validOf(
  positions: readonly HarvestPosition[],
  { baseUrl, metadataPrefix }: Pick<SpoolPlan, "baseUrl" | "metadataPrefix">,
): readonly HarvestPosition[] {
  return positions.filter(
    (one) => one.baseUrl === baseUrl && one.metadataPrefix === metadataPrefix,
  );
}

/** Whether everything is to be asked for. */
function isFull(
  { repository: { harvest }, options, now }: Night,
  positions: readonly HarvestPosition[],
): boolean {
  if (options.full || options.run.fullLoad || harvest.mode === "FULL") return true;
  const { fullEveryMs } = harvest;
  if (fullEveryMs === null) return false;
  return validOf(positions, harvest).some(({ fullHarvestAt }) => {
    const last = readDate(fullHarvestAt ?? "");
    return last === null || now - last >= fullEveryMs;
  });
}

/** The plan of a new spool. */
export function planOf(
  night: Night,
  identity: Identity,
  positions: readonly HarvestPosition[],
): SpoolPlan {
  const { harvest, name } = night.repository;
  const { from, until } = night.options;
  return {
    repository: name,
    ...aimOf(night, positions),
    full: isFull(night, positions),
    granularity: harvest.granularity === "auto" ? identity.granularity : harvest.granularity,
    deletedRecord: identity.deletedRecord,
    responseDate: writeDate(identity.responseDate, "second"),
    earliest: identity.earliest,
    startedAt: writeDate(night.now, "second"),
    movesPosition: from === null && until === null,
  };
}

/** Whether a night would begin a spool for the same as one that is there. */
export function isPlanOf(
  night: Night,
  { plan }: Spool,
  positions: readonly HarvestPosition[],
): boolean {
  // What was begun as a full harvest because one was due is still good when none is due any more.
  if (!plan.full && isFull(night, positions)) return false;
  const { baseUrl, metadataPrefix, sets, positions: before, asked } = plan;
  const begun: Aim = { baseUrl, metadataPrefix, sets, positions: before, asked };
  return isDeepStrictEqual(begun, aimOf(night, positions));
}
