/** What came of a comparison, in one line. */

import type { Evidence } from "./compare.js";

const signed = (points: number): string => (points < 0 ? String(points) : `+${points}`);

/** `80 points, possible at most (year): +80 title same, -80 year off by 3 to 5`; of a veto what differs. */
export function groundsText({ veto, points, caps, outcomes }: Evidence): string {
  if (veto !== null) return `${veto} differs`;
  const held = caps.length === 0 ? "" : `, possible at most (${caps.join(", ")})`;
  const told = outcomes.map(
    ({ aspect, outcome, points: worth }) => `${signed(worth)} ${aspect} ${outcome}`,
  );
  return `${points} points${held}: ${told.join(", ")}`;
}
