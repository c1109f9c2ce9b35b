/** The decision table: from the copies that were counted to whether another one is wanted. */

/** What is known of a book when it is decided on. */
export interface Counted {
  /** Whether what was asked for is a number at all. */
  readonly isNumber: boolean;
  /** Copies held, without the one in hand where that is one of them. */
  readonly copies: number;
  readonly copiesWanted: number;
  /** Whether a copy of ours is to be replaced. */
  readonly needSecond: boolean;
  /** Whether it is asked for partners, too. */
  readonly asksPartners: boolean;
  readonly partnerHolds: boolean;
}

export type Response = -1 | 0 | 1 | 2 | 3;

/** One row of the table. */
export interface DecisionRule {
  /** From 1, in the order in which they are tried. */
  readonly rule: number;
  /** For people. */
  readonly when: string;
  readonly response: Response;
  readonly message: string;
  /** What it means for a copy that is to be weeded. */
  readonly weeding: string;
  holds(counted: Counted): boolean;
}

/** The rows in order; the first that holds answers. */
export const DECISION_TABLE: readonly DecisionRule[] = [
  {
    rule: 1,
    when: "what was asked for is no ISBN or ASIN, or its check digit is wrong",
    response: -1,
    message: "invalid asin or isbn",
    weeding: "look again",
    holds: ({ isNumber }) => !isNumber,
  },
  {
    rule: 2,
    when: "no copy is held",
    response: 1,
    message: "we need this book",
    weeding: "keep it",
    holds: ({ copies }) => copies === 0,
  },
  {
    rule: 3,
    when: "a copy is to be replaced, or fewer are held than copies_wanted",
    response: 3,
    message: "we have this book, but need another copy for ourselves",
    weeding: "keep it",
    holds: ({ needSecond, copies, copiesWanted }) => needSecond || copies < copiesWanted,
  },
  {
    rule: 4,
    when: "partner_sources are named, and none of them holds it",
    response: 2,
    message: "we have this book, but a partner needs a copy",
    weeding: "offer it to partners",
    holds: ({ asksPartners, partnerHolds }) => asksPartners && !partnerHolds,
  },
  {
    rule: 5,
    when: "otherwise",
    response: 0,
    message: "we don't need this book",
    weeding: "it may go",
    holds: () => true,
  },
];

/** The row of the table that answers. */
export function decide(counted: Counted): DecisionRule {
  const rule = DECISION_TABLE.find((candidate) => candidate.holds(counted));
  if (rule === undefined) throw new Error("the last row of the table holds always");
  return rule;
}
