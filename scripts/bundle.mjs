#!/usr/bin/env node
/**
 * Makes of dist/ two files, dist/bundle/program.cjs and reader-thread.cjs: one file is loaded in a
 * tenth of the time of the hundreds that it holds. Then imports a sample, and keeps beside each file what
 * V8 has made of it, for bin/load-bundle.mjs.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { FLAGS } from "./program-flags.mjs";

const ROOT = resolve(import.meta.dirname, "..");
const BUNDLES = join(ROOT, "dist/bundle");
const SAMPLE = join(ROOT, "samples/catalog.mrc");
const ENTRIES = { program: "cli/main.js", "reader-thread": "reading/thread/reader-thread.js" };
/** Comes with a compiled part that it looks for beside itself. */
const EXTERNAL = ["better-sqlite3"];
/** A thread is started from the file that its parent's bundle looks for beside itself. */
const THREAD = `import { loadBundle } from "../../bin/load-bundle.mjs";\n\nloadBundle("reader-thread");\n`;
const WARM_THREAD = `import "../../scripts/warm-up-thread.mjs";\n`;

async function bundle(name, entry) {
  const made = await rolldown({
    input: { [name]: join(ROOT, "dist", entry) },
    platform: "node",
    external: EXTERNAL,
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

/** Imports a sample under the flags of bin/MARC_import: V8's form of a program holds for no others. */
function importSample(path) {
  const folder = mkdtempSync(join(tmpdir(), "marc-import-build-"));
  const program = [...FLAGS, join(ROOT, "scripts/warm-up.mjs")];
  const options = ["--database", join(folder, "warm.sqlite"), "--log-dir", folder];
  const input = readFileSync(SAMPLE);
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      [...program, join(ROOT, "etc/sample.conf"), path, ...options],
      { input, encoding: "utf8" },
    );
    // 1: the sample holds damaged records.
    if (status !== 1) throw new Error(`the sample could not be imported: ${stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

rmSync(BUNDLES, { recursive: true, force: true });
mkdirSync(BUNDLES);
for (const [name, entry] of Object.entries(ENTRIES)) await bundle(name, entry);
// A pipe is read by a thread, a small file is not.
try {
  writeFileSync(join(BUNDLES, "reader-thread.js"), WARM_THREAD);
  importSample("-");
} finally {
  writeFileSync(join(BUNDLES, "reader-thread.js"), THREAD);
}
importSample(SAMPLE);
