/** What the core asks while it maps a record, answered by the code that maps records without it. */

import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { normalizeIdentifiers } from "../../fields/identifiers/identifiers.js";
import { composeAscii } from "../../marc/charset/combining-marks.js";
import { decodeText } from "../../marc/charset/decode.js";
import { eaccCharacter } from "../../marc/charset/marc8-sets.js";
import { isAbbreviation } from "../marc/abbreviations.js";
import { extentForm } from "../marc/carrier-form.js";
import type { ConfiguredMapper } from "../marc/mapper.js";
import { traitsOf } from "./characters.js";
import type { CoreQuestions } from "./core-module.js";
import {
  ANSWER,
  ASK_ABBREVIATION,
  ASK_EXTENT,
  ASK_IDENTIFIERS,
  ASK_KIND,
  IDENTIFIERS,
  LONGEST_ANSWER,
  RECORD,
} from "./layout.js";
import type { LocatedRecord } from "./located-record.js";
import { anselMeaning } from "./marc8-meaning.js";

const NO_ANSWER = -1;
/** Bytes of UTF-8 that a UTF-16 unit may come to. */
const MOST_BYTES = 3;

export class CoreAnswers implements CoreQuestions {
  private memory: Buffer = Buffer.alloc(0);
  private record: LocatedRecord | null = null;
  private readonly findings: Diagnostic[] = [];

  constructor(private readonly mapper: ConfiguredMapper) {}

  /**
   * Before the first question.
   *
   * @param record the one at hand, whenever a question comes
   */
  begin(memory: ArrayBuffer, record: LocatedRecord): void {
    this.memory = Buffer.from(memory);
    this.record = record;
  }

  answer(question: number, at: number, length: number): number {
    const text = this.answerTo(question, this.memory.utf8Slice(at, at + length));
    return text === null ? NO_ANSWER : this.write(text);
  }

  decode(at: number, length: number): number {
    const { findings } = this;
    const { bytes, encoding } = this.located;
    findings.length = 0;
    const start = at - RECORD;
    const text = decodeText(bytes, start, start + length, encoding, findings);
    return findings.length > 0 ? NO_ANSWER : this.write(text);
  }

  classOf(code: number): number {
    return traitsOf(code);
  }

  meaningOf(byte: number): number {
    return anselMeaning(byte);
  }

  composedOf(base: number, mark: number): number {
    const one = composeAscii(base, mark);
    return one > 0 ? one : -1;
  }

  eastAsianOf(first: number, second: number, third: number): number {
    return eaccCharacter(first, second, third);
  }

  /** Writes an answer to its place. @returns its length, NO_ANSWER where there is no room for it */
  private write(text: string): number {
    if (text.length * MOST_BYTES > LONGEST_ANSWER) return NO_ANSWER;
    return this.memory.utf8Write(text, ANSWER);
  }

  private get located(): LocatedRecord {
    if (this.record === null) throw new Error("a question without a record");
    return this.record;
  }

  private answerTo(question: number, text: string): string | null {
    if (question === ASK_ABBREVIATION) return isAbbreviation(text) ? "1" : "";
    if (isOfIdentifiers(question)) return identifiersIn(question - ASK_IDENTIFIERS, text);
    const { runner, compiled, evidence } = this.mapper;
    if (question === ASK_EXTENT) return extentForm(text);
    if (question === ASK_KIND) return evidence?.of(this.located.view()) ?? null;
    return runner.treatAlone(compiled[question - 1], text);
  }
}

function isOfIdentifiers(question: number): boolean {
  return question > ASK_IDENTIFIERS && question < ASK_IDENTIFIERS + IDENTIFIERS.length;
}

/** The normal forms, a semicolon between; null where one is not valid, since that is told of. */
function identifiersIn(number: number, text: string): string | null {
  const kind = IDENTIFIERS[number];
  if (kind === "") return null;
  const { valid, invalid } = normalizeIdentifiers(kind, text);
  return invalid.length > 0 ? null : valid.join(";");
}
