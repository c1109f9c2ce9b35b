/** What forbids that two records are the same, whatever a match method found. */

import type { RecordKind } from "../fields/record-description.js";
import { compareParts } from "./evidence/compare-rest.js";

export const VETOES = ["form", "type", "level", "part"] as const;
export type Veto = (typeof VETOES)[number];

/** The first of `among` that forbids it, in the order in which they are cheap to ask; null if none does. Symmetric. */
export function vetoOf(a: RecordKind, b: RecordKind, among: readonly Veto[] = VETOES): Veto | null {
  if (among.includes("type") && a.type !== "" && b.type !== "" && a.type !== b.type) return "type";
  if (among.includes("level") && levelsDiffer(a.level, b.level)) return "level";
  if (among.includes("form") && formsDiffer(a, b)) return "form";
  return among.includes("part") && compareParts(a, b) === "other" ? "part" : null;
}

function levelsDiffer(a: string, b: string): boolean {
  return (a === "m" && b === "s") || (a === "s" && b === "m");
}

/** Only what is certain of both forbids: a record that contradicts itself tells nothing. */
function formsDiffer(a: RecordKind, b: RecordKind): boolean {
  return (
    a.form !== "" &&
    b.form !== "" &&
    a.form !== b.form &&
    a.formClear &&
    b.formClear &&
    !bothElectronic(a, b)
  );
}

const ELECTRONIC = ["electronic", "online", "disk"];

/** What is only known to be electronic may be online or on a disk. */
export function bothElectronic(a: RecordKind, b: RecordKind): boolean {
  return (
    (a.form === "electronic" || b.form === "electronic") &&
    ELECTRONIC.includes(a.form) &&
    ELECTRONIC.includes(b.form)
  );
}
