/** M5xx: findings of the mapping. The record is kept; what is named here is missing from its row. */

import type { CodeEntry } from "./diagnostic.js";

export const MAPPING_CODES: readonly CodeEntry[] = [
  {
    code: "M501",
    name: "no-foreign-id",
    severity: "warning",
    message: "none of the foreign id fields holds anything, a digest of the content stands in",
    advice:
      "Name a field that identifies every record in foreign_id_fields; while the digest stands in, a corrected record counts as a new one.",
  },
  {
    code: "M502",
    name: "identifier-not-valid",
    severity: "warning",
    message: "the identifier is not valid and is left out",
    advice:
      "Correct the number in the source catalogue, or let the rule leave out the subfields of cancelled numbers (usually $z).",
  },
  {
    code: "M503",
    name: "url-not-usable",
    severity: "warning",
    message: "the text is not a URL and is left out",
    advice:
      "Correct the field in the source catalogue, or turn it into a URL with a substitution in the SearchField.",
  },
  {
    code: "M504",
    name: "more-than-a-url",
    severity: "warning",
    message:
      "something stands behind the URL: a second URL is taken apart, a note is kept and makes a dead link",
    advice:
      "Put each URL into a $u of its own and notes into $z; a substitution such as /\\ .*// cuts off what follows a blank.",
  },
];
