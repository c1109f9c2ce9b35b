/** The parts of a cleaned URL, and the changes to them that leave what it leads to as it is. */

/** A URL with an authority, taken apart (RFC 3986, section 3). Absent parts are null. */
export interface UrlParts {
  readonly scheme: string;
  readonly userinfo: string | null;
  readonly host: string;
  /** Decimal digits as a rule; never a default port in a cleaned URL. */
  readonly port: string | null;
  /** "" or starting with a slash. */
  readonly path: string;
  readonly query: string | null;
  readonly fragment: string | null;
}

const WITH_AUTHORITY = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** The documents that iVia knew a server to send for their directory. */
const DEFAULT_DOCUMENT = /\/(?:(?:index|welcome)\.(?:html?|asp|php[345]?)|main\.asp)$/i;

const PATH_SESSION = /(?:;|%3B)jsessionid(?:=|%3D)[^/;%?]*/gi;
/** ASP.NET without cookies puts 24 characters, bare or by kind, in parentheses into the path. */
const ASPX_SESSION =
  /\/\((?:[0-9a-z]{24}|(?:[a-z]\([0-9a-z]{24}\))+)\)(?=\/[^?]*\.aspx(?:$|[/?]))/gi;
const QUERY_SESSION =
  /^(?:jsessionid=[0-9a-z$]{10,}|(?:sessionid|phpsessid|sid)=[0-9a-z]{16,}|aspsessionid[a-z]{8}=[a-z]{24})$/i;
const COLD_FUSION = /^cf(?:id|token)=/i;
const ENCODED_UNRESERVED = /%(?:2[DE]|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/gi;

/** Parts of `host`, `host:port` or `[address]:port`. */
function splitPort(hostport: string): { host: string; port: string | null } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(hostport);
  if (match === null) return { host: hostport, port: null };
  return { host: match[1], port: match[2] ?? null };
}

/** Takes a URL apart; null if it has no authority (`mailto:`, `urn:`, plain text). */
export function parseUrl(url: string): UrlParts | null {
  const match = WITH_AUTHORITY.exec(url);
  if (match === null) return null;
  const at = match[2].lastIndexOf("@");
  return {
    scheme: match[1],
    userinfo: at < 0 ? null : match[2].slice(0, at),
    ...splitPort(match[2].slice(at + 1)),
    path: match[3],
    query: match[4] ?? null,
    fragment: match[5] ?? null,
  };
}

/** Puts the parts together again: the inverse of `parseUrl`. */
export function formatUrl(parts: UrlParts): string {
  const userinfo = parts.userinfo === null ? "" : `${parts.userinfo}@`;
  const port = parts.port === null ? "" : `:${parts.port}`;
  const query = parts.query === null ? "" : `?${parts.query}`;
  const fragment = parts.fragment === null ? "" : `#${parts.fragment}`;
  return `${parts.scheme}://${userinfo}${parts.host}${port}${parts.path}${query}${fragment}`;
}

/** Resolves `.` and `..` segments (RFC 3986, section 5.2.4) of a path that is "" or starts with a slash. */
export function removeDotSegments(path: string): string {
  if (!path.includes("/.")) return path;
  const segments = path.split("/").slice(1);
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  const last = segments[segments.length - 1];
  if (last === "." || last === "..") kept.push("");
  return `/${kept.join("/")}`;
}

/** Decodes what RFC 3986 (section 2.3) says never needs encoding: letters, digits, `-._~`. */
export function decodeUnreserved(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(ENCODED_UNRESERVED, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

/** Takes the default document and the slashes at the end off a path: "" for the root. */
export function trimDirectory(path: string): string {
  let trimmed = path;
  for (;;) {
    const shorter = trimmed.replace(/\/+$/, "").replace(DEFAULT_DOCUMENT, "");
    if (shorter === trimmed) return trimmed;
    trimmed = shorter;
  }
}

/** Takes session ids out of a path. */
export function dropPathSession(path: string): string {
  return path.replace(PATH_SESSION, "").replace(ASPX_SESSION, "");
}

/** Takes session ids and empty parameters out of a query; null if nothing is left. */
export function dropQuerySession(query: string | null): string | null {
  if (query === null || query === "") return null;
  const all = query.split("&");
  // cfid and cftoken are a session only as a pair; alone either may be anything.
  const coldFusion =
    all.some((one) => /^cfid=/i.test(one)) && all.some((one) => /^cftoken=/i.test(one));
  const kept = all.filter(
    (one) => one !== "" && !QUERY_SESSION.test(one) && !(coldFusion && COLD_FUSION.test(one)),
  );
  return kept.length === 0 ? null : kept.join("&");
}
