/** Records in pieces that follow one another with one 001. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { JoiningReader } from "../../src/input/joining-reader.js";
import { recordReader } from "../../src/input/record-reader.js";
import { commandIn } from "../support/command-line.js";
import { iso } from "../support/marc-builder.js";
import { data, plainOf, toXml } from "../support/plain-record.js";
import type { FieldOf } from "../support/record-view.js";
import { RunFolder } from "../support/run-harness.js";

const confOf = (more = "join_split_records = true") => `[Logging]
verbosity = 3
directory = "log"
[Database]
batch_size = 2
[Settings]
foreign_source = "test"
${more}
[title]
main = "245 * * a"
[subjects]
all = "866 * * a"
[edition]
main = "250 * * a"
`;
type Fields = readonly FieldOf[];
const piece = (id: string, fields: Fields, status = "n") =>
  iso({ leader: `00000${status}am a2200000 a 4500`, fields: [["001", id], ...fields] });
const first = (id: string, volumes: string) =>
  piece(id, [
    ["245", "10", `aTitle ${id}`],
    ["250", "  ", "a2nd ed."],
    ["866", "  ", `a${volumes}`],
  ]);
const more = (id: string, volumes: string) => piece(id, [["866", "  ", `a${volumes}`]]);

let folder: RunFolder;
afterEach(() => folder.remove());
const rows = () =>
  folder.with(({ db }) =>
    db
      .prepare("SELECT foreign_id, title, edition, subjects FROM record_info ORDER BY 1")
      .raw()
      .all(),
  );

describe("join_split_records", () => {
  it("makes one record of pieces that follow one another, and knows its place", async () => {
    folder = new RunFolder(confOf());
    const pieces = [
      first("a", "v.1"),
      more("a", "v.2"),
      piece("a", [
        ["245", "10", "aTitle a"],
        ["250", "  ", "a2nd ed."],
        ["866", "  ", "av.3"],
      ]),
    ];
    const all = [...pieces, first("b", "v.1"), first("c", "v.1"), more("c", "v.2")];
    folder.write("all.mrc", Buffer.concat(all.flatMap((one) => [one, Buffer.from("\r\n")])));
    const { summary } = await folder.import(["all.mrc"]);
    expect(summary.totals).toMatchObject({
      recordsRead: 3,
      outcomes: { created: 3 },
      warnings: {},
    });
    expect(rows()).toEqual([
      ["a", "Title a", "2nd ed.", ";v.1;v.2;v.3;"],
      ["b", "Title b", "2nd ed.", ";v.1;"],
      ["c", "Title c", "2nd ed.", ";v.1;v.2;"],
    ]);
    const place = folder.with(({ db }) =>
      db.prepare("SELECT source_record FROM record_info WHERE foreign_id = 'a'").pluck().get(),
    );
    const length = pieces.reduce((sum, one) => sum + one.length, 0) + 4;
    expect(place).toBe(`${join(folder.path, "all.mrc")}:0:${length}`);
    const again = await folder.import(["all.mrc"]);
    expect(again.summary.totals.outcomes).toMatchObject({ unchanged: 3 });
  });

  it.each([
    ["apart", [first("a", "v.1"), first("b", "v.1"), more("a", "v.2")]],
    ["with another title", [first("a", "v.1"), piece("a", [["245", "10", "aOther"]])]],
    ["behind a deletion", [piece("a", [["245", "10", "aT"]], "d"), first("a", "v.1")]],
    [
      "of another source",
      [
        piece("a", [
          ["003", "X"],
          ["245", "10", "aT"],
        ]),
        piece("a", [
          ["003", "Y"],
          ["866", "  ", "av.2"],
        ]),
      ],
    ],
  ])("leaves records alone that are %s", async (_, all) => {
    folder = new RunFolder(confOf());
    folder.write("all.mrc", Buffer.concat(all));
    const { summary } = await folder.import(["all.mrc"]);
    expect(summary.totals.recordsRead).toBe(all.length);
  });

  it("holds for XML, for what goes on behind a checkpoint, and for explain", async () => {
    folder = new RunFolder(confOf());
    const leader = "00000nam a2200000 a 4500";
    const xml = ["a", "b", "c", "d"].flatMap((id) => [
      toXml({ leader, fields: [{ tag: "001", text: id }, data("245", "10", ["a", id])] }),
      toXml({ leader, fields: [{ tag: "001", text: id }, data("866", "  ", ["a", `${id}2`])] }),
    ]);
    folder.write("all.xml", `<collection>${xml.join("\n")}</collection>`);
    let portions = 0;
    const stopSignal = () => (portions > 0 ? ("SIGTERM" as const) : null);
    const stopped = await folder.import(
      ["all.xml"],
      {},
      { onPortion: () => portions++, stopSignal },
    );
    expect(stopped.summary.totals.recordsRead).toBe(2);
    const { summary } = await folder.import(["all.xml"], { resume: true });
    expect(summary.totals.outcomes).toMatchObject({ created: 4 });
    expect(rows().map((row) => (row as string[])[3])).toEqual([";a2;", ";b2;", ";c2;", ";d2;"]);
    const file = join(folder.path, "all.xml");
    const { out } = await commandIn(folder.path, "explain", "job.conf", file, "--record", "2");
    expect(out).toContain("b2");
  });
});

describe("the pieces of a record", () => {
  const read = (bytes: Buffer, encoding: "auto" | "marc-8" = "auto") => {
    const limits = { encoding, strict: false, maxRecordSize: 1 << 24, offset: 0 };
    const reader = new JoiningReader(recordReader("iso2709", limits), 1 << 24);
    return [...reader.push(bytes), ...reader.end()].flatMap((one) =>
      one.kind === "record" ? [one.record] : [],
    );
  };
  const unicode = (text: string) => more("a", text);
  const marc8 = (text: string) =>
    iso({
      leader: "00000nam  2200000 a 4500",
      fields: [
        ["001", "a"],
        ["866", "  ", `a${text}`],
      ],
    });
  const e = "\u00e9";

  it("are read in the encoding of those that are more than ASCII", () => {
    const all = [unicode("v.1"), unicode(`v.2 ${e}`), unicode("v.3")];
    const [record, ...others] = read(Buffer.concat(all));
    expect(others).toEqual([]);
    expect(record.encoding).toBe("utf-8");
    expect(plainOf(record).fields.slice(1)).toEqual(
      ["v.1", `v.2 ${e}`, "v.3"].map((text) => data("866", "  ", ["a", text])),
    );
  });

  it("are apart where their encodings are, whatever stands between", () => {
    const other = marc8("v.3 xyz");
    other.write("\xe2e", other.indexOf("xyz"), "latin1");
    const records = read(Buffer.concat([unicode(`v.1 ${e}`), unicode("v.2"), other, marc8("v.4")]));
    expect(records.map(({ encoding, fieldCount }) => [encoding, fieldCount])).toEqual([
      ["utf-8", 3],
      ["marc-8", 3],
    ]);
  });

  it("may be very many", () => {
    const all = Array.from({ length: 60_000 }, (_, i) => unicode(`v.${i}`));
    expect(read(Buffer.concat(all)).map(({ fieldCount }) => fieldCount)).toEqual([60_001]);
  });
});

describe("without join_split_records", () => {
  it("a record that follows itself is told to be perhaps a piece, another is not", async () => {
    folder = new RunFolder(confOf(""));
    folder.write("all.mrc", Buffer.concat([first("a", "v.1"), more("a", "v.2")]));
    const { summary } = await folder.import(["all.mrc"]);
    expect(summary.totals.warnings).toEqual({ M601: 1 });
    const log = () => readFileSync(join(folder.path, "log/MARC_import/MARC_importer.log"), "utf8");
    expect(log()).toMatch(/M601 .*join_split_records/);
    folder.write("apart.mrc", Buffer.concat([first("x", "v"), first("b", "v"), more("x", "w")]));
    await folder.import(["apart.mrc"]);
    expect(log().match(/join_split_records/g)).toHaveLength(1);
  });
});
