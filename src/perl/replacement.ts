/** Parses a Perl replacement, a double-quoted string, into pieces. */

import { readCharacterEscape } from "./character-escapes.js";
import { Cursor, type SourceText } from "./source-text.js";

export type CaseOperator = "U" | "L" | "u" | "l";

export type ReplacementPiece =
  | { readonly kind: "text"; readonly text: string }
  /** The first of these groups that matched; group 0 is `$&`. */
  | { readonly kind: "group"; readonly groups: readonly number[] }
  | {
      readonly kind: "case";
      readonly operator: CaseOperator;
      readonly pieces: readonly ReplacementPiece[];
    };

/** The groups that a pattern offers to its replacement. */
interface GroupNames {
  readonly groups: number;
  readonly names: ReadonlyMap<string, readonly number[]>;
}

/** Parses a replacement; throws PerlSyntaxError. */
export function parseReplacement(source: SourceText, offered: GroupNames): ReplacementPiece[] {
  return source.interpolates
    ? new ReplacementParser(source, offered).parse()
    : verbatim(source.characters.join(""));
}

/** Between apostrophes only `\\`, `\'` and this notation's own `\,` and `\ ` are escapes. */
function verbatim(text: string): ReplacementPiece[] {
  return [{ kind: "text", text: text.replace(/\\([\\', ])/g, "$1") }];
}

/** The groups that a replacement takes, without `$&`. */
export function groupsTaken(pieces: readonly ReplacementPiece[]): number[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === "case") return groupsTaken(piece.pieces);
    return piece.kind === "group" ? piece.groups.filter((group) => group > 0) : [];
  });
}

interface OpenOperator {
  /** Null for the whole replacement. */
  readonly operator: CaseOperator | null;
  readonly pieces: ReplacementPiece[];
  readonly at: number;
}

class ReplacementParser {
  readonly #cursor: Cursor;
  readonly #offered: GroupNames;
  /** The open case operators, the outermost first, over the pieces of the whole. */
  readonly #open: OpenOperator[] = [{ operator: null, pieces: [], at: 0 }];

  constructor(source: SourceText, offered: GroupNames) {
    this.#cursor = new Cursor(source);
    this.#offered = offered;
  }

  parse(): ReplacementPiece[] {
    while (!this.#cursor.done) this.#piece();
    while (this.#open.length > 1) this.#close();
    return this.#open[0]?.pieces ?? [];
  }

  #add(piece: ReplacementPiece): void {
    const pieces = this.#open.at(-1)?.pieces ?? [];
    const last = pieces.at(-1);
    if (piece.kind === "text" && last?.kind === "text") {
      pieces[pieces.length - 1] = { kind: "text", text: last.text + piece.text };
    } else pieces.push(piece);
  }

  #piece(): void {
    const start = this.#cursor.at;
    const one = this.#cursor.next();
    if (one === "$") this.#add(this.#variable(start));
    else if (one === "\\") this.#escape(start);
    else {
      if (one === "@" && /^[\p{L}\p{M}\p{N}_:'{$+-]/u.test(this.#cursor.peek())) {
        throw this.#refuseVariable(start);
      }
      this.#add({ kind: "text", text: one });
    }
  }

  #refuseVariable(start: number): Error {
    while (/^[\w{}^]$/.test(this.#cursor.peek())) this.#cursor.next();
    return this.#cursor.refuse("variable", start);
  }

  #variable(start: number): ReplacementPiece {
    if (this.#cursor.take("&")) return this.#group([0], start);
    const braced = this.#cursor.takeMatch(/^\{([1-9]\d*)\}/)?.[1];
    // Perl reads a bracket behind a variable as a subscript, except behind this form.
    if (braced !== undefined) return this.#numbered(Number(braced), start);
    const number = this.#cursor.takeMatch(/^[1-9]\d*/)?.[0];
    if (number !== undefined)
      return this.#unsubscripted(this.#numbered(Number(number), start), start);
    const name = this.#cursor.takeMatch(/^(?:\+\{([A-Za-z_]\w*)\}|\{([A-Za-z_]\w*)\})/);
    if (!name) throw this.#refuseVariable(start);
    const groups = this.#offered.names.get(name[1] ?? name[2] ?? "");
    if (groups === undefined) throw this.#cursor.refuse("no-such-group", start);
    return this.#group(groups, start);
  }

  #numbered(group: number, start: number): ReplacementPiece {
    if (group > this.#offered.groups) throw this.#cursor.refuse("no-such-group", start);
    return { kind: "group", groups: [group] };
  }

  #group(groups: readonly number[], start: number): ReplacementPiece {
    return this.#unsubscripted({ kind: "group", groups }, start);
  }

  #unsubscripted(piece: ReplacementPiece, start: number): ReplacementPiece {
    if (this.#cursor.takeMatch(/^(?:->)?[[{]/)) throw this.#cursor.refuse("subscript", start);
    return piece;
  }

  #escape(start: number): void {
    const operator = this.#cursor.takeMatch(/^[ULulEQF]/)?.[0];
    if (operator === undefined) this.#add(this.#escaped(start));
    else this.#caseOperator(operator, start);
  }

  #escaped(start: number): ReplacementPiece {
    const digits = this.#cursor.takeMatch(/^[1-9]\d*/)?.[0];
    if (digits !== undefined) {
      if (digits.length > 1) throw this.#cursor.refuse("octal", start);
      return this.#unsubscripted(this.#numbered(Number(digits), start), start);
    }
    if (this.#cursor.take("b")) return { kind: "text", text: "\b" };
    const code = readCharacterEscape(this.#cursor);
    if (code !== null) return { kind: "text", text: String.fromCodePoint(code) };
    this.#cursor.next();
    throw this.#cursor.refuse("unknown-escape", start);
  }

  #caseOperator(operator: string, start: number): void {
    if (operator === "E") {
      if (this.#open.length > 1) this.#close();
    } else if (operator === "u" || operator === "l") {
      this.#push(operator);
    } else if (operator === "U" || operator === "L") {
      this.#openCase(operator);
    } else throw this.#cursor.refuse("case-escape", start);
  }

  /** `\L` and `\U` end each other; `\L\u` and `\U\l` change places, so that the first letter wins. */
  #openCase(operator: "U" | "L"): void {
    while (this.#open.some((open) => open.operator === "U" || open.operator === "L")) this.#close();
    const first = operator === "L" ? "u" : "l";
    if (this.#cursor.take(`\\${first}`)) this.#push(first);
    this.#push(operator);
  }

  #push(operator: CaseOperator): void {
    this.#open.push({ operator, pieces: [], at: this.#cursor.at - 2 });
  }

  #close(): void {
    const closed = this.#open.pop();
    if (!closed?.operator) return;
    if (closed.pieces.length === 0) throw this.#cursor.refuse("case-nesting", closed.at);
    this.#add({ kind: "case", operator: closed.operator, pieces: closed.pieces });
  }
}
