/** What `clean_up = clean` and `clean_up = canonize` make of a URL; neither goes to the network. */

import { domainToASCII } from "node:url";
import {
  decodeUnreserved,
  dropPathSession,
  dropQuerySession,
  formatUrl,
  parseUrl,
  removeDotSegments,
  trimDirectory,
  type UrlParts,
} from "./url-parts.js";

/** Nothing in it to change: the common case, told without taking the URL apart. */
const ALREADY_CLEAN =
  /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:\/[\w\-.~!$&'()*+,;=:@/]*(?:\?[\w\-.~!$&'()*+,;=:@/?]*)?)?$/;

/** Schemes that are written without `//`, so that a missing `//` does not mean a missing scheme. */
const OPAQUE =
  /^(?:news|mailto|file|urn|doi|hdl|info|ark|tel|sms|sip|data|about|javascript|magnet|cid|mid|tag):/i;
/** Also `http:x`, `http//x`, `http:\\x` and `http://http://x`, where the intention is certain. */
const WEB_SCHEME = /^(https?|ftp)(?::[\\/]*|[\\/]{2,})(?:(https?|ftp)(?::[\\/]+|[\\/]{2,}))*/i;
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const DEFAULT_PORT: Readonly<Record<string, string>> = {
  http: "80",
  https: "443",
  ftp: "21",
  gopher: "70",
  telnet: "23",
};

const ILLEGAL_IN_HOST = /%(?:[0-9a-f]{2})?|[^\w\-.~!$&'()*+,;=:[\]%]+/gi;
const ILLEGAL_IN_PATH = /%(?:[0-9a-f]{2})?|[^\w\-.~!$&'()*+,;=:@/%]+/gi;
const ILLEGAL_IN_QUERY = /%(?:[0-9a-f]{2})?|[^\w\-.~!$&'()*+,;=:@/?%]+/gi;

function encodeBytes(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text, "utf8")) {
    encoded += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

/** Encodes what `illegal` matches as UTF-8, upper-cases `%xx`, and makes a lone `%` `%25`. */
function encode(text: string, illegal: RegExp): string {
  return text.replace(illegal, (found) => {
    if (found[0] !== "%") return encodeBytes(found);
    return found.length === 3 ? found.toUpperCase() : "%25";
  });
}

function withScheme(text: string): string {
  const web = WEB_SCHEME.exec(text);
  if (web !== null) return `${(web[2] ?? web[1]).toLowerCase()}://${text.slice(web[0].length)}`;
  const scheme = ANY_SCHEME.exec(text);
  if (scheme !== null) return scheme[0].toLowerCase() + text.slice(scheme[0].length);
  return `http://${text}`;
}

function cleanHost(host: string): string {
  const lower = host.toLowerCase();
  // Punycode is what programs that know no other names understand; what is no name stays encoded.
  const ascii = /[^\0-\x7f]/.test(lower) ? domainToASCII(lower) || lower : lower;
  return encode(ascii, ILLEGAL_IN_HOST);
}

function cleanPort(scheme: string, port: string | null): string | null {
  if (port === null) return null;
  const digits = /^\d+$/.test(port) ? port.replace(/^0+(?=\d)/, "") : encode(port, ILLEGAL_IN_PATH);
  return digits === "" || digits === DEFAULT_PORT[scheme] ? null : digits;
}

function cleanParts(parts: UrlParts): UrlParts {
  return {
    scheme: parts.scheme,
    userinfo: parts.userinfo === null ? null : encode(parts.userinfo, ILLEGAL_IN_PATH),
    host: cleanHost(parts.host),
    port: cleanPort(parts.scheme, parts.port),
    path: removeDotSegments(encode(parts.path, ILLEGAL_IN_PATH)),
    query: parts.query === null ? null : encode(parts.query, ILLEGAL_IN_QUERY),
    fragment: parts.fragment === null ? null : encode(parts.fragment, ILLEGAL_IN_QUERY),
  };
}

/** Backslashes before the query are slashes, as every browser reads them in web addresses. */
function slashesForBackslashes(url: string): string {
  if (!url.includes("\\")) return url;
  const end = url.search(/[?#]/);
  const head = end < 0 ? url : url.slice(0, end);
  return head.replaceAll("\\", "/") + url.slice(head.length);
}

/**
 * Cleans a URL without asking anybody: blanks around it and line breaks in it go; a missing scheme
 * becomes `http://` (schemes without `//` such as `mailto:` and `urn:` are known); scheme and host
 * are lower-cased, `%xx` upper-cased, illegal characters percent-encoded as UTF-8; a default port
 * and dot segments go. Path, query and fragment are otherwise as they were (RFC 3986).
 *
 * Never throws on any text. Cleaning again changes nothing.
 *
 * @returns the URL, "" if the text is blank or names no host (`http://`)
 */
export function cleanUrl(text: string): string {
  if (ALREADY_CLEAN.test(text) && !text.includes("/.")) return text;
  const trimmed = text.replace(/[\t\n\r]+/g, "").replace(/^[\s\0-\x1f]+|[\s\0-\x1f]+$/g, "");
  const opaque = OPAQUE.exec(trimmed);
  if (opaque !== null && !ANY_SCHEME.test(trimmed)) {
    const [scheme] = opaque;
    return (
      scheme.toLowerCase() +
      encode(trimmed.slice(scheme.length), /%(?:[0-9a-f]{2})?|[^\w\-.~!$&'()*+,;=:@/?#[\]%]+/gi)
    );
  }
  const url = slashesForBackslashes(withScheme(trimmed.replace(/^[\\/]+/, "")));
  const parts = parseUrl(url);
  if (parts === null) return "";
  return parts.host === "" && parts.scheme !== "file" ? "" : formatUrl(cleanParts(parts));
}

/** A name of two labels, such as `nzdl.org`; no address, no machine within an institution. */
const TWO_LABELS = /^[a-z0-9-]+\.[a-z][a-z0-9-]*$/;

/**
 * Cleans a URL and chooses the nicest of the forms that the fuzzy URL key counts as equal, as far
 * as that can be done without trying whether it leads there: session ids, empty query parameters,
 * default documents and slashes at the end go, needless encoding is undone, and the home page of a
 * two-label host gets its `www.` (iVia preferred names with `www.`, then the shorter path).
 * Scheme, other hosts, letter case and fragment stay, since a changed one may lead nowhere.
 *
 * Never throws. Canonizing again changes nothing.
 */
export function canonizeUrl(text: string): string {
  const clean = cleanUrl(text);
  const parts = parseUrl(clean);
  if (parts === null || !/^https?$/.test(parts.scheme)) return clean;
  const query = dropQuerySession(parts.query === null ? null : decodeUnreserved(parts.query));
  let path = removeDotSegments(dropPathSession(decodeUnreserved(parts.path)));
  if (query === null) path = trimDirectory(path);
  if (path === "") path = "/";
  const home = path === "/" && query === null && TWO_LABELS.test(parts.host);
  return formatUrl({ ...parts, host: home ? `www.${parts.host}` : parts.host, path, query });
}
