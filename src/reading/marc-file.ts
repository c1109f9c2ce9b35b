/** A file of MARC as a source of records, zipped or not; or a pipe, which comes once only. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { inputFailure } from "../input/input-failure.js";
import type { Input } from "../input/open.js";
import type { KnownRecords } from "../store/model/known-records.js";
import { InputFile, inFile } from "./input-file.js";
import type { InputRecord, KnownItem, Portion } from "./portion.js";
import type { RecordFeed, Rereader } from "./record-feed.js";
import type { PortionRequest, RecordInput } from "./record-input.js";

/** What the files of a run are read with. */
interface Reading {
  readonly config: MarcConfig;
  readonly feed: RecordFeed;
  readonly rereader: Rereader;
  /** Whether a file without records is no error. */
  readonly allowEmpty: boolean;
}

export class MarcFile extends InputFile implements RecordInput {
  /** Whether the portions that are read begin with the first record. */
  private isWhole = false;

  constructor(
    private readonly input: Input,
    private readonly reading: Reading,
  ) {
    super(input);
  }

  async *portions(
    request: PortionRequest,
    known: KnownRecords | null,
    stopped?: () => boolean,
  ): AsyncGenerator<Portion> {
    const { input } = this;
    const { config, feed } = this.reading;
    const from = inFile(request.from);
    this.isWhole = from.offset === 0 && request.skip === 0;
    const usable = input.seekable && input.format === "iso2709" ? known : null;
    const portions = { ...request, from };
    for await (const portion of feed({ config, input, portions, known: usable, stopped })) {
      this.bytesRead = portion.bytesRead;
      yield portion;
    }
  }

  reread(known: KnownItem): InputRecord {
    return this.reading.rereader.read(this.input, known);
  }

  end(records: number): void {
    this.mustBeUnchanged();
    const { allowEmpty } = this.reading;
    if (this.isWhole && records === 0 && !allowEmpty) throw inputFailure("empty", this.name);
  }
}
