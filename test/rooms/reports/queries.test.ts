import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryText } from '../../../components/query-text.js';
import { createWords } from '../../../components/words.js';
import { locales } from '../../../lib/model/language.js';
import type { Counter } from '../../../lib/model/counters.js';
import type { EpisodeKey, EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { faultCategories, type FaultCategory } from '../../../lib/model/fault.js';
import type { Month } from '../../../lib/model/month.js';
import { queryStates, templateOf, type QueryOutcome, type QueryState } from '../../../lib/model/query.js';
import type { EditionId, RuleId } from '../../../lib/model/rulebook.js';
import { createRulebook } from '../../../lib/rulebook/index.js';
import { foldQueries, queryBurden, sharedFaults } from '../../../lib/reports/index.js';
import { starterSheet } from '../../../assets/starter.js';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 2, 9);
const idOf = (number: number): EventId => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as EventId;
const row = (sequence: number, days: number, body: EventBody): LogEvent => ({ id: idOf(sequence), sequence, wall: start + days * day, offset: 0, edition: 'starter-1' as EditionId, schema: 1, previous: '', hash: '', ...body });
const drafted = (specialty = 'neurology', episode: EpisodeKey | '' = 'e1' as EpisodeKey): EventBody => ({ kind: 'query-drafted', episode, specialty: specialty as SpecialtyId, category: 'missing-type', rule: '', template: templateOf('missing-type', episode === ''), language: 'both', findings: 1 });
const moved = (query: number, state: QueryState, outcome: QueryOutcome = 'none', due = 0): EventBody => ({ kind: 'query-moved', query: idOf(query), state, outcome, due });

describe('queries', () => {
  it('stand where they were last moved, with their age in days, and are overdue only while they are sent', () => {
    const rows = [row(1, 0, drafted()), row(2, 1, moved(1, 'sent', 'none', start + 8 * day)), row(3, 2, drafted('rheumatology', ''))];
    expect(foldQueries(rows, start + 5 * day).map(({ id, state, days, isOverdue }) => [id, state, days, isOverdue])).toEqual([[idOf(3), 'drafted', 3, false], [idOf(1), 'sent', 4, false]]);
    expect(foldQueries(rows, start + 9 * day).at(-1)).toMatchObject({ state: 'sent', days: 8, isOverdue: true });
    const answered = [...rows, row(4, 10, moved(1, 'answered', 'clarified'))];
    expect(foldQueries(answered, start + 90 * day).at(-1)).toMatchObject({ state: 'answered', outcome: 'clarified', days: 9, isOverdue: false });
    const closed = [...answered, row(5, 20, moved(1, 'closed', 'clarified')), row(6, 30, moved(3, 'closed', 'not-answered'))];
    expect(foldQueries(closed, start + 90 * day).map(({ state, days }) => [state, days])).toEqual([['closed', 28], ['closed', 9]]);
  });

  it('follow an undo to the state before, and go when their draft is taken back', () => {
    const rows = [row(1, 0, drafted()), row(2, 1, moved(1, 'sent')), row(3, 2, moved(1, 'answered', 'no-change')), row(4, 3, { kind: 'undone', undoes: idOf(3) })];
    expect(foldQueries(rows, start + 4 * day)).toMatchObject([{ state: 'sent', outcome: 'none', answered: null, days: 3 }]);
    expect(foldQueries([...rows, row(5, 4, { kind: 'undone', undoes: idOf(1) })], start + 5 * day)).toEqual([]);
  });

  it('say what they ask of each specialty, by its id, never by size', () => {
    const rows = [
      row(1, 0, drafted('rheumatology')), row(2, 0, drafted('neurology')), row(3, 0, drafted('neurology')), row(4, 0, drafted('unknown')), row(5, 0, drafted('neurology')),
      row(6, 1, moved(2, 'sent', 'none', start + 3 * day)), row(7, 1, moved(3, 'sent')), row(8, 5, moved(3, 'answered', 'clarified')), row(9, 1, moved(5, 'sent')), row(10, 8, moved(5, 'answered', 'no-change')),
    ];
    expect(queryBurden(foldQueries(rows, start + 10 * day))).toEqual([
      { specialty: 'neurology', open: 1, overdue: 1, sent: 3, answered: 2, medianDays: 5.5 },
      { specialty: 'rheumatology', open: 1, overdue: 0, sent: 0, answered: 0, medianDays: null },
      { specialty: 'unknown', open: 1, overdue: 0, sent: 0, answered: 0, medianDays: null },
    ]);
  });

  it('come out the same in any order of rows, every query once, and no move of a stranger makes one', () => {
    let tried = 0;
    let bad = 0;
    const step = fc.oneof(fc.constant<EventBody>(drafted()), fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(...queryStates)).map(([at, state]): EventBody => moved(at, state)), fc.integer({ min: 1, max: 12 }).map((at): EventBody => ({ kind: 'undone', undoes: idOf(at) })));
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (steps, order) => {
      const rows = steps.map((body, at) => row(at + 1, at, body));
      const folded = foldQueries(rows, start + 40 * day);
      const shuffled = rows.map((one) => ({ one, at: order.next().value ?? 0 })).sort((a, b) => a.at - b.at).map(({ one }) => one);
      tried += 1;
      if (JSON.stringify(folded) !== JSON.stringify(foldQueries(shuffled, start + 40 * day))) bad += 1;
      if (folded.length > steps.filter(({ kind }) => kind === 'query-drafted').length || new Set(folded.map(({ id }) => id)).size !== folded.length || folded.some(({ days }) => days < 0)) bad += 1;
    }), { numRuns: 1000 });
    console.info(`query histories tried ${tried}, bad ${bad}`);
    expect([tried >= 1000, bad]).toEqual([true, 0]);
  });
});

describe('what documents of a specialty share', () => {
  it('is offered for one query from five findings on, over kinds, sites and months', () => {
    const at = (month: string, specialty: string, rule: string | null, category: FaultCategory, findings: number): Counter => ({ kind: 'findings', month: month as Month, specialty: specialty as SpecialtyId, site: 'unknown', documentKind: 'other', category, rule: rule as RuleId | null, findings, minutes: 0 });
    const counters = [at('2026-08', 'neurology', 'BM001', 'symbol', 90), at('2026-09', 'neurology', 'BM001', 'symbol', 3), at('2026-10', 'neurology', 'BM001', 'symbol', 2), at('2026-10', 'neurology', null, 'missing-type', 7), at('2026-10', 'neurology', 'BM002', 'avoid-term', 4), at('2026-10', 'cataract', 'BM002', 'avoid-term', 6)];
    expect(sharedFaults(counters, '2026-09' as Month).map(({ specialty, rule, category, findings }) => [specialty, rule ?? category, findings])).toEqual([['cataract', 'BM002', 6], ['neurology', 'missing-type', 7], ['neurology', 'BM001', 5]]);
  });
});

const sheet = createRulebook(starterSheet);
const packs = resolve(import.meta.dirname, '../../../assets/specialties/packs');
/** Every name by which the product knows a condition or a procedure. */
function clinicalNames(): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') { if (/^(?:text|terms?|phrases?|en|cy|names?|words)$/.test(key) && value.length > 4) found.add(value.toLowerCase()); return; }
    if (Array.isArray(value)) { for (const one of value) walk(one, key); return; }
    if (typeof value === 'object' && value !== null) for (const [name, one] of Object.entries(value)) walk(one, name);
  };
  for (const file of readdirSync(packs)) walk(JSON.parse(readFileSync(join(packs, file), 'utf8')), '');
  return found;
}

describe('the words of a query', () => {
  const all = locales.flatMap((locale) => faultCategories.flatMap((category) => [null, { specialty: () => 'X', findings: 9 }].flatMap((shared) => [null, '?'].map((term) => ({
    locale, category, shared: shared !== null, text: queryText({ category, term, shared, reference: 'AB12CD34' }, locale === 'cy' ? 'cy' : 'en', createWords(locale)),
  })))));

  it('ask openly in both languages: they name no condition and no procedure, and lead to no answer', () => {
    const names = [...clinicalNames()];
    const leading = /\b(?:probabl|likely|suspect|confirm|agree|is it|isn’t it|would you|tebygol|cadarnhau|cytuno|amau)/i;
    const bad = all.flatMap(({ locale, category, text }) => [...names.filter((name) => text.toLowerCase().includes(name) && new RegExp(`(?<![\\p{L}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'iu').test(text)), ...leading.exec(text) ?? []].map((word) => `${locale} ${category}: ${word}`));
    console.info(`texts tried ${all.length}, against ${names.length} names, bad ${bad.length}`);
    expect(names.length).toBeGreaterThan(500);
    expect([...new Set(bad)]).toEqual([]);
    expect(all.every(({ text }) => text.includes('AB12CD34') && text.includes('?'))).toBe(true);
  });

  it('hold the sheet’s own word and nothing that it would have written instead', () => {
    const faults = (sheet.ok ? sheet.value.rules : []).filter(({ verdict }) => verdict !== 'use');
    const bad = faults.flatMap(({ term, text }) => [...text.en.instead, ...text.cy.instead].filter((instead) => instead.length > 6 && queryText({ category: 'avoid-term', term, shared: null, reference: 'AB12CD34' }, 'both', createWords('cy')).includes(instead)).map((instead) => `${term}: ${instead}`));
    console.info(`terms tried ${faults.length}, bad ${bad.length}`);
    expect(faults.length).toBeGreaterThan(100);
    expect(bad).toEqual([]);
  });

  it('stand in both languages, the reader’s own first', () => {
    const text = queryText({ category: 'symbol', term: null, shared: null, reference: 'AB12CD34' }, 'both', createWords('cy'));
    expect(text.indexOf('Ymholiad dogfennaeth')).toBe(0);
    expect(text).toContain('Documentation query');
  });
});
