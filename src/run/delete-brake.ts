/** The brake on deletions: a vendor's broken file must not empty a catalogue. */

import type { MaxDeletes } from "../config/import-config.js";

/** By default the larger of these. */
const DEFAULT_NUMBER = 50;
const DEFAULT_SHARE = 0.1;

/** A run is about to delete more rows than `max_deletes` allows. */
export class DeleteLimitError extends Error {
  constructor(
    /** Rows that a run may delete. */
    readonly limit: number,
    /** Rows deleted so far. */
    readonly deleted: number,
  ) {
    super(`max_deletes allows ${limit} deletions; ${deleted} were done and more were due`);
    this.name = "DeleteLimitError";
  }
}

/** How many rows a run may delete. */
export function deleteLimit(setting: MaxDeletes, rowsOfSource: number): number {
  switch (setting.kind) {
    case "number":
      return setting.value;
    case "share":
      return Math.floor(setting.value * rowsOfSource);
    case "default":
      return Math.max(DEFAULT_NUMBER, Math.floor(DEFAULT_SHARE * rowsOfSource));
  }
}

export class DeleteBrake {
  constructor(
    private readonly limit: number,
    private deleted = 0,
  ) {}

  /** @throws DeleteLimitError if `rows` more deletions would pass the limit */
  press(rows: number): void {
    if (this.deleted + rows > this.limit) throw new DeleteLimitError(this.limit, this.deleted);
    this.deleted += rows;
  }

  get count(): number {
    return this.deleted;
  }
}
