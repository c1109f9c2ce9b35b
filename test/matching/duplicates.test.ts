import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;

beforeEach(() => {
  folder = temporaryFolder();
  database = new TestDatabase(`${folder.path}/test.sqlite`, {
    matchMethods: ["ISBN", "EXACT_TITLE"],
  });
});
afterEach(() => folder.remove());

const titled = (id: string, title: string, isbn = "") => ({ id, values: { title, isbn } });

function rows(foreignSource: string, ...records: ReturnType<typeof titled>[]): void {
  database.import(records, { settings: { foreignSource } });
}

/** The row that a record is merged into, and the duplicates that were found. */
function merged(title: string, isbn = "") {
  const [treatment] = database.import([titled("new", title, isbn)], { duplicatePolicy: "MERGE" });
  expect(treatment.outcome).toBe("merged");
  const found = treatment.considered.duplicates.found.map(({ recordId }) => recordId);
  return { into: treatment.recordId, found };
}

describe("a record that is merged", () => {
  it("goes into the oldest of rows whose sources have the same priority", () => {
    rows("one", titled("1", "Botany"));
    rows("two", titled("2", "Botany"));
    rows("three", titled("3", "Botany"));
    expect(merged("Botany")).toEqual({ into: 1, found: [1, 2, 3] });
  });

  it("does so whichever of these sources was known first", () => {
    rows("one", titled("1", "Zoology"));
    rows("two", titled("2", "Botany"));
    rows("one", titled("3", "Botany"));
    expect(merged("Botany").into).toBe(2);
  });

  it("goes into a newer row if its source has a higher priority", () => {
    rows("one", titled("1", "Botany"));
    rows("afcrawler", titled("2", "Botany"));
    expect(merged("Botany").into).toBe(2);
  });

  it.each([
    ["in the order of the rows", "9780306406157", "9780262033848"],
    ["in another order", "9780262033848", "9780306406157"],
  ])("goes into the oldest row of a source that has one of its ISBNs, %s", (_, first, second) => {
    rows("SCP", titled("1", "Botany", `;${first};`), titled("2", "Zoology", `;${second};`));
    expect(merged("Mosses", ";9780306406157;9780262033848;")).toEqual({ into: 1, found: [1] });
  });
});
