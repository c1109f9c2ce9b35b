/** Where a run gets its portions from: the same thread, or another one that reads and maps. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import type { Iso2709Options } from "../input/iso2709-reader.js";
import { JoiningReader } from "../input/joining-reader.js";
import { asInputFailure, bytesAt, type Input } from "../input/open.js";
import { openedBefore } from "../input/range.js";
import { type Opened, recordReader } from "../input/record-reader.js";
import { ByteMapper } from "../mapping/bytes/byte-mapper.js";
import { createMapper, type Mapper } from "../mapping/marc/mapper.js";
import { TextGrowthError } from "../perl/substitutions.js";
import type { KnownRecords } from "../store/model/known-records.js";
import { ByteRoute, takesTexts } from "./byte-route.js";
import { FramedReader } from "./framed-reader.js";
import { InputDigester } from "./input-digest.js";
import type { InputRecord } from "./portion.js";
import {
  type InputItem,
  ItemList,
  type ItemSink,
  type KnownItem,
  type Portion,
} from "./portion.js";
import type { FilePortions } from "./record-input.js";
import { RecordPortions } from "./record-portions.js";
import { outgrown, RUNNING_SLOTS } from "./runaway.js";

export interface FeedRequest {
  readonly config: MarcConfig;
  readonly input: Input;
  readonly portions: FilePortions;
  /** Records that need no look; null where every record must be mapped. */
  readonly known: KnownRecords | null;
  /** Asked now and then while nothing comes: whether to end early. */
  readonly stopped?: (() => boolean) | undefined;
}

/** Gives the records of one input in portions. */
export type RecordFeed = (request: FeedRequest) => AsyncIterable<Portion>;

/** How reading and mapping are watched from outside. */
interface Watch {
  /** Memory that tells which rule works on which record; shared if another thread is to look at it. */
  readonly running: Int32Array;
  /** Does what may take very long. */
  readonly watched?: <T>(work: () => T) => T;
}

/** Reads and maps in the thread that asks. */
export const localFeed: RecordFeed = (request) => readPortions(request, new ItemList());

/**
 * Reads and maps.
 *
 * @param sink takes the items, and gives those of each portion
 * @throws Failure while reading; Failure (5) if a rule lets texts grow without measure
 */
export async function* readPortions<Items>(
  request: FeedRequest,
  sink: ItemSink<Items>,
  watch: Watch = { running: new Int32Array(RUNNING_SLOTS) },
): AsyncGenerator<Portion<Items>> {
  try {
    const { input, portions } = request;
    const place = { offset: portions.from.offset, range: input.range };
    const opened = await openedBefore(input, input.format, place);
    yield* portionsOf(request, { sink, watch, opened }).portions();
  } catch (error) {
    if (error instanceof TextGrowthError) throw outgrown(request, watch.running);
    throw asInputFailure(error, request.input.path);
  }
}

interface SourceParts<Items> {
  readonly sink: ItemSink<Items>;
  readonly watch?: Watch | undefined;
  readonly opened?: Opened;
  readonly mapper?: Mapper;
}

function portionsOf<Items>(
  request: FeedRequest,
  { sink, watch, opened = {}, mapper }: SourceParts<Items>,
): RecordPortions<Items> {
  const { config, input, known } = request;
  const { offset } = request.portions.from;
  const { encoding, strict, maxRecordSize, joinSplitRecords } = config.mapping;
  const digest = new InputDigester(config);
  // Of pieces that are to be joined none is known by itself.
  const recognise =
    known && !joinSplitRecords ? (bytes: Buffer) => known.find(digest.of(bytes)) : null;
  const options = { encoding, strict, maxRecordSize, offset, recognise, ...opened };
  const reader = recordReader(input.format, options);
  const made = mapper ?? createMapper(config, watch ? { running: watch.running } : {});
  const parsing = {
    reader: joinSplitRecords ? new JoiningReader(reader, maxRecordSize) : reader,
    mapper: made,
  };
  const parts = {
    ...(byteParts(request, sink, made, options) ?? parsing),
    config,
    path: input.path,
    isText: input.format !== "iso2709",
    blocks: input.blocks(offset),
    sink,
    bytesRead: () => input.bytesRead,
    ...watch,
  };
  return new RecordPortions(parts, request.portions);
}

/** What reads and maps over bytes; null where the format, the sink or the configuration is none for it. */
function byteParts<Items>(
  { config, input, known, portions }: FeedRequest,
  sink: ItemSink<Items>,
  mapper: Mapper,
  options: Iso2709Options,
) {
  if (input.format !== "iso2709" || portions.traced) return null;
  if (!takesTexts(sink)) return null;
  if (!ByteMapper.serves(mapper)) return null;
  // The route itself asks what is known.
  const parsing = { ...options, recognise: null };
  const byBytes = new ByteRoute({
    mapper,
    options: parsing,
    digest: new InputDigester(config),
    known,
  });
  return { reader: new FramedReader(parsing), mapper: byBytes, route: { byBytes, sink } };
}

/** Reads single records again, each from its place, and maps them. */
export class Rereader {
  /** Made when it is first needed; to compile the rules takes longer than to map many records. */
  private mapper: Mapper | null = null;

  constructor(private readonly config: MarcConfig) {}

  read(input: Input, { number, offset, length }: KnownItem): InputRecord {
    if (offset === null || length === null) throw new Error("a known record without its place");
    const { config } = this;
    this.mapper ??= createMapper(config);
    const { mapper } = this;
    const request: FeedRequest = {
      config,
      input,
      portions: { from: { offset, recordNumber: number - 1 }, size: 1, skip: 0, limit: 1 },
      known: null,
    };
    const sink = new ItemList();
    const [only]: readonly (InputItem | undefined)[] = portionsOf(request, { sink, mapper }).one(
      bytesAt(input, offset, length),
    );
    if (only?.kind !== "record") throw new Error("a known record can no longer be read");
    return only.record;
  }
}
