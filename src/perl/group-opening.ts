/** Reads what stands behind an opening parenthesis: what kind of group it is. */

import { namedBackreference } from "./pattern-escapes.js";
import type { PatternState } from "./pattern-state.js";
import type { PatternFlags, PatternNode } from "./pattern-tree.js";
import type { RefusalName } from "./perl-syntax-error.js";

type GroupOpening =
  /** `(?P=name)`, wholly read. */
  | { readonly kind: "whole"; readonly node: PatternNode }
  /** `(?i)`, wholly read: holds to the end of the group around it. */
  | { readonly kind: "flags"; readonly flags: PatternFlags }
  | { readonly kind: "plain"; readonly flags: PatternFlags }
  | { readonly kind: "capture"; readonly number: number }
  | { readonly kind: "atomic" }
  | { readonly kind: "look"; readonly behind: boolean; readonly negative: boolean };

const REFUSED: readonly (readonly [RegExp, RefusalName])[] = [
  [/^\?\??\{/, "code"],
  [/^\?(?:R|[+-]?\d+|&|P>)/, "recursion"],
  [/^\?\(/, "conditional"],
  [/^\?\|/, "branch-reset"],
  [/^\*/, "verb"],
  [/^\?\[/, "set-operation"],
];

/** Reads a group's opening; the cursor stands behind the parenthesis, which is at `start`. */
export function readGroupOpening(state: PatternState, start: number): GroupOpening {
  const { cursor } = state;
  for (const [pattern, reason] of REFUSED) {
    if (cursor.takeMatch(pattern)) throw cursor.refuse(reason, start);
  }
  if (!cursor.take("?")) return capture(state);
  if (cursor.take("=")) return { kind: "look", behind: false, negative: false };
  if (cursor.take("!")) return { kind: "look", behind: false, negative: true };
  if (cursor.take("<=")) return { kind: "look", behind: true, negative: false };
  if (cursor.take("<!")) return { kind: "look", behind: true, negative: true };
  if (cursor.take(">")) return { kind: "atomic" };
  const back = cursor.takeMatch(/^P=([A-Za-z_]\w*)\)/)?.[1];
  if (back !== undefined) return { kind: "whole", node: namedBackreference(state, back, start) };
  const name = cursor.takeMatch(/^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/);
  if (name) return capture(state, name[1] ?? name[2]);
  return readFlags(state, start);
}

function capture(state: PatternState, name?: string): GroupOpening {
  state.groups += 1;
  if (name !== undefined) state.names.set(name, [...(state.names.get(name) ?? []), state.groups]);
  return { kind: "capture", number: state.groups };
}

function readFlags(state: PatternState, start: number): GroupOpening {
  const { cursor } = state;
  const match = cursor.takeMatch(/^(\^?)([A-Za-z]*)(-[A-Za-z]*)?([:)])/);
  if (!match) throw cursor.refuse("group-syntax", start);
  const [, caret = "", on = "", off = "", end] = match;
  if (caret !== "" && off !== "") throw cursor.refuse("group-syntax", start);
  if (!/^[imsx]*$/.test(on) || !/^-?[imsx]*$/.test(off) || /x.*x/.test(on)) {
    throw cursor.refuse("inline-flag", start);
  }
  const before = caret === "" ? state.flags : { i: false, m: false, s: false, x: false };
  const flag = (name: keyof PatternFlags): boolean =>
    (before[name] || on.includes(name)) && !off.includes(name);
  const flags = { i: flag("i"), m: flag("m"), s: flag("s"), x: flag("x") };
  return end === ")" ? { kind: "flags", flags } : { kind: "plain", flags };
}
