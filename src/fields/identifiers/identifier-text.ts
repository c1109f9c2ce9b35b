/** What the identifier rules share: their result, and finding numbers in a subfield's text. */

/** The identifiers of one text. */
export interface Identifiers {
  /** Normal forms, each once, in the order of the text. */
  readonly valid: string[];
  /** What was meant as an identifier of this kind and is none, as far as it could be made out. */
  readonly invalid: string[];
}

/** What tells the numbers of one kind, for texts with words around them. */
export interface NumberRule {
  /** Words with fewer digits and `X` are qualifiers (`v.2`, `$9.95`), not failed numbers. */
  readonly shortest: number;
  /** What may stand before a number in one word with it. */
  readonly label: RegExp;
  /**
   * Takes digits and `X` with hyphens and blanks between groups; gives the normal form, or null if
   * it is none.
   *
   * @param beside whether other numbers stand beside it with nothing but a blank between, so that it
   *   may be a part of a longer one
   */
  readonly normalForm: (number: string, beside: boolean) => string | null;
}

/** The hyphens and dashes that cataloguers and word processors put between groups of digits. */
const HYPHENS = /[\u00ad\u2010-\u2015\u2212]/g;
/** What parts words: blanks, brackets, quotes, colons, and a semicolon or comma at a word's end. */
const BETWEEN_WORDS = /[\s()[\]{}<>:="“”„]+|[,;.]+(?=\s|$)/u;
/** What may stand between two whole numbers in one word. */
const BETWEEN_NUMBERS = /[/,;|&+]/;
const NUMBER = /^[\dX-]*\d[\dX-]*$/;
const NOT_OF_A_NUMBER = /[^\dX]/g;
/** A number and words without any digit behind it, as most subfields are. */
const USUAL = /^\s*([\dXx][\dXx-]*)(?:[\s(:;,.]\D*)?$/;
/** `9.78E+12`: a spreadsheet has thrown the last digits away. */
const EXPONENT = /^\d+(?:[.,]\d+)?E\+?\d+$/i;
/** `1,310,071,233`, `1.310.071`, `1'310'071`. */
const GROUPED = /^\d{1,3}(?:[.,'’]\d{3}){2,}$/;
const GROUPED_BY_THREE = /^\d{1,3}(?:[ -]\d{3})+$/;
/** ASCII as East Asian keyboards write it, digits and hyphens included. */
const FULL_WIDTH = /[\uff01-\uff5e]+/g;
/** Marks of direction and joins without width, as copied texts hold them. */
const INVISIBLE = /[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;
/** The sign by which a spreadsheet is told that a number is text, which it writes out now and then. */
const SPREADSHEET_SIGN = /^(\s*)['’‘](?=\s*[\w(])/;
const MAY_NEED_CLEARING = /[\u061c\u180e-\uffff]|^\s*'/;
const ONLY_A_NUMBER = /^[\dXx\s\-.,/'’+]*\d[\dXx\s\-.,/'’+]*$/;

/** Adds a value unless it is there already. */
export function addOnce(values: string[], value: string): void {
  if (!values.includes(value)) values.push(value);
}

/** A text in the characters that identifiers are written in, without what nobody sees. */
export function clearedText(text: string): string {
  if (!MAY_NEED_CLEARING.test(text)) return text;
  return text
    .replace(FULL_WIDTH, (wide) => wide.normalize("NFKC"))
    .replace(INVISIBLE, "")
    .replace(SPREADSHEET_SIGN, "$1");
}

/**
 * Whether blanks or hyphens part the digits by thousands (`12 345 678`), as people and spreadsheets
 * part amounts; the groups of a standard number end otherwise.
 */
export function isGroupedByThree(number: string): boolean {
  return GROUPED_BY_THREE.test(number);
}

function bare(number: string): string {
  return number.replace(NOT_OF_A_NUMBER, "");
}

/** Reads one text; its state is the row of numbers that only blanks part. */
class NumberScan {
  readonly valid: string[] = [];
  readonly invalid: string[] = [];
  private row: string[] = [];

  constructor(private readonly rule: NumberRule) {}

  read(text: string): void {
    let end = 0;
    for (const word of text.split(BETWEEN_WORDS)) {
      if (word === "") continue;
      const at = text.indexOf(word, end);
      if (text.slice(end, at).trim() !== "") this.endRow();
      end = at + word.length;
      this.readWord(word);
    }
    this.endRow();
  }

  private readWord(word: string): void {
    const unlabelled = word.replace(this.rule.label, "");
    const number = unlabelled.replace(HYPHENS, "-").toUpperCase();
    // A check character X may stand apart from its digits.
    if (NUMBER.test(number) || (number === "X" && this.row.length > 0)) {
      this.row.push(number);
      return;
    }
    this.endRow();
    const digits = bare(number).length;
    if (EXPONENT.test(word) || GROUPED.test(word)) addOnce(this.invalid, word);
    else if (digits >= this.rule.shortest && !this.isSeries(number)) addOnce(this.invalid, word);
  }

  /** Whether a word is whole numbers with a sign between; short words are qualifiers. */
  private isSeries(word: string): boolean {
    const found: string[] = [];
    for (const part of word.split(BETWEEN_NUMBERS)) {
      if (NUMBER.test(part)) {
        const normal = this.rule.normalForm(part, false);
        if (normal === null) return false;
        found.push(normal);
      } else if (bare(part).length >= this.rule.shortest) return false;
    }
    for (const normal of found) addOnce(this.valid, normal);
    return found.length > 0;
  }

  /**
   * Numbers with blanks between are whole numbers, or else the groups of one; or the whole ones
   * among them stand beside what is none.
   */
  private endRow(): void {
    const { row, rule } = this;
    if (row.length === 0) return;
    this.row = [];
    const whole = row.map((number) => rule.normalForm(number, false));
    if (whole.every((normal) => normal !== null)) {
      for (const normal of whole) addOnce(this.valid, normal);
      return;
    }
    const joined = rule.normalForm(row.join(" "), false);
    if (joined !== null) {
      addOnce(this.valid, joined);
      return;
    }
    const beside = row.map((number) => rule.normalForm(number, true));
    if (beside.every((normal) => normal === null)) this.refuse(row);
    else
      row.forEach((number, at) => {
        const normal = beside[at];
        if (normal !== null) addOnce(this.valid, normal);
        else if (bare(number).length >= rule.shortest) addOnce(this.invalid, bare(number));
      });
  }

  /** A row without any valid number: its long ones, else all of it if it is long. */
  private refuse(row: readonly string[]): void {
    const long = row.map(bare).filter((number) => number.length >= this.rule.shortest);
    const all = bare(row.join(""));
    if (long.length > 0) for (const number of long) addOnce(this.invalid, number);
    else if (all.length >= this.rule.shortest) addOnce(this.invalid, all);
  }
}

/**
 * Finds the numbers of a text and keeps apart the valid and the invalid. A number is a word of its
 * own, or several groups with blanks between; what is only a part of a word is none (`EBL306406152`,
 * `M-2306-7118-7`, `9780306406157.0`), and neither is an amount in groups of three or with an exponent.
 */
export function scanNumbers(text: string, rule: NumberRule): Identifiers {
  const usual = USUAL.exec(text);
  if (usual !== null) {
    const normal = rule.normalForm(usual[1].toUpperCase(), false);
    if (normal !== null) return { valid: [normal], invalid: [] };
  }
  const cleared = clearedText(text);
  const scan = new NumberScan(rule);
  scan.read(cleared);
  const { valid, invalid } = scan;
  const empty = valid.length === 0 && invalid.length === 0;
  // Nothing but a number was meant as one.
  if (empty && ONLY_A_NUMBER.test(cleared)) invalid.push(cleared.trim());
  return { valid, invalid };
}
