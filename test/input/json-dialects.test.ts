/** JSON as NatLibFi, Catmandu and FOLIO write it: what is the same record, and what is none. */

import { describe, expect, it } from "vitest";
import { sniff } from "../../src/input/sniff.js";
import { data, type PlainRecord, plainOf, toMij } from "../support/plain-record.js";
import {
  codesOf,
  LENIENT,
  outline,
  readMij,
  recordsOf,
  rejectsOf,
} from "../support/read-formats.js";

const LEADER = "00000cam a2200000 i 4500";
const BOOK: PlainRecord = {
  leader: LEADER,
  fields: [{ tag: "001", text: "b" }, data("245", "1 ", ["a", "Title"], ["b", "other"])],
};
const MIJ = JSON.stringify(toMij(BOOK));

/** One record each, as these programs write it. */
const DIALECTS: readonly (readonly [string, string])[] = [
  [
    "NatLibFi",
    `{"leader":"${LEADER}","fields":[{"tag":"001","value":"b"},{"tag":"245","ind1":"1","ind2":" ","subfields":[{"code":"a","value":"Title"},{"code":"b","value":"other"}]}]}`,
  ],
  [
    "NatLibFi, fields first",
    `{"fields":[{"value":"b","tag":"001"},{"ind1":"1","ind2":" ","subfields":[{"value":"Title","code":"a"},{"value":"other","code":"b"}],"tag":"245"}],"leader":"${LEADER}"}`,
  ],
  [
    "Catmandu",
    `{"record":[["LDR",null,null,"_","${LEADER}"],["001",null,null,"_","b"],["245","1"," ","a","Title","b","other"]],"_id":"b"}`,
  ],
  [
    "Catmandu of Aleph, with a code for what stands before the first subfield",
    `{"_id":"b","record":[["LDR","","","_","${LEADER}"],["001","","","_","b"],["245","1"," ","_","","a","Title","b","other"]]}`,
  ],
  ["FOLIO", `{"id":"1","parsedRecord":{"id":"1","content":${MIJ}},"deleted":false}`],
  [
    "FOLIO with text in content",
    `{"recordId":"1","parsedRecord":{"content":${JSON.stringify(MIJ)}}}`,
  ],
  ["FOLIO, the parsed record alone", `{"id":"1","content":${MIJ}}`],
];

describe.each(DIALECTS)("%s", (_, line) => {
  it("is known by its content and read as what it is", () => {
    expect(sniff(Buffer.from(line), true)).toEqual({ kind: "mij" });
    const parsed = readMij(line);
    expect(codesOf(parsed)).toEqual([]);
    expect(recordsOf(parsed).map(plainOf)).toEqual([BOOK]);
  });

  it("stands beside other forms in one file, each record known by itself", () => {
    const lines = DIALECTS.map(([, one]) => one).join("\n");
    expect(outline(readMij(`${line}\n${MIJ}\n${lines}`))).toBe("b b b b b b b b b");
  });

  it("costs itself alone when it is cut, and its number is told", () => {
    const cut = line.slice(0, line.indexOf("Title"));
    const told = outline(readMij([line, cut, line].join("\n")));
    expect(told).toMatch(/^b \[(M704|M721) b?\] b$/);
    expect(outline(readMij(`[\n${[line, cut, line].join(",\n")}\n]`))).toBe(told);
  });
});

describe("what is no record of theirs is rejected, and told why", () => {
  it.each([
    ["a row without its last text", '{"record":[["001",null,null,"_"]]}', "record[0] is not"],
    ["a row that is none", '{"record":[["001",null,null,"_","a"],7]}', "record[1] is not"],
    [
      "a number for a text",
      '{"record":[["001",null,null,"_",7]]}',
      "a subfield of 001 is a number",
    ],
    ["a content that is cut", '{"content":"{\\"leader\\":"}', "content is not JSON"],
    [
      "a content with a key twice",
      '{"content":"{\\"leader\\":\\"a\\",\\"leader\\":\\"b\\"}"}',
      'the key "leader" stands twice',
    ],
    ["a content of text", '{"content":"\\"x\\""}', "a string within a string"],
    [
      "a list of records",
      '[{"sourceRecords":[],"totalRecords":0}]',
      'its records are in "sourceRecords"',
    ],
  ])("%s", (_, line, reason) => {
    const [reject] = rejectsOf(readMij(line));
    expect(reject.reason).toMatchObject({ code: "M722" });
    expect(reject.reason.found).toContain(reason);
  });
});

describe("a record that FOLIO calls deleted", () => {
  it.each(['"deleted":true', '"state":"DELETED"'])("has the status d: %s", (said) => {
    const [record] = recordsOf(readMij(`{"parsedRecord":{"content":${MIJ}},${said}}`));
    expect(record.leader[5]).toBe("d");
    expect(record.diagnostics).toMatchObject([
      { code: "M717", found: said.replace(/"/g, "").replace(":", ": ") },
    ]);
  });
});

describe("a list of records within one object", () => {
  const folio = (id: string) =>
    `{"recordId":"${id}","recordType":"MARC_BIB","parsedRecord":{"id":"${id}","content":${MIJ.replace('"b"', `"${id}"`)}},"additionalInfo":{"suppressDiscovery":false}}`;
  const answer = (ids: readonly string[], stated: number) =>
    `{"sourceRecords":[${ids.map(folio).join(",")}],"totalRecords":${stated}}`;
  const found = (json: string) =>
    readMij(json).flatMap((piece) =>
      piece.kind === "padding"
        ? piece.diagnostics.map(({ code, found }) => (found === null ? code : `${code} ${found}`))
        : [],
    );

  it.each([
    ["as FOLIO answers", answer(["a", "b", "c"], 3)],
    ["laid out in lines", JSON.stringify(JSON.parse(answer(["a", "b", "c"], 3)), null, 2)],
    [
      "behind numbers and names",
      `{"totalRecords": 3, "next": null, "records": [${["a", "b", "c"].map(folio)}]}`,
    ],
    [
      "with more behind it",
      answer(["a", "b", "c"], 3).replace(/}$/, ',"resultInfo":{"facets":[{"x":"]}"}]}}'),
    ],
    [
      "of plain records",
      `{"records":[${["a", "b", "c"].map((id) => MIJ.replace('"b"', `"${id}"`))}]}`,
    ],
    [
      "one record a line",
      `{"sourceRecords":[\n${["a", "b", "c"].map(folio).join(",\n")}],"totalRecords":3}\n`,
    ],
    ["page by page", `${answer(["a"], 3)}\n${answer(["b"], 3)}${answer(["c"], 3)}\n`],
  ])("is read record by record: %s", (_, json) => {
    expect(sniff(Buffer.from(json), true)).toEqual({ kind: "mij" });
    expect(outline(readMij(json))).toBe("a b c");
    expect(found(json)).toEqual([]);
  });

  it("is the same in whatever chunks it comes", () => {
    const pages = `${answer(["a", "b"], 4)}\n${answer(["c"], 4)}`;
    const whole = readMij(pages);
    expect(outline(whole)).toBe("a b c");
    for (const size of [1, 3, 64, 2000]) {
      const told = readMij(pages, LENIENT, size);
      expect(told.map(({ kind, offset, length }) => [kind, offset, length])).toEqual(
        whole.map(({ kind, offset, length }) => [kind, offset, length]),
      );
      expect(codesOf(told)).toEqual(["M713"]);
    }
  });

  it("costs no neighbour of a record that is damaged", () => {
    const json = answer(["a", "b", "c"], 3);
    expect(outline(readMij(json.replace('"id":"b"', '"id":"b')))).toMatch(/^a \[.*\] c$/);
    expect(outline(readMij(json.replace("]}},", "]},")))).toMatch(/^\[.*\] b c$/);
  });

  it("tells what is missing of it", () => {
    expect(found(answer(["a", "b"], 5))).toEqual(["M713 2 of 5 records"]);
    expect(found(answer(["a"], 3) + answer(["b"], 3))).toEqual(["M713 2 of 3 records"]);
    expect(found(answer(["a", "b"], 2).slice(0, -1))).toEqual(["M707"]);
    const behindRecords = answer(["a", "b"], 2).lastIndexOf("]");
    expect(found(answer(["a", "b"], 2).slice(0, behindRecords))).toEqual(["M707"]);
  });

  it("without records is an empty delivery", () => {
    expect(sniff(Buffer.from('{"sourceRecords":[],"totalRecords":0}'), true).kind).toBe("mij");
    expect(readMij('{"sourceRecords":[],"totalRecords":0}').map(({ kind }) => kind)).toEqual([
      "padding",
    ]);
  });
});
