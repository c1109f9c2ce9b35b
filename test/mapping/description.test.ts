import { describe, expect, it } from "vitest";
import type { FieldOf } from "../support/record-view.js";
import { mapOne } from "./support.js";

const NOTES: readonly FieldOf[] = [
  ["300", "  ", "a12 p. ;", "c20 cm"],
  ["500", "  ", "aGeneral.", "5DLC"],
  ["504", "  ", "aBibliography."],
  ["505", "00", "tPart one /", "rAnn."],
  ["520", "  ", "aSummary.", "bMore.", "uhttp://x.org/"],
  ["533", "  ", "aMicrofilm.", "7s"],
  ["856", "40", "uhttp://a.org/", "3Table of contents", "zFree"],
];

function described(method: string, without: readonly string[] = []): string {
  const fields = NOTES.filter(([tag]) => !without.includes(tag));
  return mapOne(`[description]\nmethod = ${method}`, { fields }).value("description");
}

describe("description", () => {
  it.each([
    ["summary", [], "Summary. More."],
    ["summary", ["520"], ""],
    ["standard", [], "Summary. More."],
    ["standard", ["520"], "Part one / Ann."],
    ["standard", ["520", "505"], "General."],
    [
      "AllPossible",
      [],
      "General. Bibliography. Part one / Ann. Summary. More. http://x.org/ Microfilm.",
    ],
    ["LOC", [], "Summary. More. Bibliography. 12 p. ; 20 cm"],
    ["LOC", ["520"], "Part one / Ann. Bibliography. 12 p. ; 20 cm"],
    ["LexisNexis", [], "Summary. More. General. Microfilm."],
    ["SCP", [], "Summary. More. Table of contents Free"],
    ["SCP", ["520"], "General. Table of contents Free"],
  ])("%s without %j", (method, without, text) => {
    expect(described(method, without)).toBe(text);
  });

  it("dumps the record readably", () => {
    const fields: FieldOf[] = [
      ["001", "x  1"],
      ["245", "1 ", "aTitle /", "cby X"],
    ];
    expect(mapOne("[description]\nmethod = MARC", { fields }).value("description")).toBe(
      "LDR 00000nam a2200000 a 4500\n001 x  1\n245 1# $a Title / $c by X",
    );
  });

  it("dumps it with one finding for each text, which names the field", () => {
    const fields: FieldOf[] = [
      ["001", "x\u0001"],
      ["245", "1 ", "aTi\u0001tle", "cby X"],
      ["245", "1 ", "cb\u0001y Y"],
    ];
    const config = "[title]\na = 245 * * a\n[description]\nmethod = MARC";
    const { diagnostics } = mapOne(config, { fields }).record;
    const places = diagnostics.map(({ code, field }) => `${code} ${field}`);
    expect(places).toEqual(["M411 001[1]", "M411 245[1]$a", "M411 245[2]$c"]);
  });

  it("takes a method of one's own, its fallback before the general one", () => {
    const config = '[description]\nmethod = mine\nfallback_value = "general"\n[description.mine]\n';
    const rule = 'field_join = " | "\na = 545 * * a';
    const fields: FieldOf[] = [
      ["545", "  ", "aOne"],
      ["545", "  ", "aTwo"],
    ];
    expect(mapOne(`${config}${rule}`, { fields }).value("description")).toBe("One | Two");
    expect(mapOne(`${config}${rule}`, { fields: [] }).value("description")).toBe("general");
    const own = `${config}fallback_value = "own"\n${rule}`;
    expect(mapOne(own, { fields: [] }).value("description")).toBe("own");
  });

  it("falls back only if the method gives nothing", () => {
    const config = '[description]\nfallback_value = "No description available"';
    expect(mapOne(config, { fields: [] }).value("description")).toBe("No description available");
    expect(mapOne(config, { fields: NOTES }).value("description")).toBe("Summary. More.");
  });
});
