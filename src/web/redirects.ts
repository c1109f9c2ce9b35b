/** Which redirects are followed. */

import { shownUrl, WebProblem } from "./web-problem.js";

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const FOR_GOOD: ReadonlySet<number> = new Set([301, 308]);

/** A redirect that was followed. */
export interface Redirect {
  readonly from: string;
  readonly to: string;
  /** 301 or 308: the address in the configuration is to be changed. */
  readonly permanent: boolean;
}

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * The next address.
 *
 * @param followed redirects of this request so far
 * @throws WebProblem for a redirect that leads nowhere, in circles, out of https, or to another protocol
 */
export function nextAddress(
  url: URL,
  status: number,
  location: string | undefined,
  followed: readonly Redirect[],
): { readonly url: URL; readonly redirect: Redirect } {
  const refuse = (why: string): WebProblem =>
    new WebProblem("redirect", shownUrl(url), `HTTP ${status} ${why}`);
  if (location === undefined) throw refuse("without a Location");
  if (followed.length >= MOST_REDIRECTS) throw refuse(`after ${MOST_REDIRECTS} redirects already`);
  if (!URL.canParse(location, url.href))
    throw refuse(`to ${JSON.stringify(location)}, which is no address`);
  const next = new URL(location, url);
  if (next.protocol !== "https:" && next.protocol !== "http:")
    throw refuse(`to ${next.protocol}, which is not followed`);
  if (url.protocol === "https:" && next.protocol === "http:")
    throw refuse(`from https to ${shownUrl(next)}, which is not followed`);
  next.username = "";
  next.password = "";
  const redirect = { from: shownUrl(url), to: shownUrl(next), permanent: FOR_GOOD.has(status) };
  return { url: next, redirect };
}
