/**
 * Views for people: a row for each element of a list. They are made again where the fields have
 * changed; a table or view of that name that somebody else has made stays as it is.
 */

import type { Database } from "better-sqlite3";
import { isList, type RecordField } from "../../../fields/record-fields.js";
import { quoted } from "../file/quoted.js";

/** Tells our views from those that others have made. */
const OURS = "/* kept by MARC_import */";

/** What one element of a list is called, where that is not the list's own name. */
const ELEMENTS: Readonly<Record<string, string>> = {
  creators: "creator",
  contributors: "contributor",
  subjects: "subject",
  keywords: "keyword",
  categories: "category",
  resource_types: "resource_type",
  audience_levels: "audience_level",
  other_urls: "other_url",
};

/** Sees to it that each list among the fields has its view. */
export function keepListViews(db: Database, fields: readonly RecordField[]): void {
  const wanted = fields.filter(({ kind }) => isList(kind)).map(viewOf);
  if (changesOf(db, wanted).length === 0) return;
  db.transaction(() => {
    for (const { name, sql, stands } of changesOf(db, wanted)) {
      if (stands) db.exec(`DROP VIEW ${quoted(name)}`);
      db.exec(sql);
    }
  }).immediate();
}

interface View {
  readonly name: string;
  readonly sql: string;
}

/** The views to be made, and whether one of ours stands in their place. */
function changesOf(db: Database, wanted: readonly View[]): (View & { readonly stands: boolean })[] {
  const select = db.prepare<[], [string, string | null]>(
    "SELECT lower(name), sql FROM sqlite_schema WHERE type IN ('table', 'view')",
  );
  const present = new Map(select.raw().all());
  return wanted
    .map((view) => ({ ...view, stands: present.has(view.name.toLowerCase()) }))
    .filter(({ name, sql, stands }) => {
      const standing = present.get(name.toLowerCase());
      return !stands || (standing !== sql && standing?.includes(OURS));
    });
}

/** The elements as JSON: a semicolon within the quoted text can only be one that separates. */
function viewOf({ name }: RecordField): View {
  const view = `record_${name}`;
  const array = `'[' || replace(json_quote(trim(r.${quoted(name)}, ';')), ';', '","') || ']'`;
  const sql = `CREATE VIEW ${quoted(view)} AS ${OURS}
  SELECT r.record_id, trim(e.value) AS ${quoted(ELEMENTS[name] ?? name)}, e.key + 1 AS position
  FROM record_info r, json_each(${array}) e
  WHERE r.${quoted(name)} <> '' AND trim(e.value) <> ''`;
  return { name: view, sql };
}
