/** The manual page, made from the same commands and options as `--help`. */

import type { Command } from "commander";
import { EXIT_MEANINGS } from "../diagnostics/failure.js";
import { version } from "../diagnostics/version.js";

/** Text as roff shows it: backslashes and hyphens as they are, no line taken for a request. */
function roff(text: string): string {
  return text
    .replace(/\\/g, "\\e")
    .replace(/-/g, "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A tagged paragraph: `term` in bold, `text` indented below it. */
function entry(term: string, text: string): string {
  return `.TP\n.B ${roff(term)}\n${roff(text)}`;
}

/** The arguments and options of one command, but for the options that are told elsewhere. */
function entries(command: Command, elsewhere: readonly string[] = []): string[] {
  const help = command.createHelp();
  const described = help.visibleArguments(command).filter(({ description }) => description !== "");
  return [
    ...described.map((argument) =>
      entry(help.argumentTerm(argument), sentence(help.argumentDescription(argument))),
    ),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== "--help" && !elsewhere.includes(long ?? ""))
      .map((option) => entry(help.optionTerm(option), sentence(help.optionDescription(option)))),
  ];
}

/** Options of every command that reads a configuration. */
const OF_CONFIGURATION = ["--database", "--log-dir", "--verbosity", "--set"];

function section(command: Command): string[] {
  const description = command.description();
  const shared = OF_CONFIGURATION.every((name) =>
    command.options.some(({ long }) => long === name),
  );
  return [
    `.SS ${roff(`MARC_import ${command.name()} ${usage(command)}`)}`,
    roff(sentence(description.charAt(0).toUpperCase() + description.slice(1))),
    ...(shared
      ? [
          `Takes ${roff(OF_CONFIGURATION.join(", ").replace(/, (?=\S+$)/, " and "))} of an import, too.`,
        ]
      : []),
    ...entries(command, shared ? OF_CONFIGURATION : []),
  ];
}

/** The usage without `[options]` where there are none. */
function usage(command: Command): string {
  return command.options.length > 0 ? command.usage() : command.usage().replace("[options]", "");
}

const FILES: readonly [name: string, text: string][] = [
  ["etc/iVia.conf", "what all jobs of an installation share: database, log directory, priorities"],
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
];

const ENVIRONMENT: readonly [name: string, text: string][] = [
  ["NO_COLOR", "if set and not empty, explain prints no colours"],
  ["CI", "if set, no progress is shown unless --progress asks for it"],
  ["TMPDIR", "where dry runs and explain put their copy of the database"],
];

const EXAMPLES: readonly [text: string, command: string][] = [
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
];

function example([text, command]: readonly [string, string]): string {
  return `.PP\n${roff(text)}\n.PP\n.nf\n.RS\n${roff(command)}\n.RE\n.fi`;
}

/**
 * The page in the man macros.
 *
 * @param program the whole program, as `buildProgram` gives it
 */
export function manPage(program: Command): string {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).filter((command) => command.name() !== "help");
  return [
    '.\\" Made from the commands of the program by node scripts/build-pages.mjs.',
    `.TH MARC_IMPORT 1 "" "MARC_import ${version()}"`,
    ".SH NAME",
    "MARC_import \\- import MARC catalogue records into SQLite",
    ".SH SYNOPSIS",
    `.B MARC_import\n${roff(program.usage().split("\n")[0])}`,
    ...commands.map(
      (command) => `.br\n.B MARC_import ${roff(command.name())}\n${roff(usage(command))}`,
    ),
    ".SH DESCRIPTION",
    roff(program.description()),
    "Without the name of a command, files are imported.",
    "Nothing is printed unless something is wrong; on a terminal, progress and the totals are.",
    ".SH OPTIONS OF AN IMPORT",
    ...entries(program),
    ".SH OTHER COMMANDS",
    ...commands.flatMap(section),
    ".SH EXIT STATUS",
    "The first that applies:",
    ...EXIT_MEANINGS.map(([status, meaning]) => entry(status, sentence(meaning))),
    ".SH FILES",
    ...FILES.map(([name, text]) => entry(name, sentence(text))),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.map(([name, text]) => entry(name, sentence(text))),
    ".SH EXAMPLES",
    ...EXAMPLES.map(example),
    ".SH SEE ALSO",
    ".BR sqlite3 (1),",
    ".BR crontab (5)",
    ".PP",
    "README.md, and the pages in docs/: tutorial, configuration, mapping, substitutions, cookbook,",
    "explain, matching, policies, log, reports, undo, exit\\-codes, database, diagnostics.",
    "",
  ].join("\n");
}
