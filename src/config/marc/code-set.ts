/** The expression language of indicators and subfields: `*`, `a+b+1`, `*-b-c-3`, `0+1+#`, `U`. */

import { ValueError } from "../language/problems.js";
import type { CodeSet } from "./marc-mapping.js";

/** Which part of a SearchField an expression is. */
type CodePart = "IND1" | "IND2" | "SUBFIELDS";

const BLANK = 0x20;
const CODES = 128;

const ALLOWED: Readonly<Record<CodePart, string>> = {
  IND1: "*, or letters, digits and # (blank), joined by + and -",
  IND2: "*, or letters, digits and # (blank), joined by + and -",
  SUBFIELDS: "*, or letters (A is another code than a) and digits, joined by + and -",
};

/**
 * Reads an expression from left to right.
 *
 * @param controlSubfields the codes that `*` leaves out of SUBFIELDS; no matter for indicators
 * @returns 128 flags indexed by byte, at least one of them 1
 * @throws ValueError if it is not an expression or leaves nothing
 */
export function parseCodeSet(text: string, part: CodePart, controlSubfields: string): CodeSet {
  const set = new Uint8Array(CODES);
  const terms = text.match(/[+-]?[^+-]?/g)?.filter((term) => term !== "") ?? [];
  terms.forEach((term, index) => {
    const sign = /^[+-]/.test(term) ? term[0] : "";
    const code = term.slice(sign.length);
    checkTerm(sign, code, index, text, part);
    apply(set, sign !== "-", code, part === "SUBFIELDS" ? controlSubfields : "");
  });
  if (!set.includes(1)) {
    throw new ValueError(
      `${part} "${text}" leaves nothing that could match`,
      ALLOWED[part],
      "leave at least one code, or delete the line",
    );
  }
  return set;
}

/** Whether every code is in the set, as `*` means it for indicators. */
export function isAny(set: CodeSet): boolean {
  return !set.includes(0);
}

/** The codes of a set as text, for digests and messages. */
export function codesOf(set: CodeSet): string {
  return isAny(set)
    ? "*"
    : [...set.keys()]
        .filter((code) => set[code] === 1)
        .map((code) => String.fromCharCode(code))
        .join("");
}

function checkTerm(sign: string, code: string, index: number, text: string, part: CodePart): void {
  const refuse = (problem: string, advice: string) =>
    new ValueError(`${part} "${text}": ${problem}`, ALLOWED[part], advice);
  if (code === "") {
    throw refuse(`nothing follows "${sign}"`, `write a code behind the ${sign}, or delete it`);
  }
  if (!/[A-Za-z0-9*#_]/.test(code)) {
    const bare = text.replace(/[^A-Za-z0-9]/g, "");
    const meant = bare === "" ? "a+b" : [...bare].join("+");
    throw refuse(`"${code}" is not a code`, `write codes alone, with + between them: ${meant}`);
  }
  if (index === 0 && sign !== "") {
    throw refuse(
      `"${sign}" has nothing before it`,
      sign === "-" ? `write *${text} for everything without it` : `write ${text.slice(1)}`,
    );
  }
  if (index > 0 && sign === "") {
    const joined = text.replace(/([^+-])(?=[^+-])/g, "$1+");
    // As catalogues print them, both indicators in one word.
    const both =
      part === "IND1" && text.length === 2 ? `, or ${text[0]} ${text[1]} for IND1 and IND2` : "";
    throw refuse(`no + or - stands before "${code}"`, `write ${joined}${both}`);
  }
}

function apply(set: Uint8Array, add: boolean, code: string, leftOut: string): void {
  if (code !== "*") {
    set[code === "#" || code === "_" ? BLANK : code.charCodeAt(0)] = add ? 1 : 0;
    return;
  }
  for (let byte = 0; byte < CODES; byte++) {
    if (!leftOut.includes(String.fromCharCode(byte))) {
      set[byte] = add ? 1 : 0;
    }
  }
}
