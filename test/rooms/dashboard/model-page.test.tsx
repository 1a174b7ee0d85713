// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelPage, type ModelPageProps } from '../../../components/dashboard/model-page.js';
import { createWords } from '../../../components/words.js';
import { learnedView } from '../../../entrypoints/dashboard/learned.js';
import type { EventBody, EventId } from '../../../lib/model/decision.js';
import type { CodeName, Phrase, WordsForApproval } from '../../../lib/model/learning.js';
import type { Locale } from '../../../lib/model/language.js';
import { accept, finish, forget, rows } from '../learning/invented-decisions.js';

/** A department: 400 neurology episodes that override as usual and then leave it, 30 of rheumatology. */
function department(): readonly EventBody[] {
  const bodies: EventBody[] = [];
  for (let at = 1; at <= 400; at += 1) bodies.push(accept(at, at % 40 === 0 ? 'G379' : 'G35X', at % 2 === 0 ? 'ms' : 'multiple sclerosis'), finish(at, 5, at > 380 ? 1 : at % 2 === 0 ? 4 : 5));
  for (let at = 401; at <= 430; at += 1) bodies.push(accept(at, 'M069', 'ra', { specialty: 'rheumatology' as never }), finish(at, 2, 2, 'rheumatology'));
  return [...bodies, forget('ra', 'M069')];
}

const view = learnedView(rows(department()), { packs: null, rebased: new Map(), trained: null, before: null, device: '00000000000000aa', editions: null, relocked: new Map() }, (id) => id === 'neurology' ? 'Neurology' : 'Rheumatology');
const asked: string[] = [];
function shown(locale: Locale, part: Partial<ModelPageProps> = {}): HTMLElement {
  const noted = (name: string) => (...values: readonly unknown[]): void => { asked.push([name, ...values].join(' ')); };
  const kept = (name: string) => (...values: readonly unknown[]): Promise<boolean> => { asked.push([name, ...values].join(' ')); return Promise.resolve(true); };
  const props: ModelPageProps = {
    ...view, named: null, waiting: null, told: null, proposals: null, singleKeys: true, words: createWords(locale), onForget: noted('forget'), onTakeBack: kept('again'), onJudge: kept('judge'), onRebase: noted('rebase'), onExport: noted('export'), onPack: noted('pack'), onTrust: noted('trust'),
    onRemovePack: noted('remove-pack'), onModel: noted('model'), onRemoveModel: noted('remove-model'), onBringBack: noted('bring-back'), ...part,
  };
  act(() => { render(<main class="main"><ModelPage {...props} /></main>, document.body); });
  return document.body;
}
const press = (body: HTMLElement, words: string): void => { const button = [...body.querySelectorAll('button')].find((one) => one.textContent.startsWith(words)); if (!button) throw new Error(`No button “${words}”`); act(() => { button.click(); }); };

afterEach(() => { act(() => { render(null, document.body); }); asked.length = 0; });

describe('the page of what was learned', () => {
  it('says for each specialty how far the record is used, and why', () => {
    const body = shown('en-GB');
    expect([...body.querySelectorAll('h2')].map((one) => one.textContent).slice(0, 2)).toEqual(['Neurology: the record helps', 'Rheumatology: scored in silence']);
    expect(body.textContent).toContain('400 episodes coded. One key is taken back: coders overrode more than the limits of usual variation.');
    expect(body.textContent).toContain('30 episodes coded. Until 200 episodes are coded');
    press(body, 'I have looked at it');
    expect(asked).toEqual(['rebase neurology']);
  });

  it('shows every point of the chart and every sureness in a table, and the words with their record', () => {
    const body = shown('en-GB');
    const [chart, sure, words] = [...body.querySelectorAll('table')];
    expect(chart?.querySelectorAll('tbody tr').length).toBe(body.querySelector('svg.spc')?.querySelectorAll('.point').length);
    expect(chart?.textContent).toContain('Above the limit');
    expect(sure?.querySelectorAll('tbody tr').length).toBeGreaterThan(0);
    expect(words?.textContent).toContain('“multiple sclerosis”G35.Xaccepted 200 of 200 · 1 coder');
    expect(words?.textContent).toContain('“ms”G35.Xaccepted 190 of 200 · 1 coder');
  });

  it('forgets words, learns them again, and lists what is forgotten', () => {
    const body = shown('en-GB');
    press(body, 'Forget this');
    press(body, 'Learn it again');
    expect(asked[0]).toMatch(/^forget (ms|multiple sclerosis) ICD-10 G35X$/);
    expect(asked[1]).toMatch(/^again 00000000-/);
  });

  it('asks before it trusts a coder, and says in both languages why a pack was not taken', () => {
    let bad = 0;
    let tried = 0;
    for (const locale of ['en-GB', 'cy'] as const) {
      const body = shown(locale, { waiting: ['00000000000000bb'], told: { key: 'model.fail.tampered', values: { part: 2 } } });
      tried += 1;
      if (!body.querySelector('[role=status]')?.textContent.includes('2') || !body.querySelector('[role=alert]')?.textContent.includes('00000000000000bb') || /\{\{|model\./.test(body.textContent)) bad += 1;
    }
    press(document.body, 'Ymddiried');
    expect(asked).toEqual(['trust true']);
    console.info(`tried ${tried} languages, bad ${bad}`);
    expect(bad).toBe(0);
  });

  it('shows what the blind sample came to, each figure with its denominator, and that the board names whose packs are taken', () => {
    const blind = rows([...department(), ...Array.from({ length: 3 }, (_, at) => ({ ...finish(900 + at, 4, 3), diagnoses: 5, blind: at === 0 ? 'other' : 'same', quick: 1, quickKept: 1 }) as EventBody)]);
    const seen = learnedView(blind, { packs: null, rebased: new Map(), trained: null, before: null, device: '00000000000000aa', editions: null, relocked: new Map() }, (id) => id);
    let tried = 0;
    for (const [locale, lede, named] of [['en-GB', '3 episodes were drawn', 'names 2 coders'], ['cy', 'Tynnwyd 3 chyfnod', 'enwi 2 godydd']] as const) {
      const body = shown(locale, { ...seen, named: 2 });
      const table = [...body.querySelectorAll('table')].find((one) => one.textContent.includes(locale === 'cy' ? 'Prif ddiagnosisau' : 'Main diagnoses'));
      expect([...table?.querySelectorAll('tbody tr') ?? []].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent).join(' '))).toEqual(['9 12 75 %', '9 15 60 %', '2 3 67 %', '3 3 100 %']);
      expect(body.textContent).toContain(lede);
      expect(body.textContent).toContain(named);
      expect(body.textContent).not.toMatch(/\{\{|model\./);
      tried += 1;
    }
    console.info(`tried ${tried} languages, bad 0`);
  });

  it('proposes words for approval with their support and no example, hears one key a row, and tells who said what and when', async () => {
    const propose = (phrase: string, name: string, coders: number | null) => ({ phrase: phrase as Phrase, name: name as CodeName, accepted: 9, seen: 10, coders, label: { en: 'Multiple sclerosis' } });
    const waiting: WordsForApproval = {
      isSenior: true, proposed: [propose('wandering lesion', 'ICD-10 G35X', 3), propose('fatigue clinic', 'ICD-10 G933', null)], more: 2,
      judged: [{ phrase: 'white spot' as Phrase, name: 'ICD-10 G35X' as CodeName, verdict: 'approved', by: '00000000000000aa', event: 'e1' as EventId, at: Date.UTC(2026, 10, 3), label: null }, { phrase: 'grey spot' as Phrase, name: 'ICD-10 G35X' as CodeName, verdict: 'approved', by: '00000000000000bb', event: null, at: Date.UTC(2026, 9, 3), label: null }],
    };
    const pressed = async (key: string): Promise<void> => { await act(async () => { document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); await Promise.resolve(); }); };
    let tried = 0;
    for (const [locale, support, trained, more, when] of [['en-GB', 'accepted 9 of 10 · 3 coders', 'in 9 of the 10 training episodes', '2 more are listed', '3 Nov 2026'], ['cy', 'derbyniwyd 9 o 10 · 3 chodydd', 'mewn 9 o’r 10 cyfnod hyfforddi', 'Rhestrir 2 arall', '3 Tach 2026']] as const) {
      const body = shown(locale, { proposals: waiting, specialties: [], forgotten: [] });
      for (const part of [support, trained, more, when, '00000000000000bb']) expect(body.textContent).toContain(part);
      expect(body.textContent).not.toMatch(/\{\{|propose\./);
      tried += 1;
    }
    const body = shown('en-GB', { proposals: waiting, specialties: [], forgotten: [] });
    const row = (at: number): HTMLElement | undefined => document.body.querySelectorAll<HTMLElement>('tbody tr')[at]?.querySelector('button') ?? undefined;
    row(0)?.focus();
    await pressed('ArrowDown');
    await pressed('d');
    await pressed('a');
    await pressed('u');
    expect(asked).toEqual(['judge fatigue clinic ICD-10 G933 declined', 'judge fatigue clinic ICD-10 G933 approved', 'again e1']);
    expect(body.querySelector('section [role=status]')?.textContent).toBe('“white spot” for G35.X: taken back.');
    // The row that takes the place of the one that was judged is in hand.
    shown('en-GB', { proposals: { ...waiting, proposed: waiting.proposed.slice(0, 1) }, specialties: [], forgotten: [] });
    expect(document.activeElement?.textContent).toContain('wandering lesion');
    asked.length = 0;
    shown('en-GB', { proposals: waiting, specialties: [], forgotten: [], singleKeys: false });
    row(0)?.focus();
    await pressed('a');
    expect([asked, document.body.querySelectorAll('tbody kbd').length]).toEqual([[], 0]);
    console.info(`tried ${tried} languages and 5 keys, bad 0`);
  });

  it('brings back the model that was in use before, and says where one is made', () => {
    let tried = 0;
    for (const [locale, where, back] of [['en-GB', 'on the page “Train”', 'Bring back the model before it, of 3 episodes'], ['cy', 'ar y dudalen “Hyfforddi”', 'Dod â’r model blaenorol yn ôl, o 3 chyfnod']] as const) {
      expect(shown(locale, { model: null, modelBefore: null }).textContent).toContain(where);
      press(shown(locale, { model: 60, modelBefore: 3 }), back);
      tried += 1;
    }
    expect(asked.map((one) => one.split(' ')[0])).toEqual(['bring-back', 'bring-back']);
    console.info(`tried ${tried} languages, bad 0`);
  });

  it('says what would be there while nothing is', () => {
    const body = shown('en-GB', { specialties: [], forgotten: [] });
    expect(body.textContent).toContain('Nothing is learned yet.');
  });
});
