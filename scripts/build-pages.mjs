/** Writes the pages of docs/ that are made from the program itself. Build the program first. */

import { writeFileSync } from "node:fs";
import { manPage } from "../dist/cli/man-page.js";
import { buildProgram } from "../dist/cli/program.js";
import { diagnosticsPage } from "../dist/diagnostics/page.js";

writeFileSync(new URL("../docs/diagnostics.md", import.meta.url), diagnosticsPage());

const silent = {
  cwd: "/",
  errorIsTerminal: false,
  out: () => {},
  write: () => {},
  error: () => {},
};
const program = buildProgram(silent, () => {});
writeFileSync(new URL("../docs/MARC_import.1", import.meta.url), manPage(program));
