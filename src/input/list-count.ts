/** Records of a list that a server gives page by page, as XML or as JSON. */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";

const SHOWN = 32;

/** What the pages so far say of their list. */
export interface ListCount {
  /** What the server says that the whole list holds, 0 where it does not. */
  stated: number;
  /** What has been seen of them. */
  listed: number;
  /** What the next page is to be asked for with, absent where there is none. */
  next?: string;
}

/** What is to be told at the end of a stream whose server has more, or states more records than it holds. */
export function missingOf({ stated, listed, next }: ListCount, offset: number): Diagnostic[] {
  if (next !== undefined) return [partOfList(`next: ${next}`, offset)];
  return listed < stated ? [partOfList(`${listed} of ${stated} records`, offset)] : [];
}

/** @param found what tells that the stream holds a part of a list alone */
export function partOfList(found: string, offset: number): Diagnostic {
  return diagnostic("M713", { offset, found: found.slice(0, SHOWN) });
}
