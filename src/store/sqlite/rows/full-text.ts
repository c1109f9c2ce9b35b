/**
 * The full-text index `record_search`, an FTS5 table over columns of `record_info`. The text stays
 * in `record_info` (external content); triggers keep the index, so that rows which other programs
 * write are found, too.
 */

import type { Database } from "better-sqlite3";
import { quoted } from "../file/quoted.js";

/** Words are found without their accents and in any case. */
const TOKENIZER = "unicode61 remove_diacritics 2";

const TRIGGERS = ["replacing", "added", "edited", "removed"];

/**
 * Builds the index over these fields, from the rows that there are, unless it is over them already.
 * No fields: what is there stays as it is.
 */
export function keepFullText(db: Database, fields: readonly string[]): void {
  if (fields.length === 0 || indexedFields(db).join() === fields.join()) return;
  db.transaction(() => {
    for (const statement of [...removal(), ...creation(fields)]) db.exec(statement);
  }).immediate();
}

/** The fields of the index as it is, in its order; none if there is no index. */
export function indexedFields(db: Database): string[] {
  const names = db.prepare("SELECT name FROM pragma_table_info('record_search')").pluck().all();
  return names as string[];
}

function removal(): string[] {
  return [
    ...TRIGGERS.map((name) => `DROP TRIGGER IF EXISTS record_search_${name}`),
    "DROP TABLE IF EXISTS record_search_replaced",
    "DROP TABLE IF EXISTS record_search",
  ];
}

function creation(fields: readonly string[]): string[] {
  const columns = fields.map(quoted).join(", ");
  return [
    `CREATE VIRTUAL TABLE record_search USING fts5 (${columns},
       content='record_info', content_rowid='record_id', tokenize='${TOKENIZER}')`,
    `CREATE TABLE record_search_replaced (record_id INTEGER PRIMARY KEY, ${columns})`,
    "INSERT INTO record_search (record_search) VALUES ('rebuild')",
    ...triggers(fields),
  ];
}

/**
 * `INSERT OR REPLACE` removes rows without telling the delete trigger, and the index forgets a row
 * only when it is told the old text. So before an insert the rows that it may replace are set
 * aside; those that are gone after it are forgotten.
 */
function triggers(fields: readonly string[]): string[] {
  const columns = fields.map(quoted).join(", ");
  const of = (row: string) => fields.map((name) => `${row}.${quoted(name)}`).join(", ");
  const enter = `INSERT INTO record_search (rowid, ${columns}) VALUES (NEW.record_id, ${of("NEW")});`;
  const forget = `INSERT INTO record_search (record_search, rowid, ${columns})`;
  const forgetOld = `${forget} VALUES ('delete', OLD.record_id, ${of("OLD")});`;
  const setAside = (condition: string) =>
    `INSERT OR REPLACE INTO record_search_replaced SELECT r.record_id, ${of("r")}
     FROM record_info r WHERE ${condition};`;
  const sameNumber = setAside("r.record_id = NEW.record_id");
  const sameId = setAside(
    "r.foreign_id = NEW.foreign_id AND r.foreign_source = NEW.foreign_source AND r.foreign_id <> ''",
  );
  const forgetReplaced = `${forget} SELECT 'delete', g.record_id, ${of("g")}
    FROM record_search_replaced g WHERE NOT EXISTS (SELECT 1 FROM record_info r
      WHERE r.record_id = g.record_id AND r.record_id <> NEW.record_id);`;
  const clear = "DELETE FROM record_search_replaced;";
  const trigger = (name: string, event: string, statements: string) =>
    `CREATE TRIGGER record_search_${name} ${event} BEGIN ${statements} END`;
  return [
    // Our own inserts replace nothing: they set this one aside.
    trigger("replacing", "BEFORE INSERT ON record_info", clear + sameNumber + sameId),
    trigger("added", "AFTER INSERT ON record_info", forgetReplaced + clear + enter),
    trigger("edited", `AFTER UPDATE OF record_id, ${columns} ON record_info`, forgetOld + enter),
    trigger(
      "removed",
      "AFTER DELETE ON record_info",
      // With recursive_triggers on, this one is told of replaced rows as well.
      `${forgetOld} DELETE FROM record_search_replaced WHERE record_id = OLD.record_id;`,
    ),
  ];
}
