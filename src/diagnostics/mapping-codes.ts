/** M5xx: findings of the mapping. The record is kept; what is named here is missing from its row. */

import type { CodeEntry } from "./code-entry.js";

export const MAPPING_CODES = [
  {
    code: "M501",
    name: "no-foreign-id",
    severity: "warning",
    message: "none of the foreign id fields holds anything, a digest of the content stands in",
    advice:
      "Name a field that identifies every record in foreign_id_fields or [foreign_id]; while the digest stands in, a corrected record counts as a new one.",
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
  {
    code: "M506",
    name: "transaction-date-not-valid",
    severity: "warning",
    message: "005 holds no date, or one that cannot be, and counts as missing for skip_older",
    advice:
      "Have the supplier write yyyymmddhhmmss.f (ISO 8601 is read, too): a record without a date is never skipped, and one that comes later never against it.",
  },
  {
    code: "M507",
    name: "title-in-other-kind",
    severity: "warning",
    message:
      "the record was left out by record_types, though it has a title (245) like a bibliographic one: leader/06 may be wrong",
    advice:
      "Look at the record; if it describes a resource, have leader/06 corrected (a for text), or name the kind in record_types.",
  },
] as const satisfies readonly CodeEntry[];
