/** Parses one record of a repository: the header, and the leaf elements of its metadata. */

import { isAscii, isUtf8 } from "node:buffer";
import { createRequire } from "node:module";
import type { SaxesParser } from "saxes";
import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import type { HarvestedElement, HarvestedRecord } from "../input/harvested-record.js";
import { PlainXmlReader, type XmlEvents, type XmlTag } from "../input/plain-xml.js";
import { isUtf8Label } from "../input/record-text.js";
import { xmlProblem } from "../input/xml-problem.js";
import { repairedXml } from "../input/xml-repair.js";
import { localName } from "./markup.js";
import type { CutRecord } from "./page-cutter.js";
import { identifierOf } from "./page-sink.js";

/** Elements in one another. */
const DEEPEST = 64;
const BLANKS = /\s+/g;
const CONTENT = /\S/;
/** What is not one blank between two words. */
const UNSQUEEZED = /\s\s|[^\S ]/;
const NOT_ASCII = /[^\0-\x7f]/;
const XSI = "http://www.w3.org/2001/XMLSchema-instance";

const require = createRequire(import.meta.url);

/** The library is loaded only where there is XML to parse. */
function newParser(): SaxesParser<{ xmlns: false; position: false }> {
  const saxes = require("saxes") as typeof import("saxes");
  return new saxes.SaxesParser({ xmlns: false, position: false });
}

class Refused extends Error {}

type Bindings = Readonly<Record<string, string>>;

interface Level {
  readonly tag: XmlTag;
  readonly bindings: Bindings;
  readonly lang: string;
  /** With that of the elements in it. */
  text: string;
  /** Whether it holds another element. */
  parent: boolean;
  /** Whether it holds text beside other elements: markup of somebody's own within a value. */
  mixed: boolean;
}

class Gatherer implements XmlEvents {
  identifier = "";
  datestamp = "";
  deleted = false;
  hasMetadata = false;
  readonly setSpecs: string[] = [];
  readonly elements: HarvestedElement[] = [];
  private readonly levels: Level[] = [];
  /** The part of the record that stands open: `header`, `metadata` or `about`. */
  private part = "";

  constructor(private readonly bindings: Bindings) {}

  open(tag: XmlTag): void {
    const above = this.levels.at(-1);
    if (above && !above.parent) {
      above.parent = true;
      above.mixed = CONTENT.test(above.text);
    }
    if (this.levels.length >= DEEPEST)
      throw new Refused(`more than ${DEEPEST} elements in one another`);
    const bindings = bound(tag, above?.bindings ?? this.bindings);
    const lang = tag.attributes["xml:lang"] ?? above?.lang ?? "";
    this.levels.push({ tag, bindings, lang, text: "", parent: false, mixed: false });
    if (this.levels.length === 3 && this.part === "metadata") this.hasMetadata = true;
    if (this.levels.length !== 2) return;
    this.part = localName(tag.name);
    if (this.part === "header") this.deleted = isDeleted(tag.attributes.status);
  }

  text(text: string): void {
    const level = this.levels.at(-1);
    if (level === undefined) return;
    level.text += text;
    if (level.parent && !level.mixed) level.mixed = CONTENT.test(text);
  }

  close(): void {
    const level = this.levels.pop();
    if (level === undefined) return;
    const above = this.levels.at(-1);
    if (above) above.text += level.text;
    // Text that has gone astray between the elements of the whole makes no value of it.
    const isValue = !level.parent || (level.mixed && this.levels.length > 2);
    if (!isValue) return;
    if (this.levels.length === 2 && this.part === "header") this.headerField(level);
    else if (this.levels.length >= 2 && this.part === "metadata") this.element(level);
  }

  private headerField({ tag, text }: Level): void {
    const value = text.trim();
    const name = localName(tag.name);
    if (name === "identifier") this.identifier ||= value;
    else if (name === "datestamp") this.datestamp ||= value;
    else if (name === "setSpec" && value !== "") this.setSpecs.push(value);
  }

  private element({ tag, text, bindings, lang }: Level): void {
    const squeezed = normal(text);
    if (squeezed === "") return;
    const colon = tag.name.indexOf(":");
    const prefix = colon < 0 ? "" : tag.name.slice(0, colon);
    this.elements.push({
      namespace: bindings[prefix] ?? "",
      prefix,
      name: tag.name.slice(colon + 1),
      type: typeOf(tag, bindings),
      lang,
      text: squeezed,
    });
  }
}

/** Blanks squeezed, NFC. Most texts are so already, which is cheaper to see than to make. */
function normal(text: string): string {
  const squeezed = UNSQUEEZED.test(text) ? text.replace(BLANKS, " ").trim() : text.trim();
  return NOT_ASCII.test(squeezed) ? squeezed.normalize("NFC") : squeezed;
}

function isDeleted(status: string | undefined): boolean {
  return status?.trim().toLowerCase() === "deleted";
}

function typeOf({ attributes }: XmlTag, bindings: Bindings): string {
  for (const name in attributes) {
    if (!name.endsWith(":type")) continue;
    const prefix = name.slice(0, -5);
    if (prefix === "xsi" || bindings[prefix] === XSI) return attributes[name].trim();
  }
  return "";
}

function bound(tag: XmlTag, around: Bindings): Bindings {
  let bindings = around;
  const { attributes } = tag;
  for (const name in attributes) {
    if (name === "xmlns") bindings = { ...bindings, "": attributes[name] };
    else if (name.startsWith("xmlns:"))
      bindings = { ...bindings, [name.slice(6)]: attributes[name] };
  }
  return bindings;
}

/** A record, or why there is none; what can be told of the record all the same goes with it. */
export type ReadRecord =
  | { readonly kind: "record"; readonly record: HarvestedRecord }
  | (Refusal & {
      readonly kind: "reject";
      /** "" if it cannot be read. */
      readonly identifier: string;
    });

/** The identifier in a header that no parser can read, "" if it is not to be found. */
export function identifierIn(bytes: Buffer): string {
  return identifierOf(bytes.toString("utf8", 0, 16_384));
}

export class OaiRecordReader {
  private gatherer = new Gatherer({});
  private readonly plain = new PlainXmlReader();
  /** Made for the first record that is not plain: most lists have none. */
  private parser: ReturnType<typeof newParser> | null = null;

  private listeningParser(): ReturnType<typeof newParser> {
    const parser = newParser();
    parser.on("opentag", (tag) => this.gatherer.open(tag));
    parser.on("closetag", () => this.gatherer.close());
    parser.on("text", (text) => this.gatherer.text(text));
    parser.on("cdata", (text) => this.gatherer.text(text));
    parser.on("error", ({ message }) => {
      throw new Refused(message);
    });
    return parser;
  }

  /**
   * Reads a record whose bytes were cut out of an answer. Characters that XML forbids become blanks,
   * halves of pairs are joined, bytes that are not UTF-8 become U+FFFD, each of which is told.
   *
   * @param cut `offset` is the one that findings name
   */
  read(cut: CutRecord): ReadRecord {
    const { bytes, offset, refusal } = cut;
    const found: Diagnostic[] = [];
    const reject = (reason: Diagnostic): ReadRecord => ({
      kind: "reject",
      reason,
      further: found,
      identifier: identifierIn(bytes),
    });
    if (refusal !== null) return reject(diagnostic(refusal, { offset }));
    const problem = this.parse(textOf(cut, found), cut, found);
    if (problem !== null) return reject(diagnostic("M701", { offset, found: problem }));
    const { identifier, datestamp, deleted, setSpecs, elements, hasMetadata } = this.gatherer;
    if (identifier === "") return reject(diagnostic("M812", { offset }));
    if (!deleted && !hasMetadata) return reject(diagnostic("M813", { offset, found: identifier }));
    const metadata = deleted ? [] : elements;
    const record = {
      identifier,
      datestamp,
      deleted,
      setSpecs,
      elements: metadata,
      diagnostics: found,
    };
    return { kind: "record", record };
  }

  /** Parses, if need be a second time without what XML forbids. */
  private parse(text: string, { bindings, offset }: CutRecord, found: Diagnostic[]): string | null {
    const problem = this.parseOnce(text, bindings);
    if (problem === null) return null;
    const cleaned = repairedXml(text);
    if (cleaned === text) return xmlProblem(text, problem);
    found.push(diagnostic("M710", { offset }));
    const left = this.parseOnce(cleaned, bindings);
    return left && xmlProblem(cleaned, left);
  }

  private parseOnce(text: string, bindings: Bindings): string | null {
    this.gatherer = new Gatherer(bindings);
    try {
      if (this.plain.read(text, this.gatherer)) return null;
      this.gatherer = new Gatherer(bindings);
      this.parser ??= this.listeningParser();
      this.parser.write(text).close();
      return null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.parser = null;
      return error.message;
    }
  }
}

function textOf({ bytes, encoding, offset }: CutRecord, found: Diagnostic[]): string {
  if (isUtf8(bytes)) {
    if (!isUtf8Label(encoding) && !isAscii(bytes)) {
      found.push(diagnostic("M708", { offset, found: encoding, expected: "UTF-8" }));
    }
    return bytes.toString("utf8");
  }
  if (!isUtf8Label(encoding)) {
    try {
      return new TextDecoder(encoding).decode(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  found.push(diagnostic("M401", { offset }));
  return bytes.toString("utf8");
}
