import { describe, expect, it } from 'vitest';
import { shippedCurriculum } from '../../../assets/curriculum.js';
import { createGuesses } from '../../../entrypoints/background/guesses.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { starterSheet } from '../../../assets/starter.js';
import { createReader } from '../../../lib/analysis/index.js';
import { readCode, type ClinicalCode } from '../../../lib/model/code.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { DocumentId } from '../../../lib/model/document.js';
import type { ShownRecord } from '../../../lib/model/guess.js';
import type { RuleId, Verdict } from '../../../lib/model/rulebook.js';
import type { CodingRuleId, Suggestion } from '../../../lib/model/suggestion.js';
import { createRulebook } from '../../../lib/rulebook/index.js';
import { compareRecord, placesTyped, readCurriculum, taughtRuleOf, type ReadRecord } from '../../../lib/training/index.js';

const code = (written: string): ClinicalCode => { const one = readCode(written); if (one === null) throw new Error(written); return one; };
const letter = 'Right phaco and lens. Likely IIH, likely iih again.';
const note = 'Mature cataract, likely IIH.';
const documents = [{ id: 'a' as DocumentId, version: 1, text: letter, language: 'en' as const }, { id: 'b' as DocumentId, version: 3, text: note, language: 'cy' as const }];
const span = (text: string, words: string, from = 0) => { const start = text.indexOf(words, from); return { start, end: start + words.length }; };
const mark = (id: 'a' | 'b', words: string, rule: string, severity: Verdict, from = 0) => ({ document: id as DocumentId, version: id === 'a' ? 1 : 3, span: span(id === 'a' ? letter : note, words, from), rule: rule as RuleId, severity });
const offer = (system: 'ICD-10' | 'OPCS-4', written: string, role: 'primary' | 'secondary', position: number, because: string, shown = true): Suggestion => ({
  system, code: code(written), label: { en: written }, role, position, confidence: 0.9, band: 'strong', grounds: [], shown, evidence: [{ document: 'b' as DocumentId, version: 3, span: span(note, 'Mature cataract') }], because: [because as CodingRuleId], group: position, prompts: [],
});
const read: ReadRecord = {
  documents, depth: 'full',
  marks: [mark('a', 'Likely', 'BM029', 'avoid'), mark('a', 'likely', 'BM029', 'avoid', 28), mark('b', 'likely', 'BM029', 'avoid'), mark('b', 'Mature', 'BM207', 'caution'), mark('a', 'phaco', 'BM100', 'use')],
  suggestions: [offer('ICD-10', 'H26.9', 'primary', 0, 'DCS.VII.1'), offer('ICD-10', 'I10.X', 'secondary', 1, 'DGCS.3'), offer('ICD-10', 'E11.9', 'secondary', 2, 'DGCS.3', false), offer('OPCS-4', 'C75.1', 'primary', 0, 'PConvention2'), offer('OPCS-4', 'Z94.2', 'secondary', 1, 'PCSZ2')],
};
const nothing = { marks: [], diagnoses: [], procedures: [] };

describe('a trainee’s guess at a live record', () => {
  it('is held against what Nodi would show, over all documents, each entry asked for once', () => {
    const compared = compareRecord(read, { marks: [{ document: 'a' as DocumentId, version: 1, span: span(letter, 'likely iih'), verdict: 'avoid' }, { document: 'b' as DocumentId, version: 3, span: span(note, 'cataract'), verdict: 'caution' }], diagnoses: [code('H25.9'), code('R51')], procedures: [code('C75.1'), code('Z94.2')] });
    expect(compared.codes.map(({ outcome, given, offered }) => [outcome, given, offered?.code ?? null])).toEqual([['third', 'H259', 'H269'], ['missed', null, 'I10X'], ['extra', 'R51X', null], ['right', 'C751', 'C751'], ['right', 'Z942', 'Z942']]);
    expect(compared.codes[0]?.offered).toMatchObject({ words: 'Mature cataract', language: 'cy', rule: 'cataract-type', because: ['DCS.VII.1'] });
    expect(compared.marks.map(({ outcome, given, offered, words }) => [outcome, given, offered?.rule ?? null, words])).toEqual([['right', 'avoid', 'BM029', 'Likely'], ['missed', null, 'BM207', 'Mature'], ['extra', 'caution', null, 'cataract']]);
    expect(compared.marks.map(({ language }) => language)).toEqual(['en', 'cy', 'cy']);
    expect(compared.counts).toMatchObject({ right: 3, of: 6, extra: 2 });
  });

  it('keeps ids and counts alone: no word of the record is in what may be kept', () => {
    const { counts } = compareRecord(read, nothing);
    expect(counts.items).toEqual([{ item: 'rule:cataract-type', right: false }, { item: 'rule:comorbidity', right: false }, { item: 'rule:paired-order', right: false }, { item: 'rule:laterality', right: false }, { item: 'term:BM029', right: false }, { item: 'term:BM207', right: false }]);
    expect(JSON.stringify(counts)).not.toMatch(/likely|Mature|H269|iih/i);
  });

  it('asks for no secondary code where primary-only coding is enough, and leaves out marks of a document that has gone', () => {
    const compared = compareRecord({ ...read, depth: 'primary' }, { ...nothing, marks: [{ document: 'a' as DocumentId, version: 2, span: { start: 0, end: 5 }, verdict: 'avoid' }] });
    expect(compared.codes.map(({ outcome, offered }) => [outcome, offered?.code])).toEqual([['missed', 'H269'], ['missed', 'C751']]);
    expect(compared.marks.every(({ outcome }) => outcome === 'missed')).toBe(true);
  });

  it('finds words as a person types them, whole, in small and capital letters alike', () => {
    expect(placesTyped(letter, 'LIKELY iih')).toHaveLength(2);
    expect(placesTyped(letter, 'Likely')).toEqual([{ start: 22, end: 28 }]);
    expect(placesTyped(letter, 'phac')).toEqual([]);
  });
});

describe('guessed on the invented notes', () => {
  it('what Nodi shows is wholly right against itself, and each rule that is learned is a taught one', () => {
    const curriculum = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
    const sheet = createRulebook(starterSheet);
    if (!curriculum.ok || !sheet.ok) throw new Error('faulty');
    const reader = createReader(sheet.value, { noisyOn: [] });
    const coder = openCoder();
    const known = new Set<string>(curriculum.value.rules.map(({ id }) => id));
    let [notes, lines] = [0, 0];
    const bad: string[] = [];
    for (const one of curriculum.value.cases) {
      const { suggestions } = coder.code(one.text, one.specialty).coding;
      const document = { id: suggestions[0]?.evidence[0].document ?? 'none' as DocumentId, version: suggestions[0]?.evidence[0].version ?? 1, text: one.text, language: 'en' as const };
      const marks = reader.read(one.text, { specialty: one.specialty }).map((found) => ({ ...found, document: document.id, version: document.version, severity: sheet.value.rules.find(({ id }) => id === found.rule)?.verdict ?? 'avoid' as Verdict }));
      const shown = suggestions.filter((suggestion) => suggestion.shown);
      const inOrder = (system: string) => shown.filter((suggestion) => suggestion.system === system).sort((a, b) => a.position - b.position).map((suggestion) => suggestion.code);
      const whole = compareRecord({ documents: [document], marks, suggestions, depth: 'full' }, { marks: marks.map(({ span: at, severity }) => ({ document: document.id, version: document.version, span: at, verdict: severity })), diagnoses: inOrder('ICD-10'), procedures: inOrder('OPCS-4') });
      notes += 1;
      lines += whole.counts.of;
      if (whole.counts.extra > 0 || [...whole.codes, ...whole.marks].some(({ outcome }) => outcome !== 'right')) bad.push(`${one.id} ${JSON.stringify([...whole.codes, ...whole.marks].filter(({ outcome }) => outcome !== 'right'))}`);
      for (const suggestion of shown) if (!known.has(taughtRuleOf(suggestion))) bad.push(`${one.id} ${taughtRuleOf(suggestion)}`);
    }
    console.info(`notes tried ${notes}, lines ${lines}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(lines).toBeGreaterThan(200);
  });
});

describe('a record that was guessed', () => {
  const key = (subject: string, episode = 'e1', tab = 1): ContextKey => ({ tab, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: subject as Fingerprint, episode: episode as Fingerprint, note: 'n' });
  it('is shown until another patient or episode is in front, and is hidden again when it comes back', () => {
    let kept: readonly ShownRecord[] = [];
    const open = (): ReturnType<typeof createGuesses> => createGuesses(kept, (records) => { kept = records; return Promise.resolve(); });
    const guesses = open();
    guesses.show(key('p1'));
    expect([guesses.isShown(key('p1')), guesses.isShown(key('p1', 'e2')), guesses.isShown(key('p1', 'e1', 2)), guesses.isShown(key('p2'))]).toEqual([true, false, false, false]);
    expect(open().isShown(key('p1'))).toBe(true);
    guesses.seen(key('unknown'));
    guesses.seen({ ...key('p1'), epoch: 9, note: 'later' });
    expect(guesses.isShown(key('p1'))).toBe(true);
    guesses.seen(key('p2'));
    expect(guesses.isShown(key('p1'))).toBe(false);
    expect(kept).toEqual([]);
    expect(open().isShown(key('p1'))).toBe(false);
  });
  it('of nobody is never shown', () => {
    const guesses = createGuesses([], () => Promise.reject(new Error('no session')));
    guesses.show(key('unknown'));
    expect(guesses.isShown(key('unknown'))).toBe(false);
  });
});
