/**
 * Two months of a publisher's real files: the second month is taken back, brought back, and imported
 * again, by the program itself.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { start } from "../test/faults/program.js";
import {
  differences,
  type WholeState,
  wholeState,
  withoutRuns,
} from "../test/faults/whole-state.js";
import { otherProgram } from "../test/support/other-program.js";
import { RunFolder } from "../test/support/run-harness.js";
import { corpusPath } from "./support/corpora.js";
import { each, jobConf, recordsOf, withdrawn } from "./support/nightly-job.js";

const FIRST = "gpo-maintenance/cataloging_records_202501_1271_marc8.mrc";
const CHANGED = "gpo-maintenance/changed_records_202501_653_utf8.mrc";
const NEW = "gpo-maintenance/cataloging_records_202504_1068_utf8.mrc";

let folder: RunFolder;
afterEach(() => folder.remove());

const database = () => join(folder.path, "ivia.sqlite");

/** What the bytes of a row's record were: a record that was sent anew with the same content keeps its new bytes. */
const INPUT_DIGEST = /"input_digest":(\d+|null)/g;

/** All tables but the books of runs; the rows with their dates as they stand. */
function state(): WholeState {
  const rows = otherProgram(database(), (db) =>
    db.prepare("SELECT * FROM record_info ORDER BY record_id").all(),
  );
  const whole = withoutRuns(wholeState(folder.path, null));
  return {
    ...whole,
    record_info: rows.map((row) => JSON.stringify(row)).join("\n"),
    record_state: whole.record_state.replace(INPUT_DIGEST, ""),
    merged_sources: whole.merged_sources.replace(INPUT_DIGEST, ""),
  };
}

/** The same without the dates, which a later run cannot have. */
function undated(state: WholeState): WholeState {
  const dates = /"date_(created|modified)":"[^"]*"/g;
  return { ...state, record_info: state.record_info.replace(dates, '"date_$1":""') };
}

/** Runs the program; gives the outcomes of an import. */
async function run(...args: string[]): Promise<Record<string, number>> {
  const { status, stderr } = await start(folder.path, args).end;
  expect(status, `${args.join(" ")}: ${stderr}`).toBe(0);
  if (args[0] === "undo") return {};
  const summary = JSON.parse(readFileSync(join(folder.path, "summary.json"), "utf8"));
  return { ...summary.outcomes, removed: summary.duplicates_removed };
}

/** Imports a month of files. */
function month(...files: string[]): Promise<Record<string, number>> {
  return run("job.conf", ...files, "--summary", "summary.json", "--again");
}

function prepare(policy: string): void {
  folder = new RunFolder(jobConf({ source: "catalogue", policy, batchSize: 200 }));
  folder.write("trial.conf", jobConf({ source: "trial", policy: "KEEP_ALL", batchSize: 200 }));
  folder.write("first.mrc", Buffer.concat(recordsOf(FIRST)));
  folder.write("trial.mrc", Buffer.concat(each(recordsOf(NEW), 4)));
  const changed = recordsOf(CHANGED);
  // Every tenth of the changed records is withdrawn instead.
  const second = changed.map((record, index) => (index % 10 === 3 ? withdrawn(record) : record));
  folder.write("changed.mrc", Buffer.concat(second));
  folder.write("new.mrc", Buffer.concat(recordsOf(NEW)));
}

describe.runIf(existsSync(corpusPath(FIRST))).each(["KEEP_ALL", "MERGE", "REMOVE_LOWER"])(
  "the second of two months under %s",
  (policy) => {
    it("is taken back, brought back, taken back and imported again", async () => {
      prepare(policy);
      await run("trial.conf", "trial.mrc", "--summary", "summary.json");
      await month("first.mrc");
      const afterFirst = state();
      const outcomes = await month("changed.mrc", "new.mrc");
      process.stderr.write(`${policy}: ${JSON.stringify(outcomes)}\n`);
      for (const name of ["created", "updated", "deleted"]) {
        expect(outcomes[name], name).toBeGreaterThan(20);
      }
      const afterSecond = state();
      expect(differences(afterFirst, afterSecond)).not.toEqual([]);

      await run("undo", "job.conf", "last");
      mustBe(afterFirst);
      await run("undo", "job.conf", lastRun());
      mustBe(afterSecond);
      await run("undo", "job.conf", lastRun());
      mustBe(afterFirst);

      const again = await month("first.mrc");
      expect(again).toMatchObject({ created: 0, updated: 0, deleted: 0, removed: 0 });
      expect(undated(state()).record_info).toEqual(undated(afterFirst).record_info);
      expect(await month("changed.mrc", "new.mrc")).toEqual(outcomes);
      expect(titles(state())).toEqual(titles(afterSecond));
    });

    function mustBe(expected: WholeState): void {
      expect(differences(expected, state()).slice(0, 10)).toEqual([]);
    }

    function lastRun(): string {
      return folder.with((store) => store.runs.list().at(-1)?.run ?? "");
    }

    /** What rows hold, without their numbers and dates. */
    function titles({ record_info }: WholeState): string[] {
      const rows = record_info.split("\n").map((line) => JSON.parse(line));
      return rows
        .map(({ record_id, date_created, date_modified, ...row }) => JSON.stringify(row))
        .sort();
    }
  },
);
