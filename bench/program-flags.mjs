/** The engine's flags that the program runs under, as bin/MARC_import says them. */

import { readFileSync } from "node:fs";

const PROGRAM = new URL("../bin/MARC_import", import.meta.url);

export const FLAGS = /^#!.* -S node (.*)$/m.exec(readFileSync(PROGRAM, "utf8"))[1].split(" ");
