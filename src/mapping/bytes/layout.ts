/** Where things lie in the core's memory: the numbers of `core/layout.ts`, as far as they are asked for here. */

/** What calls give besides their results, each a number; by place. */
export const GIVEN = 0x1000;
export const GIVES = {
  fields: 0,
  fixedStart: 1,
  fixedEnd: 2,
  written: 3,
  beyondAscii: 4,
  fallbackUrl: 5,
  otherUrls: 6,
} as const;
export const RECORD = 0x2000;
/** ISO 2709 can state no greater length. */
export const LONGEST_RECORD = 99_999;
export const TABLE = 0x1c000;
/** Bytes of the field table. */
export const TABLE_SIZE = 0x24000;
export const LENGTHS = 0xa1000;
export const MOST_COLUMNS = 2000;
/** Texts before those of the columns: control number, foreign id, 005, what is kept of the kind. */
export const TEXTS_BEFORE_COLUMNS = 4;
/** The place of what is kept of the kind among the texts. */
export const EVIDENCE_TEXT = 3;
export const MATCHED = 0xa3000;
export const OTHER_URLS = 0xad000;
export const ANSWER = 0xb0000;
export const LONGEST_ANSWER = 0x10000;
export const SIZES = 0xc0000;
export const OUT = 0x140000;
export const PROGRAM = 0x4a0000;
export const PROGRAM_END = 0x5f0000;

/** Questions that are no rule's; the others are the numbers of rules, one-based. */
export const ASK_ABBREVIATION = 0;
export const MOST_RULES = 0xff0;
/** By kind of identifiers, 1 to 4. */
export const ASK_IDENTIFIERS = 0xff8;
export const ASK_EXTENT = 0xffd;
export const ASK_KIND = 0xffe;

export const RULE_SIZE = 64;
export const COLUMN_SIZE = 96;

export const FIELDS = { none: 0, tag: 1, pattern: 2, leader: 3 } as const;

/** Flags of a rule. */
export const RULE = {
  list: 1,
  skipNonfiling: 2,
  trimPunctuation: 4,
  askAlways: 8,
  alternate: 16,
  separate: 32,
  anyCode: 64,
  tested: 128,
} as const;

/** Tests of substitutions: kind, and two numbers. */
export const TEST_SIZE = 12;
export const TEST = { needsText: 0, dropsThese: 1, dropsOthers: 2 } as const;

/** Kinds of columns. */
export const COLUMN = {
  constant: 0,
  text: 1,
  list: 2,
  notes: 3,
  url: 4,
  recordType: 5,
  foreign: 6,
} as const;

/** Flags of a column. */
export const SECTION = {
  firstOnly: 1,
  unique: 2,
  separates: 4,
  knowsNothing: 8,
  withOtherUrls: 16,
} as const;

export const IDENTIFIERS = ["", "isbn", "issn", "lccn", "oclc"] as const;
