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

/** Adds an offer to a row's values and says what it contributed, by field. */
export function contribute(
  row: FieldValues,
  offer: FieldValues,
  isListField: (name: string) => boolean,
): { row: FieldValues; contributed: FieldValues } {
  const result: Record<string, string> = { ...row };
  const contributed: Record<string, string> = {};
  for (const [name, offered] of Object.entries(offer)) {
    const present = result[name] ?? "";
    if (isListField(name)) {
      const elements = listElements(present);
      const added = listElements(offered).filter((element) => !elements.includes(element));
      if (added.length === 0) continue;
      result[name] = storedList([...elements, ...added]);
      contributed[name] = storedList(added);
    } else if (present === "" && offered !== "") {
      result[name] = offered;
      contributed[name] = offered;
    }
  }
  return { row: result, contributed };
}

/** Takes what was contributed away again; what somebody else changed since stays. */
export function withdraw(
  row: FieldValues,
  contributed: FieldValues,
  isListField: (name: string) => boolean,
): FieldValues {
  const result: Record<string, string> = { ...row };
  for (const [name, added] of Object.entries(contributed)) {
    const present = result[name] ?? "";
    if (isListField(name)) {
      const gone = listElements(added);
      const elements = listElements(present);
      const rest = elements.filter((element) => !gone.includes(element));
      if (rest.length < elements.length) result[name] = storedList(rest);
    } else if (present === added) {
      result[name] = "";
    }
  }
  return result;
}
