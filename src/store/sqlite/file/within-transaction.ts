/** What is remembered while one transaction lasts, and forgotten with it, however it ends. */

import type { Transactions } from "./transactions.js";

export class WithinTransaction<T extends { clear(): void }> {
  private begun = 0;

  constructor(
    private readonly transactions: Pick<Transactions, "begun">,
    private readonly memory: T,
  ) {}

  /** What this transaction has remembered. */
  remembered(): T {
    if (this.begun !== this.transactions.begun) {
      this.begun = this.transactions.begun;
      this.memory.clear();
    }
    return this.memory;
  }
}
