/** `want` over a loaded file, and over lists as people keep them. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/program.js";
import { elementsOf } from "../../src/fields/list-form.js";
import { commandIn } from "../support/command-line.js";
import { temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { SAMPLES } from "../support/samples.js";

const ETC = join(SAMPLES, "../etc");
const UNKNOWN = "9783161484100";

interface Told {
  readonly response: number;
  readonly isbn?: string;
  readonly ia_identifiers: readonly { readonly score: number }[];
}

describe("want", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  let isbns: string[] = [];

  const write = (name: string, content: string | Buffer) => {
    const path = join(folder.path, name);
    writeFileSync(path, content);
    return path;
  };
  const want = (...args: string[]) => commandIn(folder.path, "want", "desk.conf", ...args);
  const answers = async (...args: string[]): Promise<Told[]> => {
    const { out } = await want("--format", "json", ...args);
    return out.split("\n").map((line) => JSON.parse(line) as Told);
  };

  beforeAll(async () => {
    write(
      "desk.conf",
      `include ${ETC}/sample.conf\n[Database]\noverride path = desk.sqlite\nkeep_keys = ISBN,LCCN,OCLC_NUMBER\n[Logging]\noverride directory = log\n`,
    );
    const imported = await commandIn(folder.path, "desk.conf", join(SAMPLES, "catalog.mrc"));
    expect(imported.error).toContain("records rejected");
    isbns = otherProgram(join(folder.path, "desk.sqlite"), (db) =>
      (db.prepare("SELECT isbn FROM record_info").pluck().all() as string[]).flatMap(elementsOf),
    );
    expect(isbns.length).toBeGreaterThan(10);
  });

  it("needs no copy of any book that is held", async () => {
    const told = await answers(...isbns);
    expect(told.map(({ response, isbn }) => [response, isbn])).toEqual(isbns.map((i) => [0, i]));
    expect(told.every(({ ia_identifiers }) => ia_identifiers[0].score === 1)).toBe(true);
  });

  it("takes none with a wrong check digit for a number, and wants the others", async () => {
    const wrong = isbns.map((isbn) => isbn.slice(0, 12) + ((Number(isbn[12]) + 1) % 10));
    const told = await answers(...wrong, UNKNOWN);
    expect(told.map(({ response }) => response)).toEqual([...wrong.map(() => -1), 1]);
  });

  it.each(["", "  "])("takes the argument %j for no number", async (argument) => {
    const { out, status } = await want(argument, "--format", "tsv");
    expect([out.split("\t")[2], status]).toEqual(["-1", 1]);
  });

  it("gives one row for every line of a list, in its order", async () => {
    const line = fc.constantFrom(
      "",
      "   ",
      "# remark",
      UNKNOWN,
      "ISBN 0-201-63361-2 (pbk.)",
      "9780201633610 9783161484100",
      "978020163361051995",
      "tab\tin it",
      "=1+1",
      "\u2028",
      "9".repeat(9000),
      "\u001b[31m",
    );
    const ends = fc.constantFrom("\n", "\r\n", "\r");
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), ends, async (lines, end) => {
        const list = write("list.txt", `${lines.join(end)}${end}${UNKNOWN}`);
        const { out } = await want("--file", list, "--format", "tsv");
        const rows = out.split("\n");
        expect(rows).toHaveLength(lines.length + 1);
        expect(rows.every((row) => row.split("\t").length === 8)).toBe(true);
        const wanted = lines.map((one) => (one === UNKNOWN ? "1" : null));
        wanted.forEach((response, i) => {
          if (response !== null) expect(rows[i].split("\t")[2]).toBe(response);
        });
        expect(rows.at(-1)?.split("\t").slice(0, 3)).toEqual([UNKNOWN, UNKNOWN, "1"]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it("ends in silence, and reads no further, when nobody reads its answers any more", async () => {
    const list = write("long.txt", `${isbns[0]}\n`.repeat(100_000));
    const out: string[] = [];
    const status = await runCommandLine(["want", "desk.conf", "--file", list, "--format", "text"], {
      cwd: folder.path,
      errorIsTerminal: false,
      out: (text) => out.push(text),
      write: () => undefined,
      error: (text) => out.push(text),
      outIsClosed: () => true,
    });
    expect({ status, parts: out.length }).toEqual({ status: 0, parts: 1 });
  });

  it("reads a list with a byte order mark, and a zipped one", async () => {
    const list = write("list.gz", gzipSync(`\ufeff${isbns[0]}\r\n${UNKNOWN}\r\n`));
    const { out, status } = await want("--file", list, "--format", "tsv");
    expect(out.split("\n").map((row) => row.split("\t").slice(0, 3))).toEqual([
      [isbns[0], isbns[0], "0"],
      [UNKNOWN, UNKNOWN, "1"],
    ]);
    expect(status).toBe(0);
  });

  it.each([
    ["a spreadsheet", Buffer.from("PK\x03\x04rest of it"), "a zip archive"],
    ["zero bytes", Buffer.from("9780201633610\0\0\n"), "no text"],
    ["UTF-16", Buffer.from("\ufeff9780201633610\n", "utf16le"), "UTF-16"],
    ["nothing", Buffer.alloc(0), "empty"],
    ["words alone", Buffer.from("title\nauthor\n"), "no line"],
  ])("refuses a list of %s with status 3", async (_, content, said) => {
    const { status, error } = await want("--file", write("bad.txt", content));
    expect({ status, error }).toEqual({ status: 3, error: expect.stringContaining(said) });
  });

  it("refuses MARC records for a list", async () => {
    const { status, error } = await want("--file", join(SAMPLES, "catalog.mrc"));
    expect({ status, error }).toEqual({ status: 3, error: expect.stringContaining("MARC") });
  });

  it("tells a database that is not there from one without any import", async () => {
    const missing = await want(UNKNOWN, "--database", "none.sqlite");
    expect(missing).toMatchObject({ status: 4, error: expect.stringContaining("Run an import") });
  });

  it("warns of a source that was never imported, and of what is slow", async () => {
    const { error } = await want(UNKNOWN, "--set", "Want.partner_sources=branch");
    expect(error).toContain("the source branch, which no run has imported");
    expect(error).not.toContain("keep_keys");
    const slow = await want(UNKNOWN, "--set", "Want.related_by=TITLE_AUTHOR_YEAR");
    expect(slow.error).toContain('keep_keys = "ISBN,TITLE_AUTHOR_YEAR"');
  });

  it("names the place of a pattern that does not come to an end", async () => {
    const endless = "title /^(([a-z]+)+)+$/i";
    otherProgram(join(folder.path, "desk.sqlite"), (db) =>
      db.exec(`UPDATE record_info SET title = '${"a".repeat(60)}!' WHERE record_id = 9`),
    );
    const { status, error } = await want("9780201633610", "--set", `Want.need_second=${endless}`);
    expect({ status, error }).toEqual({
      status: 5,
      error: expect.stringMatching(/need_second does not come to an end on record_id 9/),
    });
  }, 30_000);

  it("refuses a source that is named as two kinds", async () => {
    const { status, error } = await want(
      UNKNOWN,
      "--set=Want.partner_sources=x",
      "--set=Want.ignored_sources=x",
    );
    expect({ status, error }).toEqual({
      status: 2,
      error: expect.stringContaining("x is named in partner_sources and in ignored_sources"),
    });
  });
});
