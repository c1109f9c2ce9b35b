/**
 * Cyrillic and Greek in Latin letters, by the tables of ALA-LC without their diacritics, which NACO leaves out:
 * what a cataloguer who transliterates writes, as far as it is compared.
 */

/** NACO texts are in upper case. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ А: "A", Б: "B", В: "V", Г: "G", Ґ: "G", Д: "D", Е: "E", Ё: "E", Є: "IE", Ж: "ZH", З: "Z" },
  ...{ И: "I", І: "I", Ї: "I", Й: "I", Ј: "J", К: "K", Л: "L", Љ: "LJ", М: "M", Н: "N", Њ: "NJ" },
  ...{ О: "O", П: "P", Р: "R", С: "S", Т: "T", Ћ: "C", Ђ: "D", Џ: "DZ", У: "U", Ў: "U", Ф: "F" },
  ...{ Х: "KH", Ц: "TS", Ч: "CH", Ш: "SH", Щ: "SHCH", Ъ: "", Ы: "Y", Ь: "", Ѣ: "IE", Э: "E" },
  ...{ Ю: "IU", Я: "IA", Ѳ: "F", Ѵ: "Y" },
  // NACO writes alpha, beta and gamma in Latin letters already.
  ...{ Δ: "D", Ε: "E", Ζ: "Z", Η: "E", Θ: "TH", Ι: "I", Κ: "K", Λ: "L", Μ: "M", Ν: "N", Ξ: "X" },
  ...{ Ο: "O", Π: "P", Ρ: "R", Σ: "S", Τ: "T", Υ: "Y", Φ: "PH", Χ: "CH", Ψ: "PS", Ω: "O" },
};

/** `ΑΥ`, `ΕΥ`, `ΟΥ`. */
const DIPHTHONG = /(?<=[AΕΗΟ])Υ/g;
const TO_ROMANIZE = /[\u0370-\u03ff\u0400-\u04ff]/g;

/** Whether a NACO text holds letters that have a form in Latin ones. */
export function canBeRomanized(text: string): boolean {
  return text.search(TO_ROMANIZE) >= 0;
}

/** A NACO text in Latin letters; letters of other scripts stay. */
export function romanize(text: string): string {
  return text.replace(DIPHTHONG, "U").replace(TO_ROMANIZE, (letter) => LETTERS[letter] ?? letter);
}
