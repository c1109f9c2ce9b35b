/** From what was considered of one record to what is told of it. Reads the database, changes nothing. */

import type { JobConfig } from "../config/job/job-config.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { keyTexts } from "../matching/keys.js";
import { methodNamed } from "../matching/methods.js";
import { weighCandidates } from "../matching/weigh.js";
import { needsDuplicates } from "../policy/decide.js";
import type { InputRecord, InputReject } from "../reading/portion.js";
import {
  type Explanation,
  NO_TRACE,
  NOT_WEIGHED,
  type ShownCandidate,
  type ShownChange,
  type ShownDecision,
  type ShownExisting,
  type ShownKeys,
  type ShownRefused,
  type ShownWeighing,
} from "../report/explanation.js";
import type { RowPlan } from "../store/model/row-planner.js";
import type { Outcome } from "../store/model/totals.js";
import type { Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import type { Consideration, Considerer } from "./consider.js";
import { type Considered, mergeTarget, type Treatment } from "./importer.js";
import { mergedLosses } from "./merged-losses.js";

/** What explaining sees of the database. */
interface ExplainerParts {
  readonly config: JobConfig;
  readonly store: Pick<Store, "keys" | "rows" | "merged">;
  readonly imports: Pick<RunWriter["imports"], "planMerge">;
  readonly considerer: Considerer;
}

type Values = Readonly<Record<string, string>>;

/** The row that a record concerns, as it will stand. */
interface Result {
  readonly recordId: number | null;
  readonly values: Values | null;
  readonly changes: readonly ShownChange[];
}

const NO_RESULT: Result = { recordId: null, values: null, changes: [] };

export class Explainer {
  constructor(private readonly parts: ExplainerParts) {}

  /** Explains a record that was considered, before anything is done with it. */
  explain(record: InputRecord, considered: Considered): Explanation {
    const { mapped, file, number, offset, length } = record;
    const { incoming, considered: why } = considered;
    const result = this.result(considered);
    return {
      file,
      number,
      offset,
      length,
      controlNumber: mapped.controlNumber,
      foreignSource: incoming.foreignSource,
      foreignId: mapped.foreignId,
      trace: record.trace ?? NO_TRACE,
      diagnostics: [...mapped.diagnostics, ...this.losses(why)],
      row: this.named(mapped.values),
      keys: this.keys(considered),
      notLookedFor: this.notLookedFor(why),
      existing: this.existing(why),
      candidates: this.candidates(why),
      notTaken: this.notTaken(why),
      weighing: this.weighing(considered),
      decision: this.decision(why, result.recordId),
      result: result.values,
      changes: result.changes,
    };
  }

  /** Explains what could not be read as a record. */
  explainReject(reject: InputReject): Explanation {
    const { file, number, offset, length, controlNumber, isId = false, reason, further } = reject;
    const entry = codeEntry(reason.code);
    return {
      file,
      number,
      offset,
      length,
      controlNumber: isId ? "" : controlNumber,
      foreignSource: this.parts.config.settings.foreignSource,
      foreignId: isId ? controlNumber : "",
      trace: NO_TRACE,
      diagnostics: [reason, ...further],
      row: null,
      keys: [],
      notLookedFor: "the record cannot be read",
      existing: null,
      candidates: [],
      notTaken: [],
      weighing: NOT_WEIGHED,
      decision: {
        outcome: "rejected",
        recordId: null,
        policy: this.parts.config.duplicatePolicy,
        cell: null,
        reason: `${entry.code}: ${entry.message}`,
        removes: [],
      },
      result: null,
      changes: [],
    };
  }

  private named(values: readonly string[]): Values {
    return Object.fromEntries(this.parts.config.fields.map(({ name }, i) => [name, values[i]]));
  }

  private keys({ incoming, considered }: Considered): ShownKeys[] {
    const { config, considerer } = this.parts;
    if (considered.shortcut !== null) return [];
    const source = considered.query?.keys ?? considerer.keySource(incoming, considered.plan);
    return config.matchMethods
      .filter((method) => method !== "NONE")
      .map((method) => ({ method, texts: keyTexts(method, source) }));
  }

  private notLookedFor({ existing, shortcut }: Consideration): string | null {
    const { duplicatePolicy, matchMethods } = this.parts.config;
    if (shortcut !== null) return "the record is settled before duplicates are looked for";
    if (!needsDuplicates(duplicatePolicy, { existing: existing !== null })) {
      const what = existing ? "a record that has an existing row" : "every record";
      return `${duplicatePolicy} does the same with ${what}, whatever duplicates there are`;
    }
    return matchMethods.every((method) => method === "NONE") ? "match_method is NONE" : null;
  }

  private existing({ existing }: Consideration): ShownExisting | null {
    if (!existing) return null;
    const { recordId, foreignSource, foreignId } = existing.row;
    const merged = existing.merged !== null;
    return { recordId, foreignSource, foreignId, merged, title: this.title(recordId) };
  }

  private candidates({ duplicates }: Consideration): ShownCandidate[] {
    return duplicates.found.map(({ recordId, foreignSource, rank, method, keyText }) => ({
      recordId,
      foreignSource,
      priority: rank,
      method,
      key: keyText,
      title: this.title(recordId),
    }));
  }

  private notTaken({ duplicates }: Consideration): ShownRefused[] {
    return duplicates.refused.map(({ recordId, foreignSource, method, keyText, veto }) => ({
      recordId,
      foreignSource,
      method,
      key: keyText,
      title: this.title(recordId),
      veto,
    }));
  }

  /** All rows that descriptions are compared with, those that are different, too; also where the policy need not know. */
  private weighing({ incoming, considered }: Considered): ShownWeighing {
    const { config, store, considerer } = this.parts;
    const method = config.matchMethods.find((name) => methodNamed(name).compare !== undefined);
    if (method === undefined || considered.shortcut !== null) return NOT_WEIGHED;
    const query = considered.query ?? considerer.question(incoming, considered);
    const { weighed, leftOut } = weighCandidates(
      store.keys,
      considerer.priorities,
      query,
      method,
      "whole",
    );
    const shown = weighed.map(({ recordId, foreignSource, keys, evidence, decided }) => {
      return { ...evidence, recordId, foreignSource, keys, decided, title: this.title(recordId) };
    });
    return { weighed: shown, leftOut };
  }

  private title(recordId: number): string {
    return this.parts.store.keys.row(recordId)?.title ?? "";
  }

  private decision(considered: Consideration, recordId: number | null): ShownDecision {
    const { decision, reason } = considered;
    const removes = this.removes(considered);
    const policy = this.parts.config.duplicatePolicy;
    const outcome = outcomeOf(considered);
    return { outcome, recordId, policy, cell: decision?.cell ?? null, reason, removes };
  }

  /** Rows that the policy deletes. */
  private removes(considered: Consideration): number[] {
    return (considered.decision?.deletes ?? []).flatMap((rank) =>
      this.parts.considerer.duplicatesOf(considered, rank).map((duplicate) => duplicate.recordId),
    );
  }

  /** Warnings of merged records that go with the rows that are deleted. */
  private losses(considered: Consideration): Diagnostic[] {
    const { existing, shortcut } = considered;
    const own = shortcut === "deletion" && existing && !existing.merged;
    const rows = own ? [existing.row.recordId] : this.removes(considered);
    const { merged } = this.parts.store;
    return rows.flatMap((recordId) => mergedLosses(recordId, merged.ofRecord(recordId)));
  }

  private result(step: Considered): Result {
    const { existing, decision, plan } = step.considered;
    const recordId = existing?.row.recordId ?? null;
    switch (decision?.action) {
      case "create":
        return { ...NO_RESULT, values: this.named(step.incoming.values) };
      case "merge":
        return this.merged(step);
      case "refresh":
        if (!existing || !plan) return NO_RESULT;
        return this.planned(existing.row.recordId, plan);
      default:
        return { ...NO_RESULT, recordId };
    }
  }

  private merged({ incoming, considered }: Considered): Result {
    const { considerer, imports } = this.parts;
    const into = considered.decision?.mergeInto ?? "same";
    const { recordId } = mergeTarget(considered, into, considerer);
    const plan = imports.planMerge(recordId, incoming);
    return plan ? this.planned(recordId, plan) : { ...NO_RESULT, recordId };
  }

  private planned(recordId: number, plan: RowPlan): Result {
    const present = this.parts.store.rows.read(recordId);
    const before: Record<string, string> = {
      ...(present ? this.named(present.values) : {}),
      marc_date: present?.marcDate ?? "",
    };
    const changes = [...plan.columns].map(([column, after]) => ({
      column,
      before: before[column] ?? "",
      after,
    }));
    return { recordId, values: this.named(plan.final), changes };
  }
}

/** What will become of a record, from what was considered. */
function outcomeOf({ decision, shortcut, existing, plan }: Consideration): Outcome {
  switch (decision?.action) {
    case "create":
      return "created";
    case "merge":
      return "merged";
    case "refresh":
      return plan && plan.columns.size > 0 ? "updated" : "unchanged";
    default:
      return shortcut === "deletion" && existing ? "deleted" : "ignored";
  }
}

/** The explanation of a record with what was really done with it. */
export function withTreatment(told: Explanation, treatment: Treatment): Explanation {
  const { outcome, recordId, removed } = treatment;
  return { ...told, decision: { ...told.decision, outcome, recordId, removes: removed } };
}
