import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load-config.js";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import { MarcRecord, tagCode } from "../../src/marc/marc-record.js";
import { nacoNormalize } from "../../src/matching/naco.js";
import { recordsOf, rowsOf } from "../support/samples.js";

const ETC = fileURLToPath(new URL("../../etc/", import.meta.url));

/** A view of a sound record, by its directory. */
function view(bytes: Buffer): MarcRecord {
  const base = Number(bytes.toString("latin1", 12, 17));
  const table = [
    ...bytes.toString("latin1", 24, base - 1).matchAll(/(...)(\d{4})(\d{5})/g),
  ].flatMap(([, tag, length, start]) => {
    const from = base + Number(start);
    return [tagCode(tag), from, from + Number(length) - 1, tag < "010" ? 1 : 0];
  });
  const encoding = bytes[9] === 0x61 ? "utf-8" : "marc-8";
  const leader = bytes.toString("latin1", 0, 24);
  return new MarcRecord(bytes, leader, Int32Array.from(table), table.length / 4, encoding, []);
}

/** The rows of a sample file by foreign id (of an id that comes again, the first), empty fields left out. */
function mapped(configuration: string, name: string): Map<string, Record<string, string>> {
  const { config } = loadConfig(`${ETC}${configuration}`, { cwd: ETC });
  const mapper = createMapper(config);
  const rejected = rowsOf(name).filter((row) => row.first === "rejected");
  const rows = new Map<string, Record<string, string>>();
  recordsOf(name).forEach((bytes, index) => {
    if (rejected.some((row) => row.number === index + 1)) {
      return;
    }
    const { foreignId, ignore, values } = mapper.map(view(bytes));
    const stated = config.fields.flatMap(({ name }, i) => (values[i] ? [[name, values[i]]] : []));
    if (!rows.has(foreignId)) {
      rows.set(foreignId, { ...Object.fromEntries(stated), ignore: ignore?.code ?? "" });
    }
  });
  return rows;
}

const catalog = mapped("sample.conf", "catalog");
const vendor = mapped("vendor.conf", "vendor");

describe("etc/sample.conf on samples/catalog.mrc", () => {
  const cells: readonly [id: string, field: string, value: string | undefined][] = [
    ["sm-001", "title", "Structure and interpretation of computer programs"],
    ["sm-001", "publisher", "MIT Press ; McGraw-Hill"],
    ["sm-001", "isbn", ";9780262011532;9780070004849;"],
    ["sm-001", "series", "MIT electrical engineering and computer science series"],
    ["sm-001", "url", "http://www.example.org/cgi-bin/view_record=sm-001"],
    ["sm-002", "resource_types", ";Text;Volume;"],
    ["sm-002", "publisher", "MIT Press"],
    ["sm-004", "creators", ";Tolkien, J. R. R. (John Ronald Reuel), 1892-1973;"],
    ["sm-004", "title", "The hobbit, or, There and back again"],
    [
      "sm-006",
      "subjects",
      ";Metamathematics;Symmetry;Artificial intelligence;Bach, Johann Sebastian, 1685-1750;" +
        "Escher, M. C. (Maurits Cornelis), 1898-1972;Gödel, Kurt -- Philosophy;",
    ],
    [
      "sm-010",
      "contributors",
      ";Shelley, Mary Wollstonecraft, 1797-1851;Stoker, Bram, 1847-1912;" +
        "Stevenson, Robert Louis, 1850-1894;King, Stephen, 1947-;",
    ],
    [
      "sm-010",
      "keywords",
      ";Dr. Jekyll and Mr. Hyde;Frankenstein;Dracula;Strange case of Dr. Jekyll and Mr. Hyde;",
    ],
    ["sm-012", "isbn", ";9780553053401;"],
    ["sm-013", "publication_date", "1910"],
    ["sm-013", "publisher", undefined],
    ["sm-014", "coverage", ";United States;Middle East;"],
    ["sm-016", "publisher", "Massachusetts Institute of Technology"],
    ["sm-018", "subjects", ";Human anatomy;"],
    ["sm-018", "keywords", ";Anatomy;Human anatomy;Bones;Muscles;"],
    ["sm-020", "lcc", undefined],
    ["sm-022", "title", "D-Lib magazine : the magazine of digital library research"],
    ["sm-022", "record_type", "serial"],
    ["sm-024", "publisher", "The New York Times Company"],
    ["sm-024", "coverage", ";United States -- New York -- New York;New York;"],
    ["sm-025", "record_type", "serial"],
    ["sm-026", "record_type", "monograph"],
    ["sm-028", "creators", ";Waldseemüller, Martin, 1470-1519;"],
    ["sm-030", "language", "German"],
    ["sm-031", "isbn", undefined],
    ["sm-032", "resource_types", ";Spoken word;Audiocassette;"],
    [
      "sm-033",
      "contributors",
      ";Wise, Robert, 1914-2005;Robbins, Jerome;United Artists Corporation;",
    ],
    ["sm-034", "resource_types", ";Computer file;Computer disc;"],
    ["sm-035", "subjects", ";Rubik's Cube;Ideal Toy Corp. -- History;"],
    ["sm-038", "my_infomine", ";MARC import;Project Gutenberg;"],
    ["sm-042", "other_urls", ";https://wwnorton.com/books/9780393317558;"],
    ["sm-042", "url", "http://www.example.org/cgi-bin/view_record=sm-042"],
    ["sm-043", "url", "https://www.gutenberg.org/ebooks/105"],
    ["sm-044", "url", "http://www.gutenberg.org/ebooks/84"],
    [
      "sm-045",
      "creators",
      ";Cao, Xueqin, approximately 1717-1763;曹雪芹, approximately 1717-1763;",
    ],
    ["sm-053", "title", "Ott\u0361sy i deti : roman"],
    ["sm-053", "original_title", "Отцы и дети : роман"],
    ["sm-054", "original_title", "紅樓夢"],
    ["sm-055", "title", "Truyện Kiều = The tale of Kieu"],
    ["(EXAMPLE)60", "title", "The wind in the willows"],
    ["sm-062", "ignore", "record-type"],
  ];
  it.each(cells)("%s %s: %s", (id, field, value) => {
    expect(catalog.get(id)?.[field]).toBe(value);
  });

  it("makes the duplicates that samples/README.md tells of", () => {
    const key = (id: string) => nacoNormalize(catalog.get(id)?.title ?? "");
    expect(key("sm-057")).toBe(key("sm-005"));
    expect(key("sm-040")).not.toBe(key("sm-039"));
    expect(catalog.get("sm-058")?.isbn).toBe(catalog.get("sm-003")?.isbn);
  });
});

describe("etc/vendor.conf on samples/vendor.mrc", () => {
  const proxy = "https://proxy.example.edu/login?url=https://ebooks.example.com/book/";
  it.each([
    ["eb-01", "url", `${proxy}9780465039142`],
    ["eb-01", "subjects", ";Law -- Internet;"],
    ["eb-02", "isbn", ";9780300110562;"],
    ["eb-02", "description", "Electronic book."],
    ["eb-07", "url", `${proxy}9780765319852`],
    ["eb-07", "keywords", ";Electronic books;Computer hackers;Fiction;"],
    ["eb-08", "ignore", "filter"],
    ["eb-09", "ignore", "filter"],
    ["eb-10", "ignore", "filter"],
    ["eb-11", "ignore", "not-valid"],
    ["eb-13", "contributors", ";MacKay, David J. C.;"],
    ["eb-13", "my_infomine", ";E-books;"],
  ])("%s %s: %s", (id, field, value) => {
    expect(vendor.get(id)?.[field]).toBe(value);
  });
});
