import { describe, expect, it } from 'vitest';
import { createAsserter, placedWords, readText } from '../../../lib/analysis/index.js';
import { caseReading, phraseOf, readLabelledLine, readModel, stem, suggestByRecord, train, vocabularyOf, wilsonLower, writeModel, type CodeVerdict, type Trained } from '../../../lib/learning/index.js';
import { readings } from '../../../assets/starter.js';
import { codeName, type CaseReading, type CodeName, type LabelledCase } from '../../../lib/model/learning.js';
import type { ClinicalCode } from '../../../lib/model/code.js';

const asserter = createAsserter(readings);
const icd = (code: string): CodeName => codeName('ICD-10', code as ClinicalCode);
const reading = (text: string, specialty: string | null = null): CaseReading => {
  const read = readText(asserter, text);
  return caseReading({ words: placedWords(text), sentence: read.sentence, assert: (span) => read.assert(span, false).assertion, coding: { suggestions: [], rejected: [], abstentions: [] } }, specialty);
};
/** A letter in which `[words]` were marked as the proof of a code. */
const labelled = (text: string, codes: readonly string[], marks: Readonly<Record<string, string>> = {}, more: Partial<LabelledCase> = {}): LabelledCase & { readonly text: string } => ({
  ...reading(text), codes: codes.map(icd), depth: 'full', text,
  spans: Object.entries(marks).map(([words, code]) => { const start = text.indexOf(words); if (start < 0) throw new Error(`“${words}” is not in the letter`); return { start, end: start + words.length, name: icd(code) }; }),
  ...more,
});
const learn = (cases: readonly (LabelledCase & { readonly text: string })[]): Trained => {
  const steps = train(cases, vocabularyOf(cases, () => false));
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};
/** Letters as a day unit writes them: one way of saying MS that no list has, and filling words of other letters. */
const ward = (count: number): readonly (LabelledCase & { readonly text: string })[] => Array.from({ length: count }, (_, at) => {
  const ill = at % 2 === 0;
  const filling = ['Walking better this week.', 'Lives with family.', 'Seen in the morning clinic.', 'Blood taken before lunch.'][at % 4] ?? '';
  return ill ? labelled(`Came for infusion. Known wandering lesions syndrome. ${filling}`, ['G35X'], { 'wandering lesions syndrome': 'G35X' })
    : labelled(`Came for infusion. Stiff morning hands. ${filling}`, ['M069'], { 'Stiff morning hands': 'M069' });
});

describe('what coders confirm', () => {
  it('is found again in other letters, with the words that prove it, and not where it is denied', () => {
    const { model } = learn(ward(60));
    const [best] = suggestByRecord(model, reading('Here today. Known wandering lesions syndrome, treated.'));
    expect(best).toMatchObject({ name: 'ICD-10 G35X', shown: true, from: 'phrase' });
    const text = 'Here today. Known wandering lesions syndrome, treated.';
    expect(text.slice(best?.evidence[0].start, best?.evidence[0].end)).toBe('wandering lesions syndrome');
    const denied = suggestByRecord(model, reading('Here today. No wandering lesions syndrome.')).find(({ name }) => name === 'ICD-10 G35X');
    expect(denied?.confidence ?? 0).toBeLessThan(best?.confidence ?? 0);
  });

  it('says what was gained on the newest episodes, which were not learned from', () => {
    const { report } = learn(ward(60));
    expect(report).toMatchObject({ learnedFrom: 48, heldOut: 12 });
    const [all] = report.specialties;
    expect(all).toMatchObject({ specialty: '*', episodes: 12, before: { f1: 0 } });
    expect(all?.after.f1).toBe(1);
    expect(report.codes.map(({ name, foundBefore, foundAfter }) => [name, foundBefore, foundAfter])).toEqual(expect.arrayContaining([['ICD-10 G35X', 0, 6], ['ICD-10 M069', 0, 6]]));
  });

  it('gives the same model from the same episodes, and the same answers from its file', () => {
    const one = learn(ward(40)).model;
    expect(writeModel(learn(ward(40)).model)).toEqual(writeModel(one));
    const read = readModel(JSON.parse(JSON.stringify(writeModel(one))));
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    const letter = reading('Known wandering lesions syndrome. Stiff morning hands.');
    const round = (list: ReturnType<typeof suggestByRecord>): unknown => list.map(({ name, confidence, evidence }) => [name, Math.round(confidence * 100), evidence]);
    expect(round(suggestByRecord(read.value, letter))).toEqual(round(suggestByRecord(one, letter)));
  });

  it('leaves what primary-only coding did not code unknown: it is no evidence against a code', () => {
    const full = ward(40);
    const primary = Array.from({ length: 30 }, () => labelled('Came for infusion. Known wandering lesions syndrome.', ['M069'], {}, { depth: 'primary' }));
    const sure = (cases: readonly (LabelledCase & { readonly text: string })[]): number => suggestByRecord(learn(cases).model, reading('Known wandering lesions syndrome.')).find(({ name }) => name === 'ICD-10 G35X')?.confidence ?? 0;
    const asNegatives = primary.map((one) => ({ ...one, depth: 'full' as const }));
    const [unknown, negative] = [sure([...primary, ...full]), sure([...asNegatives, ...full])];
    expect(unknown).toBeGreaterThan(0.7);
    expect(negative).toBeLessThan(unknown - 0.2);
  });
});

describe('what may be remembered', () => {
  it('is no name and no number, however often it stands in the letters', () => {
    const cases = Array.from({ length: 12 }, (_, at) => labelled(`Seen with Blodwen today. Number 4512${at}7 and 99887. Known wandering lesions syndrome in Blodwen.`, ['G35X'], { 'wandering lesions syndrome': 'G35X' }));
    const { model } = learn(cases);
    const kept = JSON.stringify(writeModel(model)).toLowerCase();
    let bad = 0;
    for (const word of ['blodwen', '99887', '4512']) if (kept.includes(word)) bad += 1;
    console.info(`tried 3 words that nobody may keep, bad ${bad}`);
    expect(bad).toBe(0);
    expect(kept).toContain('wandering lesion syndrome');
  });

  it('is at most eight words, all of them in the vocabulary', () => {
    const text = 'one two three four five six seven eight nine';
    const words = reading(text).words;
    expect(phraseOf(words, { start: 0, end: text.length }, () => true)).toBeNull();
    expect(phraseOf(words, { start: 0, end: 7 }, (word) => word !== 'two')).toBeNull();
    expect(phraseOf(words, { start: 0, end: 7 }, () => true)).toBe('one two');
    expect(stem('biopsies')).toBe('biopsy');
    expect(stem('sclerosis')).toBe('sclerosis');
  });
});

describe('a labelled file', () => {
  const known = (): CodeVerdict => ({ kind: 'valid' });
  it('is refused line by line with a reason that holds none of its words', () => {
    const secret = 'Gwenllian';
    const lines: readonly (readonly [string, string])[] = [
      [`{"id":"1","text":"${secret}"`, 'not-json'], [`{"id":"1","text":"${secret}"}`, 'shape'], [`{"id":"1","text":"${secret}","codes":["${secret} one"]}`, 'code'],
      [`{"id":"1","text":"${secret}","codes":["G35"],"spans":[{"start":2,"end":200,"code":"G35"}]}`, 'span'], [`{"id":"","text":"${secret}","codes":[]}`, 'shape'],
    ];
    let tried = 0;
    for (const [line, kind] of lines) {
      const read = readLabelledLine(line, known);
      expect(read).toMatchObject({ ok: false, failure: { kind } });
      if (!read.ok) expect(JSON.stringify(read.failure)).not.toContain(secret);
      tried += 1;
    }
    expect(readLabelledLine('{"id":"1","text":"x","codes":["G35X"]}', () => ({ kind: 'unknown' }))).toMatchObject({ failure: { kind: 'unknown-code', code: 'ICD-10 G35X' } });
    console.info(`tried ${tried + 1} bad lines, bad 0`);
  });

  it('reads codes as people write them, of both classifications', () => {
    const read = readLabelledLine('{"id":"1","text":"LP done","codes":["G35","OPCS-4:A55.9",{"classification":"OPCS-4","code":"Z94.2"}],"coding_depth":"primary_only","date":"2026-03-01T10:00"}', known);
    expect(read).toMatchObject({ ok: true, value: { codes: ['ICD-10 G35X', 'OPCS-4 A559', 'OPCS-4 Z942'], depth: 'primary', date: '2026-03-01' } });
  });
});

describe('a damaged model file', () => {
  it('is refused whole, with the part named', () => {
    const good = JSON.parse(JSON.stringify(writeModel(learn(ward(40)).model))) as Record<string, unknown>;
    const damaged: readonly (readonly [unknown, unknown])[] = [
      [null, { kind: 'not-a-model' }], [{ ...good, schema: 99 }, { kind: 'other-schema', found: 99 }], [{ ...good, codes: ['ICD-10 nonsense'] }, { kind: 'damaged', part: 'codes' }],
      [{ ...good, phrases: [['mrs blodwen jones', [0, 1]]] }, { kind: 'damaged', part: 'phrases' }], [{ ...good, cells: [['*\t*\twandering lesion syndrome', 1, 0, 9]] }, { kind: 'damaged', part: 'cells' }],
      [{ ...good, wording: [['x', [0], []]] }, { kind: 'damaged', part: 'wording' }],
    ];
    for (const [data, failure] of damaged) expect(readModel(data)).toEqual({ ok: false, failure });
    console.info(`tried ${damaged.length} damaged files, bad 0`);
  });
});

describe('a record', () => {
  it('is held to Wilson’s lower bound', () => {
    // Wilson 1927; R: binom.confint(20, 20, 0.90, "wilson") gives 0.8808.
    expect(wilsonLower(20, 20)).toBeCloseTo(0.8808, 3);
    expect(wilsonLower(41, 43)).toBeCloseTo(0.8688, 3);
    expect(wilsonLower(0, 0)).toBe(0);
  });
});
