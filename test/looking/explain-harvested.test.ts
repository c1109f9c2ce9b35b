/** What `explain` tells of one record of a repository. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explainHarvested, type HarvestedFrom } from "../../src/looking/explain-harvested.js";
import { explanationObject } from "../../src/report/explain-json.js";
import { explanationText } from "../../src/report/explain-text.js";
import { styleFor } from "../../src/report/style.js";
import { Harvests } from "../support/harvest-harness.js";
import { schemaErrors } from "../support/json-schema.js";
import { dc, dcItem, type OaiItem } from "../support/oai-repository.js";

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../docs/explain.schema.json"), "utf8"),
);

let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
});
afterEach(() => harvests.end());

const MAP = `[r_field_map]
dc:title = title
dc:identifier = url
dc:subject = "subjects /Sea/Ocean/g"
dc:creator = creators
`;
const ID = "oai:r.example.org:2";

function shipsAt(datestamp: string): OaiItem {
  const metadata = dc(
    ["title", "Ships &amp; the sea"],
    ["identifier", "ISBN 0-19-852663-6"],
    ["identifier", "http://www.example.org/2"],
    ["subject", "Sea"],
    ["format", "text"],
  );
  return { ...dcItem(2, datestamp), sets: ["a", "b"], metadata };
}

const MARC =
  '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">2</controlfield><datafield tag="245" ind1="0" ind2="0"><subfield code="a">Ships</subfield></datafield></record>';

async function told(
  from: HarvestedFrom = "anywhere",
  { identifier = ID, lines = "", rest = MAP } = {},
) {
  const explanation = await explainHarvested({
    repository: harvests.config(lines, rest),
    identifier,
    from,
  });
  const place = ({ file, line }: { file: string; line: number }) =>
    `${file.slice(file.lastIndexOf("/") + 1)}:${line}`;
  const object = explanationObject(explanation, place);
  expect(schemaErrors(SCHEMA, JSON.parse(JSON.stringify(object)))).toEqual([]);
  const text = explanationText(explanation, { style: styleFor(false), place, field: null });
  return { explanation, object, text };
}

describe("a record of a repository", () => {
  it("is asked for where no page has it: every element, candidate, rule and step", async () => {
    harvests.repository.items = [
      dcItem(1, "2026-11-01T00:00:00Z"),
      shipsAt("2026-11-02T00:00:00Z"),
    ];
    const { text, object } = await told();
    const lines = text.split("\n").map((line) => line.trim());
    expect(lines[0]).toMatch(/^GetRecord record 1 at byte \d+, \d+ bytes, id=oai:r.example.org:2$/);
    expect(lines).toEqual(
      expect.arrayContaining([
        "identifier  oai:r.example.org:2",
        "datestamp   2026-11-02T00:00:00Z",
        "sets        a, b",
        'dc:title[1]  "Ships & the sea"  [http://purl.org/dc/elements/1.1/]',
        'dc:format[1]  "text"  [http://purl.org/dc/elements/1.1/, no key takes it]',
        'dc:identifier[1]  "ISBN 0-19-852663-6": no address: an ISBN "9780198526636"',
        'dc:identifier[2]  "http://www.example.org/2": taken as url',
        'dc:subject[1] /Sea/Ocean/g  "Sea" -> "Ocean"',
        'dc:subject[1] gives "Ocean"',
        "created: KEEP_ALL creates a row whether there are duplicates or not.",
      ]),
    );
    expect(text).toMatch(/dc:creator = creators {2}main\.conf:\d+: no such element/);
    expect(object).toMatchObject({
      harvest: { identifier: ID, deleted: false, sets: ["a", "b"] },
      row: { title: "Ships & the sea", subjects: ";Ocean;" },
      decision: { outcome: "created" },
    });
    expect(harvests.repository.asked.map((one) => one.arguments.verb)).toEqual(["GetRecord"]);
  });

  it("is taken from the newest page that has it, and asked for anew only if that is wanted", async () => {
    const { repository } = harvests;
    repository.items = [shipsAt("2026-11-02T00:00:00Z")];
    await harvests.night({}, { rest: MAP });
    harvests.now += 3_600_000;
    repository.items = [
      dcItem(1, "2026-11-28T00:00:00Z"),
      dcItem(2, "2026-11-28T01:00:00Z", "New"),
    ];
    await harvests.night({}, { rest: MAP });
    repository.items = [dcItem(2, "2026-11-29T00:00:00Z", "Newer")];
    repository.asked.length = 0;
    const kept = await told();
    expect(kept.explanation).toMatchObject({ file: "all.pages", number: 2, row: { title: "New" } });
    expect(kept.explanation.decision).toMatchObject({ outcome: "unchanged", recordId: 1 });
    expect(repository.asked).toEqual([]);
    const fresh = await told("repository");
    expect(fresh.explanation.changes).toContainEqual({
      column: "title",
      before: "New",
      after: "Newer",
    });
    expect(harvests.rows()).toEqual(["1 Title 1", "2 New"]);
  });

  it("that is MARC is shown as MARC, with its header", async () => {
    harvests.repository.items = [{ ...shipsAt("2026-11-02T00:00:00Z"), metadata: MARC }];
    const lines = "metadata_prefix = marc21\nmapping = marc.conf";
    const { text } = await told("anywhere", { lines, rest: "" });
    expect(text).toContain("sets        a, b");
    expect(text).toContain("245 00  $a Ships");
    expect(text).toMatch(/field1 = 245 \* \* a {2}marc\.conf:4\n {6}245\[1\] gives "Ships"/);
  });

  it("that is deleted shows its header and what becomes of its row", async () => {
    harvests.repository.items = [{ ...dcItem(2, "2026-11-02T00:00:00Z"), deleted: true }];
    const { text } = await told();
    expect(text).toContain("status      deleted");
    expect(text).toContain("ignored: a deletion of a record that is not there");
  });

  it("that is broken is told as the reject that it would be", async () => {
    const broken = dc(["title", "Ships & sea"], ["identifier", "http://www.example.org/2"]);
    harvests.repository.items = [
      { ...dcItem(2, "2026-11-02T00:00:00Z"), metadata: `${broken}<a>` },
    ];
    const { explanation } = await told();
    expect(explanation.decision).toMatchObject({ outcome: "rejected" });
    expect(explanation.diagnostics[0].code).toBe("M701");
  });

  it("that nobody has is named", async () => {
    harvests.repository.items = [shipsAt("2026-11-02T00:00:00Z")];
    await expect(told("anywhere", { identifier: "oai:x" })).rejects.toMatchObject({
      exitStatus: 2,
      message: 'R has no record "oai:x", nor do the pages that are kept',
    });
    await expect(told("pages")).rejects.toMatchObject({
      exitStatus: 2,
      message: `the pages of R that are kept hold no record "${ID}"`,
    });
  });
});
