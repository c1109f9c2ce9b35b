/** The generated catalogue: record `i` is the same whatever else is made with it. */

import { writeRecord } from "./iso2709.mjs";
import { Random, scramble } from "./random.mjs";
import {
  accented,
  ideographic,
  isbn,
  issn,
  makeTitle,
  retitled,
  rotated,
  withLinkedTitle,
} from "./rewrite.mjs";

const SEED = 20240115;
/** Shares of records. Repeated titles: a few borne by thousands, and a fiftieth by several records. */
const COMMON_TITLES = [
  ["Annual report", 0.01],
  ["Proceedings", 0.0075],
  ["Poems", 0.005],
];
const SHARED_TITLE = 0.02;
const REPEATED_ID = 0.002;
const MARC8 = 0.1;
const LINKED = 0.05;
const DAMAGED = 0.001;

/**
 * @typedef {object} Flavour
 * @property {"mixed" | "utf-8" | "marc-8"} charset mixed is UTF-8 with a tenth of MARC-8
 * @property {"plain" | "ansel" | "eacc"} text which characters the text is made rich in
 * @property {number} changed share (0 to 1) of the records that differ from the unchanged catalogue
 * @property {boolean} clean no damage and no repeated ids
 * @property {string} [title] that of all records
 * @property {boolean} [long] whole records, of 2 kB and more, in place of trimmed ones
 */

export class Catalogue {
  /**
   * @param {import("./shapes.mjs").Stock} stock
   * @param {Flavour} flavour
   */
  constructor(stock, flavour) {
    this.stock = stock;
    this.flavour = flavour;
  }

  /** @returns {Buffer} the bytes of record `i` (from 0), with what follows them */
  bytes(i) {
    const { flavour } = this;
    const random = new Random(i ^ 0x5bd1e995);
    const repeats = !flavour.clean && i > 1000 && random.chance(REPEATED_ID);
    const record = repeats ? this.record(random.int(i), random.chance(0.5)) : this.record(i, false);
    const marc8 =
      flavour.charset === "marc-8" || (flavour.charset === "mixed" && random.chance(MARC8));
    const bytes = writeRecord(record, marc8 ? "marc-8" : "utf-8");
    return !flavour.clean && random.chance(DAMAGED) ? damaged(bytes, random) : bytes;
  }

  record(i, forceChange) {
    const { stock, flavour } = this;
    const random = new Random(i ^ SEED);
    const shape = random.pick(stock.shapes);
    const number = scramble(i ^ SEED);
    const title = this.title(i, random);
    let fields = shape.fields.map((field) => [
      field[0],
      this.rewritten(field, number, title, random),
    ]);
    if (fields[0]?.[0] !== "001") {
      fields = [["001", controlNumber(number)], ...fields.filter(([tag]) => tag !== "001")];
    }
    if (random.chance(LINKED)) fields = withLinkedTitle(fields, random);
    if (flavour.text === "ansel") fields = accented(fields, 0.15, random);
    else if (flavour.text === "eacc") fields = ideographic(fields, 0.4, random);
    else if (random.chance(0.2)) fields = accented(fields, 0.01, random);
    const change = forceChange || new Random(i ^ 0x3c6ef372).chance(flavour.changed);
    return { leader: shape.leader, fields: change ? changed(fields, i) : fields };
  }

  title(i, random) {
    const { words } = this.stock;
    if (this.flavour.title !== undefined) return [this.flavour.title, ""];
    let draw = random.next();
    for (const [title, share] of COMMON_TITLES) {
      if (draw < share) return [title, ""];
      draw -= share;
    }
    if (draw < SHARED_TITLE) {
      const shared = random.int(Math.max(8, Math.floor(i * (SHARED_TITLE / 4))));
      return [makeTitle(words, new Random(~shared)), ""];
    }
    return [makeTitle(words, random), makeTitle(words, random)];
  }

  rewritten([tag, text], number, [title, subtitle], random) {
    switch (tag) {
      case "001":
        return controlNumber(number);
      case "010":
        return `  \x1fa  20${String(number % 1e8).padStart(8, "0")}`;
      case "020":
        return `  \x1fa${isbn((number + random.int(1e6)) % 1e9)}`;
      case "022":
        return `${text.slice(0, 2)}\x1fa${issn(number)}`;
      case "035":
        return `  \x1fa(OCoLC)${number}`;
      case "245":
        return retitled(text, title, subtitle);
      case "856":
        return text.replace(/(\x1fu[^\x1f]*?)[0-9]*(?=\x1f|$)/, `$1${number}`);
      case "100":
      case "110":
      case "650":
      case "651":
      case "700":
      case "710":
        return random.pick(this.stock.fields.get(tag));
      default:
        return tag.startsWith("5") ? rotated(text, random) : text;
    }
  }
}

function controlNumber(number) {
  return `ocn${String(number).padStart(10, "0")}`;
}

/** A correction that shows in the row: a fourth of the records get another title, the others a subject. */
function changed(fields, i) {
  if (i % 4 === 0) {
    return fields.map(([tag, text]) =>
      tag === "245" ? [tag, text.replace(/\x1fa/, "\x1faRevised ")] : [tag, text],
    );
  }
  return [...fields, ["650", ` 0\x1faCorrected headings\x1fxEdition ${i % 100}.`]];
}

/** What transmission, editors and bad exporters do to records. */
function damaged(bytes, random) {
  const copy = Buffer.from(bytes);
  switch (random.int(6)) {
    case 0:
      copy.write(String(bytes.length + 7).padStart(5, "0"), 0, "latin1");
      return copy;
    case 1:
      return copy.subarray(0, -1);
    case 2:
      copy.write("1O", 24 + 12 * 3 + 5, "latin1");
      return copy;
    case 3:
      return Buffer.concat([copy, Buffer.from("\r\n")]);
    case 4:
      return copy.subarray(0, bytes.length >> 1);
    default:
      copy.write("00000", 12, "latin1");
      return copy;
  }
}
