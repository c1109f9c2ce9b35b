/**
 * Every policy with every combination of rows, end to end, written down by hand from the rules.
 *
 * One record `n Botany` of `vlcrawler` is imported into a database that holds, all titled Botany,
 * several rows of each priority named in the first part of a line:
 *
 * - H: a row of SCP, then two local ones (a merge goes into the elder local one);
 * - S: two rows of vlcrawler (a merge goes into the elder);
 * - L: a row of an unlisted source, then two of afcrawler (a merge goes into the elder of afcrawler);
 * - always a row of another title, which nothing ever changes.
 *
 * The second part holds if the record has no existing row, the third if it has one (E). Each is: the
 * outcome, the rows afterwards (N the created row, `+` behind the rows of which one was merged
 * into), and the outcome of a second run over the same file, which changes nothing.
 */
export const MATRIX = `
KEEP_ALL
  -   | created N, unchanged    | updated E, unchanged
  H   | created HN, unchanged   | updated EH, unchanged
  S   | created SN, unchanged   | updated ES, unchanged
  L   | created LN, unchanged   | updated EL, unchanged
  HS  | created HSN, unchanged  | updated EHS, unchanged
  HL  | created HLN, unchanged  | updated EHL, unchanged
  SL  | created SLN, unchanged  | updated ESL, unchanged
  HSL | created HSLN, unchanged | updated EHSL, unchanged
KEEP_ANY
  -   | created N, unchanged    | updated E, unchanged
  H   | ignored H, ignored      | updated EH, unchanged
  S   | ignored S, ignored      | updated ES, unchanged
  L   | ignored L, ignored      | updated EL, unchanged
  HS  | ignored HS, ignored     | updated EHS, unchanged
  HL  | ignored HL, ignored     | updated EHL, unchanged
  SL  | ignored SL, ignored     | updated ESL, unchanged
  HSL | ignored HSL, ignored    | updated EHSL, unchanged
KEEP_HIGHER
  -   | created N, unchanged    | updated E, unchanged
  H   | ignored H, ignored      | updated EH, unchanged
  S   | created SN, unchanged   | updated ES, unchanged
  L   | created LN, unchanged   | updated EL, unchanged
  HS  | ignored HS, ignored     | updated EHS, unchanged
  HL  | ignored HL, ignored     | updated EHL, unchanged
  SL  | created SLN, unchanged  | updated ESL, unchanged
  HSL | ignored HSL, ignored    | updated EHSL, unchanged
KEEP_HIGHER_OR_SAME
  -   | created N, unchanged    | updated E, unchanged
  H   | ignored H, ignored      | updated EH, unchanged
  S   | ignored S, ignored      | updated ES, unchanged
  L   | created LN, unchanged   | updated EL, unchanged
  HS  | ignored HS, ignored     | updated EHS, unchanged
  HL  | ignored HL, ignored     | updated EHL, unchanged
  SL  | ignored SL, ignored     | updated ESL, unchanged
  HSL | ignored HSL, ignored    | updated EHSL, unchanged
REMOVE_LOWER
  -   | created N, unchanged    | updated E, unchanged
  H   | created HN, unchanged   | updated EH, unchanged
  S   | created SN, unchanged   | updated ES, unchanged
  L   | created N, unchanged    | updated E, unchanged
  HS  | created HSN, unchanged  | updated EHS, unchanged
  HL  | created HN, unchanged   | updated EH, unchanged
  SL  | created SN, unchanged   | updated ES, unchanged
  HSL | created HSN, unchanged  | updated EHS, unchanged
REMOVE_LOWER_KEEP_HIGHER
  -   | created N, unchanged    | updated E, unchanged
  H   | ignored H, ignored      | updated EH, unchanged
  S   | created SN, unchanged   | updated ES, unchanged
  L   | created N, unchanged    | updated E, unchanged
  HS  | ignored HS, ignored     | updated EHS, unchanged
  HL  | ignored HL, ignored     | updated EHL, unchanged
  SL  | created SN, unchanged   | updated ES, unchanged
  HSL | ignored HSL, ignored    | updated EHSL, unchanged
REPLACE
  -   | created N, unchanged    | updated E, unchanged
  H   | created N, unchanged    | updated E, unchanged
  S   | created N, unchanged    | updated E, unchanged
  L   | created N, unchanged    | updated E, unchanged
  HS  | created N, unchanged    | updated E, unchanged
  HL  | created N, unchanged    | updated E, unchanged
  SL  | created N, unchanged    | updated E, unchanged
  HSL | created N, unchanged    | updated E, unchanged
MERGE
  -   | created N, unchanged    | updated E, unchanged
  H   | merged H+, unchanged    | updated EH, unchanged
  S   | merged S+, unchanged    | updated ES, unchanged
  L   | merged L+, unchanged    | updated EL, unchanged
  HS  | merged H+S, unchanged   | updated EHS, unchanged
  HL  | merged H+L, unchanged   | updated EHL, unchanged
  SL  | merged S+L, unchanged   | updated ESL, unchanged
  HSL | merged H+SL, unchanged  | updated EHSL, unchanged
MERGE_INTO_HIGHER
  -   | created N, unchanged    | updated E, unchanged
  H   | merged H+, unchanged    | updated EH, unchanged
  S   | created SN, unchanged   | updated ES, unchanged
  L   | created LN, unchanged   | updated EL, unchanged
  HS  | merged H+S, unchanged   | updated EHS, unchanged
  HL  | merged H+L, unchanged   | updated EHL, unchanged
  SL  | created SLN, unchanged  | updated ESL, unchanged
  HSL | merged H+SL, unchanged  | updated EHSL, unchanged
UPDATE_ONLY
  -   | ignored -, ignored      | updated E, unchanged
  H   | ignored H, ignored      | updated EH, unchanged
  S   | ignored S, ignored      | updated ES, unchanged
  L   | ignored L, ignored      | updated EL, unchanged
  HS  | ignored HS, ignored     | updated EHS, unchanged
  HL  | ignored HL, ignored     | updated EHL, unchanged
  SL  | ignored SL, ignored     | updated ESL, unchanged
  HSL | ignored HSL, ignored    | updated EHSL, unchanged
`;

/** The rows of each letter, in the notation of the written scenarios. */
export const CAST: Readonly<Record<string, readonly string[]>> = {
  H: ["11 SCP:h1 Botany ;old;", "12 - Botany ;old;", "13 - Botany ;old;"],
  S: ["21 vlcrawler:s1 Botany ;old;", "22 vlcrawler:s2 Botany ;old;"],
  L: [
    "31 stranger:l1 Botany ;old;",
    "32 afcrawler:l2 Botany ;old;",
    "33 afcrawler:l3 Botany ;old;",
  ],
  E: ["41 vlcrawler:n Botanics ;old;"],
};

/** The same after the run where the record was merged in (`H+`), refreshed (E) or created (N). */
export const CAST_AFTERWARDS: Readonly<Record<string, readonly string[]>> = {
  "H+": ["11 SCP:h1 Botany ;old;", "12 - Botany ;old;n;", "13 - Botany ;old;"],
  "S+": ["21 vlcrawler:s1 Botany ;old;n;", "22 vlcrawler:s2 Botany ;old;"],
  "L+": [
    "31 stranger:l1 Botany ;old;",
    "32 afcrawler:l2 Botany ;old;n;",
    "33 afcrawler:l3 Botany ;old;",
  ],
  E: ["41 vlcrawler:n Botany ;n;"],
  N: ["new vlcrawler:n Botany ;n;"],
};

export const BYSTANDER = "99 SCP:z Zoology ;old;";
