/**
 * Writes the pages of docs/ that are made from the program itself. Build the program first.
 *
 *     node scripts/build-pages.mjs
 *     node scripts/build-pages.mjs --check    writes nothing; names the pages that are not up to date, and ends with 1
 */

import { readFileSync, writeFileSync } from "node:fs";
import { buildHarvestProgram } from "../dist/cli/harvest-program.js";
import { buildProgram } from "../dist/cli/program.js";
import { diagnosticsPage } from "./pages/diagnostics-page.mjs";
import { manPage } from "./pages/man-page.mjs";
import { HARVEST_WORDS, IMPORT_WORDS } from "./pages/man-words.mjs";

const silent = { cwd: "/", errorIsTerminal: false, out: () => {}, error: () => {} };
const pages = [["diagnostics.md", diagnosticsPage()]];
for (const [build, words] of [
  [buildProgram, IMPORT_WORDS],
  [buildHarvestProgram, HARVEST_WORDS],
]) {
  const program = build(silent, () => {});
  pages.push([`${program.name()}.1`, manPage(program, words)]);
}

const isCheck = process.argv.includes("--check");
for (const [name, text] of pages) {
  const file = new URL(`../docs/${name}`, import.meta.url);
  if (!isCheck) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(`docs/${name} is not up to date: npm run build && node scripts/build-pages.mjs`);
    process.exitCode = 1;
  }
}
