/** JSON as NatLibFi, Catmandu and FOLIO write it: what is the same record, and what is none. */

import { describe, expect, it } from "vitest";
import { sniff } from "../../src/input/sniff.js";
import { data, type PlainRecord, plainOf, toMij } from "../support/plain-record.js";
import { codesOf, outline, readMij, recordsOf, rejectsOf } from "../support/read-formats.js";

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
      '{"sourceRecords":[],"totalRecords":0}',
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
