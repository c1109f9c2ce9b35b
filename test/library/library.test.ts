/** The library, as another program calls it. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Configuration,
  changesOf,
  createRecordMapper,
  findRun,
  importFiles,
  listRuns,
  loadConfiguration,
  type ReadOptions,
  type ReadPiece,
  type ReadRecord,
  readRecords,
  undoRun,
} from "../../src/index.js";
import { isoOf } from "../support/marc-builder.js";

const BOOK = "00000nam a2200000 a 4500";

function record(id: string, title: Buffer | string): Buffer {
  return isoOf(BOOK, [
    ["001", Buffer.from(id)],
    ["245", Buffer.concat([Buffer.from("00\x1fa"), Buffer.from(title)])],
    ["650", Buffer.from(" 0\x1faBirds\x1fxSongs")],
  ]);
}

const SOUND = [record("one", "Erste"), record("two", "Zweite"), record("three", "Dritte")];
/** A byte that is not UTF-8, in the second record. */
const DAMAGED = Buffer.concat([SOUND[0], record("bad", Buffer.from([0x41, 0xff, 0x42])), SOUND[2]]);

async function all(source: string | AsyncIterable<Uint8Array>, options: ReadOptions = {}) {
  const pieces: ReadPiece[] = [];
  for await (const piece of readRecords(source, options)) pieces.push(piece);
  return pieces;
}

const records = (pieces: readonly ReadPiece[]) =>
  pieces.filter((piece): piece is ReadRecord => piece.kind === "record");

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

let folder: string;
let configuration: Configuration;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "marc-library-"));
  file = join(folder, "in.mrc");
  writeFileSync(file, DAMAGED);
  const conf = join(folder, "job.conf");
  writeFileSync(
    conf,
    `[Settings]\nforeign_source = lib\n[title]\nf = "245 * * a"\n[subjects]\nf = "650 * * a+x"\nfield_join = ";"\nsubfield_join = ";"\n`,
  );
  configuration = loadConfiguration(conf);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("readRecords", () => {
  it("gives leader, fields, indicators and subfields, decoded", async () => {
    const [first] = records(await all(chunks(SOUND[0], 7)));
    expect(first).toMatchObject({ number: 1, offset: 0, file: "stream", controlNumber: "one" });
    expect(first.length).toBe(SOUND[0].length);
    expect(first.leader.slice(5, 10)).toBe("nam a");
    expect(first.fields).toEqual([
      { kind: "control", tag: "001", text: "one" },
      { kind: "data", tag: "245", indicators: "00", subfields: [{ code: "a", text: "Erste" }] },
      {
        kind: "data",
        tag: "650",
        indicators: " 0",
        subfields: [
          { code: "a", text: "Birds" },
          { code: "x", text: "Songs" },
        ],
      },
    ]);
    expect(first.first("650", "x")).toBe("Songs");
    expect(first.first("001")).toBe("one");
    expect(first.first("650", "z") + first.first("700", "a")).toBe("");
    expect(first.all("650")).toEqual(first.fields.slice(2));
  });

  it("says of text that cannot be decoded where it stands, whoever reads it first", async () => {
    const map = createRecordMapper(configuration);
    const bad = DAMAGED.indexOf(0xff);
    const found = expect.arrayContaining([
      expect.objectContaining({
        code: "M401",
        offset: bad,
        field: "245[1]$a",
        severity: "warning",
      }),
    ]);
    const [, unmapped] = records(await all(file));
    expect(unmapped.findings).toEqual(found);
    const texts = unmapped.findings.map(({ text }) => text);
    expect(texts).toContainEqual(
      expect.stringContaining(`${file} record 2 at byte ${bad} 001=bad field 245[1]$a`),
    );
    expect(new Set(texts).size).toBe(texts.length);
    const [, mapped] = records(await all(file));
    expect(map(mapped).findings).toEqual(found);
    expect(map(mapped).findings).toEqual(found);
    expect(mapped.findings).toEqual(unmapped.findings);
    expect(map(mapped).findings).toEqual(found);
  });

  it("gives a part of a file, with its places in the file", async () => {
    const [, second] = await all(file);
    const part = `${file}:${second.offset}:${second.length}`;
    expect(records(await all(part))).toMatchObject([
      { file, number: 1, offset: second.offset, controlNumber: "bad" },
    ]);
  });

  it("reads every format by the name that the program has for it", async () => {
    const text = join(folder, "in.mrk");
    writeFileSync(text, `=LDR  ${BOOK}\n=001  maker\n`);
    const [only] = records(await all(text, { format: "mrk" }));
    expect(only.controlNumber).toBe("maker");
  });

  it("covers whatever comes once and in order, in blocks of any size, zipped or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...SOUND), { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 6 }),
        fc.nat(600),
        fc.integer({ min: 1, max: 300 }),
        async (sound, damages, cut, size) => {
          const bytes = Buffer.concat(sound).subarray(0, Math.max(200, cut));
          for (const [at, byte] of damages) if (at > 40 && at < bytes.length) bytes[at] = byte;
          const pieces = await all(chunks(bytes, size));
          let end = 0;
          for (const piece of pieces) {
            expect(piece.offset).toBe(end);
            end += piece.length;
            if (piece.kind === "padding") continue;
            expect(Buffer.from(piece.bytes).equals(bytes.subarray(piece.offset, end))).toBe(true);
          }
          expect(end).toBe(bytes.length);
          const plain = (piece: ReadPiece) =>
            piece.kind === "record" ? [piece.number, piece.fields, piece.findings] : piece;
          const zipped = await all(chunks(gzipSync(bytes), size));
          expect(zipped.map(plain)).toEqual(pieces.map(plain));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("closes a stream that is left early, or is no MARC", async () => {
    let closed = 0;
    async function* endless(text: Buffer) {
      try {
        for (;;) yield text;
      } finally {
        closed++;
      }
    }
    for await (const piece of readRecords(endless(SOUND[0]))) if (piece.offset > 5000) break;
    expect(closed).toBe(1);
    for await (const piece of readRecords(endless(SOUND[0]))) if (piece.kind === "record") break;
    expect(closed).toBe(2);
    const page = endless(Buffer.from("<!DOCTYPE html><html>"));
    await expect(all(page, { name: "answer" })).rejects.toMatchObject({
      kind: "not-marc",
      exitStatus: 3,
      message: expect.stringContaining("answer"),
    });
    expect(closed).toBe(3);
  });

  it("refuses streams of text, and says so of streams that break", async () => {
    const text = Readable.from(["00065nam"]) as AsyncIterable<Uint8Array>;
    await expect(all(text)).rejects.toThrow(/must give bytes/);
    async function* breaking() {
      yield SOUND[0];
      throw new Error("the line went dead");
    }
    await expect(all(breaking())).rejects.toThrow("the line went dead");
  });

  it("tells a failure of the input as the program does", async () => {
    await expect(all(join(folder, "none.mrc"))).rejects.toMatchObject({
      kind: "missing",
      code: "M006",
      exitStatus: 3,
    });
    const empty = () => chunks(new Uint8Array(0), 1);
    await expect(all(empty())).rejects.toMatchObject({ kind: "empty" });
    expect(await all(empty(), { allowEmpty: true })).toEqual([]);
  });

  it("rejects under `strict`, stated or the configuration's, what it would mend", async () => {
    const bytes = Buffer.concat([SOUND[0], SOUND[1]]);
    bytes.write("9", 4, "latin1");
    expect((await all(chunks(bytes, 100))).map(({ kind }) => kind)).toEqual(["record", "record"]);
    const strict = loadConfiguration(configuration.path, { set: ["Settings.strict=true"] });
    for (const options of [{ strict: true }, { configuration: strict }]) {
      const [first, second] = await all(chunks(bytes, 100), options);
      expect(first).toMatchObject({ kind: "reject", number: 1, controlNumber: "one", further: [] });
      expect(first.kind === "reject" && first.reason.code).toMatch(/^M10/);
      expect(second.kind).toBe("record");
    }
  });
});

describe("a mapper", () => {
  it("gives the row that an import would write", async () => {
    const [first] = records(await all(file));
    const row = createRecordMapper(configuration)(first);
    expect(row).toMatchObject({ foreignId: "one", isDeleted: false, ignoredBecause: null });
    expect(row.columns).toMatchObject({ title: "Erste", subjects: ";Birds;Songs;", url: "" });
    expect(row.list("subjects")).toEqual(["Birds", "Songs"]);
    expect(Object.keys(row.columns)).toEqual(configuration.columns.map(({ name }) => name));
  });

  it("names the rule that lets a text grow without measure", async () => {
    const grows = Array.from({ length: 30 }, () => "/(.+)/$1$1/").join(",");
    const growing = loadConfiguration(configuration.path, {
      set: [`title.more=245 * * a ${grows}`],
    });
    const [first] = records(await all(file));
    expect(() => createRecordMapper(growing)(first)).toThrow(/record 1 .*245 \* \* a/);
  });
});

describe("what callers hand over", () => {
  const asAny = <T>(value: unknown) => value as T;

  it.each([
    ["an unknown option", { fromat: "marc" }, /no option fromat; it has format, /],
    ["a format that there is not", { format: "json" }, /format must be one of auto, marc/],
    ["a size that is none", { maxRecordSize: 0 }, /a whole number, 1 or more/],
    ["a text for a switch", { strict: "no" }, /strict must be a boolean/],
    ["another configuration", { configuration: { path: "x" } }, /loadConfiguration has given/],
  ])("is refused: %s", async (_, options, says) => {
    await expect(all(file, asAny(options))).rejects.toThrow(TypeError);
    await expect(all(file, asAny(options))).rejects.toThrow(says);
  });

  it("is refused before a run begins", async () => {
    const fresh = loadConfiguration(configuration.path, { database: join(folder, "never.sqlite") });
    await expect(importFiles(fresh, [file], asAny({ limit: 0 }))).rejects.toThrow(TypeError);
    await expect(importFiles(fresh, [file], { wait: -1 })).rejects.toThrow(TypeError);
    await expect(importFiles(asAny({}), [file])).rejects.toThrow(TypeError);
    await expect(listRuns(fresh)).rejects.toMatchObject({ kind: "cannot-open" });
    expect(() => createRecordMapper(fresh)(asAny({ number: 1 }))).toThrow(TypeError);
  });
});

describe("runs", () => {
  const job = (name: string) =>
    loadConfiguration(configuration.path, {
      database: join(folder, `${name}.sqlite`),
      logDir: join(folder, "log"),
    });

  it("are made, seen, asked for their changes, and taken back", async () => {
    const target = job("runs");
    const seen: number[] = [];
    const onProgress = ({ recordsRead }: { recordsRead: number }) => seen.push(recordsRead);
    const result = await importFiles(target, [file], { onProgress });
    expect(result).toMatchObject({ status: "done", exitStatus: 0, failure: null, dryRun: false });
    expect(result.totals).toMatchObject({ recordsRead: 3, outcomes: { created: 3 } });
    expect(result.files).toMatchObject([{ path: file, bytes: DAMAGED.length, recordsRead: 3 }]);
    expect(seen.at(-1)).toBe(3);
    expect(await findRun(target, "last")).toMatchObject({ run: result.run, undoneBy: null });
    const titles: (string | null)[] = [];
    for await (const { actions, fields } of changesOf(target, result.run)) {
      expect(actions).toEqual(["created"]);
      titles.push(fields.find(({ field }) => field === "title")?.after ?? null);
    }
    expect(titles).toEqual(["Erste", "A\ufffdB", "Dritte"]);
    const tried: string[] = [];
    const onTaken = (row: { title: string; action: string }) => tried.push(row.action);
    expect(await undoRun(target, "last", { dryRun: true, onTaken })).toMatchObject({ removed: 3 });
    expect(tried).toEqual(["remove", "remove", "remove"]);
    const undone = await undoRun(target, result.run);
    expect(undone).toMatchObject({ undoes: result.run, removed: 3, left: 0, dryRun: false });
    const list = await listRuns(target);
    expect(list.map(({ command, undoneBy }) => [command, undoneBy])).toEqual([
      ["import", undone.run],
      ["undo", null],
    ]);
    await expect(findRun(target, "nobody")).rejects.toMatchObject({ kind: "usage" });
  });

  it("stop where a signal asks for it, and go on from there", async () => {
    const target = job("stopped");
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const stopped = await importFiles(target, [file, file], {
      signal: controller.signal,
      onProgress,
    });
    expect(stopped).toMatchObject({ status: "interrupted", exitStatus: 143 });
    expect(stopped.failure?.kind).toBe("SIGTERM");
    const resumed = await importFiles(target, [file, file], { resume: true });
    expect(resumed).toMatchObject({ run: stopped.run, status: "done" });
    expect(resumed.totals.recordsRead).toBe(6);
  });

  it("release the database when a loop over changes is left early", async () => {
    const target = job("left");
    const { run } = await importFiles(target, [file]);
    for await (const _ of changesOf(target, run)) break;
    expect(await undoRun(target, run)).toMatchObject({ removed: 3 });
  });
});
