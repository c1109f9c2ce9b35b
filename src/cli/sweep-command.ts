/** `MARC_import sweep CONFIG`: the whole table compared with itself. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT } from "../diagnostics/failure.js";
import { Sweep, type SweptCluster } from "../looking/sweep.js";
import { pairObject, pairText, type ShownRow } from "../report/pair-text.js";
import { clusterObject, clusterText, sweepObject, sweepText } from "../report/sweep-text.js";
import { openToLook } from "../store/open.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { rowShower } from "./shown-rows.js";

export interface SweepFlags extends ConfigFlags {
  readonly json?: boolean;
}

/** Prints rows that are the same and pairs that may be; changes nothing. */
export async function sweepTable(
  configPath: string,
  flags: SweepFlags,
  to: Console,
): Promise<number> {
  const stated = loadConfiguration(configPath, flags, to);
  // Keys that the database does not keep are made on a copy.
  const config: MarcConfig = { ...stated, matchMethods: ["DESCRIPTION"] };
  const view = await openToLook(config, false);
  try {
    const sweep = new Sweep(config, view.store);
    const shown = rowShower(view.store, config);
    for (const pair of sweep.possible()) {
      const [one, other] = [shown(pair.recordId), shown(pair.otherRecordId)];
      if (one === null || other === null) continue;
      const told = { ...pair, rows: [one, other] as const };
      to.out(flags.json ? JSON.stringify(pairObject(told)) : `possible: ${pairText(told)}\n`);
    }
    for (const cluster of sweep.clusters()) {
      const told = shownCluster(cluster, shown);
      if (told === null) continue;
      to.out(flags.json ? JSON.stringify(clusterObject(told)) : `${clusterText(told)}\n`);
    }
    to.out(flags.json ? JSON.stringify(sweepObject(sweep.totals)) : sweepText(sweep.totals));
    return EXIT.done;
  } finally {
    view.close();
  }
}

function shownCluster(cluster: SweptCluster, shown: (recordId: number) => ShownRow | null) {
  const keep = shown(cluster.keep);
  if (keep === null) return null;
  const others = cluster.others.flatMap(({ recordId, proposal }) => {
    const row = shown(recordId);
    return row === null ? [] : [{ row, proposal }];
  });
  return { keep, others, pairs: cluster.pairs };
}
