import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toXml } from "../support/plain-record.js";
import { RunFolder } from "../support/run-harness.js";
import { confOf, damaged, FILES, incoming, marc, prepare } from "./jobs.js";
import { start, until } from "./program.js";
import { differences, type WholeState, wholeState } from "./whole-state.js";

let folder: RunFolder;
let straight: WholeState;
afterEach(() => folder.remove());

const file = (name: string) => join(folder.path, name);

/** A signal after so many portions, each of them a batch. */
function signalAfter(portions: number): () => NodeJS.Signals | null {
  let asked = 0;
  return () => (++asked >= portions ? "SIGTERM" : null);
}

function stopAfter(portions: number, files: readonly string[] = FILES) {
  return folder.import(files, {}, { stopSignal: signalAfter(portions) });
}

const titles = () =>
  folder.with((store) => store.db.prepare("SELECT title FROM record_info").pluck().all());

async function mustRefuse(exitStatus: number, message: RegExp, files: readonly string[] = FILES) {
  const before = wholeState(folder.path, null);
  await expect(folder.import(files, { resume: true })).rejects.toMatchObject({
    exitStatus,
    message: expect.stringMatching(message),
  });
  expect(differences(before, wholeState(folder.path, null))).toEqual([]);
}

describe("a run that was stopped by a signal", () => {
  beforeEach(async () => {
    folder = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
    await prepare(folder);
  });

  async function straightState(): Promise<WholeState> {
    const other = new RunFolder(confOf({ source: "test", policy: "MERGE" }));
    await prepare(other);
    const { summary } = await other.import(FILES);
    const state = wholeState(other.path, summary.rejectsFile);
    other.remove();
    return state;
  }

  it("says where it stands, and goes on there however often it is stopped", async () => {
    straight = await straightState();
    const first = await stopAfter(2);
    expect(first.summary).toMatchObject({ status: "interrupted", exitStatus: 143 });
    expect(first.failure?.message).toBe("stopped by SIGTERM; 6 records are done and safe");
    expect(first.failure?.advice).toContain("--resume");
    for (let stops = 0; stops < 3; stops++) {
      const stopSignal = signalAfter(2);
      const { summary } = await folder.import(FILES, { resume: true }, { stopSignal });
      expect(summary).toMatchObject({ run: first.summary.run, status: "interrupted" });
    }
    const { summary } = await folder.import(FILES, { resume: true });
    expect(summary.run).toBe(first.summary.run);
    expect(differences(straight, wholeState(folder.path, summary.rejectsFile))).toEqual([]);
  });

  it("is stopped in its last batch, and has nothing left to do", async () => {
    straight = await straightState();
    const { summary } = await stopAfter(13);
    expect(summary.totals.recordsRead).toBe(33);
    const resumed = await folder.import(FILES, { resume: true });
    expect(resumed.summary).toMatchObject({ run: summary.run, status: "done", exitStatus: 1 });
    expect(differences(straight, wholeState(folder.path, summary.rejectsFile))).toEqual([]);
  });

  it("goes on with another run of the same job in between", async () => {
    const { summary } = await stopAfter(3);
    folder.write("other.mrc", marc({ id: "other", title: "Other" }));
    await folder.import(["other.mrc"]);
    const resumed = await folder.import(FILES, { resume: true });
    expect(resumed.summary).toMatchObject({ run: summary.run, status: "done" });
    expect(resumed.summary.totals.recordsRead).toBe(33);
  });

  it("begins anew where nothing is unfinished", async () => {
    const done = await folder.import(FILES);
    const again = await folder.import(FILES, { resume: true });
    expect(again.summary.run).not.toBe(done.summary.run);
    expect(again.summary.totals.recordsRead).toBe(33);
  });

  it("is not taken for one over other files", async () => {
    await stopAfter(3);
    folder.write("other.mrc", marc({ id: "other", title: "Other" }));
    await mustRefuse(2, /was reading .*first\.mrc, .*second\.mrc, not .*other\.mrc/, ["other.mrc"]);
  });

  it("does not go on by other rules", async () => {
    await stopAfter(3);
    const conf = readFileSync(file("job.conf"), "utf8").replace("260 * * b", "264 * * b");
    folder.write("job.conf", conf);
    await mustRefuse(2, /the configuration, or the program, has changed/);
  });

  it.each([
    ["policy", "duplicate_policy = MERGE", "duplicate_policy = KEEP_ANY"],
    ["match method", "match_method = EXACT_TITLE", "match_method = FUZZY_TITLE"],
    ["order of sources", 'priority_list = "test,low"', 'priority_list = "low,test"'],
  ])("does not go on by another %s", async (_what, before, after) => {
    await stopAfter(3);
    folder.write("job.conf", readFileSync(file("job.conf"), "utf8").replace(before, after));
    await mustRefuse(2, /the configuration, or the program, has changed/);
  });

  it("is not resumed as a full load when another run of the source has come between", async () => {
    const stopped = await folder.import(FILES, { fullLoad: true }, { stopSignal: signalAfter(3) });
    folder.write("other.mrc", marc({ id: "own0", title: "Own 0", subject: "Corrected" }));
    const between = await folder.import(["other.mrc"]);
    const resumed = folder.import(FILES, { fullLoad: true, resume: true });
    await expect(resumed).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringContaining(
        `run ${between.summary.run} (import) has come since run ${stopped.summary.run} stopped`,
      ),
    });
    await folder.import(FILES, { resume: true });
  });

  it.each([
    ["the bytes", ".mrc", /rejects\.mrc holds 0 bytes, but 40 were written/],
    ["the reasons", ".jsonl", /rejects\.jsonl holds 0 bytes, but \d+ were written/],
  ])("needs the reject files as they were, %s", async (_what, end, message) => {
    const { summary } = await stopAfter(4);
    rmSync((summary.rejectsFile ?? "").replace(".mrc", end));
    await mustRefuse(2, message);
  });

  it("reads what was added to the file that it was reading", async () => {
    await stopAfter(2, ["first.mrc"]);
    appendFileSync(file("first.mrc"), marc({ id: "added", title: "Added" }));
    const { summary } = await folder.import(["first.mrc"], { resume: true });
    expect(summary.totals.recordsRead).toBe(20);
    expect(titles()).toContain("Added");
    const known = folder.with((store) => {
      const [last] = store.runs.list().slice(-1);
      return store.runs.importedBefore("test", store.runs.files(last.runId)[0].fingerprint);
    });
    expect(known?.run, "the file is known as it was read").toBe(summary.run);
  });

  it("refuses a file that was cut short before the checkpoint", async () => {
    await stopAfter(4);
    truncateSync(file("first.mrc"), 100);
    await mustRefuse(3, /first\.mrc has changed since run .* stopped at byte \d+/);
  });

  it("refuses a file that was replaced, even by one that begins alike", async () => {
    await stopAfter(4);
    const bytes = readFileSync(file("first.mrc"));
    bytes.write("Other", bytes.indexOf("New 3"));
    writeFileSync(file("first.mrc"), bytes);
    await mustRefuse(3, /first\.mrc has changed/);
  });

  it("refuses when a file that it had finished has grown", async () => {
    const { summary } = await stopAfter(10);
    expect(summary.files.map(({ recordsRead }) => recordsRead)).toEqual([19, 6]);
    appendFileSync(file("first.mrc"), marc({ id: "added", title: "Added" }));
    await mustRefuse(3, /first\.mrc has changed/);
  });

  it("takes a file that it had not begun as it is now", async () => {
    await stopAfter(3);
    writeFileSync(file("second.mrc"), marc({ id: "whole", title: "New file" }));
    const { summary } = await folder.import(FILES, { resume: true });
    expect(summary.totals.recordsRead).toBe(20);
    expect(titles()).toContain("New file");
  });

  it("counts its deletions on", async () => {
    const limited = (limit: number) =>
      folder.write(
        "job.conf",
        confOf({ source: "test", policy: "MERGE" }).replace(
          "max_deletes = 1000",
          `max_deletes = ${limit}`,
        ),
      );
    limited(2);
    const stopped = await folder.import(FILES);
    expect(stopped.failure).toMatchObject({ exitStatus: 5 });
    expect(stopped.failure?.message).toMatch(
      /max_deletes allows 2 deletions.*second\.mrc record 9/,
    );
    const again = await folder.import(FILES, { resume: true });
    expect(again.failure, "the limit is that of the whole run").toMatchObject({ exitStatus: 5 });
    limited(3);
    const { summary } = await folder.import(FILES, { resume: true });
    expect(summary).toMatchObject({ run: stopped.summary.run, exitStatus: 1 });
    expect(summary.totals.outcomes.deleted).toBe(3);
  });

  it("counts its rejects on", async () => {
    const stopped = await folder.import(FILES, { maxRejects: 1 });
    expect(stopped.failure).toMatchObject({ exitStatus: 5 });
    expect(readFileSync(stopped.summary.rejectsFile ?? "")).toEqual(damaged(1));
    const again = await folder.import(FILES, { maxRejects: 2, resume: true });
    expect(again.failure).toMatchObject({ exitStatus: 5 });
    const { summary } = await folder.import(FILES, { maxRejects: 4, resume: true });
    expect(summary.totals.outcomes.rejected).toBe(4);
    const all = Buffer.concat([damaged(1), damaged(2), damaged(3), damaged(4)]);
    expect(readFileSync(summary.rejectsFile ?? "")).toEqual(all);
  });
});

describe("a file of another form", () => {
  beforeEach(() => {
    folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
  });

  it("is unzipped up to the checkpoint", async () => {
    folder.write("in.mrc.gz", gzipSync(incoming().first));
    await stopAfter(3, ["in.mrc.gz"]);
    const { summary } = await folder.import(["in.mrc.gz"], { resume: true });
    expect(summary.totals.recordsRead).toBe(19);
    expect(folder.with((store) => store.rows.find("test", "dup4"))).not.toBeNull();
  });

  it("must not change at all while it is zipped", async () => {
    folder.write("in.mrc.gz", gzipSync(incoming().first));
    await stopAfter(3, ["in.mrc.gz"]);
    const more = Buffer.concat([incoming().first, marc({ id: "added", title: "Added" })]);
    folder.write("in.mrc.gz", gzipSync(more));
    await mustRefuse(3, /in\.mrc\.gz has changed/, ["in.mrc.gz"]);
  });

  const ZIPPED = ["a.gz", "b.gz"];
  const zip = (name: string, records: Buffer) => folder.write(name, gzipSync(records));

  it("may be one of several: one that is finished must not change, the next one may", async () => {
    zip("a.gz", incoming().first);
    zip("b.gz", incoming().second);
    const { summary } = await stopAfter(9, ZIPPED);
    expect(summary.files.map(({ recordsRead }) => recordsRead)).toEqual([19, 3]);
    zip("a.gz", Buffer.concat([incoming().first, marc({ id: "added", title: "Added" })]));
    await mustRefuse(3, /a\.gz has changed/, ZIPPED);
    zip("a.gz", incoming().first);
    zip("b.gz", incoming().second.subarray(0, 100));
    await mustRefuse(3, /b\.gz has changed/, ZIPPED);
    zip("b.gz", incoming().second);
    const resumed = await folder.import(ZIPPED, { resume: true });
    expect(resumed.summary).toMatchObject({ run: summary.run, totals: { recordsRead: 33 } });
  });

  it("is taken as it is now as long as it was not begun", async () => {
    zip("a.gz", incoming().first);
    zip("b.gz", incoming().second);
    await stopAfter(3, ZIPPED);
    zip("b.gz", marc({ id: "whole", title: "New file" }));
    const { summary } = await folder.import(ZIPPED, { resume: true });
    expect(summary).toMatchObject({ status: "done", totals: { recordsRead: 20 } });
  });

  it("must still be there", async () => {
    folder.write("a.mrc", incoming().first);
    folder.write("b.mrc", incoming().second);
    await stopAfter(9, ["a.mrc", "b.mrc"]);
    rmSync(file("a.mrc"));
    await mustRefuse(3, /M006 .*a\.mrc: there is no such file/, ["a.mrc", "b.mrc"]);
  });

  it("cannot be resumed if it is standard input; from the start the rows are the same", async () => {
    const records = Array.from({ length: 150 }, (_, i) =>
      marc({ id: `id${i}`, title: `Title ${i}`, publisher: "x".repeat(9000) }),
    );
    const first = start(folder.path, ["job.conf", "-"]);
    first.process.stdin?.write(Buffer.concat(records));
    await until(() => existsSync(file("ivia.sqlite")) && isAnyCommitted());
    first.process.kill("SIGTERM");
    expect((await first.end).status).toBe(143);
    const piped = (...args: string[]) => {
      const next = start(folder.path, ["job.conf", "-", ...args]);
      next.process.stdin?.end(Buffer.concat(records));
      return next.end;
    };
    expect(await piped("--resume")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("standard input cannot be read again"),
    });
    expect((await piped()).status).toBe(0);
    expect(titles()).toHaveLength(150);
  });

  /** Whether another program sees rows. */
  function isAnyCommitted(): boolean {
    try {
      return titles().length > 0;
    } catch {
      return false; // The tables are being made.
    }
  }

  it("is read on in the encoding that the head of the XML declares", async () => {
    const records = Array.from({ length: 9 }, (_, i) => {
      const subfields: [string, string][] = [["a", `Größe ${i}`]];
      const fields = [
        { tag: "001", text: `x${i}` },
        { tag: "245", indicator1: "1", indicator2: "0", subfields },
      ];
      return toXml({ leader: "00000nam a2200000 a 4500", fields });
    });
    const head = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<collection>\n';
    const xml = `${head}${records.join("\n")}\n</collection>\n`;
    folder.write("in.xml", Buffer.from(xml, "latin1"));
    await stopAfter(2, ["in.xml"]);
    await folder.import(["in.xml"], { resume: true });
    expect(titles()).toEqual(Array.from({ length: 9 }, (_, i) => `Größe ${i}`));
  });

  it.each([
    [
      "UTF-16",
      Buffer.from('\ufeff<?xml version="1.0"?><collection><record/></collection>', "utf16le"),
    ],
    [
      "an encoding that is not read",
      Buffer.from(
        '<?xml version="1.0" encoding="EBCDIC-US"?><collection><record><controlfield tag="001">a</controlfield></record></collection>',
      ),
    ],
  ])("is refused as input: %s", async (_, bytes) => {
    folder.write("in.xml", bytes);
    const refusal = await folder.import(["in.xml"], { format: "marcxml" }).then(
      ({ failure }) => failure,
      (error) => error,
    );
    expect(refusal).toMatchObject({
      exitStatus: 3,
      message: expect.stringContaining("M709"),
    });
  });
});
