/** A file of MARC as a source of records, zipped or not; or a pipe, which comes once only. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import type { PassedOver } from "../input/archive.js";
import { inputFailure } from "../input/input-failure.js";
import type { Input } from "../input/open.js";
import type { KnownRecords } from "../store/model/known-records.js";
import { InputFile, inFile } from "./input-file.js";
import type { InputRecord, KnownItem, PlacedFinding, Portion } from "./portion.js";
import type { RecordFeed, Rereader } from "./record-feed.js";
import type { PortionRequest, RecordInput } from "./record-input.js";

/** What the files of a run are read with. */
interface Reading {
  readonly config: MarcConfig;
  readonly feed: RecordFeed;
  readonly rereader: Rereader;
  /** Whether a file without records is no error. */
  readonly allowEmpty: boolean;
  /** What was left out of the archive that the file is the first of. */
  readonly passedOver: readonly PassedOver[];
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
    const { offset, recordNumber } = inFile(request.from);
    const start = input.range?.start ?? 0;
    const from = { offset: Math.max(offset, start), recordNumber };
    this.isWhole = offset <= start && request.skip === 0;
    let findings = this.ofInput(start);
    const usable = input.seekable && input.format === "iso2709" ? known : null;
    const portions = { ...request, from };
    for await (const portion of feed({ config, input, portions, known: usable, stopped })) {
      this.bytesRead = portion.bytesRead;
      const { findings: own = [] } = portion;
      yield findings.length === 0 ? portion : { ...portion, findings: [...findings, ...own] };
      findings = [];
    }
  }

  /** What is to be told of the input as a whole. */
  private ofInput(offset: number): readonly PlacedFinding[] {
    const label = { file: this.name, number: 0, offset, controlNumber: "" };
    const beside = this.reading.passedOver.map(({ path, looksLike, isSuspect }) => ({
      found: diagnostic(isSuspect ? "M720" : "M719", { found: looksLike }),
      label: { ...label, file: path },
    }));
    // Of a part nothing is concluded about what it does not hold.
    if (this.input.range === null) return beside;
    return [...beside, { found: diagnostic("M718", { offset }), label }];
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
