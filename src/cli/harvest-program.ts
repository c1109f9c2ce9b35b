/** The command line of OAI-PMH-importer, for commander. */

import { type Command, CommanderError, InvalidArgumentError } from "commander";
import { EXIT, EXIT_MEANINGS, Failure } from "../diagnostics/failure.js";
import type { Console } from "./console.js";
import { reportFailure } from "./failures.js";
import type { HarvestFlags } from "./harvest-command.js";
import {
  type CommandParts,
  collect,
  configOptions,
  newProgram,
  progressOptions,
  wholeNumber,
} from "./options.js";
import { pastCommands, repositoryCommands } from "./repository-commands.js";

/** Runs a command line and gives its exit status. */
export async function runHarvestCommandLine(args: readonly string[], to: Console): Promise<number> {
  let status: number = EXIT.done;
  const program = buildHarvestProgram(to, (result) => {
    status = result;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportHarvestFailure(error, to);
  }
}

/** Prints a failure under the name of this program. */
function reportHarvestFailure(error: unknown, to: Console): number {
  if (!(error instanceof Failure)) return reportFailure(error, to, "OAI-PMH-importer");
  const text = error
    .report(to.cwd)
    .replace(/^MARC_import: /gm, "OAI-PMH-importer: ")
    .replaceAll("`MARC_import CONFIG FILE`", "`OAI-PMH-importer CONFIG`")
    .replaceAll("`MARC_import ", "`OAI-PMH-importer ");
  to.error(text);
  return error.exitStatus;
}

/** @param done takes the exit status of the command that has run */
export function buildHarvestProgram(to: Console, done: (status: number) => void): Command {
  const lines = EXIT_MEANINGS.map(([status, meaning]) => `  ${status.padEnd(14)}${meaning}`);
  const program = newProgram("OAI-PMH-importer", to)
    .description(
      "Harvests OAI-PMH repositories into an SQLite catalogue, by the rules of a configuration.",
    )
    .usage("[options] [config]\n       OAI-PMH-importer <command> ...")
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addHelpText(
      "after",
      `\nExit status, of all repositories the worst:\n${lines.join("\n")}\n  3 is also a repository that cannot be harvested, or not now: nothing of it was imported.`,
    );
  const parts = { to, done };
  harvestCommand(program, parts);
  repositoryCommands(program, parts);
  pastCommands(program, parts);
  return program;
}

function harvestCommand(program: Command, { to, done }: CommandParts): void {
  program.argument(
    "[config]",
    "the configuration; etc/OAI-PMH-importer.conf of the working directory if absent",
  );
  configOptions(program);
  program
    .option("--repository <name>", "harvest this one alone (repeatable)", collect)
    .option(
      "--oai-set <setSpec>",
      "ask one repository for this set alone, whatever its sets are (repeatable)",
      collect,
    )
    .option("--full", "ask for everything, not for what has changed")
    .option(
      "--full-load",
      "as --full, and afterwards delete the rows of the source that the lists did not hold, if they are whole and nothing was rejected",
    )
    .option("--from <date>", "ask for records from this date on; the position stays", date)
    .option("--until <date>", "ask for records up to this date; the position stays", date)
    .option("--fetch-only", "fetch, and import nothing")
    .option("--import-only", "import what was fetched before, and ask nobody")
    .option("--restart", "drop what was fetched before, and begin anew")
    .option("--dry-run", "fetch, decide everything, change nothing; the position stays")
    .option("--atomic", "all or nothing: any reject or error leaves the database as it was")
    .option("--wait <seconds>", "wait for another importer to finish", wholeNumber, 0)
    .option(
      "--limit <n>",
      "import N records of each repository at most; the position stays",
      wholeNumber,
    )
    .option("--max-rejects <n>", "stop when more than N records are rejected", wholeNumber)
    .option("--strict", "reject what would otherwise be repaired")
    .option("--summary <file>", "write the totals as JSON")
    .option(
      "--report <file>",
      "write a report page (HTML); of several repositories one each, its name before the ending",
    );
  progressOptions(program).action(async (config: string | undefined, flags: HarvestFlags) => {
    const { harvest } = await import("./harvest-command.js");
    done(await harvest(config, flags, to));
  });
}

function date(value: string): string {
  if (/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(value) && !Number.isNaN(Date.parse(value)))
    return value;
  throw new InvalidArgumentError(
    "It must be a date such as 2026-01-31 or 2026-01-31T00:00:00Z (UTC).",
  );
}
