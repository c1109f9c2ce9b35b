/** The digest by which a record is known again: its bytes, the rules that map it, and its source. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { hash53, hashBytes53 } from "../matching/hash.js";

/** Digests of records under this configuration: 53 bits, never 0. */
export function inputDigester(config: MarcConfig): (bytes: Buffer) => number {
  const { foreignSource } = config.settings;
  // What is to be kept and is not yet must be looked at once more.
  const kept = config.database.keepRecords ? " kept" : "";
  const seed = (hash53(`${config.mappingDigest} ${foreignSource}${kept}`) % 4294967296) | 0;
  return (bytes) => hashBytes53(bytes, 0, bytes.length, seed) || 1;
}
