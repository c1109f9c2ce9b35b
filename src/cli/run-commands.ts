/** The commands that look at past runs and take them back. */

import type { Command } from "commander";
import type { Console } from "./console.js";
import type { DiffFlags } from "./diff-command.js";
import type { ReportFlags } from "./report-command.js";
import type { RunsFlags } from "./runs-command.js";
import type { UndoFlags } from "./undo-command.js";

/** What the commands share with the rest of the program's command line. */
export interface CommandParts {
  readonly to: Console;
  /** Takes the exit status. */
  done(status: number): void;
  /** Adds the options of every command that reads a configuration. */
  configOptions(command: Command): Command;
  /** Reads a number of an option. */
  wholeNumber(value: string): number;
}

const RUN =
  "a name that `runs` lists, or last for the last import of the configuration's foreign_source";

/** Adds `runs`, `diff`, `report` and `undo` to the program. */
export function runCommands(program: Command, parts: CommandParts): void {
  runsCommand(program, parts);
  diffCommand(program, parts);
  reportCommand(program, parts);
  undoCommand(program, parts);
}

function runsCommand(program: Command, { to, done, configOptions }: CommandParts): void {
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
  ).action(async (config: string, rest: string[], flags: RunsFlags) => {
    const { printRuns } = await import("./runs-command.js");
    done(await printRuns(config, rest, flags, to));
  });
}

function diffCommand(program: Command, { to, done, configOptions }: CommandParts): void {
  configOptions(
    program
      .command("diff")
      .description("print what a run changed, field by field")
      .argument("<config>", "the configuration of a job")
      .argument("<run>", RUN)
      .option("--json", "for machines: one object a row and line"),
  ).action(async (config: string, run: string, flags: DiffFlags) => {
    const { printDiff } = await import("./diff-command.js");
    done(await printDiff(config, run, flags, to));
  });
}

function reportCommand(program: Command, { to, done, configOptions }: CommandParts): void {
  configOptions(
    program
      .command("report")
      .description("write the report page (HTML) of a run")
      .argument("<config>", "the configuration of a job")
      .argument("[run]", RUN)
      .option("--html <file>", "where to write it; standard output if absent"),
  ).action(async (config: string, run: string | undefined, flags: ReportFlags) => {
    const { writeReport } = await import("./report-command.js");
    done(await writeReport(config, run, flags, to));
  });
}

function undoCommand(program: Command, parts: CommandParts): void {
  const { to, done, configOptions, wholeNumber } = parts;
  configOptions(
    program
      .command("undo")
      .description("take a run back; rows touched since are left, and named")
      .argument("<config>", "the configuration of a job")
      .argument("<run>", `${RUN} that still stands`)
      .option("--dry-run", "name the rows that would be taken back or left, and change nothing")
      .option("--force", "take back also rows that a later run or somebody else has touched")
      .option("--wait <seconds>", "wait for another run to finish", wholeNumber, 0),
  )
    .addHelpText("after", "\nExit status 1 says that rows were left as they are.")
    .action(async (config: string, run: string, flags: UndoFlags) => {
      const { undo } = await import("./undo-command.js");
      done(await undo(config, run, flags, to));
    });
}
