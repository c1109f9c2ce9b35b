/** The brake on deletions: a vendor's broken file must not empty a catalogue. */

import type { JobSettings, MaxDeletes } from "../config/job/job-config.js";
import { Failure } from "../diagnostics/failure.js";
import type { Store } from "../store/port.js";

/** By default the larger of these. */
const DEFAULT_NUMBER = 50;
const DEFAULT_SHARE = 0.1;
/** Of what a full load concludes from absence alone, by default no more than this: no file that is wrong may replace most of a source, however small. */
const DEFAULT_SHARE_CONCLUDED = 0.5;

/** Whether the input said which rows are to go, or they go because it said nothing of them. */
export type Grounds = "stated" | "concluded";

/** How many rows a run may delete. */
export function deleteLimit(
  setting: MaxDeletes,
  rowsOfSource: number,
  grounds: Grounds = "stated",
): number {
  switch (setting.kind) {
    case "number":
      return setting.value;
    case "share":
      return Math.floor(setting.value * rowsOfSource);
    case "default": {
      const usual = Math.max(DEFAULT_NUMBER, Math.floor(DEFAULT_SHARE * rowsOfSource));
      if (grounds === "stated") return usual;
      return Math.min(usual, Math.floor(DEFAULT_SHARE_CONCLUDED * rowsOfSource));
    }
  }
}

export class DeleteBrake {
  private rows: number | null = null;

  /**
   * @param deleted rows that the run has deleted before it was resumed
   * @param rowsOfSource the rows of the source when the run began, and the records that it had merged
   *   into rows of others, which a full load may withdraw; counting them takes time, so it
   *   is asked only when the number decides
   */
  constructor(
    private readonly setting: MaxDeletes,
    private readonly rowsOfSource: () => number,
    private deleted = 0,
  ) {}

  /** Counts `rows` more deletions, or says why they may not be done. */
  refusal(rows: number, grounds: Grounds = "stated"): Failure | null {
    if (rows === 0) return null;
    const due = this.deleted + rows;
    const isFew = this.setting.kind === "default" && due <= DEFAULT_NUMBER;
    if (!isFew || grounds === "concluded") {
      this.rows ??= this.rowsOfSource();
      const limit = deleteLimit(this.setting, this.rows, grounds);
      if (due > limit) return limitReached(limit, this.deleted);
    }
    this.deleted = due;
    return null;
  }

  /** @throws Failure (limit) if `rows` more deletions would pass the limit */
  press(rows: number): void {
    const refused = this.refusal(rows);
    if (refused !== null) throw refused;
  }
}

function limitReached(limit: number, deleted: number): Failure {
  return new Failure(
    "limit",
    `max_deletes allows ${limit} deletions; ${deleted} were done and more were due`,
    "Look whether the file is whole. If it is, raise [Settings] max_deletes and run again.",
  );
}

/** The brake of a run, which goes on where a resumed run stopped. */
export function deleteBrake(
  settings: Pick<JobSettings, "maxDeletes" | "foreignSource">,
  { counts }: Pick<Store, "counts">,
  runId: number,
): DeleteBrake {
  const { maxDeletes, foreignSource } = settings;
  return new DeleteBrake(
    maxDeletes,
    () => counts.rowsBefore(runId, foreignSource) + counts.mergedBefore(runId, foreignSource),
    counts.deletedBy(runId),
  );
}
