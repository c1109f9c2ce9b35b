/** What is kept of each record where descriptions are compared. */

import type { MarcRecord } from "../../marc/marc-record.js";
import { describe } from "../../matching/evidence/describe.js";
import { packDescription } from "../../matching/evidence/packed.js";
import { describedTexts } from "./described-texts.js";

export class DescriptionEvidence {
  /** The description of a MARC 21 record, as it is kept beside its row. */
  of(record: MarcRecord): string {
    const { diagnostics } = record;
    const told = diagnostics.length;
    const kept = packDescription(describe(describedTexts(record)));
    // Texts are read again for it: what their decoding finds was told before.
    diagnostics.length = told;
    return kept;
  }
}
