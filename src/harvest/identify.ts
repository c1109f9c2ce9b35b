/** What a repository says of itself. */

import { type Askable, askSmall, repositoryFailure } from "./ask-repository.js";
import { errorsText } from "./envelope.js";
import { textsOf } from "./markup.js";
import { DAY_MS, type Granularity, readDate, readGranularity } from "./oai-dates.js";

export interface Identity {
  readonly name: string;
  /** As stated, "" for none. */
  readonly baseUrl: string;
  readonly granularity: Granularity;
  /** `no`, `transient` or `persistent`; "" where it is not stated. */
  readonly deletedRecord: string;
  /** As stated, null for none that can be read. */
  readonly earliest: string | null;
  /** Milliseconds since 1970, by the repository's clock. */
  readonly responseDate: number;
  /** Whether it told its clock. */
  readonly isDated: boolean;
}

interface IdentifyParts extends Askable {
  readonly now: () => number;
}

/** @throws Failure where it is no repository, or does not answer */
export async function identify(parts: IdentifyParts): Promise<Identity> {
  const { envelope, document, answer } = await askSmall(parts, { verb: "Identify" });
  if (envelope.verb !== "Identify") {
    const said = errorsText(envelope.errors);
    const what =
      answer.status >= 400 && said === ""
        ? `the repository answers with HTTP ${answer.status}`
        : said === ""
          ? "what answers at base_url is no OAI-PMH repository"
          : `the repository answers ${said}`;
    throw repositoryFailure(
      parts.name,
      what,
      "Look at base_url in a browser with ?verb=Identify behind it.",
    );
  }
  const first = (name: string): string => textsOf(document, name)[0] ?? "";
  const said = readDate(envelope.responseDate);
  const earliest = first("earliestDatestamp");
  return {
    name: first("repositoryName"),
    baseUrl: first("baseURL"),
    granularity: readGranularity(first("granularity")),
    deletedRecord: first("deletedRecord").toLowerCase(),
    earliest: readDate(earliest) === null ? null : earliest,
    responseDate: said ?? parts.now() - DAY_MS,
    isDated: said !== null,
  };
}
