/**
 * Where things lie in the core's memory. Whoever calls it knows the same numbers
 * (`src/mapping/bytes/layout.ts`); nothing is allocated, so that a record costs no memory.
 */

/**
 * What calls give besides their results, four bytes each. `take`: number of fields; place of the first
 * 008, 0 without one, and its end. Then `map`: bytes of all texts; whether they hold
 * more than ASCII; whether the url is the one of the fallback pattern; how many URLs stand beside it.
 */
export const GIVEN: usize = 0x1000;
/** Bytes of the record at hand. */
export const RECORD: usize = 0x2000;
export const RECORD_END: usize = 0x1c000;
/** The field table: tag code, start, end, 1 for a control field; offsets in the record. */
export const TABLE: usize = 0x1c000;
export const FIELD_SIZE: usize = 16;
/** By field: the number of its first subfield; one more for the end. */
export const FIRST_SUBFIELD: usize = 0x40000;
/** By field: the next field with its tag, -1 for none. */
export const NEXT_OF_TAG: usize = 0x50000;
/** By tag, 0 to 999: its first field, -1 for none. */
export const FIRST_OF_TAG: usize = 0x60000;
export const TAGS: i32 = 1000;
/** By subfield: start, end, code, and how its text is to be had (record.ts). */
export const SUBFIELDS: usize = 0x61000;
export const SUBFIELD_SIZE: usize = 16;
export const MOST_SUBFIELDS: i32 = 0x2000;
/** What the rules of a column found: text, field. */
export const FOUND: usize = 0x81000;
export const FOUND_SIZE: usize = 16;
export const MOST_FOUND: i32 = 0x1000;
/** Elements of lists: text, hash. */
export const LIST: usize = 0x91000;
export const NORMAL: usize = 0x99000;
export const ELEMENT_SIZE: usize = 16;
export const MOST_ELEMENTS: i32 = 0x800;
/**
 * By text of the record: control number, id, 005, what is kept of its kind, then the columns; -1 for what is not
 * certain.
 */
export const LENGTHS: usize = 0xa1000;
/** By rule, one-based: how many records it has given something to. */
export const MATCHED: usize = 0xa3000;
/** Rules that gave something to the record at hand. */
export const PENDING: usize = 0xa7000;
export const MOST_RULES: i32 = 0x1000;
/** Values of one text, while each is treated. */
export const PIECES: usize = 0xac000;
export const MOST_PIECES: i32 = 0x100;
/** The URLs beside the url. */
export const OTHER_URLS: usize = 0xad000;
export const MOST_OTHER_URLS: i32 = 0x200;
/** By lower bits of a byte: what it means in ANSEL. */
export const ANSEL_MEANINGS: usize = 0xae000;
/** What the caller makes of a text. */
export const ANSWER: usize = 0xb0000;
/** By text of the record, as LENGTHS: how many bytes it has, 0 for what is not certain. */
export const SIZES: usize = 0xc0000;
/** Texts are copied so many bytes at a time: behind the last one some that are none of it are overwritten. */
const COPIED_AT_ONCE: usize = 8;
/** Texts put together while a column is worked out. */
export const SCRATCH: usize = 0xc2000;
export const SCRATCH_END: usize = 0x140000 - COPIED_AT_ONCE;
/** The texts of the record, one behind another. */
export const OUT: usize = 0x140000;
export const OUT_END: usize = 0x200000 - COPIED_AT_ONCE;
/** Remembered texts: the table, and what it points to. */
export const MEMO: usize = 0x200000;
export const MEMO_TEXTS: usize = 0x300000;
export const MEMO_TEXTS_END: usize = 0x440000;
/** By rule: how many texts were asked for, and how many of them were remembered. */
export const MEMO_USE: usize = 0x440000;
/** By mark from U+0300 on, then ASCII character: what both make. */
export const COMPOSED: usize = 0x448000;
/** By lower bits of a code of EACC: its upper bits, and its character. */
export const EACC_CHARACTERS: usize = 0x44c000;
export const EACC_SLOTS: u32 = 0x1000;
/** By code point up to U+FFFF: what is known of the character. */
export const CLASSES: usize = 0x450000;
/** Texts of the record that the caller has decoded. */
export const DECODED: usize = 0x460000;
export const DECODED_END: usize = 0x4a0000;
/** The rule table. */
export const PROGRAM: usize = 0x4a0000;
