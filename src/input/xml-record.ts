/** Parses one MARCXML record element (MARC 21 XML Schema 1.2; MarcXchange, ISO 25577). */

import { createRequire } from "node:module";
import type { SaxesParser } from "saxes";
import type { PlainField } from "../marc/build-record.js";
import { PlainXmlReader, type XmlEvents, type XmlTag } from "./plain-xml.js";
import { MARCXML, type XmlDialect } from "./xml-dialect.js";

/** What a record element says. */
export interface XmlRecord {
  readonly leader: string;
  readonly fields: PlainField[];
  /** Elements (`<name>`) and text that have no place in a MARC record, the first of them. */
  readonly leftOut: string;
  /** The OAI-PMH header's identifier if its status is "deleted", else null. */
  readonly deleted: string | null;
  /** Whether there is a leader or a field. */
  readonly marc: boolean;
  /** The type that the start tag states, "" if it states none. */
  readonly type: string;
  /** SRU: the text of a record that is packed as a string, "" if there is none. */
  readonly packed: string;
}

const require = createRequire(import.meta.url);

/** The library is loaded only where there is XML to parse. */
function newParser(): SaxesParser<{ xmlns: false; position: false }> {
  const saxes = require("saxes") as typeof import("saxes");
  return new saxes.SaxesParser({ xmlns: false, position: false });
}

type Attributes = XmlTag["attributes"];

/** The value of an attribute, which some programs write with the prefix of the elements; "" without. */
function attributeOf(attributes: Attributes, name: string): string {
  const value = attributes[name];
  if (value !== undefined) return value;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? "" : attributes[prefixed];
}

const CONTENT = /\S/;
const LINE_END = /[\t\n\r]/;
/** Elements that wrap a record and say nothing about it. */
const WRAPPERS = new Set(["record", "header", "metadata", "datestamp", "setSpec", "about"]);
/** Elements in one another; a MARC record in an OAI-PMH response has six. */
const DEEPEST = 64;

/** Ends the parsing of a record that is refused. */
class Refused extends Error {}

/** Text without the line ends and the indentation of a pretty-printed element. */
function unwrapped(text: string): string {
  if (!LINE_END.test(text)) return text;
  return text
    .replace(/^\s*\n\s*|\s*\n\s*$/g, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(LINE_END, " ");
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** Gathers a record from the parser's events. */
class Gatherer implements XmlEvents {
  private depth = 0;
  private type = "";
  private packed = "";
  private leader: string | null = null;
  private readonly fields: PlainField[] = [];
  private leftOut = "";
  private deleted = false;
  private identifier = "";
  private gathered = "";
  private attributes: Attributes = {};
  private subfields: [string, string][] | null = null;

  constructor(private readonly dialect: XmlDialect) {}

  open(tag: XmlTag): void {
    if (++this.depth > DEEPEST) throw new Refused(`more than ${DEEPEST} elements in one another`);
    const written = localName(tag.name);
    const name = this.dialect.nameOf(written);
    const attributes = this.dialect.attributesOf(written, tag.attributes);
    if (this.depth === 1) this.type = attributeOf(attributes, "type");
    switch (name) {
      case "recordData":
      case "leader":
      case "controlfield":
      case "identifier":
        break;
      case "subfield":
        if (this.subfields === null) this.leaveOut("<subfield>");
        break;
      case "datafield":
        this.openDataField(attributes);
        break;
      default:
        if (name === "header") this.deleted = attributes.status === "deleted";
        if (!WRAPPERS.has(name)) this.leaveOut(`<${name}>`);
        return;
    }
    this.flush();
    this.attributes = attributes;
  }

  private openDataField(attributes: Attributes): void {
    this.subfields = [];
    this.fields.push({
      tag: attributeOf(attributes, "tag"),
      indicator1: attributeOf(attributes, "ind1"),
      indicator2: attributeOf(attributes, "ind2"),
      subfields: this.subfields,
    });
  }

  close(tag: XmlTag): void {
    this.depth--;
    switch (this.dialect.nameOf(localName(tag.name))) {
      case "recordData":
        this.packed = this.takeText();
        break;
      case "leader":
        if (this.leader === null) this.leader = this.takeText();
        break;
      case "controlfield":
        this.fields.push({ tag: attributeOf(this.attributes, "tag"), text: this.takeText() });
        break;
      case "identifier":
        this.identifier = this.takeText();
        break;
      case "subfield":
        this.subfields?.push([attributeOf(this.attributes, "code"), this.takeText()]);
        break;
      case "datafield":
        this.subfields = null;
        break;
      default:
        return;
    }
    this.flush();
  }

  text(text: string): void {
    this.gathered += text;
  }

  private takeText(): string {
    const { gathered } = this;
    this.gathered = "";
    return unwrapped(gathered);
  }

  /** Text that no element has taken is layout, or does not belong there. */
  private flush(): void {
    if (CONTENT.test(this.gathered)) this.leaveOut(this.gathered.trim());
    this.gathered = "";
  }

  private leaveOut(what: string): void {
    if (this.leftOut === "") this.leftOut = what;
  }

  result(): XmlRecord {
    this.flush();
    const { leader, fields, leftOut, deleted, identifier, type, packed } = this;
    return {
      leader: leader ?? "",
      fields,
      leftOut,
      deleted: deleted ? identifier : null,
      marc: leader !== null || fields.length > 0,
      type,
      packed,
    };
  }
}

/** A parser that is used again for each record. */
export class XmlRecordParser {
  private gatherer: Gatherer;
  private readonly plain = new PlainXmlReader();
  /** Made for the first record that is not plain: most lists have none. */
  private parser: ReturnType<typeof newParser> | null = null;

  constructor(private readonly dialect: XmlDialect = MARCXML) {
    this.gatherer = new Gatherer(dialect);
  }

  private listeningParser(): ReturnType<typeof newParser> {
    const parser = newParser();
    parser.on("opentag", (tag) => this.gatherer.open(tag));
    parser.on("closetag", (tag) => this.gatherer.close(tag));
    parser.on("text", (text) => this.gatherer.text(text));
    parser.on("cdata", (text) => this.gatherer.text(text));
    // What follows the first error is of no use, and there may be one for each of a million tags.
    parser.on("error", ({ message }) => {
      throw new Refused(message);
    });
    return parser;
  }

  /**
   * Parses the text of one element, from its start tag to its end tag. Only XML's own entities and
   * numeric character references are resolved; nothing is ever fetched.
   *
   * @returns the record, or the reason why it is not well-formed or too deeply nested
   */
  parse(text: string): XmlRecord | Error {
    this.gatherer = new Gatherer(this.dialect);
    try {
      if (this.plain.read(text, this.gatherer)) return this.gatherer.result();
      this.gatherer = new Gatherer(this.dialect);
      this.parser ??= this.listeningParser();
      this.parser.write(text).close();
      return this.gatherer.result();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.parser = null;
      return error;
    }
  }
}
