import { describe, expect, it } from 'vitest';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { findMentions, findSideConflicts, readText, type SidedDocument } from '../../../lib/analysis/index.js';
import type { DocumentId, DocumentKind } from '../../../lib/model/document.js';

const coder = openCoder();
type Note = readonly [kind: DocumentKind, date: string | null, text: string];

/** What contradicts what in an invented record: `Right | left cataract surgery`. */
function conflicts(notes: readonly Note[], specialty = 'ophthalmology'): readonly string[] {
  const documents = notes.map(([kind, date, text], at): SidedDocument => {
    const read = readText(coder.asserter, text);
    return { document: { id: `d${at}` as DocumentId, version: 1, kind, date, text }, mentions: findMentions(coder.lexicon, read, specialty), sentence: read.sentence };
  });
  const words = (id: string, start: number, end: number): string => documents.find(({ document }) => document.id === id)?.document.text.slice(start, end) ?? '';
  return findSideConflicts(documents).map(({ document, span, related }) => [words(document, span.start, span.end), ...related.map((place) => words(place.document, place.span.start, place.span.end))].join(' | '));
}

const rightPhaco: Note = ['operation-note', '2026-11-12', 'Diagnosis\tR NS++ cataract\n\nProcedure\tOperation performed: Right phacoemulsification + IOL\n\nNo complications.'];
const leftPhaco: Note = ['operation-note', '2026-11-05', 'Diagnosis: L cataract\nOperation: L phaco + IOL\nCCC, hydrodissection, divide and conquer. IOL in the bag.'];

const contradicting: readonly (readonly [why: string, found: string, notes: readonly Note[], specialty?: string])[] = [
  ['a letter awaits the other eye', 'Right | left cataract surgery', [rightPhaco, ['clinic-letter', '2026-11-03', 'Plan: DaTSCAN; review in three months. She is awaiting left cataract surgery at your day unit.']]],
  ['listed for the other eye', 'Right | L phaco + IOL', [rightPhaco, ['clinic-letter', '2026-09-17', 'Dear Dr Bevan,\nVA R 6/24, L 6/12. She has been listed for L phaco + IOL.']]],
  ['pre-assessment for the other eye', 'L | right phaco', [leftPhaco, ['pre-assessment', '2026-10-19', 'Operation planned: right phaco under LA\nNKDA. Can lie flat.']]],
  ['the discharge letter tells of the other eye', 'Right | left cataract surgery', [rightPhaco, ['discharge-letter', '2026-11-12', 'Dear Dr Pugh,\nThis lady came today and underwent left cataract surgery without problems.']]],
  ['the diagnosis of the note itself names the other eye', 'Right | L cataract', [['operation-note', '2026-11-12', 'Diagnosis: L cataract\nOperation: Right phaco + IOL\nNo complications.']]],
  ['the side after the words', 'Right | cataract extraction to the left eye', [rightPhaco, ['clinic-letter', '2026-10-01', 'She is booked for cataract extraction to the left eye.']]],
  ['undated letter', 'Right | left cataract operation', [rightPhaco, ['referral', null, 'Thank you for seeing her. She is waiting for her left cataract operation.']]],
  ['the note contradicts itself further down', 'Right | Left phaco', [['operation-note', '2026-11-12', 'Operation: Right phaco + IOL\nUnder sub-Tenon’s block. Left phaco through a 2.2 mm wound, IOL in the bag.']]],
  ['the wrong wrist', 'Right | left carpal tunnel release', [['operation-note', '2026-11-12', 'Operation: Right carpal tunnel release\nTourniquet 12 min.'], ['clinic-letter', '2026-09-01', 'She is listed for left carpal tunnel release.']], 'rheumatology'],
];

const agreeing: readonly (readonly [why: string, notes: readonly Note[], specialty?: string])[] = [
  ['the same side', [rightPhaco, ['clinic-letter', '2026-09-17', 'Listed for R phaco + IOL.']]],
  ['an earlier operation of the other eye', [rightPhaco, ['clinic-letter', '2026-11-03', 'PMH: left cataract surgery 2019, hypertension.']]],
  ['the lens of the other eye', [rightPhaco, ['clinic-letter', '2026-11-03', 'Left eye pseudophakic. VA R 6/24, L 6/9.']]],
  ['listed for an eye that has its lens by now', [['operation-note', '2026-11-12', 'Diagnosis: R cataract, L pseudophakia\nOperation: R phaco + IOL'], ['clinic-letter', '2026-06-01', 'Listed for L phaco + IOL.']]],
  ['acuities and pressures of both eyes', [leftPhaco, ['clinic-letter', '2026-09-17', 'L > R cataract. VA R 6/12, L 6/24. IOP R 15, L 16. She has no wish to go ahead with the right eye just yet.']]],
  ['the second eye later', [leftPhaco, ['discharge-letter', '2026-11-05', 'Left phaco + IOL went well. We shall list her for right phaco + IOL in due course.']]],
  ['a cataract in both eyes', [leftPhaco, ['clinic-letter', '2026-09-17', 'Diagnosis: R cataract, L cataract. Listed for L phaco + IOL.']]],
  ['both eyes planned', [leftPhaco, ['clinic-letter', '2026-09-17', 'Listed for bilateral phaco + IOL, left eye first.']]],
  ['both eyes planned, the other named', [rightPhaco, ['clinic-letter', '2026-09-17', 'Listed for bilateral phaco + IOL (left first).']]],
  ['two operations with a note each', [leftPhaco, rightPhaco, ['clinic-letter', '2026-09-17', 'Listed for L phaco + IOL.']]],
  ['a letter of years before', [rightPhaco, ['clinic-letter', '2023-02-01', 'Listed for L phaco + IOL.']]],
  ['the mother’s eye', [rightPhaco, ['clinic-letter', '2026-09-17', 'Family history: mother had left cataract surgery.']]],
  ['another part of the body', [rightPhaco, ['clinic-letter', '2026-11-03', 'Left hand tremor, worse at rest. Right arm swing reduced. Listed for left carpal tunnel release.']]],
  ['not decided', [rightPhaco, ['clinic-letter', '2026-09-17', 'She may need left cataract surgery. ?left phaco.']]],
  ['denied', [rightPhaco, ['clinic-letter', '2026-09-17', 'No plans for left cataract surgery.']]],
  ['both knees at one sitting', [['operation-note', '2026-11-12', 'Procedure: Right knee joint injection with triamcinolone. Left knee joint injection with triamcinolone.']], 'rheumatology'],
];

describe('sides that contradict each other', () => {
  it.each(contradicting.map((one) => [one[0], one] as const))('%s', (_, [, found, notes, specialty]) => { expect(conflicts(notes, specialty)).toEqual([found]); });
  it.each(agreeing.map((one) => [one[0], one] as const))('no false alarm: %s', (_, [, notes, specialty]) => { expect(conflicts(notes, specialty)).toEqual([]); });
  it('is said in Welsh notes too', () => {
    expect(conflicts([rightPhaco, ['clinic-letter', '2026-11-03', 'Mae’n disgwyl am lawdriniaeth cataract ar y llygad chwith yn eich uned ddydd.']])).toEqual(['Right | lawdriniaeth cataract ar y llygad chwith']);
    expect(conflicts([leftPhaco, ['clinic-letter', '2026-09-01', 'Cafodd lawdriniaeth cataract ar y llygad dde yn 2019.']])).toEqual([]);
  });
  it('tried', () => { console.info(`side conflicts: tried ${contradicting.length}, false alarms looked for ${agreeing.length}`); expect(contradicting.length).toBeGreaterThanOrEqual(6); });
});
