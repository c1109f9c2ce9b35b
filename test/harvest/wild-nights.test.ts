/** Nights with repositories whose dates, clocks, sets and tokens are not what they should be. */

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { processStarted } from "../../src/store/model/living-process.js";
import { Harvests } from "../support/harvest-harness.js";
import { inAnswer, inLists, onPage, withStatus, withToken } from "../support/oai-faults.js";
import { dcItem, type Fault, oaiError } from "../support/oai-repository.js";

const ALL = 30;
let harvests: Harvests;

beforeEach(async () => {
  harvests = await Harvests.begin();
  harvests.repository.fill(ALL, (i) => 1 + Math.floor(i / 2));
});
afterEach(() => harvests.end());

const later = (time: string) => {
  harvests.repository.clock = time;
  harvests.now = Date.parse(time);
};
const told = (code: string) => harvests.log().filter((line) => line.includes(` ${code} R: `));
const lists = () => {
  const all = harvests.repository.asked.map((one) => one.arguments);
  return all.filter(({ verb }) => verb === "ListRecords");
};

describe("dates", () => {
  it.each([
    ["to the second", 10],
    ["of any form", 0],
  ])("%s that are refused are left out", async (_, allowed) => {
    await harvests.night();
    later("2026-11-29T03:00:00Z");
    const { repository } = harvests;
    repository.items.push(dcItem(31, "2026-11-28T12:00:00Z"));
    repository.fault = (body, asked, response) => {
      const { from = "" } = asked.arguments;
      return from.length > allowed
        ? inAnswer(oaiError("badArgument"))(body, asked, response)
        : body;
    };
    const { failure } = await harvests.night();
    expect(failure).toBeNull();
    expect(harvests.rows()).toHaveLength(ALL + 1);
  });

  it("that lie outside what was asked for are told of once, and taken", async () => {
    await harvests.night();
    later("2026-11-29T03:00:00Z");
    const { repository } = harvests;
    repository.items[0] = dcItem(1, "2026-11-28T12:00:00Z", "Changed");
    repository.fault = (body) => body.replace(/2026-11-28T12:00:00Z/g, "2025-01-01T00:00:00Z");
    const { failure } = await harvests.night();
    expect(failure).toBeNull();
    expect(harvests.rows()).toContain("1 Changed");
    expect(told("M811")).toHaveLength(1);
  });

  it("of records that are shown late lie within the overlap", async () => {
    await harvests.night();
    harvests.repository.items.push(dcItem(31, "2026-11-27T15:00:00Z"));
    later("2026-11-29T03:00:00Z");
    await harvests.night();
    expect(harvests.rows()).toHaveLength(ALL + 1);
  });

  it.each(["2030-01-01T00:00:00Z", "aaaa-bb-cc", "", "0000-00-00"])(
    "earliest: %s, keep no list from being divided",
    async (earliest) => {
      const { repository } = harvests;
      repository.pageSize = 100;
      repository.fault = (body, asked, response) => {
        const many = (body.match(/<record>/g) ?? []).length > 9;
        const stated = body.replace(/(<earliestDatestamp>).*?</, `$1${earliest}<`);
        return many ? withStatus(413)(stated, asked, response) : stated;
      };
      const { failure } = await harvests.night();
      expect(failure).toBeNull();
      expect(harvests.rows()).toHaveLength(ALL);
    },
  );

  it.each(["yyyy-mm-ddthh:mm:ssz", "YYYY-MM-DD", "YYYY", ""])(
    "of the granularity %s",
    async (granularity) => {
      const { repository } = harvests;
      repository.fault = (body) => body.replace(/(<granularity>).*?</, `$1${granularity}<`);
      await harvests.night();
      later("2026-11-29T03:00:00Z");
      repository.items.push(dcItem(31, "2026-11-28T12:00:00Z"));
      await harvests.night();
      const from = granularity.startsWith("yyyy") ? "2026-11-27T03:00:00Z" : "2026-11-27";
      expect(lists().at(-1)?.from).toBe(from);
      expect(harvests.rows()).toHaveLength(ALL + 1);
    },
  );
});

describe("a clock", () => {
  it("that goes back by days moves no position", async () => {
    await harvests.night();
    later("2026-11-29T03:00:00Z");
    harvests.repository.clock = "2026-11-20T03:00:00Z";
    const { failure } = await harvests.night();
    expect(failure).toBeNull();
    expect(harvests.position()).toBe("2026-11-28T03:00:00Z");
    expect(told("M810")).toHaveLength(1);
  });

  it.each(["2026-11-20", "2026-12-28"])("of %s from the start loses nothing", async (day) => {
    const first = Date.parse(`${day}T03:00:00Z`);
    const at = (hours: number) =>
      `${new Date(first + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
    harvests.repository.clock = at(0);
    await harvests.night();
    harvests.repository.items.push(dcItem(31, at(9)));
    later("2026-11-29T03:00:00Z");
    harvests.repository.clock = at(24);
    await harvests.night();
    expect(harvests.rows()).toHaveLength(ALL + 1);
  });
});

describe("a night that was cut off", () => {
  const cutOff = async (fault: Fault) => {
    harvests.repository.fault = fault;
    const { failure } = await harvests.night({}, { lines: "retries = 1" });
    expect(failure?.exitStatus).toBe(3);
    harvests.repository.fault = null;
    harvests.repository.asked.length = 0;
  };
  const atPage3 = onPage(3, () => "");

  it("is gone on with behind its last page", async () => {
    await cutOff(atPage3);
    await harvests.night();
    expect(lists()).toHaveLength(1);
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it.each(["2026-11-28T04:00:00Z", "2026-11-28T04:00:00.123+00:00"])(
    "begins its list anew where the token has expired at %s",
    async (expires) => {
      await cutOff((body, asked, response) => {
        const dated = withToken((element) => {
          return element.replace(
            "<resumptionToken",
            `<resumptionToken expirationDate="${expires}"`,
          );
        })(body, asked, response);
        return atPage3(String(dated), asked, response);
      });
      later("2026-11-28T05:00:00Z");
      await harvests.night();
      expect(lists()).toHaveLength(3);
      expect(harvests.rows()).toHaveLength(ALL);
      expect(told("M802")).toEqual([]);
    },
  );

  it("begins its list anew where its last page is all that it could write", async () => {
    // Lines of a manifest before those of pages: the plan, and its windows.
    let lines = -2;
    const step = (name: string) => {
      if (name === "line-written" && ++lines === 3) throw new Error("killed");
    };
    await expect(harvests.night({}, { hooks: { step } })).rejects.toThrow("killed");
    harvests.processDied();
    harvests.repository.asked.length = 0;
    const { failure } = await harvests.night();
    expect(failure).toBeNull();
    expect(lists()).toHaveLength(3);
    expect(harvests.rows()).toHaveLength(ALL);
  });

  it("begins its list anew where the token is refused", async () => {
    await cutOff(atPage3);
    harvests.repository.fault = onPage(3, inAnswer(oaiError("badResumptionToken")), 1);
    await harvests.night();
    expect(lists()).toHaveLength(4);
    expect(harvests.rows()).toHaveLength(ALL);
    expect(told("M802")).toHaveLength(1);
  });

  it("does not ask before the repository wants to be asked", async () => {
    await cutOff(onPage(2, withStatus(503, { "retry-after": "86400" })));
    const early = await harvests.night();
    expect(early.failure?.message).toContain("not to come back before 2026-11-29T03:00:00Z");
    expect(lists()).toHaveLength(0);
    later("2026-11-29T03:00:01Z");
    await harvests.night();
    expect(harvests.rows()).toHaveLength(ALL);
  });
});

describe("sets", () => {
  it("of which nothing comes are looked for on all pages of the list of sets", async () => {
    const { repository } = harvests;
    repository.fault = (body, asked, response) => {
      if (asked.arguments.verb !== "ListSets") return body;
      const [set, token] =
        asked.arguments.resumptionToken === undefined ? ["other", "2"] : ["empty", ""];
      const content = `<set><setSpec>${set}</setSpec></set><resumptionToken>${token}</resumptionToken>`;
      return inAnswer(`<ListSets>${content}</ListSets>`)(body, asked, response);
    };
    const { failure } = await harvests.night({}, { lines: 'sets = "empty"' });
    expect(failure).toBeNull();
    expect(repository.count("ListSets")).toBe(2);
    const gone = await harvests.night({}, { lines: 'sets = "gone"' });
    expect(gone.failure?.message).toContain('no set "gone"');
  });

  it("are sent as they are written, and never empty", async () => {
    const set = "a:b!(1)~*'";
    for (const item of harvests.repository.items) item.sets = [set];
    await harvests.night({}, { lines: `sets = "${set}"` });
    expect(harvests.rows()).toHaveLength(ALL);
    expect(lists()[0].set).toBe(set);
    await harvests.night({ full: true });
    expect(lists().at(-3)).not.toHaveProperty("set");
  });
});

it.each([
  ["no", 1],
  ["transient", 1],
  ["", 1],
  ["persistent", 0],
])('deletions that are told "%s" are spoken of once a night', async (deletedRecord, times) => {
  harvests.repository.deletedRecord = deletedRecord;
  await harvests.night();
  later("2026-11-29T03:00:00Z");
  await harvests.night();
  expect(told("M816")).toHaveLength(times);
});

it("a repository that has moved for good is followed, which is told once", async () => {
  const { repository } = harvests;
  repository.fault = (body, { arguments: one }, response) => {
    if (one.there !== undefined) return body;
    const query = new URLSearchParams({ ...one, there: "" });
    response.writeHead(301, { location: `/oai?${query}` });
    return "";
  };
  const { failure } = await harvests.night();
  expect(failure).toBeNull();
  expect(harvests.rows()).toHaveLength(ALL);
  expect(told("M809")).toHaveLength(1);
});

it("pages that were imported stay as long as they are to be kept", async () => {
  const spools = () =>
    readdirSync(join(harvests.folder, "spool", "R")).filter((name) => name !== "lock");
  const day = 86_400_000;
  for (const [days, left] of [
    [0, 1],
    [13, 2],
    [15, 1],
  ]) {
    harvests.now = Date.now() + days * day;
    await harvests.night();
    expect(spools()).toHaveLength(left);
  }
});

it("two at once: the second says who has the repository, and asks nothing", async () => {
  const folder = join(harvests.folder, "spool", "R");
  mkdirSync(folder, { recursive: true });
  const started = processStarted(process.pid);
  const holder = { host: hostname(), processId: process.pid, started };
  writeFileSync(join(folder, "lock"), JSON.stringify(holder));
  const { failure } = await harvests.night();
  expect(failure?.exitStatus).toBe(4);
  expect(failure?.message).toContain(`held by process ${process.pid}`);
  expect(harvests.repository.asked).toHaveLength(0);
  writeFileSync(join(folder, "lock"), JSON.stringify({ ...holder, started: "another" }));
  expect((await harvests.night()).failure).toBeNull();
  expect(harvests.rows()).toHaveLength(ALL);
});

it("a repository whose lists alone are refused keeps its rows and its position", async () => {
  await harvests.night();
  later("2026-11-29T03:00:00Z");
  for (const status of [401, 403, 404, 410, 422, 451]) {
    harvests.repository.fault = inLists(withStatus(status));
    const { failure } = await harvests.night();
    expect(failure?.message).toContain(`HTTP ${status}`);
  }
  expect(harvests.rows()).toHaveLength(ALL);
  expect(harvests.position()).toBe("2026-11-28T03:00:00Z");
});
