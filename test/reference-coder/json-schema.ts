/** The part of JSON Schema 2020-12 that the contract is written in; a keyword that it does not know throws, so that none is passed over. */
type Schema = Readonly<Record<string, unknown>>;

const known = new Set(['$ref', 'type', 'const', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems', 'description']);

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const isType = (value: unknown, type: string): boolean => (type === 'integer' ? Number.isInteger(value) : typeOf(value) === type);

/** What is wrong with a value, each with its path; empty where it holds to the schema. `root` is the document that `$ref` points into. */
export function faultsOf(value: unknown, schema: Schema, root: Schema, path = ''): string[] {
  const strange = Object.keys(schema).filter((key) => !known.has(key));
  if (strange.length > 0) throw new Error(`Keywords that this check does not know: ${strange.join(', ')}`);
  if (typeof schema['$ref'] === 'string') return faultsOf(value, resolve(schema['$ref'], root), root, path);
  const faults: string[] = [];
  const need = (holds: boolean, what: string): void => { if (!holds) faults.push(`${path || 'value'}: ${what}`); };
  if ('type' in schema) need([schema['type']].flat().some((type) => isType(value, String(type))), `type ${JSON.stringify(schema['type'])}`);
  if ('const' in schema) need(value === schema['const'], `const ${String(schema['const'])}`);
  if (Array.isArray(schema['enum'])) need(schema['enum'].includes(value), 'enum');
  if (typeof value === 'string') {
    if (typeof schema['pattern'] === 'string') need(new RegExp(schema['pattern'], 'u').test(value), 'pattern');
    if (typeof schema['minLength'] === 'number') need([...value].length >= schema['minLength'], 'minLength');
    if (typeof schema['maxLength'] === 'number') need([...value].length <= schema['maxLength'], 'maxLength');
  }
  if (typeof value === 'number') {
    if (typeof schema['minimum'] === 'number') need(value >= schema['minimum'], 'minimum');
    if (typeof schema['maximum'] === 'number') need(value <= schema['maximum'], 'maximum');
  }
  if (Array.isArray(value)) {
    if (typeof schema['minItems'] === 'number') need(value.length >= schema['minItems'], 'minItems');
    if (typeof schema['maxItems'] === 'number') need(value.length <= schema['maxItems'], 'maxItems');
    const { items } = schema;
    if (items) value.forEach((one, at) => faults.push(...faultsOf(one, items as Schema, root, `${path}/${at}`)));
  } else if (typeof value === 'object' && value !== null) {
    const held = value as Schema;
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    for (const name of (schema['required'] ?? []) as readonly string[]) need(Object.hasOwn(held, name), `required ${name}`);
    for (const [name, one] of Object.entries(held)) {
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (own) faults.push(...faultsOf(one, own, root, `${path}/${name}`));
      else if (schema['additionalProperties'] === false) need(false, `additional ${name}`);
    }
  }
  return faults;
}

function resolve(reference: string, root: Schema): Schema {
  let at: unknown = root;
  for (const step of reference.replace(/^#\//, '').split('/')) at = (at as Schema)[step];
  if (typeof at !== 'object' || at === null) throw new Error(`No such part: ${reference}`);
  return at as Schema;
}
