/** `MARC_import serve CONFIG`: the answers of `want` over HTTP, and a page for the desk. */

import { statSync } from "node:fs";
import { LISTEN, type ListenAddress } from "../config/job/want.js";
import { ValueError } from "../config/language/problems.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { serve as listen } from "../serving/http-server.js";
import { type Ask, WantEndpoint } from "../serving/want-endpoint.js";
import { openLookup } from "../store/open.js";
import type { LookupView } from "../store/port.js";
import { Answerer } from "../wanting/answer.js";
import { askedColumns } from "../wanting/asked-columns.js";
import { lookupRemarks, needSecondLimit } from "./asking.js";
import type { Console } from "./console.js";
import { reportFailure } from "./failures.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { nextSignal } from "./signals.js";

export interface ServeFlags extends ConfigFlags {
  readonly listen?: string;
  readonly quiet?: boolean;
}

/** Serves until a signal comes. */
export async function serve(path: string, flags: ServeFlags, to: Console): Promise<number> {
  const config = loadConfiguration(path, flags, to);
  const at = flags.listen === undefined ? config.want.listen : addressOf(flags.listen, to.cwd);
  const view = await openLookup(config, askedColumns(config.want));
  try {
    mustBeLive(view, config.database.path);
    const endpoint = new WantEndpoint(config, asking(config, view, to));
    const running = await listen(at, {
      reply: (method, target) => endpoint.reply(method, target),
      log: (line) => {
        if (!flags.quiet) to.out(`${new Date().toISOString()} ${line}`);
      },
      failed: (error) => reportFailure(error, to),
    });
    for (const remark of lookupRemarks(config, view)) to.error(`MARC_import: ${remark}`);
    if (!isLoopback(at.host)) {
      to.error(
        `MARC_import: anybody who reaches ${at.host} may ask, without a password; a web server before it can ask for one`,
      );
    }
    to.error(`MARC_import: listening at ${running.address}`);
    await nextSignal();
    await running.close();
    return EXIT.done;
  } finally {
    view.close();
  }
}

function addressOf(text: string, cwd: string): ListenAddress {
  try {
    return LISTEN.parse(text, { base: cwd, fields: [], sections: [] });
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new Failure("usage", `--listen: ${error.problem}`, `Write ${error.allowed}.`);
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

/** Answers must follow the imports; a copy would not. */
function mustBeLive(view: LookupView, path: string): void {
  if (!view.isCopy) return;
  throw new Failure(
    "read-only",
    `${path}: this account can read it in a copy alone, which would not follow what is imported`,
    'Write journal = "delete" in [Database], or serve as an account that may write beside it.',
  );
}

/** Asks the database as it is; one that was replaced is opened anew by the next start alone. */
function asking(config: MarcConfig, { lookup }: LookupView, to: Console): Ask {
  const answerer = new Answerer(config, lookup);
  const limited = needSecondLimit(config, answerer.working, to.cwd);
  const { path } = config.database;
  const opened = statSync(path).ino;
  return (question, options) => {
    if (statSync(path, { throwIfNoEntry: false })?.ino !== opened) {
      throw new Failure(
        "gone",
        `${path}: was removed or replaced`,
        "Start the server again; until then nothing is answered.",
      );
    }
    return limited(() => answerer.answer([question], options))[0];
  };
}
