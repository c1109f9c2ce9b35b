/** The earlier records of a file, really imported into a copy of the database. */

import { rulesDigest } from "../config/job/digest.js";
import { DEFAULT_RUN_OPTIONS } from "../config/job/run-options.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { type Decisions, openDecisions } from "../deciding/decisions.js";
import { withTreatment } from "../deciding/explainer.js";
import { Failure } from "../diagnostics/failure.js";
import type { InputItem, InputRecord } from "../reading/portion.js";
import type { RecordInput } from "../reading/record-input.js";
import type { Explanation } from "../report/explanation.js";
import { RunLog } from "../report/run-log.js";
import { entered as enteredInputs } from "../running/begin-run.js";
import { ImportLoop } from "../running/import-loop.js";
import { RejectFiles } from "../running/reject-files.js";
import { isoSeconds, runName } from "../running/run-name.js";
import { RunNotes } from "../running/run-notes.js";
import { Tally } from "../running/tally.js";
import type { Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";

interface ReplayParts {
  readonly config: MarcConfig;
  /** A copy, which is thrown away. */
  readonly store: Store;
  readonly input: RecordInput;
  /** Where reject files would go, without their endings; thrown away with the copy. */
  readonly rejects: string;
}

export class Replay {
  private readonly now = isoSeconds(new Date());
  private readonly decisions: Decisions;

  private constructor(
    private readonly parts: ReplayParts,
    private readonly run: RunWriter,
  ) {
    const { config, store } = parts;
    this.decisions = openDecisions({ config, store, run });
  }

  /** Enters a run in the copy. */
  static begin(parts: ReplayParts): Replay {
    const { config, store, input } = parts;
    const now = new Date();
    const entered = {
      run: runName(now),
      command: "explain" as const,
      config: config.path,
      foreignSource: config.settings.foreignSource,
      rulesDigest: rulesDigest(config),
      startedAt: isoSeconds(now),
    };
    return new Replay(parts, store.startRun(entered, enteredInputs([input]), config.managed));
  }

  /**
   * Imports the first `count` records.
   *
   * @throws Failure (5) where the import would stop before
   */
  async importFirst(count: number): Promise<void> {
    if (count === 0) return;
    const { config, store, input } = this.parts;
    const rejects = new RejectFiles(this.parts.rejects, { mrc: 0, jsonl: 0 });
    const log = RunLog.open({ ...config.logging, verbosity: 0 }, "replay");
    const loop = new ImportLoop({
      config,
      options: { ...DEFAULT_RUN_OPTIONS, limit: count },
      inputs: [input],
      store,
      run: this.run,
      lease: null,
      rejects,
      tally: new Tally(),
      notes: new RunNotes(config, null),
      log,
      hooks: {},
      from: null,
    });
    try {
      const { stop } = await loop.loop();
      if (stop) throw wouldStop(stop, "");
    } finally {
      rejects.close();
    }
  }

  /** Explains the next item, then does what the import would do with it. */
  treat(item: InputItem): Explanation | null {
    if (item.kind === "reject") return this.decisions.explainReject(item.reject);
    if (item.kind !== "record") return null;
    return this.parts.store.transaction(() => this.carryOut(item.record));
  }

  private carryOut(record: InputRecord): Explanation {
    const { decisions, now } = this;
    const sourceRecord = this.parts.input.sourceRecord(record);
    const step = decisions.consider(record, { now, sourceRecord });
    const told = decisions.explain(record, step);
    try {
      return withTreatment(told, decisions.carryOut(step));
    } catch (error) {
      const isLimit = error instanceof Failure && error.kind === "limit";
      throw isLimit ? wouldStop(error, `, with record ${record.number}`) : error;
    }
  }
}

function wouldStop({ kind, what, advice }: Failure, where: string): Failure {
  return new Failure(kind, `the import would stop here: ${what}${where}`, advice);
}
