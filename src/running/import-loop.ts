/** The loop of an import: batches in, committed work out, until the input ends or something stops it. */

import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import type { JobConfig } from "../config/job/job-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import { type Decisions, openDecisions } from "../deciding/decisions.js";
import type { Failure } from "../diagnostics/failure.js";
import type { MatchMethod } from "../matching/methods.js";
import { needsDuplicates } from "../policy/decide.js";
import type { Portion } from "../reading/portion.js";
import type { RecordInput } from "../reading/record-input.js";
import type { RunLog } from "../report/run-log.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { Checkpoint } from "../store/model/run-record.js";
import { BEGINNING } from "../store/model/run-record.js";
import type { Lease, Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import { BatchWriter, type Reading } from "./batch-writer.js";
import { removeAbsent } from "./full-load.js";
import { noStep, type RejectFiles } from "./reject-files.js";
import type { RunNotes } from "./run-notes.js";
import type { Tally } from "./tally.js";

/** Records that are handed over at a time: few enough to be forgotten young. */
const PORTION = 250;

/** Milliseconds without a record after which the open batch is committed. */
const SILENCE_MS = 1000;

/** What a run tells and asks while it works. */
export interface RunHooks {
  /** Called when some records more are done; `inputs` are those that this process reads. */
  onPortion?(state: { readonly tally: Tally; readonly inputs: readonly RecordInput[] }): void;
  /** The signal that asks the run to stop after the batch, or null. */
  stopSignal?(): NodeJS.Signals | null;
  /** Called at each step that a crash might fall between. */
  step?(name: string): void;
  /** Whether records that are surely new are considered all the same; for tests, which compare the two ways. */
  readonly considersAll?: boolean;
}

/** How the loop ended. */
export interface LoopEnd {
  readonly stop: Failure | null;
  readonly signal: NodeJS.Signals | null;
}

interface ImportRunParts {
  readonly config: JobConfig;
  readonly options: RunOptions;
  readonly inputs: readonly RecordInput[];
  readonly store: Store;
  readonly run: RunWriter;
  readonly lease: Lease | null;
  readonly rejects: RejectFiles;
  readonly tally: Tally;
  readonly notes: RunNotes;
  readonly log: RunLog;
  readonly hooks: RunHooks;
  /** Where a resumed run goes on, null for a run from the start. */
  readonly from: Checkpoint | null;
}

export class ImportLoop {
  private readonly started = performance.now();
  private readonly writer: BatchWriter;
  private readonly decisions: Decisions;
  /** Records read, of all inputs, when each input was begun. */
  private readonly readBefore = new Map<number, number>();
  /** What went wrong while a pipe was silent; thrown when reading has ended. */
  private brokenInSilence: unknown = null;
  private knownAtStart: { readonly records: KnownRecords | null } | null = null;

  constructor(private readonly parts: ImportRunParts) {
    const { config, inputs, store, run, rejects, tally, notes, log, lease, options } = parts;
    const { fullLoad } = options;
    this.decisions = openDecisions({ config, store, run, fullLoad });
    this.writer = new BatchWriter({
      store,
      run,
      decisions: this.decisions,
      rejects,
      tally,
      notes,
      log,
      lease,
      repeatsRecords: inputs.some(({ repeatsRecords }) => repeatsRecords ?? false),
      maxRejects: options.maxRejects,
      fullLoad: options.fullLoad,
      batchSize: config.database.batchSize,
      step: this.step,
      elapsed: () => this.seconds,
    });
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** Records of an input that this process has read, whether they were kept or not. */
  recordsRead(fileNumber: number): number {
    const before = this.readBefore.get(fileNumber);
    if (before === undefined) return 0;
    return (this.readBefore.get(fileNumber + 1) ?? this.parts.tally.totals.recordsRead) - before;
  }

  /** Reads the inputs in order and commits them batch by batch. */
  async loop(): Promise<LoopEnd> {
    for (const reading of this.ahead) {
      const end = await this.read(reading);
      if (end.stop || end.signal || this.recordsLeft === 0) return end;
    }
    return this.finishFullLoad();
  }

  /** The inputs that this process reads, the later ones too. */
  private get ahead(): Reading[] {
    const { inputs, from } = this.parts;
    const all = inputs.map((input, i) => ({ input, fileNumber: i + 1 }));
    return all.slice((from?.fileNumber ?? 1) - 1);
  }

  private async finishFullLoad(): Promise<LoopEnd> {
    const { config, options, inputs, store, run, tally, notes, log } = this.parts;
    if (!options.fullLoad) return { stop: null, signal: null };
    const { foreignSource } = config.settings;
    const stop = await removeAbsent({
      store,
      run,
      tally,
      notes,
      log,
      inputs,
      foreignSource,
      brake: this.decisions.brake,
      step: this.step,
      elapsed: () => this.seconds,
      pause: async () => {
        await log.flush();
        await turn();
        return this.signal === null;
      },
    });
    return { stop, signal: this.signal };
  }

  private get step(): (name: string) => void {
    return this.parts.hooks.step ?? noStep;
  }

  /** The signal that asks the run to stop, or null. */
  private get signal(): NodeJS.Signals | null {
    return this.parts.hooks.stopSignal?.() ?? null;
  }

  /** Records that `--limit` still allows, null for all. */
  private get recordsLeft(): number | null {
    const { options, tally } = this.parts;
    return options.limit === null ? null : Math.max(0, options.limit - tally.totals.recordsRead);
  }

  /** Read once a run: what the run itself has changed since, the importer looks at all the same. */
  private get known(): KnownRecords | null {
    this.knownAtStart ??= { records: this.readKnown() };
    return this.knownAtStart.records;
  }

  /**
   * The records that need no look. There are none under a policy that deletes, which must look for
   * duplicates even of unchanged rows, nor where the log is to hold a line on every record, nor of
   * local records, which are new each time.
   */
  private readKnown(): KnownRecords | null {
    const { config, options, store, log } = this.parts;
    if (needsDuplicates(config.duplicatePolicy, { existing: true })) return null;
    if (log.writes("record") || config.settings.foreignSource === "") return null;
    return store.knownRecords({ withMerged: !options.fullLoad });
  }

  /** The methods by whose keys new records are known as such; null where each is to be looked at, or told of. */
  private get hashedBy(): readonly MatchMethod[] | null {
    const { log, hooks } = this.parts;
    if (hooks.considersAll || log.writes("record") || log.writes("explain")) return null;
    return this.decisions.surelyNewBy();
  }

  private async read(reading: Reading): Promise<LoopEnd> {
    const { config, log, from, options, store, run, tally } = this.parts;
    const { input, fileNumber } = reading;
    const request = {
      from: from?.fileNumber === fileNumber ? from.position : BEGINNING,
      size: Math.min(PORTION, config.database.batchSize),
      skip: fileNumber === 1 ? options.skip : 0,
      limit: this.recordsLeft,
      hashedBy: this.hashedBy,
      traced: log.writes("explain"),
    };
    const portions = input.portions(request, this.known, () => this.stopped);
    const before = tally.totals.recordsRead;
    this.readBefore.set(fileNumber, before);
    const end = await this.takeAll(reading, portions);
    await log.flush();
    if (end.stop || end.signal) return end;
    input.end(tally.totals.recordsRead - before);
    store.transaction((books) => books.fileFinished(run.runId, fileNumber));
    this.step("file-finished");
    return end;
  }

  private async takeAll(reading: Reading, portions: AsyncGenerator<Portion>): Promise<LoopEnd> {
    try {
      const end = await this.takeEach(reading, portions);
      this.writer.commit();
      return end;
    } catch (error) {
      // What was read before the input failed is kept. After a failure of the database none is open.
      this.writer.commit();
      throw error;
    } finally {
      await portions.return(undefined);
    }
  }

  private async takeEach(reading: Reading, portions: AsyncGenerator<Portion>): Promise<LoopEnd> {
    const { hooks, log, tally, notes } = this.parts;
    const inputs = this.ahead.map(({ input }) => input);
    notes.lap(null);
    for (;;) {
      const { done, value: portion } = await this.arrival(portions.next());
      notes.lap("waiting");
      // Reading ends early where a signal comes while a pipe is silent.
      if (done) return { stop: null, signal: this.signal };
      const stop = this.writer.add(portion, reading);
      await log.flush();
      notes.lap("logging");
      hooks.onPortion?.({ tally, inputs });
      await turn();
      const { signal } = this;
      if (stop || signal) return { stop, signal };
    }
  }

  /** While a pipe is silent the database must not stay locked: what is there by then is committed. */
  private async arrival<T>(next: Promise<T>): Promise<T> {
    const silence = setTimeout(() => this.commitInSilence(), SILENCE_MS);
    try {
      const arrived = await next;
      if (this.brokenInSilence !== null) throw this.brokenInSilence;
      return arrived;
    } finally {
      clearTimeout(silence);
    }
  }

  private commitInSilence(): void {
    try {
      this.writer.commit();
    } catch (error) {
      this.brokenInSilence = error;
    }
  }

  /** Whether reading should end early. */
  private get stopped(): boolean {
    return this.signal !== null || this.brokenInSilence !== null;
  }
}
