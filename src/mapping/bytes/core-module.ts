/** The byte core as it is built: WebAssembly, made of `core/` by scripts/build-core.mjs. */

import { coreBytes } from "./core-bytes.js";

/** What the core gives; `core/index.ts` says what each does. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  begin(): void;
  take(length: number): number;
  map(encoding: number): number;
}

/** How `map` is told to read the bytes of a record. */
export const READ_AS = { callerSays: 0, unicode: 1, marc8: 2 } as const;

/** What `take` says of a record. */
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

/** What the core asks of its caller; a text is given by its place, and its length is what is answered. */
export interface CoreQuestions {
  /** What a rule makes of a text, or another of the questions in layout.ts. */
  answer(question: number, at: number, length: number): number;
  /** The text of bytes of the record at hand. */
  decode(at: number, length: number): number;
  /** The traits of a code point (characters.ts). */
  classOf(code: number): number;
  /** What a byte from 80 on means in ANSEL (marc8-meaning.ts). */
  meaningOf(byte: number): number;
  /** The code point of an ASCII character and a mark, -1 if there is none. */
  composedOf(base: number, mark: number): number;
  /** The code point of three bytes of EACC, 0 if there is none. */
  eastAsianOf(first: number, second: number, third: number): number;
}

/**
 * A core with memory of its own.
 *
 * @returns null where there is no core; then records are mapped without it
 */
export function startCore(questions: CoreQuestions): CoreExports | null {
  const module = coreModule();
  if (module === null) return null;
  const { exports } = new WebAssembly.Instance(module, {
    memo: { answer: questions.answer.bind(questions) },
    reading: { decode: questions.decode.bind(questions) },
    characters: { classOf: questions.classOf.bind(questions) },
    marc8: {
      meaningOf: questions.meaningOf.bind(questions),
      composedOf: questions.composedOf.bind(questions),
      eastAsianOf: questions.eastAsianOf.bind(questions),
    },
  });
  return exports as unknown as CoreExports;
}
