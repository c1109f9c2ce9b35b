/** The way of undamaged ISO 2709 records over their bytes, as far as it is certain for each. */

import { type Iso2709Options, parseFrame } from "../input/iso2709-reader.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import type { ByteMapper } from "../mapping/bytes/byte-mapper.js";
import { LOCATED } from "../mapping/bytes/core-module.js";
import { GIVES } from "../mapping/bytes/layout.js";
import { MappedTexts } from "../mapping/bytes/mapped-texts.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { ContentCounter } from "./content-counter.js";
import type { FramedRecord } from "./framed-reader.js";
import { placed } from "./placed-findings.js";
import type { ItemSink, RecordPlace } from "./portion.js";

/** Where undamaged records go. */
interface RouteParts {
  readonly mapper: ByteMapper;
  /** How records are parsed that must be. */
  readonly options: Iso2709Options;
  /** What digests begin with. */
  readonly seed: number;
  readonly known: KnownRecords | null;
}

/** A sink that takes texts as well as items. */
export type TextSink<Items> = ItemSink<Items> & Required<Pick<ItemSink<Items>, "addTexts">>;

/** Whether a sink takes texts. */
export function takesTexts<Items>(sink: ItemSink<Items>): sink is TextSink<Items> {
  return sink.addTexts !== undefined;
}

const NOTHING_FOUND: readonly never[] = [];

export class ByteRoute {
  constructor(private readonly parts: RouteParts) {}

  /**
   * Puts a record into the sink, if it can go this way.
   *
   * @returns what became of it; or the record as it is parsed, for the usual way
   */
  take<Items>(
    framed: FramedRecord,
    { file, number, offset }: RecordPlace & { readonly offset: number },
    sink: TextSink<Items>,
    counter: ContentCounter,
  ): "mapped" | "known" | ParsedRecord {
    const { mapper, seed, known } = this.parts;
    const { length, bytes } = framed;
    const state = mapper.take(bytes, seed);
    if (state === LOCATED.doubtful) return this.parsed(framed);
    const { located } = mapper;
    const inputDigest = located.digest || 1;
    const knownAs = known === null ? 0 : known.find(inputDigest);
    if (knownAs !== 0) {
      counter.known(bytes);
      sink.add({ kind: "known", known: { file, number, offset, length, knownAs } });
      return "known";
    }
    if (state === LOCATED.toBeJudged && !mapper.judge()) return this.parsed(framed);
    const mapped = mapper.mapLocated();
    if (mapped === null) return this.parsed(framed);
    const { encoding, given } = located;
    counter.located(bytes, encoding, given[GIVES.fixedStart], given[GIVES.fixedEnd]);
    const place = { file, number, offset, length };
    if (mapped instanceof MappedTexts) sink.addTexts({ ...place, inputDigest }, mapped);
    else {
      const whole = placed(mapped, NOTHING_FOUND, offset);
      const digest = whole.diagnostics.length === 0 ? inputDigest : null;
      sink.add({ kind: "record", record: { ...place, inputDigest: digest, mapped: whole } });
    }
    return "mapped";
  }

  private parsed({ offset, length, bytes }: FramedRecord): ParsedRecord {
    const frame = { kind: "record", offset, length, bytes, diagnostics: NOTHING_FOUND } as const;
    return parseFrame(frame, this.parts.options);
  }
}
