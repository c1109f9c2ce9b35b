/** The commands that make files: init, mend, completion. */

import { Argument, type Command, Option } from "commander";
import { WRITTEN_FORMATS } from "../output/record-writer.js";
import { SHELLS, type Shell } from "./completion-shells.js";
import type { InitFlags } from "./init-command.js";
import type { MendFlags } from "./mend-command.js";
import { type CommandParts, collect, wholeNumber } from "./options.js";
import { encodingOption, formatOption } from "./showing-commands.js";

/** Adds `init`, `mend` and `completion` to the program. */
export function fileCommands(program: Command, parts: CommandParts): void {
  initCommand(program, parts);
  mendCommand(program, parts);
  completionCommand(program, parts);
}

function initCommand(program: Command, { to, done }: CommandParts): void {
  program
    .command("init")
    .description("write a configuration for unknown files, from what they hold")
    .argument("<file...>", "files of MARC records of one source")
    .option(
      "-o, --output <config>",
      "where it goes, a file that is not there yet; standard output if absent",
    )
    .addOption(formatOption("what the files are"))
    .action(async (files: string[], flags: InitFlags) => {
      const { initConfig } = await import("./init-command.js");
      done(await initConfig(files, flags, to));
    });
}

function mendCommand(program: Command, { to, done }: CommandParts): void {
  program
    .command("mend")
    .description("write what can be read of files as sound records, in UTF-8, and list the repairs")
    .argument("<file...>", "files of MARC records; - is standard input")
    .requiredOption(
      "-o, --output <file>",
      "where the records go, - for standard output; rejects go beside it",
    )
    .addOption(
      new Option(
        "--format <format>",
        "what is written; if absent, what the output's name ends in: .xml, .json, .mrk, else marc",
      ).choices(WRITTEN_FORMATS),
    )
    .option("--id <number>", "only the record with that 001, 010, 016 or 035 (repeatable)", collect)
    .option(
      "--filter <rule>",
      'only records for which a rule as in [Filter] include_if holds, such as "650 * * a /whales/i" (repeatable)',
      collect,
    )
    .option("--limit <n>", "write N records at most", wholeNumber)
    .option("--allow-empty", "an input without records is no error")
    .option("--json", "print the report as JSON")
    .addOption(inputFormatOption())
    .addOption(encodingOption().default("auto"))
    .action(async (files: string[], flags: MendFlags) => {
      const { mendFiles } = await import("./mend-command.js");
      done(await mendFiles(files, flags, to));
    });
}

/** What the files are, where `--format` says what is made of them. */
function inputFormatOption(): Option {
  const { argChoices = [] } = formatOption("");
  return new Option("--input-format <format>", "what the files are")
    .choices(argChoices)
    .default("auto");
}

function completionCommand(program: Command, { to, done }: CommandParts): void {
  program
    .command("completion")
    .description("print a script that lets a shell complete commands, options and keys")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action(async (shell: Shell) => {
      const { completionScript } = await import("./completion.js");
      to.out(completionScript(shell, program).trimEnd());
      done(0);
    });
}
