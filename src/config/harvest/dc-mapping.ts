/** How the elements of a harvested record become a row: the supporting sections of a repository. */

import type { Location } from "../language/problems.js";

/** One key of a field map and one field that it fills: elements of one name go into one field. */
export interface FieldMapRule {
  /** As written, `dc:identifier{dct:URI}`. */
  readonly key: string;
  readonly at: Location;
  /** The value as written, `url /pattern/replacement/`. */
  readonly text: string;
  /** As written, "" for none. */
  readonly prefix: string;
  /** What the prefix stands for, as `plainNamespace` has it; empty where that is not known: then the prefix as written in the record counts. */
  readonly namespaces: readonly string[];
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

/** One key of a section of defaults. */
export interface FieldDefault {
  readonly text: string;
  readonly at: Location;
}

export interface DcMapping {
  readonly fieldMap: readonly FieldMapRule[];
  /** By name of the record field: what it holds where the record leaves it empty. */
  readonly defaults: Readonly<Record<string, FieldDefault>>;
  readonly discardInvalidUrls: boolean;
  readonly verifySingleValidUrl: boolean;
  readonly resolverUrls: boolean;
  readonly canonizeAllMetadata: boolean;
  /** Record fields whose values are split at `;`. */
  readonly splitLists: readonly string[];
  /** Language tags, the most wanted first. */
  readonly languagePreference: readonly string[];
  /** By name of the record field: what stands for each value. Key `__default__` as in the file. */
  readonly translations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
