/** What earlier nights have left on the disk: the spool to go on with, and those whose time has come. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../diagnostics/failure.js";
import type { PageLine } from "../harvest/manifest.js";
import { DAY_MS, readDate } from "../harvest/oai-dates.js";
import { lookIntoSpool, removeSpool, Spool, spoolsIn } from "../harvest/spool.js";
import { isPlanOf } from "./harvest-plan.js";
import type { Known } from "./known-harvests.js";
import { type Night, SAFE_FETCHED } from "./night.js";

/** The spool that an earlier night has left, if it is of this harvest; all others go when their time has come. */
export function leftSpool(night: Night, known: Known): Spool | null {
  let left: Spool | null = null;
  for (const folder of spoolsIn(night.folder).reverse()) {
    // One that was imported is kept to be looked at: its pages are not read night after night.
    if ((lookIntoSpool(folder)?.state.imported ?? null) !== null) {
      if (isOld(folder, night)) remove(folder, night);
      continue;
    }
    const spool = Spool.open(folder, night.hooks.step);
    if (spool === null) {
      removeSpool(folder);
      continue;
    }
    if (known.runs.get(spool.name)?.isDone && spool.state.imported === null)
      spool.note({ kind: "imported", run: spool.name });
    const isOpen = spool.state.imported === null;
    if (left === null && isOpen && isOfNow(spool, known, night)) {
      left = spool;
      continue;
    }
    spool.close();
    if (isOpen || isOld(folder, night)) remove(folder, night);
  }
  return left;
}

function remove(folder: string, night: Night): void {
  night.say(`removed ${folder}`);
  removeSpool(folder);
}

function isOfNow(spool: Spool, { positions }: Known, night: Night): boolean {
  return !night.options.restart && isPlanOf(night, spool, positions);
}

function isOld(folder: string, { now, repository }: Night): boolean {
  const { mtimeMs } = statSync(join(folder, "manifest.jsonl"));
  return now - mtimeMs >= repository.harvest.keepPagesMs;
}

/** @throws Failure where the repository has asked not to come back yet */
export function refuseTooEarly({ state }: Spool, { now, repository }: Night): void {
  const until = readDate(state.deferredUntil ?? "");
  if (until === null || until <= now) return;
  throw new Failure(
    "repository",
    `${repository.name}: the repository asked not to come back before ${state.deferredUntil}`,
    "The next run after that time goes on; --restart asks at once, from the beginning.",
    { safe: SAFE_FETCHED },
  );
}

/**
 * Tokens of another day are dead: their windows begin anew. So do those whose last page is there without a word
 * that they are whole: their process ended between the two.
 */
export function goOn(spool: Spool, night: Night): void {
  const { plan, state } = spool;
  for (const set of plan.sets) {
    for (const { whole, pages, window } of state.windows(set)) {
      const last = pages.at(-1);
      if (whole || last === undefined) continue;
      if (last.token !== "" && !isLate(last, night.now)) continue;
      spool.note({ kind: "anew", set, window: window.number, late: true });
    }
  }
  const pages = plan.sets.reduce((sum, set) => sum + state.totals(set).pages, 0);
  night.say(`going on with the harvest of ${plan.startedAt}: ${pages} pages are there`);
}

function isLate(last: PageLine, now: number): boolean {
  const expires = readDate(last.expires);
  const given = readDate(last.responseDate) ?? 0;
  return now - given > DAY_MS || (expires !== null && expires < now);
}
