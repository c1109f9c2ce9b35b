/** Translation maps at work on the values of harvested records. */

/**
 * What a map makes of a value: its label, else that of `__default__`, else the value itself. Of a
 * language also the label of its tag in small letters, and of the tag without a region or script
 * (`en-US`, `pt_BR`).
 */
export function translator(
  field: string,
  labels: Readonly<Record<string, string>>,
): (value: string) => string {
  const map = new Map(Object.entries(labels));
  const known = new Set(map.values());
  const fallback = map.get("__default__");
  return (value) => {
    const label = map.get(value) ?? (field === "language" ? ofTag(map, value) : undefined);
    // A value that is a label already needs none.
    return label ?? (known.has(value) ? value : (fallback ?? value));
  };
}

const TAG = /^[a-z]{2,8}(?:[-_][a-z0-9]{1,8})*$/;

function ofTag(map: ReadonlyMap<string, string>, value: string): string | undefined {
  const tag = value.toLowerCase();
  return TAG.test(tag) ? (map.get(tag) ?? map.get(tag.split(/[-_]/)[0])) : undefined;
}
