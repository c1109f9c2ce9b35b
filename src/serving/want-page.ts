/**
 * The page for the desk: one field, which a scanner types into, and a large answer. It works without a
 * script; after an answer the field is empty again and has the keyboard.
 */

import { createHash } from "node:crypto";
import { clipped } from "../diagnostics/format.js";
import { elementsOf } from "../fields/list-form.js";
import type { RecordField } from "../fields/record-fields.js";
import type { Answer, AskOptions, FoundHolding } from "../wanting/answer.js";
import type { ToldColumn } from "../wanting/asked-columns.js";
import type { HoldingClass } from "../wanting/holdings.js";

/** What a person at the desk is to do, by response; `kind` gives colour and sign. */
const VERDICTS: Readonly<Record<number, { sign: string; word: string; kind: string }>> = {
  [-1]: { sign: "?", word: "Not an ISBN", kind: "invalid" },
  0: { sign: "–", word: "Not needed", kind: "no" },
  1: { sign: "+", word: "We want it", kind: "yes" },
  2: { sign: "»", word: "For a partner", kind: "other" },
  3: { sign: "+", word: "Another copy wanted", kind: "yes" },
};
const WEEDING: Readonly<Record<number, { sign: string; word: string; kind: string }>> = {
  ...VERDICTS,
  0: { sign: "–", word: "It may go", kind: "no" },
  1: { sign: "+", word: "Keep it", kind: "yes" },
  2: { sign: "»", word: "Offer it to a partner", kind: "other" },
  3: { sign: "+", word: "Keep it", kind: "yes" },
};
/** Whose a row is, for people. */
const WHOSE: Readonly<Record<HoldingClass, string>> = {
  held: "ours",
  donation: "given, not worked on yet",
  partner: "a partner's",
  ignored: "not counted",
};
/** The columns beside the title by which people tell editions apart. */
const EDITION_COLUMNS: readonly ToldColumn[] = ["creators", "edition", "publication_date"];
const MOST_LISTED = 10;
/** Characters of a title, and of what else tells an edition, that fit a page beside others. */
const TITLE_LENGTH = 150;
const PART_LENGTH = 60;

const STYLE = `:root{color-scheme:light dark;--bg:#fff;--ink:#16191d;--soft:#59626d;--line:#8a939e;--yes:#0b6b35;--no:#5b6470;--other:#7a4a00;--invalid:#a3132a}
@media(prefers-color-scheme:dark){:root{--bg:#14171a;--ink:#eef1f4;--soft:#a9b2bc;--line:#6d7782;--yes:#63d495;--no:#b4bdc7;--other:#f0b45a;--invalid:#ff8f9d}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:44rem;background:var(--bg);color:var(--ink);font:1.1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.1rem;font-weight:600;margin:0 0 1rem;color:var(--soft)}
label{display:block;font-weight:600}
.ask{display:flex;gap:.5rem;margin:.35rem 0 .75rem}
.ask input{flex:1;min-width:0;font:inherit;font-size:1.6rem;padding:.5rem .7rem;border:2px solid var(--line);border-radius:.4rem;background:var(--bg);color:var(--ink)}
button{font:inherit;font-size:1.2rem;padding:.5rem 1.1rem;border:2px solid var(--ink);border-radius:.4rem;background:var(--ink);color:var(--bg)}
:focus-visible,.ask input:focus{outline:3px solid #2f7de1;outline-offset:2px}
.how label{display:flex;align-items:baseline;gap:.5rem;width:fit-content;font-weight:400;padding:.25rem 0}
.how input{flex:none;width:1.1rem;height:1.1rem;margin:0;position:relative;top:.15rem}
.answer{margin:1.5rem 0;padding:1.1rem 1.2rem;border:3px solid currentColor;border-radius:.6rem}
.answer p{margin:.3rem 0 0}
.answer .word{margin:0;font-size:clamp(2rem,9vw,3.6rem);line-height:1.1;font-weight:700}
.answer .why{color:var(--ink)}
.yes{color:var(--yes)}.no{color:var(--no)}.other{color:var(--other)}.invalid{color:var(--invalid)}
h2{font-size:1rem;margin:1.2rem 0 .3rem}
ul{margin:0;padding-left:1.2rem}
li{margin:.3rem 0}
small{display:block;color:var(--soft)}`;

/** What a browser may do with the page: nothing but its own style and its own form. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * @param answer null where nothing has been asked yet
 * @param fields the columns of a row's values
 */
export function wantPage(
  answer: Answer | null,
  options: AskOptions,
  fields: readonly RecordField[],
): string {
  const verdict = answer === null ? null : verdictOf(answer, options);
  const title = verdict === null ? "Do we want it?" : `${verdict.word}: ${shownNumber(answer)}`;
  return pageOf(title, options, answer === null ? "" : answerSection(answer, options, fields));
}

/** The page when the database cannot be asked. */
export function closedPage(): string {
  const said = `<section class="answer invalid" role="status">
<p class="word"><span aria-hidden="true">!</span> No answer now</p>
<p class="why">The catalogue cannot be read at the moment. Ask again in a minute; if this stays, tell whoever looks after this server.</p>
</section>
`;
  return pageOf("No answer now", { weeding: false, ignoreDonations: false }, said);
}

function pageOf(title: string, options: AskOptions, answered: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Do we want it?</h1>
<main>
<form method="get" action="/">
<label for="isbn">Scan or type an ISBN</label>
<div class="ask"><input id="isbn" name="isbn" type="text" autofocus autocomplete="off" autocapitalize="characters" spellcheck="false" enterkeyhint="go"><button>Ask</button></div>
<div class="how">
${checkbox("weeding", "It is one of ours (weeding)", options.weeding)}
${checkbox("ignore_donation_items", "Do not count gifts that wait to be worked on", options.ignoreDonations)}
</div>
</form>
${answered}</main>
</body>
</html>
`;
}

function verdictOf({ rule }: Answer, { weeding }: AskOptions) {
  return (weeding ? WEEDING : VERDICTS)[rule.response];
}

function shownNumber(answer: Answer | null): string {
  if (answer === null) return "";
  const { question } = answer;
  return question.kind === "isbn" ? question.isbn : question.text;
}

function checkbox(name: string, words: string, isOn: boolean): string {
  return `<label><input type="checkbox" name="${name}" value="true"${isOn ? " checked" : ""}> ${words}</label>`;
}

function answerSection(
  answer: Answer,
  options: AskOptions,
  fields: readonly RecordField[],
): string {
  const { question, rule, exact, related } = answer;
  const { sign, word, kind } = verdictOf(answer, options);
  const why = question.kind === "invalid" ? question.reason : rule.message;
  return `<section class="answer ${kind}" role="status">
<p class="word"><span aria-hidden="true">${sign}</span> ${word}</p>
<p class="why"><strong>${escaped(shownNumber(answer))}</strong>: ${escaped(why)}</p>
</section>
${rows("In the catalogue", exact, fields)}${rows("Other editions in the catalogue", related, fields)}`;
}

function rows(
  heading: string,
  found: readonly FoundHolding[],
  fields: readonly RecordField[],
): string {
  if (found.length === 0) return "";
  const items = found.slice(0, MOST_LISTED).map((one) => {
    const { identifier, classes, copies } = one;
    const whose = classes.map((name) => WHOSE[name]).join(", ");
    const many = copies === 1 ? "" : `, ${copies} copies`;
    return `<li>${escaped(described(one, fields))} <small>${escaped(identifier)}: ${whose}${many}</small></li>`;
  });
  const more = found.length - items.length;
  if (more > 0) items.push(`<li><small>and ${more} more</small></li>`);
  return `<h2>${heading}</h2>\n<ul>\n${items.join("\n")}\n</ul>\n`;
}

/** Title, first creator, edition and date of a row, those that it has. */
function described({ row }: FoundHolding, fields: readonly RecordField[]): string {
  const text = (column: ToldColumn) => {
    const value = row.values[fields.findIndex(({ name }) => name === column)] ?? "";
    return column === "creators" ? (elementsOf(value)[0] ?? "") : value;
  };
  const others = EDITION_COLUMNS.map(text).filter((one) => one !== "");
  const title = clipped(text("title") || "(no title)", TITLE_LENGTH);
  return [title, ...others.map((one) => clipped(one, PART_LENGTH))].join(" · ");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, "\ufffd");
}
