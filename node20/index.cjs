/**
 * The release of better-sqlite3 for Node 20, from the folder beside this file or from the libraries of
 * the program. The release for later versions would take Node 20 down with it.
 */
"use strict";

const { existsSync } = require("node:fs");
const { join } = require("node:path");

const PLACES = [__dirname, join(__dirname, "..")];

function isFit(library) {
  const about = join(library, "package.json");
  return existsSync(about) && require(about).version.startsWith("12.");
}

const library = PLACES.map((place) => join(place, "node_modules/better-sqlite3")).find(isFit);
if (library === undefined) {
  const error = new Error("better-sqlite3 12, which Node 20 needs, is not installed");
  error.code = "MODULE_NOT_FOUND";
  throw error;
}
module.exports = require(library);
