/** Which record fields a configuration fills at all; the others are left as a person wrote them. */

import type { ImportConfig } from "../config/job/import-config.js";

/** By field index: whether an import sets the field, be it to the empty text. */
export function managedFields(config: ImportConfig): boolean[] {
  const { settings } = config;
  const filled = new Set<string>(["url", "other_urls", "description", "record_type"]);
  for (const { field } of config.extractors) filled.add(field.name);
  if (settings.remoteUser !== "") filled.add("remote_user");
  if (settings.expertCreated) filled.add("expert_created");
  if (settings.institutionalOwner !== "") filled.add("institutional_owner");
  return config.fields.map(({ name }) => filled.has(name));
}
