/** What a rule has made of short texts: codes and terms, of which a file holds few in many records. */

/** UTF-16 units. */
const LONGEST = 40;
/** A substitution may let a short text grow to a very long one. */
const LONGEST_RESULT = 400;
const MOST = 512;

/** A bounded memory of results that depend on nothing but the text; it gives up where none come again. */
export class TreatedTexts {
  private readonly results = new Map<string, string>();
  private hits = 0;
  private useful = true;

  /** The result remembered for a text, undefined if there is none. */
  get(text: string): string | undefined {
    if (!this.useful || text.length > LONGEST) return undefined;
    const result = this.results.get(text);
    if (result !== undefined) this.hits++;
    return result;
  }

  set(text: string, result: string): void {
    if (!this.useful || text.length > LONGEST || result.length > LONGEST_RESULT) return;
    if (this.results.size === MOST) {
      this.results.clear();
      this.useful = this.hits > MOST;
      this.hits = 0;
    }
    this.results.set(copy(text), copy(result));
  }
}

/** The same text, but no slice of another: a slice keeps the whole record in memory. */
function copy(text: string): string {
  return ` ${text}`.slice(1);
}
