/** One smallest case for each code M4xx: what raises it, and what becomes of the text. */

import type { Encoding } from "../../../src/marc/charset/decode.js";

/** Bytes as Latin-1 text. */
export interface TextDefect {
  readonly code: string;
  readonly bytes: string;
  readonly encoding: Encoding;
  readonly text: string;
  /** Zero-based offset of the finding in `bytes`. */
  readonly offset: number;
}

export interface VerdictDefect {
  readonly code: string;
  readonly bytes: string;
  readonly leader09: string;
  readonly configured: "auto" | "marc-8";
  readonly verdict: Encoding;
  readonly offset: number;
}

/** UTF-8 bytes of a text, as Latin-1 text. */
export function utf8(text: string): string {
  return Buffer.from(text).toString("latin1");
}

export const TEXT_DEFECTS: readonly TextDefect[] = [
  { code: "M401", bytes: "caf\xe9 noir", encoding: "utf-8", text: "caf\ufffd noir", offset: 3 },
  { code: "M404", bytes: "a\x1b(Zb", encoding: "marc-8", text: "a\ufffdb", offset: 1 },
  { code: "M405", bytes: "\x1b$1!0d!0\x1b(B.", encoding: "marc-8", text: "人\ufffd.", offset: 6 },
  { code: "M406", bytes: "Mali\xe2", encoding: "marc-8", text: "Mali\u00a0\u0301", offset: 4 },
  { code: "M407", bytes: "a&#x110000;b", encoding: "marc-8", text: "a&#x110000;b", offset: 1 },
  { code: "M408", bytes: utf8("é\x1b(B"), encoding: "utf-8", text: "é(B", offset: 2 },
  { code: "M409", bytes: "a\xd5b", encoding: "marc-8", text: "a\ufffdb", offset: 1 },
  { code: "M411", bytes: "a\x00b\tc", encoding: "ascii", text: "ab c", offset: 1 },
  { code: "M412", bytes: utf8("a\ufeffb"), encoding: "utf-8", text: "ab", offset: 1 },
  { code: "M413", bytes: "m\x1bp2", encoding: "marc-8", text: "m²", offset: 1 },
  { code: "M414", bytes: utf8("a\ufffdb"), encoding: "utf-8", text: "a\ufffdb", offset: 1 },
  {
    code: "M417",
    bytes: utf8(`q${"\u0323".repeat(600)}`),
    encoding: "utf-8",
    text: `q${"\u0323".repeat(30)}${`\u034f${"\u0323".repeat(30)}`.repeat(19)}`,
    offset: 0,
  },
];

export const VERDICT_DEFECTS: readonly VerdictDefect[] = [
  {
    code: "M402",
    bytes: utf8("Les Misérables"),
    leader09: " ",
    configured: "auto",
    verdict: "utf-8",
    offset: 7,
  },
  {
    code: "M403",
    bytes: `\x1fa${utf8("Müller")}\x1fbUniv\xe2ersit\xe2e`,
    leader09: " ",
    configured: "auto",
    verdict: "mixed",
    offset: 3,
  },
  {
    code: "M410",
    bytes: "\x1faUniv\xe2ersit\xe2e de Gen\xe1eve",
    leader09: "a",
    configured: "auto",
    verdict: "marc-8",
    offset: 6,
  },
  {
    code: "M415",
    bytes: utf8("Les Misérables"),
    leader09: " ",
    configured: "marc-8",
    verdict: "marc-8",
    offset: 7,
  },
  {
    code: "M416",
    bytes: "\x1faF\xf6rderung der K\xfcste",
    leader09: " ",
    configured: "auto",
    verdict: "marc-8",
    offset: 3,
  },
  {
    code: "M420",
    bytes: utf8(utf8("\x1faEşref, Şair")),
    leader09: "a",
    configured: "auto",
    verdict: "utf-8-twice",
    offset: 3,
  },
  {
    code: "M421",
    bytes: utf8(`\x1faÉtude sur le cafÃ©`),
    leader09: "a",
    configured: "auto",
    verdict: "utf-8",
    offset: 19,
  },
  {
    code: "M422",
    bytes: "\x1faAm\xe2erica",
    leader09: "a",
    configured: "auto",
    verdict: "utf-8",
    offset: 4,
  },
];

/** Cases in which the character sets of UNIMARC's 100 $a have a say. */
export const UNIMARC_DEFECTS: readonly Omit<VerdictDefect, "leader09" | "configured">[] = [
  { code: "M418", bytes: utf8("\x1faété"), verdict: "utf-8", offset: 2 },
  { code: "M419", bytes: "\x1fa\xc2et\xc2e", verdict: "iso5426", offset: 2 },
];
