/** Whether a page is well-formed HTML of the plain kind: every element closed, attributes quoted. */

const VOID = new Set(["meta", "link", "br", "hr", "img", "col", "input", "wbr"]);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([a-zA-Z][a-zA-Z0-9:-]*)="([^"]*)"/g;
const ENTITY = /&(?!amp;|lt;|gt;|quot;|#39;)/;

/** An element of a page, as far as the tests ask. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the elements around it, outermost first. */
  readonly within: readonly string[];
}

/** @throws Error at the first thing that is not well-formed */
export function elementsOf(page: string): PageElement[] {
  const elements: PageElement[] = [];
  const open: string[] = [];
  let at = page.indexOf(">") + 1;
  while (at < page.length) {
    const next = page.indexOf("<", at);
    const text = page.slice(at, next < 0 ? page.length : next);
    if (open.at(-1) !== "style" && (ENTITY.test(text) || text.includes(">"))) {
      throw new Error(`unescaped text: ${text.slice(0, 80)}`);
    }
    if (next < 0) break;
    TAG.lastIndex = next;
    const tag = TAG.exec(page);
    if (!tag) throw new Error(`no tag: ${page.slice(next, next + 80)}`);
    const [whole, closing, name, attributes, empty] = tag;
    at = next + whole.length;
    if (closing === "/") {
      if (open.pop() !== name)
        throw new Error(`</${name}> closes nothing at ${page.slice(next - 80, at)}`);
      continue;
    }
    const found = [...attributes.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, value]);
    elements.push({ name, attributes: Object.fromEntries(found), within: [...open] });
    if (!VOID.has(name) && empty === "") open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(" ")}`);
  return elements;
}

/** The text of a page as it reads, blanks folded. */
export function textOf(page: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name])
    .replace(/\s+/g, " ");
}
