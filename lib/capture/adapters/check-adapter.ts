import * as v from 'valibot';
import { fail, succeed, type Result } from '../../base/result.js';
import { episodeParts, type AdapterDefinition } from '../../model/adapter.js';
import { documentKinds } from '../../model/document.js';

/** What is wrong with a description of an EPR page: where, and what was expected, for the person who wrote it. */
export interface AdapterFault {
  readonly kind: 'not-an-adapter';
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

const selector = v.pipe(v.string(), v.trim(), v.minLength(1, 'A CSS selector must not be empty'), v.maxLength(500));
const from = v.union([v.literal('text'), v.literal('value'), v.strictObject({ attribute: v.pipe(v.string(), v.regex(/^[a-z][\w:-]*$/i, 'Not the name of an attribute')) })], 'Must be "text", "value" or { "attribute": … }');
const fields = v.pipe(v.array(v.union([
  v.strictObject({ selector, from, place: v.exactOptional(v.literal('before')) }),
  v.strictObject({ label: v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))), v.minLength(1, 'A label needs its words'), v.maxLength(8)) }),
], 'Must be { "selector", "from" } or { "label": [words] }')), v.maxLength(20));
const kind = v.picklist(documentKinds, `Must be one of ${documentKinds.join(', ')}`);
const hasFewFigures = (id: string): boolean => id.replace(/\D/g, '').length < 7;
const shape = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'Lower-case letters, digits and single hyphens only, a letter first'), v.check(hasFewFigures, 'Fewer than seven figures: the id goes into the log, which takes nothing that could be a hospital number')),
  version: v.pipe(v.number(), v.integer(), v.minValue(1, 'Versions start at 1'), v.maxValue(999_999)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  matches: v.pipe(v.array(v.pipe(v.string(), v.regex(/^(\*|https?):\/\/[^/\s]+\/\S*$/, 'Not a match pattern such as https://portal.example/*'))), v.minLength(1, 'At least one match pattern is needed')),
  banner: v.strictObject({ region: v.pipe(v.array(selector), v.minLength(1, 'Without a banner no patient can be known')), identifier: v.pipe(fields, v.minLength(1, 'Without an identifier no patient can be known')), name: fields }),
  episode: v.strictObject(v.entriesFromList(episodeParts, v.exactOptional(fields))),
  notes: v.pipe(v.array(v.strictObject({
    region: selector,
    kind: v.union([kind, v.strictObject({ attribute: v.string(), values: v.record(v.string(), kind) })]),
    idAttribute: v.exactOptional(v.string()), title: v.exactOptional(fields), date: v.exactOptional(fields), author: v.exactOptional(fields), episode: v.exactOptional(fields), identifier: v.exactOptional(fields), rows: v.exactOptional(selector),
  })), v.minLength(1, 'At least one note region is needed'), v.maxLength(50)),
  exclude: v.pipe(v.array(selector), v.maxLength(100)),
  shadowHosts: v.exactOptional(v.pipe(v.array(selector), v.maxLength(100))),
});

/** Checks a description of an EPR page that came from a file or from policy. A failure names every fault with its path. */
export function checkAdapter(input: unknown): Result<AdapterDefinition, AdapterFault> {
  const checked = v.safeParse(shape, input);
  if (checked.success) return succeed(checked.output);
  return fail({ kind: 'not-an-adapter', faults: checked.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })) });
}
