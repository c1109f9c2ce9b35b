/**
 * Loads a bundle of the program (scripts/bundle.mjs makes them), and keeps what V8 has made of it for the
 * next start: beside the bundle, or in the cache of an account that may not write there. The same V8 under
 * the same flags takes that and need not compile again. It would take damaged bytes for good ones, and
 * those of another bundle; so a digest stands before them.
 */
"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join, resolve } = require("node:path");
const { pathToFileURL } = require("node:url");
const { setFlagsFromString } = require("node:v8");
const { constants, Script } = require("node:vm");
const { getEnvironmentData, isMainThread, setEnvironmentData } = require("node:worker_threads");

const ROOT = resolve(__dirname, "..");
const BUNDLES = join(ROOT, "dist/bundle");
const DIGEST_LENGTH = 32;
/** Under this name a thread is told that the compiled form is to be kept. */
const KEEPS = "MARC_import keeps compiled bundles";

/**
 * Bundles are ASCII, which is read faster than any other text.
 *
 * @throws an error of code NOT_BUILT if there is none
 */
function sourceOf(path) {
  try {
    return readFileSync(path, "latin1");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    const text =
      `this copy of the program is not built: ${path} is missing.\n` +
      `  Run \`npm ci\` in ${ROOT}/, or install it again.`;
    throw Object.assign(new Error(text), { code: "NOT_BUILT" });
  }
}

/** Where the compiled form of a bundle may lie, the best place first. */
function placesOf(name) {
  const file = `${name}-${process.version}-${process.arch}.cache`;
  const { HOME, XDG_CACHE_HOME = HOME && join(HOME, ".cache") } = process.env;
  const own = XDG_CACHE_HOME ? [join(XDG_CACHE_HOME, "MARC_import", file)] : [];
  return [join(BUNDLES, file), ...own];
}

function digestOf(source, compiled) {
  return createHash("sha256").update(source, "latin1").update(compiled).digest();
}

/** A home may be another account's, as under sudo, and what it holds is run. */
function mayBeTrusted(path) {
  return path.startsWith(BUNDLES) || statSync(path).uid === process.getuid?.();
}

/** What V8 has made of a bundle before, undefined if there is nothing to be relied on. */
function compiledForm(source, places) {
  for (const path of places) {
    try {
      const bytes = readFileSync(path);
      const compiled = bytes.subarray(DIGEST_LENGTH);
      const digest = bytes.subarray(0, DIGEST_LENGTH);
      if (mayBeTrusted(path) && digestOf(source, compiled).equals(digest)) return compiled;
    } catch {
      // Not there, or not to be read: the next place, or none.
    }
  }
  return undefined;
}

/**
 * Most imports are over before they have earned what it costs to optimise all that they run: functions are to run
 * longer before that. Only the engine of Node 20 is told: later ones count otherwise and do not know the word.
 */
function optimiseLess() {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=400000");
}

/** Where no place may be written, every start compiles, which takes a tenth of a second. */
function keep(script, source, places) {
  setFlagsFromString("--flush-bytecode");
  const compiled = script.createCachedData();
  for (const path of places) {
    const unfinished = `${path}.${process.pid}`;
    try {
      if (!path.startsWith(BUNDLES)) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, Buffer.concat([digestOf(source, compiled), compiled]));
      renameSync(unfinished, path);
      return;
    } catch {
      // Not to be written: the next place, or none.
    }
  }
}

/**
 * Runs a bundle.
 *
 * @param name of its file
 * @param keeps whether the process is the program's own, which may keep the compiled form and for that turn
 *   a switch of the engine; a thread does as its parent
 * @returns `exports`, what the bundle exports; `compiled`, whether it had to be compiled and may be kept; `keepCompiled`, to be
 *   called when the parts that matter have run, which keeps them in compiled form for the next start
 */
function loadBundle(name, { keeps = getEnvironmentData(KEEPS) === true } = {}) {
  const path = join(BUNDLES, `${name}.cjs`);
  if (keeps && isMainThread) optimiseLess();
  const source = sourceOf(path);
  const places = placesOf(name);
  const cachedData = compiledForm(source, places);
  const script = new Script(`(function (exports, require, bundleUrl) {${source}\n})`, {
    filename: path,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const compiled = keeps && (cachedData === undefined || script.cachedDataRejected);
  if (keeps && isMainThread) setEnvironmentData(KEEPS, true);
  // The engine forgets what has not run for a while, above all what only the start needs.
  if (compiled) setFlagsFromString("--no-flush-bytecode");
  const exports = {};
  script.runInThisContext()(exports, createRequire(path), pathToFileURL(path).href);
  return { exports, compiled, keepCompiled: () => compiled && keep(script, source, places) };
}

module.exports = { loadBundle };
