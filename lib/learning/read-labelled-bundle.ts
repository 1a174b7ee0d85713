import * as v from 'valibot';
import { fail, type Result } from '../base/result.js';
import type { CodeSystem } from '../model/code.js';
import { defaultOpcs4Name } from '../model/encoder.js';
import type { LabelledFault } from '../model/training.js';
import { checkEpisode, type JudgeCode, type LabelledEpisode, type WrittenLabel } from './read-labelled.js';

/**
 * Coded episodes in a Bundle of FHIR R4. What is read of it, and nothing else:
 * `Encounter` is the episode (`period.end`, else `.start`: its day; `serviceType`: its specialty; a tag `primary_only`: how far it is coded);
 * `DocumentReference.content.attachment` and `DiagnosticReport.presentedForm` of type text/plain, and `DiagnosticReport.conclusion`: its text;
 * `Condition.code` in ICD-10 and `Procedure.code` in OPCS-4: its codes. Each names its Encounter by reference or by identifier.
 */
const text = v.optional(v.string());
const coding = v.object({ system: text, code: text, display: text });
const concept = v.optional(v.object({ coding: v.optional(v.array(coding)), text }));
const reference = v.object({ reference: text, identifier: v.optional(v.object({ value: text })) });
const attachment = v.object({ contentType: text, data: text });
const identifiers = v.optional(v.array(v.object({ value: text })));
const resources = {
  Encounter: v.object({ id: text, identifier: identifiers, period: v.optional(v.object({ start: text, end: text })), serviceType: concept, meta: v.optional(v.object({ tag: v.optional(v.array(coding)) })) }),
  DocumentReference: v.object({ status: text, content: v.array(v.object({ attachment })), context: v.optional(v.object({ encounter: v.optional(v.array(reference)) })) }),
  DiagnosticReport: v.object({ status: text, encounter: v.optional(reference), presentedForm: v.optional(v.array(attachment)), conclusion: text }),
  Condition: v.object({ encounter: v.optional(reference), code: concept, verificationStatus: concept }),
  Procedure: v.object({ encounter: v.optional(reference), code: concept, status: text }),
} as const;
const entry = v.object({ fullUrl: text, resource: v.looseObject({ resourceType: v.string() }) });
const bundle = v.object({ resourceType: v.literal('Bundle'), entry: v.optional(v.array(v.unknown()), []) });

const systems: Readonly<Record<string, CodeSystem>> = { 'http://hl7.org/fhir/sid/icd-10': 'ICD-10', 'http://hl7.org/fhir/sid/icd-10-uk': 'ICD-10', [defaultOpcs4Name]: 'OPCS-4' };

interface Draft { readonly at: number; readonly id: string; readonly texts: string[]; readonly codes: WrittenLabel[]; readonly day: string | null; readonly specialty: string | null; readonly isPrimary: boolean }

/** An episode of a bundle, or why it is none, with the number of its entry. */
export interface BundleEpisode { readonly at: number; readonly read: Result<LabelledEpisode, LabelledFault> }

/** The episodes of a bundle, one after the other; null for what is no Bundle. `textOf64` reads base64 as UTF-8, and gives null for what is not. */
export function readLabelledBundle(data: unknown, judge: JudgeCode, textOf64: (data: string) => string | null): { readonly encounters: number; readonly episodes: Iterable<BundleEpisode> } | null {
  const checked = v.safeParse(bundle, data);
  if (!checked.success) return null;
  const faults: BundleEpisode[] = [];
  const bad = (at: number, fault: LabelledFault): void => { faults.push({ at, read: fail(fault) }); };
  const drafts = new Map<string, Draft>();
  const all: Draft[] = [];
  const entries = checked.output.entry.map((raw, index) => {
    const found = v.safeParse(entry, raw);
    if (!found.success) bad(index + 1, { kind: 'shape', field: 'resource', expected: 'resourceType' });
    return found.success ? found.output : null;
  });
  /** The resource of a kind, checked; null for another kind, or a bad one, which is told once. */
  const as = <Kind extends keyof typeof resources>(kind: Kind, index: number): v.InferOutput<(typeof resources)[Kind]> | null => {
    const one = entries[index];
    if (one?.resource.resourceType !== kind) return null;
    const found = v.safeParse(resources[kind], one.resource);
    if (!found.success) { const [issue] = found.issues; bad(index + 1, { kind: 'shape', field: `${kind}.${v.getDotPath(issue) ?? ''}`, expected: issue.expected ?? '' }); return null; }
    return found.output as v.InferOutput<(typeof resources)[Kind]>;
  };
  entries.forEach((one, index) => {
    const encounter = as('Encounter', index);
    if (!encounter) return;
    const names = [...(encounter.id ? [`Encounter/${encounter.id}`] : []), ...(one?.fullUrl ? [one.fullUrl] : []), ...(encounter.identifier ?? []).flatMap(({ value }) => (value ? [`identifier ${value}`] : []))];
    const { serviceType, period } = encounter;
    const draft: Draft = {
      at: index + 1, id: names[0] ?? `entry ${index + 1}`, texts: [], codes: [], day: period?.end ?? period?.start ?? null,
      specialty: serviceType?.text ?? serviceType?.coding?.map(({ display, code }) => display ?? code).find((word) => word !== undefined) ?? null,
      isPrimary: encounter.meta?.tag?.some(({ code }) => code === 'primary_only') ?? false,
    };
    all.push(draft);
    for (const name of names) drafts.set(name, draft);
  });
  const home = (one: v.InferOutput<typeof reference> | undefined): Draft | null => drafts.get(one?.reference ?? '') ?? drafts.get(`identifier ${one?.identifier?.value ?? ''}`) ?? null;
  const isPlain = (type: string | undefined): boolean => /^text\/plain\b/i.test(type ?? '');
  entries.forEach((_, index) => {
    const document = as('DocumentReference', index);
    const report = as('DiagnosticReport', index);
    const draft = document ? home(document.context?.encounter?.[0]) : report ? home(report.encounter) : null;
    const isVoid = (document?.status ?? report?.status) === 'entered-in-error';
    if (draft && !isVoid) {
      for (const { contentType, data: written } of [...document?.content.map((one) => one.attachment) ?? [], ...report?.presentedForm ?? []]) {
        if (!isPlain(contentType) || written === undefined) continue;
        const words = textOf64(written);
        if (words === null) bad(index + 1, { kind: 'shape', field: 'attachment.data', expected: 'base64 UTF-8' }); else draft.texts.push(words);
      }
      if (report?.conclusion) draft.texts.push(report.conclusion);
    }
    const condition = as('Condition', index);
    const procedure = as('Procedure', index);
    // What was refuted, not done or entered in error is no code of the episode.
    if (condition?.verificationStatus?.coding?.some(({ code }) => code === 'refuted' || code === 'entered-in-error') || procedure?.status === 'not-done' || procedure?.status === 'entered-in-error') return;
    const coded = condition ?? procedure;
    const labels = (coded?.code?.coding ?? []).flatMap(({ system, code }): WrittenLabel[] => { const known = systems[system ?? '']; return known && code ? [{ classification: known, code }] : []; });
    if (coded && labels.length > 0) home(coded.encounter)?.codes.push(...labels);
  });
  function* episodes(): Generator<BundleEpisode> {
    yield* faults;
    for (const { at, id, texts, codes, day, specialty, isPrimary } of all) {
      if (texts.length === 0) { yield { at, read: fail({ kind: 'no-text' }) }; continue; }
      if (codes.length === 0) { yield { at, read: fail({ kind: 'no-codes' }) }; continue; }
      yield { at, read: checkEpisode({ id, text: texts.join('\n\n'), codes, specialty, date: day, depth: isPrimary ? 'primary' : 'full' }, judge) };
    }
  }
  return { encounters: all.length, episodes: episodes() };
}
