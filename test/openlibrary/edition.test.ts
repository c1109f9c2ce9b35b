/** Records as editions of Open Library: what each field is made of, and what is refused. */

import { describe, expect, it } from "vitest";
import { buildRecord, type PlainField } from "../../src/marc/build-record.js";
import type { MarcRecord } from "../../src/marc/marc-record.js";
import { editionOf } from "../../src/openlibrary/edition.js";
import { jsonLine, refusalOf } from "../../src/openlibrary/gate.js";
import { PlainRecord } from "../../src/openlibrary/plain-fields.js";

/** `245 10 $aTitle$bRest`, `008 text`; `#` for a blank indicator. */
function fieldOf(line: string): PlainField {
  const [tag, rest] = [line.slice(0, 3), line.slice(4)];
  if (tag.startsWith("00")) return { tag, text: rest };
  const [, one, two, subfields] = /^(.)(.) \$(.*)$/s.exec(rest) ?? [];
  const blank = (sign: string) => (sign === "#" ? " " : sign);
  return {
    tag,
    indicator1: blank(one),
    indicator2: blank(two),
    subfields: subfields.split("$").map((part) => [part[0], part.slice(1)] as const),
  };
}

function edition(...lines: string[]) {
  const built = buildRecord("00000nam a2200000 a 4500", lines.map(fieldOf), 0, []);
  expect(built).toHaveProperty("table");
  return editionOf(new PlainRecord(built as MarcRecord), ["lib:1"]);
}

/** 008 with type of date, both dates, country and language. */
const fixed = (dates: string, country = "nyu", language = "eng") =>
  `008 850101${dates}${country}${" ".repeat(17)}${language}  `;

const TITLE = "245 10 $aTitle :$brest /$cby me.";

describe("an edition", () => {
  it("has title, subtitle and statement without the marks between them", () => {
    expect(edition(TITLE)).toEqual({
      title: "Title",
      subtitle: "rest",
      by_statement: "by me",
      source_records: ["lib:1"],
    });
  });

  it("has the title in its own script, the roman one beside it", () => {
    const told = edition("245 10 $6880-01$aVoina i mir", "880 10 $6245-01$aВойна и мир");
    expect(told).toMatchObject({ title: "Война и мир", other_titles: ["Voina i mir"] });
  });

  it.each([
    ["the first date of 008", [fixed("s1999    ")], "1999"],
    ["a decade", [fixed("s199u    ")], "199u"],
    ["the imprint of a reprint", [fixed("r20101990"), "260 ## $c[1990]"], "2010"],
    ["the imprint of a reprint in its order", [fixed("r19902010"), "260 ## $c[2010]"], "2010"],
    ["the imprint where 008 says 9999", [fixed("m99999999"), "260 ## $c2003."], "2003"],
    ["no date", [fixed("n        "), "260 ## $c[n.d.]"], "[n.d.]"],
    ["the publication in 264", ["264 #4 $c©1998", "264 #1 $c1999"], "1999"],
  ])("is dated by %s", (_, lines, date) => {
    expect(edition(TITLE, ...lines).publish_date).toBe(date);
  });

  it("has publishers and places of 260, else of 264, with lone brackets off", () => {
    expect(edition(TITLE, "260 ## $a[London :$bPenguin,$c1999")).toMatchObject({
      publishers: ["Penguin"],
      publish_places: ["London"],
    });
    expect(edition(TITLE, "264 #1 $aS.l. :$bs.n.")).toMatchObject({
      publishers: ["[s.n.]"],
      publish_places: ["[s.l.]"],
    });
  });

  it("has numbers as printed if they are right, those of $z only for want of others", () => {
    const z = "020 ## $z9780306406157 (e-book)";
    expect(edition(TITLE, "020 ## $a0-13-110163-3 (pbk.)", z)).toMatchObject({
      isbn_10: ["0131101633"],
    });
    expect(edition(TITLE, "020 ## $a0-13-110163-3", z)).not.toHaveProperty("isbn_13");
    expect(edition(TITLE, z).isbn_13).toEqual(["9780306406157"]);
    expect(edition(TITLE, "020 ## $a0131101634")).not.toHaveProperty("isbn_10");
  });

  it("has its own OCLC number first", () => {
    const told = edition(
      "001 ocm00012345 ",
      "003 OCoLC",
      TITLE,
      "035 ## $a(OCoLC)9",
      "035 ## $a12",
    );
    expect(told.oclc_numbers).toEqual(["12345", "9"]);
    const anew = (number: string) =>
      edition("001 000356446", "003 OCoLC", TITLE, `035 ## $a${number}`).oclc_numbers;
    expect(anew("(OCoLC)24359107")).toEqual(["24359107"]);
    expect(anew("(DLC)24359107")).toEqual(["356446"]);
  });

  it("has languages in the codes of today", () => {
    const told = edition(fixed("s1999    ", "xx ", "fra"), "041 1# $aengscr$hjap", TITLE);
    expect(told).toMatchObject({
      publish_country: "xx",
      languages: ["fre", "eng", "hrv"],
      translated_from: ["jpn"],
    });
  });

  it("has authors once, with their dates", () => {
    const told = edition(
      "100 1# $aDoyle, Arthur Conan,$cSir,$d1859-1930.",
      TITLE,
      "700 1# $aDoyle, Arthur Conan,$cSir,$d1859-1930.",
      "710 2# $aRoyal Society.",
    );
    expect(told.authors).toEqual([
      {
        name: "Doyle, Arthur Conan Sir",
        entity_type: "person",
        personal_name: "Doyle, Arthur Conan",
        birth_date: "1859",
        death_date: "1930",
        title: "Sir",
      },
      { name: "Royal Society", entity_type: "org" },
    ]);
  });

  it("has subjects sorted", () => {
    const told = edition(
      TITLE,
      "600 10 $aLincoln, Abraham,$d1809-1865.",
      "650 #0 $afarms$zOhio$y19th century$vFiction.",
      "651 #0 $aFrance.",
    );
    expect(told).toMatchObject({
      subjects: ["Farms", "Fiction"],
      subject_people: ["Abraham Lincoln (1809-1865)"],
      subject_places: ["Ohio", "France"],
      subject_times: ["19th century"],
    });
  });

  it("has the largest number of pages that can be one", () => {
    const told = edition(TITLE, "300 ## $axii, 345 p., 12 leaves, 99999 ;$c20 cm");
    expect(told.number_of_pages).toBe(345);
  });
});

describe("the gate", () => {
  const whole = {
    title: "T",
    source_records: ["lib:1"],
    authors: [{ name: "A", entity_type: "person" as const }],
    publishers: ["P"],
    publish_date: "1999",
  };

  it("lets a whole edition through", () => {
    expect(refusalOf(whole, "schema", 2026)).toBeNull();
  });

  it.each([
    ["ol-title", { title: "See also" }],
    ["ol-future", { publish_date: "2031" }],
    ["ol-publisher", { publishers: ["Independently Published"] }],
  ])("refuses %s", (code, part) => {
    expect(refusalOf({ ...whole, ...part }, "schema", 2026)?.code).toBe(code);
  });

  it("lets a number stand for what is missing, but only where the server's check is meant", () => {
    const { authors: _, ...without } = whole;
    const strong = { ...without, isbn_10: ["0131101633"] };
    expect(refusalOf(strong, "server", 2026)).toBeNull();
    expect(refusalOf(strong, "schema", 2026)?.message).toBe("it lacks authors");
    expect(refusalOf(without, "server", 2026)?.code).toBe("ol-incomplete");
  });

  it("writes nothing that ends a line for a reader in Python", () => {
    const title = "a\u2028b\u2029c\u0085d\u001ce\nf\u000bg";
    const line = jsonLine({ title });
    expect(line).not.toMatch(/[\0-\x1f\u0085\u2028\u2029]/);
    expect(JSON.parse(line)).toEqual({ title });
  });
});
