import { describe, expect, it } from 'vitest';
import { openCoder } from '../../../entrypoints/batch/coder.js';

const coder = openCoder();

/** Shown codes of a note in order of recording, ICD-10 then OPCS-4; the primary diagnosis first. */
function coded(text: string, specialty: string | null, depth: 'full' | 'primary' = 'full'): { readonly icd: readonly string[]; readonly opcs: readonly string[]; readonly rejected: readonly string[]; readonly rules: readonly string[]; readonly prompts: readonly string[]; readonly abstained: readonly string[] } {
  const { coding } = coder.code(text, specialty, depth);
  const shown = coding.suggestions.filter((one) => one.shown).sort((a, b) => a.position - b.position);
  return {
    icd: shown.filter((one) => one.system === 'ICD-10').map((one) => one.code), opcs: shown.filter((one) => one.system === 'OPCS-4').map((one) => one.code),
    rejected: coding.rejected.map((one) => `${one.code} ${one.because.join(' ')}`), rules: [...new Set(shown.flatMap((one) => one.because as readonly string[]))], prompts: shown.flatMap((one) => one.prompts), abstained: coding.abstentions.map((one) => `${one.system} ${one.role} ${one.reason}`),
  };
}

type Check = (text: string, specialty?: string) => void;
const primary = (code: string): Check => (text, specialty = 'neurology') => { expect(coded(text, specialty).icd[0], text).toBe(code); };
const includes = (code: string): Check => (text, specialty = 'neurology') => { expect([...coded(text, specialty).icd, ...coded(text, specialty).opcs], text).toContain(code); };
const excludes = (code: string): Check => (text, specialty = 'neurology') => { expect([...coded(text, specialty).icd, ...coded(text, specialty).opcs], text).not.toContain(code); };
const opcs = (codes: string): Check => (text, specialty = 'ophthalmology') => { expect(coded(text, specialty).opcs.filter((code) => !/^(?:C90|Y8)/.test(code)).join(' '), text).toBe(codes); };

let tried = 0;
/** A rule with examples for and against it. */
function rule(id: string, what: string, cases: readonly (readonly [check: Check, text: string, specialty?: string])[]): void {
  describe(id, () => { it.each(cases.map((one, at) => [`${what} ${at + 1}`, one] as const))('%s', (_, [check, text, specialty]) => { tried += 1; check(text, specialty); }); });
}

rule('DGCS.1', 'the main condition treated or investigated comes first, else the main symptom', [
  [primary('G35X'), 'Day case natalizumab infusion.\nDiagnosis: Relapsing remitting MS\nPMH: hypertension, asthma.'],
  [primary('G932'), 'Elective admission for lumbar puncture.\nDiagnosis: IIH\nPMHx: T2DM'],
  [primary('G402'), 'Reason for admission: seizures\nImpression: temporal lobe epilepsy.'],
  [primary('R51X'), 'Reason for admission: headache\nPlan: MRI as outpatient. Cause not found.'],
  [primary('R202'), 'Reason for admission: tingling of the fingers\nImpression: ?CTS, for NCS.'],
  [excludes('E149'), 'Diagnosis: migraine\nFamily history: diabetes.'],
]);
rule('DGCS.1 specificity', 'general words give way to precise ones', [
  [excludes('G409'), 'Diagnosis: epilepsy\nJuvenile myoclonic epilepsy, well controlled on valproate.'], [includes('G403'), 'Diagnosis: epilepsy\nJuvenile myoclonic epilepsy, well controlled on valproate.'],
  [excludes('H269'), 'Diagnosis: cataract\nNuclear sclerotic cataract right eye.', 'ophthalmology'], [includes('E119'), 'Diagnosis: migraine\nPMH: diabetes. T2DM on metformin.'], [excludes('E149'), 'Diagnosis: migraine\nPMH: diabetes. T2DM on metformin.'], [includes('G439'), 'Diagnosis: migraine'],
]);
rule('DGCS.2', 'probable, presumed, treat as, working diagnosis are coded; possible, likely, suspected, ? are not', [
  [includes('G510'), 'Diagnosis: probable Bell\'s palsy'], [includes('G610'), 'Working diagnosis: Guillain-Barre syndrome'], [includes('G049'), 'Treated as encephalitis with aciclovir.'], [includes('G459'), 'Impression: presumed TIA'],
  [excludes('G35X'), 'Diagnosis: ?MS'], [excludes('G610'), 'Impression: possible Guillain-Barre syndrome'], [excludes('M316'), 'Reason for admission: headache. Suspected GCA.', 'rheumatology'], [excludes('G459'), 'Impression: likely TIA'], [excludes('I64X'), 'Reason for admission: weakness, query stroke'],
]);
rule('DGCS.3', 'conditions that stay are recorded beside the main one', [
  [includes('I10X'), 'Diagnosis: multiple sclerosis\nPMH: hypertension'], [includes('J459'), 'Diagnosis: IIH\nPast medical history: asthma'], [includes('I489'), 'Operation: left phaco and IOL\nDiagnosis: cataract\nPMHx: AF', 'ophthalmology'],
  [excludes('J189'), 'Diagnosis: multiple sclerosis\nPMH: pneumonia 2015'], [excludes('I10X'), 'Diagnosis: migraine\nMother has hypertension.'], [excludes('E119'), 'Diagnosis: migraine\nNo T2DM.'],
]);
rule('DGCS.5', 'a dagger stands before its asterisk, and an asterisk never leads', [
  [primary('L405'), 'Diagnosis: psoriatic arthritis', 'rheumatology'], [includes('M073'), 'Diagnosis: psoriatic arthritis', 'rheumatology'], [includes('G632'), 'Diagnosis: diabetic polyneuropathy'],
  [excludes('M073'), 'Diagnosis: psoriasis', 'rheumatology'], [excludes('G632'), 'Diagnosis: diabetes. Polyneuropathy, cause not known.'], [primary('E114'), 'Diagnosis: diabetic polyneuropathy'],
]);
rule('DCS.IV.1', 'diabetes has a complication only where the record says that it is due to it', [
  [includes('E119'), 'Diagnosis: cataract\nPMH: type 2 diabetes', 'ophthalmology'], [includes('E109'), 'Diagnosis: cataract\nPMH: T1DM', 'ophthalmology'], [includes('E149'), 'Diagnosis: cataract\nPMH: diabetes', 'ophthalmology'],
  [excludes('E113'), 'Diagnosis: cataract\nPMH: type 2 diabetes', 'ophthalmology'], [excludes('H280'), 'Diagnosis: cataract in a patient with diabetes', 'ophthalmology'], [includes('H280'), 'Diagnosis: diabetic cataract', 'ophthalmology'],
]);
rule('DCS.IX.1', 'hypertension only where the patient is said to have it', [
  [includes('I10X'), 'Diagnosis: migraine\nPMH: HTN'], [includes('I10X'), 'Diagnosis: migraine\nHypertensive, on ramipril.'], [includes('I10X'), 'Diagnosis: migraine\nPMH: essential hypertension'],
  [excludes('I10X'), 'Diagnosis: migraine\nOn examination BP 180/100'], [excludes('I10X'), 'Diagnosis: IIH\nIdiopathic intracranial hypertension since 2020'], [excludes('I10X'), 'Diagnosis: migraine\nNo hypertension'],
]);
rule('DCS.VII.1', 'age-related and nuclear say H25, white and mature say H26.9', [
  [primary('H251'), 'Diagnosis: nuclear sclerotic cataract', 'ophthalmology'], [primary('H269'), 'Diagnosis: mature white cataract', 'ophthalmology'], [primary('H258'), 'Diagnosis: nuclear sclerotic and cortical cataract', 'ophthalmology'],
  [excludes('H251'), 'Diagnosis: cataract', 'ophthalmology'], [excludes('H251'), 'Diagnosis: mature white cataract', 'ophthalmology'], [excludes('H269'), 'Diagnosis: age-related cataract', 'ophthalmology'],
]);
rule('DCS.XVIII', 'a symptom that belongs to a coded diagnosis is not coded beside it', [
  [excludes('R51X'), 'Reason for admission: headache\nDiagnosis: migraine with aura'], [excludes('R568'), 'Reason for admission: seizure\nDiagnosis: epilepsy'], [excludes('M255'), 'Reason for admission: joint pain\nDiagnosis: rheumatoid arthritis', 'rheumatology'],
  [includes('R568'), 'Reason for admission: seizure\nImpression: first seizure, cause not found'], [includes('R51X'), 'Reason for admission: headache\nDiagnosis: headache'], [includes('M255'), 'Reason for admission: joint pain\nImpression: joint pain, no synovitis', 'rheumatology'],
]);
rule('PConvention2', 'the lens goes before the extraction, and the side comes last', [
  [opcs('C751 C712 Z942'), 'Operation: right phaco and IOL\nDiagnosis: cataract'], [opcs('C751 C712 Z943'), 'Procedure: Phacoemulsification with intraocular lens implantation, left eye.\nDiagnosis: cataract'], [opcs('C751 C712 Z941'), 'Operation: bilateral phacoemulsification with lens implant\nDiagnosis: cataract'],
  [opcs('C751 C712 C791 Z943'), 'Operation: left phaco + IOL, anterior vitrectomy\nDiagnosis: cataract'], [opcs('C712 Z942'), 'Operation: right phacoemulsification, left aphakic by intent\nDiagnosis: cataract right eye'.replace('left aphakic', 'aphakic')], [opcs('C751 C712'), 'Operation: phaco and IOL\nDiagnosis: cataract'],
]);
rule('PCSZ2', 'the side is coded once and never guessed', [
  [includes('Z942'), 'Operation: R phaco/IOL\nDiagnosis: cataract', 'ophthalmology'], [includes('Z943'), 'Operation: L phaco + IOL under topical\nDiagnosis: cataract', 'ophthalmology'], [includes('Z942'), 'Procedure: aspiration of right knee\nDiagnosis: gout', 'rheumatology'],
  [excludes('Z942'), 'Operation: phaco and IOL\nDiagnosis: cataract', 'ophthalmology'], [excludes('Z943'), 'Operation: phaco and IOL\nDiagnosis: cataract', 'ophthalmology'], [excludes('Z942'), 'Operation: right phaco and IOL, left eye draped\nDiagnosis: cataract left eye', 'ophthalmology'],
]);
rule('PRule1', 'only what was done is coded', [
  [includes('A559'), 'Procedure: lumbar puncture\nDiagnosis: IIH'], [includes('U221'), 'Procedure performed: video telemetry\nDiagnosis: dissociative seizures'], [includes('A523'), 'Operation: epidural blood patch\nDiagnosis: post lumbar puncture headache'],
  [excludes('A559'), 'Diagnosis: headache\nPlan: lumbar puncture next week'], [excludes('A559'), 'Diagnosis: headache\nShe declined; no lumbar puncture was done.'], [excludes('A559'), 'Diagnosis: headache\nConsent: lumbar puncture'],
]);
rule('history-code', 'a past cancer, stroke or infarct has the code of its history', [
  [includes('Z853'), 'Diagnosis: migraine\nPMH: breast cancer 2009'], [includes('Z867'), 'Diagnosis: migraine\nPrevious stroke, no deficit'], [includes('I252'), 'Diagnosis: epilepsy\nPMH: myocardial infarction 2012'],
  [excludes('Z853'), 'Diagnosis: migraine\nMother had breast cancer'], [excludes('Z867'), 'Diagnosis: migraine\nNo history of stroke'], [excludes('C509'), 'Diagnosis: migraine\nPMH: breast cancer 2009'],
]);
rule('PCSX24', 'a drug has its own code only where the current list has it', [
  [includes('X281'), 'Procedure: infliximab infusion\nDiagnosis: rheumatoid arthritis', 'rheumatology'], [includes('X281'), 'Procedure: IVIg infusion\nDiagnosis: CIDP'], [includes('X281'), 'Procedure: rituximab infusion\nDiagnosis: rheumatoid arthritis', 'rheumatology'],
  [excludes('X921'), 'Procedure: infliximab infusion\nDiagnosis: rheumatoid arthritis', 'rheumatology'], [excludes('X961'), 'Procedure: IVIg infusion\nDiagnosis: CIDP'], [excludes('X921'), 'Procedure: tocilizumab infusion\nDiagnosis: GCA', 'rheumatology'],
]);
rule('PRule7', 'Y and Z are never first', [
  [(text, specialty = 'ophthalmology') => { expect(coded(text, specialty).opcs[0]).not.toMatch(/^[YZ]/); }, 'Operation: right eye phaco and IOL under GA', 'ophthalmology'],
  [(text, specialty = 'rheumatology') => { expect(coded(text, specialty).opcs[0]).not.toMatch(/^[YZ]/); }, 'Procedure: left knee injection under ultrasound', 'rheumatology'],
  [(text) => { expect(coded(text, 'neurology').opcs).toEqual([]); }, 'Right sided headache. Diagnosis: migraine'],
]);
rule('assertion', 'what is denied, the family\'s, past, planned or feared is not coded', [
  [excludes('G409'), 'Diagnosis: syncope. No epilepsy.'], [excludes('G35X'), 'Diagnosis: migraine. Her mother had multiple sclerosis.'], [excludes('G000'), 'Diagnosis: migraine. Advised to return if meningitis.'], [excludes('H330'), 'Operation: right phaco and IOL\nConsent: infection, bleeding, retinal detachment', 'ophthalmology'],
  [includes('G409'), 'Diagnosis: syncope. Known epilepsy.'], [includes('G35X'), 'Diagnosis: multiple sclerosis. Her mother is well.'], [includes('G039'), 'Diagnosis: meningitis.'],
]);

describe('the engine', () => {
  it('abstains with a reason rather than guess', () => {
    expect(coded('Reviewed on the ward. Eating and drinking. Home today.', 'neurology')).toMatchObject({ icd: [], opcs: [], abstained: ['ICD-10 primary nothing-codable'] });
    expect(coded('Impression: ?MS', 'neurology').abstained).toEqual(['ICD-10 primary only-uncertain']);
    expect(coded('Operation: phaco and IOL, right eye, left eye\nDiagnosis: cataract', 'ophthalmology').abstained).toContain('OPCS-4 secondary conflict');
  });
  it('says why not', () => {
    expect(coded('Diagnosis: migraine. No epilepsy.', 'neurology').rejected).toContain('G409 negated');
    expect(coded('Reason for admission: headache\nDiagnosis: migraine', 'neurology').rejected).toContain('R51X DCS.XVIII symptom-of-diagnosis');
  });
  it('asks for the side where an operation has one and the note names none', () => {
    expect(coded('Operation: phaco and IOL\nDiagnosis: cataract', 'ophthalmology').prompts).toContain('prompt.side');
  });
  it('shows the main condition with its partner and the main group only, when that is enough', () => {
    const text = 'Operation: right phaco and IOL\nDiagnosis: cataract\nPMH: hypertension, T2DM, asthma';
    expect(coded(text, 'ophthalmology', 'primary')).toMatchObject({ icd: ['H269'], opcs: ['C751', 'C712', 'Z942'] });
    expect(coded(text, 'ophthalmology', 'full').icd.length).toBe(4);
  });
  it('has tried every example', () => { console.info(`rule examples tried ${tried}`); expect(tried).toBeGreaterThan(80); });
});
