/** A small HTTP server for answers that are only read: limits on size, time and connections. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { ListenAddress } from "../config/job/want.js";
import { Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { type Reply, unavailable } from "./want-endpoint.js";
import { CONTENT_POLICY } from "./want-page.js";

/** Bytes of a request's address and headers. */
const MOST_HEADERS = 16 * 1024;
/** Milliseconds in which a request must have come in whole. */
const REQUEST_PATIENCE = 10_000;
/** Milliseconds that a connection is kept for the next request. */
const IDLE = 5000;
const MOST_CONNECTIONS = 4000;
/** Connections that may wait to be taken. */
const BACKLOG = 2048;
/** Bytes of a request's body, which nobody needs, that are waited for. */
const MOST_BODY = 1024 * 1024;
/** Requests of one connection that may wait for their answers; programs send one and wait for it. */
const MOST_WAITING = 10;
/** Milliseconds in which who is refused may read why. */
const LINGER = 2000;
/** Milliseconds that requests under way have when the server ends. */
const LAST_WORDS = 10_000;

const HEADERS = {
  "Content-Security-Policy": CONTENT_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

export interface ServerParts {
  reply(method: string, target: string): Reply;
  /** Takes one line for each request. */
  log(line: string): void;
  /** Takes what is no mistake of who asked; they are answered 503. */
  failed(error: unknown): void;
}

export interface RunningServer {
  /** `http://HOST:PORT/` */
  readonly address: string;
  /** Takes no more requests, answers those under way, and ends. */
  close(): Promise<void>;
}

/**
 * Listens.
 *
 * @throws Failure (2) when it cannot listen there
 */
export async function serve(at: ListenAddress, parts: ServerParts): Promise<RunningServer> {
  const options = {
    maxHeaderSize: MOST_HEADERS,
    headersTimeout: REQUEST_PATIENCE,
    requestTimeout: REQUEST_PATIENCE,
    keepAliveTimeout: IDLE,
    connectionsCheckingInterval: 1000,
  };
  const waiting = new WeakMap<Socket, number>();
  const all = { ...parts, isOpen: () => server.listening };
  const server = createServer(options, (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    const before = waiting.get(socket) ?? 0;
    if (before >= MOST_WAITING) {
      parts.log(`- - closed: more than ${MOST_WAITING} requests at once on one connection`);
      socket.destroy();
      return;
    }
    waiting.set(socket, before + 1);
    response.once("close", () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    // Not at once, so that what many send together does not keep others from being heard.
    afterBody(request, () => setImmediate(() => answer(request, response, all)));
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(2 * REQUEST_PATIENCE, (socket: Socket) => socket.destroy());
  const refused = new WeakSet<Socket>();
  server.on(
    "clientError",
    (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket) => {
      // Each further piece of what is no request comes here again, and is dropped.
      if (refused.has(socket)) return;
      refused.add(socket);
      refuse(error, socket, parts);
    },
  );
  await listening(server, at);
  server.on("error", parts.failed);
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === "IPv6" ? `[${address}]` : address;
  return { address: `http://${host}:${port}/`, close: () => closed(server) };
}

function listening(server: Server, { host, port }: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: "somebody else listens there already",
        EACCES: "this account may not listen there",
        EADDRNOTAVAIL: "this machine has no such address",
        ENOTFOUND: "there is no host of that name",
      };
      const reason = reasons[error.code ?? ""] ?? error.message;
      reject(
        new Failure(
          "usage",
          `${host}:${port}: ${reason}`,
          "Name another address in [Want] listen or with --listen; port 0 takes any that is free.",
          { cause: error },
        ),
      );
    };
    server.once("error", onError);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off("error", onError);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), LAST_WORDS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Drops the body of a request, in bounds, so that its answer is not lost over bytes that are still coming. */
function afterBody(request: IncomingMessage, then: () => void): void {
  const length = Number(request.headers["content-length"] ?? 0);
  let left =
    request.headers["transfer-encoding"] === undefined && length > MOST_BODY ? 0 : MOST_BODY;
  const timer = setTimeout(done, LINGER);
  function done(): void {
    clearTimeout(timer);
    request.off("data", drop).off("end", done);
    then();
  }
  function drop(bytes: Buffer): void {
    left -= bytes.length;
    if (left < 0) done();
  }
  request.on("data", drop).on("end", done);
  if (left === 0) done();
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: ServerParts & { isOpen(): boolean },
): void {
  if (request.socket.destroyed) return;
  const begun = performance.now();
  const { method = "", url = "" } = request;
  let reply: Reply;
  try {
    reply = parts.reply(method, url);
  } catch (error) {
    parts.failed(error);
    reply = unavailable(url);
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    ...HEADERS,
    "Content-Type": reply.type,
    "Content-Length": body.length,
    ...(reply.allow === undefined ? {} : { Allow: reply.allow }),
    ...(request.readableEnded && parts.isOpen() ? {} : { Connection: "close" }),
  });
  response.end(method === "HEAD" ? undefined : body);
  const path = printable(url.replace(/\?.*$/s, "").slice(0, 100));
  const time = (performance.now() - begun).toFixed(1);
  const told = reply.told === "" ? "" : ` ${printable(reply.told)}`;
  parts.log(`${method} ${path} ${reply.status} ${time}ms${told}`);
}

/**
 * Answers what is no request of HTTP. The connection stays open for a while: closed over bytes that are
 * still coming it would be reset, and the answer lost.
 */
function refuse(
  { code, rawPacket }: NodeJS.ErrnoException & { rawPacket?: Buffer },
  socket: Socket,
  parts: ServerParts,
): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusFor(code ?? "", rawPacket);
  parts.log(`- - ${status} ${code}`);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  setTimeout(() => socket.destroy(), LINGER).unref();
}

function statusFor(code: string, packet: Buffer | undefined): string {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return "408 Request Timeout";
  if (code !== "HPE_HEADER_OVERFLOW") return "400 Bad Request";
  const isAddress = packet !== undefined && !packet.includes("\r\n");
  return isAddress ? "414 URI Too Long" : "431 Request Header Fields Too Large";
}
