/** Emphasis for a terminal; nothing at all where plain text is wanted. */

export interface Style {
  /** Headings. */
  strong(text: string): string;
  /** What is there but matters less. */
  faint(text: string): string;
  /** What was found or taken. */
  good(text: string): string;
  /** What needs a look. */
  warn(text: string): string;
  /** Tags, codes and names. */
  name(text: string): string;
}

const same = (text: string) => text;

export const PLAIN: Style = { strong: same, faint: same, good: same, warn: same, name: same };

function coloured(code: number): (text: string) => string {
  return (text) => (text === "" ? "" : `\u001b[${code}m${text}\u001b[0m`);
}

const COLOURED: Style = {
  strong: coloured(1),
  faint: coloured(2),
  good: coloured(32),
  warn: coloured(33),
  name: coloured(36),
};

/** The style for a stream: colour on a terminal unless NO_COLOR (any text) or a dumb one forbids it. */
export function styleFor(
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Style {
  const plain = !isTerminal || (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  return plain ? PLAIN : COLOURED;
}
