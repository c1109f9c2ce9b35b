/**
 * Encodings of the WHATWG Encoding Standard that the platform's decoder gets wrong (Node 20 reads
 * windows-1252 as if its quotation marks were control characters) or does not know.
 */

/** The characters of bytes 80 to FF. */
export type SingleByteTable = string;

function latin1(from: number, to: number): string {
  return String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
}

/** windows-1252; the five bytes that it does not define are control characters in the standard. */
export const WINDOWS_1252: SingleByteTable = `€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ${latin1(0xa0, 0xff)}`;

const ISO_8859_16: SingleByteTable =
  latin1(0x80, 0xa0) +
  "ĄąŁ€„Š§š©Ș«Ź\xadźŻ°±ČłŽ”¶·žčș»ŒœŸż" +
  "ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

/** By name in lower case; of windows-1252 all labels of the standard have that name (ISO-8859-1 too). */
const TABLES: ReadonlyMap<string, SingleByteTable> = new Map([
  ["windows-1252", WINDOWS_1252],
  ["iso-8859-16", ISO_8859_16],
]);

/** The table of an encoding by its name in the standard, null if the platform's decoder is right. */
export function singleByteTable(name: string): SingleByteTable | null {
  return TABLES.get(name.toLowerCase()) ?? null;
}

/** ASCII below 80, the characters of the table above. */
export function tableText(bytes: Buffer, table: SingleByteTable): string {
  return bytes
    .latin1Slice(0, bytes.length)
    .replace(/[\x80-\xff]/g, (byte) => table[byte.charCodeAt(0) - 0x80]);
}
