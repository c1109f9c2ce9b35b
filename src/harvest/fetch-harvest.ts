/**
 * Fetches what a plan asks for into its spool, list by list. Nothing of it is imported before all of it is
 * whole; whatever stops the work, it goes on from the last page that counts.
 */

import { nearestName } from "../config/language/suggest.js";
import { printable } from "../diagnostics/format.js";
import { askSmallPages, repositoryFailure } from "./ask-repository.js";
import { hasNoSets } from "./envelope.js";
import { ListFetcher } from "./fetch-list.js";
import { type FetchParts, PageFetcher } from "./fetch-page.js";
import { RETRIES, type WindowState } from "./manifest.js";
import { textsOf } from "./markup.js";
import { isOai } from "./next-step.js";
import { DAY_MS, readDate, writeDate } from "./oai-dates.js";
import { identifierIn } from "./oai-record.js";
import { digestAlone } from "./page-sink.js";
import { PagesFile } from "./pages-file.js";
import type { Spool } from "./spool.js";

/**
 * Fetches all that is not fetched yet.
 *
 * @param again identifiers of records that were rejected before
 * @throws Failure where the repository cannot be harvested, or not now; FetchStopped
 */
export async function fetchHarvest(parts: FetchParts, again: readonly string[]): Promise<void> {
  const { name, spool, events, now } = parts;
  const fetcher = new PageFetcher(parts);
  let known: ReturnType<typeof listSets> | null = null;
  for (const set of spool.plan.sets) {
    await new ListFetcher(fetcher, set).fetchList();
    const totals = spool.state.totals(set);
    if (totals.records === 0 && set !== "") {
      known ??= listSets(fetcher);
      mustBeListed(set, await known, name);
    }
    events.onList?.({ set, ...totals });
  }
  await fetchAgain(fetcher, again);
  spool.note({ kind: "fetched", position: writeDate(positionOf(spool, now()), "second") });
}

/** Asks for records one by one, as a list of their own; what the lists have brought as well is not kept twice. */
async function fetchAgain(fetcher: PageFetcher, identifiers: readonly string[]): Promise<void> {
  if (identifiers.length === 0) return;
  const { spool, settings } = fetcher.parts;
  const { metadataPrefix } = settings;
  const state = listOfRetries(spool);
  const open = identifiers.filter((identifier) => !spool.state.retried.has(identifier));
  const came = cameInLists(spool, new Set(open));
  for (const identifier of open) {
    const request = { verb: "GetRecord", identifier, metadataPrefix };
    const got = await fetcher.fetchPage({ set: RETRIES, state, request });
    const isRecord = isOai(got.envelope) && got.envelope.verb === "GetRecord";
    const listed = isRecord && came.get(identifier)?.has(got.sink.counts.digest) === true;
    if (isRecord && !listed) fetcher.keep(got);
    else spool.beginBody(RETRIES);
    const gone = got.envelope.errors.some(({ code }) => code === "idDoesNotExist");
    spool.note({ kind: "retried", identifier, gone, ...(listed ? { listed } : {}) });
  }
  if (!state.whole) spool.note({ kind: "whole", set: RETRIES, window: 1, notes: [] });
}

/** By identifier what the lists have brought of some records: the digests of such pages with them alone. */
function cameInLists(spool: Spool, wanted: ReadonlySet<string>): Map<string, Set<number>> {
  const came = new Map<string, Set<number>>();
  if (wanted.size === 0) return came;
  for (const set of spool.plan.sets) {
    const pages = new PagesFile(spool.path(set), spool.state.pages(set));
    for (const { bytes } of pages.records()) {
      const identifier = identifierIn(bytes);
      if (!wanted.has(identifier)) continue;
      came.set(identifier, (came.get(identifier) ?? new Set()).add(digestAlone(bytes)));
    }
  }
  return came;
}

function listOfRetries(spool: Spool): WindowState {
  const set = RETRIES;
  if (spool.state.windows(set).length === 0) {
    spool.note({ kind: "windows", set, windows: [{ number: 1, from: null, until: null }] });
  }
  return spool.state.windows(set)[0];
}

/** Every setSpec; null where the repository does not say. */
async function listSets(fetcher: PageFetcher): Promise<ReadonlySet<string> | null> {
  const known = new Set<string>();
  let isWhole = false;
  fetcher.mustGoOn();
  for await (const { envelope, document } of askSmallPages(fetcher.parts, "ListSets")) {
    if (hasNoSets(envelope)) return known;
    if (envelope.verb !== "ListSets") return null;
    for (const set of textsOf(document, "setSpec")) known.add(set);
    isWhole = (envelope.token?.text ?? "") === "";
    fetcher.mustGoOn();
  }
  return isWhole ? known : null;
}

/** A set of which nothing came may have been taken away: then its rows are not to be taken for current. */
function mustBeListed(set: string, known: ReadonlySet<string> | null, repository: string): void {
  if (known === null || known.has(set)) return;
  throw repositoryFailure(
    repository,
    `the repository has no set ${JSON.stringify(set)} (any more)`,
    `${setsText(set, [...known])} Correct sets in the configuration.`,
  );
}

/** Sets that a sentence names. */
const NAMED = 5;

/** What a repository has in the place of a set that it has not. */
function setsText(missed: string, known: readonly string[]): string {
  if (known.length === 0) return "It lists no sets.";
  const near = nearestName(missed, known);
  if (near !== null) return `Did you mean ${printable(near)}?`;
  const more = known.length > NAMED ? ", …: `OAI-PMH-importer sets` lists them all" : "";
  return `It has ${printable(known.slice(0, NAMED).join(", "))}${more}.`;
}

/** The least that the position may be: no clock of a repository is a day ahead of ours. */
function positionOf({ state, plan }: Spool, now: number): number {
  const first = plan.sets.flatMap((set) =>
    state.windows(set).map(({ pages }) => pages[0]?.responseDate ?? ""),
  );
  const dates = [plan.responseDate, ...first].map(readDate).filter((date) => date !== null);
  return dates.reduce((least, date) => Math.min(least, date), now + DAY_MS);
}
