/** A night of one repository: what it is asked for, and what all its steps are given. */

import { join } from "node:path";
import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import type { RunOptions } from "../config/job/run-options.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import { type DiskRoom, roomAt } from "../harvest/disk-room.js";
import type { FetchEvents } from "../harvest/fetch-page.js";
import type { ListFeed } from "../harvest/list-feed.js";
import { fileName } from "../harvest/spool.js";
import type { RunLog } from "../report/run-log.js";
import { type Surroundings, SYSTEM_SURROUNDINGS } from "../web/settings.js";
import { HarvestNotes } from "./harvest-notes.js";
import type { RunHooks } from "./import-loop.js";
import { openLog } from "./open-log.js";
import { runName } from "./run-name.js";

/** What the command line asks of a harvest, beside what it asks of the run. */
export interface HarvestOptions {
  readonly run: RunOptions;
  readonly full: boolean;
  readonly fetchOnly: boolean;
  readonly importOnly: boolean;
  /** Drop what was fetched before. */
  readonly restart: boolean;
  readonly from: string | null;
  readonly until: string | null;
}

export interface HarvestRequest {
  readonly repository: RepositoryConfig;
  readonly options: HarvestOptions;
  readonly hooks?: RunHooks;
  readonly onPage?: FetchEvents["onPage"];
  readonly surroundings?: Surroundings;
  /** How its lists are read; by the thread that writes if absent. */
  readonly lists?: ListFeed;
  /** Of the disk of the spool; as it is if absent. */
  readonly room?: () => DiskRoom;
}

/** What a harvest that failed leaves: half a sentence. */
export const SAFE_FETCHED = "nothing was imported, and what was fetched stays";

export class Night {
  readonly repository: RepositoryConfig;
  readonly options: HarvestOptions;
  readonly hooks: RunHooks;
  readonly surroundings: Surroundings;
  /** Of its run, and of the spool that it begins. */
  readonly name: string;
  /** Absolute path of the folder of the repository's spools. */
  readonly folder: string;
  readonly notes: HarvestNotes;
  private log: RunLog | null = null;

  constructor(readonly request: HarvestRequest) {
    const { repository, options, hooks = {}, surroundings = SYSTEM_SURROUNDINGS } = request;
    this.repository = repository;
    this.options = options;
    this.hooks = hooks;
    this.surroundings = surroundings;
    this.name = runName(new Date(surroundings.now()));
    this.folder = join(repository.harvest.spool, fileName(repository.name));
    this.notes = new HarvestNotes(repository);
  }

  /** Of the disk on which the spool stands. */
  get room(): DiskRoom {
    return this.request.room?.() ?? roomAt(this.repository.harvest.spool);
  }

  /** By our clock, milliseconds since 1970. */
  get now(): number {
    return this.surroundings.now();
  }

  /** What has come that is to stop it, null for nothing. */
  readonly stopSignal = (): NodeJS.Signals | null => this.hooks.stopSignal?.() ?? null;

  /** @throws Failure (2) where the log cannot be written */
  openLog(): void {
    this.log = openLog(this.repository, this.name);
  }

  async closeLog(): Promise<void> {
    await this.log?.close();
  }

  /** Returns when the lines so far are written: the run has a log of its own. */
  async flushLog(): Promise<void> {
    await this.log?.flush();
  }

  say(
    text: string,
    level: "error" | "warning" | "info" | "record" | "explain" = "info",
    fields: Readonly<Record<string, unknown>> = {},
  ): void {
    this.log?.add(level, text, fields);
  }

  readonly finding = (code: string, found: string): void => {
    const { severity, message } = codeEntry(code);
    const level = severity === "warning" ? "warning" : "info";
    const line = `${code} ${this.repository.name}: ${message} (${found})`;
    this.say(line, level, { event: "finding", code });
  };
}
