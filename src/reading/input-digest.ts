/** The digest by which a record is known again: its bytes, the rules that map it, and its source. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { hash53, hashBytes53, hashWords53 } from "../matching/hash.js";

/** What `hashBytes53` begins with under this configuration. */
function digestSeed({ mappingDigest, settings, database }: MarcConfig): number {
  // What is to be kept and is not yet must be looked at once more.
  const kept = database.keepRecords ? " kept" : "";
  return (hash53(`${mappingDigest} ${settings.foreignSource}${kept}`) % 4294967296) | 0;
}

/** Digests of records under one configuration: 53 bits, never 0. */
export class InputDigester {
  private readonly seed: number;

  constructor(config: MarcConfig) {
    this.seed = digestSeed(config);
  }

  of(bytes: Buffer): number {
    return hashBytes53(bytes, 0, bytes.length, this.seed) || 1;
  }

  /**
   * The same of bytes that lie in memory that is read as words, the lowest byte first.
   *
   * @param start the word at which they begin
   * @param length in bytes
   */
  ofWords(words: Int32Array, start: number, length: number): number {
    return hashWords53(words, start, length, this.seed) || 1;
  }
}
