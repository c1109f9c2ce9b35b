/**
 * What other sources added to a row, as pure functions. A row is its own values plus, in the order
 * in which they came, what each merged source offered: list elements that were not there, and texts
 * for fields that were empty. What each really added is kept, so that it can be taken away again.
 */

/** Values by field name. */
export type FieldValues = Readonly<Record<string, string>>;

/** The elements of a list, `;a;b;` as we store it or `a; b` as others may write it. */
export function listElements(stored: string): string[] {
  const elements = stored.split(";").map((element) => element.trim());
  return elements.filter((element) => element !== "");
}

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

/**
 * Adds an offer to a row's values and says what it contributed, by field.
 *
 * @param row in the order of the configuration's fields
 */
export function contribute(
  row: readonly string[],
  offer: FieldValues,
  fields: MergeFields,
): { row: readonly string[]; contributed: FieldValues } {
  const result = row.slice();
  const contributed: Record<string, string> = {};
  for (const [name, offered] of Object.entries(offer)) {
    const index = fields.indexOf(name);
    if (index === null) continue;
    if (fields.isList(index)) {
      const elements = listElements(row[index]);
      const added = listElements(offered).filter((element) => !elements.includes(element));
      if (added.length === 0) continue;
      result[index] = storedList([...elements, ...added]);
      contributed[name] = storedList(added);
    } else if (row[index] === "" && offered !== "") {
      result[index] = offered;
      contributed[name] = offered;
    }
  }
  return { row: result, contributed };
}

/** Takes what was contributed away again; what somebody else changed since stays. */
export function withdraw(
  row: readonly string[],
  contributed: FieldValues,
  fields: MergeFields,
): readonly string[] {
  const result = row.slice();
  for (const [name, added] of Object.entries(contributed)) {
    const index = fields.indexOf(name);
    if (index === null) continue;
    if (fields.isList(index)) {
      const gone = listElements(added);
      const elements = listElements(row[index]);
      const rest = elements.filter((element) => !gone.includes(element));
      if (rest.length < elements.length) result[index] = storedList(rest);
    } else if (row[index] === added) {
      result[index] = "";
    }
  }
  return result;
}
