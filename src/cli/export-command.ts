/** `MARC_import export CONFIG --format FORMAT`: rows of the catalogue, or lines for Open Library. */

import { Failure } from "../diagnostics/failure.js";
import { TABLE_FORMATS } from "../output/table-text.js";
import type { Console } from "./console.js";
import type { CatalogueFlags } from "./export-catalogue.js";
import type { OpenLibraryFlags } from "./export-openlibrary.js";

/** The formats of rows of the catalogue. */
const CATALOGUE_FORMATS = [...TABLE_FORMATS, "marc", "marcxml"] as const;

/** The formats that are exported. */
export const EXPORT_FORMATS = [...CATALOGUE_FORMATS, "openlibrary"] as const;

export interface ExportFlags
  extends Omit<CatalogueFlags, "format">,
    Omit<OpenLibraryFlags, keyof CatalogueFlags> {
  readonly format: (typeof EXPORT_FORMATS)[number];
}

/** Exports in the format that is asked for. */
export async function exportAs(
  config: string,
  files: readonly string[],
  flags: ExportFlags,
  to: Console,
): Promise<number> {
  const { format } = flags;
  refuseIdle(flags);
  if (format === "openlibrary") {
    const { exportOpenLibrary } = await import("./export-openlibrary.js");
    return await exportOpenLibrary(config, files, flags, to);
  }
  if (files.length > 0) {
    throw new Failure(
      "usage",
      `${files[0]}: --format ${format} exports rows of the catalogue and reads no file`,
      "Leave the file out; --format openlibrary exports the records of files, and `MARC_import mend` writes them as MARC.",
    );
  }
  const { exportCatalogue } = await import("./export-catalogue.js");
  return await exportCatalogue(config, { ...flags, format }, to);
}

/** For which formats an option says anything. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  where: CATALOGUE_FORMATS,
  columns: TABLE_FORMATS,
  join: TABLE_FORMATS,
  chunk: ["openlibrary"],
  refusals: ["openlibrary"],
  profile: ["openlibrary"],
};

/** @throws Failure (2) for an option that the format has no use for */
function refuseIdle(flags: ExportFlags): void {
  const given = flags as unknown as Readonly<Record<string, unknown>>;
  for (const [option, formats] of Object.entries(OPTIONS)) {
    if (given[option] === undefined || formats.includes(flags.format)) continue;
    throw new Failure(
      "usage",
      `--${option} says nothing to --format ${flags.format}`,
      `Leave it out, or ask for one of the formats that it is for: ${formats.join(", ")}. Nothing was written.`,
    );
  }
}
