/** The commands that look at past runs and take them back. */

import type { Command } from "commander";
import { Failure } from "../diagnostics/failure.js";
import type { DiffFlags } from "./diff-command.js";
import type { ConfigFlags } from "./load.js";
import { type CommandParts, configOptions, undoOptions } from "./options.js";
import type { ReportFlags } from "./report-command.js";
import type { RunsFlags } from "./runs-command.js";
import type { UndoFlags } from "./undo-command.js";
import { runWords } from "./word-order.js";

const RUN =
  "a name that `runs` lists, or last for the last import of the configuration's foreign_source";

/** Adds `runs`, `diff`, `report` and `undo` to the program. */
export function pastRunCommands(program: Command, parts: CommandParts): void {
  runsCommand(program, parts);
  diffCommand(program, parts);
  reportCommand(program, parts);
  undoCommand(program, parts);
}

function runsCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("runs")
      .description("list past runs, or print one run's totals in full; or a page of all sources")
      .argument("<config>", "the configuration of a job")
      .argument("[run...]", `${RUN}; with --html further configurations`)
      .option("--json", "for machines: one object a line, or the one run")
      .option(
        "--html <file>",
        "write a page (HTML) of how each source stands: last success, what is late, counts over time",
      ),
  ).action(async (config: string, rest: string[], flags: RunsFlags & ConfigFlags) => {
    const { printRuns, writeSourcesPage } = await import("./runs-command.js");
    const { loadConfiguration } = await import("./load.js");
    const load = (path: string) => loadConfiguration(path, flags, to);
    if (flags.html !== undefined) {
      done(await writeSourcesPage([config, ...rest].map(load), flags.html, flags, to));
      return;
    }
    const [second, another] = rest;
    if (another !== undefined) refuseMore(another);
    const words = runWords([config, second], "config");
    done(await printRuns(load(words.config ?? config), words.run, flags, to));
  });
}

/** A configuration and a run, whichever comes first. */
function bothWords(
  first: string,
  second: string,
): { readonly config: string; readonly run: string } {
  const { config = first, run = second } = runWords([first, second], "config");
  return { config, run };
}

function refuseMore(another: string): never {
  throw new Failure(
    "usage",
    `${another} is one word too many: runs takes a configuration and at most one run`,
    "Of several configurations --html FILE makes a page.",
  );
}

function diffCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("diff")
      .description("print what a run changed, field by field")
      .argument("<config>", "the configuration of a job")
      .argument("<run>", RUN)
      .option("--json", "for machines: one object a row and line"),
  ).action(async (first: string, second: string, flags: DiffFlags & ConfigFlags) => {
    const { config, run } = bothWords(first, second);
    const { printDiff } = await import("./diff-command.js");
    const { loadConfiguration } = await import("./load.js");
    done(await printDiff(loadConfiguration(config, flags, to), run, flags, to));
  });
}

function reportCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("report")
      .description("write the report page (HTML) of a run")
      .argument("<config>", "the configuration of a job")
      .argument("[run]", RUN)
      .option("--html <file>", "where to write it; standard output if absent"),
  ).action(async (first: string, second: string | undefined, flags: ReportFlags & ConfigFlags) => {
    const { config, run } =
      second === undefined ? { config: first, run: second } : bothWords(first, second);
    const { writeReport } = await import("./report-command.js");
    const { loadConfiguration } = await import("./load.js");
    done(await writeReport(loadConfiguration(config, flags, to), run, flags, to));
  });
}

function undoCommand(program: Command, parts: CommandParts): void {
  const { to, done } = parts;
  undoOptions(
    configOptions(
      program
        .command("undo")
        .description("take a run back; rows touched since are left, and named")
        .argument("<config>", "the configuration of a job")
        .argument("<run>", `${RUN} that still stands`),
    ),
  ).action(async (first: string, second: string, flags: UndoFlags & ConfigFlags) => {
    const { config, run } = bothWords(first, second);
    const { undo } = await import("./undo-command.js");
    const { loadConfiguration } = await import("./load.js");
    done(await undo(loadConfiguration(config, flags, to), run, flags, to));
  });
}
