/**
 * Whether a text begins as a pattern says: all places of the pattern that a byte may have come to are bits
 * of one number (Glushkov's automaton), so that a byte costs a few steps whatever the pattern is.
 */

import { endOf, startOf, Text } from "./text";

/** Whether every text begins so. */
const ALWAYS: usize = 0;
/** Places that the first byte may be at, and places behind which nothing more is asked. */
const FIRST: usize = 8;
const LAST: usize = 16;
/** By byte up to 0x7f, 0 for the end of the text: the places that it fits. */
const FITTING: usize = 24;
/** By place: the places that may follow. */
const FOLLOWING: usize = FITTING + 128 * 8;

/** Whether a text begins as a machine says: 1, 0, or -1 where that is a matter of characters beyond ASCII. */
export function begins(machine: usize, text: Text): i32 {
  if (load<i32>(machine, ALWAYS) === 1) return 1;
  const last = load<u64>(machine, LAST);
  const end = endOf(text);
  let open = load<u64>(machine, FIRST);
  for (let at = startOf(text); open !== 0; at++) {
    const byte: usize = at < end ? (load<u8>(at) as usize) : 0;
    if (byte >= 0x80) return -1;
    const here = open & load<u64>(machine + (byte << 3), FITTING);
    if ((here & last) !== 0) return 1;
    if (at === end) return 0;
    open = 0;
    for (let left = here; left !== 0; left &= left - 1) {
      open |= load<u64>(machine + ((ctz<u64>(left) as usize) << 3), FOLLOWING);
    }
  }
  return 0;
}
