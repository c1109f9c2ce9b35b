/** `MARC_import export CONFIG --format FORMAT`: each format is a file of its own. */

import type { Console } from "./console.js";
import type { OpenLibraryFlags } from "./export-openlibrary.js";

/** The formats that are exported. */
export const EXPORT_FORMATS = ["openlibrary"] as const;

export interface ExportFlags extends OpenLibraryFlags {
  readonly format: (typeof EXPORT_FORMATS)[number];
}

/** Exports in the format that is asked for. */
export async function exportAs(
  config: string,
  files: readonly string[],
  flags: ExportFlags,
  to: Console,
): Promise<number> {
  switch (flags.format) {
    case "openlibrary": {
      const { exportOpenLibrary } = await import("./export-openlibrary.js");
      return await exportOpenLibrary(config, files, flags, to);
    }
  }
}
