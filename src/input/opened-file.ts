/**
 * Whether a file is still the one that was opened. What is written to a file that was removed or
 * replaced in the meantime is lost with it, and the system does not say so.
 */

import { statSync } from "node:fs";

export class OpenedFile {
  private readonly identity: string;

  /**
   * @param path of a file that has just been opened
   */
  constructor(private readonly path: string) {
    this.identity = identityOf(path);
  }

  get isInPlace(): boolean {
    return identityOf(this.path) === this.identity;
  }
}

/** "" if there is no such file. */
function identityOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats ? `${stats.dev} ${stats.ino}` : "";
}
