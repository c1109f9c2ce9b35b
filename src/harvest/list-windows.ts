/** The windows of time that a list is asked for in: cut beforehand, or where a repository refuses a long list. */

import type { HarvestSettings } from "../config/harvest/harvest-config.js";
import type { HarvestState, NumberedWindow, SpoolPlan, WindowState } from "./manifest.js";
import { halves, periods, readDate, writeDate } from "./oai-dates.js";
import type { OaiArguments } from "./oai-request.js";

/** Windows of one list at most. */
const MOST_WINDOWS = 4096;

/** What a list is fetched for. */
interface ListOf {
  readonly set: string;
  readonly plan: SpoolPlan;
  /** By our clock, milliseconds since 1970. */
  readonly now: number;
}

/** The windows that a list is asked for in from the start. */
export function firstWindows(
  { set, plan, now }: ListOf,
  settings: HarvestSettings,
): NumberedWindow[] {
  const whole = { from: fromOf(set, plan, settings), until: plan.asked.until };
  if (settings.window === "whole") return [{ number: 1, ...whole }];
  const windows = periods(settings.window, plan.granularity, {
    from: readDate(whole.from ?? "") ?? earliest(plan),
    now: readDate(plan.asked.until ?? "") ?? readDate(plan.responseDate) ?? now,
    most: MOST_WINDOWS,
  });
  return windows.map((window, i) => {
    const isLast = i === windows.length - 1;
    return {
      number: i + 1,
      from: i === 0 ? whole.from : window.from,
      until: isLast ? whole.until : window.until,
    };
  });
}

function fromOf(set: string, plan: SpoolPlan, { overlapMs }: HarvestSettings): string | null {
  if (plan.asked.from !== null) return plan.asked.from;
  const position = plan.full ? null : readDate(plan.positions[set] ?? "");
  return position === null ? null : writeDate(position - overlapMs, plan.granularity);
}

function earliest(plan: SpoolPlan): number {
  return readDate(plan.earliest ?? "") ?? 0;
}

/** The request for the first page of a window. */
export function firstRequest(
  { set, window }: { readonly set: string; readonly window: NumberedWindow },
  dates: HarvestState["dates"],
  { metadataPrefix }: HarvestSettings,
): OaiArguments {
  const request = { verb: "ListRecords", metadataPrefix, set };
  if (dates === "none") return request;
  const cut = (date: string): string => (dates === "day" ? date.slice(0, 10) : date);
  return {
    ...request,
    ...(window.from === null ? {} : { from: cut(window.from) }),
    ...(window.until === null ? {} : { until: cut(window.until) }),
  };
}

/**
 * Two windows in place of one of a list.
 *
 * @returns null where it cannot be divided further
 */
export function dividedWindow(
  { window }: WindowState,
  {
    windows,
    dates,
  }: { readonly windows: readonly WindowState[]; readonly dates: HarvestState["dates"] },
  { plan, now }: Omit<ListOf, "set">,
): NumberedWindow[] | null {
  if (dates === "none" || windows.length >= MOST_WINDOWS) return null;
  const granularity = dates === "day" ? "day" : plan.granularity;
  const until = readDate(plan.responseDate) ?? now;
  // One that lies in the future is no beginning.
  const stated = earliest(plan);
  const parts = halves(window, granularity, { earliest: stated < until ? stated : 0, now: until });
  if (parts === null) return null;
  const most = Math.max(...windows.map((one) => one.window.number));
  return parts.map((part, i) => ({ number: most + 1 + i, ...part }));
}
