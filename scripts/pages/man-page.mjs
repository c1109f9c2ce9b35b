/** The manual page, made from the same commands and options as `--help`. */

import { EXIT_MEANINGS } from "../../dist/diagnostics/failure.js";
import { version } from "../../dist/diagnostics/version.js";

/** Text as roff shows it: backslashes and hyphens as they are, no line taken for a request. */
function roff(text) {
  return text
    .replace(/\\/g, "\\e")
    .replace(/-/g, "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}

function sentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A tagged paragraph: `term` in bold, `text` indented below it. */
function entry(term, text) {
  return `.TP\n.B ${roff(term)}\n${roff(text)}`;
}

/** The arguments and options of one command, but for the options that are told elsewhere. */
function entries(command, elsewhere = []) {
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

function section(command, program) {
  const description = command.description();
  const shared = OF_CONFIGURATION.every((name) =>
    command.options.some(({ long }) => long === name),
  );
  return [
    `.SS ${roff(`${program} ${command.name()} ${usage(command)}`)}`,
    roff(sentence(description.charAt(0).toUpperCase() + description.slice(1))),
    ...(shared
      ? [
          `Takes ${roff(OF_CONFIGURATION.join(", ").replace(/, (?=\S+$)/, " and "))} from above, too.`,
        ]
      : []),
    ...entries(command, shared ? OF_CONFIGURATION : []),
  ];
}

/** The usage without `[options]` where there are none. */
function usage(command) {
  return command.options.length > 0 ? command.usage() : command.usage().replace("[options]", "");
}

function example([text, command]) {
  return `.PP\n${roff(text)}\n.PP\n.nf\n.RS\n${roff(command)}\n.RE\n.fi`;
}

/**
 * The page in the man macros.
 *
 * @param program the whole program, as `buildProgram` or `buildHarvestProgram` gives it
 * @param words of `man-words.mjs`, for that program
 */
export function manPage(program, words) {
  const help = program.createHelp();
  const name = roff(program.name());
  const commands = help.visibleCommands(program).filter((command) => command.name() !== "help");
  return [
    '.\\" Made from the commands of the program by node scripts/build-pages.mjs.',
    `.TH ${program.name().toUpperCase()} 1 "" "${program.name()} ${version()}"`,
    ".SH NAME",
    `${name} \\- ${roff(words.what)}`,
    ".SH SYNOPSIS",
    `.B ${name}\n${roff(program.usage().split("\n")[0])}`,
    ...commands.map(
      (command) => `.br\n.B ${name} ${roff(command.name())}\n${roff(usage(command))}`,
    ),
    ".SH DESCRIPTION",
    roff(program.description()),
    ...words.besides.map(roff),
    `.SH ${words.options}`,
    ...entries(program),
    ".SH OTHER COMMANDS",
    ...commands.flatMap((command) => section(command, program.name())),
    ".SH EXIT STATUS",
    words.exit,
    ...EXIT_MEANINGS.map(([status, meaning]) => entry(status, sentence(meaning))),
    ".SH FILES",
    ...words.files.map(([name, text]) => entry(name, sentence(text))),
    ".SH ENVIRONMENT",
    ...words.environment.map(([name, text]) => entry(name, sentence(text))),
    ".SH EXAMPLES",
    ...words.examples.map(example),
    ".SH SEE ALSO",
    ".BR sqlite3 (1),",
    ".BR crontab (5)",
    ".PP",
    `README.md, and the pages in docs/: ${words.pages}`,
    "",
  ].join("\n");
}
