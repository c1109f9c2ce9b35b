/** What a thread that reads a list is started with. Plain data only. */

import type { SharedDigests } from "../matching/digest-table.js";
import type { PortionRequest } from "../reading/record-input.js";
import type { HarvestedList } from "./list-reader.js";

export interface ListTask {
  readonly list: HarvestedList;
  readonly request: PortionRequest;
  readonly known: SharedDigests | null;
  /** RUNNING_SLOTS 32-bit numbers. */
  readonly running: SharedArrayBuffer;
}
