#!/usr/bin/env node
/**
 * Makes dist/core.wasm of core/, which is AssemblyScript: TypeScript's syntax, numbers for types, memory
 * instead of objects. The memory is as large as core/layout.ts needs it, and never grows.
 *
 * Without the compiler there is no core, and the program maps all records without it; an older core is
 * taken away, since it would go by another table.
 */

import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const MADE = "dist/core.wasm";
/** Pages of 64 KiB; what the compiler itself keeps lies behind the rule table. */
const PAGES = "96";
const BEHIND_RULES = String(0x5f0000);

async function compiler() {
  try {
    return (await import("assemblyscript/asc")).default;
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error(
      "build: without assemblyscript, which `npm ci` installs, the byte core is left out; imports will take longer.",
    );
    return null;
  }
}

mkdirSync(join(ROOT, "dist"), { recursive: true });
rmSync(join(ROOT, MADE), { force: true });
const asc = await compiler();
if (asc !== null) {
  const { error, stderr } = await asc.main([
    "core/index.ts",
    ...["--baseDir", ROOT, "--outFile", MADE],
    ...["--runtime", "stub", "-O3", "--noAssert"],
    ...["--initialMemory", PAGES, "--maximumMemory", PAGES, "--memoryBase", BEHIND_RULES],
  ]);
  if (error) {
    console.error(stderr.toString());
    process.exitCode = 1;
  }
}
