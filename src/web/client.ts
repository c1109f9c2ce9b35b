/** The one client for HTTP: polite, patient within limits, and certain of what it hands over. */

import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { rootCertificates } from "node:tls";
import { headersFor } from "./credentials.js";
import { type ExchangeAnswer, exchange } from "./exchange.js";
import { proxyAgent } from "./proxy.js";
import { isRedirect, nextAddress, type Redirect } from "./redirects.js";
import type { WebSettings } from "./settings.js";
import { retryAfterMs, waitMs } from "./waiting.js";
import { shownUrl, WebDeferral, WebProblem } from "./web-problem.js";

/** What takes a body: begun anew with each try, so that nothing of a failed one stays. */
export interface BodySink {
  /** Forgets what was written. */
  begin(): void;
  write(bytes: Buffer): void;
}

export interface WebRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  /** The form of a POST. */
  readonly body?: string;
  readonly sink: BodySink;
  /**
   * What a whole answer is worth, where its status alone does not tell: a page that can be used
   * whatever its status; or why it cannot, so that another try is sensible. Absent: by the status.
   */
  judge?(answer: ExchangeAnswer): "usable" | { readonly again: string } | null;
}

export interface WebAnswer extends ExchangeAnswer {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly redirects: readonly Redirect[];
  /** Tries that it took, one at least. */
  readonly tries: number;
  /** Milliseconds spent waiting between them. */
  readonly waitedMs: number;
}

/** What a client tells while it works. */
export interface WebEvents {
  /** Before each wait. */
  onWait?(wait: {
    readonly url: string;
    readonly reason: string;
    readonly ms: number;
    readonly failed: number;
    readonly tries: number;
  }): void;
  /** After each answer or failure, also those that are tried again. */
  onExchange?(told: {
    readonly method: string;
    readonly url: string;
    readonly outcome: string;
    readonly ms: number;
  }): void;
}

/** Statuses that ask for patience, or that pass with time. */
const AGAIN: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
/** After these, requests come slower. */
const SLOWER: ReadonlySet<number> = new Set([429, 503]);
const SLOW_MS = 3000;

export class WebClient {
  private readonly plain: Agent;
  private readonly secure: SecureAgent;
  private readonly stopping = new AbortController();
  private cookies = new Map<string, string>();
  private delayMs: number;
  private readyAt = 0;
  /** Whether zipped answers are wanted: not after one that was damaged. */
  private zipped = true;

  constructor(
    private readonly settings: WebSettings,
    private readonly events: WebEvents = {},
  ) {
    const options = { keepAlive: true, maxSockets: 1 };
    this.plain = new Agent(options);
    const { proxy, certificates } = settings;
    const tls = certificates === null ? {} : { ca: [...rootCertificates, certificates] };
    this.secure =
      proxy === null
        ? new SecureAgent({ ...options, ...tls })
        : proxyAgent(proxy, { ...options, ...tls });
    this.delayMs = settings.delayMs;
  }

  /** Ends what is under way, and closes the connections. */
  close(): void {
    this.stopping.abort();
    this.plain.destroy();
    this.secure.destroy();
  }

  /** Forgets cookies: they are of one list. */
  forgetCookies(): void {
    this.cookies.clear();
  }

  /**
   * Asks, follows redirects, waits and asks again where that is sensible.
   *
   * @returns the answer whatever its status, once no further try is sensible; the sink then holds its whole body
   * @throws WebProblem if there is no whole answer; WebDeferral if the wait that is asked for is too long
   */
  async ask(request: WebRequest): Promise<WebAnswer> {
    const { tries, surroundings } = this.settings;
    let waitedMs = 0;
    for (let count = 1; ; count++) {
      const answer = await this.tryOnce(request, count < tries);
      const reason = "status" in answer ? whyAgain(request, answer) : answer.problem.message;
      if ("status" in answer && (reason === null || count === tries)) {
        if (reason !== null) this.heedLast(request.url, answer);
        return { ...answer, tries: count, waitedMs };
      }
      const ms = this.waitAfter(request.url, answer, count);
      const url = shownUrl(request.url);
      this.events.onWait?.({ url, reason: reason ?? "", ms, failed: count, tries });
      await surroundings.sleep(ms, this.stopping.signal);
      this.mustGoOn(request.url);
      waitedMs += ms;
    }
  }

  /** @throws WebDeferral if the last answer asks for more than `maxWaitMs` */
  private heedLast(url: URL, { status, headers }: Followed): void {
    const now = this.settings.surroundings.now();
    const asked = retryAfterMs(headers["retry-after"], now) ?? 0;
    if (asked > this.settings.maxWaitMs) throw new WebDeferral(shownUrl(url), status, now + asked);
  }

  private mustGoOn(url: URL): void {
    if (this.stopping.signal.aborted)
      throw new WebProblem("stopped", shownUrl(url), "stopped while waiting");
  }

  /** @throws WebDeferral if the other side asks for more than `maxWaitMs` */
  private waitAfter(url: URL, answer: Followed | { problem: WebProblem }, failed: number): number {
    const { surroundings, maxWaitMs } = this.settings;
    if (!("status" in answer)) return waitMs(null, failed, surroundings.random());
    if (SLOWER.has(answer.status)) this.delayMs = Math.max(this.delayMs, SLOW_MS);
    const now = surroundings.now();
    const asked = retryAfterMs(answer.headers["retry-after"], now);
    const ms = waitMs(asked, failed, surroundings.random());
    if (ms > maxWaitMs) throw new WebDeferral(shownUrl(url), answer.status, now + ms);
    return ms;
  }

  /** @param again whether a failure that may pass is returned rather than thrown */
  private async tryOnce(
    request: WebRequest,
    again: boolean,
  ): Promise<Followed | { problem: WebProblem }> {
    try {
      return await this.follow(request);
    } catch (error) {
      if (!(error instanceof WebProblem)) throw error;
      if (error.kind === "encoding") this.zipped = false;
      if (error.passing && again) return { problem: error };
      throw error;
    }
  }

  private async follow(request: WebRequest): Promise<Followed> {
    const redirects: Redirect[] = [];
    let { url } = request;
    for (;;) {
      const answer = await this.one(request, url);
      if (!isRedirect(answer.status)) return { ...answer, url: shownUrl(url), redirects };
      const next = nextAddress(url, answer.status, answer.headers.location, redirects);
      redirects.push(next.redirect);
      url = next.url;
    }
  }

  /** One exchange, after the delay that politeness asks for. */
  private async one(request: WebRequest, url: URL): Promise<ExchangeAnswer> {
    const { surroundings } = this.settings;
    const early = this.readyAt - surroundings.now();
    if (early > 0) await surroundings.sleep(early, this.stopping.signal);
    this.mustGoOn(url);
    const started = surroundings.now();
    const method = request.method ?? "GET";
    const tell = (outcome: string): void =>
      this.events.onExchange?.({
        method,
        url: shownUrl(url),
        outcome,
        ms: surroundings.now() - started,
      });
    try {
      const answer = await this.exchangeOnce(request, url, method);
      tell(`HTTP ${answer.status}, ${answer.bytes} bytes`);
      return answer;
    } catch (error) {
      tell((error as Error).message);
      throw error;
    } finally {
      this.readyAt = surroundings.now() + this.delayMs;
    }
  }

  private async exchangeOnce(
    request: WebRequest,
    url: URL,
    method: "GET" | "POST",
  ): Promise<ExchangeAnswer> {
    const { settings } = this;
    const body = request.body ?? "";
    const secret = headersFor(settings.credentials, url);
    const headers = this.headersOf(url, body, secret);
    const kept: Buffer[] = [];
    request.sink.begin();
    if (settings.replay !== null) {
      return settings.replay.answer(method, url, body, (bytes) => request.sink.write(bytes));
    }
    const answer = await exchange({
      ...settings,
      url,
      method,
      headers,
      body,
      agent: url.protocol === "https:" ? this.secure : this.plain,
      signal: this.stopping.signal,
      write: (bytes) => {
        if (settings.recorder !== null) kept.push(bytes);
        request.sink.write(bytes);
      },
    });
    this.takeCookies(url, answer.cookies);
    const { status } = answer;
    const recorded = {
      method,
      url: shownUrl(url),
      body,
      requestHeaders: headers,
      status,
      headers: answer.headers,
    };
    settings.recorder?.keep(recorded, Buffer.concat(kept), Object.keys(secret));
    return answer;
  }

  private headersOf(
    url: URL,
    body: string,
    secret: Readonly<Record<string, string>>,
  ): Record<string, string> {
    const cookies = this.cookies.get(url.host);
    return {
      "user-agent": this.settings.userAgent,
      accept: "text/xml, application/xml;q=0.9, */*;q=0.1",
      "accept-encoding": this.zipped ? "gzip, identity" : "identity",
      ...(cookies === undefined ? {} : { cookie: cookies }),
      ...(body === ""
        ? {}
        : {
            "content-type": "application/x-www-form-urlencoded",
            "content-length": String(Buffer.byteLength(body)),
          }),
      ...secret,
    };
  }

  /** Name and value alone, of this host: servers of lists keep their place by them. */
  private takeCookies(url: URL, set: readonly string[]): void {
    if (set.length === 0) return;
    const known = new Map(
      (this.cookies.get(url.host) ?? "")
        .split("; ")
        .filter((one) => one !== "")
        .map(nameAndValue),
    );
    for (const one of set) known.set(...nameAndValue(one.split(";")[0]));
    this.cookies.set(url.host, [...known].map(([name, value]) => `${name}=${value}`).join("; "));
  }
}

/** Why a whole answer is not the last word; null if it is. */
function whyAgain({ judge }: WebRequest, answer: ExchangeAnswer): string | null {
  const judged = judge?.(answer) ?? null;
  if (judged === "usable") return null;
  if (judged !== null) return judged.again;
  return AGAIN.has(answer.status) ? `HTTP ${answer.status}` : null;
}

type Followed = ExchangeAnswer & { readonly url: string; readonly redirects: readonly Redirect[] };

function nameAndValue(cookie: string): [string, string] {
  const at = cookie.indexOf("=");
  return at < 0 ? [cookie.trim(), ""] : [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()];
}
