/** The corpora's list of files, with the counts that other programs made. */

import { corpus } from "./corpora.js";

export interface InventoryFile {
  readonly path: string;
  readonly bytes: number;
  /** Records by four counters: 0x1D bytes, yaz-marcdump, MARC::Batch, pymarc; null if one gave up. */
  readonly counts: Readonly<Record<Counter, number | null>>;
}

export type Counter = "0x1D" | "yaz" | "MARC::Batch" | "pymarc";

function count(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** All files of one kind, in the order of the list. */
export function inventory(kind: string): InventoryFile[] {
  const [head, ...rows] = corpus("INVENTORY.tsv").toString("utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return rows
    .map((row) => new Map(row.split("\t").map((value, index) => [columns[index], value])))
    .filter((row) => row.get("kind") === kind)
    .map((row) => {
      const of = (name: string) => row.get(name) ?? "";
      const counts = {
        "0x1D": count(of("n_1D")),
        yaz: count(of("n_yaz")),
        "MARC::Batch": count(of("n_marcbatch")),
        pymarc: count(of("n_pymarc_ok")),
      };
      return { path: of("path"), bytes: Number(of("bytes")), counts };
    });
}
