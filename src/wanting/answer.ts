/** Whether a book is wanted, with everything that the answer rests on. */

import type { AskedConfig } from "../config/job/want.js";
import { LookupTexts, nameOf } from "../store/model/lookup-key.js";
import type { AskedRow, RowLookup } from "../store/reading-port.js";
import { type DecisionRule, decide } from "./decide.js";
import { EditionFinder, type Editions, type Found } from "./editions.js";
import { type Holding, Holdings } from "./holdings.js";
import type { Question } from "./question.js";

/** How the question is meant. */
export interface AskOptions {
  /** Books that were given and not worked on yet do not count. */
  readonly ignoreDonations: boolean;
  /** The copy in hand is one of ours. */
  readonly weeding: boolean;
}

/** A row that was found, as the decision saw it. */
export interface FoundHolding extends Holding {
  readonly method: string;
  readonly key: string;
  /** What it is called in answers. */
  readonly identifier: string;
}

export interface Answer {
  readonly question: Question;
  /** The row of the decision table that answered. */
  readonly rule: DecisionRule;
  /** Rows of the very book, those of ignored sources left out. */
  readonly exact: readonly FoundHolding[];
  readonly related: readonly FoundHolding[];
  /** `METHOD text`, in the order in which it was asked. */
  readonly asked: readonly string[];
  /** In seconds; of questions that were asked together each has its share. */
  readonly times: { readonly search: number; readonly decide: number };
}

/** The question that is being answered, and a row whose fields are being looked at: for a message. */
export interface Working {
  recordId: number | null;
}

export class Answerer {
  readonly working: Working = { recordId: null };
  private readonly finder: EditionFinder;
  private readonly holdings: Holdings;
  private readonly nameField: number;

  constructor(
    private readonly config: Pick<AskedConfig, "want" | "fields">,
    private readonly lookup: RowLookup,
  ) {
    const { want, fields } = config;
    this.finder = new EditionFinder(lookup, want, new LookupTexts(fields));
    this.holdings = new Holdings(config);
    this.nameField = fields.findIndex(({ name }) => name === want.identifier);
  }

  /** Rows so far whose field of copies was neither empty nor a number; each counted as one copy. */
  get unreadableCopies(): number {
    return this.holdings.unreadable;
  }

  /** Answers some questions as of one moment, in their order. */
  answer(questions: readonly Question[], options: AskOptions): Answer[] {
    return this.lookup.inOneMoment(() => {
      const begun = performance.now();
      const editions = this.finder.find(questions);
      const search = (performance.now() - begun) / 1000 / questions.length;
      return editions.map((found, i) => this.decided(questions[i], found, options, search));
    });
  }

  private decided(
    question: Question,
    editions: Editions,
    options: AskOptions,
    search: number,
  ): Answer {
    const begun = performance.now();
    const exact = this.holdingsOf(editions.exact);
    const related = this.holdingsOf(editions.related);
    const rule = this.ruleFor(question, { exact, related }, options);
    const decideTime = (performance.now() - begun) / 1000;
    const asked = editions.asked.map((key) => `${nameOf(key)} ${key.text}`);
    return { question, rule, exact, related, asked, times: { search, decide: decideTime } };
  }

  private holdingsOf(found: readonly Found[]): FoundHolding[] {
    const all: FoundHolding[] = [];
    for (const { row, method, key } of found) {
      this.working.recordId = row.recordId;
      const { classes, copies, needSecond } = this.holdings.of(row);
      if (classes.every((name) => name === "ignored")) continue;
      all.push({ row, classes, copies, needSecond, method, key, identifier: this.nameOfRow(row) });
    }
    return all;
  }

  private ruleFor(
    question: Question,
    { exact, related }: Pick<Answer, "exact" | "related">,
    { ignoreDonations, weeding }: AskOptions,
  ): DecisionRule {
    const { want } = this.config;
    const ours = (row: FoundHolding) =>
      row.classes.includes("held") || (!ignoreDonations && row.classes.includes("donation"));
    const counted = want.related === "count" ? [...exact, ...related] : exact;
    const copies = counted.filter(ours).reduce((sum, row) => sum + row.copies, 0);
    return decide({
      isNumber: question.kind !== "invalid",
      copies: Math.max(0, copies - (weeding ? 1 : 0)),
      copiesWanted: want.copiesWanted,
      needSecond: exact.some((row) => row.needSecond && row.classes.includes("held")),
      asksPartners: want.partnerSources.length > 0,
      partnerHolds: exact.some((row) => row.classes.includes("partner")),
    });
  }

  private nameOfRow(row: AskedRow): string {
    const named = row.values[this.nameField]?.replace(/^;|;$/g, "") ?? "";
    if (named !== "") return named;
    return row.foreignId === ""
      ? `record/${row.recordId}`
      : `${row.foreignSource}/${row.foreignId}`;
  }
}
