/** Lists as repositories give them, page by page: tokens, sizes, changes meanwhile. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import {
  behindTheEnd,
  inAnswer,
  inLists,
  onPage,
  tokenBehind,
  withSize,
  withStatus,
  withToken,
} from "../support/oai-faults.js";
import {
  dcItem,
  type Fault,
  type OaiRepository,
  oaiError,
  offsetOf,
} from "../support/oai-repository.js";

const ALL = 30;
let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.fill(ALL, (i) => 1 + Math.floor(i / 2));
});
afterEach(() => harvests.end());

const rowsOf = ({ items }: OaiRepository) =>
  items.map(({ identifier, metadata }) => {
    return `${identifier.slice(identifier.lastIndexOf(":") + 1)} ${/<dc:title>(.*?)</.exec(metadata)?.[1]}`;
  });
const expectQuietRows = () =>
  expect(harvests.rows().sort()).toEqual(rowsOf(harvests.repository).sort());
const told = () => [
  ...new Set(harvests.log().flatMap((line) => /\bM8\d\d\b/.exec(line)?.[0] ?? [])),
];

describe("the rows of the quiet repository come of a list", () => {
  const nothingMore = inAnswer(oaiError("noRecordsMatch"));
  it.each<readonly [string, Fault, readonly string[]]>([
    ["whose last page has a token, with nothing behind it", behindTheEnd(nothingMore), ["M806"]],
    [
      "whose last page has a token, with a status behind it",
      behindTheEnd((body, asked, response) => {
        response.statusCode = 422;
        return nothingMore(body, asked, response);
      }),
      ["M806"],
    ],
    [
      "whose last page has a token, with an empty list behind it",
      behindTheEnd(inAnswer("<ListRecords/>")),
      ["M806"],
    ],
    [
      "with tokens in small letters",
      withToken((one) => one.replaceAll("resumptionToken", "resumptiontoken")),
      [],
    ],
    ["with tokens before the records", tokenBehind("<ListRecords>"), []],
    ["with tokens behind its end", tokenBehind("</ListRecords>"), []],
    [
      "with a second token that is empty",
      (body) => body.replace("</resumptionToken>", "</resumptionToken><resumptionToken/>"),
      [],
    ],
    [
      "with tokens in sections",
      withToken((one) => one.replace(/>([^<]+)</, ">\n <![CDATA[$1]]>\n<")),
      [],
    ],
    [
      "with tokens that have expired when they are given",
      (body) =>
        body.replace("<resumptionToken", '<resumptionToken expirationDate="2020-01-01T00:00:00Z"'),
      [],
    ],
    ["of size 0", withSize("0"), []],
    ["of size -1", withSize("-1"), []],
    ["of unknown size", withSize("unknown"), []],
    ["that states the size of the page", withSize("10"), []],
    ["that states the size of the rest", withSize((offset) => ALL - offset), []],
    [
      "that states its size once",
      (body, asked) => (offsetOf(asked) === 0 ? body : body.replace(/ completeListSize="\d+"/, "")),
      [],
    ],
    ["whose token is answered with 400, once", onPage(2, withStatus(400), 1), ["M802"]],
    ["whose token is answered with 404, once", onPage(3, withStatus(404), 1), ["M802"]],
    [
      "whose token is a bad argument, once",
      onPage(2, inAnswer(oaiError("badArgument")), 1),
      ["M802"],
    ],
    [
      "whose token is lost within a page, once",
      onPage(
        2,
        (body) =>
          body.replace(
            /<record><header><identifier>[^<]*:15<[\s\S]*/,
            `</ListRecords>${oaiError("badResumptionToken")}</OAI-PMH>`,
          ),
        1,
      ),
      ["M802"],
    ],
  ])("%s", async (_, fault, codes) => {
    harvests.repository.fault = inLists(fault);
    const { failure, run } = await harvests.night();
    expect(failure).toBeNull();
    expect(run?.summary.exitStatus).toBe(0);
    expectQuietRows();
    expect(told()).toEqual(codes);
  });

  it.each(["a+b/c==", "x y%20z", "q=1&verb=Identify#top", "\u00e9\u4e2d<>", "'\"!*()"])(
    "with %s in its tokens",
    async (odd) => {
      harvests.repository.nameToken = (token) => `${odd}${token}`;
      const { failure } = await harvests.night();
      expect(failure).toBeNull();
      expectQuietRows();
      expect(harvests.repository.count("ListRecords")).toBe(3);
    },
  );

  it("with one token for all pages, which the server counts for itself", async () => {
    harvests.repository.nameToken = () => "next";
    expect((await harvests.night()).failure).toBeNull();
    expectQuietRows();
  });
});

describe("a list that changes while it is fetched", () => {
  const changing = (change: (repository: OaiRepository) => void) => {
    const { repository } = harvests;
    let left = 1;
    repository.fault = inLists((body, asked) => {
      if (offsetOf(asked) === 0 && left-- > 0) {
        change(repository);
        repository.items.sort((one, other) => (one.datestamp < other.datestamp ? -1 : 1));
      }
      return body;
    });
  };

  it.each<readonly [string, (repository: OaiRepository) => void]>([
    [
      "a record changes, and all behind it move up",
      ({ items }) => {
        items[4] = dcItem(5, "2026-11-28T02:00:00Z", "Changed");
      },
    ],
    [
      "a record goes, and all behind it move up",
      ({ items }) => {
        items.splice(2, 1);
      },
    ],
    [
      "a record comes before the others",
      ({ items }) => {
        items.unshift(dcItem(99, "2026-10-01T00:00:00Z"));
      },
    ],
  ])("is begun anew where %s", async (_, change) => {
    changing(change);
    const { failure, run } = await harvests.night();
    expect(failure).toBeNull();
    expect(run?.summary.exitStatus).toBe(0);
    expectQuietRows();
    expect(told()).toEqual(["M805"]);
  });

  it("is counted by its records though an earlier process fetched its first pages", async () => {
    changing(({ items }) => {
      items[4] = dcItem(5, "2026-11-28T02:00:00Z", "Changed");
    });
    let asked = 0;
    const stopSignal = () => (asked++ >= 2 ? ("SIGTERM" as const) : null);
    expect((await harvests.night({}, { hooks: { stopSignal } })).failure?.exitStatus).toBe(143);
    expect((await harvests.night()).failure).toBeNull();
    expectQuietRows();
    expect(told()).toContain("M805");
  });
});

describe("a failure that says so, with nothing changed, comes of a list", () => {
  const pageTwoAgain = (end: string): Fault => {
    let second = "";
    return (body, asked) => {
      if (offsetOf(asked) === 10) second = body;
      return offsetOf(asked) < 20
        ? body
        : second.replace(/<resumptionToken.*<\/resumptionToken>/, end);
    };
  };
  const firstPageAgain = (): Fault => {
    let first = "";
    return (body, asked) => {
      first ||= body;
      return asked.arguments.resumptionToken === undefined ? body : first;
    };
  };
  it.each<readonly [string, Fault, RegExp]>([
    [
      "of which a page comes twice and another one never",
      pageTwoAgain('<resumptionToken completeListSize="30"/>'),
      /after 20 different records of 30/,
    ],
    [
      "of which a page comes twice, and then no token",
      pageTwoAgain(""),
      /after 20 different records of 30/,
    ],
    [
      "that ends on its first page by an empty token",
      onPage(
        1,
        withToken((one) => one.replace(/>.*</, "><")),
      ),
      /after 10 of 30 records/,
    ],
    ["that is a page shorter than it says", withSize("40"), /after 30 of 40 records/],
    [
      "of which an empty page is the last",
      onPage(2, inAnswer("<ListRecords/>")),
      /after 10 of 30 records/,
    ],
    ["whose tokens lead to its beginning", firstPageAgain(), /circles/],
  ])("%s", async (_, fault, said) => {
    harvests.repository.fault = inLists(fault);
    const { failure } = await harvests.night();
    expect(failure).not.toBeNull();
    expect(failure?.exitStatus).toBe(3);
    expect(failure?.message).toMatch(said);
    harvests.repository.fault = null;
    expect((await harvests.night({ restart: true })).failure).toBeNull();
    expectQuietRows();
  });

  it("whose tokens forget the set", async () => {
    harvests.repository.items.forEach((item, i) => {
      item.sets = [i % 2 === 0 ? "maps" : "letters"];
    });
    harvests.repository.fault = withToken((element) => {
      return element.replace(/>([^<]+)</, (_, token) => {
        const [next, from, until] = JSON.parse(Buffer.from(token, "base64url").toString());
        const forgetful = JSON.stringify([next, from, until, ""]);
        return `>${Buffer.from(forgetful).toString("base64url")}<`;
      });
    });
    harvests.repository.statesSize = false;
    const { failure } = await harvests.night({}, { lines: 'sets = "maps"' });
    expect(failure).not.toBeNull();
    expect(failure?.message).toContain("records of other sets");
  });
});

it("records of very many sets are not strays, though the one asked for comes last", async () => {
  const others = Array.from({ length: 200 }, (_, i) => `com_10822_${i}:col_10822_${i}`);
  harvests.repository.items.forEach((item, i) => {
    item.sets = i < 10 ? ["maps"] : [...others, "maps"];
  });
  harvests.repository.knownSets = ["maps"];
  const { failure } = await harvests.night({}, { lines: 'sets = "maps"' });
  expect(failure).toBeNull();
  expectQuietRows();
});

describe("a list that is shorter than it says by less than a page", () => {
  it("is taken, which is told, and deletes nothing", async () => {
    await harvests.night();
    harvests.repository.items.splice(3, 2);
    harvests.repository.fault = withSize("29");
    const { failure } = await harvests.night({ full: true }, { lines: "delete_absent = true" });
    expect(failure).toBeNull();
    expect(told()).toEqual(["M804"]);
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it("is whole where its size is known to be wrong", async () => {
    await harvests.night();
    harvests.repository.items.splice(3, 2);
    harvests.repository.fault = withSize("400");
    const lines = "delete_absent = true\nignore_list_size = true";
    const { failure } = await harvests.night({ full: true }, { lines });
    expect(failure).toBeNull();
    expect(told()).toEqual([]);
    expect(harvests.rows()).toHaveLength(ALL - 2);
  });
});
