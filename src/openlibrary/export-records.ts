/** The records of files as lines for Open Library, or as refusals with their reasons. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { asInputFailure, type Input, openInput } from "../input/open.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { readInput } from "../input/read-input.js";
import { createMapper } from "../mapping/marc/mapper.js";
import { type Edition, editionOf } from "./edition.js";
import { jsonLine, noBook, refusalOf } from "./gate.js";
import { PlainRecord, textsOf } from "./plain-fields.js";
import { fitted, type LeftOut, type Profile } from "./schema.js";

/** Where a record stands: its number from 1, its byte offset and its length in bytes. */
interface Place {
  readonly file: string;
  readonly number: number;
  readonly offset: number;
  readonly length: number;
}

/** A record that is not exported. */
export interface RefusedRecord extends Place {
  readonly code: string;
  readonly message: string;
}

export type Exported =
  | {
      readonly kind: "line";
      readonly text: string;
      readonly place: Place;
      /** Values that were not sent. */
      readonly leftOut: readonly LeftOut[];
    }
  | { readonly kind: "refused"; readonly refused: RefusedRecord };

export interface ExportRequest {
  readonly config: MarcConfig;
  readonly profile: Profile;
  /** The present year: editions of later ones are refused. */
  readonly year: number;
}

/**
 * Exports the records of one file in their order.
 *
 * @param wanted byte offsets of the records that are meant, in their order; null for all
 * @throws Failure when it cannot be read or is not MARC
 */
export async function* exportRecords(
  path: string,
  request: ExportRequest,
  wanted: readonly number[] | null = null,
): AsyncGenerator<Exported> {
  const { mapping } = request.config;
  try {
    const input = await openInput(path, { format: "auto", allowEmpty: false });
    const exporter = new RecordExporter(input, request, wanted);
    const { encoding, strict, maxRecordSize } = mapping;
    for await (const read of readInput(input, { encoding, strict, maxRecordSize })) {
      for (const parsed of read) yield* exporter.take(parsed);
    }
  } catch (error) {
    throw asInputFailure(error, path);
  }
}

class RecordExporter {
  private number = 0;
  private next = 0;
  private readonly mapper;
  /** `marc:ITEM/FILE` where that names the records, else "". */
  private readonly itemFile: string;

  constructor(
    private readonly input: Input,
    private readonly request: ExportRequest,
    private readonly wanted: readonly number[] | null,
  ) {
    const { config } = request;
    this.mapper = createMapper(config);
    // Only of such a file can their server read a record by its place.
    const isPlain = input.format === "iso2709" && !input.zipped && !input.isPipe;
    const file = input.path.replace(/^.*[\\/]/, "");
    const { item } = config.openLibrary;
    this.itemFile = item !== "" && isPlain ? `marc:${item}/${file}` : "";
  }

  *take(parsed: ParsedRecord): Generator<Exported> {
    if (parsed.kind === "padding" || parsed.kind === "known") return;
    this.number++;
    const { offset, length } = parsed;
    if (!this.isWanted(offset)) return;
    const place: Place = { file: this.input.path, number: this.number, offset, length };
    yield this.exported(parsed, place);
  }

  private isWanted(offset: number): boolean {
    const { wanted } = this;
    if (wanted === null) return true;
    while (wanted[this.next] < offset) this.next++;
    return wanted[this.next] === offset;
  }

  private exported(
    parsed: Exclude<ParsedRecord, { kind: "padding" | "known" }>,
    place: Place,
  ): Exported {
    const refused = (code: string, message: string): Exported => ({
      kind: "refused",
      refused: { ...place, code, message },
    });
    if (parsed.kind === "reject") return refused(parsed.reason.code, "it cannot be read");
    const { config, profile, year } = this.request;
    const { ignore, deleted, foreignId } = this.mapper.map(parsed.record);
    if (deleted) return refused("deleted", "it is marked as deleted");
    if (ignore !== null && ignore.code !== "not-valid") {
      return refused(ignore.code, ignore.message);
    }
    const no = config.openLibrary.onlyBooks ? noBook(parsed.record.leader) : null;
    if (no !== null) return refused(no.code, no.message);
    const { edition, leftOut } = fitted(this.edition(parsed, foreignId), profile);
    const reason = refusalOf(edition, profile, year);
    if (reason !== null) return refused(reason.code, reason.message);
    return { kind: "line", text: jsonLine(edition), place, leftOut };
  }

  private edition(parsed: Extract<ParsedRecord, { kind: "record" }>, foreignId: string): Edition {
    const { openLibrary, settings } = this.request.config;
    const record = new PlainRecord(parsed.record);
    const prefix = openLibrary.sourcePrefix || settings.foreignSource || "local";
    // An offset changes with every new file: it names a record only where the file itself is kept.
    const source =
      this.itemFile === ""
        ? withPrefix(prefix, foreignId)
        : `${this.itemFile}:${parsed.offset}:${parsed.length}`;
    const edition = editionOf(record, [source], openLibrary.asOpenLibrary);
    addLocalIds(edition, record, openLibrary.localId);
    for (const name of openLibrary.omit) delete edition[name];
    return edition;
  }
}

/** An id that comes from such a line itself has its prefix already. */
function withPrefix(prefix: string, foreignId: string): string {
  return foreignId.startsWith(`${prefix}:`) ? foreignId : `${prefix}:${foreignId}`;
}

function addLocalIds(
  edition: Edition,
  record: PlainRecord,
  localId: MarcConfig["openLibrary"]["localId"],
): void {
  if (localId === null) return;
  const { tag, subfield, prefix } = localId;
  const fields = record.of(tag);
  // One a field, as the server makes them.
  const values = fields.flatMap((field) =>
    subfield === "" ? [field.text.trim()] : textsOf(field, subfield).slice(0, 1),
  );
  const urns = [...new Set(values.filter((value) => value !== ""))];
  if (urns.length > 0) edition.local_id = urns.map((value) => `urn:${prefix}:${value}`);
}
