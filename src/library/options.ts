/** What callers of the library hand over, checked: they may not have a compiler. */

/** Whole numbers that an option may be, and how that is said. */
const RANGES = {
  count: { least: 0, text: "a whole number, 0 or more" },
  oneOrMore: { least: 1, text: "a whole number, 1 or more" },
} as const;

/** How an option is checked: its type, one of some texts, or one of the ranges. */
export type Check =
  | "boolean"
  | "string"
  | "function"
  | "object"
  | keyof typeof RANGES
  | readonly string[];

/**
 * Checks options that were handed over.
 *
 * @param checks by name, every option there is
 * @throws TypeError for an option that there is not, or that is not what it must be
 */
export function checkOptions<T extends object>(
  what: string,
  options: T,
  checks: Readonly<Record<keyof T & string, Check>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      throw new TypeError(
        `${what} has no option ${name}; it has ${Object.keys(checks).join(", ")}`,
      );
    }
    const check: Check = checks[name as keyof T & string];
    if (value === undefined || fits(value, check)) continue;
    throw new TypeError(`${what}: ${name} must be ${allowed(check)}`);
  }
}

function fits(value: unknown, check: Check): boolean {
  if (typeof check !== "string") return check.includes(value as string);
  if (check === "count" || check === "oneOrMore") {
    return Number.isSafeInteger(value) && (value as number) >= RANGES[check].least;
  }
  return typeof value === check && value !== null;
}

function allowed(check: Check): string {
  if (typeof check !== "string") return `one of ${check.join(", ")}`;
  if (check === "count" || check === "oneOrMore") return RANGES[check].text;
  return check === "object" ? "an object" : `a ${check}`;
}
