/** Writes rows of a table as text: CSV (RFC 4180), tab-separated lines, JSON lines. */

/** The formats that rows are written in, as the user names them. */
export const TABLE_FORMATS = ["csv", "tsv", "jsonl"] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** A value of a row: a list where its column is one. */
export type TableValue = string | number | null | readonly string[];

/** Everything is UTF-8. */
export interface TableWriter {
  /** The line of column names, "" where each row names them itself. */
  readonly head: string;
  /** One row, ended by its line end. */
  row(values: readonly TableValue[]): string;
}

/**
 * @param columns the names of the columns
 * @param join what stands between the elements of a list; null writes a list as a JSON array
 */
export function tableWriter(
  format: TableFormat,
  columns: readonly string[],
  join: string | null,
): TableWriter {
  const joined = (value: TableValue): string | number | null | readonly string[] =>
    join !== null && isList(value) ? value.join(join) : value;
  if (format === "jsonl") {
    const keys = columns.map((name) => `${JSON.stringify(name)}:`);
    const member = (value: TableValue, i: number) => keys[i] + JSON.stringify(joined(value));
    return { head: "", row: (values) => `{${values.map(member).join(",")}}\n` };
  }
  const cell = format === "csv" ? csvCell : tsvCell;
  const text = (value: TableValue) => {
    const one = joined(value);
    if (one === null) return "";
    return cell(isList(one) ? JSON.stringify(one) : String(one));
  };
  const line =
    format === "csv"
      ? (cells: readonly string[]) => `${cells.join(",")}\r\n`
      : (cells: readonly string[]) => `${cells.join("\t")}\n`;
  return { head: line(columns.map(cell)), row: (values) => line(values.map(text)) };
}

function isList(value: TableValue): value is readonly string[] {
  return Array.isArray(value);
}

const QUOTED_IN_CSV = /[",\r\n]/;

function csvCell(text: string): string {
  return QUOTED_IN_CSV.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const TSV_ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

/** One line a row, whatever it holds: what would end a cell or a line is written as PostgreSQL and MySQL read it. */
function tsvCell(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => TSV_ESCAPES[character]);
}
