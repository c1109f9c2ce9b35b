/** A server on the loopback that answers as a test says, and a client whose clock and chance are the test's. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebClient, type WebEvents } from "../../src/web/client.js";
import { DEFAULT_WEB_SETTINGS, type WebSettings } from "../../src/web/settings.js";

export type Answering = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export class TestServer {
  /** Every request so far. */
  readonly asked: { readonly url: string; readonly headers: IncomingMessage["headers"] }[] = [];

  private constructor(
    readonly server: Server,
    readonly url: URL,
  ) {}

  static async start(answering: Answering): Promise<TestServer> {
    let started: TestServer | null = null;
    const server = createServer((request, response) => {
      started?.asked.push({ url: request.url ?? "", headers: request.headers });
      answering(request, response, started?.asked.length ?? 0);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    started = new TestServer(server, new URL(`http://127.0.0.1:${port}/oai?verb=Identify`));
    return started;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export interface Tried {
  readonly client: WebClient;
  /** Milliseconds of each wait. */
  readonly waits: number[];
  /** The body that came last. */
  body(): string;
  readonly sink: { begin(): void; write(bytes: Buffer): void };
}

/** A client that does not really wait: its clock goes on by what it would have waited. */
export function tryClient(settings: Partial<WebSettings> = {}, events: WebEvents = {}): Tried {
  const waits: number[] = [];
  let now = Date.parse("2026-11-28T03:00:00Z");
  let parts: Buffer[] = [];
  const surroundings = {
    now: () => now,
    random: () => 0.5,
    sleep: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
  const client = new WebClient(
    {
      ...DEFAULT_WEB_SETTINGS,
      userAgent: "test (mailto:x@example.org)",
      surroundings,
      ...settings,
    },
    events,
  );
  const sink = {
    begin: () => {
      parts = [];
    },
    write: (bytes: Buffer) => {
      parts.push(bytes);
    },
  };
  return { client, waits, body: () => Buffer.concat(parts).toString(), sink };
}
