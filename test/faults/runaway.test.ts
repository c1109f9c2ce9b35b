import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunFolder } from "../support/run-harness.js";
import { confOf, marc } from "./jobs.js";

const CHILD = join(import.meta.dirname, "runaway-child.mjs");
/** Milliseconds that a rule may work on one record here. */
const PATIENCE = 1000;

let folder: RunFolder;
/** Its rule makes a hundred letters of each, again and again. */
let growing: RunFolder;
beforeAll(() => {
  const conf = confOf({ source: "test", policy: "KEEP_ALL" });
  folder = new RunFolder(conf.replace('"245 * * a"', '"245 * * a /(a+)+$/b/"'));
  folder.write("other.conf", conf);
  const records = [
    marc({ id: "short", title: "aaa" }),
    marc({ id: "endless", title: `${"a".repeat(60)}!` }),
    marc({ id: "last", title: "Last" }),
  ];
  folder.write("in.mrc", Buffer.concat(records));
  const chain = Array.from({ length: 8 }, () => `/a/${"a".repeat(100)}/g`).join(",");
  growing = new RunFolder(conf.replace('"245 * * a"', `"245 * * a ${chain}"`));
  growing.write("other.conf", conf);
  growing.write("in.mrc", Buffer.concat([marc({ id: "1", title: "b" }), ...records]));
});
afterAll(() => {
  folder.remove();
  growing.remove();
});

function run(
  where: string,
  command: string,
  path = folder.path,
  patience = PATIENCE,
): Promise<{ status: number | null; told: string }> {
  const args = [CHILD, path, String(patience), where, command];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  child.stdout.on("data", (text) => {
    told += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, told }));
  });
}

describe.concurrent("a substitution that does not come to an end on a record", () => {
  it.each([
    ["thread", "import"],
    ["thread", "explain"],
    ["thread", "compare"],
    ["thread", "check"],
    ["here", "import"],
    ["here", "explain"],
    ["here", "compare"],
    ["here", "check"],
  ])("is named and ends with 5, read %s: %s", async (where, command) => {
    const { status, told } = await run(where, command);
    expect(told).toMatch(
      /job\.conf:\d+: main does not come to an end on .*in\.mrc record 2 \("245 \* \* a /,
    );
    expect(status).toBe(5);
  });
});

describe.concurrent("a substitution that lets a text grow without measure", () => {
  it.each([
    ["thread", "import"],
    ["here", "import"],
    ["thread", "explain"],
    ["here", "check"],
  ])("is named and ends with 5, read %s: %s", async (where, command) => {
    const { status, told } = await run(where, command, growing.path, 60_000);
    expect(told).toMatch(
      /job\.conf:\d+: main lets texts grow by more than 1,048,576 characters on .*in\.mrc record 2 \(/,
    );
    expect(status).toBe(5);
  });
});
