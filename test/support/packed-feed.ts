/** Records that take the way of another thread, in this one: packed, and made again. */

import type { RecordFeed } from "../../src/reading/record-feed.js";
import { readPortions } from "../../src/reading/record-feed.js";
import { ItemPacker } from "../../src/reading/thread/item-packer.js";
import { PackedHashes } from "../../src/reading/thread/packed-hashes.js";
import { unpack } from "../../src/reading/thread/packed-items.js";

export const packedFeed: RecordFeed = async function* read(request) {
  const { fields } = request.config;
  const packer = new ItemPacker(1, PackedHashes.of(fields, request.portions.hashedBy));
  for await (const portion of readPortions(request, packer)) {
    yield { ...portion, items: unpack(portion.items, fields.length) };
  }
};
