import * as v from 'valibot';
import { fail, succeed, type Result } from '../base/result.js';
import type { EpisodeKey, EventId } from '../model/decision.js';
import { documentKinds } from '../model/document.js';
import type { SpecialtyId } from '../model/episode.js';
import { authorRoles, faultCategories, mostMinutes, type SiteId, type TeamId } from '../model/fault.js';
import { queryLanguages, queryOutcomes, queryStates, type QueryTemplateId } from '../model/query.js';
import type { RuleId } from '../model/rulebook.js';
import { mergeStatements, type MachineId, type SharedStatement } from '../model/shared-statement.js';
import type { FhirNames } from './fhir-bundle.js';
import { namesOf } from './statement-bundle.js';

/** Why a file is refused; nothing of it is taken. `entry` counts from 1; `field` is where in the entry it is wrong. */
export type SharedFileFailure =
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-a-bundle' }
  | { readonly kind: 'bad-entry'; readonly entry: number; readonly field: string }
  /** A query without its words, or words without their query. */
  | { readonly kind: 'bad-pair'; readonly entry: number };

/** Most characters and entries of a file. */
export const mostOfSharedFile = { characters: 32_000_000, entries: 50_000 } as const;

const pattern = (form: RegExp, longest: number) => v.pipe(v.string(), v.maxLength(longest), v.regex(form));
const hash = pattern(/^[0-9a-f]{64}$/, 64);
const uuid = pattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 36);
// The forms that the log itself has room for: no text of a record fits one.
const specialty = pattern(/^[a-z]+(?:-[a-z]+)*$/, 48);
const slug = pattern(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 64);
const rule = v.union([v.literal(''), pattern(/^[A-Z]{2}\d{3,5}$/, 7)]);
const moment = v.pipe(v.string(), v.maxLength(24), v.regex(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), v.transform((text) => Date.parse(text)), v.check((at) => Number.isFinite(at)));
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const identifier = v.strictObject({ system: v.string(), value: v.string() });
const concept = v.strictObject({ coding: v.pipe(v.array(v.strictObject({ system: v.string(), code: v.string() })), v.maxLength(2)) });
const extension = v.pipe(v.array(v.strictObject({ url: v.string(), valueCode: v.optional(v.string()), valueInteger: v.optional(v.number()) })), v.maxLength(9));
const meta = { id: v.optional(v.unknown()), meta: v.optional(v.unknown()), extension };
const one = { identifier: v.tuple([identifier]) };
const shapes = {
  DetectedIssue: v.strictObject({ resourceType: v.literal('DetectedIssue'), ...meta, identifier: v.tuple([identifier, identifier]), status: v.picklist(['final', 'entered-in-error']), code: concept, identifiedDateTime: moment, implicated: v.tuple([v.strictObject({ identifier })]) }),
  Task: v.strictObject({ resourceType: v.literal('Task'), ...meta, ...one, status: v.picklist(['draft', 'requested', 'completed', 'entered-in-error']), intent: v.literal('order'), businessStatus: concept, code: concept, authoredOn: moment, lastModified: moment, focus: v.optional(v.strictObject({ identifier })), restriction: v.optional(v.strictObject({ period: v.strictObject({ end: moment }) })) }),
  Communication: v.strictObject({ resourceType: v.literal('Communication'), ...meta, ...one, status: v.picklist(['preparation', 'completed', 'entered-in-error']), topic: concept, about: v.tuple([v.strictObject({ identifier })]) }),
} as const;
const resource = v.variant('resourceType', [shapes.DetectedIssue, shapes.Task, shapes.Communication]);

const order = v.pipe(whole(Number.MAX_SAFE_INTEGER), v.minValue(1));
const finding = v.strictObject({
  key: hash, machine: uuid, sequence: order, at: v.number(), event: uuid, stands: v.boolean(), episode: hash, specialty, documentKind: v.picklist([...documentKinds, 'unknown']), rule, category: v.picklist(faultCategories),
  authorRole: v.picklist(authorRoles), site: slug, team: slug, minutes: whole(mostMinutes),
});
const query = v.strictObject({
  key: uuid, machine: uuid, sequence: order, at: v.number(), event: uuid, stands: v.boolean(), episode: v.union([v.literal(''), hash]), specialty, category: v.picklist(faultCategories), rule, template: slug, language: v.picklist(queryLanguages),
  findings: v.pipe(whole(99_999), v.minValue(1)), state: v.picklist(queryStates), outcome: v.picklist(queryOutcomes), due: v.number(), drafted: v.number(),
});

/** The statements of a file that another machine wrote, or of a server's answer; the whole of it or nothing. What a machine says twice counts once. */
export function readStatementBundle(text: string, names: FhirNames): Result<readonly SharedStatement[], SharedFileFailure> {
  const reading = readInSteps(text, names);
  for (;;) { const step = reading.next(); if (step.done) return step.value; }
}

/** Entries between two steps: some hundredths of a second. */
const stepOf = 250;

/** The same for a page that must not stand still: gives how many entries were read of how many, and lets its caller go on, or not. */
export function* readInSteps(text: string, names: FhirNames): Generator<{ readonly done: number; readonly of: number }, Result<readonly SharedStatement[], SharedFileFailure>> {
  if (text.length > mostOfSharedFile.characters) return fail({ kind: 'too-large' });
  let data: unknown;
  try { data = JSON.parse(text); } catch { return fail({ kind: 'not-a-bundle' }); }
  const bundle = v.safeParse(v.object({ resourceType: v.literal('Bundle'), entry: v.optional(v.array(v.unknown()), []) }), data);
  if (!bundle.success) return fail({ kind: 'not-a-bundle' });
  if (bundle.output.entry.length > mostOfSharedFile.entries) return fail({ kind: 'too-large' });

  const ours = namesOf(names);
  const statements: SharedStatement[] = [];
  const words = new Map<string, number>();
  const asked = new Map<string, number>();
  for (const [index, raw] of bundle.output.entry.entries()) {
    if (index % stepOf === 0) yield { done: index, of: bundle.output.entry.length };
    const bad = (field: string): Result<never, SharedFileFailure> => fail({ kind: 'bad-entry', entry: index + 1, field });
    const outer = v.safeParse(v.object({ resource: v.unknown() }), raw);
    if (!outer.success) return bad('resource');
    const read = v.safeParse(resource, outer.output.resource);
    if (!read.success) return bad(v.getDotPath(read.issues[0]) ?? 'resource');
    const one = read.output;
    const codeOf = (from: v.InferOutput<typeof concept>, name: string): string => from.coding.find(({ system }) => system === ours(name))?.code ?? '';
    const told = (name: string): string => one.extension.find(({ url }) => url === ours(name))?.valueCode ?? '';
    const counted = (name: string): number => one.extension.find(({ url }) => url === ours(name))?.valueInteger ?? -1;
    const named = (from: v.InferOutput<typeof identifier> | undefined, name: string): string => (from?.system === ours(name) ? from.value : '');
    const stands = one.status !== 'entered-in-error';
    if (one.resourceType === 'Communication') {
      const key = named(one.about[0].identifier, 'query');
      if (key === '' || named(one.identifier[0], 'query-words') !== key) return bad('identifier');
      words.set(key, index + 1);
    } else if (one.resourceType === 'DetectedIssue') {
      const checked = v.safeParse(finding, {
        key: named(one.identifier[1], 'finding'), machine: told('machine'), sequence: counted('sequence'), at: one.identifiedDateTime, event: told('event'), stands, episode: named(one.implicated[0].identifier, 'episode'), specialty: told('specialty'), documentKind: told('document-kind'),
        rule: codeOf(one.code, 'rule'), category: codeOf(one.code, 'category'), authorRole: told('author-role'), site: told('site'), team: told('team'), minutes: counted('minutes'),
      });
      if (!checked.success) return bad(v.getDotPath(checked.issues[0]) ?? 'resource');
      const { machine, event, episode, specialty: about, rule: term, site, team, ...rest } = checked.output;
      if (named(one.identifier[0], 'said') !== `${machine}.${rest.key}`) return bad('identifier');
      statements.push({ kind: 'finding', ...rest, machine: machine as MachineId, event: event as EventId, episode: episode as EpisodeKey, specialty: about as SpecialtyId, rule: term as RuleId | '', site: site as SiteId, team: team as TeamId });
    } else {
      const checked = v.safeParse(query, {
        key: named(one.identifier[0], 'query'), machine: told('machine'), sequence: counted('sequence'), at: one.lastModified, event: told('event'), stands, episode: named(one.focus?.identifier, 'episode'), specialty: told('specialty'), category: codeOf(one.code, 'category'), rule: codeOf(one.code, 'rule'),
        template: told('template'), language: told('language'), findings: counted('findings'), state: codeOf(one.businessStatus, 'query-state'), outcome: codeOf(one.businessStatus, 'query-outcome'), due: one.restriction?.period.end ?? 0, drafted: one.authoredOn,
      });
      if (!checked.success) return bad(v.getDotPath(checked.issues[0]) ?? 'resource');
      const { key, machine, event, episode, specialty: about, rule: term, template, ...rest } = checked.output;
      asked.set(key, index + 1);
      statements.push({ kind: 'query', key, ...rest, machine: machine as MachineId, event: event as EventId, episode: episode as EpisodeKey | '', specialty: about as SpecialtyId, rule: term as RuleId | '', template: template as QueryTemplateId });
    }
  }
  for (const [key, entry] of [...asked, ...words]) if (!words.has(key) || !asked.has(key)) return fail({ kind: 'bad-pair', entry });
  return succeed(mergeStatements(statements));
}
