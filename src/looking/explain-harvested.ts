/**
 * `explain` for one record of a repository: from the pages that are kept, or asked for by GetRecord; by the
 * very code that imports. Nothing is changed.
 */

import { basename, join } from "node:path";
import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { openDecisions } from "../deciding/decisions.js";
import { Failure } from "../diagnostics/failure.js";
import { askSmall, repositoryFailure } from "../harvest/ask-repository.js";
import { errorsText } from "../harvest/envelope.js";
import { RETRIES } from "../harvest/manifest.js";
import { resolved } from "../harvest/markup.js";
import { identifierIn } from "../harvest/oai-record.js";
import { type CutRecord, PageCutter } from "../harvest/page-cutter.js";
import { MAX_RECORD_SIZE } from "../harvest/page-sink.js";
import { PagesFile, sourceRecord } from "../harvest/pages-file.js";
import { cutMapper, itemOf } from "../harvest/record-mapper.js";
import { fileName, lookIntoSpool, spoolsIn } from "../harvest/spool.js";
import { webSettings } from "../harvest/web-settings.js";
import type { RecordPlace } from "../reading/portion.js";
import { RuleWatch } from "../reading/runaway.js";
import type { Explanation } from "../report/explanation.js";
import { isoSeconds } from "../running/run-name.js";
import { openToLook } from "../store/open.js";
import { WebClient } from "../web/client.js";
import { explainItem } from "./explain-file.js";

/** Where the record is taken from: the kept pages first, or one of both alone. */
export type HarvestedFrom = "anywhere" | "pages" | "repository";

export interface ExplainHarvestedRequest {
  readonly repository: RepositoryConfig;
  /** As the repository has it. */
  readonly identifier: string;
  readonly from: HarvestedFrom;
}

interface FoundRecord {
  readonly cut: CutRecord;
  readonly place: RecordPlace;
}

/**
 * Explains the record against the database as it stands.
 *
 * @throws Failure where there is no such record, the repository cannot be asked, or the database is not usable
 */
export async function explainHarvested(request: ExplainHarvestedRequest): Promise<Explanation> {
  const { repository } = request;
  const found = await find(request);
  const watch = new RuleWatch();
  const mapper = cutMapper(repository, watch.running);
  const { place } = found;
  const { file, number } = place;
  watch.running[1] = number;
  const item = watch.over({ path: file, rules: mapper.rules }, () => itemOf(mapper, found, true));
  const view = await openToLook(repository, false);
  try {
    const { store } = view;
    const decisions = openDecisions({
      config: repository,
      store,
      run: store.openRun(0, repository.managed),
    });
    const now = isoSeconds(new Date());
    return explainItem(decisions, item, { now, sourceRecord: sourceRecord(place) });
  } finally {
    view.close();
  }
}

async function find(request: ExplainHarvestedRequest): Promise<FoundRecord> {
  const { from, repository, identifier } = request;
  const kept = from === "repository" ? null : keptRecord(request);
  if (kept !== null) return kept;
  if (from !== "pages") return askedRecord(request);
  throw new Failure(
    "usage",
    `the pages of ${repository.name} that are kept hold no record ${JSON.stringify(identifier)}`,
    "Leave out --offline to ask the repository; keep_pages says how long pages stay.",
  );
}

/** The record as it came last. */
function keptRecord({ repository, identifier }: ExplainHarvestedRequest): FoundRecord | null {
  const folder = join(repository.harvest.spool, fileName(repository.name));
  for (const spool of spoolsIn(folder).reverse()) {
    const view = lookIntoSpool(spool);
    if (view === null) continue;
    const sets = [RETRIES, ...(view.state.plan?.sets ?? [])];
    for (const set of sets.reverse()) {
      const found = lastIn(new PagesFile(view.path(set), view.state.pages(set)), identifier);
      if (found !== null) return found;
    }
  }
  return null;
}

function lastIn(pages: PagesFile, identifier: string): FoundRecord | null {
  const file = basename(pages.path);
  let found: FoundRecord | null = null;
  let number = 0;
  for (const cut of pages.records()) {
    number++;
    if (resolved(identifierIn(cut.bytes)) !== identifier) continue;
    // A copy: the bytes are part of a block that is read over.
    const own = { ...cut, bytes: Buffer.from(cut.bytes) };
    found = { cut: own, place: { file, number, offset: cut.offset, length: cut.bytes.length } };
  }
  return found;
}

async function askedRecord(request: ExplainHarvestedRequest): Promise<FoundRecord> {
  const { repository, identifier } = request;
  const { name, harvest: settings } = repository;
  const client = new WebClient(webSettings(settings));
  try {
    const { metadataPrefix } = settings;
    const { envelope, bytes } = await askSmall(
      { name, settings, client },
      { verb: "GetRecord", identifier, metadataPrefix },
    );
    const cutter = new PageCutter({ offset: 0, maxRecordSize: MAX_RECORD_SIZE });
    const [cut] = [...cutter.push(bytes), ...cutter.end()];
    if (cut !== undefined) {
      const place = { number: 1, offset: cut.offset, length: cut.bytes.length };
      return { cut, place: { file: "GetRecord", ...place } };
    }
    if (envelope.errors.some(({ code }) => code === "idDoesNotExist")) throw unknown(request);
    const said = errorsText(envelope.errors) || "with what is no record";
    throw repositoryFailure(
      name,
      `the repository answers ${said}`,
      "Look at base_url and metadata_prefix.",
    );
  } finally {
    client.close();
  }
}

function unknown({ repository, identifier }: ExplainHarvestedRequest): Failure {
  return new Failure(
    "usage",
    `${repository.name} has no record ${JSON.stringify(identifier)}, nor do the pages that are kept`,
    "Give the identifier of OAI-PMH, as the log and foreign_id have it.",
  );
}
