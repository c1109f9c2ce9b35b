/**
 * `explain`: the records of one file, each with what the import would make of it and why, by the very
 * code that imports. Nothing is changed; with `replay` the earlier records of the file are imported
 * into a copy of the database first.
 */

import { join } from "node:path";
import { DEFAULT_RUN_OPTIONS, type InputFormat } from "../config/job/run-options.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { type Decisions, openDecisions } from "../deciding/decisions.js";
import type { Written } from "../deciding/importer.js";
import { Failure } from "../diagnostics/failure.js";
import { severalFiles } from "../input/open.js";
import { foreignIdForms } from "../mapping/marc/foreign-id.js";
import { openInputs } from "../reading/open-inputs.js";
import { type InputItem, placeOf } from "../reading/portion.js";
import { localFeed, type RecordFeed } from "../reading/record-feed.js";
import type { PortionRequest, RecordInput } from "../reading/record-input.js";
import type { Explanation } from "../report/explanation.js";
import { isoSeconds } from "../running/run-name.js";
import { BEGINNING } from "../store/model/run-record.js";
import { openToLook } from "../store/open.js";
import type { ReadingView } from "../store/port.js";
import { Replay } from "./replay.js";

/** Which records of the file. */
export type Selection =
  | { readonly by: "all" }
  | { readonly by: "number"; readonly number: number }
  /** The record that holds a byte of the (unzipped) file. */
  | { readonly by: "offset"; readonly offset: number }
  /** Every record with that foreign id or 001. */
  | { readonly by: "id"; readonly id: string };

export interface ExplainRequest {
  readonly config: MarcConfig;
  /** As named on the command line; `-` is standard input. */
  readonly file: string;
  readonly format: InputFormat;
  readonly selection: Selection;
  /** Take the earlier records of the file into account. */
  readonly replay: boolean;
  /** How records are read; in the same thread if absent. */
  readonly feed?: RecordFeed;
}

/** The file that `items` reads. */
export type ItemsRequest = Pick<ExplainRequest, "config" | "file" | "format" | "feed">;

/**
 * Explains the chosen records in the order of the file.
 *
 * @throws Failure when the file cannot be read or holds no such record, Failure when the
 *   database is not usable
 */
export async function* explainRecords(request: ExplainRequest): AsyncGenerator<Explanation> {
  const numbers = await chosenNumbers(request);
  const view = await openToLook(request.config, request.replay);
  try {
    const told = request.replay
      ? replayed(request, numbers, view)
      : considered(request, numbers, view);
    let any = false;
    for await (const one of told) {
      any = true;
      yield one;
    }
    if (!any) throw noSuchRecord(request);
  } finally {
    view.close();
  }
}

/** The records of a file by their numbers: those from `first` to `last` that `wanted` lets in. */
export interface Numbers {
  readonly first: number;
  readonly last: number | null;
  wanted(number: number): boolean;
}

/** Reads the file for the records that are chosen by what they hold. */
export async function chosenNumbers(request: Omit<ExplainRequest, "replay">): Promise<Numbers> {
  const { selection } = request;
  if (selection.by === "all") return { first: 1, last: null, wanted: () => true };
  if (selection.by === "number") return range([selection.number]);
  if (request.file === "-") throw needsFile(`--${selection.by}`);
  const found: number[] = [];
  const { config } = request;
  const ids = selection.by === "id" ? foreignIdForms(config.mapping, selection.id) : [];
  for await (const item of items(request, { first: 1, last: null }, false)) {
    const { number } = placeOf(item);
    if (fits(selection, ids, item)) found.push(number);
    if (selection.by === "offset" && found.length > 0) break;
  }
  if (found.length === 0) throw noSuchRecord(request);
  return range(found);
}

function range(numbers: readonly number[]): Numbers {
  const wanted = new Set(numbers);
  const [first] = numbers;
  return { first, last: numbers[numbers.length - 1], wanted: (number) => wanted.has(number) };
}

/** @param ids the forms of the id that is asked for */
function fits(selection: Selection, ids: readonly string[], item: InputItem): boolean {
  if (selection.by === "offset") {
    const { offset, length } = placeOf(item);
    if (offset === null || length === null) return false;
    return selection.offset >= offset && selection.offset < offset + length;
  }
  if (selection.by !== "id") return false;
  if (item.kind === "reject") return item.reject.controlNumber.trim() === selection.id;
  if (item.kind !== "record") return false;
  const { foreignId, controlNumber } = item.record.mapped;
  return ids.includes(foreignId) || controlNumber === selection.id;
}

/** The records from one number to another, read anew. */
export async function* items(
  request: ItemsRequest,
  numbers: Pick<Numbers, "first" | "last">,
  traced: boolean,
): AsyncGenerator<InputItem> {
  yield* itemsOf(await openFile(request), numbers, {
    size: traced ? 1 : request.config.database.batchSize,
    traced,
  });
}

async function* itemsOf(
  input: RecordInput,
  { first, last }: Pick<Numbers, "first" | "last">,
  portions: Pick<PortionRequest, "size" | "traced">,
): AsyncGenerator<InputItem> {
  const limit = last === null ? null : last - first + 1;
  const request = { ...portions, from: BEGINNING, skip: first - 1, limit };
  for await (const portion of input.portions(request, null)) yield* portion.items;
}

/** Records that tell how they were mapped, one by one. */
const TRACED = { size: 1, traced: true };

async function openFile({ config, file, format, feed }: ItemsRequest): Promise<RecordInput> {
  const options = { ...DEFAULT_RUN_OPTIONS, format };
  const inputs = await openInputs(config, [file], options, feed ?? localFeed);
  if (inputs.length === 1) return inputs[0];
  throw severalFiles(
    file,
    inputs.map(({ name }) => name),
  );
}

/** Each record against the database as it stands. */
async function* considered(
  request: ExplainRequest,
  numbers: Numbers,
  { store }: ReadingView,
): AsyncGenerator<Explanation> {
  const { config } = request;
  const run = store.openRun(0, config.managed);
  const decisions = openDecisions({ config, store, run });
  const now = isoSeconds(new Date());
  const input = await openFile(request);
  for await (const item of itemsOf(input, numbers, TRACED)) {
    if (item.kind === "known" || !numbers.wanted(placeOf(item).number)) continue;
    yield explainItem(decisions, item, { now, sourceRecord: input.sourceRecord(placeOf(item)) });
  }
}

/** Explains a record that was mapped, or why it could not be read. */
export function explainItem(
  decisions: Decisions,
  item: Exclude<InputItem, { readonly kind: "known" }>,
  written: Written,
): Explanation {
  if (item.kind === "reject") return decisions.explainReject(item.reject);
  if (item.kind === "finished") throw new Error("a look was given a row without its record");
  return decisions.explain(item.record, decisions.consider(item.record, written));
}

/** Each record against the database as it would stand after the records before it. */
async function* replayed(
  request: ExplainRequest,
  numbers: Numbers,
  { store, folder }: ReadingView,
): AsyncGenerator<Explanation> {
  const { config, file } = request;
  if (file === "-") throw needsFile("--replay");
  if (folder === null) throw new Error("a replay needs a copy of the database");
  const input = await openFile(request);
  const replay = Replay.begin({ config, store, input, rejects: join(folder, "replay") });
  await replay.importFirst(numbers.first - 1);
  for await (const item of itemsOf(input, numbers, TRACED)) {
    const told = replay.treat(item);
    if (told && numbers.wanted(told.number)) yield told;
  }
}

/** Why an option cannot be had with standard input. */
export function needsFile(option: string): Failure {
  return new Failure(
    "usage",
    `${option} reads the input more than once, which standard input (-) does not allow`,
    "Write the input to a file and name that.",
  );
}

function noSuchRecord({ file, selection }: Pick<ExplainRequest, "file" | "selection">): Failure {
  const what = {
    all: "no records",
    number: `no record ${selection.by === "number" ? selection.number : ""}`,
    offset: `no record at byte ${selection.by === "offset" ? selection.offset : ""}`,
    id: `no record with the id "${selection.by === "id" ? selection.id : ""}"`,
  }[selection.by];
  return new Failure(
    "usage",
    `${file} has ${what}`,
    "Records are numbered from 1 and bytes from 0, as in the log; ids are those of foreign_id_fields, or 001.",
  );
}
