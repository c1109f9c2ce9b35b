/** A small catalogue of a gift desk, and a server of it in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type Agent, get } from "node:http";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { commandIn } from "../support/command-line.js";
import { SAMPLES } from "../support/samples.js";

export const ROOT = resolve(import.meta.dirname, "../..");
export const ASK = "/services/book/v1/do_we_want_it/";
export const HELD = "9780262033848";
export const UNKNOWN = "9783161484100";

export interface Got {
  readonly status: number;
  readonly text: string;
}

/** Makes desk.conf and desk.sqlite in a folder, of the sample catalogue. */
export async function makeDesk(folder: string): Promise<void> {
  const conf = join(folder, "desk.conf");
  writeFileSync(
    conf,
    `include ${ROOT}/etc/sample.conf\n[Database]\noverride path = desk.sqlite\nkeep_keys = ISBN,LCCN,OCLC_NUMBER\n[Logging]\noverride directory = log\n`,
  );
  await commandIn(folder, conf, join(SAMPLES, "catalog.mrc"));
}

/** Lines of MARC-in-JSON that all have one ISBN. */
export function recordsWith(isbn: string, count: number): string {
  const record = (i: number) => ({
    leader: "00000nam a2200000 a 4500",
    fields: [
      { "001": `many-${i}` },
      { "020": { ind1: " ", ind2: " ", subfields: [{ a: isbn }] } },
      { "245": { ind1: "0", ind2: "0", subfields: [{ a: `Book ${i}` }] } },
    ],
  });
  return Array.from({ length: count }, (_, i) => `${JSON.stringify(record(i))}\n`).join("");
}

/** A server in a process of its own. */
export class Served {
  /** What it has written to standard error. */
  said = "";
  private listensAt = 0;

  private constructor(
    readonly process: ChildProcess,
    readonly ended: Promise<unknown[]>,
  ) {}

  get port(): number {
    return this.listensAt;
  }

  /** @param conf path of its configuration */
  static async start(conf: string): Promise<Served> {
    const args = ["serve", conf, "--listen", "127.0.0.1:0", "--quiet"];
    const child = spawn(join(ROOT, "bin/MARC_import"), args, { stdio: ["ignore", "pipe", "pipe"] });
    const served = new Served(child, once(child, "exit"));
    await new Promise<void>((listens, fails) => {
      child.stderr.on("data", (part) => {
        served.said += part;
        const port = /listening at http:\/\/127\.0\.0\.1:(\d+)\//.exec(served.said)?.[1];
        if (port === undefined) return;
        served.listensAt = Number(port);
        listens();
      });
      child.on("exit", () => fails(new Error(`it did not listen: ${served.said}`)));
    });
    return served;
  }

  /** Over a connection of its own unless an agent keeps some. */
  get(path: string, agent: Agent | false = false): Promise<Got> {
    return new Promise((done, fail) => {
      get({ host: "127.0.0.1", port: this.port, path, agent }, (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => done({ status: answer.statusCode ?? 0, text }));
        answer.on("error", fail);
      }).on("error", fail);
    });
  }

  /** What comes back for bytes as they are. */
  raw(bytes: string): Promise<string> {
    return new Promise((done) => {
      let text = "";
      const socket = connect(this.port, "127.0.0.1", () => socket.write(bytes));
      socket.on("data", (part) => {
        text += part;
      });
      socket.on("error", () => undefined);
      socket.on("close", () => done(text));
    });
  }

  async stop(): Promise<number> {
    this.process.kill("SIGTERM");
    const [status] = await this.ended;
    return status as number;
  }
}
