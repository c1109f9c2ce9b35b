/** Rows as the commands on duplicates show them. */

import type { JobConfig } from "../config/job/job-config.js";
import type { ShownRow } from "../report/pair-text.js";
import type { Store } from "../store/port.js";

/** Reads rows with what is not empty in them; null for one that is gone. */
export function rowShower(
  { rows }: Pick<Store, "rows">,
  { fields }: Pick<JobConfig, "fields">,
): (recordId: number) => ShownRow | null {
  return (recordId) => {
    const row = rows.read(recordId);
    if (row === null) return null;
    const named = fields.map(({ name }, at): [string, string] => [name, row.values[at]]);
    const values = Object.fromEntries(named.filter(([, value]) => value !== ""));
    return { recordId, foreignSource: row.foreignSource, foreignId: row.foreignId, values };
  };
}
