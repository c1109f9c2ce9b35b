/** What a thread that reads a list has to do. Plain data only. */

import type { PortionRequest } from "../reading/record-input.js";
import type { SharedKnown } from "../store/model/known-records.js";
import type { HarvestedList } from "./list-reader.js";

export interface ListTask {
  readonly list: HarvestedList;
  readonly request: PortionRequest;
  readonly known: SharedKnown | null;
  /** RUNNING_SLOTS 32-bit numbers. */
  readonly running: SharedArrayBuffer;
}
