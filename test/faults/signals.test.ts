import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { RunFolder } from "../support/run-harness.js";
import { committedRows, confOf, LOOK, longRecords } from "./jobs.js";
import { listening, start, until } from "./program.js";

const BIN = join(import.meta.dirname, "../../bin/MARC_import");

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
});
afterEach(() => folder.remove());

const rows = () => committedRows(folder);

const status = () =>
  folder.with((store) => {
    expect(store.db.pragma("integrity_check", { simple: true })).toBe("ok");
    const [run] = store.runs.list().slice(-1);
    return { status: run.status, exitStatus: run.exitStatus, holder: store.leaseHolder() };
  });

describe("a signal", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("ends a run in its middle after a checkpoint: %s", async (signal, exitStatus) => {
    const { process: program, end } = start(folder.path, ["job.conf", "-"]);
    program.stdin?.write(longRecords(0, LOOK));
    await until(() => rows() > 0);
    program.kill(signal);
    const ended = await end;
    expect(ended).toMatchObject({ status: exitStatus, stdout: "" });
    expect(ended.stderr).toMatch(
      new RegExp(`stopped by ${signal}; \\d+ records are done and safe`),
    );
    expect(status()).toEqual({ status: "interrupted", exitStatus, holder: null });
  });

  it("ends a run that waits for its first bytes", async () => {
    const running = start(folder.path, ["job.conf", "-"]);
    running.process.stdin?.write(longRecords(0, 1));
    await listening(running);
    running.process.kill("SIGTERM");
    const ended = await running.end;
    expect(ended.status).toBe(143);
    expect(ended.stderr).toContain("stopped by SIGTERM; nothing was begun");
    expect(existsSync(join(folder.path, "ivia.sqlite"))).toBe(false);
  });

  it("ends a run whose records are all in, before it has heard that there are no more", async () => {
    const { process: program, end } = start(folder.path, ["job.conf", "-"]);
    program.stdin?.write(longRecords(0, LOOK));
    await until(() => rows() === LOOK);
    program.kill("SIGTERM");
    const ended = await end;
    expect(ended.status).toBe(143);
    expect(ended.stderr).toContain(`stopped by SIGTERM; ${LOOK} records are done and safe`);
    folder.write("in.mrc", longRecords(0, LOOK));
    const { summary } = await folder.import(["in.mrc"]);
    expect(summary.totals.outcomes).toMatchObject({ created: 0, unchanged: LOOK });
  });

  it("in the last batch of a file comes too late or ends the run: nothing is lost in either case", async () => {
    // It comes while the database is locked; whether it is heard before the run ends is not settled.
    folder.write("in.mrc", longRecords(0, 2));
    folder.write("one.mrc", longRecords(99, 99 + 1));
    await folder.import(["one.mrc"]);
    const blocker = new SqliteDatabase(join(folder.path, "ivia.sqlite"));
    blocker.exec("BEGIN IMMEDIATE");
    const running = start(folder.path, ["job.conf", "in.mrc"]);
    await listening(running);
    running.process.kill("SIGTERM");
    blocker.exec("ROLLBACK");
    blocker.close();
    const { status: exitStatus, stderr } = await running.end;
    expect([0, 143]).toContain(exitStatus);
    const stopped =
      /^MARC_import: stopped by SIGTERM; (nothing was begun|2 records are done and safe)/;
    expect(stderr).toMatch(exitStatus === 0 ? /^$/ : stopped);
    const again = await start(folder.path, ["--resume", "job.conf", "in.mrc"]).end;
    expect(again.status, again.stderr).toBe(0);
    expect(folder.with((store) => store.rows.find("test", "id1"))).not.toBeNull();
  });

  it("that comes twice ends it at once, and the run can be resumed", async () => {
    folder.write("in.mrc", longRecords(0, LOOK + 20));
    const blocker = new SqliteDatabase(join(folder.path, "ivia.sqlite"));
    const { process: program, end } = start(folder.path, ["job.conf", "-"]);
    program.stdin?.write(longRecords(0, LOOK));
    await until(() => rows() > 0);
    // It cannot commit, so that the first signal alone does not end it.
    blocker.exec("BEGIN IMMEDIATE");
    program.stdin?.write(longRecords(LOOK, LOOK + 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    blocker.exec("ROLLBACK");
    program.kill("SIGINT");
    program.kill("SIGINT");
    const ended = await end;
    expect([ended.status, ended.signal]).toContain(ended.signal ?? 130);
    blocker.close();
    const { summary } = await folder.import(["in.mrc"]);
    expect(summary).toMatchObject({ status: "done", exitStatus: 0 });
    expect(summary.totals.outcomes.created + summary.totals.outcomes.unchanged).toBe(LOOK + 20);
  });

  it("ends waiting for another run", async () => {
    const first = start(folder.path, ["job.conf", "-"]);
    first.process.stdin?.write(longRecords(0, LOOK));
    await until(() => rows() > 0);
    folder.write("in.mrc", longRecords(1, 2));
    const second = start(folder.path, ["job.conf", "in.mrc", "--wait", "600"]);
    await listening(second);
    second.process.kill("SIGTERM");
    const ended = await second.end;
    expect(ended.status).toBe(143);
    first.process.stdin?.end();
    expect((await first.end).status).toBe(0);
  });
});

describe("a pipe that is silent", () => {
  it("keeps nobody from writing: what is there by then is committed, however large a batch may be", async () => {
    const conf = confOf({ source: "test", policy: "KEEP_ALL" });
    folder.write("job.conf", conf.replace("batch_size = 3", "batch_size = 100000"));
    const { process: program, end } = start(folder.path, ["job.conf", "-"]);
    program.stdin?.write(longRecords(0, 300));
    await until(() => rows() > 0);
    const other = new SqliteDatabase(join(folder.path, "ivia.sqlite"), { timeout: 0 });
    other.exec("INSERT INTO record_info (title) VALUES ('By hand')");
    other.close();
    program.stdin?.end(longRecords(300, 310));
    expect((await end).status).toBe(0);
    const count = "SELECT count(*) FROM record_info";
    expect(folder.with((store) => store.db.prepare(count).pluck().get())).toBe(311);
  });
});

describe("output that nobody reads", () => {
  beforeEach(() => {
    folder.write("in.mrc", longRecords(0, 20));
  });

  it.each([
    ["standard error is closed", "2>&-"],
    ["standard output is closed", ">&-"],
    ["both and the input are closed", "<&- >&- 2>&-"],
    ["standard error goes to a full disk", "--progress 2>/dev/full"],
    ["nobody reads standard error", "2> >(true)"],
    ["nobody reads the progress line", "--progress 2> >(true)"],
    ["nobody reads on after a line", "--progress 2>&1 | head -c 1 >/dev/null; exit $PIPESTATUS"],
  ])("never stops an import: %s", (_, redirection) => {
    const line = `'${process.execPath}' '${BIN}' job.conf in.mrc ${redirection}`;
    const { status: exitStatus } = spawnSync("bash", ["-c", line], { cwd: folder.path });
    expect(exitStatus).toBe(0);
    expect(status()).toEqual({ status: "done", exitStatus: 0, holder: null });
  });
});
