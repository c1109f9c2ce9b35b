/**
 * A database of a few rows in memory, and an import into it that asks the real policies. It is as
 * plain as can be, so that scenarios and properties of the policies can be tried without a store.
 * Rows are duplicates if their titles are equal.
 */

import { PriorityList, type Rank } from "../../src/matching/priorities.js";
import { type ByPriority, decide } from "../../src/policy/decide.js";
import type { PolicyName } from "./expected.js";
import {
  PRIORITY_LIST,
  type ScenarioOutcome,
  type ScenarioRecord,
  type ScenarioRow,
} from "./scenarios.js";

interface ModelRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  title: string;
  own: string[];
  /** Keyword by the foreign id that was merged into the row. */
  readonly merged: Map<string, string>;
}

interface Import {
  readonly policy: PolicyName;
  readonly foreignSource: string;
  readonly records: readonly ScenarioRecord[];
}

const FIRST_NEW_ID = 1000;
const priorities = new PriorityList(PRIORITY_LIST);

function stored(row: ModelRow): string {
  return `;${[...new Set([...row.own, ...row.merged.values()])].join(";")};`;
}

export class ModelDatabase {
  readonly #rows = new Map<number, ModelRow>();
  #nextId = FIRST_NEW_ID;

  constructor(start: readonly ScenarioRow[]) {
    for (const { keywords, ...row } of start) {
      const recordId = row.recordId ?? this.#nextId++;
      const own = keywords.split(";").filter((keyword) => keyword !== "");
      this.#rows.set(recordId, { ...row, recordId, own, merged: new Map() });
    }
  }

  /** The rows in ascending order; rows created by an import have no number, and stand last by id. */
  rows(): ScenarioRow[] {
    const known = (row: ModelRow) => row.recordId < FIRST_NEW_ID;
    const byId = [...this.#rows.values()].sort((one, other) =>
      known(one) || known(other)
        ? one.recordId - other.recordId
        : one.foreignId.localeCompare(other.foreignId),
    );
    return byId.map((row) => ({
      recordId: known(row) ? row.recordId : null,
      foreignSource: row.foreignSource,
      foreignId: row.foreignId,
      title: row.title,
      keywords: stored(row),
    }));
  }

  /**
   * One run; every row that it creates, refreshes or finds unchanged is touched. Duplicates are
   * those of the row as it would be written: a merged record does not change the row's title.
   */
  run({ policy, foreignSource, records }: Import): ScenarioOutcome[] {
    const touched = new Set<number>();
    return records.map((record) => {
      const existing = this.#existing(foreignSource, record.foreignId);
      const own = existing === undefined || isOwn(existing, foreignSource, record);
      const title = own ? record.title : existing.title;
      const groups = this.#duplicates(foreignSource, title, existing);
      const by = (holds: (row: ModelRow) => boolean): ByPriority => ({
        higher: groups.higher.some(holds),
        same: groups.same.some(holds),
        lower: groups.lower.some(holds),
      });
      const decision = decide(policy, {
        existing: existing !== undefined,
        ...by(() => true),
        touched: by((row) => touched.has(row.recordId)),
      });
      for (const rank of decision.deletes) {
        for (const row of groups[rank]) this.#rows.delete(row.recordId);
      }
      if (decision.action === "ignore") return "ignored";
      if (decision.mergeInto) return merge(groups[decision.mergeInto], record);
      const row = existing ?? this.#create(foreignSource, record);
      touched.add(row.recordId);
      return existing ? refresh(row, foreignSource, record) : "created";
    });
  }

  #existing(foreignSource: string, foreignId: string): ModelRow | undefined {
    const rows = [...this.#rows.values()];
    return (
      rows.find((row) => row.foreignSource === foreignSource && row.foreignId === foreignId) ??
      rows.find((row) => row.merged.has(foreignId))
    );
  }

  #duplicates(
    foreignSource: string,
    title: string,
    existing: ModelRow | undefined,
  ): Record<Rank, ModelRow[]> {
    const groups: Record<Rank, ModelRow[]> = { higher: [], same: [], lower: [] };
    for (const row of this.#rows.values()) {
      if (row.title !== title || row === existing) continue;
      groups[priorities.compare(row.foreignSource, foreignSource)].push(row);
    }
    return groups;
  }

  #create(foreignSource: string, { foreignId, title, keyword }: ScenarioRecord): ModelRow {
    const recordId = this.#nextId++;
    const row = { recordId, foreignSource, foreignId, title, own: [keyword], merged: new Map() };
    this.#rows.set(recordId, row);
    return row;
  }
}

function merge(candidates: readonly ModelRow[], record: ScenarioRecord): ScenarioOutcome {
  const [best] = [...candidates].sort(
    (one, other) =>
      priorities.rank(one.foreignSource) - priorities.rank(other.foreignSource) ||
      one.recordId - other.recordId,
  );
  best.merged.set(record.foreignId, record.keyword);
  return "merged";
}

/** Whether the record is the one that the row was made from; else it was merged into the row. */
function isOwn(row: ModelRow, foreignSource: string, record: ScenarioRecord): boolean {
  return row.foreignSource === foreignSource && row.foreignId === record.foreignId;
}

function refresh(row: ModelRow, foreignSource: string, record: ScenarioRecord): ScenarioOutcome {
  const before = row.title + stored(row);
  if (isOwn(row, foreignSource, record)) {
    row.title = record.title;
    row.own = [record.keyword];
  } else {
    row.merged.set(record.foreignId, record.keyword);
  }
  return row.title + stored(row) === before ? "unchanged" : "updated";
}
