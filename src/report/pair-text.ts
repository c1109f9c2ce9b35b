/** Pairs of rows that wait for a person: for the terminal, and for machines. */

import { printable } from "../diagnostics/format.js";
import type { PossiblePair } from "../store/model/possible-pair.js";

/** The version of the keys of a pair. */
const PAIR_SCHEMA_VERSION = 1;

/** A row with what is not empty in it, by column. */
export interface ShownRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A pair as it is shown; of one that nobody has noted there is no run. */
export interface ShownPair extends Omit<PossiblePair, "run"> {
  readonly run?: string;
  readonly rows: readonly [ShownRow, ShownRow];
}

/** Columns by which a person knows a record. */
const TOLD = ["title", "creators", "publisher", "publication_date", "edition"];

/** A pair in three lines: why, and both rows. */
export function pairText({ rows, grounds }: ShownPair): string {
  const [one, other] = rows;
  return [`${one.recordId} ${other.recordId}  ${printable(grounds)}`, ...rows.map(rowText)].join(
    "\n",
  );
}

/** A row in one line. */
export function rowText({ recordId, foreignSource, foreignId, values }: ShownRow): string {
  const id = foreignSource === "" ? "local" : `${foreignSource} ${foreignId}`;
  const told = TOLD.map((name) => plain(values[name] ?? "")).filter((text) => text !== "");
  return printable(`  record_id ${recordId} (${id})  ${told.join(" / ")}`);
}

/** A list as it is read: `;a;b;` is `a; b`. */
function plain(text: string): string {
  return text.startsWith(";") && text.endsWith(";")
    ? text.slice(1, -1).replaceAll(";", "; ")
    : text;
}

/** One pair for `--json`. Keys are stable; more may be added. */
export function pairObject({ rows, points, grounds, run }: ShownPair): Record<string, unknown> {
  return {
    schema_version: PAIR_SCHEMA_VERSION,
    kind: "possible",
    points,
    grounds,
    ...(run === undefined ? {} : { run }),
    rows: rows.map(rowObject),
  };
}

export function rowObject(row: ShownRow): Record<string, unknown> {
  const { recordId, foreignSource, foreignId, values } = row;
  return {
    record_id: recordId,
    foreign_source: foreignSource,
    foreign_id: foreignId,
    ...values,
  };
}
