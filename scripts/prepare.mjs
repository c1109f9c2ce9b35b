#!/usr/bin/env node
/**
 * What npm calls in a clone after it has installed: builds the program. Without the development tools
 * (`npm ci --omit=dev`) a program that is built already stays as it is.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");
const TOOLS = ["typescript", "rolldown"];

if (TOOLS.every((tool) => existsSync(join(ROOT, "node_modules", tool)))) {
  const { status } = spawnSync("npm run --silent build", {
    cwd: ROOT,
    stdio: "inherit",
    shell: true,
  });
  process.exitCode = status ?? 1;
} else if (!existsSync(join(ROOT, "dist/bundle/program.cjs"))) {
  console.error(
    "MARC_import: the program is not built yet, and building needs the development tools: run `npm ci` without --omit=dev.",
  );
}
