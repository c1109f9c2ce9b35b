/** Rows that somebody asks for in SQL of his own: read, and nothing else. */

import type { Database } from "better-sqlite3";
import { nearestName } from "../../../config/language/suggest.js";
import { Failure } from "../../../diagnostics/failure.js";
import type { RowQuery, SqlValue } from "../../reading-port.js";
import { SqliteError } from "../file/engine.js";
import { quoted } from "../file/quoted.js";

/** What leaves a row that a run has written. */
const WRITTEN_BY_RUN = `record_id IN (SELECT record_id FROM changes
  WHERE run_id = ? AND action IN ('created', 'updated', 'merged', 'withdrawn'))`;
/** What stands behind an expression where it is tried. */
const BEHIND = "\n THEN 1 END FROM record_info LIMIT 0";
const PLACE = /^(.+?):(\d{1,15}):(\d{1,15})$/s;

/** Every column of `record_info`, in its order. */
export function allColumns(db: Database): string[] {
  return db.prepare("SELECT name FROM pragma_table_info('record_info')").pluck().all() as string[];
}

/**
 * The rows that are asked for, in an order that is always the same.
 *
 * @param db opened for reading only: nothing that the expression says can write
 * @throws Failure (2) for an expression that is none, naming what is wrong with it
 */
export function* selectRows(db: Database, query: RowQuery): Generator<readonly SqlValue[]> {
  if (!db.readonly) throw new Error("rows are selected by a connection that may not write");
  const { columns, runId, where, order } = query;
  db.pragma("temp_store = FILE");
  if (where !== null) mustBeExpression(db, where);
  const conditions = [
    ...(runId === null ? [] : [WRITTEN_BY_RUN]),
    ...(where === null ? [] : [`(${where}\n)`]),
  ];
  const condition = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  if (order === "source_record") addPlaceFunctions(db);
  const sorting =
    order === "record_id"
      ? "record_id"
      : "place_file(source_record), place_offset(source_record), record_id";
  const sql = `SELECT ${columns.map(quoted).join(", ")} FROM record_info ${condition} ORDER BY ${sorting}`;
  try {
    const select = db.prepare<unknown[], SqlValue[]>(sql).raw();
    yield* runId === null ? select.iterate() : select.iterate(runId);
  } catch (error) {
    throw whereFailure(db, where, error);
  }
}

/**
 * An expression fits between CASE WHEN and THEN; what ends the statement's own parentheses or its
 * clauses and adds others does not.
 */
function mustBeExpression(db: Database, where: string): void {
  try {
    db.prepare(`SELECT CASE WHEN ${where}${BEHIND}`).all();
  } catch (error) {
    throw whereFailure(db, where, error);
  }
}

/** @returns the error itself where the expression is not what is wrong */
function whereFailure(db: Database, where: string | null, error: unknown): unknown {
  const isOurs = error instanceof SqliteError ? error.code === "SQLITE_ERROR" : false;
  // better-sqlite3 says so of a parameter without a value, and of a second statement.
  const isUse = error instanceof RangeError || error instanceof TypeError;
  if (where === null || !(isOurs || isUse)) return error;
  const problem = problemOf(error as Error);
  return new Failure(
    "usage",
    `--where "${where}": ${problem}`,
    `${hint(db, problem)}It is one SQL expression over the columns of record_info, such as "language = 'eng' AND subjects LIKE '%;Maps;%'"; texts stand in single quotes. Nothing was written.`,
    { cause: error },
  );
}

/** In terms of the expression alone. */
function problemOf(error: Error): string {
  if (error instanceof RangeError) return "it holds a parameter or a second statement";
  const problem = error.message.replace(BEHIND, "");
  return /^near "THEN"|^incomplete input/.test(problem) ? "it is not complete" : problem;
}

function hint(db: Database, problem: string): string {
  const [, missing] = /^no such column: "?([^"\s]+)/.exec(problem) ?? [];
  if (missing === undefined) return "";
  const columns = allColumns(db);
  const nearest = nearestName(missing, columns);
  return nearest === null
    ? `The columns are ${columns.join(", ")}. `
    : `Did you mean the column ${nearest}? `;
}

/** The two parts of `file:offset:length` that rows are sorted by; what is no place comes first. */
function addPlaceFunctions(db: Database): void {
  const part = (place: unknown, index: number) => PLACE.exec(String(place))?.[index] ?? null;
  db.function("place_file", { deterministic: true }, (place) => part(place, 1));
  db.function("place_offset", { deterministic: true }, (place) => {
    const offset = part(place, 2);
    return offset === null ? null : Number(offset);
  });
}
