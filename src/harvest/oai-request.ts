/** Requests of OAI-PMH 2.0 (section 3.1.1). */

import { wellFormed } from "./markup.js";

export type OaiArguments = Readonly<Record<string, string>>;

export interface BuiltRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  /** The form of a POST, "" for GET. */
  readonly body: string;
}

/**
 * @param asked verb and arguments; empty ones are left out, since `set=` is no set
 * @param options `tokenAsIs`: the token stands as the repository wrote it, for those that decode it twice or never
 */
export function buildRequest(
  baseUrl: string,
  asked: OaiArguments,
  options: { readonly method: "GET" | "POST"; readonly tokenAsIs: boolean },
): BuiltRequest {
  const query = Object.entries(asked)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => {
      const raw = name === "resumptionToken" && options.tokenAsIs;
      return `${name}=${raw ? withoutBreaks(value) : encoded(value)}`;
    })
    .join("&");
  if (options.method === "POST") return { url: new URL(baseUrl), method: "POST", body: query };
  const between = baseUrl.includes("?") ? (/[?&]$/.test(baseUrl) ? "" : "&") : "?";
  return { url: new URL(`${baseUrl}${between}${query}`), method: "GET", body: "" };
}

/** Every byte but the unreserved ones of RFC 3986. */
function encoded(value: string): string {
  return encodeURIComponent(wellFormed(value)).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What would end the request or begin another argument of the address. */
function withoutBreaks(value: string): string {
  return value.replace(/[\s#]/g, (one) => encoded(one));
}
