/** The quick reading of plain elements: what it reads at all it reads as a parser of XML does. */

import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { PlainXmlReader, type XmlEvents, type XmlTag } from "../../src/input/plain-xml.js";

type Event = readonly [string, ...unknown[]];

/** Events with texts joined, as nobody counts on their parts. */
class Events implements XmlEvents {
  readonly all: Event[] = [];

  open({ name, attributes }: XmlTag): void {
    this.all.push(["open", name, { ...attributes }]);
  }

  text(text: string): void {
    const last = this.all.at(-1);
    if (last?.[0] === "text") this.all[this.all.length - 1] = ["text", `${last[1]}${text}`];
    else this.all.push(["text", text]);
  }

  close({ name }: XmlTag): void {
    this.all.push(["close", name]);
  }
}

const reader = new PlainXmlReader();

/** Null where it leaves the text to a parser. */
function plain(text: string): Event[] | null {
  const events = new Events();
  return reader.read(text, events) ? events.all : null;
}

/** Null where it is not well-formed. */
function parsed(text: string): Event[] | null {
  const events = new Events();
  const parser = new SaxesParser({ xmlns: false, position: false });
  let isSound = true;
  parser.on("opentag", (tag) => events.open(tag));
  parser.on("text", (more) => events.text(more));
  parser.on("cdata", (more) => events.text(more));
  parser.on("closetag", (tag) => events.close(tag));
  parser.on("error", () => {
    isSound = false;
  });
  parser.write(text).close();
  return isSound ? events.all : null;
}

const name = fc.constantFrom("a", "b", "dc:title", "x-1", "_y.z", "a:b:c");
const value = fc.constantFrom("", "1", " x ", "a>b", "/", "é", "=", "'");
const spaces = fc.constantFrom("", " ", "\n\t");
const attribute = fc
  .tuple(name, spaces, spaces, value)
  .map(([key, one, two, text]) => ` ${key}${one}=${two}"${text}"`);
const text = fc.array(
  fc.constantFrom(
    "word",
    " ",
    "\n",
    "&amp;",
    "&lt;",
    "&#65;",
    "&#x1F40b;",
    "&quot;&apos;&gt;",
    "é",
    "🐋",
    ">",
    "]]",
    "'",
    '"',
    "=",
  ),
  { maxLength: 4 },
);
const element: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => ({
  one: fc
    .tuple(
      name,
      fc.uniqueArray(attribute, { maxLength: 2, selector: (a) => a.split("=")[0].trim() }),
      spaces,
      fc.array(fc.oneof({ weight: 3, arbitrary: text.map((all) => all.join("")) }, tie("one")), {
        maxLength: 3,
      }),
      fc.boolean(),
    )
    .map(([tag, attributes, end, inner, isEmpty]) => {
      const start = `${tag}${attributes.join("")}${end}`;
      return isEmpty ? `<${start}/>` : `<${start}>${inner.join("")}</${tag}${end}>`;
    }),
})).one;
/** Pieces of which most make no document. */
const odd = fc.constantFrom(
  "<a>",
  "</a>",
  "<a/>",
  "<a b='1'>",
  '<a b="x>y">',
  "<a b='<'>",
  "<a b=1>",
  "<a b>",
  "<a b='1' b='2'>",
  "<a b='1'c='2'>",
  "<a b='&lt;'>",
  "<a b='x\ny'>",
  "<a b = '1' />",
  "< a>",
  "<a",
  ">",
  "<",
  "</a >",
  "</ a>",
  "</b>",
  "<é>",
  "<1>",
  "<a:>",
  "<:a>",
  "<a/b>",
  "<__proto__ __proto__='x'>",
  "<a toString='1'>",
  "&amp;",
  "&amp",
  "&",
  "&x;",
  "&#0;",
  "&#xD800;",
  "&#x110000;",
  "&#13;",
  "&#X41;",
  "&#xfffe;",
  "&AMP;",
  "]]>",
  "]]",
  "<!-- x -->",
  "<!--",
  "<![CDATA[x]]>",
  "<![CDATA[",
  "<?p?>",
  "<?",
  "<!DOCTYPE a>",
  "\r\n",
  "\r",
  "\u0000",
  "\u0007",
  "\u007f",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "\ud800",
  "word",
  " ",
  "é",
  "🐋",
);

describe("plain XML", () => {
  it("of a sound element is read, as a parser reads it", () => {
    let read = 0;
    fc.assert(
      fc.property(element, (document) => {
        const events = plain(document);
        if (events === null) return;
        read++;
        expect(events).toEqual(parsed(document));
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  it("of pieces is read as a parser reads it, or left to one", () => {
    fc.assert(
      fc.property(
        fc.array(odd, { minLength: 1, maxLength: 7 }),
        fc.boolean(),
        (pieces, wrapped) => {
          const document = wrapped ? `<a>${pieces.join("")}</a>` : pieces.join("");
          const events = plain(document);
          if (events !== null) expect(events).toEqual(parsed(document));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["an element in another", '<a x="1"><b>c &amp; d</b>\n</a>', true],
    ["blanks around it", " <a/>\n", false],
    ["> in an attribute", '<a x="1>2"/>', false],
    ["a comment", "<a><!-- x --></a>", false],
    ["a section", "<a><![CDATA[x]]></a>", false],
    ["an instruction", "<a><?x?></a>", false],
    ["a line end of another system", "<a>x\r\ny</a>", false],
    ["a control character", "<a>\u0007</a>", false],
    ["a lone &", "<a>b & c</a>", false],
    ["an entity of HTML", "<a>&nbsp;</a>", false],
    ["an end tag of another", "<a></b>", false],
    ["no end tag", "<a>", false],
    ["two elements", "<a/><b/>", false],
    ["text before it", "x<a/>", false],
    ["nothing", "", false],
  ])("with %s", (_, document, isRead) => {
    expect(plain(document) !== null).toBe(isRead);
  });
});
