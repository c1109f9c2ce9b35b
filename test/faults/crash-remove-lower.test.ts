/** An import that deletes duplicates is killed at every step. */

import { sweepCrashes } from "./crash-sweep.js";

sweepCrashes({
  policy: "REMOVE_LOWER",
  fullLoad: false,
  steps: Number.POSITIVE_INFINITY,
  happens: ["created", "updated", "unchanged", "deleted", "rejected", "duplicatesRemoved"],
});
