import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer as createProxy, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { Recorder, Replay } from "../../src/web/recording.js";
import type { WebSettings } from "../../src/web/settings.js";
import { WebDeferral, WebProblem } from "../../src/web/web-problem.js";
import { type Answering, TestServer, type Tried, tryClient } from "./support.js";

const PAGE = `<OAI-PMH>${"x".repeat(5000)}</OAI-PMH>`;
const servers: TestServer[] = [];
const tried: Tried[] = [];

afterEach(async () => {
  for (const one of tried.splice(0)) one.client.close();
  for (const server of servers.splice(0)) await server.stop();
});

async function serving(answering: Answering): Promise<TestServer> {
  const server = await TestServer.start(answering);
  servers.push(server);
  return server;
}

function trying(settings: Partial<WebSettings> = {}): Tried {
  const one = tryClient(settings);
  tried.push(one);
  return one;
}

async function problemOf(work: Promise<unknown>): Promise<WebProblem> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(WebProblem);
  return error as WebProblem;
}

describe("a body", () => {
  it("comes whole, with who asks in the request", async () => {
    const server = await serving((_, response) => response.end(PAGE));
    const { client, sink, body } = trying();
    const answer = await client.ask({ url: server.url, sink });
    expect([answer.status, answer.bytes, answer.tries]).toEqual([200, PAGE.length, 1]);
    expect(body()).toBe(PAGE);
    expect(server.asked[0].headers["user-agent"]).toBe("test (mailto:x@example.org)");
  });

  it.each([
    ["zipped and declared", gzipSync(PAGE), { "content-encoding": "gzip" }],
    ["zipped and not declared", gzipSync(PAGE), {}],
    ["declared and not zipped", Buffer.from(PAGE), { "content-encoding": "gzip" }],
    ["empty and declared zipped", Buffer.alloc(0), { "content-encoding": "gzip" }],
  ])("%s is read by its first bytes", async (_, sent, headers) => {
    const server = await serving((__, response) => response.writeHead(200, headers).end(sent));
    const { client, sink, body } = trying();
    await client.ask({ url: server.url, sink });
    expect(body()).toBe(sent.length === 0 ? "" : PAGE);
  });

  it("that is zipped and breaks off is asked for again unzipped, and the first part is forgotten", async () => {
    const server = await serving((request, response) => {
      const zipped = String(request.headers["accept-encoding"]).includes("gzip");
      response.end(zipped ? gzipSync(PAGE).subarray(0, 40) : PAGE);
    });
    const { client, sink, body, waits } = trying();
    expect((await client.ask({ url: server.url, sink })).tries).toBe(2);
    expect(body()).toBe(PAGE);
    expect(waits).toEqual([10_000]);
  });

  it("shorter than its stated length is no answer", async () => {
    const server = await serving((_, response) => {
      response.writeHead(200, { "content-length": PAGE.length });
      response.write(PAGE.slice(0, 100), () => response.destroy());
    });
    const { client, sink } = trying({ tries: 3 });
    const { kind } = await problemOf(client.ask({ url: server.url, sink }));
    expect([kind, server.asked.length]).toEqual(["cut-off", 3]);
  });

  it("in chunks without the last one is no answer", async () => {
    const server = await serving((_, response) => {
      response.write("<OAI-PMH>", () => response.destroy());
    });
    const { client, sink } = trying({ tries: 1 });
    expect((await problemOf(client.ask({ url: server.url, sink }))).kind).toBe("cut-off");
  });

  it("longer than allowed is refused at once, zipped too", async () => {
    const server = await serving((_, response) => response.end(gzipSync("x".repeat(200_000))));
    const { client, sink } = trying({ maxBodyBytes: 100_000 });
    const { kind, message } = await problemOf(client.ask({ url: server.url, sink }));
    expect(kind).toBe("too-large");
    expect(message).toContain("100000 bytes");
    expect(server.asked).toHaveLength(1);
  });
});

describe("silence", () => {
  it("before the first byte ends a try", async () => {
    const server = await serving((_, response, count) => {
      if (count > 1) response.end(PAGE);
    });
    const { client, sink, body } = trying({ firstByteMs: 300, tries: 20 });
    expect((await client.ask({ url: server.url, sink })).tries).toBeGreaterThan(1);
    expect(body()).toBe(PAGE);
  });

  it("within a body ends it", async () => {
    const server = await serving((_, response) => void response.write("<OAI-PMH>"));
    const { client, sink } = trying({ silenceMs: 50, tries: 1 });
    expect((await problemOf(client.ask({ url: server.url, sink }))).kind).toBe("silence");
  });
});

describe("patience", () => {
  it.each([
    ["seconds", "7", 7000],
    ["a date", new Date(Date.parse("2026-11-28T03:00:30Z")).toUTCString(), 30_000],
    ["nothing", undefined, 10_000],
    ["0", "0", 10_000],
    ["what cannot be read", "soon", 10_000],
  ])("follows a Retry-After of %s", async (_, header, waited) => {
    const server = await serving((__, response, count) => {
      if (count > 1) return void response.end(PAGE);
      if (header !== undefined) response.setHeader("retry-after", header);
      response.writeHead(503).end();
    });
    const { client, sink, waits } = trying();
    const answer = await client.ask({ url: server.url, sink });
    expect([answer.status, answer.waitedMs]).toEqual([200, waited]);
    expect(waits[0]).toBe(waited);
  });

  it("doubles, and has an end", async () => {
    const server = await serving((_, response) => void response.writeHead(500).end("broken"));
    const { client, sink, waits } = trying({ tries: 4 });
    expect((await client.ask({ url: server.url, sink })).status).toBe(500);
    expect(waits).toEqual([10_000, 20_000, 40_000]);
    expect(server.asked).toHaveLength(4);
  });

  it("asked for beyond measure is deferred, with the time until which", async () => {
    const server = await serving(
      (_, response) => void response.writeHead(503, { "retry-after": "86400" }).end(),
    );
    const { client, sink } = trying();
    const error = await client.ask({ url: server.url, sink }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WebDeferral);
    expect((error as WebDeferral).until).toBe(Date.parse("2026-11-29T03:00:00Z"));
  });

  it("makes later requests slower after a 429", async () => {
    const server = await serving(
      (_, response, count) => void response.writeHead(count === 1 ? 429 : 200).end(PAGE),
    );
    const { client, sink, waits } = trying();
    await client.ask({ url: server.url, sink });
    await client.ask({ url: server.url, sink });
    expect(waits).toEqual([10_000, 3000]);
  });

  it.each([401, 403, 404, 422])("is not tried on a %s", async (status) => {
    const server = await serving((_, response) => void response.writeHead(status).end("no"));
    const { client, sink, body } = trying();
    expect((await client.ask({ url: server.url, sink })).status).toBe(status);
    expect([server.asked.length, body()]).toEqual([1, "no"]);
  });

  it("is asked for by whoever judges the answer, and spared the same way", async () => {
    const server = await serving(
      (_, response, count) =>
        void response.writeHead(count === 2 ? 500 : 200).end(count === 1 ? "<html>" : PAGE),
    );
    const { client, sink, body } = trying();
    const judge = () => (body() === PAGE ? "usable" : { again: "no OAI-PMH" });
    const answer = await client.ask({ url: server.url, sink, judge });
    expect([answer.status, answer.tries]).toEqual([500, 2]);
  });
});

describe("redirects", () => {
  it("are followed, and told whether they are for good", async () => {
    const server = await serving((request, response) => {
      if (request.url === "/new") return void response.end(PAGE);
      response.writeHead(301, { location: "/new" }).end();
    });
    const { client, sink, body } = trying();
    const answer = await client.ask({ url: server.url, sink });
    expect(body()).toBe(PAGE);
    expect(answer.redirects).toMatchObject([{ permanent: true, to: `${server.url.origin}/new` }]);
  });

  it.each([
    ["without end", "/oai"],
    ["to nowhere", undefined],
    ["to another protocol", "ftp://127.0.0.1/x"],
  ])("%s are refused", async (_, location) => {
    const server = await serving((__, response) => {
      response.writeHead(302, location === undefined ? {} : { location }).end();
    });
    const { client, sink } = trying();
    expect((await problemOf(client.ask({ url: server.url, sink }))).kind).toBe("redirect");
    expect(server.asked.length).toBeLessThan(8);
  });
});

describe("credentials", () => {
  it("go to their host alone", async () => {
    const other = await serving((_, response) => response.end(PAGE));
    const server = await serving(
      (_, response) => void response.writeHead(302, { location: other.url.href }).end(),
    );
    const credentials = { host: server.url.host, headers: { authorization: "Basic c2VjcmV0" } };
    const { client, sink } = trying({ credentials });
    await client.ask({ url: server.url, sink });
    expect(server.asked[0].headers.authorization).toBe("Basic c2VjcmV0");
    expect(other.asked[0].headers.authorization).toBeUndefined();
  });

  it("and cookies are left out of a recording, which answers again without a network", async () => {
    const folder = mkdtempSync(join(tmpdir(), "recording-"));
    const server = await serving((_, response) => {
      response.setHeader("set-cookie", "session=hidden7; Path=/");
      response.end(PAGE);
    });
    const credentials = { host: server.url.host, headers: { "x-client": "hidden8" } };
    const recording = trying({ credentials, recorder: new Recorder(folder) });
    await recording.client.ask({ url: server.url, sink: recording.sink });
    await recording.client.ask({ url: server.url, sink: recording.sink });
    expect(server.asked[1].headers.cookie).toBe("session=hidden7");
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/hidden[78]/);
    }
    await server.stop();
    servers.pop();
    const again = trying({ replay: new Replay(folder) });
    await again.client.ask({ url: server.url, sink: again.sink });
    expect(again.body()).toBe(PAGE);
    const strange = new URL("/strange", server.url);
    const { kind } = await problemOf(again.client.ask({ url: strange, sink: again.sink }));
    expect(kind).toBe("replay");
    rmSync(folder, { recursive: true });
  });
});

describe("connections", () => {
  it("are one a host, kept, and begun anew where the other side has closed them", async () => {
    const server = await serving((_, response) => response.end(PAGE));
    server.server.keepAliveTimeout = 1;
    let opened = 0;
    server.server.on("connection", () => opened++);
    const { client, sink, waits } = trying();
    await client.ask({ url: server.url, sink });
    server.server.closeAllConnections();
    expect((await client.ask({ url: server.url, sink })).tries).toBe(1);
    expect(waits).toEqual([]);
    expect(opened).toBe(2);
  });

  it("that are refused are told as not reachable after the last try", async () => {
    const server = await serving((_, response) => response.end(PAGE));
    await server.stop();
    servers.pop();
    const { client, sink, waits } = trying({ tries: 2 });
    const { kind, message } = await problemOf(client.ask({ url: server.url, sink }));
    expect([kind, waits.length]).toEqual(["not-reachable", 1]);
    expect(message).toContain("ECONNREFUSED");
  });

  it("go through a proxy where one is named", async () => {
    const server = await serving((_, response) => response.end(PAGE));
    const through: string[] = [];
    const proxy = createProxy((request, response) => {
      through.push(`${request.url} ${request.headers["proxy-authorization"]}`);
      httpRequest(String(request.url), (answer) => answer.pipe(response)).end();
    });
    proxy.on("connect", (request, socket) => {
      through.push(`CONNECT ${request.url}`);
      const to = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        to.pipe(socket).pipe(to);
      });
      to.on("error", () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const { client, sink, body } = trying({ proxy: new URL(`http://me:pw@127.0.0.1:${port}`) });
    await client.ask({ url: server.url, sink });
    expect(body()).toBe(PAGE);
    const secure = new URL(server.url.href.replace("http:", "https:"));
    const refused = trying({ proxy: new URL(`http://127.0.0.1:${port}`), tries: 1 });
    await problemOf(refused.client.ask({ url: secure, sink: refused.sink }));
    expect(through).toEqual([`${server.url.href} Basic bWU6cHc=`, `CONNECT ${server.url.host}`]);
    proxy.closeAllConnections();
    proxy.close();
  });

  it("end when the client is closed", async () => {
    const server = await serving(() => undefined);
    const { client, sink } = trying();
    const asking = problemOf(client.ask({ url: server.url, sink }));
    setTimeout(() => client.close(), 30);
    expect((await asking).kind).toBe("stopped");
  });
});
