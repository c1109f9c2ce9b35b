/** What the end of a harvest writes, in the transaction in which its run is entered as done. */

import { readFileSync } from "node:fs";
import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { DAY_MS, readDate, writeDate } from "../harvest/oai-dates.js";
import type { Spool } from "../harvest/spool.js";
import type { HarvestList, HarvestPosition, HarvestRetry } from "../store/model/harvest.js";
import type { AtEnd } from "./run-import.js";

/** Rejected records that are asked for again: more speak of a rule or a repository that is wrong. */
const MOST_REJECTED = 10_000;

interface EndParts {
  readonly repository: RepositoryConfig;
  readonly spool: Spool;
  /** The positions as they stand. */
  readonly before: readonly HarvestPosition[];
  /** Whether the position is to move. */
  readonly moves: boolean;
  readonly now: number;
}

export interface PreparedEnd {
  readonly write: AtEnd;
  /** The position that it will have; null where it does not move. */
  readonly position: string | null;
  /** How far the repository's clock has jumped back, so that the position does not move; null for not. */
  readonly jumpedBack: string | null;
}

export function harvestEnd({ repository, spool, before, moves, now }: EndParts): PreparedEnd {
  const { plan, state } = spool;
  const position = state.position ?? plan.responseDate;
  const jumped = plan.full
    ? undefined
    : before.find((one) => {
        return (readDate(one.position) ?? 0) - (readDate(position) ?? 0) > DAY_MS;
      });
  const moving = moves && jumped === undefined;
  const positions = moving
    ? plan.sets.map((set) => positionOf(repository, spool, { set, position, before }))
    : [];
  const write: AtEnd = (books, runId, rejects) => {
    const rejected = rejectedOf(rejects);
    const again = new Set(rejected.map(({ identifier }) => identifier));
    books.endHarvest(runId, {
      repository: repository.name,
      positions,
      lists: plan.sets.flatMap((set) => listsOf(spool, set)),
      settled: [...state.retried.keys()].filter(
        (identifier) => !again.has(identifier) && isSettled(spool, identifier),
      ),
      rejected,
      at: writeDate(now, "second"),
    });
  };
  const jumpedBack =
    jumped === undefined ? null : `${position}, the position is ${jumped.position}`;
  return { write, position: moving ? position : null, jumpedBack };
}

/** A record that could not be had at all is asked for again. */
function isSettled({ state }: Spool, identifier: string): boolean {
  if (state.retried.get(identifier) === true) return true;
  return state.cameAgain.has(identifier);
}

function positionOf(
  repository: RepositoryConfig,
  { plan }: Spool,
  {
    set,
    position,
    before,
  }: {
    readonly set: string;
    readonly position: string;
    readonly before: readonly HarvestPosition[];
  },
): HarvestPosition {
  const earlier = before.find(({ setSpec }) => setSpec === set);
  const isFull = plan.full || plan.positions[set] === null;
  return {
    repository: repository.name,
    setSpec: set,
    baseUrl: plan.baseUrl,
    metadataPrefix: plan.metadataPrefix,
    // Rows of earlier harvests keep the old rules until everything is fetched again.
    rulesDigest: isFull
      ? repository.mappingDigest
      : (earlier?.rulesDigest ?? repository.mappingDigest),
    position,
    granularity: plan.granularity,
    deletedRecord: plan.deletedRecord,
    fullHarvestAt: isFull ? plan.startedAt : (earlier?.fullHarvestAt ?? null),
  };
}

function listsOf({ state }: Spool, set: string): HarvestList[] {
  return state.windows(set).map(({ window, pages, totals, restarts }) => {
    const { records, deleted, size } = totals;
    return {
      setSpec: set,
      windowNumber: window.number,
      fromDate: window.from,
      untilDate: window.until,
      responseDate: pages[0]?.responseDate ?? "",
      pages: pages.length,
      records,
      deleted,
      listSize: size,
      restarts,
    };
  });
}

/** The records of a run that were rejected, as far as their identifiers could be read. */
function rejectedOf(path: string | null): HarvestRetry[] {
  if (path === null) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, MOST_REJECTED);
  return lines
    .filter((line) => line !== "")
    .map(
      (line) =>
        JSON.parse(line) as { readonly control_number: string | null; readonly code: string },
    )
    .flatMap(({ control_number: identifier, code }) =>
      identifier === null ? [] : [{ identifier, code }],
    );
}
