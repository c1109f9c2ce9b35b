/**
 * From a mapped record to what is to be done with it: existing row, duplicates, policy. Reads the
 * database and changes nothing, so that `explain` and the import share it to the last step.
 */

import type { ImportConfig } from "../config/import-config.js";
import type { MappedRecord } from "../mapping/mapped-record.js";
import {
  allDuplicates,
  type Duplicate,
  type DuplicateQuery,
  type Duplicates,
  findDuplicates,
  NO_DUPLICATES,
} from "../matching/duplicates.js";
import type { KeySource } from "../matching/keys.js";
import { PriorityList, type Rank } from "../matching/priorities.js";
import { type Decision, decide, needsDuplicates } from "../policy/decide.js";
import { DUPLICATE_COLUMNS, POLICY_TABLE } from "../policy/table.js";
import type { Existing, ImportWriter } from "../store/import-writer.js";
import type { KeyIndex } from "../store/key-index.js";

/** What the policy is not asked for. */
export type Shortcut =
  | "filter"
  | "record-type"
  | "not-valid"
  | "deletion"
  | "older"
  | "no-such-row";

/** Everything that led to the treatment of one record. */
export interface Consideration {
  readonly existing: Existing | null;
  readonly duplicates: Duplicates;
  /** null where a shortcut settled the matter before the policy was asked. */
  readonly decision: Decision | null;
  readonly shortcut: Shortcut | null;
  /** One sentence for the log. */
  readonly reason: string;
}

/** What considering a record needs to see of the database. */
export interface View {
  readonly imports: Pick<ImportWriter, "existing">;
  readonly keys: Pick<KeyIndex, "sourcesWith" | "recordsWith" | "sourceName" | "row">;
  /** Whether this run has touched a row. */
  readonly touched: { has(recordId: number): boolean };
}

export class Considerer {
  readonly priorities: PriorityList;
  private readonly source: string;
  private readonly fieldIndex: ReadonlyMap<string, number>;

  constructor(
    private readonly config: ImportConfig,
    private readonly view: View,
  ) {
    this.priorities = new PriorityList(config.priorityList);
    this.source = config.settings.foreignSource;
    this.fieldIndex = new Map(config.fields.map(({ name }, i) => [name, i]));
  }

  consider(mapped: MappedRecord): Consideration {
    if (mapped.ignore) return settled(null, mapped.ignore.code, mapped.ignore.message);
    const existing = this.view.imports.existing(this.source, this.foreignId(mapped));
    if (mapped.deleted) return this.considerDeletion(existing);
    if (existing && this.config.settings.skipOlder && isOlder(mapped, existing)) {
      const have = existing.merged?.marcDate ?? existing.row.marcDate;
      return settled(
        existing,
        "older",
        `its 005 ${mapped.marcDate} is older than the row's ${have}`,
      );
    }
    return this.considerPolicy(mapped, existing);
  }

  /** Local records have no foreign id. */
  foreignId(mapped: MappedRecord): string {
    return this.source === "" ? "" : mapped.foreignId;
  }

  private considerDeletion(existing: Existing | null): Consideration {
    if (this.config.settings.deletes === "ignore") {
      return settled(existing, "no-such-row", "deletions are not applied (deletes = ignore)");
    }
    if (!existing) return settled(null, "no-such-row", "a deletion of a record that is not there");
    return settled(existing, "deletion", "its leader says that the record is deleted");
  }

  private considerPolicy(mapped: MappedRecord, existing: Existing | null): Consideration {
    const policy = this.config.duplicatePolicy;
    const need = needsDuplicates(policy, { existing: existing !== null });
    const query = this.query(mapped, existing);
    const duplicates =
      need === "none" ? NO_DUPLICATES : findDuplicates(this.view.keys, this.priorities, query);
    const has = (rank: Rank) => duplicates.found.some((duplicate) => duplicate.rank === rank);
    const decision = decide(policy, {
      existing: existing !== null,
      higher: has("higher"),
      same: has("same"),
      lower: has("lower"),
      touched: this.touchedRanks(query, duplicates),
    });
    return { existing, duplicates, decision, shortcut: null, reason: decision.reason };
  }

  private touchedRanks(query: DuplicateQuery, duplicates: Duplicates): Record<Rank, boolean> {
    const row = POLICY_TABLE[this.config.duplicatePolicy];
    const touched = { higher: false, same: false, lower: false };
    for (const rank of DUPLICATE_COLUMNS) {
      if (!row[rank].deletes || !duplicates.found.some((d) => d.rank === rank)) continue;
      touched[rank] = this.all(query, duplicates, rank).some((d) =>
        this.view.touched.has(d.recordId),
      );
    }
    return touched;
  }

  /** Every duplicate of one priority, oldest first. */
  duplicatesOf(mapped: MappedRecord, considered: Consideration, rank: Rank): Duplicate[] {
    return this.all(this.query(mapped, considered.existing), considered.duplicates, rank);
  }

  private all(query: DuplicateQuery, { method }: Duplicates, rank: Rank): Duplicate[] {
    if (method === null) return [];
    return allDuplicates(this.view.keys, this.priorities, { ...query, method, rank });
  }

  private query(mapped: MappedRecord, existing: Existing | null): DuplicateQuery {
    return {
      methods: this.config.matchMethods,
      keys: this.keySource(mapped),
      foreignSource: this.source,
      except: existing?.row.recordId ?? null,
    };
  }

  /** The columns that match keys are made from, as this record would fill them. */
  keySource(mapped: MappedRecord): KeySource {
    const value = (name: string) => mapped.values[this.fieldIndex.get(name) ?? -1] ?? "";
    return {
      url: value("url"),
      title: value("title"),
      creators: value("creators"),
      publication_date: value("publication_date"),
      isbn: value("isbn"),
      issn: value("issn"),
      lccn: value("lccn"),
      oclc_number: value("oclc_number"),
      urlIsFallback: mapped.urlIsFallback,
    };
  }
}

function settled(existing: Existing | null, shortcut: Shortcut, reason: string): Consideration {
  return { existing, duplicates: NO_DUPLICATES, decision: null, shortcut, reason };
}

function isOlder(mapped: MappedRecord, existing: Existing): boolean {
  const have = existing.merged?.marcDate ?? existing.row.marcDate;
  return mapped.marcDate !== "" && have !== "" && mapped.marcDate < have;
}
