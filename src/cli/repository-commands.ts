/** The commands of OAI-PMH-importer besides the harvest itself. */

import type { Command } from "commander";
import { Failure } from "../diagnostics/failure.js";
import type { DiffFlags } from "./diff-command.js";
import type { HarvestCheckFlags } from "./harvest-check.js";
import type { HarvestExplainFlags } from "./harvest-explain.js";
import type { HarvestRunFlags } from "./harvest-runs.js";
import { type CommandParts, configOptions, type SharedFlags, undoOptions } from "./options.js";
import type { ReportFlags } from "./report-command.js";
import type { RunsFlags } from "./runs-command.js";
import type { UndoFlags } from "./undo-command.js";
import { configAndWords, type RunWords, runWords } from "./word-order.js";

const CONFIG = "the configuration; etc/OAI-PMH-importer.conf if none is named";
const REPOSITORY = "its name in harvest_list";
const RUN = "a name that `runs` lists, or last for the last harvest of any repository that stands";

const ONE_REPOSITORY = "[config] <repository>";
const ONE_RECORD = "[config] <repository> <identifier>";
const ONE_RUN = "[config] <run>";

/** One word of the command line, if it is there. */
type Word = string | undefined;

/** @throws Failure (2) where words are missing */
function wanted(words: readonly string[], usage: string, count: number): readonly string[] {
  refuseAddress(words[0]);
  if (words.length === count) return words;
  throw new Failure(
    "usage",
    `${usage.slice(0, usage.indexOf(" "))} is missing a word`,
    `Its words are: OAI-PMH-importer ${usage}`,
  );
}

/** @throws Failure (2) for an address where the name of a repository belongs */
function refuseAddress(word: Word): void {
  if (word === undefined || !/^https?:\/\//i.test(word)) return;
  throw new Failure(
    "usage",
    `${word} is an address; a repository is named as in harvest_list`,
    "Write the address as base_url of a repository into a configuration: docs/harvesting.md begins with a small one.",
  );
}

/** Adds `identify`, `sets`, `formats`, `check`, `explain`, `status` and `forget`. */
export function repositoryCommands(program: Command, parts: CommandParts): void {
  const { to, done } = parts;
  for (const [name, description] of [
    ["identify", "print what a repository says of itself"],
    ["sets", "list the sets of a repository"],
    ["formats", "list the metadata formats of a repository"],
  ] as const) {
    configOptions(program.command(name).description(description))
      .usage(`[options] ${ONE_REPOSITORY}`)
      .argument("[config]", CONFIG)
      .argument("[repository]", REPOSITORY)
      .action(async (first: Word, second: Word, flags: SharedFlags) => {
        const { config, others } = configAndWords([first, second], 1, to.cwd);
        const [repository] = wanted(others, `${name} ${ONE_REPOSITORY}`, 1);
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
    .usage(`[options] ${ONE_REPOSITORY}`)
    .argument("[config]", CONFIG)
    .argument("[repository]", REPOSITORY)
    .action(async (first: Word, second: Word, flags: SharedFlags) => {
      const { config, others } = configAndWords([first, second], 1, to.cwd);
      const [repository] = wanted(others, `forget ${ONE_REPOSITORY}`, 1);
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
    .usage(`[options] ${ONE_RECORD}`)
    .argument("[config]", CONFIG)
    .argument("[repository]", REPOSITORY)
    .argument("[identifier]", "the identifier of the record, as the log has it")
    .option("--offline", "look for it in the pages that are kept, and ask nobody")
    .option("--fresh", "ask the repository for it, even if a kept page has it")
    .option("--field <name>", "only this record field")
    .option(
      "--json",
      "for machines: one object, with the keys of MARC_import explain and `harvest`",
    )
    .action(async (first: Word, second: Word, third: Word, flags: HarvestExplainFlags) => {
      const { config, others } = configAndWords([first, second, third], 2, to.cwd);
      const [repository, identifier] = wanted(others, `explain ${ONE_RECORD}`, 2);
      const { explainRecord } = await import("./harvest-explain.js");
      done(await explainRecord({ repository, identifier, config }, flags, to));
    });
}

/** Adds `runs`, `diff`, `report` and `undo`. */
export function pastCommands(program: Command, { to, done }: CommandParts): void {
  const command = (name: string, description: string) =>
    configOptions(program.command(name).description(description)).option(
      "--repository <name>",
      "whose runs last is about",
    );
  const jobOf = async (words: RunWords, flags: HarvestRunFlags) => {
    const { repositoryOf } = await import("./harvest-runs.js");
    return await repositoryOf(words, flags, to);
  };
  const oneRun = (name: string, words: readonly Word[]) => {
    const found = runWords(words, "run");
    const [run] = wanted(found.run === undefined ? [] : [found.run], `${name} ${ONE_RUN}`, 1);
    return { config: found.config, run };
  };
  command("runs", "list past harvests, or print the totals of one in full")
    .argument("[config]", CONFIG)
    .argument("[run]", RUN)
    .option("--json", "for machines: one object a line, or the one run")
    .action(async (first: Word, second: Word, flags: RunsFlags & HarvestRunFlags) => {
      const words = runWords([first, second], "config");
      const { printRuns } = await import("./runs-command.js");
      done(await printRuns(await jobOf(words, flags), words.run, flags, to));
    });
  command("diff", "print what a harvest changed, field by field")
    .usage(`[options] ${ONE_RUN}`)
    .argument("[config]", CONFIG)
    .argument("[run]", RUN)
    .option("--json", "for machines: one object a row and line")
    .action(async (first: Word, second: Word, flags: DiffFlags & HarvestRunFlags) => {
      const words = oneRun("diff", [first, second]);
      const { printDiff } = await import("./diff-command.js");
      done(await printDiff(await jobOf(words, flags), words.run, flags, to));
    });
  command("report", "write the report page (HTML) of a harvest")
    .usage(`[options] ${ONE_RUN}`)
    .argument("[config]", CONFIG)
    .argument("[run]", RUN)
    .option("--html <file>", "where to write it; standard output if absent")
    .action(async (first: Word, second: Word, flags: ReportFlags & HarvestRunFlags) => {
      const words = oneRun("report", [first, second]);
      const { writeReport } = await import("./report-command.js");
      done(await writeReport(await jobOf(words, flags), words.run, flags, to));
    });
  undoOptions(
    command(
      "undo",
      "take a harvest back, and the position with it; rows touched since are left, and named",
    ),
  )
    .usage(`[options] ${ONE_RUN}`)
    .argument("[config]", CONFIG)
    .argument("[run]", RUN)
    .action(async (first: Word, second: Word, flags: UndoFlags & HarvestRunFlags) => {
      const words = oneRun("undo", [first, second]);
      const { undo } = await import("./undo-command.js");
      done(await undo(await jobOf(words, flags), words.run, flags, to));
    });
}
