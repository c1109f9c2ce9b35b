/** A rule of a harvest that does not come to an end on a record, or lets its texts grow without measure. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { dcItem } from "../support/oai-repository.js";

/** Milliseconds that the rules may work on a few records here. */
const PATIENCE = 500;
const ENDLESS = "/(a+)+$/b/";
const GROWING = Array.from({ length: 8 }, () => `/a/${"a".repeat(100)}/g`).join(",");

let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.items = ["aaa", `${"a".repeat(60)}!`, "last"].map((title, i) => {
    return dcItem(i + 1, "2026-11-01T00:00:00Z", title);
  });
});
afterEach(() => harvests.end());

const fieldMap = (transforms: string) =>
  `[r_field_map]\n"dc:title" = "title ${transforms}"\ndc:identifier = url\n`;

const marcItem = (number: number, title: string) => ({
  ...dcItem(number, "2026-11-01T00:00:00Z"),
  metadata: `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">${number}</controlfield><datafield tag="245" ind1="0" ind2="0"><subfield code="a">${title}</subfield></datafield></record>`,
});

describe("a substitution of a harvest", () => {
  it("that does not come to an end is named with its record, and nothing is imported", async () => {
    const wrong = { rest: fieldMap(ENDLESS), patience: PATIENCE };
    const { failure } = await harvests.night({}, wrong);
    expect(failure?.exitStatus).toBe(5);
    expect(failure?.message).toMatch(
      /main\.conf:\d+: dc:title does not come to an end on .*all\.pages record 2 \("title \/\(a\+\)\+\$\/b\/"\)/,
    );
    expect(harvests.rows()).toEqual([]);
    expect(harvests.position()).toBeNull();

    const asked = harvests.repository.count("ListRecords");
    await harvests.night({}, { rest: fieldMap("/a+$/b/"), patience: PATIENCE });
    expect(harvests.rows()).toEqual(["1 b", `2 ${"a".repeat(60)}!`, "3 last"]);
    expect(harvests.repository.count("ListRecords")).toBe(asked);
  });

  it("that lets texts grow without measure is named with its record", async () => {
    const { failure } = await harvests.night({}, { rest: fieldMap(GROWING) });
    expect(failure?.exitStatus).toBe(5);
    expect(failure?.message).toMatch(
      /main\.conf:\d+: dc:title lets texts grow by more than 1,048,576 characters on .*all\.pages record 1 /,
    );
    expect(harvests.rows()).toEqual([]);
  });

  it("for MARC is watched as well", async () => {
    harvests.repository.items = [marcItem(1, "aaa"), marcItem(2, `${"a".repeat(60)}!`)];
    const lines = "metadata_prefix = marc21\nmapping = endless.conf";
    harvests.write(
      "endless.conf",
      `[Settings]\nforeign_source = "x"\n[title]\nfield1 = "245 * * a ${ENDLESS}"\n`,
    );
    const { failure } = await harvests.night({}, { lines, rest: "", patience: PATIENCE });
    expect(failure?.exitStatus).toBe(5);
    expect(failure?.message).toMatch(
      /endless\.conf:4: field1 does not come to an end on .*all\.pages record 2 /,
    );
    expect(harvests.rows()).toEqual([]);
  });
});
