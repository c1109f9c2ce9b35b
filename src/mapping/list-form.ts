/** The two forms in which a column stores its text: plain text, and the list form `;a;b;`. */

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

/** Collects the elements of a list: trimmed, empty ones and exact repeats left out. */
export class ListElements {
  elements: string[] = [];
  private seen: Set<string> | null = null;

  clear(): void {
    if (this.elements.length === 0) return;
    this.elements = [];
    this.seen = null;
  }

  /** Adds what stands between the semicolons of a text. */
  add(text: string): void {
    // Normalised first: NFC turns the Greek question mark into a semicolon.
    const normal = toNfc(text);
    if (!normal.includes(";")) {
      this.addElement(normal);
      return;
    }
    for (const element of normal.split(";")) this.addElement(element);
  }

  /** `;a;b;`, or "" without elements. */
  stored(): string {
    const { elements } = this;
    if (elements.length === 0) return "";
    return elements.length === 1 ? `;${elements[0]};` : `;${elements.join(";")};`;
  }

  private addElement(text: string): void {
    const element = text.trim();
    if (element === "" || this.holds(element)) return;
    this.elements.push(element);
    this.seen?.add(element);
  }

  private holds(element: string): boolean {
    if (this.seen !== null) return this.seen.has(element);
    if (this.elements.length < FEW) return this.elements.includes(element);
    this.seen = new Set(this.elements);
    return this.seen.has(element);
  }
}

/** The list form of a text in which semicolons separate. */
export function listForm(text: string): string {
  const list = new ListElements();
  list.add(text);
  return list.stored();
}
