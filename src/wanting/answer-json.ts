/** An answer as an object: the keys of the Internet Archive's Do-We-Want-It service, and ours. */

import type { AskedConfig } from "../config/job/want.js";
import { elementsOf } from "../fields/list-form.js";
import type { Answer, FoundHolding } from "./answer.js";
import type { ToldColumn } from "./asked-columns.js";

const EXACT = 1;
const RELATED = 0.5;

/** The columns with numbers, as URNs name them. */
const URNS: readonly (readonly [column: ToldColumn, kind: string])[] = [
  ["isbn", "isbn"],
  ["oclc_number", "oclc"],
  ["lccn", "lccn"],
];

/** Makes objects of answers. */
export class AnswerJson {
  private readonly at: ReadonlyMap<string, number>;

  constructor(private readonly config: Pick<AskedConfig, "want" | "fields">) {
    this.at = new Map(config.fields.map(({ name }, i) => [name, i]));
  }

  /** @param debug whether rows, times and what was asked are told, too */
  of(answer: Answer, debug: boolean): Record<string, unknown> {
    const { question, rule, exact, related, times } = answer;
    const isError = question.kind === "invalid";
    return {
      schema_version: 1,
      query: question.text,
      ...(question.kind === "isbn" ? { isbn: question.isbn } : {}),
      ...(question.kind === "asin" ? { asin: question.asin } : {}),
      status: isError ? "error" : "ok",
      response: rule.response,
      message: rule.message,
      ...(isError ? { reason: question.reason } : {}),
      ia_identifiers: [
        ...exact.map((found) => identifierOf(found, EXACT)),
        ...related.map((found) => identifierOf(found, RELATED)),
      ],
      ...(debug || isError ? this.debugOf(answer) : {}),
      rule: rule.rule,
      response_time: seconds(times.search + times.decide),
    };
  }

  private debugOf({ exact, related, asked, times }: Answer): Record<string, unknown> {
    return {
      books: this.books(exact),
      related_books: this.books(related),
      component_response_times: { search: seconds(times.search), sort: seconds(times.decide) },
      lookups: asked,
    };
  }

  private books(found: readonly FoundHolding[]): Record<string, unknown> {
    const books: Record<string, unknown> = {};
    for (const one of found) {
      const { identifier, row } = one;
      // Two rows may bear one name, and no name is to be mistaken for a property of objects.
      const name = Object.hasOwn(books, identifier)
        ? `${identifier} (record ${row.recordId})`
        : identifier;
      Object.defineProperty(books, name, {
        value: this.book(one),
        enumerable: true,
      });
    }
    return books;
  }

  private book({ row, identifier, classes, copies, needSecond, method, key }: FoundHolding) {
    const stored = (name: string) => row.values[this.at.get(name) ?? -1] ?? "";
    const text = (name: ToldColumn) => stored(name);
    const list = (name: ToldColumn) => elementsOf(text(name));
    const { asinField } = this.config.want;
    const asins =
      asinField === "" ? [] : elementsOf(stored(asinField)).map((one) => `urn:asin:${one}`);
    const numbers = URNS.flatMap(([name, kind]) =>
      list(name).map((number) => `urn:${kind}:${number}`),
    );
    return {
      metadata: {
        identifier,
        record_id: row.recordId,
        title: text("title"),
        creator: list("creators"),
        publication_date: text("publication_date"),
        isbn: list("isbn"),
        "related-external-id": [...numbers, ...asins],
      },
      class: classes,
      copies,
      need_second: needSecond,
      matched_by: { method, key },
    };
  }
}

function identifierOf({ identifier, row }: FoundHolding, score: number) {
  return { ia_identifier: identifier, score, record_id: row.recordId };
}

/** Seconds to a tenth of a millisecond. */
function seconds(time: number): number {
  return Math.round(time * 10_000) / 10_000;
}
