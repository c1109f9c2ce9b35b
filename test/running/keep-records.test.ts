/** `keep_records`: the record that a row came from, kept beside it through all that runs do to the row. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { commandIn } from "../support/command-line.js";
import { iso } from "../support/marc-builder.js";
import { RunFolder } from "../support/run-harness.js";

const CONF = (keep: boolean, source = "vendor") => `[Database]
path = books.sqlite
keep_records = ${keep}
[Settings]
foreign_source = "${source}"
max_deletes = 100
[Duplicates]
match_method = EXACT_TITLE
duplicate_policy = MERGE
[title]
field1 = "245 * * a"
[subjects]
field1 = "650 * * a"
`;

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(CONF(true));
  folder.write("off.conf", CONF(false));
  folder.write("other.conf", CONF(true, "other"));
});
afterEach(() => folder.remove());

const book = (id: string, title: string, more: readonly string[] = []) =>
  iso({
    fields: [
      ["001", id],
      ["245", "00", `a${title}`],
      ...more.map((subject) => ["650", " 0", `a${subject}`] as const),
    ],
  });

async function imported(records: readonly Buffer[], conf = "job.conf", options = {}) {
  folder.write("in.mrc", Buffer.concat(records));
  const { summary, failure } = await folder.import(["in.mrc"], options, {}, conf);
  expect(failure).toBeNull();
  // The file of the day is gone by the evening.
  rmSync(join(folder.path, "in.mrc"));
  return summary.run;
}

async function exported(...options: readonly string[]) {
  const all = ["export", "job.conf", "--format", "marc", ...options];
  const { status, out, error } = await commandIn(folder.path, ...all);
  return status === 0 ? out : error;
}

const undo = (run: string) => undoRun({ config: folder.config(), run, force: false, wait: 0 });
const texts = (records: readonly Buffer[]) => Buffer.concat(records).toString();

const FIRST = [book("a", "Flora"), book("b", "Fauna"), book("c", "Fungi")];

describe("a kept record", () => {
  it("is exported byte for byte when its file is gone, and as MARCXML", async () => {
    await imported(FIRST);
    expect(await exported()).toBe(texts(FIRST));
    const { out } = await commandIn(folder.path, "export", "job.conf", "--format", "marcxml");
    expect(out).toContain('<subfield code="a">Fungi</subfield>');
  });

  it("is that of the last import, and the one before after an undo", async () => {
    await imported(FIRST);
    const second = [book("a", "Flora of Asia"), FIRST[1], book("d", "Ferns")];
    const run = await imported(second, "job.conf", { fullLoad: true });
    expect(await exported()).toBe(texts([second[0], FIRST[1], second[2]]));
    const back = await undo(run);
    expect(await exported()).toBe(texts(FIRST));
    await undo(back.run);
    expect(await exported()).toBe(texts([second[0], FIRST[1], second[2]]));
  });

  it("is renewed where another record gives the same row", async () => {
    await imported(FIRST);
    const other = iso({
      fields: [
        ["001", "a"],
        ["245", "00", "aFlora"],
        ["500", "  ", "aNew"],
      ],
    });
    await imported([other, FIRST[1], FIRST[2]]);
    expect(await exported()).toBe(texts([other, FIRST[1], FIRST[2]]));
  });

  it("stays that of its own source where another one is merged into the row", async () => {
    await imported(FIRST);
    await imported([book("x", "Flora", ["Plants"])], "other.conf");
    const rows = folder.with((store) => store.rows.read(1)?.values.includes(";Plants;"));
    expect(rows).toBe(true);
    expect(await exported()).toBe(texts(FIRST));
  });

  it("is made of rows that were there before, when they come again", async () => {
    await imported(FIRST, "off.conf");
    expect(await exported()).toContain("keep_records = true");
    await imported(FIRST);
    expect(await exported()).toBe(texts(FIRST));
  });

  it("is not given for a row that was made anew without it", async () => {
    await imported(FIRST);
    await imported([book("a", "Flora of Asia"), FIRST[1]], "off.conf");
    expect(await exported("--where", "foreign_id = 'a'")).toContain("M006");
    expect(await exported("--where", "foreign_id = 'c'")).toBe(texts([FIRST[2]]));
  });

  it("is kept of text as MARCXML, whatever the encoding of its file", async () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?><collection><record><leader>00000nam a2200000 a 4500</leader>
      <controlfield tag="001">x</controlfield><datafield tag="245" ind1="0" ind2="0"><subfield code="a">Fl\u00f6ra &amp; Fauna</subfield></datafield></record></collection>`;
    await imported([Buffer.from(xml, "latin1")]);
    const { out } = await commandIn(folder.path, "export", "job.conf", "--format", "marcxml");
    expect(out).toContain('<subfield code="a">Fl\u00f6ra &amp; Fauna</subfield>');
    expect(await exported()).toContain("Fl\u00f6ra & Fauna");
  });

  it("of before is forgotten with the changes of the run that came after", async () => {
    await imported(FIRST);
    const run = await imported([book("a", "Flora of Asia"), FIRST[1]], "job.conf", {
      fullLoad: true,
    });
    const count = () =>
      folder.with((store) => store.db.prepare("SELECT count(*) FROM kept_records").pluck().get());
    expect(count()).toBe(4);
    folder.write(
      "short.conf",
      `${CONF(true)}`.replace("keep_records", "keep_changes = 0\nkeep_records"),
    );
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await imported([FIRST[1]], "short.conf");
    expect(count()).toBe(2);
    expect(await exported()).toBe(texts([book("a", "Flora of Asia"), FIRST[1]]));
    await expect(undo(run)).rejects.toMatchObject({ exitStatus: 2 });
  });

  it("costs a database without it nothing", async () => {
    await imported(FIRST, "off.conf");
    await imported(FIRST, "off.conf");
    const pages = folder.with((store) =>
      store.db.prepare("SELECT count(*) FROM kept_records").pluck().get(),
    );
    expect(pages).toBe(0);
  });
});
