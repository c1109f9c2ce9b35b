/** What a sweep found: for the terminal, and for machines. */

import { printable } from "../diagnostics/format.js";
import { rowObject, rowText, type ShownRow } from "./pair-text.js";
import { grouped } from "./summary.js";

/** The version of the keys below. */
const SWEEP_SCHEMA_VERSION = 1;

/** Rows that are all the same, as they are shown. */
interface ShownCluster {
  readonly keep: ShownRow;
  readonly others: readonly { readonly row: ShownRow; readonly proposal: string }[];
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
export function clusterText({ keep, others, pairs }: ShownCluster): string {
  return [
    `same: ${[keep, ...others.map(({ row }) => row)].map(({ recordId }) => recordId).join(", ")}`,
    `${rowText(keep)}: stays`,
    ...others.map(({ row, proposal }) => `${rowText(row)}: ${words(proposal, keep)}`),
    ...pairs.map(
      ({ recordId, otherRecordId, grounds }) =>
        `  ${recordId} and ${otherRecordId}: ${printable(grounds)}`,
    ),
  ].join("\n");
}

function words(proposal: string, { recordId }: ShownRow): string {
  if (proposal === "merge") return `the policy would merge it into ${recordId}`;
  return proposal === "remove" ? "the policy would not have both" : "stays, as the policy has it";
}

export function clusterObject({ keep, others, pairs }: ShownCluster): Record<string, unknown> {
  return {
    schema_version: SWEEP_SCHEMA_VERSION,
    kind: "same",
    keep: rowObject(keep),
    others: others.map(({ row, proposal }) => ({ proposal, ...rowObject(row) })),
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
