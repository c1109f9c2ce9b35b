/** Records that take the way of another thread, in this one: packed, and made again. */

import type { RecordFeed } from "../../src/reading/record-feed.js";
import { readPortions } from "../../src/reading/record-feed.js";
import { ItemPacker } from "../../src/reading/thread/item-packer.js";
import { Unpacker } from "../../src/reading/thread/unpacker.js";

/** In portions of so many records; of as many as were asked for with null. */
export function packedIn(size: number | null): RecordFeed {
  return async function* read(request) {
    const { config, portions } = request;
    const { hashedBy } = portions;
    const packer = new ItemPacker(1, (hashedBy ?? null) !== null);
    const unpacker = new Unpacker(config.fields, hashedBy);
    const sized = { ...request, portions: { ...portions, size: size ?? portions.size } };
    for await (const portion of readPortions(sized, packer)) yield unpacker.portion(portion);
  };
}

export const packedFeed = packedIn(null);
