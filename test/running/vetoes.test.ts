/** What a match method finds is not taken where the records are of unlike kinds: in the rows, and in what is told. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunLog } from "../../src/report/run-log.js";
import { undoRun } from "../../src/running/undo.js";
import { iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import { type FieldOf, SERIAL } from "../support/record-view.js";
import { RunFolder } from "../support/run-harness.js";
import { snapshot } from "../support/snapshot.js";

const CONF = `[Logging]
verbosity = 4
[Database]
path = db.sqlite
[Duplicates]
match_method = "ISBN, FUZZY_TITLE"
duplicate_policy = KEEP_ANY
[Settings]
foreign_source = ours
foreign_id_fields = 1
[title]
f = 245 * * a+n+p
[isbn]
f = 020 * * a
`;

const ISBN: FieldOf = ["020", "  ", "a9780306406157"];
const PRINT: FieldOf[] = [ISBN, ["245", "10", "aWhales"], ["300", "  ", "a345 p. ;"]];
const ONLINE: FieldOf[] = [
  ISBN,
  ["245", "10", "aWhales"],
  ["300", "  ", "a1 online resource (345 p.)"],
];

const book = (id: string, fields: readonly FieldOf[], leader?: string): Buffer =>
  iso({ ...(leader ? { leader } : {}), fields: [["001", id], ...fields] });

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(CONF);
});
afterEach(() => folder.remove());

async function night(...records: readonly Buffer[]) {
  folder.write("in.mrc", Buffer.concat(records));
  const { summary } = await folder.import(["in.mrc"]);
  return summary.totals;
}

const rows = () =>
  otherProgram(join(folder.path, "db.sqlite"), (db) =>
    db.prepare("SELECT foreign_id FROM record_info ORDER BY record_id").pluck().all(),
  );

describe("a record that shares an ISBN and a title with a row", () => {
  it("is no duplicate of another form, which is told; it is one of the same form", async () => {
    await night(book("p1", PRINT));
    const { outcomes, duplicatesBy } = await night(book("o1", ONLINE), book("p2", PRINT));
    expect(outcomes).toMatchObject({ created: 1, ignored: 1 });
    expect(duplicatesBy).toMatchObject({
      "ISBN, not taken: form differs": 1,
      "FUZZY_TITLE, not taken: form differs": 1,
      "ISBN, KEEP_ANY × same: ignore": 1,
    });
    const log = readFileSync(RunLog.path(folder.config().logging), "utf8");
    expect(log).toContain("not_taken=1(ISBN: form differs) not_taken=1(FUZZY_TITLE: form differs)");
    expect(rows()).toEqual(["p1", "o1"]);
  });

  it("is found behind others that are not taken", async () => {
    await night(book("p1", PRINT), book("o1", ONLINE));
    expect((await night(book("o2", ONLINE))).outcomes).toMatchObject({ ignored: 1 });
  });

  it.each<[string, FieldOf[], string | undefined, FieldOf[], string | undefined]>([
    ["level", PRINT, undefined, PRINT, SERIAL],
    ["type", PRINT, undefined, [ISBN, ["245", "10", "aWhales"]], "00000nem a2200000 a 4500"],
    [
      "part",
      [ISBN, ["245", "10", "aWhales", "nVol. 1"]],
      undefined,
      [ISBN, ["245", "10", "aWhales", "nVol. 2"]],
      undefined,
    ],
  ])(
    "%s: is kept apart, and taken where never_if is empty",
    async (_, one, leader, other, otherLeader) => {
      await night(book("a", one, leader));
      expect((await night(book("b", other, otherLeader))).outcomes).toMatchObject({ created: 1 });
      folder.write("job.conf", CONF.replace("[Settings]", 'never_if = ""\n[Settings]'));
      expect((await night(book("c", other, otherLeader))).outcomes).toMatchObject({ ignored: 1 });
    },
  );

  it("is one of a row that another program wrote, unless that says another level", async () => {
    await night(book("x", [["245", "10", "aSquids"]]));
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("INSERT INTO record_info (title, isbn) VALUES ('Whales', ';9780306406157;')");
    });
    expect((await night(book("p1", PRINT))).outcomes).toMatchObject({ ignored: 1 });
    otherProgram(join(folder.path, "db.sqlite"), (db) => {
      db.exec("UPDATE record_info SET record_type = 'serial' WHERE title = 'Whales'");
    });
    expect((await night(book("p2", PRINT))).outcomes).toMatchObject({ created: 1 });
  });
});

describe("what is kept of a record", () => {
  it("follows the record, and goes back with an undo", async () => {
    await night(book("x", PRINT));
    const before = snapshot(join(folder.path, "db.sqlite"));
    await night(book("x", ONLINE));
    const kept = () =>
      otherProgram(join(folder.path, "db.sqlite"), (db) =>
        db.prepare("SELECT evidence FROM record_state").pluck().all(),
      );
    expect(String(kept())).toContain("online");
    await undoRun({ config: folder.config(), run: "last", force: false, wait: 0 });
    expect(snapshot(join(folder.path, "db.sqlite")).record_state).toEqual(before.record_state);
  });

  it("is made good for rows that were imported before duplicates were looked for", async () => {
    folder.write(
      "job.conf",
      CONF.replace('match_method = "ISBN, FUZZY_TITLE"', "match_method = NONE"),
    );
    await night(book("p1", PRINT));
    folder.write("job.conf", CONF);
    expect((await night(book("p1", PRINT))).outcomes).toMatchObject({ unchanged: 1 });
    expect((await night(book("o1", ONLINE))).outcomes).toMatchObject({ created: 1 });
  });

  it("is nothing where no duplicates are looked for", async () => {
    folder.write("job.conf", CONF.replace("KEEP_ANY", "KEEP_ALL"));
    await night(book("p1", PRINT));
    expect(
      otherProgram(join(folder.path, "db.sqlite"), (db) =>
        db.prepare("SELECT evidence FROM record_state").pluck().all(),
      ),
    ).toEqual([null]);
  });
});
