/**
 * A repository of OAI-PMH on the loopback: records with datestamps, sets and deletions, pages with tokens,
 * a clock of its own; and every fault that a test asks for.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface OaiItem {
  readonly identifier: string;
  /** UTC, to the second. */
  datestamp: string;
  deleted?: boolean;
  sets?: readonly string[];
  /** The content of `metadata`, with its element. */
  metadata: string;
}

export interface Asked {
  readonly arguments: Readonly<Record<string, string>>;
  /** How many requests of ListRecords there were before, this one included. */
  readonly list: number;
}

/** What a fault does to an answer: gives another body, or answers by itself and gives null. */
export type Fault = (
  body: string,
  asked: Asked,
  response: ServerResponse,
) => string | Buffer | null;

const DC =
  'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';

/** Metadata in oai_dc: elements in order, text as it stands in XML. */
export function dc(...elements: readonly (readonly [string, string])[]): string {
  const inner = elements.map(([name, text]) => `<dc:${name}>${text}</dc:${name}>`).join("");
  return `<oai_dc:dc ${DC}>${inner}</oai_dc:dc>`;
}

export function dcItem(number: number, datestamp: string, title = `Title ${number}`): OaiItem {
  return {
    identifier: `oai:r.example.org:${number}`,
    datestamp,
    metadata: dc(["title", title], ["identifier", `http://www.example.org/${number}`]),
  };
}

export class OaiRepository {
  readonly asked: Asked[] = [];
  items: OaiItem[] = [];
  pageSize = 10;
  clock = "2026-11-28T03:00:00Z";
  granularity = "YYYY-MM-DDThh:mm:ssZ";
  deletedRecord = "persistent";
  statesSize = true;
  /** Sets that are listed though nothing may be in them. */
  knownSets: readonly string[] = [];
  fault: Fault | null = null;
  /** What a token is called outside. */
  nameToken: (token: string) => string = (token) => token;
  private readonly named = new Map<string, string>();
  private lists = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<OaiRepository> {
    let repository: OaiRepository | null = null;
    const server = createServer((request, response) => {
      void repository?.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    repository = new OaiRepository(server, `http://127.0.0.1:${port}/oai`);
    return repository;
  }

  /** Holds so many records of Dublin Core, each of a day of one month. */
  fill(count: number, dayOf: (index: number) => number): void {
    this.items = Array.from({ length: count }, (_, i) => {
      return dcItem(i + 1, `2026-11-${String(dayOf(i)).padStart(2, "0")}T00:00:00Z`);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Requests of a verb so far. */
  count(verb: string): number {
    return this.asked.filter((one) => one.arguments.verb === verb).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let form = "";
    for await (const bytes of request) form += String(bytes);
    const query = new URL(request.url ?? "/", "http://x").search.slice(1);
    const given = Object.fromEntries(new URLSearchParams(request.method === "POST" ? form : query));
    if (given.verb === "ListRecords") this.lists++;
    const asked = { arguments: given, list: this.lists };
    this.asked.push(asked);
    const body = this.bodyOf(given);
    const sent = this.fault === null ? body : this.fault(body, asked, response);
    if (sent === null) return;
    if (!response.headersSent && !response.hasHeader("content-type")) {
      response.setHeader("content-type", "text/xml");
    }
    response.end(sent);
  }

  private bodyOf(asked: Readonly<Record<string, string>>): string {
    const attributes = Object.entries(asked).map(([name, value]) => ` ${name}="${escaped(value)}"`);
    return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${this.clock}</responseDate><request${attributes.join("")}>${this.url}</request>${this.content(asked)}</OAI-PMH>`;
  }

  private content(asked: Readonly<Record<string, string>>): string {
    switch (asked.verb) {
      case "Identify":
        return `<Identify><repositoryName>Test</repositoryName><baseURL>${this.url}</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail><earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>${this.deletedRecord}</deletedRecord><granularity>${this.granularity}</granularity></Identify>`;
      case "ListSets":
        return this.sets();
      case "ListMetadataFormats":
        return "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat><metadataFormat><metadataPrefix>marc21</metadataPrefix></metadataFormat></ListMetadataFormats>";
      case "GetRecord": {
        const item = this.items.find(({ identifier }) => identifier === asked.identifier);
        return item === undefined
          ? oaiError("idDoesNotExist")
          : `<GetRecord>${recordOf(item)}</GetRecord>`;
      }
      case "ListRecords":
        return this.list(asked);
      default:
        return oaiError("badVerb");
    }
  }

  private sets(): string {
    const ofItems = this.items.flatMap(({ sets = [] }) => sets);
    const all = [...new Set([...this.knownSets, ...ofItems])].sort();
    if (all.length === 0) return oaiError("noSetHierarchy");
    const sets = all.map((set) => `<set><setSpec>${set}</setSpec><setName>${set}</setName></set>`);
    return `<ListSets>${sets.join("")}</ListSets>`;
  }

  /** A token that a test has put in place of ours leads to the second page. */
  private tokenParts(token: string): readonly [number, string, string, string] {
    try {
      return JSON.parse(Buffer.from(this.named.get(token) ?? token, "base64url").toString());
    } catch {
      return [this.pageSize, "", "", ""];
    }
  }

  private list(asked: Readonly<Record<string, string>>): string {
    const given = asked.resumptionToken;
    const [offset, from, until, set] =
      given === undefined
        ? ([0, asked.from ?? "", asked.until ?? "", asked.set ?? ""] as const)
        : this.tokenParts(given);
    const length = this.granularity.length > 10 ? 20 : 10;
    const found = this.items
      .filter((item) => from === "" || item.datestamp.slice(0, from.length) >= from)
      .filter((item) => until === "" || item.datestamp.slice(0, until.length) <= until)
      .filter(
        ({ sets = [] }) =>
          set === "" || sets.some((one) => one === set || one.startsWith(`${set}:`)),
      );
    if (found.length === 0) return oaiError("noRecordsMatch");
    const page = found.slice(offset, offset + this.pageSize);
    const next = offset + this.pageSize;
    const size = this.statesSize ? ` completeListSize="${found.length}" cursor="${offset}"` : "";
    const token = Buffer.from(JSON.stringify([next, from, until, set])).toString("base64url");
    const more = this.nameToken(token);
    if (next < found.length) this.named.set(more, token);
    const end =
      next < found.length
        ? `<resumptionToken${size}>${escaped(more)}</resumptionToken>`
        : offset > 0
          ? `<resumptionToken${size}/>`
          : "";
    return `<ListRecords>${page.map((item) => recordOf(item, length)).join("")}${end}</ListRecords>`;
  }
}

/** Records of the list before the page that a token leads to; 0 without one. */
export function offsetOf({ arguments: { resumptionToken } }: Asked): number {
  if (resumptionToken === undefined) return 0;
  return JSON.parse(Buffer.from(resumptionToken, "base64url").toString())[0];
}

export function oaiError(code: string): string {
  return `<error code="${code}">said the repository</error>`;
}

function recordOf(item: OaiItem, length = 20): string {
  const sets = (item.sets ?? []).map((set) => `<setSpec>${set}</setSpec>`).join("");
  const status = item.deleted ? ' status="deleted"' : "";
  const header = `<header${status}><identifier>${item.identifier}</identifier><datestamp>${item.datestamp.slice(0, length)}</datestamp>${sets}</header>`;
  return `<record>${header}${item.deleted ? "" : `<metadata>${item.metadata}</metadata>`}</record>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
