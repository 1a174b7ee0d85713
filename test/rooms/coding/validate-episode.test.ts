import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { validateEpisode } from '../../../lib/coding/index.js';
import type { ClinicalCode, CodeEntry, CodeSystem } from '../../../lib/model/code.js';
import type { CodedUnit, CodingDepth } from '../../../lib/model/coded-episode.js';
import type { EditionSummary } from '../../../lib/model/codebook.js';
import { episodeCheckIds, type CheckSeverity, type EpisodeCheckId } from '../../../lib/model/episode-check.js';
import type { EpisodeKey, EventId } from '../../../lib/model/event-id.js';

/** How an example differs from a patient of whom nothing is stated, coded in full by the editions of the day. */
interface Otherwise { readonly depth?: CodingDepth; readonly age?: number; readonly sex?: 'female' | 'male'; readonly list?: Partial<Record<CodeSystem, string>>; readonly without?: CodeSystem }

const edition = (system: CodeSystem): EditionSummary => ({ system, name: system === 'ICD-10' ? 'ICD-10 5th Edition' : 'OPCS-4.11', from: '2016-04-01', to: null, codes: 1, titles: true, source: 'imported' });
const listOf = (system: CodeSystem): string => (system === 'ICD-10' ? 'icd-10-5th-edition' : 'opcs-4.11');
/** Marks, sexes and ages as an imported edition brings them, of the codes below; `A99` and `Q99` are in no edition. */
const marks: Readonly<Record<string, Partial<CodeEntry>>> = {
  G632: { dual: 'asterisk' }, M073: { dual: 'asterisk' }, G590: { dual: 'asterisk' }, F009: { dual: 'asterisk' }, J990: { dual: 'asterisk' }, H481: { dual: 'asterisk' }, L405: { dual: 'dagger' },
  O800: { sex: 'female', ages: { from: 10, to: 60 } }, N40X: { sex: 'male' }, P220: { ages: { from: 0, to: 1 } }, Q071: { sex: 'female' }, M611: { sex: 'male' }, R172: { sex: 'female', ages: { from: 10, to: 60 } },
};
const entryOf = (system: CodeSystem, code: ClinicalCode): CodeEntry | null => (/^[AQ]99/.test(code) ? null : { system, code, title: null, dual: 'none', sex: null, ages: null, usage: 0, ...marks[code] });

/** Problems of `G35.X; I10.X / C75.1 C71.2 Z94.2`: units parted by `;`, classifications by `/`, codes of a unit by a space. */
function problemsOf(written: string, { depth = 'full', age, sex, list = {}, without }: Otherwise = {}) {
  const [diagnoses = '', procedures = ''] = written.split('/');
  const units = (part: string, system: CodeSystem): CodedUnit[] => part.split(';').map((one) => one.trim()).filter(Boolean).map((one, at) => {
    const [first, ...more] = one.split(/\s+/).map((code) => code.replace('.', '') as ClinicalCode);
    return { id: `${system} ${at}` as EventId, system, codes: [first as ClinicalCode, ...more], origin: 'suggestion', list: list[system] ?? listOf(system) };
  });
  const held = (system: CodeSystem) => (without === system ? { ok: false, failure: { kind: 'ended', nearest: null } } as const : { ok: true, value: edition(system) } as const);
  return validateEpisode({
    coded: { episode: 'e' as EpisodeKey, diagnoses: units(diagnoses, 'ICD-10'), procedures: units(procedures, 'OPCS-4'), rejected: [], depth: null, coded: null },
    depth, codes: { entry: (system, code) => (without === system ? null : entryOf(system, code)), systems: { 'ICD-10': held('ICD-10'), 'OPCS-4': held('OPCS-4') } }, listOf: (system) => (without === system ? null : listOf(system)),
    patient: { age: age ?? null, sex: sex ?? null },
  });
}

type Example = string | readonly [written: string, otherwise: Otherwise];
/** For each check: its severity and standard, sequences that it must find fault with and the codes that it names, and sequences that it must leave alone. */
const examples: Readonly<Record<EpisodeCheckId, { readonly severity: CheckSeverity; readonly standard: RegExp; readonly find: readonly (readonly [Example, string])[]; readonly leave: readonly Example[] }>> = {
  'no-primary': { severity: 'error', standard: /^DGCS\.1$/, find: [['', ''], ['/ C75.1 C71.2 Z94.2', ''], ['/ X28.1', '']], leave: ['H26.9', 'R51.X / A55.9', 'Z13.5'] },
  'external-first': { severity: 'error', standard: /^DCS\.XX$/, find: [['W19.9; S72.0', 'W199'], ['Y60.0', 'Y600'], ['V43.5; S06.0', 'V435']], leave: ['S72.0; W19.9', 'T81.2; Y60.0', 'Z96.1; Y83.1'] },
  'asterisk-alone': { severity: 'error', standard: /^DGCS\.5$/, find: [['G63.2', 'G632'], ['G63.2 E11.4', 'G632'], ['M07.3; I10.X', 'M073']], leave: ['E11.4 G63.2', 'L40.5 M07.3; I10.X', 'E11.4 G63.2 G59.0'] },
  'asterisk-apart': { severity: 'warning', standard: /^DGCS\.5$/, find: [['I10.X; G63.2', 'G632'], ['G35.X; M07.3', 'M073'], ['E11.4; I10.X; G63.2', 'G632']], leave: ['E11.4; G63.2', 'L40.5; M07.3', 'G35.X; H48.1'] },
  'external-missing': { severity: 'warning', standard: /^DCS\.XX$/, find: [['S72.0', 'S720'], ['T81.2; I10.X', 'T812'], ['S52.5; S62.6', 'S525 S626']], leave: ['S72.0; W19.9', 'T81.2; Y60.0', 'H26.9'] },
  'symptom-beside': { severity: 'warning', standard: /^DCS\.XVIII$/, find: [['G43.9; R51.X', 'R51X G439'], ['G40.9; R56.8', 'R568 G409'], ['R25.1; G20.X', 'R251 G20X']], leave: ['R51.X', 'G35.X; R56.8', 'G40.9; R07.4'] },
  'double-code': { severity: 'warning', standard: /^DGCS$/, find: [['I10.X; H26.9; I10.X', 'I10X'], ['H26.9; H26.9', 'H269'], ['E11.4 G63.2; G63.2', 'G632'], ['E11.4; E11.4 G63.2', 'E114']], leave: ['H26.9; I10.X', 'E11.4 G63.2; E11.4 G59.0', 'E11.9; E11.3'] },
  'not-valid': { severity: 'error', standard: /^(?:ICD-10 5th Edition|OPCS-4\.11)$/, find: [['A99.0', 'A990'], ['H26.9 / Q99.1', 'Q991'], ['H26.9; A99.8', 'A998']], leave: ['H26.9', 'H26.9 / C75.1 Z94.2', ['A99.0', { without: 'ICD-10' }]] },
  'no-list': { severity: 'error', standard: /^(?:ICD-10|OPCS-4)$/, find: [[['H26.9', { without: 'ICD-10' }], 'H269'], [['H26.9 / C75.1 Z94.2', { without: 'OPCS-4' }], 'C751 Z942'], [['G35.X; I10.X', { without: 'ICD-10' }], 'G35X I10X']], leave: ['H26.9', ['H26.9', { without: 'OPCS-4' }], ['/ X28.1', { without: 'ICD-10' }]] },
  'mixed-editions': { severity: 'error', standard: /^(?:ICD-10 5th Edition|OPCS-4\.11)$/, find: [[['H26.9 / C75.1 C71.2 Z94.2', { list: { 'OPCS-4': 'opcs-4.10' } }], 'C751 C712 Z942'], [['G35.X', { list: { 'ICD-10': 'icd-10-4th-edition' } }], 'G35X'], [['H26.9 / X28.1; U20.1', { list: { 'OPCS-4': 'opcs-4.9' } }], 'X281 U201']], leave: ['H26.9', 'H26.9 / X28.1', ['H26.9 / X28.1', { without: 'OPCS-4', list: { 'OPCS-4': 'opcs-4.10' } }]] },
  'wrong-sex': { severity: 'warning', standard: /^(?:ICD-10 5th Edition|OPCS-4\.11)$/, find: [[['O80.0', { sex: 'male' }], 'O800'], [['N40.X', { sex: 'female' }], 'N40X'], [['N40.X / Q07.1', { sex: 'male' }], 'Q071']], leave: ['O80.0', ['O80.0', { sex: 'female' }], ['I10.X / M61.1', { sex: 'male' }]] },
  'wrong-age': { severity: 'warning', standard: /^(?:ICD-10 5th Edition|OPCS-4\.11)$/, find: [[['P22.0', { age: 40 }], 'P220'], [['O80.0', { age: 7 }], 'O800'], [['O80.0 / R17.2', { age: 61 }], 'O800']], leave: ['P22.0', ['P22.0', { age: 0 }], ['O80.0', { age: 60 }]] },
  'supplement-first': { severity: 'error', standard: /^PRule 7$/, find: [['H26.9 / Z94.2', 'Z942'], ['H26.9 / Y53.2; W90.3', 'Y532'], ['H26.9 / Z84.6 W90.3', 'Z846']], leave: ['H26.9', 'H26.9 / C75.1 C71.2 Z94.2', 'M06.9 / W90.3 Y53.2 Z84.6 Z94.2'] },
  'pair-order': { severity: 'error', standard: /^PConvention 2$/, find: [['H26.9 / C71.2 C75.1 Z94.2', 'C712 C751'], ['H26.9 / C71.2; C75.1; Z94.3', 'C712 C751'], ['H26.9 / C72.9 C75.4 Z94.2', 'C729 C754']], leave: ['H26.9 / C75.1 C71.2 Z94.2', 'H26.9 / C71.2 Z94.2', 'H26.9 / C75.1 C71.2 C79.1 Z94.3'] },
  'side-missing': { severity: 'warning', standard: /^PCSZ2$/, find: [['H26.9 / C75.1 C71.2', 'C751 C712'], ['M17.9 / W90.3 Z84.6', 'W903'], ['G56.0 / A65.1', 'A651']], leave: ['H26.9 / C75.1 C71.2 Z94.2', 'G35.X / X28.1', 'M17.9 / W90.3 Z84.6; Z94.3'] },
  'side-before': { severity: 'warning', standard: /^PCSZ2$/, find: [['H26.9 / C75.1 Z94.2 C71.2', 'Z942 C712'], ['H26.9 / C75.1; Z94.3; C71.2', 'Z943 C712'], ['H26.9 / C75.1 C71.2 Z94.2; C79.1', 'Z942 C791']], leave: ['H26.9 / C75.1 C71.2 Z94.2', 'H26.9 / C75.1 Z94.2 C71.2 Z94.2', 'H26.9 / C75.1 C71.2 Z94.2; X28.1'] },
};
const of = (example: Example) => (typeof example === 'string' ? problemsOf(example) : problemsOf(...example));
const named = (check: EpisodeCheckId, example: Example): string[] => of(example).filter((one) => one.check === check).map(({ codes }) => codes.join(' '));

let tried = 0;
let bad = 0;
afterAll(() => { console.info(`checks of a coded episode: tried ${tried}, bad ${bad}`); expect(tried).toBeGreaterThan(90); });

describe('the checks of a coded episode', () => {
  it.each(episodeCheckIds)('%s finds what speaks against a sequence, names the codes and the standard, and leaves the others alone', (check) => {
    const { find, leave, severity, standard } = examples[check];
    for (const [example, codes] of find) {
      tried += 1;
      bad += 1;
      expect(named(check, example), JSON.stringify(example)).toContain(codes);
      expect(of(example).filter((one) => one.check === check).map((one) => `${one.severity} ${standard.test(one.standard)}`)[0]).toBe(`${severity} true`);
      bad -= 1;
    }
    for (const example of leave) { tried += 1; bad += 1; expect(named(check, example), JSON.stringify(example)).toEqual([]); bad -= 1; }
    expect([find.length >= 3, leave.length >= 3]).toEqual([true, true]);
  });

  it('says nothing of a whole and ordinary episode', () => {
    expect(problemsOf('H26.9; E11.9; I10.X / C75.1 C71.2 C64.7 Z94.2', { sex: 'female', age: 78 })).toEqual([]);
    expect(problemsOf('G62.9; E11.4 G63.2 / X28.1')).toEqual([]);
    // Bilateral in one visit: the side once, after all.
    expect(problemsOf('H26.9 / C75.1 C71.2 Z94.1')).toEqual([]);
  });

  it('asks for an external cause less loudly where primary-only coding may do without, and repeats of an operation least of all', () => {
    expect(problemsOf('S72.0', { depth: 'primary' }).map(({ check, severity }) => `${check} ${severity}`)).toEqual(['external-missing information']);
    expect(problemsOf('G35.X / X28.1; X28.1').map(({ check, severity }) => `${check} ${severity}`)).toEqual(['double-code information']);
  });

  it('lists errors first, then warnings, then the rest, and answers the same for the same sequence whatever it is', () => {
    const codes = ['H269', 'I10X', 'E114', 'G632', 'S720', 'W199', 'R51X', 'G439', 'A990'];
    const procedures = ['C751', 'C712', 'Z942', 'X281', 'Y532', 'Q991'];
    const unit = (all: string[]) => fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 3 }).map((one) => one.join(' '));
    let runs = 0;
    fc.assert(fc.property(fc.array(unit(codes), { maxLength: 5 }), fc.array(unit(procedures), { maxLength: 4 }), (one, other) => {
      runs += 1;
      const found = problemsOf(`${one.join(';')} / ${other.join(';')}`);
      const severities = found.map(({ severity }) => ['error', 'warning', 'information'].indexOf(severity));
      expect(severities).toEqual([...severities].sort());
      expect(problemsOf(`${one.join(';')} / ${other.join(';')}`)).toEqual(found);
      // Whatever is said is about codes that are there.
      const all = new Set([...one, ...other].flatMap((codesOf) => codesOf.split(' ')));
      expect(found.flatMap((problem) => problem.codes).filter((code) => !all.has(code))).toEqual([]);
      // Nothing is complete without a primary diagnosis.
      expect(found.some(({ check }) => check === 'no-primary')).toBe(one.length === 0);
    }), { numRuns: 300 });
    console.info(`sequences: tried ${runs}, bad 0`);
    expect(runs).toBeGreaterThan(0);
  });
});
