/**
 * A nightly job over a real file, in which everything happens that can happen to a record: rows of a
 * lower source with the same titles, earlier rows of its own, deletions, damaged records.
 */

import { resolve } from "node:path";
import { cutByLength } from "../../test/support/marc-builder.js";
import { RunFolder } from "../../test/support/run-harness.js";
import { corpus, corpusPath } from "./corpora.js";

const ROOT = resolve(import.meta.dirname, "../..");

/** The largest of the real files: 7,633 records, undamaged. */
export const LARGE_FILE = "gpo-geographic/MTU_match_records.mrc";
export const LARGE_PATH = corpusPath(LARGE_FILE);

export interface JobSettings {
  readonly source: string;
  readonly policy: string;
  /** Records a transaction. */
  readonly batchSize: number;
  readonly method?: string;
}

/** The configuration of a job, by the rules that the project comes with. */
export function jobConf({
  source,
  policy,
  batchSize,
  method = "FUZZY_TITLE",
}: JobSettings): string {
  const rules = ["title", "authors", "subjects", "publication", "identifiers", "keywords"];
  return `[Logging]
verbosity = 2
[Database]
batch_size = ${batchSize}
[Priorities]
priority_list = "catalogue,trial"
[Settings]
foreign_source = "${source}"
foreign_id_fields = "1"
max_deletes = 100000
[Duplicates]
match_method = ${method}
duplicate_policy = ${policy}
${rules.map((name) => `include "${ROOT}/etc/generic_${name}.conf"`).join("\n")}
`;
}

/** The records of an undamaged file. */
export function recordsOf(file: string): Buffer[] {
  return cutByLength(corpus(file));
}

/** The record without its subject headings, which it keeps in fields that nobody maps. */
export function earlierState(record: Buffer): Buffer {
  const changed = Buffer.from(record);
  const end = Number(changed.toString("latin1", 12, 17)) - 1;
  for (let at = 24; at < end; at += 12) {
    if (changed.toString("latin1", at, at + 3) === "650") changed.write("690", at, "latin1");
  }
  return changed;
}

/** The record as a source withdraws it. */
export function withdrawn(record: Buffer): Buffer {
  const changed = Buffer.from(record);
  changed.write("d", 5, "latin1");
  return changed;
}

/** The record as far as it came before its writing broke off. */
export function brokenOff(record: Buffer): Buffer {
  return record.subarray(0, record.length >> 1);
}

/** Every so many of the records, counted from one. */
export function each(records: readonly Buffer[], every: number, from = 0): Buffer[] {
  return records.filter((_, index) => index % every === from);
}

/**
 * Which records share their title with no other. What was merged into a row goes with it when the row
 * is withdrawn, and comes back when it is read again: only the withdrawal of such a record leaves the
 * same rows however often the file is read.
 */
async function ownTitles(records: readonly Buffer[]): Promise<ReadonlySet<number>> {
  const folder = new RunFolder(jobConf({ source: "all", policy: "KEEP_ALL", batchSize: 2000 }));
  folder.write("all.mrc", Buffer.concat(records));
  await folder.import(["all.mrc"]);
  const numbers = folder.with(
    ({ db }) =>
      db
        .prepare("SELECT min(record_id) FROM match_keys GROUP BY match_key HAVING count(*) = 1")
        .pluck()
        .all() as number[],
  );
  folder.remove();
  return new Set(numbers.map((number) => number - 1));
}

/**
 * Fills a folder with an import of the file as it stands into a database that holds its first record.
 *
 * @returns the name of its input
 */
export async function prepareFile(folder: RunFolder): Promise<readonly string[]> {
  const job = { source: "catalogue", policy: "KEEP_HIGHER", batchSize: 50 };
  folder.write("job.conf", jobConf(job));
  folder.write("one.mrc", recordsOf(LARGE_FILE)[0]);
  await folder.import(["one.mrc"]);
  folder.write("all.mrc", corpus(LARGE_FILE));
  return ["all.mrc"];
}

/**
 * Fills a folder with the job, its input and the database before it.
 *
 * @returns the names of the job's input files
 */
export async function prepareNight(folder: RunFolder, policy: string): Promise<readonly string[]> {
  const records = recordsOf(LARGE_FILE);
  const alone = await ownTitles(records);
  const quick = { policy: "KEEP_ALL", method: "NONE", batchSize: 2000 };
  folder.write("trial.conf", jobConf({ ...quick, source: "trial" }));
  folder.write("trial.mrc", Buffer.concat(each(records, 5)));
  folder.write("before.conf", jobConf({ ...quick, source: "catalogue" }));
  const before = [...each(records, 3), ...each(records, 3, 1).map(earlierState)];
  folder.write("before.mrc", Buffer.concat(before));
  await folder.import(["trial.mrc"], {}, {}, "trial.conf");
  await folder.import(["before.mrc"], {}, {}, "before.conf");
  folder.write("job.conf", jobConf({ source: "catalogue", policy, batchSize: 50 }));
  const night = records.map((record, index) => {
    if (index % 40 === 7) return brokenOff(record);
    return index % 31 === 11 && alone.has(index) ? withdrawn(record) : record;
  });
  const half = night.length >> 1;
  folder.write("first.mrc", Buffer.concat(night.slice(0, half)));
  folder.write("second.mrc", Buffer.concat(night.slice(half)));
  return ["first.mrc", "second.mrc"];
}
