/** OAI-PMH-importer as it is used: two repositories, what is looked at before and after, what is taken back. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runHarvestCommandLine } from "../../src/cli/harvest-program.js";
import { dc, dcItem, OaiRepository } from "../support/oai-repository.js";
import { otherProgram } from "../support/other-program.js";

let first: OaiRepository;
let second: OaiRepository;
let folder: string;

beforeEach(async () => {
  first = await OaiRepository.start();
  second = await OaiRepository.start();
  folder = mkdtempSync(join(tmpdir(), "harvest-cli-"));
  first.items = [1, 2, 3].map((n) => ({
    ...dcItem(n, "2026-11-01T00:00:00Z"),
    sets: n < 3 ? ["books"] : ["maps"],
  }));
  second.items = [dcItem(7, "2026-11-01T00:00:00Z", "Seven")];
  configure();
});
afterEach(async () => {
  await Promise.all([first.stop(), second.stop()]);
  rmSync(folder, { recursive: true });
});

function configure(ofFirst = "", ofSecond = ""): void {
  const section = (name: string, { url }: OaiRepository, lines: string) => `[${name}]
base_url = "${url}"
foreign_source = "${name}"
field_map_section = "map"
${lines.includes("metadata_prefix") ? "" : "metadata_prefix = oai_dc"}
${lines}
`;
  writeFileSync(
    join(folder, "two.conf"),
    `[Repositories]
harvest_list = "First,Second"
${section("First", first, ofFirst)}${section("Second", second, ofSecond)}
[map]
dc:title = title
dc:identifier = url
`,
  );
}

async function run(...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const status = await runHarvestCommandLine(args, {
    cwd: folder,
    errorIsTerminal: false,
    out: (text) => out.push(text),
    write: () => undefined,
    error: (text) => errors.push(text),
  });
  return { status, out: out.join("\n"), errors: errors.join("\n") };
}

const titles = () =>
  otherProgram(join(folder, "ivia.sqlite"), (db) =>
    db.prepare<[], string>("SELECT title FROM record_info ORDER BY title").pluck().all(),
  );

describe("check --online", () => {
  it("tells what each repository is, and that all can be harvested", async () => {
    const { status, out, errors } = await run("check", "--online", "two.conf");
    expect(status).toBe(0);
    expect(errors.split("\n")).toEqual([
      "No finding; the configuration is valid.",
      "2 repositories will be harvested: First, Second.",
      "Next: harvest: OAI-PMH-importer two.conf",
    ]);
    expect(out).toContain(
      "First: Test, dates to the second, deletedRecord persistent, offers oai_dc, marc21",
    );
    expect(out).toContain("Second: Test");
    expect(existsSync(join(folder, "ivia.sqlite"))).toBe(false);
    expect(existsSync(join(folder, "spool"))).toBe(false);
  });

  it("names formats and sets that are not offered, and goes on with the next repository", async () => {
    configure('sets = "book,maps"\ngranularity = second', "metadata_prefix = oai_dcc");
    first.granularity = "YYYY-MM-DD";
    first.deletedRecord = "no";
    const { status, out, errors } = await run("check", "--online", "two.conf");
    expect(status).toBe(3);
    expect(out).toContain("Second: Test");
    expect(errors).toMatch(/two\.conf:\d+: \[First\] the repository does not list the set book\n/);
    expect(errors).toContain("did you mean books?");
    expect(errors).toMatch(
      /two\.conf:\d+: \[Second\] the repository does not offer metadata_prefix oai_dcc/,
    );
    expect(errors).toContain("takes dates to the day alone");
    expect(errors).toContain("does not tell all deletions (deletedRecord no)");
  });

  it("says which repository cannot be asked", async () => {
    first.fault = () => "<html>gone</html>";
    configure("retries = 1");
    const { status, out, errors } = await run("check", "--online", "two.conf");
    expect(status).toBe(3);
    expect(errors).toMatch(/^OAI-PMH-importer: First: .*no OAI-PMH/);
    expect(out).toContain("Second: Test");
  });
});

describe("sets", () => {
  it("are listed by name", async () => {
    expect(await run("sets", "First", "two.conf")).toEqual({
      status: 0,
      out: "books\tbooks\nmaps\tmaps",
      errors: "",
    });
  });

  it("have each its own name, also beside one without", async () => {
    first.fault = (body) => body.replace("<setName>books</setName>", "<setName/>");
    const { out } = await run("sets", "First", "two.conf");
    expect(out).toBe("books\t\nmaps\tmaps");
  });

  it.each<readonly [string, (body: string) => string]>([
    ["says that it knows none", (body) => body],
    ["lists none", (body) => body.replace(/<error.*<\/error>/s, "<ListSets></ListSets>")],
  ])("of a repository that %s are told of in a sentence", async (_, fault) => {
    second.fault = fault;
    const { status, out, errors } = await run("sets", "Second", "two.conf");
    expect({ status, out }).toEqual({ status: 0, out: "" });
    expect(errors).toBe(
      "OAI-PMH-importer: Second has no sets; where the configuration names none, everything is harvested",
    );
  });
});

describe("past harvests", () => {
  it("are listed, looked at and taken back, the last one first", async () => {
    await run("two.conf");
    expect(titles()).toEqual(["Seven", "Title 1", "Title 2", "Title 3"]);
    const listed = await run("runs", "two.conf", "--json");
    const runs = listed.out.split("\n").map((line) => JSON.parse(line) as { run: string });
    expect(runs).toHaveLength(2);

    expect((await run("diff", "last", "two.conf")).out).toContain("Seven");
    expect((await run("diff", "last", "two.conf", "--repository", "First")).out).toContain(
      "Title 3",
    );
    expect((await run("report", "two.conf", runs[0].run)).out).toContain("<html");

    expect(await run("undo", "last", "two.conf")).toMatchObject({ status: 0, errors: "" });
    expect(titles()).toEqual(["Title 1", "Title 2", "Title 3"]);
    expect(await run("undo", "two.conf", "last")).toMatchObject({ status: 0, errors: "" });
    expect(titles()).toEqual([]);
    expect((await run("status", "two.conf")).out).toBe(
      "First: not harvested yet\nSecond: not harvested yet",
    );
    const nothing = await run("undo", "last", "two.conf");
    expect(nothing.status).toBe(2);
    expect(nothing.errors).toContain("no import of foreign_source First left to undo");
    expect(nothing.errors).not.toContain("MARC_import");
  });
});

describe("the words of a command", () => {
  it("are taken with the configuration first or last", async () => {
    await run("two.conf");
    for (const words of [
      ["sets", "First"],
      ["explain", "First", "oai:r.example.org:3"],
      ["diff", "last"],
      ["runs", "last"],
    ]) {
      const [command, ...others] = words;
      const first = await run(command, "two.conf", ...others);
      const last = await run(command, ...others, "two.conf");
      expect([first.status, first.errors]).toEqual([0, ""]);
      expect(last).toEqual(first);
    }
  });

  it("are wanted where they are missing", async () => {
    const { status, errors } = await run("explain", "First");
    expect(status).toBe(2);
    expect(errors).toContain("OAI-PMH-importer explain [config] <repository> <identifier>");
    expect((await run("undo")).status).toBe(2);
    expect((await run("sets", "two.conf", "Qqqqqq")).errors).toContain("It names First, Second.");
    const address = await run("identify", "http://127.0.0.1/oai");
    expect([address.status, address.errors.includes("base_url")]).toEqual([2, true]);
  });
});

describe("a harvest", () => {
  it("writes a report page for each repository, and a summary of all", async () => {
    const { status } = await run("two.conf", "--report", "night.html", "--summary", "night.json");
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "night-First.html"), "utf8")).toContain("<html");
    expect(readFileSync(join(folder, "night-Second.html"), "utf8")).toContain("<html");
    await run("two.conf", "--repository", "First", "--report", "one.html");
    expect(readFileSync(join(folder, "one.html"), "utf8")).toContain("<html");
    const { repositories } = JSON.parse(readFileSync(join(folder, "night.json"), "utf8"));
    expect(repositories).toHaveLength(2);
    expect(await run("two.conf", "--report", "two.conf", "--repository", "First")).toMatchObject({
      status: 2,
    });
  });

  it("of one set alone deletes nothing of the others", async () => {
    configure("delete_absent = true\nharvest_mode = FULL");
    await run("two.conf");
    first.items = first.items.slice(1);
    const { status } = await run("two.conf", "--repository", "First", "--oai-set", "books");
    expect(status).toBe(0);
    const lists = first.asked.filter(({ arguments: one }) => one.verb === "ListRecords");
    expect(lists.at(-1)?.arguments.set).toBe("books");
    expect(titles()).toContain("Title 1");
    expect((await run("two.conf", "--oai-set", "books")).errors).toContain("--repository");
    const refused = await run("two.conf", "--repository", "First", "--oai-set", "a", "--full-load");
    expect(refused.status).toBe(2);
    await run("two.conf", "--repository", "First");
    expect(titles()).toEqual(["Seven", "Title 2", "Title 3"]);
  });

  it("with --strict rejects what would be repaired", async () => {
    const metadata = dc(["title", "A\u0001B"], ["identifier", "http://www.example.org/9"]);
    second.items.push({ ...dcItem(9, "2026-11-02T00:00:00Z"), metadata });
    const strict = await run("two.conf", "--repository", "Second", "--strict");
    expect(strict.status).toBe(1);
    expect(titles()).toEqual(["Seven"]);
    const repaired = await run("two.conf", "--repository", "Second");
    expect(repaired.status).toBe(0);
    expect(titles()).toEqual(["A B", "Seven"]);
  });
});
