import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PriorityList } from "../../src/matching/priorities.js";

const list = new PriorityList(["SCP", "vlcrawler", "afcrawler"]);

describe("PriorityList", () => {
  it.each([
    ["SCP", "vlcrawler", "higher"],
    ["vlcrawler", "vlcrawler", "same"],
    ["afcrawler", "vlcrawler", "lower"],
    ["", "SCP", "higher"],
    ["", "stranger", "higher"],
    ["", "", "same"],
    ["SCP", "", "lower"],
    ["stranger", "", "lower"],
    ["stranger", "afcrawler", "lower"],
    ["afcrawler", "stranger", "higher"],
    ["stranger", "another stranger", "same"],
    ["scp", "vlcrawler", "lower"],
  ])("a row of %j is, for an import of %j, of %s priority", (row, importing, group) => {
    expect(list.compare(row, importing)).toBe(group);
  });

  it("ranks local work, the list in order, then all others as one", () => {
    const sources = ["", "SCP", "vlcrawler", "afcrawler", "stranger", "another"];
    expect(sources.map((source) => list.rank(source))).toEqual([0, 1, 2, 3, 4, 4]);
  });

  it("knows only local work and the others if the list is empty", () => {
    const empty = new PriorityList([]);
    expect(empty.compare("SCP", "vlcrawler")).toBe("same");
    expect(empty.compare("", "vlcrawler")).toBe("higher");
  });

  it("counts the first place of a source named twice, and keeps local work on top", () => {
    const twice = new PriorityList(["a", "b", "a", ""]);
    expect(twice.compare("a", "b")).toBe("higher");
    expect(twice.compare("", "a")).toBe("higher");
    expect(twice.compare("b", "c")).toBe("higher");
  });

  it("sees every pair of sources alike from both ends", () => {
    const source = fc.constantFrom("", "a", "b", "c", "d", "__proto__", "constructor");
    const opposite = { higher: "lower", same: "same", lower: "higher" };
    fc.assert(
      fc.property(fc.array(source), source, source, (sources, one, other) => {
        const priorities = new PriorityList(sources);
        const forth = priorities.compare(one, other);
        expect(priorities.compare(other, one)).toBe(opposite[forth]);
        if (one === "" && other !== "") expect(forth).toBe("higher");
      }),
    );
  });
});
