/** docs/database.md: every statement runs, every table and column is named. */

import { readFileSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { Project } from "../support/project.js";

const PAGE = readFileSync(new URL("../../docs/database.md", import.meta.url), "utf8");

describe("docs/database.md", () => {
  const project = new Project();
  let db: Database;

  beforeAll(() => {
    project.shell(
      'bin/MARC_import --set Database.full_text="title,description" etc/sample.conf samples/catalog.mrc',
    );
    db = new SqliteDatabase(project.path("ivia.sqlite"));
  });
  afterAll(() => {
    db.close();
    project.remove();
  });

  it("has statements that run, queries that find something", () => {
    const statements = [...PAGE.matchAll(/```sql\n([\s\S]*?)```/g)]
      .flatMap(([, block]) => block.split(/;\n/))
      .filter((statement) => statement.trim() !== "");
    expect(statements.length).toBeGreaterThan(9);
    for (const statement of statements) {
      const prepared = db.prepare(statement);
      if (prepared.reader) {
        const none = /merged_sources|FROM record_isbn GROUP/.test(statement) ? 0 : 1;
        expect(prepared.all().length, statement).toBeGreaterThanOrEqual(none);
      } else expect(prepared.run().changes, statement).toBe(1);
    }
  });

  it("has a full-text query that finds something", () => {
    const query = /^ {4}(SELECT .*\n {4}WHERE record_search .*;)$/m.exec(PAGE)?.[1] ?? "";
    expect(db.prepare(query).all().length).toBeGreaterThan(0);
  });

  it("names every table and every column of record_info", () => {
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'record_search%'",
      )
      .pluck()
      .all() as string[];
    const columns = db.prepare("SELECT name FROM pragma_table_info('record_info')").pluck().all();
    const extra = "original_title";
    const names = [...tables, ...(columns as string[]).filter((name) => name !== extra)];
    expect(names.filter((name) => !PAGE.includes(name))).toEqual([]);
  });
});
