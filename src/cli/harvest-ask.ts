/** What a repository says of itself, printed: `identify`, `sets`, `formats`. */

import type { HarvestSettings } from "../config/harvest/harvest-config.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { askSmallPages } from "../harvest/ask-repository.js";
import { errorsText, hasNoSets } from "../harvest/envelope.js";
import { partsOf, textsOf } from "../harvest/markup.js";
import { webSettings } from "../harvest/web-settings.js";
import { WebClient } from "../web/client.js";
import type { Console } from "./console.js";
import { loadHarvests, repositoryNamed } from "./harvest-configuration.js";
import type { SharedFlags } from "./options.js";

const VERBS = { identify: "Identify", sets: "ListSets", formats: "ListMetadataFormats" } as const;
const SHOWN = {
  identify: [
    "repositoryName",
    "baseURL",
    "protocolVersion",
    "adminEmail",
    "earliestDatestamp",
    "deletedRecord",
    "granularity",
    "compression",
  ],
  sets: ["setSpec", "setName"],
  formats: ["metadataPrefix", "metadataNamespace"],
} as const;

/** What a list is of. */
const LISTED = { sets: "set", formats: "metadataFormat" } as const;

/** Asks and prints; gives the exit status. */
export async function ask(
  what: keyof typeof VERBS,
  of: { readonly repository: string; readonly config: string | undefined },
  flags: SharedFlags,
  to: Console,
): Promise<number> {
  const settings = settingsOf(of, flags, to);
  const client = new WebClient(webSettings(settings));
  try {
    const from = { name: of.repository, settings, client };
    let printed = 0;
    for await (const { envelope, document } of askSmallPages(from, VERBS[what])) {
      if (what === "sets" && hasNoSets(envelope)) break;
      if (envelope.verb !== VERBS[what]) {
        const said = errorsText(envelope.errors);
        throw new Failure(
          "repository",
          `${of.repository} answers ${said || "with what is no OAI-PMH"}`,
          "Look at base_url in a browser.",
        );
      }
      printed += print(what, document, to);
    }
    if (what === "sets" && printed === 0) to.error(noSets(of.repository));
    return EXIT.done;
  } finally {
    client.close();
  }
}

function noSets(repository: string): string {
  return `OAI-PMH-importer: ${repository} has no sets; where the configuration names none, everything is harvested`;
}

function settingsOf(
  { repository, config }: { readonly repository: string; readonly config: string | undefined },
  flags: SharedFlags,
  to: Console,
): HarvestSettings {
  return repositoryNamed(loadHarvests(config, flags, to), repository).harvest;
}

/** Prints an answer; gives the number of what it lists. */
function print(what: keyof typeof VERBS, document: string, to: Console): number {
  if (what === "identify") {
    for (const name of SHOWN.identify) {
      for (const text of textsOf(document, name)) to.out(`${name.padEnd(18)} ${printable(text)}`);
    }
    return 1;
  }
  const rows = partsOf(document, LISTED[what]).map((part) => {
    return SHOWN[what].map((name) => printable(textsOf(part, name)[0] ?? ""));
  });
  for (const row of rows) to.out(row.join("\t"));
  return rows.length;
}
