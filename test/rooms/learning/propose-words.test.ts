import { describe, expect, it } from 'vitest';
import { openEpisodeCoder } from '../../../entrypoints/background/coder.js';
import { openCodersRecord } from '../../../entrypoints/background/coders-record.js';
import { packagedLexicon, shippedCodes } from '../../../entrypoints/batch/coder.js';
import { createCodeShelf, newest, shippedLists } from '../../../lib/codebook/index.js';
import { approvedEntries } from '../../../lib/coding/index.js';
import { checkDraft } from '../../../lib/log/index.js';
import { devicePart, judgedWords, learnFromDecisions, readPack, train, writeModel, writtenPart, type Pack } from '../../../lib/learning/index.js';
import type { EventBody, LogEvent } from '../../../lib/model/decision.js';
import type { ClinicalDocument } from '../../../lib/model/document.js';
import { partsOfCodeName, type CodeName, type LabelledCase } from '../../../lib/model/learning.js';
import { deviceKeys } from '../../../lib/settings/index.js';
import { accept, clickId, finish, reject, rows, undo } from './invented-decisions.js';

const { icd10, opcs4 } = shippedCodes();
const codes = createCodeShelf(shippedLists({ icd10, opcs4 })).on(newest);
const coder = openEpisodeCoder({ lexicon: packagedLexicon(), icd10 }, {});
const judge = (phrase: string, verdict: 'approved' | 'declined', code = 'G35X'): EventBody => ({ kind: 'phrase-judged', phrase, system: 'ICD-10', code, verdict });
/** Coders gave these words, each in so many episodes, this code. */
const given = (list: readonly (readonly [phrase: string, code: string, episodes: number])[], from = 1): readonly EventBody[] => list.flatMap(([phrase, code, episodes], at) => Array.from({ length: episodes }, (_, episode) => [accept(from + at * 100 + episode, code, phrase), finish(from + at * 100 + episode, 1, 1)]).flat());
const opened = async (bodies: readonly EventBody[], packs?: Pack, model?: unknown, seniors: readonly string[] | null = null, keys?: CryptoKeyPair) => {
  const events: LogEvent[] = [...rows(bodies)];
  const record = openCodersRecord(events, { read: (part) => Promise.resolve(part === 'packs' ? packs : part === 'model' ? model : part === 'keys' ? keys : undefined), write: () => Promise.resolve(), remove: () => Promise.resolve() }, () => null, () => ({ data: '', digestOf: () => '' }), () => seniors);
  await record.load();
  return record;
};
const proposed = async (bodies: readonly EventBody[], packs?: Pack): Promise<readonly string[]> => (await opened(bodies, packs)).proposals((phrase, name) => { const { system, code } = partsOfCodeName(name); return coder.knows(phrase, system, code); }).proposed.map(({ phrase, name, accepted, seen, coders }) => `${phrase} ${name} ${accepted}/${seen} by ${coders}`);

/** The codes on offer in a note, with the words that prove each. */
const codesIn = (text: string): readonly string[] => {
  const document = { id: 'note', version: 1, kind: 'clinic-letter', text } as unknown as ClinicalDocument;
  return coder.code([document], 'neurology' as never, codes, []).suggestions.filter(({ shown }) => shown).map(({ code, evidence: [{ span }] }) => `${code} “${text.slice(span.start, span.end)}”`);
};

describe('words that are proposed as terms', () => {
  it('are shared by three episodes and seven in ten of those that hold them, with what one word more or less would say left out', async () => {
    expect(await proposed(given([['wandering plaque', 'G35X', 2]]))).toEqual([]);
    expect(await proposed(given([['wandering plaque', 'G35X', 3]]))).toEqual(['wandering plaque ICD-10 G35X 3/3 by 1']);
    expect(await proposed([...given([['wandering plaque', 'G35X', 6]]), ...Array.from({ length: 3 }, (_, at) => reject(900 + at, 'G35X', 'wandering plaque'))])).toEqual([]);
    // Once with one word more and once with another: what they share is the term.
    expect(await proposed(given([['acute wandering plaque', 'G35X', 4], ['chronic wandering plaque', 'G35X', 5]]))).toEqual(['wandering plaque ICD-10 G35X 9/9 by 1']);
    const other = { kind: 'nodi-pack', schema: 1, parts: [{ part: devicePart(learnFromDecisions(rows(given([['wandering plaque', 'G35X', 4]]))), '00000000000000bb'), key: '', signature: '' }] } as const;
    expect(await proposed(given([['wandering plaque', 'G35X', 3]]), other)).toEqual(['wandering plaque ICD-10 G35X 7/7 by 2']);
  });

  it('are none that the lists know, none of a name, none short enough to be one, none of denied words and none that were forgotten', async () => {
    const tried: readonly (readonly EventBody[])[] = [
      given([['multiple sclerosis', 'G35X', 9]]), given([['blodwen plaque', 'G35X', 9]]).filter((body) => checkDraft({ id: clickId(1), edition: 'starter-1', body }, () => true).ok), given([['pq', 'G35X', 9]]),
      Array.from({ length: 9 }, (_, at) => accept(at + 1, 'G35X', 'wandering plaque', { flag: 'denied' })), [...given([['wandering plaque', 'G35X', 9]]), { kind: 'phrase-forgotten', phrase: 'wandering plaque', system: 'ICD-10', code: 'G35X' }],
      [...given([['wandering plaque', 'G35X', 9]]), judge('wandering plaque', 'declined')],
    ];
    const bad: string[] = [];
    for (const one of tried) bad.push(...(await proposed(one)).filter((line) => !line.startsWith('plaque ')));
    console.info(`tried ${tried.length} records, bad ${bad.length}`);
    expect(bad).toEqual([]);
  });

  it('are a term by the word of the senior coders that the board names, and of nobody else', async () => {
    const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const { device } = await deviceKeys({ read: () => Promise.resolve(keys), write: () => Promise.resolve() });
    const [senior, junior] = ['00000000000000aa', '00000000000000bb'];
    const approving = (name: string, phrase: string): Pack => ({ kind: 'nodi-pack', schema: 2, parts: [{ part: devicePart(learnFromDecisions(rows([])), name, judgedWords(rows([judge(phrase, 'approved')]))), key: '', signature: '' }] });
    const own = [...given([['wandering plaque', 'G35X', 3]]), judge('wandering plaque', 'approved')];
    const approvedBy = async (seniors: readonly string[] | null, packs: Pack): Promise<readonly string[]> => (await opened(own, packs, undefined, seniors, keys)).approved().map(({ phrase, by }) => `${phrase} ${by ?? 'own'}`);
    expect(await approvedBy(null, approving(junior, 'late plaque'))).toEqual(['wandering plaque own', 'late plaque 00000000000000bb']);
    expect(await approvedBy([senior], approving(junior, 'late plaque'))).toEqual([]);
    expect(await approvedBy([senior], approving(senior, 'late plaque'))).toEqual(['late plaque 00000000000000aa']);
    expect(await approvedBy([device], approving(junior, 'late plaque'))).toEqual(['wandering plaque own']);
    expect(await approvedBy([], approving(senior, 'late plaque'))).toEqual([]);
    // A junior's no does not stand against a senior's yes.
    expect((await opened([judge('late plaque', 'declined')], approving(senior, 'late plaque'), undefined, [senior], keys)).approved()).toHaveLength(1);
    expect([(await opened(own, undefined, undefined, [senior], keys)).isSenior(), (await opened(own, undefined, undefined, [device], keys)).isSenior(), (await opened(own)).isSenior()]).toEqual([false, true, true]);
  });

  it('come from a trained model too, with the episodes that it counted and no coder', async () => {
    const words = (text: string): LabelledCase['words'] => text.split(' ').reduce<LabelledCase['words']>((held, word) => { const start = held.at(-1)?.end ?? -1; return [...held, { folded: word, start: start + 1, end: start + 1 + word.length, sentence: 0 }]; }, []);
    const cases: LabelledCase[] = Array.from({ length: 60 }, (_, at) => ({ specialty: 'neurology', words: words(at % 2 ? `seen x${at} plaque y${at} today` : `seen x${at} stiff y${at} today`), candidates: [], flagOf: () => 'plain', codes: [(at % 2 ? 'ICD-10 G35X' : 'ICD-10 M069') as CodeName], spans: [], depth: 'full' }));
    const steps = train(cases, new Set(['plaque', 'seen', 'today', 'stiff']));
    let step = steps.next();
    while (!step.done) step = steps.next();
    const record = await opened([], undefined, writeModel(step.value.model));
    expect(record.proposals(() => false).proposed.filter(({ name }) => name === 'ICD-10 G35X').map(({ phrase, accepted, seen, coders }) => [phrase, accepted, seen, coders])).toEqual([['plaque', 30, 30, null]]);
  });
});

describe('words that are judged', () => {
  const note = 'Impression: wandering plaques of the left side. Plan: review.';
  const adopt = async (bodies: readonly EventBody[], packs?: Pack): Promise<boolean> => coder.adopt(approvedEntries((await opened(bodies, packs)).approved().map(({ phrase, name }) => ({ phrase, ...partsOfCodeName(name) }))));

  it('are used from their approval on, as the words that prove the code, and not after it is taken back or declined', async () => {
    const waiting = given([['wandering plaque', 'G35X', 3]]);
    const said: (readonly [string, readonly EventBody[], readonly string[]])[] = [
      ['proposed', waiting, []], ['approved', [...waiting, judge('wandering plaque', 'approved')], ['G35X “wandering plaques”']],
      ['taken back', [...waiting, judge('wandering plaque', 'approved'), undo(7)], []], ['declined after all', [...waiting, judge('wandering plaque', 'approved'), judge('wandering plaque', 'declined')], []],
    ];
    for (const [name, bodies, found] of said) { await adopt(bodies); expect([name, codesIn(note)]).toEqual([name, found]); }
    await adopt([judge('wandering plaque', 'approved')]);
    // As meant as any other term.
    expect(codesIn('Impression: no wandering plaques.')).toEqual([]);
    // A term of the lists that is longer stays what it is.
    await adopt([judge('sclerosis', 'approved', 'G379')]);
    expect(codesIn('Impression: multiple sclerosis, stable.')).toEqual(['G35X “multiple sclerosis”']);
    await adopt([]);
    console.info(`tried ${said.length + 2} states, bad 0`);
  });

  it('are proposed no more, and again once taken back', async () => {
    const waiting = given([['wandering plaque', 'G35X', 3]]);
    expect(await proposed([...waiting, judge('wandering plaque', 'approved')])).toEqual([]);
    expect(await proposed([...waiting, judge('wandering plaque', 'declined'), undo(7)])).toHaveLength(1);
  });

  it('go with a pack, with who and the day, are read back to the letter, and are declined where another coder will not have them', async () => {
    const events = rows([...given([['wandering plaque', 'G35X', 3]]), judge('wandering plaque', 'approved')]);
    const part = devicePart(learnFromDecisions(events), '00000000000000aa', judgedWords(events));
    expect(part.entries).toEqual([['wandering plaque', 'ICD-10 G35X', Date.UTC(2026, 8, 21)]]);
    const pack: Pack = { kind: 'nodi-pack', schema: 2, parts: [{ part, key: '', signature: '' }] };
    const read = readPack(JSON.parse(JSON.stringify(pack)), () => true);
    expect(read.ok && writtenPart(read.value.parts[0]?.part ?? part)).toBe(writtenPart(part));
    // A part without any is signed as it was before there were any.
    expect(writtenPart(devicePart(learnFromDecisions(events), '00000000000000aa')).startsWith('[1,"00000000000000aa"')).toBe(true);
    const there = await opened([], pack);
    expect(there.approved()).toEqual([{ phrase: 'wandering plaque', name: 'ICD-10 G35X', by: '00000000000000aa', at: Date.UTC(2026, 8, 21) }]);
    expect((await opened([judge('wandering plaque', 'declined')], pack)).approved()).toEqual([]);
    const damaged = [[['wandering plaque', 'ICD-10 G35X', 5]], [['wandering plaque', 'G35X', 0]], [['', 'ICD-10 G35X', 0]], [], 'text', [['a b c d e f g h i', 'ICD-10 G35X', 0]]];
    const bad = damaged.filter((entries) => readPack({ ...pack, parts: [{ part: { ...part, entries }, key: '', signature: '' }] }, () => true).ok);
    expect(readPack(pack, (word) => word !== 'plaque').ok).toBe(false);
    console.info(`tried ${damaged.length} damaged packs, taken ${bad.length}`);
    expect(bad).toEqual([]);
  });

  it('are let into the log only as words of the clinical lists', () => {
    const draft = (phrase: string) => checkDraft({ id: clickId(1), edition: 'starter-1', body: judge(phrase, 'approved') }, (word) => word !== 'blodwen');
    expect(['wandering plaque', 'blodwen plaque', '', 'Plaque'].map((phrase) => draft(phrase).ok)).toEqual([true, false, false, false]);
  });
});
