/** How the elements of a harvested record become a row: the four sections of a repository. */

import type { Location } from "../language/problems.js";

/** One line of a field map: elements of one name fill one field. */
export interface FieldMapRule {
  /** As written, `"dc:identifier{dct:URI}"`. */
  readonly key: string;
  readonly at: Location;
  /** "" where the prefix is not known: then the prefix as written in the record counts. */
  readonly namespace: string;
  readonly prefix: string;
  /** Local name. */
  readonly name: string;
  /** xsi:type that is asked for, as written; "" for any. */
  readonly type: string;
  /** xml:lang that is asked for, "" for any. */
  readonly lang: string;
  /** Name of the record field. */
  readonly field: string;
  /** Comma-separated substitutions as written, "" for none. */
  readonly transforms: string;
}

export interface DcMapping {
  readonly fieldMap: readonly FieldMapRule[];
  /** By name of the record field: what it holds where the record leaves it empty. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly discardInvalidUrls: boolean;
  readonly verifySingleValidUrl: boolean;
  readonly resolverUrls: boolean;
  readonly canonizeAllMetadata: boolean;
  /** Record fields whose values are split at `;`. */
  readonly splitLists: readonly string[];
  readonly languagePreference: readonly string[];
}
