/** Records that are surely new: written without being considered, and as if they had been. */

import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Decisions } from "../../src/deciding/decisions.js";
import { undoRun } from "../../src/running/undo.js";
import { differences, type WholeState, wholeState } from "../faults/whole-state.js";
import { iso } from "../support/marc-builder.js";
import { otherProgram } from "../support/other-program.js";
import { packedIn } from "../support/packed-feed.js";
import { RunFolder } from "../support/run-harness.js";

interface Job {
  readonly policy: string;
  readonly methods: string;
  readonly batch: number;
  /** Records of a portion, null for as many as are asked for. */
  readonly portion: number | null;
  readonly keep: boolean;
  readonly verbosity: number;
}

const JOB: Job = {
  policy: "KEEP_ALL",
  methods: "EXACT_TITLE",
  batch: 3,
  portion: null,
  keep: false,
  verbosity: 0,
};

function confOf({ policy, methods, batch, keep, verbosity }: Job): string {
  return `[Logging]
verbosity = ${verbosity}
[Database]
batch_size = ${batch}
keep_records = ${keep}
[Settings]
foreign_source = "vendor"
max_deletes = 1000
[Duplicates]
match_method = "${methods}"
duplicate_policy = ${policy}
${methods === "DESCRIPTION" ? "strict = true" : ""}
[title]
main = "245 * * a"
[creators]
main = "100 * * a"
[publication_date]
all = "260 * * c"
[isbn]
all = "020 * * a"
[url]
main = "856 4 0 u"
fallback_pattern = "http://example.org/CONTROL_NO"
[subjects]
all = "650 * * a"
`;
}

interface Made {
  readonly id: string;
  readonly title: string;
  readonly isbn?: string | null;
  readonly url?: string | null;
  readonly subject?: string | null;
  readonly isMarc8?: boolean;
  readonly deleted?: boolean;
}

function bytesOf({ id, title, isbn, url, subject, isMarc8, deleted }: Made): Buffer {
  const status = deleted ? "d" : "n";
  return iso({
    leader: `00000${status}am ${isMarc8 ? " " : "a"}2200000 a 4500`,
    fields: [
      ...(id === "" ? [] : [["001", id] as const]),
      ...(isbn ? [["020", "  ", `a${isbn}`] as const] : []),
      ["100", "1 ", "aDoe, Jane"],
      ["245", "10", `a${title}`],
      ["260", "  ", "c1999"],
      ...(subject ? [["650", " 0", `a${subject}`] as const] : []),
      ...(url ? [["856", "40", `u${url}`] as const] : []),
    ],
  });
}

/** A valid ISBN of its own for each number below 100,000. */
function isbnOf(of: number): string {
  const digits = `9780306${String(of).padStart(5, "0")}`;
  const sum = [...digits].reduce(
    (all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** As seldom the same as they can be. */
const number = fc.noBias(fc.nat(99_999));
const unique = (prefix: string) => number.map((of) => `${prefix} ${of}`);
const made: fc.Arbitrary<Made> = fc.record({
  id: fc.oneof(
    { weight: 9, arbitrary: unique("id") },
    fc.constantFrom("", "same", "other", "ид", "id\u00e9"),
  ),
  title: fc.oneof(
    { weight: 6, arbitrary: unique("Title") },
    unique("Заглавие"),
    unique("Tit\u00e9le"),
    fc.constantFrom("", "Botany", "botany!", "Zoölogy", "題名", "..."),
  ),
  isbn: fc.option(
    fc.oneof(
      { weight: 6, arbitrary: number.map(isbnOf) },
      fc.constantFrom("9780306406157", "0306406152", "wrong"),
    ),
    { freq: 2 },
  ),
  url: fc.option(
    fc.oneof(
      { weight: 6, arbitrary: number.map((of) => `http://example.org/${of}`) },
      fc.constantFrom("http://example.org/1", "http://www.example.org/1"),
    ),
  ),
  subject: fc.option(fc.constantFrom("Plants", "Растения", "x".repeat(300))),
  isMarc8: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
  deleted: fc.integer({ min: 0, max: 19 }).map((dice) => dice === 0),
});
const job: fc.Arbitrary<Job> = fc.record({
  policy: fc.constantFrom("KEEP_ALL", "MERGE", "KEEP_ANY", "REPLACE", "KEEP_HIGHER", "UPDATE_ONLY"),
  methods: fc.constantFrom(
    "NONE",
    "EXACT_TITLE",
    "FUZZY_TITLE",
    "ISBN,FUZZY_TITLE",
    "EXACT_URL",
    "FUZZY_URL,TITLE_AUTHOR_YEAR",
    "DESCRIPTION",
  ),
  batch: fc.constantFrom(1, 4, 9, 1000),
  portion: fc.constantFrom(null, 2, 7),
  keep: fc.boolean(),
  verbosity: fc.constantFrom(0, 0, 2, 4),
});

/** The log of the only run, without its times and place. */
function logOf(folder: RunFolder): string {
  const logs = readdirSync(folder.path, { recursive: true, encoding: "utf8" });
  const log = logs.filter((name) => name.endsWith(".log")).sort();
  return log
    .map((name) => readFileSync(join(folder.path, name), "utf8"))
    .join("")
    .replaceAll(folder.path, "FOLDER")
    .replace(/\d{8}T\d{6}Z-[0-9a-f]+/g, "RUN")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "TIME")
    .replace(/[\d.,]+ (s|ms|seconds|records\/s)\b/g, "SPEED");
}

interface Ended {
  readonly totals: unknown;
  readonly failure: string | undefined;
  readonly state: WholeState;
  readonly log: string;
}

async function ended(
  folder: RunFolder,
  files: readonly string[],
  considersAll: boolean,
  options = {},
): Promise<Ended> {
  const { summary, failure } = await folder.import(files, options, { considersAll });
  return {
    totals: summary.totals,
    failure: failure?.message.replaceAll(folder.path, "FOLDER"),
    state: wholeState(folder.path, summary.rejectsFile),
    log: logOf(folder),
  };
}

/** Both ways must leave the same behind. */
function mustAgree(one: Ended, other: Ended): void {
  expect(differences(one.state, other.state)).toEqual([]);
  expect(one.totals).toEqual(other.totals);
  expect(one.failure).toEqual(other.failure);
  expect(one.log).toEqual(other.log);
}

let folders: RunFolder[] = [];
beforeEach(() => {
  folders = [];
});
afterEach(() => {
  for (const folder of folders) folder.remove();
  vi.restoreAllMocks();
});

function folderOf(
  conf: string,
  files: Readonly<Record<string, Buffer>>,
  portion: number | null = null,
): RunFolder {
  const folder = new RunFolder(conf, packedIn(portion));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(files)) folder.write(name, bytes);
  return folder;
}

/** As if the process that holds the lease were no more. */
function leaveLease(folder: RunFolder): void {
  otherProgram(join(folder.path, "ivia.sqlite"), (db) => db.exec("DELETE FROM import_lease"));
}

describe("records that are surely new", () => {
  it("leave the same behind as records that are considered", async () => {
    const written = vi.spyOn(Decisions.prototype, "createNew");
    const options = fc.oneof(
      fc.record({
        limit: fc.constantFrom(null, null, null, 1, 7, 25),
        skip: fc.constantFrom(0, 0, 3),
        atomic: fc.boolean(),
      }),
      fc.record({ fullLoad: fc.constant(true), atomic: fc.boolean() }),
    );
    const lists = fc.tuple(
      fc.array(made, { minLength: 40, maxLength: 70, size: "max" }),
      fc.array(made, { minLength: 1, maxLength: 10 }),
    );
    await fc.assert(
      fc.asyncProperty(job, lists, options, async (stated, [one, two], asked) => {
        const damaged = Buffer.from("00090nam a22000xx  no directory here\x1e\x1d", "latin1");
        const first = Buffer.concat([...one.map(bytesOf), damaged]);
        const files = { "one.mrc": first, "two.mrc": Buffer.concat(two.map(bytesOf)) };
        const ends: Ended[] = [];
        for (const considersAll of [false, true]) {
          const folder = folderOf(confOf(stated), files, stated.portion);
          ends.push(await ended(folder, ["one.mrc", "two.mrc"], considersAll, asked));
          const again = { ...asked, again: true };
          ends.push(await ended(folder, ["two.mrc", "one.mrc"], considersAll, again));
        }
        const [lean, leanAgain, whole, wholeAgain] = ends;
        mustAgree(lean, whole);
        mustAgree(leanAgain, wholeAgain);
      }),
      { numRuns: 15 },
    );
    expect(written.mock.calls.length).toBeGreaterThan(20);
  }, 120_000);

  const six = ["a", "b", "c", "d", "e", "f", "g", "h"].map((id) => ({ id, title: `Title ${id}` }));
  const many = Buffer.concat(six.map(bytesOf));

  it("are considered where the log holds a line on every record, and where rows were there", async () => {
    const written = vi.spyOn(Decisions.prototype, "createNew");
    const telling = folderOf(confOf({ ...JOB, verbosity: 5 }), { "in.mrc": many });
    await telling.import(["in.mrc"]);
    const folder = folderOf(confOf(JOB), { "in.mrc": many, "one.mrc": bytesOf(six[0]) });
    await folder.import(["one.mrc"]);
    const before = written.mock.calls.length;
    await folder.import(["in.mrc"]);
    expect(written.mock.calls.length - before).toBe(0);
  });

  it("are no more once another program has written rows", async () => {
    const ends = [];
    for (const considersAll of [false, true]) {
      const folder = folderOf(confOf(JOB), { "in.mrc": many });
      let batches = 0;
      const step = (name: string) => {
        if (name !== "committed" || ++batches > 1) return;
        otherProgram(join(folder.path, "ivia.sqlite"), (db) =>
          db.exec(`INSERT INTO record_info (title, foreign_source, foreign_id)
            VALUES ('By hand', 'vendor', 'e'), ('Title g', 'else', 'g')`),
        );
      };
      const { summary } = await folder.import(["in.mrc"], {}, { step, considersAll });
      ends.push([summary.totals, wholeState(folder.path, null)]);
      expect(summary.totals.outcomes).toMatchObject({ created: 7, updated: 1 });
    }
    expect(ends[0]).toEqual(ends[1]);
  });

  it("are taken back by an undo", async () => {
    const folder = folderOf(confOf({ ...JOB, policy: "MERGE" }), { "in.mrc": many });
    const { summary } = await folder.import(["in.mrc"]);
    const config = folder.config();
    await undoRun({ config, run: summary.run, force: false, wait: 0 });
    const state = wholeState(folder.path, null);
    for (const table of ["record_info", "record_state", "match_keys"]) {
      expect(state[table], table).toBe("");
    }
  });

  it("come to the same end from what a kill leaves at any step, resumed or run again", async () => {
    const folder = folderOf(confOf(JOB), { "in.mrc": many });
    const kept = folderOf("", {});
    const names: string[] = [];
    const step = (name: string) => {
      names.push(name);
      cpSync(folder.path, join(kept.path, String(names.length)), { recursive: true });
    };
    const written = vi.spyOn(Decisions.prototype, "createNew");
    const { summary } = await folder.import(["in.mrc"], {}, { step });
    expect(written).toHaveBeenCalledTimes(six.length);
    const straight = wholeState(folder.path, summary.rejectsFile);
    for (let at = 1; at <= names.length; at++) {
      rmSync(folder.path, { recursive: true });
      cpSync(join(kept.path, String(at)), folder.path, { recursive: true });
      if (names[at - 1] === "finished") continue;
      leaveLease(folder);
      const resumed = await folder.import(["in.mrc"], { resume: true });
      const state = wholeState(folder.path, resumed.summary.rejectsFile);
      expect(differences(straight, state), `step ${at} (${names[at - 1]})`).toEqual([]);
    }
  }, 60_000);

  it("are counted and written again where their batch was taken back", async () => {
    const folder = folderOf(confOf(JOB), { "in.mrc": many });
    let count = 0;
    const step = (name: string) => {
      if (name === "before-commit" && ++count === 2) throw new Error("no room");
    };
    const broken = await folder.import(["in.mrc"], {}, { step }).catch((error: unknown) => error);
    expect(broken).toBeTruthy();
    const rows = () =>
      otherProgram(join(folder.path, "ivia.sqlite"), (db) =>
        ["record_info", "changes", "record_state"].map((table) =>
          db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
        ),
      );
    expect(rows()).toEqual([3, 3, 3]);
    await folder.import(["in.mrc"], { resume: true });
    expect(rows()).toEqual([8, 8, 8]);
  });
});
