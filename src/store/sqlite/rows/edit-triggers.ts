/**
 * Triggers that note which rows others wrote, in `edited_records`, with the values that stood there
 * before: match keys are made from them, and they are what we wrote. The first note of a row stands.
 * Our own transactions set the triggers aside before they write rows, and put them back before they
 * commit: nobody else ever sees the database without them, and our rows cost nothing more.
 *
 * `INSERT OR REPLACE` removes rows without telling the delete trigger, and makes any conflict clause
 * inside a trigger mean REPLACE too. So rows about to be replaced are noted before, and the notes
 * ask for themselves whether there is one already.
 */

import type { Database } from "better-sqlite3";
import { quoted } from "../file/quoted.js";

/**
 * Sees to it that edits of every column are noted. Columns are added now and then, by us or by hand.
 *
 * @param names the value columns of `record_info`
 */
export function watchColumns(db: Database, names: readonly string[]): void {
  const triggers = editTriggers(["foreign_source", ...names]);
  const present = presentTriggers(db);
  if ([...triggers].every(([name, sql]) => present.get(name) === sql)) return;
  db.transaction(() => {
    addColumns(db, names);
    for (const [name, sql] of triggers) db.exec(`DROP TRIGGER IF EXISTS ${name}; ${sql}`);
  }).immediate();
}

/** Those of `editTriggers`, and the one with which the full-text index looks after rows that are replaced. */
const OURS = ["replaced", "added", "edited", "renumbered", "removed"]
  .map((name) => `'record_info_${name}'`)
  .concat("'record_search_replacing'")
  .join(", ");

/** The triggers of ours that are for other hands only: name and text. Others may have their own. */
function presentTriggers(db: Database): Map<string, string> {
  const select = db.prepare<[], [string, string]>(
    `SELECT name, sql FROM sqlite_schema
     WHERE type = 'trigger' AND tbl_name = 'record_info' AND name IN (${OURS})`,
  );
  return new Map(select.raw().all());
}

/** Any trigger on the tables into which rows are copied, however it spells them, as long as ours are aside. */
const OTHERS = `SELECT 1 FROM sqlite_schema
  WHERE type = 'trigger' AND lower(tbl_name) IN ('record_info', 'record_state') LIMIT 1`;

/** The triggers as our own transactions treat them. */
export class EditTriggers {
  /** What is to be put back before the transaction commits; null where they are in their place. */
  private aside: readonly string[] | null = null;
  /** Whether there were others when ours were set aside last. */
  othersStand = false;

  constructor(private readonly db: Database) {}

  /** Call before rows are written, inside a transaction of ours. */
  setAside(): void {
    if (this.aside !== null) return;
    const triggers = presentTriggers(this.db);
    for (const name of triggers.keys()) this.db.exec(`DROP TRIGGER ${name}`);
    this.aside = [...triggers.values()];
    this.othersStand = this.db.prepare(OTHERS).get() !== undefined;
  }

  /** Call before the transaction commits. */
  putBack(): void {
    for (const sql of this.aside ?? []) this.db.exec(sql);
    this.aside = null;
  }

  /** Call when a transaction, or a part of it, was rolled back. */
  afterRollback(): void {
    if (presentTriggers(this.db).size > 0) this.aside = null;
  }
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
    `CREATE TRIGGER record_info_${name} ${event} ON record_info BEGIN ${statements} END`,
  ];
  return new Map([
    trigger("replaced", "BEFORE INSERT", sameNumber + sameId),
    trigger("added", "AFTER INSERT", added),
    trigger("edited", "BEFORE UPDATE", old + sameNumber + sameId),
    trigger("renumbered", "AFTER UPDATE OF record_id", added),
    trigger("removed", "BEFORE DELETE", old),
  ]);
}
