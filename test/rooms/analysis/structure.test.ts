import { describe, expect, it } from 'vitest';
import { readings } from '../../../assets/starter.js';
import { createAsserter, readText } from '../../../lib/analysis/index.js';

const asserter = createAsserter(readings);

/** The kind of the part in which the words stand. */
function partOf(text: string, words: string): string {
  const at = text.indexOf(words);
  expect(at, words).toBeGreaterThanOrEqual(0);
  return readText(asserter, text).sectionAt(at).kind;
}

describe('the parts of a note', () => {
  const tried: readonly (readonly [string, string, string])[] = [
    // A review of systems goes on under the names of body systems; an examination does too.
    ['Review of systems:\nHEENT: denies headache.\nGI: nausea at times.\nExamination:\nGI: soft.', 'nausea', 'screening'],
    ['Review of systems:\nCardiovascular: palpitations.\nVital signs: stable.\nCardiovascular: murmur.', 'murmur', 'examination'],
    ['REVIEW OF SYSTEMS,CONSTITUTIONAL SYMPTOMS: Tired.,NECK:  Stiff.,PHYSICAL EXAMINATION,GENERAL: Obese.', 'Stiff', 'screening'],
    ['REVIEW OF SYSTEMS,CONSTITUTIONAL SYMPTOMS: Tired.,NECK:  Stiff.,PHYSICAL EXAMINATION,GENERAL: Obese.', 'Obese', 'examination'],
    ['Adolygiad systemau:\nNiwrolegol: pen tost.\nArchwiliad:\nNiwrolegol: gwendid.', 'pen tost', 'screening'],
    ['Adolygiad systemau:\nNiwrolegol: pen tost.\nArchwiliad:\nNiwrolegol: gwendid.', 'gwendid', 'examination'],
    // An impression may be sorted by system.
    ['Impression:\nNeuro: epilepsy, well controlled.\nCVS: atrial fibrillation.', 'atrial', 'impression'],
    ['Neuro: alert.\nAbdomen: soft, a scar.', 'scar', 'examination'],
    // A numbered list after a heading whose line break was lost.
    ['EXTREMITIES:  Swollen knee.,ASSESSMENT,1.  Torn meniscus.,2.  Obesity.,PLAN: , Rest.', 'Torn', 'impression'],
    ['EXTREMITIES:  Swollen knee.,ASSESSMENT,1.  Torn meniscus.,2.  Obesity.,PLAN: , Rest.', 'Rest', 'plan'],
    ['Seen in clinic. Plan, 1. Rest.', 'Rest', 'other'],
    // What a heading names is of its own part.
    ['HISTORY: Numb toes.,NERVE CONDUCTION STUDIES: , Sural responses absent.', 'NERVE', 'investigations'],
    ['PAST MEDICAL CONDITIONS: asthma.\nPLAN AND SUGGESTION: spirometry.', 'asthma', 'history'],
    ['PAST MEDICAL CONDITIONS: asthma.\nPLAN AND SUGGESTION: spirometry.', 'spirometry', 'plan'],
    // A differential is a part of its own, in a line or a list.
    ['DIFFERENTIAL DIAGNOSIS: migraine, stroke.\nPLAN: MRI', 'stroke', 'differential'],
    ['Differential diagnosis:\n1. Multiple sclerosis\n2. Migraine\nPlan: MRI', 'Migraine', 'differential'],
    ['Diagnosis gwahaniaethol:\n1. Meigryn\nCynllun: MRI', 'Meigryn', 'differential'],
    // Short headings of UK notes, with a dash or a number.
    ['Presenting Complaint - left knee pain\nBackground - rheumatoid arthritis', 'left knee', 'reason'],
    ['Presenting Complaint - left knee pain\nBackground - rheumatoid arthritis', 'rheumatoid', 'history'],
    ['Assessment & Plan: gout.', 'gout', 'impression'],
    ['Diagnosis 1: Rheumatoid arthritis\nDiagnosis 2: Osteoporosis', 'Osteoporosis', 'diagnosis'],
    ['FHx: stroke\nSHx: smoker\nDHx: metformin\nIx: CT head NAD', 'metformin', 'drugs'],
    ['FHx: stroke\nSocial Hx: smoker', 'smoker', 'social'],
    // A letter's own telling follows its lists without a heading.
    ['Diagnoses:\n1. Multiple sclerosis\n\nMedication:\nbaclofen\n\nI reviewed this lady, who has a tremor.', 'tremor', 'other'],
    ['Diagnoses:\n\n1. Multiple sclerosis\n\n2. Hypertension\n\nShe has a tremor.', 'Hypertension', 'diagnosis'],
    ['Diagnosis:\n\nThis lady has gout.', 'gout', 'diagnosis'],
    ['Meddyginiaeth: baclofen\n\nGwelais y claf hwn. Mae cryndod arno.', 'cryndod', 'other'],
    // Words of its own in a heading that a colon closes; without the colon they are a sentence.
    ['Reason for MRI scan: left sciatica.\nOrthopaedic examination: limp.', 'sciatica', 'reason'],
    ['Reason for MRI scan: left sciatica.\nOrthopaedic examination: limp.', 'limp', 'examination'],
    ['Impression: gout.\nNormal neurological examination\nPseudogout less likely', 'Pseudogout', 'impression'],
    ['Rheswm dros y sgan: sciatica chwith.', 'sciatica', 'reason'],
    ['ROS Head and Eyes: headaches.\nExam Neck: stiff.', 'headaches', 'screening'],
    ['Initial differential diagnosis: stroke.', 'stroke', 'differential'],
    // A sentence with commas is no heading.
    ['COURSE: MRI Brain, 10/7/92, revealed: a mass. It was excised.', 'excised', 'course'],
  ];
  it.each(tried)('%s — %s', (text, words, kind) => { expect(partOf(text, words)).toBe(kind); });

  it('doubt what a differential lists', () => {
    const text = 'Differential diagnosis:\n1. Multiple sclerosis\n2. Migraine\nImpression: headache';
    const read = readText(asserter, text);
    const certainty = (words: string): string => read.assert({ start: text.indexOf(words), end: text.indexOf(words) + words.length }, true).assertion.certainty;
    expect([certainty('Multiple sclerosis'), certainty('Migraine'), certainty('headache')]).toEqual(['uncertain', 'uncertain', 'certain']);
  });

  it('cover the text in order, whatever it is', () => {
    let count = 0;
    for (const [text] of tried) {
      const { sections } = readText(asserter, text);
      let at = 0;
      for (const { span, heading } of sections) { expect(heading?.start ?? span.start).toBe(at); expect(span.end).toBeGreaterThanOrEqual(span.start); at = span.end; count += 1; }
      expect(at).toBe(text.length);
    }
    console.info(`sections tried ${count}, bad 0`);
    expect(count).toBeGreaterThan(20);
  });
});
