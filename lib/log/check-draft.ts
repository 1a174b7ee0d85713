import { fail, succeed, type Result } from '../base/result.js';
import { documentKinds } from '../model/document.js';
import type { EventDraft, LogFailure } from '../model/ports.js';
import { severities } from '../model/rulebook.js';
import { coverageGapKinds } from '../model/snapshot.js';

type FieldCheck = (value: unknown) => boolean;
type FieldChecks = Readonly<Record<string, FieldCheck>>;

const text = (pattern: RegExp, longest: number): FieldCheck => (value) => typeof value === 'string' && value.length <= longest && pattern.test(value);
const oneOf = (choices: readonly string[]): FieldCheck => (value) => typeof value === 'string' && choices.includes(value);
const whole = (least: number, most: number): FieldCheck => (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const digits = (value: unknown): number => String(value).replace(/\D/g, '').length;

const uuid = text(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 36);
const keyedHash = text(/^[0-9a-f]{64}$/, 64);
const ruleId = text(/^[A-Z]{2}\d{3,5}$/, 7);
// Words of a specialty pack's name hold no figures at all.
const specialty = text(/^[a-z]+(?:-[a-z]+)*$/, 48);
const slug = text(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 64);
// Hospital numbers have seven figures and more, NHS numbers ten: a name with fewer cannot hold one.
const adapterId: FieldCheck = (value) => slug(value) && digits(value) < 7;
const version = whole(0, 999_999);
const editionForm = text(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 48);
// An edition may carry a date (eight figures) and a small number, never ten figures.
const edition: FieldCheck = (value) => editionForm(value) && digits(value) < 10;
const language = oneOf(['en', 'cy', 'mixed', 'unknown']);
// 2020 to 2100, in milliseconds: thirteen figures, so neither an NHS nor a hospital number passes for a time.
const moment = whole(1_577_836_800_000, 4_102_444_800_000);

const finding: FieldChecks = {
  rule: ruleId, verdict: oneOf(severities), specialty, documentKind: oneOf(documentKinds), documentLanguage: language,
  episode: keyedHash, place: keyedHash, adapter: adapterId, adapterVersion: version,
};

const bodies: Readonly<Record<EventDraft['body']['kind'], FieldChecks>> = {
  'finding-logged': finding,
  'finding-dismissed': finding,
  'rule-muted': { rule: ruleId, until: moment },
  'unreadable-logged': { gap: oneOf(coverageGapKinds), count: whole(1, 99_999), specialty, episode: keyedHash, adapter: adapterId, adapterVersion: version },
  undone: { undoes: uuid },
};

/**
 * Lets a decision into the log only when no field of it could hold patient text or an identifier: every field is a
 * closed list, a bounded number, a fixed-form id or a keyed hash, none is missing and none is unknown.
 * What passes is a copy made of the checked values alone. The failure names a field of ours, never a value or an unknown key.
 */
export function checkDraft(draft: unknown): Result<EventDraft, Extract<LogFailure, { readonly kind: 'not-allowed' }>> {
  const outer = plainFields(draft);
  if (outer === null) return refuse('draft');
  const inner = plainFields(outer['body']);
  if (inner === null) return refuse('body');
  const kind = inner['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(bodies, kind)) return refuse('kind');
  const wrong = firstWrong(outer, { id: uuid, edition, body: () => true })
    ?? firstWrong(inner, { kind: () => true, ...bodies[kind as EventDraft['body']['kind']] });
  if (wrong !== null) return refuse(wrong);
  return succeed({ id: outer['id'], edition: outer['edition'], body: inner } as unknown as EventDraft);
}

function refuse(field: string): { readonly ok: false; readonly failure: { readonly kind: 'not-allowed'; readonly field: string } } {
  return fail({ kind: 'not-allowed', field });
}

/** The object's own fields, read once each; null for what is no plain object or has a hidden, computed or symbol field. */
function plainFields(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return null;
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (typeof key !== 'string' || property === undefined || !property.enumerable || !('value' in property)) return null;
    fields[key] = property.value;
  }
  return { ...fields };
}

function firstWrong(fields: Readonly<Record<string, unknown>>, checks: FieldChecks): string | null {
  if (Object.keys(fields).some((key) => !Object.hasOwn(checks, key))) return 'unknown-field';
  return Object.keys(checks).find((key) => !Object.hasOwn(fields, key) || !checks[key]?.(fields[key])) ?? null;
}
