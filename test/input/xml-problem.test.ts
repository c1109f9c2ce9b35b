import { expect, it } from "vitest";
import { xmlProblem } from "../../src/input/xml-problem.js";

it.each([
  ["<a>Salt & Pepper</a>", 'an "&" that should be "&amp;": <a>Salt & Pepper</a>'],
  ["<a>x&nbsp;y</a>", 'an "&" that should be "&amp;": <a>x&nbsp;y</a>'],
  ['<a href="?b=1&c=2">', 'an "&" that should be "&amp;": a href="?b=1&c=2">'],
  ["<a>&amp; &#38; &#x26; &lt;</b>", "what the parser says"],
  ["<a><![CDATA[A & B]]></b>", "what the parser says"],
])("names an ampersand that begins no reference: %s", (text, told) => {
  expect(xmlProblem(text, "what the parser says")).toBe(told);
});
