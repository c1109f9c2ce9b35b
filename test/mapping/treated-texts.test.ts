import { describe, expect, it } from "vitest";
import { createMapper } from "../../src/mapping/marc/mapper.js";
import { TreatedTexts } from "../../src/mapping/marc/treated-texts.js";
import { viewOf } from "../support/record-view.js";
import { configOf } from "./support.js";

describe("what a rule has made of texts", () => {
  it("is remembered for short texts only", () => {
    const texts = new TreatedTexts();
    texts.set("eng", "English");
    texts.set("a text of some length ".repeat(2), "x");
    expect(texts.get("eng")).toBe("English");
    expect(texts.get("fre")).toBeUndefined();
    expect(texts.get("a text of some length ".repeat(2))).toBeUndefined();
  });

  it("is forgotten where no text comes again, and kept where they do", () => {
    const unique = new TreatedTexts();
    const coded = new TreatedTexts();
    for (let i = 0; i < 2000; i++) {
      unique.set(`ocn${i}`, "");
      if (coded.get(`${i % 3}`) === undefined) coded.set(`${i % 3}`, `code ${i % 3}`);
    }
    expect(unique.get("ocn1999")).toBeUndefined();
    expect(coded.get("2")).toBe("code 2");
  });

  it("does not make one record's values those of another", () => {
    const config = configOf(
      "[keywords]\ntrim_punctuation\nunique\na = 653 * * a /^x//,/b+/<$&>/\nb = 653 * * a",
    );
    const records = ["xbb.", "xbb", "b, c", "xbb.", "x", "x", "xbb"].map((text) =>
      viewOf({ fields: [["653", "  ", `a${text}`, `a${text}`]] }),
    );
    const mapper = createMapper(config);
    const together = records.map((record) => mapper.map(record).values);
    expect(together).toEqual(records.map((record) => createMapper(config).map(record).values));
    expect(new Set(together.map((values) => values.join("|"))).size).toBe(4);
  });
});
