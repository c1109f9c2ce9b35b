/** Both ways from bytes to rows, by the byte core and without it, give the same: whatever the records and rules. */

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { MarcConfig } from "../../src/config/marc/marc-mapping.js";
import type { Input } from "../../src/input/open.js";
import { ByteMapper } from "../../src/mapping/bytes/byte-mapper.js";
import { eaccCharacter } from "../../src/marc/charset/marc8-sets.js";
import { FEW } from "../../src/reading/byte-route.js";
import { type InputItem, ItemList } from "../../src/reading/portion.js";
import { readPortions } from "../../src/reading/record-feed.js";
import { ItemPacker } from "../../src/reading/thread/item-packer.js";
import { Unpacker } from "../../src/reading/thread/unpacker.js";
import { configOf } from "../mapping/support.js";
import { iso } from "../support/marc-builder.js";

const TAGS = [
  "001",
  "001",
  "003",
  "005",
  "007",
  "008",
  "010",
  "020",
  "022",
  "035",
  "019",
  "041",
  "043",
  "100",
  "110",
  "240",
  "245",
  "245",
  "246",
  "250",
  "260",
  "264",
  "300",
  "490",
  "500",
  "505",
  "520",
  "600",
  "610",
  "650",
  "650",
  "651",
  "653",
  "700",
  "740",
  "830",
  "856",
  "856",
  "880",
  "200",
];
const PIECES = [
  "A title",
  "a title /",
  "The  art of  war.",
  "  Runs   of          blanks,  in a text   that  goes on for  a while   /",
  "Smith, John,",
  "[S.l.] :",
  "[1985]",
  "c1999.",
  "Inc.",
  "etc.",
  "; x",
  "a;b",
  "A & B",
  "&#x41;",
  "café",
  "e\u0301t",
  "\u0301x",
  "Ünï.",
  "日本",
  "x\u00a0",
  "\u200fmark /",
  "a\tb",
  "\x1b$1",
  "http://www.example.org/a?b=c",
  "https://example.org/x,http://b.org/y",
  "www.example.org",
  "no url",
  "http://EXAMPLE.org/%7e",
  "9780306406157",
  "0306406152 (pbk.)",
  "030640615X",
  "0378-5955",
  "0000-0000",
  "   85012345 ",
  "gp 85012345",
  "n79-12345",
  "(OCoLC)ocm00012345",
  "(OCoLC)12345",
  "ocn123",
  "12345",
  "(DLC)85",
  "OCoLC",
  "eng",
  "engfre",
  "20200101120000.0",
  "850423s1985    nyu           000 0 eng d",
  "",
  " ",
  "||",
  "[a] b]",
  "J. R.",
  "word...",
  "Ph.D",
  "== /",
  "v. 1",
  "--",
  "x -- y",
  "n-us---",
  "245-01",
  "245-01/(N",
  "880-01",
  "245-00",
  "650-02",
  "880-02",
  " 700-03",
  "\u200e100-01",
  "$9.95",
];
/** Texts beyond ASCII: common letters, and what normalisation, trimming and the ends of words depend on. */
const BEYOND_ASCII = [
  "Война и мир /",
  "изд.",
  "2-е изд., доп.",
  "œuvre.",
  "L'été",
  "déc.",
  "Ж.",
  "ÉéÈ.",
  "Nguye\u0302\u0303n",
  "Việt Nam :",
  "q\u0307\u0323r",
  "(\u0301x)",
  ".\u0301",
  "हिन्दी",
  "한국어.",
  "\u1112\u1161\u11ab",
  "\u11a8x",
  "𠮷野",
  "𝐀bc.",
  "ʻAlī",
  "al-ʻArab",
  "«Text».",
  "“quoted”.",
  "½.",
  "١٢.",
  "１２３ :",
  "日本語；",
  "\u3000x\u3000",
  "x\u037ey",
  "\u0958a",
  "\u2126 \u212a",
  "\ufb1d",
  "a\u2028b",
  "\u0098Die \u009cWelt",
  "x\u00ad.",
  "ſs",
  "ﬁn",
  "\ufffd",
  "İstanbul",
  "9780306406157 (brož.)",
  "http://example.org/é",
  "ocm12é",
];
/** Bytes of MARC-8, one a character. */
const MARC8 = [
  "caf\xe2e",
  "\xb2l\xa2 /",
  "\xe4\xe8u.",
  "\x1b(NwEJNA\x1b(B",
  "\x1b$1!0D!M8\x1b(B /",
  "\x1b(3\x47\x2d",
  "\x88The \x89war",
  "\xe2",
  "a &#x0416; b",
  "\xff",
  "\xb0Al\xe5i, al-\xaeArab\xf2i",
  "\xe5q\xe2 x",
  "\xe2\xe3a",
  "\xe3\xe2a",
  "\xebi\xeca\xfat\xfbs",
  "\xe2\xa2",
  "\xe2&\xe2#",
  "A & B \xc3 1999",
  "\xf0c \xf21",
  "\xfea\xee\xa9",
  "\xe0o\xed\xe7",
  "\x1b$1!0!!J<!0D\x1b(B, A\xe2e",
  "\x1b$1!0! !J<\x1bs x",
  "\x1b$1!0D",
  "\x1b$1!0\x1b(B",
  "\x1b$1\x7f \x14\x1b(B",
  "\x1b$1!0D\xe2e\x1b(B",
  "\x1b$,1!0D\x1b(B",
  '\x1b$1i%"i%%\x1b(B',
  "\xe2\x1b$1!0D\x1b(B",
];
/** Sound text in MARC-8, a byte a character: the letters, marks and East Asian characters of real records. */
const EAST_ASIAN = [0x21, 0x22, 0x27, 0x4b]
  .flatMap((first) => [0x30, 0x31, 0x42, 0x5a].map((second) => [first, second]))
  .flatMap(([first, second]) =>
    [0x21, 0x30, 0x44, 0x5c, 0x7d].map((third) => [first, second, third]),
  )
  .filter(([first, second, third]) => eaccCharacter(first, second, third) !== 0)
  .map((bytes) => String.fromCharCode(...bytes));
const RUN_OF_EAST_ASIAN = fc
  .tuple(
    fc.array(fc.constantFrom(...EAST_ASIAN, " "), { minLength: 1, maxLength: 6 }),
    fc.constantFrom("\x1b(B", "\x1bs"),
  )
  .map(([codes, back]) => `\x1b$1${codes.join("")}${back}`);
const SOUND_MARC8 = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."aeiouncAEOZqx19 .,:&#"),
      fc.constantFrom(..."\xa1\xa2\xa5\xae\xb0\xb1\xb2\xb5\xb8\xc0\xc3\xc7"),
      fc
        .tuple(
          fc.constantFrom(..."\xe0\xe1\xe2\xe3\xe4\xe5\xe8\xe9\xea\xf0\xf2\xf6\xf9"),
          fc.constantFrom(..."aeiouncsAEOZqx1-"),
        )
        .map(([mark, letter]) => mark + letter),
      RUN_OF_EAST_ASIAN,
      fc.constantFrom(
        "&#x0416;",
        "\x1b$1!!~!0!\x1b(B",
        "\x1b$1!0!\x1b(3Gd",
        "\x1b(3Gd\x1b(B",
        "\x1b$1!0!\x1b(3Gd\x1b(B",
        "\x1b$1\x7f \x14\x1b(B",
      ),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(""));
/** Nothing in them that is not for the core by itself. */
const PLAIN = PIECES.filter((text) => /^[ -~]+$/.test(text) && !text.includes("&#"));
const ODD_INDICATORS = ["|0", "-1"];
const LETTERS = BEYOND_ASCII.slice(0, 10);
const INDICATORS = ["  ", "10", "00", "04", " 4", "40", "41", "42", "2 ", " 0", " 2", "1 ", " 7"];

function fieldOf(
  pieces: readonly string[],
  tags: readonly string[],
  indicators: readonly string[],
) {
  const text = fc.array(fc.constantFrom(...pieces), {
    minLength: 1,
    maxLength: pieces.length > 3 ? 2 : 1,
  });
  const code = fc.constantFrom(..."aaaabcdnptuvxyz236ehq");
  return fc.record({
    tag: fc.constantFrom(...tags),
    indicators: fc.constantFrom(...indicators),
    data: fc.array(
      fc.tuple(
        code,
        text.map((texts) => texts.join(" ")),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    control: fc.constantFrom(...pieces),
  });
}
/** Numbers and addresses in their own fields only: elsewhere they are none, and that is told. */
const OF_ITS_OWN: Readonly<Record<string, readonly string[]>> = {
  "020": ["9780306406157", "0306406152 (pbk.)", "0-306-40615-2"],
  "022": ["0378-5955", "03785955 (online)"],
  "010": ["   85012345 ", "gp 85012345", "n79-12345"],
  "035": ["(OCoLC)ocm00012345", "(OCoLC)12345", "(DLC)85"],
  "856": ["http://www.example.org/a?b=c", "https://example.org/x"],
};
const USUAL_FIELD = fc.oneof(
  {
    weight: 4,
    arbitrary: fieldOf(
      PLAIN.filter((text) => !/[0-9]{4}/.test(text)),
      TAGS.filter((tag) => !(tag in OF_ITS_OWN) && !["001", "880", "200"].includes(tag)),
      INDICATORS,
    ),
  },
  ...Object.entries(OF_ITS_OWN).map(([tag, texts]) => ({
    weight: 1,
    arbitrary: fieldOf(texts, [tag], INDICATORS).map((field) => ({
      ...field,
      data: field.data.map(([code, text]) => [code, text.split(" http")[0]] as [string, string]),
    })),
  })),
);
const ODD_FIELD = fieldOf([...PIECES, ...BEYOND_ASCII], TAGS, [...INDICATORS, ...ODD_INDICATORS]);
const MARC8_FIELD = fieldOf([...PLAIN.slice(0, 20), ...MARC8], TAGS, INDICATORS);
const LETTERS_FIELD = fieldOf(
  [...LETTERS, ...BEYOND_ASCII, "A title", "x -- y", "a;b"],
  ["100", "240", "245", "246", "260", "490", "500", "600", "650", "700", "740", "830", "880"],
  INDICATORS,
);
/** Fields of another script, linked to what they repeat. */
const LINKED_FIELD = fc
  .tuple(
    LETTERS_FIELD,
    fc.constantFrom("245-01/(N", "100-01", "245-00", "700-02/r", "650-02", "830-1"),
  )
  .map(([field, linkage]) => ({
    ...field,
    tag: "880",
    data: [["6", linkage], ...field.data] as [string, string][],
  }));
type Field = typeof ODD_FIELD extends fc.Arbitrary<infer T> ? T : never;

const OF_EACH_RECORD = {
  level: fc.constantFrom(..."mmmsbi"),
  scheme: fc.constantFrom("a", "a", " "),
};
const NUMBER = fc.constantFrom("x1", " 12345 ", "a b").map((control): Field => {
  return { tag: "001", indicators: "  ", data: [], control };
});
const SOUND = { status: fc.constant("n"), type: fc.constant("a"), damage: fc.constant(null) };
const USUAL_RECORD = fc.record({
  ...OF_EACH_RECORD,
  ...SOUND,
  fields: fc
    .tuple(NUMBER, fc.array(USUAL_FIELD, { minLength: 1, maxLength: 14 }), fc.option(ODD_FIELD))
    .map(([number, usual, odd]) => [number, ...usual, ...(odd === null ? [] : [odd])]),
});
const UNICODE_RECORD = fc.record({
  ...OF_EACH_RECORD,
  ...SOUND,
  scheme: fc.constantFrom("a", "a", "a", " "),
  fields: fc
    .tuple(
      NUMBER,
      fc.array(fc.oneof(LETTERS_FIELD, LETTERS_FIELD, USUAL_FIELD, LINKED_FIELD), {
        minLength: 1,
        maxLength: 12,
      }),
    )
    .map(([number, others]) => [number, ...others]),
});
/** Without it a record in MARC-8 might be one of UNIMARC. */
const FIXED_DATA: Field = {
  tag: "008",
  indicators: "  ",
  data: [],
  control: "850423s1985    nyu           000 0 eng d",
};
const MARC8_RECORD = fc.record({
  ...OF_EACH_RECORD,
  ...SOUND,
  scheme: fc.constantFrom(" ", " ", " ", "a"),
  fields: fc
    .tuple(NUMBER, fc.array(MARC8_FIELD, { minLength: 1, maxLength: 12 }))
    .map(([number, others]) => [number, FIXED_DATA, ...others]),
  written: fc.constant("latin1" as const),
});
const SOUND_MARC8_RECORD = fc.record({
  ...OF_EACH_RECORD,
  ...SOUND,
  scheme: fc.constant(" "),
  fields: fc
    .array(
      fc.record({
        tag: fc.constantFrom("100", "240", "245", "260", "490", "500", "505", "650", "700", "830"),
        indicators: fc.constantFrom(...INDICATORS),
        data: fc.array(fc.tuple(fc.constantFrom(..."aabcx"), SOUND_MARC8), {
          minLength: 1,
          maxLength: 3,
        }),
        control: fc.constant(""),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((fields): Field[] => [
      { tag: "001", indicators: "  ", data: [], control: "x1" },
      FIXED_DATA,
      ...fields,
      // What tells the encoding, however little the others hold.
      {
        tag: "651",
        indicators: " 0",
        data: [["a", "Qu\xe2ebec, S\xe4ao Paulo, K\xe8oln, Malm\xe8o"]],
        control: "",
      },
    ]),
  written: fc.constant("latin1" as const),
});
const ODD_RECORD = fc.record({
  ...OF_EACH_RECORD,
  fields: fc.array(ODD_FIELD, { minLength: 1, maxLength: 14 }),
  status: fc.constantFrom(..."nnnncd"),
  type: fc.constantFrom(..."aaaaaaaegzyq"),
  damage: fc.option(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { freq: 4 }),
});
/** A record as it is made; `written` is how its characters become bytes. */
interface Made {
  readonly fields: readonly Field[];
  readonly status: string;
  readonly type: string;
  readonly level: string;
  readonly scheme: string;
  readonly damage: [number, number] | null;
  readonly written?: "utf8" | "latin1";
}

const RECORD: fc.Arbitrary<Made> = fc.oneof(
  { weight: 3, arbitrary: USUAL_RECORD },
  { weight: 3, arbitrary: UNICODE_RECORD },
  { weight: 1, arbitrary: MARC8_RECORD },
  { weight: 2, arbitrary: SOUND_MARC8_RECORD },
  { weight: 1, arbitrary: ODD_RECORD },
);

function contentOf({ tag, indicators, data, control }: Field): string {
  if (tag.startsWith("00")) return `${control}\x1e`;
  return `${indicators}${data.map(([code, text]) => `\x1f${code}${text}`).join("")}\x1e`;
}

function bytesOf({ fields, status, type, level, scheme, damage, written = "utf8" }: Made): Buffer {
  const sorted = [...fields].sort((a, b) => (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0));
  const contents = sorted.map((field) => Buffer.from(contentOf(field), written));
  let start = 0;
  let directory = "";
  contents.forEach((content, index) => {
    const size = String(content.length).padStart(4, "0");
    directory += `${sorted[index].tag}${size}${String(start).padStart(5, "0")}`;
    start += content.length;
  });
  const base = 24 + directory.length + 1;
  const five = (number: number) => String(number).padStart(5, "0");
  const leader = `${five(base + start + 1)}${status}${type}${level} ${scheme}22${five(base)} a 4500`;
  const all = Buffer.concat([
    Buffer.from(`${leader}${directory}\x1e`),
    ...contents,
    Buffer.of(0x1d),
  ]);
  if (damage !== null) all[damage[0] % all.length] = damage[1];
  return all;
}

const SUBSTITUTIONS = [
  "",
  "",
  "",
  "",
  "/^(?!97[89]).*//s",
  "/^(?!\\ *(?:\\(OCoLC\\)|oc[mn][0-9]|on[0-9])).*//is",
  "/^\\[?s\\.\\ ?l\\..*//is",
  "/a/o/g",
  "/\\ --\\ /;/g",
  "/;/,\\ /",
  "/^(.)/\\U$1/",
  "/([0-9]+)/(OCoLC)$1;/g",
  "/^(?=c).*//s",
  "/^(?![0-9]+\\ *$).*//s",
  "/^(?:a|the)*+.*//is",
  "/\\ \\/$//,/^A.*//",
  "/^[a-c]{2,3}x?.*//s",
  "/é/e/g",
  "/^(?!(?:c|\\[)?\\d{4}).*//s",
];
const RULE = fc
  .tuple(
    fc.constantFrom(
      "245",
      "100",
      "650",
      "651",
      "6XX",
      "5XX",
      // Fields of every tag.
      "XXX",
      "8XX",
      "880",
      "856",
      "020",
      "022",
      "010",
      "035",
      "001",
      "008",
      "246",
      "500",
      "260",
      "264",
      "043",
      "008/35-37",
      "008/7-10",
      "LDR/6",
      "LDR",
      "007/0-1",
      "700",
      "240",
    ),
    fc.constantFrom("*", "*", "*", "1", "#", "*-0", "4"),
    fc.constantFrom("*", "*", "*", "0", "#", "*-2"),
    fc.constantFrom("a", "a", "*", "a+b", "*-3-e", "a+n+p", "u", "a+x+y+z", "*+6"),
    fc.constantFrom(...SUBSTITUTIONS),
  )
  .map(([tag, one, two, codes, substitution]) => {
    const fixed = /^(?:00|LDR)/.test(tag);
    const rule = fixed ? `${tag} * * *` : `${tag} ${one} ${two} ${codes}`;
    return substitution === "" ? rule : `${rule} ${substitution}`;
  });
const option = (...values: string[]) => fc.option(fc.constantFrom(...values), { freq: 1 });
const SECTION = fc
  .record({
    rules: fc.array(RULE, { minLength: 1, maxLength: 4 }),
    trim_punctuation: option("true"),
    skip_nonfiling: option("true"),
    first_only: option("true"),
    unique: option("true"),
    linked_fields: option("append", "only"),
    subfield_join: option(";", " -- ", "; ", ", ", ";", " -- ", "; ", ", ", "é"),
    field_join: option(";", " ; ", ", ", " -- "),
    initial_text: option(";first;", "x", ";", "a  b"),
    initial_serial_text: option(";Serial;", "s"),
    fallback_value: option("nothing  here", ";a;b;", "a", "b", "c", "ü"),
  })
  .map(({ rules, ...options }) => {
    const lines = Object.entries(options).map(([key, value]) =>
      value === null ? "" : `${key} = "${value}"\n`,
    );
    return `${lines.join("")}${rules.map((rule, index) => `field${index} = "${rule}"\n`).join("")}`;
  });
const NAMES = [
  "title",
  "creators",
  "subjects",
  "keywords",
  "isbn",
  "issn",
  "lccn",
  "oclc_number",
  "series",
  "lcc",
  "other_urls",
  "edition",
];
const CONFIG = fc
  .record({
    sections: fc.subarray(NAMES, { minLength: 3, maxLength: 7 }),
    texts: fc.array(SECTION, { minLength: NAMES.length, maxLength: NAMES.length }),
    method: fc.constantFrom(
      "standard",
      "summary",
      "AllPossible",
      "LOC",
      "SCP",
      "MARC",
      "LexisNexis",
    ),
    cleanUp: fc.constantFrom("clean", "clean", "none", "none", "canonize"),
    pattern: option("http://www.example.org/CONTROL_NO/x"),
    ids: fc.constantFrom("1,10,16,35", "35a,1", "10"),
    more: fc.constantFrom(
      "",
      "",
      "skip_older = true\n",
      "record_must_be_valid = true\n",
      "encoding = utf-8\n",
      "strict = true\n",
    ),
    never: fc.constantFrom(
      "",
      "[Duplicates]\nmatch_method = FUZZY_TITLE\nduplicate_policy = KEEP_HIGHER\n",
      "[Duplicates]\nmatch_method = DESCRIPTION\nduplicate_policy = KEEP_HIGHER\n",
    ),
  })
  .map(({ sections, texts, method, cleanUp, pattern, ids, more, never }) => {
    const url = pattern === null ? "" : `fallback_pattern = "${pattern}"\n`;
    return (
      `[Settings]\nforeign_source = test\nforeign_id_fields = "${ids}"\n${more}${never}` +
      `[url]\nclean_up = ${cleanUp}\n${url}[description]\nmethod = ${method}\n` +
      sections.map((name, index) => `[${name}]\n${texts[index]}`).join("")
    );
  });

/** More of both find what is seldom. */
const RUNS = Number(process.env.BYTE_CORE_RUNS ?? 150);
const MOST_RECORDS = Number(process.env.BYTE_CORE_RECORDS ?? 30);

function inputOf(bytes: Buffer): Input {
  return {
    path: "made.mrc",
    format: "iso2709",
    range: null,
    isPipe: true,
    zipped: false,
    bytes: null,
    seekable: false,
    bytesRead: bytes.length,
    async *blocks() {
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
    },
  } as unknown as Input;
}

type Way = "by the rules" | "by the core" | "finished by the core";

/** What comes of bytes, portion by portion, on one of the ways. */
async function read(config: MarcConfig, bytes: Buffer, way: Way) {
  const portions = { from: { offset: 0, recordNumber: 0 }, size: 7, skip: 0, limit: null };
  const request = { config, input: inputOf(bytes), portions, known: null };
  const all: unknown[] = [];
  const plain = (portion: { content: object }, items: Iterable<InputItem>) =>
    all.push({
      ...portion,
      items: Array.from(items, (item) =>
        item.kind === "finished" ? { kind: "record", record: item.record() } : item,
      ),
      content: { ...portion.content, milliseconds: null },
    });
  if (way === "by the rules") {
    for await (const portion of readPortions(request, new ItemList())) {
      plain(portion, portion.items);
    }
  } else {
    const finishes = way === "finished by the core";
    const unpacker = new Unpacker(config.fields, finishes ? [] : null);
    for await (const portion of readPortions(request, new ItemPacker(2, finishes))) {
      plain(portion, unpacker.portion(portion).items);
    }
  }
  const left = (key: string, value: unknown) =>
    key === "trace" || key === "hashes" ? undefined : value;
  return JSON.parse(JSON.stringify(all, left));
}

/** Behind these every record goes over its bytes. */
const BEFORE_THE_CORE = Array.from({ length: FEW }, () =>
  iso({ fields: [["245", "10", "aMosses"]] }),
);

describe("the byte core", () => {
  it("gives what the rules without it give", {
    timeout: 60_000 * Math.max(1, RUNS / 10),
  }, async () => {
    const whole = vi.spyOn(ItemPacker.prototype, "addTexts");
    const all = vi.spyOn(ByteMapper.prototype, "mapBytes");
    await fc.assert(
      fc.asyncProperty(
        CONFIG,
        fc.array(RECORD, {
          minLength: Math.ceil(MOST_RECORDS / 2.5),
          maxLength: MOST_RECORDS,
          size: "max",
        }),
        async (text, made) => {
          const config = configOf(text);
          const bytes = Buffer.concat([...BEFORE_THE_CORE, ...made.map(bytesOf)]);
          const expected = await read(config, bytes, "by the rules");
          expect(await read(config, bytes, "by the core")).toEqual(expected);
          expect(await read(config, bytes, "finished by the core")).toEqual(expected);
        },
      ),
      { numRuns: RUNS },
    );
    const mapped = whole.mock.calls.length;
    const located = all.mock.results.length;
    const partly = all.mock.results.filter(({ value }) => value !== null).length - mapped;
    if (process.env.BYTE_CORE_RUNS) console.log({ located, mapped, partly });
    // Both ways were gone, and both together.
    expect(mapped).toBeGreaterThan(located / 20);
    expect(partly).toBeGreaterThan(located / 20);
  });
});
