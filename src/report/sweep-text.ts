/** What a sweep found: for the terminal, and for machines. */

import { printable } from "../diagnostics/format.js";
import { rowObject, rowText, type ShownRow } from "./pair-text.js";
import { grouped } from "./summary.js";

/** The version of the keys below. */
const SWEEP_SCHEMA_VERSION = 1;

/** A row beside the one that stays, and what the policy would do with it. */
interface ShownMember {
  readonly row: ShownRow;
  readonly proposal: "merge" | "remove" | "stay";
  /** The row that stays in its place; null for one that stays. */
  readonly into: number | null;
  /** Why it stays, half a sentence; "" for one that goes, and where others go for it. */
  readonly why: string;
}

/** Rows that are the same, by what joins them two by two, as they are shown. */
interface ShownGroup {
  readonly keep: ShownRow;
  readonly others: readonly ShownMember[];
  readonly pairs: readonly {
    readonly recordId: number;
    readonly otherRecordId: number;
    readonly points: number;
    readonly grounds: string;
  }[];
}

interface Totals {
  readonly rows: number;
  readonly possible: number;
  readonly clusters: number;
  readonly same: number;
  readonly leftOut: number;
}

/** The rows, what the policy proposes for each, and what joins them. */
export function groupText({ keep, others, pairs }: ShownGroup): string {
  return [
    `same: ${[keep, ...others.map(({ row }) => row)].map(({ recordId }) => recordId).join(", ")}`,
    `${rowText(keep)}: stays`,
    ...others.map((member) => `${rowText(member.row)}: ${printable(words(member))}`),
    ...pairs.map(
      ({ recordId, otherRecordId, grounds }) =>
        `  ${recordId} and ${otherRecordId}: ${printable(grounds)}`,
    ),
  ].join("\n");
}

function words({ proposal, into, why }: ShownMember): string {
  if (proposal === "merge") return `the policy would merge it into ${into}`;
  if (proposal === "remove") return `the policy would not have it beside ${into}`;
  return why === "" ? "stays" : `stays, ${why}`;
}

export function groupObject({ keep, others, pairs }: ShownGroup): Record<string, unknown> {
  return {
    schema_version: SWEEP_SCHEMA_VERSION,
    kind: "same",
    keep: rowObject(keep),
    others: others.map(({ row, proposal, into, why }) => {
      return { proposal, into, ...(why === "" ? {} : { why }), ...rowObject(row) };
    }),
    pairs: pairs.map(({ recordId, otherRecordId, points, grounds }) => ({
      record_ids: [recordId, otherRecordId],
      points,
      grounds,
    })),
  };
}

/** The closing line. */
export function sweepText({ rows, possible, clusters, same, leftOut }: Totals): string {
  const left =
    leftOut === 0
      ? ""
      : `; of ${grouped(leftOut)} rows a key was left out, since too many rows share it`;
  return `${grouped(rows)} rows compared: ${grouped(same)} rows in ${grouped(clusters)} ${clusters === 1 ? "group" : "groups"} are the same, ${grouped(possible)} pairs may be${left}`;
}

export function sweepObject(totals: Totals): Record<string, unknown> {
  return {
    schema_version: SWEEP_SCHEMA_VERSION,
    kind: "totals",
    rows: totals.rows,
    same_groups: totals.clusters,
    same_rows: totals.same,
    possible_pairs: totals.possible,
    rows_with_keys_left_out: totals.leftOut,
  };
}
