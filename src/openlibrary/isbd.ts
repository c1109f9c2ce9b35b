/** The marks of ISBD taken off, as far as Open Library takes them off. */

/** Takes some signs off both ends of a text. */
export function stripped(text: string, signs: string): string {
  let [from, to] = [0, text.length];
  while (from < to && signs.includes(text[from])) from++;
  while (to > from && signs.includes(text[to - 1])) to--;
  return text.slice(from, to);
}

/** Takes the dot off the end, unless that of an initial or an ellipsis. */
export function withoutEndDot(text: string): string {
  if (text.endsWith(" Dept.")) return text;
  return /[^ .][^ .]\.$/u.test(text) ? text.slice(0, -1) : text;
}

/** Takes the dots off the number at the end: of a date. */
export function withoutNumberDot(text: string): string {
  const [, dots = ""] = /\d{2,}[- ]*(\.+)$/.exec(text) ?? [];
  return text.slice(0, text.length - dots.length);
}

/** A part of a title without the marks that part it from the next. */
export function titleText(part: string): string {
  return withoutEndDot(stripped(part, " /,;:="));
}

/** `[text]`, with or without a dot behind it; null for any other text. */
export function bracketed(text: string): string | null {
  return /^\s*(\[.*\])\.?\s*$/s.exec(text)?.[1] ?? null;
}

/** One behind another, empty ones left out. */
export function joined(texts: readonly string[], between = " "): string {
  return texts.filter((text) => text !== "").join(between);
}

/** Each once, empty ones left out. */
export function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}
