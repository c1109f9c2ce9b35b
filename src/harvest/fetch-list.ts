/** Fetches one list window by window, each page by the token of the one before it. */

import {
  type AskedPage,
  type FetchFinding,
  type GotPage,
  listName,
  type PageFetcher,
} from "./fetch-page.js";
import { IdentifierCount } from "./identifier-count.js";
import { dividedWindow, firstRequest, firstWindows } from "./list-windows.js";
import type { WindowState } from "./manifest.js";
import { isOai, nextStep, type Step } from "./next-step.js";

/** Begun anew so often, a window is split. */
const RESTARTS = 1;

export class ListFetcher {
  /** Of the window that is being fetched, null where it is not known. */
  private count: IdentifierCount | null = null;

  constructor(
    private readonly pages: PageFetcher,
    private readonly set: string,
  ) {}

  /**
   * Fetches what of the list is not fetched yet.
   *
   * @throws Failure where it cannot be had; FetchStopped
   */
  async fetchList(): Promise<void> {
    const { spool, settings, now } = this.pages.parts;
    const { set } = this;
    if (this.windows.length === 0) {
      const windows = firstWindows({ set, plan: spool.plan, now: now() }, settings);
      spool.note({ kind: "windows", set, windows });
    }
    for (;;) {
      const window = this.windows.find(({ whole }) => !whole);
      if (window === undefined) return;
      await this.fetchWindow(window);
    }
  }

  private get windows(): readonly WindowState[] {
    return this.pages.parts.spool.state.windows(this.set);
  }

  /** Until it is whole, or others have taken its place. */
  private async fetchWindow(state: WindowState): Promise<void> {
    const { settings } = this.pages.parts;
    this.count = null;
    while (!state.whole && this.windows.includes(state)) {
      const token = state.pages.at(-1)?.token ?? "";
      const asked = this.asked(state, token);
      const dated = "from" in asked.request || "until" in asked.request;
      const got = await this.pages.fetchPage(asked);
      const { answer, envelope, sink } = got;
      const count = this.countOf(state);
      count.add(sink.identifiers);
      const sizeCounts = !settings.ignoreListSize;
      const step = nextStep(
        { status: answer.status, envelope, counts: sink.counts },
        { window: state, token, dated, sizeCounts, different: () => count.different() },
      );
      if (step.kind !== "page") this.count = null;
      this.take(step, got);
    }
  }

  private countOf({ pages }: WindowState): IdentifierCount {
    const path = this.pages.parts.spool.path(this.set);
    this.count ??= IdentifierCount.of({ path, pages });
    return this.count;
  }

  private asked(state: WindowState, token: string): AskedPage {
    const { set } = this;
    const { spool, settings } = this.pages.parts;
    const request =
      token === ""
        ? firstRequest({ set, window: state.window }, spool.state.dates, settings)
        : { verb: "ListRecords", resumptionToken: token };
    return { set, state, request };
  }

  private take(step: Step, got: GotPage): void {
    switch (step.kind) {
      case "page":
        this.pages.keep(got);
        return;
      case "whole":
        this.end(step, got);
        return;
      case "fail":
        this.fail(step, got);
        return;
      default:
        // What came is no page of the list.
        this.pages.parts.spool.beginBody(this.set);
        if (step.kind === "lost") this.beginAnew(got);
        else if (step.kind === "changed") this.noteAnew(got, "M805");
        else if (step.kind === "split") this.split(got, "the repository says that it is too large");
        else this.askCoarser(got, step.said);
    }
  }

  private end({ page, notes }: Extract<Step, { kind: "whole" }>, got: GotPage): void {
    const { set } = this;
    const { spool } = this.pages.parts;
    if (page && got.envelope.verb === "ListRecords") this.pages.keep(got);
    else spool.beginBody(set);
    for (const code of notes) this.pages.tellOnce(code, listName(set));
    spool.note({ kind: "whole", set, window: got.state.window.number, notes });
  }

  private fail({ what, advice }: Extract<Step, { kind: "fail" }>, got: GotPage): never {
    const { spool } = this.pages.parts;
    if (isOai(got.envelope)) {
      spool.beginBody(this.set);
      throw this.pages.failure(got, what, advice);
    }
    const aside = spool.putAside(this.set);
    throw this.pages.failure(got, what, advice, `; the answer is kept in ${aside}`);
  }

  private beginAnew(got: GotPage): void {
    const { state } = got;
    if (state.restarts >= RESTARTS) {
      this.split(got, "its tokens are lost again and again");
      return;
    }
    this.noteAnew(got, "M802");
  }

  private noteAnew({ state }: GotPage, code: FetchFinding): void {
    const { set } = this;
    const { spool, events } = this.pages.parts;
    events.onFinding?.(code, listName(set));
    const changed = code === "M805" ? { changed: true } : {};
    spool.note({ kind: "anew", set, window: state.window.number, ...changed });
  }

  private split(got: GotPage, why: string): void {
    const { set, windows } = this;
    const { spool, events, now } = this.pages.parts;
    const { state } = got;
    const { dates } = spool.state;
    const into = dividedWindow(state, { windows, dates }, { plan: spool.plan, now: now() });
    if (into === null) {
      throw this.pages.failure(
        got,
        `the list cannot be had, ${why}, and it cannot be divided further`,
        "Write to the repository; if it has sets, name them in sets, so that each list is shorter.",
      );
    }
    events.onFinding?.("M803", listName(set));
    spool.note({ kind: "split", set, window: state.window.number, into });
  }

  private askCoarser(got: GotPage, said: string): void {
    const { spool } = this.pages.parts;
    const { dates } = spool.state;
    const { granularity, asked } = spool.plan;
    const isAlone = got.state.window.until === null && this.windows.length === 1;
    if (dates === "as planned" && granularity === "second") {
      spool.note({ kind: "coarser", dates: "day" });
    } else if (dates !== "none" && isAlone && asked.from === null) {
      spool.note({ kind: "coarser", dates: "none" });
    } else {
      throw this.pages.failure(
        got,
        `the repository does not take the request: ${said}`,
        "Look at sets, metadata_prefix and granularity.",
      );
    }
  }
}
