import fc from 'fast-check';
import { readCode, type ClinicalCode, type CodeSystem } from '../../../lib/model/code.js';
import { codeOrigins, codingDepths, type CodedUnit } from '../../../lib/model/coded-episode.js';
import type { EpisodeKey, EventId } from '../../../lib/model/event-id.js';
import type { CodedRecord } from '../../../lib/sync/coded-record.js';

/** Codes as a person writes them: the first is named, the others follow. */
export function codesOf(written: string): [ClinicalCode, ...ClinicalCode[]] {
  const [first, ...more] = written.split(' ').map((one) => { const code = readCode(one); if (code === null) throw new Error(one); return code; });
  if (first === undefined) throw new Error('no codes');
  return [first, ...more];
}

let made = 0;
export function unitOf(system: CodeSystem, written: string, list = system === 'ICD-10' ? 'icd-10-5th-edition' : 'opcs-4.11'): CodedUnit {
  made += 1;
  return { id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}` as EventId, system, codes: codesOf(written), origin: 'suggestion', list };
}

export const episodeKey = 'a'.repeat(63).concat('1') as EpisodeKey;

/** A cataract of the right eye in a diabetic, and its day-case operation. */
export const cataract: CodedRecord = {
  coded: { episode: episodeKey, diagnoses: [unitOf('ICD-10', 'E11.3 H28.0'), unitOf('ICD-10', 'I10')], procedures: [unitOf('OPCS-4', 'C75.1 Z94.2'), unitOf('OPCS-4', 'C71.2 Z94.2')], coded: null },
  depth: 'full',
};

const unit = (system: CodeSystem): fc.Arbitrary<CodedUnit> => fc.record({
  id: fc.uuid().map((id) => id as EventId), system: fc.constant(system),
  codes: fc.array(fc.stringMatching(system === 'ICD-10' ? /^[A-Z][0-9]{2}[0-9X]$/ : /^[A-Z][0-9]{3}$/).map((code) => code as ClinicalCode), { minLength: 1, maxLength: 4 }).map(([first, ...more]) => [first as ClinicalCode, ...more] as const),
  origin: fc.constantFrom(...codeOrigins), list: fc.constantFrom('icd-10-5th-edition', 'opcs-4.10', 'opcs-4.11'),
});

/** Any coded episode, with codes and whole units that may come twice. */
export const anyRecord: fc.Arbitrary<CodedRecord> = fc.record({
  coded: fc.record({
    episode: fc.stringMatching(/^[0-9a-f]{64}$/).map((key) => key as EpisodeKey),
    diagnoses: fc.uniqueArray(unit('ICD-10'), { maxLength: 8, selector: ({ id }) => id }), procedures: fc.uniqueArray(unit('OPCS-4'), { maxLength: 8, selector: ({ id }) => id }),
    coded: fc.option(fc.uuid().map((id) => id as EventId)),
  }),
  depth: fc.constantFrom(...codingDepths),
});
