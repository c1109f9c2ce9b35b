import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_RUN_OPTIONS } from "../../src/config/job/run-options.js";
import { loadConfig } from "../../src/config/load-config.js";
import type { MarcConfig } from "../../src/config/marc/marc-mapping.js";
import { Failure } from "../../src/diagnostics/failure.js";
import { explainRecords, type Selection } from "../../src/looking/explain-file.js";
import { openInputs } from "../../src/reading/open-inputs.js";
import { localFeed } from "../../src/reading/record-feed.js";
import type { Explanation } from "../../src/report/explanation.js";
import { RunLog } from "../../src/report/run-log.js";
import { runImport } from "../../src/running/run-import.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { temporaryFolder } from "../support/import-harness.js";

const ROOT = resolve(import.meta.dirname, "../..");
const CATALOG = join(ROOT, "samples/catalog.mrc");
const VENDOR = join(ROOT, "samples/vendor.mrc");

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function configure(name: string, sets: readonly string[] = [], verbosity = 4): MarcConfig {
  const overrides = { database: "db.sqlite", logDir: "log", verbosity };
  const all = ["Logging.log_format=json", ...sets];
  return loadConfig(join(ROOT, "etc", name), { cwd: folder.path, sets: all, overrides }).config;
}

async function importFile(config: MarcConfig, file: string): Promise<void> {
  const options = DEFAULT_RUN_OPTIONS;
  const inputs = () => openInputs(config, [file], options, localFeed);
  const { failure } = await runImport({ config, command: "import", inputs, options });
  // A reject among the samples makes exit status 1.
  expect(failure?.exitStatus ?? 0).toBeLessThanOrEqual(1);
}

async function explainAll(
  config: MarcConfig,
  file: string,
  selection: Selection = { by: "all" },
  replay = false,
): Promise<Explanation[]> {
  const told: Explanation[] = [];
  const request = { config, file, format: "auto", selection, replay } as const;
  for await (const one of explainRecords(request)) told.push(one);
  return told;
}

/** What the log of the last import says of each record: number, outcome, row. */
function loggedTreatments(config: MarcConfig): (readonly [number, string, number | null])[] {
  return readFileSync(RunLog.path(config.logging), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === "record")
    .map(({ record, outcome, recordId }) => [record.number, outcome, recordId] as const);
}

/** Every row of the database by its number, values by field name. */
function rowsOf(config: MarcConfig): Map<number, Record<string, string>> {
  const store = SqliteStore.open(config, { readOnly: true });
  try {
    const ids = store.db.prepare("SELECT record_id FROM record_info").pluck().all() as number[];
    const named = (values: readonly string[]) =>
      Object.fromEntries(config.fields.map(({ name }, i) => [name, values[i]]));
    return new Map(ids.map((id) => [id, named(store.rows.read(id)?.values ?? [])]));
  } finally {
    store.close();
  }
}

/** The rows as they stand after what the explanations say, one after the other. */
function rowsAfter(
  before: ReadonlyMap<number, Record<string, string>>,
  told: readonly Explanation[],
): Map<number, Record<string, string>> {
  const rows = new Map(before);
  for (const { decision, result } of told) {
    for (const removed of decision.removes) rows.delete(removed);
    if (decision.recordId === null) continue;
    if (decision.outcome === "deleted") rows.delete(decision.recordId);
    else if (result !== null) rows.set(decision.recordId, { ...result });
  }
  return rows;
}

describe("a replay", () => {
  it.each([
    ["sample.conf", CATALOG, [], []],
    ["sample.conf", CATALOG, [CATALOG], []],
    ["vendor.conf", VENDOR, [CATALOG, "trial"], []],
    ["vendor.conf", VENDOR, [CATALOG], ["Duplicates.duplicate_policy=MERGE"]],
  ])("tells of each record of %s what the import then does", async (name, file, first, sets) => {
    for (const earlier of first) {
      const trial = ["Settings.foreign_source=ebook-trial"];
      if (earlier === "trial") {
        await importFile(configure(name, trial, 0), join(ROOT, "samples/trial.mrc"));
      } else await importFile(configure("sample.conf", [], 0), earlier);
    }
    const config = configure(name, sets);
    const before = first.length > 0 ? rowsOf(config) : new Map();
    const told = await explainAll(config, file, { by: "all" }, true);
    await importFile(config, file);
    const expected = told
      .filter(({ decision }) => decision.outcome !== "rejected")
      .map(({ number, decision }) => [number, decision.outcome, decision.recordId]);
    expect(loggedTreatments(config)).toEqual(expected);
    expect(rowsAfter(before, told)).toEqual(rowsOf(config));
  });

  it("of one record takes the earlier ones into account", async () => {
    const config = configure("vendor.conf");
    const plain = await explainAll(config, VENDOR, { by: "number", number: 12 });
    const [replayed] = await explainAll(config, VENDOR, { by: "number", number: 12 }, true);
    expect(plain[0].decision.outcome).toBe("created");
    expect(replayed.decision.outcome).toBe("updated");
    expect(replayed.existing).toMatchObject({ foreignId: "eb-06", merged: false });
    expect(replayed.changes.map(({ column }) => column)).toContain("marc_date");
  });

  it("tells where the import would stop", async () => {
    await importFile(configure("sample.conf", [], 0), CATALOG);
    const config = configure("sample.conf", ["Settings.max_deletes=0"]);
    const later = explainAll(config, CATALOG, { by: "number", number: 66 }, true);
    await expect(later).rejects.toThrow(/max_deletes allows 0 deletions.*record 63/);
  });
});

describe("explaining", () => {
  it("leaves the database and its folder as they were", async () => {
    const config = configure("sample.conf", [], 0);
    await importFile(config, CATALOG);
    mkdirSync(join(folder.path, "kept"));
    cpSync(config.database.path, join(folder.path, "kept/db.sqlite"));
    const before = readdirSync(folder.path).sort();
    await explainAll(config, CATALOG);
    await explainAll(config, CATALOG, { by: "all" }, true);
    expect(readdirSync(folder.path).sort()).toEqual(before);
    const kept = readFileSync(join(folder.path, "kept/db.sqlite"));
    expect(readFileSync(config.database.path).equals(kept)).toBe(true);
  });

  it("makes no database where there is none", async () => {
    const [told] = await explainAll(configure("sample.conf"), CATALOG, { by: "number", number: 1 });
    expect(told.decision).toMatchObject({ outcome: "created", recordId: null });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("finds a record by a byte within it", async () => {
    const [second] = await explainAll(configure("sample.conf"), CATALOG, {
      by: "number",
      number: 2,
    });
    const { offset: first, length } = second;
    if (first === null || length === null) throw new Error("a record without its bytes");
    for (const offset of [first, first + length - 1]) {
      const found = await explainAll(configure("sample.conf"), CATALOG, { by: "offset", offset });
      expect(found.map(({ number }) => number)).toEqual([2]);
    }
  });

  it("finds every record with an id", async () => {
    const found = await explainAll(configure("sample.conf"), CATALOG, { by: "id", id: "sm-002" });
    expect(found.map(({ number }) => number)).toEqual([2, 56]);
  });

  it("finds an id in either form that [foreign_id] gives it, and tells how it came about", async () => {
    const config = configure("sample.conf", ["foreign_id.field1=1 * * * /^sm-0*//"]);
    for (const id of ["sm-002", "2"]) {
      const found = await explainAll(config, CATALOG, { by: "id", id });
      expect(found.map(({ number }) => number)).toEqual([2, 56]);
      expect(found[0].foreignId).toBe("2");
      expect(found[0].trace.mapping[0]).toMatchObject({ field: "foreign_id", value: "2" });
    }
  });

  it("tells why a reject is one", async () => {
    const [told] = await explainAll(configure("sample.conf"), CATALOG, {
      by: "number",
      number: 65,
    });
    expect(told.decision.outcome).toBe("rejected");
    expect(told.diagnostics[0].code).toBe("M203");
    expect(told.row).toBeNull();
  });

  it("names candidates with method, source and priority", async () => {
    await importFile(configure("sample.conf", [], 0), CATALOG);
    const [told] = await explainAll(configure("vendor.conf"), VENDOR, { by: "id", id: "eb-04" });
    expect(told.candidates).toMatchObject([
      { foreignSource: "sample-marc", priority: "higher", method: "ISBN" },
    ]);
    expect(told.candidates[0].title).not.toBe("");
    expect(told.decision).toMatchObject({ outcome: "ignored", policy: "REMOVE_LOWER_KEEP_HIGHER" });
    expect(told.decision.cell).toContain("higher: ignore");
  });

  it("shows values also of a record that a filter leaves out", async () => {
    const [told] = await explainAll(configure("vendor.conf"), VENDOR, { by: "id", id: "eb-08" });
    expect(told.trace.filters).toMatchObject([{ name: "include_if_online", holds: false }]);
    expect(told.decision.outcome).toBe("ignored");
    expect(told.row?.title).not.toBe("");
  });

  it("says why duplicates are not looked for", async () => {
    const config = configure("sample.conf", ["Duplicates.duplicate_policy=KEEP_ALL"]);
    const [told] = await explainAll(config, CATALOG, { by: "number", number: 1 });
    expect(told.notLookedFor).toMatch(/^KEEP_ALL does the same/);
  });

  it.each<[Selection, RegExp]>([
    [{ by: "number", number: 67 }, /no record 67/],
    [{ by: "offset", offset: 10_000_000 }, /no record at byte 10000000/],
    [{ by: "id", id: "nobody" }, /no record with the id "nobody"/],
  ])("says that there is no such record: %j", async (selection, message) => {
    const none = explainAll(configure("sample.conf"), CATALOG, selection);
    await expect(none).rejects.toThrow(message);
    await expect(none).rejects.toBeInstanceOf(Failure);
  });

  it("refuses to read standard input twice", async () => {
    const config = configure("sample.conf");
    await expect(explainAll(config, "-", { by: "id", id: "x" })).rejects.toThrow(/--id reads/);
    await expect(explainAll(config, "-", { by: "number", number: 1 }, true)).rejects.toThrow(
      /--replay reads/,
    );
  });
});

describe("the log at level 5", () => {
  it("holds everything that is explained, once a record, as JSON", async () => {
    const config = configure("sample.conf", [], 5);
    const told = await explainAll(config, CATALOG, { by: "all" }, true);
    await importFile(config, CATALOG);
    const lines = readFileSync(RunLog.path(config.logging), "utf8").trimEnd().split("\n");
    const logged = lines.map((line) => JSON.parse(line)).filter((l) => l.event === "explain");
    const wanted = told.map(({ number, row, decision }) => ({ number, row, decision }));
    const found = logged.map(({ record, row, decision }) => ({
      number: record.number,
      row,
      decision: { ...decision, recordId: decision.record_id, record_id: undefined },
    }));
    expect(found).toEqual(wanted);
  });

  it("says in each line of text which record it is about", async () => {
    const config = configure("sample.conf", ["Logging.log_format=text"], 5);
    await importFile(config, CATALOG);
    const lines = readFileSync(RunLog.path(config.logging), "utf8").trimEnd().split("\n");
    const explained = lines.filter((line) => / explain /.test(line));
    const about = /explain (?:record (\d+) \| |.*catalog\.mrc record (\d+) at byte )/;
    const numbers = explained.map((line) => about.exec(line)?.slice(1).find(Boolean));
    expect([...new Set(numbers)]).toEqual(Array.from({ length: 66 }, (_, i) => `${i + 1}`));
    expect(explained.some((line) => line.includes("| DECISION"))).toBe(true);
  });

  it("is silent at level 4", async () => {
    const config = configure("sample.conf", [], 4);
    await importFile(config, CATALOG);
    expect(readFileSync(RunLog.path(config.logging), "utf8")).not.toContain('"explain"');
  });
});
