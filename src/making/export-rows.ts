/** Rows of the catalogue as lines of text. */

import { nearestName } from "../config/language/suggest.js";
import { Failure } from "../diagnostics/failure.js";
import { elementsOf } from "../fields/list-form.js";
import { isList, type RecordField } from "../fields/record-fields.js";
import { type TableFormat, type TableValue, tableWriter } from "../output/table-text.js";
import type { Store } from "../store/port.js";
import type { RowQuery, SqlValue } from "../store/reading-port.js";

export interface RowsRequest extends Pick<RowQuery, "runId" | "where"> {
  readonly format: TableFormat;
  /** The columns to write, in this order; null for all. */
  readonly columns: readonly string[] | null;
  /** What stands between the elements of a list; null writes JSON arrays. */
  readonly join: string | null;
  /** Those of the configuration, which tell which columns are lists. */
  readonly fields: readonly RecordField[];
}

/**
 * The head, if the format has one, and the rows by record_id, each a text with its line end.
 *
 * @throws Failure (2) for a column that is not there or a condition that is none
 */
export function* exportedRows(store: Store, request: RowsRequest): Generator<string> {
  const { runId, where, join } = request;
  const all = store.columnNames();
  const columns = request.columns ?? all;
  for (const name of columns) mustBeColumn(name, all);
  const lists = new Set(request.fields.filter(({ kind }) => isList(kind)).map(({ name }) => name));
  const read = columns.map((name) => (lists.has(name) ? listOf : plainOf));
  const writer = tableWriter(request.format, columns, join);
  if (writer.head !== "") yield writer.head;
  for (const row of store.select({ columns, runId, where, order: "record_id" })) {
    yield writer.row(row.map((value, i) => read[i](value)));
  }
}

function mustBeColumn(name: string, columns: readonly string[]): void {
  if (columns.includes(name)) return;
  const nearest = nearestName(name, columns);
  throw new Failure(
    "usage",
    `the catalogue has no column "${name}"`,
    `${nearest === null ? "" : `Did you mean ${nearest}? `}The columns are ${columns.join(", ")}. Nothing was written.`,
  );
}

function listOf(value: SqlValue): TableValue {
  return elementsOf(String(plainOf(value) ?? ""));
}

/** What other programs may have stored: bytes are text in UTF-8. */
function plainOf(value: SqlValue): string | number | null {
  if (typeof value === "bigint") return String(value);
  return Buffer.isBuffer(value) ? value.toString("utf8") : value;
}
