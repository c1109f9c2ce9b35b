/** The first half of a night: a spool in which all that is to be asked for is fetched. */

import { join } from "node:path";
import { Failure } from "../diagnostics/failure.js";
import { Deferred } from "../harvest/ask-repository.js";
import { fetchHarvest } from "../harvest/fetch-harvest.js";
import { FetchStopped, type ListTotals } from "../harvest/fetch-page.js";
import { identify } from "../harvest/identify.js";
import { asksForAll, type PageLine, type SpoolPlan } from "../harvest/manifest.js";
import { writeDate } from "../harvest/oai-dates.js";
import { Spool } from "../harvest/spool.js";
import { webSettings } from "../harvest/web-settings.js";
import { WebClient } from "../web/client.js";
import { WebProblem } from "../web/web-problem.js";
import { signalFailure } from "./end-of-run.js";
import { planOf } from "./harvest-plan.js";
import type { Known } from "./known-harvests.js";
import { goOn, leftSpool, refuseTooEarly } from "./left-spool.js";
import { type Night, SAFE_FETCHED } from "./night.js";

/**
 * Fetches what is not fetched yet.
 *
 * @returns null where there is nothing to import and nothing may be fetched
 * @throws Failure where it cannot be had, or not now
 */
export async function fetchedSpool(night: Night, known: Known): Promise<Spool | null> {
  const left = leftSpool(night, known);
  if (left?.state.isFetched) {
    night.say(`going on with what was fetched before: ${left.folder}`);
    return left;
  }
  if (night.options.importOnly) {
    left?.close();
    night.say(`${night.repository.name}: nothing was fetched that is to be imported`);
    return null;
  }
  try {
    if (left !== null) refuseTooEarly(left, night);
    return await withClient(night, (client) => fetchInto(left, client, { night, known }));
  } catch (error) {
    left?.close();
    throw error;
  }
}

/** Does work with a client that ends what is under way when a signal comes. */
async function withClient<T>(night: Night, work: (client: WebClient) => Promise<T>): Promise<T> {
  const { repository, surroundings, stopSignal } = night;
  const events = night.notes.webEvents((level, text) => night.say(text, level));
  const client = new WebClient({ ...webSettings(repository.harvest), surroundings }, events);
  const watch = setInterval(() => stopSignal() !== null && client.close(), 200);
  try {
    return await work(client);
  } catch (error) {
    throw stoppedBy(error, stopSignal());
  } finally {
    clearInterval(watch);
    client.close();
  }
}

function stoppedBy(error: unknown, signal: NodeJS.Signals | null): unknown {
  const isStopped =
    error instanceof FetchStopped ||
    (signal !== null && error instanceof Failure && error.cause instanceof WebProblem);
  const by = error instanceof FetchStopped ? error.signal : signal;
  return isStopped && by !== null
    ? signalFailure(by, SAFE_FETCHED, "Run the same command again to go on.")
    : error;
}

interface Parts {
  readonly night: Night;
  readonly known: Known;
}

/** @param left the spool to go on with, null for none */
async function fetchInto(left: Spool | null, client: WebClient, parts: Parts): Promise<Spool> {
  const { night, known } = parts;
  const { repository, stopSignal } = night;
  let spool = left;
  try {
    if (spool === null) spool = await begin(client, parts);
    else goOn(spool, night);
    const fetching = {
      name: repository.name,
      settings: repository.harvest,
      client,
      spool,
      now: () => night.now,
      stopSignal,
      room: () => night.room,
      events: {
        onPage: (list: ListTotals, page: PageLine) => {
          night.say(night.notes.pageText(list, page), "record");
          night.request.onPage?.(list, page);
        },
        onFinding: night.finding,
        onList: (list: ListTotals) => night.say(night.notes.listText(list)),
      },
    };
    await fetchHarvest(fetching, known.retries);
    await night.flushLog();
    return spool;
  } catch (error) {
    if (error instanceof Deferred)
      spool?.note({ kind: "deferred", until: writeDate(error.until, "second") });
    if (spool !== left) spool?.close();
    throw error;
  } finally {
    night.notes.fetched(spool);
  }
}

async function begin(client: WebClient, { night, known }: Parts): Promise<Spool> {
  const { harvest: settings, name } = night.repository;
  const identity = await identify({ name, settings, client, now: () => night.now });
  if (!identity.isDated) night.finding("M810", "Identify without a responseDate");
  const plan = planOf(night, identity, known.positions);
  night.say(beginningText(night, plan));
  if (!asksForAll(plan)) tellIncremental(plan, { night, known });
  return Spool.begin(join(night.folder, night.name), plan, night.hooks.step);
}

function beginningText({ repository }: Night, plan: SpoolPlan): string {
  const { path, name, harvest } = repository;
  const sets = plan.sets[0] === "" ? "" : ` set ${plan.sets.join(", ")}`;
  const from = asksForAll(plan)
    ? "everything"
    : `incremental from ${Object.values(plan.positions).join(", ")} less the overlap`;
  return `started: ${path} harvests ${name}: ${harvest.baseUrl} ${harvest.metadataPrefix}${sets}, ${from}`;
}

/** What an incremental harvest may miss. */
function tellIncremental({ deletedRecord }: SpoolPlan, { night, known }: Parts): void {
  const { positions } = known;
  if (deletedRecord !== "persistent") {
    const last = positions.find((one) => one.fullHarvestAt !== null)?.fullHarvestAt;
    night.finding(
      "M816",
      `deletedRecord ${deletedRecord || "not stated"}, last full harvest ${last ?? "never"}`,
    );
  }
  const { mappingDigest } = night.repository;
  if (positions.some((one) => one.rulesDigest !== mappingDigest)) {
    night.finding("M820", "since the last harvest");
  }
}
