/** Gathers what one call of a decoder finds: one diagnostic a code, however often it occurs. */

import type { Code } from "../../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.js";

interface Finding {
  readonly code: Code;
  readonly offset: number;
  readonly length: number;
  times: number;
}

const SHOWN_BYTES = 10;

export class Findings {
  private findings: Finding[] | null = null;

  constructor(
    private readonly bytes: Buffer,
    private readonly diagnostics: Diagnostic[],
  ) {}

  /** Notes `code` at the bytes `offset` to `offset + length` of the buffer. */
  note(code: Code, offset: number, length: number): void {
    this.findings ??= [];
    const known = this.findings.find((finding) => finding.code === code);
    if (known === undefined) this.findings.push({ code, offset, length, times: 1 });
    else known.times++;
  }

  /** Hands over the diagnostics; their offsets are zero-based in the buffer. */
  flush(): void {
    if (this.findings === null) return;
    for (const { code, offset, length, times } of this.findings) {
      const shown = this.bytes.subarray(offset, offset + Math.min(length, SHOWN_BYTES));
      const hex = (shown.toString("hex").match(/../g) ?? []).join(" ").toUpperCase();
      const found = times === 1 ? hex : `${hex} (first of ${times})`;
      this.diagnostics.push(diagnostic(code, { offset, found }));
    }
  }
}
