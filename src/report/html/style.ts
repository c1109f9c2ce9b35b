/** The style of the report page: light and dark, wide and narrow, screen and paper. */

/** Rows of a long table that are printed. */
export const ROWS_ON_PAPER = 20;

export const PAGE_STYLE = `
:root { --ground: #ffffff; --sheet: #f4f6f8; --ink: #1c2126; --soft: #545d66; --line: #ccd3da;
  --plain: #2a6b9c; --quiet: #77828d; --warn: #8f5b00; --alert: #b3261e; --good: #23703a; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #13171b; --sheet: #1d2329; --ink: #e7ebef; --soft: #a5b0bb; --line: #3b444d;
    --plain: #6fb3e4; --quiet: #8b97a3; --warn: #e6b450; --alert: #ff8a80; --good: #7fd394; }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
body { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
p { margin: .5rem 0; }
.run, .path, code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; overflow-wrap: anywhere; }
code { white-space: pre-wrap; background: var(--sheet); padding: 0 .2em; }
a { color: var(--plain); }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; }
.run { font-size: .85em; font-weight: 400; }
.banner { padding: .5rem .75rem; border-left: .3rem solid var(--quiet); background: var(--sheet); overflow-wrap: anywhere; }
.banner.good { border-color: var(--good); }
.banner.warn { border-color: var(--warn); }
.banner.alert { border-color: var(--alert); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.facts div { background: var(--sheet); padding: .5rem .75rem; }
.facts dt, .note, .where, .told, figure details, footer { color: var(--soft); font-size: .875rem; }
.facts dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.places { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
.places dt { color: var(--soft); }
.places dd { margin: 0; min-width: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem 2.5rem; align-items: start; }
.chart { margin: 0; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: .25rem; }
figcaption .note { font-weight: 400; }
svg { display: block; overflow: visible; }
svg text { font-size: 14px; fill: var(--ink); }
svg .value { text-anchor: end; paint-order: stroke; stroke: var(--ground); stroke-width: 6px; font-variant-numeric: tabular-nums; }
svg .under { font-size: 13px; fill: var(--soft); }
svg .start { text-anchor: start; }
svg .middle { text-anchor: middle; }
svg .end { text-anchor: end; }
.track { fill: var(--sheet); }
.axis { stroke: var(--line); }
.bar.plain { fill: var(--plain); }
.bar.quiet { fill: var(--quiet); }
.bar.warn { fill: var(--warn); }
.bar.alert { fill: var(--alert); }
summary { cursor: pointer; padding: .25rem 0; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .925rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
tbody th { font-weight: 400; }
thead th { color: var(--soft); font-size: .85rem; overflow-wrap: normal; }
.number { text-align: right; padding-right: 0; padding-left: .75rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.title, .where { display: block; }
.whole { white-space: nowrap; }
td .title ~ .title { margin-top: .35rem; }
.finding { margin: 0 0 1.25rem; }
.finding p { max-width: 46rem; margin: .25rem 0; }
.code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
.count { display: inline-block; margin-left: .35rem; padding: 0 .5rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 1rem; font-variant-numeric: tabular-nums; font-weight: 400; }
.examples { margin: 0; padding-left: 1.2rem; font-size: .925rem; }
.examples li { overflow-wrap: anywhere; }
.paper { display: none; }
.dead { color: var(--alert); }
.state { font-weight: 600; }
.state.good { color: var(--good); }
.state.warn { color: var(--warn); }
.state.alert { color: var(--alert); }
.share { display: inline-block; vertical-align: middle; width: 5rem; height: .5rem; margin-right: .5rem; background: var(--sheet); }
.share-bar { display: block; height: 100%; background: var(--plain); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--plain); outline-offset: 2px; }
@media screen and (max-width: 40rem) {
  .places { grid-template-columns: 1fr; gap: 0; }
  .places dd { margin-bottom: .5rem; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards, .cards tbody, .cards tr, .cards th, .cards td, .cards caption { display: block; width: auto; }
  .cards tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .cards th, .cards td { padding: .1rem 0; border: 0; text-align: left; white-space: normal; }
  .cards td.number { display: inline-block; margin-right: 1.25rem; }
  .cards tbody th::before, .cards td::before { content: attr(data-label) ": "; color: var(--soft); font-size: .85rem; }
}
@media print {
  :root { --ground: #ffffff; --sheet: #eef1f4; --ink: #000000; --soft: #444444; --line: #bbbbbb;
    --plain: #2a6b9c; --quiet: #77828d; --warn: #8f5b00; --alert: #b3261e; --good: #23703a; }
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, caption { break-after: avoid; }
  tr, figure, .finding, .facts { break-inside: avoid; }
  nav, .chart details { display: none; }
  thead { break-after: avoid; }
  table { font-size: 9pt; }
  .charts { grid-template-columns: 1fr 1fr; }
  .facts { grid-template-columns: repeat(6, 1fr); gap: .4rem; }
  .facts div { padding: .35rem .5rem; }
  .facts dd { font-size: 1.1rem; }
  .long tbody tr:nth-child(n + ${ROWS_ON_PAPER + 1}) { display: none; }
  .paper { display: block; }
  footer { margin-top: 1rem; break-before: avoid; }
}
`;
