/** MARCXML: what is read, in which clothes it may come, and what damage costs. */

import { MarcxmlFormater, Record } from "marcjs";
import { describe, expect, it } from "vitest";
import type { ConfiguredEncoding } from "../../src/config/marc/marc-mapping.js";
import { FormatError } from "../../src/input/parsed-record.js";
import { sniff } from "../../src/input/sniff.js";
import { data, type PlainRecord, plainOf, toXml } from "../support/plain-record.js";
import {
  accountFor,
  codesOf,
  LENIENT,
  outline,
  readTurbo,
  readXml,
  recordsOf,
  rejectsOf,
} from "../support/read-formats.js";

const LEADER = "00000cam a2200000 i 4500";
const NAMESPACE = 'xmlns="http://www.loc.gov/MARC21/slim"';

function book(id: string, title = "Title"): PlainRecord {
  return { leader: LEADER, fields: [{ tag: "001", text: id }, data("245", "10", ["a", title])] };
}

const A = toXml(book("a"));
const B = toXml(book("b"));
const C = toXml(book("c"));

function collection(...records: string[]): string {
  return `<?xml version="1.0"?>\n<collection ${NAMESPACE}>\n${records.join("\n")}\n</collection>\n`;
}

function only(xml: string) {
  const records = recordsOf(readXml(xml));
  expect(records).toHaveLength(1);
  return plainOf(records[0]);
}

/** A record with this between its start and end tags, behind a leader. */
function record(inner: string): string {
  return `<record><leader>${LEADER}</leader>${inner}</record>`;
}

describe("TurboMARC", () => {
  it("gives tags and codes from names or attributes, in an SRU answer too", () => {
    const record = `<t:r xmlns:t="http://www.indexdata.com/turbomarc"><t:l>00000cam a2200000 i 4500</t:l>
      <t:c001>7</t:c001><t:d245 i1="1"><t:sa>Title</t:sa><t:s code="%">x</t:s></t:d245><t:d tag="9-9"><t:sa>y</t:sa></t:d></t:r>`;
    const answer = `<searchRetrieveResponse><records><record><recordData>${record}</recordData></record></records></searchRetrieveResponse>`;
    const parsed = readTurbo(answer);
    expect(codesOf(parsed)).toEqual(["M312"]);
    expect(recordsOf(parsed).map(plainOf)).toEqual([
      {
        leader: "00000cam a2200000 i 4500",
        fields: [
          { tag: "001", text: "7" },
          data("245", "1 ", ["a", "Title"], ["%", "x"]),
          data("9-9", "  ", ["a", "y"]),
        ],
      },
    ]);
    expect(sniff(Buffer.from(answer), true)).toEqual({ kind: "turbomarc" });
  });

  it.each([
    '<collection xmlns="http://www.indexdata.com/turbomarc"/>',
    '<?xml version="1.0"?>\n<collection xmlns="http://www.indexdata.com/turbomarc">\n</collection>',
    "<r><c001>1</c001></r>",
  ])("is known by its content: %s", (text) => {
    expect(sniff(Buffer.from(text), true)).toEqual({ kind: "turbomarc" });
  });
});

describe("a MARCXML record", () => {
  it("gives the fields that another program wrote", () => {
    const written = new Record();
    written.leader = LEADER;
    written.fields = [
      ["001", "123"],
      ["008", "   fixed  "],
      ["245", "1 ", "a", 'Größe < Weite & "Höhe" :', "b", "日本語 𝄞"],
      ["500", "  ", "a", "x", "a", "y", "9", "z"],
    ];
    expect(only(MarcxmlFormater.format(written))).toEqual({
      leader: LEADER,
      fields: [
        { tag: "001", text: "123" },
        { tag: "008", text: "   fixed  " },
        data("245", "1 ", ["a", 'Größe < Weite & "Höhe" :'], ["b", "日本語 𝄞"]),
        data("500", "  ", ["a", "x"], ["a", "y"], ["9", "z"]),
      ],
    });
  });

  it("may have any prefix, any order of attributes, any quotes", () => {
    const xml = `<m:collection xmlns:m="http://www.loc.gov/MARC21/slim">
      <m:record type='Bibliographic' format = "MARC21">
        <m:leader>${LEADER}</m:leader>
        <m:datafield ind2='0'  tag = '245'
                     ind1="1" ><m:subfield code='a'>T</m:subfield ></m:datafield>
      </m:record >
    </m:collection>`;
    expect(only(xml).fields).toEqual([data("245", "10", ["a", "T"])]);
  });

  it("may have its prefix on the attributes too", () => {
    const field = `<m:datafield m:tag="245" m:ind1="1" m:ind2="0"><m:subfield m:code="a">T</m:subfield></m:datafield>`;
    const xml = `<m:record xmlns:m="x"><m:leader>${LEADER}</m:leader>${field}</m:record>`;
    expect(only(xml).fields).toEqual([data("245", "10", ["a", "T"])]);
  });

  it("is rejected if nothing is left of it", () => {
    const xml = record('<datafield TAG="245"><subfield code="a">T</subfield></datafield>');
    expect(codesOf(readXml(xml))).toEqual(["M215", "M735"]);
  });

  it("resolves XML's own entities and references once", () => {
    const xml = record(
      '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">&lt;b&gt; &#x4E2D;&#228; &amp;#x41; &amp;amp;</subfield></datafield>',
    );
    expect(only(xml).fields).toEqual([data("245", "10", ["a", "<b> 中ä &#x41; &amp;"])]);
  });

  it("may hold comments, instructions and CDATA that look like its end", () => {
    const xml = record(
      '<!-- </record><record> --><?x </record> ?><datafield tag="245" ind1="1" ind2="0">' +
        '<subfield code="a">A<![CDATA[</record> & ]]>B</subfield></datafield>',
    );
    expect(only(xml).fields).toEqual([data("245", "10", ["a", "A</record> & B"])]);
  });

  it("keeps the blanks of fixed fields, and takes the layout of pretty printers away", () => {
    const xml = record(`
      <controlfield tag="006">  m  </controlfield>
      <controlfield tag="001">
        123
      </controlfield>
      <datafield tag="245" ind1="1" ind2="0"><subfield code="a">
        A title
        in two lines
      </subfield></datafield>`);
    expect(only(xml).fields).toEqual([
      { tag: "006", text: "  m  " },
      { tag: "001", text: "123" },
      data("245", "10", ["a", "A title in two lines"]),
    ]);
    expect(codesOf(readXml(xml))).toEqual([]);
  });

  it("is put into NFC", () => {
    expect(only(toXml(book("a", "e\u0301"))).fields[1]).toEqual(data("245", "10", ["a", "é"]));
  });

  it("may hold other elements, which are left out with a word about it", () => {
    const parsed = readXml(record('<controlfield tag="001">1</controlfield><extra>x</extra>'));
    expect(plainOf(recordsOf(parsed)[0]).fields).toEqual([{ tag: "001", text: "1" }]);
    expect(recordsOf(parsed)[0].diagnostics).toMatchObject([{ code: "M711", found: "<extra>" }]);
  });

  it("never reaches outside the file", () => {
    const xml = `<!DOCTYPE collection [<!ENTITY x SYSTEM "file:///etc/hostname">]>
      <collection>${record('<controlfield tag="001">&x;</controlfield>')}${A}</collection>`;
    expect(outline(readXml(xml))).toBe("[M701 &x;] a");
  });
});

describe("records come", () => {
  it("in a collection, bare, or in several documents one after the other", () => {
    expect(outline(readXml(collection(A, B, C)))).toBe("a b c");
    expect(outline(readXml(A + B + C))).toBe("a b c");
    expect(outline(readXml(collection(A) + collection(B)))).toBe("a b");
    expect(readXml("<collection/>").map(({ kind }) => kind)).toEqual(["padding"]);
    expect(readXml("")).toEqual([]);
  });

  it("in OAI-PMH responses, whatever namespace the wrapper has", () => {
    const wrapped = (id: string, inner: string) =>
      `<record><header><identifier>oai:x:${id}</identifier></header><metadata>${inner}</metadata></record>`;
    const dublinCore = "<oai_dc:dc><dc:title>T</dc:title></oai_dc:dc>";
    const xml = `<OAI-PMH><ListRecords>${wrapped("a", A)}${wrapped("x", dublinCore)}${wrapped(
      "b",
      toXml(book("b"), "marc:"),
    )}<resumptionToken>t</resumptionToken></ListRecords></OAI-PMH>`;
    expect(outline(readXml(xml))).toBe("a [M702 ] b");
  });

  it("in SRU responses", () => {
    const xml = `<zs:searchRetrieveResponse><zs:records><zs:record><zs:recordData>${A}</zs:recordData>
      </zs:record></zs:records></zs:searchRetrieveResponse>`;
    expect(outline(readXml(xml))).toBe("a");
  });

  it("as deletions in OAI-PMH headers: leader/05 d and the identifier's last part for 001", () => {
    const xml = `<ListRecords><record><header status="deleted"><identifier>oai:lib.example:991</identifier>
      <datestamp>2024-01-01</datestamp></header></record></ListRecords>`;
    const [deletion] = recordsOf(readXml(xml));
    expect(deletion.leader).toHaveLength(24);
    expect(deletion.leader[5]).toBe("d");
    expect(plainOf(deletion).fields).toEqual([{ tag: "001", text: "991" }]);
    expect(deletion.diagnostics).toMatchObject([{ code: "M712", found: "oai:lib.example:991" }]);
  });
});

/** US-ASCII is part of UTF-8; what it is not, it is not either. */
const READ_AS_UTF8 = "5 \ufffd \ufffd \ufffdfin\ufffd \ufffd \ufffduvre";

describe("the encoding", () => {
  const declared = (encoding: string, title: Buffer) =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>`),
      Buffer.from(toXml(book("a", "@")).split("@")[0]),
      title,
      Buffer.from(toXml(book("a", "@")).split("@")[1]),
    ]);
  const title = (input: Buffer) => plainOf(recordsOf(readXml(input))[0]).fields[1];

  it("is the declared one", () => {
    const latin1 = declared("ISO-8859-1", Buffer.from("Stra\xdfe", "latin1"));
    const cyrillic = declared("windows-1251", Buffer.from([0xcc, 0xe8, 0xf0]));
    expect(title(latin1)).toEqual(data("245", "10", ["a", "Straße"]));
    expect(title(cyrillic)).toEqual(data("245", "10", ["a", "Мир"]));
  });

  it("is UTF-8 where the bytes say so, whatever is declared", () => {
    const lie = declared("iso-8859-1", Buffer.from("Straße"));
    expect(title(lie)).toEqual(data("245", "10", ["a", "Straße"]));
    expect(codesOf(readXml(lie))).toEqual(["M708"]);
    expect(title(declared("utf-16", Buffer.from("Straße")))).toEqual(
      data("245", "10", ["a", "Straße"]),
    );
  });

  it("may be handed over where reading goes on in mid-stream", () => {
    const input = declared("ISO-8859-1", Buffer.from("Stra\xdfe", "latin1"));
    const offset = input.indexOf("<record>");
    const options = { ...LENIENT, offset, declaredEncoding: "ISO-8859-1" };
    const [resumed] = readXml(input.subarray(offset), options);
    expect(resumed).toMatchObject({ kind: "record", offset });
    expect(recordsOf([resumed]).map(plainOf)).toEqual(recordsOf(readXml(input)).map(plainOf));
  });

  it("of windows-1252 and all its labels has the characters of 80 to 9F", () => {
    const bytes = Buffer.from("5 \x80 \x96 \x93fin\x94 \x85 \x8cuvre", "latin1");
    for (const label of ["windows-1252", "ISO-8859-1", "latin1", "cp1252", "us-ascii"]) {
      expect(title(declared(label, bytes))).toEqual(
        data("245", "10", ["a", label === "us-ascii" ? READ_AS_UTF8 : "5 € – “fin” … Œuvre"]),
      );
    }
  });

  it("may be any single-byte one of the WHATWG standard", () => {
    const read = (label: string, ...bytes: number[]) =>
      plainOf(recordsOf(readXml(declared(label, Buffer.from(bytes))))[0]).fields[1];
    const titled = (text: string) => data("245", "10", ["a", text]);
    expect(read("iso-8859-16", 0xaa, 0xfe)).toEqual(titled("Șț"));
    expect(read("iso-8859-15", 0xa4)).toEqual(titled("€"));
    expect(read("iso-8859-9", 0xfe, 0x93)).toEqual(titled("ş“"));
    expect(read("koi8-r", 0xed, 0xc9, 0xd2)).toEqual(titled("Мир"));
    expect(read("windows-1250", 0x8a, 0x9e)).toEqual(titled("Šž"));
  });

  it("that fails leaves U+FFFD, and is told with its field", () => {
    const broken = declared("UTF-8", Buffer.from("Stra\xdfe", "latin1"));
    const [record] = recordsOf(readXml(broken));
    expect(plainOf(record).fields[1]).toEqual(data("245", "10", ["a", "Stra\ufffde"]));
    expect(record.diagnostics.map(({ code }) => code)).toEqual(["M416", "M401"]);
  });

  it("is told from U+FFFD that the input holds itself", () => {
    const lost = declared("UTF-8", Buffer.from("Stra\ufffde"));
    const [record] = recordsOf(readXml(lost));
    plainOf(record);
    expect(record.diagnostics.map(({ code }) => code)).toEqual(["M414"]);
  });

  it("is MARC-8 where bytes that are not UTF-8 say so", () => {
    const marc8 = declared("UTF-8", Buffer.from("Universit\xe2e &amp; lyc\xe2ee", "latin1"));
    const [record] = recordsOf(readXml(marc8));
    expect(plainOf(record).fields[1]).toEqual(data("245", "10", ["a", "Université & lycée"]));
    expect(record.diagnostics.map(({ code }) => code)).toEqual(["M410"]);
  });

  it.each<[ConfiguredEncoding, string, string]>([
    ["latin-1", "K\xfcste \x96 \x93x\x94", "Küste – “x”"],
    ["marc-8", "caf\xe2e \x1b(NABC\x1b(B &#x20AC;&#8364;&amp;&#xE9;", "café абц €€&é"],
    ["iso5426", "\xc8Uber K\xc2afka &#233;", "Über Káfka é"],
    ["utf-8", Buffer.from("Käse").toString("latin1"), "Käse"],
  ])("is %s if the configuration demands it, whatever is declared", (encoding, bytes, text) => {
    for (const label of ["utf-8", "windows-1251", "x-klingon", ""]) {
      const written = declared(label, Buffer.from(bytes, "latin1"));
      const input = label === "" ? written.subarray(written.indexOf("?>") + 2) : written;
      const [record] = recordsOf(readXml(input, { ...LENIENT, encoding }));
      expect(plainOf(record).fields[1]).toEqual(data("245", "10", ["a", text]));
      expect(record.diagnostics.map(({ code }) => code)).toEqual([]);
    }
  });

  it.each([
    ["UTF-16 with a mark", Buffer.from("\ufeff<collection/>", "utf16le")],
    ["UTF-16 without", Buffer.from("<collection/>", "utf16le")],
    ["one that nobody knows", declared("x-klingon", Buffer.from("a"))],
    ["one with shifts", declared("ISO-2022-JP", Buffer.from("a"))],
  ])("%s stops the reading, by name", (_, input) => {
    expect(() => readXml(input)).toThrow(FormatError);
    expect(() => readXml(input)).toThrow(/UTF-16|x-klingon|ISO-2022-JP/);
  });
});

describe("a damaged record costs itself alone", () => {
  const inB = (change: (xml: string) => string) => outline(readXml(collection(A, change(B), C)));

  it.each<[string, (xml: string) => string, string]>([
    ["a wrong end tag", (xml) => xml.replace("</subfield>", "</wrong>"), "M701"],
    ["an unknown entity", (xml) => xml.replace("Title", "&nbsp;"), "M701"],
    ["a bare ampersand", (xml) => xml.replace("Title", "AT&T"), "M701"],
    ["an impossible reference", (xml) => xml.replace("Title", "&#xFFFFFFF;"), "M701"],
    ["a broken attribute", (xml) => xml.replace('code="a"', 'code="a'), "M701"],
    ["a stray <", (xml) => xml.replace("Title", "a < b"), "M701"],
    ["an open comment", (xml) => xml.replace("Title", "<!-- "), "M701"],
    ["an open CDATA section", (xml) => xml.replace("Title", "<![CDATA[ "), "M701"],
    ["an open instruction", (xml) => xml.replace("Title", "<?x "), "M701"],
    ["a missing end tag", (xml) => xml.replace("</record>", ""), "M704"],
    ["a cut", (xml) => xml.slice(0, xml.indexOf("Title")), "M704"],
    ["a damaged start tag", (xml) => xml.replace("<record>", "<recrd>"), "M705"],
    ["an open start tag", (xml) => xml.replace("<record>", "<record"), "M705"],
  ])("%s", (_, change, code) => {
    expect(inB(change)).toBe(`a [${code} b] c`);
  });

  it("at the end of the file too, which is not said twice", () => {
    const xml = collection(A, B).slice(0, -30);
    expect(outline(readXml(xml))).toBe("a [M703 b]");
    expect(codesOf(readXml(xml))).toEqual(["M703"]);
  });

  it("and a file that was cut between records is told by its open element", () => {
    const parsed = readXml(collection(A, B).replace(/\s*<\/collection>\s*$/, ""));
    expect(outline(parsed)).toBe("a b");
    expect(parsed.at(-1)).toMatchObject({
      kind: "padding",
      length: 0,
      diagnostics: [{ code: "M707", expected: "</collection>" }],
    });
  });

  it("gives its bytes back unchanged", () => {
    const damaged = B.replace("</subfield>", "</wrong>");
    const [reject] = rejectsOf(readXml(collection(A, damaged, C)));
    expect(reject.bytes.toString()).toBe(damaged);
    expect(reject.offset).toBe(collection(A).indexOf("\n</collection>") + 1);
  });

  it("is rejected in pieces if it is too large to be held", () => {
    const options = { ...LENIENT, maxRecordSize: 1000 };
    const parsed = readXml(collection(A, toXml(book("b", "x".repeat(2500))), C), options, 64);
    expect(outline(parsed)).toBe("a [M706 b] [M706 ] [M706 ] c");
    expect(rejectsOf(parsed).map(({ length }) => length)).toEqual([1000, 1000, expect.any(Number)]);
  });
});

describe("strict reading", () => {
  const strict = { ...LENIENT, strict: true };

  it("rejects what would be repaired, and nothing else", () => {
    const repaired = record('<controlfield tag="001">b</controlfield><datafield tag="42"/>');
    expect(outline(readXml(collection(A, repaired, C)))).toBe("a b c");
    expect(outline(readXml(collection(A, repaired, C), strict))).toBe("a [M734 b] c");
  });
});

describe("a record that the caller knows", () => {
  it("is passed over, and only that", () => {
    const recognise = (bytes: Buffer) => (bytes.equals(Buffer.from(B)) ? 7 : 0);
    const parsed = readXml(`${A}\n${B}\n${C}`, { ...LENIENT, recognise });
    expect(outline(parsed)).toBe("a (7) c");
  });
});

describe("a record without a leader", () => {
  const typed = (type: string) =>
    `<m:record type="${type}"><m:controlfield tag="001">a</m:controlfield></m:record>`;

  it.each([
    ["Authority", "z"],
    ["holdings", "u"],
    ["Classification", "w"],
    ["Community", "q"],
    ["Bibliographic", " "],
    ["other", " "],
  ])("of type %s has leader/06 '%s'", (type, letter) => {
    const [only] = recordsOf(readXml(typed(type)));
    expect(only.leader).toBe(`      ${letter}   22        4500`);
    expect(codesOf(readXml(typed(type)))).toEqual(["M731"]);
  });

  it("is what it says, where there is a leader", () => {
    const xml = A.replace("<record", '<record type="Authority"');
    expect(recordsOf(readXml(xml))[0].leader[6]).toBe("a");
  });
});

describe("an SRU record packed as a string", () => {
  const response = (data: string) =>
    `<records><record><recordSchema>marcxml</recordSchema><recordData>${data}</recordData></record></records>`;
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

  it.each([
    ["escaped", escaped(A)],
    ["with a declaration and blanks", escaped(` <?xml version="1.0"?>\n${A}\n`).trim()],
    ["in a section", `<![CDATA[${A}]]>`],
  ])("%s", (_, packed) => {
    const parsed = readXml(response(packed));
    expect(outline(parsed)).toBe("a");
    expect(codesOf(parsed)).toEqual([]);
  });

  it.each([
    ["what is no MARC", "&lt;dc>x&lt;/dc>", "[M702 ]"],
    ["what is not well-formed", "&lt;record>&lt;leader>", "[M701 ]"],
    ["plain text", "a note", "[M702 ]"],
  ])("is refused for %s", (_, packed, expected) => {
    expect(outline(readXml(response(packed)))).toBe(expected);
  });
});

describe("elements in one another without measure", () => {
  it.each([
    ["well-formed", `${"<a>".repeat(300_000)}${"</a>".repeat(300_000)}`],
    ["not closed", "<a>".repeat(300_000)],
  ])("%s: one reject", (_, inner) => {
    expect(outline(readXml(collection(A, `<record>${inner}</record>`, C)))).toBe("a [M701 ] c");
  });
});

describe("markup that only begins", () => {
  it.each(["<", "<?xml vers", "<!-- a comment", " <!", "</"])(
    "is XML without an element: %s",
    (xml) => expect(() => readXml(xml)).toThrow("looks like XML without an element"),
  );

  it.each([
    ["headers", `<OAI-PMH><record>${"<header ".repeat(200_000)}<record/></OAI-PMH>`],
    ["fields", `<record><datafield>&${" controlfield x".repeat(200_000)}</datafield></record>`],
    ["tags", `<record>&<controlfield ${"tag= ".repeat(400_000)}></controlfield></record>`],
  ])("takes linear time: %s", (_, xml) => {
    expect(accountFor(readXml(xml), Buffer.from(xml)).toString()).toBe(xml);
  });

  it("hides no control number of a record that cannot be parsed", () => {
    const number = (field: string) =>
      readXml(`<record>${field}<datafield>A & B</datafield></record>`).flatMap((one) =>
        one.kind === "reject" ? [one.controlNumber] : [],
      );
    expect(number('<controlfield tag="001">x1</controlfield>')).toEqual(["x1"]);
    expect(number("<m:controlfield\n  tag = '1' id='a'> x2 </m:controlfield>")).toEqual(["x2"]);
    expect(number('<mycontrolfield tag="001">x3</mycontrolfield>')).toEqual([""]);
  });
});
