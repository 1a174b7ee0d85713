// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { BlindHidden, BlindShown } from '../../../components/panel/blind-note.js';
import { CodesList, type CodesListProps } from '../../../components/panel/codes.js';
import { commandFor, type Situation } from '../../../components/panel/commands.js';
import { createWords } from '../../../components/words.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { DocumentId } from '../../../lib/model/document.js';
import { sideConflictRule } from '../../../lib/model/diagnostic.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import type { EventId } from '../../../lib/model/decision.js';
import { unknownEpisode } from '../../../lib/model/episode.js';
import type { Locale } from '../../../lib/model/language.js';
import type { CodingView, ProblemRow, Quote, RecordView, ReviewedDocument } from '../../../lib/model/review.js';
import type { EditionId } from '../../../lib/model/rulebook.js';
import type { Suggestion } from '../../../lib/model/suggestion.js';
import { inventedCoding, inventedEditions } from './invented-coding.js';

const key: ContextKey = { tab: 1, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: 'p1' as Fingerprint, episode: 'e1' as Fingerprint, note: 'n' };
const noDetails = { authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes: 0 } as const;
const documentOf = (id: string, title: string): ReviewedDocument => ({ id: id as DocumentId, key, kind: 'other', channel: 'text', title, date: null, author: null, episode: null, language: 'en', details: noDetails, rows: [] });
const coding = inventedCoding(key, { operation: 'op', letter: 'letter' });
const record: RecordView = {
  subject: { kind: 'known', subject: { fingerprint: 'p1' as Fingerprint, identifier: '', initials: 'E P', lastDigits: '504' } }, episode: unknownEpisode, specialty: 'unknown', edition: '7' as EditionId,
  documents: [documentOf('op', 'Operation note'), documentOf('letter', 'Clinic letter')], gaps: [{ kind: 'image', count: 1, title: null, document: null }], missing: [], cards: [], depthReason: { ground: { kind: 'department' }, missing: [], answered: [], status: 'placeholder' }, coding, coded: null, checks: [], names: [], depth: 'full', details: noDetails, muted: [], frames: { read: 1, silent: 0 },
};
const nothing: Situation = { record: true, row: true, codes: true, earned: true, episode: false, finishable: false, auditable: false, loggable: false, logged: false, dismissable: false, askable: false, copyable: false, undoable: false, redoable: false, unreadable: false, muted: false, filtered: false, untaught: false, letters: false, page: true, singleKeys: true, without: [] };

const shownQuotes: Quote[] = [];
const holding: string[] = [];
const selected: Suggestion[] = [];
function shown(locale: Locale, part: Partial<CodesListProps> = {}): HTMLElement {
  act(() => {
    render(<CodesList record={record} coding={coding} depth="full" words={createWords(locale)} commandOf={(event) => commandFor(event, 'list', nothing, {})?.id ?? null} chordOf={(id) => (id === 'row.why' ? 'W' : null)} desk={null}
      onShow={(quote) => { shownQuotes.push(quote); }} onSelect={(suggestion) => { selected.push(suggestion); }} onHold={(places) => { holding.push(places.map((place) => place.document as string).join(' ')); }} {...part} />, document.body);
  });
  return document.body;
}
afterEach(() => { act(() => { render(null, document.body); }); shownQuotes.length = 0; selected.length = 0; holding.length = 0; });

const texts = (root: ParentNode, selector: string): string[] => [...root.querySelectorAll(selector)].map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? '');
/** Each section's heading with the codes of its rows; codes of one unit are joined by +. */
const outline = (body: HTMLElement): string[] => [...body.querySelectorAll('section.codes:not(.beside)')].map((section) => `${texts(section, 'h2')[0] ?? ''}: ${[...section.querySelectorAll('[role=option]')].map((one) => texts(one, '.cc').join('+')).join(', ')}`);
const current = (body: HTMLElement): string => texts(body, '[role=option][aria-selected=true] .cc').join('+');
/** A key goes where the focus is. True when it was answered. */
const press = (pressed: string): boolean => { let left = true; act(() => { left = document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true })) ?? true; }); return !left; };
/** The reasons of every row, one after the other: only the row in hand has its buttons. */
const openAll = (body: HTMLElement): void => { for (const row of body.querySelectorAll<HTMLElement>('[role=option]')) { act(() => { row.click(); }); act(() => { body.querySelector<HTMLButtonElement>('button.why')?.click(); }); } };
const begin = (body: HTMLElement): void => { body.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus(); };

describe.each(['en-GB', 'cy'] as const)('the codes on offer, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('stand by classification, the primary first, codes of one unit together, and the weak ones not at all', () => {
    const body = shown(locale);
    expect(outline(body)).toEqual(welsh
      ? ['Prif ddiagnosis ICD-10: H26.9', 'Prif driniaeth OPCS-4 · un uned o 4 cod: C75.1+C71.2+C64.7+Z94.2', 'Diagnosisau eilaidd ICD-10 · 3: E11.9, I10.X, I25.2']
      : ['Primary diagnosis ICD-10: H26.9', 'Primary procedure OPCS-4 · one unit of 4 codes: C75.1+C71.2+C64.7+Z94.2', 'Secondary diagnoses ICD-10 · 3: E11.9, I10.X, I25.2']);
    expect(body.textContent).not.toContain('G62.9');
    expect(texts(body, '[role=option] .cl .sp')).toContain(welsh ? 'Llawdriniaeth ar yr ochr dde' : 'Right sided operation');
    // A label is in the language chosen where it has one, says which it is in, and Welsh that nobody has reviewed is called a draft.
    const named = [...body.querySelectorAll('[role=option] .cl')].filter((one) => /^(?:I10|E11)/.test(one.textContent ?? '')).map((one) => `${one.querySelector('.sp')?.getAttribute('lang') ?? ''} ${texts(one, '.sp').join('')}`);
    expect(named).toEqual([`en Type 2 diabetes mellitus, without complications`, welsh ? 'cy Pwysedd gwaed uchel, wedi’i ddiagnosio' : 'en High blood pressure, diagnosed']);
    expect(texts(body, '.note.draft').length).toBe(welsh ? 1 : 0);
    console.info(`rows ${body.querySelectorAll('[role=option]').length}, codes ${body.querySelectorAll('.cc').length}`);
  });

  it('say what was read, how sure they are in bars and in words, and never a percentage', () => {
    const body = shown(locale);
    openAll(body);
    expect(texts(body, '.note')[0]).toMatch(welsh ? /^Darllenwyd 2 o 3 dogfen; 1 sgan yn annarllenadwy\. .*Nid yw dim cod yma’n golygu dim cyflwr/ : /^Read 2 of 3 documents; 1 scan not readable\. .*does not mean no condition/);
    expect(texts(body, '.band b')).toEqual(welsh ? ['Gweddol', 'Cryf', 'Gweddol', 'Cryf', 'Gwan'] : ['Fair', 'Strong', 'Fair', 'Strong', 'Slight']);
    expect([...body.querySelectorAll('.bars')].map((bars) => bars.querySelectorAll('rect[fill=currentColor]').length)).toEqual([2, 3, 2, 3, 1]);
    expect(texts(body, '.band .small')[0]).toBe(welsh ? 'wedi’i enwi gyda’r llawdriniaeth; cyfateb i deitl; dim cofnod lleol eto' : 'named with the operation; title match; no local record yet');
    expect(body.textContent).not.toMatch(/%|per ?cent|y cant|0\.\d|7134|\b71\b/u);
  });

  it('show the words that prove them once each, where they stand, and what would make them more precise', () => {
    const body = shown(locale);
    const [first, second] = [...body.querySelectorAll('.cd')];
    if (!first || !second) throw new Error('no words');
    const quotes = texts(first, '.quote');
    expect(quotes[0]).toBe('“NS++ cataract”');
    expect(quotes[1]).toMatch(/^“cataract of the right eye.* …”$/);
    expect(quotes[1]?.length).toBeLessThan(126);
    expect(texts(first, '.q .small')).toEqual(['Operation note', 'Clinic letter']);
    expect(texts(first, '.prompt')[0]).toContain(welsh ? 'Math o gataract heb ei nodi' : 'Type of cataract not stated');
    expect(texts(second, '.quote')).toEqual(['“Right phacoemulsification + IOL”', '“iris hooks ×4”']);
    expect(texts(second, '.prompt')).toEqual(['prompt.not-written-yet']);
    act(() => { body.querySelectorAll<HTMLButtonElement>('.cd .quote')[2]?.click(); });
    expect(shownQuotes.map((quote) => [quote.document, quote.words])).toEqual([['op', 'Right phacoemulsification + IOL']]);
    console.info(`quotes ${texts(body, '.cd .quote').length}`);
  });

  it('say why, and why not, with the words that spoke against', () => {
    const body = shown(locale);
    expect(texts(body, '.rules li')).toEqual([]);
    openAll(body);
    const rules = texts(body, '.rules li');
    expect(rules[0]).toMatch(/^DGCS\.1: \S/);
    expect(rules).toContain('a-rule-without-words');
    expect(rules.filter((rule) => rule.startsWith('PConvention 2'))).toHaveLength(1);
    expect(texts(body, '.whynot s')).toEqual(['H25.1', 'I48.9', 'G35.X']);
    expect(texts(body, '.whynot .vh')).toEqual(welsh ? ['Ni chynigir H25.1:', 'Ni chynigir I48.9:', 'Ni chynigir G35.X:'] : ['H25.1 not offered:', 'I48.9 not offered:', 'G35.X not offered:']);
    expect(texts(body, '.whynot .small').slice(1)).toEqual(welsh ? ['wedi’i wadu (“no”)', 'nid y claf ei hun (“mother”)'] : ['denied (“no”)', 'not the patient’s own (“mother”)']);
    act(() => { body.querySelectorAll<HTMLButtonElement>('.whynot .quote')[1]?.click(); });
    expect(shownQuotes.map((quote) => quote.words)).toEqual(['no AF']);
    console.info(`rules ${rules.length}, rejected ${texts(body, '.whynot s').length}`);
  });

  it('abstain in a row of their own, with the reason', () => {
    expect(texts(shown(locale), '.abstain')).toEqual([welsh ? 'Dim ochr yn cael ei chynnig Mae’r cofnod yn enwi’r ddwy ochr. Gwiriwch cyn codio.' : 'No side offered The record names both sides. Check before you code.']);
    const alone: CodingView = { suggestions: [], rejected: [], abstentions: [{ system: 'ICD-10', role: 'primary', reason: 'only-uncertain' }, { system: 'OPCS-4', role: 'primary', reason: 'nothing-codable' }], editions: inventedEditions };
    expect(texts(shown(locale, { coding: alone }), '.abstain b')).toEqual(welsh ? ['Dim prif ddiagnosis yn cael ei gynnig', 'Dim prif driniaeth yn cael ei chynnig'] : ['No primary diagnosis offered', 'No primary procedure offered']);
    expect(texts(shown(locale, { coding: { suggestions: [], rejected: [], abstentions: [], editions: inventedEditions } }), '.note').at(-1)).toBe(welsh ? 'Ni chynigir cod o’r hyn a ddarllenwyd.' : 'No code is offered from what was read.');
  });

  it('fold what primary-only coding does not need, as unknown, and hide no refusal with it', () => {
    const body = shown(locale, { depth: 'primary' });
    expect(body.querySelectorAll('[role=option]').length).toBe(2);
    expect(texts(body, '.beside')).toEqual([welsh ? 'Eilaidd 3Dim angen ar gyfer codio’r prif rai yn unig; cedwir fel anhysbys, nid fel absennol.E11.9 · I10.X · I25.2' : 'Secondary 3Not needed for primary-only coding; kept as unknown, never as absent.E11.9 · I10.X · I25.2']);
    expect(texts(body, '.abstain')).toHaveLength(1);
    act(() => { body.querySelector<HTMLButtonElement>('.beside .head')?.click(); });
    expect(body.querySelectorAll('[role=option]').length).toBe(5);
    expect(body.querySelector('.beside .head')?.getAttribute('aria-expanded')).toBe('true');
  });
});

const sides: ProblemRow = {
  diagnostic: { rule: sideConflictRule, severity: 'conflict', kind: 'phrase', document: 'op' as DocumentId, version: 1, span: { start: 0, end: 5 }, side: 'right', codes: ['C751' as ClinicalCode], related: [{ document: 'letter' as DocumentId, version: 1, span: { start: 9, end: 30 }, side: 'left' }] },
  key, words: 'Right', state: { kind: 'open' }, logged: 0, copies: 0, fixes: [], related: [{ key, document: 'letter' as DocumentId, version: 1, span: { start: 9, end: 30 }, side: 'left', words: 'left cataract surgery' }],
};
const sided = (state: ProblemRow['state']): RecordView => ({ ...record, documents: record.documents.map((document) => (document.id === 'op' ? { ...document, rows: [{ ...sides, state }] } : document)) });

describe('a side that the record contradicts', () => {
  it.each(['en-GB', 'cy'] as const)('is said inside the suggestion, before its button, and shown by one press, in %s', (locale) => {
    const body = shown(locale, { record: sided({ kind: 'open' }) });
    const detail = body.querySelectorAll('.cd')[1];
    act(() => { body.querySelectorAll<HTMLElement>('[role=option]')[1]?.click(); });
    expect(texts(detail as Element, '.prompt')[1]).toBe(locale === 'cy' ? 'anghyson Ochr: chwith yn Clinic letter. Gwiriwch cyn codio. “left cataract surgery”' : 'conflict Side: left in Clinic letter. Check before you code. “left cataract surgery”');
    expect(detail?.lastElementChild?.querySelector('button.why')).not.toBeNull();
    act(() => { detail?.querySelector<HTMLButtonElement>('.prompt .m-conflict')?.click(); });
    expect(shownQuotes.map(({ words }) => words)).toEqual(['left cataract surgery']);
    expect(texts(body, '.cd .prompt').filter((one) => one.includes('left cataract'))).toHaveLength(1);
  });
  it('is not said any more once it was dismissed', () => {
    expect(texts(shown('en-GB', { record: sided({ kind: 'dismissed', event: 'e' as EventId }) }), '.prompt').filter((one) => one.includes('cataract surgery'))).toEqual([]);
  });
});

describe('the code in hand', () => {
  it('has all its words painted, the one under the pointer before it, and lets go when the codes leave', () => {
    const body = shown('en-GB');
    expect(holding).toEqual(['op letter']);
    begin(body);
    press('ArrowDown');
    expect(holding.at(-1)).toBe('op op');
    act(() => { body.querySelectorAll<HTMLElement>('[role=option]')[3]?.dispatchEvent(new Event('pointerenter')); });
    expect(holding.at(-1)).toBe('letter');
    act(() => { body.querySelectorAll<HTMLElement>('[role=option]')[3]?.dispatchEvent(new Event('pointerleave')); });
    expect(holding.at(-1)).toBe('op op');
    act(() => { render(null, document.body); });
    expect(holding.at(-1)).toBe('');
    console.info(`held ${holding.length}`);
  });

  it('tells which of its words is shown', () => {
    const body = shown('cy');
    begin(body);
    press(' ');
    expect(texts(body, '[role=status]')).toEqual(['1 o 2: NS++ cataract, Operation note']);
    press(' ');
    expect(texts(body, '[role=status]')[0]).toMatch(/^2 o 2: cataract of the right eye .* …, Clinic letter$/);
  });

  it('is the one whose words are pointed at in the note; the focus stays unless a key asked, and what is folded unfolds', () => {
    shown('en-GB', { depth: 'primary' });
    const body = shown('en-GB', { depth: 'primary', reached: { unit: 'ICD-10 5', byKey: false, turn: 1 } });
    expect(current(body)).toBe('I25.2');
    expect(document.activeElement).toBe(document.body);
    shown('en-GB', { depth: 'primary', reached: { unit: 'OPCS-4 9', byKey: true, turn: 2 } });
    expect(texts(document.activeElement ?? body, '.cc')[0]).toBe('C75.1');
  });

  it('gives way to the next words when the key for the next mark is pressed, from code to code', () => {
    const stepper: NonNullable<CodesListProps['stepper']> = { current: null };
    const body = shown('en-GB', { stepper });
    const seen: string[] = [];
    for (const by of [1, 1, 1, 1, 1, -1, -1] as const) { act(() => stepper.current?.(by)); seen.push(`${current(body).slice(0, 5)} ${shownQuotes.at(-1)?.words.slice(0, 5) ?? ''}`); }
    expect(seen).toEqual(['H26.9 NS++ ', 'H26.9 catar', 'C75.1 Right', 'C75.1 iris ', 'E11.9 T2DM', 'C75.1 iris ', 'C75.1 Right']);
  });
});

describe('the keys of the codes', () => {
  it('walk all rows, show the words one after the other, say why, and leave what is not theirs', () => {
    const body = shown('en-GB');
    begin(body);
    const walked = [current(body)];
    for (const each of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End']) { expect(press(each)).toBe(true); walked.push(current(body)); }
    expect(walked).toEqual(['H26.9', 'C75.1+C71.2+C64.7+Z94.2', 'E11.9', 'I10.X', 'I25.2', 'I25.2', 'I10.X', 'H26.9', 'I25.2']);
    expect(texts(document.activeElement ?? body, '.cc')).toEqual(['I25.2']);
    expect(selected.map(({ code }) => code as string)).toEqual(['C751', 'E119', 'I10X', 'I252', 'I10X', 'H269', 'I252']);
    press('Home');
    press(' '); press(' '); press(' ');
    expect(shownQuotes.map((quote) => quote.document as string)).toEqual(['op', 'letter', 'op']);
    press('w');
    expect(texts(body, '.rules')).toHaveLength(1);
    press('w');
    expect(texts(body, '.rules')).toHaveLength(0);
    expect(press('l')).toBe(false);
    expect(press('Enter')).toBe(false);
    expect(body.querySelectorAll('[role=option][tabindex="0"]')).toHaveLength(1);
    console.info(`rows walked ${walked.length}`);
  });

  it('go to the row that was pressed, and keep one row on the way of the Tab key', () => {
    const body = shown('en-GB');
    act(() => { body.querySelectorAll<HTMLElement>('[role=option]')[3]?.click(); });
    expect(current(body)).toBe('I10.X');
    expect(selected.map(({ code }) => code as string)).toEqual(['I10X']);
    expect(shownQuotes).toEqual([]);
    expect(texts(body, '.cd .quote[tabindex="0"]')).toEqual(['“known hypertension”']);
    expect(texts(body, 'kbd')).toEqual(['W']);
  });
});

describe.each(['en-GB', 'cy'] as const)('the record of a code, in %s', (locale) => {
  const welsh = locale === 'cy';
  it('says what coders decided before at the same words, and that one key is earned only where the whole unit has earned it', () => {
    const decided = (oneKey: boolean): CodesListProps['coding'] => ({ ...coding, suggestions: coding.suggestions.map((row) => (row.suggestion.code === 'H269' ? { ...row, suggestion: { ...row.suggestion, record: { accepted: 41, seen: 43, coders: 3, specialty: 'ophthalmology', oneKey } } } : row)) });
    const specialties = [{ id: 'ophthalmology' as never, name: { en: 'Ophthalmology', cy: 'Offthalmoleg' } }];
    const body = shown(locale, { coding: decided(false), specialties });
    expect(texts(body, '.band .small')[0]).toBe(welsh ? 'wedi’i enwi gyda’r llawdriniaeth; cyfateb i deitl; derbyniwyd 41 o 43 · 3 chodydd · offthalmoleg' : 'named with the operation; title match; accepted 41 of 43 · 3 coders · ophthalmology');
    expect(texts(body, '.one-key')).toEqual([]);
    expect(texts(shown(locale, { coding: decided(true), specialties }), '.one-key')).toEqual([welsh ? 'Un allwedd: mae’r cofnod wedi’i ennill' : 'One key: the record has earned it']);
  });
});

describe.each(['en-GB', 'cy'] as const)('an episode of the blind sample, in %s', (locale) => {
  it('says why nothing is on offer and how to go on, and afterwards that it was coded so', () => {
    let added = 0;
    act(() => { render(<BlindHidden words={createWords(locale)} chord="Ctrl+Shift+A" onAdd={() => { added += 1; }} />, document.body); });
    expect(texts(document.body, 'h2')).toEqual([locale === 'cy' ? 'Codio heb awgrymiadau' : 'Coded without suggestions']);
    act(() => { document.body.querySelector('button')?.click(); });
    expect([added, document.body.querySelectorAll('[role=option]').length]).toEqual([1, 0]);
    act(() => { render(<BlindShown words={createWords(locale)} />, document.body); });
    expect(texts(document.body, '[role=note]')[0]).toMatch(locale === 'cy' ? /^Codioch chi/ : /^You coded this episode without/);
  });
});

describe('one key', () => {
  const earnedBy = (...codes: readonly string[]): CodingView => ({ ...coding, suggestions: coding.suggestions.map((row) => (codes.includes(row.suggestion.code) ? { ...row, suggestion: { ...row.suggestion, record: { accepted: 87, seen: 87, coders: 4, specialty: 'ophthalmology', oneKey: true } } } : row)) });
  const operation = ['C751', 'C712', 'C647', 'Z942'];
  /** A desk that notes what it is asked, and knows what was accepted once the log has answered. */
  const deskOf = (asked: string[], accepted: Set<string> = new Set()): NonNullable<CodesListProps['desk']> => ({
    standing: (unit) => (accepted.has(unit.name) ? { kind: 'accepted', event: 'e' as EventId, instead: null } : { kind: 'open' }),
    accept: (unit, origin) => { asked.push(`${origin} ${unit.codes.join('+')} ${unit.quotes[0]?.words ?? 'no words'}`); },
    edit: () => undefined, reject: () => undefined, undo: () => undefined,
  });
  const open = (asked: string[], part: Partial<CodesListProps> = {}): HTMLElement => shown('en-GB', { desk: deskOf(asked), chordOf: (id) => (id === 'code.oneKey' ? 'A' : null), ...part });
  const marks = (body: HTMLElement): string[] => [...body.querySelectorAll('[role=option]')].filter((row) => row.querySelector('.one-key')).map((row) => `${texts(row, '.cc').join('+')} ${row.querySelector('.one-key svg') ? 'glyph' : ''} ${texts(row, '.one-key kbd').join()}`);

  it('accepts the unit that has earned it, whole and with its words, without walking to it, and says on that unit which key', () => {
    const asked: string[] = [];
    const body = open(asked, { coding: earnedBy(...operation, 'I10X') });
    begin(body);
    expect([current(body), ...marks(body)]).toEqual(['H26.9', 'C75.1+C71.2+C64.7+Z94.2 glyph A', 'I10.X glyph ']);
    expect(press('a')).toBe(true);
    expect(asked).toEqual(['one-key C751+C712+C647+Z942 Right phacoemulsification + IOL']);
    expect(current(body)).toBe('E11.9');
  });

  it('accepts one unit for each press: none again before the log has answered, none while the key is held down', () => {
    const asked: string[] = [];
    const body = open(asked, { coding: earnedBy('H269', 'I10X') });
    begin(body);
    press('a'); press('a');
    expect(asked.map((one) => one.split(' ')[1])).toEqual(['H269']);
    for (let at = 0; at < 5; at += 1) act(() => { document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', repeat: true, bubbles: true, cancelable: true })); });
    expect(asked).toHaveLength(1);
    open(asked, { coding: earnedBy('H269', 'I10X'), desk: deskOf(asked, new Set(['ICD-10 1'])) });
    press('a');
    expect(asked.map((one) => one.split(' ')[1])).toEqual(['H269', 'I10X']);
    console.info(`keys pressed 8, units accepted ${asked.length}`);
  });

  it('accepts nothing that has not earned it as a whole, whose side is contradicted, which is folded as unknown, or that is decided', () => {
    const tried: readonly (readonly [string, Partial<CodesListProps>])[] = [
      ['nothing earned', {}], ['half a unit', { coding: earnedBy('C751', 'C712') }], ['a contradicted side', { coding: earnedBy(...operation), record: sided({ kind: 'open' }) }],
      ['not needed', { coding: earnedBy('I10X'), depth: 'primary' }], ['no desk', { coding: earnedBy(...operation), desk: null }],
    ];
    const bad: string[] = [];
    for (const [name, part] of tried) {
      const asked: string[] = [];
      const earner: NonNullable<CodesListProps['earner']> = { current: null };
      const body = open(asked, { ...part, earner });
      begin(body);
      press('a');
      // The palette offers one key only where this is something.
      if (asked.length > 0 || body.querySelector('.one-key kbd') || earner.current !== null) bad.push(name);
      act(() => { render(null, document.body); });
    }
    const asked: string[] = [];
    const earner: NonNullable<CodesListProps['earner']> = { current: null };
    begin(open(asked, { coding: earnedBy(...operation), earner }));
    expect(earner.current).not.toBeNull();
    act(() => { render(null, document.body); });
    expect(earner.current).toBeNull();
    begin(open(asked, { coding: earnedBy('H269'), desk: deskOf(asked, new Set(['ICD-10 1'])) }));
    press('a');
    if (asked.length > 0) bad.push('decided');
    console.info(`tried ${tried.length + 1}, bad ${bad.length}`);
    expect(bad).toEqual([]);
  });

  it('is heard from the words of a row as from the row, and goes to the row in hand where that has earned it too', () => {
    const asked: string[] = [];
    const body = open(asked, { coding: earnedBy('H269', 'I10X') });
    act(() => { body.querySelectorAll<HTMLElement>('[role=option]')[3]?.click(); });
    expect(marks(body)).toEqual(['H26.9 glyph ', 'I10.X glyph A']);
    body.querySelector<HTMLElement>('.cd.is-current .quote')?.focus();
    press('a');
    expect(asked).toEqual(['one-key I10X known hypertension']);
  });
});
