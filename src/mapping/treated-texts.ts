/** What a rule has made of short texts: codes and terms, of which a file holds few in many records. */

/** UTF-16 units; so short a text is a copy to V8, which does not keep the record in memory. */
const LONGEST = 12;
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
    if (!this.useful || text.length > LONGEST) return;
    if (this.results.size === MOST) {
      this.results.clear();
      this.useful = this.hits > MOST;
      this.hits = 0;
    }
    this.results.set(text, result);
  }
}
