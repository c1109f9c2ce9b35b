/**
 * What other sources added to a row, as pure functions. A row is its own values plus, in the order
 * in which they came, what each merged source offered: list elements that were not there, and texts
 * for fields that were empty. What each really added is kept, so that it can be taken away again.
 */

import { elementsOf } from "../../fields/list-form.js";

/** Values by field name. */
export type FieldValues = Readonly<Record<string, string>>;

/** The stored form of a list; empty for no elements. */
export function storedList(elements: readonly string[]): string {
  return elements.length === 0 ? "" : `;${elements.join(";")};`;
}

/** How the fields of offers and contributions, which go by name, stand in a row. */
export interface MergeFields {
  /** Index in the row's values; null for a field that the configuration does not know. */
  indexOf(name: string): number | null;
  isList(index: number): boolean;
}

/** A list column to which elements are added. */
class GrowingList {
  private readonly elements: string[];
  private readonly present: Set<string>;

  constructor(stored: string) {
    this.elements = elementsOf(stored);
    this.present = new Set(this.elements);
  }

  /** Adds those elements that are not there; gives them. */
  add(offered: readonly string[]): string[] {
    const added = offered.filter((element) => !this.present.has(element));
    for (const element of added) {
      this.elements.push(element);
      this.present.add(element);
    }
    return added;
  }

  get stored(): string {
    return storedList(this.elements);
  }
}

/**
 * Adds offers to a row's values, one after another, and says what each contributed, by field.
 *
 * @param row in the order of the configuration's fields
 */
export function contribute(
  row: readonly string[],
  offers: readonly FieldValues[],
  fields: MergeFields,
): { row: readonly string[]; contributed: readonly FieldValues[] } {
  const result = row.slice();
  const lists = new Map<number, GrowingList>();
  const grown = new Set<number>();
  const contributed = offers.map((offer) => {
    const by: Record<string, string> = {};
    for (const [name, offered] of Object.entries(offer)) {
      const index = fields.indexOf(name);
      if (index === null) continue;
      if (fields.isList(index)) {
        const list = lists.get(index) ?? new GrowingList(row[index]);
        lists.set(index, list);
        const added = list.add(elementsOf(offered));
        if (added.length === 0) continue;
        by[name] = storedList(added);
        grown.add(index);
      } else if (result[index] === "" && offered !== "") {
        result[index] = offered;
        by[name] = offered;
      }
    }
    return by;
  });
  for (const index of grown) result[index] = lists.get(index)?.stored ?? "";
  return { row: result, contributed };
}

/** Takes what was contributed away again; what somebody else changed since stays. */
export function withdraw(
  row: readonly string[],
  contributions: readonly FieldValues[],
  fields: MergeFields,
): readonly string[] {
  const result = row.slice();
  const gone = new Map<number, Set<string>>();
  for (const contributed of contributions) {
    for (const [name, added] of Object.entries(contributed)) {
      const index = fields.indexOf(name);
      if (index === null) continue;
      if (fields.isList(index)) {
        const elements = gone.get(index) ?? new Set();
        gone.set(index, elements);
        for (const element of elementsOf(added)) elements.add(element);
      } else if (row[index] === added) result[index] = "";
    }
  }
  for (const [index, elements] of gone) {
    const present = elementsOf(row[index]);
    const rest = present.filter((element) => !elements.has(element));
    if (rest.length < present.length) result[index] = storedList(rest);
  }
  return result;
}
