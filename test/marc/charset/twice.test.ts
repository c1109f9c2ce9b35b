/** Text encoded as UTF-8 twice: what proves it, what it was, and what must be left alone. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.js";
import { decodeText } from "../../../src/marc/charset/decode.js";
import { judgeEncoding } from "../../../src/marc/charset/verdict.js";

const UNICODE = 0x61;
/** Code page 1252 as programs apply it; the five bytes that it lacks stay controls. */
const CP1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

type Flavour = "latin-1" | "windows-1252";

/** The text as it reads when its UTF-8 is taken for another encoding. */
function misread(text: string, flavour: Flavour): string {
  const bytes = Buffer.from(text).toString("latin1");
  if (flavour === "latin-1") return bytes;
  return bytes.replace(/[\x80-\x9f]/g, (byte) => CP1252[byte.charCodeAt(0) - 0x80]);
}

/** The codes of the verdict on a record of these subfields, and their texts. */
function read(...subfields: string[]) {
  const pieces = subfields.map((text) => Buffer.from(`\x1fa${text}`));
  const bytes = Buffer.concat(pieces);
  const { encoding, diagnostics } = judgeEncoding(bytes, 0, bytes.length, UNICODE, "auto");
  let end = 0;
  const texts = pieces.map((piece) => {
    end += piece.length;
    return decodeText(bytes, end - piece.length + 2, end, encoding, []);
  });
  return { codes: diagnostics.map(({ code }) => code), texts };
}

const TEXTS = [
  "Kütüphanecilik ve ağ ortamı: şairin öyküsü",
  "São Paulo: educação e informação",
  "Les élèves de l’École française",
  "Œuvres complètes",
  "Österreichische Ärzte",
  "Dvořák, Antonín: Slovanské tance",
  "Книга о вкусной пище",
  "Ελληνική γλώσσα",
  "日本語の文法",
  "educación",
  "più",
  "però",
  "ספר",
  "Żółw",
];

describe.each<Flavour>(["latin-1", "windows-1252"])("encoded again as %s", (flavour) => {
  it.each(TEXTS)("%s", (text) => {
    expect(read(misread(text, flavour))).toEqual({ codes: ["M420"], texts: [text] });
  });

  it("and a third time", () => {
    const text = "Kütüphanecilik";
    expect(read(misread(misread(text, flavour), flavour)).texts).toEqual([text]);
  });

  it("beside sound text, which stays as it is", () => {
    const sound = "Édition «liberté\u00a0» – Ä, Å² et Ñ";
    expect(read(misread("Bıçak ağzı", flavour), sound)).toEqual({
      codes: ["M420"],
      texts: ["Bıçak ağzı", sound],
    });
  });

  it("any letters of Latin and Cyrillic between ASCII letters come back", () => {
    const letter = fc.constantFrom(..."àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿāăąćčďđēęěğīıłńňőřśşšťūůźžж");
    const word = fc.tuple(letter, letter).map(([one, two]) => `wo${one}rt ${two}${two}m`);
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), (words) => {
        const text = words.join(" ");
        expect(read(misread(text, flavour)).texts).toEqual([text.normalize("NFC")]);
      }),
    );
  });
});

describe("what is found in text that was encoded twice", () => {
  it("is told at the place of the text, not where it lay before", () => {
    const [before, text] = [Buffer.from("x".repeat(50)), Buffer.from(misread("é \x01", "latin-1"))];
    const diagnostics: Diagnostic[] = [];
    const bytes = Buffer.concat([before, text]);
    const decoded = decodeText(bytes, 50, bytes.length, "utf-8-twice", diagnostics);
    expect(decoded).toBe("é ");
    expect(diagnostics).toMatchObject([{ code: "M411", offset: 53 }]);
  });

  it("costs no more the farther it stands from the start of its record", () => {
    const piece = Buffer.from(misread("Kütüphanecilik", "latin-1"));
    const bytes = Buffer.concat(Array<Buffer>(200_000).fill(piece));
    const texts = new Set<string>();
    for (let at = 0; at < bytes.length; at += piece.length) {
      texts.add(decodeText(bytes, at, at + piece.length, "utf-8-twice", []));
    }
    expect([...texts]).toEqual(["Kütüphanecilik"]);
  });
});

describe("text that is meant as it stands", () => {
  it.each([
    "Tiếng Việt: Ấn bản lần thứ nhất, Ã và Ơ",
    "SÃO PAULO, ÓRGÃO, IRMÃ, «MANHû, “IRMÔ",
    "La liberté\u00a0» et l’été\u00a0; Ô\u00a0temps",
    "É—Ö–Ä… Ñ’ Ü” Å› Æ«",
    "10 Å², 5 Å³, Ä¹",
    "CAFÉ®, NESTLÉ™, É©",
    "\u0098Ä\u009c Ärzte",
    "Ä Å Ã Â",
    "Ελληνική · Книга · 日本",
    "ß»ß“",
    "â, ê, î — ô",
  ])("%s", (text) => {
    const { codes, texts } = read(text);
    expect(codes).toEqual([]);
    expect(texts).toEqual([text.replace(/[\x98\x9c]/g, "").normalize("NFC")]);
  });

  it("is told of, and left, where one pair stands among sound letters", () => {
    expect(read("Étude sur le cafÃ©")).toEqual({
      codes: ["M421"],
      texts: ["Étude sur le cafÃ©"],
    });
  });
});
