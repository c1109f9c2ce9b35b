/** The commands that hand on what is held: answers, and records for others. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { EXPORT_FORMATS, type ExportFlags, exportAs } from "./export-command.js";
import { type CommandParts, configOptions } from "./options.js";
import type { ServeFlags } from "./serve-command.js";
import type { WantFlags } from "./want-command.js";

const FORMATS = ["text", "tsv", "json"];

/** Adds `want`, `serve` and `export` to the program. */
export function askingCommands(program: Command, parts: CommandParts): void {
  wantCommand(program, parts);
  serveCommand(program, parts);
  exportCommand(program, parts);
}

function wantCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("want")
      .description("say of each ISBN whether a copy of the book is wanted, by what is held")
      .argument("<config>", "the configuration of a job; [Want] says what is held by whom")
      .argument("[isbn...]", "ISBNs, with or without hyphens")
      .option("--file <file>", "a list with one number a line; - is standard input")
      .addOption(
        new Option(
          "--format <format>",
          "how answers are written; text on a terminal, else tsv, one line for each line of the list",
        ).choices(FORMATS),
      )
      .option("--debug", "with --format json: also the rows, the keys and the times")
      .option("--weeding", "the copy in hand is one of ours: may it go?")
      .option("--ignore-donations", "leave out what was given and has not been worked on")
      .option("--table", "print the decision table, and what the configuration says of it"),
  )
    .addHelpText(
      "after",
      "\nExit status 1 says that some numbers were none (-1); what is wanted is in the answers alone.",
    )
    .action(async (config: string, numbers: string[], flags: WantFlags) => {
      const { want } = await import("./want-command.js");
      done(await want(config, numbers, flags, to));
    });
}

function serveCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("serve")
      .description(
        "answer as `want` does over HTTP, with a page for the desk, until a signal ends it",
      )
      .argument("<config>", "the configuration of a job; [Want] says what is held by whom")
      .option(
        "--listen <host:port>",
        "where to listen, over the configuration; port 0 takes a free one",
      )
      .option("--quiet", "print no line for each request"),
  )
    .addHelpText(
      "after",
      "\nSIGTERM and SIGINT finish what is under way; the exit status is 0 then.",
    )
    .action(async (config: string, flags: ServeFlags) => {
      const { serve } = await import("./serve-command.js");
      done(await serve(config, flags, to));
    });
}

function exportCommand(program: Command, { to, done }: CommandParts): void {
  configOptions(
    program
      .command("export")
      .description("write rows of the catalogue as a table or as MARC, or records for Open Library")
      .argument("<config>", "the configuration of a job; its database is read and left as it is")
      .argument("[file...]", "with --format openlibrary: files of MARC records")
      .addOption(
        new Option("--format <format>", "what is written")
          .choices(EXPORT_FORMATS)
          .makeOptionMandatory(),
      )
      .option("-o, --output <file>", "where to write it; standard output if absent")
      .option("--run <run>", "only what this run created or changed; last is one, too")
      .addOption(
        new Option(
          "--chunk <n>",
          "of openlibrary: at most so many lines in a file; OUT.jsonl stands for OUT-0001.jsonl and on",
        ).argParser(linesOfFile),
      )
      .option(
        "--where <expression>",
        "only rows for which an SQL expression over the columns holds, such as \"language = 'eng'\"",
      )
      .option("--columns <names>", "of tables: only these columns, in this order (a,b,c)")
      .option(
        "--join <text>",
        "of tables: lists as their elements with this between them; JSON arrays if absent",
      )
      .option(
        "--refusals <file>",
        "of openlibrary: where to write which records are left out, and why (JSON lines)",
      )
      .addOption(
        new Option(
          "--profile <profile>",
          "of openlibrary: which checks must be passed, over the configuration",
        ).choices(["schema", "server"]),
      ),
  )
    .addHelpText("after", "\nExit status 1 says that some records were left out.")
    .action(async (config: string, files: string[], flags: ExportFlags) => {
      done(await exportAs(config, files, flags, to));
    });
}

function linesOfFile(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}
