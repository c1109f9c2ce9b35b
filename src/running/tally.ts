/** Counting what a run does, so that a batch that is rolled back leaves no trace in the counts. */

import type { Treatment } from "../deciding/importer.js";
import type { Code } from "../diagnostics/catalogue.js";
import type { Severity } from "../diagnostics/code-entry.js";
import { type Refused, refusalText } from "../matching/duplicates.js";
import { noTotals, type Totals } from "../store/model/totals.js";

/** Counts records of which some rows were not compared, since too many share a key. */
const TOO_MANY = "DESCRIPTION, too many rows to compare";

/** Counts one more of a key. */
export function addOne(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Takes back one that was counted. */
export function takeOne(counts: Record<string, number>, key: string): void {
  if (counts[key] > 1) counts[key]--;
  else delete counts[key];
}

/** One refusal of each method and veto: records are counted, not rows. */
function firstOfEach(refused: readonly Refused[]): readonly Refused[] {
  if (refused.length < 2) return refused;
  const told = new Set<string>();
  return refused.filter(({ method, veto }) => {
    const key = `${method} ${veto}`;
    return told.has(key) ? false : told.add(key);
  });
}

export class Tally {
  readonly totals: Totals;

  /** @param totals where a resumed run stands */
  constructor(totals: Totals = noTotals()) {
    this.totals = structuredClone({ ...noTotals(), ...totals });
  }

  /** @param kind of a record that is ignored for its kind */
  treatment(treatment: Treatment, kind?: string): void {
    const { totals } = this;
    if (kind !== undefined) addOne(totals.ignoredKinds, kind);
    totals.recordsRead++;
    totals.outcomes[treatment.outcome]++;
    totals.duplicatesRemoved += treatment.removed.length;
    totals.possibleDuplicates += treatment.paired;
    const { shortcut, decision, duplicates } = treatment.considered;
    if (treatment.outcome === "ignored") {
      addOne(totals.ignoredBecause, shortcut ?? decision?.cell ?? "policy");
    }
    for (const { method, veto } of firstOfEach(duplicates.refused)) {
      addOne(totals.duplicatesBy, `${method}, not taken: ${refusalText(veto)}`);
    }
    for (const cap of duplicates.held) {
      addOne(totals.duplicatesBy, `DESCRIPTION, not taken: possible at most (${cap})`);
    }
    if (duplicates.leftOut) addOne(totals.duplicatesBy, TOO_MANY);
    if (decision && duplicates.method) {
      addOne(totals.duplicatesBy, `${duplicates.method}, ${decision.cell}`);
    }
  }

  /** A record whose row was created without a look. */
  created(): void {
    this.totals.recordsRead++;
    this.totals.outcomes.created++;
  }

  /** A record that was known without a look. */
  unchanged(): void {
    this.totals.recordsRead++;
    this.totals.outcomes.unchanged++;
  }

  reject(code: Code): void {
    this.totals.recordsRead++;
    this.totals.outcomes.rejected++;
    addOne(this.totals.rejects, code);
  }

  diagnostic(code: Code, severity: Severity): void {
    if (severity === "repair") addOne(this.totals.repairs, code);
    else if (severity === "warning") addOne(this.totals.warnings, code);
  }

  /** Forgets what was counted since a copy was taken. */
  restore(totals: Totals): void {
    Object.assign(this.totals, structuredClone(totals));
  }

  /** A copy, to be written with a checkpoint. */
  snapshot(): Totals {
    return structuredClone(this.totals);
  }
}
