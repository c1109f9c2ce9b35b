import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LoggingSettings } from "../../src/config/job/job-config.js";
import { RunLog } from "../../src/report/run-log.js";
import { temporaryFolder } from "../support/import-harness.js";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const settings = (stated: Partial<LoggingSettings> = {}): LoggingSettings => ({
  verbosity: 3,
  directory: folder.path,
  format: "text",
  maxSize: null,
  keep: null,
  ...stated,
});
const logs = () => readdirSync(`${folder.path}/MARC_import`).sort();
const paths = (...names: string[]) =>
  names.map((name) => `${folder.path}/MARC_import/${name}`) as [string, string];
const read = (name: string) => readFileSync(`${folder.path}/MARC_import/${name}`, "utf8");

async function write(stated: Partial<LoggingSettings>, lines: readonly string[]): Promise<void> {
  const log = RunLog.open(settings(stated), "run");
  for (const line of lines) {
    log.add("info", line);
    await log.flush();
  }
  await log.close();
}

describe("the log", () => {
  it("holds every line in order, of this run behind those of earlier ones", async () => {
    await write({}, ["a", "b"]);
    await write({}, ["c"]);
    const lines = read("MARC_importer.log").trimEnd().split("\n");
    expect(lines.map((line) => line.at(-1))).toEqual(["a", "b", "c"]);
  });

  it("is put aside at its size, the newest under the lowest number", async () => {
    await write({ maxSize: 50 }, ["a", "b", "c", "d"]);
    expect(logs()).toEqual([
      "MARC_importer.log",
      "MARC_importer1.log",
      "MARC_importer2.log",
      "MARC_importer3.log",
    ]);
    expect(read("MARC_importer.log")).toContain("d");
    expect(read("MARC_importer3.log")).toMatch(/a\n$/);
  });

  it("keeps as many put aside as it is told to", async () => {
    await write({ maxSize: 50, keep: 2 }, ["a", "b", "c", "d", "e"]);
    expect(logs()).toEqual(["MARC_importer.log", "MARC_importer1.log", "MARC_importer2.log"]);
    expect(read("MARC_importer2.log")).toMatch(/c\n$/);
  });

  it("goes on where it is if logrotate moves it away; the next run begins a new one", async () => {
    const log = RunLog.open(settings(), "run");
    for (const line of ["a", "b"]) {
      log.add("info", line);
      await log.flush();
      if (line === "a") renameSync(...paths("MARC_importer.log", "MARC_importer.log.1"));
    }
    await log.close();
    expect(logs()).toEqual(["MARC_importer.log.1"]);
    expect(read("MARC_importer.log.1")).toMatch(/a\n.*b\n$/);
    await write({}, ["c"]);
    expect(read("MARC_importer.log")).toMatch(/^\S+ \S+ +info +c\n$/);
  });

  it("loses nothing if its beginning is cut off", async () => {
    const log = RunLog.open(settings(), "run");
    log.add("info", "a");
    await log.flush();
    truncateSync(paths("MARC_importer.log")[0]);
    log.add("info", "b");
    await log.close();
    expect(read("MARC_importer.log")).toMatch(/^\S+ \S+ +info +b\n$/);
  });

  it("is put aside by one of two runs that write to it, not by both", async () => {
    const [one, other] = [1, 2].map(() => RunLog.open(settings({ maxSize: 100 }), "run"));
    const say = async (log: RunLog, line: string) => {
      log.add("info", line);
      await log.flush();
    };
    await say(one, "a");
    await say(other, "b");
    await say(one, "c");
    await say(other, "d");
    await Promise.all([one.close(), other.close()]);
    expect(logs()).toEqual(["MARC_importer.log", "MARC_importer1.log"]);
    expect(read("MARC_importer1.log")).toMatch(/a\n.*b\n$/);
    expect(read("MARC_importer.log")).toMatch(/c\n.*d\n$/);
  });

  it.runIf(existsSync("/dev/full"))("tells at once of a disk that takes no more", async () => {
    mkdirSync(`${folder.path}/MARC_import`);
    symlinkSync("/dev/full", `${folder.path}/MARC_import/MARC_importer.log`);
    const log = RunLog.open(settings(), "run");
    log.add("info", "a");
    await expect(log.flush()).rejects.toMatchObject({
      code: "ENOSPC",
      message: expect.stringContaining("MARC_importer.log: ENOSPC"),
    });
    log.add("info", "b");
    await expect(log.close()).rejects.toMatchObject({ code: "ENOSPC" });
  });
});
