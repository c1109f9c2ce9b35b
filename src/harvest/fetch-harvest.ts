/**
 * Fetches what a plan asks for into its spool, list by list. Nothing of it is imported before all of it is
 * whole; whatever stops the work, it goes on from the last page that counts.
 */

import type { HarvestSettings } from "../config/harvest/harvest-config.js";
import { Failure } from "../diagnostics/failure.js";
import { type WebAnswer, type WebClient, WebDeferral } from "../web/client.js";
import { WebProblem } from "../web/web-problem.js";
import { type NumberedWindow, RETRIES, type WindowState } from "./manifest.js";
import { textsOf } from "./markup.js";
import { isOai, nextStep, type Step } from "./next-step.js";
import { DAY_MS, halves, periods, readDate, writeDate } from "./oai-dates.js";
import { buildRequest, type OaiArguments } from "./oai-request.js";
import type { Envelope } from "./page-cutter.js";
import { isOutside, PageSink } from "./page-sink.js";
import type { Spool } from "./spool.js";

/** What fetching tells while it works. */
export interface FetchEvents {
  onPage?(page: {
    readonly set: string;
    readonly pages: number;
    readonly records: number;
    readonly size: number | null;
  }): void;
  onList?(list: {
    readonly set: string;
    readonly pages: number;
    readonly records: number;
    readonly deleted: number;
    readonly size: number | null;
    readonly bytes: number;
  }): void;
  /** A finding with a code of the catalogue. */
  onFinding?(
    code: "M802" | "M803" | "M804" | "M806" | "M808" | "M809" | "M810" | "M811",
    found: string,
  ): void;
}

export interface FetchParts {
  readonly name: string;
  readonly settings: HarvestSettings;
  readonly client: WebClient;
  readonly spool: Spool;
  readonly now: () => number;
  readonly stopSignal: () => NodeJS.Signals | null;
  readonly events: FetchEvents;
}

/** Signals that stop fetching; what was fetched stays. */
export class FetchStopped extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
  }
}

/** Begun anew so often, a window is split. */
const RESTARTS = 1;
/** Windows of one list, which splitting makes. */
const MOST_WINDOWS = 4096;
const MOST_SET_PAGES = 10_000;

export class HarvestFetcher {
  private setSpecs: Promise<ReadonlySet<string> | null> | null = null;
  private readonly told = new Set<string>();

  constructor(private readonly parts: FetchParts) {}

  /**
   * Fetches all that is not fetched yet.
   *
   * @param again identifiers of records that were rejected before
   * @throws Failure where the repository cannot be harvested, or not now; FetchStopped
   */
  async fetchAll(again: readonly string[]): Promise<void> {
    const { spool } = this.parts;
    await this.fetchAgain(again);
    for (const set of spool.plan.sets) await this.fetchSet(set);
    const position = positionOf(spool, this.parts.now());
    spool.note({ kind: "fetched", position: writeDate(position, "second") });
  }

  private async fetchSet(set: string): Promise<void> {
    const { spool } = this.parts;
    if (spool.state.windows(set).length === 0) {
      spool.note({ kind: "windows", set, windows: this.firstWindows(set) });
    }
    for (;;) {
      const window = spool.state.windows(set).find(({ whole }) => !whole);
      if (window === undefined) break;
      await this.fetchWindow(set, window);
    }
    const pages = spool.state.pages(set);
    const sum = (of: (page: (typeof pages)[number]) => number) =>
      pages.reduce((all, page) => all + of(page), 0);
    const records = sum((page) => page.records);
    if (records === 0 && set !== "") await this.mustBeListed(set);
    this.parts.events.onList?.({
      set,
      pages: pages.length,
      records,
      deleted: sum((page) => page.deleted),
      size: pages.findLast((page) => page.size !== null)?.size ?? null,
      bytes: sum((page) => page.length),
    });
  }

  /** The windows that a list is asked for in from the start. */
  private firstWindows(set: string): NumberedWindow[] {
    const { settings, spool } = this.parts;
    const { plan } = spool;
    const whole = { from: this.fromOf(set), until: plan.asked.until };
    if (settings.window === "whole") return [{ number: 1, ...whole }];
    const from = readDate(whole.from ?? "") ?? this.earliest;
    const now = readDate(plan.asked.until ?? "") ?? readDate(plan.responseDate) ?? this.parts.now();
    const windows = periods(settings.window, plan.granularity, { from, now });
    return windows.slice(0, MOST_WINDOWS).map((window, i) => {
      const isLast = i === windows.length - 1;
      return {
        number: i + 1,
        from: i === 0 ? whole.from : window.from,
        until: isLast ? whole.until : window.until,
      };
    });
  }

  private fromOf(set: string): string | null {
    const { settings, spool } = this.parts;
    const { plan } = spool;
    if (plan.asked.from !== null) return plan.asked.from;
    const position = plan.full ? null : readDate(plan.positions[set] ?? "");
    if (position === null) return null;
    return writeDate(position - settings.overlapMs, plan.granularity);
  }

  private get earliest(): number {
    return readDate(this.parts.spool.plan.earliest ?? "") ?? 0;
  }

  private async fetchWindow(set: string, state: WindowState): Promise<void> {
    const { spool } = this.parts;
    while (!state.whole) {
      this.mustGoOn();
      const token = state.pages.at(-1)?.token ?? "";
      const request =
        token === ""
          ? this.firstRequest(set, state)
          : { verb: "ListRecords", resumptionToken: token };
      const dated = "from" in request || "until" in request;
      const { answer, envelope, sink } = await this.ask(set, request);
      const step = nextStep(
        { status: answer.status, envelope, counts: sink.counts },
        { window: state, token, dated },
      );
      await this.take(step, { set, state, request, answer, envelope, sink });
      if (!spool.state.windows(set).includes(state)) return;
    }
  }

  private firstRequest(set: string, { window }: WindowState): OaiArguments {
    const { spool, settings } = this.parts;
    const { dates } = spool.state;
    const cut = (date: string | null): string =>
      (dates === "day" ? date?.slice(0, 10) : date) ?? "";
    const named = { verb: "ListRecords", metadataPrefix: settings.metadataPrefix, set };
    if (dates === "none") return named;
    return {
      ...named,
      ...(window.from === null ? {} : { from: cut(window.from) }),
      ...(window.until === null ? {} : { until: cut(window.until) }),
    };
  }

  private async take(step: Step, got: Got): Promise<void> {
    const { spool } = this.parts;
    const { set, state } = got;
    const window = state.window.number;
    switch (step.kind) {
      case "page":
        this.notePage(got);
        return;
      case "whole":
        if (step.page && got.envelope.verb === "ListRecords") this.notePage(got);
        else spool.beginBody(set);
        for (const code of step.notes) this.tellOnce(code as "M804", listName(set));
        spool.note({ kind: "whole", set, window, notes: step.notes });
        return;
      case "lost":
        spool.beginBody(set);
        if (state.restarts < RESTARTS) {
          this.parts.events.onFinding?.("M802", listName(set));
          spool.note({ kind: "anew", set, window });
          return;
        }
        this.split(got, "its tokens are lost again and again");
        return;
      case "split":
        spool.beginBody(set);
        this.split(got, "the repository says that it is too large");
        return;
      case "coarser":
        spool.beginBody(set);
        this.coarser(got, step.said);
        return;
      case "fail": {
        const aside = isOai(got.envelope) ? null : spool.putAside(set);
        if (aside === null) spool.beginBody(set);
        const kept = aside === null ? "" : `; the answer is kept in ${aside}`;
        throw this.failure(`${step.what} (${place(got)}${kept})`, step.advice);
      }
    }
  }

  private notePage({ set, state, request, answer, envelope, sink }: Got): void {
    const { spool, events } = this.parts;
    const { offset, length } = spool.body(set);
    const { counts } = sink;
    if (isOutside(counts, state.window)) this.tellOnce("M811", listName(set));
    spool.note({
      kind: "page",
      set,
      window: state.window.number,
      offset,
      length,
      sha256: sink.sha256(),
      request,
      status: answer.status,
      ...counts,
      responseDate: this.dateOf(envelope, answer),
      token: envelope.token?.text ?? "",
      expires: envelope.token?.expirationDate ?? "",
      size: envelope.token?.completeListSize ?? null,
    });
    const pages = spool.state.pages(set);
    const records = pages.reduce((all, page) => all + page.records, 0);
    events.onPage?.({ set, pages: pages.length, records, size: pages.at(-1)?.size ?? null });
  }

  /** By the repository's clock; where it does not say, by its server's, or by ours a day back. */
  private dateOf({ responseDate }: Envelope, { headers }: WebAnswer): string {
    const said = readDate(responseDate);
    if (said !== null) return writeDate(said, "second");
    this.tellOnce("M810", `responseDate ${JSON.stringify(responseDate)}`);
    const ofServer = Date.parse(headers.date ?? "");
    const time = Number.isNaN(ofServer) ? this.parts.now() - DAY_MS : ofServer;
    return writeDate(time, "second");
  }

  private split(got: Got, why: string): void {
    const { spool } = this.parts;
    const { set, state } = got;
    const { plan } = spool;
    const now = readDate(plan.responseDate) ?? this.parts.now();
    const granularity = spool.state.dates === "day" ? "day" : plan.granularity;
    const parts =
      spool.state.dates === "none"
        ? null
        : halves(state.window, granularity, { earliest: this.earliest, now });
    const windows = spool.state.windows(set);
    if (parts === null || windows.length >= MOST_WINDOWS) {
      throw this.failure(
        `the list cannot be had, ${why}, and it cannot be divided further (${place(got)})`,
        "Write to the repository; if it has sets, name them in sets, so that each list is shorter.",
      );
    }
    this.parts.events.onFinding?.("M803", listName(set));
    const most = Math.max(...windows.map(({ window }) => window.number));
    const into = parts.map((part, i) => ({ number: most + 1 + i, ...part }));
    spool.note({ kind: "split", set, window: state.window.number, into });
  }

  private coarser(got: Got, said: string): void {
    const { spool } = this.parts;
    const { dates } = spool.state;
    const { plan } = spool;
    const isAlone = got.state.window.until === null && spool.state.windows(got.set).length === 1;
    if (dates === "as planned" && plan.granularity === "second")
      spool.note({ kind: "coarser", dates: "day" });
    else if (dates !== "none" && isAlone && plan.asked.from === null)
      spool.note({ kind: "coarser", dates: "none" });
    else {
      throw this.failure(
        `the repository does not take the request: ${said} (${place(got)})`,
        "Look at sets, metadata_prefix and granularity.",
      );
    }
  }

  /** Asks for records one by one, as a list of their own. */
  private async fetchAgain(identifiers: readonly string[]): Promise<void> {
    const { spool, settings } = this.parts;
    if (identifiers.length === 0) return;
    if (spool.state.windows(RETRIES).length === 0) {
      spool.note({
        kind: "windows",
        set: RETRIES,
        windows: [{ number: 1, from: null, until: null }],
      });
    }
    const [state] = spool.state.windows(RETRIES);
    for (const identifier of identifiers) {
      if (spool.state.retried.has(identifier)) continue;
      this.mustGoOn();
      const { metadataPrefix } = settings;
      const request = { verb: "GetRecord", identifier, metadataPrefix };
      const got = { set: RETRIES, state, request, ...(await this.ask(RETRIES, request)) };
      const codes = got.envelope.errors.map(({ code }) => code);
      if (isOai(got.envelope) && got.envelope.verb === "GetRecord") this.notePage(got);
      else spool.beginBody(RETRIES);
      const gone = codes.includes("idDoesNotExist");
      spool.note({ kind: "retried", identifier, gone });
    }
    if (!state.whole) spool.note({ kind: "whole", set: RETRIES, window: 1, notes: [] });
  }

  /** A set of which nothing came may have been taken away: then its rows are not to be taken for current. */
  private async mustBeListed(set: string): Promise<void> {
    this.setSpecs ??= this.listSets();
    const known = await this.setSpecs;
    if (known === null || known.has(set)) return;
    throw this.failure(
      `the repository has no set ${JSON.stringify(set)} (any more)`,
      "`OAI-PMH-importer sets` lists its sets; correct sets in the configuration.",
    );
  }

  /** Every setSpec; null where the repository does not say. */
  private async listSets(): Promise<ReadonlySet<string> | null> {
    const known = new Set<string>();
    let token = "";
    for (let pages = 0; pages < MOST_SET_PAGES; pages++) {
      this.mustGoOn();
      const request = { verb: "ListSets", ...(token === "" ? {} : { resumptionToken: token }) };
      const { envelope, document } = await askSmall(this.parts, request);
      if (envelope.verb !== "ListSets") return null;
      for (const set of textsOf(document, "setSpec")) known.add(set);
      token = envelope.token?.text ?? "";
      if (token === "") return known;
    }
    return null;
  }

  private async ask(set: string, request: OaiArguments): Promise<Answered> {
    const { spool } = this.parts;
    const sink = new PageSink({
      begin: () => spool.beginBody(set),
      append: (bytes) => spool.appendBody(set, bytes),
    });
    let envelope: Envelope | null = null;
    const judge = () => {
      envelope = sink.envelope;
      return judgement(envelope);
    };
    const answer = await askWith(this.parts, { request, sink, judge });
    for (const { permanent, from, to } of answer.redirects) {
      if (permanent) this.tellOnce("M809", `${withoutQuery(from)} to ${withoutQuery(to)}`);
    }
    return { answer, sink, envelope: envelope ?? sink.envelope };
  }

  private tellOnce(
    code: Parameters<NonNullable<FetchEvents["onFinding"]>>[0],
    found: string,
  ): void {
    if (this.told.has(`${code} ${found}`)) return;
    this.told.add(`${code} ${found}`);
    this.parts.events.onFinding?.(code, found);
  }

  private mustGoOn(): void {
    const signal = this.parts.stopSignal();
    if (signal !== null) throw new FetchStopped(signal);
  }

  private failure(what: string, advice: string): Failure {
    return repositoryFailure(this.parts.name, what, advice);
  }
}

interface Answered {
  readonly answer: WebAnswer;
  readonly envelope: Envelope;
  readonly sink: PageSink;
}

interface Got extends Answered {
  readonly set: string;
  readonly state: WindowState;
  readonly request: OaiArguments;
}

/** A failure of one repository: nothing was imported of it, and its position has not moved. */
export function repositoryFailure(
  name: string,
  what: string,
  advice: string,
  cause?: unknown,
): Failure {
  const safe = "nothing was imported, and the next run goes on";
  return new Failure("repository", `${name}: ${what}`, advice, { safe, cause });
}

function listName(set: string): string {
  return set === "" ? "all records" : set === RETRIES ? "records asked for again" : `set ${set}`;
}

function place({ set, state, request }: Got): string {
  const dates = [request.from, request.until].some((date) => date !== undefined)
    ? `, from ${request.from ?? "the beginning"} until ${request.until ?? "now"}`
    : "";
  return `${listName(set)}, page ${state.pages.length + 1}${dates}`;
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, "");
}

function judgement(envelope: Envelope): "usable" | { readonly again: string } | null {
  if (isOai(envelope)) return "usable";
  if (envelope.root === "OAI-PMH" && !envelope.closed) return { again: "the answer breaks off" };
  return null;
}

type AskParts = Pick<FetchParts, "name" | "settings" | "client">;

/** The least that the position may be: no clock of a repository is a day ahead of ours. */
function positionOf({ state, plan }: Spool, now: number): number {
  const first = plan.sets.flatMap((set) =>
    state.windows(set).map(({ pages }) => pages[0]?.responseDate ?? ""),
  );
  const dates = [plan.responseDate, ...first].map(readDate).filter((date) => date !== null);
  return Math.min(...dates, now + DAY_MS);
}

interface Asking {
  readonly request: OaiArguments;
  readonly sink: { begin(): void; write(bytes: Buffer): void };
  judge(): "usable" | { readonly again: string } | null;
}

/** @throws Failure in the user's terms where no whole answer can be had */
async function askWith(
  { name, settings, client }: AskParts,
  { request, sink, judge }: Asking,
): Promise<WebAnswer> {
  const { baseUrl, method, tokenAsIs } = settings;
  const built = buildRequest(baseUrl, request, { method, tokenAsIs });
  try {
    const wholeJudge = ({ status }: { readonly status: number }) => {
      const judged = judge();
      return judged === null && status < 400 ? { again: "the answer is no OAI-PMH" } : judged;
    };
    return await client.ask({ ...built, sink, judge: wholeJudge });
  } catch (error) {
    throw asFailure(name, error);
  }
}

function asFailure(name: string, error: unknown): unknown {
  if (error instanceof WebDeferral) return new Deferred(name, error);
  if (!(error instanceof WebProblem)) return error;
  const { kind, url, message } = error;
  const what = `${withoutQuery(url)}: ${message}`;
  return repositoryFailure(name, what, ADVICE[kind] ?? "The next run asks again.", error);
}

const ADVICE: Readonly<Record<string, string>> = {
  "not-reachable":
    "Look whether base_url is right and the network is there; the next run asks again.",
  certificate: "Name the certificate of the authority in ca_file, if it is one that you trust.",
  "no-answer": "Ask again later, or raise timeout.",
  silence: "Ask again later, or raise idle_timeout.",
  "too-large": "Raise max_page_size, if such an answer is to be expected.",
  redirect: "Look at base_url in a browser, and write the address that it leads to.",
};

/** The repository asks to come back later than `max_wait` allows. */
export class Deferred extends Failure {
  readonly until: number;

  constructor(name: string, { until, status }: WebDeferral) {
    const when = writeDate(until, "second");
    super(
      "repository",
      `${name}: the repository asks to come back after ${when} (HTTP ${status})`,
      "The next run after that time goes on; max_wait says how long a run itself waits.",
      { safe: "nothing was imported, and what was fetched stays" },
    );
    this.until = until;
  }
}

/** Answers that are kept in memory: all but lists of records. */
const SMALL = 64 * 1024 * 1024;

/** Asks for something that is no list of records. */
export async function askSmall(
  parts: AskParts,
  request: OaiArguments,
): Promise<{ readonly answer: WebAnswer; readonly envelope: Envelope; readonly document: string }> {
  let bytes: Buffer[] = [];
  let length = 0;
  const sink = new PageSink({
    begin: () => {
      bytes = [];
      length = 0;
    },
    append: (more) => {
      length += more.length;
      if (length <= SMALL) bytes.push(more);
    },
  });
  const answer = await askWith(parts, { request, sink, judge: () => judgement(sink.envelope) });
  return { answer, envelope: sink.envelope, document: Buffer.concat(bytes).toString("utf8") };
}
