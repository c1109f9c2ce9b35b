/** What `want` and `serve` share: what is to be said before anything is asked, and the limit on a pattern. */

import type { AskedConfig } from "../config/job/want.js";
import { formatLocation } from "../config/language/problems.js";
import { Failure } from "../diagnostics/failure.js";
import { isTimeout, withTimeLimit } from "../reading/runaway.js";
import { nameOf } from "../store/model/lookup-key.js";
import type { LookupView } from "../store/port.js";
import type { Working } from "../wanting/answer.js";
import { askedBy } from "../wanting/editions.js";

/** Milliseconds in which `need_second` must have come to its end. */
const PATIENCE = 5000;

/** Sources that are named and were never imported, and what would make look-ups fast. */
export function lookupRemarks(config: AskedConfig, { lookup, sources }: LookupView): string[] {
  const { want } = config;
  const named = [
    ...want.heldSources,
    ...want.donationSources,
    ...want.partnerSources,
    ...want.ignoredSources,
  ];
  const remarks = named
    .filter((name) => !sources.has(name))
    .map((name) => `[Want] names the source ${name}, which no run has imported yet`);
  const unkept = lookup.unkept(askedBy(want));
  const methods = unkept.flatMap((by) => ("method" in by ? [by.method] : []));
  if (methods.length > 0) {
    const all = askedBy(want).flatMap((by) => ("method" in by ? [by.method] : []));
    remarks.push(
      `every row is read for this, since no keys are kept of ${methods.join(", ")}; keep_keys = "${all.join(",")}" in [Database] makes it fast from the next import on`,
    );
  }
  const fields = unkept.flatMap((by) => ("field" in by ? [nameOf(by)] : []));
  if (fields.length > 0) {
    remarks.push(`every row is read for this, since no keys are kept of the ${fields.join(", ")}`);
  }
  return remarks;
}

/** Does work that may try the pattern of `need_second`, and ends it where that takes too long. */
export function needSecondLimit(
  config: AskedConfig,
  working: Working,
  cwd: string,
): <T>(work: () => T) => T {
  if (config.want.needSecond === null) return (work) => work();
  const inTime = withTimeLimit(PATIENCE);
  return (work) => {
    try {
      return inTime(work);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const stated = config.effective.find(
        ({ section, key }) => section === "Want" && key === "need_second",
      );
      const place = stated?.at ? `${formatLocation(stated.at, cwd)}: ` : "";
      throw new Failure(
        "limit",
        `${place}the pattern of need_second does not come to an end on record_id ${working.recordId}`,
        "Change it so that no part of it can match the same text in many ways.",
        { cause: error },
      );
    }
  };
}
