/** The way of undamaged ISO 2709 records over their bytes, as far as it is certain for each. */

import type { MappedRecord } from "../fields/mapped-record.js";
import { type Iso2709Options, parseFrame } from "../input/iso2709-reader.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { ByteMapper } from "../mapping/bytes/byte-mapper.js";
import { GIVES } from "../mapping/bytes/layout.js";
import { MappedTexts } from "../mapping/bytes/mapped-texts.js";
import type { ConfiguredMapper, Mapper } from "../mapping/marc/mapper.js";
import type { MappingTrace } from "../mapping/marc/trace.js";
import type { MarcRecord } from "../marc/marc-record.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { ContentCounter } from "./content-counter.js";
import type { FramedRecord } from "./framed-reader.js";
import type { InputDigester } from "./input-digest.js";
import { placed } from "./placed-findings.js";
import type { ItemSink, RecordPlace } from "./portion.js";

/** What the route goes by. */
interface RouteParts {
  readonly mapper: ConfiguredMapper;
  /** How records are parsed that must be. */
  readonly options: Iso2709Options;
  readonly digest: InputDigester;
  readonly known: KnownRecords | null;
}

/** A sink that takes texts as well as items. */
export type TextSink<Items> = ItemSink<Items> & Required<Pick<ItemSink<Items>, "addTexts">>;

/** Whether a sink takes texts. */
export function takesTexts<Items>(sink: ItemSink<Items>): sink is TextSink<Items> {
  return sink.addTexts !== undefined;
}

const NOTHING_FOUND: readonly never[] = [];

/** So many records are mapped without the core, */
export const FEW = 16;
/** and more where not one of so many is unknown: a file comes again with few changes. */
const SHARE = 8;

export class ByteRoute implements Mapper {
  private byBytes: ByteMapper | null | undefined;
  private seen = 0;
  private unknown = 0;

  constructor(private readonly parts: RouteParts) {}

  get rules(): Mapper["rules"] {
    return this.parts.mapper.rules;
  }

  /** Maps a record that does not go over its bytes. */
  map(record: MarcRecord, trace?: MappingTrace): MappedRecord {
    return this.parts.mapper.map(record, trace);
  }

  /** On either way. */
  takeMatches(): number[] {
    const matches = this.parts.mapper.takeMatches();
    this.byBytes?.addMatches(matches);
    return matches;
  }

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
    const { known } = this.parts;
    const { length, bytes } = framed;
    const inputDigest = this.digestOf(bytes);
    this.seen++;
    const knownAs = known === null ? 0 : known.find(inputDigest);
    if (knownAs !== 0) {
      counter.known(bytes);
      sink.add({ kind: "known", known: { file, number, offset, length, knownAs } });
      return "known";
    }
    const mapper = this.isWorthwhile() ? this.core() : null;
    const mapped = mapper?.mapBytes(bytes) ?? null;
    if (mapper === null || mapped === null) return this.parsed(framed);
    const { encoding, given } = mapper.located;
    counter.located(bytes, encoding, given[GIVES.fixedStart], given[GIVES.fixedEnd]);
    if (mapped instanceof MappedTexts) {
      sink.addTexts({ file, number, offset, length, inputDigest }, mapped);
    } else {
      const place = { file, number, offset, length };
      const whole = placed(mapped, NOTHING_FOUND, offset);
      const kept = whole.diagnostics.length === 0 ? inputDigest : null;
      sink.add({ kind: "record", record: { ...place, inputDigest: kept, mapped: whole } });
    }
    return "mapped";
  }

  /** The digest of a record's bytes, which the core holds from then on where it has begun. */
  private digestOf(bytes: Buffer): number {
    const { byBytes } = this;
    const { digest } = this.parts;
    if (!byBytes?.hold(bytes)) return digest.of(bytes);
    return digest.ofWords(byBytes.words, byBytes.firstWord, bytes.length);
  }

  /** Whether so many records are to be mapped that what the core takes to begin is made good. */
  private isWorthwhile(): boolean {
    if (this.byBytes !== undefined) return true;
    this.unknown++;
    return this.unknown > FEW && this.unknown * SHARE > this.seen;
  }

  private core(): ByteMapper | null {
    if (this.byBytes === undefined) this.byBytes = ByteMapper.of(this.parts.mapper);
    return this.byBytes;
  }

  private parsed({ offset, length, bytes }: FramedRecord): ParsedRecord {
    const frame = { kind: "record", offset, length, bytes, diagnostics: NOTHING_FOUND } as const;
    return parseFrame(frame, this.parts.options);
  }
}
