/** The two forms in which a column stores its text: plain text, and the list form `;a;b;`. */

import { indexOf, trim } from "./string-methods.js";

/** Marks that NFC may have to put together with what a join or a substitution set before them. */
const MAY_COMPOSE = /[\u0300-\uffff]/;
const FEW = 12;

function toNfc(text: string): string {
  return MAY_COMPOSE.test(text) ? text.normalize("NFC") : text;
}

/** Plain text: runs of blanks made one, blanks trimmed at the ends. Line breaks and tabs stay within. */
export function plainForm(text: string): string {
  const squeezed = text.includes("  ") ? text.replace(/ {2,}/g, " ") : text;
  return toNfc(squeezed.trim());
}

/** The elements of a list, `;a;b;` as we store it or `a; b` as others may write it. */
export function elementsOf(stored: string): string[] {
  if (stored === "") return [];
  const elements = stored.split(";").map((element) => element.trim());
  return elements.filter((element) => element !== "");
}

/** Collects the elements of a list: trimmed, empty ones and exact repeats left out. */
export class ListElements {
  /** The first `count` belong to the list at hand. */
  readonly elements: string[] = [];
  count = 0;
  private seen: Set<string> | null = null;

  clear(): void {
    if (this.seen !== null) {
      this.elements.length = FEW;
      this.seen = null;
    }
    this.count = 0;
  }

  /** Adds what stands between the semicolons of a text. */
  add(text: string): void {
    // Normalised first: NFC turns the Greek question mark into a semicolon.
    const normal = toNfc(text);
    let start = 0;
    for (let end = indexOf(normal, ";"); end >= 0; end = indexOf(normal, ";", start)) {
      this.addTrimmed(normal.slice(start, end));
      start = end + 1;
    }
    this.addTrimmed(start === 0 ? normal : normal.slice(start));
  }

  /** `;a;b;`, or "" without elements. */
  stored(): string {
    if (this.count === 0) return "";
    let stored = ";";
    for (let i = 0; i < this.count; i++) stored += `${this.elements[i]};`;
    return stored;
  }

  private addTrimmed(text: string): void {
    const element = trim(text);
    if (element !== "") this.addElement(element);
  }

  /** Adds one element that is in NFC, trimmed, not empty, and holds no semicolon. */
  addElement(element: string): void {
    if (this.holds(element)) return;
    this.elements[this.count++] = element;
    this.seen?.add(element);
  }

  private holds(element: string): boolean {
    const { elements, count } = this;
    if (this.seen === null && count >= FEW) this.seen = new Set(elements.slice(0, count));
    if (this.seen !== null) return this.seen.has(element);
    for (let i = 0; i < count; i++) if (elements[i] === element) return true;
    return false;
  }
}

/** The list form of a text in which semicolons separate. */
export function listForm(text: string): string {
  const list = new ListElements();
  list.add(text);
  return list.stored();
}
