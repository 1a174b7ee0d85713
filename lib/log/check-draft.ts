import { fail, succeed, type Result } from '../base/result.js';
import { auditLanes, auditStates, auditViews, sampleMethods } from '../model/audit.js';
import { codeSystems } from '../model/code.js';
import { codeOrigins, codingDepths, rejectionReasons } from '../model/coded-episode.js';
import { blindMains } from '../model/blind.js';
import type { Counter } from '../model/counters.js';
import { offerStandings } from '../model/decision.js';
import { documentKinds } from '../model/document.js';
import { isReadingId } from '../model/event-id.js';
import { authorRoles, faultCategories, mostMinutes } from '../model/fault.js';
import { contextFlags, phraseVerdicts } from '../model/learning.js';
import type { EventDraft, LogFailure } from '../model/ports.js';
import { queryLanguages, queryOutcomes, queryStates } from '../model/query.js';
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

const depth = oneOf(codingDepths);
const system = oneOf(codeSystems);
const codes = text(/^[A-Z]\d\d[\dX](?: [A-Z]\d\d[\dX]){0,7}$/, 39);
// The edition of a classification holds its number and at most a year.
const list: FieldCheck = (value) => editionForm(value) && digits(value) < 7;
/** Up to eight folded words; whether each is in the clinical vocabulary the store is told when it is made. */
const phraseForm = text(/^(?:[^\s\p{Lu}\p{P}]{1,40}(?: [^\s\p{Lu}\p{P}]{1,40}){0,7})?$/u, 200);
const phrase: FieldCheck = (value) => phraseForm(value) && digits(value) < 4;
const criterion: FieldCheck = (value) => slug(value) && digits(value) < 4;

// An audit holds whole records: up to forty codes of a kind, and a line for each of both.
const record = text(/^(?:[A-Z]\d\d[\dX](?: [A-Z]\d\d[\dX]){0,39})?$/, 199);
const auditLines = text(/^(?:(?:[PS][DP]\/[R34OSNETL]\/(?:[A-Z]\d\d[\dX]|-)\/(?:[A-Z]\d\d[\dX]|-)\/[CDY]\/[A-Z0-9]{0,6}(?: |$))*)$/, 4000);
const day = text(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 10);
// A pseudonym has fewer figures than an identifier.
const pseudonym: FieldCheck = (value) => value === '' || (slug(value) && digits(value) < 4);
const view: FieldCheck = (value) => auditViews.some((one) => one === value);
const ofSample: FieldChecks = { sample: uuid, episode: keyedHash };

// Hospitals and teams are named by policy: a name with fewer figures than an identifier cannot hold one.
const placed: FieldCheck = (value) => slug(value) && digits(value) < 4;
const month = text(/^20\d\d-(?:0[1-9]|1[0-2])$/, 7);
const nothingOr = (check: FieldCheck): FieldCheck => (value) => value === '' || check(value);

const details: FieldChecks = { category: oneOf(faultCategories), authorRole: oneOf(authorRoles), site: placed, team: placed, minutes: whole(0, mostMinutes) };
const ofDocument: FieldChecks = { specialty, documentKind: oneOf(documentKinds), documentLanguage: language, episode: keyedHash, place: keyedHash, adapter: adapterId, adapterVersion: version };
const finding: FieldChecks = { rule: ruleId, verdict: oneOf(severities), ...ofDocument };

const bodies: Readonly<Record<EventDraft['body']['kind'], FieldChecks>> = {
  'finding-logged': finding,
  'finding-dismissed': finding,
  'rule-muted': { rule: ruleId, until: moment },
  'unreadable-logged': { gap: oneOf(coverageGapKinds), count: whole(1, 99_999), specialty, episode: keyedHash, adapter: adapterId, adapterVersion: version },
  'fault-logged': { ...ofDocument, ...details },
  'document-read': { ...ofDocument, site: placed },
  'query-drafted': { episode: nothingOr(keyedHash), specialty, category: oneOf(faultCategories), rule: nothingOr(ruleId), template: (value) => slug(value) && digits(value) < 4, language: oneOf(queryLanguages), findings: whole(1, 99_999) },
  'query-moved': { query: uuid, state: oneOf(queryStates), outcome: oneOf(queryOutcomes), due: (value) => value === 0 || moment(value) },
  'codes-accepted': { episode: keyedHash, specialty, system, codes, list, origin: oneOf(codeOrigins), depth, phrase, flag: oneOf(contextFlags), standing: oneOf(offerStandings), replaces: (value) => value === '' || uuid(value) },
  'codes-rejected': { episode: keyedHash, specialty, system, codes, list, reason: oneOf(rejectionReasons), depth, phrase, flag: oneOf(contextFlags) },
  'codes-removed': { episode: keyedHash, unit: uuid },
  'codes-moved': { episode: keyedHash, unit: uuid, after: (value) => value === 'first' || uuid(value) },
  'depth-chosen': { episode: keyedHash, depth },
  'episode-coded': { episode: keyedHash, specialty, depth, criterion, diagnoses: whole(0, 99), procedures: whole(0, 99), offered: whole(0, 999), kept: whole(0, 999) },
  'phrase-forgotten': { phrase, system, code: text(/^[A-Z]\d\d[\dX]$/, 4) },
  'phrase-judged': { phrase: (value) => value !== '' && phrase(value), system, code: text(/^[A-Z]\d\d[\dX]$/, 4), verdict: oneOf(phraseVerdicts) },
  'audit-drawn': { ...ofSample, method: oneOf(sampleMethods), seed: whole(0, 999_999), population: whole(1, 999_999), size: whole(1, 5000), specialty, coder: pseudonym, coded: day, stay: whole(-1, 9999), depth, lane: oneOf(auditLanes), codedBy: edition, row: whole(0, 999_999), diagnoses: record, procedures: record },
  'audit-coded': { ...ofSample, view, diagnoses: record, procedures: record },
  'audit-judged': { ...ofSample, view, lines: auditLines, state: oneOf(auditStates) },
  undone: { undoes: uuid },
};

/** Fields that a row of the kind has all of, or none. */
const together: Partial<Readonly<Record<EventDraft['body']['kind'], FieldChecks>>> = {
  'finding-logged': details, 'unreadable-logged': details,
  'episode-coded': { blind: oneOf(blindMains), quick: whole(0, 99), quickKept: whole(0, 99) },
};

/**
 * Lets a decision into the log only when no field of it could hold patient text or an identifier: every field is a
 * closed list, a bounded number, a fixed-form id or a keyed hash, none is missing and none is unknown.
 * A phrase passes only where `isClinical` knows each of its words: no name and no number can be among them.
 * What passes is a copy made of the checked values alone. The failure names a field of ours, never a value or an unknown key.
 */
export function checkDraft(draft: unknown, isClinical: (word: string) => boolean = () => false): Result<EventDraft, Extract<LogFailure, { readonly kind: 'not-allowed' }>> {
  const outer = plainFields(draft);
  if (outer === null) return refuse('draft');
  const inner = plainFields(outer['body']);
  if (inner === null) return refuse('body');
  const kind = inner['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(bodies, kind)) return refuse('kind');
  if (kind !== 'document-read' && isReadingId(outer['id'])) return refuse('id');
  const more = together[kind as EventDraft['body']['kind']] ?? {};
  const wrong = firstWrong(outer, { id: uuid, edition, body: () => true })
    ?? firstWrong(inner, { kind: () => true, ...bodies[kind as EventDraft['body']['kind']], ...(Object.keys(more).some((name) => Object.hasOwn(inner, name)) ? more : {}) });
  if (wrong !== null) return refuse(wrong);
  const words = typeof inner['phrase'] === 'string' ? inner['phrase'].split(' ').filter(Boolean) : [];
  if (!words.every(isClinical)) return refuse('phrase');
  return succeed({ id: outer['id'], edition: outer['edition'], body: inner } as unknown as EventDraft);
}

const counted = whole(0, 1e9);
const subject: FieldCheck = (value) => {
  const fields = plainFields(value);
  const by = fields?.['by'];
  return fields !== null && (by === 'any' || by === 'rule' || by === 'category') && firstWrong(fields, { by: () => true, ...(by === 'rule' ? { rule: ruleId } : by === 'category' ? { category: oneOf(faultCategories) } : {}) }) === null;
};
const counters: Readonly<Record<Counter['kind'], FieldChecks>> = {
  'episodes-read': { episodes: counted },
  'documents-read': { documentKind: oneOf(documentKinds), documents: counted },
  findings: { documentKind: oneOf(documentKinds), category: oneOf(faultCategories), rule: (value) => value === null || ruleId(value), findings: counted, minutes: counted },
  'episodes-found': { subject, episodes: counted },
};

/** Is this a counter of ours, of a file that came in? Closed lists, slugs and numbers only. */
export function isCounter(value: unknown): value is Counter {
  const fields = plainFields(value);
  const kind = fields?.['kind'];
  return fields !== null && typeof kind === 'string' && Object.hasOwn(counters, kind) && firstWrong(fields, { kind: () => true, month, specialty, site: placed, ...counters[kind as Counter['kind']] }) === null;
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
