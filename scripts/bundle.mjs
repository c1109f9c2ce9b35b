#!/usr/bin/env node
/**
 * Makes of dist/ two files, dist/bundle/program.cjs and reader-thread.cjs, which bin/ loads: one file is
 * loaded in a tenth of the time of the hundreds that it holds.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";

const ROOT = resolve(import.meta.dirname, "..");
const BUNDLES = join(ROOT, "dist/bundle");
const ENTRIES = { program: "cli/main.js", "reader-thread": "reading/thread/reader-thread.js" };
/** A thread is started from the file that its parent's bundle looks for beside itself. */
const THREAD = 'import "../../bin/reader-thread.cjs";\n';

async function bundle(name, entry) {
  const made = await rolldown({
    input: { [name]: join(ROOT, "dist", entry) },
    platform: "node",
    transform: { define: { "import.meta.url": "bundleUrl" } },
  });
  const { output } = await made.generate({
    format: "cjs",
    exports: "named",
    codeSplitting: false,
  });
  const [{ code }] = output;
  writeFileSync(join(BUNDLES, `${name}.cjs`), ascii(code));
}

/** Strings, expressions and comments hold other characters, and all of them may hold escapes. */
function ascii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

rmSync(BUNDLES, { recursive: true, force: true });
mkdirSync(BUNDLES);
for (const [name, entry] of Object.entries(ENTRIES)) await bundle(name, entry);
writeFileSync(join(BUNDLES, "reader-thread.js"), THREAD);
