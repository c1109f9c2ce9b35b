#!/usr/bin/env node
/**
 * Makes of dist/ three files in dist/bundle, program.cjs and one for each kind of reading thread, which
 * bin/ loads: one file is loaded in a tenth of the time of the hundreds that it holds. The library is part of the program's file,
 * asleep until it is asked for; its types, and what they rest on, are copied to dist/types.
 */

import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { rolldown } from "rolldown";

const ROOT = resolve(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
const BUNDLES = join(DIST, "bundle");
const TYPES = join(DIST, "types");
/** The modules that the bundles begin with; those that stand in no file have a text here. */
const THREADS = {
  "reader-thread": "reading/thread/reader-thread.js",
  "list-thread": "harvest/list-thread.js",
};
const ENTRIES = { program: "program-entry.js", ...THREADS };
const PROGRAM = `export { harvestMain, main } from "./cli/main.js";
export const library = () => require("./index.js");
`;
/** A thread is started from the file that its parent's bundle looks for beside itself. */
const threadFile = (name) => `import "../../bin/${name}.cjs";\n`;

/** The module that reads the byte core, and what stands for it: a file less to be looked for. */
const CORE_MODULE = join(DIST, "mapping/bytes/core-bytes.js");
function coreModule() {
  const core = join(DIST, "core.wasm");
  if (!existsSync(core))
    return 'export const coreBytes = () => { throw new Error("left out"); };\n';
  const bytes = readFileSync(core).toString("base64");
  return `export const coreBytes = () => Buffer.from("${bytes}", "base64");\n`;
}

async function bundle(name, entry) {
  const made = await rolldown({
    input: { [name]: join(DIST, entry) },
    platform: "node",
    transform: { define: { "import.meta.url": "bundleUrl" } },
    plugins: [
      {
        name: "program-entry",
        resolveId: (id) => (id === join(DIST, ENTRIES.program) ? id : null),
        load: (id) => (id === join(DIST, ENTRIES.program) ? PROGRAM : null),
      },
      {
        name: "core-bytes",
        load: (id) => (id === CORE_MODULE ? coreModule() : null),
      },
    ],
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

/** The declaration files that one of them rests on, itself first. */
function declarations(file, known = new Set()) {
  if (known.has(file)) return known;
  known.add(file);
  const imports = readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)\.js"/g);
  for (const [, path] of imports) declarations(resolve(dirname(file), `${path}.d.ts`), known);
  return known;
}

rmSync(BUNDLES, { recursive: true, force: true });
mkdirSync(BUNDLES);
for (const [name, entry] of Object.entries(ENTRIES)) await bundle(name, entry);
for (const name of Object.keys(THREADS)) {
  writeFileSync(join(BUNDLES, `${name}.js`), threadFile(name));
}

rmSync(TYPES, { recursive: true, force: true });
for (const file of declarations(join(DIST, "index.d.ts"))) {
  cpSync(file, join(TYPES, relative(DIST, file)));
}
// As bin/library.cjs, which can be both imported and required.
writeFileSync(join(TYPES, "package.json"), '{ "type": "commonjs" }\n');
