/** What the rules of one record field have found so far. */

/** More than this many places are given back after a record that needed them. */
const MOST_KEPT = 64;
/** Among so many texts looking at each is quicker than a set. */
const FEW = 12;

/** Texts and the fields that they are from; its places are filled anew for each record. */
export class FoundTexts {
  /** The first `count` belong to the record at hand. */
  readonly texts: string[] = [];
  /** Field numbers, one a text; -1 for the leader. */
  readonly fields: number[] = [];
  /** Whether a text is a value as it is stored: printable ASCII, trimmed, without a semicolon. */
  readonly clean: boolean[] = [];
  count = 0;
  /** All texts, where `has` was asked of more than a few. */
  private seen: Set<string> | null = null;

  /**
   * @param firstOnly take the first field that gives text and, where linked fields are appended,
   *   the 880 that is paired with it
   * @param unique leave out a text that is there already
   */
  constructor(
    readonly firstOnly = false,
    readonly unique = false,
  ) {}

  clear(): void {
    if (this.count > MOST_KEPT) {
      this.texts.length = MOST_KEPT;
      this.fields.length = MOST_KEPT;
      this.clean.length = MOST_KEPT;
    }
    this.count = 0;
    this.seen = null;
  }

  add(text: string, field: number, clean: boolean): void {
    this.texts[this.count] = text;
    this.clean[this.count] = clean;
    this.fields[this.count++] = field;
    this.seen?.add(text);
  }

  has(text: string): boolean {
    if (this.seen === null && this.count > FEW)
      this.seen = new Set(this.texts.slice(0, this.count));
    if (this.seen !== null) return this.seen.has(text);
    for (let i = 0; i < this.count; i++) if (this.texts[i] === text) return true;
    return false;
  }

  /** `before`, then the texts with `join` between them. */
  joined(before: string, join: string): string {
    if (this.count === 0) return before;
    let all = before + this.texts[0];
    for (let i = 1; i < this.count; i++) all += join + this.texts[i];
    return all;
  }

  /** Whether nothing but a field's own 880 can still be taken. */
  get satisfied(): boolean {
    return this.firstOnly && this.count > 0;
  }
}
