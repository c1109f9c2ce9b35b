/** The program's version, read from its package so that it is written once. */

import { readFileSync } from "node:fs";

/** The version of the program, as `package.json` says it. */
export function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
