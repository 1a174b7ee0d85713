import * as v from 'valibot';
import type { Result } from '../base/result.js';
import type { AdapterDefinition } from '../model/adapter.js';
import { mostActions } from '../model/audit-action.js';
import { auditCategories, auditCauses, differenceKinds, secondaryTotals } from '../model/audit.js';
import { codingDepths } from '../model/coded-episode.js';
import { checkExceptions } from '../model/exception-faults.js';
import type { ExceptionList } from '../model/exception.js';
import { doubtTerms } from '../model/assertion.js';
import { faultCategories, mostMinutes, type NamedPlace, type SiteId } from '../model/fault.js';
import { interventionKinds, type NotedIntervention, type RedrawnLimits } from '../model/quality.js';
import type { RuleId } from '../model/rulebook.js';
import { profiles } from '../model/profile.js';
import { longestRetention, type Settings } from '../model/settings.js';

/** Checks a description of an EPR page; the room that reads pages knows how. */
export type ReadAdapter = (input: unknown) => Result<AdapterDefinition, { readonly kind: string }>;

const origin = v.pipe(v.string(), v.check((text) => {
  try {
    const address = new URL(text);
    return /^https?:$/.test(address.protocol) && address.origin === text;
  } catch { return false; }
}));

/** A rule id is a string until its form has been checked, and an adapter or a list of exceptions anything at all. */
type Unbranded<Value> = [Value] extends [readonly NotedIntervention[]] ? readonly (Omit<NotedIntervention, 'specialty' | 'edition'> & { readonly specialty: string; readonly edition: string | null })[] : [Value] extends [readonly RedrawnLimits[]] ? readonly { readonly specialty: string; readonly from: string; readonly limitsUntil: string | null }[] : [Value] extends [ExceptionList | null] ? unknown : [Value] extends [SiteId | null] ? string | null : [Value] extends [readonly NamedPlace<string>[]] ? readonly NamedPlace<string>[] : Value extends readonly RuleId[] ? readonly string[] : Value extends readonly AdapterDefinition[] ? readonly unknown[] : Value;

/** As the log keeps it: a name with too few figures for an identifier. `unknown` is what is said of none. */
const placeId = v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/), v.check((id) => id !== 'unknown' && id.replace(/\D/g, '').length < 4));
const placeName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120));
const namedPlaces = v.pipe(
  v.array(v.strictObject({ id: placeId, name: v.strictObject({ en: placeName, cy: placeName }), words: v.pipe(v.array(v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(120))), v.maxLength(50)) })),
  v.maxLength(500), v.check((places) => new Set(places.map(({ id }) => id)).size === places.length),
);

/** A specialty's id, or `all`. */
const placeWord = v.pipe(v.string(), v.maxLength(48), v.regex(/^[a-z]+(?:-[a-z]+)*$/));
const month = v.pipe(v.string(), v.regex(/^20\d\d-(?:0[1-9]|1[0-2])$/));
const day = v.pipe(v.string(), v.isoDate());

const auditName = v.strictObject({ en: placeName, cy: placeName });
/** Keys and reasons have names of letters and figures, as the log keeps them; no two the same. */
const auditTable = v.pipe(v.strictObject({
  keys: v.pipe(v.array(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,6}$/)), category: v.picklist(auditCategories), kind: v.picklist(differenceKinds), counts: v.boolean(), name: auditName })), v.maxLength(100)),
  reasons: v.pipe(v.array(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,6}$/)), cause: v.picklist(auditCauses), fault: v.nullable(v.picklist(faultCategories)), name: auditName })), v.maxLength(100)),
  total: v.picklist(secondaryTotals), othersCount: v.boolean(), confirmed: v.boolean(),
  highRisk: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z]\d{1,3}[\dX]?$/))), v.maxLength(500)),
}), v.check(({ keys, reasons }) => [keys, reasons].every((list) => new Set(list.map(({ id }) => id)).size === list.length) && new Set(keys.map(({ category, kind }) => `${category} ${kind}`)).size === keys.length));
// A P-256 point or the name of the device that is made of it.
const deviceNames = v.pipe(v.array(v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{16}|[\w-]{87})$/))), v.maxLength(10_000));

/** What each preference may hold; the same for a person's choice and a policy's. */
export const settingShapes = {
  locale: v.picklist(['en-GB', 'cy']),
  profile: v.picklist(profiles),
  profileAsked: v.boolean(),
  marks: v.boolean(),
  sites: v.array(origin),
  adapters: v.array(v.unknown()),
  noisyOn: v.array(v.pipe(v.string(), v.regex(/^[A-Z]{2}\d{3,5}$/))),
  listUse: v.boolean(),
  guessFirst: v.boolean(),
  doubt: v.record(v.picklist(doubtTerms), v.picklist(['codable', 'not-codable'])),
  highCostDrugs: v.pipe(v.array(v.pipe(v.string(), v.regex(/^X(?:8[1-9]|9[0-8])[0-9]$/))), v.maxLength(200)),
  depth: v.picklist(codingDepths),
  exceptions: v.unknown(),
  singleKeys: v.boolean(),
  hospitals: namedPlaces,
  hospital: v.nullable(placeId),
  teams: namedPlaces,
  faultMinutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostMinutes)),
  boardCoder: v.nullable(v.strictObject({ origin: v.pipe(origin, v.startsWith('https://')), seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)), 5) })),
  boardCoderSeen: v.nullable(v.pipe(origin, v.startsWith('https://'))),
  // Joined to the origin as it stands: no step up, no query, nothing that an address would read otherwise.
  fhirServer: v.nullable(v.strictObject({ origin: v.pipe(origin, v.startsWith('https://')), path: v.optional(v.pipe(v.string(), v.maxLength(200), v.regex(/^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*$/)), '') })),
  fhirServerSeen: v.nullable(v.pipe(origin, v.startsWith('https://'))),
  sendingPaused: v.boolean(),
  blindShare: v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.1)),
  // A row is never kept longer than the counters: a month has 28 days or more.
  retention: v.pipe(v.strictObject({ days: v.pipe(v.number(), v.integer(), v.minValue(7), v.maxValue(longestRetention.days)), months: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(longestRetention.months)) }), v.check(({ days, months }) => days <= 28 * (months - 1))),
  seniorKeys: v.nullable(deviceNames),
  packKeys: v.nullable(deviceNames),
  // Without either nobody could tell whose sheet it is to be.
  boardSheet: v.nullable(v.pipe(v.strictObject({ keys: v.optional(v.nullable(deviceNames), null), edition: v.optional(v.nullable(v.pipe(v.string(), v.minLength(2), v.maxLength(16_000_000))), null), rollBack: v.optional(v.boolean(), false) }), v.check(({ keys, edition }) => keys !== null || edition !== null))),
  encoder: v.strictObject({ dotted: v.boolean(), layout: v.picklist(['lines', 'tabs']), lineEnd: v.picklist(['crlf', 'lf']) }),
  opcs4Name: v.pipe(v.string(), v.maxLength(200), v.regex(/^(?:https?:\/\/|urn:)[\w.:/-]+$/)),
  // A policy gives it as one text of JSON.
  auditTable: v.nullable(v.union([auditTable, v.pipe(v.string(), v.parseJson(), auditTable)])), auditPersons: v.boolean(),
  auditActions: v.pipe(v.array(v.strictObject({ number: v.pipe(v.string(), v.maxLength(12)), recommendation: v.pipe(v.string(), v.maxLength(300)), owner: v.pipe(v.string(), v.maxLength(80)), due: v.nullable(day), status: v.picklist(['open', 'complete', 'on-hold']), reason: v.pipe(v.string(), v.maxLength(300)) })), v.maxLength(mostActions)),
  interventions: v.pipe(v.array(v.strictObject({ kind: v.picklist(interventionKinds), date: day, specialty: placeWord, edition: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(48), v.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/))), null) })), v.maxLength(500)),
  rebases: v.pipe(v.array(v.strictObject({ specialty: placeWord, from: month, limitsUntil: v.nullable(month) })), v.maxLength(500)),
  density: v.picklist(['compact', 'comfortable']),
  keys: v.record(v.pipe(v.string(), v.maxLength(80)), v.pipe(v.string(), v.maxLength(40))),
} as const satisfies { readonly [Key in keyof Settings]: v.GenericSchema<unknown, Unbranded<Settings[Key]>> };

/** The board's secret of 32 bytes as 64 hex digits. */
export const secretShape = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/i));

/** The value of one preference, or undefined when it is not one that Nodi could have written. */
export function readSetting<Key extends keyof Settings>(key: Key, value: unknown, readAdapter: ReadAdapter): Settings[Key] | undefined {
  const checked = v.safeParse(settingShapes[key] as v.GenericSchema<unknown, unknown>, value);
  if (!checked.success) return undefined;
  if (key === 'exceptions') return readExceptions(checked.output) as Settings[Key] | undefined;
  return (key === 'adapters' ? readAdapters(checked.output as readonly unknown[], readAdapter) : checked.output) as Settings[Key] | undefined;
}

/** The list, whole; a policy gives it as one text of JSON. Null goes back to the list that ships. */
function readExceptions(given: unknown): ExceptionList | null | undefined {
  if (given === null) return null;
  try {
    const read = checkExceptions(typeof given === 'string' ? JSON.parse(given) : given);
    return read.ok ? read.value : undefined;
  } catch { return undefined; }
}

/** All of them or none. Browsers let no policy hold a value of two types, as an adapter does: there it is one text of JSON per adapter. */
function readAdapters(given: readonly unknown[], readAdapter: ReadAdapter): readonly AdapterDefinition[] | undefined {
  const adapters = given.flatMap((one) => {
    try {
      const read = readAdapter(typeof one === 'string' ? JSON.parse(one) : one);
      return read.ok ? [read.value] : [];
    } catch { return []; }
  });
  return adapters.length === given.length ? adapters : undefined;
}
