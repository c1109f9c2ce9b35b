/** What else than leader/05 `d` says that a record is deleted. */

import { afterEach, describe, expect, it } from "vitest";
import { iso } from "../support/marc-builder.js";
import { data, toXml } from "../support/plain-record.js";
import { RunFolder } from "../support/run-harness.js";

const confOf = (more: string) => `[Logging]
verbosity = 0
[Settings]
foreign_source = "test"
record_types = bibliographic,authority
[Filter]
${more}
[title]
main = "245 * * a"
heading = "100 * * a"
`;
let folder: RunFolder;
afterEach(() => folder.remove());
const ids = () =>
  folder.with(({ db }) =>
    db.prepare("SELECT foreign_id FROM record_info ORDER BY 1").pluck().all(),
  );

const leader = "00000nam a2200000 a 4500";
const element = (id: string) =>
  toXml({ leader, fields: [{ tag: "001", text: id }, data("245", "10", ["a", id])] });
const oai = (records: string) => `<OAI-PMH><ListRecords>${records}</ListRecords></OAI-PMH>`;
const wrapped = (id: string, attributes = "") =>
  `<record><header${attributes}><identifier>oai:x:${id}</identifier></header><metadata>${element(id)}</metadata></record>`;

describe("a deletion", () => {
  it.each([
    ["", ' status="deleted"'],
    [" another attribute", " xsi:type='x'\n status = 'deleted'"],
  ])("is told by an OAI-PMH header though the metadata is there still%s", async (_, attributes) => {
    folder = new RunFolder(confOf(""));
    folder.write("first.xml", oai(["a", "b", "c", "d"].map((id) => wrapped(id)).join("")));
    await folder.import(["first.xml"]);
    folder.write(
      "next.xml",
      oai(wrapped("a", attributes) + wrapped("b") + wrapped("c", ' status="active"')),
    );
    const { summary } = await folder.import(["next.xml"]);
    expect(summary.totals.outcomes).toMatchObject({ deleted: 1, unchanged: 2 });
    expect(ids()).toEqual(["b", "c", "d"]);
  });

  it("is told by leader/05 s and x of authorities, not of other records", async () => {
    folder = new RunFolder(confOf(""));
    const record = (id: string, status: string, type: string) =>
      iso({
        leader: `00000${status}${type}  a2200000n  4500`,
        fields: [
          ["001", id],
          ["100", "1 ", `a${id}`],
        ],
      });
    const all = ["s", "x", "c", "n"];
    folder.write("first.mrc", Buffer.concat(all.map((id) => record(id, "n", "z"))));
    await folder.import(["first.mrc"]);
    folder.write("next.mrc", Buffer.concat(all.map((id) => record(id, id, "z"))));
    const { summary } = await folder.import(["next.mrc"]);
    expect(summary.totals.outcomes).toMatchObject({ deleted: 2, unchanged: 2 });
    folder.write("books.mrc", Buffer.concat([record("e", "s", "a"), record("f", "x", "a")]));
    await folder.import(["books.mrc"]);
    expect(ids()).toEqual(["c", "e", "f", "n"]);
  });

  it("is told by a rule, which filters do not hold back", async () => {
    folder = new RunFolder(confOf('delete_if = "DEL * * a /^Y$/"\ninclude_if = "245 * * a"'));
    const record = (id: string, mark: string, title: boolean) =>
      iso({
        leader,
        fields: [
          ["001", id],
          ...(title ? [["245", "10", `a${id}`] as const] : []),
          ...(mark === "" ? [] : [["DEL", "  ", `a${mark}`] as const]),
        ],
      });
    const all = ["a", "b", "c"];
    folder.write("first.mrc", Buffer.concat(all.map((id) => record(id, "", true))));
    await folder.import(["first.mrc"]);
    folder.write(
      "next.mrc",
      Buffer.concat([record("a", "Y", false), record("b", "N", true), record("d", "Y", true)]),
    );
    const { summary } = await folder.import(["next.mrc"]);
    expect(summary.totals.outcomes).toMatchObject({ deleted: 1, unchanged: 1, ignored: 1 });
    expect(summary.totals.ignoredBecause).toEqual({ "no-such-row": 1 });
    expect(ids()).toEqual(["b", "c"]);
  });
});
