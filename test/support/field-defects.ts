/** The catalogue of defects: the structure of fields. */

import { fieldContent, iso, isoOf } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";
import {
  entryAt,
  overwritten,
  SOUND,
  type StructureDefect,
  soundRecord,
  spliced,
} from "./sound-record.js";

/** A record with one field replaced; `content` is written without its terminator. */
export function withField(tag: string, content: string | Buffer): Buffer {
  const fields = SOUND.map((field): [string, Buffer] => [
    field[0],
    field[0] === tag ? Buffer.from(content) : fieldContent(field),
  ]);
  return isoOf("00000nam a2200000 a 4500", fields);
}

/** A record with something else for every blank indicator. */
function withIndicators(standIn: string): Buffer {
  const fields = SOUND.map(([tag, ...parts]): FieldOf => {
    const [head, ...rest] = parts;
    return parts.length === 1 ? [tag, head] : [tag, head.replaceAll(" ", standIn), ...rest];
  });
  return iso({ fields });
}

/** What the view of `withField` should hold. */
export function having(tag: string, ...becomes: FieldOf[]): FieldOf[] {
  return SOUND.flatMap((field) => (field[0] === tag ? becomes : [field]));
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
    code: "M313",
    what: "dollar signs for delimiters",
    make: () => withField("245", "10$aTitle /$cAuthor"),
    fields: having("245", ["245", "10", " $aTitle /$cAuthor"]),
  },
  {
    code: "M313",
    what: "a letter of two bytes for a code",
    make: () => withField("245", "10\x1fčTitle"),
    fields: having("245", ["245", "10", " čTitle"]),
  },
  {
    code: "M314",
    what: "backslashes for all blanks",
    make: () => withIndicators("\\"),
    fields: SOUND,
  },
  { code: "M314", what: "signs for all blanks", make: () => withIndicators("#"), fields: SOUND },
  {
    code: "M315",
    what: "a hyphen beside real blanks",
    make: () => withField("245", "1-\x1faTitle"),
    fields: having("245", ["245", "1-", "aTitle"]),
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
    code: "M308",
    what: "001 with indicators and subfields",
    make: () => withField("001", "  \x1faocm\x1fb17"),
    fields: having("001", ["001", "ocm 17"]),
  },
  {
    code: "M307",
    what: "008 with an empty subfield",
    make: () => withField("008", "  \x1fa"),
    fields: having("008"),
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
