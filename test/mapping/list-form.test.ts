import { describe, expect, it } from "vitest";
import { listForm } from "../../src/fields/list-form.js";
import { mapOne } from "./support.js";

/** What NFC makes a semicolon. */
const GREEK_QUESTION_MARK = "\u037e";

describe("the list form", () => {
  it.each([
    ["", ""],
    [" ; ;; ", ""],
    ["a", ";a;"],
    [" a ;b;; a;c ", ";a;b;c;"],
    [`a${GREEK_QUESTION_MARK}b`, ";a;b;"],
    [`a${GREEK_QUESTION_MARK}a`, ";a;"],
    ["e\u0301;\u00e9", ";\u00e9;"],
  ])("of %j is %j", (text, stored) => {
    expect(listForm(text)).toBe(stored);
  });

  it("has no element with a semicolon in it, whatever a section puts together", () => {
    const section = `initial_text = "x${GREEK_QUESTION_MARK}y;"\na = 653 * * a /!/${GREEK_QUESTION_MARK}/`;
    const fields = [["653", "  ", "aone!two"]] as const;
    const { value } = mapOne(`[keywords]\n${section}`, { fields });
    expect(value("keywords")).toBe(";x;y;one;two;");
  });
});
