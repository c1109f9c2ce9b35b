/**
 * Every ISO 2709 file of the corpora: records, padding and rejected bytes cover it exactly once, in
 * order, however it is cut into chunks; and no independent counter finds more records.
 */

import { afterAll, describe, expect, it } from "vitest";
import type { Frame } from "../src/marc/frame.js";
import { FEWER_RECORDS } from "./exceptions.js";
import { type InventoryFile, inventory } from "./support/inventory.js";
import { bytesOf, framesOf, viewsOf } from "./support/read-file.js";

const CHUNKS = [1, 7, 97, 4099, 65_537];
/** Files above this size are not read byte by byte. */
const SMALL = 200_000;

interface Account {
  readonly bytes: number;
  readonly record: number;
  readonly padding: number;
  readonly reject: number;
  readonly read: number;
  readonly refused: number;
}

const accounts = new Map<string, Account>();

function account(path: string, bytes: Buffer, frames: readonly Frame[]): Account {
  const sums = { record: 0, padding: 0, reject: 0 };
  let offset = 0;
  for (const frame of frames) {
    expect(frame.offset, `${path}: frames leave no gap`).toBe(offset);
    sums[frame.kind] += frame.length;
    offset += frame.length;
  }
  expect(offset, `${path}: frames reach the end`).toBe(bytes.length);
  const views = viewsOf(frames);
  const refused = views.filter((view) => view === null).length;
  return { bytes: bytes.length, ...sums, read: views.length - refused, refused };
}

/** The first frame in which two readings of the same bytes differ, null if they agree. */
function firstDifference(one: readonly Frame[], other: readonly Frame[]): Frame | null {
  const same = (a: Frame, b: Frame | undefined) =>
    a.bytes.equals(b?.bytes ?? Buffer.alloc(0)) &&
    JSON.stringify({ ...a, bytes: null }) === JSON.stringify({ ...b, bytes: null });
  if (one.length !== other.length) return one[other.length] ?? other[one.length];
  return one.find((frame, index) => !same(frame, other[index])) ?? null;
}

function bestOther({ counts }: InventoryFile): number {
  return Math.max(...Object.values(counts).map((count) => count ?? 0));
}

describe("byte account", () => {
  const files = inventory("iso2709");

  it("has the whole list", () => {
    expect(files.length).toBeGreaterThan(1000);
  });

  it.each(files)("$path", async (file) => {
    const bytes = await bytesOf(file.path);
    const frames = framesOf(bytes);
    const found = account(file.path, bytes, frames);
    accounts.set(file.path, found);
    const exception = FEWER_RECORDS[file.path];
    if (exception) expect(found.read).toBe(exception.read);
    else expect(found.read).toBeGreaterThanOrEqual(bestOther(file));
    for (const size of bytes.length > SMALL ? CHUNKS.slice(2) : CHUNKS) {
      expect(firstDifference(framesOf(bytes, size), frames), `in chunks of ${size}`).toBeNull();
    }
  });

  afterAll(() => {
    console.log(table());
  });
});

/** One line a source, then the files that hold anything but clean records. */
function table(): string {
  const bySource = new Map<string, Account[]>();
  for (const [path, one] of accounts) {
    const source = path.split("/")[0];
    bySource.set(source, [...(bySource.get(source) ?? []), one]);
  }
  const line = (name: string, list: readonly Account[]) => {
    const sum = (key: keyof Account) => list.reduce((total, one) => total + one[key], 0);
    const numbers = (["bytes", "record", "padding", "reject", "read", "refused"] as const).map(sum);
    return [name.padEnd(30), list.length, ...numbers]
      .map((cell) => String(cell).padStart(10))
      .join(" ");
  };
  const head = [
    "source".padEnd(30),
    "files",
    "bytes",
    "in records",
    "padding",
    "rejected",
    "read",
    "refused",
  ];
  return [
    head.map((cell) => cell.padStart(10)).join(" "),
    ...[...bySource].map(([name, list]) => line(name, list)),
    line("all", [...accounts.values()]),
  ].join("\n");
}
