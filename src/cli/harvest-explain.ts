/** `OAI-PMH-importer explain [CONFIG] REPOSITORY IDENTIFIER`. */

import { formatLocation, type Location } from "../config/language/problems.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { explainHarvested, type HarvestedFrom } from "../looking/explain-harvested.js";
import { explanationObject } from "../report/explain-json.js";
import { explanationText } from "../report/explain-text.js";
import { styleFor } from "../report/style.js";
import type { Console } from "./console.js";
import { checkField } from "./explain-command.js";
import { loadHarvests, repositoryNamed } from "./harvest-configuration.js";
import type { SharedFlags } from "./options.js";

export interface HarvestExplainFlags extends SharedFlags {
  readonly offline?: boolean;
  readonly fresh?: boolean;
  readonly json?: boolean;
  readonly field?: string;
}

/** Explains one record of a repository. */
export async function explainRecord(
  of: {
    readonly repository: string;
    readonly identifier: string;
    readonly config: string | undefined;
  },
  flags: HarvestExplainFlags,
  to: Console,
): Promise<number> {
  const repository = repositoryNamed(loadHarvests(of.config, flags, to), of.repository);
  checkField(repository, flags.field);
  const identifier = of.identifier.trim();
  const told = await explainHarvested({ repository, identifier, from: fromOf(flags) });
  const place = (at: Location) => formatLocation(at, to.cwd);
  const style = styleFor(to.outIsTerminal ?? false);
  to.out(
    flags.json
      ? JSON.stringify(explanationObject(told, place))
      : explanationText(told, { style, place, field: flags.field ?? null }),
  );
  return EXIT.done;
}

function fromOf({ offline, fresh }: HarvestExplainFlags): HarvestedFrom {
  if (offline && fresh) {
    throw new Failure(
      "usage",
      "--offline and --fresh contradict each other",
      "Give one of them; without any, the record is asked for only where no kept page has it.",
    );
  }
  return offline ? "pages" : fresh ? "repository" : "anywhere";
}
