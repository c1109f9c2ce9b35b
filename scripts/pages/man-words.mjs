/** What the manual pages say that the programs do not know of themselves. */

/**
 * @typedef {readonly (readonly [name: string, text: string])[]} Told names and what they are
 * @typedef {object} ManWords
 * @property {string} what one line for lists of pages
 * @property {readonly string[]} besides sentences behind the program's own description
 * @property {string} options the heading of the options without a command
 * @property {string} exit which exit status it is
 * @property {Told} files
 * @property {Told} environment
 * @property {Told} examples a text and the commands that it is about
 * @property {string} pages pages of docs/
 */

/** @type {Told} */
const ENVIRONMENT = [
  ["NO_COLOR", "if set and not empty, explain prints no colours"],
  ["CI", "if set, no progress is shown unless --progress asks for it"],
  ["TMPDIR", "where dry runs and explain put their copy of the database"],
];

/** @type {ManWords} */
export const IMPORT_WORDS = {
  what: "import MARC catalogue records into SQLite",
  besides: [
    "Without the name of a command, files are imported.",
    "Nothing is printed unless something is wrong; on a terminal, progress and the totals are.",
  ],
  options: "OPTIONS OF AN IMPORT",
  exit: "The first that applies:",
  files: [
    [
      "etc/iVia.conf",
      "what all jobs of an installation share: database, log directory, priorities",
    ],
    [
      "etc/sample.conf, etc/vendor.conf",
      "two jobs to begin with; etc/generic_*.conf can be included",
    ],
    ["ivia.sqlite", "the database, beside the configuration unless [Database] path says otherwise"],
    ["log/MARC_import/MARC_importer.log", "the log of all runs"],
    [
      "log/MARC_import/RUN.rejects.mrc",
      "the rejected records of a run as they were, made with the first of them; RUN.rejects.jsonl says where they stood and why they were rejected",
    ],
  ],
  environment: ENVIRONMENT,
  examples: [
    [
      "Look at an unknown file, check a job over it, see one record through, and try the import:",
      "MARC_import validate --fields new.mrc\nMARC_import check jobs/new.conf new.mrc\nMARC_import explain jobs/new.conf new.mrc --record 1\nMARC_import --dry-run --progress jobs/new.conf new.mrc",
    ],
    [
      "Import every night, with cron; what is printed is mailed, and nothing is printed unless something is wrong:",
      "0 3 * * *  cd /srv/catalogue && bin/MARC_import --wait 600 etc/vendor.conf incoming/vendor.mrc",
    ],
    [
      "See what the last import did, and take it back:",
      "MARC_import report etc/vendor.conf last --html report.html\nMARC_import diff etc/vendor.conf last\nMARC_import undo etc/vendor.conf last",
    ],
  ],
  pages:
    "tutorial, configuration, mapping, substitutions, cookbook,\nexplain, matching, policies, log, reports, undo, exit\\-codes, database, diagnostics.",
};

/** @type {ManWords} */
export const HARVEST_WORDS = {
  what: "harvest OAI-PMH repositories into SQLite",
  besides: [
    "Without the name of a command, the repositories of harvest_list are harvested, one after another:",
    "what has changed since the last harvest is fetched whole, then imported as one run.",
    "Nothing is printed unless something is wrong; on a terminal, progress and the totals are.",
  ],
  options: "OPTIONS OF A HARVEST",
  exit: "Of all repositories the worst:",
  files: [
    [
      "etc/OAI-PMH-importer.conf",
      "the configuration that is meant where none is named; etc/OAI-PMH-importer.*.conf are included by it",
    ],
    [
      "spool/REPOSITORY/RUN/",
      "the pages of a harvest as they came, with manifest.jsonl, which says what of them counts; kept as long as keep_pages says",
    ],
    ["log/OAI-PMH-importer/OAI-PMH-importer.log", "the log of all harvests"],
    [
      "log/OAI-PMH-importer/RUN.rejects.mrc",
      "the rejected records of a run as they were; RUN.rejects.jsonl says where they stood and why they were rejected",
    ],
  ],
  environment: ENVIRONMENT,
  examples: [
    [
      "Look at a repository, try one record of it, and the whole harvest:",
      "OAI-PMH-importer check --online etc/library.conf\nOAI-PMH-importer explain etc/library.conf Library oai:r.example.org:3\nOAI-PMH-importer --dry-run --progress etc/library.conf",
    ],
    [
      "Harvest every night, with cron; nothing is printed unless something is wrong:",
      "0 2 * * *  cd /srv/catalogue && bin/OAI-PMH-importer --wait 600 etc/library.conf",
    ],
    [
      "See what the last harvest did, and take it back with its position:",
      "OAI-PMH-importer diff etc/library.conf last\nOAI-PMH-importer undo etc/library.conf last",
    ],
  ],
  pages:
    "harvesting, harvesting\\-configuration, explain, matching, policies, log, undo, exit\\-codes, diagnostics.",
};
