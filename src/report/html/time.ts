/** Where the time of a run went. */

import type { ContentCounts, Room } from "../../store/model/run-statistics.js";
import { barChart } from "./charts.js";
import { html, type Markup } from "./markup.js";
import { ROOM_NAMES } from "./names.js";
import { type Section, section } from "./section.js";

const READER: readonly Room[] = ["input", "reading", "mapping"];
const WRITER: readonly Room[] = ["waiting", "writing", "committing", "logging"];

/** The section, or nothing for a run that measured nothing. */
export function timeSection({ milliseconds }: ContentCounts): Section | null {
  const total = [...READER, ...WRITER].reduce((sum, room) => sum + milliseconds[room], 0);
  if (total === 0) return null;
  const slowest = slowestRoom(milliseconds);
  return section(
    "time",
    "Where the time went",
    html`<p>The slowest part was <strong>${lowered(ROOM_NAMES[slowest])}</strong> (${seconds(milliseconds[slowest])}). Reading and mapping run beside the writing, so the two plots overlap in time.</p>
<div class="charts">
${plot("time-reading", "Reading side", READER, milliseconds)}
${plot("time-writing", "Writing side", WRITER, milliseconds)}
</div>`,
  );
}

/** The room that a faster run would have to hasten: waiting for the reader is the reader's work. */
export function slowestRoom(milliseconds: Readonly<Record<Room, number>>): Room {
  const writing = WRITER.filter((room) => room !== "waiting");
  const sum = (rooms: readonly Room[]) => rooms.reduce((all, room) => all + milliseconds[room], 0);
  const side = milliseconds.waiting > sum(writing) ? READER : writing;
  return side.reduce((a, b) => (milliseconds[b] > milliseconds[a] ? b : a));
}

function plot(
  id: string,
  title: string,
  rooms: readonly Room[],
  milliseconds: Readonly<Record<Room, number>>,
): Markup {
  const bars = rooms.map((room) => ({
    label: ROOM_NAMES[room],
    count: milliseconds[room],
    ...(room === "waiting" || room === "input" ? { tone: "quiet" as const } : {}),
  }));
  return barChart({ id, title, unit: "seconds", bars, write: seconds });
}

function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} s`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
