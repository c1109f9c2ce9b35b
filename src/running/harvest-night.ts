/**
 * One night of one repository: what is to be asked for is settled, fetched whole, and only then imported as
 * one run. The position moves in the transaction in which that run is entered as done.
 */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { rulesDigest } from "../config/job/digest.js";
import type { RunOptions } from "../config/job/run-options.js";
import { codeEntry } from "../diagnostics/catalogue.js";
import { Failure, isDiskError } from "../diagnostics/failure.js";
import {
  Deferred,
  type FetchEvents,
  FetchStopped,
  HarvestFetcher,
} from "../harvest/fetch-harvest.js";
import { type Identity, identify } from "../harvest/identify.js";
import { RETRIES, type SpoolPlan } from "../harvest/manifest.js";
import { readDate, writeDate } from "../harvest/oai-dates.js";
import { cutMapper, type ElementMapper } from "../harvest/record-mapper.js";
import { fileName, removeSpool, Spool, spoolsIn } from "../harvest/spool.js";
import { SpoolInput } from "../harvest/spool-input.js";
import { webSettings } from "../harvest/web-settings.js";
import type { RunLog } from "../report/run-log.js";
import type { HarvestPosition } from "../store/model/harvest.js";
import { openToRead } from "../store/open.js";
import { WebClient } from "../web/client.js";
import { type Surroundings, SYSTEM_SURROUNDINGS } from "../web/settings.js";
import { WebProblem } from "../web/web-problem.js";
import { signalFailure } from "./end-of-run.js";
import { harvestEnd } from "./harvest-end.js";
import { type HarvestFigures, HarvestNotes } from "./harvest-notes.js";
import type { RunHooks } from "./import-run.js";
import { openLog } from "./open-log.js";
import { type RunResult, runImport } from "./run-import.js";
import { runName } from "./run-name.js";
import { lockSpool } from "./spool-lock.js";

const DAY_MS = 86_400_000;
/** Records that were rejected before and are asked for again in one night. */
const MOST_RETRIES = 100;

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
  readonly elements: (repository: RepositoryConfig) => ElementMapper;
  readonly hooks?: RunHooks;
  readonly onPage?: FetchEvents["onPage"];
  readonly surroundings?: Surroundings;
}

export interface HarvestResult {
  readonly repository: string;
  /** Null where it did not come to an import. */
  readonly run: RunResult | null;
  readonly failure: Failure | null;
  readonly figures: HarvestFigures;
}

/**
 * Harvests one repository.
 *
 * @returns also where it failed: the failure says what is safe
 * @throws what is no Failure
 */
export async function harvestRepository(request: HarvestRequest): Promise<HarvestResult> {
  const night = new Night(request);
  try {
    return await night.work();
  } catch (error) {
    const failure = isDiskError(error) ? diskFailure(error) : error;
    if (!(failure instanceof Failure)) throw error;
    return await night.failed(failure);
  }
}

function diskFailure(error: Error): Failure {
  return new Failure(
    "disk",
    `the pages cannot be kept: ${error.message}`,
    "Mend the disk or free some space, then run the same command again: it goes on.",
    { safe: SAFE_FETCHED, cause: error },
  );
}

class Night {
  private readonly surroundings: Surroundings;
  private readonly name: string;
  private readonly folder: string;
  private readonly notes: HarvestNotes;
  private log: RunLog | null = null;

  constructor(private readonly request: HarvestRequest) {
    const { repository, surroundings = SYSTEM_SURROUNDINGS } = request;
    this.surroundings = surroundings;
    this.name = runName(new Date(surroundings.now()));
    this.folder = join(repository.harvest.spool, fileName(repository.name));
    this.notes = new HarvestNotes(repository);
  }

  async work(): Promise<HarvestResult> {
    const { repository, options } = this.request;
    this.log = openLog(repository, this.name);
    const unlock = await lockSpool(this.folder, options.run.wait);
    try {
      const known = await this.known();
      const spool = await this.fetched(known);
      if (spool === null) return this.result(null, null);
      try {
        if (options.fetchOnly) return this.result(null, null);
        return await this.import(spool, known);
      } finally {
        spool.close();
      }
    } finally {
      unlock();
      await this.log.close();
    }
  }

  async failed(failure: Failure): Promise<HarvestResult> {
    try {
      const log = openLog(this.request.repository, this.name);
      log.add("error", `${failure.message}. ${failure.advice}`, { event: "failure" });
      await log.close();
    } catch {
      // What kept the harvest from its end is the thing to tell.
    }
    return this.result(null, failure);
  }

  private result(run: RunResult | null, failure: Failure | null): HarvestResult {
    const { repository } = this.request;
    return {
      repository: repository.name,
      run,
      failure: failure ?? run?.failure ?? null,
      figures: this.notes.figures,
    };
  }

  private info(text: string): void {
    this.log?.add("info", text);
  }

  private finding(code: string, found: string): void {
    const { severity, message } = codeEntry(code);
    const level = severity === "warning" ? "warning" : "info";
    this.log?.add(level, `${code} ${this.request.repository.name}: ${message} (${found})`, {
      event: "finding",
      code,
    });
  }

  /** What the database knows of the repository, as it stands. */
  private async known(): Promise<Known> {
    const { repository } = this.request;
    if (!existsSync(repository.database.path))
      return { positions: [], retries: [], runs: new Map() };
    const view = await openToRead(repository);
    try {
      const { harvests, runs } = view.store;
      const folders = spoolsIn(this.folder).map((folder) => folder.slice(this.folder.length + 1));
      const found = folders.flatMap((name) => {
        const run = runs.find(name);
        if (run === null) return [];
        const checkpoint = runs.readCheckpoint(run.runId);
        return [
          [
            name,
            {
              isDone: run.status === "done",
              rulesDigest: run.rulesDigest,
              fullLoad: checkpoint?.fullLoad ?? null,
            },
          ] as const,
        ];
      });
      return {
        positions: harvests.positions(repository.name),
        retries: harvests.retries(repository.name, MOST_RETRIES),
        runs: new Map(found),
      };
    } finally {
      view.close();
    }
  }

  /** A spool in which all is fetched; null where there is nothing to import and nothing may be fetched. */
  private async fetched(known: Known): Promise<Spool | null> {
    const { options, repository } = this.request;
    const left = this.leftSpool(known);
    if (left?.state.isFetched) {
      this.info(`going on with what was fetched before: ${left.folder}`);
      return left;
    }
    if (options.importOnly) {
      left?.close();
      this.info(`${repository.name}: nothing was fetched that is to be imported`);
      return null;
    }
    try {
      return await this.fetchInto(left, known);
    } catch (error) {
      left?.close();
      throw error;
    }
  }

  private async fetchInto(left: Spool | null, known: Known): Promise<Spool> {
    const { repository, hooks } = this.request;
    this.refuseTooEarly(left);
    const stopSignal = () => hooks?.stopSignal?.() ?? null;
    const settings = { ...webSettings(repository.harvest), surroundings: this.surroundings };
    const client = new WebClient(
      settings,
      this.notes.webEvents((level, text) => this.log?.add(level, text)),
    );
    const watch = setInterval(() => stopSignal() !== null && client.close(), 200);
    let spool = left;
    try {
      if (spool === null) spool = await this.begin(client, known);
      else this.goOn(spool);
      const fetcher = new HarvestFetcher({
        name: repository.name,
        settings: repository.harvest,
        client,
        spool,
        now: this.surroundings.now,
        stopSignal,
        events: {
          onPage: (page) => this.request.onPage?.(page),
          onFinding: (code, found) => this.finding(code, found),
          onList: (list) => this.info(this.notes.listText(list)),
        },
      });
      await fetcher.fetchAll(known.retries);
      await this.log?.flush();
      return spool;
    } catch (error) {
      if (error instanceof Deferred)
        spool?.note({ kind: "deferred", until: writeDate(error.until, "second") });
      if (spool !== left) spool?.close();
      throw stoppedBy(error, stopSignal());
    } finally {
      clearInterval(watch);
      client.close();
      this.notes.fetched(spool);
    }
  }

  private refuseTooEarly(left: Spool | null): void {
    const until = readDate(left?.state.deferredUntil ?? "");
    if (until === null || until <= this.surroundings.now()) return;
    const { name } = this.request.repository;
    throw new Failure(
      "repository",
      `${name}: the repository asked not to come back before ${left?.state.deferredUntil}`,
      "The next run after that time goes on; --restart asks at once, from the beginning.",
      { safe: "nothing was imported, and what was fetched stays" },
    );
  }

  /** Tokens of another day are dead: their windows begin anew. */
  private goOn(spool: Spool): void {
    const now = this.surroundings.now();
    const { plan, state } = spool;
    for (const set of plan.sets) {
      for (const { whole, pages, window } of state.windows(set)) {
        const last = pages.at(-1);
        if (whole || last === undefined) continue;
        const expires = readDate(last.expires);
        const isLate =
          now - (readDate(last.responseDate) ?? 0) > DAY_MS || (expires !== null && expires < now);
        if (isLate) spool.note({ kind: "anew", set, window: window.number, late: true });
      }
    }
    const pages = plan.sets.reduce((sum, set) => sum + state.pages(set).length, 0);
    this.info(`going on with the harvest of ${plan.startedAt}: ${pages} pages are there`);
  }

  private async begin(client: WebClient, known: Known): Promise<Spool> {
    const { repository } = this.request;
    const { harvest, name } = repository;
    const identity = await identify({
      name,
      settings: harvest,
      client,
      now: this.surroundings.now,
    });
    if (!identity.isDated) this.finding("M810", "Identify without a responseDate");
    const plan = this.plan(identity, known.positions);
    const from = plan.full || Object.values(plan.positions).every((one) => one === null);
    this.info(
      `started: ${repository.path} harvests ${name}: ${harvest.baseUrl} ${harvest.metadataPrefix}${plan.sets[0] === "" ? "" : ` set ${plan.sets.join(", ")}`}, ${from ? "everything" : `incremental from ${Object.values(plan.positions).join(", ")} less the overlap`}`,
    );
    if (!from && identity.deletedRecord !== "persistent") {
      const last = known.positions.find(
        ({ fullHarvestAt }) => fullHarvestAt !== null,
      )?.fullHarvestAt;
      this.finding(
        "M816",
        `deletedRecord ${identity.deletedRecord || "not stated"}, last full harvest ${last ?? "never"}`,
      );
    }
    if (!from && known.positions.some((one) => one.rulesDigest !== repository.mappingDigest))
      this.finding("M820", "since the last harvest");
    return Spool.begin(join(this.folder, this.name), plan, this.request.hooks?.step);
  }

  private plan(identity: Identity, positions: readonly HarvestPosition[]): SpoolPlan {
    const { repository, options } = this.request;
    const { harvest, name } = repository;
    const wanted = this.wanted(positions);
    const granularity = harvest.granularity === "auto" ? identity.granularity : harvest.granularity;
    return {
      repository: name,
      ...wanted,
      granularity,
      deletedRecord: identity.deletedRecord,
      responseDate: writeDate(identity.responseDate, "second"),
      earliest: identity.earliest,
      startedAt: writeDate(this.surroundings.now(), "second"),
      movesPosition: options.from === null && options.until === null,
    };
  }

  /** What a spool must have been begun for, to be the one of this night. */
  private wanted(positions: readonly HarvestPosition[]) {
    const { harvest } = this.request.repository;
    const { options } = this.request;
    const { baseUrl, metadataPrefix } = harvest;
    const sets = harvest.sets.length === 0 ? [""] : harvest.sets;
    const valid = positions.filter(
      (one) => one.baseUrl === baseUrl && one.metadataPrefix === metadataPrefix,
    );
    const of = sets.map(
      (set) => [set, valid.find(({ setSpec }) => setSpec === set)?.position ?? null] as const,
    );
    const full =
      options.full || options.run.fullLoad || harvest.mode === "FULL" || this.isFullDue(valid);
    return {
      baseUrl,
      metadataPrefix,
      sets,
      positions: Object.fromEntries(of),
      full,
      asked: { from: options.from, until: options.until },
    };
  }

  private isFullDue(positions: readonly HarvestPosition[]): boolean {
    const { fullEveryMs } = this.request.repository.harvest;
    if (fullEveryMs === null) return false;
    return positions.some(({ fullHarvestAt }) => {
      const last = readDate(fullHarvestAt ?? "");
      return last === null || this.surroundings.now() - last >= fullEveryMs;
    });
  }

  /** The spool that an earlier night has left, if it is of this harvest; all others go when their time has come. */
  private leftSpool(known: Known): Spool | null {
    let left: Spool | null = null;
    for (const folder of spoolsIn(this.folder).reverse()) {
      const spool = Spool.open(folder, this.request.hooks?.step);
      if (spool === null) {
        removeSpool(folder);
        continue;
      }
      if (known.runs.get(spool.name)?.isDone && spool.state.imported === null)
        spool.note({ kind: "imported", run: spool.name });
      if (left === null && spool.state.imported === null && this.isOfNow(spool, known)) {
        left = spool;
        continue;
      }
      spool.close();
      if (spool.state.imported === null || this.isOld(folder)) {
        this.info(`removed ${folder}`);
        removeSpool(folder);
      }
    }
    return left;
  }

  private isOfNow({ plan, state }: Spool, known: Known): boolean {
    if (this.request.options.restart) return false;
    const wanted = this.wanted(known.positions);
    const { baseUrl, metadataPrefix, sets, positions, full, asked } = plan;
    const begun = { baseUrl, metadataPrefix, sets, positions, full: full || wanted.full, asked };
    // What was begun as a full harvest because one was due is still good when none is due any more.
    if (state.isFetched && wanted.full && !full) return false;
    return (
      JSON.stringify(begun) === JSON.stringify({ ...wanted, full: full || wanted.full }) &&
      (full || !wanted.full)
    );
  }

  private isOld(folder: string): boolean {
    const { mtimeMs } = statSync(join(folder, "manifest.jsonl"));
    return this.surroundings.now() - mtimeMs >= this.request.repository.harvest.keepPagesMs;
  }

  private async import(spool: Spool, known: Known): Promise<HarvestResult> {
    const { repository, options, hooks, elements } = this.request;
    const { plan } = spool;
    const isWhole =
      plan.asked.from === null &&
      plan.asked.until === null &&
      (plan.full || Object.values(plan.positions).every((one) => one === null));
    const fullLoad = isWhole && (options.run.fullLoad || repository.harvest.deleteAbsent);
    const earlier = known.runs.get(spool.name);
    const resume =
      !options.run.dryRun &&
      earlier !== undefined &&
      earlier.fullLoad !== null &&
      earlier.rulesDigest === rulesDigest(repository) &&
      (!fullLoad || earlier.fullLoad);
    const mapper = cutMapper(repository, elements);
    const rules = `${repository.mappingDigest} ${repository.settings.foreignSource} ${repository.harvest.foreignId}`;
    const sets = spool.state.pages(RETRIES).some(({ records }) => records > 0)
      ? [RETRIES, ...plan.sets]
      : plan.sets;
    const inputs = sets.map((set) => {
      const notes = [...new Set(spool.state.windows(set).flatMap((window) => window.notes))];
      return new SpoolInput({
        path: spool.path(set),
        pages: spool.state.pages(set),
        notes,
        rules,
        mapper,
      });
    });
    await this.log?.flush();
    const end = harvestEnd({
      repository,
      spool,
      before: known.positions,
      moves: plan.movesPosition && options.run.limit === null,
      now: this.surroundings.now(),
    });
    if (end.jumpedBack !== null) this.finding("M810", end.jumpedBack);
    await this.log?.flush();
    const run = await runImport({
      config: repository,
      command: "harvest",
      inputs: async () => inputs,
      options: { ...options.run, resume, fullLoad, again: true },
      atEnd: end.write,
      ...(earlier === undefined ? { name: spool.name } : {}),
      ...(hooks ? { hooks } : {}),
    });
    const isKept = run.failure === null && !options.run.dryRun;
    this.notes.imported(spool, isKept ? end.position : null);
    if (isKept) {
      hooks?.step?.("imported");
      spool.note({ kind: "imported", run: run.summary.run });
      if (repository.harvest.keepPagesMs === 0) removeSpool(spool.folder);
    }
    return this.result(run, null);
  }
}

/** What the database knows. */
interface Known {
  readonly positions: readonly HarvestPosition[];
  /** Identifiers that are to be asked for again. */
  readonly retries: readonly string[];
  /** The runs that were made of spools, by name. */
  readonly runs: ReadonlyMap<
    string,
    {
      readonly isDone: boolean;
      readonly rulesDigest: string;
      /** Of its checkpoint, null without one. */
      readonly fullLoad: boolean | null;
    }
  >;
}

const SAFE_FETCHED = "nothing was imported, and what was fetched stays";

function stoppedBy(error: unknown, signal: NodeJS.Signals | null): unknown {
  const isStopped =
    error instanceof FetchStopped ||
    (signal !== null && error instanceof Failure && error.cause instanceof WebProblem);
  const by = error instanceof FetchStopped ? error.signal : signal;
  return isStopped && by !== null
    ? signalFailure(by, SAFE_FETCHED, "Run the same command again to go on.")
    : error;
}
