/** Not damage: what a record may be without a word about it. */

import { fieldContent, iso } from "./marc-builder.js";
import type { FieldOf } from "./record-view.js";
import { SOUND, soundRecord } from "./sound-record.js";

const FT = 0x1e;
const RT = 0x1d;

export const LEGAL_ODDITIES: readonly {
  what: string;
  make(): Buffer;
  fields: readonly FieldOf[];
}[] = [
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
