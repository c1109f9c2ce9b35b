/** `serve` as a browser, a script and an attacker meet it. */

import { rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandIn } from "../support/command-line.js";
import { temporaryFolder } from "../support/import-harness.js";
import { otherProgram } from "../support/other-program.js";
import { ASK, HELD, makeDesk, recordsWith, Served, UNKNOWN } from "./served.js";

const folder = temporaryFolder();
const conf = join(folder.path, "desk.conf");

describe("serve", () => {
  let served: Served;

  beforeAll(async () => {
    await makeDesk(folder.path);
    served = await Served.start(conf);
  }, 60_000);

  afterAll(async () => {
    served.process.kill("SIGKILL");
    await served.ended;
    folder.remove();
  });

  const told = async (query: string) => {
    const { status, text } = await served.get(`${ASK}?${query}`);
    return { http: status, ...(JSON.parse(text) as { response: number }) };
  };

  it.each([
    ["held", `isbn=${HELD}`, 0],
    ["not held", `isbn=${UNKNOWN}`, 1],
    ["held, and weeded", `isbn=${HELD}&weeding=true`, 1],
    ["an ISBN as asin", `asin=${HELD}`, 0],
    ["an ASIN as asin", "asin=B000FA64PK", 1],
    ["an ASIN as isbn", "isbn=B000FA64PK", -1],
    ["nothing", "", -1],
    ["an empty number", "isbn=", -1],
    ["a zero byte", "isbn=%00", -1],
    ["broken escapes", "isbn=%ff%", -1],
    ["two numbers", `isbn=${HELD}&isbn=${HELD}`, -1],
  ])("answers 200 for %s", async (_, query, response) => {
    expect(await told(query)).toMatchObject({ http: 200, response });
  });

  it("tells rows where that is asked for", async () => {
    expect(await told(`isbn=${HELD}&debug=true`)).toMatchObject({
      books: { "sample-marc/sm-002": { matched_by: { method: "ISBN", key: HELD } } },
    });
  });

  it("says that it is well, and that there is nothing else", async () => {
    expect((await served.get("/healthz")).status).toBe(200);
    expect((await served.get("/etc/passwd")).status).toBe(404);
    expect((await served.get("/%2e%2e/")).status).toBe(404);
  });

  it("has a page that puts nothing into its text unescaped", async () => {
    const { status, text } = await served.get("/?isbn=%3Cscript%3Ealert(1)%3C/script%3E");
    expect(status).toBe(200);
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script");
  });

  it("shows on its page what is held", async () => {
    const { text } = await served.get(`/?isbn=${HELD}`);
    expect(text).toMatch(/Not needed[\s\S]*Introduction to algorithms/);
  });

  it.each([
    ["an address of a megabyte", `GET ${ASK}?isbn=${"9".repeat(1_000_000)} HTTP/1.1\r\n`, " 414 "],
    ["headers without end", `GET / HTTP/1.1\r\nX: ${"x".repeat(100_000)}`, " 431 "],
    ["no HTTP at all", "hello\r\n\r\n", " 400 "],
    ["zero bytes", "\0".repeat(1000), " 400 "],
    ["another method", "DELETE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", " 405 "],
    [
      "a body that nobody needs",
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 900000\r\n\r\n${"x".repeat(900_000)}`,
      " 405 ",
    ],
    [
      "a body that never comes",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n",
      " 405 ",
    ],
  ])(
    "answers %s, and goes on",
    async (_, bytes, status) => {
      expect((await served.raw(bytes)).slice(0, 40)).toContain(status);
      expect(await told(`isbn=${HELD}`)).toMatchObject({ response: 0 });
    },
    30_000,
  );

  it("answers 1,000 requests at once, each rightly, beside clients that send nothing", async () => {
    const idle = Array.from({ length: 50 }, () => {
      const socket = connect(served.port, "127.0.0.1", () => socket.write("GET / HT"));
      socket.on("error", () => undefined);
      return socket;
    });
    const agent = new Agent({ maxSockets: 1000 });
    const asked = Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? UNKNOWN : HELD));
    const answers = await Promise.all(
      asked.map((isbn) => served.get(`${ASK}?isbn=${isbn}`, agent)),
    );
    const wrong = answers.filter(({ status, text }, i) => {
      const { isbn, response } = JSON.parse(text) as { isbn: string; response: number };
      return status !== 200 || isbn !== asked[i] || response !== (isbn === HELD ? 0 : 1);
    });
    expect(wrong).toEqual([]);
    for (const socket of idle) socket.destroy();
    agent.destroy();
  }, 60_000);

  it("hears others beside connections that send thousands of requests and read nothing", async () => {
    const one = `GET ${ASK}?isbn=${HELD} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const deaf = Array.from({ length: 30 }, () => {
      const socket = connect(served.port, "127.0.0.1", () => socket.write(one.repeat(2000)));
      socket.on("error", () => undefined);
      return new Promise<void>((done) => {
        socket.on("close", () => done());
      });
    });
    await Promise.all(deaf);
    expect(await told(`isbn=${HELD}`)).toMatchObject({ response: 0 });
    const few = await served.raw(one.repeat(4) + one.replace("Host", "Connection: close\r\nHost"));
    expect(few.match(/HTTP\/1\.1 200/g)).toHaveLength(5);
  }, 30_000);

  it("sees an import that ends meanwhile", async () => {
    const isbn = "9780306406157";
    expect(await told(`isbn=${isbn}`)).toMatchObject({ response: 1 });
    const file = join(folder.path, "new.json");
    writeFileSync(file, recordsWith(isbn, 1));
    expect((await commandIn(folder.path, conf, file)).status).toBe(0);
    expect(await told(`isbn=${isbn}`)).toMatchObject({ response: 0 });
  }, 30_000);

  it("goes on after a pattern that does not come to an end, and names it with the row", async () => {
    const elsewhere = temporaryFolder();
    await makeDesk(elsewhere.path);
    const endless = join(elsewhere.path, "endless.conf");
    writeFileSync(endless, `include desk.conf\n[Want]\nneed_second = "title /^(([a-z]+)+)+$/i"\n`);
    otherProgram(join(elsewhere.path, "desk.sqlite"), (db) =>
      db.exec(`UPDATE record_info SET title = '${"a".repeat(60)}!' WHERE isbn LIKE '%${HELD}%'`),
    );
    const other = await Served.start(endless);
    expect((await other.get(`${ASK}?isbn=${HELD}`)).status).toBe(503);
    expect((await other.get(`${ASK}?isbn=${UNKNOWN}`)).status).toBe(200);
    expect(other.said).toMatch(/need_second does not come to an end on record_id \d+/);
    expect(await other.stop()).toBe(0);
    elsewhere.remove();
  }, 60_000);

  it("says on its page, too, that the database is gone", async () => {
    const elsewhere = temporaryFolder();
    await makeDesk(elsewhere.path);
    const other = await Served.start(join(elsewhere.path, "desk.conf"));
    rmSync(join(elsewhere.path, "desk.sqlite"));
    const page = await other.get(`/?isbn=${HELD}`);
    expect(page.status).toBe(503);
    expect(page.text).toMatch(/^<!DOCTYPE html>[\s\S]*Ask again in a minute/);
    expect((await other.get(`${ASK}?isbn=${HELD}`)).text).toContain('"status":"error"');
    expect(await other.stop()).toBe(0);
    elsewhere.remove();
  }, 30_000);

  it("ends under load without a wrong or a broken answer", async () => {
    const other = await Served.start(conf);
    const agent = new Agent({ keepAlive: true, maxSockets: 50 });
    const seen = { right: 0, wrong: 0 };
    let goesOn = true;
    const worker = async () => {
      while (goesOn) {
        const got = await other.get(`${ASK}?isbn=${HELD}`, agent).catch(() => null);
        // Who comes too late is refused, and gets no part of an answer.
        if (got === null) goesOn = false;
        else if ((JSON.parse(got.text) as { response: number }).response === 0) seen.right++;
        else seen.wrong++;
      }
    };
    const workers = Array.from({ length: 50 }, worker);
    while (seen.right < 200) await new Promise((done) => setTimeout(done, 10));
    expect(await other.stop()).toBe(0);
    goesOn = false;
    await Promise.all(workers);
    agent.destroy();
    expect(seen.wrong).toBe(0);
  }, 60_000);

  it("refuses an address that is taken", async () => {
    const args = ["serve", conf, "--listen", `127.0.0.1:${served.port}`];
    const { status, error } = await commandIn(folder.path, ...args);
    expect({ status, error }).toEqual({ status: 2, error: expect.stringContaining("already") });
  });

  it("ends when it is asked to, though a client holds its connection", async () => {
    const agent = new Agent({ keepAlive: true });
    expect((await served.get("/healthz", agent)).status).toBe(200);
    expect(await served.stop()).toBe(0);
    agent.destroy();
  }, 30_000);
});
