/** What a night of a repository comes to: figures for the summary, and lines for the log. */

import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { type ListTotals, listName } from "../harvest/fetch-page.js";
import { asksForAll, type PageLine, type WindowState } from "../harvest/manifest.js";
import type { Spool } from "../harvest/spool.js";
import { grouped } from "../report/summary.js";
import type { WebEvents } from "../web/client.js";

export interface ListFigures {
  readonly set: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly responseDate: string;
  readonly pages: number;
  readonly records: number;
  readonly deleted: number;
  readonly listSize: number | null;
  readonly whole: boolean;
  readonly restarts: number;
}

export interface HarvestFigures {
  readonly baseUrl: string;
  readonly metadataPrefix: string;
  readonly mode: "full" | "incremental";
  readonly deletedRecord: string;
  readonly granularity: string;
  readonly lists: readonly ListFigures[];
  readonly splits: number;
  readonly requests: number;
  readonly retries: number;
  readonly waitedSeconds: number;
  readonly bytes: number;
  readonly positionBefore: string | null;
  readonly positionAfter: string | null;
  readonly retriedRecords: number;
}

export class HarvestNotes {
  private current: HarvestFigures;
  private requests = 0;
  private retries = 0;
  private waitedMs = 0;

  constructor({ harvest }: RepositoryConfig) {
    this.current = {
      baseUrl: harvest.baseUrl,
      metadataPrefix: harvest.metadataPrefix,
      mode: harvest.mode === "FULL" ? "full" : "incremental",
      deletedRecord: "",
      granularity: "",
      lists: [],
      splits: 0,
      requests: 0,
      retries: 0,
      waitedSeconds: 0,
      bytes: 0,
      positionBefore: null,
      positionAfter: null,
      retriedRecords: 0,
    };
  }

  get figures(): HarvestFigures {
    const { requests, retries, waitedMs } = this;
    return { ...this.current, requests, retries, waitedSeconds: Math.round(waitedMs / 1000) };
  }

  /** Counts and logs what the client does. */
  webEvents(log: (level: "info" | "explain", text: string) => void): WebEvents {
    return {
      onWait: ({ reason, ms, failed, tries }) => {
        this.retries++;
        this.waitedMs += ms;
        const seconds = Math.round(ms / 1000);
        log("info", `waiting ${seconds} s: ${reason} (try ${failed} of ${tries})`);
      },
      onExchange: ({ method, url, outcome, ms }) => {
        this.requests++;
        log("explain", `${method} ${url}: ${outcome}, ${ms} ms`);
      },
    };
  }

  pageText(
    { set, pages }: ListTotals,
    { records, deleted, length, first, last }: PageLine,
  ): string {
    const gone = deleted === 0 ? "" : `, ${grouped(deleted)} of them deleted`;
    const dates = first === "" ? "" : `, dated ${first} to ${last}`;
    return `page ${grouped(pages)} of ${listName(set)}: ${grouped(records)} records${gone}${dates}, ${grouped(length)} bytes`;
  }

  listText({ set, pages, records, deleted, size, bytes }: ListTotals): string {
    const stated = size === null ? "" : ` of ${grouped(size)} stated`;
    const gone = deleted === 0 ? "" : `, ${grouped(deleted)} of them deleted`;
    const name = set === "" ? "all records" : set;
    return `fetched ${name}: ${grouped(pages)} pages, ${grouped(records)} records${stated}${gone}, ${grouped(bytes)} bytes`;
  }

  /** Takes what a spool says. */
  fetched(spool: Spool | null): void {
    if (spool === null) return;
    const { plan, state } = spool;
    const lists = plan.sets.flatMap((set) =>
      state.windows(set).map((window) => listFigures(set, window)),
    );
    const [position = null] = Object.values(plan.positions)
      .filter((one) => one !== null)
      .sort();
    this.current = {
      ...this.current,
      mode: asksForAll(plan) ? "full" : "incremental",
      deletedRecord: plan.deletedRecord,
      granularity: plan.granularity,
      lists,
      splits: state.splits,
      bytes: plan.sets.reduce((sum, set) => sum + state.totals(set).bytes, 0),
      positionBefore: position,
      positionAfter: position,
      retriedRecords: state.retried.size,
    };
  }

  /** Takes how it was imported. */
  imported(spool: Spool, positionAfter: string | null): void {
    this.fetched(spool);
    this.current = { ...this.current, positionAfter: positionAfter ?? this.current.positionBefore };
  }
}

function listFigures(
  set: string,
  { window, pages, totals, whole, restarts }: WindowState,
): ListFigures {
  const { records, deleted, size } = totals;
  return {
    set,
    from: window.from,
    until: window.until,
    responseDate: pages[0]?.responseDate ?? "",
    pages: pages.length,
    records,
    deleted,
    listSize: size,
    whole,
    restarts,
  };
}
