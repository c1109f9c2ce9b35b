/** What rows say of copies: whose they are, how many, and whether one is to be replaced. */

import type { AskedConfig } from "../config/job/want.js";
import { elementsOf } from "../fields/list-form.js";
import { isList } from "../fields/record-fields.js";
import { type MatchPattern, parsePattern } from "../perl/substitutions.js";
import type { AskedRow } from "../store/reading-port.js";

/** Whose a row is: ours, given and not worked on, a partner's, or nobody's that counts. */
export type HoldingClass = "held" | "donation" | "partner" | "ignored";

/** A row as the decision sees it. */
export interface Holding {
  readonly row: AskedRow;
  /** In the order of the list above; several where records of several sources were merged. */
  readonly classes: readonly HoldingClass[];
  readonly copies: number;
  /** Whether a copy of it is to be replaced. */
  readonly needSecond: boolean;
}

const CLASSES: readonly HoldingClass[] = ["held", "donation", "partner", "ignored"];
/** The classes of a row that nothing was merged into. */
const ALONE: Readonly<Record<HoldingClass, readonly HoldingClass[]>> = {
  held: ["held"],
  donation: ["donation"],
  partner: ["partner"],
  ignored: ["ignored"],
};

export class Holdings {
  /** Rows whose copies cannot be counted: those that were met. */
  unreadable = 0;
  private readonly classOf = new Map<string, HoldingClass>();
  private readonly pattern: MatchPattern | null;
  private readonly at: { readonly copies: number; readonly second: number };

  constructor(private readonly config: Pick<AskedConfig, "want" | "fields">) {
    const { want, fields } = config;
    const enter = (names: readonly string[], as: HoldingClass) => {
      for (const name of names) this.classOf.set(name, as);
    };
    enter(want.heldSources, "held");
    enter(want.donationSources, "donation");
    enter(want.partnerSources, "partner");
    enter(want.ignoredSources, "ignored");
    const position = (field: string) => fields.findIndex(({ name }) => name === field);
    this.at = {
      copies: position(want.copiesField),
      second: position(want.needSecond?.field ?? ""),
    };
    this.pattern = want.needSecond === null ? null : parsePattern(want.needSecond.pattern);
  }

  of(row: AskedRow): Holding {
    return {
      row,
      classes: this.classesOf(row),
      copies: this.copiesOf(row),
      needSecond: this.isToBeReplaced(row),
    };
  }

  private classesOf({ foreignSource, merged }: AskedRow): readonly HoldingClass[] {
    const own = this.classNamed(foreignSource);
    if (merged.length === 0) return ALONE[own];
    const found = new Set(merged.map((source) => this.classNamed(source))).add(own);
    return CLASSES.filter((name) => found.has(name));
  }

  /** A source that nobody has named is ours: what is owned must never be asked for. */
  private classNamed(source: string): HoldingClass {
    return this.classOf.get(source) ?? "held";
  }

  private copiesOf({ values }: AskedRow): number {
    const { copies: at } = this.at;
    if (at < 0) return 1;
    const text = values[at].trim();
    if (isList(this.config.fields[at].kind)) return Math.max(1, elementsOf(text).length);
    if (/^\d{1,9}$/.test(text)) return Number(text);
    if (text !== "") this.unreadable++;
    return 1;
  }

  private isToBeReplaced({ values }: AskedRow): boolean {
    const { pattern, at } = this;
    if (pattern === null || at.second < 0) return false;
    const text = values[at.second];
    const texts = isList(this.config.fields[at.second].kind) ? elementsOf(text) : [text];
    return texts.some((one) => pattern.test(one));
  }
}
