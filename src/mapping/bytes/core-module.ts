/** The byte core as it is built: WebAssembly, made of `core/` by scripts/build-core.mjs. */

import { coreBytes } from "./core-bytes.js";

/** What the core gives; `core/index.ts` says what each does. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  begin(): void;
  locate(length: number): number;
  fields(): number;
  fixedData(): number;
  written(): number;
  hasFallbackUrl(): number;
  countOtherUrls(): number;
  map(ampersand: number): number;
  hash(length: number, seed: number): void;
  hashLow(): number;
  hashHigh(): number;
}

/** What `locate` says of a record. */
export const LOCATED = { doubtful: 0, ascii: 1, toBeJudged: 2 } as const;

/** What `map` says of a record, unless it is how many columns are not certain. */
export const MAPPED = { notUsual: -1, givenUp: -2 } as const;

let compiled: WebAssembly.Module | null | undefined;

/** The module, compiled once; null where there is none, or this engine does not take it. */
function coreModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(coreBytes());
    } catch {
      // Everything that the core does is done without it, too.
      compiled = null;
    }
  }
  return compiled;
}

/**
 * A core with memory of its own.
 *
 * @param answer answers the core's questions: the number of a question, and where its text lies
 * @returns null where there is no core; then records are mapped without it
 */
export function startCore(
  answer: (question: number, at: number, length: number) => number,
): CoreExports | null {
  const module = coreModule();
  if (module === null) return null;
  const { exports } = new WebAssembly.Instance(module, { memo: { answer } });
  return exports as unknown as CoreExports;
}
