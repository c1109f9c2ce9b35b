/** Random histories of a repository, random nights, random faults: after a quiet night the rows are the repository. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { inAnswer } from "../support/oai-faults.js";
import {
  dcItem,
  type Fault,
  type OaiItem,
  type OaiRepository,
  oaiError,
} from "../support/oai-repository.js";

const HOUR = 3_600_000;
const SETS = ["a", "b"];

const change = fc.record({
  kind: fc.constantFrom("create", "change", "delete", "move", "stale"),
  number: fc.integer({ min: 1, max: 20 }),
});
const night = fc.record({
  changes: fc.array(change, { maxLength: 8 }),
  hours: fc.integer({ min: 1, max: 72 }),
  fault: fc.constantFrom(
    "none",
    "html",
    "cut",
    "lost",
    "expired",
    "down",
    "kill",
    "repeated",
    "error",
    "meanwhile",
    "twice",
    "broken",
  ),
  full: fc.boolean(),
  at: fc.integer({ min: 1, max: 4 }),
  granularity: fc.constantFrom("YYYY-MM-DDThh:mm:ssZ", "YYYY-MM-DD"),
  /** Hours by which the clock of the repository is ahead. */
  skew: fc.integer({ min: -8, max: 8 }),
});
type Night = typeof night extends fc.Arbitrary<infer T> ? T : never;
const history = fc.record({
  nights: fc.array(night, { minLength: 1, maxLength: 4 }),
  inSets: fc.boolean(),
  /** Whether a deleted record keeps its metadata in the answer. */
  keepsMetadata: fc.boolean(),
  /** Whether the metadata of each record holds a record of another repository. */
  isNested: fc.boolean(),
  pageSize: fc.integer({ min: 2, max: 7 }),
  /** Days by which its clock is ahead all the time. */
  days: fc.constantFrom(0, 0, -40, 40),
});

/** A repository that changes by the hour. */
class History {
  private version = 0;

  constructor(
    private readonly repository: OaiRepository,
    private readonly inSets: boolean,
  ) {}

  apply({ kind, number }: { readonly kind: string; readonly number: number }): void {
    const { items } = this.repository;
    const found = items.findIndex(({ identifier }) => identifier.endsWith(`:${number}`));
    const before = items[found];
    if (kind === "stale" || (kind === "move" && before === undefined)) return;
    const item: OaiItem = {
      ...dcItem(number, this.repository.clock, `Title ${++this.version}`),
      deleted: kind === "delete",
      ...(this.inSets ? { sets: [SETS[(number + (kind === "move" ? this.version : 0)) % 2]] } : {}),
    };
    if (before !== undefined) items.splice(found, 1);
    else if (kind === "delete") return;
    items.push(item);
  }

  /** What is listed a second time as it was before: a repository may keep both. */
  stale(numbers: readonly number[]): OaiItem[] {
    return numbers.flatMap((number) => {
      const now = this.repository.items.find(({ identifier }) => identifier.endsWith(`:${number}`));
      if (now === undefined) return [];
      const old = dcItem(number, "2026-01-01T00:00:00Z", "Stale");
      return [{ ...old, ...(now.sets === undefined ? {} : { sets: now.sets }) }];
    });
  }

  rows(): string[] {
    const wanted = this.repository.items.filter(({ deleted }) => !deleted);
    return wanted.map(({ identifier, metadata }) => {
      const title = /<dc:title>(.*?)</.exec(metadata)?.[1];
      return `${identifier.slice(identifier.lastIndexOf(":") + 1)} ${title}`;
    });
  }
}

function faultOf(
  { fault: kind, at }: Pick<Night, "fault" | "at">,
  meanwhile: () => void,
): Fault | null {
  let lists = 0;
  let before = "";
  return (body, asked, response) => {
    if (kind === "broken") return body.replace(/Title (?=\d*[13579]<)/g, "Title & ");
    if (asked.arguments.verb !== "ListRecords") return body;
    const last = before;
    before = body;
    const isToken = asked.arguments.resumptionToken !== undefined;
    if (kind === "expired" && isToken && lists % at === 0) {
      lists++;
      return inAnswer(oaiError("badResumptionToken"))(body, asked, response);
    }
    if (++lists < at) return body;
    switch (kind) {
      case "html":
        return "<html/>";
      case "cut":
        return body.slice(0, body.length - 20);
      case "down":
        return "";
      case "lost":
        return isToken ? inAnswer(oaiError("badResumptionToken"))(body, asked, response) : body;
      case "error":
        return body.replace("</ListRecords>", `</ListRecords>${oaiError("InternalException")}`);
      case "repeated":
        return lists === at && isToken ? last : body;
      case "meanwhile":
        if (lists === at) meanwhile();
        return body;
      default:
        return body;
    }
  };
}

const NESTED =
  '<o:record xmlns:o="urn:o"><o:header status="deleted"><o:identifier>oai:r.example.org:1</o:identifier><o:datestamp>2030-01-01</o:datestamp></o:header><o:metadata/></o:record>';

/** What a repository may do with records all the time. */
function withOddities(
  fault: Fault | null,
  { keepsMetadata, isNested }: { readonly keepsMetadata: boolean; readonly isNested: boolean },
): Fault {
  const tombstone = `$1<metadata>${dcItem(1, "").metadata}</metadata>`;
  return (body, asked, response) => {
    let sent = fault === null ? body : fault(body, asked, response);
    if (typeof sent !== "string") return sent;
    if (keepsMetadata) sent = sent.replace(/(<header status="deleted">.*?<\/header>)/g, tombstone);
    return isNested ? sent.replaceAll("</metadata>", `${NESTED}</metadata>`) : sent;
  };
}

const RUNS = 12;

it("the rows are what the repository holds", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ nights, inSets, pageSize, days, ...oddities }) => {
      const harvests = await Harvests.begin();
      const { repository } = harvests;
      repository.pageSize = pageSize;
      if (inSets) repository.knownSets = SETS;
      const lines = `retries = 2\n${inSets ? 'sets = "a,b"' : ""}`;
      const past = new History(repository, inSets);
      const pass = (hours: number, skew: number) => {
        harvests.now += hours * HOUR;
        const clock = harvests.now + (days * 24 + skew) * HOUR;
        repository.clock = new Date(clock).toISOString().replace(/\.\d+Z/, "Z");
      };
      pass(0, 0);
      try {
        for (const one of nights) {
          const { changes, hours, fault, full, granularity, skew } = one;
          for (const each of changes) past.apply(each);
          pass(hours, skew);
          repository.granularity = granularity;
          const stale = past.stale(
            changes.filter(({ kind }) => kind === "stale").map(({ number }) => number),
          );
          const sound = repository.items;
          repository.statesSize = stale.length === 0;
          const oftener = fault === "twice" ? [...stale, ...sound, ...stale] : [...sound, ...stale];
          if (stale.length > 0) repository.items = oftener;
          const meanwhile = () => {
            if (stale.length === 0) past.apply({ kind: "change", number: changes[0]?.number ?? 1 });
          };
          repository.fault = withOddities(faultOf(one, meanwhile), oddities);
          let steps = 0;
          const hooks = {
            step: () => {
              if (fault === "kill" && ++steps === one.at * 3) throw new Error("killed");
            },
          };
          await harvests.night({ full }, { lines, hooks }).catch(() => harvests.processDied());
          if (stale.length > 0) repository.items = sound;
          repository.statesSize = true;
        }
        repository.fault = withOddities(null, oddities);
        pass(30, 0);
        const quiet = await harvests.night({}, { lines });
        expect(quiet.failure).toBeNull();
        // One that goes on with what an earlier night has fetched is of that night.
        if (harvests.position() !== repository.clock) {
          pass(30, 0);
          expect((await harvests.night({}, { lines })).failure).toBeNull();
        }
        expect(harvests.rows().sort()).toEqual(past.rows().sort());
      } finally {
        await harvests.end();
      }
    }),
    { numRuns: RUNS },
  );
});
