/** Which fields of a record the rules want, found in one pass over the field table. */

import { FIELD_STRIDE, type MarcRecord } from "../../marc/marc-record.js";

/** Whether a tag code fits a three-character pattern in which `X` stands for any digit. */
export function tagFits(pattern: string, code: number): boolean {
  for (let place = 0; place < 3; place++) {
    const byte = (code >> (16 - 8 * place)) & 0xff;
    const wanted = pattern.charCodeAt(place);
    if (wanted === 0x58 /* X */ ? byte < 0x30 || byte > 0x39 : byte !== wanted) return false;
  }
  return true;
}

/** The slot of a pattern that no tag fits. */
export const NO_FIELDS = 0;
/** A slot that is never empty, for the leader. */
export const LEADER_SLOT = 1;

const NO_SLOTS: readonly number[] = [];
/** Damaged input can hold any three bytes as a tag; what is remembered about them stays bounded. */
const MOST_REMEMBERED = 4096;

/**
 * One slot a tag pattern; `load` lists, for each slot, the fields of the record at hand that fit.
 * Which slots a tag belongs to is worked out when the tag is first met.
 */
export class TagSlots {
  private readonly patterns: string[] = ["", ""];
  /** Tags of three digits, by their three low half-bytes. */
  private readonly byDigits: (readonly number[] | undefined)[] = new Array(4096).fill(undefined);
  private readonly byCode = new Map<number, readonly number[]>();
  private readonly lists: number[][] = [[], []];
  private counts = new Int32Array(2);

  /** The slot of a pattern; the same pattern has the same slot. Only before the first `load`. */
  slot(pattern: string): number {
    const known = this.patterns.indexOf(pattern);
    if (known >= 0) return known;
    this.patterns.push(pattern);
    this.lists.push([]);
    this.counts = new Int32Array(this.patterns.length);
    return this.patterns.length - 1;
  }

  load(record: MarcRecord): void {
    const { table, fieldCount } = record;
    const { lists, counts } = this;
    counts.fill(0);
    counts[LEADER_SLOT] = 1;
    for (let field = 0, at = 0; field < fieldCount; field++, at += FIELD_STRIDE) {
      const slots = this.slotsOf(table[at]);
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i];
        lists[slot][counts[slot]++] = field;
      }
    }
  }

  /** Whether the loaded record has fields in either slot. */
  hasEither(slot: number, other: number): boolean {
    return this.counts[slot] + this.counts[other] > 0;
  }

  /** How many fields of the loaded record fit the pattern of a slot. */
  count(slot: number): number {
    return this.counts[slot];
  }

  /** The field number of the `index`th (zero-based) of them, in record order. */
  field(slot: number, index: number): number {
    return this.lists[slot][index];
  }

  private slotsOf(code: number): readonly number[] {
    const digits = (code & 0xf0f0f0) === 0x303030;
    const place = ((code >> 8) & 0xf00) | ((code >> 4) & 0xf0) | (code & 0xf);
    const known = digits ? this.byDigits[place] : this.byCode.get(code);
    if (known !== undefined) return known;
    const fitting: number[] = [];
    for (let slot = 0; slot < this.patterns.length; slot++) {
      if (tagFits(this.patterns[slot], code)) fitting.push(slot);
    }
    const slots = fitting.length === 0 ? NO_SLOTS : fitting;
    if (digits) this.byDigits[place] = slots;
    else {
      if (this.byCode.size >= MOST_REMEMBERED) this.byCode.clear();
      this.byCode.set(code, slots);
    }
    return slots;
  }
}
