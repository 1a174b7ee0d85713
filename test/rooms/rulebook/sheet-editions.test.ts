/** The sheet as people work on it: changes, two people's edits, editions, and what is wrong with an entry. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { createReader } from '../../../lib/analysis/index.js';
import type { RuleId } from '../../../lib/model/rulebook.js';
import type { EntryDiagnosis, SheetEdition, SheetEntries, SheetEntry, SheetProblem } from '../../../lib/model/sheet.js';
import { applyChanges, createRulebook, createSheetDiagnosis, diffSheets, draftEntries, draftFrom, editionInForce, mergeSheets, newEntry, noiseOf, publishDraft, rolledBack, ruleOf, rulebookOf, settleConflict, shippedEdition, signedOff, textsToReview, withEntries, withText, wordsOfSheet, type ReadBy } from '../../../lib/rulebook/index.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const shipped = shippedEdition(made.value);
const base = shipped.entries.slice(0, 12);
const who = { by: 'A Reader', on: '2026-11-02' };
const readBy: ReadBy = (rules) => { const reader = createReader({ ...made.value, rules }, { noisyOn: 'all' }); return (text, specialty) => reader.read(text, { specialty }); };
const at = (entries: SheetEntries, index: number): SheetEntry => { const found = entries[index]; if (!found) throw new Error(`no entry ${index}`); return found; };
const freeze = <T>(value: T): T => { if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) { Object.freeze(value); Object.values(value).forEach(freeze); } return value; };

/** What a person may do to one entry. */
const edit = fc.record({
  index: fc.nat({ max: base.length - 1 }),
  act: fc.oneof(
    fc.constant({ kind: 'remove' as const }),
    fc.record({ kind: fc.constant('why' as const), language: fc.constantFrom('en' as const, 'cy' as const), words: fc.constantFrom('One reason.', 'Another reason.', '') }),
    fc.record({ kind: fc.constant('verdict' as const), verdict: fc.constantFrom('avoid' as const, 'caution' as const, 'use' as const) }),
    fc.record({ kind: fc.constant('noisy' as const), noisy: fc.boolean() }),
    fc.record({ kind: fc.constant('find' as const), text: fc.constantFrom('Seen today.', 'Seen again.') }),
  ),
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;
function edited(entries: SheetEntries, edits: readonly Edit[]): SheetEntries {
  const held = new Map(entries.map((entry) => [entry.id, entry]));
  for (const { index, act } of edits) {
    const id = at(base, index).id;
    const entry = held.get(id);
    if (!entry) continue;
    switch (act.kind) {
      case 'remove': held.delete(id); break;
      case 'why': held.set(id, withText(entry, act.language, { ...entry.text[act.language], why: act.words })); break;
      case 'verdict': held.set(id, { ...entry, verdict: act.verdict }); break;
      case 'noisy': held.set(id, { ...entry, noisy: act.noisy }); break;
      case 'find': held.set(id, { ...entry, examples: { ...entry.examples, find: [{ text: act.text, specialty: null }] } });
    }
  }
  return [...held.values()];
}
const edits = fc.array(edit, { maxLength: 8 }).map((some) => edited(base, some));

describe('changes and merging', () => {
  it('lead from one state to the other, and to nothing more', () => {
    let tried = 0;
    fc.assert(fc.property(edits, edits, (one, other) => { tried += 1; expect(applyChanges(one, diffSheets(one, other))).toEqual(other); expect(diffSheets(one, one)).toEqual([]); }), { numRuns: 300 });
    console.info(`states tried ${tried}, bad 0`);
  });

  it('of two people are the same in either order, keep every edit that no other met, and show each that one did', () => {
    let [tried, met] = [0, 0];
    fc.assert(fc.property(edits, edits, (ours, theirs) => {
      tried += 1;
      const [one, other] = [mergeSheets(base, ours, theirs), mergeSheets(base, theirs, ours)];
      expect(other.entries).toEqual(one.entries);
      expect(other.conflicts.map(({ id, part }) => [id, part])).toEqual(one.conflicts.map(({ id, part }) => [id, part]));
      if (one.conflicts.length > 0) met += 1;
      expect(mergeSheets(base, ours, base).entries).toEqual(ours);
      expect(mergeSheets(base, ours, ours)).toEqual({ entries: ours, conflicts: [] });
      // Choosing ours everywhere leaves all of ours in place, and theirs where we changed nothing.
      const settled = one.conflicts.reduce((held, conflict) => settleConflict(held, held.conflicts.find((still) => still === conflict) ?? conflict, 'ours'), one);
      expect(settled.conflicts).toEqual([]);
      expect(mergeSheets(base, ours, settled.entries).conflicts).toEqual([]);
    }), { numRuns: 400 });
    console.info(`merges tried ${tried}, with conflicts ${met}, bad 0`);
    expect(met).toBeGreaterThan(20);
  });

  it('shows who approved a text while another changed its words', () => {
    const first = at(base, 0);
    const ours = [signedOff(first, 'cy', 'approved', who), ...base.slice(1)];
    const theirs = [withText(first, 'cy', { ...first.text.cy, why: 'Geiriau eraill.' }), ...base.slice(1)];
    expect(mergeSheets(base, ours, theirs).conflicts).toMatchObject([{ id: first.id, part: 'cy' }]);
  });
});

describe('editions', () => {
  const when = { from: '2026-12-01', by: 'A Lead', on: '2026-11-03' };
  const first = at(shipped.entries, 3);
  const changed = signedOff(withText(first, 'cy', { ...first.text.cy, why: 'Rheswm newydd.' }), 'cy', 'approved', who);
  const ready = { ...withEntries(draftFrom(shipped), shipped, [[first.id, changed]]), changes: { en: 'A new reason.', cy: 'Rheswm newydd.' }, reviewed: who };

  it('are published only when every changed text was read in both languages, the change is told in both, and the draft was read whole', () => {
    const failureOf = (draft: typeof ready, day = when): string => { const read = publishDraft([shipped], draft, day); return read.ok ? 'published' : read.failure.kind; };
    expect(failureOf(ready)).toBe('published');
    expect(failureOf({ ...ready, touched: new Map() })).toBe('no-change');
    expect(failureOf({ ...ready, reviewed: null as never })).toBe('not-reviewed');
    expect(failureOf({ ...ready, changes: { en: 'Only this.', cy: ' ' } })).toBe('no-change-log');
    expect(failureOf({ ...withEntries(ready, shipped, [[first.id, withText(changed, 'cy', { ...changed.text.cy, why: 'Eto.' })]]), reviewed: who })).toBe('texts-to-review');
    expect(failureOf({ ...ready, touched: new Map([[first.id, { ...changed, forms: [] as never }]]) })).toBe('not-sound');
    expect(failureOf(ready, { ...when, from: '2026-11-02' })).toBe('bad-day');
    expect(failureOf({ ...ready, base: 4 })).toBe('behind');
    // A word said after the draft was read whole: it must be read again.
    expect(withEntries(ready, shipped, [[at(shipped.entries, 5).id, null]]).reviewed).toBeNull();
    expect(withEntries(ready, shipped, [[first.id, first]]).touched.size).toBe(0);
  });

  it('never change once they are published, are in force from their day, and are rolled back by one more', () => {
    let tried = 0;
    fc.assert(fc.property(fc.array(fc.tuple(edits, fc.boolean(), fc.nat({ max: 6 })), { maxLength: 6 }), (rounds) => {
      let editions: readonly SheetEdition[] = [freeze({ ...shipped, entries: base })];
      for (const [state, back, to] of rounds) {
        const newest = editions.at(-1) as SheetEdition;
        const before = JSON.stringify(editions);
        const touched: [RuleId, SheetEntry | null][] = diffSheets(newest.entries, state).map((change) => [change.id, change.kind === 'removed' ? null : (['en', 'cy'] as const).reduce((entry, language) => signedOff(entry, language, 'reviewed', who), change.after)]);
        const made = back ? rolledBack(editions, to % editions.length, when) : publishDraft(editions, { ...withEntries(draftFrom(newest), newest, touched), changes: { en: 'Change.', cy: 'Newid.' }, reviewed: who }, when);
        tried += 1;
        if (made.ok) {
          if (back) expect(diffSheets(made.value.entries, (editions[to % editions.length] as SheetEdition).entries)).toEqual([]);
          editions = [...editions, freeze(made.value)];
        }
        expect(JSON.stringify(editions.slice(0, JSON.parse(before).length))).toBe(before);
        expect(editions.map(({ number }) => number)).toEqual(editions.map((_, index) => index));
        expect(editionInForce(editions, '2026-11-30')?.number).toBe(0);
        expect(editionInForce(editions, '2026-12-01')?.number).toBe(editions.length - 1);
      }
    }), { numRuns: 150 });
    console.info(`editions tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThan(100);
  });

  it('are read by under their own name, and the sheet that ships under its own', () => {
    const made2 = publishDraft([shipped], ready, when);
    if (!made2.ok) throw new Error(made2.failure.kind);
    expect([rulebookOf(made2.value, made.value).edition, rulebookOf(shipped, made.value).edition]).toEqual(['sheet-1', starterSheet.edition]);
    expect(rulebookOf(made2.value, made.value).rules.find(({ id }) => id === first.id)).toEqual({ ...ruleOf(changed) });
    expect(draftEntries(ready, shipped)).toEqual(made2.value.entries);
    expect(textsToReview(draftFrom(shipped))).toEqual([]);
  });
});

describe('what is wrong with an entry', () => {
  const words = (entries: SheetEntries) => wordsOfSheet(entries);
  const blank = (id: string, term: string, more: Partial<SheetEntry> = {}): SheetEntry => ({
    ...at(base, 0), id: id as RuleId, term, verdict: 'avoid', kind: 'word', appliesTo: 'all', noisy: false, unless: null, onlyWhen: null, number: null,
    forms: [{ text: term, language: 'any', caseSensitive: false, match: 'words' }], examples: { find: [{ text: `Seen ${term} today.`, specialty: null }], leave: [{ text: 'Nothing here.', specialty: null }] }, ...more,
  });
  /** All steps at once; how many there were. */
  const drain = <Result>(work: Generator<unknown, Result>): readonly [Result, number] => { let steps = 0; for (;;) { const step = work.next(); if (step.done) return [step.value, steps]; steps += 1; } };
  const diagnose = (entry: SheetEntry, others: SheetEntries): readonly EntryDiagnosis[] => drain(createSheetDiagnosis(readBy).entry(entry, words([entry, ...others])))[0];
  const kinds = (entry: SheetEntry, others: SheetEntries): readonly string[] => diagnose(entry, others).map(({ kind }) => kind);

  it('is named: the same words with another verdict, others that always win, forms and examples that fail, a text that is missing', () => {
    const likely = blank('ZZ001', 'likely');
    expect(kinds(likely, [])).toEqual([]);
    expect(kinds(likely, [blank('ZZ002', 'tebygol', { verdict: 'use', forms: [{ text: 'Likely', language: 'any', caseSensitive: false, match: 'words' }] })])).toEqual(['conflict']);
    expect(kinds(likely, [blank('ZZ002', 'likely', { verdict: 'use', appliesTo: ['neurology'] as never })])).toEqual(['conflict']);
    expect(kinds(blank('ZZ003', 'likely', { appliesTo: ['rheumatology'] as never }), [blank('ZZ002', 'likely', { verdict: 'use', appliesTo: ['neurology'] as never })])).toEqual([]);
    expect(kinds(blank('ZZ009', 'likely'), [likely])).toEqual(['shadowed']);
    expect(kinds({ ...likely, examples: { find: [{ text: 'Nothing.', specialty: null }], leave: [{ text: 'It is likely.', specialty: null }] } }, [])).toEqual(['example-not-found', 'example-not-left']);
    expect(kinds(blank('ZZ004', 'likely', { unless: { sentence: ['Seen'] } }), [])).toEqual(['example-not-found']);
    expect(kinds(blank('ZZ004', 'likely', { forms: [{ text: '’', language: 'any', caseSensitive: false, match: 'words' }] }), [])).toEqual(['never-matches', 'example-not-found']);
    expect(kinds(withText(likely, 'cy', { short: '', why: '', instead: [] }), [])).toEqual(['text-missing']);
  });

  it('is a context that can never be met: words where none can stand, and those that are needed only where others forbid', () => {
    const cues = (more: Partial<SheetEntry>): readonly string[] => diagnose(blank('ZZ005', 'likely', more), []).flatMap((one) => (one.kind === 'cue-never' ? [`${one.cue} ${one.place} ${one.words}`] : one.kind === 'never-matches' ? ['never'] : []));
    expect(cues({ unless: { before: ['not', 'less {number}'], after: ['to be', '(see)'], sentence: ['heb'] }, onlyWhen: { before: ['more', 'Yn fwy'], after: ['than not'], sentence: ['diagnosis'] } })).toEqual([]);
    expect(cues({ unless: { before: ['not. Still'], sentence: ['excluded. Was', 'excluded'] } })).toEqual(['unless sentence excluded. Was']);
    expect(cues({ unless: { before: ['x'.repeat(130)] } })).toEqual([`unless before ${'x'.repeat(130)}`]);
    expect(cues({ onlyWhen: { before: ['more', 'most'] }, unless: { before: ['more'] } })).toEqual(['onlyWhen before more']);
    expect(cues({ onlyWhen: { before: ['more'] }, unless: { before: ['more'] } })).toEqual(['never', 'onlyWhen before more']);
  });

  it('is listed for the whole sheet by kind, two that contradict each other once, and after an edit one entry is read anew', () => {
    let readers = 0;
    const diagnosis = createSheetDiagnosis((rules) => { readers += 1; return readBy(rules); });
    const brief = (found: readonly SheetProblem[]): readonly string[] => found.map(({ diagnosis: { kind }, entries }) => `${kind} ${entries.map(({ id }) => id).join(' ')}`);
    const [one, two] = [blank('ZZ001', 'likely'), blank('ZZ002', 'Likely', { verdict: 'use' })];
    const mute = withText(blank('ZZ003', 'unsure'), 'cy', { short: '', why: '', instead: [] });
    const sheet: SheetEntries = [one, two, mute, blank('ZZ004', 'perhaps', { examples: { find: [{ text: 'Nothing.', specialty: null }], leave: [] } })];
    const [found, steps] = drain(diagnosis.sheet(sheet, words(sheet)));
    expect(brief(found)).toEqual(['conflict ZZ001 ZZ002', 'shadowed ZZ002 ZZ001', 'example-not-found ZZ004', 'text-missing ZZ003']);
    expect(steps).toBeGreaterThanOrEqual(sheet.length);
    const before = readers;
    const edited: SheetEntries = [one, { ...two, verdict: 'avoid' }, ...sheet.slice(2)];
    expect(brief(drain(diagnosis.sheet(edited, words(edited)))[0])).toEqual(['shadowed ZZ002 ZZ001', 'example-not-found ZZ004', 'text-missing ZZ003']);
    console.info(`readers made for the sheet ${before}, after an edit ${readers - before}`);
    expect(readers - before).toBe(1);
  });

  it('of the sheet that ships is what its own tests allow: four pairs of entries with two verdicts for the same words', () => {
    const [found, steps] = drain(createSheetDiagnosis(readBy).sheet(shipped.entries, words(shipped.entries)));
    console.info(`entries ${shipped.entries.length}, looked at in ${steps} steps, problems ${found.length}`);
    expect(found.map(({ diagnosis, entries }) => [diagnosis.kind, ...entries.map(({ id }) => id)].join(' '))).toEqual(['conflict BM095 BM185', 'conflict BM114 BM158', 'conflict BM120 BM182', 'conflict BM131 BM212']);
    expect(steps).toBeGreaterThan(shipped.entries.length);
  });

  it('is begun from whatever somebody looked for, and found as it was written', () => {
    const reads = (term: string, text: string): number => readBy([ruleOf(newEntry([], term))])(text, 'unknown').length;
    expect([reads('Bell’s palsy', 'Known Bell\'s palsy.'), reads('tŷ gofal', 'yn y tŷ gofal'), reads('++', 'pain ++ today'), reads('c/o', 'c/o pain'), reads('vit-D', 'vit D low')]).toEqual([1, 1, 1, 1, 1]);
    // Nothing that could be looked for: no fault of the page, but said.
    for (const term of ['’', '\u00ad', '\u200b']) { expect(reads(term, `a ${term} b`)).toBe(0); expect(diagnose({ ...newEntry([], term) }, []).map(({ kind }) => kind)).toContain('never-matches'); }
  });

  it('is counted in sample notes', () => {
    expect(noiseOf(at(shipped.entries, 0), [{ text: 'probable TIA, probably a stroke', specialty: 'unknown' }], readBy)).toEqual({ marks: 2, words: 5, notes: 1 });
  });
});
