/** What each kind of material needs to be taken for the same, and what keeps it apart. */

import { describe, expect, it } from "vitest";
import type { FieldOf } from "../../support/record-view.js";
import { changed, compared, fixed, outcomeOf } from "./described.js";

const WHALES: readonly FieldOf[] = [
  fixed(),
  ["020", "  ", "a0306406152 (pbk.)"],
  ["100", "1 ", "aMelville, Herman,", "d1819-1891."],
  ["245", "14", "aThe hunting of whales :", "ba history of the fishery /", "cby Herman Melville."],
  ["260", "  ", "aNew York :", "bHarper & Brothers,", "c1998."],
  ["300", "  ", "axii, 345 p. :", "bill. ;", "c24 cm."],
];

describe("books", () => {
  it("are the same in other punctuation, spelling of names and abbreviations", () => {
    const other: FieldOf[] = [
      fixed(),
      ["100", "1 ", "aMelville, H."],
      ["245", "14", "aThe Hunting of Whales", "ba history of the fishery", "cHerman Melville"],
      ["264", " 1", "aNew York", "bHarper and Brothers Publishers", "c[1998]"],
      ["300", "  ", "a345 pages", "c24 cm"],
    ];
    expect(compared(WHALES, other)).toMatchObject({ verdict: "same", veto: null, caps: [] });
  });

  it.each<[string, FieldOf[]]>([
    [
      "the other of two publishers, the country coded alike",
      [["260", "  ", "aLondon :", "bMacmillan,", "c1998."]],
    ],
    [
      "the copyright a year before",
      [
        fixed({ dates: "t19991998" }),
        ["260", "  ", "aNew York :", "bHarper & Brothers,", "c1999, c1998."],
      ],
    ],
  ])("with %s are the same", (_, fields) => {
    expect(compared(WHALES, changed(WHALES, ...fields))).toMatchObject({
      verdict: "same",
      caps: [],
    });
  });

  it("with a later printing are the same where they share a number", () => {
    const base = changed(WHALES, ["020", "  ", "a0306406152"]);
    const later = [
      fixed({ dates: "t20051998" }),
      ["260", "  ", "aNew York :", "bHarper & Brothers,", "c2005, c1998."],
    ] as FieldOf[];
    const evidence = compared(base, changed(base, ...later));
    expect(outcomeOf(evidence, "year")).toBe("later printing");
    expect(evidence).toMatchObject({ verdict: "same", caps: [] });
  });

  it.each<[string, FieldOf[], string]>([
    [
      "another year",
      [fixed({ year: "2005" }), ["260", "  ", "aNew York :", "bHarper & Brothers,", "c2005."]],
      "year",
    ],
    ["another edition", [["250", "  ", "a3rd ed."]], "edition number"],
    [
      "another publisher in another place",
      [fixed({ country: "enk" }), ["260", "  ", "aLondon :", "bMacmillan,", "c1998."]],
      "publisher elsewhere",
    ],
    [
      "a later printing",
      [
        ["020", "  ", "c$9"],
        fixed({ dates: "t20051998" }),
        ["260", "  ", "aNew York :", "bHarper & Brothers,", "c2005, c1998."],
      ],
      "year",
    ],
    [
      "a coded reprint",
      [
        fixed({ dates: "r20001998" }),
        ["260", "  ", "aNew York :", "bHarper & Brothers,", "c2000, 1998."],
      ],
      "year",
    ],
    ["the ISBN of the other binding", [["020", "  ", "a0306406152 (hardcover)"]], "isbn qualifier"],
    [
      "a number in the title",
      [
        ["245", "14", "aThe hunting of whales 2 :", "ba history of the fishery"],
        ["300", "  ", "a352 p. ;", "c24 cm."],
      ],
      "title numbers",
    ],
  ])("with %s are never more than possible", (_, fields, cap) => {
    const first = changed(
      WHALES,
      ["250", "  ", "a2nd ed."],
      ["245", "14", "aThe hunting of whales 1 :", "ba history of the fishery"],
    );
    const base = cap === "title numbers" ? first : changed(WHALES, ["250", "  ", "a2nd ed."]);
    const evidence = compared(base, changed(base, ...fields));
    expect(evidence.verdict).not.toBe("same");
    expect(evidence.caps).toContain(cap);
  });

  it.each<[string, string, FieldOf[]]>([
    [
      "print and online",
      "form",
      [fixed({ form: "o" }), ["300", "  ", "a1 online resource (345 p.)"]],
    ],
    [
      "print and microform",
      "form",
      [["007", "hdrafu---buca"], ["300", "  ", "a4 microfiches"], fixed({ form: "b" })],
    ],
    ["print and braille", "form", [fixed({ form: "f" }), ["300", "  ", "a3 v. of braille"]]],
    [
      "two parts of one work",
      "part",
      [["245", "14", "aThe hunting of whales.", "nPart 2,", "pThe north"]],
    ],
  ])("%s: %s forbids it, whatever else agrees", (_, veto, fields) => {
    const base =
      veto === "part"
        ? changed(WHALES, ["245", "14", "aThe hunting of whales.", "nPart 1,", "pThe south"])
        : WHALES;
    expect(compared(base, changed(base, ...fields))).toMatchObject({ verdict: "different", veto });
  });

  const vetoOfParts = (one: string, other: string) => {
    const part = (number: string) =>
      changed(WHALES, ["245", "14", "aThe hunting of whales.", `n${number}`]);
    return compared(part(one), part(other)).veto;
  };

  it.each([
    ["Vol. III", "Vol. IV"],
    ["Vol. 1", "Vol. 12"],
    ["Bd. 2", "Bd. 21"],
    ["1987", "19870"],
    ["Vol. V", "Vol. I"],
    ["Tome V", "Tome VI"],
    ["Vol. XIII", "Vol. 31"],
    ["Series H", "Series T"],
    ["Part 1A", "Part 1B"],
  ])("%s is another part than %s", (one, other) => {
    expect(vetoOfParts(one, other)).toBe("part");
    expect(vetoOfParts(other, one)).toBe("part");
  });

  it.each([
    ["Vol. V", "Band 5"],
    ["V", "5"],
    ["v. 5", "5. Band"],
    ["Vol. XIV", "14"],
    ["T. 1", "Tome 01, 2e partie"],
    ["Series C", "C"],
    ["Vol. III", "Band 3"],
    ["Tome two", "т. 2"],
  ])("%s is no other part than %s", (one, other) => {
    expect(vetoOfParts(one, other)).toBeNull();
    expect(vetoOfParts(other, one)).toBeNull();
  });
});

describe("a part with a title of its own", () => {
  it("is the same under its own title as under that of the whole", () => {
    const own: FieldOf[] = [["245", "10", "aProfile of the metal casting industry."]];
    const whole: FieldOf[] = [
      ["245", "10", "aSector notebook project.", "pProfile of the metal casting industry."],
    ];
    const evidence = compared(changed(WHALES, ...own), changed(WHALES, ...whole));
    expect(outcomeOf(evidence, "title")).toBe("variant");
    expect(evidence.verdict).toBe("same");
  });
});

describe("other materials", () => {
  const SCORE = "00000ncm a2200000 a 4500";
  const RECORDING = "00000njm a2200000 a 4500";
  const VIDEO = "00000ngm a2200000 a 4500";
  const MAP = "00000nem a2200000 a 4500";
  const SERIAL = "00000nas a2200000 a 4500";

  it("music: a score is not its recording", () => {
    const title: FieldOf = ["245", "10", "aString quartet in D major, opus 11"];
    const both = { a: SCORE, b: RECORDING };
    const evidence = compared([fixed(), title], [fixed(), title], both);
    expect(evidence).toMatchObject({ verdict: "different", veto: "type" });
  });

  it("music: a publisher's number that is shared tells for, and no number at all holds back", () => {
    const score: FieldOf[] = [
      fixed(),
      ["100", "1 ", "aTchaikovsky, Peter Ilich,", "d1840-1893."],
      ["245", "10", "aString quartet in D major, opus 11 /", "cP. Tchaikovsky."],
      ["260", "  ", "aLeipzig :", "bPeters,", "c1998."],
      ["300", "  ", "a1 score (48 p.) ;", "c31 cm."],
    ];
    const leaders = { a: SCORE, b: SCORE };
    const alone = compared(score, score, leaders);
    expect(alone).toMatchObject({ verdict: "possible", caps: ["no number unless book"] });
    const ismn: FieldOf[] = [...score, ["024", "2 ", "aM230671187"]];
    expect(compared(ismn, ismn, leaders)).toMatchObject({ verdict: "same", caps: [] });
  });

  it("video: a disc and a tape are told apart by their numbers and years, not taken together", () => {
    const dvd: FieldOf[] = [
      fixed({ year: "2003" }),
      ["024", "1 ", "a085391163626"],
      ["245", "00", "aCasablanca"],
      ["300", "  ", "a1 videodisc"],
    ];
    const tape: FieldOf[] = [
      fixed({ year: "1988" }),
      ["024", "1 ", "a027616215239"],
      ["245", "00", "aCasablanca"],
      ["300", "  ", "a1 videocassette"],
    ];
    expect(compared(dvd, tape, { a: VIDEO, b: VIDEO }).verdict).toBe("different");
    expect(compared(dvd, dvd, { a: VIDEO, b: VIDEO }).verdict).toBe("same");
  });

  it("maps: sheets of one series that share an OCLC number are not the same", () => {
    const sheet = (title: string): FieldOf[] => [
      fixed(),
      ["035", "  ", "a(OCoLC)814782"],
      ["245", "10", `aTopographic map of the valley. Sheet ${title}`],
      ["300", "  ", "a1 map ;", "c60 x 50 cm"],
    ];
    const both = { a: MAP, b: MAP };
    expect(compared(sheet("12"), sheet("13"), both).verdict).not.toBe("same");
    expect(compared(sheet("12"), sheet("12"), both).verdict).toBe("same");
  });

  it.each([
    ["a word", "Yosemite Valley quadrangle, California", "Yosemite Falls quadrangle, California"],
    ["letters", "Lake Placid and the lakes around it", "Lake Placyd and the lakes around it"],
  ])("maps: sheets whose names differ in %s are not the same by their extent", (_, one, other) => {
    const sheet = (title: string): FieldOf[] => [
      fixed(),
      ["035", "  ", "a(OCoLC)814782"],
      ["110", "2 ", "aGeological Survey (U.S.)"],
      ["245", "10", `a${title}`],
      ["260", "  ", "aWashington :", "bThe Survey,", "c1998."],
      ["300", "  ", "a1 map ;", "c60 x 50 cm"],
    ];
    const both = { a: MAP, b: MAP };
    expect(compared(sheet(one), sheet(other), both)).toMatchObject({
      verdict: "possible",
      caps: ["weak title"],
    });
    const lccn: FieldOf = ["010", "  ", "a   98012345"];
    expect(compared([...sheet(one), lccn], [...sheet(one), lccn], both).verdict).toBe("same");
  });

  it("maps: sheets of one series with SuDoc numbers of their own wait for nobody", () => {
    const sheet = (sudoc: string, ...more: readonly FieldOf[]): FieldOf[] => [
      fixed(),
      ["086", "0 ", `a${sudoc}`],
      ["110", "2 ", "aGeological Survey (U.S.)"],
      ["245", "10", "aTopographic map of Montana"],
      ["260", "  ", "aWashington :", "bThe Survey,", "c1998."],
      ["300", "  ", "a1 map ;", "c60 x 50 cm"],
      ...more,
    ];
    const both = { a: MAP, b: MAP };
    expect(compared(sheet("I 19.81:1"), sheet("I 19.81:2"), both).verdict).toBe("different");
    expect(compared(sheet("I 19.81:1"), sheet("I 19.81:1"), both).verdict).toBe("possible");
    const oclc: FieldOf = ["035", "  ", "a(OCoLC)814782"];
    const shared = compared(sheet("I 19.81:1", oclc), sheet("I 19.81:2", oclc), both);
    expect(shared).toMatchObject({ verdict: "possible", caps: ["sudoc"] });
    expect(compared(sheet("I 19.81:1"), sheet("I 19.81:2")).verdict).toBe("possible");
  });

  it("serials: a volume is not the serial, and other ISSN tell against one title", () => {
    const journal: FieldOf[] = [
      fixed(),
      ["022", "  ", "a2434-561X"],
      ["245", "00", "aAnnals of the whale fishery"],
    ];
    expect(compared(journal, journal, { a: SERIAL })).toMatchObject({ veto: "level" });
    expect(compared(journal, journal, { a: SERIAL, b: SERIAL }).verdict).toBe("same");
    const other = changed(journal, ["022", "  ", "a0317-8471"]);
    const evidence = compared(journal, other, { a: SERIAL, b: SERIAL });
    expect(evidence.verdict).not.toBe("same");
    expect(outcomeOf(evidence, "issn")).toBe("other");
  });

  it("an electronic book coded with its carrier only is still not print", () => {
    const ebook = changed(
      WHALES,
      ["338", "  ", "aonline resource", "bcr"],
      ["300", "  ", "a1 online resource (xii, 345 pages)"],
    );
    expect(compared(WHALES, ebook).veto).toBe("form");
    expect(compared(ebook, ebook).verdict).toBe("same");
  });
});
