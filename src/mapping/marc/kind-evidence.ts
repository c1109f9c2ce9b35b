/**
 * What is kept of the kind of each record. Few kinds are in a file, so what makes one is gathered as a digest of
 * bytes, and the kind of each digest is made once; what names a part of a work is read for each record.
 */

import type { CarrierForm } from "../../fields/record-description.js";
import type { Encoding } from "../../marc/charset/decode.js";
import { type MarcRecord, tagCode } from "../../marc/marc-record.js";
import { describeKind, describeParts } from "../../matching/evidence/describe.js";
import { keptText, keptWithParts } from "../../matching/kept-evidence.js";
import { ByteDigest } from "./byte-digest.js";
import { extentForm } from "./carrier-form.js";
import { kindTexts } from "./described-texts.js";

/** Kinds, and extents, remembered at most; further ones are made anew each time. */
const MOST = 1000;

const PHYSICAL = tagCode("007");
const FIXED = tagCode("008");
const EXTENT = tagCode("300");
const TITLE = tagCode("245");
const MEDIA = tagCode("337");
const CARRIER = tagCode("338");
const REPRODUCTION = tagCode("533");
const NUMBER = 0x6e; // $n
const NAME = 0x70; // $p
/** Of 007 and 008 the positions that tell of the form; 008/29 is that of maps, 008/23 that of others. */
const PHYSICAL_AT = [0, 1];
const FIXED_AT = [23, 29];

/** Texts of the subfields of 245 that name a part: each title has its own. */
interface TitleParts {
  readonly partNumbers: string[];
  readonly partNames: string[];
}

export class KindEvidence {
  /** Texts of kinds without a part, by digest. */
  private readonly known = new Map<number, string>();
  private readonly extents = new Map<number, CarrierForm>();
  private readonly digest = new ByteDigest();
  private readonly extentDigest = new ByteDigest();
  private parts: TitleParts | null = null;

  /** The evidence of a MARC 21 record, as it is kept beside its row. */
  of(record: MarcRecord): string {
    const { diagnostics } = record;
    const told = diagnostics.length;
    this.parts = null;
    const telling = this.telling(record);
    const kept = this.known.get(telling) ?? this.made(telling, record);
    const { parts } = this;
    const evidence = parts === null ? kept : keptWithParts(kept, describeParts(parts));
    // What decoding finds in these texts is told by those who map them.
    diagnostics.length = told;
    return evidence;
  }

  private made(telling: number, record: MarcRecord): string {
    const kept = keptText(describeKind({ ...kindTexts(record), partNumbers: [], partNames: [] }));
    if (this.known.size < MOST) this.known.set(telling, kept);
    return kept;
  }

  /** The digest of all that the kind is made from; `parts` is what the first title says of a part. */
  private telling(record: MarcRecord): number {
    const { digest } = this;
    digest.begin(record.leader.charCodeAt(6), record.leader.charCodeAt(7));
    addEncoding(digest, record.encoding);
    let titled = false;
    for (let field = 0; field < record.fieldCount; field++) {
      const tag = record.tag(field);
      if (record.isControl(field)) {
        if (tag === PHYSICAL) addPositions(digest, record, field, PHYSICAL_AT);
        else if (tag === FIXED) addPositions(digest, record, field, FIXED_AT);
        continue;
      }
      const codes = tellingCodes(tag);
      if (codes === null) continue;
      this.addField(record, field, codes, tag === TITLE && !titled);
      titled ||= tag === TITLE;
    }
    return digest.value;
  }

  /** @param naming whether its part is that of the record: of several titles the first tells */
  private addField(
    record: MarcRecord,
    field: number,
    codes: readonly number[],
    naming: boolean,
  ): void {
    const { digest } = this;
    const tag = record.tag(field);
    record.eachSubfield(field, (code, start, end) => {
      if (!codes.includes(code)) return;
      if (tag === TITLE && (code === NUMBER || code === NAME)) {
        if (naming) this.addPart(code, record.text(start, end));
      } else if (tag === EXTENT) {
        digest.addNumber(tag);
        digest.addText(this.extent(record, start, end));
      } else {
        digest.addNumber(tag);
        digest.addBytes(record.bytes, start, end);
      }
    });
  }

  private addPart(code: number, text: string): void {
    this.parts ??= { partNumbers: [], partNames: [] };
    (code === NUMBER ? this.parts.partNumbers : this.parts.partNames).push(text);
  }

  /** What an extent tells does not depend on how many pages it names. */
  private extent(record: MarcRecord, start: number, end: number): CarrierForm {
    const { extentDigest } = this;
    extentDigest.begin(0, 0);
    addEncoding(extentDigest, record.encoding);
    extentDigest.addWithoutNumbers(record.bytes, start, end);
    let form = this.extents.get(extentDigest.value);
    if (form === undefined) {
      form = extentForm(record.text(start, end));
      if (this.extents.size < MOST) this.extents.set(extentDigest.value, form);
    }
    return form;
  }
}

const TITLE_CODES: readonly number[] = [...Buffer.from("hnp")];
const MEDIA_CODES: readonly number[] = [...Buffer.from("ab")];
const A: readonly number[] = [...Buffer.from("a")];

/** The subfields of a field that tell of the kind; asked of every field, so that a table would cost more. */
function tellingCodes(tag: number): readonly number[] | null {
  switch (tag) {
    case TITLE:
      return TITLE_CODES;
    case MEDIA:
    case CARRIER:
      return MEDIA_CODES;
    case EXTENT:
    case REPRODUCTION:
      return A;
    default:
      return null;
  }
}

/** The same bytes are another text in another encoding. */
function addEncoding(digest: ByteDigest, encoding: Encoding): void {
  digest.addText(encoding);
}

/** Characters of a control field by their places; all of it, if they may be more than a byte. */
function addPositions(
  digest: ByteDigest,
  record: MarcRecord,
  field: number,
  positions: readonly number[],
): void {
  const { bytes } = record;
  const start = record.start(field);
  const end = record.end(field);
  digest.addNumber(record.tag(field));
  const last = Math.min(end, start + positions[positions.length - 1] + 1);
  for (let at = start; at < last; at++) {
    if (bytes[at] >= 0x80 || bytes[at] < 0x20 || bytes[at] === 0x26) {
      digest.addBytes(bytes, start, end);
      return;
    }
  }
  for (const position of positions) {
    digest.addNumber(start + position < end ? bytes[start + position] : 0);
  }
}
