/** What an answer to ListRecords means for the list that is being fetched: section 3.5 of OAI-PMH, and what happens instead. */

import { type Envelope, errorsText } from "./envelope.js";
import { largest, type PageLine, type WindowState } from "./manifest.js";
import type { PageCounts } from "./page-sink.js";

/** Pages without a record, each with a token, after which nothing more is to be expected. */
const EMPTY_PAGES = 10;
/** How often the same records may come under new tokens. */
const SAME_RECORDS = 3;

export interface ListAnswer {
  readonly status: number;
  readonly envelope: Envelope;
  readonly counts: PageCounts;
}

/** How the list stood when it was asked. */
export interface ListSoFar {
  readonly window: WindowState;
  /** The token that was sent, "" for the first page. */
  readonly token: string;
  /** Whether from or until was sent. */
  readonly dated: boolean;
  /** Whether the size that the repository states is to be reached. */
  readonly sizeCounts: boolean;
  /** How many different records have come, those of this answer among them. */
  readonly different: () => number;
}

/** What is odd about a list that is whole, by its code. */
export type ListNote = "M804" | "M806";

export type Step =
  /** A page; the list goes on with its token. */
  | { readonly kind: "page" }
  /** A page, or none where it holds nothing, and the list is whole; `notes` are codes. */
  | { readonly kind: "whole"; readonly page: boolean; readonly notes: readonly ListNote[] }
  /** The token is lost: begin the window anew. */
  | { readonly kind: "lost" }
  /** The list has changed while it was fetched: begin the window anew. */
  | { readonly kind: "changed" }
  /** Too much at a time. */
  | { readonly kind: "split" }
  /** The dates are not taken in this form. */
  | { readonly kind: "coarser"; readonly said: string }
  | { readonly kind: "fail"; readonly what: string; readonly advice: string };

const SHORT =
  "The next run asks again; if the repository always states a size that is wrong, write ignore_list_size = true.";
const STRAYED =
  "Write to the repository, whose tokens forget the set; until then harvest without sets, or with window = month.";
const AGAIN = "The next run asks again; if it goes on, write to the repository.";

/** What is to be done with the answer. */
export function nextStep({ status, envelope, counts }: ListAnswer, so: ListSoFar): Step {
  if (!isOai(envelope)) return withoutOai(status, envelope, so);
  if (isError(envelope, counts)) return ofErrors(envelope, so);
  if (envelope.verb !== "ListRecords") {
    return fail(`the answer to ListRecords is one to ${envelope.verb}`, AGAIN);
  }
  return ofPage(envelope, counts, so);
}

/** Whether errors are the answer, be it that some records came before: then the rest of the page is missing. */
function isError({ verb, errors }: Envelope, { records }: PageCounts): boolean {
  const isPage = verb === "ListRecords" && records > 0;
  return errors.some(({ code }) => !isPage || code !== "noRecordsMatch");
}

/** Whether it is an answer of OAI-PMH at all, and a whole one. */
export function isOai({ root, closed, verb, errors }: Envelope): boolean {
  return root === "OAI-PMH" && closed && (verb !== "" || errors.length > 0);
}

const NAME = /^[\w.-]+$/;

function withoutOai(status: number, { root, closed }: Envelope, { token }: ListSoFar): Step {
  if (status === 413) return { kind: "split" };
  if (token !== "" && TOKEN_LOST.has(status)) return { kind: "lost" };
  if (status >= 400) {
    return fail(`the repository answers with HTTP ${status}`, adviceOn(status));
  }
  if (root === "OAI-PMH" && !closed) return fail("the answer breaks off before its end", AGAIN);
  const what = NAME.test(root) ? `a document of <${root}>` : "empty or no XML";
  return fail(
    `the answer is no OAI-PMH, but ${what}`,
    "Look at base_url in a browser with ?verb=Identify behind it.",
  );
}

/** Statuses that servers answer a token with that they no longer know. */
const TOKEN_LOST: ReadonlySet<number> = new Set([400, 404, 410, 422]);

function adviceOn(status: number): string {
  if (status === 414) return "Its tokens are too long for an address: write method = POST.";
  if (status === 401 || status === 403) {
    return "Ask the repository for access; username, password_file and header are for it.";
  }
  return status === 404 || status === 410 ? "Look whether base_url is still right." : AGAIN;
}

function ofErrors({ errors }: Envelope, so: ListSoFar): Step {
  const { token, dated } = so;
  const codes = errors.map(({ code }) => code);
  const said = errorsText(errors);
  if (codes.every((code) => code === "noRecordsMatch")) {
    if (token === "") return { kind: "whole", page: false, notes: [] };
    return atTheEnd(so, 0, { hasEnd: false, notes: ["M806"] });
  }
  if (codes.includes("badResumptionToken")) {
    return token === "" ? fail(`the repository answers ${said}`, AGAIN) : { kind: "lost" };
  }
  if (codes.includes("badArgument") && token !== "") return { kind: "lost" };
  if (codes.includes("badArgument") && dated) return { kind: "coarser", said };
  if (codes.includes("cannotDisseminateFormat")) {
    return fail(
      `the repository does not offer the format: ${said}`,
      "`OAI-PMH-importer formats` lists what it offers; name one in metadata_prefix.",
    );
  }
  if (codes.includes("noSetHierarchy") || codes.includes("badArgument")) {
    return fail(
      `the repository does not take the request: ${said}`,
      "Look at sets and metadata_prefix; `OAI-PMH-importer sets` lists the sets.",
    );
  }
  return fail(`the repository answers ${said}`, AGAIN);
}

function ofPage(envelope: Envelope, counts: PageCounts, so: ListSoFar): Step {
  const { window, token: asked } = so;
  const { token } = envelope;
  if (counts.strayed > 0 && asked !== "" && window.pages.every((page) => page.strayed === 0)) {
    return fail("behind its token the list goes on with records of other sets", STRAYED);
  }
  if (token === null || token.text === "") {
    const notes: readonly ListNote[] = asked !== "" && counts.records === 0 ? ["M806"] : [];
    // One that leaves out the empty token at the end of a list of several pages may have lost the list.
    const hasEnd = token !== null || asked === "";
    return atTheEnd(so, counts.records, { hasEnd, notes }, token?.completeListSize ?? null);
  }
  const again = loopOf(window.pages, counts, token.text);
  if (again !== null) return fail(again, AGAIN);
  return { kind: "page" };
}

function loopOf(pages: readonly PageLine[], counts: PageCounts, token: string): string | null {
  if (counts.records === 0) {
    const empty = pages.slice(-EMPTY_PAGES + 1);
    const all = empty.length === EMPTY_PAGES - 1 && empty.every(({ records }) => records === 0);
    return all ? `${EMPTY_PAGES} pages without a record came one after another` : null;
  }
  const same = pages.filter((page) => page.digest === counts.digest && page.records > 0);
  const isLoop = same.some((page) => page.token === token) || same.length >= SAME_RECORDS;
  return isLoop ? "the list goes in circles: the same page came again" : null;
}

function atTheEnd(
  { window, sizeCounts, different: count }: ListSoFar,
  records: number,
  { hasEnd, notes }: { readonly hasEnd: boolean; readonly notes: readonly ListNote[] },
  stated: number | null = null,
): Step {
  const size = sizeCounts ? largest(stated, window.totals.size) : null;
  const different = size === null ? 0 : count();
  if (size === null || different >= size) return { kind: "whole", page: true, notes };
  const sum = window.totals.records + records;
  const isChanged = different < sum || (stated !== null && stated < size);
  if (isChanged && window.changes === 0) return { kind: "changed" };
  const page = window.pages.reduce((most, one) => Math.max(most, one.records), records);
  if (hasEnd && size - different < page) {
    return { kind: "whole", page: true, notes: [...notes, "M804"] };
  }
  const came =
    different < sum ? `${different} different records of ${size}` : `${sum} of ${size} records`;
  return fail(`the list ends after ${came}`, SHORT);
}

function fail(what: string, advice: string): Step {
  return { kind: "fail", what, advice };
}
