/**
 * Conversations kept as files, and answered from them again: for reports of faults and for tests.
 * Secrets are left out before anything is written.
 */

import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExchangeAnswer } from "./exchange.js";
import { shownUrl, WebProblem } from "./web-problem.js";

/** Headers that are never kept. */
const SECRET =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|.*(?:token|secret|key|auth).*)$/i;
const LEFT_OUT = "(left out)";

/** One answer with the request that it belongs to. */
export interface RecordedExchange {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The file of the decoded body, beside the list. */
  readonly bodyFile: string;
}

/** Headers as they may be shown and kept. */
function withoutSecrets(
  headers: Readonly<Record<string, string>>,
  secret: readonly string[] = [],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET.test(name) || secret.includes(name) ? LEFT_OUT : value,
    ]),
  );
}

/** Keeps what is said in a folder: `conversation.jsonl`, and each body as a file. */
export class Recorder {
  private count = 0;

  /** @param folder is made if it is not there */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  keep(
    exchange: Omit<RecordedExchange, "bodyFile">,
    body: Buffer,
    secret: readonly string[],
  ): void {
    this.count += 1;
    const bodyFile = `body-${String(this.count).padStart(5, "0")}`;
    writeFileSync(join(this.folder, bodyFile), body);
    const kept: RecordedExchange = {
      ...exchange,
      requestHeaders: withoutSecrets(exchange.requestHeaders, secret),
      headers: withoutSecrets(exchange.headers),
      bodyFile,
    };
    appendFileSync(join(this.folder, "conversation.jsonl"), `${JSON.stringify(kept)}\n`);
  }
}

/** The exchanges of a recorded conversation in order, each with its body. */
function readRecording(
  folder: string,
): { readonly exchange: RecordedExchange; readonly body: Buffer }[] {
  const lines = readFileSync(join(folder, "conversation.jsonl"), "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const exchange = JSON.parse(line) as RecordedExchange;
      return { exchange, body: readFileSync(join(folder, exchange.bodyFile)) };
    });
}

/** Answers from a recording in place of the network: each request has the answers that it once had, in order. */
export class Replay {
  private readonly left: ReturnType<typeof readRecording>;

  constructor(folder: string) {
    this.left = readRecording(folder);
  }

  /** @throws WebProblem for a request that was never recorded, or once more than it was */
  answer(method: string, url: URL, body: string, write: (bytes: Buffer) => void): ExchangeAnswer {
    const at = this.left.findIndex(({ exchange: one }) => {
      return one.method === method && one.url === shownUrl(url) && one.body === body;
    });
    if (at < 0) throw new WebProblem("replay", shownUrl(url), "the recording has no such request");
    const [{ exchange, body: bytes }] = this.left.splice(at, 1);
    write(bytes);
    return { status: exchange.status, headers: exchange.headers, cookies: [], bytes: bytes.length };
  }
}
