/** How many different records a list holds: one that comes twice may hide that another never came. */

import type { ListOfPages } from "./newest-stamps.js";
import { identifierDigest } from "./page-sink.js";
import { PagesFile } from "./pages-file.js";

const SMALLEST = 1024;

export class IdentifierCount {
  private digests = new Float64Array(SMALLEST);
  private length = 0;
  /** Records without an identifier, each of which counts. */
  private without = 0;

  /** Of pages that were fetched by an earlier process. */
  static of({ path, pages }: ListOfPages): IdentifierCount {
    const count = new IdentifierCount();
    for (const { bytes } of new PagesFile(path, pages).records())
      count.add([identifierDigest(bytes)]);
    return count;
  }

  /** @param digests of identifiers, 0 for none */
  add(digests: readonly number[]): void {
    for (const digest of digests) {
      if (digest === 0) this.without++;
      else this.push(digest);
    }
  }

  private push(digest: number): void {
    if (this.length === this.digests.length) {
      const more = new Float64Array(2 * this.length);
      more.set(this.digests);
      this.digests = more;
    }
    this.digests[this.length++] = digest;
  }

  /** Different ones so far. */
  different(): number {
    const sorted = this.digests.subarray(0, this.length).sort();
    let count = this.without;
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
    return count;
  }
}
