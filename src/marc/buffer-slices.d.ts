/**
 * Node's own slicing of a Buffer into text: what `toString` calls, without its checks. On short
 * fields, of which there are millions, the checks cost more than the slicing.
 */
interface Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}
