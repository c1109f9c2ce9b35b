/** The log lines of a sweep that does something. */

import type { SweptGroup, SweptMember } from "../deciding/swept-groups.js";
import { printable } from "../diagnostics/format.js";
import type { RunLog } from "../report/run-log.js";
import type { RowIdentity } from "../store/model/possible-pair.js";
import type { Store } from "../store/port.js";

export class SweepLines {
  constructor(
    private readonly log: RunLog,
    private readonly store: Store,
  ) {}

  /** A row that goes, as it reads before. */
  gone(member: SweptMember, identity: RowIdentity): void {
    const { recordId, proposal, into, pair, cell } = member;
    if (!this.log.writes("info")) return;
    const what = proposal === "merge" ? "merged" : "deleted";
    const where = proposal === "merge" ? `into record_id=${into}` : `for record_id=${into}`;
    const grounds = pair?.grounds ?? "";
    const text = `${what} ${this.rowText(identity)} ${where}: ${grounds} [${cell}]`;
    const { foreignSource, foreignId } = identity;
    const fields = { recordId, into, foreignSource, foreignId, grounds, cell };
    this.log.add("info", printable(text), { event: "swept", outcome: what, ...fields });
  }

  /** Rows that stay although they are the same as another one. */
  group({ keep, others }: SweptGroup): void {
    if (!this.log.writes("record")) return;
    for (const { recordId, into, why } of others) {
      if (into !== null) continue;
      const text = `record_id=${recordId} stays beside record_id=${keep}: ${why}`;
      this.log.add("record", printable(text), { event: "stays", recordId, keep, why });
    }
  }

  private rowText({ recordId, foreignSource, foreignId }: RowIdentity): string {
    const id = foreignId === "" ? "" : ` ${foreignSource} ${foreignId}`;
    return `record_id=${recordId}${id} "${this.store.keys.row(recordId as number)?.title ?? ""}"`;
  }
}
