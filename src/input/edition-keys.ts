/** Keys of Open Library's editions: by them a line of its JSON is known. */

/** Keys that an edition may begin with, and what else stands in one. */
export const EDITION_KEYS: ReadonlySet<string> = new Set([
  ...["title", "subtitle", "by_statement", "source_records", "authors", "publishers"],
  ...["publish_date", "publish_places", "publish_country", "copyright_date", "languages"],
  ...["translated_from", "translation_of", "isbn_10", "isbn_13", "lccn", "oclc_numbers"],
  ...["identifiers", "lc_classifications", "dewey_decimal_class", "edition_name", "pagination"],
  ...["number_of_pages", "physical_format", "physical_dimensions", "series", "work_titles"],
  ...["other_titles", "description", "notes", "table_of_contents", "subjects", "subject_people"],
  ...["subject_places", "subject_times", "links", "location", "contributions", "contributor"],
  ...["key", "ocaid", "last_modified", "type"],
]);

/** What an edition of their dump says of itself there, and nobody else has a use for. */
export const BOOKKEEPING_KEYS: ReadonlySet<string> = new Set([
  ...["works", "revision", "latest_revision", "created", "covers", "classifications"],
]);

const BOOK_KEY = /^\/books\/OL\d+M$/;

/** Whether a value of JSON is an edition, and no record of MARC. */
export function isEdition(value: Readonly<Record<string, unknown>>): boolean {
  if (value.fields !== undefined || value.record !== undefined) return false;
  if (Array.isArray(value.source_records)) return true;
  return typeof value.key === "string" && BOOK_KEY.test(value.key);
}
