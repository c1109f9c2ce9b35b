/** The names of a record's elements: as MARCXML and MarcXchange have them, and as TurboMARC has. */

/** The element names that matter; `OTHER` is any other name. */
export const OTHER = 0;
/** A leader or a field. */
export const FIELD = 1;
/** From here on whole tags are read, below the names alone. */
export const RECORD = 2;

type Attributes = Readonly<Record<string, string>>;

/** What a scanner knows of the elements. Names are local ones, without a prefix. */
export interface XmlNames {
  /** The name of a record element. */
  readonly record: string;
  /** What the name between two places of some bytes means. */
  elementOf(bytes: Buffer, from: number, to: number): number;
}

export interface XmlDialect extends XmlNames {
  /** What MARCXML calls an element of that name. */
  nameOf(name: string): string;
  /** The attributes that MARCXML gives it. */
  attributesOf(name: string, attributes: Attributes): Attributes;
}

const NAMES = new Map<string, number>([
  ["record", RECORD],
  ["leader", FIELD],
  ["controlfield", FIELD],
  ["datafield", FIELD],
]);
const NAME_LENGTHS = new Set([...NAMES.keys()].map((name) => name.length));

export const MARCXML: XmlDialect = {
  record: "record",
  elementOf: (bytes, from, to) => {
    if (!NAME_LENGTHS.has(to - from)) return OTHER;
    return NAMES.get(bytes.latin1Slice(from, to)) ?? OTHER;
  },
  nameOf: (name) => name,
  attributesOf: (_, attributes) => attributes,
};

/** Tags and codes stand in the names of elements; those that cannot, in `tag` and `code`. */
const TURBO_NAME = /^(?:([rl])|([cd])([0-9A-Za-z]{3})?|s([0-9A-Za-z])?)$/;
const LONGEST = 4;
const TURBO_NAMES: Readonly<Record<string, string>> = {
  r: "record",
  l: "leader",
  c: "controlfield",
  d: "datafield",
  s: "subfield",
};

export const TURBOMARC: XmlDialect = {
  record: "r",
  elementOf: (bytes, from, to) => {
    if (to - from > LONGEST) return OTHER;
    const name = bytes.latin1Slice(from, to);
    if (name === "r") return RECORD;
    return name[0] !== "s" && TURBO_NAME.test(name) ? FIELD : OTHER;
  },
  nameOf: (name) => (TURBO_NAME.test(name) ? TURBO_NAMES[name[0]] : name),
  attributesOf: (name, attributes) => {
    const [, , kind, tag = attributes.tag ?? "", code = attributes.code ?? ""] =
      TURBO_NAME.exec(name) ?? [];
    if (kind === "c") return { tag };
    if (kind === "d") return { tag, ind1: attributes.i1 ?? " ", ind2: attributes.i2 ?? " " };
    return TURBO_NAME.test(name) && name[0] === "s" ? { code } : attributes;
  },
};
