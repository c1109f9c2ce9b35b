/** Connections through a proxy: a tunnel by CONNECT (RFC 9110, 9.3.6), inside which TLS speaks to the other side. */

import { request } from "node:http";
import { Agent, type AgentOptions } from "node:https";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect as tlsConnect } from "node:tls";

type Done = (error: Error | null, stream?: Duplex) => void;

/** What Node's agent calls for a new connection; its types leave it out. */
interface Connecting {
  createConnection(options: ConnectionOptions & { host: string; port: number }, done: Done): void;
}

/** An agent for https whose connections are tunnels through the proxy. */
export function proxyAgent(proxy: URL, options: AgentOptions): Agent {
  const agent = new Agent(options);
  (agent as unknown as Connecting).createConnection = (to, done) => {
    tunnel(proxy, `${to.host}:${to.port}`).then(
      (socket) => done(null, tlsConnect({ ...to, socket, servername: to.servername ?? to.host })),
      (error: Error) => done(error),
    );
  };
  return agent;
}

function tunnel(proxy: URL, target: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: proxy.hostname,
      port: proxy.port === "" ? 80 : Number(proxy.port),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...proxyHeaders(proxy) },
      agent: false,
    });
    asked.on("connect", (answer, socket) => {
      if (answer.statusCode === 200) resolve(socket);
      else
        reject(
          new Error(`the proxy ${proxy.host} refuses the connection: HTTP ${answer.statusCode}`),
        );
    });
    asked.on("error", (error) =>
      reject(new Error(`the proxy ${proxy.host} cannot be reached: ${error.message}`)),
    );
    asked.end();
  });
}

/** What the proxy itself is told: who asks, if its address names a user. */
export function proxyHeaders(proxy: URL): Record<string, string> {
  return proxy.username === "" ? {} : { "proxy-authorization": credentialsOf(proxy) };
}

function credentialsOf(proxy: URL): string {
  const plain = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(plain, "utf8").toString("base64")}`;
}
