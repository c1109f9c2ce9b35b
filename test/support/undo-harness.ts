/** Runs and undos on one database, for tests. */

import { expect } from "vitest";
import type { Failure } from "../../src/diagnostics/failure.js";
import { undoRun } from "../../src/running/undo.js";
import type { UndoResult } from "../../src/running/undo-result.js";
import type { LeftRow } from "../../src/store/model/undo-step.js";
import { TestDatabase, type TestRecord, temporaryFolder } from "./import-harness.js";
import { otherProgram } from "./other-program.js";
import type { TestConfig } from "./test-config.js";

export interface Undone extends UndoResult {
  readonly left: LeftRow[];
  readonly losses: string[];
}

export function titled(id: string, title: string, publisher = ""): TestRecord {
  return { id, values: { title, publisher } };
}

/** The failure that some work ends in. */
export async function refusal(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => expect.unreachable("nothing was refused"),
    (error) => error,
  );
}

export class UndoDatabase {
  private readonly folder = temporaryFolder();
  readonly path = `${this.folder.path}/undo.sqlite`;
  readonly imports = new TestDatabase(this.path, { matchMethods: ["EXACT_TITLE"] });

  /** Imports records and gives the name of the run. */
  run(records: readonly TestRecord[], stated: TestConfig = {}): string {
    return this.imports.during(stated, (begun) => {
      begun.batch(records);
      return begun.store.runs.list().at(-1)?.run ?? "";
    });
  }

  async undo(run: string, force = false): Promise<Undone> {
    const left: LeftRow[] = [];
    const config = this.imports.config();
    const losses: string[] = [];
    const result = await undoRun({
      config,
      run,
      force,
      wait: 0,
      onLeft: (row) => left.push(row),
      onLoss: (text) => losses.push(text),
    });
    return { ...result, left, losses };
  }

  /** What somebody else does. */
  sql(text: string): void {
    otherProgram(this.path, (db) => db.exec(text));
  }

  rows(columns = "record_id, title"): unknown[] {
    return otherProgram(this.path, (db) =>
      db.prepare(`SELECT ${columns} FROM record_info`).raw().all(),
    );
  }

  remove(): void {
    this.folder.remove();
  }
}
