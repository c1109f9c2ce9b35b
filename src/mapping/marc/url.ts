/** The url column: the first usable URL, the others kept for other_urls, the fallback pattern. */

import type { CleanUp, UrlRules } from "../../config/marc/marc-mapping.js";
import { FoundTexts } from "../../fields/found-texts.js";
import { plainForm } from "../../fields/list-form.js";
import { canonizeUrl, cleanUrl } from "../../fields/url-clean.js";
import { urlTexts } from "../../fields/url-texts.js";
import { PLAIN_TREATMENT, type Rule, type RuleCompiler } from "./compile.js";
import type { MappingContext } from "./context.js";
import type { Column } from "./extractor.js";
import type { RuleRunner } from "./run-rule.js";

/** `scheme://host…`, with something for a host. */
const WITH_SCHEME = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]/iu;
/** `http:/www…`, `http//www…`: cleaning makes them whole. */
const DAMAGED_SCHEME = /^(?:https?|ftp)(?::[\\/]*|[\\/]{2,})[^\s\\/?#:]/iu;
/** Schemes that need no host. */
const WITHOUT_HOST = /^(?:news|mailto|file):[^\s]/iu;
/** `www.example.org/…` and `192.0.2.1/…`: what a cataloguer writes who leaves `http://` out. */
const BARE_HOST =
  /^(?:(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*\p{L}|\d{1,3}(?:\.\d{1,3}){3})\.?(?::\d+)?(?:[/?#].*)?$/u;

const BLANK = /\s/;
/** Without any of it a text is one URL and nothing else. */
const BEYOND_ONE = /\s|.(?:https?|ftp):\/\//i;

/**
 * Whether a text is a URL rather than mere words: it names a scheme and a host, or is `news:`,
 * `mailto:` or `file:`, or begins like a host name, so that only `http://` is missing. Names that no
 * browser opens (`urn:`, `doi:`, `hdl:`) need a substitution that makes a URL of them.
 */
export function isUsableUrl(text: string): boolean {
  return (
    WITH_SCHEME.test(text) ||
    DAMAGED_SCHEME.test(text) ||
    WITHOUT_HOST.test(text) ||
    BARE_HOST.test(text)
  );
}

function place(context: MappingContext, field: number): string {
  return field < 0 ? "LDR" : context.label(field);
}

function cleaner(cleanUp: CleanUp): (text: string) => string {
  switch (cleanUp) {
    case "none":
      return plainForm;
    case "clean":
      return cleanUrl;
    case "canonize":
      return canonizeUrl;
  }
}

export class UrlColumn implements Column {
  readonly rules: readonly Rule[];
  /** The default rules meet a field twice; a text counts once. */
  private readonly found = new FoundTexts(false, true);
  private readonly clean: (text: string) => string;
  /** What stands before, between and behind the foreign id in the fallback pattern. */
  readonly fallbackParts: readonly string[];

  constructor(
    readonly urlRules: UrlRules,
    compiler: RuleCompiler,
    private readonly runner: RuleRunner,
  ) {
    const treatment = { ...PLAIN_TREATMENT, separate: true };
    this.rules = compiler.compileAll(urlRules.searchFields, treatment);
    this.clean = cleaner(urlRules.cleanUp);
    this.fallbackParts = urlRules.fallbackPattern.split("CONTROL_NO");
  }

  /** Fills `otherUrls` and `urlIsFallback` of the context; needs its `foreignId`. */
  evaluate(context: MappingContext): string {
    this.found.clear();
    for (const rule of this.rules) this.runner.run(rule, this.found);
    let url = "";
    for (let i = 0; i < this.found.count; i++) {
      const text = this.found.texts[i].trim();
      for (const one of this.parted(context, text, this.found.fields[i])) {
        const usable = this.usable(context, one, this.found.fields[i]);
        if (usable === "" || usable === url) continue;
        if (url === "") url = usable;
        else context.otherUrls.push(usable.replaceAll(";", "%3B"));
      }
    }
    return url === "" ? this.fallback(context) : url;
  }

  private parted(context: MappingContext, text: string, field: number): readonly string[] {
    if (isUsableUrl(text) && !BEYOND_ONE.test(text)) return [text];
    const parts = urlTexts(text);
    const isMore = parts.length > 1 || (BLANK.test(parts[0]) && isUsableUrl(parts[0]));
    if (isMore) context.warn("M504", place(context, field), text);
    if (parts[0] !== text) {
      context.trace?.fieldStep({ step: "URLs taken apart", before: text, after: parts.join("\n") });
    }
    return parts;
  }

  /** The cleaned URL, "" with a warning if the text is none. */
  private usable(context: MappingContext, text: string, field: number): string {
    const { trace } = context;
    if (!isUsableUrl(text)) {
      context.warn("M503", place(context, field), text);
      trace?.fieldStep({ step: "not a URL", before: text, after: "" });
      return "";
    }
    const cleaned = this.clean(text);
    if (cleaned !== text) {
      trace?.fieldStep({ step: `clean_up ${this.urlRules.cleanUp}`, before: text, after: cleaned });
    }
    return cleaned;
  }

  private fallback(context: MappingContext): string {
    if (this.urlRules.fallbackPattern === "") return "";
    const url = plainForm(this.fallbackParts.join(encodeURIComponent(context.foreignId)));
    context.urlIsFallback = true;
    context.trace?.fieldStep({ step: "fallback_pattern", before: "", after: url });
    return url;
  }
}
