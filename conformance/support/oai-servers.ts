/**
 * Repositories of OAI-PMH as other programs make them, on the loopback: pyoai, ruby-oai and simple-oai-pmh
 * out of checkouts below the folder that OAI_SERVERS names, and Catmandu's plugin for Dancer.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { corpusPath } from "./corpora.js";

const SCRIPTS = resolve(import.meta.dirname, "../oai");
/** Records a page. */
const PAGE = "50";

/** A record of a repository, in oai_dc. */
export interface ServedRecord {
  readonly id: string;
  /** UTC, to the second. */
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
  /** Values by element. */
  readonly dc: Readonly<Record<string, readonly string[]>>;
}

export interface OaiServer {
  readonly name: string;
  readonly hasSets: boolean;
  /** Whether it answers with what has changed since a date; one takes the date for a month later. */
  readonly knowsDates: boolean;
  /** Why it cannot be started here, "" if it can. */
  readonly missing: string;
  /** @param folder its own */
  start(folder: string, records: readonly ServedRecord[]): Promise<RunningServer>;
}

export interface RunningServer {
  readonly url: string;
  /** Takes the place of all records that were served before. */
  serve(records: readonly ServedRecord[]): void;
  stop(): void;
}

function checkout(name: string): string {
  return join(process.env.OAI_SERVERS ?? corpusPath("oai-servers"), name);
}

/** What is not there of what a server needs. */
function missing(command: readonly string[], folder: string | null): string {
  const [program, ...args] = command;
  const problems: string[] = [];
  if (folder !== null && !existsSync(folder)) problems.push(folder);
  if (spawnSync(program, args).status !== 0) problems.push(command.join(" "));
  return problems.join(", ");
}

/** A server of a script of ours that prints its address and reads a file of JSON for each request. */
function scripted(
  name: string,
  { command, probe, folder }: { command: string[]; probe: string[]; folder: string | null },
): OaiServer {
  return {
    name,
    hasSets: true,
    knowsDates: true,
    missing: missing([command[0], ...probe], folder),
    async start(own, first) {
      const path = join(own, "records.json");
      const serve = (records: readonly ServedRecord[]) => {
        writeFileSync(path, JSON.stringify(records));
      };
      serve(first);
      const [program, script, ...args] = command;
      const child = spawn(program, [join(SCRIPTS, script), ...args, path, PAGE], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      return { url: await printed(child), serve, stop: () => child.kill() };
    },
  };
}

async function printed(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("no output to read");
  const [line] = await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(([status]) => {
      throw new Error(`the server ended with ${status}`);
    }),
  ]);
  return String(line).trim();
}

const SIMPLE = checkout("simple-oai-pmh");

/** Files of XML in a folder: their names are the identifiers, their times the datestamps. */
const simple: OaiServer = {
  name: "simple-oai-pmh",
  hasSets: false,
  knowsDates: false,
  missing: missing(["php", "-r", "exit(class_exists('DOMDocument') ? 0 : 1);"], SIMPLE),
  async start(own, first) {
    const root = join(own, "simple");
    cpSync(SIMPLE, root, { recursive: true });
    rmSync(join(root, "Data"), { recursive: true, force: true });
    mkdirSync(join(root, "vendor"));
    writeFileSync(join(root, "vendor/autoload.php"), AUTOLOAD);
    writeFileSync(join(root, "Configuration/Main.php"), configuration(own));
    const records = join(root, "Data/oai_dc");
    mkdirSync(records, { recursive: true });
    const serve = (all: readonly ServedRecord[]) => {
      for (const name of readdirSync(records)) rmSync(join(records, name));
      for (const one of all) {
        const path = join(records, `${one.id}.xml`);
        writeFileSync(path, one.deleted ? "" : xmlOf(one));
        utimesSync(path, new Date(one.datestamp), new Date(one.datestamp));
      }
    };
    serve(first);
    const port = await freePort();
    const child = spawn("php", ["-S", `127.0.0.1:${port}`, "index.php"], {
      cwd: root,
      stdio: "ignore",
    });
    await listening(port);
    return { url: `http://127.0.0.1:${port}/`, serve, stop: () => child.kill() };
  },
};

const AUTOLOAD = `<?php
spl_autoload_register(function ($name) {
    require __DIR__ . '/../Classes/' . basename(str_replace('\\\\', '/', $name)) . '.php';
});
`;

function configuration(folder: string): string {
  return `<?php
$config = [
    'repositoryName' => 'simple-oai-pmh',
    'adminEmail' => 'a@example.org',
    'deletedRecord' => 'persistent',
    'metadataPrefix' => ['oai_dc' => [
        'schema' => 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
        'namespace' => 'http://www.openarchives.org/OAI/2.0/oai_dc/',
    ]],
    'dataDirectory' => './Data/',
    'maxRecords' => ${PAGE},
    'tokenPrefix' => '${join(folder, "token-")}',
    'tokenValid' => 86400,
];
`;
}

function xmlOf({ dc }: ServedRecord): string {
  const elements = Object.entries(dc).flatMap(([name, values]) =>
    values.map((value) => `<dc:${name}>${escaped(value)}</dc:${name}>`),
  );
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${elements.join("")}</oai_dc:dc>\n`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await (await fetch(`http://127.0.0.1:${port}/?verb=x`)).text();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`nothing listens on ${port}`);
}

/** The system's own, which has the packages of the system. */
const PYTHON = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

export const OAI_SERVERS: readonly OaiServer[] = [
  scripted("pyoai", {
    command: [PYTHON, "pyoai-repository.py", checkout("pyoai")],
    probe: ["-c", "import lxml, pkg_resources"],
    folder: checkout("pyoai"),
  }),
  scripted("ruby-oai", {
    command: ["ruby", "ruby-oai-repository.rb", checkout("ruby-oai")],
    probe: ["-e", "require 'builder'; require 'webrick'"],
    folder: checkout("ruby-oai"),
  }),
  simple,
  scripted("Dancer::Plugin::Catmandu::OAI", {
    command: ["perl", "dancer-repository.pl"],
    probe: ["-MDancer::Plugin::Catmandu::OAI", "-e", "1"],
    folder: null,
  }),
];

/** A record as another harvester reads it. */
export interface ReadElsewhere {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
  readonly dc: Readonly<Record<string, readonly string[]>>;
}

/** Whether the other harvesters are there. */
export const OTHER_HARVESTERS =
  missing(["perl", "-MHTTP::OAI", "-MCatmandu::Importer::OAI", "-e", "1"], null) === "";

function lines(program: string, args: readonly string[]): Record<string, unknown>[] {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/**
 * What HTTP::OAI reads of a list.
 *
 * @param asked arguments of ListRecords beside the format: `set=maps`
 */
export function httpOaiRecords(url: string, ...asked: readonly string[]): ReadElsewhere[] {
  const read = lines("perl", [join(SCRIPTS, "http-oai-records.pl"), url, ...asked]);
  return read as unknown as ReadElsewhere[];
}

const DC_ELEMENT = /^[a-z]+$/;

/** What Catmandu reads of the whole list. */
export function catmanduRecords(url: string): ReadElsewhere[] {
  const options = ["--url", url, "--metadataPrefix", "oai_dc"];
  const read = lines("catmandu", [
    "convert",
    "OAI",
    ...options,
    "to",
    "JSON",
    "--line_delimited",
    "1",
  ]);
  return read.map((one) => ({
    identifier: String(one._identifier),
    datestamp: String(one._datestamp),
    deleted: one._status === "deleted",
    sets: (one._setSpec as string[] | undefined) ?? [],
    dc: Object.fromEntries(
      Object.entries(one).filter(([name]) => DC_ELEMENT.test(name)),
    ) as ReadElsewhere["dc"],
  }));
}
