/** Dates of OAI-PMH (section 3.3): UTC, to the day or to the second; read leniently, written strictly. */

export type Granularity = "day" | "second";

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
export const DAY_MS = 86_400_000;

/**
 * Milliseconds since 1970; offsets from UTC and fractions of a second are read, what has no offset is UTC.
 *
 * @returns null for what is no date
 */
export function readDate(text: string): number | null {
  const found = DATE.exec(text.trim());
  if (found === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", zone = "Z"] = found;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const time = Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]);
  const asked = new Date(time);
  const real = asked.getUTCMonth() === parts[1] - 1 && asked.getUTCDate() === parts[2];
  return real && !Number.isNaN(time) ? time - offsetMs(zone) : null;
}

function offsetMs(zone: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (found === null) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
}

/** As it is sent and kept; what is finer than the granularity is cut off. */
export function writeDate(time: number, granularity: Granularity): string {
  const text = new Date(time).toISOString();
  return granularity === "day" ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}

/** What `Identify` says; case does not count, and what is odd is days, which every repository takes. */
export function readGranularity(text: string): Granularity {
  return /T.*:ss/i.test(text) ? "second" : "day";
}

/** Milliseconds of the smallest step. */
function unitMs(granularity: Granularity): number {
  return granularity === "day" ? DAY_MS : 1000;
}

/** From and until, both inclusive as written; null: open. */
export interface Window {
  readonly from: string | null;
  readonly until: string | null;
}

/**
 * Two windows in place of one; the last stays open where it was.
 *
 * @param earliest where a window without a beginning begins, milliseconds since 1970
 * @param now where an open one is taken to end
 * @returns null where the window is of one unit already
 */
export function halves(
  window: Window,
  granularity: Granularity,
  { earliest, now }: { readonly earliest: number; readonly now: number },
): readonly [Window, Window] | null {
  const unit = unitMs(granularity);
  const from = Math.floor((readDate(window.from ?? "") ?? earliest) / unit);
  const until = Math.floor((readDate(window.until ?? "") ?? Math.max(now, from * unit)) / unit);
  if (until <= from) return null;
  const middle = Math.floor((from + until) / 2);
  return [
    { from: window.from, until: writeDate(middle * unit, granularity) },
    { from: writeDate((middle + 1) * unit, granularity), until: window.until },
  ];
}

/**
 * The windows of a period by days, months or years; the last is open. Where there would be more than
 * `most`, the first takes what lies before the others.
 */
export function periods(
  by: "day" | "month" | "year",
  granularity: Granularity,
  { from, now, most }: { readonly from: number; readonly now: number; readonly most: number },
): Window[] {
  const windows: Window[] = [];
  let start = from;
  for (;;) {
    const next = beginningOfNext(start, by);
    if (next > now) break;
    windows.push({
      from: writeDate(start, granularity),
      until: writeDate(next - unitMs(granularity), granularity),
    });
    start = next;
  }
  windows.push({ from: writeDate(start, granularity), until: null });
  const kept = windows.slice(-most);
  return [{ ...kept[0], from: windows[0].from }, ...kept.slice(1)];
}

function beginningOfNext(time: number, by: "day" | "month" | "year"): number {
  const date = new Date(time);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (by === "day") return Date.UTC(year, month, day + 1);
  return by === "month" ? Date.UTC(year, month + 1, 1) : Date.UTC(year + 1, 0, 1);
}
