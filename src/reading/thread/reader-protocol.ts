/** What the writing thread and the reading thread say to each other. Plain data only. */

import type { MarcConfig } from "../../config/marc/marc-mapping.js";
import type { PlainFailure } from "../../diagnostics/failure.js";
import type { RecordFormat } from "../../input/record-reader.js";
import type { SharedKnown } from "../../store/model/known-records.js";
import type { Portion } from "../portion.js";
import type { FilePortions } from "../record-input.js";
import type { PackedItems } from "./packed-items.js";

/** Batches that may be on their way to the writing thread. */
export const READ_AHEAD = 4;
/** The same where rows come finished, so that more records make a portion. */
export const FINISHED_READ_AHEAD = 3;
/** The same where records carry traces, which take many times the memory and the time. */
export const TRACED_READ_AHEAD = 2;

/** What the reading thread of a file has to do. */
export interface ReaderTask {
  readonly config: MarcConfig;
  readonly path: string;
  readonly format: RecordFormat;
  /** The blocks come by messages, since a pipe has one reader only. */
  readonly piped: boolean;
  readonly portions: FilePortions;
  /** Whether the rows of new records are to be finished. */
  readonly finishes: boolean;
  readonly known: SharedKnown | null;
  /** RUNNING_SLOTS 32-bit numbers. */
  readonly running: SharedArrayBuffer;
}

export type FromReader =
  | { readonly kind: "portion"; readonly portion: Portion<PackedItems> }
  | { readonly kind: "wants-block" }
  | { readonly kind: "end" }
  | { readonly kind: "failure"; readonly failure: PlainFailure };

/** The task comes first. */
export type ToReader =
  | { readonly kind: "task"; readonly task: unknown }
  | { readonly kind: "taken" }
  | { readonly kind: "block"; readonly block: Uint8Array | null };
