// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { CodeCard, CodeSearch, type CodeSearchProps } from '../../../components/panel/code-search.js';
import { EditionsLine } from '../../../components/panel/editions.js';
import { createWords } from '../../../components/words.js';
import type { CodesFound, EditionsOfDay } from '../../../lib/model/codebook.js';
import type { Locale } from '../../../lib/model/language.js';
import { inventedEditions } from './invented-coding.js';
import { inventedFound } from './invented-found.js';

const chosen: string[] = [];
const settle = (): Promise<void> => act(async () => { await new Promise((done) => { setTimeout(done, 0); }); });
async function shown(locale: Locale, part: Partial<CodeSearchProps> = {}): Promise<HTMLElement> {
  act(() => { render(<CodeSearch words={createWords(locale)} search={(asked) => Promise.resolve(inventedFound(asked))} onChoose={({ entry }) => { chosen.push(`${entry.system} ${entry.code}`); }} {...part} />, document.body); });
  await settle();
  return document.body;
}
afterEach(() => { act(() => { render(null, document.body); }); chosen.length = 0; });
const texts = (selector: string): string[] => [...document.body.querySelectorAll(selector)].map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? '');
const field = (): HTMLInputElement => { const found = document.body.querySelector('input'); if (!found) throw new Error('no field'); return found; };
const type = async (words: string): Promise<void> => { act(() => { field().value = words; field().dispatchEvent(new Event('input', { bubbles: true })); }); await settle(); };
const press = async (key: string): Promise<void> => { act(() => { field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); }); await settle(); };
const current = (): string => texts('[role=option][aria-selected=true] .cc')[0] ?? '';

describe.each(['en-GB', 'cy'] as const)('the search for codes, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('shows the code, what it is called, its classification, the words that led to it and its use', async () => {
    await shown(locale);
    expect(document.activeElement).toBe(field());
    await type('hypertension');
    expect(texts('[role=option]').map((row) => row.replace(/,/g, ''))).toEqual([welsh ? 'I10.X ein geiriau ni wedi’i ddewis ar gyfer y geiriau hyn 3 gwaith · ICD-10 · canfuwyd drwy “hypertension” · 3141592 y flwyddyn yn Lloegr' : 'I10.X our own words chosen for these words 3 times · ICD-10 · found by “hypertension” · 3141592 a year in England']);
    expect(texts('[role=status]')).toEqual([welsh ? '1 cod' : '1 code']);
    await type('zzz');
    expect(texts('[role=status]')).toEqual([welsh ? '0 cod' : '0 codes']);
  });

  it('is walked and chosen by keys, and only by Enter or a click', async () => {
    await shown(locale);
    await type('lens operation');
    expect(current()).toBe('C75.1');
    await press('ArrowDown');
    expect(current()).toBe('Q07.1');
    expect(field().getAttribute('aria-activedescendant')).toBe(document.body.querySelector('[aria-selected=true]')?.id);
    await press('ArrowDown');
    expect(current()).toBe('C75.1');
    expect(chosen).toEqual([]);
    await press('ArrowUp');
    await press('Enter');
    act(() => { document.body.querySelector<HTMLElement>('[role=option]')?.click(); });
    expect(chosen).toEqual(['OPCS-4 Q071', 'OPCS-4 C751']);
  });

  it('takes words that come late, unless something has been typed', async () => {
    await shown(locale);
    await shown(locale, { start: 'hypertension' });
    expect(field().value).toBe('hypertension');
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 12]);
    expect(current()).toBe('I10.X');
    await type('lens operation');
    await shown(locale, { start: 'AF' });
    expect(field().value).toBe('lens operation');
    expect(current()).toBe('C75.1');
  });

  it('offers the words that are selected in the note, and goes back by Backspace in an empty field', async () => {
    let back = 0;
    await shown(locale, { offered: ['known hypertension', 'AF'], onBack: () => { back += 1; } });
    expect(texts('[role=option]')).toEqual(welsh ? ['Chwilio am “known hypertension”', 'Chwilio am “AF”'] : ['Search for “known hypertension”', 'Search for “AF”']);
    await press('Enter');
    expect([field().value, current(), chosen.length]).toEqual(['known hypertension', 'I10.X', 0]);
    await press('Backspace');
    expect(back).toBe(0);
    await type('');
    await press('Backspace');
    expect(back).toBe(1);
  });

  it('drops an answer that comes after a later question, and says when none comes', async () => {
    const waiting = new Map<string, (found: CodesFound | null) => void>();
    await shown(locale, { search: (asked) => new Promise((done) => { waiting.set(asked, done); }) });
    await type('lens');
    await type('hypertension');
    act(() => { waiting.get('hypertension')?.(inventedFound('hypertension')); });
    act(() => { waiting.get('lens')?.(inventedFound('lens')); });
    await settle();
    expect(texts('.cc')).toEqual(['I10.X']);
    await type('more');
    act(() => { waiting.get('more')?.(null); });
    await settle();
    expect(texts('[role=status]')[0]).toMatch(welsh ? /^Nid atebodd/ : /^The search did not answer/);
  });

  it('tells all that the edition says of a code', () => {
    const card = (asked: string): string[] => {
      const [hit] = inventedFound(asked).hits;
      if (!hit) throw new Error(asked);
      act(() => { render(<CodeCard hit={hit} editions={inventedEditions} words={createWords(locale)} />, document.body); });
      return [...texts('h2'), ...texts('.small'), ...texts('.facts > div')];
    };
    expect(card('g632')).toEqual(welsh
      ? ['G63.2 ein geiriau ni', 'Geiriau Nodi ei hun: nid oes teitlau yn yr argraffiad ar y ddyfais hon.', 'ArgraffiadICD-10 5th Edition · 12 Tach 2026', 'Dagr neu serenseren: yr amlygiad, byth yn gyntaf nac ar ei ben ei hun', 'Oedrannau16 i 124 oed', 'Cyfnodau yn Lloegr, y flwyddyn120']
      : ['G63.2 our own words', 'Nodi’s own words: the edition on this device has no titles.', 'EditionICD-10 5th Edition · 12 Nov 2026', 'Dagger or asteriskasterisk: the manifestation, never first or alone', 'Ages16 to 124 years', 'Episodes in England, a year120']);
    expect(card('q07').join('|')).toContain(welsh ? 'Rhywbenyw yn unig' : 'Sexfemale only');
  });

  it('says by which editions codes are offered, and what is withheld', () => {
    const line = (editions: EditionsOfDay): string[] => { act(() => { render(<EditionsLine editions={editions} words={createWords(locale)} onOptions={() => { chosen.push('options'); }} />, document.body); }); return texts('.editions'); };
    expect(line(inventedEditions)).toEqual([welsh ? 'ICD-10 5th Edition · OPCS-4.11: mewn grym ar ddiwrnod y rhyddhau, 12 Tach 2026.' : 'ICD-10 5th Edition · OPCS-4.11: in force on the day of discharge, 12 Nov 2026.']);
    const missing = (kind: 'ended' | 'before-all' | 'none', nearest: string | null): EditionsOfDay => ({ ...inventedEditions, ground: 'today', systems: { ...inventedEditions.systems, 'OPCS-4': { ok: false, failure: { kind, nearest } } } });
    expect(line(missing('ended', 'OPCS-4.10'))).toEqual(welsh
      ? ['ICD-10 5th Edition: mewn grym heddiw, 12 Tach 2026; nid yw’r dudalen yn dangos derbyn na rhyddhau.', 'Ni chynigir cod OPCS-4: roedd OPCS-4.10 wedi dod i ben erbyn 12 Tach 2026, ac nid oes argraffiad diweddarach ar y ddyfais hon. Rhestrau codau']
      : ['ICD-10 5th Edition: in force today, 12 Nov 2026; the page shows neither admission nor discharge.', 'No code of OPCS-4 is offered: OPCS-4.10 had ended by 12 Nov 2026, and no later edition is on this device. Code lists']);
    act(() => { document.body.querySelector<HTMLButtonElement>('.withheld button')?.click(); });
    expect(chosen).toEqual(['options']);
    const sentences = [missing('ended', 'X'), missing('before-all', 'X'), missing('none', null)].map((one) => line(one)[1]);
    expect(new Set(sentences).size).toBe(3);
    console.info(`sentences of missing editions ${sentences.length}`);
  });
});
