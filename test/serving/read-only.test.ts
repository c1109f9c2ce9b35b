/** `serve` and `want` beside the files of the database: they write none of them. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { temporaryFolder } from "../support/import-harness.js";
import { ASK, HELD, makeDesk, ROOT, recordsWith, Served, UNKNOWN } from "./served.js";

const NEW = "9780306406157";
/** The lines of a list, and what `want` says of each. */
const LINES = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? [HELD, "0"] : [UNKNOWN, "1"]));
/** The bits of an open file that say whether it may be read, written or both. */
const ACCESS_MODE = 3;
const DESCRIPTORS = "/proc/self/fdinfo";

describe("who asks a database", () => {
  const folder = temporaryFolder();
  const conf = join(folder.path, "desk.conf");
  const database = join(folder.path, "desk.sqlite");
  const list = join(folder.path, "list.txt");
  let served: Served;

  beforeAll(async () => {
    await makeDesk(folder.path);
    served = await Served.start(conf);
    writeFileSync(list, LINES.map(([isbn]) => `${isbn}\n`).join(""));
  }, 60_000);

  afterAll(async () => {
    await served.stop();
    folder.remove();
  });

  /** The database and its log: what stands in them, and when they were written last. */
  const files = () =>
    [database, `${database}-wal`].map((path) => {
      if (!existsSync(path)) return null;
      const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
      return { path, digest, written: statSync(path).mtimeMs };
    });
  const names = () => readdirSync(folder.path).sort();

  const RIGHT: readonly (readonly [path: string, in_the_answer: string])[] = [
    [`${ASK}?isbn=${HELD}&debug=true`, '"response":0'],
    [`${ASK}?isbn=${UNKNOWN}`, '"response":1'],
    [`${ASK}?isbn=%00`, '"response":-1'],
    [`/?isbn=${HELD}`, "Not needed"],
    ["/healthz", '"ok"'],
  ];

  const askAll = async () => {
    const asked = [...Array(20)].flatMap(() => RIGHT);
    const answers = await Promise.all(asked.map(([path]) => served.get(path)));
    const wrong = answers.filter(
      ({ status, text }, i) => status !== 200 || !text.includes(asked[i][1]),
    );
    expect(wrong).toEqual([]);
    const { out } = await commandIn(folder.path, "want", conf, "--file", list, "--format", "tsv");
    expect(out.split("\n").map((row) => row.split("\t")[2])).toEqual(LINES.map(([, told]) => told));
  };

  it("leaves the files as they are", async () => {
    await askAll();
    const before = { files: files(), names: names() };
    await askAll();
    expect({ files: files(), names: names() }).toEqual(before);
  }, 30_000);

  it("answers rightly all through an import, and leaves what it left, pages in the log included", async () => {
    const many = join(folder.path, "many.json");
    writeFileSync(many, recordsWith(NEW, 1500));
    const args = [conf, many, "--set", "Database.batch_size=200"];
    const importing = spawn(join(ROOT, "bin/MARC_import"), args, { stdio: "ignore" });
    const ended = once(importing, "exit");
    let rounds = 0;
    for (; importing.exitCode === null; rounds++) await askAll();
    expect((await ended)[0]).toBe(0);
    expect(rounds).toBeGreaterThan(0);
    const before = { files: files(), names: names() };
    expect(before.files[1]).not.toBeNull();
    await askAll();
    expect({ files: files(), names: names() }).toEqual(before);
    const { text } = await served.get(`${ASK}?isbn=${NEW}`);
    expect(JSON.parse(text)).toMatchObject({ response: 0 });
  }, 60_000);

  // Linux tells how a process has opened a file. (The log is opened to be written by whoever reads it.)
  it.runIf(existsSync(DESCRIPTORS))("has the database open for reading alone", () => {
    const { pid } = served.process;
    // Those of connections come and go meanwhile.
    const target = (one: string) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${one}`);
      } catch {
        return "";
      }
    };
    const descriptors = readdirSync(`/proc/${pid}/fd`).filter((one) => target(one) === database);
    const flags = descriptors.map((one) => {
      const told = readFileSync(`/proc/${pid}/fdinfo/${one}`, "utf8");
      return Number.parseInt(/flags:\s*(\d+)/.exec(told)?.[1] ?? "", 8);
    });
    expect(flags.length).toBeGreaterThan(0);
    expect(flags.map((one) => one & ACCESS_MODE)).toEqual(flags.map(() => constants.O_RDONLY));
  });
});
