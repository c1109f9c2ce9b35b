/** The command line of OAI-PMH-importer, for commander. */

import { Command, CommanderError, InvalidArgumentError } from "commander";
import { EXIT, EXIT_MEANINGS, Failure } from "../diagnostics/failure.js";
import { version } from "../diagnostics/version.js";
import type { Console } from "./console.js";
import { reportFailure } from "./failures.js";
import type { AskFlags } from "./harvest-ask.js";
import type { HarvestFlags } from "./harvest-command.js";
import type { HarvestExplainFlags } from "./harvest-explain.js";

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
export function reportHarvestFailure(error: unknown, to: Console): number {
  if (!(error instanceof Failure)) return reportFailure(error, to);
  to.error(error.report(to.cwd).replace(/^MARC_import: /gm, "OAI-PMH-importer: "));
  return error.exitStatus;
}

type Done = (status: number) => void;

/** @param done takes the exit status of the command that has run */
export function buildHarvestProgram(to: Console, done: Done): Command {
  const program = new Command("OAI-PMH-importer");
  const lines = EXIT_MEANINGS.map(([status, meaning]) => `  ${status.padEnd(14)}${meaning}`);
  program
    .description(
      "Harvests OAI-PMH repositories into an SQLite catalogue, by the rules of a configuration.",
    )
    .usage("[options] [config]\n       OAI-PMH-importer <command> ...")
    .helpCommand("help [command]", "show the options of a command")
    .version(version(), "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => to.out(text.replace(/\n$/, "")),
      writeErr: (text) => to.error(text.replace(/\n$/, "")),
    })
    .showHelpAfterError("(OAI-PMH-importer --help lists commands and options)")
    .enablePositionalOptions()
    .addHelpText(
      "after",
      `\nExit status, of all repositories the worst:\n${lines.join("\n")}\n  3 is also a repository that cannot be harvested, or not now: nothing of it was imported.`,
    );
  harvestCommand(program, to, done);
  askingCommands(program, to, done);
  return program;
}

function harvestCommand(program: Command, to: Console, done: Done): void {
  program.argument(
    "[config]",
    "the configuration; etc/OAI-PMH-importer.conf of the working directory if absent",
  );
  configOptions(program);
  program
    .option("--repository <name>", "harvest this one alone (repeatable)", collect)
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
    .option("--summary <file>", "write the totals as JSON")
    .option("--progress", "show progress even if standard error is no terminal")
    .option("--no-progress", "never show progress")
    .option("--quiet", "print nothing but errors")
    .action(async (config: string | undefined, flags: HarvestFlags) => {
      const { harvest } = await import("./harvest-command.js");
      done(await harvest(config, flags, to));
    });
}

function askingCommands(program: Command, to: Console, done: Done): void {
  for (const [name, description] of [
    ["identify", "print what a repository says of itself"],
    ["sets", "list the sets of a repository"],
    ["formats", "list the metadata formats of a repository"],
  ] as const) {
    configOptions(program.command(name).description(description))
      .argument("<repository>", "its name in harvest_list")
      .argument("[config]", "the configuration")
      .action(async (repository: string, config: string | undefined, flags: AskFlags) => {
        const { ask } = await import("./harvest-ask.js");
        done(await ask(name, { repository, config }, flags, to));
      });
  }
  configOptions(
    program
      .command("check")
      .description("check a configuration and print its effective settings; nobody is asked"),
  )
    .argument("[config]", "the configuration")
    .option("--verbose", "also the settings that are not stated")
    .option("--strict", "exit status 2 if anything looks like a mistake")
    .action(async (config: string | undefined, flags: AskFlags) => {
      const { check } = await import("./harvest-check.js");
      done(check(config, flags, to));
    });
  configOptions(
    program
      .command("explain")
      .description(
        "show how a record of a repository is mapped, matched and decided, step by step; changes nothing",
      ),
  )
    .argument("<repository>", "its name in harvest_list")
    .argument("<identifier>", "the identifier of the record, as the log has it")
    .argument("[config]", "the configuration")
    .option("--offline", "look for it in the pages that are kept, and ask nobody")
    .option("--fresh", "ask the repository for it, even if a kept page has it")
    .option("--field <name>", "only this record field")
    .option(
      "--json",
      "for machines: one object, with the keys of MARC_import explain and `harvest`",
    )
    .action(
      async (
        repository: string,
        identifier: string,
        config: string | undefined,
        flags: HarvestExplainFlags,
      ) => {
        const { explainRecord } = await import("./harvest-explain.js");
        done(await explainRecord({ repository, identifier, config }, flags, to));
      },
    );
  configOptions(
    program.command("status").description("print how far each repository has been imported"),
  )
    .argument("[config]", "the configuration")
    .action(async (config: string | undefined, flags: AskFlags) => {
      const { status } = await import("./harvest-books.js");
      done(await status(config, flags, to));
    });
  configOptions(
    program
      .command("forget")
      .description(
        "forget how far a repository has been imported: the next harvest asks for everything; rows stay",
      ),
  )
    .argument("<repository>", "its name in harvest_list")
    .argument("[config]", "the configuration")
    .action(async (repository: string, config: string | undefined, flags: AskFlags) => {
      const { forget } = await import("./harvest-books.js");
      done(await forget(repository, config, flags, to));
    });
  configOptions(program.command("runs").description("list past harvests and their outcomes"))
    .argument("[config]", "the configuration")
    .action(async (config: string | undefined, flags: AskFlags) => {
      const { runs } = await import("./harvest-books.js");
      done(await runs(config, flags, to));
    });
  configOptions(
    program
      .command("undo")
      .description(
        "take a harvest back, and the position with it; rows touched since are left, and named",
      ),
  )
    .argument("<run>", "the name of the run, as `runs` lists it")
    .argument("[config]", "the configuration")
    .option("--dry-run", "name the rows that would be taken back or left, and change nothing")
    .option("--force", "take back also rows that a later run or somebody else has touched")
    .option("--wait <seconds>", "wait for another run to finish", wholeNumber, 0)
    .action(async (run: string, config: string | undefined, flags: AskFlags) => {
      const { undo } = await import("./harvest-books.js");
      done(await undo(run, config, flags, to));
    });
}

function configOptions(command: Command): Command {
  return command
    .option("--database <path>", "another database than the configuration's")
    .option("--log-dir <dir>", "another log directory than the configuration's")
    .option(
      "--verbosity <0..5>",
      "how much is logged: 0 nothing, 3 normal, 5 everything",
      verbosity,
    )
    .option("--set <section.key=value>", "set one key, over the file (repeatable)", collect);
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value))
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return Number(value);
}

function verbosity(value: string): number {
  if (!/^[0-5]$/.test(value)) throw new InvalidArgumentError("It must be 0, 1, 2, 3, 4 or 5.");
  return Number(value);
}

function date(value: string): string {
  if (/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(value) && !Number.isNaN(Date.parse(value)))
    return value;
  throw new InvalidArgumentError(
    "It must be a date such as 2026-01-31 or 2026-01-31T00:00:00Z (UTC).",
  );
}
