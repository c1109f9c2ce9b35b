/** One request and its answer over one connection: no retry, no redirect. */

import {
  type Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { request as httpsRequest } from "node:https";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createInflate } from "node:zlib";
import { proxyHeaders } from "./proxy.js";
import { shownUrl, WebProblem } from "./web-problem.js";

export interface ExchangeRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The form of a POST. */
  readonly body: string;
  readonly agent: Agent;
  /** Where plain http goes instead: to a proxy, with the whole address; null for none. */
  readonly proxy: URL | null;
  readonly firstByteMs: number;
  readonly silenceMs: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
  /** Takes the decoded body as it comes. */
  readonly write: (bytes: Buffer) => void;
}

export interface ExchangeAnswer {
  readonly status: number;
  /** Names in lower case; repeated ones joined as Node does. */
  readonly headers: Readonly<Record<string, string>>;
  /** Cookies that the answer sets. */
  readonly cookies: readonly string[];
  /** Decoded bytes of the body. */
  readonly bytes: number;
}

/** Codes of errors that certificates make. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/;

/**
 * Asks once.
 *
 * @throws WebProblem naming the kind of failure; what had been written by then is no whole body
 */
export async function exchange(asked: ExchangeRequest): Promise<ExchangeAnswer> {
  const message = await answerHead(asked);
  const bytes = await takeBody(asked, message);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const cookies = message.headers["set-cookie"] ?? [];
  return { status: message.statusCode ?? 0, headers, cookies, bytes };
}

/** The head; a connection that the other side had closed while it was idle is no failure. */
async function answerHead(asked: ExchangeRequest): Promise<IncomingMessage> {
  try {
    return await answerHeadOnce(asked);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    return await answerHeadOnce({ ...asked, headers: { ...asked.headers, connection: "close" } });
  }
}

/** A kept connection broke before anything of an answer came. */
class StaleConnection extends Error {}

function answerHeadOnce(asked: ExchangeRequest): Promise<IncomingMessage> {
  const { body, firstByteMs } = asked;
  return new Promise((resolve, reject) => {
    const request = open(asked);
    const timer = setTimeout(() => {
      const seconds = Math.round(firstByteMs / 1000);
      request.destroy(problem(asked, "no-answer", `no answer within ${seconds} s`));
    }, firstByteMs);
    request.on("response", (message) => {
      clearTimeout(timer);
      resolve(message);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const stale = request.reusedSocket && error.code === "ECONNRESET";
      reject(stale ? new StaleConnection() : asProblem(asked, error, "not-reachable"));
    });
    request.end(body === "" ? undefined : body);
  });
}

function open({ url, method, headers, agent, proxy, signal }: ExchangeRequest): ClientRequest {
  const options = { method, agent, headers: { ...headers }, signal };
  if (url.protocol === "https:") return httpsRequest(url, options);
  if (proxy === null) return httpRequest(url, options);
  const { hostname: host, port } = proxy;
  const address = { host, port: port === "" ? 80 : Number(port), path: url.href };
  const toProxy = { host: url.host, ...headers, ...proxyHeaders(proxy) };
  return httpRequest({ ...options, ...address, headers: toProxy });
}

function problem({ url }: ExchangeRequest, kind: WebProblem["kind"], detail: string): WebProblem {
  return new WebProblem(kind, shownUrl(url), detail);
}

function asProblem(asked: ExchangeRequest, error: unknown, kind: WebProblem["kind"]): WebProblem {
  if (error instanceof WebProblem) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (asked.signal.aborted) return problem(asked, "stopped", "stopped while waiting");
  if (CERTIFICATE.test(code)) {
    return problem(asked, "certificate", `the certificate is not trusted: ${message} (${code})`);
  }
  if (code.startsWith("Z_"))
    return problem(asked, "encoding", `the zipped body is damaged or breaks off: ${message}`);
  return problem(asked, kind, code === "" ? message : `${message} (${code})`);
}

/** Takes the body; where it is longer than allowed, shorter than said, or silent, it fails. */
async function takeBody(asked: ExchangeRequest, message: IncomingMessage): Promise<number> {
  const stated = message.headers["content-encoding"] ?? "";
  let taken = 0;
  let notTaken: { readonly error: unknown } | null = null;
  const watched = watchedBody(asked, message);
  const first = await watched.next().catch((error: unknown) => {
    throw asProblem(asked, error, "cut-off");
  });
  const head: Buffer = first.done ? Buffer.alloc(0) : first.value;
  const decoder = decoderOf(codingOf(head, stated));
  const take = (bytes: Buffer): void => {
    taken += bytes.length;
    if (taken > asked.maxBodyBytes) {
      throw problem(asked, "too-large", `the body is longer than ${asked.maxBodyBytes} bytes`);
    }
    try {
      asked.write(bytes);
    } catch (error) {
      notTaken = { error };
      throw error;
    }
  };
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* watched;
  }
  try {
    if (decoder === null) for await (const bytes of all()) take(bytes);
    else
      await pipeline(all(), decoder, async (decoded: AsyncIterable<Buffer>) => {
        for await (const bytes of decoded) take(bytes);
      });
  } catch (error) {
    message.destroy();
    // A full disk on this side is nothing that the other side has done.
    if (notTaken !== null) throw (notTaken as { readonly error: unknown }).error;
    throw asProblem(asked, error, "cut-off");
  }
  if (!message.complete)
    throw problem(asked, "cut-off", "the connection closed before the body was whole");
  return taken;
}

/** The raw bytes, at least two at first, with a limit on silence. */
async function* watchedBody(
  asked: ExchangeRequest,
  message: IncomingMessage,
): AsyncGenerator<Buffer> {
  const silent = (): void => {
    const seconds = Math.round(asked.silenceMs / 1000);
    message.destroy(problem(asked, "silence", `the body was silent for ${seconds} s`));
  };
  let timer = setTimeout(silent, asked.silenceMs);
  let head = Buffer.alloc(0);
  let begun = false;
  try {
    for await (const bytes of message as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      if (begun) yield bytes;
      else {
        head = Buffer.concat([head, bytes]);
        if (head.length >= 2) {
          begun = true;
          yield head;
        }
      }
      timer = setTimeout(silent, asked.silenceMs);
    }
    if (!begun && head.length > 0) yield head;
  } finally {
    clearTimeout(timer);
  }
}

/** The first two bytes of gzip (RFC 1952). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

type Coding = "identity" | "gzip" | "deflate";

/**
 * The coding of a body: its bytes count more than its header, since servers zip without saying so,
 * and say so without zipping.
 *
 * @param head at least the first two bytes, or the whole body if it is shorter
 * @param stated the Content-Encoding header, "" if there is none
 */
function codingOf(head: Buffer, stated: string): Coding {
  if (head.subarray(0, 2).equals(GZIP_MAGIC)) return "gzip";
  // zlib's header: 32 KiB window, and a check sum over both bytes (RFC 1950).
  const zlib = head.length >= 2 && (head[0] & 0x0f) === 8 && ((head[0] << 8) | head[1]) % 31 === 0;
  return stated.trim().toLowerCase() === "deflate" && zlib ? "deflate" : "identity";
}

const CHUNK = 64 * 1024;

/** A stream that decodes, or null where nothing is to be decoded. A body that breaks off makes it fail. */
function decoderOf(coding: Coding): Transform | null {
  if (coding === "gzip") return createGunzip({ chunkSize: CHUNK });
  return coding === "deflate" ? createInflate({ chunkSize: CHUNK }) : null;
}
