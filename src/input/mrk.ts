/** Reads MARCMaker text (.mrk), as MarcEdit writes it: a line a field. */

import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import { buildRecord, type PlainField } from "../marc/build-record.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { withoutMnemonics } from "./mnemonics.js";
import { MrkCutter } from "./mrk-cutter.js";
import type { ReaderOptions } from "./parsed-record.js";
import { PieceReader } from "./piece-reader.js";
import type { OpenPiece } from "./pieces.js";
import { RecordText } from "./record-text.js";
import { refusal } from "./refusal.js";

/** Tag and content: two blanks between them, though they are often lost. */
const LINE = /^\s*=(\S{1,5}(?= |$)|.{0,3}) {0,2}(.*)$/s;
const LINE_END = /\r?\n/;
const LEADER = /^(?:LDR|000)$/;
const CONTROL_NUMBER = /^=001 {1,2}([^\r\n]{1,100})/m;
/** What is written for a blank in indicators, control fields and the leader. */
const BLANKS = /\\/g;
const SHOWN = 32;

/** Each record that cannot be read is one reject. */
export class MrkReader extends PieceReader {
  private readonly text: RecordText;

  constructor(options: ReaderOptions) {
    super(new MrkCutter(options), options);
    this.text = new RecordText(options.encoding);
  }

  protected override controlNumberIn(text: string): string {
    return CONTROL_NUMBER.exec(text)?.[1].replace(BLANKS, " ").trim() ?? "";
  }

  protected override parse({ bytes, offset }: OpenPiece): MarcRecord | Refusal {
    const diagnostics: Diagnostic[] = [];
    const { text, reading } = this.text.read(bytes, "", offset, diagnostics);
    const { leader, fields } = new Lines(offset, diagnostics).read(text);
    const built = buildRecord(leader, fields, offset, diagnostics, reading);
    return refusal(built, offset, this.options.strict) ?? built;
  }
}

/** The lines of a record; what they have of no field is told once a record. */
class Lines {
  private unknown = "";

  constructor(
    private readonly offset: number,
    private readonly diagnostics: Diagnostic[],
  ) {}

  read(text: string): { readonly leader: string; readonly fields: readonly PlainField[] } {
    const { offset } = this;
    let leader: string | null = null;
    const fields: PlainField[] = [];
    for (const line of this.joined(text.split(LINE_END))) {
      const [, tag, content] = LINE.exec(line) ?? ["", "", line];
      if (LEADER.test(tag) && leader === null) leader = this.fixed(content);
      else fields.push(this.field(tag, content));
    }
    if (this.unknown !== "") {
      this.diagnostics.push(diagnostic("M725", { offset, found: this.unknown.slice(0, SHOWN) }));
    }
    return { leader: leader ?? "", fields };
  }

  /** Lines that begin no field go on with the one before them. */
  private joined(lines: readonly string[]): string[] {
    const whole: string[] = [];
    for (const line of lines) {
      const goesOn = whole.length > 0 && line.trim() !== "" && !LINE.test(line);
      if (goesOn) {
        whole[whole.length - 1] += ` ${line.trim()}`;
        this.tell("M724", line.trim());
      } else if (line.trim() !== "") whole.push(line);
    }
    return whole;
  }

  private tell(code: "M724", found: string): void {
    const { offset, diagnostics } = this;
    if (diagnostics.some((one) => one.code === code)) return;
    diagnostics.push(diagnostic(code, { offset, found: found.slice(0, SHOWN) }));
  }

  private field(tag: string, content: string): PlainField {
    const [head, ...parts] = tag.startsWith("00") ? [content] : content.split("$");
    // A field such as FMT has no indicators, and no `$` behind them.
    if (parts.length === 0) return { tag, text: this.fixed(head) };
    const [indicator1 = "", indicator2 = "", ...others] = head.replace(BLANKS, " ");
    const subfields = parts.map((part): [string, string] => {
      const text = this.named(part);
      const [code = ""] = text;
      return [part.startsWith("\\") ? " " : code, text.slice(code.length)];
    });
    const before = others.join("");
    if (before.trim() !== "") subfields.unshift(["", this.named(before)]);
    return { tag, indicator1, indicator2, subfields };
  }

  private fixed(content: string): string {
    return this.named(content.replace(BLANKS, " "));
  }

  private named(text: string): string {
    return withoutMnemonics(text, (name) => {
      if (this.unknown === "") this.unknown = `{${name}}`;
    });
  }
}
