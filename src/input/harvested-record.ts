/** A record of an OAI-PMH repository as it is read: the header, and the leaf elements of its metadata in order. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** An element that holds text and no other element. */
export interface HarvestedElement {
  /** Namespace, "" for none. */
  readonly namespace: string;
  /** As written, "" for none. */
  readonly prefix: string;
  /** Local name. */
  readonly name: string;
  /** xsi:type as written, "" for none. */
  readonly type: string;
  /** xml:lang, its own or that of an element around it; "" for none. */
  readonly lang: string;
  /** Blanks squeezed, NFC; never "". */
  readonly text: string;
}

export interface HarvestedRecord {
  /** Trimmed; never "". */
  readonly identifier: string;
  /** As it stands, trimmed; "" for none. */
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly setSpecs: readonly string[];
  /** Those within `metadata`; empty for a deletion. */
  readonly elements: readonly HarvestedElement[];
  /** What reading it found. */
  readonly diagnostics: readonly Diagnostic[];
}
