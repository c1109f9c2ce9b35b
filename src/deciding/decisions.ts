/** What a run, or a look, does with one record after another: considers, explains, carries out. */

import type { JobConfig } from "../config/job/job-config.js";
import type { MatchMethod } from "../matching/methods.js";
import type { FinishedRecord, InputRecord, InputReject } from "../reading/portion.js";
import type { Explanation } from "../report/explanation.js";
import type { KnownRow } from "../store/model/known-records.js";
import type { RowHashes } from "../store/model/row-hashes.js";
import type { Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import { Considerer } from "./consider.js";
import { type DeleteBrake, deleteBrake } from "./delete-brake.js";
import { Explainer } from "./explainer.js";
import {
  type Considered,
  considerRecord,
  Importer,
  incomingOf,
  type Treatment,
  type Written,
} from "./importer.js";

interface DecisionParts {
  readonly config: JobConfig;
  readonly store: Store;
  readonly run: RunWriter;
  /** Whether all that the input holds is to be noted, whatever becomes of it. */
  readonly fullLoad?: boolean;
}

/** The decisions of one run, or of a look at what a run would do. */
export function openDecisions(parts: DecisionParts): Decisions {
  return new Decisions(parts);
}

export class Decisions {
  private readonly considerer: Considerer;
  private readonly explainer: Explainer;
  /** Made when something is first carried out: it counts what the run has done by then. */
  private importer: Importer | null = null;
  private ownBrake: DeleteBrake | null = null;

  constructor(private readonly parts: DecisionParts) {
    const { config, store, run } = parts;
    const { imports, touched } = run;
    this.considerer = new Considerer(config, {
      imports,
      keys: store.keys,
      pairs: store.pairs,
      touched,
    });
    this.explainer = new Explainer({ config, store, imports, considerer: this.considerer });
  }

  /** The record by the form of its id that names a row; as it is where none does, or it has but one. */
  identified(record: InputRecord): InputRecord {
    const { mapped } = record;
    if (mapped.idForms === undefined) return record;
    const { config, run } = this.parts;
    const { foreignSource } = config.settings;
    const form = mapped.idForms.find((id) => run.imports.existing(foreignSource, id) !== null);
    return form === undefined ? record : { ...record, mapped: { ...mapped, foreignId: form } };
  }

  /** What is to be done with a record. Changes nothing. */
  consider(record: InputRecord, written: Written): Considered {
    return considerRecord(this.parts.config, this.considerer, record, written);
  }

  /** Explains a record that was considered, before anything is done with it. */
  explain(record: InputRecord, considered: Considered): Explanation {
    return this.explainer.explain(record, considered);
  }

  /** Explains what could not be read as a record. */
  explainReject(reject: InputReject): Explanation {
    return this.explainer.explainReject(reject);
  }

  /**
   * Does with a record what was considered, inside a transaction.
   *
   * @throws DeleteLimitError before more rows would be deleted than the configuration allows
   */
  carryOut(considered: Considered): Treatment {
    return this.importing.carryOut(considered);
  }

  /** Whether a record is surely new, and gets a row therefore, as `consider` and `carryOut` would find. */
  isSurelyNew(hashes: RowHashes): boolean {
    return this.parts.run.imports.surelyLacks(hashes);
  }

  /** Creates the row of a record that is surely new. */
  createNew(record: InputRecord, hashes: RowHashes, written: Written): void {
    this.importing.createNew({ incoming: incomingOf(this.parts.config, record, written), hashes });
  }

  /** Makes ready for finished rows; between transactions. */
  openSide(): void {
    this.parts.run.side.open();
  }

  /** Takes the finished rows of a portion; gives how many of them, from the first on, may be created soon. */
  fillSide(
    rows: readonly FinishedRecord[],
    sourceRecord: (record: FinishedRecord) => string,
  ): number {
    return this.parts.run.side.fill(rows, sourceRecord);
  }

  /**
   * Has the finished row of a record that is surely new created, with others that wait, before anything else is
   * considered.
   */
  createSoon(nth: number, hashes: RowHashes, now: string): void {
    const { side } = this.parts.run;
    side.add(nth, hashes, now);
    if (side.areMany) this.createWaiting();
  }

  /** Creates the rows that wait; to be called before anything is considered, asked or committed. */
  createWaiting(): void {
    this.importing.createWaiting();
  }

  /** The methods by whose keys records are known as surely new; null where none can be, or gets a row. */
  surelyNewBy(): readonly MatchMethod[] | null {
    const { config, run } = this.parts;
    // A local record has no id, so that none is ever told from another.
    const isLocal = config.settings.foreignSource === "";
    return isLocal || !this.considerer.createsAlone ? null : run.imports.surelyNewBy();
  }

  /**
   * Passes over a record that is what its row was last made from, or what was merged into it.
   *
   * @returns false where it must be looked at after all
   */
  passKnown(row: KnownRow): boolean {
    return this.importing.passKnown(row);
  }

  /** What keeps the run from deleting more than the configuration allows. */
  get brake(): DeleteBrake {
    const { config, store, run } = this.parts;
    this.ownBrake ??= deleteBrake(config.settings, store, run.runId);
    return this.ownBrake;
  }

  private get importing(): Importer {
    const { run, fullLoad } = this.parts;
    this.importer ??= new Importer(run, this.considerer, this.brake, fullLoad ?? false);
    return this.importer;
  }
}
