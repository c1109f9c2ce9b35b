/**
 * Loads a bundle of the program (scripts/bundle.mjs makes them). Beside each lies what V8 has made of
 * it; the same V8 under the same flags takes that and need not compile again, any other compiles.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";

/** Where V8's form of a bundle is kept. */
export function cacheOf(name) {
  return bundle(`${name}.cache`);
}

function bundle(file) {
  return new URL(`../dist/bundle/${file}`, import.meta.url);
}

function readIfThere(url) {
  try {
    return readFileSync(url);
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Runs a bundle; gives what it exports, and its script. */
export function loadBundle(name) {
  const url = bundle(`${name}.cjs`);
  // Bundles are ASCII, which is read faster than any other text.
  const source = readFileSync(url, "latin1");
  const script = new Script(`(function (exports, require, bundleUrl) {${source}\n})`, {
    filename: fileURLToPath(url),
    cachedData: readIfThere(cacheOf(name)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const exports = {};
  script.runInThisContext()(exports, createRequire(url), url.href);
  return { exports, script };
}
