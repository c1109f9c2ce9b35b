/** The catalogue of defects: for every code about framing and structure, a way to make it. */

import { fieldContent, iso, isoOf } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";

export const SOUND: readonly FieldOf[] = [
  ["001", "ocm00000017"],
  ["008", "920219s1993    caua   j      000 0 eng  "],
  ["100", "1 ", "aBöll, Heinrich,", "d1917-1985."],
  ["245", "10", "aAnsichten eines Clowns :", "bRoman /"],
  ["650", " 0", "aClowns", "vFiction."],
  ["650", " 0", "aCologne (Germany)"],
];

const FT = 0x1e;
const RT = 0x1d;

/** A record as it should be. */
export function soundRecord(): Buffer {
  return iso({ fields: SOUND });
}

/** The bytes with `text` written over them at `at`. */
function overwritten(bytes: Buffer, at: number, text: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(text, at, "latin1");
  return copy;
}

/** The bytes with `removed` bytes at `at` replaced by `inserted`, and the length put right. */
function spliced(bytes: Buffer, at: number, removed: number, inserted: string): Buffer {
  const parts = [
    bytes.subarray(0, at),
    Buffer.from(inserted, "latin1"),
    bytes.subarray(at + removed),
  ];
  const whole = Buffer.concat(parts);
  return overwritten(whole, 0, String(whole.length).padStart(5, "0"));
}

function withStatedLength(bytes: Buffer, length: number): Buffer {
  return overwritten(bytes, 0, String(length).padStart(5, "0"));
}

/** A record with one field replaced; `content` is written without its terminator. */
function withField(tag: string, content: string | Buffer): Buffer {
  const fields = SOUND.map((field): [string, Buffer] => [
    field[0],
    field[0] === tag ? Buffer.from(content) : fieldContent(field),
  ]);
  return isoOf("00000nam a2200000 a 4500", fields);
}

/** What the view of `withField` should hold. */
function having(tag: string, ...becomes: FieldOf[]): FieldOf[] {
  return SOUND.flatMap((field) => (field[0] === tag ? becomes : [field]));
}

export interface FramingDefect {
  readonly code: string;
  readonly what: string;
  /** The bytes that stand in the stream instead of a sound record. */
  damage(record: Buffer): Buffer;
  /** Where the damage is possible at all. */
  readonly place?: "first" | "last";
  /** Whether the record itself comes back, as these bytes. */
  readonly recovered?: (damaged: Buffer) => Buffer;
  readonly maxRecordSize?: number;
}

const whole = (damaged: Buffer) => damaged;

export const FRAMING_DEFECTS: readonly FramingDefect[] = [
  {
    code: "M101",
    what: "length too large",
    damage: (r) => withStatedLength(r, r.length + 7),
    recovered: whole,
  },
  {
    code: "M101",
    what: "length too small",
    damage: (r) => withStatedLength(r, r.length - 2),
    recovered: whole,
  },
  {
    code: "M101",
    what: "length reaches over two neighbours",
    damage: (r) => withStatedLength(r, r.length * 3),
    recovered: whole,
  },
  {
    code: "M102",
    what: "length counts characters",
    damage: (r) => withStatedLength(r, r.toString("utf8").length),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length is letters",
    damage: (r) => overwritten(r, 0, "abcde"),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length has a sign",
    damage: (r) => overwritten(r, 0, "+0400"),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length is blank",
    damage: (r) => overwritten(r, 0, "     "),
    recovered: whole,
  },
  {
    code: "M103",
    what: "length is zero bytes",
    damage: (r) => overwritten(r, 0, "\0\0\0\0\0"),
    recovered: whole,
  },
  {
    code: "M104",
    what: "length 00000",
    damage: (r) => overwritten(r, 0, "00000"),
    recovered: whole,
  },
  {
    code: "M104",
    what: "length 99999",
    damage: (r) => overwritten(r, 0, "99999"),
    recovered: whole,
  },
  { code: "M104", what: "over 99,999 bytes", damage: () => longRecord(), recovered: whole },
  { code: "M105", what: "larger than allowed", damage: () => longRecord(), maxRecordSize: 50_000 },
  { code: "M106", what: "no terminator", damage: (r) => r.subarray(0, -1), recovered: whole },
  {
    code: "M106",
    what: "line end for terminator",
    damage: (r) => overwritten(r, r.length - 1, "\n"),
    recovered: (d) => d.subarray(0, -1),
  },
  {
    code: "M106",
    what: "cut in the middle",
    damage: (r) => r.subarray(0, r.length - 40),
    recovered: whole,
  },
  {
    code: "M107",
    what: "no last terminator",
    damage: (r) => r.subarray(0, -1),
    place: "last",
    recovered: whole,
  },
  { code: "M108", what: "cut off", damage: (r) => r.subarray(0, r.length - 40), place: "last" },
  { code: "M108", what: "cut off in the leader", damage: (r) => r.subarray(0, 15), place: "last" },
  {
    code: "M109",
    what: "terminator in a field",
    damage: (r) => overwritten(r, r.indexOf("Clowns"), "\x1d"),
    recovered: whole,
  },
  {
    code: "M110",
    what: "line end behind",
    damage: (r) => Buffer.concat([r, Buffer.from("\r\n")]),
    recovered: (d) => d.subarray(0, -2),
  },
  {
    code: "M110",
    what: "zero bytes and ^Z behind",
    damage: (r) => Buffer.concat([r, Buffer.alloc(3000), Buffer.from("\x1a")]),
    recovered: (d) => d.subarray(0, -3001),
  },
  {
    code: "M111",
    what: "byte order mark before",
    damage: (r) => Buffer.concat([Buffer.from("\ufeff"), r]),
    place: "first",
    recovered: (d) => d.subarray(3),
  },
  {
    code: "M112",
    what: "log text",
    damage: () => Buffer.from("2024-05-01 12:00:01 ERROR 00123 connection lost\n"),
  },
  {
    code: "M112",
    what: "log text that ends like a record",
    damage: () => Buffer.from("12345 records written\x1e\x1d"),
  },
  {
    code: "M112",
    what: "a web page",
    damage: () => Buffer.from("<!DOCTYPE html><html><body>503 Service Unavailable</body></html>"),
  },
  { code: "M112", what: "a wrecked leader", damage: (r) => overwritten(r, 0, "?".repeat(24)) },
  {
    code: "M113",
    what: "very much junk",
    damage: () => Buffer.alloc(1200, "junk "),
    maxRecordSize: 1000,
  },
];

/** Over 99,999 bytes: its stated length has wrapped. */
function longRecord(): Buffer {
  const text = `aNote ${"x".repeat(9000)}`;
  const fields = Array.from({ length: 14 }, (): FieldOf => ["500", "  ", text]);
  return iso({ fields: [["001", "long"], ...fields] });
}

export interface StructureDefect {
  readonly code: string;
  readonly what: string;
  make(): Buffer;
  /** The fields of the view, null if the record is refused. */
  readonly fields: readonly FieldOf[] | null;
}

/** Offset of the directory entry of the n-th field (from 0). */
const entryAt = (n: number) => 24 + 12 * n;

export const LEADER_DEFECTS: readonly StructureDefect[] = [
  {
    code: "M201",
    what: "base address too large",
    make: () => overwritten(soundRecord(), 12, "00199"),
    fields: SOUND,
  },
  {
    code: "M201",
    what: "base address no number",
    make: () => overwritten(soundRecord(), 12, "f0097"),
    fields: SOUND,
  },
  {
    code: "M213",
    what: "directory unterminated",
    make: () => overwritten(soundRecord(), 96, "0"),
    fields: SOUND,
  },
  {
    code: "M202",
    what: "a byte more in the directory",
    make: () => spliced(soundRecord(), 36, 0, "x"),
    fields: null,
  },
  {
    code: "M203",
    what: "entries lead nowhere, a field is missing",
    make: () => withoutLastField(),
    fields: null,
  },
  {
    code: "M204",
    what: "a byte lost from a field",
    make: () => lostByte(),
    fields: having("245", ["245", "10", "aAnsichten eines Clown :", "bRoman /"]),
  },
  {
    code: "M204",
    what: "letters in an entry",
    make: () => overwritten(soundRecord(), entryAt(3) + 3, "xyz"),
    fields: SOUND,
  },
  {
    code: "M204",
    what: "overlapping entries",
    make: () => overwritten(soundRecord(), entryAt(4) + 7, "00010"),
    fields: SOUND,
  },
  {
    code: "M205",
    what: "a field over 9,999 bytes",
    make: () => longField(),
    fields: longFieldView(),
  },
  {
    code: "M206",
    what: "entry map 45e0",
    make: () => overwritten(soundRecord(), 20, "45e0"),
    fields: SOUND,
  },
  {
    code: "M207",
    what: "indicator count 44",
    make: () => overwritten(soundRecord(), 10, "44"),
    fields: SOUND,
  },
  {
    code: "M208",
    what: "control character in the leader",
    make: () => overwritten(soundRecord(), 18, "\x02"),
    fields: SOUND,
  },
  {
    code: "M209",
    what: "no field terminator at all",
    make: () => withStatedLength(Buffer.from("00040nam a2200025 a 4500001001200000xxx\x1d"), 40),
    fields: null,
  },
  {
    code: "M210",
    what: "a continued field",
    make: () => continued(),
    fields: [
      ["001", "x"],
      ["500", "  ", `a${"y".repeat(12_000)}`],
    ],
  },
  { code: "M211", what: "offsets count characters", make: () => inCharacters(), fields: SOUND },
  { code: "M212", what: "13-byte entries", make: () => longEntries(), fields: SOUND },
  { code: "M212", what: "one 13-byte entry", make: () => oneLongEntry(), fields: longFieldView() },
];

function withoutLastField(): Buffer {
  const record = soundRecord();
  const last = record.indexOf("Cologne") - 4;
  return spliced(record, last, record.length - 1 - last, "");
}

function lostByte(): Buffer {
  const record = soundRecord();
  return spliced(record, record.indexOf("Clowns :") + 5, 1, "");
}

function longFieldView(): FieldOf[] {
  return [
    ["001", "x"],
    ["520", "  ", `a${"long ".repeat(2600)}`],
    ["650", " 0", "aEnd"],
  ];
}

function longField(): Buffer {
  return isoOf("00000nam a2200000 a 4500", contents(longFieldView()), {
    entry: (tag, length, start) =>
      tag + String(length % 10_000).padStart(4, "0") + String(start).padStart(5, "0"),
  });
}

function oneLongEntry(): Buffer {
  return iso({ fields: longFieldView() });
}

function contents(fields: readonly FieldOf[]): [string, Buffer][] {
  return fields.map((field) => [field[0], fieldContent(field)]);
}

function continued(): Buffer {
  const record = iso({
    fields: [
      ["001", "x"],
      ["500", "  ", `a${"y".repeat(12_000)}`],
    ],
  });
  const rest = 12_005 - 9_999;
  const entries = `500000000002500${String(rest).padStart(4, "0")}${String(2 + 9_999).padStart(5, "0")}`;
  const withEntries = spliced(record, entryAt(1), 13, entries);
  return overwritten(withEntries, 12, String(24 + 36 + 1).padStart(5, "0"));
}

function inCharacters(): Buffer {
  return isoOf("00000nam a2200000 a 4500", contents(SOUND), {
    length: (field) => field.toString("utf8").length,
  });
}

function longEntries(): Buffer {
  return isoOf("00000nam a2200000 a 4500", contents(SOUND), {
    entry: (tag, length, start) =>
      tag + String(length).padStart(4, "0") + String(start).padStart(6, "0"),
  });
}

export const FIELD_DEFECTS: readonly StructureDefect[] = [
  {
    code: "M301",
    what: "terminator overwritten",
    make: () => overwritten(soundRecord(), soundRecord().indexOf("Fiction.") + 8, "!"),
    fields: SOUND.map((f, i): FieldOf => (i === 4 ? ["650", " 0", "aClowns", "vFiction.!"] : f)),
  },
  {
    code: "M301",
    what: "last terminator lost",
    make: () => spliced(soundRecord(), soundRecord().length - 2, 1, ""),
    fields: SOUND,
  },
  {
    code: "M302",
    what: "terminator in a field",
    make: () => withField("245", "10\x1faSplit\x1eTitle"),
    fields: having("245", ["245", "10", "aSplit Title"]),
  },
  {
    code: "M303",
    what: "delimiter doubled",
    make: () => withField("245", "10\x1f\x1faTitle"),
    fields: having("245", ["245", "10", "aTitle"]),
  },
  {
    code: "M303",
    what: "delimiter last",
    make: () => withField("245", "10\x1faTitle\x1f"),
    fields: having("245", ["245", "10", "aTitle"]),
  },
  {
    code: "M304",
    what: "code is no ASCII",
    make: () => withField("245", "10\x1fßTitle"),
    fields: having("245", ["245", "10", " ßTitle"]),
  },
  {
    code: "M304",
    what: "code is blank",
    make: () => withField("245", "10\x1f Title"),
    fields: having("245", ["245", "10", " Title"]),
  },
  {
    code: "M305",
    what: "no indicators",
    make: () => withField("245", "\x1faTitle"),
    fields: having("245", ["245", "  ", "aTitle"]),
  },
  {
    code: "M305",
    what: "one indicator",
    make: () => withField("245", "1\x1faTitle"),
    fields: having("245", ["245", "1 ", "aTitle"]),
  },
  {
    code: "M305",
    what: "three indicators",
    make: () => withField("245", "100\x1faTitle"),
    fields: having("245", ["245", "10", "aTitle"]),
  },
  {
    code: "M305",
    what: "an indicator of two bytes",
    make: () => withField("245", "1á\x1faTitle"),
    fields: having("245", ["245", "1 ", "aTitle"]),
  },
  {
    code: "M306",
    what: "text before the first delimiter",
    make: () => withField("245", "10Lost words\x1faTitle"),
    fields: having("245", ["245", "10", " Lost words", "aTitle"]),
  },
  {
    code: "M306",
    what: "no delimiter at all",
    make: () => withField("245", "A title alone"),
    fields: having("245", ["245", "  ", " A title alone"]),
  },
  {
    code: "M307",
    what: "indicators only",
    make: () => withField("245", "10"),
    fields: having("245"),
  },
  { code: "M307", what: "nothing at all", make: () => withField("245", ""), fields: having("245") },
  {
    code: "M308",
    what: "delimiter in 008",
    make: () => withField("008", "920219\x1fs1993"),
    fields: having("008", ["008", "920219 s1993"]),
  },
  {
    code: "M310",
    what: "two 001",
    make: () => iso({ fields: [["001", "second"], ...SOUND] }),
    fields: [["001", "second"], ...SOUND],
  },
  {
    code: "M312",
    what: "a blank in a tag",
    make: () => overwritten(soundRecord(), entryAt(3), "2 5"),
    fields: having("245", ["2 5", "10", "aAnsichten eines Clowns :", "bRoman /"]),
  },
];

/** Not damage: what a record may be without a word about it. */
export const LEGAL_ODDITIES: readonly {
  what: string;
  make(): Buffer;
  fields: readonly FieldOf[];
}[] = [
  { what: "no fields", make: () => iso({ fields: [] }), fields: [] },
  {
    what: "letter tags",
    make: () =>
      iso({
        fields: [
          ["FMT", "BK"],
          ["CAT", "  ", "aX", "c2024"],
        ],
      }),
    fields: [
      ["FMT", "BK"],
      ["CAT", "  ", "aX", "c2024"],
    ],
  },
  {
    what: "capital subfield codes",
    make: () => iso({ fields: [["852", "  ", "AVie", "bMain"]] }),
    fields: [["852", "  ", "AVie", "bMain"]],
  },
  {
    what: "an empty subfield",
    make: () => iso({ fields: [["245", "10", "a", "bRest"]] }),
    fields: [["245", "10", "a", "bRest"]],
  },
  { what: "fields in another order than the directory", make: () => unsorted(), fields: SOUND },
];

function unsorted(): Buffer {
  const record = soundRecord();
  const base = 24 + 12 * SOUND.length + 1;
  const bodies = SOUND.map((field) => Buffer.concat([fieldContent(field), Buffer.from([FT])]));
  const entries = SOUND.map((field, index) => {
    const start = bodies.slice(index + 1).reduce((sum, body) => sum + body.length, 0);
    return (
      field[0] + String(bodies[index].length).padStart(4, "0") + String(start).padStart(5, "0")
    );
  });
  return Buffer.concat([
    record.subarray(0, 24),
    Buffer.from(entries.join(""), "latin1"),
    record.subarray(base - 1, base),
    ...bodies.reverse(),
    Buffer.from([RT]),
  ]);
}
