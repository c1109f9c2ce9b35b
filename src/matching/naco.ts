/**
 * NACO normalisation, the simplified form (PCC Authority File Comparison Rules): what two headings
 * or titles must share to count as one. Upper case throughout, since upper-casing also folds ß and
 * the final sigma.
 */

const BLANK = 0x20;
const DELETED = 0;
const LONGEST_BUFFERED = 1024;

/** Where one character stands for others: letters that Unicode does not decompose, and two notes. */
const SPECIAL: Readonly<Record<string, string>> = {
  Æ: "AE",
  Œ: "OE",
  Đ: "D",
  Ð: "D",
  Ø: "O",
  Ł: "L",
  Þ: "TH",
  "\u1e9e": "SS",
  Α: "A",
  Β: "B",
  Γ: "G",
  "♯": "#",
  "♭": "F",
};

/**
 * Superscript and subscript plus, minus and parentheses: blanks by the rules, while their plain
 * forms, into which compatibility decomposition would turn them, partly stay.
 */
const RAISED_SIGN = /[\u207a\u207b\u207d\u207e\u208a\u208b\u208d\u208e]/;

/**
 * Marks and signs that go without a trace: combining diacritics and the vowel points of Hebrew,
 * Arabic and Syriac, which one cataloguer writes and another leaves out; modifier letters (alif,
 * ayn, soft and hard sign); the middle dot of `paral·lel`; apostrophes, brackets and the bar;
 * format characters. Vowel signs of Indic scripts and the voicing marks of Japanese are not among
 * them: they make other words.
 */
const DELETE = new RegExp(
  [
    "[\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]",
    "[\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7]",
    "[\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u0711\\u0730-\\u074a]",
    "[\\u02b0-\\u02ff\\u00b7\\u2018\\u2019\\u201b\\u2032'\\[\\]|]",
    "(?![\\t-\\r])[\\p{Cc}\\p{Cf}\\p{Cs}]",
  ].join("|"),
  "gu",
);

/**
 * Everything but letters, digits, remaining marks, `&`, `#` and `+` becomes a blank. What this
 * Unicode version does not know may be a letter of the next, so it stays.
 */
const TO_BLANK = /[^\p{L}\p{N}\p{M}\p{Co}\p{Cn}&#+]/gu;

/** What an ASCII character becomes: itself in upper case, BLANK or DELETED. */
const ASCII = asciiTable();

function asciiTable(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    const char = String.fromCharCode(code);
    const control = code === 127 || (code < BLANK && (code < 9 || code > 13));
    if (control || "'[]|".includes(char)) table[code] = DELETED;
    else table[code] = /[A-Za-z0-9&#+]/.test(char) ? char.toUpperCase().charCodeAt(0) : BLANK;
  }
  return table;
}

/** Parts that may compose with what stands before or behind them: marks, and the letters of Hangul. */
const COMPOSES = /[\p{M}\u1100-\u11ff]/u;

/**
 * The one UTF-16 unit that a unit becomes (or BLANK, or DELETED); ASK until it is known, and for
 * ever where the answer is longer, may compose, or takes a surrogate pair.
 */
const ASK = 0xffff;
const simple = new Uint16Array(0x10000).fill(ASK);
for (let code = 0; code < 128; code++) simple[code] = ASCII[code];

function fold(char: string): string {
  if (RAISED_SIGN.test(char)) return " ";
  const upper = char.normalize("NFKD").replace(DELETE, "").toUpperCase();
  const plain = Array.from(upper, (one) => SPECIAL[one] ?? one).join("");
  // Upper-casing may bring forth what can be taken apart again.
  const apart = plain.normalize("NFKD").replace(DELETE, "").replace(TO_BLANK, " ");
  return apart.normalize("NFC");
}

function foldAndRemember(char: string): string {
  const folded = fold(char);
  // A lone surrogate vanishes, but must not take the pairs that it belongs to with it.
  const single = char.length === 1 && !/\p{Cs}/u.test(char);
  if (single && folded.length <= 1 && !COMPOSES.test(folded)) {
    simple[char.charCodeAt(0)] = folded === "" ? DELETED : folded.charCodeAt(0);
  }
  return folded;
}

const units = new Uint16Array(LONGEST_BUFFERED);
const unitBytes = Buffer.from(units.buffer);

function normalizeUnicode(text: string): string {
  let result = "";
  let size = 0;
  let composes = false;
  for (let at = 0; at < text.length; at++) {
    const unit = simple[text.charCodeAt(at)];
    if (unit === ASK) {
      const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
      const folded = foldAndRemember(char);
      at += char.length - 1;
      composes ||= COMPOSES.test(folded);
      result += unitBytes.toString("utf16le", 0, size * 2) + folded;
      size = 0;
    } else if (unit !== DELETED) units[size++] = unit;
    if (size === LONGEST_BUFFERED) {
      result += unitBytes.toString("utf16le", 0, size * 2);
      size = 0;
    }
  }
  result += unitBytes.toString("utf16le", 0, size * 2);
  if (composes) result = result.normalize("NFC");
  return result.replace(/ {2,}/g, " ").trim();
}

const buffer = Buffer.allocUnsafeSlow(LONGEST_BUFFERED);

/**
 * Normalises a text by the simplified NACO rules: diacritics, apostrophes, brackets and modifier
 * letters go, other punctuation and symbols become blanks, runs of blanks one, none at the ends.
 * `&`, `#` and `+` stay and count. Letters and digits of every script stay; compatibility forms
 * (superscript digits, ligatures, full-width letters) become the plain ones.
 *
 * @returns upper-case text, "" if nothing of the text counts. Normalising it again changes nothing.
 */
export function nacoNormalize(text: string): string {
  const length = text.length;
  if (length > LONGEST_BUFFERED) return normalizeUnicode(text);
  let size = 0;
  let pendingBlank = false;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return normalizeUnicode(text);
    const out = ASCII[code];
    if (out > BLANK) {
      if (pendingBlank) buffer[size++] = BLANK;
      pendingBlank = false;
      buffer[size++] = out;
    } else if (out === BLANK) pendingBlank = size > 0;
  }
  return buffer.toString("latin1", 0, size);
}
