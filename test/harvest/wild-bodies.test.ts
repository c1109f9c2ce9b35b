/** Bodies as repositories send them: each gives the rows of the quiet one, or a failure with nothing changed. */

import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { inAnswer, inLists, onPage, withStatus } from "../support/oai-faults.js";
import { dcItem, type Fault, oaiError } from "../support/oai-repository.js";

const ALL = 30;
let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.fill(ALL, (i) => 1 + (i % 27));
});
afterEach(() => harvests.end());

const QUIET = Array.from({ length: ALL }, (_, i) => `${i + 1} Title ${i + 1}`).sort();
const NAMESPACES = / xmlns:(?:oai_dc|dc)="[^"]*"/g;
const DC = "http://purl.org/dc/elements/1.1/";

describe("the rows of the quiet repository come of", () => {
  it.each<readonly [string, Fault, string?]>([
    [
      "messages of a program before the document",
      (body) => `<br />\n<b>Notice</b>: x\n${body}`,
      "M808",
    ],
    ["text before the document", (body) => `Notice: in line 5\n${body}`, "M808"],
    ["text behind one page of several", onPage(2, (body) => `${body}Notice`), "M808"],
    [
      "messages among the records",
      (body) => body.replace(/<\/record>/g, "</record><br />\n<b>Warning</b>: x"),
    ],
    ["a stylesheet", (body) => body.replace("?>", '?><?xml-stylesheet href="oai.xsl"?>')],
    ["a DOCTYPE", (body) => body.replace("?>", '?><!DOCTYPE OAI-PMH [<!ENTITY x "y">]>')],
    [
      "records in an element of their own",
      (body) =>
        body.replace(/<(\/?)ListRecords>/g, (tag, end) =>
          end ? `</records>${tag}` : `${tag}<records>`,
        ),
    ],
    [
      "records that are hidden in a comment",
      (body) =>
        body.replace(
          /<\/record>/,
          "</record><!-- <record><header><identifier>x</identifier></header></record> -->",
        ),
    ],
    [
      "headers behind the metadata",
      (body) => body.replace(/(<header>.*?<\/header>)(<metadata>.*?<\/metadata>)/g, "$2$1"),
    ],
    [
      "pages in the coding deflate",
      (body, _, response) => {
        response.setHeader("content-encoding", "deflate");
        return deflateSync(body);
      },
    ],
    [
      "pages zipped in two members",
      (body) => Buffer.concat([gzipSync(body.slice(0, 500)), gzipSync(body.slice(500))]),
    ],
    [
      "pages of which no length is known",
      (body, _, response) => {
        response.setHeader("connection", "close");
        response.write(body);
        response.end();
        return null;
      },
    ],
    [
      "namespaces that the outermost element declares",
      (body) =>
        body
          .replace(NAMESPACES, "")
          .replace("<OAI-PMH", `<OAI-PMH xmlns:dc="${DC}" xmlns:oai_dc="x"`),
    ],
    [
      "namespaces that records declare",
      (body) =>
        body
          .replace(NAMESPACES, "")
          .replace(/<record>/g, `<record xmlns:dc='${DC}' xmlns:oai_dc="x">`),
    ],
    [
      "namespaces that metadata declares, under another prefix",
      (body) =>
        body
          .replace(NAMESPACES, "")
          .replace(/(<\/?)dc:/g, "$1purl:")
          .replace(/<metadata>/g, `<metadata xmlns:purl="${DC}" xmlns:oai_dc="x">`),
    ],
    [
      "a namespace without a prefix",
      (body) =>
        body
          .replace(/<oai_dc:dc [^>]*>/g, `<dc xmlns="${DC}">`)
          .replace(/oai_dc:dc/g, "dc")
          .replace(/(<\/?)dc:/g, "$1"),
    ],
    [
      "an Identify without granularity",
      (body) => body.replace(/<granularity>.*?<\/granularity>/, ""),
    ],
    [
      "an earliest date that is none",
      (body) => body.replace(/(<earliestDatestamp>).*?</, "$1aaaa-bb-cc<"),
    ],
    [
      "a responseDate that is none",
      (body) => body.replace(/(<responseDate>).*?</, "$1yesterday<"),
      "M810",
    ],
    ["a clock of 1970", (body) => body.replace(/(<responseDate>).*?</, "$11970-01-01T00:00:00Z<")],
    ["a clock of 2099", (body) => body.replace(/(<responseDate>).*?</, "$12099-01-01T00:00:00Z<")],
    ["an encoding that nobody knows", (body) => body.replace("UTF-8", "x-binary")],
  ])("%s", async (...row) => {
    const [, fault, told] = row as unknown as readonly [string, Fault, string?];
    harvests.repository.fault = fault;
    const { failure, run } = await harvests.night();
    expect(failure).toBeNull();
    expect(run?.summary.exitStatus).toBe(0);
    expect(harvests.rows().sort()).toEqual(QUIET);
    const tellings = harvests.log().flatMap((line) => /\bM8\d\d\b/.exec(line)?.[0] ?? []);
    expect([...new Set(tellings)]).toEqual(told === undefined ? [] : [told]);
    const day = 86_400_000;
    expect(Date.parse(harvests.position() ?? "")).toBeLessThanOrEqual(harvests.now + day);
  });
});

describe("a failure that says so, with nothing changed, comes of", () => {
  it.each<readonly [string, Fault, RegExp, string?]>([
    ["UTF-16", (body) => Buffer.from(`\ufeff${body}`, "utf16le"), /no XML/],
    ["JSON", () => '{"error":1}', /no XML/],
    [
      "an answer of SRU",
      () => "<searchRetrieveResponse><numberOfRecords>0</numberOfRecords></searchRetrieveResponse>",
      /<searchRetrieveResponse>/,
    ],
    ["204", withStatus(204, {}, ""), /no XML/],
    ["an answer to another verb", inAnswer("<Identify/>"), /one to Identify/],
    [
      "identifiers in place of records",
      (body) => body.replace(/ListRecords>/g, "ListIdentifiers>"),
      /one to ListIdentifiers/,
    ],
    [
      "records without the element of the list",
      (body) => body.replace(/<\/?ListRecords>/g, ""),
      /no OAI-PMH/,
    ],
    [
      "brotli, which nobody asked for",
      (body, _, response) => {
        response.setHeader("content-encoding", "br");
        return brotliCompressSync(body);
      },
      /no OAI-PMH/,
    ],
    ["pages zipped twice", (body) => gzipSync(gzipSync(body)), /no OAI-PMH/],
    [
      "rubbish behind a zipped page",
      (body) => Buffer.concat([gzipSync(body), Buffer.from("rubbish")]),
      /zipped body/,
    ],
    [
      "a length that is too short",
      (body, _, response) => {
        response.setHeader("content-length", body.length - 30);
        return body.slice(0, -30);
      },
      /breaks off/,
    ],
    [
      "the end of an answer in a comment only",
      (body) => `${body.slice(0, 700)}<!-- </ListRecords></OAI-PMH> -->`,
      /breaks off/,
    ],
    [
      "the end of an answer in a section only",
      onPage(2, (body) =>
        body.replace(/Title 13<[\s\S]*/, "<![CDATA[</metadata></record></ListRecords></OAI-PMH>"),
      ),
      /after 13 of 30 records/,
    ],
    [
      "a list that the server closes early",
      onPage(2, (body) =>
        body.replace(/<record><header><identifier>[^<]*:15<[\s\S]*/, "</ListRecords></OAI-PMH>"),
      ),
      /after 14 of 30 records/,
    ],
    [
      "an error in the midst of a page",
      (body) =>
        body.replace(
          /<record><header><identifier>[^<]*:5<[\s\S]*/,
          '<error code="InternalException"/></ListRecords></OAI-PMH>',
        ),
      /InternalException/,
    ],
    [
      "an error behind a page",
      (body) => body.replace("</ListRecords>", `</ListRecords>${oaiError("badArgument")}`),
      /badArgument/,
    ],
    [
      "a page that is larger than allowed",
      (body) => body.replace("<ListRecords>", `<ListRecords><!--${"x".repeat(1_100_000)}-->`),
      /longer than 1048576 bytes/,
      "max_page_size = 1MiB",
    ],
    [
      "a page of a login",
      (_body, _asked, response) => {
        response.writeHead(302, { location: "/login" });
        return "";
      },
      /badVerb/,
    ],
    ["tokens that are too long", onPage(2, withStatus(414)), /HTTP 414/],
    ["413, however short the time", withStatus(413), /cannot be divided further/],
  ])("%s", async (...row) => {
    const [, fault, said, lines = ""] = row as unknown as readonly [string, Fault, RegExp, string?];
    harvests.repository.fault = inLists(fault);
    const { failure, run } = await harvests.night({}, { lines: `retries = 2\n${lines}` });
    expect(run).toBeNull();
    expect(failure?.exitStatus).toBe(3);
    expect(failure?.message).toMatch(said);
    expect(failure?.message).toContain("nothing was imported");
    harvests.repository.fault = null;
    const next = await harvests.night();
    expect(next.failure).toBeNull();
    expect(harvests.rows().sort()).toEqual(QUIET);
  });
});

it("what HTTP says of the encoding counts where the document says nothing", async () => {
  harvests.repository.items[6] = dcItem(7, "2026-11-07T00:00:00Z", "Caf\u00e9");
  const bytesAs = (declaration: string): Fault =>
    inLists((body, _, response) => {
      response.setHeader("content-type", 'text/xml; charset="ISO-8859-1"');
      return Buffer.from(body.replace(' encoding="UTF-8"', declaration), "latin1");
    });
  harvests.repository.fault = bytesAs("");
  const first = await harvests.night();
  expect(harvests.rows()).toContain("7 Caf\u00e9");
  expect(first.run?.summary.totals.warnings).toEqual({});
  harvests.repository.fault = bytesAs(' encoding="UTF-8"');
  const second = await harvests.night({ full: true });
  expect(second.run?.summary.totals.warnings).toEqual({ M401: 1 });
  harvests.repository.fault = inLists((body) => body.replace("UTF-8", "ISO-8859-1"));
  const third = await harvests.night({ full: true });
  expect(third.run?.summary.totals.warnings).toEqual({ M708: 1 });
  expect(harvests.rows()).toContain("7 Caf\u00e9");
});
