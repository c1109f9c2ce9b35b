/** What holds of every harvested record, whatever stands in it. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementsOf } from "../../../src/fields/list-form.js";
import { isList } from "../../../src/fields/record-fields.js";
import { harvested, mapperOf, repositoryWith, TraceLines } from "./support.js";

const SECTIONS = {
  map: `dc:creator = creator
dc:subject = keywords
"dc:subject{dct:LCSH}" = subjects
dc:description = description
dc:identifier = url
dc:date = publication_date
dct:issued = publication_date
dc:type = resource_types
dc:language = language
dc:relation = other_urls /^(?!http).*//
dc:source = isbn,issn`,
  pre: 'split_lists = creators\nlanguage_preference = "en,de"\nresolver_urls = true',
  defaults: 'categories = ";unknown;"\naccess = free\nexpert_created = true',
};

const NAMES = [
  ...["dc:title", "dc:title@en", "dc:creator", "dc:subject", "dc:subject{dct:LCSH}"],
  ...["dc:description", "dc:identifier", "dc:identifier{dct:URI}", "dc:date", "dct:issued"],
  ...["dc:type", "dc:language", "dc:relation", "dc:source", "dc:rights", "x:y"],
];

const text = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom("a;b", "; ;", "\u037e", "Journal", "2001", "20010203", "ISBN 0-306-40615-2"),
    fc.constantFrom("http://a.org http://b.org", "http:http://x.org/", "doi:10.1/x", "hdl:1/2"),
  )
  .map((written) => written.normalize("NFC").trim())
  .filter((written) => written !== "");
const elements = fc.array(fc.tuple(fc.constantFrom(...NAMES), text), { maxLength: 20 });

describe.each([false, true])("with canonize_all_metadata = %s", (canonize) => {
  const config = repositoryWith({ ...SECTIONS, post: `canonize_all_metadata = ${canonize}` });
  const mapper = mapperOf(config);
  const mapped = (record: readonly (readonly [string, string])[]) => mapper.map(harvested(record));

  it("values are in the form that columns have", () => {
    fc.assert(
      fc.property(elements, (record) => {
        const { values } = mapped(record);
        config.fields.forEach(({ kind, name }, index) => {
          const value = values[index];
          expect(value, name).toBe(value.normalize("NFC").trim());
          if (!isList(kind) || value === "") return;
          expect(value, name).toBe(`;${[...new Set(elementsOf(value))].join(";")};`);
        });
      }),
    );
  });

  it("what no key and no default names is never touched", () => {
    fc.assert(
      fc.property(elements, (record) => {
        const { values } = mapped(record);
        expect(values.filter((value, index) => !config.managed[index] && value !== "")).toEqual([]);
      }),
    );
  });

  it("a mapped record tells the same when it is mapped again, and when it is explained", () => {
    fc.assert(
      fc.property(elements, elements, (record, other) => {
        const first = mapped(record);
        mapped(other);
        expect(mapped(record)).toEqual(first);
        expect(mapper.map(harvested(record), new TraceLines())).toEqual(first);
      }),
    );
  });

  it("the url is one of the candidates' addresses, and no other url repeats it", () => {
    const url = config.fields.findIndex(({ name }) => name === "url");
    const others = config.fields.findIndex(({ name }) => name === "other_urls");
    fc.assert(
      fc.property(elements, (record) => {
        const { values } = mapped(record.filter(([name]) => name !== "dc:relation"));
        if (values[url] === "") expect(values[others]).toBe("");
        else expect(values[url]).toMatch(/^(?:https?|ftp):\/\/[^\s]+$/);
        expect(elementsOf(values[others])).not.toContain(values[url].replaceAll(";", "%3B"));
      }),
    );
  });

  it("order among elements of other names does not matter", () => {
    fc.assert(
      fc.property(elements, (record) => {
        const byName = [...record].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        const one = new Set(record.map(([name]) => name.replace(/[@{].*/, "")));
        fc.pre(one.size === new Set(record.map(([name]) => name)).size);
        expect(mapped(byName).values).toEqual(mapped(record).values);
      }),
    );
  });
});
