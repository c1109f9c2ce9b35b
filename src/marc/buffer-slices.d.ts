/**
 * Node's own slicing of a Buffer into text, and writing of text into it: what `toString` and `write`
 * call, without their checks. On short texts, of which there are millions, the checks cost more than
 * the work.
 */
interface Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
  /** Gives the bytes written. */
  latin1Write(text: string, at: number): number;
  utf8Write(text: string, at: number): number;
  ucs2Write(text: string, at: number): number;
}
