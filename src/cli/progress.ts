/** The progress line on a terminal: one line, as wide as the window, gone when the work is done. */

import type { InputFile } from "../run/input-file.js";
import type { Tally } from "../run/tally.js";

const REDRAW_MS = 200;

/** `1,234,567`. */
function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** `1:02:03` or `2:03`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

export class Progress {
  private readonly started = Date.now();
  private drawn = 0;
  private visible = false;

  show({ tally, file }: { readonly tally: Tally; readonly file: InputFile }): void {
    const now = Date.now();
    if (now - this.drawn < REDRAW_MS) return;
    this.drawn = now;
    const width = process.stderr.columns ?? 80;
    const line = progressLine(tally, file, (now - this.started) / 1000);
    process.stderr.write(`\r\u001b[K${line.slice(0, Math.max(0, width - 1))}`);
    this.visible = true;
  }

  clear(): void {
    if (this.visible) process.stderr.write("\r\u001b[K");
    this.visible = false;
  }
}

/** The text of the line for the state of a run. */
export function progressLine(tally: Tally, file: InputFile, seconds: number): string {
  const { recordsRead, outcomes } = tally.totals;
  const rate = seconds > 0 ? recordsRead / seconds : 0;
  const parts = [`${grouped(recordsRead)} records`, `${grouped(Math.round(rate))}/s`];
  if (file.bytes !== null && file.bytes > 0) {
    const share = Math.min(1, file.bytesRead / file.bytes);
    parts.push(`${Math.floor(share * 100)} %`);
    if (share > 0) parts.push(`ETA ${duration((seconds / share) * (1 - share))}`);
  }
  for (const [outcome, count] of Object.entries(outcomes)) {
    if (count > 0) parts.push(`${outcome} ${grouped(count)}`);
  }
  return parts.join("  ");
}
