/** `mend`: what it writes, what it tells, and what it leaves as it was. */

import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { cutByLength, iso } from "../support/marc-builder.js";
import type { FieldOf } from "../support/record-view.js";

const book = (number: string, title: string, ...more: FieldOf[]) =>
  iso({ fields: [["001", number], ["245", "10", `a${title}`], ...more] });

describe("mend", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "mend-"));
    const wrongLength = book("b2", "Zwei");
    wrongLength.write("00044", 0, "latin1");
    const records = [
      book("b1", "Eins", ["650", " 0", "aWhales"]),
      wrongLength,
      Buffer.from("no record at all, but forty bytes of text"),
      book("b3", "Drei", ["035", "  ", "a(OCoLC)33"], ["650", " 0", "aWHALES in art"]),
    ];
    writeFileSync(join(folder, "in.mrc"), Buffer.concat(records));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const mend = (...args: string[]) => commandIn(folder, "mend", join(folder, "in.mrc"), ...args);
  const bytes = (name: string) => readFileSync(join(folder, name));
  const numbers = (name: string) =>
    cutByLength(bytes(name)).map((record) => /b\d/.exec(record.toString("latin1"))?.[0]);

  it("writes the sound records, and puts aside what is none, byte for byte", async () => {
    const { status, out } = await mend("-o", "out.mrc");
    expect(status).toBe(1);
    expect(numbers("out.mrc")).toEqual(["b1", "b2", "b3"]);
    const input = bytes("in.mrc");
    const lines = bytes("out.rejects.jsonl").toString().trimEnd().split("\n");
    const [reject] = lines.map((line) => JSON.parse(line));
    expect(lines.length).toBe(1);
    const { offset, length } = reject;
    expect(bytes("out.rejects.mrc").equals(input.subarray(offset, offset + length))).toBe(true);
    expect(out).toContain("3 records written");
    expect(out).toContain("out.rejects.mrc");
  });

  it("lists repairs and rejects in the words of validate", async () => {
    const validated = await commandIn(folder, "validate", join(folder, "in.mrc"));
    const { out } = await mend("-o", "out.mrc");
    expect(out.split("\n").slice(0, -2).join("\n")).toBe(validated.out);
    const again = await commandIn(folder, "validate", "--json", join(folder, "out.mrc"));
    expect(JSON.parse(again.out).files[0]).toMatchObject({ records: 3, repairs: {}, rejects: [] });
  });

  it.each([
    ["--id", ["--id", "b3"], ["b3"]],
    ["--id of another field", ["--id", "(OCoLC)33", "--id", "b1"], ["b1", "b3"]],
    ["--filter", ["--filter", "650 * 0 a /whales/i"], ["b1", "b3"]],
    ["two filters", ["--filter", "650 * * a /whales/i", "--filter", "035 * * a"], ["b3"]],
    ["--limit", ["--limit", "2"], ["b1", "b2"]],
    ["--filter with --limit", ["--filter", "650 * * a", "--limit", "1"], ["b1"]],
  ])("takes a sample by %s", async (_name, args, expected) => {
    await mend("-o", "out.mrc", ...args);
    expect(numbers("out.mrc")).toEqual(expected);
  });

  it.each([
    ["out.mrk", "=LDR"],
    ["out.XML", "<?xml"],
    ["out.json", "{"],
    ["out.mrc", "0"],
    ["out", "0"],
  ])("writes into %s what its name says", async (name, beginning) => {
    await mend("-o", name);
    expect(bytes(name).toString().startsWith(beginning)).toBe(true);
  });

  it("takes a part of a file, numbered from its beginning, and keeps the file", async () => {
    const input = bytes("in.mrc");
    const from = input.indexOf("no record at all");
    const part = `${join(folder, "in.mrc")}:${from - book("b2", "Zwei").length}`;
    const { status } = await commandIn(folder, "mend", part, "-o", "out.mrc");
    expect(status).toBe(1);
    expect(numbers("out.mrc")).toEqual(["b2", "b3"]);
    const [reject] = bytes("out.rejects.jsonl").toString().split("\n");
    expect(JSON.parse(reject)).toMatchObject({ file: join(folder, "in.mrc"), offset: from });
    const refused = await commandIn(folder, "mend", part, "-o", "in.mrc");
    expect([refused.status, refused.error]).toEqual([
      2,
      expect.stringContaining("would overwrite"),
    ]);
    expect(bytes("in.mrc").equals(input)).toBe(true);
  });

  it("leaves no part of an output behind when it is stopped", async () => {
    const many = Buffer.concat(Array.from({ length: 5000 }, (_, i) => book(`b${i}`, "Eins")));
    writeFileSync(join(folder, "many.mrc"), many);
    const others = process.listenerCount("SIGTERM");
    const mending = commandIn(folder, "mend", join(folder, "many.mrc"), "-o", "out.mrc");
    // The command listens as soon as it works.
    while (process.listenerCount("SIGTERM") === others) await new Promise(setImmediate);
    process.emit("SIGTERM", "SIGTERM");
    expect(await mending).toMatchObject({ status: 143 });
    expect(readdirSync(folder).sort()).toEqual(["in.mrc", "many.mrc"]);
  });

  it("never overwrites what it reads, nor leaves a part of an output behind", async () => {
    const before = bytes("in.mrc");
    expect((await mend("-o", "in.mrc")).status).toBe(2);
    writeFileSync(join(folder, "html.mrc"), "<html><body>Not found</body></html>");
    const failed = await commandIn(
      folder,
      ...["mend", join(folder, "in.mrc"), join(folder, "html.mrc"), "-o", "out.mrc"],
    );
    expect(failed.status).toBe(3);
    expect(bytes("in.mrc").equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith("out.mrc"))).toEqual([]);
  });

  it.each(["-", "/dev/stdout"])("writes to standard output as it was redirected: -o %s", (name) => {
    const program = fileURLToPath(new URL("../../bin/MARC_import", import.meta.url));
    const args = [program, "mend", "in.mrc", "-o", name, "--id", "b1"];
    const before = "what stood there";
    writeFileSync(join(folder, "out.mrc"), before);
    const file = openSync(join(folder, "out.mrc"), "a");
    const filed = spawnSync(process.execPath, args, {
      cwd: folder,
      stdio: ["ignore", file, "pipe"],
    });
    closeSync(file);
    const piped = spawnSync("sh", ["-c", '"$0" "$@" | cat', process.execPath, ...args], {
      cwd: folder,
    });
    expect(filed.status).toBe(1);
    expect(bytes("out.mrc").toString("latin1")).toBe(before + piped.stdout.toString("latin1"));
    expect(cutByLength(piped.stdout)).toHaveLength(1);
    expect(filed.stderr.toString()).toContain("1 record written");
    expect(readdirSync(folder).sort()).toEqual(
      ["in.mrc", "mend.rejects.jsonl", "mend.rejects.mrc", "out.mrc"].sort(),
    );
    expect(lstatSync("/dev/stdout").isSymbolicLink()).toBe(true);
  });

  it.each([
    ["-", ["mend", "in.mrc", "--id", "b1", "-o", "-"]],
    ["/dev/stdout", ["mend", "in.mrc", "--id", "b1", "-o", "/dev/stdout"]],
    ["/dev/fd/1", ["mend", "in.mrc", "--id", "b1", "-o", "/dev/fd/1"]],
    ["of --summary", ["--summary", "-", "--dry-run", "job.conf", "in.mrc"]],
  ])("writes to standard output that is a socket: %s", (_, args) => {
    const program = fileURLToPath(new URL("../../bin/MARC_import", import.meta.url));
    writeFileSync(join(folder, "job.conf"), '[Settings]\nforeign_source = "vendor"\n');
    // What Node gives its children for a pipe is a pair of sockets.
    const done = spawnSync(process.execPath, [program, ...args], { cwd: folder });
    expect(done.stderr.toString()).not.toContain("cannot be written");
    expect(done.status).toBe(1);
    expect(done.stdout.length).toBeGreaterThan(0);
    if (args[0] === "mend") expect(cutByLength(done.stdout)).toHaveLength(1);
    else expect(JSON.parse(done.stdout.toString())).toMatchObject({ exit_status: 1 });
  });

  it("ends in peace when whoever reads standard output has gone", () => {
    const program = fileURLToPath(new URL("../../bin/MARC_import", import.meta.url));
    // A pipe holds 64 KiB.
    writeFileSync(join(folder, "long.mrc"), Buffer.alloc(8 << 20, bytes("in.mrc")));
    const line = 'set -o pipefail; "$0" "$1" mend long.mrc -o - | head -c 10';
    const done = spawnSync("bash", ["-c", line, process.execPath, program], { cwd: folder });
    expect({ status: done.status, error: done.stderr.toString() }).toEqual({
      status: 0,
      error: "",
    });
  });

  it("writes where a link leads, which stays one", async () => {
    writeFileSync(join(folder, "real.mrc"), "old");
    symlinkSync("real.mrc", join(folder, "out.mrc"));
    await mend("-o", "out.mrc");
    expect(lstatSync(join(folder, "out.mrc")).isSymbolicLink()).toBe(true);
    expect(numbers("real.mrc")).toEqual(["b1", "b2", "b3"]);
  });

  it("names a filter that is none, and what is allowed", async () => {
    const { status, error } = await mend("-o", "out.mrc", "--filter", "650 * *");
    expect(status).toBe(2);
    expect(error).toContain('--filter "650 * *"');
    expect(error).toContain("TAG IND1 IND2 SUBFIELDS");
    expect(existsSync(join(folder, "out.mrc"))).toBe(false);
  });

  it("puts a record aside that ISO 2709 has no room for, and says which format has", async () => {
    const subfields = `<subfield code="a">${"x".repeat(9_990)}</subfield>`.repeat(2);
    const long = `<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">long</controlfield><datafield tag="500" ind1=" " ind2=" ">${subfields}</datafield></record>`;
    writeFileSync(join(folder, "long.xml"), long);
    const args = (format: string) => [
      "mend",
      join(folder, "long.xml"),
      "-o",
      "long.out",
      "--format",
      format,
    ];
    const { status, out } = await commandIn(folder, ...args("marc"));
    expect(status).toBe(1);
    expect(out).toContain("M901");
    expect(out).toContain("--format marcxml");
    expect(bytes("long.rejects.mrc").toString()).toBe(`${long}\n`);
    expect((await commandIn(folder, ...args("json"))).status).toBe(0);
    expect(existsSync(join(folder, "long.rejects.mrc"))).toBe(true);
  });

  it("writes the text form with its own signs spelt out", async () => {
    writeFileSync(join(folder, "text.mrc"), book("b 4", "US$ {5} \\ more"));
    await commandIn(folder, "mend", join(folder, "text.mrc"), "-o", "t.mrk", "--format", "mrk");
    const lines = bytes("t.mrk").toString().split("\n").slice(1);
    expect(lines).toEqual(["=001  b\\4", "=245  10$aUS{dollar} {lcub}5{rcub} {bsol} more", "", ""]);
  });
});
