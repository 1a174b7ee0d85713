import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDraft } from '../../../lib/log/index.js';
import type { EventBody } from '../../../lib/model/decision.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { QueryTemplateId } from '../../../lib/model/query.js';
import type { RuleId } from '../../../lib/model/rulebook.js';
import { clickId, draft, fault, finding, keyOf, reading } from './invented-decisions.js';

const bodies: readonly EventBody[] = [
  finding('finding-logged'), finding('finding-dismissed'),
  { kind: 'rule-muted', rule: 'BM001' as RuleId, until: 1_790_000_000_000 },
  { kind: 'unreadable-logged', gap: 'plugin', count: 2, specialty: 'unknown', episode: keyOf(1) as never, adapter: 'sample-epr', adapterVersion: 3 },
  { ...finding('finding-logged'), category: 'symbol', authorRole: 'resident-doctor', site: 'glan-y-don', team: 'unknown', minutes: 5 } as EventBody,
  { kind: 'unreadable-logged', gap: 'image', count: 1, specialty: 'unknown', episode: keyOf(1) as never, adapter: 'sample-epr', adapterVersion: 3, category: 'unreadable-document', authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes: 0 },
  { ...fault('missing-laterality') }, { ...reading(1) },
  { kind: 'query-drafted', episode: keyOf(1) as never, specialty: 'neurology' as SpecialtyId, category: 'no-definitive-diagnosis', rule: '', template: 'working-diagnosis' as QueryTemplateId, language: 'both', findings: 1 },
  { kind: 'query-drafted', episode: '', specialty: 'neurology' as SpecialtyId, category: 'avoid-term', rule: 'BM001' as RuleId, template: 'avoid-term' as QueryTemplateId, language: 'cy', findings: 14 },
  { kind: 'query-moved', query: clickId(4), state: 'sent', outcome: 'none', due: 1_790_000_000_000 }, { kind: 'query-moved', query: clickId(4), state: 'closed', outcome: 'clarified', due: 0 },
  { kind: 'undone', undoes: clickId(9) },
  { kind: 'codes-accepted', episode: keyOf(1) as never, specialty: 'unknown', system: 'OPCS-4', codes: 'C751 C712 Z942', list: 'opcs-4.11', origin: 'suggestion', depth: 'primary', phrase: '', flag: 'plain', standing: 'shown', replaces: '' },
  { kind: 'codes-accepted', episode: keyOf(1) as never, specialty: 'unknown', system: 'ICD-10', codes: 'I10X', list: 'icd-10-5th-edition', origin: 'board', depth: 'full', phrase: '', flag: 'plain', standing: 'none', replaces: '' },
  { kind: 'codes-rejected', episode: keyOf(1) as never, specialty: 'unknown', system: 'ICD-10', codes: 'G35X', list: 'icd-10-5th-edition', reason: 'not-said', depth: 'full', phrase: '', flag: 'doubted' },
  { kind: 'codes-removed', episode: keyOf(1) as never, unit: clickId(3) }, { kind: 'codes-moved', episode: keyOf(1) as never, unit: clickId(3), after: 'first' },
  { kind: 'depth-chosen', episode: keyOf(1) as never, depth: 'full' },
  { kind: 'episode-coded', episode: keyOf(1) as never, specialty: 'unknown', depth: 'primary', criterion: 'length-of-stay', diagnoses: 1, procedures: 1, offered: 3, kept: 2 },
  { kind: 'episode-coded', episode: keyOf(1) as never, specialty: 'unknown', depth: 'full', criterion: 'default', diagnoses: 1, procedures: 1, offered: 3, kept: 2, blind: 'same', quick: 1, quickKept: 1 },
  { kind: 'audit-drawn', sample: clickId(5), method: 'random', seed: 4417, population: 912, size: 120, episode: keyOf(1) as never, specialty: 'neurology' as SpecialtyId, coder: 'coder-b', coded: '2026-10-09', stay: 2, depth: 'full', lane: 'one-key', codedBy: 'starter-1' as never, row: 312, diagnoses: 'G35X I10X', procedures: '' },
  { kind: 'audit-coded', sample: clickId(5), episode: keyOf(1) as never, view: 1, diagnoses: 'G35X', procedures: '' },
  { kind: 'audit-judged', sample: clickId(5), episode: keyOf(1) as never, view: 2, lines: 'PD/R/G35X/G35X/C/ SD/N/I10X/-/D/NAV', state: 'agreed' },
  { kind: 'phrase-forgotten', phrase: '', system: 'ICD-10', code: 'G35X' },
];

/** What could be patient text or an identifier: anything with white space, and ten figures however they are written. */
const patientText = fc.oneof(
  fc.tuple(fc.string(), fc.constantFrom(' ', '\n', '\t', '\u00a0'), fc.string()).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `${text} x`),
  fc.tuple(fc.constantFrom('', 'nhs-', 'a', 'x-', '999-'), fc.stringMatching(/^[0-9]{10}$/), fc.constantFrom('', '-a', 'a')).map((parts) => parts.join('')),
  fc.stringMatching(/^[a-z][0-9]{3}-[0-9]{3}-[0-9]{4}$/),
  fc.stringMatching(/^[A-Z][0-9]{6,9}$/),
);

describe('what may be logged', () => {
  it('lets every decision that the product makes in', () => {
    expect(bodies.map((body) => checkDraft(draft(1, body)).ok)).toEqual(bodies.map(() => true));
  });

  it('lets no text with a space and no ten-figure number in, in any field', () => {
    let tried = 0;
    let bad = 0;
    fc.assert(fc.property(fc.constantFrom(...bodies), patientText, fc.nat(), (body, text, pick) => {
      const whole = draft(1, body);
      const fields = [...Object.keys(whole).filter((key) => key !== 'body'), ...Object.keys(body).map((key) => `body.${key}`)];
      const field = fields[pick % fields.length] ?? 'id';
      const spoiled = field.startsWith('body.') ? { ...whole, body: { ...body, [field.slice(5)]: text } } : { ...whole, [field]: text };
      tried += 1;
      if (checkDraft(spoiled).ok) bad += 1;
    }), { numRuns: 5000 });
    console.info(`texts tried ${tried}, let in ${bad}`);
    expect(tried).toBeGreaterThanOrEqual(5000);
    expect(bad).toBe(0);
  });

  it('lets no NHS number in as a number', () => {
    let tried = 0;
    let bad = 0;
    fc.assert(fc.property(fc.constantFrom(...bodies), fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }), fc.nat(), (body, number, pick) => {
      const key = Object.keys(body)[pick % Object.keys(body).length] ?? 'kind';
      tried += 1;
      if (checkDraft(draft(1, { ...body, [key]: number } as EventBody)).ok) bad += 1;
    }), { numRuns: 1000 });
    console.info(`numbers tried ${tried}, let in ${bad}`);
    expect({ tried, bad }).toEqual({ tried: 1000, bad: 0 });
  });

  it('refuses unknown, missing, hidden and computed fields, and never repeats what it refuses', () => {
    const text = 'Mrs Invented of Nowhere';
    const hidden = Object.defineProperty({ ...finding('finding-logged') }, 'note', { value: text, enumerable: false });
    const symbol = { ...finding('finding-logged'), [Symbol('note')]: text };
    const { place: _, ...short } = finding('finding-logged') as Extract<EventBody, { kind: 'finding-logged' }>;
    let reads = 0;
    const computed = Object.defineProperty({ ...finding('finding-logged') }, 'rule', { enumerable: true, get: () => (reads++ === 0 ? 'BM001' : text) });
    const wrong: readonly unknown[] = [
      null, text, [], draft(1, hidden), draft(1, symbol as EventBody), draft(1, short as EventBody), draft(1, computed),
      { ...draft(1), [text]: 1 }, draft(1, { ...finding('finding-logged'), [text]: text } as unknown as EventBody), draft(1, { kind: text } as unknown as EventBody),
      draft(1, { kind: 'constructor' } as unknown as EventBody), draft(1, JSON.parse('{"kind":"undone","undoes":"00000000-0000-4000-8000-000000000009","__proto__":{"a":1}}') as EventBody),
    ];
    const answers = wrong.map((one) => checkDraft(one));
    console.info(`refused ${answers.filter((answer) => !answer.ok).length} of ${answers.length}`);
    expect(answers.filter((answer) => answer.ok)).toEqual([]);
    expect(JSON.stringify(answers)).not.toContain('Invented');
  });

  it('lets a phrase in only where every word of it is in the clinical vocabulary', () => {
    const known = new Set(['multiple', 'sclerosis', 'type', '2']);
    const accepted = (phrase: string): unknown => draft(1, { kind: 'codes-accepted', episode: keyOf(1) as never, specialty: 'unknown', system: 'ICD-10', codes: 'G35X', list: 'icd-10-5th-edition', origin: 'selection', depth: 'full', phrase, flag: 'plain', standing: 'none', replaces: '' });
    const lets = (phrase: string): boolean => checkDraft(accepted(phrase), (word) => known.has(word)).ok;
    expect(['', 'multiple sclerosis', 'type 2'].map(lets)).toEqual([true, true, true]);
    expect(['blodwen jones', 'multiple sclerosis blodwen', 'Multiple', 'multiple  sclerosis', '943 476 5919', Array.from({ length: 9 }, () => 'type').join(' ')].map(lets)).toEqual([false, false, false, false, false, false]);
    expect(checkDraft(accepted('multiple sclerosis')).ok).toBe(false);
  });
});
