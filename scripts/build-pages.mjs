/** Writes the pages of docs/ that are made from the program itself. Build the program first. */

import { writeFileSync } from "node:fs";
import { diagnosticsPage } from "../dist/diagnostics/page.js";

writeFileSync(new URL("../docs/diagnostics.md", import.meta.url), diagnosticsPage());
