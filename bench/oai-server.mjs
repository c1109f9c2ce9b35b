/**
 * A repository of OAI-PMH on the loopback for measurements: every page is made before the first request.
 *
 *     node bench/oai-server.mjs RECORDS
 *
 * Prints its address when it is ready. The base URL ends with the number of records a page: /1000, /100.
 */

import { createServer } from "node:http";
import { Random } from "./generator/random.mjs";

const STAMP = "2026-01-01T00:00:00Z";
const PAGE_SIZES = [1000, 100];
const WORDS =
  "whales harbour survey annual report history of the northern sea ships letters and maps river valley school library music early printed books collection notes on practice theory method letters garden".split(
    " ",
  );

const records = Number(process.argv[2]);
const random = new Random(20260101);

function text(words) {
  return Array.from({ length: words }, () => WORDS[random.int(WORDS.length)]).join(" ");
}

function described(number) {
  return {
    title: `${text(6)} ${number}`,
    names: [`${text(1)}, ${text(1)}`, `${text(1)}, ${text(2)}`],
    subjects: [text(2), text(3), text(1)],
    summary: text(90),
    url: `http://www.example.org/items/${number}`,
    year: 1900 + random.int(120),
  };
}

function dc({ title, names, subjects, summary, url, year }) {
  const elements = [
    ["title", title],
    ...names.map((name) => ["creator", name]),
    ...subjects.map((subject) => ["subject", subject]),
    ["description", summary],
    ["publisher", "University of Example"],
    ["date", `${year}-05-06`],
    ["type", "Text"],
    ["identifier", url],
    ["identifier", `hdl:10000/${year}`],
    ["language", "eng"],
    ["rights", "open"],
  ];
  const inner = elements.map(([name, value]) => `<dc:${name}>${value}</dc:${name}>`).join("");
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${inner}</oai_dc:dc>`;
}

function marc({ title, names, subjects, summary, url, year }, number) {
  const field = (tag, indicators, ...subfields) => {
    const inner = subfields.map(([code, value]) => `<subfield code="${code}">${value}</subfield>`);
    return `<datafield tag="${tag}" ind1="${indicators[0]}" ind2="${indicators[1]}">${inner.join("")}</datafield>`;
  };
  return `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">b${number}</controlfield><controlfield tag="008">260101s${year}    xx            000 0 eng d</controlfield>${[
    field("100", "1 ", ["a", names[0]]),
    field("245", "10", ["a", title], ["c", names[0]]),
    field("260", "  ", ["a", "Example"], ["b", "University of Example"], ["c", String(year)]),
    field("300", "  ", ["a", "230 p."]),
    field("520", "  ", ["a", summary]),
    ...subjects.map((subject) => field("650", " 0", ["a", subject])),
    field("700", "1 ", ["a", names[1]]),
    field("856", "40", ["u", url]),
  ].join("")}</record>`;
}

function pagesOf(metadata, size) {
  const pages = [];
  for (let first = 0; first < records; first += size) {
    const list = metadata.slice(first, first + size).map((one, i) => {
      return `<record><header><identifier>oai:r.example.org:${first + i}</identifier><datestamp>${STAMP}</datestamp></header><metadata>${one}</metadata></record>`;
    });
    const next = first + size < records ? String(first + size) : "";
    const token = `<resumptionToken completeListSize="${records}" cursor="${first}">${next}</resumptionToken>`;
    pages.push(
      Buffer.from(answer("ListRecords", `<ListRecords>${list.join("")}${token}</ListRecords>`)),
    );
  }
  return pages;
}

function answer(verb, content) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${STAMP}</responseDate><request verb="${verb}">http://127.0.0.1/</request>${content}</OAI-PMH>`;
}

const IDENTIFY = answer(
  "Identify",
  "<Identify><repositoryName>Bench</repositoryName><baseURL>http://127.0.0.1/</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail><earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>",
);

const all = Array.from({ length: records }, (_, number) => described(number));
const formats = { oai_dc: all.map(dc), marc21: all.map(marc) };
const pages = new Map();
for (const [prefix, metadata] of Object.entries(formats)) {
  for (const size of PAGE_SIZES) pages.set(`/${prefix}/${size}`, pagesOf(metadata, size));
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  response.setHeader("content-type", "text/xml");
  if (searchParams.get("verb") === "Identify") return response.end(IDENTIFY);
  const size = Number(pathname.slice(pathname.lastIndexOf("/") + 1));
  const first = Number(searchParams.get("resumptionToken") ?? 0);
  response.end(pages.get(pathname)[first / size]);
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
