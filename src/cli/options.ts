/** What the command lines of both programs have alike: the program itself, shared options, values of options. */

import { Command, InvalidArgumentError } from "commander";
import { version } from "../diagnostics/version.js";
import type { Console } from "./console.js";

/** What each command is given. */
export interface CommandParts {
  readonly to: Console;
  /** Takes the exit status. */
  done(status: number): void;
}

/** Values of the options of every command that reads a configuration. */
export interface SharedFlags {
  readonly database?: string;
  readonly logDir?: string;
  readonly verbosity?: number;
  readonly set?: readonly string[];
}

/** A program that prints where it is told to, and throws where it would exit. */
export function newProgram(name: string, to: Console): Command {
  return new Command(name)
    .helpCommand("help [command]", "show the options of a command")
    .version(version(), "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => to.out(text.replace(/\n$/, "")),
      writeErr: (text) => to.error(text.replace(/\n$/, "")),
    })
    .showHelpAfterError(`(${name} --help lists commands and options)`)
    .enablePositionalOptions();
}

/** Adds the options of every command that reads a configuration. */
export function configOptions(command: Command): Command {
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

/** Adds the options of what tells of its progress on a terminal. */
export function progressOptions(command: Command): Command {
  return command
    .option("--progress", "show progress even if standard error is no terminal")
    .option("--no-progress", "never show progress")
    .option("--quiet", "print nothing but errors");
}

/** Adds the options of `undo`. */
export function undoOptions(command: Command): Command {
  return command
    .option("--dry-run", "name the rows that would be taken back or left, and change nothing")
    .option("--force", "take back also rows that a later run or somebody else has touched")
    .option("--wait <seconds>", "wait for another run to finish", wholeNumber, 0)
    .addHelpText("after", "\nExit status 1 says that rows were left as they are.");
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** @throws InvalidArgumentError for what is no number */
export function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value))
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  return Number(value);
}

/** @throws InvalidArgumentError for 0, and what is no number */
export function oneOrMore(value: string): number {
  const number = wholeNumber(value);
  if (number === 0) throw new InvalidArgumentError("It must be 1 or more.");
  return number;
}

function verbosity(value: string): number {
  if (!/^[0-5]$/.test(value)) throw new InvalidArgumentError("It must be 0, 1, 2, 3, 4 or 5.");
  return Number(value);
}
