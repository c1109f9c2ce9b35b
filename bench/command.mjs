/** The program under measurement: how it is called, and where a measurement keeps its database. */

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DATA } from "./make-data.mjs";
import { measure } from "./measure.mjs";

const ROOT = join(import.meta.dirname, "..");

/** How the program is called in the tables. */
export const OURS = "MARC_import";
export const PROGRAM = join(ROOT, "bin", "MARC_import");
export const HARVESTER = join(ROOT, "bin", "OAI-PMH-importer");
/** The configuration that is measured: the one a newcomer meets. */
export const CONFIG = join(ROOT, "etc", "sample.conf");

/** A database and a log directory of one measurement's own. */
export class Place {
  /** @param {string} name of a folder in the data directory */
  constructor(name) {
    this.directory = join(DATA, "work", name);
    this.database = join(this.directory, "catalogue.sqlite");
    this.logs = join(this.directory, "log");
  }

  /** Makes it empty, as before a first import. */
  clear() {
    rmSync(this.directory, { recursive: true, force: true });
    mkdirSync(this.directory, { recursive: true });
    return this;
  }

  /**
   * Imports a file with the sample configuration as it stands.
   *
   * @param {string} file
   * @param {string[]} options further options of the command
   * @throws {Error} when it does not come to its end
   */
  async import(file, ...options) {
    const { database, logs, directory } = this;
    const summary = join(directory, "summary.json");
    rmSync(summary, { force: true });
    const own = ["--database", database, "--log-dir", logs, "--summary", summary];
    // 1: the data holds damaged records, which are rejected.
    const measured = await measure([PROGRAM, ...own, ...options, CONFIG, file], {
      statuses: [0, 1],
    });
    // A program that Node could not even load ends with 1 too.
    const { status } = JSON.parse(readFileSync(summary, "utf8"));
    if (status !== "done") throw new Error(`the import of ${file} is ${status}`);
    return measured;
  }
}
