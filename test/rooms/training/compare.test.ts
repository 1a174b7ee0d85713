import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCurriculum } from '../../../assets/curriculum.js';
import { readCode, type ClinicalCode } from '../../../lib/model/code.js';
import type { TraineeAnswer, TrainingCase } from '../../../lib/model/trainee.js';
import { compareAnswer, readCurriculum } from '../../../lib/training/index.js';

const read = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
if (!read.ok) throw new Error('faulty');
const { cases } = read.value;
const caseOf = (id: string): TrainingCase => { const one = cases.find((each) => each.id === id); if (!one) throw new Error(id); return one; };
const code = (written: string): ClinicalCode => { const one = readCode(written); if (one === null) throw new Error(written); return one; };
const codes = (written: string): ClinicalCode[] => written.split(' ').filter(Boolean).map(code);
const answerOf = ({ marks, codes: all }: TrainingCase): TraineeAnswer => ({
  marks: marks.map(({ places: [span], verdict }) => ({ span, verdict })),
  diagnoses: all.filter(({ system }) => system === 'ICD-10').map((one) => one.code),
  procedures: all.filter(({ system }) => system === 'OPCS-4').map((one) => one.code),
});
const outcomes = (id: string, diagnoses: string, procedures: string): string =>
  compareAnswer(caseOf(id), { marks: [], diagnoses: codes(diagnoses), procedures: codes(procedures) }).codes.map(({ outcome, expected, given }) => `${outcome} ${expected === null ? '' : caseOf(id).codes[expected]?.code ?? ''}${given === null ? '' : ` ${given}`}`.trim().replace('  ', ' ')).join(', ');

describe('a trainee’s answer beside the answer', () => {
  it('says of the cataract case of the design what differs and what is missed', () => {
    expect(outcomes('C02', 'H25.9', 'C75.1 C71.2 Z94.3')).toBe('third H269 H259, missed T812, missed Y600, missed E119, missed I10X, right C751 C751, right C712 C712, missed C791, right Z943 Z943');
  });

  it('tells a wrong fourth character from a wrong category, and each written code is used once', () => {
    expect(outcomes('C03', 'H26.4', '')).toContain('fourth H269 H264');
    expect(outcomes('C03', 'J18.9', '')).toBe('missed H269, extra J189, missed C751, missed C712, missed Z943');
    expect(outcomes('N16', 'E11.4 E11.9', '')).toBe('right E114 E114, missed G632, missed I10X, missed Z864, extra E119');
  });

  it('holds to the order of procedures, the first diagnosis, and an asterisk after its dagger', () => {
    expect(outcomes('C03', 'H26.9', 'C71.2 C75.1 Z94.3')).toContain('order');
    expect(outcomes('C01', 'I10.X H25.1 E11.9', 'C75.1 C71.2 Z94.2')).toBe('order H251 H251, right E119 E119, order I10X I10X, right C751 C751, right C712 C712, right Z942 Z942');
    expect(outcomes('R03', 'L40.5 E66.9 M07.3', '')).toContain('order M073 M073');
    expect(outcomes('C01', 'H25.1 I10.X E11.9', 'C75.1 C71.2 Z94.2')).not.toContain('order');
  });

  it('does not miss what need not be coded, and takes it where it is', () => {
    expect(outcomes('C01', 'H25.1 E11.9 I10.X', 'C75.1 C71.2 Z94.2')).not.toContain('missed');
    expect(outcomes('C01', 'H25.1 E11.9 I10.X', 'C75.1 C71.2 C90.3 Z94.2')).toContain('right C903 C903');
  });

  it('finds the term wherever the words were marked, and does not ask for terms that are well used', () => {
    const one = caseOf('N07');
    const at = one.text.indexOf('likely');
    const marked = (verdict: 'avoid' | 'caution') => compareAnswer(one, { marks: [{ span: { start: at, end: at + 'likely epilepsy'.length }, verdict }], diagnoses: [], procedures: [] }).marks.map(({ outcome, expected }) => `${outcome} ${one.marks[expected ?? -1]?.rule ?? ''}`);
    expect(marked('avoid')).toEqual(['right BM029', 'missed BM033']);
    expect(marked('caution')).toEqual(['verdict BM029', 'missed BM033']);
  });

  it('is wholly right for the answer itself, for nothing wholly missed, and never more than was asked', () => {
    const bad: string[] = [];
    for (const one of cases) {
      const whole = compareAnswer(one, answerOf(one));
      if (whole.right !== whole.of || whole.extra > 0 || whole.items.some(({ right }) => !right)) bad.push(`${one.id} ${JSON.stringify([...whole.codes, ...whole.marks].filter(({ outcome }) => outcome !== 'right'))}`);
      const none = compareAnswer(one, { marks: [], diagnoses: [], procedures: [] });
      if (none.right > 0 || none.credit > 0) bad.push(`${one.id} of nothing`);
    }
    console.info(`cases tried ${cases.length}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    const anyCode = fc.constantFrom(...new Set(cases.flatMap((one) => one.codes.map((each) => each.code))));
    fc.assert(fc.property(fc.constantFrom(...cases), fc.array(anyCode, { maxLength: 8 }), fc.array(anyCode, { maxLength: 8 }), (one, diagnoses, procedures) => {
      const compared = compareAnswer(one, { marks: [], diagnoses, procedures });
      return compared.credit <= compared.of && compared.right <= compared.of && compared.codes.filter(({ given }) => given !== null).length === new Set(diagnoses).size + new Set(procedures).size;
    }), { numRuns: 2_000 });
  });
});
