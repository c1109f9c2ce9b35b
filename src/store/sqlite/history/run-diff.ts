/** What a run changed, field by field, whatever happened to the rows since. */

import type { Database } from "better-sqlite3";
import type { Change } from "../../model/change.js";
import { goBack, sourcesOf } from "../../model/earlier-row.js";
import type { MergedSource } from "../../model/merged-source.js";
import type { FieldDiff, RowDiff } from "../../model/row-diff.js";
import { digestText } from "../../model/written.js";
import type { MergedSources } from "../rows/merged-sources.js";
import type { Rows } from "../rows/rows.js";
import { ChangesSince } from "./changes-since.js";

interface DiffParts {
  readonly db: Database;
  readonly rows: Rows;
  readonly merged: MergedSources;
}

/** A row between two changes; `image` is null where there is none. */
interface Moment {
  readonly image: Readonly<Record<string, unknown>> | null;
  readonly sources: readonly MergedSource[];
}

/** Changes that the run made to a row one after the other. */
interface Stretch {
  readonly before: Moment;
  readonly after: Moment;
  readonly changes: readonly Change[];
}

/** Bookkeeping that says nothing of the resource. */
const UNTOLD = new Set(["record_id", "date_created", "date_modified"]);

/**
 * The rows that a run changed, by record_id; a row that it left as it had been is not among them.
 * Call inside a transaction, and drain it there.
 */
export function* diffRun(parts: DiffParts, runId: number): Generator<RowDiff> {
  const since = ChangesSince.sort(parts.db, runId);
  for (const recordId of since.records()) {
    const diff = rowDiff(parts, runId, { recordId, changes: since.of(recordId) });
    if (diff.fields.length + diff.merged.length + diff.withdrawn.length > 0) yield diff;
  }
}

function rowDiff(
  { rows, merged }: DiffParts,
  runId: number,
  { recordId, changes }: { recordId: number; changes: readonly Change[] },
): RowDiff {
  const now: Moment = { image: rows.image(recordId), sources: merged.ofRecord(recordId) };
  const stretches = stretchesOf(runId, now, changes);
  const fields = allFields(stretches);
  // Of a row that somebody else has deleted it is not known any more what the run wrote.
  const isGone = now.image === null && changes.at(-1)?.action !== "deleted";
  const { before } = stretches[0];
  const { after } = stretches[stretches.length - 1];
  const { foreign_source: source, foreign_id: id, title } = { ...before.image, ...after.image };
  return {
    recordId,
    actions: changes.filter((change) => change.runId === runId).map(({ action }) => action),
    foreignSource: String(source ?? ""),
    foreignId: String(id ?? ""),
    title: String(title ?? ""),
    fields: isGone ? fields.map((diff) => ({ ...diff, edited: true })) : fields,
    ...mergedAndWithdrawn(stretches),
  };
}

/** What the run did without any other coming between, first to last: one, unless it was resumed. */
function stretchesOf(runId: number, now: Moment, changes: readonly Change[]): Stretch[] {
  const stretches: Stretch[] = [];
  let after = now;
  let end = changes.length;
  while (end > 0) {
    const isOurs = changes[end - 1].runId === runId;
    const start = changes.findLastIndex((c, i) => i < end && (c.runId === runId) !== isOurs) + 1;
    // What others did before the run first changed the row is none of its doing.
    if (!isOurs && start === 0) break;
    const between = changes.slice(start, end);
    const before = momentBefore(after, between);
    if (isOurs) stretches.unshift({ before, after, changes: between });
    after = before;
    end = start;
  }
  return stretches;
}

function allFields(stretches: readonly Stretch[]): FieldDiff[] {
  const fields = new Map<string, FieldDiff>();
  for (const stretch of stretches) {
    for (const diff of fieldDiffs(stretch)) {
      const earlier = fields.get(diff.field) ?? diff;
      fields.set(diff.field, { ...diff, before: earlier.before });
    }
  }
  return [...fields.values()].filter(({ before, after }) => (before ?? "") !== (after ?? ""));
}

function mergedAndWithdrawn(stretches: readonly Stretch[]): Pick<RowDiff, "merged" | "withdrawn"> {
  const merged = new Set<string>();
  const withdrawn = new Set<string>();
  for (const { before, after } of stretches) {
    for (const name of sourcesOnlyIn(after, before)) {
      if (!withdrawn.delete(name)) merged.add(name);
    }
    for (const name of sourcesOnlyIn(before, after)) {
      if (!merged.delete(name)) withdrawn.add(name);
    }
  }
  return { merged: [...merged], withdrawn: [...withdrawn] };
}

function momentBefore(moment: Moment, changes: readonly Change[]): Moment {
  const earlier = goBack(changes.toReversed());
  const { exists, whole, row } = earlier;
  if (!exists) return { image: null, sources: [] };
  const sources = sourcesOf(earlier, moment.sources);
  if (whole) return { image: row, sources };
  // Of a row that somebody else deleted, no more is known than what was changed before.
  const nothing = moment.image === null && Object.keys(row).length === 0;
  return { image: nothing ? null : { ...moment.image, ...row }, sources };
}

function fieldDiffs({ before, after, changes }: Stretch): FieldDiff[] {
  const names = Object.keys({ ...before.image, ...after.image });
  return names.flatMap((field) => {
    if (UNTOLD.has(field)) return [];
    const one = valueIn(before, field);
    const other = valueIn(after, field);
    if ((one ?? "") === (other ?? "")) return [];
    return [{ field, before: one, after: other, edited: isEdited(field, other, changes) }];
  });
}

function valueIn({ image }: Moment, field: string): string | null {
  return image === null || image[field] === undefined ? null : String(image[field]);
}

/** Whether a field does not read any more what the run wrote, although no later run changed it. */
function isEdited(field: string, after: string | null, changes: readonly Change[]): boolean {
  const last = changes.findLast(({ before }) => before?.after?.[field] !== undefined);
  const written = last?.before?.after?.[field];
  return written !== undefined && after !== null && written !== digestText(after);
}

function sourcesOnlyIn(here: Moment, there: Moment): string[] {
  const names = (moment: Moment) =>
    moment.sources.map((s) => `${s.foreignSource} ${s.foreignId}`.trim());
  const others = new Set(names(there));
  return names(here).filter((name) => !others.has(name));
}
