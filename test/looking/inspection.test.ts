/** What is kept of a file's findings does not grow with the file. */

import { describe, expect, it } from "vitest";
import { diagnostic } from "../../src/diagnostics/diagnostic.js";
import { FieldCounts } from "../../src/looking/field-counts.js";
import { Inspection } from "../../src/looking/inspection.js";
import { inspectionsObject, inspectionText } from "../../src/report/inspection-text.js";
import { viewOf } from "../support/record-view.js";

describe("an inspection", () => {
  it("counts every reject, and tells the first 10,000 one by one", () => {
    const inspection = new Inspection("junk.mrc", "iso2709");
    for (let i = 0; i < 10_050; i++) {
      const reason = diagnostic(i < 50 ? "M203" : "M112", { offset: i });
      inspection.take({
        kind: "reject",
        offset: i,
        length: 1,
        bytes: Buffer.from("x"),
        reason,
        further: [],
        controlNumber: "",
      });
    }
    inspection.finish();
    const { files } = inspectionsObject([inspection], { unread: [], leftOut: [] }) as {
      files: Record<string, unknown>[];
    };
    expect(files[0]).toMatchObject({ rejected_records: 10_050, rejected_bytes: 10_050 });
    expect(files[0].rejects).toHaveLength(10_000);
    expect(inspectionText(inspection)).toContain("10000 × M112");
  });

  it("counts tags beyond a number together", () => {
    const counts = new FieldCounts(3);
    const tags = ["100", "245", "300", "500", "650", "245"];
    counts.add(viewOf({ fields: tags.map((tag) => [tag, "  ", `aof ${tag}`]) }));
    expect(counts.list().map(({ tag, fields, example }) => [tag, fields, example])).toEqual([
      ["100", 1, "of 100"],
      ["245", 2, "of 245"],
      ["300", 1, "of 300"],
      ["others", 2, "of 500"],
    ]);
  });
});
