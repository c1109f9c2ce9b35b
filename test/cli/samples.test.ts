/** The sample files do what samples/README.md says, record by record, in the order of its commands. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project } from "../support/project.js";
import { rowsOf, SAMPLES } from "../support/samples.js";

const NAMES = ["catalog", "trial", "vendor"] as const;

/** The commands of the page, in order. */
function commands(): string[] {
  const page = readFileSync(`${SAMPLES}README.md`, "utf8");
  return page
    .split("\n")
    .flatMap((line) => (/^ {4}bin\/MARC_import/.test(line) ? [line.trim()] : []));
}

interface LogLine {
  readonly event?: string;
  readonly outcome?: string;
  readonly severity?: string;
  readonly record?: { readonly file: string; readonly number: number };
}

/** Outcome by `file number`, from a log in JSON at the detailed level. */
function outcomes(log: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of log.trim().split("\n")) {
    const { event, outcome, record } = JSON.parse(line) as LogLine;
    if (!record) continue;
    const key = `${record.file} ${record.number}`;
    if (event === "record" && outcome) found.set(key, outcome);
    if (event === "reject") found.set(key, "rejected");
  }
  return found;
}

describe("the sample files", () => {
  const project = new Project();
  const runs: Map<string, string>[] = [];
  const rows: string[] = [];

  beforeAll(() => {
    for (let run = 0; run < 2; run++) {
      for (const command of commands()) {
        const detailed = `${command} --verbosity 4 --set Logging.log_format=json --log-dir log${run}`;
        const { status, stderr } = project.shell(detailed);
        expect([0, 1], stderr).toContain(status);
      }
      runs.push(
        outcomes(readFileSync(project.path(`log${run}/MARC_import/MARC_importer.log`), "utf8")),
      );
      rows.push(dump(project));
    }
  });
  afterAll(() => project.remove());

  it("are imported by one command each", () => {
    const files = commands().map((command) => /samples\/(\w+)\.mrc/.exec(command)?.[1]);
    // What becomes of the pairs of duplicates.mrc has a test of its own.
    expect(files.sort()).toEqual([...NAMES, "duplicates"].sort());
  });

  for (const name of NAMES) {
    for (const run of [0, 1]) {
      it(`${name}.mrc, ${run === 0 ? "first" : "second"} run: every record as the page says`, () => {
        const promised = rowsOf(name).map((row) => [
          `${row.number} ${row.controlNumber}`,
          run === 0 ? row.first : row.second,
        ]);
        const happened = rowsOf(name).map((row) => [
          `${row.number} ${row.controlNumber}`,
          runs[run].get(`samples/${name}.mrc ${row.number}`),
        ]);
        expect(happened).toEqual(promised);
      });
    }
  }

  it("leave the rows as they are when they come again", () => {
    expect(rows[1].split("\n")).toEqual(rows[0].split("\n"));
  });
});

/** Every row but those that a run creates and deletes again. */
function dump(project: Project): string {
  const script = `
    const { SqliteDatabase } = await import("./dist/store/sqlite/file/engine.js");
    const db = new SqliteDatabase("ivia.sqlite", { readonly: true });
    for (const row of db.prepare("SELECT * FROM record_info ORDER BY record_id").all()) console.log(JSON.stringify(row));`;
  const { status, stdout, stderr } = project.shell(`node --input-type=module -e '${script}'`);
  expect(status, stderr).toBe(0);
  return stdout;
}
