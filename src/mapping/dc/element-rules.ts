/** Which elements the rules of a field map take, and what their substitutions make of them. */

import type { FieldMapRule } from "../../config/harvest/dc-mapping.js";
import { plainNamespace } from "../../config/harvest/namespaces.js";
import type { HarvestedElement, HarvestedRecord } from "../../input/harvested-record.js";
import { checkGrowth, parseSubstitutions, type Substitution } from "../../perl/substitutions.js";
import type { RuleMatch, TraceStep } from "../marc/trace.js";

/** Kinds of elements that are remembered; documents of one format have few dozen. */
const MOST_KINDS = 1000;

/** The prefix and the name as written, with the one-based number of the element among such. */
export function elementLabels({ elements }: HarvestedRecord): (at: number) => string {
  const nameOf = ({ prefix, name }: HarvestedElement) =>
    prefix === "" ? name : `${prefix}:${name}`;
  return (at) => {
    const names = elements.map(nameOf);
    const before = names.slice(0, at + 1).filter((name) => name === names[at]);
    return `${names[at]}[${before.length}]`;
  };
}

/** One element that a rule takes. */
export interface Found {
  readonly element: HarvestedElement;
  /** Its zero-based place in the record. */
  readonly at: number;
  /** With the substitutions done, trimmed, NFC, never "". */
  readonly text: string;
}

/** A rule at work. */
export class DcRule {
  readonly substitutions: readonly Substitution[];
  /** What it has found in the record at hand, in the order of the record. */
  found: Found[] = [];
  /** Elements that it takes but that gave no text, for a trace. */
  emptied: Found[] = [];
  /** Records that it has given something to, since it was last asked. */
  matched = 0;

  /** @param number one-based, among the rules of the mapper */
  constructor(
    readonly rule: FieldMapRule,
    readonly number: number,
  ) {
    this.substitutions = rule.transforms === "" ? [] : parseSubstitutions(rule.transforms);
  }

  /** What the substitutions make of a text; `steps` takes each of them. */
  substituted(written: string, steps: TraceStep[] | null): string {
    let text = written;
    for (const substitution of this.substitutions) {
      const before = text;
      text = substitution.apply(before);
      steps?.push({ step: substitution.text, before, after: text });
    }
    return text;
  }

  /** What it has made of each element that it takes, with every step. */
  matches(label: (at: number) => string): RuleMatch[] {
    const all = [...this.found, ...this.emptied].sort((a, b) => a.at - b.at);
    return all.map(({ element, at, text }) => {
      const steps: TraceStep[] = [];
      this.substituted(element.text, steps);
      const why = text === "" ? "empty" : "matched";
      return { field: label(at), why, steps, text: text === "" ? null : text };
    });
  }
}

/** `dct:` and `dcterms:` are one prefix by custom; a type without a prefix is that of any. */
function sameType(wanted: string, written: string): boolean {
  const [a, b] = [wanted, written].map((type) => type.replace(/^dcterms:/, "dct:"));
  if (a === b) return true;
  const bare = (type: string) => type.slice(type.indexOf(":") + 1);
  return (!a.includes(":") || !b.includes(":")) && bare(a) === bare(b);
}

/** Basic filtering of RFC 4647: `en` takes `en-US`. */
export function inLanguage(wanted: string, written: string): boolean {
  const [a, b] = [wanted, written].map((tag) => tag.toLowerCase().replaceAll("_", "-"));
  return b === a || b.startsWith(`${a}-`);
}

function takes(rule: FieldMapRule, element: HarvestedElement): boolean {
  if (rule.name !== element.name) return false;
  const ofNamespace = rule.namespaces.includes(plainNamespace(element.namespace));
  // What no namespace tells is told by the prefix as it stands in the record, which iVia went by.
  const byPrefix = rule.namespaces.length === 0 || element.namespace === "";
  if (!ofNamespace && !(byPrefix && rule.prefix === element.prefix)) return false;
  if (rule.type !== "" && !sameType(rule.type, element.type)) return false;
  return rule.lang === "" || inLanguage(rule.lang, element.lang);
}

/** Elements that go to the same rules, of one name. */
interface Kind extends Pick<HarvestedElement, "namespace" | "prefix" | "type" | "lang"> {
  readonly rules: readonly DcRule[];
}

function isOfKind(element: HarvestedElement, kind: Kind): boolean {
  return (
    element.prefix === kind.prefix &&
    element.type === kind.type &&
    element.lang === kind.lang &&
    element.namespace === kind.namespace
  );
}

function qualifiers({ type, lang }: FieldMapRule): number {
  return (type === "" ? 0 : 1) + (lang === "" ? 0 : 1);
}

/**
 * The rules of a mapper. An element goes to the rules that say the most of it: one with a qualifier
 * keeps it from those of the same name without.
 */
export class ElementRules {
  readonly rules: readonly DcRule[];
  /** By name. */
  private readonly kinds = new Map<string, Kind[]>();
  private known = 0;
  private grown = 0;

  /**
   * @param running element 0 holds, while substitutions run, the one-based number of their rule
   * @throws PerlSyntaxError if a substitution cannot be had (the configuration has checked them)
   */
  constructor(
    fieldMap: readonly FieldMapRule[],
    private readonly running: Int32Array | null,
  ) {
    this.rules = fieldMap.map((rule, index) => new DcRule(rule, index + 1));
  }

  /**
   * Lets every rule find what the record has for it.
   *
   * @throws TextGrowthError if substitutions let the texts grow without measure
   */
  read({ elements }: HarvestedRecord): void {
    this.grown = 0;
    for (const rule of this.rules) {
      if (rule.found.length > 0) rule.found = [];
      if (rule.emptied.length > 0) rule.emptied = [];
    }
    for (let at = 0; at < elements.length; at++) {
      const element = elements[at];
      for (const rule of this.rulesOf(element)) {
        const text = this.textOf(rule, element.text);
        if (text === "") rule.emptied.push({ element, at, text });
        else rule.found.push({ element, at, text });
      }
    }
    for (const rule of this.rules) if (rule.found.length > 0) rule.matched++;
  }

  private rulesOf(element: HarvestedElement): readonly DcRule[] {
    const known = this.kinds.get(element.name)?.find((kind) => isOfKind(element, kind));
    return known?.rules ?? this.learn(element);
  }

  private learn(element: HarvestedElement): readonly DcRule[] {
    const taking = this.rules.filter(({ rule }) => takes(rule, element));
    const most = Math.max(0, ...taking.map(({ rule }) => qualifiers(rule)));
    const rules = taking.filter(({ rule }) => qualifiers(rule) === most);
    if (this.known++ >= MOST_KINDS) {
      this.kinds.clear();
      this.known = 1;
    }
    const { namespace, prefix, name, type, lang } = element;
    const ofName = this.kinds.get(name) ?? [];
    this.kinds.set(name, [...ofName, { namespace, prefix, type, lang, rules }]);
    return rules;
  }

  private textOf(rule: DcRule, written: string): string {
    if (rule.substitutions.length === 0) return written;
    this.show(rule.number);
    const text = rule.substituted(written, null);
    this.show(0);
    // Many texts that each grow a little are as bad as one that grows more.
    if (text.length > written.length) {
      this.grown += text.length - written.length;
      checkGrowth(this.grown);
    }
    return text.normalize("NFC").trim();
  }

  private show(rule: number): void {
    if (this.running !== null) Atomics.store(this.running, 0, rule);
  }
}
