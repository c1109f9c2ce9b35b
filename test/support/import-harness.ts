/** Imports of made-up mapped records into a real database, without files, MARC or a log. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MarcConfig } from "../../src/config/marc/marc-mapping.js";
import { type Decisions, openDecisions } from "../../src/deciding/decisions.js";
import type { Treatment } from "../../src/deciding/importer.js";
import type { IgnoreReason, MappedRecord } from "../../src/fields/mapped-record.js";
import { hash53 } from "../../src/matching/hash.js";
import type { InputRecord } from "../../src/reading/portion.js";
import type { RunWriter } from "../../src/store/run-port.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { type TestConfig, testConfig } from "./test-config.js";

/** One record of a made-up input. */
export interface TestRecord {
  readonly id: string;
  /** By field name; the other fields are empty. */
  readonly values?: Readonly<Record<string, string>>;
  readonly deleted?: boolean;
  readonly marcDate?: string;
  readonly urlIsFallback?: boolean;
  /** What is kept of it beside its row. */
  readonly evidence?: string;
  readonly ignore?: IgnoreReason;
}

const NOW = "2026-01-02T03:04:05Z";

/** A folder for a test's files. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "marc-import-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function mapped(config: MarcConfig, record: TestRecord): MappedRecord {
  // What the mapping fills of itself.
  const values: Record<string, string> = {
    record_type: "monograph",
    expert_created: config.settings.expertCreated ? "1" : "0",
    remote_user: config.settings.remoteUser,
    institutional_owner: config.settings.institutionalOwner,
    ...record.values,
  };
  return {
    controlNumber: record.id,
    foreignId: record.id,
    deleted: record.deleted ?? false,
    marcDate: record.marcDate ?? "",
    values: config.fields.map(({ name }) => (record.deleted ? "" : (values[name] ?? ""))),
    urlIsFallback: record.urlIsFallback ?? false,
    evidence: record.deleted ? "" : (record.evidence ?? ""),
    ignore: record.ignore ?? null,
    diagnostics: [],
  };
}

export function inputDigest(config: MarcConfig, record: TestRecord): number {
  return hash53(`${config.mappingDigest} ${JSON.stringify(record)}`);
}

/** The place of a record in a made-up file, each 100 bytes long. */
export function inputRecord(config: MarcConfig, record: TestRecord, number: number): InputRecord {
  return {
    file: "test.mrc",
    number,
    offset: (number - 1) * 100,
    length: 100,
    inputDigest: inputDigest(config, record),
    mapped: mapped(config, record),
  };
}

/** A run that is under way; more records may be fed to it, batch by batch. */
export class TestRun {
  private readonly decisions: Decisions;
  private number = 0;

  constructor(
    private readonly config: MarcConfig,
    readonly store: SqliteStore,
    readonly writer: RunWriter,
    fullLoad = false,
  ) {
    this.decisions = openDecisions({ config, store, run: writer, fullLoad });
    store.letKeysWait();
  }

  /** Treats the records as one batch in one transaction. */
  batch(records: readonly TestRecord[], now = NOW): Treatment[] {
    return this.store.transaction(() => {
      const treated = records.map((record) =>
        this.decisions.carryOut(
          this.decisions.consider(inputRecord(this.config, record, ++this.number), {
            now,
            sourceRecord: `test.mrc:${(this.number - 1) * 100}:100`,
          }),
        ),
      );
      this.writer.touched.flush();
      this.writer.held.flush();
      return treated;
    });
  }

  finish(status: "done" | "interrupted" = "done"): void {
    const end = { status, exitStatus: status === "done" ? 0 : 130, finishedAt: NOW, seconds: 0 };
    this.store.transaction((books) => {
      books.enterKeys();
      books.finish(this.writer.runId, end);
    });
  }
}

/** One database file, opened anew with the configuration of each run. */
export class TestDatabase {
  private runs = 0;

  constructor(
    readonly path: string,
    private readonly base: TestConfig = {},
  ) {}

  config(stated: TestConfig = {}): MarcConfig {
    const merged: TestConfig = {
      ...this.base,
      ...stated,
      settings: { ...this.base.settings, ...stated.settings },
      database: { ...this.base.database, ...stated.database },
      path: this.path,
    };
    return testConfig(merged);
  }

  /** Opens the database, without waiting for the disk. */
  open(config: MarcConfig = this.config()): SqliteStore {
    const store = SqliteStore.open(config);
    store.db.pragma("synchronous = OFF");
    return store;
  }

  /** Opens the database, does something with it, and closes it. */
  with<T>(work: (store: SqliteStore) => T, stated: TestConfig = {}): T {
    const store = this.open(this.config(stated));
    try {
      return work(store);
    } finally {
      store.close();
    }
  }

  /** Begins a run on an open store. */
  begin(store: SqliteStore, config: MarcConfig): TestRun {
    store.prepareKeys();
    const { foreignSource } = config.settings;
    const run = {
      run: `run-${++this.runs}`,
      command: "import" as const,
      config: config.path,
      foreignSource,
      rulesDigest: config.mappingDigest,
      startedAt: NOW,
    };
    return new TestRun(config, store, store.startRun(run, [], config.managed));
  }

  /** Goes on with a run on an open store, as another process would. */
  resume(store: SqliteStore, config: MarcConfig, runId: number): TestRun {
    store.prepareKeys();
    return new TestRun(config, store, store.openRun(runId, config.managed));
  }

  /** Opens the database, does something with a run that is under way, finishes it, and closes. */
  during<T>(stated: TestConfig, work: (run: TestRun) => T): T {
    return this.with((store) => {
      const run = this.begin(store, this.config(stated));
      const result = work(run);
      run.finish();
      return result;
    }, stated);
  }

  /** A whole run: opens the database, imports the records in one batch, and closes it. */
  import(records: readonly TestRecord[], stated: TestConfig = {}): Treatment[] {
    return this.during(stated, (run) => run.batch(records));
  }

  /** The same, but only what became of each record. */
  outcomes(records: readonly TestRecord[], stated: TestConfig = {}): string[] {
    return this.import(records, stated).map((treatment) => treatment.outcome);
  }
}
