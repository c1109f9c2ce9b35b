/** The digest by which a record is known again: its bytes, the rules that map it, and its source. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { hash53, hashBytes53 } from "../matching/hash.js";

/** What `hashBytes53` begins with under this configuration. */
function digestSeed({ mappingDigest, settings, database }: MarcConfig): number {
  // What is to be kept and is not yet must be looked at once more.
  const kept = database.keepRecords ? " kept" : "";
  return (hash53(`${mappingDigest} ${settings.foreignSource}${kept}`) % 4294967296) | 0;
}

/** Digests of records under this configuration: 53 bits, never 0. */
export function inputDigester(config: MarcConfig): (bytes: Buffer) => number {
  const seed = digestSeed(config);
  return (bytes) => hashBytes53(bytes, 0, bytes.length, seed) || 1;
}
