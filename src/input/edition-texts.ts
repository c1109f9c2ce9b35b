/** The values of an edition as texts, however its keys are written: plainly, or as the dump writes them. */

import { isObject, type JsonObject, kindOf, ShapeError } from "./json-shape.js";

export class EditionTexts {
  /** The first part of a known key that has no place in a record, "" if there is none. */
  leftOut = "";

  constructor(private readonly edition: JsonObject) {}

  /** A text; of the dump's `{"type": …, "value": …}` the value. */
  text(key: string): string {
    return textOf(this.edition[key], key);
  }

  /** A list of texts. */
  list(key: string): string[] {
    return this.values(key)
      .map((one) => textOf(one, key))
      .filter((text) => text !== "");
  }

  /** The last part of a key such as `/type/edition` or `{"key": "/languages/eng"}`, or the text itself. */
  code(key: string): string {
    return codeOf(this.edition[key], key);
  }

  codes(key: string): string[] {
    return this.values(key)
      .map((one) => codeOf(one, key))
      .filter((code) => code !== "");
  }

  number(key: string): number | null {
    const value = this.edition[key];
    if (value === undefined || value === null || value === "") return null;
    const number = Number(value);
    if (Number.isSafeInteger(number) && typeof value !== "object") return number;
    throw new ShapeError(`${key} is ${kindOf(value)}, not a whole number`);
  }

  /** Names of sources with their numbers. */
  identifiers(): (readonly [name: string, number: string])[] {
    const value = this.edition.identifiers;
    if (value === undefined || value === null) return [];
    if (!isObject(value)) throw new ShapeError(`identifiers is ${kindOf(value)}, not an object`);
    return Object.entries(value).flatMap(([name, numbers]) =>
      [numbers].flat().map((one) => [name, textOf(one, `identifiers.${name}`)] as const),
    );
  }

  /** Objects, or the texts that stand for them. */
  objects(key: string, textKey: string): JsonObject[] {
    return this.values(key).map((one) => {
      if (typeof one === "string") return { [textKey]: one };
      if (isObject(one)) return one;
      throw new ShapeError(`${key} holds ${kindOf(one)}, not objects`);
    });
  }

  links(): { readonly url: string; readonly title: string }[] {
    return this.objects("links", "url").map(({ url, title }) => ({
      url: textOf(url, "links.url"),
      title: textOf(title, "links.title"),
    }));
  }

  /** Lines of a table of contents: label, title and page in one. */
  contents(): string[] {
    return this.objects("table_of_contents", "title").map(({ label, title, pagenum }) =>
      [label, title, pagenum]
        .map((part) => textOf(part, "table_of_contents"))
        .filter((text) => text !== "")
        .join(" "),
    );
  }

  private values(key: string): unknown[] {
    const value = this.edition[key];
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    // Some write one value without a list around it.
    if (typeof value === "string" || isObject(value)) return [value];
    throw new ShapeError(`${key} is ${kindOf(value)}, not an array`);
  }
}

/** @throws ShapeError where it is neither a text nor what stands for one */
export function textOf(value: unknown, key: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  if (isObject(value) && typeof value.value === "string") return value.value.trim();
  throw new ShapeError(`${key} is ${kindOf(value)}, not a string`);
}

function codeOf(value: unknown, key: string): string {
  const text = isObject(value) ? textOf(value.key, key) : textOf(value, key);
  return text.slice(text.lastIndexOf("/") + 1);
}
