import * as v from 'valibot';
import { documentKinds } from '../model/document.js';
import type { RuleId } from '../model/rulebook.js';
import type { Settings } from '../model/settings.js';

const words = v.pipe(v.string(), v.maxLength(500));
const kind = v.picklist(documentKinds);
const field = v.strictObject({ selector: words, from: v.union([v.picklist(['text', 'value']), v.strictObject({ attribute: words })]) });
const fields = v.array(field);
const optionalFields = v.exactOptional(fields);

const note = v.strictObject({
  region: words,
  kind: v.union([kind, v.strictObject({ attribute: words, values: v.record(words, kind) })]),
  idAttribute: v.exactOptional(words),
  title: optionalFields, date: optionalFields, identifier: optionalFields,
});

const adapter = v.strictObject({
  // The id goes into the log, which takes no name with seven figures or more: it could be a hospital number.
  id: v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/), v.check((id) => id.replace(/\D/g, '').length < 7)),
  version: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999_999)),
  name: words,
  matches: v.array(words),
  banner: v.strictObject({ region: v.array(words), identifier: fields, name: fields }),
  episode: v.strictObject({ number: optionalFields, specialty: optionalFields, consultant: optionalFields, admitted: optionalFields, discharged: optionalFields, patientClass: optionalFields }),
  notes: v.array(note),
  exclude: v.array(words),
  shadowHosts: v.exactOptional(v.array(words)),
});

/** Browsers let no policy hold a value of two types, as an adapter does: there it is one text of JSON per adapter. */
const adapterOrJson = v.union([adapter, v.pipe(v.string(), v.parseJson(), adapter)]);

const origin = v.pipe(v.string(), v.check((text) => {
  try {
    const address = new URL(text);
    return /^https?:$/.test(address.protocol) && address.origin === text;
  } catch { return false; }
}));

/** A rule id is a string until its form has been checked. */
type Unbranded<Value> = Value extends readonly RuleId[] ? readonly string[] : Value;

/** What each preference may hold; the same for a person's choice and a policy's. */
export const settingShapes = {
  locale: v.picklist(['en-GB', 'cy']),
  marks: v.boolean(),
  sites: v.array(origin),
  adapters: v.array(adapterOrJson),
  noisyOn: v.array(v.pipe(v.string(), v.regex(/^[A-Z]{2}\d{3,5}$/))),
  listUse: v.boolean(),
  singleKeys: v.boolean(),
  density: v.picklist(['compact', 'comfortable']),
  keys: v.record(v.pipe(v.string(), v.maxLength(80)), v.pipe(v.string(), v.maxLength(40))),
} as const satisfies { readonly [Key in keyof Settings]: v.GenericSchema<unknown, Unbranded<Settings[Key]>> };

/** The board's secret of 32 bytes as 64 hex digits. */
export const secretShape = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/i));

/** The value of one preference, or undefined when it is not one that Nodi could have written. */
export function readSetting<Key extends keyof Settings>(key: Key, value: unknown): Settings[Key] | undefined {
  const checked = v.safeParse(settingShapes[key] as v.GenericSchema<unknown, unknown>, value);
  return checked.success ? checked.output as Settings[Key] : undefined;
}
