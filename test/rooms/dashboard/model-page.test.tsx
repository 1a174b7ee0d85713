// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelPage, type ModelPageProps } from '../../../components/dashboard/model-page.js';
import { createWords } from '../../../components/words.js';
import { learnedView } from '../../../entrypoints/dashboard/learned.js';
import type { EventBody } from '../../../lib/model/decision.js';
import type { Locale } from '../../../lib/model/language.js';
import { accept, finish, forget, rows } from '../learning/invented-decisions.js';

/** A department: 400 neurology episodes that override as usual and then leave it, 30 of rheumatology. */
function department(): readonly EventBody[] {
  const bodies: EventBody[] = [];
  for (let at = 1; at <= 400; at += 1) bodies.push(accept(at, at % 40 === 0 ? 'G379' : 'G35X', at % 2 === 0 ? 'ms' : 'multiple sclerosis'), finish(at, 5, at > 380 ? 1 : at % 2 === 0 ? 4 : 5));
  for (let at = 401; at <= 430; at += 1) bodies.push(accept(at, 'M069', 'ra', { specialty: 'rheumatology' as never }), finish(at, 2, 2, 'rheumatology'));
  return [...bodies, forget('ra', 'M069')];
}

const view = learnedView(rows(department()), { packs: null, rebased: new Map(), trained: null, device: '00000000000000aa', editions: null, relocked: new Map() }, (id) => id === 'neurology' ? 'Neurology' : 'Rheumatology');
const asked: string[] = [];
function shown(locale: Locale, part: Partial<ModelPageProps> = {}): HTMLElement {
  const noted = (name: string) => (...values: readonly unknown[]): void => { asked.push([name, ...values].join(' ')); };
  const props: ModelPageProps = {
    ...view, named: null, waiting: null, told: null, words: createWords(locale), onForget: noted('forget'), onLearnAgain: noted('again'), onRebase: noted('rebase'), onExport: noted('export'), onPack: noted('pack'), onTrust: noted('trust'),
    onRemovePack: noted('remove-pack'), onModel: noted('model'), onRemoveModel: noted('remove-model'), ...part,
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
    const seen = learnedView(blind, { packs: null, rebased: new Map(), trained: null, device: '00000000000000aa', editions: null, relocked: new Map() }, (id) => id);
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

  it('says what would be there while nothing is', () => {
    const body = shown('en-GB', { specialties: [], forgotten: [] });
    expect(body.textContent).toContain('Nothing is learned yet.');
  });
});
