/** Properties of the MARCXML and MARC-in-JSON readers: chunks, bytes, neighbours, round trips. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type PlainRecord,
  plainOf,
  plainRecord,
  toCatmandu,
  toFolio,
  toMij,
  toMrk,
  toNatLibFi,
  toTurbo,
  toXml,
} from "../support/plain-record.js";
import {
  accountFor,
  codesOf,
  comparable,
  LENIENT,
  readMij,
  readMrk,
  readTurbo,
  readXml,
  recordsOf,
} from "../support/read-formats.js";

const RECORDS = fc.array(plainRecord, { minLength: 1, maxLength: 4 });

interface Format {
  readonly name: string;
  readonly read: typeof readXml;
  readonly element: (record: PlainRecord) => string;
  readonly wrap: (elements: readonly string[]) => string;
}

const FORMATS: readonly Format[] = [
  {
    name: "MARCXML",
    read: readXml,
    element: (record) => toXml(record),
    wrap: (elements) => `<?xml version="1.0"?>\n<collection>\n${elements.join("\n")}</collection>`,
  },
  {
    name: "MARCXML with a prefix, bare",
    read: readXml,
    element: (record) => toXml(record, "marc:"),
    wrap: (elements) => elements.join(""),
  },
  {
    name: "MARC-in-JSON lines",
    read: readMij,
    element: (record) => JSON.stringify(toMij(record)),
    wrap: (elements) => elements.join("\n"),
  },
  {
    name: "MARC-in-JSON in an array",
    read: readMij,
    element: (record) => JSON.stringify(toMij(record), null, 1),
    wrap: (elements) => `[${elements.join(",")}]`,
  },
  {
    name: "a list of MARC-in-JSON in an object",
    read: readMij,
    element: (record) => JSON.stringify(toMij(record)),
    wrap: (elements) => `{"records":[${elements.join(",")}],"totalRecords":${elements.length}}`,
  },
  {
    name: "TurboMARC",
    read: readTurbo,
    element: toTurbo,
    wrap: (elements) =>
      `<collection xmlns="http://www.indexdata.com/turbomarc">${elements.join("\n")}</collection>`,
  },
  {
    name: "MARCMaker text",
    read: readMrk,
    element: toMrk,
    wrap: (elements) => `${elements.join("\n\n")}\n`,
  },
  {
    name: "MARCMaker text of DOS, without blank lines",
    read: readMrk,
    element: (record) => toMrk(record).replace(/\n/g, "\r\n"),
    wrap: (elements) => `${elements.join("\r\n")}\r\n`,
  },
  ...jsonDialect("NatLibFi", toNatLibFi),
  ...jsonDialect("Catmandu", toCatmandu),
  ...jsonDialect("FOLIO", toFolio),
];

/** Lines, and an array over many lines. */
function jsonDialect(name: string, value: (record: PlainRecord) => unknown): Format[] {
  return [
    {
      name: `JSON of ${name}, lines`,
      read: readMij,
      element: (record) => JSON.stringify(value(record)),
      wrap: (elements) => elements.join("\n"),
    },
    {
      name: `JSON of ${name}, in an array`,
      read: readMij,
      element: (record) => JSON.stringify(value(record), null, 1),
      wrap: (elements) => `[${elements.join(",")}]`,
    },
  ];
}

/** Text made of what makes trouble. */
const JUNK = fc.array(
  fc.constantFrom(
    ...["<record>", "</record>", "<record ", "<leader>", "<!--", "-->", "<![CDATA[", "]]>"],
    ...[
      "<?",
      "?>",
      "<?xml encoding='latin1'?>",
      "</",
      "<",
      ">",
      '"',
      "'",
      "&#x1f;",
      "&",
      "<a:record/>",
    ],
    ...[
      "{",
      "}",
      "[",
      "]",
      '{"leader"',
      '{"fields":[',
      '\\"',
      "\\",
      ",",
      "\n",
      "\r\n",
      " ",
      '{"001":"x"}',
    ],
    ...[
      "=LDR  ",
      "=LDR",
      "=001  x",
      "=245  10$a",
      "=",
      "$",
      "{acute}",
      "\n\n",
      "<r>",
      "</r>",
      "<l>",
    ],
    ...["\ufeff", "\u0000", "\u001f", "é", "x"],
  ),
  { maxLength: 40 },
);

describe.each(FORMATS)("$name", ({ read, element, wrap }) => {
  it("gives back the records that were written", () => {
    fc.assert(
      fc.property(RECORDS, (records) => {
        const parsed = read(wrap(records.map(element)));
        expect(recordsOf(parsed).map(plainOf)).toEqual(records);
        expect(codesOf(parsed)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same whatever the chunks, and accounts for every byte", () => {
    const damaged = fc.tuple(RECORDS, JUNK, fc.nat(), fc.nat(1000));
    fc.assert(
      fc.property(damaged, fc.constantFrom(1, 2, 7, 61), ([records, junk, at, cut], chunkSize) => {
        const text = Buffer.from(wrap(records.map(element)));
        const place = at % text.length;
        const input = Buffer.concat([
          text.subarray(0, place),
          Buffer.from(junk.join("")),
          text.subarray(Math.min(text.length, place + (cut % 50))),
        ]);
        const options = { ...LENIENT, maxRecordSize: cut < 500 ? 1 << 24 : 100 };
        const whole = attempt(() => read(input, options));
        const pieces = attempt(() => read(input, options, chunkSize));
        if (typeof whole === "string" || typeof pieces === "string") {
          expect(pieces).toBe(whole);
          return;
        }
        expect(comparable(pieces)).toEqual(comparable(whole));
        expect(accountFor(whole, input).equals(input)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("loses no neighbour of a damaged record", () => {
    const damage = fc.tuple(RECORDS, plainRecord, RECORDS, JUNK, fc.nat());
    fc.assert(
      fc.property(damage, ([before, victim, after, junk, at]) => {
        const text = element(victim);
        const harmless = junk
          .filter((part) => !/record|leader|fields|<!|<\?|<.?[rl]>|=LDR/.test(part))
          .join("");
        const place = 1 + (at % (text.length - 1));
        const damaged = text.slice(0, place) + harmless;
        const input = wrap([...before.map(element), damaged, ...after.map(element)]);
        const read_ = recordsOf(read(input)).map(plainOf);
        expect(read_.slice(0, before.length)).toEqual(before);
        expect(read_.slice(-after.length)).toEqual(after);
      }),
      { numRuns: 300 },
    );
  });
});

/** The result, or the message of the error that an unreadable encoding is. */
function attempt<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}
