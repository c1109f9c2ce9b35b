/** What a run notes for its report while it works: counts, times, and the first of everything found. */

import { performance } from "node:perf_hooks";
import type { JobConfig } from "../config/job/job-config.js";
import type { Considered, Treatment } from "../deciding/importer.js";
import type { Code } from "../diagnostics/catalogue.js";
import type { Diagnostic, RecordLabel } from "../diagnostics/diagnostic.js";
import { clipped } from "../diagnostics/format.js";
import type { Weighed } from "../matching/weigh.js";
import type { FinishedRecord, InputRecord, Portion } from "../reading/portion.js";
import {
  addContent,
  type ContentCounts,
  type DuplicateExample,
  type DuplicateRow,
  type IgnoredExample,
  noContent,
  noExamples,
  type Room,
  type RunExamples,
  type RunStatistics,
} from "../store/model/run-statistics.js";
import type { Books, Store } from "../store/port.js";
import type { RunWriter } from "../store/run-port.js";
import { ClosestCalls } from "./closest-calls.js";

/** Examples of one code or reason. */
const EXAMPLES = 5;
/** Records with duplicates that are shown. */
const DUPLICATES = 100;
/** Rows shown of one record's duplicates. */
const ROWS = 3;
const LONGEST_TEXT = 300;

/** What readers tell of at the first place alone; one that begins behind it would tell again. */
const ONCE_AN_INPUT: ReadonlySet<Code> = new Set(["M110"]);

/** The rows that a record met, as they read before anything was done. */
interface DuplicatesMet {
  readonly rows: readonly Omit<DuplicateRow, "removed">[];
  readonly more: number;
}

export class RunNotes {
  readonly counts: ContentCounts;
  readonly examples: RunExamples;
  private readonly title: number;
  private examplesChanged = false;
  /** Records that were taken, with a title or without: of a resumed run it is not known. */
  private titled = false;
  private untitled = false;
  private last = performance.now();
  private readonly closest: ClosestCalls;

  /** @param before where a resumed run stands */
  constructor(config: JobConfig, before: RunStatistics | null) {
    this.counts = before?.counts ?? noContent();
    this.examples = before?.examples ?? noExamples();
    this.title = config.fields.findIndex(({ name }) => name === "title");
    this.titled = before !== null;
    this.examples.closest ??= [];
    this.closest = new ClosestCalls(this.examples.closest, config.evidence);
  }

  /** Books the time since the last call to a room; to none with null. */
  lap(room: Room | null): void {
    const now = performance.now();
    if (room !== null) this.counts.milliseconds[room] += now - this.last;
    this.last = now;
  }

  /** Takes what the input has counted of a portion. */
  content({ content, rules }: Pick<Portion, "content" | "rules">): void {
    addContent(this.counts, content);
    if (!rules || this.examples.rules.length > 0) return;
    this.examples.rules = [...rules];
    this.examplesChanged = true;
  }

  finding({ code, field, found, expected }: Diagnostic, label: RecordLabel): void {
    const of = this.listOf(this.examples.findings, code);
    if (of.length >= EXAMPLES) return;
    of.push({ ...label, field, found, expected });
    this.examplesChanged = true;
  }

  /** Whether records were taken, and none of them has a title though rules ask for one. */
  get allUntitled(): boolean {
    const isAsked = this.examples.rules.some(({ section }) => section === "title");
    return this.untitled && !this.titled && isAsked;
  }

  /** Notes a record that was known without a look: whoever made its row was told of it then. */
  unchanged(): void {
    this.titled = true;
  }

  /** Whether a finding is among the examples already, or another that speaks for all of its input. */
  hasFinding({ code }: Diagnostic, { file, number, offset }: RecordLabel): boolean {
    const noted = this.examples.findings[code] ?? [];
    return noted.some(
      (one) =>
        one.file === file &&
        (ONCE_AN_INPUT.has(code) || (one.number === number && one.offset === offset)),
    );
  }

  /** Looks at the duplicates of a record before anything is done to them; null if none are wanted. */
  look(record: InputRecord, { considered }: Considered, { keys }: Store): DuplicatesMet | null {
    const { found, method, weighed } = considered.duplicates;
    if (weighed.length > 0) this.lookClosely(record, weighed, keys);
    if (method === null || this.examples.duplicates.length >= DUPLICATES) return null;
    const rows = found.slice(0, ROWS).map(({ recordId, foreignSource }) => ({
      recordId,
      foreignSource,
      title: clipped(keys.row(recordId)?.title ?? "", LONGEST_TEXT),
    }));
    return { rows, more: found.length - rows.length };
  }

  private lookClosely(
    { mapped, file, number }: InputRecord,
    weighed: readonly Weighed[],
    keys: Store["keys"],
  ): void {
    const title = mapped.values[this.title] ?? "";
    const kept = this.closest.take(weighed, ({ recordId, foreignSource }) => {
      const other = clipped(keys.row(recordId)?.title ?? "", LONGEST_TEXT);
      const row = { recordId, foreignSource, title: other };
      const { foreignId } = mapped;
      return { file, number, foreignId, title: clipped(title, LONGEST_TEXT), row };
    });
    this.examplesChanged ||= kept;
  }

  /** Notes a record whose row was created without a look. */
  created(record: InputRecord | FinishedRecord): void {
    const hasTitle =
      "mapped" in record ? record.mapped.values[this.title] : record.holds(this.title);
    if (hasTitle) this.titled = true;
    else this.untitled = true;
  }

  /** @param met what `look` gave before */
  treated(record: InputRecord, treatment: Treatment, met: DuplicatesMet | null): void {
    const { mapped, file, number, offset } = record;
    const { outcome, recordId, considered, reason } = treatment;
    const { controlNumber, foreignId } = mapped;
    const title = clipped(mapped.values[this.title] ?? "", LONGEST_TEXT);
    if (mapped.ignore === null && !mapped.deleted) {
      if (title === "") this.untitled = true;
      else this.titled = true;
    }
    if (outcome === "ignored") {
      const why = considered.shortcut ?? considered.decision?.cell ?? "policy";
      this.ignored(why, { file, number, offset, controlNumber, title, reason });
    }
    if (met === null) return;
    const removed = new Set(treatment.removed);
    const rows = met.rows.map((row) => ({ ...row, removed: removed.has(row.recordId) }));
    const method = considered.duplicates.method ?? "";
    const cell = considered.decision?.cell ?? "";
    const example = { file, number, foreignId, title, outcome, recordId, method, cell };
    this.examples.duplicates.push({ ...example, rows, more: met.more });
    this.examplesChanged = true;
  }

  /** Notes a row that a sweep took away, and the one that stays in its place. */
  swept(example: DuplicateExample): void {
    if (this.examples.duplicates.length >= DUPLICATES) return;
    this.examples.duplicates.push(example);
    this.examplesChanged = true;
  }

  private ignored(why: string, example: IgnoredExample): void {
    const of = this.listOf(this.examples.ignored, why);
    if (of.length >= EXAMPLES) return;
    of.push(example);
    this.examplesChanged = true;
  }

  private listOf<T>(lists: Record<string, T[]>, key: string): T[] {
    lists[key] ??= [];
    return lists[key];
  }

  /** Writes what is new. */
  save(books: Books, { runId }: Pick<RunWriter, "runId">): void {
    books.saveCounts(runId, this.counts);
    if (!this.examplesChanged) return;
    books.saveExamples(runId, this.examples);
    this.examplesChanged = false;
  }
}
