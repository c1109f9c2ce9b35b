/** The commands and their options, for commander; what each does stands in its own file. */

import { type Command, CommanderError } from "commander";
import { EXIT, EXIT_MEANINGS } from "../diagnostics/failure.js";
import { askingCommands } from "./asking-commands.js";
import type { Console } from "./console.js";
import { duplicateCommands } from "./duplicate-commands.js";
import { reportFailure } from "./failures.js";
import { fileCommands } from "./file-commands.js";
import type { ImportFlags } from "./import-command.js";
import { COMMANDS } from "./load.js";
import { refuseUnknownCommand } from "./misplaced.js";
import {
  collect,
  configOptions,
  newProgram,
  oneOrMore,
  progressOptions,
  wholeNumber,
} from "./options.js";
import { pastRunCommands } from "./past-run-commands.js";
import { encodingOption, formatOption, showingCommands } from "./showing-commands.js";
import type { ValidateFlags } from "./validate-command.js";

/**
 * Runs a command line and gives its exit status.
 *
 * @param imported called when an import has come to its end
 */
export async function runCommandLine(
  args: readonly string[],
  to: Console,
  imported: () => void = () => undefined,
): Promise<number> {
  let status: number = EXIT.done;
  const program = buildProgram(to, (result) => {
    status = result;
  });
  program.hook("postAction", (_program, action) => {
    if (action === program) imported();
  });
  try {
    refuseUnknownCommand(args[0], to.cwd, COMMANDS);
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportFailure(error, to);
  }
}

/**
 * The commands and their options.
 *
 * @param done takes the exit status of the command that has run
 */
export function buildProgram(to: Console, done: (status: number) => void): Command {
  const program = newProgram("MARC_import", to)
    .description("Imports MARC records into an SQLite catalogue by the rules of a configuration.")
    .usage("[options] <config> <file...>\n       MARC_import <command> ...")
    .hook("preSubcommand", refuseImportOptions)
    .addHelpText("after", exitStatusHelp());
  const parts = { to, done };
  importCommand(program, to, done);
  showingCommands(program, parts);
  validateCommand(program, to, done);
  fileCommands(program, parts);
  pastRunCommands(program, parts);
  askingCommands(program, parts);
  duplicateCommands(program, parts);
  policiesCommand(program, to, done);
  return program;
}

/** What stands before a command would be an option of the import, and the command would not know of it. */
function refuseImportOptions(program: Command, command: Command): void {
  const given = program.options.filter((option) => {
    const name = option.attributeName();
    const isOther = option.negate !== (program.getOptionValue(name) === false);
    return program.getOptionValueSource(name) === "cli" && !isOther;
  });
  if (given.length === 0) return;
  const names = given.map(({ long }) => long).join(", ");
  command.error(
    `error: ${names} before the command ${command.name()}; its options stand behind it: MARC_import ${command.name()} --help`,
  );
}

function exitStatusHelp(): string {
  const lines = EXIT_MEANINGS.map(([status, meaning]) => `  ${status.padEnd(14)}${meaning}`);
  return `\nExit status, the first that applies:\n${lines.join("\n")}`;
}

type Done = (status: number) => void;

function importCommand(program: Command, to: Console, done: Done): void {
  program
    .argument("<config>", "the configuration of the job")
    .argument(
      "[file...]",
      "files of MARC records, imported in order as one run; - is standard input",
    );
  configOptions(program);
  program
    .option("--dry-run", "decide everything, change nothing, and report what would happen")
    .option("--atomic", "all or nothing: any reject or error leaves the database as it was")
    .option("--resume", "go on with the last unfinished run of this configuration and input")
    .option(
      "--again",
      "import local records again, which doubles them; records of a source are recognised without it",
    )
    .option(
      "--full-load",
      "afterwards delete the rows of this source that the files did not hold, if they are whole and nothing was rejected",
    )
    .option(
      "--delete-ids <file>",
      "first delete the rows of the ids in a file, one on each line (repeatable); no other file need be given",
      collect,
    )
    .option("--wait <seconds>", "wait for another importer to finish", wholeNumber, 0)
    .option("--skip <n>", "pass over the first N records", wholeNumber, 0)
    .option("--limit <n>", "read N records at most", oneOrMore)
    .option("--max-rejects <n>", "stop when more than N records are rejected", wholeNumber)
    .option("--strict", "reject what would otherwise be repaired")
    .option("--allow-empty", "an input without records is no error")
    .addOption(formatOption("what the files are"))
    .addOption(encodingOption())
    .option("--summary <file>", "write the totals as JSON")
    .option("--report <file>", "write a report page (HTML)");
  progressOptions(program).action(async (config: string, files: string[], flags: ImportFlags) => {
    const { importFiles } = await import("./import-command.js");
    done(await importFiles(config, files, flags, to));
  });
}

function validateCommand(program: Command, to: Console, done: Done): void {
  program
    .command("validate")
    .description("report on the structure and the encoding of files, without a configuration")
    .argument("<file...>", "files of MARC records; - is standard input")
    .option("--fields", "also the fields of the records: tags, indicators, subfields, an example")
    .option("--json", "print the report as JSON")
    .option("--strict", "reject what would otherwise be repaired")
    .option("--allow-empty", "an input without records is no error")
    .addOption(formatOption("what the files are"))
    .addOption(encodingOption().default("auto"))
    .action(async (files: string[], flags: ValidateFlags) => {
      const { validateFiles } = await import("./validate-command.js");
      done(await validateFiles(files, flags, to));
    });
}

function policiesCommand(program: Command, to: Console, done: Done): void {
  program
    .command("policies")
    .description("print every duplicate policy as a decision table")
    .action(async () => {
      const { printPolicies } = await import("../policy/print.js");
      to.out(printPolicies());
      done(EXIT.done);
    });
}
