/**
 * Loads a bundle of the program (scripts/bundle.mjs makes them). Beside each lies what V8 has made of
 * it; the same V8 under the same flags takes that and need not compile again, any other compiles. V8
 * would take damaged bytes for good ones, and those of another bundle; so a digest stands before them.
 */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";

const DIGEST_LENGTH = 32;
/** The exit status where the program itself is at fault (docs/exit-codes.md). */
const INTERNAL = 70;

function fileOf(name) {
  return new URL(`../dist/bundle/${name}`, import.meta.url);
}

/** Bundles are ASCII, which is read faster than any other text. */
function sourceOf(name) {
  try {
    return readFileSync(fileOf(`${name}.cjs`), "latin1");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    console.error(
      `MARC_import: this copy of the program is not built: ${error.path} is missing.\n` +
        `  Run \`npm ci\` in ${fileURLToPath(new URL("..", import.meta.url))}, or install it again.`,
    );
    process.exit(INTERNAL);
  }
}

function digestOf(source, compiled) {
  return createHash("sha256").update(source, "latin1").update(compiled).digest();
}

/** What V8 has made of a bundle, undefined if there is nothing to be relied on. */
function compiledForm(name, source) {
  let bytes;
  try {
    bytes = readFileSync(fileOf(`${name}.cache`));
  } catch {
    return undefined;
  }
  const compiled = bytes.subarray(DIGEST_LENGTH);
  return digestOf(source, compiled).equals(bytes.subarray(0, DIGEST_LENGTH)) ? compiled : undefined;
}

/** Keeps what V8 has made of a bundle so far. */
export function keepCompiledForm(name, script) {
  const compiled = script.createCachedData();
  const digest = digestOf(sourceOf(name), compiled);
  writeFileSync(fileOf(`${name}.cache`), Buffer.concat([digest, compiled]));
}

/** Runs a bundle; gives what it exports, and its script. */
export function loadBundle(name) {
  const source = sourceOf(name);
  const url = fileOf(`${name}.cjs`);
  const script = new Script(`(function (exports, require, bundleUrl) {${source}\n})`, {
    filename: fileURLToPath(url),
    cachedData: compiledForm(name, source),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const exports = {};
  script.runInThisContext()(exports, createRequire(url), url.href);
  return { exports, script };
}
