/** What is wrong with the text of an element that cannot be parsed. */

/** An ampersand that begins no reference: XML knows five names, and numbers. */
const LONE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/;
const BEFORE = 12;
const BEHIND = 20;

/**
 * A parser takes what follows a lone ampersand for a name, and complains of something else further on.
 *
 * @param problem what the parser says
 * @returns the ampersand with what is around it, where it is the trouble; else the parser's words
 */
export function xmlProblem(text: string, problem: string): string {
  const at = text.includes("<![CDATA[") ? -1 : text.search(LONE_AMPERSAND);
  if (at < 0) return problem;
  const around = text.slice(Math.max(0, at - BEFORE), at + BEHIND).replace(/\s+/g, " ");
  return `an "&" that should be "&amp;": ${around}`;
}
