/**
 * What a report tells of a run beyond its totals: what the records were, how often the rules
 * matched, where the time went, and the first examples of what was found. Its size is bounded,
 * however large the input.
 */

export type Counts = Record<string, number>;

/**
 * Where a run spends its time. The first three belong to the reading side, which works beside the
 * writing side: bytes that have to come, records being read, rules being applied. The other four
 * follow one another: nothing to write yet, rows, the end of a batch, the log.
 */
const ROOMS = [
  "input",
  "reading",
  "mapping",
  "waiting",
  "writing",
  "committing",
  "logging",
] as const;
export type Room = (typeof ROOMS)[number];

/** What the reader counts. */
export interface ContentCounts {
  /** Records whose type, language, decade and encoding are counted. */
  described: number;
  /** Records that the rules were applied to. */
  mapped: number;
  /** By leader/06. */
  types: Counts;
  /** By 008/35-37; `none` where nothing is stated, `other` for what is no code. */
  languages: Counts;
  /** By 008/07-10: the first three digits of the year, `none` where it is not stated. */
  decades: Counts;
  /** By how the text was read. */
  encodings: Counts;
  /** Fields that each rule found, in the order of the mapper's rules. */
  ruleMatches: number[];
  milliseconds: Record<Room, number>;
}

/** One finding on one record. */
export interface FindingExample {
  /** The name of the input. */
  readonly file: string;
  /** One-based, in its input. */
  readonly number: number;
  /** Of the record's first byte, zero-based; null where the input is no stream of bytes. */
  readonly offset: number | null;
  readonly controlNumber: string;
  /** `650[3]$a`, null if the finding has no field. */
  readonly field: string | null;
  readonly found: string | null;
  readonly expected: string | null;
}

/** A record that was ignored. */
export interface IgnoredExample {
  readonly file: string;
  readonly number: number;
  readonly offset: number | null;
  readonly controlNumber: string;
  readonly title: string;
  readonly reason: string;
}

/** A record that met duplicates, or a row that went for another one. */
export interface DuplicateExample {
  /** "" of a row. */
  readonly file: string;
  /** 0 of a row. */
  readonly number: number;
  readonly foreignId: string;
  readonly title: string;
  readonly outcome: string;
  /** The record's own row, or the one it was merged into; null if it has none. */
  readonly recordId: number | null;
  readonly method: string;
  readonly cell: string;
  /** The first of the rows that were found, as they read before. */
  readonly rows: readonly DuplicateRow[];
  /** How many rows more there were. */
  readonly more: number;
}

export interface DuplicateRow {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly title: string;
  /** Whether the policy deleted it. */
  readonly removed: boolean;
}

/** A record and a row that came near to being the same, or possible duplicates, or only just were. */
export interface CloseCall {
  /** The number of points that they came near to. */
  readonly about: "same" | "possible";
  readonly side: "above" | "below";
  readonly points: number;
  readonly verdict: string;
  /** One line. */
  readonly grounds: string;
  readonly file: string;
  readonly number: number;
  readonly foreignId: string;
  readonly title: string;
  readonly row: Omit<DuplicateRow, "removed">;
}

/** A rule of the mapping, as it was when the run began. */
export interface RuleNote {
  readonly section: string;
  readonly name: string;
  /** As written. */
  readonly text: string;
  /** `FILE:LINE`, "" for a rule that the program itself brings. */
  readonly at: string;
}

/** The first of everything. */
export interface RunExamples {
  rules: RuleNote[];
  /** By diagnostic code. */
  findings: Record<string, FindingExample[]>;
  /** By the keys of `Totals.ignoredBecause`. */
  ignored: Record<string, IgnoredExample[]>;
  duplicates: DuplicateExample[];
  /** Absent of runs of earlier versions. */
  closest?: CloseCall[];
}

export interface RunStatistics {
  readonly counts: ContentCounts;
  readonly examples: RunExamples;
}

/** Counts of which every one is still zero. */
export function noContent(): ContentCounts {
  return {
    described: 0,
    mapped: 0,
    types: {},
    languages: {},
    decades: {},
    encodings: {},
    ruleMatches: [],
    milliseconds: {
      input: 0,
      reading: 0,
      mapping: 0,
      waiting: 0,
      writing: 0,
      committing: 0,
      logging: 0,
    },
  };
}

/** No examples at all, to be added to. */
export function noExamples(): RunExamples {
  return { rules: [], findings: {}, ignored: {}, duplicates: [] };
}

/** Adds counts to those that are there. */
export function addContent(to: ContentCounts, more: Partial<ContentCounts>): void {
  to.described += more.described ?? 0;
  to.mapped += more.mapped ?? 0;
  for (const what of CODED) addCounts(to[what], more[what] ?? {});
  more.ruleMatches?.forEach((count, rule) => {
    to.ruleMatches[rule] = (to.ruleMatches[rule] ?? 0) + count;
  });
  for (const room of ROOMS) to.milliseconds[room] += more.milliseconds?.[room] ?? 0;
}

/** What is counted by a code of its own. */
const CODED = ["types", "languages", "decades", "encodings"] as const;

function addCounts(to: Counts, more: Counts): void {
  for (const [key, count] of Object.entries(more)) to[key] = (to[key] ?? 0) + count;
}
