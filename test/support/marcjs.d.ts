/** What the tests use of marcjs. */
declare module "marcjs" {
  export class Record {
    leader: string;
    /** `[tag, text]`, or `[tag, indicators, code, text, code, text …]`. */
    fields: string[][];
  }
  export const MarcxmlFormater: { format(record: Record): string };
  export const MiJFormater: { format(record: Record): string };
}
