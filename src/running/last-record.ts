/** The record that was treated last: whether the next one bears the same id. */

import type { InputRecord, RecordPlace } from "../reading/portion.js";
import { idHash } from "../store/model/row-hashes.js";

export class LastRecord {
  private file = "";
  private number = 0;
  private id: string | number = "";

  /** @param id its foreign id, or the hash of it */
  note({ file, number }: RecordPlace, id: string | number): void {
    this.file = file;
    this.number = number;
    this.id = id;
  }

  /** Whether it stood just before a record, with the same id. */
  isJustBefore({ file, number, mapped: { foreignId } }: InputRecord): boolean {
    if (file !== this.file || number - 1 !== this.number) return false;
    return this.id === (typeof this.id === "string" ? foreignId : idHash(foreignId));
  }
}
