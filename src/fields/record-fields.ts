/**
 * The record fields: the columns of `record_info` that a mapping may fill, and what each is.
 */

/** How a field's text is stored: plain text, a `;a;b;` list, or a list of normalised identifiers. */
export type FieldKind = "text" | "list" | "isbn" | "issn" | "lccn" | "oclc";

/** One column of `record_info` that holds what a record says. */
export interface RecordField {
  /** Column name, which is also the name of the configuration section that fills it. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Whether the field describes the resource, so that an empty `fields_to_merge` means it too. */
  readonly descriptive: boolean;
  /** Whether a `[section]` of that name may fill it with SearchFields. */
  readonly mappable: boolean;
}

function field(name: string, kind: FieldKind, descriptive = true, mappable = true): RecordField {
  return { name, kind, descriptive, mappable };
}

/** The standard record fields in column order; the bookkeeping columns are not among them. */
export const STANDARD_FIELDS: readonly RecordField[] = [
  field("url", "text"),
  field("title", "text"),
  field("creators", "list"),
  field("contributors", "list"),
  field("publisher", "text"),
  field("edition", "text"),
  field("series", "text"),
  field("publication_date", "text"),
  field("language", "text"),
  field("subjects", "list"),
  field("keywords", "list"),
  field("description", "text"),
  field("categories", "list"),
  field("my_infomine", "list"),
  field("lcc", "list"),
  field("coverage", "list"),
  field("resource_types", "list"),
  field("record_type", "text", false, false),
  field("isbn", "isbn"),
  field("issn", "issn"),
  field("lccn", "lccn"),
  field("oclc_number", "oclc"),
  field("other_urls", "list"),
  field("access", "text"),
  field("restricted_to", "text"),
  field("audience_levels", "list"),
  field("maintainer_email", "text", false),
  field("expert_created", "text", false, false),
  field("remote_user", "text", false, false),
  field("institutional_owner", "list", false),
];

/** The standard record field of a name. */
export function standardField(name: string): RecordField {
  const field = STANDARD_FIELDS.find((candidate) => candidate.name === name);
  if (field === undefined) {
    throw new Error(`there is no standard field ${name}`);
  }
  return field;
}

/** Columns of `record_info` that the program keeps itself; no extra field may take their names. */
export const RESERVED_COLUMNS: readonly string[] = [
  "record_id",
  "foreign_source",
  "foreign_id",
  "source_record",
  "marc_date",
  "date_created",
  "date_modified",
];

/** Whether a field is stored as `;a;b;`. */
export function isList(kind: FieldKind): boolean {
  return kind !== "text";
}
