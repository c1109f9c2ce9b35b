/**
 * What a spool says of itself: one line of JSON an event, each written before the next request is sent.
 * Where a harvest stands is what its lines add up to, whenever it was stopped.
 */

import type { Granularity, Window } from "./oai-dates.js";

/** What is fetched, fixed when the spool is begun. */
export interface SpoolPlan {
  readonly repository: string;
  readonly baseUrl: string;
  readonly metadataPrefix: string;
  /** `""` alone: everything, without a set. */
  readonly sets: readonly string[];
  /** By set: the position in the database that it begins from, null for none. */
  readonly positions: Readonly<Record<string, string | null>>;
  /** Whether the position is to move: not where the user has named from or until. */
  readonly movesPosition: boolean;
  /** Whether everything is asked for. */
  readonly full: boolean;
  /** From and until as the user asked for them, null for as the position says. */
  readonly asked: Window;
  readonly granularity: Granularity;
  readonly deletedRecord: string;
  /** UTC; the repository's clock at the beginning. */
  readonly responseDate: string;
  readonly earliest: string | null;
  /** UTC, by our clock. */
  readonly startedAt: string;
}

/** Whether everything is asked for, be it that no position is known yet. */
export function asksForAll({ full, positions }: SpoolPlan): boolean {
  return full || Object.values(positions).every((position) => position === null);
}

export interface PageLine {
  readonly kind: "page";
  readonly set: string;
  readonly window: number;
  /** In the pages file of the set. */
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  readonly request: Readonly<Record<string, string>>;
  readonly status: number;
  readonly records: number;
  readonly deleted: number;
  /** Of the datestamps, as written; "" without records. */
  readonly first: string;
  readonly last: string;
  /** Whether no datestamp is before the one of the record before it, nor missing; absent: not known. */
  readonly ascending?: boolean;
  /** Equal for the same records. */
  readonly digest: number;
  /** Records that state sets, and not the one that was asked for; absent: not known. */
  readonly strayed?: number;
  /** Of the answer's header, where it is not UTF-8; absent: none. */
  readonly charset?: string;
  readonly responseDate: string;
  /** "" for none, or an empty one. */
  readonly token: string;
  readonly expires: string;
  readonly size: number | null;
}

/** What some pages come to. */
export interface PageTotals {
  readonly pages: number;
  readonly records: number;
  readonly deleted: number;
  readonly bytes: number;
  /** Records of the whole list, the most that was stated; null for never. */
  readonly size: number | null;
}

const NOTHING: PageTotals = { pages: 0, records: 0, deleted: 0, bytes: 0, size: null };

/** @param more of pages that come later */
function added(totals: PageTotals, more: PageTotals): PageTotals {
  return {
    pages: totals.pages + more.pages,
    records: totals.records + more.records,
    deleted: totals.deleted + more.deleted,
    bytes: totals.bytes + more.bytes,
    size: largest(more.size, totals.size),
  };
}

export function largest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

export interface NumberedWindow extends Window {
  readonly number: number;
}

export type ManifestLine =
  | { readonly kind: "plan"; readonly plan: SpoolPlan }
  | { readonly kind: "windows"; readonly set: string; readonly windows: readonly NumberedWindow[] }
  | PageLine
  /** `late`: its token has died since another day, which is nobody's fault; `changed`: the list has meanwhile. */
  | {
      readonly kind: "anew";
      readonly set: string;
      readonly window: number;
      readonly late?: boolean;
      readonly changed?: boolean;
    }
  | {
      readonly kind: "split";
      readonly set: string;
      readonly window: number;
      readonly into: readonly NumberedWindow[];
    }
  /** The repository takes no finer dates than these. */
  | { readonly kind: "coarser"; readonly dates: "day" | "none" }
  | {
      readonly kind: "whole";
      readonly set: string;
      readonly window: number;
      readonly notes: readonly string[];
    }
  /** `listed`: it has come in a list as well, so that no page of its own is kept. */
  | {
      readonly kind: "retried";
      readonly identifier: string;
      readonly gone: boolean;
      readonly listed?: boolean;
    }
  | { readonly kind: "deferred"; readonly until: string }
  | { readonly kind: "fetched"; readonly position: string }
  | { readonly kind: "imported"; readonly run: string };

export interface WindowState {
  readonly window: NumberedWindow;
  pages: PageLine[];
  /** What they come to: kept, since it is asked for with each page. */
  totals: PageTotals;
  whole: boolean;
  /** How often it was begun anew since its token was lost. */
  restarts: number;
  /** How often it was since it had changed. */
  changes: number;
  notes: readonly string[];
}

/** The pages of what was rejected before and asked for again, as if they were a set of their own. */
export const RETRIES = "\0retries";

export class HarvestState {
  plan: SpoolPlan | null = null;
  dates: "as planned" | "day" | "none" = "as planned";
  deferredUntil: string | null = null;
  /** The position to be, once all is fetched. */
  position: string | null = null;
  imported: string | null = null;
  splits = 0;
  /** Identifiers that were asked for again; true: the repository no longer has them. */
  readonly retried = new Map<string, boolean>();
  /** Those that came, by a page of their own or in a list. */
  readonly cameAgain = new Set<string>();
  private readonly sets = new Map<string, WindowState[]>();

  /** The windows of a set in order. */
  windows(set: string): readonly WindowState[] {
    return this.sets.get(set) ?? [];
  }

  pages(set: string): PageLine[] {
    return this.windows(set).flatMap(({ pages }) => pages);
  }

  /** What the pages of a set come to. */
  totals(set: string): PageTotals {
    return this.windows(set).reduce((sum, { totals }) => added(sum, totals), NOTHING);
  }

  get isFetched(): boolean {
    return this.position !== null;
  }

  /** Takes the next line. */
  add(line: ManifestLine): void {
    switch (line.kind) {
      case "plan":
        this.plan = line.plan;
        return;
      case "windows":
        this.sets.set(line.set, line.windows.map(begun));
        return;
      case "page":
        this.addPage(line);
        if (line.set === RETRIES) this.cameAgain.add(line.request.identifier);
        this.deferredUntil = null;
        return;
      case "anew":
        this.find(line).pages = [];
        this.find(line).totals = NOTHING;
        if (line.changed) this.find(line).changes++;
        else if (!line.late) this.find(line).restarts++;
        return;
      case "split": {
        const windows = this.sets.get(line.set) ?? [];
        windows.splice(windows.indexOf(this.find(line)), 1, ...line.into.map(begun));
        this.splits++;
        return;
      }
      case "whole":
        this.find(line).whole = true;
        this.find(line).notes = line.notes;
        return;
      case "coarser":
        this.dates = line.dates;
        return;
      case "retried":
        this.retried.set(line.identifier, line.gone);
        if (line.listed) this.cameAgain.add(line.identifier);
        return;
      case "deferred":
        this.deferredUntil = line.until;
        return;
      case "fetched":
        this.position = line.position;
        return;
      case "imported":
        this.imported = line.run;
    }
  }

  private addPage(page: PageLine): void {
    const state = this.find(page);
    const { records, deleted, length: bytes, size } = page;
    state.pages.push(page);
    state.totals = added(state.totals, { pages: 1, records, deleted, bytes, size });
  }

  private find({ set, window }: { readonly set: string; readonly window: number }): WindowState {
    const found = this.windows(set).find((one) => one.window.number === window);
    if (found) return found;
    throw new Error(
      `the manifest names window ${window} of ${JSON.stringify(set)}, which it does not plan`,
    );
  }
}

function begun(window: NumberedWindow): WindowState {
  return { window, pages: [], totals: NOTHING, whole: false, restarts: 0, changes: 0, notes: [] };
}

/** A line, and the offset behind it. */
export interface PlacedLine {
  readonly line: ManifestLine;
  readonly end: number;
}

/** Reads a manifest as far as it is sound: a process that was killed may have left half a line. */
export function readManifest(bytes: Buffer): PlacedLine[] {
  const lines: PlacedLine[] = [];
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0) return lines;
    try {
      const line = JSON.parse(bytes.toString("utf8", from, end)) as ManifestLine;
      lines.push({ line, end: end + 1 });
    } catch {
      return lines;
    }
    from = end + 1;
  }
}
