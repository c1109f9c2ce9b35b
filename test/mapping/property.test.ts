import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isList } from "../../src/fields/record-fields.js";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import { trimPunctuation } from "../../src/mapping/marc/punctuation.js";
import { FIELD_STRIDE, MarcRecord, tagCode } from "../../src/marc/marc-record.js";
import { type FieldOf, viewOf } from "../support/record-view.js";
import { configOf, Recorder } from "./support.js";

const CONFIG = configOf(
  `
[title]
skip_nonfiling
trim_punctuation
linked_fields = append
first_only
a = 245 * * a+b
[creators]
subfield_join = ";"
trim_punctuation
a = 1XX * * *
[contributors]
subfield_join = ", "
trim_punctuation
a = "1XX * * * /^[^:]*:.*//s,/\\ *\\[[a-c]*\\]//i"
[edition]
trim_punctuation
a = "245 * * * /(a|\\))\\(/$1/g,/'+/b/"
[keywords]
initial_serial_text = ";Ejournals;"
fallback_value = "none"
unique
field_join = " / "
linked_fields = only
a = 6XX *-7 * *
b = 245 * * *
[subjects]
subfield_join = "; "
trim_punctuation
first_only
a = 6XX * * a+b+x
[coverage]
subfield_join = ";"
trim_punctuation
translation_map = places.map
a = 6XX * * *
[language]
translation_map = languages.map
a = 008/35-37 * * *
[publisher]
subfield_join = ""
a = XXX * * *-a
b = LDR/5-9 * * *
[isbn]
a = 020 * * *
[oclc_number]
a = 035 * * a+z
[other_urls]
a = 856 * * a+u
[url]
fallback_pattern = http://x.org/CONTROL_NO
[description]
method = AllPossible
fallback_value = "  none  "
`,
  {
    "places.map": "abc = Alpha\n__default__ = Other",
    "languages.map": 'eng = English\n__default__ = "Other ; language"\n',
  },
);
const MAPPER = createMapper(CONFIG);

const letters = fc.constantFrom(..."abcxyz0123456789-;/:,. []()'éй́語\u037e𝔗http://www.a.org ");
const text = fc.string({ unit: letters, maxLength: 30 });
const subfield = fc
  .tuple(fc.constantFrom(..."aabbcuxz02367"), text)
  .map(([code, value]) => code + (code === "6" ? `245-0${value.length % 3}${value}` : value));
const indicator = fc.constantFrom(..." 0123479");
const dataField = fc
  .tuple(
    fc.constantFrom("020", "035", "100", "130", "245", "505", "520", "650", "730", "856", "880"),
    indicator,
    indicator,
    fc.array(subfield, { minLength: 1, maxLength: 4 }),
  )
  .map(([tag, one, two, subfields]): FieldOf => [tag, one + two, ...subfields]);
const controlField = fc
  .tuple(fc.constantFrom("001", "003", "005", "008"), fc.string({ unit: letters, maxLength: 45 }))
  .map(([tag, content]): FieldOf => [tag, content]);
const leader = fc
  .tuple(fc.constantFrom(..."acdn"), fc.constantFrom(..."aez"), fc.constantFrom(..."amsib"))
  .map((codes) => `00000${codes.join("")}  2200000   4500`);
const record = fc.record({
  leader,
  fields: fc.array(fc.oneof(dataField, controlField), { maxLength: 12 }),
});

describe("any record", () => {
  it("is mapped to plain texts and lists in their stored form", () => {
    fc.assert(
      fc.property(record, (plain) => {
        const { values } = MAPPER.map(viewOf(plain));
        CONFIG.fields.forEach(({ name, kind }, index) => {
          const value = values[index];
          expect(() => encodeURIComponent(value)).not.toThrow();
          expect(value).toBe(value.normalize("NFC"));
          if (!isList(kind)) {
            expect(value).toBe(value.trim());
            expect(value).not.toContain("  ");
          } else if (value !== "") {
            expect(value, name).toMatch(/^;.*;$/su);
            const elements = value.slice(1, -1).split(";");
            expect(elements).not.toContain("");
            expect(elements).toEqual([...new Set(elements)]);
            expect(elements).toEqual(elements.map((element) => element.trim()));
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  it("is explained by the values that it is mapped to, and mapped the same again", () => {
    fc.assert(
      fc.property(record, (plain) => {
        const trace = new Recorder();
        const explained = createMapper(CONFIG).map(viewOf(plain), trace);
        const mapped = MAPPER.map(viewOf(plain));
        if (mapped.ignore === null) expect(explained).toEqual(mapped);
        if (mapped.deleted) return;
        for (const [name, value] of trace.values) {
          const index = CONFIG.fields.findIndex((field) => field.name === name);
          expect(explained.values[index]).toBe(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("has the same content digest whatever its leader", () => {
    fc.assert(
      fc.property(record, leader, ({ leader: own, fields }, other) => {
        const without = fields.filter(([tag]) => !["001", "035"].includes(tag));
        const ids = [own, other].map(
          (head) => MAPPER.map(viewOf({ leader: head, fields: without })).foreignId,
        );
        expect(ids[0]).toMatch(/^digest:/);
        expect(ids[1]).toBe(ids[0]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("bytes of any kind", () => {
  const anyField = fc.tuple(
    fc.constantFrom("001", "008", "020", "100", "245", "650", "856", "880", "FMT"),
    fc.boolean(),
    fc.uint8Array({ maxLength: 40 }),
  );
  const encoding = fc.constantFrom("ascii", "utf-8", "marc-8", "latin-1") as fc.Arbitrary<
    MarcRecord["encoding"]
  >;

  /** Indicators and a subfield code are all that a well-formed data field needs. */
  function wellFormed(control: boolean, bytes: Uint8Array): Buffer {
    const content = Buffer.from(bytes.filter((byte) => !control || byte !== 0x1f));
    return control ? content : Buffer.concat([Buffer.from("10\x1fa"), content]);
  }

  it("never make the mapping throw", () => {
    fc.assert(
      fc.property(fc.array(anyField, { maxLength: 8 }), encoding, (fields, read) => {
        const chunks = fields.map(([, control, bytes]) => wellFormed(control, bytes));
        const table = new Int32Array(fields.length * FIELD_STRIDE);
        let start = 0;
        fields.forEach(([tag, control], index) => {
          const end = start + chunks[index].length;
          table.set([tagCode(tag), start, end, control ? 1 : 0], index * FIELD_STRIDE);
          start = end;
        });
        const bytes = Buffer.concat(chunks);
        const head = "00000nam a2200000   4500";
        const view = new MarcRecord(bytes, head, table, fields.length, read, []);
        const mapped = MAPPER.map(view);
        expect(mapped.values).toHaveLength(CONFIG.fields.length);
        expect(mapped.foreignId).not.toBe("");
      }),
      { numRuns: 500 },
    );
  });
});

describe("trimming punctuation", () => {
  it("never adds anything and leaves no separator at the end", () => {
    fc.assert(
      fc.property(fc.string({ unit: letters }), (value) => {
        const trimmed = trimPunctuation(value);
        expect(value).toContain(trimmed);
        if (!/[[\]]/.test(value)) expect(trimmed).not.toMatch(/[\s/:;,=]$/);
      }),
    );
  });
});
