/** What XML is that holds no MARC: an error answer must not pass for an empty delivery. */

/** Bytes of a stream that are looked at. */
export const XML_HEAD = 64 * 1024;

const PROLOG = /^\ufeff?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>[]*(?:\[.*?\])?[^>]*>)*/is;
const TAG = /<([\w.-]+:)?([\w.-]+)/g;
const SHOWN = 80;

/**
 * Names XML in which no record element stands.
 *
 * @param text the beginning of the stream
 * @returns as it reads behind "looks like"; null for an empty delivery: nothing, a collection of nothing,
 *   an OAI-PMH answer that no record matches, an SRU answer without hits
 */
export function foreignXml(text: string): string | null {
  const body = text.replace(PROLOG, "");
  if (body.trim() === "") return null;
  if (!body.startsWith("<")) return "text that is no XML";
  const elements = Array.from(body.matchAll(TAG), ([, , name]) => name);
  const [root = "", ...others] = elements;
  // Cut off within its declaration or its first tag.
  if (elements.length === 0) return "XML without an element";
  switch (root.toLowerCase()) {
    case "html":
      return "HTML";
    case "oai-pmh":
      return oaiAnswer(body, others);
    case "searchretrieveresponse":
      return sruAnswer(body);
    case "envelope":
      return said(body, "faultstring|Text", "a SOAP fault") ?? "a SOAP answer without records";
    case "collection":
      if (others.length === 0) return null;
  }
  if (/^(diagnostics?)$/i.test(root)) return said(body, "message|details", "an SRU diagnostic");
  return `XML without MARC records (its elements are ${[...new Set([root, ...others])].slice(0, 3).join(", ")})`;
}

function oaiAnswer(body: string, elements: readonly string[]): string | null {
  const error = /<(?:[\w.-]+:)?error\b[^>]*?code\s*=\s*["']([^"']*)["'][^>]*>([^<]*)/.exec(body);
  if (error?.[1] === "noRecordsMatch") return null;
  if (error)
    return `an OAI-PMH error answer (${shown(
      error
        .slice(1)
        .filter((part) => part !== "")
        .join(": "),
    )})`;
  const verb = elements.find((name) => /^(List|Get|Identify)/.test(name));
  return `an OAI-PMH answer without records${verb ? ` (${verb})` : ""}`;
}

function sruAnswer(body: string): string | null {
  const diagnostic = said(body, "message|details|uri", "an SRU diagnostic");
  const isEmpty = /<(?:[\w.-]+:)?numberOfRecords\s*>\s*0\s*</.test(body);
  return diagnostic ?? (isEmpty ? null : "an SRU answer without records");
}

/** What the first of some elements says; null if there is none of them. */
function said(body: string, names: string, what: string): string | null {
  const found = new RegExp(`<(?:[\\w.-]+:)?(?:${names})\\b[^>]*>([^<]*)`).exec(body);
  return found === null ? null : `${what} (${shown(found[1])})`;
}

function shown(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, SHOWN);
}
