/** The tables that a person reads after a measurement. */

import { cpus, release, totalmem } from "node:os";
import { SqliteDatabase } from "../dist/store/sqlite/file/engine.js";
import { median } from "./measure.mjs";

/** A value that must not be above a bar. */
export function atMost(what, value, bar) {
  return { what, value, bar: `at most ${rounded(bar)}`, met: value <= bar };
}

/** A value that must not be below a bar. */
export function atLeast(what, value, bar) {
  return { what, value, bar: `at least ${rounded(bar)}`, met: value >= bar };
}

/** What the measurements were taken on. */
export function machine() {
  const db = new SqliteDatabase(":memory:");
  const sqlite = db.prepare("SELECT sqlite_version()").pluck().get();
  db.close();
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory_bytes: totalmem(),
    system: `${process.platform} ${release()}`,
    node: process.version,
    sqlite,
  };
}

/** The machine in one line. */
export function machineText({ processor, cores, memory_bytes, system, node, sqlite }) {
  const memory = `${Math.round(memory_bytes / 2 ** 30)} GiB`;
  return `${cores} × ${processor}, ${memory}, ${system}, Node ${node}, SQLite ${sqlite}`;
}

/** One job's medians and shows as text. */
export function jobText({ title, records, series, shows, notes = [] }) {
  const rows = Object.entries(series).map(([name, list]) => seriesRow(name, list, records));
  const head = ["", "seconds", "spread", "CPU s", "peak MiB", "written MB", "records/s"];
  const marks = shows.map(({ what, value, bar, met }) => [
    met ? "yes" : "NO",
    rounded(value),
    bar,
    what,
  ]);
  return [
    `## ${title}${records === null ? "" : `: ${grouped(records)} records`}`,
    "",
    ...columns([head, ...rows]),
    "",
    ...columns(marks),
    ...notes,
    "",
  ].join("\n");
}

function seriesRow(name, list, records) {
  const middle = (quantity) => median(list.map((one) => one[quantity] ?? Number.NaN));
  const times = list.map(({ seconds }) => seconds);
  const seconds = median(times);
  return [
    name,
    seconds.toFixed(2),
    `${Math.min(...times).toFixed(2)}-${Math.max(...times).toFixed(2)}`,
    middle("cpu").toFixed(2),
    (middle("peak") / 2 ** 20).toFixed(0),
    (middle("written") / 1e6).toFixed(0),
    records === null ? "" : grouped(Math.round(records / seconds)),
  ];
}

/** Rows as lines, the first column to the left, the others to the right, but for a last text. */
function columns(rows) {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 || i === 3 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}

function rounded(value) {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function grouped(count) {
  return count.toLocaleString("en-US");
}
