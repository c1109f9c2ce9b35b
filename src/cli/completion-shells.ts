/** The shells that completion is made for; apart, so that no other command loads the rest. */

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];
