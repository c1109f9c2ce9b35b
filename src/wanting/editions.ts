/** The rows of a book, and those of its other editions: one hop, so that each can be explained. */

import type { WantSettings } from "../config/job/want.js";
import {
  type LookupBy,
  type LookupKey,
  type LookupTexts,
  nameOf,
} from "../store/model/lookup-key.js";
import type { AskedRow, RowLookup } from "../store/reading-port.js";
import type { Question } from "./question.js";

/** Other editions that are told of at most. */
const MOST_RELATED = 100;

/** A row that was found, and by what. */
export interface Found {
  readonly row: AskedRow;
  /** The match method, or `field NAME`. */
  readonly method: string;
  readonly key: string;
}

export interface Editions {
  /** By record_id. */
  readonly exact: readonly Found[];
  readonly related: readonly Found[];
  /** What was asked, in order. */
  readonly asked: readonly LookupKey[];
}

/** By what rows are asked for, under these settings. */
export function askedBy(want: WantSettings): LookupBy[] {
  const by: LookupBy[] = [{ method: "ISBN" }];
  for (const method of want.relatedBy) if (method !== "ISBN") by.push({ method });
  if (want.relatedField !== "") by.push({ field: want.relatedField, as: "isbn" });
  if (want.asinField !== "") by.push({ field: want.asinField, as: "asin" });
  return by;
}

export class EditionFinder {
  constructor(
    private readonly lookup: RowLookup,
    private readonly want: WantSettings,
    private readonly texts: LookupTexts,
  ) {}

  /** Finds the editions for each question, with as few scans as can be. To be called in one moment. */
  find(questions: readonly Question[]): Editions[] {
    const direct = questions.map((question) => this.directKey(question));
    this.lookup.expect(direct.flatMap((key) => key ?? []));
    const exact = direct.map((key) => (key === null ? [] : this.rowsWith(key)));
    const further = exact.map((found, i) => this.furtherKeys(questions[i], found));
    this.lookup.expect(further.flat());
    return questions.map((_, i) => {
      const first = direct[i];
      const asked = first === null ? [] : [first, ...further[i]];
      return { exact: exact[i], related: this.related(exact[i], further[i]), asked };
    });
  }

  /** The key that the rows of the very book have. */
  private directKey(question: Question): LookupKey | null {
    if (question.kind === "isbn") return { method: "ISBN", text: question.isbn };
    if (question.kind === "invalid" || this.want.asinField === "") return null;
    return { field: this.want.asinField, as: "asin", text: question.asin };
  }

  /** The keys that other editions have. */
  private furtherKeys(question: Question, exact: readonly Found[]): LookupKey[] {
    const { want } = this;
    if (exact.length === 0) {
      if (question.kind !== "isbn" || want.relatedField === "") return [];
      return [{ field: want.relatedField, as: "isbn", text: question.isbn }];
    }
    const keys = new Map<string, LookupKey>();
    for (const { row } of exact.slice(0, MOST_RELATED)) {
      for (const method of want.relatedBy) {
        for (const text of this.texts.of({ method }, row.values)) {
          const isAsked = question.kind === "isbn" && text === question.isbn && method === "ISBN";
          if (!isAsked) keys.set(`${method} ${text}`, { method, text });
        }
      }
    }
    return [...keys.values()];
  }

  private related(exact: readonly Found[], keys: readonly LookupKey[]): Found[] {
    const known = new Set(exact.map(({ row }) => row.recordId));
    const related: Found[] = [];
    for (const key of keys) {
      // The first rows of each key are enough, since the first of all are taken.
      const others = this.lookup.othersWith(key, MOST_RELATED, known);
      for (const row of others) {
        known.add(row.recordId);
        related.push(foundBy(key, row));
      }
      if (related.length >= MOST_RELATED) break;
    }
    return related.sort((a, b) => a.row.recordId - b.row.recordId).slice(0, MOST_RELATED);
  }

  private rowsWith(key: LookupKey): Found[] {
    return this.lookup.rowsWith(key).map((row) => foundBy(key, row));
  }
}

function foundBy(key: LookupKey, row: AskedRow): Found {
  return { row, method: nameOf(key), key: key.text };
}
