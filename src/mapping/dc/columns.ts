/** From what the rules have found to the text of each column. */

import { takesTypes } from "../../config/harvest/dc-fields.js";
import type { DcMapping } from "../../config/harvest/dc-mapping.js";
import { IVIA_INTERNAL } from "../../config/harvest/namespaces.js";
import { addOnce } from "../../fields/identifiers/identifier-text.js";
import { type IdentifierKind, normalizeIdentifiers } from "../../fields/identifiers/identifiers.js";
import { listForm, plainForm } from "../../fields/list-form.js";
import { isList, type RecordField } from "../../fields/record-fields.js";
import { trimPunctuation } from "../marc/punctuation.js";
import { publicationDate } from "./dates.js";
import { type DcRule, type Found, inLanguage } from "./element-rules.js";
import type { DcTrace } from "./trace.js";
import { translator } from "./translate.js";
import type { ChosenUrls } from "./urls.js";

/** What the columns of one record are made from. */
export interface AtHand {
  readonly urls: ChosenUrls;
  /** `dc:identifier[2]`. */
  readonly label: (at: number) => string;
  readonly trace: DcTrace | null;
  /** Takes an identifier that is not valid, with its element. */
  readonly warn: (element: string, found: string) => void;
}

/** Fields whose text is prose or an address: punctuation at its end is part of it. */
const AS_WRITTEN = ["url", "other_urls", "description", "access", "restricted_to"];
const SERIAL = /^(?:serial|journal|periodical)s?$/i;
const TRUE = /^(?:1|true|yes|on)$/i;

/** A column that rules may fill. */
export class DcColumn {
  private readonly fallback: string;
  private readonly translate: ((text: string) => string) | null;
  private readonly trims: boolean;

  constructor(
    readonly field: RecordField,
    /** Those that fill it, in the order of the field map. */
    private readonly rules: readonly DcRule[],
    /** All rules. */
    private readonly types: readonly DcRule[],
    private readonly mapping: DcMapping,
    /** What the job says of every record: before the elements of a list, instead of plain text. */
    private readonly constant: string,
  ) {
    const { kind, name } = field;
    const nothing = name === "expert_created" ? "0" : "";
    this.fallback = fallbackOf(field, mapping.defaults[name]?.text ?? nothing);
    const map = mapping.translations[name];
    this.translate = map === undefined ? null : translator(name, map);
    this.trims = mapping.canonizeAllMetadata && isWords(kind) && !AS_WRITTEN.includes(name);
  }

  evaluate(hand: AtHand): string {
    const { trace } = hand;
    if (trace !== null) for (const rule of this.rules) this.tellRule(rule, hand);
    const value = this.withConstant(this.valueOf(hand));
    if (value !== "" || this.fallback === "") return value;
    trace?.fieldStep({ step: "field_defaults", before: "", after: this.fallback });
    return this.fallback;
  }

  private tellRule(rule: DcRule, { trace, label }: AtHand): void {
    trace?.rule(rule.rule, rule.matches(label));
  }

  private withConstant(value: string): string {
    const { constant, field } = this;
    if (constant === "") return value;
    return isList(field.kind) ? listForm(`${constant};${value}`) : plainForm(constant);
  }

  private valueOf(hand: AtHand): string {
    switch (this.field.name) {
      case "url":
        return hand.urls.url;
      case "title":
        return this.title(hand);
      case "publication_date":
        return this.date(hand);
      case "record_type":
        return this.recordType(hand);
      case "expert_created": {
        const [found] = this.found();
        return found === undefined ? "" : TRUE.test(found.text) ? "1" : "0";
      }
      default:
        return isWords(this.field.kind)
          ? this.words(hand)
          : this.identifiers(hand, this.field.kind);
    }
  }

  /** In the order of the rules, then of the record. */
  private found(): readonly Found[] {
    if (this.rules.length === 1) return this.rules[0].found;
    return this.rules.flatMap((rule) => rule.found);
  }

  private words(hand: AtHand): string {
    const texts = this.found().map(({ text }) => text);
    return isList(this.field.kind) ? this.list(texts, hand) : this.plain(texts, hand);
  }

  private plain(texts: readonly string[], hand: AtHand): string {
    const join = this.field.name === "description" ? " " : "; ";
    const treated = this.treated(texts, hand);
    const different =
      treated.length < 2 ? treated : [...new Set(treated)].filter((text) => text !== "");
    const value = plainForm(different.join(join));
    if (different.length > 1) {
      hand.trace?.fieldStep({ step: "join", before: different.join("\n"), after: value });
    }
    return value;
  }

  private list(texts: readonly string[], hand: AtHand): string {
    const { name } = this.field;
    const split = this.mapping.splitLists.includes(name);
    const elements = split
      ? texts.flatMap((text) => text.split(";").map((part) => part.trim()))
      : texts.map((text) => text.replaceAll(";", name === "other_urls" ? "%3B" : ","));
    if (hand.trace !== null && elements.join(";") !== texts.join(";")) {
      const step = split ? "split_lists" : "semicolons that separate nothing";
      hand.trace.fieldStep({ step, before: texts.join("\n"), after: elements.join("\n") });
    }
    const treated = this.treated(elements, hand);
    if (name === "other_urls") {
      treated.push(...hand.urls.others.map((url) => url.replaceAll(";", "%3B")));
    }
    const value = listForm((this.trims ? this.alikeOnce(treated, hand) : treated).join(";"));
    if (hand.trace !== null && treated.length > 1) {
      hand.trace.fieldStep({ step: "list", before: treated.join("\n"), after: value });
    }
    return value;
  }

  /** Translated, and without punctuation at the end. */
  private treated(texts: readonly string[], { trace }: AtHand): string[] {
    let treated = [...texts];
    const step = (name: string, treat: (text: string) => string): void => {
      const after = treated.map(treat);
      if (after.some((text, index) => text !== treated[index])) {
        trace?.fieldStep({ step: name, before: treated.join("\n"), after: after.join("\n") });
      }
      treated = after;
    };
    if (this.translate !== null) step(`translate_${this.field.name}`, this.translate);
    if (this.trims) step("canonize: punctuation at ends", trimPunctuation);
    return treated;
  }

  /** Elements that differ in case alone, once, as the first is spelt. */
  private alikeOnce(elements: readonly string[], { trace }: AtHand): string[] {
    const seen = new Set<string>();
    const once = elements.filter((element) => {
      const folded = element.toLowerCase();
      return seen.size < seen.add(folded).size;
    });
    if (once.length < elements.length) {
      const step = "canonize: elements that are alike";
      trace?.fieldStep({ step, before: elements.join("\n"), after: once.join("\n") });
    }
    return once;
  }

  /** The first rule that has one gives the title; of several the one in the language wanted most. */
  private title(hand: AtHand): string {
    const found = this.rules.find((rule) => rule.found.length > 0)?.found ?? [];
    const { languagePreference } = this.mapping;
    const rank = ({ element: { lang } }: Found): number => {
      if (lang === "") return 0;
      const at = languagePreference.findIndex((wanted) => inLanguage(wanted, lang));
      return at < 0 ? Number.POSITIVE_INFINITY : at;
    };
    let [best] = found;
    for (const one of found) if (rank(one) < rank(best)) best = one;
    if (best === undefined) return "";
    if (found.length > 1) {
      const before = found.map(({ element, text }) => withLanguage(text, element.lang)).join("\n");
      hand.trace?.fieldStep({ step: "one title", before, after: best.text });
    }
    return plainForm(this.treated([best.text], hand)[0]);
  }

  /** What another installation sends has been chosen there. */
  private date({ trace }: AtHand): string {
    const found = this.found().map(({ element, text }) => {
      return { text, issued: element.name === "issued" };
    });
    if (found.length === 0) return "";
    if (this.found()[0].element.namespace === IVIA_INTERNAL) return plainForm(found[0].text);
    const before = found.map(({ text }) => text).join("\n");
    const value = publicationDate(found, this.mapping.canonizeAllMetadata);
    if (value !== before) trace?.fieldStep({ step: "date of publication", before, after: value });
    return value;
  }

  private recordType({ trace }: AtHand): string {
    const [stated] = this.found();
    if (stated !== undefined) return SERIAL.test(stated.text) ? "serial" : "monograph";
    const types = this.types.filter(({ rule }) => takesTypes(rule));
    const texts = types.flatMap(({ found }) => found.map(({ element }) => element.text));
    const serial = texts.find((text) => SERIAL.test(text));
    if (serial !== undefined) {
      trace?.fieldStep({ step: "a type that tells a serial", before: serial, after: "serial" });
      return "serial";
    }
    return types.length > 0 && this.fallback === "" ? "monograph" : "";
  }

  private identifiers(hand: AtHand, kind: IdentifierKind): string {
    const valid: string[] = [];
    for (const { text, at } of this.found()) {
      const found = normalizeIdentifiers(kind, text);
      for (const number of found.valid) addOnce(valid, number);
      for (const number of found.invalid) hand.warn(hand.label(at), number);
    }
    const beside = kind === "isbn" ? hand.urls.isbns : kind === "issn" ? hand.urls.issns : [];
    if (this.field.name === kind) for (const number of beside) addOnce(valid, number);
    const value = listForm(valid.join(";"));
    if (value !== "") {
      const before = this.found().map(({ text }) => text);
      const step = `list of ${kind}`;
      hand.trace?.fieldStep({ step, before: [...before, ...beside].join("\n"), after: value });
    }
    return value;
  }
}

function isWords(kind: RecordField["kind"]): kind is "text" | "list" {
  return kind === "text" || kind === "list";
}

function withLanguage(text: string, lang: string): string {
  return lang === "" ? text : `${text} (${lang})`;
}

function fallbackOf({ kind }: RecordField, text: string): string {
  if (kind === "text") return plainForm(text);
  if (kind === "list") return listForm(text);
  const numbers = text.split(";").flatMap((one) => normalizeIdentifiers(kind, one).valid);
  return listForm(numbers.join(";"));
}
