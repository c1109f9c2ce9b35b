/** The key of the FUZZY_URL method. */

import { cleanUrl } from "../fields/url-clean.js";
import {
  decodeUnreserved,
  dropPathSession,
  dropQuerySession,
  parseUrl,
  removeDotSegments,
  trimDirectory,
} from "../fields/url-parts.js";

/** Without `www.`, `www2.` … unless that leaves no more than a top-level domain. */
const WWW = /^(?:www\d*\.)+(?=[^.]+\.)/;
/** A fragment that a page's script reads as an address: another page, not another place in it. */
const ROUTE = /^[!/]/;

function keyHost(host: string): string {
  return host
    .replace(/^\.+|\.+$/g, "")
    .replace(/\.{2,}/g, ".")
    .replace(WWW, "");
}

/** `;` reaches the columns as `%3B`, so the two are one here. */
function decode(text: string): string {
  return decodeUnreserved(text).replaceAll("%3B", ";");
}

/**
 * Makes the text by which two URLs are the same to FUZZY_URL: `clean`, then without what does not
 * change where a URL leads as a rule.
 *
 * Left out: the difference of http and https, user name, default port, `www.` and `www2.`, dots
 * around the host, doubled slashes, default documents (`index.html`, `welcome.htm`, `main.asp` …),
 * slashes at the end, session ids, empty parameters, needless percent-encoding, and the fragment
 * unless it is a script's route (`#!/page`, `#/page`). Letter case of path and query and the order
 * of parameters count: ignoring them would merge records whose ids differ in nothing else.
 *
 * Never throws. The key of a key is the key.
 *
 * @param text a URL as stored
 * @returns the key, "" if the text names nothing
 */
export function fuzzyUrlKey(text: string): string {
  const clean = cleanUrl(text);
  const parts = parseUrl(clean);
  if (parts === null) return clean;
  const scheme = parts.scheme === "https" ? "http" : parts.scheme;
  const host = keyHost(parts.host);
  if (host === "" && parts.host !== "") return "";
  // `clean` leaves https its port 80, which is no difference once https is http.
  const port =
    parts.port === null || (scheme === "http" && parts.port === "80") ? "" : `:${parts.port}`;
  const query = dropQuerySession(parts.query === null ? null : decode(parts.query));
  let path = removeDotSegments(dropPathSession(decode(parts.path))).replace(/\/{2,}/g, "/");
  path = query === null ? trimDirectory(path) : path.replace(/\/$/, "");
  const search = query === null ? "" : `?${query}`;
  const route = parts.fragment !== null && ROUTE.test(parts.fragment) ? `#${parts.fragment}` : "";
  return `${scheme}://${host}${port}${path}${search}${route}`;
}
