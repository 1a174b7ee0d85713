import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedCurriculum } from '../../../assets/curriculum.js';
import { starterSheet } from '../../../assets/starter.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { createReader } from '../../../lib/analysis/index.js';
import { newest } from '../../../lib/codebook/index.js';
import { createRulebook } from '../../../lib/rulebook/index.js';
import { readCurriculum } from '../../../lib/training/index.js';

const read = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
if (!read.ok) throw new Error(read.failure.faults.join('\n'));
const { rules, cases } = read.value;
const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('no sheet');
const sheet = made.value;
const coder = openCoder();

describe('the invented cases', () => {
  it('are enough, in both languages, and no test case is a practice case', () => {
    const count = (keep: (one: (typeof cases)[number]) => boolean): number => cases.filter(keep).length;
    console.info(`cases ${cases.length}, Welsh ${count(({ language }) => language === 'cy')}, pre ${count(({ set }) => set === 'pre')}, practice ${count(({ set }) => set === 'practice')}, post ${count(({ set }) => set === 'post')}, codes ${cases.flatMap(({ codes }) => codes).length}, marks ${cases.flatMap(({ marks }) => marks).length}, rules ${rules.length}`);
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(count(({ language }) => language === 'cy')).toBeGreaterThanOrEqual(15);
    expect(count(({ set }) => set === 'pre')).toBe(15);
    expect(count(({ set }) => set === 'post')).toBe(15);
    for (const specialty of ['neurology', 'rheumatology', 'ophthalmology', 'general-medicine']) {
      for (const set of ['pre', 'practice', 'post']) expect(count((one) => one.specialty === specialty && one.set === set), `${specialty} ${set}`).toBeGreaterThan(2);
      expect(sheet.specialties.some(({ id }) => id === specialty)).toBe(true);
    }
    expect(new Set(cases.map(({ text }) => text)).size).toBe(cases.length);
  });

  it('has every file of the folder in what ships', () => {
    expect(readdirSync(resolve(join(import.meta.dirname, '../../../assets/training'))).length).toBe(shippedCurriculum.cases.length + 1);
  });

  it('answer with codes that the editions in force have, each with its words and a cited rule', () => {
    const codes = coder.shelf.on(newest);
    const bad = cases.flatMap((one) => one.codes.filter(({ system, code }) => codes.entry(system, code) === null).map(({ code }) => `${one.id} ${code}`));
    const unused = rules.filter(({ id }) => !cases.some((one) => one.codes.some(({ rule }) => rule === id))).map(({ id }) => id);
    console.info(`codes tried ${cases.flatMap((one) => one.codes).length}, not in the lists ${bad.length}; rules that no case teaches ${unused.length}`);
    expect(bad).toEqual([]);
    expect(unused).toEqual([]);
    for (const rule of rules) if (/checked/i.test(rule.standard.en)) expect(rule.checked, rule.id).toBe(false);
  });

  it('keep the order that the standards ask for: no asterisk, Y or Z code first, a side after what it is the side of', () => {
    const book = coder.shelf.on(newest);
    const bad: string[] = [];
    for (const { id, codes } of cases) {
      const diagnoses = codes.filter(({ system }) => system === 'ICD-10');
      const procedures = codes.filter(({ system, optional }) => system === 'OPCS-4' && !optional);
      if (/^[YZ]/.test(procedures[0]?.code ?? '')) bad.push(`${id}: ${procedures[0]?.code ?? ''} is first`);
      diagnoses.forEach(({ code }, at) => { if (book.entry('ICD-10', code)?.dual === 'asterisk' && at === 0) bad.push(`${id}: ${code} is first`); });
      const side = procedures.findIndex(({ code }) => code.startsWith('Z94'));
      if (side >= 0 && side !== procedures.length - 1) bad.push(`${id}: the side is not last`);
      const codesOf = procedures.map(({ code }) => code as string);
      if (codesOf.includes('C712') && codesOf.indexOf('C712') !== codesOf.indexOf('C751') + 1) bad.push(`${id}: the pair is out of order`);
    }
    expect(bad).toEqual([]);
  });

  it('name terms that the sheet has, with its verdict, and that Nodi finds by itself', () => {
    const reader = createReader(sheet, { noisyOn: [] });
    let tried = 0;
    const bad: string[] = [];
    for (const one of cases) {
      const found = reader.read(one.text, { specialty: one.specialty });
      for (const mark of one.marks) {
        tried += 1;
        const rule = sheet.rules.find(({ id }) => id === mark.rule);
        if (rule?.verdict !== mark.verdict) bad.push(`${one.id} ${mark.rule}: not ${mark.verdict}`);
        if (!found.some(({ rule: id, span }) => id === mark.rule && mark.places.some(({ start, end }) => span.start === start && span.end === end))) bad.push(`${one.id} ${mark.rule} “${mark.words}” is not found`);
      }
    }
    console.info(`marks tried ${tried}, bad ${bad.length}`);
    expect(tried).toBeGreaterThan(100);
    expect(bad).toEqual([]);
  });

  it('hold nothing that could be a person: no number of ten digits, no date of birth, no title with a name', () => {
    const bad = cases.filter(({ text }) => /\d{3}\s?\d{3}\s?\d{4}|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]/.test(text)).map(({ id }) => id);
    expect(bad).toEqual([]);
  });

  it('says what is wrong with a case and takes nothing of a faulty file', () => {
    const [first] = shippedCurriculum.cases as readonly [{ readonly cases: readonly { readonly codes: readonly object[] }[] }];
    const [one] = first.cases;
    const faulty = { cases: [{ ...one, codes: [{ ...one?.codes[0], words: 'words that are nowhere' }] }] };
    const answer = readCurriculum(shippedCurriculum.rules, [faulty]);
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.failure.faults[0]).toContain('“words that are nowhere” is not once in the note');
  });
});
