/** Every code about MARCXML, MARC-in-JSON and fields as text: one input that draws it. */

import { describe, expect, it } from "vitest";
import { codeEntry } from "../../src/diagnostics/catalogue.js";
import { FORMAT_CODES } from "../../src/diagnostics/format-codes.js";
import { FormatError } from "../../src/input/parsed-record.js";
import { codesOf, readMij, readMrk, readXml } from "../support/read-formats.js";

const LEADER = "<leader>00000cam a2200000 i 4500</leader>";
const ID = '<controlfield tag="001">1</controlfield>';

const xml = (inner: string) => `<record>${LEADER}${inner}</record>`;

const CASES: Readonly<Record<string, string>> = {
  M701: xml("<controlfield>"),
  M702: "<record><title>T</title></record>",
  M703: `<record>${LEADER}${ID}`,
  M704: `<record>${LEADER}${ID}${xml(ID)}`,
  M705: `${LEADER}${ID}</record>`,
  M706: `<record>${LEADER}<controlfield tag="001">${"x".repeat(17 << 20)}</controlfield></record>`,
  M707: `<collection>${xml(ID)}`,
  M708: `<?xml version="1.0" encoding="ISO-8859-1"?>${xml('<controlfield tag="001">ä</controlfield>')}`,
  M710: xml('<controlfield tag="001">&#x1b;a</controlfield>'),
  M711: xml(`${ID}text`),
  M712: '<record><header status="deleted"><identifier>a:b:1</identifier></header></record>',
  M713: `<OAI-PMH>${xml(ID)}<resumptionToken>next</resumptionToken></OAI-PMH>`,
  M714: `<OAI-PMH>${xml(ID)}<error code="badResumptionToken">expired</error></OAI-PMH>`,
  M715: xml(`<!-- <record> -->${ID}`),
  M716: `<record><header status="deleted"/><metadata>${xml(ID)}</metadata></record>`,
  M717: `{"deleted":true,"parsedRecord":{"content":{"leader":"00000cam a2200000 i 4500","fields":[{"001":"1"}]}}}`,
  M721: "[}",
  M722: "{}",
  M723: "text\n",
  M724: "=LDR  00000cam a2200000 i 4500\n=001  1\n=500  \\\\$aA text\nthat goes on\n",
  M725: "=LDR  00000cam a2200000 i 4500\n=001  {nonsense}\n",
  M731: `<record>${ID}</record>`,
  M732: `<record><leader>00000cam</leader>${ID}</record>`,
  M733: `<record>${LEADER.replace("cam", "cäm")}${ID}</record>`,
  M734: xml('<controlfield tag="1">1</controlfield>'),
  M735: xml(`${ID}<controlfield tag="1234">1</controlfield>`),
  M736: xml('<datafield tag="500" ind1="" ind2=" "><subfield code="a">x</subfield></datafield>'),
  M737: xml('<datafield tag="500" ind1=" " ind2=" "><subfield code="ab">x</subfield></datafield>'),
  M738: '{"leader":"00000cam a2200000 i 4500","fields":[{"001":"a\\u001fb"}]}',
  M739: xml(`${ID}<controlfield tag="003"/>`),
  M740: '{"leader":"00000cam a2200000 i 4500","fields":[{"001":"\\ud800"}]}',
};

function readerOf(input: string) {
  if (input.startsWith("<")) return readXml;
  return /^[=a-z]/.test(input) ? readMrk : readMij;
}

describe("the codes of the formats", () => {
  it.each(Object.entries(CASES))("%s is drawn by its input alone", (code, input) => {
    const parsed = readerOf(input)(input);
    expect([...new Set(codesOf(parsed))]).toEqual([code]);
    const rejected = codeEntry(code).severity === "reject";
    expect(parsed.some(({ kind }) => kind === "reject")).toBe(rejected);
  });

  it("M709 is thrown", () => {
    const error = new FormatError("M709", "");
    expect(() => readXml("\0<\0r")).toThrow(expect.objectContaining({ code: error.code }));
  });

  it("have a case each", () => {
    const codes = FORMAT_CODES.map(({ code }) => code).filter(
      (code) => !["M709", "M718", "M719", "M720"].includes(code),
    );
    expect(Object.keys(CASES)).toEqual(codes);
  });
});
