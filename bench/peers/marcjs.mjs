#!/usr/bin/env node
/**
 * The full job as a good script does it with marcjs and better-sqlite3: the fields of sample.conf,
 * a look-up by id and by title, prepared statements, WAL, a transaction for each thousand records.
 *
 *     node bench/peers/marcjs.mjs DATABASE FILE
 *
 * It knows no MARC-8 and no damage, and keeps neither log nor before-images.
 */

import { createReadStream } from "node:fs";
import Database from "better-sqlite3";
import { Marc } from "marcjs";

const BATCH = 1000;
const SOURCE = "sample-marc";

/** Column, the tags and subfields it is made of, and how they are joined. */
const RULES = [
  ["title", /^245$/, "abnp", " "],
  ["creators", /^1[01]0$/, "abcdq", ";"],
  ["contributors", /^7[01]0$/, "abcdq", ";"],
  ["publisher", /^26[04]$/, "b", " "],
  ["edition", /^250$/, "ab", " "],
  ["series", /^490$/, "av", " "],
  ["publication_date", /^26[04]$/, "c", " "],
  ["subjects", /^65[01]$/, "axyz", ";"],
  ["description", /^5(20|00)$/, "ab", " "],
  ["lcc", /^050$/, "ab", ";"],
  ["isbn", /^020$/, "a", ";"],
  ["issn", /^022$/, "a", ";"],
  ["lccn", /^010$/, "a", ";"],
  ["oclc_number", /^035$/, "a", ";"],
  ["url", /^856$/, "u", " "],
];
const COLUMNS = RULES.map(([column]) => column);

function openDatabase(path) {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  db.exec(`CREATE TABLE IF NOT EXISTS record_info (
    record_id INTEGER PRIMARY KEY, ${COLUMNS.map((column) => `${column} TEXT`).join(", ")},
    title_key TEXT, foreign_source TEXT, foreign_id TEXT, date_modified TEXT);
    CREATE UNIQUE INDEX IF NOT EXISTS by_id ON record_info (foreign_source, foreign_id);
    CREATE INDEX IF NOT EXISTS by_title ON record_info (title_key);`);
  return db;
}

function extract(record) {
  return RULES.map(([, tags, codes, join]) => {
    const texts = [];
    for (const field of record.fields) {
      if (!tags.test(field[0])) continue;
      const parts = [];
      for (let i = 2; i < field.length; i += 2) {
        if (codes.includes(field[i])) parts.push(field[i + 1]);
      }
      if (parts.length > 0) texts.push(parts.join(" "));
    }
    return texts.join(join);
  });
}

function titleKey(title) {
  return title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function importer(db) {
  const values = [...COLUMNS, "title_key", "foreign_source", "foreign_id", "date_modified"];
  const find = db.prepare(
    "SELECT record_id FROM record_info WHERE foreign_source = ? AND foreign_id = ?",
  );
  const duplicate = db.prepare(
    "SELECT record_id FROM record_info WHERE title_key = ? AND foreign_source <> ? LIMIT 1",
  );
  const insert = db.prepare(
    `INSERT INTO record_info (${values.join(", ")}) VALUES (${values.map(() => "?").join(", ")})`,
  );
  const update = db.prepare(
    `UPDATE record_info SET ${values.map((name) => `${name} = ?`).join(", ")} WHERE record_id = ?`,
  );
  return (record) => {
    const id = record.fields.find(([tag]) => tag === "001")?.[1];
    if (!id) return;
    const mapped = extract(record);
    const key = titleKey(mapped[0]);
    const row = [...mapped, key, SOURCE, id.trim(), new Date().toISOString()];
    const existing = find.get(SOURCE, id.trim());
    if (existing) update.run(...row, existing.record_id);
    else if (key === "" || !duplicate.get(key, SOURCE)) insert.run(...row);
  };
}

async function main([path, file]) {
  const db = openDatabase(path);
  const importRecord = importer(db);
  const records = createReadStream(file).pipe(Marc.createStream("Iso2709", "Parser"));
  let count = 0;
  for await (const record of records) {
    if (count % BATCH === 0) db.exec(count === 0 ? "BEGIN" : "COMMIT; BEGIN");
    importRecord(record);
    count++;
  }
  if (count > 0) db.exec("COMMIT");
  db.close();
}

await main(process.argv.slice(2));
