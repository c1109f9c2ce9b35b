/** An index in memory: which rows have a number. However many share one, adding looks at one of them. */

const NONE = -1;
const FIRST_ROOM = 1024;

export class NumberIndex {
  private count = 0;
  private numbers = new Float64Array(FIRST_ROOM);
  private rows = new Float64Array(FIRST_ROOM);
  /** The entry that was added before with the same slot. */
  private next = new Int32Array(FIRST_ROOM);
  private slots = new Int32Array(2 * FIRST_ROOM).fill(NONE);

  add(number: number, row: number): void {
    if (this.count === this.numbers.length) this.grow();
    const slot = this.slotOf(number);
    this.numbers[this.count] = number;
    this.rows[this.count] = row;
    this.next[this.count] = this.slots[slot];
    this.slots[slot] = this.count++;
  }

  /** The rows with a number, the last added first; one may come twice. */
  *rowsWith(number: number): Generator<number> {
    for (let at = this.slots[this.slotOf(number)]; at !== NONE; at = this.next[at]) {
      if (this.numbers[at] === number) yield this.rows[at];
    }
  }

  private slotOf(number: number): number {
    // The high bits of a digest do not fit a 32-bit integer; its low bits spread as well.
    return number & (this.slots.length - 1);
  }

  private grow(): void {
    const room = 2 * this.numbers.length;
    const { numbers, rows } = this;
    this.numbers = new Float64Array(room);
    this.numbers.set(numbers);
    this.rows = new Float64Array(room);
    this.rows.set(rows);
    this.next = new Int32Array(room);
    this.slots = new Int32Array(2 * room).fill(NONE);
    for (let at = 0; at < this.count; at++) {
      const slot = this.slotOf(this.numbers[at]);
      this.next[at] = this.slots[slot];
      this.slots[slot] = at;
    }
  }
}
