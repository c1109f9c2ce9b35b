/** Jobs in which everything happens that can happen to a record: the prey of the fault tests. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { SqliteDatabase } from "../../src/store/sqlite/file/engine.js";
import { iso } from "../support/marc-builder.js";
import type { RunFolder } from "../support/run-harness.js";

/** What a job's configuration states beside its rules. */
export interface JobSettings {
  readonly source: string;
  readonly policy: string;
  readonly settings?: string;
  readonly database?: string;
  readonly verbosity?: number;
}

export function confOf({ source, policy, settings, database, verbosity }: JobSettings): string {
  return `[Logging]
verbosity = ${verbosity ?? 0}
[Database]
batch_size = 3
${database ?? ""}
[Priorities]
priority_list = "test,low"
[Settings]
foreign_source = "${source}"
max_deletes = 1000
${settings ?? ""}
[Duplicates]
match_method = EXACT_TITLE
duplicate_policy = ${policy}
[title]
main = "245 * * a"
[subjects]
all = "650 * * a"
[publisher]
all = "260 * * b"
`;
}

export interface RecordText {
  readonly id: string;
  readonly title: string;
  readonly subject?: string;
  readonly publisher?: string;
  readonly deleted?: boolean;
}

export function marc({ id, title, subject, publisher, deleted }: RecordText): Buffer {
  return iso({
    leader: deleted ? "00000dam a2200000 a 4500" : "00000nam a2200000 a 4500",
    fields: [
      ["001", id],
      ["245", "10", `a${title}`],
      ...(publisher ? [["260", "  ", `b${publisher}`] as const] : []),
      ...(subject ? [["650", " 0", `a${subject}`] as const] : []),
    ],
  });
}

/** Bytes that are no record, but end like one. */
export function damaged(number: number): Buffer {
  return Buffer.from(`00090nam a22000xx  no directory here ${number}\x1e\x1d`, "latin1");
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** The database before: rows of a lower source, some of the same titles, and earlier own rows. */
export function earlier(): { low: Buffer; own: Buffer } {
  const low = range(0, 8).map((i) =>
    marc({ id: `low${i}`, title: `Shared ${i}`, publisher: `House ${i}`, subject: "Low" }),
  );
  const own = range(0, 14).map((i) => marc({ id: `own${i}`, title: `Own ${i}`, subject: "Old" }));
  const merging = marc({ id: "own14", title: "Shared 6", subject: "Passing" });
  return { low: Buffer.concat(low), own: Buffer.concat([...own, merging]) };
}

/** Two files that create, update, leave unchanged, meet duplicates, delete, repeat, and are damaged. */
export function incoming(isDamaged = true): { first: Buffer; second: Buffer } {
  const bad = (number: number) => (isDamaged ? [damaged(number)] : []);
  const first = [
    ...range(0, 4).map((i) => marc({ id: `new${i}`, title: `New ${i}`, subject: "Fresh" })),
    ...bad(1),
    ...range(0, 5).map((i) => marc({ id: `own${i}`, title: `Own ${i}`, subject: "Newer" })),
    ...range(0, 5).map((i) => marc({ id: `dup${i}`, title: `Shared ${i}`, subject: "Added" })),
    ...bad(2),
    marc({ id: "own5", title: "", deleted: true }),
    marc({ id: "own6", title: "", deleted: true }),
    marc({ id: "nobody", title: "", deleted: true }),
  ];
  const second = [
    ...range(7, 10).map((i) => marc({ id: `own${i}`, title: `Own ${i}`, subject: "Old" })),
    ...bad(3),
    ...range(5, 8).map((i) => marc({ id: `dup${i}`, title: `Shared ${i}`, subject: "Added" })),
    marc({ id: "dup0", title: "Shared 0", subject: "Corrected" }),
    marc({ id: "own10", title: "", deleted: true }),
    ...range(4, 8).map((i) => marc({ id: `new${i}`, title: `New ${i}`, publisher: "Press" })),
    ...bad(4),
  ];
  return { first: Buffer.concat(first), second: Buffer.concat(second) };
}

/** The configuration of the lower source, beside the job's own `job.conf`. */
export const LOW: JobSettings = { source: "low", policy: "KEEP_ALL" };

/** Fills a folder with inputs and with the database before. */
export async function prepare(folder: RunFolder, isDamaged = true): Promise<void> {
  const { low, own } = earlier();
  const { first, second } = incoming(isDamaged);
  folder.write("low.conf", confOf(LOW));
  folder.write("low.mrc", low);
  folder.write("own.mrc", own);
  folder.write("first.mrc", first);
  folder.write("second.mrc", second);
  await folder.import(["low.mrc"], {}, {}, "low.conf");
  await folder.import(["own.mrc"]);
}

export const FILES = ["first.mrc", "second.mrc"] as const;

/** How many of the long records are more than the first look at a pipe takes. */
export const LOOK = 150;

/** Records of nine kilobytes, numbered from `from` to `to` (exclusive). */
export function longRecords(from: number, to: number): Buffer {
  const records = Array.from({ length: to - from }, (_, index) =>
    marc({
      id: `id${from + index}`,
      title: `Title ${from + index}`,
      publisher: "x".repeat(9000),
    }),
  );
  return Buffer.concat(records);
}

/** Committed rows as another program sees them; 0 as long as nobody works on the database. */
export function committedRows({ path }: RunFolder): number {
  const database = join(path, "ivia.sqlite");
  if (!existsSync(`${database}-wal`)) return 0;
  const db = new SqliteDatabase(database, { readonly: true });
  try {
    return db.prepare("SELECT count(*) FROM record_info").pluck().get() as number;
  } catch {
    return 0; // The tables are being made.
  } finally {
    db.close();
  }
}
