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
    // A sentence with commas is no heading.
    ['COURSE: MRI Brain, 10/7/92, revealed: a mass. It was excised.', 'excised', 'course'],
  ];
  it.each(tried)('%s — %s', (text, words, kind) => { expect(partOf(text, words)).toBe(kind); });

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
