/** MARCMaker text: what stands for what, and what damage costs. */

import { describe, expect, it } from "vitest";
import { data, plainOf } from "../support/plain-record.js";
import { codesOf, LENIENT, outline, readMrk, recordsOf } from "../support/read-formats.js";

const LEADER = "=LDR  00000cam\\a2200000\\i\\4500\n";
const book = (id: string, ...lines: string[]) => `${LEADER}=001  ${id}\n${lines.join("\n")}\n`;
const field = (line: string) => plainOf(recordsOf(readMrk(book("a", line)))[0]).fields[1];

describe("a record of MARCMaker text", () => {
  it("has blanks for backslashes in leader, control fields and indicators, not in texts", () => {
    const text = `${LEADER}=008  \\x\\\n=245  1\\$aC:\\marc$b{bsol}\n`;
    expect(plainOf(recordsOf(readMrk(text))[0])).toEqual({
      leader: "00000cam a2200000 i 4500",
      fields: [{ tag: "008", text: " x " }, data("245", "1 ", ["a", "C:\\marc"], ["b", "\\"])],
    });
  });

  it.each([
    ["{dollar}5 {lcub}x{rcub}", "$5 {x}"],
    ["caf{acute}e, {Lstrok}{acute}od{acute}z, {eacute}t{eacute}", "café, Łódź, été"],
    ["S{hooka}{ohorn}, T{uhorn}, {dotb}{circ}a", "Sở, Tư, ậ"],
    ["{llig}i{rlig}a, {mllhring}Abd, masal{inodot}", "i\ufe20a\ufe21, ʻAbd, masalı"],
    ["{copy} {phono} {pound}5 {deg}", "© ℗ £5 °"],
    ["{acute}", "\u0301"],
    ["日本 {caron}s", "日本 š"],
  ])("has characters for the names in %s", (written, text) => {
    expect(field(`=245  10$a${written}`)).toEqual(data("245", "10", ["a", text.normalize("NFC")]));
    expect(codesOf(readMrk(book("a", `=245  10$a${written}`)))).toEqual([]);
  });

  it("keeps braces that name nothing, and says so once", () => {
    const parsed = readMrk(book("a", "=245  10$aIng.{eniero} {toString}", "=500  \\\\$a{x y}"));
    expect(codesOf(parsed)).toEqual(["M725"]);
    expect(plainOf(recordsOf(parsed)[0]).fields.slice(1)).toEqual([
      data("245", "10", ["a", "Ing.{eniero} {toString}"]),
      data("500", "  ", ["a", "{x y}"]),
    ]);
  });

  it.each([
    ["one blank behind the tag", "=245 10$aTitle", data("245", "10", ["a", "Title"]), []],
    ["none", "=24510$aTitle", data("245", "10", ["a", "Title"]), []],
    ["a field of letters", "=FMT  BK", { tag: "FMT", text: "BK" }, []],
    ["blank indicators", "=245    $aTitle", data("245", "  ", ["a", "Title"]), []],
    [
      "text before the subfields",
      "=245  10x$aTitle",
      data("245", "10", [" ", "x"], ["a", "Title"]),
      ["M737", "M313"],
    ],
    [
      "a broken line",
      "=245  10$aTitle\nand more",
      data("245", "10", ["a", "Title and more"]),
      ["M724"],
    ],
  ])("is read leniently: %s", (_, line, expected, codes) => {
    expect(field(line)).toEqual(expected);
    expect(codesOf(readMrk(book("a", line)))).toEqual(codes);
  });
});

describe("records", () => {
  const [A, B, C] = ["a", "b", "c"].map((id) => book(id, "=245  10$aTitle"));

  it.each([
    ["with a blank line between", `${A}\n${B}\n\n\n${C}\n`],
    ["with none", A + B + C],
    [
      "with CRLF, a mark and blanks in empty lines",
      `\ufeff${A}  \n${B}\n\ufeff${C}`.replace(/\n/g, "\r\n"),
    ],
  ])("come %s", (_, text) => {
    expect(outline(readMrk(text))).toBe("a b c");
    expect(codesOf(readMrk(text))).toEqual([]);
  });

  it.each([
    ["junk before it", `${A}\nsome text\n${B}\n${C}`, "a [M723 ] b c"],
    ["without its leader", `${A}\n${B.slice(LEADER.length)}\n${C}`, "a b c"],
    ["without leader and number", `${A}\n${B.slice(LEADER.length + 8)}\n${C}`, "a [M705 ] c"],
    [
      "without the blank line before it and half of its leader",
      `${A}${B.slice(LEADER.length / 2)}\n${C}`,
      "a b c",
    ],
    [
      "of which the number comes last",
      `${LEADER}=245  10$aTitle\n=001  a\n=500  \\\\$ax\n\n${B}`,
      "? b",
    ],
    ["with a number behind data fields", `${A}=001  x\n\n${B}`, "a b"],
    ["with a number twice", `${LEADER}=001  a\n=001  x\n=245  10$aTitle\n\n${B}`, "a b"],
    ["with nothing but a leader", `${A}\n${LEADER}\n${C}`, "a [M215 ] c"],
  ])("cost nobody else when one is damaged: %s", (_, text, expected) => {
    expect(outline(readMrk(text))).toBe(expected);
  });

  it("that end in the middle of a line may be cut off", () => {
    const parsed = readMrk(`${A}\n${B.slice(0, -4)}`);
    expect(outline(parsed)).toBe("a b");
    expect(codesOf(parsed)).toEqual(["M707"]);
  });

  it("are read by their bytes where they are not UTF-8", () => {
    const text = Buffer.from(book("a", "=245  10$aStra\xdfe {acute}e"), "latin1");
    const read = readMrk(text, { ...LENIENT, encoding: "latin-1" });
    expect(plainOf(recordsOf(read)[0]).fields[1]).toEqual(data("245", "10", ["a", "Straße é"]));
  });
});
