/** The reading thread of a list: cuts its pages, and maps the records. */

import { TextGrowthError } from "../perl/substitutions.js";
import type { Portion } from "../reading/portion.js";
import { growing } from "../reading/runaway.js";
import { ItemPacker } from "../reading/thread/item-packer.js";
import type { PackedItems } from "../reading/thread/packed-items.js";
import { postPortions } from "../reading/thread/posting.js";
import { READ_AHEAD, TRACED_READ_AHEAD } from "../reading/thread/reader-protocol.js";
import { KnownRecords } from "../store/model/known-records.js";
import { ListReader } from "./list-reader.js";
import type { ListTask } from "./list-task.js";
import { cutMapper } from "./record-mapper.js";

async function* portionsOf(
  { list, request, known, running: shared }: ListTask,
  ahead: number,
): AsyncGenerator<Portion<PackedItems>> {
  const running = new Int32Array(shared);
  const mapper = cutMapper(list.repository, running);
  try {
    yield* new ListReader(list, mapper, running).portions({
      request,
      known: known && KnownRecords.from(known),
      sink: new ItemPacker(ahead),
      watched: (map) => map(),
    });
  } catch (error) {
    if (!(error instanceof TextGrowthError)) throw error;
    throw growing({ path: list.path, rules: mapper.rules }, running);
  }
}

void postPortions(async (task: ListTask) => {
  const ahead = task.request.traced ? TRACED_READ_AHEAD : READ_AHEAD;
  return { portions: portionsOf(task, ahead), ahead };
});
