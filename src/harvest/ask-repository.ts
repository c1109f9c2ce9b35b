/** Asks a repository, and says in its user's terms why there is no answer. */

import type { HarvestSettings } from "../config/harvest/harvest-config.js";
import { Failure } from "../diagnostics/failure.js";
import type { WebAnswer, WebClient } from "../web/client.js";
import { WebDeferral, WebProblem } from "../web/web-problem.js";
import type { Envelope } from "./envelope.js";
import { isOai } from "./next-step.js";
import { writeDate } from "./oai-dates.js";
import { buildRequest, type OaiArguments } from "./oai-request.js";
import { PageSink } from "./page-sink.js";

/** A repository that can be asked. */
export interface Askable {
  readonly name: string;
  readonly settings: HarvestSettings;
  readonly client: WebClient;
}

/**
 * Asks for one page.
 *
 * @param sink takes the body
 * @throws Failure where no whole answer can be had
 */
export async function askPage(
  { name, settings, client }: Askable,
  request: OaiArguments,
  sink: PageSink,
): Promise<WebAnswer> {
  const { baseUrl, method, tokenAsIs } = settings;
  const built = buildRequest(baseUrl, request, { method, tokenAsIs });
  const judge = ({ status }: { readonly status: number }) => judgement(status, sink.envelope);
  try {
    return await client.ask({ ...built, sink, judge });
  } catch (error) {
    throw asFailure(name, error);
  }
}

/** What a whole body is worth; null: the status decides. */
function judgement(
  status: number,
  envelope: Envelope,
): "usable" | { readonly again: string } | null {
  if (isOai(envelope)) return "usable";
  if (envelope.root === "OAI-PMH" && !envelope.closed) return { again: "the answer breaks off" };
  return status < 400 ? { again: "the answer is no OAI-PMH" } : null;
}

/** An answer that is kept in memory. */
export interface SmallAnswer {
  readonly answer: WebAnswer;
  readonly envelope: Envelope;
  readonly bytes: Buffer;
  readonly document: string;
}

/** Bytes of an answer that are kept in memory: all but lists of records have less. */
const SMALL = 64 * 1024 * 1024;

/** Asks for something that is no list of records. */
export async function askSmall(from: Askable, request: OaiArguments): Promise<SmallAnswer> {
  let bytes: Buffer[] = [];
  let length = 0;
  const sink = new PageSink({
    begin: () => {
      bytes = [];
      length = 0;
    },
    append: (more) => {
      length += more.length;
      if (length <= SMALL) bytes.push(more);
    },
  });
  const answer = await askPage(from, request, sink);
  const whole = Buffer.concat(bytes);
  return { answer, envelope: sink.envelope, bytes: whole, document: whole.toString("utf8") };
}

/** Pages of something that is no list of records. */
const MOST_PAGES = 10_000;

/** Asks for something that may have several pages; the last has no token, or is the ten thousandth. */
export async function* askSmallPages(from: Askable, verb: string): AsyncGenerator<SmallAnswer> {
  let resumptionToken = "";
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await askSmall(from, { verb, resumptionToken });
    yield page;
    resumptionToken = page.envelope.token?.text ?? "";
    if (resumptionToken === "") return;
  }
}

/** A failure of one repository: nothing was imported of it, and its position has not moved. */
export function repositoryFailure(
  name: string,
  what: string,
  advice: string,
  cause?: unknown,
): Failure {
  const safe = "nothing was imported, and the next run goes on";
  return new Failure("repository", `${name}: ${what}`, advice, { safe, cause });
}

function asFailure(name: string, error: unknown): unknown {
  if (error instanceof WebDeferral) return new Deferred(name, error);
  if (!(error instanceof WebProblem)) return error;
  const { kind, url, message } = error;
  const what = `${withoutQuery(url)}: ${message}`;
  return repositoryFailure(name, what, ADVICE[kind] ?? "The next run asks again.", error);
}

/** The address without what was asked. */
export function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, "");
}

const ADVICE: Readonly<Record<string, string>> = {
  "not-reachable":
    "Look whether base_url is right and the network is there; the next run asks again.",
  certificate: "Name the certificate of the authority in ca_file, if it is one that you trust.",
  "no-answer": "Ask again later, or raise timeout.",
  silence: "Ask again later, or raise idle_timeout.",
  "too-large": "Raise max_page_size, if such an answer is to be expected.",
  redirect: "Look at base_url in a browser, and write the address that it leads to.",
};

/** The repository asks to come back later than `max_wait` allows. */
export class Deferred extends Failure {
  readonly until: number;

  constructor(name: string, { until, status }: WebDeferral) {
    const when = writeDate(until, "second");
    super(
      "repository",
      `${name}: the repository asks to come back after ${when} (HTTP ${status})`,
      "The next run after that time goes on; max_wait says how long a run itself waits.",
      { safe: "nothing was imported, and what was fetched stays" },
    );
    this.until = until;
  }
}
