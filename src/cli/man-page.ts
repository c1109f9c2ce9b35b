/** The manual page, made from the same commands and options as `--help`. */

import type { Command } from "commander";
import { EXIT_MEANINGS } from "../run/exit-status.js";
import { version } from "./version.js";

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

/** The arguments and options of one command. */
function entries(command: Command): string[] {
  const help = command.createHelp();
  const described = help.visibleArguments(command).filter(({ description }) => description !== "");
  return [
    ...described.map((argument) =>
      entry(help.argumentTerm(argument), sentence(help.argumentDescription(argument))),
    ),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== "--help")
      .map((option) => entry(help.optionTerm(option), sentence(help.optionDescription(option)))),
  ];
}

function section(command: Command): string[] {
  const description = command.description();
  return [
    `.SS ${roff(`MARC_import ${command.name()} ${command.usage()}`)}`,
    roff(sentence(description.charAt(0).toUpperCase() + description.slice(1))),
    ...entries(command),
  ];
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
    `.B MARC_import\n${roff(program.usage())}`,
    ...commands.map(
      (command) => `.br\n.B MARC_import ${roff(command.name())}\n${roff(command.usage())}`,
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
    ".SH SEE ALSO",
    "README.md and the pages in docs/: tutorial, configuration, cookbook, exit\\-codes.",
    "",
  ].join("\n");
}
