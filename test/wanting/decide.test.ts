/** Every row of the decision table, by hand. */

import { describe, expect, it } from "vitest";
import type { WantSettings } from "../../src/config/job/want.js";
import { openLookup } from "../../src/store/open.js";
import { Answerer, type AskOptions } from "../../src/wanting/answer.js";
import { AnswerJson } from "../../src/wanting/answer-json.js";
import { askedColumns } from "../../src/wanting/asked-columns.js";
import { readQuestion } from "../../src/wanting/question.js";
import { TestDatabase, temporaryFolder } from "../support/import-harness.js";

const BOOK = "9780131101630";
const PLAIN: AskOptions = { ignoreDonations: false, weeding: false };
const EXTRA = [
  { name: "copies", kind: "text", descriptive: true, mappable: true },
  { name: "condition", kind: "text", descriptive: true, mappable: true },
  { name: "related_isbn", kind: "list", descriptive: true, mappable: true },
  { name: "asin", kind: "list", descriptive: true, mappable: true },
] as const;

type Values = Readonly<Record<string, string>>;

/** One row: its source, and what it holds beside the ISBN of the book. */
type Row = readonly [source: string, values?: Values];

interface Case {
  readonly rows: readonly Row[];
  readonly want?: Partial<WantSettings>;
  readonly options?: Partial<AskOptions>;
  readonly asked?: string;
}

/** Imports the rows, each source in a run of its own, and asks. */
async function ask({ rows, want = {}, options = {}, asked = BOOK }: Case) {
  const folder = temporaryFolder();
  try {
    const database = new TestDatabase(`${folder.path}/want.sqlite`, { extraFields: [...EXTRA] });
    rows.forEach(([source, values], i) => {
      const record = { id: `n${i}`, values: { isbn: `;${BOOK};`, title: `T${i}`, ...values } };
      database.import([record], { settings: { foreignSource: source } });
    });
    if (rows.length === 0) database.import([]);
    const config = { ...database.config({ want }) };
    const view = await openLookup(config, askedColumns(config.want));
    try {
      const answerer = new Answerer(config, view.lookup);
      const question = readQuestion(asked, true);
      const [answer] = answerer.answer([question], { ...PLAIN, ...options });
      const json = new AnswerJson(config).of(answer, true);
      const { ia_identifiers: found } = json as { ia_identifiers: { score: number }[] };
      return {
        response: answer.rule.response,
        rule: answer.rule.rule,
        scores: found.map(({ score }) => score),
        json,
        unreadable: answerer.unreadableCopies,
      };
    } finally {
      view.close();
    }
  } finally {
    folder.remove();
  }
}

const PARTNERS = { partnerSources: ["branch"] };
const GIFTS = { donationSources: ["gifts"] };
const WORN = { needSecond: { field: "condition", pattern: "/worn|missing/i" } };
const OTHER = { isbn: ";9780306406157;" };

const CASES: readonly [says: string, expected: readonly [number, number], asked: Case][] = [
  ["a wrong check digit", [-1, 1], { rows: [["ours"]], asked: "9780131101631" }],
  ["an ASIN that nobody has", [1, 2], { rows: [["ours"]], asked: "B000FA64PK" }],
  ["nothing held", [1, 2], { rows: [] }],
  ["another book held", [1, 2], { rows: [["ours", OTHER]] }],
  ["held", [0, 5], { rows: [["ours"]] }],
  ["asked for by its ISBN-10", [0, 5], { rows: [["ours"]], asked: "0-13-110163-3" }],
  ["held by a source that no key names", [0, 5], { rows: [["new"]], want: { heldSources: ["o"] } }],
  ["a row of an ignored source alone", [1, 2], { rows: [["x"]], want: { ignoredSources: ["x"] } }],
  ["a partner's copy alone", [1, 2], { rows: [["branch"]], want: PARTNERS }],
  ["ours, and no partner has it", [2, 4], { rows: [["ours"]], want: PARTNERS }],
  ["ours, and a partner has it", [0, 5], { rows: [["ours"], ["branch"]], want: PARTNERS }],
  ["given, not worked on", [0, 5], { rows: [["gifts"]], want: GIFTS }],
  [
    "given, and the given one is in hand",
    [1, 2],
    { rows: [["gifts"]], want: GIFTS, options: { ignoreDonations: true } },
  ],
  ["one copy where two are wanted", [3, 3], { rows: [["ours"]], want: { copiesWanted: 2 } }],
  ["two rows where two are wanted", [0, 5], { rows: [["a"], ["b"]], want: { copiesWanted: 2 } }],
  [
    "copies by a field",
    [0, 5],
    { rows: [["a", { copies: "2" }]], want: { copiesWanted: 2, copiesField: "copies" } },
  ],
  [
    "a row that stands for no copy",
    [1, 2],
    { rows: [["a", { copies: "0" }]], want: { copiesField: "copies" } },
  ],
  [
    "a worn copy comes before partners",
    [3, 3],
    { rows: [["a", { condition: "Worn" }]], want: { ...WORN, ...PARTNERS } },
  ],
  [
    "a partner's worn copy is no concern of ours",
    [0, 5],
    { rows: [["a"], ["branch", { condition: "worn" }]], want: { ...WORN, ...PARTNERS } },
  ],
  ["weeding the only copy", [1, 2], { rows: [["a"]], options: { weeding: true } }],
  ["weeding one of two", [0, 5], { rows: [["a"], ["b"]], options: { weeding: true } }],
  [
    "weeding one of two that no partner has",
    [2, 4],
    { rows: [["a"], ["b"]], want: PARTNERS, options: { weeding: true } },
  ],
];

describe("the decision table", () => {
  it.each(CASES)("%s", async (_, [response, rule], asked) => {
    expect(await ask(asked)).toMatchObject({ response, rule });
  });

  it("counts a field of copies that holds no number as one copy, and says so", async () => {
    const rows: Row[] = [["a", { copies: "some" }]];
    const answer = await ask({ rows, want: { copiesField: "copies" } });
    expect(answer).toMatchObject({ response: 0, unreadable: 1 });
  });
});

describe("other editions", () => {
  const edition = (numbers: Values): Row[] => [
    ["ours", numbers],
    ["ours", { isbn: "", ...numbers }],
  ];

  it.each([
    ["an LCCN", { lccn: ";95012345;" }],
    ["an OCLC number", { oclc_number: ";4711;" }],
  ])("are those that share %s, told with half a score", async (_, numbers) => {
    expect(await ask({ rows: edition(numbers) })).toMatchObject({ response: 0, scores: [1, 0.5] });
  });

  it("are those that have another ISBN of the row", async () => {
    const rows: Row[] = [
      ["ours", { isbn: `;${BOOK};9780306406157;` }],
      ["ours", OTHER],
    ];
    expect((await ask({ rows })).scores).toEqual([1, 0.5]);
  });

  it("are not followed to editions of editions", async () => {
    const rows: Row[] = [
      ["ours", { lccn: ";95012345;" }],
      ["ours", { isbn: "", lccn: ";95012345;", oclc_number: ";1;" }],
      ["ours", { isbn: "", oclc_number: ";1;" }],
    ];
    expect((await ask({ rows })).scores).toEqual([1, 0.5]);
  });

  const LINKED: Row[] = [["ours", { ...OTHER, related_isbn: ";0131101633 (pbk.);" }]];

  it("are found by related_field where no row has the ISBN, and do not count", async () => {
    const answer = await ask({ rows: LINKED, want: { relatedField: "related_isbn" } });
    expect(answer).toMatchObject({ response: 1, scores: [0.5] });
  });

  it("count where that is wanted", async () => {
    const want = { relatedField: "related_isbn", related: "count" } as const;
    expect(await ask({ rows: LINKED, want })).toMatchObject({ response: 0, scores: [0.5] });
  });
});

describe("an ASIN", () => {
  it("is looked up in its field", async () => {
    const rows: Row[] = [["ours", { isbn: "", asin: ";B000FA64PK;" }]];
    const answer = await ask({ rows, want: { asinField: "asin" }, asked: "b000fa64pk" });
    expect(answer).toMatchObject({ response: 0, json: { asin: "B000FA64PK" } });
  });
});

describe("a row that several sources were merged into", () => {
  it("is the copy of each of them", async () => {
    const folder = temporaryFolder();
    try {
      const merging = {
        duplicatePolicy: "MERGE",
        matchMethods: ["ISBN"],
        want: { partnerSources: ["branch"] },
      } as const;
      const database = new TestDatabase(`${folder.path}/want.sqlite`, merging);
      const record = { id: "1", values: { isbn: `;${BOOK};`, title: "T" } };
      for (const foreignSource of ["branch", "ours"]) {
        database.import([record], { settings: { foreignSource } });
      }
      const config = database.config();
      const view = await openLookup(config, askedColumns(config.want));
      const [answer] = new Answerer(config, view.lookup).answer([readQuestion(BOOK, false)], PLAIN);
      view.close();
      expect(answer.exact.map(({ classes }) => classes)).toEqual([["held", "partner"]]);
      expect(answer.rule.response).toBe(0);
    } finally {
      folder.remove();
    }
  });
});

describe("the answer to a number that is none", () => {
  it("has the keys of the service that it is modelled on", async () => {
    const { json } = await ask({ rows: [], asked: "nonsense" });
    expect(json).toMatchObject({
      status: "error",
      response: -1,
      message: "invalid asin or isbn",
      ia_identifiers: [],
      books: {},
      related_books: {},
    });
    expect(Object.keys(json)).toEqual(
      expect.arrayContaining(["component_response_times", "response_time"]),
    );
  });
});
