/** etc/nightly/import-folder.sh with a program that ends as it is told, and with the real one. */

import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { confOf, damaged, marc } from "../faults/jobs.js";
import { until } from "../faults/program.js";
import { RunFolder } from "../support/run-harness.js";

const SCRIPT = resolve(import.meta.dirname, "../../etc/nightly/import-folder.sh");

/** Ends with the number in the file's name; with `--resume` with the one behind it, if there is one. */
const FAKE = `#!/bin/sh
[ "$1" != --version ] || exec cat version
for file do :; done
echo "$*" >> calls
name=$(basename "$file")
status=$(expr "$name" : '[^0-9]*\\([0-9]*\\)')
other=$(expr "$name" : '[^0-9]*[0-9]*-\\([0-9]*\\)')
case "$*" in *--resume*) [ -z "$other" ] || status=$other ;; esac
[ "\${status:-0}" -eq 0 ] || echo "fake says \${status} of $name" >&2
[ ! -e slow ] || { touch begun; while [ -e slow ]; do sleep 0.05; done; }
case $name in *gone*) rm "$file" ;; esac
exit "\${status:-0}"
`;

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
  chmodSync(folder.write("fake", FAKE), 0o755);
  folder.write("version", "1");
  for (const name of ["in", "done"]) mkdirSync(join(folder.path, name));
});
afterEach(() => folder.remove());

/** Lets a file arrive, an hour ago if not said otherwise. */
function arrive(name: string, content: string | Buffer = name, secondsAgo = 3600): void {
  const path = folder.write(join("in", name), content);
  const time = Date.now() / 1000 - secondsAgo;
  utimesSync(path, time, time);
}

const environment = { ...process.env, MARC_IMPORT: "./fake" } as NodeJS.ProcessEnv;

function run(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = environment,
  [incoming, finished] = ["in", "done"],
) {
  const given = [SCRIPT, "job.conf", incoming, finished, ...args];
  const { status, stdout, stderr } = spawnSync("sh", given, {
    cwd: folder.path,
    encoding: "utf8",
    env,
  });
  expect(stdout).toBe("");
  return { status, stderr };
}

const list = (name: string) => readdirSync(join(folder.path, name)).sort();
/** What the program was called with, without what is always the same. */
const calls = () =>
  existsSync(join(folder.path, "calls"))
    ? readFileSync(join(folder.path, "calls"), "utf8").trimEnd().split("\n")
    : [];

describe("a folder of files", () => {
  it("that is empty is no news", () => {
    expect(run()).toEqual({ status: 0, stderr: "" });
    expect(calls()).toEqual([]);
  });

  it("is imported in the order of the names, whatever they hold, and moved away", () => {
    const names = [
      "B.mrc",
      "a.mrc",
      "c d  e.mrc",
      "-x.mrc",
      "new\nline.mrc",
      "*.mrc",
      "'q\"$(x).mrc",
    ];
    for (const name of names) arrive(name);
    expect(run(["--wait", "600"])).toEqual({ status: 0, stderr: "" });
    expect(list("in")).toEqual([]);
    expect(list("done")).toEqual([...names].sort());
    expect(readFileSync(join(folder.path, "done/c d  e.mrc"), "utf8")).toBe("c d  e.mrc");
    const expected = [...names].sort().map((name) => `--wait 600 --resume job.conf in/${name}`);
    expect(calls().join("\n")).toBe(expected.join("\n"));
  });

  it("may hold folders, hidden files and uploads under way, which are not touched", () => {
    mkdirSync(join(folder.path, "in/folder"));
    for (const name of [".x.mrc.Ab12", "a.mrc.part", "b.tmp", "c.filepart"]) arrive(name);
    expect(run()).toEqual({ status: 0, stderr: "" });
    expect(calls()).toEqual([]);
    expect(list("in")).toHaveLength(5);
  });

  it("is told of a file that somebody writes to, which is left for the next time", () => {
    arrive("a.mrc", "a", 30);
    arrive("b.mrc");
    const { status, stderr } = run();
    expect(status).toBe(0);
    expect(stderr).toMatch(/^import-folder: in\/a\.mrc: left for the next time/);
    expect(list("in")).toEqual(["a.mrc"]);
    expect(run([], { ...environment, SETTLE_MINUTES: "0" })).toEqual({ status: 0, stderr: "" });
    expect(list("in")).toEqual([]);
  });

  it("may have a file from the future, which is told and left", () => {
    arrive("a.mrc", "a", -86_400);
    expect(run()).toMatchObject({ status: 0, stderr: expect.stringContaining("in the future") });
    expect(list("in")).toEqual(["a.mrc"]);
  });

  it("may hold a symbolic link that leads nowhere, which is told", () => {
    symlinkSync("nowhere.mrc", join(folder.path, "in/a.mrc"));
    arrive("b.mrc");
    expect(run()).toEqual({
      status: 0,
      stderr: "import-folder: in/a.mrc: the symbolic link leads nowhere\n",
    });
    expect(list("done")).toEqual(["b.mrc"]);
  });

  it("may have a name like an option", () => {
    for (const name of ["-in", "-done"]) mkdirSync(join(folder.path, name));
    writeFileSync(join(folder.path, "-in/a.mrc"), "a");
    const settled = { ...environment, SETTLE_MINUTES: "0" };
    expect(run([], settled, ["-in", "-done"])).toEqual({ status: 0, stderr: "" });
    expect(list("-done")).toEqual(["a.mrc"]);
    expect(calls()).toEqual(["--resume job.conf ./-in/a.mrc"]);
  });

  it("stays as it is where the program does not start, though Node says 1 then", () => {
    arrive("a.mrc");
    chmodSync(folder.write("fake", "#!/bin/sh\necho no program >&2\nexit 1\n"), 0o755);
    expect(run()).toEqual({
      status: 70,
      stderr: "no program\nimport-folder: ./fake does not start; nothing was imported\n",
    });
    expect(list("in")).toEqual(["a.mrc"]);
  });

  it.each(["--help", "-h", "--version", "-V"])("stays as it is with %s", (option) => {
    arrive("a.mrc");
    expect(run([option])).toMatchObject({ status: 2, stderr: expect.stringContaining(option) });
    expect(list("in")).toEqual(["a.mrc"]);
  });

  it("takes the same name again without losing the earlier file", () => {
    arrive("a.mrc", "monday");
    run();
    arrive("a.mrc", "tuesday");
    expect(run().status).toBe(0);
    const [later, first] = list("done");
    expect(first).toBe("a.mrc");
    expect(later).toMatch(/^\d{8}T\d{6}Z-a\.mrc$/);
    expect(readFileSync(join(folder.path, "done", later), "utf8")).toBe("tuesday");
  });
});

describe("an exit status", () => {
  it("of 1 is told, and the file is done", () => {
    for (const name of ["a-1.mrc", "b.mrc"]) arrive(name);
    expect(run()).toEqual({ status: 1, stderr: "fake says 1 of a-1.mrc\n" });
    expect(list("in")).toEqual([]);
  });

  it("of 1 leaves the file if nothing of it was imported, with --atomic", () => {
    for (const name of ["a-1.mrc", "b.mrc"]) arrive(name);
    const { status, stderr } = run(["--atomic"]);
    expect(status).toBe(1);
    expect(stderr).toContain("in/a-1.mrc: exit status 1; it was left there");
    expect(list("in")).toEqual(["a-1.mrc", "b.mrc"]);
  });

  it.each([2, 3, 4, 5, 6, 70, 129, 130, 137, 143])(
    "of %i leaves the file and those behind it, and is passed on",
    (status) => {
      for (const name of ["a.mrc", `b-${status}.mrc`, "c.mrc"]) arrive(name);
      const ended = run();
      expect(ended.status).toBe(status);
      expect(ended.stderr).toBe(
        `fake says ${status} of b-${status}.mrc\nimport-folder: in/b-${status}.mrc: exit status ${status}; ` +
          "it was left there, and so were the files behind it\n",
      );
      expect(list("in")).toEqual([`b-${status}.mrc`, "c.mrc"]);
      expect(list("done")).toEqual(["a.mrc"]);
    },
  );

  it.each([2, 3])("of %i where a run cannot be resumed begins it anew, silently", (status) => {
    arrive(`a-0-${status}.mrc`);
    expect(run()).toEqual({ status: 0, stderr: "" });
    expect(calls()).toEqual([
      `--resume job.conf in/a-0-${status}.mrc`,
      `job.conf in/a-0-${status}.mrc`,
    ]);
    expect(list("done")).toHaveLength(1);
  });

  it.each([0, 3])("of %i of a file that another one has moved meanwhile is no news", (status) => {
    arrive(`gone-${status}.mrc`);
    arrive("z.mrc");
    expect(run().status).toBe(0);
    expect(list("done")).toEqual(["z.mrc"]);
  });
});

describe("a signal to the script", () => {
  it("lets the import come to its end, and begins no other", async () => {
    for (const name of ["a.mrc", "b.mrc"]) arrive(name);
    folder.write("slow", "");
    const child = spawn("sh", [SCRIPT, "job.conf", "in", "done"], {
      cwd: folder.path,
      env: environment,
    });
    const end = new Promise((done) => child.on("close", done));
    await until(() => existsSync(join(folder.path, "begun")));
    child.kill("SIGTERM");
    await new Promise((done) => setTimeout(done, 100));
    expect(list("in"), "still at work").toEqual(["a.mrc", "b.mrc"]);
    spawnSync("rm", [join(folder.path, "slow")]);
    expect(await end).toBe(143);
    expect(list("in")).toEqual(["b.mrc"]);
  });
});

describe("a call that cannot be meant", () => {
  it.each([
    ["usage: import-folder.sh", ["job.conf", "in"]],
    ["nowhere: there is no such folder", ["job.conf", "nowhere", "done"]],
    ["job.conf: there is no such folder", ["job.conf", "in", "job.conf"]],
    ["--dry-run does not import", ["job.conf", "in", "done", "--wait", "1", "--dry-run"]],
    ["--limit does not import a whole file", ["job.conf", "in", "done", "--limit", "10"]],
    ["--skip=5 does not import a whole file", ["job.conf", "in", "done", "--skip=5"]],
  ])("is refused: %s", (message, args) => {
    arrive("a.mrc");
    const { status, stderr } = spawnSync("sh", [SCRIPT, ...args], {
      cwd: folder.path,
      encoding: "utf8",
      env: environment,
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
    expect(calls()).toEqual([]);
  });
});

describe("the real program", () => {
  const real = { ...process.env, MARC_IMPORT: undefined } as NodeJS.ProcessEnv;
  const records = (from: number, to: number) =>
    Buffer.concat(
      Array.from({ length: to - from }, (_, i) =>
        marc({ id: `id${from + i}`, title: `T ${from + i}` }),
      ),
    );
  const runs = () =>
    folder
      .with((store) => store.runs.list())
      .map(({ status, totals }) => [status, totals.recordsRead]);

  it("imports what is whole, tells of rejects, and stops at what is no MARC", () => {
    arrive("1 first.mrc", records(0, 5));
    arrive("2 damaged.mrc", Buffer.concat([records(5, 8), damaged(1), records(8, 10)]));
    arrive("3 page.mrc", "<!DOCTYPE html><html><body>Not found</body></html>");
    arrive("4 next.mrc", records(10, 12));
    const { status, stderr } = run([], real);
    expect(status).toBe(3);
    expect(stderr).toContain("1 of 6 records rejected");
    expect(stderr.match(/HTML/g)).toHaveLength(1);
    expect(list("in")).toEqual(["3 page.mrc", "4 next.mrc"]);
    expect(runs()).toEqual([
      ["done", 5],
      ["done", 6],
    ]);
  });

  it("goes on with a run that was interrupted, and begins anew with a file that was replaced", async () => {
    arrive("a.mrc", records(0, 9));
    let asked = 0;
    const stopSignal = () => (++asked > 2 ? ("SIGTERM" as const) : null);
    // A run is known again by its files as they were named.
    const args = [SCRIPT, "job.conf", join(folder.path, "in"), "done"];
    const again = () => spawnSync("sh", args, { cwd: folder.path, encoding: "utf8", env: real });
    const whole = { status: 0, stdout: "", stderr: "" };
    const interrupted = await folder.import(["in/a.mrc"], {}, { stopSignal });
    expect(interrupted.summary).toMatchObject({ status: "interrupted", exitStatus: 143 });
    expect(again()).toMatchObject(whole);
    // Not a second run, but the end of the first.
    expect(runs()).toEqual([["done", 9]]);

    arrive("b.mrc", records(20, 29));
    asked = 0;
    await folder.import(["in/b.mrc"], {}, { stopSignal });
    arrive("b.mrc", records(30, 39));
    expect(again()).toMatchObject(whole);
    expect(runs()).toEqual([
      ["done", 9],
      ["interrupted", expect.any(Number)],
      ["done", 9],
    ]);
    expect(list("in")).toEqual([]);
  });

  it("does not double local records where a file was replaced that a run has begun", async () => {
    folder.write("job.conf", confOf({ source: "", policy: "KEEP_ALL" }));
    arrive("a.mrc", records(0, 9));
    let asked = 0;
    const stopSignal = () => (++asked > 2 ? ("SIGTERM" as const) : null);
    const { summary } = await folder.import(["in/a.mrc"], {}, { stopSignal });
    arrive("a.mrc", records(1, 12));
    const args = [SCRIPT, "job.conf", join(folder.path, "in"), "done"];
    const again = spawnSync("sh", args, { cwd: folder.path, encoding: "utf8", env: real });
    expect(again.status).toBe(2);
    expect(again.stderr).toContain(`undo CONFIG ${summary.run}`);
    expect(list("in")).toEqual(["a.mrc"]);
  });

  it("leaves the files where another import holds the database", async () => {
    arrive("a.mrc", records(0, 2));
    await folder.import(["in/a.mrc"]);
    const store = SqliteStore.open(folder.config());
    store.takeLease("the-other-run");
    const { status, stderr } = run([], real);
    store.close();
    expect(status).toBe(4);
    expect(stderr).toContain("is held by run the-other-run");
    expect(list("in")).toEqual(["a.mrc"]);
  });

  it("makes no row twice if the file could not be moved the last time", () => {
    arrive("a.mrc", records(0, 3));
    expect(run([], real).status).toBe(0);
    const content = readFileSync(join(folder.path, "done/a.mrc"));
    writeFileSync(join(folder.path, "in/a.mrc"), content);
    expect(run([], { ...real, SETTLE_MINUTES: "0" }).status).toBe(0);
    expect(runs().length).toBe(2);
    const rows = folder.with((store) => store.rows.countOfSource("test"));
    expect(rows).toBe(3);
  });
});
