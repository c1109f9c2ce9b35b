/** What etc/sample.conf makes of whole files, against an independent mapping in Perl with MARC::Record. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { SqliteDatabase } from "../src/store/sqlite/file/engine.js";
import { corpusPath } from "./support/corpora.js";

const ROOT = resolve(import.meta.dirname, "..");
const COLUMNS = ["title", "creators", "subjects", "url", "isbn"] as const;
type Mapped = Readonly<Record<(typeof COLUMNS)[number] | "id", string>>;

function inPerl(file: string): Mapped[] {
  const script = join(import.meta.dirname, "mapping/map.pl");
  const text = execFileSync("perl", [script, file], { encoding: "utf8", maxBuffer: 2 ** 28 });
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Mapped);
}

/** The rows and the totals of an import of the file. */
function imported(file: string): { rows: Map<string, Mapped>; outcomes: Record<string, number> } {
  const folder = mkdtempSync(join(tmpdir(), "marc-import-"));
  try {
    const database = join(folder, "rows.sqlite");
    const summary = join(folder, "summary.json");
    const options = ["--database", database, "--log-dir", folder, "--summary", summary];
    const config = join(ROOT, "etc/sample.conf");
    const program = join(ROOT, "bin/MARC_import");
    const { status, stderr } = spawnSync(program, [...options, config, file], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const db = new SqliteDatabase(database, { readonly: true });
    const sql = `SELECT foreign_id AS id, ${COLUMNS.join(", ")} FROM record_info`;
    const rows = db.prepare(sql).all() as Mapped[];
    db.close();
    const { outcomes } = JSON.parse(readFileSync(summary, "utf8"));
    return { rows: new Map(rows.map((row) => [row.id, row])), outcomes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FILES = [
  ["gpo-geographic/MTU_match_records.mrc", 7633],
  ["gpo-geographic/West__guam_RECORD_SET_20250422.mrc", 740],
  ["gpo-geographic/Northeast__delaware_RECORD_SET_20250422.mrc", 1829],
] as const;

describe("etc/sample.conf and an independent mapping", () => {
  it.each(FILES)("agree on every record of %s", (name, count) => {
    const file = corpusPath(name);
    const { rows, outcomes } = imported(file);
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(count);
    const expected = inPerl(file);
    expect(expected).toHaveLength(count);
    const differences = expected.flatMap((perl) =>
      COLUMNS.flatMap((column) =>
        rows.get(perl.id)?.[column] === perl[column]
          ? []
          : [{ id: perl.id, column, ours: rows.get(perl.id)?.[column], perl: perl[column] }],
      ),
    );
    expect(differences).toEqual([]);
  });
});
