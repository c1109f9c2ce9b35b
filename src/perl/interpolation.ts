/** Variables in patterns, which only a running Perl program could fill. */

import type { Cursor } from "./source-text.js";

/**
 * Refuses a variable at the cursor, where Perl would put its value into the pattern. What stays is
 * `$` before the end, `(`, `)` and `|`, and `@` before what begins no name.
 */
export function refuseVariable(cursor: Cursor): void {
  if (!cursor.source.interpolates) return;
  const sign = cursor.peek();
  const after = cursor.peek(1);
  const variable =
    (sign === "$" && after !== "" && !"()|".includes(after)) ||
    (sign === "@" && /^[\p{L}\p{M}\p{N}_:'{$]/u.test(after));
  if (!variable) return;
  const start = cursor.at;
  cursor.at += 1;
  while (/^[\w{}+]$/.test(cursor.peek())) cursor.next();
  throw cursor.refuse("variable", start);
}
