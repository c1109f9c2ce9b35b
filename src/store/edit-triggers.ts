/**
 * Triggers that note which rows others wrote, in `edited_records`, with the values that stood there
 * before: match keys are made from them, and they are what we wrote. The first note of a row stands.
 * Our own writes raise `import_writing.active` inside their transaction, so nobody else ever sees it
 * raised.
 *
 * `INSERT OR REPLACE` removes rows without telling the delete trigger, and makes any conflict clause
 * inside a trigger mean REPLACE too. So rows about to be replaced are noted before, and the notes
 * ask for themselves whether there is one already.
 */

import type { Database } from "better-sqlite3";
import { quoted } from "./quoted.js";

/**
 * Sees to it that edits of every column are noted. Columns are added now and then, by us or by hand.
 *
 * @param names the value columns of `record_info`
 */
export function watchColumns(db: Database, names: readonly string[]): void {
  const triggers = editTriggers(["foreign_source", ...names]);
  const present = () =>
    db
      .prepare(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'record_info' AND name GLOB 'record_info_*'",
      )
      .pluck()
      .all();
  const isWatched = () => {
    const found = present();
    return [...triggers.values()].every((sql) => found.includes(sql));
  };
  if (isWatched()) return;
  db.transaction(() => {
    addColumns(db, names);
    for (const [name, sql] of triggers) db.exec(`DROP TRIGGER IF EXISTS ${name}; ${sql}`);
  }).immediate();
}

function addColumns(db: Database, names: readonly string[]): void {
  const present = db.prepare("SELECT name FROM pragma_table_info('edited_records')").pluck().all();
  for (const name of names) {
    if (!present.includes(name)) db.exec(`ALTER TABLE edited_records ADD COLUMN ${quoted(name)}`);
  }
}

/** Name and text of each trigger. */
function editTriggers(names: readonly string[]): ReadonlyMap<string, string> {
  const noted = names.map(quoted);
  const columns = ["record_id", ...noted].join(", ");
  const note = (values: string, recordId: string, from = "") =>
    `INSERT INTO edited_records (${columns}) SELECT ${values} ${from}
     ${from === "" ? "WHERE" : "AND"} NOT EXISTS (SELECT 1 FROM edited_records e WHERE e.record_id = ${recordId});`;
  const valuesOf = (row: string) => ["record_id", ...noted].map((name) => `${row}.${name}`);
  const old = note(valuesOf("OLD").join(", "), "OLD.record_id");
  const added = note(["NEW.record_id", ...noted.map(() => "NULL")].join(", "), "NEW.record_id");
  const replaced = (condition: string) =>
    note(valuesOf("r").join(", "), "r.record_id", `FROM record_info r WHERE ${condition}`);
  const sameNumber = replaced("r.record_id = NEW.record_id");
  const sameId = replaced(
    "r.foreign_id = NEW.foreign_id AND r.foreign_source = NEW.foreign_source AND r.foreign_id <> ''",
  );
  const trigger = (name: string, event: string, statements: string): [string, string] => [
    `record_info_${name}`,
    `CREATE TRIGGER record_info_${name} ${event} ON record_info
     WHEN (SELECT active FROM import_writing) IS NOT 1 BEGIN ${statements} END`,
  ];
  return new Map([
    trigger("replaced", "BEFORE INSERT", sameNumber + sameId),
    trigger("added", "AFTER INSERT", added),
    trigger("edited", "BEFORE UPDATE", old + sameNumber + sameId),
    trigger("renumbered", "AFTER UPDATE OF record_id", added),
    trigger("removed", "BEFORE DELETE", old),
  ]);
}
