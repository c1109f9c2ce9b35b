/** Whole runs over made-up MARC files, in one thread and in a folder of their own. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_RUN_OPTIONS, type RunOptions } from "../../src/config/job/run-options.js";
import { loadConfig } from "../../src/config/load-config.js";
import { openIdLists } from "../../src/reading/id-list.js";
import { openInputs } from "../../src/reading/open-inputs.js";
import { localFeed, type RecordFeed } from "../../src/reading/record-feed.js";
import type { RunHooks } from "../../src/running/import-loop.js";
import { type RunResult, runImport } from "../../src/running/run-import.js";
import { SqliteStore } from "../../src/store/sqlite/file/store.js";
import { temporaryFolder } from "./import-harness.js";

export class RunFolder {
  private readonly folder = temporaryFolder();

  /** @param feed how files of records are read */
  constructor(
    conf: string,
    private readonly feed: RecordFeed = localFeed,
  ) {
    this.write("job.conf", conf);
  }

  get path(): string {
    return this.folder.path;
  }

  write(name: string, content: string | Buffer): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  config(conf = "job.conf") {
    return loadConfig(join(this.path, conf), { cwd: this.path, sets: [], overrides: {} }).config;
  }

  import(
    files: readonly string[],
    options: Partial<RunOptions> = {},
    hooks: RunHooks = {},
    conf = "job.conf",
    lists: readonly string[] = [],
  ): Promise<RunResult> {
    const pathsOf = (names: readonly string[]) => names.map((name) => join(this.path, name));
    const paths = pathsOf(files);
    const all = { ...DEFAULT_RUN_OPTIONS, ...options };
    const config = this.config(conf);
    const inputs = async () => [
      ...(await openIdLists(config, pathsOf(lists), all)),
      ...(await openInputs(config, paths, all, this.feed)),
    ];
    return runImport({ config, command: "import", inputs, options: all, hooks });
  }

  /** Looks into the database. */
  with<T>(work: (store: SqliteStore) => T): T {
    const store = SqliteStore.open(this.config(), { readOnly: true });
    try {
      return work(store);
    } finally {
      store.close();
    }
  }

  remove(): void {
    this.folder.remove();
  }
}
