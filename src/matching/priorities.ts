/** The priority of foreign sources: `priority_list`, local work above it, everything else below. */

/** Where a duplicate stands, seen from the source that is being imported. */
export type Rank = "higher" | "same" | "lower";

/** The rank of locally created records, whose foreign source is empty. */
const LOCAL_RANK = 0;

export class PriorityList {
  readonly #ranks = new Map<string, number>();
  readonly #unlistedRank: number;

  /**
   * @param list foreign sources, highest priority first, compared letter by letter; of a source
   *   that is named twice the first place counts
   */
  constructor(list: readonly string[]) {
    for (const source of list) {
      if (!this.#ranks.has(source)) this.#ranks.set(source, this.#ranks.size + 1);
    }
    this.#unlistedRank = this.#ranks.size + 1;
    this.#ranks.set("", LOCAL_RANK);
  }

  /**
   * The rank of a source; the smaller number has the higher priority. 0 is local work (an empty
   * source), then the list from 1 on; all sources that are not listed share the last rank.
   */
  rank(source: string): number {
    return this.#ranks.get(source) ?? this.#unlistedRank;
  }

  /** The priority of `candidate`, the source of a row, as `importing`, the source of an import, sees it. */
  compare(candidate: string, importing: string): Rank {
    const difference = this.rank(candidate) - this.rank(importing);
    if (difference < 0) return "higher";
    return difference > 0 ? "lower" : "same";
  }
}
