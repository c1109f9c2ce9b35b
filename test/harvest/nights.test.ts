import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { undoRun } from "../../src/running/undo.js";
import { Harvests, MINIMAL } from "../support/harvest-harness.js";
import { inLists } from "../support/oai-faults.js";
import { dcItem } from "../support/oai-repository.js";

let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
});
afterEach(() => harvests.end());

function fill(count: number): void {
  harvests.repository.items = Array.from({ length: count }, (_, i) => {
    return dcItem(i + 1, `2026-11-0${1 + (i % 9)}T00:00:00Z`);
  });
}

const later = (time: string) => {
  harvests.repository.clock = time;
  harvests.now = Date.parse(time);
};

describe("a harvest", () => {
  it("fetches a list of several pages, imports it as one run, and moves the position", async () => {
    fill(25);
    const { run, failure, figures } = await harvests.night();
    expect(failure).toBeNull();
    expect(run?.summary.totals.outcomes.created).toBe(25);
    expect(harvests.rows()).toHaveLength(25);
    expect(harvests.position()).toBe("2026-11-28T03:00:00Z");
    expect(figures).toMatchObject({
      requests: 4,
      mode: "full",
      positionAfter: "2026-11-28T03:00:00Z",
    });
    expect(figures.lists).toMatchObject([{ pages: 3, records: 25, listSize: 25, whole: true }]);
  });

  it("asks the next night for what has changed since, a day of overlap before", async () => {
    fill(25);
    await harvests.night();
    const { repository } = harvests;
    later("2026-11-29T03:00:00Z");
    repository.items[3] = dcItem(4, "2026-11-28T10:00:00Z", "Changed");
    repository.items[4] = {
      ...repository.items[4],
      datestamp: "2026-11-28T11:00:00Z",
      deleted: true,
    };
    repository.items.push(dcItem(26, "2026-11-28T12:00:00Z"));
    repository.asked.length = 0;
    const { run } = await harvests.night();
    expect(repository.asked[1].arguments.from).toBe("2026-11-27T03:00:00Z");
    expect(run?.summary.totals.outcomes).toMatchObject({ created: 1, updated: 1, deleted: 1 });
    expect(harvests.rows()).toContain("4 Changed");
    expect(harvests.rows()).not.toContain("5 Title 5");
  });

  it("of nothing new moves the position in silence", async () => {
    fill(3);
    await harvests.night();
    later("2026-11-29T03:00:00Z");
    const { run, failure } = await harvests.night();
    expect([failure, run?.summary.exitStatus, run?.summary.totals.recordsRead]).toEqual([
      null,
      0,
      0,
    ]);
    expect(harvests.position()).toBe("2026-11-29T03:00:00Z");
  });

  it("knows unchanged records by their bytes", async () => {
    fill(25);
    await harvests.night();
    const { run } = await harvests.night({ full: true });
    expect(run?.summary.totals.outcomes.unchanged).toBe(25);
  });

  it("reads MARC by the rules of a configuration of MARC_import", async () => {
    const marc = (id: number) =>
      `<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim"><marc:leader>00000nam a2200000 a 4500</marc:leader><marc:controlfield tag="001">m${id}</marc:controlfield><marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a">Book ${id}</marc:subfield></marc:datafield></marc:record>`;
    harvests.repository.items = [1, 2, 3].map((id) => ({
      ...dcItem(id, "2026-11-01T00:00:00Z"),
      metadata: marc(id),
    }));
    harvests.repository.items[2].deleted = true;
    const lines = 'metadata_prefix = marc21\nmapping = "marc.conf"';
    const { run, failure } = await harvests.night({}, { lines, rest: "" });
    expect(failure).toBeNull();
    expect(run?.summary.totals.outcomes).toMatchObject({ created: 2, ignored: 1, rejected: 0 });
    expect(harvests.rows()).toEqual(["1 Book 1", "2 Book 2"]);
    later("2026-11-29T03:00:00Z");
    harvests.repository.items[0].deleted = true;
    harvests.repository.items[0].datestamp = "2026-11-28T11:00:00Z";
    await harvests.night({}, { lines, rest: "" });
    expect(harvests.rows()).toEqual(["2 Book 2"]);
    expect(harvests.log().join("\n")).toContain(
      "its OAI-PMH header says that the record is deleted",
    );
    const again = await harvests.night({ full: true }, { lines, rest: "" });
    expect(again.run?.summary.totals.outcomes.unchanged).toBe(1);
  });

  it("asks for sets one after another, and takes a record of two sets once", async () => {
    fill(12);
    harvests.repository.items.forEach((item, i) => {
      item.sets = i < 8 ? ["a:b", "c"] : ["c"];
    });
    const { failure, run } = await harvests.night({}, { lines: 'sets = "a,c"' });
    expect(failure).toBeNull();
    expect(run?.summary.totals.outcomes).toMatchObject({ created: 12 });
    expect(harvests.query("SELECT set_spec FROM harvest_positions")).toHaveLength(2);
    expect(harvests.log().filter((line) => /M601|M818/.test(line))).toEqual([]);
  });

  it("takes the later of two records of one identifier, and notes that they differ", async () => {
    fill(12);
    harvests.repository.statesSize = false;
    harvests.repository.items.push(dcItem(2, "2026-11-09T00:00:00Z", "Changed meanwhile"));
    const rest = `${MINIMAL}[Logging]\nverbosity = 4\n`;
    const { run } = await harvests.night({}, { rest });
    expect(run?.summary.totals.outcomes).toMatchObject({ created: 12, updated: 1 });
    expect(harvests.rows()).toContain("2 Changed meanwhile");
    expect(run?.summary.totals.warnings).toEqual({});
    expect(harvests.log().filter((line) => line.includes("M818"))).toHaveLength(1);
  });

  describe("of which two have one identifier", () => {
    const newer = dcItem(2, "2026-11-20T00:00:00Z", "Newer");
    const older = dcItem(2, "2026-11-10T00:00:00Z", "Older");
    const deleted = { ...newer, deleted: true };
    const without = Array.from({ length: 24 }, (_, i) => {
      return dcItem(i + 3, `2026-11-${String(28 - i).padStart(2, "0")}T00:00:00Z`);
    });
    const ROWS = without.map((_, i) => `${i + 3} Title ${i + 3}`);

    it.each([
      ["the newer first", [newer, ...without, older], ["2 Newer"]],
      ["the newer last", [older, ...without, newer], ["2 Newer"]],
      ["side by side", [newer, older, ...without], ["2 Newer"]],
      ["a newer tombstone first", [deleted, ...without, older], []],
      ["a newer tombstone last", [older, ...without, deleted], []],
      ["an older tombstone last", [newer, ...without, { ...older, deleted: true }], ["2 Newer"]],
    ])("keeps what is newest: %s", async (_, items, kept) => {
      harvests.repository.items = items.map((item) => ({ ...item }));
      const { failure } = await harvests.night();
      expect(failure).toBeNull();
      expect(harvests.rows().sort()).toEqual([...kept, ...ROWS].sort());
      await harvests.night({ full: true });
      expect(harvests.rows().sort()).toEqual([...kept, ...ROWS].sort());
    });

    it("says why the older one is left out", async () => {
      harvests.repository.items = [newer, ...without, older];
      const rest = `${MINIMAL}[Logging]\nverbosity = 4\n`;
      const { run } = await harvests.night({}, { rest });
      expect(run?.summary.totals.outcomes).toMatchObject({ created: 25, ignored: 1 });
      expect(run?.summary.totals.ignoredBecause).toEqual({ superseded: 1 });
      expect(harvests.log().join("\n")).toContain(
        "one of the same identifier that is dated 2026-11-20T00:00:00Z came before in this harvest",
      );
    });

    it("keeps what is newest of two sets", async () => {
      harvests.repository.items = [
        { ...newer, sets: ["a"] },
        { ...older, sets: ["b"] },
      ];
      await harvests.night({}, { lines: 'sets = "a,b"' });
      expect(harvests.rows()).toEqual(["2 Newer"]);
    });

    it("takes an older one where the newest cannot be read", async () => {
      harvests.repository.items = [{ ...newer, metadata: "<x>A & B</x>" }, ...without, older];
      await harvests.night();
      expect(harvests.rows()).toContain("2 Older");
    });

    it("keeps what is newest where the harvest was stopped in between", async () => {
      harvests.repository.items = [deleted, ...without, older];
      const rest = `${MINIMAL}[Database]\nbatch_size = 10\n`;
      let left = 2;
      const step = (name: string) => {
        if (name === "committed" && --left === 0) throw new Error("killed");
      };
      const stopped = await harvests.night({}, { rest, hooks: { step } });
      expect(stopped.run?.summary.totals.recordsRead).toBe(20);
      harvests.processDied();
      const { run } = await harvests.night({}, { rest });
      expect(run?.summary.totals.ignoredBecause).toMatchObject({ superseded: 1 });
      expect(harvests.rows().sort()).toEqual([...ROWS].sort());
    });
  });

  it("has a line for each page in a log of level 4", async () => {
    fill(12);
    harvests.repository.items[3].deleted = true;
    await harvests.night({}, { rest: `${MINIMAL}[Logging]\nverbosity = 4\n` });
    const pages = harvests.log().filter((line) => line.includes(" page "));
    expect(pages).toHaveLength(2);
    expect(pages[0]).toMatch(
      /record +page 1 of all records: 10 records, 1 of them deleted, dated 2026-11-01T00:00:00Z to 2026-11-09T00:00:00Z, [\d,]+ bytes$/,
    );
  });

  it("is taken back with its position, and put forward again", async () => {
    fill(3);
    await harvests.night();
    later("2026-11-29T03:00:00Z");
    harvests.repository.items.push(dcItem(4, "2026-11-28T12:00:00Z"));
    const { run } = await harvests.night();
    const asked = { config: harvests.config(), force: false, wait: 0 };
    const undone = await undoRun({ ...asked, run: run?.summary.run ?? "" });
    expect(harvests.position()).toBe("2026-11-28T03:00:00Z");
    expect(harvests.rows()).toHaveLength(3);
    await undoRun({ ...asked, run: undone.run });
    expect(harvests.position()).toBe("2026-11-29T03:00:00Z");
    expect(harvests.rows()).toHaveLength(4);
  });

  it("deletes what a whole list does not hold, if that is asked for", async () => {
    fill(30);
    await harvests.night();
    harvests.repository.items.splice(0, 2);
    await harvests.night({ full: true });
    expect(harvests.rows()).toHaveLength(30);
    await harvests.night({ full: true }, { lines: "delete_absent = true" });
    expect(harvests.rows()).toHaveLength(28);
  });

  it("with --dry-run fetches and changes nothing, and what was fetched is imported later", async () => {
    fill(12);
    await harvests.night();
    const { items } = harvests.repository;
    items.push(dcItem(13, "2026-11-28T02:00:00Z"));
    const tried = await harvests.night({ run: { dryRun: true } });
    expect(tried.run?.summary.totals.outcomes.created).toBe(1);
    expect(harvests.rows()).toHaveLength(12);
    harvests.repository.asked.length = 0;
    await harvests.night();
    expect([harvests.rows().length, harvests.repository.asked.length]).toEqual([13, 0]);
  });
});

describe("a record that is rejected", () => {
  it("costs no neighbour and is asked for again, until it is sound", async () => {
    fill(12);
    const { repository } = harvests;
    const sound = repository.items[4].metadata;
    repository.items[4].metadata = "<x>A & B</x>";
    const { run } = await harvests.night();
    expect(run?.summary).toMatchObject({ exitStatus: 1 });
    expect(harvests.rows()).toHaveLength(11);
    expect(harvests.log().join("\n")).toMatch(
      /rejected M701 all\.pages record 5 at byte \d+ id=oai:r\.example\.org:5: .*\(found an "&" that should be "&amp;": .*A & B/,
    );
    later("2026-11-30T03:00:00Z");
    await harvests.night();
    expect(repository.count("GetRecord")).toBe(1);
    repository.items[4].metadata = sound;
    later("2026-12-02T03:00:00Z");
    await harvests.night();
    expect(harvests.rows()).toHaveLength(12);
    later("2026-12-03T03:00:00Z");
    await harvests.night();
    expect(repository.count("GetRecord")).toBe(2);
  });

  it.each([
    ["in a full harvest", { full: true }, "2026-11-30T03:00:00Z"],
    ["within the overlap", {}, "2026-11-28T12:00:00Z"],
  ])("is counted once where its list brings it again %s", async (_, options, time) => {
    fill(12);
    const { repository } = harvests;
    const sound = repository.items[4].metadata;
    repository.items[4] = { ...repository.items[4], datestamp: "2026-11-28T02:00:00Z" };
    repository.items[4].metadata = "<x>A & B</x>";
    await harvests.night();
    later(time);
    const { run } = await harvests.night(options);
    expect(run?.summary.totals.outcomes.rejected).toBe(1);
    const retries = "SELECT identifier, tries FROM harvest_retries";
    expect(harvests.query(retries)).toEqual([{ identifier: "oai:r.example.org:5", tries: 2 }]);
    repository.items[4].metadata = sound;
    const { run: mended } = await harvests.night(options);
    expect(mended?.summary.totals.outcomes).toMatchObject({ created: 1, rejected: 0 });
    expect(harvests.rows()).toHaveLength(12);
    expect(harvests.query(retries)).toEqual([]);
  });

  it("is taken as it comes alone where only its list breaks it", async () => {
    fill(12);
    const { repository } = harvests;
    repository.fault = inLists((body) => body.replace(/Title 5</, "Title & 5<"));
    await harvests.night();
    expect(harvests.rows()).toHaveLength(11);
    later("2026-11-30T03:00:00Z");
    const { run } = await harvests.night({ full: true });
    expect(run?.summary.totals.outcomes).toMatchObject({ created: 1, rejected: 1, unchanged: 11 });
    expect(harvests.rows()).toHaveLength(12);
  });

  it("is asked for again when the run that brought it sound is taken back", async () => {
    fill(12);
    const { repository } = harvests;
    const sound = repository.items[4].metadata;
    repository.items[4].metadata = "<x>A & B</x>";
    await harvests.night();
    repository.items[4].metadata = sound;
    later("2026-11-30T03:00:00Z");
    const { run } = await harvests.night();
    expect(harvests.rows()).toHaveLength(12);
    const asked = { config: harvests.config(), force: false, wait: 0 };
    await undoRun({ ...asked, run: run?.summary.run ?? "" });
    expect(harvests.rows()).toHaveLength(11);
    later("2026-12-01T03:00:00Z");
    await harvests.night();
    expect(harvests.rows()).toHaveLength(12);
    later("2026-12-02T03:00:00Z");
    const count = repository.count("GetRecord");
    await harvests.night();
    expect(repository.count("GetRecord")).toBe(count);
  });
});
