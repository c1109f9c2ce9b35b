/** A full load is killed at its last steps, where it deletes what the files did not hold. */

import { sweepCrashes } from "./crash-sweep.js";

sweepCrashes({
  policy: "MERGE",
  fullLoad: true,
  steps: 40,
  happens: ["created", "updated", "unchanged", "deleted", "merged", "absentRemoved"],
});
