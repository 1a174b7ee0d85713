import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleEpisodes, shippedExceptions } from '../../../assets/starter.js';
import { atDepth, depthOf, factsOf, type FactSources } from '../../../lib/coding/index.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import { unknownEpisode } from '../../../lib/model/episode.js';
import { exceptionFields, exceptionOperators, fieldKinds, operatorsOf, type EpisodeFacts, type ExceptionCriterion, type ExceptionField, type ExceptionOperator, type ExceptionValue } from '../../../lib/model/exception.js';
import { checkExceptions, choicesOf, plainCode, readValue, writeValue } from '../../../lib/model/exception-faults.js';
import type { Coding } from '../../../lib/model/suggestion.js';

const codes = (...all: readonly string[]): readonly ClinicalCode[] => all as readonly ClinicalCode[];
const criterion = (part: Partial<ExceptionCriterion>): ExceptionCriterion => ({ id: 'one', field: 'age', operator: '<', value: 18, reason: { en: 'Reason', cy: 'Rheswm' }, order: 10, from: null, to: null, ask: true, ...part });
const day = '2026-11-12';
const isMet = (field: ExceptionField, operator: ExceptionOperator, value: ExceptionValue, facts: EpisodeFacts): boolean => depthOf([criterion({ field, operator, value })], facts, 'primary', day).depth === 'full';

/** For each field and operator: a value, three facts that meet it, three that do not. */
type Line = readonly [ExceptionField, ExceptionOperator, ExceptionValue, readonly unknown[], readonly unknown[]];
const numbers = (field: ExceptionField): readonly Line[] => [
  [field, '=', 7, [7, 7.0, Number('7')], [6, 8, 0]], [field, '≠', 7, [6, 8, 0], [7, 7.0, Number('7')]], [field, '<', 7, [0, 1, 6], [7, 8, 70]], [field, '>', 7, [8, 9, 70], [7, 6, 0]], [field, '≥', 7, [7, 8, 70], [6, 1, 0]],
];
const choices = (field: ExceptionField): readonly Line[] => {
  const [a = '', b = '', c = '', d = ''] = choicesOf(field);
  return [[field, '=', [a], [a, a, a], [b, c, d]], [field, '≠', [a], [b, c, d], [a, a, a]], [field, 'in', [a, b, c], [a, b, c], [d, d, d]], [field, 'in', [d], [d, d, d], [a, b, c]]];
};
const answers = (field: ExceptionField): readonly Line[] => [[field, '=', true, [true, true, true], [false, false, false]], [field, '≠', true, [false, false, false], [true, true, true]]];
const lines: readonly Line[] = [
  ...numbers('length-of-stay'), ...numbers('age'), ...choices('admission-method'), ...choices('patient-class'), ...choices('discharge-method'),
  ...answers('critical-care'), ...answers('high-cost-drug'), ...answers('readmission'), ...answers('selected-for-audit'),
  ['specialty', '=', ['400'], ['400', '400', '400'], ['401', '410', '130']], ['specialty', '≠', ['400'], ['401', '410', '130'], ['400', '400', '400']],
  ['specialty', 'in', ['400', '410', '130'], ['400', '410', '130'], ['401', '300', '110']], ['specialty', 'starts-with', ['4', '50'], ['400', '410', '501'], ['130', '510', '300']],
  ['diagnosis', '=', ['I219'], [['I219'], ['J189', 'I219'], ['I219', 'I10X']], [['I210'], ['I10X'], []]], ['diagnosis', '≠', ['I219'], [['I210'], ['I10X'], []], [['I219'], ['J189', 'I219'], ['I219', 'I10X']]],
  ['diagnosis', 'in', ['C00–C97', 'S720–S722', 'R65'], [['C509'], ['H269', 'C97X'], ['S720'], ['S722'], ['R651'], ['C000']], [['D059'], ['S723'], ['S719'], ['R64X'], ['B99X'], []]],
  ['diagnosis', 'starts-with', ['O', 'A047'], [['O800'], ['O10X'], ['A047', 'I10X']], [['P599'], ['A048'], []]],
  ['procedure', '=', ['C751'], [['C751'], ['C751', 'C712'], ['C712', 'C751']], [['C752'], ['C712'], []]], ['procedure', '≠', ['C751'], [['C752'], ['C712'], []], [['C751'], ['C751', 'C712'], ['C712', 'C751']]],
  ['procedure', 'in', ['X70–X74'], [['X701'], ['X749'], ['X721', 'C751']], [['X699'], ['X751'], []]], ['procedure', 'starts-with', ['X92', 'C7'], [['X921'], ['C751'], ['A559', 'C712']], [['X911'], ['C891'], []]],
];
let tried = 0; let bad = 0;
afterAll(() => { console.info(`criteria tried ${tried}, bad ${bad}`); expect(tried).toBeGreaterThan(250); });

describe('a criterion', () => {
  it('is tried with each operator of each field', () => {
    const held = new Set(lines.map(([field, operator]) => `${field} ${operator}`));
    const wanted = exceptionFields.flatMap((field) => operatorsOf[fieldKinds[field]].map((operator) => `${field} ${operator}`));
    expect(wanted.filter((one) => !held.has(one))).toEqual([]);
    expect(exceptionOperators.filter((one) => !lines.some(([, operator]) => operator === one))).toEqual([]);
  });
  it.each(lines)('on %s %s %j is met by what meets it and by nothing else', (field, operator, value, meeting, others) => {
    expect(checkExceptions({ status: 'agreed', criteria: [criterion({ field, operator, value })] })).toMatchObject({ ok: true });
    expect(Math.min(meeting.length, others.length)).toBeGreaterThanOrEqual(3);
    for (const [facts, want] of [...meeting.map((fact) => [fact, true] as const), ...others.map((fact) => [fact, false] as const)]) {
      tried += 1;
      const met = isMet(field, operator, value, { [field]: facts } as EpisodeFacts);
      if (met !== want) bad += 1;
      expect(met, JSON.stringify(facts)).toBe(want);
    }
  });
});

describe('the depth of an episode', () => {
  const long = criterion({ id: 'long', field: 'length-of-stay', operator: '>', value: 7, order: 20 });
  const young = criterion({ id: 'young', order: 10 });
  it('is full where the department codes in full, and nothing is asked', () => {
    expect(depthOf([young, long], {}, 'full', day)).toEqual({ depth: 'full', ground: { kind: 'department' }, missing: [] });
  });
  it('names the first criterion in order that is met, its place and what met it', () => {
    expect(depthOf([long, young], { age: 7, 'length-of-stay': 9 }, 'primary', day)).toMatchObject({ depth: 'full', ground: { kind: 'criterion', id: 'young', place: 1, found: 7 }, missing: [] });
    expect(depthOf([{ ...young, order: 30 }, long], { age: 7, 'length-of-stay': 9 }, 'primary', day).ground).toMatchObject({ id: 'long', place: 1, found: 9 });
    expect(depthOf([long, young], { age: 70, 'length-of-stay': 9 }, 'primary', day).ground).toMatchObject({ id: 'long', place: 2, found: 9 });
  });
  it('counts a criterion from its first day of discharge to its last', () => {
    const dated = { ...young, from: '2026-04-01', to: '2027-03-31' };
    const on = (when: string | null): string => depthOf([dated], { age: 7 }, 'primary', when).depth;
    expect(['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01', null].map(on)).toEqual(['primary', 'full', 'full', 'primary', 'primary']);
    expect(depthOf([{ ...dated, to: null }], { age: 7 }, 'primary', null).depth).toBe('full');
  });
  it('asks for what is not known, in order, only while the answer could still decide', () => {
    const care = criterion({ id: 'care', field: 'critical-care', operator: '=', value: true, order: 5 });
    expect(depthOf([young, long, care], {}, 'primary', day)).toMatchObject({ depth: 'primary', missing: ['critical-care', 'age', 'length-of-stay'] });
    expect(depthOf([young, long, care], { age: 70, 'critical-care': false }, 'primary', day).missing).toEqual(['length-of-stay']);
    // Met by what is known: the others could change the reason only.
    expect(depthOf([young, long, care], { 'length-of-stay': 9 }, 'primary', day)).toMatchObject({ depth: 'full', missing: [] });
    expect(depthOf([{ ...young, ask: false }, { ...long, to: '2020-01-01' }], {}, 'primary', day).missing).toEqual([]);
    expect(depthOf([young, { ...young, id: 'adult', operator: '≥', value: 100, order: 40 }], {}, 'primary', day).missing).toEqual(['age']);
  });
  it('is what a brute-force reading of the list says', () => {
    const pool = ['C509', 'D059', 'I639', 'S720', 'S723', 'O800', 'G35X', 'X701', 'X749', 'C751'];
    const factsOfAll = fc.record({
      age: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }), 'length-of-stay': fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }), 'critical-care': fc.option(fc.boolean(), { nil: undefined }),
      'discharge-method': fc.option(fc.constantFrom('discharged', 'self-discharged', 'died', 'stillbirth'), { nil: undefined }), diagnosis: fc.option(fc.subarray(pool), { nil: undefined }), specialty: fc.option(fc.constantFrom('400', '410', '130'), { nil: undefined }),
    });
    const one = fc.oneof(
      fc.record({ field: fc.constantFrom('age', 'length-of-stay'), operator: fc.constantFrom('=', '≠', '<', '>', '≥'), value: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ field: fc.constant('critical-care'), operator: fc.constantFrom('=', '≠'), value: fc.boolean() }),
      fc.record({ field: fc.constant('discharge-method'), operator: fc.constant('in'), value: fc.subarray(['discharged', 'died', 'stillbirth'], { minLength: 1 }) }),
      fc.record({ field: fc.constant('specialty'), operator: fc.constant('starts-with'), value: fc.subarray(['4', '40', '130'], { minLength: 1 }) }),
      fc.record({ field: fc.constant('diagnosis'), operator: fc.constantFrom('in', 'starts-with'), value: fc.subarray(['C', 'I6', 'S72', 'O8'], { minLength: 1 }) }),
    );
    const dates = fc.record({ order: fc.integer({ min: 1, max: 999 }), from: fc.constantFrom(null, '2026-01-01', '2027-01-01'), to: fc.constantFrom(null, '2026-06-30', '2027-12-31'), ask: fc.boolean() });
    const list = fc.uniqueArray(fc.tuple(one, dates), { maxLength: 12, selector: ([, { order }]) => order });
    let runs = 0;
    fc.assert(fc.property(list, factsOfAll, (all, facts) => {
      runs += 1;
      const criteria = all.map(([what, when], at) => criterion({ ...what as Partial<ExceptionCriterion>, ...when, id: `c${at}` }));
      // The oracle spells every test out, over a table of all lines.
      const known = facts as Readonly<Record<string, unknown>>;
      const table = criteria.filter(({ from, to }) => !(from !== null && day < from) && !(to !== null && day > to)).map((each) => {
        const fact = known[each.field];
        const values = (Array.isArray(each.value) ? each.value : []) as readonly string[];
        const met = fact === undefined ? null
          : each.operator === '=' ? fact === each.value : each.operator === '≠' ? fact !== each.value
            : each.operator === '<' ? Number(fact) < Number(each.value) : each.operator === '>' ? Number(fact) > Number(each.value) : each.operator === '≥' ? !(Number(fact) < Number(each.value))
              : [fact].flat().some((word) => values.some((value) => (each.field === 'discharge-method' ? word === value : String(word).indexOf(value) === 0)));
        return { each, met };
      });
      const winner = [...table].filter(({ met }) => met === true).sort((a, b) => a.each.order - b.each.order)[0]?.each ?? null;
      const asked = [...table].filter(({ each, met }) => met === null && each.ask && each.field !== 'diagnosis').sort((a, b) => a.each.order - b.each.order).map(({ each }) => each.field);
      const said = depthOf(criteria, known as EpisodeFacts, 'primary', day);
      expect(said.ground.kind === 'criterion' ? said.ground.id : null).toBe(winner?.id ?? null);
      expect(said.depth).toBe(winner ? 'full' : 'primary');
      expect(said.missing).toEqual(winner ? [] : [...new Set(asked)]);
    }), { numRuns: 2000 });
    console.info(`lists against the oracle: tried ${runs}, bad 0`);
    expect(runs).toBe(2000);
  });
});

describe('the list that ships', () => {
  it('is whole, and says that it is a placeholder', () => {
    expect(checkExceptions(shippedExceptions)).toEqual({ ok: true, value: shippedExceptions });
    expect(shippedExceptions.status).toBe('placeholder');
    expect(shippedExceptions.criteria.length).toBeGreaterThan(20);
  });
  it('decides the sample episodes', () => {
    const said = Object.fromEntries(sampleEpisodes.map(({ id, facts, discharged }) => { const { ground, missing } = depthOf(shippedExceptions.criteria, facts, 'primary', discharged); return [id, ground.kind === 'criterion' ? ground.id : missing.join(' ')]; }));
    expect(said).toEqual({ cataract: '', 'long-stay': 'length-of-stay', death: 'death', child: 'under-18', stroke: 'stroke', hip: 'hip-fracture', readmitted: 'readmission', 'little-known': 'discharge-method length-of-stay critical-care age' });
  });
});

describe('a list that somebody wrote', () => {
  const faultsOf = (part: Readonly<Record<string, unknown>>): readonly string[] => { const read = checkExceptions({ status: 'agreed', criteria: [{ ...criterion({}), ...part }] }); return read.ok ? [] : read.failure.faults.map((fault) => `${fault.at} ${fault.part} ${fault.problem}`); };
  it.each([
    [{ id: 'Not So' }, '0 id id'], [{ id: 'default' }, '0 id id'], [{ field: 'colour' }, '0 field field'], [{ operator: 'in' }, '0 operator operator'], [{ value: 'x' }, '0 value number'], [{ value: -1 }, '0 value number'],
    [{ value: Number.NaN }, '0 value number'], [{ field: 'critical-care', operator: '=', value: 'yes' }, '0 value yes-no'], [{ field: 'diagnosis', operator: 'in', value: ['C97–C00'] }, '0 value code'], [{ field: 'diagnosis', operator: '=', value: ['C50'] }, '0 value code'],
    [{ field: 'diagnosis', operator: 'in', value: [] }, '0 value empty'], [{ field: 'diagnosis', operator: '=', value: ['C509', 'C508'] }, '0 value one-only'], [{ field: 'specialty', operator: '=', value: ['neurology'] }, '0 value treatment-function'],
    [{ field: 'discharge-method', operator: '=', value: ['left'] }, '0 value choice'], [{ reason: { en: 'Young', cy: ' ' } }, '0 reason reason'], [{ reason: 'Young' }, '0 reason reason'], [{ order: 0 }, '0 order order'], [{ from: '2026-02-30' }, '0 from date'],
    [{ from: '2026-02-01', to: '2026-01-01' }, '0 to dates-reversed'], [{ ask: 'no' }, '0 ask yes-no'], [{ colour: 'red' }, '0 list unknown-part'],
  ])('%j is refused by its part', (part, fault) => { expect(faultsOf(part)).toEqual([fault]); });
  it('is refused whole where it is none, and where two lines have one id or one place', () => {
    for (const wrong of [null, [], 'x', { criteria: [] }, { status: 'agreed' }, { status: 'new', criteria: [] }, { status: 'agreed', criteria: [], more: 1 }, { status: 'agreed', criteria: Array.from({ length: 201 }, () => criterion({})) }]) expect(checkExceptions(wrong).ok).toBe(false);
    expect(checkExceptions({ status: 'agreed', criteria: [criterion({}), criterion({})] })).toMatchObject({ failure: { faults: [{ at: 1, problem: 'id-twice' }, { at: 1, problem: 'order-twice' }] } });
  });
  it('takes codes as people write them, and gives back what it took', () => {
    expect(readValue('diagnosis', 'c00-c97, S72.0 – S72.2; r65')).toEqual(['C00–C97', 'S720–S722', 'R65']);
    expect(plainCode('G35.-')).toBe('G35');
    for (const { field, value } of shippedExceptions.criteria) expect(readValue(field, writeValue(value))).toEqual(value);
  });
});

describe('what is known of an episode', () => {
  const sources = (part: Partial<FactSources>): FactSources => ({ episode: unknownEpisode, texts: [], treatmentFunction: null, coding: null, coded: null, answers: {}, ...part });
  it('is what the page shows', () => {
    expect(factsOf(sources({ episode: { ...unknownEpisode, admitted: '2026-10-21', discharged: '2026-10-30', patientClass: 'Inpatient' }, treatmentFunction: '400' }))).toEqual({ 'length-of-stay': 9, 'patient-class': 'ordinary', specialty: '400' });
    expect(factsOf(sources({ episode: { ...unknownEpisode, patientClass: 'Achos dydd' } }))).toEqual({ 'patient-class': 'day-case', 'length-of-stay': 0, 'admission-method': 'elective', 'critical-care': false });
    expect(factsOf(sources({ episode: { ...unknownEpisode, admitted: '2026-10-30', discharged: '2026-10-21' } }))).toEqual({});
    // Over the change of the clocks a stay is counted in days.
    expect(factsOf(sources({ episode: { ...unknownEpisode, admitted: '2026-10-24', discharged: '2026-10-26' } }))['length-of-stay']).toBe(2);
  });
  it.each([
    ['72-year-old woman admitted electively.', { age: 72, 'admission-method': 'elective' }], ['3-week-old baby boy with jaundice.', { age: 0 }], ['Sadly the patient died on the ward.', { 'discharge-method': 'died' }], ['The patient died on the ward.', { 'discharge-method': 'died' }],
    ['She was discharged home with her family.', { 'discharge-method': 'discharged' }], ['Not discharged home.', {}], ['Her mother died at 60.', {}], ['Admitted via ED with chest pain.', { 'admission-method': 'emergency' }], ['Emergency admission. Previous elective admission 2019.', {}],
    ['Stepped up to HDU overnight.', { 'critical-care': true }], ['Was not transferred to ITU.', {}], ['Critical care outreach reviewed.', {}], ['', {}],
  ] as const)('reads %j for what it says outright', (text, want) => {
    expect(factsOf(sources({ texts: [text] }))).toEqual(want);
  });
  const offered = (code: string, part: object = {}): Coding['suggestions'][number] => ({ system: 'ICD-10', code, role: 'secondary', group: 1, shown: true, ...part }) as never;
  const coding: Coding = { suggestions: [offered('I639', { role: 'primary', group: 1 }), offered('G35X', { shown: false, group: 2 }), offered('C509', { group: 3 }), offered('X921', { system: 'OPCS-4', role: 'primary', group: 4 })], rejected: [], abstentions: [] };
  it('has the codes that were accepted or are on offer, less what the coder rejected', () => {
    const coded = { episode: '' as never, procedures: [], depth: null, coded: null, rejected: [{ event: '' as never, system: 'ICD-10' as const, codes: 'C509' }], diagnoses: [{ id: '' as never, system: 'ICD-10' as const, codes: codes('J189') as never, origin: 'search' as const, list: '' }] };
    expect(factsOf(sources({ coding, coded }))).toEqual({ diagnosis: ['J189', 'I639'], procedure: ['X921'], 'high-cost-drug': true });
  });
  it('is what the coder answers, over everything else; an answer that cannot be is none', () => {
    expect(factsOf(sources({ texts: ['72-year-old woman'], answers: { age: 17, readmission: true, 'critical-care': 'yes', 'discharge-method': 'left' } }))).toEqual({ age: 17, readmission: true });
  });
  it('keeps in primary-only coding what is not needed ranked, never on offer and never denied', () => {
    const brief = atDepth(coding, 'primary');
    expect(brief.suggestions.map(({ code, shown }) => `${code} ${shown}`)).toEqual(['I639 true', 'G35X false', 'C509 false', 'X921 true']);
    expect(brief.rejected).toEqual([]);
    expect(atDepth(coding, 'full')).toBe(coding);
  });
});
