import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAsserter, placedWords, readText } from '../../../lib/analysis/index.js';
import { readings } from '../../../assets/starter.js';
import { caseReading, cellsOf, joinRecord, learnDecision, learnFromDecisions, recordAt, recordedCodes, scoredInSilence, withDecisions, type SharedRecord } from '../../../lib/learning/index.js';
import { codeName, type CaseReading, type CodeName, type ContextFlag, type Phrase } from '../../../lib/model/learning.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import type { EventBody } from '../../../lib/model/decision.js';
import type { Coding } from '../../../lib/model/suggestion.js';
import { accept, clickId, episodeKey, forget, reject, rows, undo } from './invented-decisions.js';

const icd = (code: string): CodeName => codeName('ICD-10', code as ClinicalCode);
const of = (...bodies: readonly EventBody[]): SharedRecord => joinRecord(learnFromDecisions(rows(bodies)), []);
const record = (from: SharedRecord, phrase: string, code: string, flag: ContextFlag = 'plain', specialty = 'neurology'): readonly [number, number] | null => {
  const found = recordAt(from, { phrase: phrase as Phrase, flag }, icd(code), specialty, () => true);
  return found && [found.accepted, found.seen];
};
const many = (count: number, make: (at: number) => EventBody): readonly EventBody[] => Array.from({ length: count }, (_, at) => make(at + 1));

const asserter = createAsserter(readings);
const nothing: Coding = { suggestions: [], rejected: [], abstentions: [] };
const reading = (text: string): CaseReading => { const read = readText(asserter, text); return caseReading({ words: placedWords(text), sentence: read.sentence, assert: (span) => read.assert(span, false).assertion, coding: nothing }, 'neurology'); };

describe('what a coder teaches by deciding', () => {
  it('is counted by episodes, however often the words were accepted in one', () => {
    expect(record(of(accept(1, 'G35X', 'wandering syndrome'), accept(1, 'G35X', 'wandering syndrome'), accept(2, 'G35X', 'wandering syndrome')), 'wandering syndrome', 'G35X')).toEqual([2, 2]);
  });

  it('is nothing where a code came without the words that prove it', () => {
    const memory = learnFromDecisions(rows([accept(1, 'G35X', '', { origin: 'search' })]));
    expect(memory.cells.size).toBe(0);
  });

  it('speaks against a code that was rejected or edited into another, and for the new one at the same words', () => {
    expect(record(of(accept(1, 'G35X', 'ms'), reject(2, 'G35X', 'ms')), 'ms', 'G35X')).toEqual([1, 2]);
    const edited = of(accept(1, 'G35X', 'ms'), accept(1, 'I052', '', { replaces: clickId(1) }));
    expect([record(edited, 'ms', 'G35X'), record(edited, 'ms', 'I052')]).toEqual([[0, 1], [1, 1]]);
    // Of a pair only the code that was changed was wrong.
    const pair = of(accept(1, 'E113 H360', 'diabetic eye'), accept(1, 'E103 H360', 'diabetic eye', { replaces: clickId(1) }));
    expect([record(pair, 'diabetic eye', 'E113'), record(pair, 'diabetic eye', 'E103'), record(pair, 'diabetic eye', 'H360')]).toEqual([[0, 1], [1, 1], [1, 1]]);
  });

  it('is not counted where one key accepted it, which the record itself had proposed; what was rejected or edited then still is', () => {
    const usual = many(3, (at) => accept(at, 'G35X', 'ms'));
    const quick = many(40, (at) => accept(100 + at, 'G35X', 'ms', { origin: 'one-key' }));
    expect(record(of(...usual, ...quick), 'ms', 'G35X')).toEqual([3, 3]);
    expect(record(of(...usual, ...quick, reject(101, 'G35X', 'ms')), 'ms', 'G35X')).toEqual([3, 4]);
    const edited = of(...usual, accept(9, 'G35X', 'ms', { origin: 'one-key' }), accept(9, 'I052', '', { origin: 'search', replaces: clickId(4) }));
    expect([record(edited, 'ms', 'G35X'), record(edited, 'ms', 'I052')]).toEqual([[3, 4], [1, 4]]);
  });

  it('is counted where the board’s own coder proposed it and a person confirmed it with the words, and where it was rejected; primary-only coding leaves the rest as unknown as ever', () => {
    const board = (episode: number, phrase: string, more: Parameters<typeof accept>[3] = {}): EventBody => accept(episode, 'G35X', phrase, { origin: 'board', standing: 'none', ...more });
    expect(record(of(board(1, 'ms'), accept(2, 'G35X', 'ms')), 'ms', 'G35X')).toEqual([2, 2]);
    expect(record(of(board(1, 'ms'), board(2, 'ms'), reject(3, 'G35X', 'ms')), 'ms', 'G35X')).toEqual([2, 3]);
    expect(record(of(board(1, 'ms'), undo(1)), 'ms', 'G35X')).toBeNull();
    // Words of which one is in no vocabulary are not kept: nothing is learned.
    expect(learnFromDecisions(rows([board(1, '')])).cells.size).toBe(0);
    const taught = [board(1, 'ms'), board(2, 'ms')];
    expect(record(of(...taught, accept(9, 'I052', 'ms', { origin: 'board' })), 'ms', 'G35X')).toEqual([2, 3]);
    expect(record(of(...taught, accept(9, 'I052', 'ms', { origin: 'board', depth: 'primary' })), 'ms', 'G35X')).toEqual([2, 2]);
  });

  it('leaves what primary-only coding did not code unknown, and a code that is coded elsewhere unblamed', () => {
    const taught = many(5, (at) => accept(at, 'G35X', 'ms'));
    expect(record(of(...taught, accept(9, 'I052', 'ms')), 'ms', 'G35X')).toEqual([5, 6]);
    expect(record(of(...taught, accept(9, 'I052', 'ms', { depth: 'primary' })), 'ms', 'G35X')).toEqual([5, 5]);
    expect(record(of(...taught, reject(9, 'G35X', 'ms', { depth: 'primary', reason: 'not-relevant' })), 'ms', 'G35X')).toEqual([5, 5]);
    expect(record(of(...taught, reject(9, 'G35X', 'ms', { depth: 'primary', reason: 'not-said' })), 'ms', 'G35X')).toEqual([5, 6]);
    expect(record(of(...taught, reject(9, 'G35X', 'ms', { reason: 'coded-elsewhere' })), 'ms', 'G35X')).toEqual([5, 5]);
  });

  it('keeps denied words apart from plain ones, one classification from the other, and backs off from a specialty to all', () => {
    const memory = of(accept(1, 'G35X', 'ms'), accept(2, 'Z038', 'ms', { flag: 'denied' }), accept(3, 'A559', 'ms', { system: 'OPCS-4', list: 'opcs-4.11' }));
    expect(record(memory, 'ms', 'G35X')).toEqual([1, 1]);
    expect(record(memory, 'ms', 'G35X', 'denied')).toEqual([0, 1]);
    expect(record(memory, 'ms', 'G35X', 'plain', 'rheumatology')).toEqual([1, 1]);
  });

  it('is taken back with the decision, and comes with it again', () => {
    const taught = [accept(1, 'G35X', 'ms'), accept(2, 'G35X', 'ms'), undo(2), undo(3)];
    expect([2, 3, 4].map((count) => record(of(...taught.slice(0, count)), 'ms', 'G35X'))).toEqual([[2, 2], [1, 1], [2, 2]]);
    expect(record(of(accept(1, 'G35X', 'ms'), { kind: 'codes-removed', episode: episodeKey(1), unit: clickId(1) }), 'ms', 'G35X')).toBeNull();
  });

  it('is out when a person forgets the words, until that is undone', () => {
    const taught = [accept(1, 'G35X', 'ms'), forget('ms', 'G35X'), accept(2, 'G35X', 'ms'), undo(2)];
    expect([3, 4].map((count) => record(of(...taught.slice(0, count)), 'ms', 'G35X'))).toEqual([null, [2, 2]]);
  });

  it('comes to the same whether learned event by event or all at once, whatever was decided and undone', () => {
    let tried = 0;
    const step = fc.oneof(
      fc.record({ kind: fc.constant('accept' as const), episode: fc.integer({ min: 1, max: 4 }), code: fc.constantFrom('G35X', 'I052', 'E113 H360'), phrase: fc.constantFrom('ms', 'wandering syndrome', ''), depth: fc.constantFrom('full' as const, 'primary' as const), replaces: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ kind: fc.constant('reject' as const), episode: fc.integer({ min: 1, max: 4 }), code: fc.constantFrom('G35X', 'I052'), phrase: fc.constantFrom('ms', 'wandering syndrome') }),
      fc.record({ kind: fc.constant('undo' as const), what: fc.integer({ min: 1, max: 25 }) }),
      fc.record({ kind: fc.constant('forget' as const), phrase: fc.constantFrom('ms', 'wandering syndrome') }),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const log = rows(steps.map((one): EventBody => one.kind === 'accept' ? accept(one.episode, one.code, one.phrase, { depth: one.depth, replaces: one.replaces === 0 ? '' : clickId(one.replaces) })
        : one.kind === 'reject' ? reject(one.episode, one.code, one.phrase) : one.kind === 'undo' ? undo(one.what) : forget(one.phrase, 'G35X')));
      const [stepwise, whole] = [learnFromDecisions([]), learnFromDecisions(log)];
      for (const event of log) learnDecision(stepwise, event);
      const plain = (memory: typeof whole): unknown => [...memory.cells].flatMap(([, cells]) => [...cells]).map(([name, cell]) => [name, cell.phrase, cell.episodes, cell.given, [...cell.codes].sort()]).sort();
      expect(plain(stepwise)).toEqual(plain(whole));
      expect([...stepwise.forgotten]).toEqual([...whole.forgotten]);
      for (const cells of whole.cells.values()) for (const cell of cells.values()) for (const [code] of cell.codes) { const found = record(joinRecord(whole, []), cell.phrase, code.slice(7), cell.flag); if (found) expect(found[0]).toBeLessThanOrEqual(found[1]); }
      tried += 1;
    }), { numRuns: 300 });
    console.info(`tried ${tried} histories, bad 0`);
    expect(tried).toBe(300);
  });
});

describe('the record in use', () => {
  const long = joinRecord(learnFromDecisions(rows(many(60, (at) => accept(at, 'G35X', 'wandering lesion syndrome')))), [1, 2].map(() => learnFromDecisions(rows(many(30, (at) => accept(at, 'G35X', 'wandering lesion syndrome')))).cells));
  const taught = of(...many(6, (at) => accept(at, 'G35X', 'wandering lesion syndrome')), accept(7, 'G35X', 'tremor'));

  it('finds the words again in another letter and offers their code with the words that prove it; a code accepted once is ranked below', () => {
    const text = 'Known wandering lesions syndrome. Some tremor.';
    const found = recordedCodes(taught, reading(text), 'neurology', () => true);
    const { suggestions: [offered] } = withDecisions(nothing, found, { evidenceAt: (span) => ({ document: 'note' as never, version: 1, span }), labelOf: () => ({ en: 'Multiple sclerosis' }), oneKey: true });
    expect(offered).toMatchObject({ code: 'G35X', shown: true, grounds: ['remembered-words'], record: { accepted: 6, seen: 6, coders: 1, specialty: 'neurology', oneKey: false } });
    const at = offered?.evidence[0].span;
    expect(text.slice(at?.start, at?.end)).toBe('wandering lesions syndrome');
    const once = withDecisions(nothing, recordedCodes(taught, reading('Some tremor today.'), 'neurology', () => true), { evidenceAt: (span) => ({ document: 'note' as never, version: 1, span }), labelOf: () => ({ en: '' }), oneKey: true });
    expect(once.suggestions.map(({ shown }) => shown)).toEqual([false]);
  });

  it('puts the words that earned one key first among those of a code on offer, once, and leaves the others as they stand', () => {
    const text = 'Demyelination. Known wandering lesions syndrome.';
    const at = (words: string): { readonly document: never; readonly version: number; readonly span: { readonly start: number; readonly end: number } } => ({ document: 'note' as never, version: 1, span: { start: text.indexOf(words), end: text.indexOf(words) + words.length } });
    const engine: Coding = { ...nothing, suggestions: [{ system: 'ICD-10', code: 'G35X' as ClinicalCode, label: { en: '' }, role: 'primary', position: 0, confidence: 0.6, band: 'fair', grounds: ['index-match'], shown: true, evidence: [at('Demyelination'), at('wandering lesions syndrome')], because: [], group: 1, prompts: [] }] };
    const words = (oneKey: boolean, found = recordedCodes(long, reading(text), 'neurology', () => true)): readonly string[] => withDecisions(engine, found, { evidenceAt: (span) => ({ document: 'note' as never, version: 1, span }), labelOf: () => ({ en: '' }), oneKey }).suggestions[0]?.evidence.map(({ span }) => text.slice(span.start, span.end)) ?? [];
    expect([words(false), words(true)]).toEqual([['Demyelination', 'wandering lesions syndrome'], ['wandering lesions syndrome', 'Demyelination']]);
  });

  it('says nothing where the same words are denied', () => {
    expect([...recordedCodes(taught, reading('No wandering lesions syndrome.'), 'neurology', () => true).keys()]).toEqual([]);
  });

  it('counts for one-key only what was decided under an edition that holds today', () => {
    const long = learnFromDecisions(rows(many(60, (at) => accept(at, 'G35X', 'ms'))));
    const others = [1, 2].map(() => learnFromDecisions(rows(many(30, (at) => accept(at, 'G35X', 'ms')))).cells);
    const all = joinRecord(long, others);
    const passes = (holds: boolean): boolean | undefined => recordAt(all, { phrase: 'ms' as Phrase, flag: 'plain' }, icd('G35X'), 'neurology', () => holds)?.passes;
    expect([passes(true), passes(false)]).toEqual([true, false]);
    expect(cellsOf(all, 'neurology', () => true)).toMatchObject([{ phrase: 'ms', name: 'ICD-10 G35X', accepted: 120, seen: 120, coders: 3, passes: true }]);
    expect(recordAt(joinRecord(long, []), { phrase: 'ms' as Phrase, flag: 'plain' }, icd('G35X'), 'neurology', () => true)?.passes).toBe(false);
  });

  it('is scored in silence by what was known before each episode', () => {
    const outcomes = scoredInSilence(learnFromDecisions(rows([...many(10, (at) => accept(at, 'G35X', 'ms')), accept(11, 'I052', 'ms')]))).get('neurology') ?? [];
    expect(outcomes.length).toBe(10);
    expect(outcomes.map(({ right }) => right)).toEqual([...Array.from({ length: 9 }, () => true), false]);
    expect(outcomes.at(-1)?.sure).toBeGreaterThan(outcomes[0]?.sure ?? 1);
  });

  it('learns one more episode in a blink after ten thousand', () => {
    const memory = learnFromDecisions(rows(many(10_000, (at) => accept(at, 'G35X', `word${at % 500} syndrome`))));
    const times = rows(many(100, (at) => accept(20_000 + at, 'G35X', `word${at} syndrome`)), 10_001).map((event) => { const start = performance.now(); learnDecision(memory, event); return performance.now() - start; });
    const middle = [...times].sort((a, b) => a - b)[50] ?? Infinity;
    console.info(`one more episode: median of ${times.length} ${middle.toFixed(2)} ms`);
    expect(middle).toBeLessThan(5);
  });
});
