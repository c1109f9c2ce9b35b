import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/diagnostics/failure.js";
import { openInput } from "../../src/input/open.js";
import { sniff } from "../../src/input/sniff.js";
import { FILE_DEFECTS } from "../support/file-defects.js";
import { soundRecord } from "../support/sound-record.js";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "marc-open-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const AUTO = { format: "auto", allowEmpty: false } as const;

function file(bytes: Buffer | string): string {
  const path = join(directory, "input");
  writeFileSync(path, bytes);
  return path;
}

async function readAll(path: string, offset = 0) {
  const input = await openInput(path, AUTO);
  const blocks: Buffer[] = [];
  for await (const block of input.blocks(offset)) blocks.push(block);
  return { input, bytes: Buffer.concat(blocks) };
}

describe.each(FILE_DEFECTS)("$code: $what", ({ code, attempt, exitStatus, says }) => {
  it("stops with a reason and a way on", async () => {
    const error = await attempt(directory).catch((thrown: unknown) => thrown);
    if (!(error instanceof Failure)) expect.unreachable(`threw ${String(error)}`);
    expect(error).toMatchObject({ code, exitStatus });
    expect(error.message).toContain(says ?? code);
    expect(error.advice).not.toBe("");
  });
});

describe("openInput", () => {
  const records = Buffer.concat(Array.from({ length: 5000 }, soundRecord));

  it("reads a file of several blocks from any offset", async () => {
    const { input, bytes } = await readAll(file(records), 1234);
    expect(bytes.equals(records.subarray(1234))).toBe(true);
    expect(input).toMatchObject({
      format: "iso2709",
      seekable: true,
      isPipe: false,
      zipped: false,
    });
    expect(input.bytes).toBe(records.length);
    expect(input.bytesRead).toBe(records.length);
  });

  it("unzips by content, with offsets of the unzipped bytes", async () => {
    const zipped = Buffer.concat([gzipSync(records), gzipSync(records)]);
    const { input, bytes } = await readAll(file(zipped), 1234);
    expect(bytes.equals(Buffer.concat([records, records]).subarray(1234))).toBe(true);
    expect(input).toMatchObject({ format: "iso2709", seekable: false, zipped: true });
    expect(input.bytes).toBe(zipped.length);
  });

  it("gives a file again", async () => {
    const { input } = await readAll(file(records));
    let length = 0;
    for await (const block of input.blocks(0)) length += block.length;
    expect(length).toBe(records.length);
  });

  it.each([
    ["plain", records],
    ["zipped", gzipSync(records)],
  ])("reads a FIFO once (%s)", async (_what, content) => {
    const path = join(directory, "fifo");
    spawnSync("mkfifo", [path]);
    const { spawn } = await import("node:child_process");
    const writer = spawn("sh", ["-c", 'cat "$0" > "$1"', file(content), path]);
    const { input, bytes } = await readAll(path);
    expect(input).toMatchObject({ isPipe: true, bytes: null, seekable: false });
    expect(bytes.equals(records)).toBe(true);
    await new Promise((done) => (writer.exitCode === null ? writer.on("exit", done) : done(0)));
  });

  it.each([
    ["<collection><record/></collection>", "marcxml"],
    ['<?xml version="1.0"?>\n<marc:record xmlns:marc="x">', "marcxml"],
    ['<OAI-PMH xmlns="x"><ListRecords><record/></ListRecords></OAI-PMH>', "marcxml"],
    ['{"leader":"00067nam a2200049 a 4500","fields":[]}', "mij"],
    ['[\n {"fields":[], "leader":"00067nam a2200049 a 4500"}]', "mij"],
    [`error log\n${soundRecord().toString("latin1")}`, "iso2709"],
    [`\ufeff\r\n${soundRecord().toString("latin1")}`, "iso2709"],
    [
      soundRecord()
        .toString("latin1")
        .replace(/^\d{5}/, "     "),
      "iso2709",
    ],
    [`<html>503</html>${soundRecord().toString("latin1")}`, "iso2709"],
  ])("tells %j by its content", async (text, format) => {
    const { input } = await readAll(file(Buffer.from(text, "latin1")));
    expect(input.format).toBe(format);
  });

  it("takes an empty delivery where that is allowed", async () => {
    const input = await openInput(file("\r\n"), { format: "auto", allowEmpty: true });
    expect(input.format).toBe("iso2709");
  });

  it("believes a format that is stated", async () => {
    const input = await openInput(file("id,title\n"), { format: "marc", allowEmpty: false });
    expect(input.format).toBe("iso2709");
  });
});

describe("JSON of MARC", () => {
  it.each([
    [
      "fields before a leader that is far away",
      `{"fields":[{"001":"a"},{"500":"${"x".repeat(200_000)}"}],"leader":"x"}`,
    ],
    ["no leader", '[ { "fields" : [ { "245": {"subfields": []} } ] } ]'],
    ["a key before them", '{"_id":"1","fields":[{"LDR":"x"}]}'],
  ])("is known by its fields: %s", (_, text) => {
    expect(sniff(Buffer.from(text), true)).toEqual({ kind: "mij" });
  });

  it.each(['{"fields":["a"]}', '{"fields":[{"name":"x"}]}', '{"fields":{"001":"x"}}'])(
    "is not %s",
    (text) => {
      expect(sniff(Buffer.from(text), true)).toMatchObject({ kind: "foreign" });
    },
  );
});
