/** Where header and metadata stand in the bytes of a record, for those that read each of them by itself. */

import { childrenOf } from "./markup.js";
import { SHORT_HEAD } from "./record-header.js";

/** Where an element begins and ends. */
export type Part = readonly [from: number, to: number];

export interface RecordParts {
  readonly header: Part | null;
  /** The first such element that is not empty. */
  readonly metadata: Part | null;
  /** Which of them the record has twice, "" for none. */
  readonly repeated: "" | "header" | "metadata";
}

const HEADER = /^<(?:[\w.-]+:)?record(?:\s[^<>]*)?>\s*(<((?:[\w.-]+:)?header)[\s>/])/;
const NOT_PLAIN = /<[!?]/;
const BLANKS = /^\s*$/;
const METADATA_TAG = "<metadata>";
const METADATA_TAG_END = "</metadata>";

/** Of a record as nearly all are written, by looking for few words; of any other one by its markup. */
export function recordParts(record: Buffer): RecordParts {
  return plainParts(record) ?? anyParts(record);
}

/** Null where anything in a record may be other than it looks. */
function plainParts(record: Buffer): RecordParts | null {
  const head = record.latin1Slice(0, Math.min(record.length, SHORT_HEAD));
  const found = HEADER.exec(head);
  if (found === null) return null;
  const from = found[0].length - found[1].length;
  const end = head.indexOf(`</${found[2]}`, from);
  const to = head.indexOf(">", end) + 1;
  if (end < 0 || to === 0 || NOT_PLAIN.test(head.slice(0, to))) return null;
  const metadata = plainMetadata(record, to);
  if (metadata === null || record.indexOf(found[2], metadata[1]) >= 0) return null;
  return { header: [from, to], metadata, repeated: "" };
}

/** Right behind the header, where the word stands nowhere else. */
function plainMetadata(record: Buffer, behind: number): Part | null {
  const from = record.indexOf(METADATA_TAG, behind);
  const end = record.lastIndexOf("metadata") - 2;
  const to = end + METADATA_TAG_END.length;
  const isPlain =
    from >= 0 &&
    end > from &&
    BLANKS.test(record.latin1Slice(behind, Math.min(from, behind + SHORT_HEAD))) &&
    from <= behind + SHORT_HEAD &&
    record.latin1Slice(end, to) === METADATA_TAG_END &&
    record.indexOf(METADATA_TAG_END) === end;
  return isPlain ? [from, to] : null;
}

function anyParts(record: Buffer): RecordParts {
  let header: Part | null = null;
  let metadata: Part | null = null;
  let repeated: RecordParts["repeated"] = "";
  let metadataCount = 0;
  for (const { name, from, to, inner } of childrenOf(record.latin1Slice(0, record.length))) {
    if (name === "header") {
      if (header !== null) repeated = "header";
      header ??= [from, to];
    } else if (name === "metadata") {
      if (++metadataCount > 1) repeated ||= "metadata";
      if (inner !== "") metadata ??= [from, to];
    }
  }
  return { header, metadata, repeated };
}
