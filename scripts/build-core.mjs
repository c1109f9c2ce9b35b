#!/usr/bin/env node
/**
 * Makes dist/core.wasm of core/, which is AssemblyScript: TypeScript's syntax, numbers for types, memory
 * instead of objects. The memory is as large as core/layout.ts needs it, and never grows.
 */

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import asc from "assemblyscript/asc";

const ROOT = resolve(import.meta.dirname, "..");
/** Pages of 64 KiB; what the compiler itself keeps lies behind the rule table. */
const PAGES = "69";
const BEHIND_RULES = String(0x440000);

mkdirSync(join(ROOT, "dist"), { recursive: true });
const { error, stderr } = await asc.main([
  "core/index.ts",
  ...["--baseDir", ROOT, "--outFile", "dist/core.wasm"],
  ...["--runtime", "stub", "-O3", "--noAssert"],
  ...["--initialMemory", PAGES, "--maximumMemory", PAGES, "--memoryBase", BEHIND_RULES],
]);
if (error) {
  console.error(stderr.toString());
  process.exitCode = 1;
}
