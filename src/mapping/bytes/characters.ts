/** What the core asks about characters beyond ASCII: the very tests that texts are treated with elsewhere. */

import { isControl } from "../../marc/charset/controls.js";
import { mayCompose } from "../../marc/charset/normal-form.js";
import { isInWord } from "../marc/nonfiling.js";
import { isClosing, isLetter, isOuter } from "../marc/punctuation.js";

/** The flags of `core/characters.ts`. */
export const CHARACTER = { mark: 1, odd: 2, inWord: 4, letter: 8, closing: 16 } as const;

const FIRST_ASTRAL = 0x10000;
const REPLACEMENT = 0xfffd;
const MARK = /\p{M}/u;

/** Whether normalisation may change a character, reorder it, or put it together with what stands before it. */
function mayChange(code: number, character: string): boolean {
  if (!mayCompose(code)) return false;
  if (code >= FIRST_ASTRAL || MARK.test(character)) return true;
  // Jamo, which syllables are put together of.
  const isJamo = (code >= 0x1100 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7ff);
  return isJamo || character.normalize("NFC") !== character;
}

/** The flags of a code point beyond ASCII. */
export function traitsOf(code: number): number {
  const character = String.fromCodePoint(code);
  // Texts are looked at unit by unit.
  const unit = character.charCodeAt(0);
  const isOdd = isControl(code) || code === REPLACEMENT || isOuter(character);
  return (
    (mayChange(code, character) ? CHARACTER.mark : 0) |
    (isOdd ? CHARACTER.odd : 0) |
    (isInWord(character) ? CHARACTER.inWord : 0) |
    (isLetter(unit) ? CHARACTER.letter : 0) |
    (isClosing(unit) ? CHARACTER.closing : 0)
  );
}
