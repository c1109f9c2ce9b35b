/** Faults of repositories: each gives the rows of the quiet one, or a failure that says so, with nothing changed. */

import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { dcItem, type Fault, type OaiRepository, oaiError } from "../support/oai-repository.js";

const ALL = 30;
let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.fill(ALL, (i) => 1 + (i % 27));
});
afterEach(() => harvests.end());

/** A fault on the second request for a list, as often as said. */
function onPage2(change: Fault, times = 1): Fault {
  let left = times;
  return (body, asked, response) => {
    const isPage2 = asked.arguments.resumptionToken !== undefined && asked.list >= 2;
    if (!isPage2 || left === 0) return body;
    left--;
    return change(body, asked, response);
  };
}

const ALWAYS = Number.POSITIVE_INFINITY;
const withStatus = (status: number, headers: Record<string, string> = {}, text = "no"): Fault => {
  return (_body, _asked, response: ServerResponse) => {
    response.writeHead(status, headers);
    return text;
  };
};
const inAnswer =
  (content: string): Fault =>
  (body) => {
    return body.replace(/<\/request>[\s\S]*$/, `</request>${content}</OAI-PMH>`);
  };
const cut: Fault = (body) => body.slice(0, body.length / 2);
const reset: Fault = (body, _asked, response) => {
  response.writeHead(200, { "content-length": body.length });
  response.write(body.slice(0, 500), () => response.destroy());
  return null;
};

describe("the rows of the quiet repository come in spite of", () => {
  it.each<readonly [string, Fault]>([
    ["a page of HTML with 200, once", onPage2(() => "<html><body>Down</body></html>")],
    ["an empty body, once", onPage2(() => "")],
    ["a body that breaks off, once", onPage2(cut)],
    ["a connection that is reset, once", onPage2(reset)],
    ["half a zipped body, once", onPage2((body) => gzipSync(body).subarray(0, 100))],
    ["zipped pages that do not say so", (body) => gzipSync(body)],
    ["503 without Retry-After", onPage2(withStatus(503))],
    ["429 with a time", onPage2(withStatus(429, { "retry-after": "30" }))],
    ["500, twice", onPage2(withStatus(500), 2)],
    ["a token that is lost once", onPage2(inAnswer(oaiError("badResumptionToken")))],
    [
      "a prefix before every name",
      (body) =>
        body
          .replace(
            /<(\/?)(OAI-PMH|responseDate|request|ListRecords|record|header|identifier|datestamp|metadata|resumptionToken)(?=[ >/])/g,
            "<$1oai:$2",
          )
          .replace("xmlns=", "xmlns:oai="),
    ],
    [
      "another namespace",
      (body) =>
        body.replace(
          "http://www.openarchives.org/OAI/2.0/",
          "https://www.openarchives.org/OAI/2.0/",
        ),
    ],
    ["no namespace", (body) => body.replace(' xmlns="http://www.openarchives.org/OAI/2.0/"', "")],
    ["lines before the declaration", (body) => `\n\n${body}`],
    ["a mark of byte order", (body) => `\ufeff${body}`],
    ["text behind the document", (body) => `${body}\n<br />Notice: in line 5`],
    ["control characters", (body) => body.replace(/Title 7</g, "Title 7&#x1F;<")],
    ["no size of the list", (body) => body.replace(/ completeListSize="\d+" cursor="\d+"/g, "")],
    ["a cursor that counts pages", (body) => body.replace(/cursor="(\d)0"/g, 'cursor="$1"')],
    [
      "an errors status with an answer",
      (body, _asked, response) => {
        response.statusCode = 422;
        return body;
      },
    ],
    [
      "a responseDate that is missing",
      (body) => body.replace(/<responseDate>.*?<\/responseDate>/, ""),
    ],
    ["a responseDate with an offset", (body) => body.replace("T03:00:00Z", "T08:45:00+05:45")],
    ["blanks around the token", (body) => body.replace(/(<resumptionToken[^>]*>)/g, "$1\n  ")],
    [
      "a comment among the records",
      (body) => body.replace("</record>", "</record><!-- <record> -->"),
    ],
  ])("%s", async (_, fault) => {
    harvests.repository.fault = fault;
    const { failure, run } = await harvests.night();
    expect(failure).toBeNull();
    expect(run?.summary.exitStatus).toBe(0);
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it("a token whose list is lost again and again: the list is divided", async () => {
    harvests.repository.fault = (body, asked) => {
      const { resumptionToken } = asked.arguments;
      if (resumptionToken === undefined) return body;
      const [offset] = JSON.parse(Buffer.from(resumptionToken, "base64url").toString()) as [number];
      return offset >= 20
        ? inAnswer(oaiError("badResumptionToken"))(body, asked, {} as ServerResponse)
        : body;
    };
    const { failure, figures } = await harvests.night();
    expect(failure).toBeNull();
    expect(figures.splits).toBeGreaterThan(0);
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it("413: the list is divided", async () => {
    const { repository } = harvests;
    repository.pageSize = 100;
    repository.fault = (body, asked, response) => {
      const many = (body.match(/<record>/g) ?? []).length > 9;
      return many ? withStatus(413)(body, asked, response) : body;
    };
    const { failure } = await harvests.night();
    expect(failure).toBeNull();
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it("dates to the second that are refused, although they were offered", async () => {
    await harvests.night();
    const { repository } = harvests;
    repository.items.push(dcItem(ALL + 1, "2026-11-28T12:00:00Z"));
    repository.clock = "2026-11-29T03:00:00Z";
    repository.fault = (body, asked, response) =>
      (asked.arguments.from ?? "").length > 10
        ? inAnswer(oaiError("badArgument"))(body, asked, response)
        : body;
    const { failure } = await harvests.night();
    expect(failure).toBeNull();
    expect(harvests.rows()).toHaveLength(ALL + 1);
  });
});

describe("a failure that says so, with nothing changed, comes of", () => {
  it.each<readonly [string, Fault, RegExp]>([
    [
      "HTML each time",
      onPage2(() => "<html>Down</html>", ALWAYS),
      /no OAI-PMH.*page 2.*bad-1\.body/,
    ],
    ["a body that breaks off each time", onPage2(cut, ALWAYS), /breaks off/],
    ["a connection that is reset each time", onPage2(reset, ALWAYS), /ECONNRESET|closed before/],
    ["503 each time", onPage2(withStatus(503), ALWAYS), /HTTP 503/],
    [
      "a wait beyond measure",
      onPage2(withStatus(503, { "retry-after": "86400" })),
      /come back after 2026-11-29/,
    ],
    ["403", onPage2(withStatus(403)), /HTTP 403/],
    [
      "the same page with the same token for ever",
      (body) => body.replace(/(<resumptionToken[^>]*>)[^<]*/, "$1same"),
      /circles/,
    ],
    [
      "tokens without records for ever",
      onPage2(
        inAnswer("<ListRecords><resumptionToken>more</resumptionToken></ListRecords>"),
        ALWAYS,
      ),
      /10 pages without a record/,
    ],
    [
      "a token that is dropped",
      (body) =>
        body.replace(/<resumptionToken.*?<\/resumptionToken>/, (token) =>
          token.includes('cursor="10"') ? "" : token,
        ),
      /after 20 of 30/,
    ],
    [
      "nothing more behind a token, too early",
      onPage2(inAnswer(oaiError("noRecordsMatch")), ALWAYS),
      /after 10 of 30/,
    ],
    [
      "a format that is not offered",
      inAnswer(oaiError("cannotDisseminateFormat")),
      /format|Identify|cannotDisseminate/,
    ],
    [
      "an error nobody knows",
      onPage2(inAnswer(oaiError("InternalException")), ALWAYS),
      /InternalException/,
    ],
  ])("%s", async (_, fault, said) => {
    harvests.repository.fault = (body, asked, response) =>
      asked.arguments.verb === "ListRecords" ? fault(body, asked, response) : body;
    const { failure, run } = await harvests.night({}, { lines: "retries = 3" });
    expect(run).toBeNull();
    expect(failure?.exitStatus).toBe(3);
    expect(failure?.message).toMatch(said);
    expect(failure?.message).toContain("nothing was imported");
    harvests.repository.fault = null;
    harvests.now += 2 * 86_400_000;
    harvests.repository.clock = new Date(harvests.now).toISOString().replace(".000Z", "Z");
    const next = await harvests.night();
    expect(next.failure).toBeNull();
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it.each([
    ["other sets", ["there"], "It has there."],
    ["one that is called nearly so", ["gond"], "Did you mean gond?"],
    ["no sets at all", [], "It lists no sets."],
  ])("a set that is no longer there, with %s", async (_, sets, advice) => {
    harvests.repository.items.forEach((item) => {
      item.sets = sets;
    });
    const { failure } = await harvests.night({}, { lines: 'sets = "gone"' });
    expect(failure?.message).toContain('no set "gone"');
    expect(failure?.advice).toContain(advice);
  });
});

describe("a record", () => {
  it.each<readonly [string, (repository: OaiRepository) => void, string]>([
    [
      "with a lone &",
      ({ items }) => {
        items[4].metadata = "<x>A & B</x>";
      },
      "M701",
    ],
    [
      "with a tag that is never closed",
      ({ items }) => {
        items[4].metadata = "<x>A <br> B</x>";
      },
      "M701",
    ],
    [
      "with an entity of its own",
      ({ items }) => {
        items[4].metadata = "<x>&secret;</x>";
      },
      "M701",
    ],
    [
      "without metadata",
      ({ items }) => {
        items[4].metadata = "";
      },
      "M701",
    ],
  ])("%s is rejected, and its neighbours come", async (_, damage, code) => {
    damage(harvests.repository);
    if (harvests.repository.items[4].metadata === "") {
      harvests.repository.fault = (body) => body.replace("<metadata></metadata>", "");
      code = "M813";
    }
    const { run } = await harvests.night();
    expect(run?.summary.totals.rejects).toEqual({ [code]: 1 });
    expect(harvests.rows()).toHaveLength(ALL - 1);
  });

  it("that is deeply nested or huge costs no neighbour", async () => {
    const { items } = harvests.repository;
    items[4].metadata = `${"<x>".repeat(5000)}${"</x>".repeat(5000)}`;
    items[5].metadata = `<x>${"y".repeat(17 * 1024 * 1024)}</x>`;
    const { run } = await harvests.night();
    expect(run?.summary.totals.outcomes).toMatchObject({ created: ALL - 2, rejected: 2 });
  });
});
