/** The catalogue of defects: leader and directory. */

import { having } from "./field-defects.js";
import { fieldContent, iso, isoOf } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";
import {
  entryAt,
  overwritten,
  SOUND,
  type StructureDefect,
  soundRecord,
  spliced,
  withStatedLength,
} from "./sound-record.js";

/** Two fields of one length behind the first one, as RDA's media and carrier types often are. */
const ALIKE: FieldOf[] = [
  ["001", "x"],
  ["336", "  ", "atext"],
  ["337", "  ", "aunmd"],
  ["650", " 0", "aEnd"],
];

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
    code: "M204",
    what: "length 0000 of a field that is there",
    make: () => overwritten(soundRecord(), entryAt(0) + 3, "0000"),
    fields: SOUND,
  },
  {
    code: "M204",
    what: "one wrong start between fields of one length",
    make: () => alike("00012"),
    fields: ALIKE,
  },
  {
    code: "M203",
    what: "starts that bear out either of two orders",
    make: () => alike("00012", "00008"),
    fields: null,
  },
  {
    code: "M205",
    what: "a field of 12,504 bytes with the length 0000",
    make: () => longField("0000"),
    fields: longFieldView(),
  },
  {
    code: "M205",
    what: "two long fields of one tag with the length 0000",
    make: () => longField("0000", twoLongFields()),
    fields: twoLongFields(),
  },
  {
    code: "M214",
    what: "a field without an entry",
    make: () => withoutEntry(),
    fields: [...SOUND.slice(0, 1), ...SOUND.slice(2)],
  },
  {
    code: "M216",
    what: "the first 0 of 001 missing",
    make: () => spliced(soundRecord(), 24, 1, ""),
    fields: SOUND,
  },
  {
    code: "M216",
    what: "two bytes of an entry's numbers missing",
    make: () => spliced(soundRecord(), entryAt(3) + 4, 2, ""),
    fields: SOUND,
  },
  { code: "M215", what: "no field at all", make: () => iso({ fields: [] }), fields: null },
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

/** @param starts what stands in place of the starts of 336 and 337, which are 2 and 11 */
function alike(...starts: string[]): Buffer {
  return starts.reduce(
    (record, start, index) => overwritten(record, entryAt(index + 1) + 7, start),
    iso({ fields: ALIKE }),
  );
}

function twoLongFields(): FieldOf[] {
  const [id, note] = longFieldView();
  return [id, note, note];
}

/** @param tooLong what an entry says of a length that does not fit it, else its last four digits */
function longField(tooLong: string | null = null, fields = longFieldView()): Buffer {
  return isoOf("00000nam a2200000 a 4500", contents(fields), {
    entry: (tag, length, start) => {
      const said = length > 9_999 && tooLong !== null ? tooLong : String(length % 10_000);
      return tag + said.padStart(4, "0") + String(start).padStart(5, "0");
    },
  });
}

function withoutEntry(): Buffer {
  return overwritten(spliced(soundRecord(), entryAt(1), 12, ""), 12, "00085");
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
