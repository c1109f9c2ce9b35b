/**
 * What `export` writes of catalogues of real records: read by Python's csv and json and by the sqlite3
 * shell, and as MARC, byte for byte, what was imported. Needs these programs and the real files.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { corpusPath } from "./support/corpora.js";

const ROOT = resolve(import.meta.dirname, "..");
const FILES = [
  "gpo-geographic/West__guam_RECORD_SET_20250422.mrc",
  "blacklight-marc/test_support/data/test_data.utf8.mrc",
  "gpo-maintenance/cataloging_records_202501_1271_marc8.mrc",
].map(corpusPath);

/** Prints what it reads of a table as JSON, an object a row. */
const PYTHON = `
import csv, json, sys
kind, name = sys.argv[1:]
with open(name, newline='', encoding='utf-8') as file:
    if kind == 'csv': rows = list(csv.DictReader(file, strict=True))
    elif kind == 'tsv':
        plain = {'t': '\\t', 'n': '\\n', 'r': '\\r', '\\\\': '\\\\'}
        import re
        cell = lambda text: re.sub(r'\\\\(.)', lambda m: plain[m[1]], text)
        lines = [[cell(one) for one in line.split('\\t')] for line in file.read().split('\\n')[:-1]]
        rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    else: rows = [json.loads(line) for line in file]
json.dump(rows, sys.stdout)
`;

describe.each(FILES.filter((file) => existsSync(file)))("the catalogue of %s", (file) => {
  const folder = mkdtempSync(join(tmpdir(), "export-conformance-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  const places = ["--database", path("a.sqlite"), "--log-dir", path("log")];
  const run = (program: string, ...args: string[]) => {
    const done = spawnSync(program, args, { cwd: ROOT, maxBuffer: 1 << 30 });
    expect([program, done.status, done.stderr.toString()]).toEqual([program, 0, ""]);
    return done.stdout;
  };
  const program = (...args: string[]) => run(join(ROOT, "bin/MARC_import"), ...args, ...places);
  const exported = (format: string, ...args: string[]) => {
    program("export", "etc/sample.conf", "--format", format, "-o", path(`out.${format}`), ...args);
    return path(`out.${format}`);
  };
  const sqlite = (database: string, sql: string) =>
    JSON.parse(run("sqlite3", "-json", database, sql).toString() || "[]") as unknown[];
  const columns = "record_id, url, title, creators, subjects, description, isbn, foreign_id";

  it("is what was imported, for every reader of its tables", () => {
    program("etc/sample.conf", file);
    const stored = sqlite(path("a.sqlite"), `SELECT ${columns} FROM record_info`);
    expect(stored.length).toBeGreaterThan(20);
    writeFileSync(path("read.py"), PYTHON);
    for (const format of ["csv", "tsv"]) {
      const table = exported(format, "--columns", columns, "--join", ";");
      const rows = JSON.parse(run("python3", path("read.py"), format, table).toString());
      expect(rows).toEqual(stored.map((row) => asTexts(row as Row)));
    }
    const lines = JSON.parse(
      run("python3", path("read.py"), "jsonl", exported("jsonl", "--columns", columns)).toString(),
    );
    expect(lines).toEqual(stored.map((row) => asObject(row as Row)));
  });

  it("is what was imported, for the sqlite3 shell", () => {
    const table = exported("csv", "--columns", columns, "--join", ";");
    run("sqlite3", path("copy.sqlite"), `.import --csv ${table} catalog`);
    const copied = sqlite(path("copy.sqlite"), `SELECT ${columns} FROM catalog`);
    const stored = sqlite(path("a.sqlite"), `SELECT ${columns} FROM record_info`);
    expect(copied).toEqual(stored.map((row) => asTexts(row as Row)));
  });

  it("gives back the bytes of the file, or sound records of them, and the same rows", () => {
    const marc = exported("marc");
    const kept = sqlite(path("a.sqlite"), "SELECT source_record FROM record_info") as {
      source_record: string;
    }[];
    const input = readFileSync(file);
    const records = kept
      .map(({ source_record }) => source_record.split(":").slice(-2).map(Number))
      .sort(([a], [b]) => a - b)
      .map(([offset, length]) => input.subarray(offset, offset + length));
    const validated = run(join(ROOT, "bin/MARC_import"), "validate", "--json", file);
    const structure = /"M[23]\d\d":/.test(
      JSON.stringify(JSON.parse(validated.toString()).files[0].repairs),
    );
    if (!structure) expect(readFileSync(marc).equals(Buffer.concat(records))).toBe(true);
    program("etc/sample.conf", marc);
    const [changed] = sqlite(
      path("a.sqlite"),
      "SELECT created + updated + merged + deleted + rejected AS n FROM runs ORDER BY run_id DESC LIMIT 1",
    ) as { n: number }[];
    expect(changed.n).toBe(0);
  });
});

type Row = Readonly<Record<string, string | number>>;
const LISTS = ["creators", "subjects", "isbn"];

function elements(stored: string | number): string[] {
  return String(stored)
    .split(";")
    .filter((one) => one !== "");
}

function asTexts(row: Row): Record<string, string> {
  const cells = Object.entries(row).map(([name, value]) => [
    name,
    LISTS.includes(name) ? elements(value).join(";") : String(value),
  ]);
  return Object.fromEntries(cells);
}

function asObject(row: Row): Record<string, unknown> {
  const members = Object.entries(row).map(([name, value]) => [
    name,
    LISTS.includes(name) ? elements(value) : value,
  ]);
  return Object.fromEntries(members);
}
