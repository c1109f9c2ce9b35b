/** Zip archives as inputs: the rows of their files, and what is refused, told or passed over. */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/diagnostics/failure.js";
import { inputNames, openInput, openStream } from "../../src/input/open.js";
import { commandIn } from "../support/command-line.js";
import { iso } from "../support/marc-builder.js";
import { RunFolder } from "../support/run-harness.js";
import { SAMPLES } from "../support/samples.js";
import { type ZippedFile, zipOf } from "../support/zip.js";

const CONF = `[Database]
path = books.sqlite
[Settings]
foreign_source = "vendor"
[title]
field1 = "245 * * a"
`;
/** A batch for a few records. */
const SMALL = CONF.replace("[Settings]", "batch_size = 4\n[Settings]");
const AUTO = { format: "auto", allowEmpty: false } as const;

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(CONF);
  folder.write("small.conf", SMALL);
});
afterEach(() => folder.remove());

const record = (id: string, title = `Title of ${id}`) =>
  iso({
    fields: [
      ["001", id],
      ["245", "00", `a${title}`],
    ],
  });
const records = (from: number, count: number) =>
  Buffer.concat(Array.from({ length: count }, (_, i) => record(`b${from + i}`)));

function rows(columns = "foreign_id, title"): unknown[] {
  return folder.with((store) =>
    store.db.prepare(`SELECT ${columns} FROM record_info ORDER BY record_id`).raw().all(),
  );
}

async function readAll(path: string): Promise<Buffer> {
  const { paths } = await inputNames(path, AUTO);
  const blocks: Buffer[] = [];
  for (const one of paths) {
    const input = await openInput(one, AUTO);
    for await (const block of input.blocks(0)) blocks.push(block);
  }
  return Buffer.concat(blocks);
}

/** What a delivery looks like that somebody packed on a Mac. */
const DELIVERY: readonly ZippedFile[] = [
  { name: "delivery/", stored: true },
  { name: "delivery/part 1.mrc", bytes: records(0, 10) },
  { name: "__MACOSX/delivery/._part 1.mrc", bytes: "\0\x05\x16\x07 of the Mac" },
  { name: "delivery/part2.mrc", bytes: records(10, 10), stored: true },
  { name: "delivery/part3.mrc.gz", bytes: gzipSync(records(20, 5)), stored: true },
  { name: "readme.txt", bytes: "These are your records.\n" },
  { name: "cover.pdf", bytes: "%PDF-1.7 and so on" },
  { name: "counts.xlsx", bytes: zipOf([{ name: "[Content_Types].xml", bytes: "<Types/>" }]) },
];

describe("an archive of records", () => {
  it.each([
    ["of one file", [{ name: "all.mrc", bytes: records(0, 25) }]],
    ["of several, with what comes beside them", DELIVERY],
    ["of large files", DELIVERY.map((file) => ({ ...file, zip64: true }))],
  ])("%s gives the rows that its records give by themselves", async (_, files) => {
    folder.write("plain.mrc", records(0, 25));
    await folder.import(["plain.mrc"]);
    const plain = rows();
    expect(plain).toHaveLength(25);
    rmSync(join(folder.path, "books.sqlite"));
    folder.write("in.zip", zipOf(files));
    const { summary } = await folder.import(["in.zip"]);
    expect(summary).toMatchObject({ status: "done", exitStatus: 0 });
    expect(rows()).toEqual(plain);
  });

  it("names each file in it in the places, which lead there again", async () => {
    folder.write("in.zip", zipOf(DELIVERY));
    await folder.import(["in.zip"]);
    const [place] = rows("source_record").slice(12)[0] as [string];
    expect(place).toBe(
      `${folder.path}/in.zip/delivery/part2.mrc:${records(10, 2).length}:${record("b12").length}`,
    );
    const told = await commandIn(folder.path, "explain", "job.conf", place);
    expect(told.out).toContain("001=b12");
    const one = join(folder.path, "in.zip/delivery/part2.mrc");
    expect((await commandIn(folder.path, "explain", "job.conf", one, "--id", "b12")).out).toContain(
      `${one} record 3 at byte`,
    );
    const output = join(folder.path, "out.mrc");
    await commandIn(folder.path, "export", "job.conf", "--format", "marc", "-o", output);
    expect(readFileSync(output).equals(records(0, 25))).toBe(true);
  });

  it("tells what it left out, and what might have been records", async () => {
    folder.write(
      "in.zip",
      zipOf([...DELIVERY, { name: "b.xml", bytes: "<html>Error 500</html>" }]),
    );
    const { summary } = await folder.import(["in.zip"]);
    expect(summary.totals.warnings).toEqual({ M719: 3, M720: 1 });
    const { out } = await commandIn(folder.path, "validate", join(folder.path, "in.zip"), "--json");
    const { files, left_out } = JSON.parse(out);
    expect(files.map(({ records: count }: { records: number }) => count)).toEqual([10, 10, 5]);
    expect(left_out.map(({ looks_like }: { looks_like: string }) => looks_like)).toEqual([
      "plain text",
      "PDF",
      "an Office document",
      "HTML",
    ]);
  });

  it("is known when it comes again, and goes on where a run was stopped", async () => {
    folder.write("in.zip", zipOf(DELIVERY));
    let portions = 0;
    const stopSignal = () => (++portions >= 5 ? ("SIGTERM" as const) : null);
    const stopped = await folder.import(["in.zip"], {}, { stopSignal }, "small.conf");
    expect(stopped.summary.status).toBe("interrupted");
    expect(rows().length).toBeLessThan(25);
    const resumed = await folder.import(["in.zip"], { resume: true }, {}, "small.conf");
    expect(resumed.summary).toMatchObject({
      run: stopped.summary.run,
      totals: { recordsRead: 25 },
    });
    expect(rows()).toHaveLength(25);
    const again = await folder.import(["in.zip"]);
    expect(again.summary.totals.outcomes.unchanged).toBe(25);
  });

  it("must be the same when a run goes on", async () => {
    folder.write("in.zip", zipOf(DELIVERY));
    let portions = 0;
    const stopSignal = () => (++portions >= 4 ? ("SIGTERM" as const) : null);
    await folder.import(["in.zip"], {}, { stopSignal }, "small.conf");
    const resume = () => folder.import(["in.zip"], { resume: true }, {}, "small.conf");
    folder.write("in.zip", zipOf([{ name: "new.mrc", bytes: records(0, 1) }, ...DELIVERY]));
    await expect(resume()).rejects.toMatchObject({ exitStatus: 2 });
    const [folders, first, ...rest] = DELIVERY;
    folder.write("in.zip", zipOf([folders, { ...first, bytes: records(90, 10) }, ...rest]));
    await expect(resume()).rejects.toMatchObject({ exitStatus: 3 });
    folder.write("in.zip", zipOf(DELIVERY));
    expect((await resume()).summary.totals.recordsRead).toBe(25);
  });

  it("is mended file after file, and shows init its fields", async () => {
    const path = folder.write("in.zip", zipOf(DELIVERY));
    await commandIn(folder.path, "mend", path, "-o", "out.mrc");
    expect(readFileSync(join(folder.path, "out.mrc")).toString()).toContain("b24");
    const { out } = await commandIn(folder.path, "init", path);
    expect(out).toContain("001: in all 25, each once");
    const over = await commandIn(folder.path, "mend", path, "-o", path);
    expect(over).toMatchObject({ status: 2, error: expect.stringContaining("would overwrite") });
  });

  it("of several files is not taken where one is meant", async () => {
    const path = folder.write("in.zip", zipOf(DELIVERY));
    const { status, error } = await commandIn(folder.path, "explain", "job.conf", path);
    expect(status).toBe(3);
    expect(error).toContain("M018");
    expect(error).toContain("in.zip/delivery/part2.mrc");
  });

  it("says which files it has where another one is asked for", async () => {
    const path = folder.write("in.zip", zipOf(DELIVERY));
    await expect(openInput(`${path}/other.mrc`, AUTO)).rejects.toMatchObject({
      code: "M006",
      what: expect.stringContaining("delivery/part2.mrc"),
    });
  });

  it("is told what to do about where it comes through a pipe", async () => {
    const stream = Readable.from([zipOf(DELIVERY)]);
    await expect(openStream("-", stream, AUTO)).rejects.toMatchObject({
      code: "M017",
      exitStatus: 3,
    });
  });
});

describe("an archive that is not unpacked", () => {
  const sound: ZippedFile = { name: "a.mrc", bytes: records(0, 3) };
  it.each<[string, ZippedFile, string]>([
    ["an encrypted file", { ...sound, name: "b.mrc", encrypted: true }, "encrypted"],
    ["a path out of it", { ...sound, name: "../../b.mrc" }, "leads out of the archive"],
    ["a path from the root", { ...sound, name: "/etc/b.mrc" }, "leads out of the archive"],
    ["another method", { ...sound, name: "b.mrc", method: 14 }, "method 14"],
    ["an archive", { name: "b.zip", bytes: zipOf([sound]), stored: true }, "a zip archive itself"],
    [
      "a packed file",
      { name: "b.xz", bytes: Buffer.from("\xfd7zXZ\0", "latin1") },
      "packed by xz itself",
    ],
    ["one name twice", sound, "two entries have that name"],
    ["a bomb", { ...sound, name: "b.mrc", says: { size: 2 ** 31, packed: 300 } }, "archive bombs"],
    ["overlapping files", { ...sound, name: "b.mrc", says: { packed: 100_000 } }, "overlap"],
  ])("holds %s: it is named, and nothing is touched", async (_, file, says) => {
    const path = folder.write("in.zip", zipOf([{ ...sound, name: "first.mrc" }, sound, file]));
    const { status, error } = await commandIn(folder.path, "job.conf", path);
    expect(status).toBe(3);
    expect(error).toContain("M016");
    expect(error).toContain(says);
    expect(error).toContain(says === "overlap" ? path : `${path}/${file.name}`);
    expect(() => rows()).toThrow();
    // Its other files can be had by their names.
    if (says !== "overlap") {
      expect((await commandIn(folder.path, "job.conf", `${path}/first.mrc`)).status).toBe(0);
    }
  });

  it.each<[string, ZippedFile[], string]>([
    ["nothing", [], "M001"],
    ["a folder", [{ name: "in/" }], "M001"],
    ["notes alone", [{ name: "readme.txt", bytes: "Sorry, nothing today." }], "M003"],
    ["an error page named as records", [sound, { name: "b.mrc", bytes: "<html>404" }], "M003"],
    [
      "what nobody knows",
      [sound, { name: "b.bin", bytes: "\x01\x02\x03\x04\xff\xfe\x00" }],
      "M004",
    ],
    ["an empty file of records", [sound, { name: "b.mrc" }], "M001"],
  ])("holds %s", async (_, files, code) => {
    const path = folder.write("in.zip", zipOf(files));
    const { status, error } = await commandIn(folder.path, "job.conf", path);
    expect({ status, code: error.match(/M\d{3}/)?.[0] }).toEqual({ status: 3, code });
  });

  it("takes an empty delivery where that is allowed", async () => {
    folder.write("in.zip", zipOf([{ name: "b.mrc" }]));
    const { summary } = await folder.import(["in.zip"], { allowEmpty: true });
    expect(summary).toMatchObject({ status: "done", totals: { recordsRead: 0 } });
  });
});

describe("a damaged archive", () => {
  const catalog = readFileSync(join(SAMPLES, "catalog.mrc"));
  const archive = zipOf([
    { name: "catalog.mrc", bytes: catalog },
    { name: "more.mrc", bytes: records(0, 20), stored: true },
  ]);
  const whole = Buffer.concat([catalog, records(0, 20)]);

  it("is refused wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: archive.length - 1 }), async (length) => {
        const path = folder.write("cut.zip", archive.subarray(0, length));
        await expect(readAll(path)).rejects.toMatchObject({ code: "M015", exitStatus: 3 });
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["the number of entries", archive.length - 12, 1],
    ["the last letter of a name", archive.length - 22 - 1, "/".charCodeAt(0)],
  ])("is refused where a file would be missing by %s", async (_, at, byte) => {
    const bytes = Buffer.from(archive);
    bytes[at] = byte;
    const path = folder.write("changed.zip", bytes);
    await expect(readAll(path)).rejects.toMatchObject({ exitStatus: 3 });
  });

  it("never gives other bytes than it was made from without saying so", async () => {
    const place = fc.integer({ min: 4, max: archive.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(archive);
        bytes[at] ^= change;
        const path = folder.write("changed.zip", bytes);
        const read = await readAll(path).catch((error: unknown) => error);
        if (Buffer.isBuffer(read)) expect(read.equals(whole)).toBe(true);
        else if (!(read instanceof Failure) || read.exitStatus !== 3) throw read;
      }),
      { numRuns: 300 },
    );
  });

  it("deletes nothing in a full load, whose records before the damage are safe", async () => {
    folder.write("before.mrc", records(50_000, 5));
    await folder.import(["before.mrc"]);
    const titled = (_: unknown, i: number) => record(`b${i}`, "long ".repeat(200));
    const many = Buffer.concat(Array.from({ length: 1500 }, titled));
    folder.write("in.zip", zipOf([{ name: "all.mrc", bytes: many, says: { crc: 1 } }]));
    const { failure } = await folder.import(["in.zip"], { fullLoad: true });
    expect(failure).toMatchObject({
      exitStatus: 3,
      what: expect.stringMatching(/^M015 .*checksum/),
    });
    expect(rows()).toHaveLength(1505);
  });

  it("deletes nothing in a full load that may lack records", async () => {
    folder.write("before.mrc", records(50_000, 5));
    await folder.import(["before.mrc"]);
    const files = [
      { name: "a.mrc", bytes: records(0, 5) },
      { name: "readme.txt", bytes: "A note." },
    ];
    const page = { name: "b.xml", bytes: "<html>Error 500</html>" };
    folder.write("page.zip", zipOf([...files, page]));
    await folder.import(["page.zip"], { fullLoad: true });
    expect(rows()).toHaveLength(10);
    folder.write("note.zip", zipOf(files));
    await folder.import(["note.zip"], { fullLoad: true });
    expect(rows()).toHaveLength(5);
  });
});
