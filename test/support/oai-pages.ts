/**
 * Pages of a list as XML allows them: well-formed, with everything in them that a reader which looks for tags
 * may take for something else. A whole-page parser tells what they hold.
 */

import fc from "fast-check";
import { SaxesParser } from "saxes";

/** What stands in comments, sections and instructions; none of it is markup there. */
const TRAPS = [
  "<record>",
  "</record>",
  "<record/>",
  "<header>",
  "<header status='deleted'>",
  "</header>",
  "<identifier>oai:trap</identifier>",
  "<datestamp>1999-01-01</datestamp>",
  "<setSpec>trap</setSpec>",
  "<metadata>",
  "</metadata>",
  "</ListRecords>",
  "</OAI-PMH>",
  "<resumptionToken>trap</resumptionToken>",
  "<resumptionToken/>",
  "<record><header><identifier>oai:trap</identifier></header><metadata>m</metadata></record>",
  "<",
  "&",
  ">",
  "'",
  '"',
  "<!",
  "<![CDATA[",
  "words",
] as const;

// A border between two records is no trap: a comment that hides one is taken for damage, so that none is lost.
const trap = fc
  .array(fc.constantFrom(...TRAPS), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(" . "));

const comment = trap.map((text) => `<!--${text}-->`);
const section = trap.map((text) => `<![CDATA[${text}]]>`);
const instruction = trap.map((text) => `<?pi ${text}?>`);
/** What may stand between any two elements. */
const nothing = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("", "\n  ") },
  { weight: 1, arbitrary: fc.oneof(comment, instruction) },
);

const NAMES = ["x", "dc:title", "metadata", "about", "header", "record", "o:record", "ListRecords"];
const ATTRIBUTES = ["", ` a="b>c"`, ` a='/>'`, ` status="deleted"`, ` a="' status='deleted"`];

/** Elements and text as metadata hold them; `within` is put into some. */
function content(within: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const wrapped = fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...ATTRIBUTES), within)
    .map(([name, attribute, inner]) =>
      inner === "" ? `<${name}${attribute}/>` : `<${name}${attribute}>${inner}</${name}>`,
    );
  const foreign = fc
    .tuple(nothing, within, nothing)
    .map(
      ([a, inner, b]) =>
        `<record>${a}<header><identifier>oai:inner</identifier><datestamp>1999</datestamp></header>${b}<metadata>${inner}</metadata></record>`,
    );
  const token = fc.constantFrom(
    "<resumptionToken>inner</resumptionToken>",
    "<resumptionToken/>",
    "<resumptiontoken completeListSize='5'>inner</resumptiontoken>",
  );
  const answer = fc
    .tuple(fc.array(foreign, { maxLength: 2 }), token)
    .map(
      ([records, last]) =>
        `<OAI-PMH><responseDate>1999</responseDate><ListRecords>${records.join("")}${last}</ListRecords></OAI-PMH>`,
    );
  const part = fc.oneof(
    fc.constantFrom("text ", "a &lt; b > c", ""),
    comment,
    section,
    instruction,
    wrapped,
    foreign,
    answer,
    token,
  );
  return fc.array(part, { maxLength: 4 }).map((parts) => parts.join(""));
}

export const metadataContent = content(content(content(fc.constantFrom("", "deep"))));

const title = fc
  .array(fc.oneof(fc.constantFrom("Title", "of words"), comment, section, instruction), {
    maxLength: 3,
  })
  .map((parts) => `T${parts.join("")}`);

const around = (start: string, open: string, close: string, end: string) =>
  fc
    .tuple(nothing, nothing, title, nothing, nothing)
    .map(([a, b, text, c, d]) => `${a}${start}${b}${open}${text}${close}${c}${end}${d}`);

/** Metadata in Dublin Core with a title. */
export const titledDc = around(
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">`,
  "<dc:title>",
  "</dc:title>",
  "</oai_dc:dc>",
);

/** The same in MARC. */
export const titledMarc = around(
  `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">m5</controlfield>`,
  `<datafield tag="245" ind1="1" ind2="0"><subfield code="a">`,
  "</subfield></datafield>",
  "</record>",
);

const date = fc
  .integer({ min: 1, max: 28 })
  .map((day) => `2026-11-${String(day).padStart(2, "0")}`);

/** @param metadata what stands in the metadata, and in an `about` */
export function recordOf(metadata: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({
      gaps: fc.array(nothing, { minLength: 8, maxLength: 8 }),
      number: fc.integer({ min: 1, max: 999 }),
      inSection: fc.boolean(),
      date,
      status: fc.constantFrom("", "", "", ` status="deleted"`, ` a="status='deleted'"`, ` a=">"`),
      sets: fc.constantFrom("", "<setSpec>s</setSpec>", "<setSpec a='>'>s</setSpec>"),
      metadata,
      about: fc.oneof(
        fc.constant(""),
        metadata.map((inner) => `<about><x/>${inner}</about>`),
      ),
    })
    .map(({ gaps: g, number, inSection, date: day, status, sets, metadata: m, about }) => {
      const id = inSection ? `<![CDATA[oai:r:${number}]]>` : `oai:r:${number}`;
      const header = `<header${status}>${g[1]}<identifier>${id}</identifier>${g[2]}<datestamp>${day}</datestamp>${g[3]}${sets}${g[4]}</header>`;
      return `<record>${g[0]}${header}${g[5]}<metadata>${m}</metadata>${g[6]}${about}${g[7]}</record>`;
    });
}

const listToken = fc.constantFrom(
  "",
  "<resumptionToken/>",
  "<resumptionToken completeListSize='9' cursor='0'>more</resumptionToken>",
  "<resumptionToken>m<!-- <resumptionToken> -->ore</resumptionToken>",
  "<resumptionToken><![CDATA[more]]></resumptionToken>",
);

export function pageOf(record: fc.Arbitrary<string>, most = 5): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.tuple(record, nothing), { maxLength: most }), listToken, nothing, nothing)
    .map(
      ([records, token, first, last]) =>
        `<?xml version="1.0"?>${first}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">${first}<responseDate>2026-11-28T03:00:00Z</responseDate>${last}<ListRecords>${records.map(([xml, gap]) => `${gap}${xml}`).join("")}${token}${last}</ListRecords>${first}</OAI-PMH>${last}`,
    );
}

/** A record as a parser of the whole page sees it. */
export interface ParsedRecord {
  /** From its start tag to its end tag. */
  readonly xml: string;
  identifier: string;
  datestamp: string;
  deleted: boolean;
  sets: string[];
  /** Of `titledDc` and `titledMarc`. */
  title: string;
}

export interface ParsedPage {
  readonly records: readonly ParsedRecord[];
  readonly token: string | null;
  readonly responseDate: string;
}

/** Reads a page with a parser alone. */
export function parsedPage(page: string): ParsedPage {
  const parser = new SaxesParser({ position: true });
  const path: string[] = [];
  const records: ParsedRecord[] = [];
  let [token, responseDate]: [string | null, string] = [null, ""];
  let [from, text] = [0, ""];
  let record: ParsedRecord | null = null;
  let start = 0;
  const at = (...names: string[]) => path.join("/") === names.join("/");
  const LIST = ["OAI-PMH", "ListRecords"];
  parser.on("opentagstart", () => {
    start = page.lastIndexOf("<", parser.position - 1);
  });
  parser.on("opentag", ({ name, attributes }) => {
    path.push(name);
    text = "";
    if (at(...LIST, "record")) {
      from = start;
      record = { xml: "", identifier: "", datestamp: "", deleted: false, sets: [], title: "" };
    }
    if (record && at(...LIST, "record", "header")) {
      record.deleted = attributes.status === "deleted";
    }
  });
  const add = (more: string) => {
    text += more;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    if (record) {
      const header = [...LIST, "record", "header"];
      if (at(...header, "identifier")) record.identifier ||= text;
      if (at(...header, "datestamp")) record.datestamp ||= text;
      if (at(...header, "setSpec")) record.sets.push(text);
      const metadata = [...LIST, "record", "metadata"];
      if (at(...metadata, "oai_dc:dc", "dc:title")) record.title ||= text;
      if (at(...metadata, "record", "datafield", "subfield")) record.title ||= text;
      if (at(...LIST, "record")) {
        records.push({ ...record, xml: page.slice(from, parser.position) });
        record = null;
      }
    } else if (at(...LIST, "resumptionToken")) token = text;
    else if (at("OAI-PMH", "responseDate")) responseDate = text;
    path.pop();
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(page).close();
  return { records, token, responseDate };
}
