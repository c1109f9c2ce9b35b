/**
 * The progress line on a terminal: one line, as wide as the window, gone when the work is done. The
 * cursor waits at its beginning: however a terminal folds the line when its window becomes narrower,
 * what is left of it then stands behind the cursor and can be wiped away.
 */

import { grouped } from "../report/summary.js";
import type { Tally } from "../running/tally.js";

const REDRAW_MS = 200;
/** Where there is no line to redraw, each state is a line of its own. */
const REPEAT_MS = 10_000;
const WIDTH = 80;
const WIPE = "\r\u001b[J";
/** A window that became narrower a moment ago must cut the line, not fold it under the cursor. */
const WITHOUT_FOLDING = "\u001b[?7l";
const FOLDING = "\u001b[?7h";

/** What of a run the line is made from. */
export interface ProgressState {
  readonly tally: Pick<Tally, "totals">;
  /** What the run reads; `bytes` is null for a pipe. */
  readonly inputs: readonly { readonly bytes: number | null; readonly bytesRead: number }[];
}

/** A stream like standard error. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
}

/** How far a run had come, and when, in milliseconds. */
interface Mark {
  readonly time: number;
  readonly records: number;
  readonly bytes: number;
}

export class Progress {
  private begun: Mark | null = null;
  private state: ProgressState | null = null;
  private drawn = Number.NEGATIVE_INFINITY;
  private visible = false;
  private readonly redraw = () => this.draw();

  constructor(
    private readonly stream: ProgressStream,
    private readonly clock: () => number = Date.now,
  ) {
    stream.on("resize", this.redraw);
  }

  /** Takes notice of where a run stands, and shows it now and then. */
  show(state: ProgressState): void {
    this.state = state;
    // A resumed run has done much before it begins, so the rate counts from the first look.
    if (this.begun === null) {
      this.begun = markOf(state, this.clock());
      // Where lines stay, a run that is over soon has the one at its end.
      if (!this.stream.isTTY) this.drawn = this.begun.time;
    }
    const pause = this.stream.isTTY ? REDRAW_MS : REPEAT_MS;
    if (this.clock() - this.drawn >= pause) this.draw();
  }

  /** Takes the line away; without a terminal, shows where the run has come to. Nothing is shown afterwards. */
  end(): void {
    if (!this.stream.isTTY) this.draw();
    this.stream.off("resize", this.redraw);
    if (this.visible) this.stream.write(WIPE);
    this.visible = false;
    this.state = null;
  }

  private draw(): void {
    if (this.state === null || this.begun === null) return;
    const now = markOf(this.state, this.clock());
    const width = this.stream.isTTY ? (this.stream.columns ?? WIDTH) - 1 : Number.POSITIVE_INFINITY;
    const line = progressLine(this.state, this.begun, now, width);
    this.drawn = now.time;
    if (!this.stream.isTTY) {
      this.stream.write(`${line}\n`);
      return;
    }
    this.stream.write(`${WIPE}${WITHOUT_FOLDING}${line}${FOLDING}\r`);
    this.visible = true;
  }
}

function markOf({ tally, inputs }: ProgressState, time: number): Mark {
  const bytes = inputs.reduce((sum, input) => sum + input.bytesRead, 0);
  return { time, records: tally.totals.recordsRead, bytes };
}

/**
 * The text of the line. What does not fit is left out, the least needed first.
 *
 * @param begun where the run stood at the first look
 * @param width in characters
 */
function progressLine(state: ProgressState, begun: Mark, now: Mark, width: number): string {
  const { outcomes } = state.tally.totals;
  const seconds = (now.time - begun.time) / 1000;
  const parts = [`${grouped(now.records)} records`, ...shareDone(state, begun, now)];
  // A run of one portion has no rate: it was over at the first look.
  if (seconds > 0 && now.records > begun.records)
    parts.push(`${grouped(Math.round((now.records - begun.records) / seconds))}/s`);
  const counts = Object.entries(outcomes).filter(([, count]) => count > 0);
  // What was rejected matters most to somebody who looks on.
  counts.sort(([a], [b]) => Number(b === "rejected") - Number(a === "rejected"));
  parts.push(...counts.map(([outcome, count]) => `${outcome} ${grouped(count)}`));
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line}  ${part}`;
    if (longer.length > width) break;
    line = longer;
  }
  return line === "" ? parts[0].slice(0, Math.max(0, width)) : line;
}

/** Percent of the bytes and the time that the rest will take, if the size of every file is known. */
function shareDone({ inputs }: ProgressState, begun: Mark, now: Mark): string[] {
  if (inputs.some(({ bytes }) => bytes === null)) return [];
  const all = inputs.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  if (all === 0) return [];
  const share = `${Math.floor(Math.min(1, now.bytes / all) * 100)} %`;
  const speed = (now.bytes - begun.bytes) / (now.time - begun.time);
  if (!(speed > 0)) return [share];
  const left = Math.max(0, all - now.bytes) / speed / 1000;
  return [share, `ETA ${duration(left)}`];
}

/** `1:02:03` or `2:03`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** A terminal of a build server is one that nobody looks at, and a dumb one cannot redraw a line. */
export function wantsProgress(
  { progress }: { readonly progress?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (progress !== undefined) return progress;
  return (env.CI ?? "") === "" && env.TERM !== "dumb";
}
