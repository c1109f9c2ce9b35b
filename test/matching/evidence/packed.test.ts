/** What is kept of a description is the whole of it. */

import { describe, expect, it } from "vitest";
import { candidateKeys } from "../../../src/matching/evidence/candidates.js";
import { KeptDescription } from "../../../src/matching/evidence/kept-description.js";
import { isPacked, packDescription } from "../../../src/matching/evidence/packed.js";
import { descriptionOf, keptText, kindOf } from "../../../src/matching/kept-evidence.js";
import type { FieldOf } from "../../support/record-view.js";
import { described, fixed, told } from "./described.js";

const WHALES: FieldOf[] = [
  ["007", "cr"],
  fixed({ form: "o" }),
  ["010", "  ", "a   98012345 "],
  ["020", "  ", "a0306406152 (pbk. : v. 2)"],
  ["022", "  ", "a0378-5955"],
  ["035", "  ", "a(OCoLC)814782"],
  ["086", "0 ", "aY 4.H 75:98-1"],
  ["100", "1 ", "aMelville, Herman,", "d1819-1891."],
  ["245", "14", "aThe history of whales :", "ban essay /", "cby H. Melville.", "nVol. III"],
  ["246", "30", "aWhales"],
  ["250", "  ", "a2nd ed., rev."],
  ["260", "  ", "aNew York :", "bHarper,", "c1998."],
  ["300", "  ", "axii, 345 p. ;", "c24 cm."],
  ["490", "1 ", "aSea books ;", "v12"],
  ["700", "1 ", "aHawthorne, Nathaniel."],
  ["856", "40", "uhttp://www.example.org/whales"],
  ["880", "10", "6245-01/(N", "aИстория китов"],
];

const NOTHING = {
  ...{ url: "", title: "", creators: "", publication_date: "", isbn: "", issn: "", lccn: "" },
  ...{ oclc_number: "", record_type: "", contributors: "", publisher: "", edition: "" },
  ...{ series: "", language: "", other_urls: "", urlIsFallback: false },
};

describe("a description that is kept", () => {
  it.each<[string, FieldOf[]]>([
    ["with everything", WHALES],
    ["with nothing", []],
    ["of open volumes", [["300", "  ", "av. :"]]],
    ["in another script", [["245", "10", "aВойна и мир"]]],
  ])("%s is read as it was", (_, fields) => {
    const description = described(fields);
    const kept = packDescription(description);
    expect(isPacked(kept)).toBe(true);
    expect(told(new KeptDescription(kept))).toEqual(description);
  });

  it("is short", () => {
    expect(packDescription(described(WHALES)).length).toBeLessThan(700);
    expect(packDescription(described([])).length).toBeLessThan(20);
  });

  it("tells the kind, for methods that ask for no more", () => {
    expect(kindOf(packDescription(described(WHALES)), "")).toMatchObject({
      type: "a",
      form: "online",
      partNumbers: ["3"],
    });
  });

  it("wins over the columns, which tell where nothing is kept", () => {
    const evidence = packDescription(described(WHALES));
    const row = { ...NOTHING, title: "Squids", isbn: ";9780306406157;", evidence };
    expect(told(descriptionOf(row.evidence, () => row))).toEqual(described(WHALES));
    const plain = descriptionOf("", () => row);
    expect(plain.title).toEqual(["SQUIDS"]);
    expect(candidateKeys(plain)).toContain("isbn:9780306406157");
  });

  it("is that of the columns with the kind that is kept", () => {
    const row = {
      ...NOTHING,
      title: "Squids",
      evidence: keptText({
        partNumbers: [],
        partNames: [],
        type: "a",
        level: "m",
        form: "print",
        formClear: true,
      }),
    };
    expect(descriptionOf(row.evidence, () => row)).toMatchObject({
      title: ["SQUIDS"],
      type: "a",
      form: "print",
    });
  });
});
