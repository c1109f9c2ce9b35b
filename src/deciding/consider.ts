/**
 * From a mapped record to what is to be done with it: existing row, duplicates, policy. Reads the
 * database and changes nothing, so that `explain` and the import share it to the last step.
 */

import type { JobConfig } from "../config/job/job-config.js";
import type { IgnoreReason, MappedRecord } from "../fields/mapped-record.js";
import { transactionTime } from "../fields/transaction-date.js";
import type { Decided, DuplicateIndex, DuplicateQuery } from "../matching/duplicate-query.js";
import {
  allDuplicates,
  type Duplicate,
  type Duplicates,
  findDuplicates,
  NO_DUPLICATES,
} from "../matching/duplicates.js";
import { descriptionOf } from "../matching/kept-evidence.js";
import type { KeySource } from "../matching/methods.js";
import { PriorityList, type Rank } from "../matching/priorities.js";
import { type ByPriority, type Decision, decide, needsDuplicates } from "../policy/decide.js";
import { DescribedRows, isFallbackUrl, KeySources } from "../store/model/key-source.js";
import type { RowPlan } from "../store/model/row-planner.js";
import type { Existing, Incoming } from "../store/model/stored-row.js";
import type { KeyView, PairView } from "../store/reading-port.js";
import type { RowImports } from "../store/run-port.js";

/** What the policy is not asked for. */
type Shortcut = IgnoreReason["code"] | "deletion" | "deletes-ignored" | "older" | "no-such-row";

/** Everything that led to the treatment of one record. */
export interface Consideration {
  readonly existing: Existing | null;
  readonly duplicates: Duplicates;
  /** What was looked for; null where nothing was. */
  readonly query: DuplicateQuery | null;
  /** null where a shortcut settled the matter before the policy was asked. */
  readonly decision: Decision | null;
  readonly shortcut: Shortcut | null;
  /** How the existing row will read; null where the record does not refresh one. */
  readonly plan: RowPlan | null;
  /** The match keys of a record that has neither a row nor a duplicate, where they are known. */
  readonly keys: readonly number[] | null;
  /** One sentence for the log. */
  readonly reason: string;
}

/** What considering a record needs to see of the database. */
export interface View {
  readonly imports: Pick<RowImports, "existing" | "plan">;
  readonly keys: DuplicateIndex & Pick<KeyView, "newKeys">;
  readonly pairs: Pick<PairView, "about">;
  /** Whether this run has touched a row. */
  readonly touched: { has(recordId: number): boolean };
}

export class Considerer {
  readonly priorities: PriorityList;
  private readonly source: string;
  /** What is decided of a record that has neither a row nor a duplicate. */
  private readonly alone: Consideration;
  private readonly keySources: KeySources;
  private readonly describedRows: DescribedRows;
  private readonly url: number;

  constructor(
    private readonly config: JobConfig,
    private readonly view: View,
  ) {
    this.priorities = new PriorityList(config.priorityList);
    this.source = config.settings.foreignSource;
    this.keySources = new KeySources(config.fields);
    this.describedRows = new DescribedRows(config.fields);
    this.url = config.fields.findIndex(({ name }) => name === "url");
    const nobody = { higher: false, same: false, lower: false };
    const decision = decide(config.duplicatePolicy, {
      existing: false,
      ...nobody,
      touched: nobody,
    });
    this.alone = { ...settled(null, "no-such-row", decision.reason), decision, shortcut: null };
  }

  /** @param incoming the same record as it would be written */
  consider(mapped: MappedRecord, incoming: Incoming): Consideration {
    if (mapped.ignore) return settled(null, mapped.ignore.code, mapped.ignore.message);
    const existing = this.view.imports.existing(this.source, incoming.foreignId);
    if (existing && this.config.settings.skipOlder && isOlder(mapped, existing, incoming.now)) {
      const have = existing.merged?.marcDate ?? existing.row.marcDate;
      return settled(
        existing,
        "older",
        `its 005 ${mapped.marcDate} is older than the row's ${have}`,
      );
    }
    if (mapped.deleted) return this.considerDeletion(mapped, existing);
    return this.considerPolicy(incoming, existing);
  }

  /** Whether a record that has neither a row nor a duplicate gets a row. */
  get createsAlone(): boolean {
    return this.alone.decision?.action === "create";
  }

  private considerDeletion({ deletedBy }: MappedRecord, existing: Existing | null): Consideration {
    if (this.config.settings.deletes === "ignore") {
      return settled(existing, "deletes-ignored", "deletions are not applied (deletes = ignore)");
    }
    if (!existing) return settled(null, "no-such-row", "a deletion of a record that is not there");
    const reason = deletedBy ?? "its leader says that the record is deleted";
    const stays = "; it had been merged into that row, which stays without what it gave";
    return settled(existing, "deletion", existing.merged ? reason + stays : reason);
  }

  private considerPolicy(incoming: Incoming, existing: Existing | null): Consideration {
    const { values, urlIsFallback, evidence } = incoming;
    const decided = this.decided(incoming, existing);
    const keys =
      existing || decided.size > 0
        ? null
        : this.view.keys.newKeys(this.keySources.of(values, urlIsFallback, evidence));
    if (keys !== null) return { ...this.alone, keys };
    const policy = this.config.duplicatePolicy;
    const plan = existing && this.view.imports.plan(existing, incoming);
    const needed = needsDuplicates(policy, { existing: existing !== null });
    const query = needed ? this.query(incoming, plan, { existing, decided }) : null;
    const duplicates = query
      ? findDuplicates(this.view.keys, this.priorities, query)
      : NO_DUPLICATES;
    const has = (rank: Rank) => duplicates.found.some((duplicate) => duplicate.rank === rank);
    const decision = decide(policy, {
      existing: existing !== null,
      higher: has("higher"),
      same: has("same"),
      lower: has("lower"),
      touched: new TouchedRanks(this, { query, duplicates }),
    });
    const { reason } = decision;
    return { existing, duplicates, query, decision, shortcut: null, plan, keys, reason };
  }

  /** Every duplicate of one priority, oldest first. */
  duplicatesOf(
    { query, duplicates }: Pick<Consideration, "query" | "duplicates">,
    rank: Rank,
  ): Duplicate[] {
    return query ? this.all(query, duplicates, rank) : [];
  }

  /** Whether this run has touched a duplicate of one priority. */
  anyTouched(met: Pick<Consideration, "query" | "duplicates">, rank: Rank): boolean {
    return this.duplicatesOf(met, rank).some(({ recordId }) => this.view.touched.has(recordId));
  }

  private all(query: DuplicateQuery, { method }: Duplicates, rank: Rank): Duplicate[] {
    if (method === null) return [];
    return allDuplicates(this.view.keys, this.priorities, { ...query, method, rank });
  }

  /** What would be looked for, also where the policy need not know. */
  question(
    incoming: Incoming,
    { existing, plan }: Pick<Consideration, "existing" | "plan">,
  ): DuplicateQuery {
    return this.query(incoming, plan, { existing, decided: this.decided(incoming, existing) });
  }

  private decided({ foreignSource, foreignId }: Incoming, existing: Existing | null): Decided {
    const recordId = existing?.row.recordId ?? null;
    return this.view.pairs.about({ foreignSource, foreignId, recordId });
  }

  private query(
    incoming: Incoming,
    plan: RowPlan | null,
    { existing, decided }: { readonly existing: Existing | null; readonly decided: Decided },
  ): DuplicateQuery {
    const { values, urlIsFallback, evidence } = this.asItWillBe(incoming, plan);
    return {
      methods: this.config.matchMethods,
      keys: this.keySources.of(values, urlIsFallback, evidence),
      describe: () =>
        descriptionOf(evidence, () => this.describedRows.of(values, urlIsFallback, evidence)),
      foreignSource: this.source,
      except: existing?.row.recordId ?? null,
      neverIf: this.config.neverIf,
      decided,
      evidence: this.config.evidence,
    };
  }

  /** What match keys are made from, as the row will have it. */
  keySource(incoming: Incoming, plan: RowPlan | null): KeySource {
    const { values, urlIsFallback, evidence } = this.asItWillBe(incoming, plan);
    return this.keySources.of(values, urlIsFallback, evidence);
  }

  /**
   * The row as it will be: of an existing one what it reads after the refresh, or else a run could
   * delete what the next one creates again.
   */
  private asItWillBe(
    incoming: Incoming,
    plan: RowPlan | null,
  ): Pick<Incoming, "values" | "urlIsFallback" | "evidence"> {
    if (!plan) return incoming;
    const urlIsFallback = isFallbackUrl(plan.final[this.url] ?? "", plan.state.fallbackUrl);
    return { values: plan.final, urlIsFallback, evidence: plan.state.evidence };
  }
}

/**
 * Whether a deletion would hit a row of this run. Looked up only when the policy asks, which it does where a deletion
 * is due: thousands of rows may have to be seen for the answer.
 *
 * A class, since the engine makes a shape for each object that is written with getters, and lets nothing go that was
 * made for it until the old objects are collected.
 */
class TouchedRanks implements ByPriority {
  constructor(
    private readonly considerer: Considerer,
    private readonly met: Pick<Consideration, "query" | "duplicates">,
  ) {}

  get higher(): boolean {
    return this.any("higher");
  }

  get same(): boolean {
    return this.any("same");
  }

  get lower(): boolean {
    return this.any("lower");
  }

  private any(rank: Rank): boolean {
    return this.considerer.anyTouched(this.met, rank);
  }
}

function settled(existing: Existing | null, shortcut: Shortcut, reason: string): Consideration {
  return {
    existing,
    duplicates: NO_DUPLICATES,
    query: null,
    decision: null,
    shortcut,
    plan: null,
    keys: null,
    reason,
  };
}

/** @param now UTC, ISO 8601 */
function isOlder(mapped: MappedRecord, existing: Existing, now: string): boolean {
  const today = Date.parse(now);
  const time = transactionTime(mapped.marcDate, today);
  const have = transactionTime(existing.merged?.marcDate ?? existing.row.marcDate, today);
  return time !== null && have !== null && time < have;
}
