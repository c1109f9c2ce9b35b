/** Words of catalogues beyond English, scripts in pairs and transliteration. */

import { describe, expect, it } from "vitest";
import { readEdition } from "../../../src/matching/evidence/edition.js";
import { readExtent } from "../../../src/matching/evidence/extent.js";
import { partNumber } from "../../../src/matching/evidence/part-number.js";
import { titleWords } from "../../../src/matching/evidence/title-words.js";
import type { FieldOf } from "../../support/record-view.js";
import { compared, fixed, outcomeOf } from "./described.js";

describe("extents", () => {
  it.each([
    ["xii, 345 p. ;", 345, 12, 0],
    ["345 Seiten", 345, 0, 0],
    ["XII, 345 S.", 345, 12, 0],
    ["123 pages, [4] leaves of plates", 123, 0, 0],
    ["210 páginas", 210, 0, 0],
    ["210 sivua", 210, 0, 0],
    ["210 с.", 210, 0, 0],
    ["98 bl.", 98, 0, 0],
    ["3 Bde.", 0, 0, 3],
    ["2 tomes", 0, 0, 2],
    ["2 tomos", 0, 0, 2],
    ["4 osaa", 0, 0, 4],
    ["5 т.", 0, 0, 5],
    ["123 feuillets", 123, 0, 0],
    ["345 lehteä", 345, 0, 0],
    ["1 Band (345 Seiten)", 345, 0, 1],
    ["1 ressource en ligne (345 p.)", 345, 0, 0],
    ["2 nidettä", 0, 0, 2],
    ["2 кн.", 0, 0, 2],
    ["v.", 0, 0, -1],
    ["", 0, 0, 0],
  ])("%j: %i pages, %i before them, %i volumes", (text, pages, prelims, volumes) => {
    expect(readExtent(text, "24 cm")).toEqual({ pages, prelims, volumes, size: 24 });
  });
});

describe("editions", () => {
  it.each([
    ["3rd ed.", 3, ""],
    ["Third edition, revised.", 3, "REV"],
    ["3., durchgesehene Auflage", 3, "DURCHGES"],
    ["Dritte Aufl.", 3, ""],
    ["3e éd. rev. et augm.", 3, "AUGM REV"],
    ["Troisième édition revue et augmentée", 3, "AUGM REV"],
    ["2a. ed. corregida y aumentada", 2, "AUGM CORR"],
    ["2. painos", 2, ""],
    ["Изд. 2-е", 2, ""],
    ["Второе издание", 2, ""],
    ["Elfte Auflage", 11, ""],
    ["Kolmas, uudistettu painos", 3, "UUDISTETTU"],
    ["Fiftieth edition", 50, ""],
    ["Twenty-first edition", 21, ""],
    ["Second edition, 20 plates", 2, "PLATES"],
  ])("%s is number %i, %j", (text, number, words) => {
    const read = readEdition([text]);
    expect(read.number).toBe(number);
    for (const word of words.split(" ")) expect(read.words).toContain(word);
  });
});

describe("parts", () => {
  it.each([
    [["Teil 2", "2. Teil", "Zweiter Teil", "Bd. II", "Zweiter Band", "Lief. 2", "Heft 2"]],
    [["Partie 2", "2e partie", "Deuxième partie", "Tome 2", "Fasc. 2"]],
    [["Parte 2", "2a parte", "Segunda parte", "Parte segunda", "Tomo II", "nº 2"]],
    [["Osa 2", "2. osa", "Toinen osa"]],
    [["Часть 2", "Часть вторая", "Том второй", "Т. 2", "Вып. 2"]],
    [["Deel 2", "Tweede deel", "Part two", "Second part", "Part the second", "2nd part"]],
  ])("%j are one", (statements) => {
    expect([...new Set(statements.map(partNumber))]).toEqual(["2"]);
  });

  it.each([
    ["Part 1A", "Part 1B"],
    ["Parte 2a", "Parte 2b"],
    ["Second World War", "World War 2"],
    ["Zweiter Teil", "Dritter Teil"],
  ])("%s is another than %s", (one, other) => {
    expect(partNumber(one)).not.toBe(partNumber(other));
  });
});

describe("titles", () => {
  it.each([
    ["Der Zauberberg und andere Erzählungen", "ger", "ZAUBERBERG ANDERE ERZAHLUNGEN"],
    ["L'étranger", "fre", "LETRANGER"],
    ["Les hommes et les femmes", "fre", "HOMMES LES FEMMES"],
    ["El amor y la muerte", "spa", "AMOR LA MUERTE"],
    ["Sota ja rauha", "fin", "SOTA RAUHA"],
    ["Война и мир", "rus", "ВОИНА МИР"],
    ["The war & the peace", "eng", "WAR THE PEACE"],
    ["A", "eng", "A"],
    ["Y", "spa", "Y"],
  ])("%s (%s) is %s", (title, language, words) => {
    expect(titleWords(title, language).join(" ")).toBe(words);
  });
});

describe("scripts", () => {
  const imprint: FieldOf = ["260", "  ", "aMoskva", "c1998"];
  const extent: FieldOf = ["300", "  ", "a345 p."];
  const cyrillic: FieldOf[] = [
    fixed({ language: "rus" }),
    ["100", "1 ", "aТолстой, Лев"],
    ["245", "10", "aВойна и мир в письмах"],
    imprint,
    extent,
  ];
  const latin: FieldOf[] = [
    fixed({ language: "rus" }),
    ["100", "1 ", "aTolstoĭ, Lev"],
    ["245", "10", "aVoĭna i mir v pisʹmakh"],
    imprint,
    extent,
  ];

  it("a transliteration is no difference", () => {
    const evidence = compared(cyrillic, latin);
    expect(evidence.verdict).toBe("same");
    expect(outcomeOf(evidence, "title")).toBe("same");
    expect(outcomeOf(evidence, "author")).toBe("among added");
  });

  it("Greek, too", () => {
    const title = (text: string): FieldOf[] => [
      fixed({ language: "gre" }),
      ["245", "10", `a${text}`],
    ];
    const evidence = compared(title("Το νησί των θησαυρών"), title("To nēsi tōn thēsaurōn"));
    expect(outcomeOf(evidence, "title")).toBe("same");
  });

  it.each([
    ["a plain linkage", ""],
    ["a linkage behind a blank and a mark of direction", " \u200f"],
  ])("880 with %s is compared like the field that it is a pair with", (_, before) => {
    const paired: FieldOf[] = [
      fixed({ language: "chi" }),
      ["100", "1 ", "6880-01", "aLi, Bai"],
      ["245", "10", "6880-02", "aTang shi san bai shou xin jie"],
      ["260", "  ", "aBeijing", "c1998"],
      extent,
      ["880", "1 ", `6${before}100-01/$1`, "a李白"],
      ["880", "10", `6${before}245-02/$1`, "a唐詩三百首新解詳註全集校本"],
    ];
    const original: FieldOf[] = [
      fixed({ language: "chi" }),
      ["100", "1 ", "a李白"],
      ["245", "10", "a唐詩三百首新解詳註全集校本"],
      ["260", "  ", "aBeijing", "c1998"],
      extent,
    ];
    const evidence = compared(paired, original);
    expect(outcomeOf(evidence, "title")).toBe("same");
    expect(outcomeOf(evidence, "author")).toBe("among added");
    expect(evidence.verdict).toBe("same");
  });

  it("place and publisher in Cyrillic are those of the transliteration", () => {
    const imprint = (place: string, publisher: string): FieldOf[] => [
      fixed({ language: "rus" }),
      ["245", "10", "aМастер и Маргарита"],
      ["260", "  ", `a${place} :`, `b${publisher},`, "c1998"],
    ];
    const evidence = compared(imprint("Москва", "Наука"), imprint("Moskva", "Nauka"));
    expect(outcomeOf(evidence, "imprint")).toBe("same");
    const other = compared(imprint("Москва", "Наука"), imprint("Leningrad", "Vagrius"));
    expect(outcomeOf(other, "imprint")).toBe("other publisher, other place");
  });
});
