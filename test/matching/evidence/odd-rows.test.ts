/** Rows as other programs may have left them: what is kept of one stays small, however large its fields. */

import { expect, it } from "vitest";
import { compareDescriptions } from "../../../src/matching/evidence/compare.js";
import { describe as describeRow } from "../../../src/matching/evidence/describe.js";
import { rowTexts } from "../../../src/matching/evidence/describe-row.js";
import { packDescription } from "../../../src/matching/evidence/packed.js";

const NOTHING = {
  ...{ title: "", creators: "", contributors: "", publisher: "", edition: "", series: "" },
  ...{ publication_date: "", language: "", record_type: "", url: "", other_urls: "" },
  ...{ isbn: "", issn: "", lccn: "", oclc_number: "" },
};
const described = (row: Partial<typeof NOTHING>) => describeRow(rowTexts({ ...NOTHING, ...row }));

/** So many letters that work which grows with their square would not end. */
const MANY = 300_000;

it.each<[string, Partial<typeof NOTHING>]>([
  ["one word", { title: "w".repeat(MANY) }],
  ["blanks behind a comma", { creators: `;Melville,${" ".repeat(MANY)}H.;` }],
  ["a name without end", { creators: `;${"m".repeat(MANY)}, H.;` }],
  ["names without end", { contributors: `;${"Melville, H.;".repeat(20_000)}` }],
  ["a publisher without end", { publisher: "Harper,".repeat(50_000) }],
  ["a series without end", { series: "s".repeat(MANY) }],
  ["years without end", { publication_date: "1998-".repeat(50_000) }],
  ["a URL without end", { url: `http://example.org/${"a".repeat(MANY)}` }],
])("%s: little is kept, and it is compared", (_, row) => {
  const one = described(row);
  expect(packDescription(one).length).toBeLessThan(5000);
  expect(compareDescriptions(one, described({}))).toMatchObject({ verdict: "different" });
});

it("URLs that differ at their ends alone are two, however long", () => {
  const at = (end: string) => described({ url: `http://example.org/${"a".repeat(1000)}/${end}` });
  expect(at("1").numbers.url).not.toEqual(at("2").numbers.url);
  expect(at("1").numbers.url).toEqual(at("1").numbers.url);
});

it("rows that say nothing are not the same", () => {
  const nothing = described({});
  expect(compareDescriptions(nothing, nothing)).toMatchObject({ verdict: "different", points: 0 });
});
