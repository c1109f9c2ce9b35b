/**
 * Keys that many rows share, so that their rows need not be read again to say so. Some of them: a key takes the place
 * of another one whose lowest bits are the same.
 */

const PLACES = 2 ** 14;
const NONE = -1;

export class CrowdedKeys {
  private readonly keys = new Float64Array(PLACES).fill(NONE);
  /** By place: rows that share the key at least. */
  private readonly sizes = new Int32Array(PLACES);

  /** Remembers that a key has so many rows at least. */
  note(key: number, rows: number): void {
    const place = placeOf(key);
    this.keys[place] = key;
    this.sizes[place] = rows;
  }

  /** Whether a key is known to have more rows than that; false where it is not known. */
  has(key: number, most: number): boolean {
    const place = placeOf(key);
    return this.keys[place] === key && this.sizes[place] > most;
  }

  /** To be called when a row has lost the key. */
  forget(key: number): void {
    const place = placeOf(key);
    if (this.keys[place] === key) this.keys[place] = NONE;
  }

  clear(): void {
    this.keys.fill(NONE);
  }
}

/** Of a well-mixed number any bits are a place. */
function placeOf(key: number): number {
  return key & (PLACES - 1);
}
