/** A text without which a pattern cannot match: looking for it costs a fraction of trying the pattern. */

import { isInFoldSequence } from "./case-folding.js";
import { literalSource } from "./code-point-set.js";
import { foldedSource } from "./folded-source.js";
import type { PatternNode } from "./pattern-tree.js";

/** The longest such text that is plain to see in the pattern, "" if there is none. */
export function neededText(node: PatternNode): string {
  switch (node.kind) {
    case "character":
      return onlyCharacter(node);
    case "set":
      return node.sequences.length === 0 ? onlyCharacter(node) : "";
    case "group":
    case "atomic":
      return neededText(node.body);
    case "repeat":
      return node.min > 0 ? neededText(node.body) : "";
    case "sequence":
      return neededInSequence(node.items);
    default:
      return "";
  }
}

/** The one character that matches, "" if there are several. */
function onlyCharacter(node: PatternNode): string {
  if (node.kind === "set") return node.set.only === null ? "" : String.fromCodePoint(node.set.only);
  if (node.kind !== "character") return "";
  const { code, fold } = node;
  const one =
    !fold || (foldedSource([code], true) === literalSource(code) && !isInFoldSequence(code));
  return one ? String.fromCodePoint(code) : "";
}

function neededInSequence(items: readonly PatternNode[]): string {
  let longest = "";
  let run = "";
  for (const item of items) {
    const character = onlyCharacter(item);
    run = character === "" ? "" : run + character;
    const needed = character === "" ? neededText(item) : run;
    if (needed.length > longest.length) longest = needed;
  }
  return longest;
}
