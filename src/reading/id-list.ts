/** A list of ids as an input of deletions: each is treated as a record that says that it is deleted. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import { inputFailure } from "../input/input-failure.js";
import { type ByteInput, openOther } from "../input/open.js";
import { idFormer } from "../mapping/marc/foreign-id.js";
import { type IdLine, idLines } from "./id-lines.js";
import { InputFile, inFile } from "./input-file.js";
import type { InputItem, InputRecord, Portion } from "./portion.js";
import type { PortionRequest, RecordInput } from "./record-input.js";

/** Records as text, which are no list. */
const TEXT_RECORDS: ReadonlySet<string> = new Set(["marcxml", "turbomarc", "mij", "mrk"]);

interface ListOptions {
  /** Whether a list without ids is no error. */
  readonly allowEmpty: boolean;
}

/**
 * Looks at lists of ids, of files to the last line, so that nothing is deleted by what turns out to be
 * no list.
 *
 * @param paths as named on the command line; `-` is standard input
 * @throws Failure (3) when one is missing, holds no ids, or is no list of ids
 */
export async function openIdLists(
  config: MarcConfig,
  paths: readonly string[],
  options: ListOptions,
): Promise<RecordInput[]> {
  const lists: RecordInput[] = [];
  for (const path of paths) {
    const { input, sniffed } = await openOther(path);
    const isOther = TEXT_RECORDS.has(sniffed.kind);
    const isForeign = sniffed.kind === "foreign" && sniffed.name !== "plain text";
    if (isOther || isForeign || sniffed.kind === "utf-16") {
      const what = sniffed.kind === "foreign" ? sniffed.name : sniffed.kind.toUpperCase();
      throw inputFailure("not-marc", path, `looks like ${what}`, { code: "M605" });
    }
    if (!input.isPipe) await mustBeList(input, options);
    lists.push(new IdList(config, input, options));
  }
  return lists;
}

async function mustBeList(input: ByteInput, { allowEmpty }: ListOptions): Promise<void> {
  let ids = 0;
  for await (const _ of idLines(input, { offset: 0, recordNumber: 0 })) ids++;
  if (ids === 0 && !allowEmpty) throw inputFailure("empty", input.path);
}

class IdList extends InputFile implements RecordInput {
  readonly deletesOnly = true;
  private readonly none: readonly string[];
  private readonly formsOf: (id: string) => readonly string[];
  private isWhole = false;

  constructor(
    config: MarcConfig,
    private readonly input: ByteInput,
    private readonly options: ListOptions,
  ) {
    super(input);
    this.none = Object.freeze(config.fields.map(() => ""));
    this.formsOf = idFormer(config.mapping);
  }

  async *portions(request: PortionRequest): AsyncGenerator<Portion> {
    const from = inFile(request.from);
    this.isWhole = from.offset === 0;
    let items: InputItem[] = [];
    let end = from;
    const portion = (): Portion => {
      this.bytesRead = this.input.bytesRead;
      const full = { items, end, bytesRead: this.bytesRead, content: {} };
      items = [];
      return full;
    };
    for await (const line of idLines(this.input, from)) {
      items.push({ kind: "record", record: this.deletion(line) });
      end = { offset: line.offset + line.length, recordNumber: line.number };
      if (items.length >= request.size) yield portion();
    }
    if (items.length > 0) yield portion();
  }

  private deletion({ id, number, offset, length }: IdLine): InputRecord {
    const idForms = this.formsOf(id);
    const mapped: MappedRecord = {
      controlNumber: id,
      foreignId: idForms[0],
      idForms,
      deleted: true,
      deletedBy: "its id is on a list of --delete-ids",
      marcDate: "",
      values: this.none,
      urlIsFallback: false,
      ignore: null,
      diagnostics: [],
    };
    return { file: this.name, number, offset, length, inputDigest: null, mapped };
  }

  reread(): InputRecord {
    throw new Error("no id of a list is known");
  }

  end(records: number): void {
    this.mustBeUnchanged();
    if (this.isWhole && records === 0 && !this.options.allowEmpty) {
      throw inputFailure("empty", this.name);
    }
  }
}
