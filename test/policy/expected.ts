/** The policies, written down by hand like all that is expected of them. */
export const POLICIES = [
  "KEEP_ALL",
  "KEEP_ANY",
  "KEEP_HIGHER",
  "KEEP_HIGHER_OR_SAME",
  "REMOVE_LOWER",
  "REMOVE_LOWER_KEEP_HIGHER",
  "REPLACE",
  "MERGE",
  "MERGE_INTO_HIGHER",
  "UPDATE_ONLY",
] as const;
export type PolicyName = (typeof POLICIES)[number];

/**
 * What every policy must do in every situation, written down by hand from the rules.
 *
 * A line is: the duplicates found (H higher, S same, L lower priority; `-` none), what becomes of a
 * record without an existing row, what becomes of one that has an existing row. `del X` lists the
 * priorities whose duplicates are deleted, `merge X` the priority that is merged into.
 */
export const EXPECTED = `
KEEP_ALL
  -    | create           | refresh
  H    | create           | refresh
  S    | create           | refresh
  L    | create           | refresh
  HS   | create           | refresh
  HL   | create           | refresh
  SL   | create           | refresh
  HSL  | create           | refresh
KEEP_ANY
  -    | create           | refresh
  H    | ignore           | refresh
  S    | ignore           | refresh
  L    | ignore           | refresh
  HS   | ignore           | refresh
  HL   | ignore           | refresh
  SL   | ignore           | refresh
  HSL  | ignore           | refresh
KEEP_HIGHER
  -    | create           | refresh
  H    | ignore           | refresh
  S    | create           | refresh
  L    | create           | refresh
  HS   | ignore           | refresh
  HL   | ignore           | refresh
  SL   | create           | refresh
  HSL  | ignore           | refresh
KEEP_HIGHER_OR_SAME
  -    | create           | refresh
  H    | ignore           | refresh
  S    | ignore           | refresh
  L    | create           | refresh
  HS   | ignore           | refresh
  HL   | ignore           | refresh
  SL   | ignore           | refresh
  HSL  | ignore           | refresh
REMOVE_LOWER
  -    | create           | refresh
  H    | create           | refresh
  S    | create           | refresh
  L    | create, del L    | refresh, del L
  HS   | create           | refresh
  HL   | create, del L    | refresh, del L
  SL   | create, del L    | refresh, del L
  HSL  | create, del L    | refresh, del L
REMOVE_LOWER_KEEP_HIGHER
  -    | create           | refresh
  H    | ignore           | refresh
  S    | create           | refresh
  L    | create, del L    | refresh, del L
  HS   | ignore           | refresh
  HL   | ignore           | refresh
  SL   | create, del L    | refresh, del L
  HSL  | ignore           | refresh
REPLACE
  -    | create           | refresh
  H    | create, del H    | refresh, del H
  S    | create, del S    | refresh, del S
  L    | create, del L    | refresh, del L
  HS   | create, del HS   | refresh, del HS
  HL   | create, del HL   | refresh, del HL
  SL   | create, del SL   | refresh, del SL
  HSL  | create, del HSL  | refresh, del HSL
MERGE
  -    | create           | refresh
  H    | merge H          | refresh
  S    | merge S          | refresh
  L    | merge L          | refresh
  HS   | merge H          | refresh
  HL   | merge H          | refresh
  SL   | merge S          | refresh
  HSL  | merge H          | refresh
MERGE_INTO_HIGHER
  -    | create           | refresh
  H    | merge H          | refresh
  S    | create           | refresh
  L    | create           | refresh
  HS   | merge H          | refresh
  HL   | merge H          | refresh
  SL   | create           | refresh
  HSL  | merge H          | refresh
UPDATE_ONLY
  -    | ignore           | refresh
  H    | ignore           | refresh
  S    | ignore           | refresh
  L    | ignore           | refresh
  HS   | ignore           | refresh
  HL   | ignore           | refresh
  SL   | ignore           | refresh
  HSL  | ignore           | refresh
`;

/**
 * The same with rows of the same run among the duplicates, marked by a star: `HS*` is a higher
 * duplicate and one of the same priority that the run has already touched.
 */
export const EXPECTED_TOUCHED = `
KEEP_ALL
  H*S*L* | create         | refresh
KEEP_ANY
  S*     | ignore         | refresh
KEEP_HIGHER
  S*     | create         | refresh
  H*     | ignore         | refresh
KEEP_HIGHER_OR_SAME
  S*     | ignore         | refresh
  L*     | create         | refresh
REMOVE_LOWER
  H*     | create         | refresh
  S*     | create         | refresh
  L*     | ignore         | ignore
  S*L    | create, del L  | refresh, del L
  SL*    | ignore         | ignore
  HL*    | ignore         | ignore
  H*S*L  | create, del L  | refresh, del L
REMOVE_LOWER_KEEP_HIGHER
  S*     | create         | refresh
  S*L    | create, del L  | refresh, del L
  L*     | ignore         | ignore
  SL*    | ignore         | ignore
  HL*    | ignore         | refresh
  H*L    | ignore         | refresh
REPLACE
  H*     | ignore         | ignore
  S*     | ignore         | ignore
  L*     | ignore         | ignore
  HS*    | ignore         | ignore
  S*L    | ignore         | ignore
  HSL*   | ignore         | ignore
  H*S*L* | ignore         | ignore
MERGE
  S*     | merge S        | refresh
  H*S*   | merge H        | refresh
MERGE_INTO_HIGHER
  H*     | merge H        | refresh
  S*     | create         | refresh
UPDATE_ONLY
  S*     | ignore         | refresh
`;
