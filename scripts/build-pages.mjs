/** Writes the pages of docs/ that are made from the program itself. Build the program first. */

import { writeFileSync } from "node:fs";
import { buildHarvestProgram } from "../dist/cli/harvest-program.js";
import { manPage } from "../dist/cli/man-page.js";
import { HARVEST_WORDS, IMPORT_WORDS } from "../dist/cli/man-words.js";
import { buildProgram } from "../dist/cli/program.js";
import { diagnosticsPage } from "../dist/diagnostics/page.js";

const write = (name, text) => writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
write("diagnostics.md", diagnosticsPage());

const silent = { cwd: "/", errorIsTerminal: false, out: () => {}, error: () => {} };
for (const [build, words] of [
  [buildProgram, IMPORT_WORDS],
  [buildHarvestProgram, HARVEST_WORDS],
]) {
  const program = build(silent, () => {});
  write(`${program.name()}.1`, manPage(program, words));
}
