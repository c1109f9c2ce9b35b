/**
 * Installs what Node 20 needs and later versions do not: a release of better-sqlite3 that is built for
 * one Node. npm calls this after it has installed the program; any other Node has nothing to do here.
 */
"use strict";

const { spawnSync } = require("node:child_process");
const { version } = process;

/** Whether the database opens, in a process of its own: what does not fit may end it. */
function works() {
  const open = 'new (require("./index.cjs"))(":memory:").close()';
  return spawnSync(process.execPath, ["-e", open], { cwd: __dirname }).status === 0;
}

function npm(args) {
  // Another package manager may have called; a global installation's options do not hold here.
  const cli = process.env.npm_execpath ?? "";
  const isNpm = /npm-cli\.c?js$/.test(cli);
  const options = { cwd: __dirname, stdio: "inherit", shell: !isNpm };
  const own = ["--prefix", __dirname, "--no-global", "--location=project", "--no-dry-run"];
  return isNpm
    ? spawnSync(process.execPath, [cli, ...args, ...own], options)
    : spawnSync("npm", [...args, ...own], options);
}

if (version.startsWith("v20.") && !works()) {
  npm(["ci", "--omit=dev", "--no-audit", "--no-fund"]);
  if (!works()) {
    console.error(
      `MARC_import: better-sqlite3 12, which Node ${version} needs, could not be installed; it is built with python3, make and g++. A Node from 22.14 on needs no compiler.`,
    );
    process.exitCode = 1;
  }
}
