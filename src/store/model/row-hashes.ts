/**
 * What tells, without a look at the database, that a record is new: numbers that stand for its id and its match
 * keys. They are made of what comes from the thread that reads, for runs that begin with an empty database.
 */

import type { RecordField } from "../../fields/record-fields.js";
import { hash53 } from "../../matching/hash.js";
import { matchKeys } from "../../matching/keys.js";
import {
  KEY_SOURCE_COLUMNS,
  type KeyColumn,
  type KeySource,
  type MatchMethod,
  methodNamed,
} from "../../matching/methods.js";
import { KeySources } from "./key-source.js";

/** Numbers of 53 bits. Plain data. */
export interface RowHashes {
  /** Of the foreign id. */
  readonly foreignId: number;
  /** Of the url if the fallback pattern made it, else null. */
  readonly fallbackUrl: number | null;
  /** The match keys, of the methods that were asked for. */
  readonly keys: readonly number[];
}

/** What hashes are made of. */
interface HashedTexts {
  readonly foreignId: string;
  /** In the order of the configuration's fields; what `RowHasher.columns` does not name may be empty. */
  readonly values: readonly string[];
  readonly urlIsFallback: boolean;
  readonly evidence: string;
}

/** The number that stands for a foreign id. */
export function idHash(foreignId: string): number {
  return hash53(foreignId);
}

/** The number of a url that the fallback pattern made, to know it again; null for another. */
export function fallbackHash({ url, urlIsFallback }: Pick<KeySource, "url" | "urlIsFallback">) {
  return urlIsFallback ? hash53(url) : null;
}

/** The columns from which a method makes keys. */
function columnsOf(method: MatchMethod): readonly KeyColumn[] {
  const { columns, compare } = methodNamed(method);
  return compare === undefined ? columns : KEY_SOURCE_COLUMNS;
}

export class RowHasher {
  /** The fields that are needed, ascending: their indexes in the configuration. */
  readonly columns: readonly number[];
  /** Whether keys are made of what is kept beside a row; if not, it may be left empty. */
  readonly needsEvidence: boolean;
  private readonly sources: KeySources;
  private readonly url: number;

  /** @param methods whose keys are made */
  constructor(
    fields: readonly RecordField[],
    private readonly methods: readonly MatchMethod[],
  ) {
    this.sources = new KeySources(fields);
    this.url = fields.findIndex(({ name }) => name === "url");
    this.needsEvidence = methods.some((method) => methodNamed(method).compare !== undefined);
    const names = new Set<string>(["url", ...methods.flatMap(columnsOf)]);
    this.columns = fields.flatMap(({ name }, index) => (names.has(name) ? [index] : []));
  }

  /** The number of a url that the fallback pattern made. */
  fallbackOf(valueAt: (column: number) => string): number {
    return hash53(valueAt(this.url));
  }

  of({ foreignId, values, urlIsFallback, evidence }: HashedTexts): RowHashes {
    const source = this.sources.of(values, urlIsFallback, evidence);
    return {
      foreignId: idHash(foreignId),
      fallbackUrl: fallbackHash(source),
      keys: matchKeys(this.methods, source),
    };
  }
}
