/** `MARC_import export CONFIG --format csv|tsv|jsonl|marc|marcxml`: rows of the catalogue. */

import { EXIT } from "../diagnostics/failure.js";
import {
  type CountedRows,
  exportedRecords,
  type LeftOut,
  nothingLeftOut,
} from "../making/export-marc.js";
import { exportedRows } from "../making/export-rows.js";
import type { TableFormat } from "../output/table-text.js";
import { findRun, LAST, mustHaveChanges, otherLaterRuns } from "../running/find-run.js";
import { openToRead } from "../store/open.js";
import type { RunRegister } from "../store/reading-port.js";
import type { Console } from "./console.js";
import { writePieces } from "./export-target.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { filesInUse } from "./output-file.js";

export interface CatalogueFlags extends ConfigFlags {
  readonly format: TableFormat | "marc" | "marcxml";
  readonly output?: string;
  readonly run?: string;
  readonly where?: string;
  /** Names with commas between them. */
  readonly columns?: string;
  readonly join?: string;
}

/** Writes the rows that are asked for; nothing of the database is changed. */
export async function exportCatalogue(
  configPath: string,
  flags: CatalogueFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  const view = await openToRead(config);
  const { store } = view;
  try {
    const { format, output, where = null } = flags;
    const runId = flags.run === undefined ? null : runOf(store.runs, flags.run, config, to);
    if (format === "marc" || format === "marcxml") {
      const leftOut = nothingLeftOut();
      const kept = [...filesInUse(config), ...store.runs.inputs()];
      const records = exportedRecords(store, { config, format, runId, where }, leftOut);
      const isWhole = await writePieces(records, { output, kept }, to);
      return isWhole && tellLeftOut(leftOut, to) ? EXIT.rejects : EXIT.done;
    }
    const { columns, join = null } = flags;
    const rows = exportedRows(store, {
      ...{ format, runId, where, join, fields: config.fields },
      columns: columns?.split(",").map((name) => name.trim()) ?? null,
    });
    await writePieces(rows, { output, kept: filesInUse(config) }, to);
    return EXIT.done;
  } finally {
    view.close();
  }
}

function runOf(
  runs: RunRegister,
  name: string,
  { settings: { foreignSource } }: ReturnType<typeof loadConfiguration>,
  to: Console,
): number {
  const run = findRun(runs, name, foreignSource);
  mustHaveChanges(run);
  const others = name === LAST ? otherLaterRuns(runs, run) : null;
  // Standard output may be the export.
  if (others !== null) to.error(others);
  return run.runId;
}

/** @returns whether anything was left out */
function tellLeftOut({ unsourced, tooLong }: LeftOut, to: Console): boolean {
  tell(unsourced, "have no record of MARC behind them, as those made by hand", to);
  tell(tooLong, "are longer than ISO 2709 can say (M901); --format marcxml has room for them", to);
  return unsourced.count + tooLong.count > 0;
}

function tell({ count, first }: CountedRows, why: string, to: Console): void {
  if (count === 0) return;
  const more = count > first.length ? ", …" : "";
  to.error(
    `MARC_import: ${count} ${count === 1 ? "row is" : "rows are"} left out, which ${why}: record_id ${first.join(", ")}${more}`,
  );
}
