/** The commands that show what a configuration does: check and explain. */

import type { Command } from "commander";
import { Option } from "commander";
import { INPUT_FORMATS } from "../config/job/run-options.js";
import { ENCODINGS } from "../config/marc/marc-mapping.js";
import type { CheckFlags } from "./check-command.js";
import type { ExplainFlags } from "./explain-command.js";
import { type CommandParts, configOptions, wholeNumber } from "./options.js";

/** Adds `check` and `explain` to the program. */
export function showingCommands(program: Command, parts: CommandParts): void {
  checkCommand(program, parts);
  explainCommand(program, parts);
}

/** `--format`; `description` says of how many files. */
export function formatOption(description: string): Option {
  return new Option("--format <format>", description).choices(INPUT_FORMATS).default("auto");
}

/** `--encoding`, over the configuration's. */
export function encodingOption(): Option {
  return new Option("--encoding <encoding>", "how text is encoded").choices(ENCODINGS);
}

function checkCommand(program: Command, parts: CommandParts): void {
  const { to, done } = parts;
  configOptions(
    program
      .command("check")
      .description(
        "validate a configuration, print its effective settings with their origins, and name what looks like a mistake",
      )
      .argument("<config>", "the configuration of a job")
      .argument("[file]", "MARC records to try the rules on: names rules that never match"),
  )
    .option(
      "--strict",
      "exit with 2 if anything looks like a mistake; of the file, reject what would otherwise be repaired",
    )
    .option("--limit <n>", "look at N records of the file at most", wholeNumber)
    .option("-v, --verbose", "every finding in full, and every setting that has its default")
    .option("--json", "for machines: one object of settings and findings")
    .addOption(formatOption("what the file is"))
    .addOption(encodingOption())
    .action(async (config: string, file: string | undefined, flags: CheckFlags) => {
      const { checkConfiguration } = await import("./check-command.js");
      done(await checkConfiguration(config, file, flags, to));
    });
}

function explainCommand(program: Command, parts: CommandParts): void {
  const { to, done } = parts;
  configOptions(
    program
      .command("explain")
      .description(
        "show how records are mapped, matched and decided, step by step; changes nothing",
      )
      .argument("<config>", "the configuration of a job")
      .argument("<file>", "a file of MARC records; - is standard input"),
  )
    .option("--record <n>", "the record with that number, from 1", wholeNumber)
    .option("--offset <byte>", "the record that holds that byte, from 0", wholeNumber)
    .option("--id <foreign id>", "the records with that foreign id or 001")
    .option("--replay", "as it would be after the earlier records of the file")
    .option("--field <name>", "only this record field")
    .option("--config-diff <other.conf>", "what another configuration maps differently")
    .option("--json", "for machines: one object a record and line")
    .option("--strict", "reject what would otherwise be repaired")
    .addOption(formatOption("what the file is"))
    .addOption(encodingOption())
    .action(async (config: string, file: string, flags: ExplainFlags) => {
      const { explain } = await import("./explain-command.js");
      done(await explain(config, file, flags, to));
    });
}
