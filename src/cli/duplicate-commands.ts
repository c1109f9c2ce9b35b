/** The commands on duplicates of what is in the database. */

import type { Command } from "commander";
import { type CommandParts, configOptions, wholeNumber } from "./options.js";
import type { ReviewFlags } from "./review-command.js";
import type { SweepFlags } from "./sweep-command.js";

/** Adds `review` and `sweep` to the program. */
export function duplicateCommands(program: Command, parts: CommandParts): void {
  reviewCommand(program, parts);
  sweepCommand(program, parts);
}

function sweepCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("sweep")
      .description("compare all rows with one another: which are the same, which may be")
      .argument(
        "<config>",
        "the configuration of a job; without --apply its database is left as it is",
      )
      .option("--json", "for machines: one object a line, the totals last")
      .option(
        "--apply",
        "do with rows that are the same what duplicate_policy says; undo takes it back",
      )
      .option("--dry-run", "with --apply: do it on a copy, and print what would be done")
      .option("--wait <seconds>", "with --apply: wait for another run to finish", wholeNumber, 0)
      .option("--summary <file>", "with --apply: write the totals as JSON")
      .option("--report <file>", "with --apply: write a report page (HTML)")
      .option("--quiet", "print nothing but errors"),
  )
    .addHelpText(
      "after",
      "\nOf rows that are the same the one of the highest priority stays, of these the oldest. Pairs that may be the\nsame are for a person: review lists them.",
    )
    .action(async (config: string, flags: SweepFlags) => {
      const { sweepTable } = await import("./sweep-command.js");
      done(await sweepTable(config, flags, to));
    });
}

function reviewCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("review")
      .description("list pairs of rows that may be duplicates, or say which are")
      .argument("<config>", "the configuration of a job")
      .option("--json", "for machines: one object a pair and line")
      .option("--html <file>", "write a page with both rows of each pair side by side")
      .option("--same <record_id...>", "two rows that are the same, by their record_ids")
      .option("--different <record_id...>", "two rows that are not")
      .option(
        "--decisions <file>",
        "a file with a decision on each line: same A B, or different A B",
      )
      .option("--wait <seconds>", "wait for another run to finish", wholeNumber, 0),
  )
    .addHelpText(
      "after",
      "\nWhat is said is remembered for good and later imports obey it; undo takes it back.",
    )
    .action(async (config: string, flags: ReviewFlags) => {
      const { review } = await import("./review-command.js");
      done(await review(config, flags, to));
    });
}
