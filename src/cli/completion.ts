/** Completion for shells, made from the program's own commands, options and configuration keys. */

import type { Command } from "commander";
import { SECTIONS } from "../config/marc/rule-keys.js";
import type { Shell } from "./completion-shells.js";

/** What can be typed behind a command. */
interface Words {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What may stand behind it where that is one of a few words, empty where it is a file or anything. */
  readonly choices: readonly string[];
}

interface OptionWords {
  readonly flag: string;
  readonly description: string;
  /** The values that are allowed, empty where any text or file is. */
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

function wordsOf(command: Command, name: string): Words {
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .flatMap(({ long, description, argChoices = [], required, optional }): OptionWords[] =>
      long == null
        ? []
        : [
            {
              flag: long,
              description,
              choices: long === "--set" ? SETTABLE : argChoices,
              takesValue: required || optional,
            },
          ],
    );
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  return { name, description: command.description(), options, choices };
}

/** `section.key=` for each key that a configuration may have; a blank would part two words. */
const SETTABLE: readonly string[] = Object.entries(SECTIONS)
  .filter(([section]) => !section.includes(" "))
  .flatMap(([section, keys]) => Object.keys(keys).map((key) => `${section}.${key}=`));

/** The script of a shell. */
export function completionScript(shell: Shell, program: Command): string {
  const help = program.createHelp();
  const visible = help.visibleCommands(program);
  const names = visible.map((command) => command.name());
  const commands = visible.map((command) => {
    const words = wordsOf(command, command.name());
    return words.name === "help" ? { ...words, choices: names } : words;
  });
  const own = wordsOf(program, "");
  switch (shell) {
    case "bash":
      return bash(own, commands);
    case "zsh":
      // Zsh loads the file with the first completion, which the last line carries out.
      return `#compdef MARC_import\nautoload -U +X bashcompinit && bashcompinit\n${bash(own, commands)}[ -n "\${compstate+set}" ] && _bash_complete -o filenames -F _MARC_import\n`;
    case "fish":
      return fish(own, commands);
  }
}

const quoted = (text: string) => `'${text.replace(/'/g, "'\\''")}'`;

function bash(own: Words, commands: readonly Words[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const cases = [own, ...commands].map(({ name, options, choices }) => {
    const flags = options.map(({ flag }) => flag).join(" ");
    return `    ${quoted(name)}) flags=${quoted(`${flags} --help`)} choices=${quoted(choices.join(" "))} ;;`;
  });
  const all = [own, ...commands];
  const values = all.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flag, choices }) =>
          `    ${quoted(`${name} ${flag}`)}) _MARC_import_words ${quoted(choices.join(" "))}${flag === "--set" ? "; compopt -o nospace 2>/dev/null" : ""}; return ;;`,
      ),
  );
  return `_MARC_import_words() {
  compopt +o filenames 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}
_MARC_import() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command='' flags='' choices=''
  # Bash splits --option=value at the sign.
  [ "$word" = '=' ] && word=''
  [ "$before" = '=' ] && [ "$COMP_CWORD" -gt 1 ] && before="\${COMP_WORDS[COMP_CWORD-2]}"
  case " ${names} " in *" \${COMP_WORDS[1]} "*) [ "$COMP_CWORD" -gt 1 ] && command="\${COMP_WORDS[1]}" ;; esac
  case "$command $before" in
${values.join("\n")}
  esac
  case "$command" in
${cases.join("\n")}
  esac
  case "$word" in
    -*) _MARC_import_words "$flags"; return ;;
  esac
  if [ -n "$choices" ]; then _MARC_import_words "$choices"; return; fi
  COMPREPLY=($(compgen -f -- "$word"))
  [ "$COMP_CWORD" -eq 1 ] && COMPREPLY+=($(compgen -W ${quoted(names)} -- "$word"))
  return 0
}
complete -o filenames -F _MARC_import MARC_import
`;
}

function fish(own: Words, commands: readonly Words[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const lines = [
    ...commands.map(
      ({ name, description }) =>
        `complete -c MARC_import -n __fish_use_subcommand -a ${quoted(name)} -d ${quoted(description)}`,
    ),
    ...commands
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ name, choices }) =>
          `complete -c MARC_import -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -f -a ${quoted(choices.join(" "))}`,
      ),
    ...[own, ...commands].flatMap(({ name, options }) => {
      const when =
        name === ""
          ? `not __fish_seen_subcommand_from ${names}`
          : `__fish_seen_subcommand_from ${name}`;
      return options.map(({ flag, description, choices, takesValue }) => {
        const values = choices.length > 0 ? ` -f -a ${quoted(choices.join(" "))}` : "";
        const needs = takesValue ? " -r" : "";
        return `complete -c MARC_import -n ${quoted(when)} -l ${flag.slice(2)}${needs}${values} -d ${quoted(description)}`;
      });
    }),
  ];
  return `${lines.join("\n")}\n`;
}
