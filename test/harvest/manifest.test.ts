/** Where a harvest stands, by the lines of its manifest: what the pages that count come to. */

import { describe, expect, it } from "vitest";
import { HarvestState, type PageLine } from "../../src/harvest/manifest.js";

const window = (number: number) => ({ number, from: null, until: null });

function page(window: number, records: number, size: number | null): PageLine {
  return {
    ...{ kind: "page", set: "a", window, offset: 0, length: 100, sha256: "", request: {} },
    ...{ status: 200, records, deleted: 1, first: "", last: "", digest: 1 },
    ...{ responseDate: "", token: "", expires: "", size },
  };
}

describe("the totals of a list", () => {
  it("are of the pages that count, in all its windows; its size is what was stated last", () => {
    const state = new HarvestState();
    expect(state.totals("a")).toMatchObject({ pages: 0, records: 0, size: null });
    state.add({ kind: "windows", set: "a", windows: [window(1), window(2)] });
    state.add(page(1, 5, 40));
    state.add(page(2, 7, 50));
    state.add(page(1, 5, null));
    expect(state.totals("a")).toEqual({ pages: 3, records: 17, deleted: 3, bytes: 300, size: 50 });
    expect(state.totals("b")).toMatchObject({ pages: 0, records: 0 });
  });

  it("forget the pages of a window that is begun anew, or split", () => {
    const state = new HarvestState();
    state.add({ kind: "windows", set: "a", windows: [window(1), window(2)] });
    state.add(page(1, 5, 40));
    state.add(page(2, 7, null));
    state.add({ kind: "anew", set: "a", window: 1 });
    expect(state.totals("a")).toMatchObject({ pages: 1, records: 7, size: null });
    state.add({ kind: "split", set: "a", window: 2, into: [window(3), window(4)] });
    state.add(page(4, 2, null));
    expect(state.totals("a")).toMatchObject({ pages: 1, records: 2, bytes: 100 });
  });
});
