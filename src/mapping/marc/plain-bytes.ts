/** Which bytes of a field can be taken as they are. */

/** 1 for the bytes whose reading is a matter of the encoding: controls, `&` and all beyond ASCII. */
export const NEEDS_DECODING: Readonly<Uint8Array> = table([0x26 /* & */]);

function table(more: readonly number[]): Uint8Array {
  const flags = new Uint8Array(256).fill(1);
  flags.fill(0, 0x20, 0x7f);
  for (const byte of more) flags[byte] = 1;
  return flags;
}

/**
 * The same, with the bytes of which something else may become: the semicolon of a list, and the
 * characters that substitutions wait for.
 */
export function needsCare(semicolonChanges: boolean, marks: readonly number[]): Uint8Array {
  return table([0x26 /* & */, ...(semicolonChanges ? [0x3b /* ; */] : []), ...marks]);
}

/** Printable, and neither letter, digit nor blank: a character that most texts do not hold. */
const SELDOM = /[!-/:-@[-`{-~]/;

/**
 * For each substitution a character without which it changes nothing, so that texts without any of
 * them need no substitution at all; null if there is one that may change any text.
 *
 * @param needed what each substitution needs to match
 * @param set what is set between the bytes of a text
 */
export function marksOf(needed: readonly string[], set: string): number[] | null {
  const marks: number[] = [];
  for (const text of needed) {
    const mark = [...text].find((character) => SELDOM.test(character) && !set.includes(character));
    if (mark === undefined) return null;
    marks.push(mark.charCodeAt(0));
  }
  return marks;
}
