/** A list of records within one object, as the interfaces of FOLIO and others answer. */

import type { ListCount } from "./list-count.js";

/** Bytes in which an object must show that it is one. */
export const LIST_REACH = 2048;
/** Bytes behind the records in which their number is looked for. */
const TAIL = 4096;
/** Numbers, names and the like, and then the list: `{"totalRecords": 5, "sourceRecords": [`. */
const OPENING =
  /^\{\s*(?:"(?!leader")[^"\\]{1,64}"\s*:\s*(?:"[^"\\]{0,256}"|[-+.\w]{1,32})\s*,\s*){0,16}"[A-Za-z_]{0,32}[Rr]ecords"\s*:\s*\[(?=\s*[{\]])/;
const STATED =
  /"(?:total(?:_?(?:records?|record_?count|results|items|count|hits))?|numFound|numberOfRecords)"\s*:\s*(\d{1,15})\s*[,}]/i;
/** What comes behind the page is named by an address, a token or a number; `null`, `""` and `false` name nothing. */
const NEXT =
  /"(?:next(?:_?(?:page|cursor|token|link|page_?token|record_?position))?|resumption_?token|has_?more|@odata\.nextLink)"\s*:\s*("[^"\\]{1,256}"|[1-9]\d{0,15}|true)\s*[,}]/i;

/** The list that stands open, and the numbers of its records. */
export class JsonList {
  isOpen = false;
  /** An object at the top may be one: nothing else has stood there so far. */
  mayOpen: boolean;
  private readonly counted: ListCount;
  private tail = "";

  /**
   * @param atStart whether reading begins with the stream
   * @param counted of the list before the first byte, undefined where there was none
   */
  constructor(atStart: boolean, counted: Readonly<ListCount> | undefined) {
    this.mayOpen = atStart || counted !== undefined;
    this.counted = { ...(counted ?? { stated: 0, listed: 0 }) };
  }

  /** What a reader that begins later must be told. */
  get count(): ListCount {
    return this.counted;
  }

  /**
   * Looks at an object.
   *
   * @param text from its brace on, LIST_REACH bytes unless the stream ends before
   * @returns the bytes up to the first record, 0 if it is no list
   */
  open(text: string): number {
    const opening = OPENING.exec(text)?.[0];
    this.mayOpen = opening !== undefined;
    if (opening === undefined) return 0;
    this.isOpen = true;
    delete this.counted.next;
    this.state(`${opening},`);
    return opening.length;
  }

  record(): void {
    if (this.isOpen) this.counted.listed++;
  }

  /** Takes a byte behind the records. */
  behind(byte: number): void {
    if (this.tail.length < TAIL) this.tail += String.fromCharCode(byte);
  }

  /** The object that holds the list has ended. */
  close(): void {
    this.isOpen = false;
    this.state(this.tail);
    this.tail = "";
  }

  private state(text: string): void {
    const stated = STATED.exec(text)?.[1];
    if (stated !== undefined) this.counted.stated = Number(stated);
    const next = NEXT.exec(text)?.[1];
    if (next !== undefined) this.counted.next = next;
  }
}
