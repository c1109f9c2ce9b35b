/** As much of JSON Schema as the schemas of this project use. */

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly [other: string]: unknown;
}

const KNOWN = new Set(
  "$schema $ref $defs title description type const enum minimum required properties additionalProperties items".split(
    " ",
  ),
);

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

/**
 * What is wrong with a value, each with its place; keys that the schema does not name count as wrong,
 * so that none stays undocumented.
 */
export function schemaErrors(
  root: Schema,
  value: unknown,
  schema: Schema = root,
  at = "$",
): string[] {
  const unknown = Object.keys(schema).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw new Error(`the schema uses ${unknown.join(", ")}`);
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    if (target === undefined) throw new Error(`the schema has no ${schema.$ref}`);
    return schemaErrors(root, value, target, at);
  }
  const errors: string[] = [];
  const type = typeOf(value);
  const types = schema.type === undefined ? [type] : [schema.type].flat();
  if (!types.includes(type)) errors.push(`${at} is ${type}, not ${types.join(" or ")}`);
  if (schema.const !== undefined && value !== schema.const)
    errors.push(`${at} is another constant`);
  if (schema.enum && !schema.enum.includes(value)) errors.push(`${at} is ${JSON.stringify(value)}`);
  if (schema.minimum !== undefined && Number(value) < schema.minimum) errors.push(`${at} is small`);
  if (type === "array") {
    (value as unknown[]).forEach((item, i) => {
      if (schema.items) errors.push(...schemaErrors(root, item, schema.items, `${at}[${i}]`));
    });
  }
  return type === "object"
    ? [...errors, ...objectErrors(root, value as object, schema, at)]
    : errors;
}

function objectErrors(root: Schema, value: object, schema: Schema, at: string): string[] {
  const missing = (schema.required ?? []).filter((key) => !(key in value));
  return [
    ...missing.map((key) => `${at} has no ${key}`),
    ...Object.entries(value).flatMap(([key, part]) => {
      const of = schema.properties?.[key] ?? schema.additionalProperties;
      return of ? schemaErrors(root, part, of, `${at}.${key}`) : [`${at}.${key} is not documented`];
    }),
  ];
}
