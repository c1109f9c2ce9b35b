/** The records of files as lines for Open Library, or as refusals with their reasons. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { asInputFailure, openInput } from "../input/open.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { readInput } from "../input/read-input.js";
import { createMapper } from "../mapping/marc/mapper.js";
import { type Edition, editionOf } from "./edition.js";
import { jsonLine, type Profile, refusalOf } from "./gate.js";
import { PlainRecord, textsOf } from "./plain-fields.js";

/** A record that is not exported. */
export interface RefusedRecord {
  readonly file: string;
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly code: string;
  readonly message: string;
}

export type Exported =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "refused"; readonly refused: RefusedRecord };

interface ExportRequest {
  readonly config: MarcConfig;
  readonly profile: Profile;
  /** The present year: editions of later ones are refused. */
  readonly year: number;
}

/**
 * Exports the records of one file in their order.
 *
 * @throws Failure when it cannot be read or is not MARC
 */
export async function* exportRecords(
  path: string,
  request: ExportRequest,
): AsyncGenerator<Exported> {
  const { mapping } = request.config;
  try {
    const input = await openInput(path, { format: "auto", allowEmpty: false });
    const exporter = new RecordExporter(input.path, request);
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
  private readonly mapper;

  constructor(
    private readonly path: string,
    private readonly request: ExportRequest,
  ) {
    this.mapper = createMapper(request.config);
  }

  *take(parsed: ParsedRecord): Generator<Exported> {
    if (parsed.kind === "padding" || parsed.kind === "known") return;
    this.number++;
    const refused = (code: string, message: string): Exported => {
      const { offset, length } = parsed;
      return {
        kind: "refused",
        refused: { file: this.path, number: this.number, offset, length, code, message },
      };
    };
    if (parsed.kind === "reject") {
      const [{ code }] = parsed.diagnostics;
      yield refused(code, "it cannot be read");
      return;
    }
    const mapped = this.mapper.map(parsed.record);
    if (mapped.deleted) {
      yield refused("deleted", "it is marked as deleted");
      return;
    }
    if (mapped.ignore !== null && mapped.ignore.code !== "not-valid") {
      yield refused(mapped.ignore.code, mapped.ignore.message);
      return;
    }
    const edition = this.edition(parsed, mapped.foreignId);
    const reason = refusalOf(edition, this.request.profile, this.request.year);
    if (reason === null) yield { kind: "line", text: jsonLine(edition) };
    else yield refused(reason.code, reason.message);
  }

  private edition(parsed: Extract<ParsedRecord, { kind: "record" }>, foreignId: string): Edition {
    const { config, profile } = this.request;
    const { openLibrary, settings } = config;
    const record = new PlainRecord(parsed.record);
    const prefix = openLibrary.sourcePrefix || settings.foreignSource || "local";
    const file = this.path.replace(/^.*[\\/]/, "");
    // An offset changes with every new file: it names a record only where the file itself is kept.
    const source =
      openLibrary.item === ""
        ? `${prefix}:${foreignId}`
        : `marc:${openLibrary.item}/${file}:${parsed.offset}:${parsed.length}`;
    const edition = editionOf(record, [source]);
    if (profile === "server") addLocalIds(edition, record, openLibrary.localId);
    for (const name of openLibrary.omit) delete edition[name];
    return edition;
  }
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
