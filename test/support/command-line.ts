/** A command line run in this process, with what it told. */

import { runCommandLine } from "../../src/cli/program.js";

export interface Told {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs a command in a folder, as where no terminal is. */
export async function commandIn(folder: string, ...args: string[]): Promise<Told> {
  const out: string[] = [];
  const error: string[] = [];
  const status = await runCommandLine(args, {
    cwd: folder,
    errorIsTerminal: false,
    out: (text) => out.push(text),
    write: (bytes) => out.push(bytes.toString().replace(/\n$/, "")),
    error: (text) => error.push(text),
  });
  return { status, out: out.join("\n"), error: error.join("\n") };
}
