/** Loads a configuration: files and command line in, one checked and frozen `MarcConfig` out. */

import { mappingDigest } from "./job/digest.js";
import { beginReading, managedFields, readJob } from "./job/read-job.js";
import { readWant, WANT } from "./job/want.js";
import { deepFreeze, effectiveSettings } from "./language/loaded.js";
import { SectionReader } from "./language/section-reader.js";
import { type LoadOptions, readStated } from "./language/stated.js";
import { digestContent } from "./marc/digest-content.js";
import type { MarcConfig } from "./marc/marc-mapping.js";
import { OPEN_LIBRARY, readOpenLibrary } from "./marc/open-library.js";
import { mappedFields, readMapping } from "./marc/read-mapping.js";
import { SECTIONS } from "./marc/rule-keys.js";
import { checkSections } from "./marc/section-names.js";

/**
 * Reads and checks a configuration: what is stated, then the sections of every job, then those of
 * the source.
 *
 * @param path the main file, relative to `cwd` or absolute
 * @returns the configuration, deeply frozen
 * @throws ConfigErrors with everything that is wrong, in the order of reading
 */
export function loadConfig(path: string, options: LoadOptions): { config: MarcConfig } {
  const stated = readStated(path, options);
  const { sections, problems } = stated;
  const reading = beginReading(stated);
  checkSections(sections, reading.context.fields, problems);
  const section = sections.get("Settings") ?? null;
  const settings = new SectionReader("Settings", section, SECTIONS.Settings, reading);
  settings.refuseOthers();
  const job = readJob(stated, reading, settings);
  const mapping = readMapping(sections, reading, settings);
  const want = readWant(new SectionReader("Want", sections.get("Want") ?? null, WANT, reading));
  const openLibrary = readOpenLibrary(
    new SectionReader("OpenLibrary", sections.get("OpenLibrary") ?? null, OPEN_LIBRARY, reading),
  );
  problems.throwIfAny();
  const config = {
    ...job,
    mapping,
    want,
    openLibrary,
    managed: managedFields(job, mappedFields(mapping)),
    mappingDigest: mappingDigest(job, digestContent(mapping)),
    files: reading.files,
    effective: effectiveSettings(reading),
  };
  return { config: deepFreeze(config) };
}
