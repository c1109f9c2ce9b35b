/** Why a request got no answer that can be used. */

/** What went wrong: the name decides whether trying again is sensible. */
export type WebProblemKind =
  | "not-reachable"
  | "certificate"
  | "no-answer"
  | "silence"
  | "cut-off"
  | "encoding"
  | "too-large"
  | "redirect"
  | "stopped"
  | "replay";

/** Kinds that another try may not meet. */
const PASSING: ReadonlySet<WebProblemKind> = new Set([
  "not-reachable",
  "no-answer",
  "silence",
  "cut-off",
  "encoding",
]);

/** One request that failed before its answer was whole. */
export class WebProblem extends Error {
  /**
   * @param kind what went wrong
   * @param url the address that was asked, without credentials
   * @param detail one clause for the user
   */
  constructor(
    readonly kind: WebProblemKind,
    readonly url: string,
    detail: string,
  ) {
    super(detail);
    this.name = "WebProblem";
  }

  /** Whether the same request may succeed a little later. */
  get passing(): boolean {
    return PASSING.has(this.kind);
  }
}

/** An address as it may be shown: without user name and password. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  return shown.href;
}

/** The other side asks for more patience than is allowed: not before `until` (milliseconds since 1970). */
export class WebDeferral extends Error {
  override readonly name = "WebDeferral";
  constructor(
    readonly url: string,
    readonly status: number,
    readonly until: number,
  ) {
    super(`HTTP ${status} asks to wait until ${new Date(until).toISOString()}`);
  }
}
