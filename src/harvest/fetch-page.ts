/** Fetches one page of a list into the spool, and tells what is odd about it. */

import { Failure } from "../diagnostics/failure.js";
import { isUtf8Label } from "../input/record-text.js";
import type { WebAnswer } from "../web/client.js";
import { type Askable, askPage, repositoryFailure, withoutQuery } from "./ask-repository.js";
import { type DiskRoom, restOf } from "./disk-room.js";
import type { Envelope } from "./envelope.js";
import { type PageLine, type PageTotals, RETRIES, type WindowState } from "./manifest.js";
import { DAY_MS, readDate, writeDate } from "./oai-dates.js";
import type { OaiArguments } from "./oai-request.js";
import { isOutside, PageSink } from "./page-sink.js";
import type { Spool } from "./spool.js";

/** What a list comes to, or has come to so far. */
export interface ListTotals extends PageTotals {
  readonly set: string;
}

export type FetchFinding =
  | "M802"
  | "M803"
  | "M804"
  | "M805"
  | "M806"
  | "M808"
  | "M809"
  | "M810"
  | "M811"
  | "M821";

/** What fetching tells while it works. */
export interface FetchEvents {
  /** A page counts; `list` is what the list has come to with it. */
  onPage?(list: ListTotals, page: PageLine): void;
  onList?(list: ListTotals): void;
  /** A finding with a code of the catalogue. */
  onFinding?(code: FetchFinding, found: string): void;
}

export interface FetchParts extends Askable {
  readonly spool: Spool;
  readonly now: () => number;
  readonly stopSignal: () => NodeJS.Signals | null;
  /** Of the disk of the spool. */
  readonly room: () => DiskRoom;
  readonly events: FetchEvents;
}

/** Signals that stop fetching; what was fetched stays. */
export class FetchStopped extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
  }
}

/** A page that is asked for. */
export interface AskedPage {
  readonly set: string;
  readonly state: WindowState;
  readonly request: OaiArguments;
}

/** A page whose body is whole; it does not count before it is kept. */
export interface GotPage extends AskedPage {
  readonly answer: WebAnswer;
  readonly envelope: Envelope;
  readonly sink: PageSink;
}

export class PageFetcher {
  private readonly told = new Set<string>();
  /** Lists for which there seems to be no room. */
  private readonly crowded = new Set<string>();

  constructor(readonly parts: FetchParts) {}

  /** @throws Failure where no whole answer can be had, or the disk is nearly full; FetchStopped */
  async fetchPage(asked: AskedPage): Promise<GotPage> {
    this.mustGoOn();
    this.mustHaveRoom();
    const { spool } = this.parts;
    const { set, request } = asked;
    const place = {
      begin: () => spool.beginBody(set),
      append: (bytes: Buffer) => spool.appendBody(set, bytes),
    };
    const sink = new PageSink(place, set === RETRIES ? "" : set);
    const answer = await askPage(this.parts, request, sink);
    for (const { permanent, from, to } of answer.redirects) {
      if (permanent) this.tellOnce("M809", `${withoutQuery(from)} to ${withoutQuery(to)}`);
    }
    return { ...asked, answer, sink, envelope: sink.envelope };
  }

  /** Enters a page in the manifest: from now on it counts. */
  keep({ set, state, request, answer, envelope, sink }: GotPage): void {
    const { spool, events } = this.parts;
    const { counts } = sink;
    if (isOutside(counts, state.window)) this.tellOnce("M811", listName(set));
    if (envelope.hasRubbish) this.tellOnce("M808", listName(set));
    const page: PageLine = {
      kind: "page",
      set,
      window: state.window.number,
      ...spool.body(set),
      sha256: sink.sha256(),
      request,
      status: answer.status,
      ...counts,
      ...charsetOf(answer),
      responseDate: this.dateOf(envelope, answer),
      token: envelope.token?.text ?? "",
      expires: envelope.token?.expirationDate ?? "",
      size: envelope.token?.completeListSize ?? null,
    };
    spool.note(page);
    const totals = spool.state.totals(set);
    events.onPage?.({ set, ...totals }, page);
    this.lookAhead(set, totals);
  }

  /** Tells once of a list for which there seems to be no room; how long it is may be a lie. */
  private lookAhead(set: string, totals: PageTotals): void {
    const rest = restOf(totals);
    if (rest === 0) return;
    const { free, reserve } = this.parts.room();
    if (rest <= free - reserve) return;
    if (this.crowded.has(set)) return;
    this.crowded.add(set);
    this.tellOnce(
      "M821",
      `${listName(set)}: about ${megabytes(rest)}, ${megabytes(free)} are free`,
    );
  }

  /** A disk that is full stops others, too. */
  private mustHaveRoom(): void {
    const { name, spool, room } = this.parts;
    const { free, reserve } = room();
    if (free >= reserve) return;
    throw new Failure(
      "disk",
      `${name}: the disk of ${spool.folder} is nearly full: ${megabytes(free)} are free, and ${megabytes(reserve)} are left to others`,
      "Free some space, or name a folder of a larger disk in spool; the same command goes on then.",
      { safe: "nothing was imported, and what was fetched stays" },
    );
  }

  /** By the repository's clock; where it does not say, by its server's, or by ours a day back. */
  private dateOf({ responseDate }: Envelope, { headers }: WebAnswer): string {
    const said = readDate(responseDate);
    if (said !== null) return writeDate(said, "second");
    this.tellOnce("M810", `responseDate ${JSON.stringify(responseDate)}`);
    const ofServer = Date.parse(headers.date ?? "");
    const time = Number.isNaN(ofServer) ? this.parts.now() - DAY_MS : ofServer;
    return writeDate(time, "second");
  }

  tellOnce(code: FetchFinding, found: string): void {
    if (this.told.has(`${code} ${found}`)) return;
    this.told.add(`${code} ${found}`);
    this.parts.events.onFinding?.(code, found);
  }

  /** @throws FetchStopped where a signal has come */
  mustGoOn(): void {
    const signal = this.parts.stopSignal();
    if (signal !== null) throw new FetchStopped(signal);
  }

  /** A failure over a page that was asked for. */
  failure(page: AskedPage, what: string, advice: string, besides = ""): Failure {
    return repositoryFailure(this.parts.name, `${what} (${placeOf(page)}${besides})`, advice);
  }
}

const CHARSET = /;\s*charset\s*=\s*["']?([\w.:-]{1,40})/i;

/** Counts only where the document does not say. */
function charsetOf({ headers }: WebAnswer): Pick<PageLine, "charset"> {
  const charset = CHARSET.exec(headers["content-type"] ?? "")?.[1] ?? "";
  return isUtf8Label(charset) ? {} : { charset };
}

/** A list by what messages call it. */
export function listName(set: string): string {
  if (set === RETRIES) return "records asked for again";
  return set === "" ? "all records" : `set ${set}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
}

function placeOf({ set, state, request: { from, until } }: AskedPage): string {
  const isDated = from !== undefined || until !== undefined;
  const dates = isDated ? `, from ${from ?? "the beginning"} until ${until ?? "now"}` : "";
  return `${listName(set)}, page ${state.pages.length + 1}${dates}`;
}
