/**
 * The sets of graphic characters that are in use at a place of a text. ISO 2022 has one for the bytes 21 to 7E
 * (G0) and one for A1 to FE (G1); escape sequences put others in their places.
 */

import { readEscape, readUnimarcEscape } from "./escape.js";
import { ANSEL, ASCII, characterSet, EACC } from "./marc8-sets.js";
import type { UnimarcSets } from "./unimarc-sets.js";

/** One serves many texts, one after the other. */
export class DesignatedSets {
  /** What each byte means, by its low seven bits: entries of `characterSet`. */
  g0 = characterSet(ASCII, 0);
  g1 = characterSet(ANSEL, 1);
  /** Final byte of the set in G0. */
  private g0Final = ASCII;
  /** Null in MARC-8. */
  private unimarc: UnimarcSets | null = null;

  /** Begins a text: ASCII and ANSEL, or the sets of a UNIMARC record. */
  begin(unimarc: UnimarcSets | null): void {
    this.unimarc = unimarc;
    this.designate(0, ASCII);
    this.designate(1, unimarc === null ? ANSEL : unimarc.rightSets[0]);
  }

  /** What a byte means, an entry of `characterSet`. */
  entryOf(byte: number): number {
    return byte < 0x80 ? this.g0[byte] : this.g1[byte & 0x7f];
  }

  /** Whether G0 holds the East Asian set. */
  hasEacc(): boolean {
    return this.g0Final === EACC;
  }

  /** Whether G0 holds ASCII, as it should at the end of a text. */
  hasAscii(): boolean {
    return this.g0Final === ASCII;
  }

  /**
   * Follows the escape sequence whose ESC stands at `at`; reads nothing beyond `end`.
   *
   * @returns its length in bytes, below zero if it is one that is not known
   */
  follow(bytes: Buffer, at: number, end: number): number {
    const { length, half, set } =
      this.unimarc === null
        ? readEscape(bytes, at, end)
        : readUnimarcEscape(bytes, at, end, this.unimarc.rightSets);
    if (half < 0) return -length;
    this.designate(half, set);
    return length;
  }

  private designate(half: number, final: number): void {
    if (half === 1) this.g1 = characterSet(final, 1);
    else {
      this.g0 = characterSet(final, 0);
      this.g0Final = final;
    }
  }
}
