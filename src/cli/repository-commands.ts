/** The commands of OAI-PMH-importer besides the harvest itself. */

import type { Command } from "commander";
import type { DiffFlags } from "./diff-command.js";
import type { HarvestCheckFlags } from "./harvest-check.js";
import type { HarvestExplainFlags } from "./harvest-explain.js";
import type { HarvestRunFlags } from "./harvest-runs.js";
import { type CommandParts, configOptions, type SharedFlags, undoOptions } from "./options.js";
import type { ReportFlags } from "./report-command.js";
import type { RunsFlags } from "./runs-command.js";
import type { UndoFlags } from "./undo-command.js";

const CONFIG = "the configuration";
const REPOSITORY = "its name in harvest_list";
const RUN = "a name that `runs` lists, or last for the last harvest of any repository that stands";

/** Adds `identify`, `sets`, `formats`, `check`, `explain`, `status` and `forget`. */
export function repositoryCommands(program: Command, parts: CommandParts): void {
  const { to, done } = parts;
  for (const [name, description] of [
    ["identify", "print what a repository says of itself"],
    ["sets", "list the sets of a repository"],
    ["formats", "list the metadata formats of a repository"],
  ] as const) {
    configOptions(program.command(name).description(description))
      .argument("<repository>", REPOSITORY)
      .argument("[config]", CONFIG)
      .action(async (repository: string, config: string | undefined, flags: SharedFlags) => {
        const { ask } = await import("./harvest-ask.js");
        done(await ask(name, { repository, config }, flags, to));
      });
  }
  checkCommand(program, parts);
  explainCommand(program, parts);
  configOptions(
    program.command("status").description("print how far each repository has been imported"),
  )
    .argument("[config]", CONFIG)
    .action(async (config: string | undefined, flags: SharedFlags) => {
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
    .argument("<repository>", REPOSITORY)
    .argument("[config]", CONFIG)
    .action(async (repository: string, config: string | undefined, flags: SharedFlags) => {
      const { forget } = await import("./harvest-books.js");
      done(await forget(repository, config, flags, to));
    });
}

function checkCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program.command("check").description("check a configuration and print its effective settings"),
  )
    .argument("[config]", CONFIG)
    .option(
      "--online",
      "also ask each repository what it is and offers; exit status 3 if one cannot be harvested",
    )
    .option("--verbose", "also the settings that are not stated")
    .option("--strict", "exit status 2 if anything looks like a mistake")
    .action(async (config: string | undefined, flags: HarvestCheckFlags) => {
      const { check } = await import("./harvest-check.js");
      done(await check(config, flags, to));
    });
}

function explainCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("explain")
      .description(
        "show how a record of a repository is mapped, matched and decided, step by step; changes nothing",
      ),
  )
    .argument("<repository>", REPOSITORY)
    .argument("<identifier>", "the identifier of the record, as the log has it")
    .argument("[config]", CONFIG)
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
}

/** Adds `runs`, `diff`, `report` and `undo`. */
export function pastCommands(program: Command, { to, done }: CommandParts): void {
  const command = (name: string, description: string) =>
    configOptions(program.command(name).description(description)).option(
      "--repository <name>",
      "whose runs last is about",
    );
  const jobOf = async (
    config: string | undefined,
    run: string | undefined,
    flags: HarvestRunFlags,
  ) => {
    const { repositoryOf } = await import("./harvest-runs.js");
    return await repositoryOf({ config, run }, flags, to);
  };
  command("runs", "list past harvests, or print the totals of one in full")
    .argument("[config]", CONFIG)
    .argument("[run]", RUN)
    .option("--json", "for machines: one object a line, or the one run")
    .action(
      async (
        config: string | undefined,
        run: string | undefined,
        flags: RunsFlags & HarvestRunFlags,
      ) => {
        const { printRuns } = await import("./runs-command.js");
        done(await printRuns(await jobOf(config, run, flags), run, flags, to));
      },
    );
  command("diff", "print what a harvest changed, field by field")
    .argument("<run>", RUN)
    .argument("[config]", CONFIG)
    .option("--json", "for machines: one object a row and line")
    .action(async (run: string, config: string | undefined, flags: DiffFlags & HarvestRunFlags) => {
      const { printDiff } = await import("./diff-command.js");
      done(await printDiff(await jobOf(config, run, flags), run, flags, to));
    });
  command("report", "write the report page (HTML) of a harvest")
    .argument("<run>", RUN)
    .argument("[config]", CONFIG)
    .option("--html <file>", "where to write it; standard output if absent")
    .action(
      async (run: string, config: string | undefined, flags: ReportFlags & HarvestRunFlags) => {
        const { writeReport } = await import("./report-command.js");
        done(await writeReport(await jobOf(config, run, flags), run, flags, to));
      },
    );
  undoOptions(
    command(
      "undo",
      "take a harvest back, and the position with it; rows touched since are left, and named",
    ),
  )
    .argument("<run>", RUN)
    .argument("[config]", CONFIG)
    .action(async (run: string, config: string | undefined, flags: UndoFlags & HarvestRunFlags) => {
      const { undo } = await import("./undo-command.js");
      done(await undo(await jobOf(config, run, flags), run, flags, to));
    });
}
