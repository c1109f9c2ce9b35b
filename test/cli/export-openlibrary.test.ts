/** `export --format openlibrary` as a librarian runs it: files, runs, chunks, refusals. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { temporaryFolder } from "../support/import-harness.js";
import { SAMPLES } from "../support/samples.js";

const ETC = join(SAMPLES, "../etc");

interface Book {
  readonly id: string;
  readonly title: string;
  readonly isbn?: string;
  readonly leader?: string;
  /** More fields, as MARC-in-JSON has them. */
  readonly more?: readonly object[];
}

const field = (tag: string, ind: string, ...subfields: object[]) => ({
  [tag]: { ind1: ind[0], ind2: ind[1], subfields },
});

/** A record that has all that Open Library asks for. */
function line({ id, title, isbn, leader = "00000nam a2200000 a 4500", more = [] }: Book): string {
  const fields = [
    { "001": id },
    { "008": `850101s1999    nyu${" ".repeat(17)}eng  ` },
    ...(isbn === undefined ? [] : [field("020", "  ", { a: isbn })]),
    field("100", "1 ", { a: "Doe, Jane." }),
    field("245", "10", { a: title }),
    field("260", "  ", { a: "New York :" }, { b: "Press," }, { c: "1999." }),
    ...more,
  ];
  return `${JSON.stringify({ leader, fields })}\n`;
}

describe("export --format openlibrary", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const path = (name: string) => join(folder.path, name);
  const write = (name: string, ...books: Book[]) => {
    writeFileSync(path(name), books.map(line).join(""));
    return path(name);
  };
  const run = (...args: string[]) =>
    commandIn(folder.path, "export", "job.conf", "--format", "openlibrary", ...args);
  const lines = (text: string) =>
    text
      .split("\n")
      .filter((one) => one !== "")
      .map((one) => JSON.parse(one) as Record<string, unknown>);
  const config = (more = "") =>
    writeFileSync(
      path("job.conf"),
      `include ${ETC}/sample.conf\n[Database]\noverride path = job.sqlite\n[Logging]\noverride directory = log\n[OpenLibrary]\nsource_prefix = mylib\n${more}`,
    );

  beforeEach(() => config());

  it("gives the same bytes each time, and tells each refusal with its place", async () => {
    const file = write(
      "mixed.json",
      { id: "1", title: "One" },
      { id: "2", title: "See also" },
      { id: "3", title: "Journal", leader: "00000nas a2200000 a 4500" },
      { id: "4", title: "Map", leader: "00000nem a2200000 a 4500" },
    );
    const [first, second] = [await run(file, "--refusals", "no.jsonl"), await run(file)];
    expect(first).toMatchObject({
      status: 1,
      error: expect.stringContaining("3 of 4 records are not exported: no.jsonl"),
    });
    expect(second.out).toBe(first.out);
    expect(lines(first.out)).toMatchObject([{ title: "One", source_records: ["mylib:1"] }]);
    const refused = lines(readFileSync(path("no.jsonl"), "utf8"));
    expect(refused.map(({ number, code }) => [number, code])).toEqual([
      [2, "ol-title"],
      [3, "item-is-serial"],
      [4, "item-not-book"],
    ]);
    const text = readFileSync(file);
    for (const { offset, length } of refused) {
      const bytes = text.subarray(Number(offset), Number(offset) + Number(length));
      expect(JSON.parse(bytes.toString())).toHaveProperty("leader");
    }
  });

  it("takes what is no book where that is wanted", async () => {
    config("only_books = false\n");
    const file = write("map.json", { id: "4", title: "Map", leader: "00000nem a2200000 a 4500" });
    expect(lines((await run(file)).out)).toMatchObject([{ title: "Map" }]);
  });

  it("leaves out values that they would refuse, and says so", async () => {
    const file = write("odd.json", {
      id: "1",
      title: "One",
      more: [field("041", "0 ", { a: "eng" }, { a: "e1g" })],
    });
    const { out, status, error } = await run(file);
    expect(lines(out)).toMatchObject([{ languages: ["eng"] }]);
    expect(status).toBe(0);
    expect(error).toContain('record 1 at byte 0: languages "e1g" is not sent');
  });

  it("makes ISBNs as they do only where that is asked for", async () => {
    const more = [field("020", "  ", { z: "0-13-110163-3 (e-book)" })];
    const file = write("isbn.json", { id: "1", title: "One", isbn: "9780306406157", more });
    expect(lines((await run(file)).out)[0]).not.toHaveProperty("isbn_10");
    config("as_openlibrary = true\n");
    expect(lines((await run(file)).out)).toMatchObject([
      { isbn_10: ["0131101633"], isbn_13: ["9780306406157"] },
    ]);
  });

  it("names a library's own number as urn, for the server alone", async () => {
    config('local_id = "999a trent"\n');
    const more = [field("999", "  ", { a: "12345" }), field("999", "  ", { a: "7" }, { a: "8" })];
    const file = write("local.json", { id: "1", title: "One", more });
    expect(lines((await run(file)).out)[0]).not.toHaveProperty("local_id");
    expect(lines((await run(file, "--profile", "server")).out)).toMatchObject([
      { local_id: ["urn:trent:12345", "urn:trent:7"] },
    ]);
  });

  it("names a place in an item only of files that can be read by place", async () => {
    config("item = ol_data\nonly_books = false\nprofile = server\n");
    const json = write("item.json", { id: "1", title: "One" });
    expect(lines((await run(json)).out)).toMatchObject([{ source_records: ["mylib:1"] }]);
    const { out } = await run(join(SAMPLES, "catalog.mrc"));
    expect(lines(out)[0].source_records).toEqual(["marc:ol_data/catalog.mrc:0:919"]);
  });

  it("cuts the output into files, all or none", async () => {
    const books = [1, 2, 3, 4, 5].map((n) => ({ id: String(n), title: `Book ${n}` }));
    const file = write("five.json", ...books);
    expect((await run(file, "-o", "out.jsonl", "--chunk", "2")).status).toBe(0);
    const names = ["out-0001.jsonl", "out-0002.jsonl", "out-0003.jsonl"];
    expect(names.map((name) => lines(readFileSync(path(name), "utf8")).length)).toEqual([2, 2, 1]);
    const before = readFileSync(path(names[0]), "utf8");
    const fewer = await run(write("one.json", books[4]), "-o", "out.jsonl", "--chunk", "2");
    expect(fewer).toMatchObject({ status: 2, error: expect.stringContaining("out-0002.jsonl") });
    expect(readFileSync(path(names[0]), "utf8")).toBe(before);
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("refuses --chunk without names for the files, and --run beside files", async () => {
    const file = write("one.json", { id: "1", title: "One" });
    expect((await run(file, "--chunk", "2")).status).toBe(2);
    expect((await run(file, "--run", "last")).status).toBe(2);
    expect((await run()).status).toBe(2);
  });

  it("exports what a run made or changed, and refuses a file that is no longer what it was", async () => {
    const load = (name: string) => commandIn(folder.path, "job.conf", path(name));
    write("first.json", { id: "1", title: "One" }, { id: "2", title: "Two" });
    write(
      "second.json",
      { id: "1", title: "One" },
      { id: "2", title: "Two, again" },
      { id: "3", title: "Three" },
    );
    await load("first.json");
    await load("second.json");
    const { out, status } = await run("--run", "last");
    expect(lines(out).map(({ title }) => title)).toEqual(["Two, again", "Three"]);
    expect(status).toBe(0);
    write("second.json", { id: "1", title: "Another" }, { id: "3", title: "Three" });
    expect(await run("--run", "last", "-o", "run.jsonl")).toMatchObject({
      status: 3,
      error: expect.stringMatching(/second\.json.* not any more what run .* read/),
    });
    expect(existsSync(path("run.jsonl"))).toBe(false);
    await commandIn(folder.path, "undo", "job.conf", "last");
    expect(await run("--run", "last")).toMatchObject({
      status: 2,
      error: expect.stringContaining("has been taken back"),
    });
  });
});
