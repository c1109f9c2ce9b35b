/** The record that a row came from, as it is kept beside the row. */
export interface KeptRecord {
  /** `marc`: the bytes as they stood in ISO 2709; `marcxml`: as they are written of what came as text. */
  readonly format: "marc" | "marcxml";
  readonly bytes: Buffer;
}
