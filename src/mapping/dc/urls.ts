/** The url among the identifiers of a record, the further ones, and the standard numbers beside them. */

import type { DcMapping } from "../../config/harvest/dc-mapping.js";
import { normalizeIdentifiers } from "../../fields/identifiers/identifiers.js";
import { plainForm } from "../../fields/list-form.js";
import type { IgnoreReason } from "../../fields/mapped-record.js";
import { canonizeUrl, cleanUrl } from "../../fields/url-clean.js";
import { parseUrl } from "../../fields/url-parts.js";
import { urlTexts } from "../../fields/url-texts.js";
import type { Found } from "./element-rules.js";
import type { UrlCandidate, UrlVerdict } from "./trace.js";

/** What the candidates give. */
export interface ChosenUrls {
  /** "" for none. */
  readonly url: string;
  readonly others: readonly string[];
  /** Normal forms, as far as they stand among the candidates. */
  readonly isbns: readonly string[];
  readonly issns: readonly string[];
  /** Why the record is left out, by `verify_single_valid_url`. */
  readonly ignore: IgnoreReason | null;
}

export const NO_URLS: ChosenUrls = { url: "", others: [], isbns: [], issns: [], ignore: null };

const WEB = /^(?:https?|ftp)(?::[\\/]*|[\\/]{2,})[^\s\\/?#:]/i;
const WEB_SCHEME = /^(?:https?|ftp)$/;
const RESOLVER = /^(?:(?:[a-z0-9-]+\.)*doi\.org|(?:hdl\.)?handle\.net|nbn-resolving\.(?:org|de))$/;

/** A web address with a host, cleaned; "" for anything else. Syntax only: nobody is asked. */
export function webAddress(text: string): string {
  const trimmed = text.trim();
  if (!WEB.test(trimmed)) return "";
  const address = cleanUrl(trimmed);
  const parts = parseUrl(address);
  if (parts === null || !WEB_SCHEME.test(parts.scheme)) return "";
  // What had to be encoded in a host is none.
  return /[a-z0-9]/.test(parts.host) && !parts.host.includes("%") ? address : "";
}

const DOI = /^(?:doi:|info:doi\/|urn:doi:)?\s*(10\.\d{4,9}(?:\.\d+)*\/\S+)$/i;
const HANDLE = /^(?:hdl:|info:hdl\/|urn:hdl:|handle:)\s*([^\s/]+\/\S+)$/i;

/** The address by which a DOI or a handle is found; "" for anything else. */
export function resolverAddress(text: string): string {
  const doi = DOI.exec(text.trim());
  const handle = doi === null ? HANDLE.exec(text.trim()) : null;
  if (doi === null && handle === null) return "";
  const [host, name] = doi === null ? ["hdl.handle.net", handle?.[1] ?? ""] : ["doi.org", doi[1]];
  const path = name.replace(/[%?#]/g, (sign) => encodeURIComponent(sign));
  return cleanUrl(`https://${host}/${path}`);
}

const LABELLED = /^\s*(?:urn:)?(isbn|issn)(?![a-z])(?:[-\s]*1[03]\b)?[\s:]*(.*)$/is;
const BARE_ISSN = /^\d{4}-\d{3}[\dX]$/i;
const BARE_ISBN = /^(?=.*-)(?:97[89][-\s])?[\d-]{9,15}-[\dX]$/i;

/** The ISBNs or ISSNs of a text that is meant as such: labelled, or with hyphens. */
function standardNumbers(text: string): { kind: "isbn" | "issn"; numbers: string[] } | null {
  const trimmed = text.trim();
  const labelled = LABELLED.exec(trimmed);
  const kind =
    labelled === null
      ? BARE_ISSN.test(trimmed)
        ? "issn"
        : BARE_ISBN.test(trimmed)
          ? "isbn"
          : null
      : labelled[1].toLowerCase() === "isbn"
        ? "isbn"
        : "issn";
  if (kind === null) return null;
  const numbers = normalizeIdentifiers(kind, labelled?.[2] ?? trimmed).valid;
  return numbers.length === 0 ? null : { kind, numbers };
}

interface Address {
  readonly found: Found;
  readonly text: string;
  readonly address: string;
  /** It says of itself that it is a URI. */
  readonly typed: boolean;
  readonly resolver: boolean;
}

type Options = Pick<
  DcMapping,
  "discardInvalidUrls" | "verifySingleValidUrl" | "resolverUrls" | "canonizeAllMetadata"
>;

/** The home page of a host is one page, with its slash or without. */
function rooted(address: string): string {
  return /^[a-z]+:\/\/[^/?#]+$/.test(address) ? `${address}/` : address;
}

/** Goes through the candidates of one record. */
class Choice {
  readonly addresses: Address[] = [];
  readonly rest: { readonly found: Found; readonly text: string }[] = [];
  readonly isbns: string[] = [];
  readonly issns: string[] = [];

  constructor(
    private readonly options: Options,
    private readonly tell: (found: Found, text: string, verdict: UrlVerdict, to: string) => void,
  ) {}

  take(found: Found): void {
    for (const text of urlTexts(found.text)) {
      const address = this.finished(webAddress(text));
      if (address === "") this.rest.push({ found, text });
      else this.add(found, text, address);
    }
  }

  private finished(address: string): string {
    return address !== "" && this.options.canonizeAllMetadata ? canonizeUrl(address) : address;
  }

  private add(found: Found, text: string, address: string): void {
    if (this.addresses.some((other) => rooted(other.address) === rooted(address))) {
      this.tell(found, text, "the same address again", address);
      return;
    }
    const typed = /(?:^|:)(?:URI|URL|anyURI)$/i.test(found.element.type);
    const resolver = RESOLVER.test(parseUrl(address)?.host ?? "");
    this.addresses.push({ found, text, address, typed, resolver });
  }

  /** What is no address may be a standard number, or name one. */
  readRest(): void {
    const needed = this.options.resolverUrls && this.addresses.length === 0;
    for (const { found, text } of this.rest) {
      const numbers = standardNumbers(text);
      const made = needed && this.addresses.length === 0 ? resolverAddress(text) : "";
      if (numbers !== null) {
        const into = numbers.kind === "isbn" ? this.isbns : this.issns;
        into.push(...numbers.numbers.filter((number) => !into.includes(number)));
        const verdict = numbers.kind === "isbn" ? "no address: an ISBN" : "no address: an ISSN";
        this.tell(found, text, verdict, numbers.numbers.join(";"));
      } else if (made !== "") {
        this.tell(found, text, "no address: a DOI or handle, made one (resolver_urls)", made);
        this.addresses.push({ found, text, address: made, typed: false, resolver: true });
      } else this.tell(found, text, "no address: forgotten", "");
    }
  }

  /** The one that says that it is a URI, else the first that no resolver leads to, else the first. */
  best(): Address | null {
    const { addresses } = this;
    return (
      addresses.find(({ typed }) => typed) ??
      addresses.find(({ resolver }) => !resolver) ??
      addresses[0] ??
      null
    );
  }
}

/**
 * Chooses the url.
 *
 * @param candidates the elements that are mapped to `url`, in order
 * @param label names an element by its place
 * @param trace told of every candidate
 */
export function chooseUrl(
  candidates: readonly Found[],
  options: Options,
  label: (at: number) => string,
  trace: ((candidate: UrlCandidate) => void) | null,
): ChosenUrls {
  const choice = new Choice(options, (found, text, verdict, result) => {
    trace?.({ element: label(found.at), text, verdict, result });
  });
  const { discardInvalidUrls, verifySingleValidUrl } = options;
  const asItStands = !discardInvalidUrls && !verifySingleValidUrl ? candidates[0] : undefined;
  if (asItStands !== undefined) {
    const url = plainForm(asItStands.text);
    trace?.({ element: label(asItStands.at), text: url, verdict: "taken as url", result: url });
  }
  for (const found of candidates) if (found !== asItStands) choice.take(found);
  choice.readRest();
  const best = asItStands === undefined ? choice.best() : null;
  const url = asItStands === undefined ? (best?.address ?? "") : plainForm(asItStands.text);
  const others: string[] = [];
  for (const one of choice.addresses) {
    if (one === best) {
      trace?.({
        element: label(one.found.at),
        text: one.text,
        verdict: "taken as url",
        result: url,
      });
    } else if (one.address !== url) {
      others.push(one.address);
      const verdict = "taken as other_urls";
      trace?.({ element: label(one.found.at), text: one.text, verdict, result: one.address });
    }
  }
  const ignore = verifySingleValidUrl ? notSingle(choice.addresses) : null;
  return { url, others, isbns: choice.isbns, issns: choice.issns, ignore };
}

function notSingle(addresses: readonly Address[]): IgnoreReason | null {
  if (addresses.length === 1) return null;
  if (addresses.length === 0) {
    return { code: "no-url", message: "no url, and verify_single_valid_url asks for one" };
  }
  const [first, second] = addresses;
  return {
    code: "several-urls",
    message: `${addresses.length} different urls (${first.address}, ${second.address}), and verify_single_valid_url asks for one`,
  };
}
