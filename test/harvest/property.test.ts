/** Random histories of a repository, random nights, random faults: after a quiet night the rows are the repository. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { Harvests } from "../support/harvest-harness.js";
import { dcItem, type Fault } from "../support/oai-repository.js";

const HOUR = 3_600_000;

const change = fc.record({
  kind: fc.constantFrom("create", "change", "delete"),
  number: fc.integer({ min: 1, max: 20 }),
});
const night = fc.record({
  changes: fc.array(change, { maxLength: 8 }),
  hours: fc.integer({ min: 1, max: 72 }),
  fault: fc.constantFrom("none", "html", "cut", "lost", "down", "kill"),
  at: fc.integer({ min: 1, max: 4 }),
});

function faultOf(kind: string, at: number): Fault | null {
  let lists = 0;
  return (body, asked) => {
    if (asked.arguments.verb !== "ListRecords" || ++lists < at) return body;
    if (kind === "html") return "<html/>";
    if (kind === "cut") return body.slice(0, body.length - 20);
    if (kind === "down") return "";
    if (kind === "lost" && asked.arguments.resumptionToken !== undefined) {
      return body.replace(
        /<ListRecords>[\s\S]*<\/ListRecords>/,
        '<error code="badResumptionToken"/>',
      );
    }
    return body;
  };
}

it("the rows are what the repository holds", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 4 }), async (nights) => {
      const harvests = await Harvests.begin();
      const { repository } = harvests;
      repository.pageSize = 3;
      let version = 0;
      const pass = (hours: number) => {
        harvests.now += hours * HOUR;
        repository.clock = new Date(harvests.now).toISOString().replace(/\.\d+Z/, "Z");
      };
      try {
        for (const { changes, hours, fault, at } of nights) {
          for (const { kind, number } of changes) {
            const index = repository.items.findIndex(({ identifier }) =>
              identifier.endsWith(`:${number}`),
            );
            const item = {
              ...dcItem(number, repository.clock, `Title ${++version}`),
              deleted: kind === "delete",
            };
            if (index >= 0) repository.items[index] = item;
            else if (kind !== "delete") repository.items.push(item);
          }
          pass(hours);
          repository.fault = faultOf(fault, at);
          let steps = 0;
          const hooks = {
            step: () => {
              if (fault === "kill" && ++steps === at * 3) throw new Error("killed");
            },
          };
          await harvests
            .night({}, { lines: "retries = 2", hooks })
            .catch(() => harvests.processDied());
          repository.fault = null;
        }
        pass(30);
        const { failure } = await harvests.night();
        expect(failure).toBeNull();
        const wanted = repository.items.filter(({ deleted }) => !deleted);
        const titles = wanted.map(({ identifier, metadata }) => {
          return `${identifier.slice(identifier.lastIndexOf(":") + 1)} ${/<dc:title>(.*?)</.exec(metadata)?.[1]}`;
        });
        expect(harvests.rows().sort()).toEqual(titles.sort());
      } finally {
        await harvests.end();
      }
    }),
    { numRuns: 12 },
  );
});
