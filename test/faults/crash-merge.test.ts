/** An import that merges is killed at every step. */

import { sweepCrashes } from "./crash-sweep.js";

sweepCrashes({
  policy: "MERGE",
  fullLoad: false,
  steps: Number.POSITIVE_INFINITY,
  happens: ["created", "updated", "unchanged", "deleted", "rejected", "merged"],
});
