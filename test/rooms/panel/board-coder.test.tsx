// @vitest-environment happy-dom
/** What the board's own coder proposes, in the panel: each code with its words, decided by a person as any other. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { BoardCoder, type BoardCoderProps } from '../../../components/panel/board-coder.js';
import type { Proposed } from '../../../components/panel/code-units.js';
import { createWords } from '../../../components/words.js';
import type { BoardSuggestion } from '../../../lib/model/auto-coder.js';
import type { ClinicalCode, CodeSystem } from '../../../lib/model/code.js';
import type { CodedEpisode } from '../../../lib/model/coded-episode.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { EpisodeKey, EventId } from '../../../lib/model/decision.js';
import type { DocumentId } from '../../../lib/model/document.js';
import type { BoardPart, BoardRow, Quote, RecordView } from '../../../lib/model/review.js';
import { inventedCoding } from './invented-coding.js';

const key: ContextKey = { tab: 1, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: 'p1' as Fingerprint, episode: 'e1' as Fingerprint, note: 'n' };
const row = (system: CodeSystem, code: string, ...quoted: readonly string[]): BoardRow => {
  const quotes = quoted.map((words, at): Quote => ({ key, document: 'op' as DocumentId, version: 1, span: { start: at * 50, end: at * 50 + words.length }, words }));
  const evidence = quotes.map(({ document, version, span }) => ({ document, version, span }));
  return { suggestion: { system, code: code as ClinicalCode, confidence: 0.9, evidence: evidence as unknown as BoardSuggestion['evidence'] }, label: { en: `What ${code} is called`, cy: `Enw ${code}`, translation: 'draft' }, quotes };
};
// Hypertension is on offer by itself in the invented coding, C75.1 in a group; Z92.1 is not on offer.
const rows = [row('ICD-10', 'Z921', 'on warfarin', 'INR 2.4'), row('ICD-10', 'I10X', 'HTN'), row('OPCS-4', 'C751', 'IOL inserted')];
const view: BoardPart = { host: 'coder.example', state: { kind: 'answered', answer: { model: 'Ward coder 3', suggestions: rows.map(({ suggestion }) => suggestion), refused: {} } }, rows, refused: [] };
const coding = inventedCoding(key, { operation: 'op', letter: 'letter' });
const nobody: CodedEpisode = { episode: 'e' as EpisodeKey, diagnoses: [], procedures: [], rejected: [], depth: null, coded: null };
const recordWith = (coded: CodedEpisode): RecordView => ({ coding, coded, documents: [{ id: 'op', key, title: 'Operation note', date: null, language: 'en', rows: [] }] }) as unknown as RecordView;

const told: string[] = [];
const standings = new Map<string, ReturnType<BoardCoderProps['desk']['standing']>>();
const say = (what: string, unit: Proposed): void => { told.push(`${what} ${unit.system} ${unit.codes.join('+')} ${unit.quotes[0]?.words ?? 'no words'}`); };
const desk: BoardCoderProps['desk'] = {
  standing: ({ name }) => standings.get(name) ?? { kind: 'open' },
  accept: (unit, origin) => say(origin, unit), edit: (unit) => say('edit', unit), reject: (unit) => say('reject', unit), undo: (unit) => say('undo', unit),
};
function shown(part: Partial<BoardCoderProps> = {}, locale: 'en-GB' | 'cy' = 'en-GB'): HTMLElement {
  act(() => { render(<BoardCoder view={view} record={recordWith(nobody)} words={createWords(locale)} timeOf={String} desk={desk} onAgree={() => undefined} onShow={({ span }) => { told.push(`show ${span.start}`); }} {...part} />, document.body); });
  return document.body;
}
afterEach(() => { act(() => { render(null, document.body); }); told.length = 0; standings.clear(); });
const rowFor = (body: HTMLElement, code: string): HTMLElement => [...body.querySelectorAll<HTMLElement>('li.code')].find((one) => one.querySelector('.cc')?.textContent === code) as HTMLElement;
const buttons = (of: HTMLElement): string[] => [...of.querySelectorAll('.acts button')].map((one) => one.textContent?.trim() ?? '');
const press = (of: HTMLElement, name: string): void => { act(() => { [...of.querySelectorAll<HTMLButtonElement>('button')].find((one) => one.textContent?.trim().startsWith(name))?.click(); }); };

describe.each([['en-GB', 'Accept', 'Edit', 'Reject'], ['cy', 'Derbyn', 'Golygu', 'Gwrthod']] as const)('what the board’s coder proposes, in %s', (locale, accept, edit, reject) => {
  it('shows every code with its name, all its words and where they stand, and nothing of it is chosen', () => {
    const body = shown({}, locale);
    expect([...body.querySelectorAll('li.code .quote')].map((one) => one.textContent)).toEqual(['“on warfarin”', '“INR 2.4”', '“HTN”', '“IOL inserted”']);
    expect([...body.querySelectorAll('li.code .cl .sp')].map((one) => one.textContent)).toEqual(['Z921', 'I10X', 'C751'].map((code) => (locale === 'cy' ? `Enw ${code}` : `What ${code} is called`)));
    for (const one of body.querySelectorAll('li.code')) { expect(one.textContent).toContain('Ward coder 3'); expect(one.textContent).toContain('Operation note'); expect(one.querySelector('.mark')).toBeNull(); }
    expect(buttons(rowFor(body, 'Z92.1'))).toEqual([`${accept} Z92.1`, `${edit} Z92.1`, `${reject} Z92.1`]);
    expect(told).toEqual([]);
  });
  it('is accepted, edited or rejected with its first words', () => {
    const body = shown({}, locale);
    for (const [name, what] of [[accept, 'board'], [edit, 'edit'], [reject, 'reject']] as const) {
      press(rowFor(body, 'Z92.1'), name);
      expect(told.at(-1)).toBe(`${what} ICD-10 Z921 on warfarin`);
    }
  });
});

describe('a code of the board’s coder', () => {
  it('is undone where it was accepted or rejected, and only said to be saved while it is', () => {
    standings.set('board ICD-10 Z921', { kind: 'pending' });
    standings.set('board ICD-10 I10X', { kind: 'accepted', event: 'e' as EventId, instead: null });
    const body = shown();
    expect([buttons(rowFor(body, 'Z92.1')), rowFor(body, 'Z92.1').querySelector('.mark')?.textContent]).toEqual([[], 'saving']);
    expect([buttons(rowFor(body, 'I10.X')), rowFor(body, 'I10.X').querySelector('.mark')?.textContent]).toEqual([['Edit I10.X', 'Undo I10.X'], 'accepted']);
    press(rowFor(body, 'I10.X'), 'Undo');
    expect(told).toEqual(['undo ICD-10 I10X HTN']);
  });
  it('that Nodi offers in a group is decided there, and one that stands in a group of the episode is not put in twice', () => {
    const body = shown();
    expect(buttons(rowFor(body, 'C75.1'))).toEqual([]);
    expect(rowFor(body, 'C75.1').textContent).toContain('offered above with the codes that go with it: decide there');
    expect(rowFor(body, 'I10.X').textContent).toContain('offered above as well');
    expect(rowFor(body, 'Z92.1').textContent).not.toContain('offered above');
    const group = { id: 'u' as EventId, system: 'ICD-10' as const, codes: ['D683', 'Z921'] as unknown as CodedEpisode['diagnoses'][number]['codes'], origin: 'search' as const, list: 'icd-10-5th-edition' };
    shown({ record: recordWith({ ...nobody, diagnoses: [group] }) });
    expect([buttons(rowFor(body, 'Z92.1')), rowFor(body, 'Z92.1').querySelector('.mark')?.textContent]).toEqual([[], 'in the episode already, within D68.3 and 1 with it']);
  });
  it('shows its words where they stand', () => {
    const body = shown();
    act(() => { rowFor(body, 'Z92.1').querySelectorAll<HTMLButtonElement>('.quote')[1]?.click(); });
    expect(told).toEqual(['show 50']);
  });
});
