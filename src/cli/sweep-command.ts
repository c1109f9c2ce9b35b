/** `MARC_import sweep CONFIG`: the whole table compared with itself, and what the policy proposes done. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { Sweep } from "../deciding/sweep.js";
import type { SweptGroup } from "../deciding/swept-groups.js";
import type { SweptPair } from "../deciding/swept-pairs.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { pairObject, pairText } from "../report/pair-text.js";
import { summaryText } from "../report/summary.js";
import { groupObject, groupText, sweepObject, sweepText } from "../report/sweep-text.js";
import { applySweep } from "../running/apply-sweep.js";
import { notBegun } from "../running/not-begun.js";
import { openToLook } from "../store/open.js";
import type { Store } from "../store/port.js";
import type { Console } from "./console.js";
import { reportFailure } from "./failures.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { filesInUse } from "./output-file.js";
import { type OutputFlags, outputPaths, writeOutputs } from "./run-outputs.js";
import { rowShower } from "./shown-rows.js";
import { watchSignals } from "./signals.js";

export interface SweepFlags extends ConfigFlags, OutputFlags {
  readonly json?: boolean;
  readonly apply?: boolean;
  readonly dryRun?: boolean;
  readonly wait: number;
  readonly quiet?: boolean;
}

/** Prints rows that are the same and pairs that may be, or does what the policy proposes with them. */
export async function sweepTable(
  configPath: string,
  flags: SweepFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  if (flags.apply) return apply(config, flags, to);
  refuseWithoutApply(flags);
  // Keys that the database does not keep are made on a copy.
  const view = await openToLook({ ...config, matchMethods: ["DESCRIPTION"] }, false);
  try {
    const sweep = new Sweep(config, view.store);
    const printer = new SweepPrinter(config, view.store, { json: flags.json ?? false, to });
    for (const pairs of sweep.possible()) printer.possible(pairs);
    for (const group of sweep.groups()) printer.group(group);
    to.out(flags.json ? JSON.stringify(sweepObject(sweep.totals)) : sweepText(sweep.totals));
    return EXIT.done;
  } finally {
    view.close();
  }
}

function refuseWithoutApply(flags: SweepFlags): void {
  const given = [
    flags.dryRun && "--dry-run",
    flags.summary !== undefined && "--summary",
    flags.report !== undefined && "--report",
  ].find((name) => typeof name === "string");
  if (given === undefined) return;
  throw new Failure(
    "usage",
    `${given} goes with --apply: without it a sweep changes nothing`,
    `Give --apply, too, or leave ${given} out.`,
  );
}

async function apply(config: MarcConfig, flags: SweepFlags, to: Console): Promise<number> {
  const dryRun = flags.dryRun ?? false;
  const outputs = outputPaths(flags, to, filesInUse(config));
  const signals = watchSignals();
  const shown = !flags.quiet && to.errorIsTerminal;
  const printed = { json: flags.json ?? false, to };
  try {
    const result = await applySweep({
      config,
      dryRun,
      wait: flags.wait,
      hooks: { stopSignal: signals.received },
      // What is really done is told by the log.
      ...(dryRun ? { show: (store) => new SweepPrinter(config, store, printed) } : {}),
    }).catch(async (error) => {
      const left = await notBegun(config, error, { command: "sweep", dryRun });
      if (left)
        await writeOutputs(outputs, left, { config, to }).catch((e) => reportFailure(e, to));
      throw error;
    });
    const { summary, failure } = result;
    if (shown) to.error(summaryText(summary));
    if (failure) to.error(`MARC_import: ${printable(failure.message)}.\n  ${failure.advice}`);
    await writeOutputs(outputs, result, { config, to });
    return summary.exitStatus;
  } finally {
    signals.stop();
  }
}

/** Prints what a sweep finds, as it stands in the table. */
class SweepPrinter {
  private readonly shown: ReturnType<typeof rowShower>;

  constructor(
    config: MarcConfig,
    store: Store,
    private readonly how: { readonly json: boolean; readonly to: Console },
  ) {
    this.shown = rowShower(store, config);
  }

  possible(pairs: readonly SweptPair[]): void {
    const { json, to } = this.how;
    for (const pair of pairs) {
      const [one, other] = [this.shown(pair.recordId), this.shown(pair.otherRecordId)];
      if (one === null || other === null) continue;
      const told = { ...pair, rows: [one, other] as const };
      to.out(json ? JSON.stringify(pairObject(told)) : `possible: ${pairText(told)}\n`);
    }
  }

  group({ keep: kept, others: members, pairs }: SweptGroup): void {
    const { json, to } = this.how;
    const keep = this.shown(kept);
    if (keep === null) return;
    const others = members.flatMap((member) => {
      const row = this.shown(member.recordId);
      return row === null ? [] : [{ ...member, row }];
    });
    const told = { keep, others, pairs };
    to.out(json ? JSON.stringify(groupObject(told)) : `${groupText(told)}\n`);
  }
}
