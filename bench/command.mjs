/** The program under measurement: how it is called, and where a measurement keeps its database. */

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DATA } from "./make-data.mjs";
import { measure } from "./measure.mjs";

const ROOT = join(import.meta.dirname, "..");

/** How the program is called in the tables. */
export const OURS = "MARC_import";
export const PROGRAM = join(ROOT, "bin", "MARC_import");
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
   */
  import(file, ...options) {
    const { database, logs } = this;
    const command = [PROGRAM, "--database", database, "--log-dir", logs, ...options, CONFIG, file];
    // 1: the data holds damaged records, which are rejected.
    return measure(command, { statuses: [0, 1] });
  }
}
