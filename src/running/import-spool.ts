/** The second half of a night: what was fetched whole is imported as one run. */

import { rulesDigest } from "../config/job/digest.js";
import type { RunOptions } from "../config/job/run-options.js";
import { localLists } from "../harvest/list-feed.js";
import { asksForAll, RETRIES } from "../harvest/manifest.js";
import { isAscending, NewestStamps } from "../harvest/newest-stamps.js";
import { removeSpool, type Spool } from "../harvest/spool.js";
import { SpoolInput } from "../harvest/spool-input.js";
import { harvestEnd } from "./harvest-end.js";
import type { Known } from "./known-harvests.js";
import type { Night } from "./night.js";
import { type RunResult, runImport } from "./run-import.js";

/** @param spool in which all is fetched */
export async function importSpool(spool: Spool, known: Known, night: Night): Promise<RunResult> {
  const { repository, hooks } = night;
  const inputs = inputsOf(spool, night);
  const end = harvestEnd({
    repository,
    spool,
    before: known.positions,
    moves: spool.plan.movesPosition && night.options.run.limit === null,
    now: night.now,
  });
  if (end.jumpedBack !== null) night.finding("M810", end.jumpedBack);
  await night.flushLog();
  const run = await runImport({
    config: repository,
    command: "harvest",
    inputs: async () => inputs,
    options: runOptions(spool, known, night),
    atEnd: end.write,
    ...(known.runs.has(spool.name) ? {} : { name: spool.name }),
    hooks,
  });
  const isKept = run.failure === null && !night.options.run.dryRun;
  night.notes.imported(spool, isKept ? end.position : null);
  if (isKept) {
    hooks.step?.("imported");
    spool.note({ kind: "imported", run: run.summary.run });
    if (repository.harvest.keepPagesMs === 0) removeSpool(spool.folder);
  }
  return run;
}

/** The lists of a spool, what was asked for again first. */
function inputsOf(spool: Spool, { repository, request }: Night): SpoolInput[] {
  const { state, plan } = spool;
  const feed = request.lists ?? localLists();
  const hasRetries = state.totals(RETRIES).records > 0;
  const sets = [...(hasRetries ? [RETRIES] : []), ...plan.sets];
  const lists = sets.map((set) => ({ path: spool.path(set), pages: state.pages(set) }));
  const records = sets.reduce((sum, set) => sum + state.totals(set).records, 0);
  const isOrdered = isAscending(lists.flatMap(({ pages }) => pages));
  const stamps = isOrdered ? null : NewestStamps.of(lists, records).shared;
  return sets.map((set, number) => {
    const notes = [...new Set(state.windows(set).flatMap((window) => window.notes))];
    return new SpoolInput({ list: { ...lists[number], repository, number, stamps }, feed, notes });
  });
}

/** A run that was made of the same spool by the same rules is resumed. */
function runOptions({ plan, name }: Spool, known: Known, night: Night): RunOptions {
  const { repository } = night;
  const { run } = night.options;
  const { from, until } = plan.asked;
  const isWhole = from === null && until === null && asksForAll(plan);
  const fullLoad = isWhole && (run.fullLoad || repository.harvest.deleteAbsent);
  const earlier = known.runs.get(name);
  const resume =
    !run.dryRun &&
    earlier !== undefined &&
    earlier.fullLoad !== null &&
    earlier.rulesDigest === rulesDigest(repository) &&
    (!fullLoad || earlier.fullLoad);
  return { ...run, resume, fullLoad, again: true };
}
