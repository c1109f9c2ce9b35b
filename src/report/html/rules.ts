/** How often each SearchField gave something, the dead ones marked. */

import type { RunStatistics } from "../../store/model/run-statistics.js";
import { grouped } from "../summary.js";
import { html, percent } from "./markup.js";
import { type Section, section } from "./section.js";
import { table } from "./tables.js";

/** The section, or nothing if no record was mapped. */
export function ruleSection({ counts, examples }: RunStatistics): Section | null {
  const { mapped, ruleMatches } = counts;
  const rules = examples.rules
    .map((rule, i) => ({ ...rule, count: ruleMatches[i] ?? 0 }))
    // Filters give nothing to a row; what they left out stands among the ignored records.
    .filter(({ section }) => section !== "Filter")
    .sort((a, b) => b.count - a.count);
  if (rules.length === 0) return null;
  if (mapped === 0) {
    return section(
      "rules",
      "Rules",
      html`<p>No record had to be mapped: every one came byte for byte as its row was made from.</p>`,
    );
  }
  const dead = rules.filter(({ count }) => count === 0).length;
  const told =
    dead === 0
      ? "Every rule gave something to at least one of them."
      : `${dead} of ${rules.length} rules gave nothing to any of them.`;
  return section(
    "rules",
    "Rules",
    html`<p>${grouped(mapped)} ${mapped === 1 ? "record was" : "records were"} mapped. ${told} A rule behind <code>first_only</code>, or one that finds only what another found before, counts as giving nothing.</p>
${table({
  caption: "SearchFields by how many records they gave something to",
  cards: true,
  columns: [
    { title: "rule", width: 26 },
    { title: "written as", width: 44 },
    { title: "records", number: true, width: 12 },
    { title: "share", number: true, width: 18 },
  ],
  rows: rules.map(({ section, name, text, at, count }) => [
    html`<span class="path">[${section}] ${name}</span> <span class="where">${shortPlace(at)}</span>`,
    html`<code>${text}</code>`,
    count === 0 ? html`<strong class="dead">never</strong>` : grouped(count),
    html`<span class="share"><span class="share-bar" style="width:${Math.round((count / mapped) * 100)}%"></span></span>${percent(count, mapped)}`,
  ]),
})}`,
  );
}

/** The last part of a path is enough beside the configuration's own. */
function shortPlace(at: string): string {
  return at === "" ? "built in" : (at.split("/").at(-1) ?? at);
}
