/** Runs over a source of records that is no file: Dublin Core by identifier, a page at a time. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobConfig } from "../../src/config/job/job-config.js";
import { DEFAULT_RUN_OPTIONS, type RunOptions } from "../../src/config/job/run-options.js";
import { diagnostic } from "../../src/diagnostics/diagnostic.js";
import type { MappedRecord } from "../../src/fields/mapped-record.js";
import { hash53 } from "../../src/matching/hash.js";
import type {
  InputItem,
  InputRecord,
  KnownItem,
  Portion,
  RecordPlace,
} from "../../src/reading/portion.js";
import { placeOf } from "../../src/reading/portion.js";
import type { PortionRequest, RecordInput, Standing } from "../../src/reading/record-input.js";
import type { RunHooks } from "../../src/running/import-loop.js";
import { runImport } from "../../src/running/run-import.js";
import { undoRun } from "../../src/running/undo.js";
import type { KnownRecords } from "../../src/store/model/known-records.js";
import type { Position, RunInput } from "../../src/store/model/run-record.js";
import { confOf } from "../faults/jobs.js";
import { schemaErrors } from "../support/json-schema.js";
import { RunFolder } from "../support/run-harness.js";
import { snapshot } from "../support/snapshot.js";

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../docs/explain.schema.json"), "utf8"),
);

/** One record of a repository; without a title one that cannot be read, with `deleted` a deletion. */
interface DublinCore {
  readonly identifier: string;
  readonly title?: string;
  readonly subject?: readonly string[];
  readonly deleted?: boolean;
}

const PAGE = 3;

/** A repository that was harvested: pages of records, of which each knows its page and its index there. */
class Repository implements RecordInput {
  readonly name = "https://repository.example/oai";
  readonly bytes = null;
  readonly bytesRead = 0;
  readonly fingerprint = "";

  constructor(
    private readonly config: JobConfig,
    private readonly records: readonly DublinCore[],
    /** Another one stands for another harvest. */
    private readonly harvest = "first",
  ) {}

  async *portions(request: PortionRequest, known: KnownRecords | null): AsyncGenerator<Portion> {
    let number = request.from.recordNumber;
    while (number < this.records.length) {
      const page = this.records.slice(number, number - (number % PAGE) + PAGE);
      const items = page.map((record, i) => this.item(record, number + i + 1, known));
      number += page.length;
      yield { items, end: this.at(number), bytesRead: 0, content: {} };
    }
  }

  private item(record: DublinCore, number: number, known: KnownRecords | null): InputItem {
    const place = { file: this.name, number, offset: null, length: null };
    if (record.title === undefined && !record.deleted) {
      const bytes = Buffer.from(JSON.stringify(record));
      const why = { reason: diagnostic("M101"), further: [] };
      return {
        kind: "reject",
        reject: { ...place, bytes, isText: true, ...why, controlNumber: record.identifier },
      };
    }
    const knownAs = known?.find(this.digest(record));
    if (knownAs) return { kind: "known", known: { ...place, knownAs } };
    return { kind: "record", record: this.mapped(record, place) };
  }

  private digest(record: DublinCore): number {
    const { mappingDigest, settings } = this.config;
    return hash53(`${mappingDigest} ${settings.foreignSource} ${JSON.stringify(record)}`);
  }

  private mapped(record: DublinCore, place: RecordPlace): InputRecord {
    const values: Record<string, string> = {
      title: record.title ?? "",
      subjects: (record.subject ?? []).join(";"),
    };
    const mapped: MappedRecord = {
      controlNumber: "",
      foreignId: record.identifier,
      deleted: record.deleted ?? false,
      marcDate: "",
      values: this.config.fields.map(({ name }) => values[name] ?? ""),
      urlIsFallback: false,
      ignore: null,
      diagnostics: [],
    };
    return { ...place, inputDigest: this.digest(record), mapped };
  }

  private at(recordNumber: number): Position {
    const page = Math.floor(recordNumber / PAGE);
    return { recordNumber, repository: this.name, page, index: recordNumber % PAGE };
  }

  before(item: InputItem): Position {
    return this.at(placeOf(item).number - 1);
  }

  kept(position: Position): Position {
    return { ...position, harvest: this.harvest };
  }

  placeText({ page, index }: Position): string {
    return `on page ${page}, behind ${index} records of it`;
  }

  standing(_before: RunInput, position: Position | null): Standing {
    return position === null || position.harvest === this.harvest ? "same" : "changed";
  }

  sourceRecord({ number }: RecordPlace): string {
    return `${this.name}#${this.records[number - 1].identifier}`;
  }

  reread(known: KnownItem): InputRecord {
    return this.mapped(this.records[known.number - 1], known);
  }

  end(): void {}
}

const record = (i: number, more: Partial<DublinCore> = {}): DublinCore => ({
  identifier: `oai:example:${i}`,
  title: `Title ${i}`,
  subject: ["Botany"],
  ...more,
});
const TEN = Array.from({ length: 10 }, (_, i) => record(i));

let folder: RunFolder;
beforeEach(() => {
  folder = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL", verbosity: 3 }));
});
afterEach(() => folder.remove());

async function harvest(
  records: readonly DublinCore[],
  options: Partial<RunOptions> = {},
  { hooks = {}, config = folder.config(), as = "first" }: Harvest = {},
) {
  const inputs = async () => [new Repository(config, records, as)];
  const all = { ...DEFAULT_RUN_OPTIONS, ...options };
  return runImport({ config, command: "import", inputs, options: all, hooks });
}

interface Harvest {
  readonly hooks?: RunHooks;
  readonly config?: JobConfig;
  readonly as?: string;
}

/** What became of the records of a harvest, without what did not happen. */
async function outcomes(records: readonly DublinCore[], options?: Partial<RunOptions>) {
  const { summary } = await harvest(records, options);
  const counts = Object.entries(summary.totals.outcomes).filter(([, count]) => count > 0);
  return Object.fromEntries(counts);
}

const rows = () =>
  (snapshot(folder.config().database.path).record_info as Record<string, unknown>[]).map(
    ({ title, source_record }) => ({ title, source_record }),
  );

/** After so many portions comes a signal. */
function stopAfter(portions: number): RunHooks {
  let taken = 0;
  return {
    onPortion: () => {
      taken++;
    },
    stopSignal: () => (taken >= portions ? "SIGTERM" : null),
  };
}

describe("a source that is no file", () => {
  it("creates rows that keep the source's own names of their places", async () => {
    expect(await outcomes(TEN)).toEqual({ created: 10 });
    expect(rows()[4]).toEqual({
      title: "Title 4",
      source_record: "https://repository.example/oai#oai:example:4",
    });
  });

  it("updates, leaves unchanged and deletes as a file does", async () => {
    await harvest(TEN);
    const again = TEN.map((one, i) => {
      if (i === 2) return record(2, { title: "Another title" });
      return i === 7 ? { identifier: one.identifier, deleted: true } : one;
    });
    expect(await outcomes(again)).toEqual({ updated: 1, deleted: 1, unchanged: 8 });
    expect(rows().map(({ title }) => title)).toContain("Another title");
    expect(rows()).toHaveLength(9);
  });

  it("merges into the rows of others", async () => {
    folder.write("low.conf", confOf({ source: "low", policy: "KEEP_ALL" }));
    await harvest([record(1), record(2)], {}, { config: folder.config("low.conf") });
    folder.write("job.conf", confOf({ source: "test", policy: "MERGE" }));
    expect(await outcomes(TEN)).toEqual({ merged: 2, created: 8 });
    expect(await outcomes(TEN)).toEqual({ unchanged: 10 });
  });

  it("keeps what cannot be read, without a place in bytes", async () => {
    const { summary } = await harvest([...TEN, { identifier: "oai:example:broken" }]);
    expect(summary.totals.outcomes.rejected).toBe(1);
    const path = summary.rejectsFile ?? "";
    expect(readFileSync(path, "utf8")).toBe('{"identifier":"oai:example:broken"}\n');
    const line = JSON.parse(readFileSync(path.replace(/mrc$/, "jsonl"), "utf8"));
    expect(line).toMatchObject({ file: "https://repository.example/oai", number: 11 });
    expect([line.offset, line.length]).toEqual([null, null]);
    const log = readFileSync(join(folder.path, "log/MARC_import/MARC_importer.log"), "utf8");
    expect(log).toContain("https://repository.example/oai record 11 001=oai:example:broken");
    expect(log).not.toContain("at byte");
  });

  it("is explained in the log as documented, without a place in bytes", async () => {
    const job = confOf({ source: "test", policy: "KEEP_ALL", verbosity: 5 });
    folder.write("job.conf", `${job}[Logging]\nlog_format = json\n`);
    await harvest([...TEN, { identifier: "oai:example:broken" }]);
    const log = readFileSync(join(folder.path, "log/MARC_import/MARC_importer.log"), "utf8");
    const events = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === "explain");
    expect(events).toHaveLength(11);
    for (const event of events) {
      const ofRecord = Object.entries(event).filter(([key]) =>
        Object.hasOwn(SCHEMA.properties, key),
      );
      expect(schemaErrors(SCHEMA, Object.fromEntries(ofRecord))).toEqual([]);
      expect([event.record.offset, event.record.length]).toEqual([null, null]);
    }
  });

  it("counts nothing of MARC", async () => {
    const { statistics } = await harvest(TEN);
    expect(statistics.counts).toMatchObject({ described: 0, types: {}, encodings: {} });
  });

  it("is resumed at the position that its last batch has kept", async () => {
    const whole = new RunFolder(confOf({ source: "test", policy: "KEEP_ALL" }));
    const config = whole.config();
    await harvest(TEN, {}, { config });
    const stopped = await harvest(TEN, {}, { hooks: stopAfter(2) });
    expect(stopped.summary.totals.recordsRead).toBe(6);
    const kept = folder.with(({ runs }) => runs.readCheckpoint(1)?.position);
    expect(kept).toEqual({
      recordNumber: 6,
      repository: "https://repository.example/oai",
      page: 2,
      index: 0,
      harvest: "first",
    });
    const { summary } = await harvest(TEN, { resume: true });
    expect(summary.run).toBe(stopped.summary.run);
    expect(summary.totals.outcomes.created).toBe(10);
    expect(rows()).toEqual(
      (snapshot(config.database.path).record_info as Record<string, unknown>[]).map(
        ({ title, source_record }) => ({ title, source_record }),
      ),
    );
    const log = readFileSync(join(folder.path, "log/MARC_import/MARC_importer.log"), "utf8");
    expect(log).toContain("behind record 6 of file 1, on page 2, behind 0 records of it");
    whole.remove();
  });

  it("is not resumed where it is another one by now", async () => {
    await harvest(TEN, {}, { hooks: stopAfter(1) });
    await expect(harvest(TEN, { resume: true }, { as: "second" })).rejects.toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(
        /^https:\/\/repository.example\/oai has changed since run \S+ stopped on page 1/,
      ),
    });
  });

  it("has its runs taken back", async () => {
    await harvest(TEN.slice(0, 4));
    const before = snapshot(folder.config().database.path);
    const more = TEN.map((one, i) => (i === 1 ? record(1, { subject: ["Zoology"] }) : one));
    expect(await outcomes(more)).toEqual({ updated: 1, unchanged: 3, created: 6 });
    const config = folder.config();
    await undoRun({ config, run: "last", force: false, wait: 0 });
    expect(snapshot(config.database.path)).toEqual(before);
  });

  it("loses with a full load what it no longer holds", async () => {
    await harvest(TEN);
    const { summary } = await harvest(TEN.slice(0, 8), { fullLoad: true });
    expect(summary.totals.absentRemoved).toBe(2);
    expect(rows()).toHaveLength(8);
  });
});
