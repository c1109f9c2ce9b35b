import { describe, expect, it } from "vitest";
import { readQuestion } from "../../src/wanting/question.js";

const BOOK = "9780131101630";

describe("a question", () => {
  it.each([
    ["as printed", "978-0-13-110163-0"],
    ["of ten digits", "0131101633"],
    ["with a word before it", "ISBN 0-13-110163-3"],
    ["with the label in one word with it", "ISBN:9780131101630"],
    ["with a qualifier", "9780131101630 (pbk.)"],
    ["between blanks, behind a byte order mark", "\ufeff  9780131101630\t"],
    ["with the price that scanners send along", "978013110163051995"],
    ["with that price behind a blank", "9780131101630 51995"],
    ["in both forms", "0131101633 9780131101630"],
  ])("is an ISBN %s", (_, text) => {
    expect(readQuestion(text, false)).toMatchObject({ kind: "isbn", isbn: BOOK });
  });

  it("may be an SBN of nine digits, and an ISBN of 979-8", () => {
    expect(readQuestion("306406152", false)).toMatchObject({ isbn: "9780306406157" });
    expect(readQuestion("9798602405453", false)).toMatchObject({ isbn: "9798602405453" });
  });

  it.each([
    ["nothing", "", "nothing is asked"],
    ["two books", "9780131101630 9780306406157", "several numbers"],
    ["a book beside a number with a wrong digit", "9780131101630, 9780306406158", "several"],
    ["a wrong check digit", "9780131101631", "check digit"],
    ["too few digits", "123", "not a number of a book"],
    ["words", "abc", "not a number of a book"],
    ["letters that are check characters", "x".repeat(60), "not a number of a book"],
    ["ten digits with a wrong X", "0-306-40615-X", "check digit"],
    ["numbers glued together", "01311016339780131101630", "23 digits"],
    ["twenty digits", "01311016330131101633", "20 digits"],
    ["printed music", "9790260000438", "979-0"],
    ["a spreadsheet's number", "9.78013E+12", ""],
    ["a number of Amazon's, where none may be", "B000FA64PK", ""],
    ["a zero byte", "9780131101630\0", "control characters"],
    ["a text of megabytes", "9".repeat(1_000_000), "longer than 200"],
  ])("of %s is refused", (_, text, reason) => {
    const question = readQuestion(text, false);
    expect(question).toMatchObject({ kind: "invalid", reason: expect.stringContaining(reason) });
  });

  it("may be an ASIN where that is allowed", () => {
    expect(readQuestion(" b000fa64pk ", true)).toMatchObject({ kind: "asin", asin: "B000FA64PK" });
    expect(readQuestion("0131101633", true)).toMatchObject({ kind: "isbn" });
  });
});
