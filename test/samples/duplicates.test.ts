/** samples/duplicates.mrc: what samples/README.md says of records and pairs is what the program makes of them. */

import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordDescription } from "../../src/fields/record-description.js";
import { describedTexts } from "../../src/mapping/marc/described-texts.js";
import { parseRecord } from "../../src/marc/iso2709.js";
import { candidateKeys } from "../../src/matching/evidence/candidates.js";
import { compareDescriptions } from "../../src/matching/evidence/compare.js";
import { describe as describeRecord } from "../../src/matching/evidence/describe.js";
import { otherProgram } from "../support/other-program.js";
import { Project } from "../support/project.js";
import { recordsOf, rowsOf, SAMPLES } from "../support/samples.js";

const rows = rowsOf("duplicates");

/** The table of pairs: one 001, the other, the verdict, why. */
function pairs(): string[][] {
  const page = readFileSync(join(SAMPLES, "README.md"), "utf8");
  const table = page.slice(page.indexOf("<!-- pairs -->"), page.indexOf("<!-- end of pairs -->"));
  return table
    .split("\n")
    .filter((line) => line.startsWith("| du-"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, one, other, verdict, why]) => [one, other, verdict, why]);
}

function described(bytes: Buffer): RecordDescription {
  const parsed = parseRecord(
    { kind: "record", bytes, offset: 0, length: bytes.length, diagnostics: [] },
    { encoding: "auto", strict: false },
  );
  if ("reject" in parsed) throw new Error("a sample that cannot be read");
  return describeRecord(describedTexts(parsed.record));
}

const byId = new Map(
  recordsOf("duplicates").map((bytes, at) => [rows[at].controlNumber, described(bytes)]),
);
const of = (id: string): RecordDescription => {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no sample ${id}`);
  return found;
};

describe("the pairs of samples/duplicates.mrc", () => {
  it.each(pairs())("%s and %s: %s %s", (one, other, verdict, why) => {
    const evidence = compareDescriptions(of(one), of(other));
    const because = evidence.veto ?? evidence.caps.join(", ");
    expect([evidence.verdict, because]).toEqual([verdict, why]);
    if (verdict === "different") return;
    const keys = new Set(candidateKeys(of(one)));
    expect(candidateKeys(of(other)).some((key) => keys.has(key))).toBe(true);
  });

  it("are all that are not different", () => {
    const listed = pairs().map(([one, other]) => `${one} ${other}`);
    const ids = [...byId.keys()];
    const found = ids.flatMap((one, at) =>
      ids
        .slice(at + 1)
        .filter((other) => compareDescriptions(of(one), of(other)).verdict !== "different")
        .map((other) => `${one} ${other}`),
    );
    expect(listed).toEqual(expect.arrayContaining(found));
  });
});

describe("the night of etc/duplicates.conf", () => {
  const project = new Project();
  afterAll(() => project.remove());

  const run = () =>
    project.shell(
      "bin/MARC_import --database d.sqlite --log-dir log --verbosity 4 etc/duplicates.conf night.mrc",
    );
  /** The outcomes of a run by its lines in the log. */
  const outcomes = () => {
    const log = readFileSync(project.path("log/MARC_import/MARC_importer.log"), "utf8");
    return [...log.matchAll(/ record +(\w+) .*? 001=(du-\d\d)/g)].map(([, outcome, id]) => [
      id,
      outcome,
    ]);
  };

  beforeAll(() => {
    copyFileSync(join(SAMPLES, "duplicates.mrc"), project.path("night.mrc"));
    expect(run().status).toBe(0);
    expect(run().status).toBe(0);
  });

  it("has the outcomes of samples/README.md, in both runs", () => {
    expect(outcomes()).toEqual([
      ...rows.map(({ controlNumber, first }) => [controlNumber, first]),
      ...rows.map(({ controlNumber, second }) => [controlNumber, second]),
    ]);
  });

  it("leaves the possible pairs of rows that it made to a person, and a sweep finds them again", () => {
    const ids = otherProgram(project.path("d.sqlite"), (db) =>
      db.prepare<[], [number, string]>("SELECT record_id, foreign_id FROM record_info").raw().all(),
    );
    const nameOf = new Map(ids);
    const made = rows.filter(({ first }) => first === "created").map((row) => row.controlNumber);
    const expected = pairs()
      .filter(([one, other, verdict]) => {
        return verdict === "possible" && made.includes(one) && made.includes(other);
      })
      .map(([one, other]) => `${one} ${other}`);
    const listed = (command: string) =>
      project
        .shell(`bin/MARC_import ${command} --json --database d.sqlite etc/duplicates.conf`)
        .stdout.split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as { kind: string; rows: { record_id: number }[] })
        .filter(({ kind }) => kind === "possible")
        .map(({ rows: both }) => both.map((row) => nameOf.get(row.record_id)).join(" "))
        .sort();
    expect(listed("review")).toEqual(expected.sort());
    expect(listed("sweep")).toEqual(expected);
  });
});
