// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { QualityPage, type QualityPageProps, type SpecialtyCount, type TermCount } from '../../../components/dashboard/quality-page.js';
import { createWords } from '../../../components/words.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { Locale } from '../../../lib/model/language.js';
import type { RuleId } from '../../../lib/model/rulebook.js';

const term = (rule: string, findings: number): TermCount => ({ rule: rule as RuleId, verdict: 'avoid', findings });
const row = (specialty: string, rules: readonly TermCount[], unreadable = 0): SpecialtyCount => ({ specialty: specialty as SpecialtyId, findings: rules.reduce((sum, one) => sum + one.findings, 0), episodes: rules.length, rules, unreadable });

function page(locale: Locale, part: Partial<QualityPageProps> = {}): QualityPageProps {
  return {
    bySpecialty: { eventsRead: 9, rows: [row('neurology', [term('BM001', 3), term('BM002', 1)]), row('rheumatology', [term('BM002', 2)], 1), row('unknown', [], 2)] },
    byTerm: { eventsRead: 9, rows: [term('BM001', 3), term('BM002', 3)] },
    specialties: [{ id: 'neurology' as SpecialtyId, name: { en: 'Neurology', cy: 'Niwroleg' } }, { id: 'rheumatology' as SpecialtyId, name: { en: 'Rheumatology', cy: 'Rhiwmatoleg' } }],
    rules: [{ id: 'BM001' as RuleId, term: 'MS' }, { id: 'BM002' as RuleId, term: 'RA' }],
    health: { kind: 'sound', rows: 9 }, words: createWords(locale), onRestore: () => undefined, onLocale: () => undefined, ...part,
  };
}

function shown(props: QualityPageProps): HTMLElement {
  act(() => { render(<QualityPage {...props} />, document.body); });
  return document.body;
}

const rowsOf = (table: Element | undefined): string[] => [...table?.querySelectorAll('tbody tr') ?? []].map((one) => [...one.children].map((cell) => cell.textContent).join(' '));

afterEach(() => { act(() => { render(null, document.body); }); });

describe('the quality page', () => {
  it('says its finding in the title and shows every bar in a table too', () => {
    const body = shown(page('en-GB'));
    const tables = [...body.querySelectorAll('table')];
    const charts = [...body.querySelectorAll('svg.bars')];
    expect(body.querySelector('h1')?.textContent).toBe('6 findings logged, for 2 specialties');
    expect(rowsOf(tables[0])).toEqual(['Neurology 4 2 0', 'Rheumatology 2 1 1', 'Specialty not known 0 0 2']);
    expect(rowsOf(tables[1])).toEqual(['MS avoid 3', 'RA avoid 3']);
    charts.forEach((chart, index) => expect(chart.querySelectorAll('rect').length).toBe(rowsOf(tables[index]).length));
    console.info(`charts ${charts.length}, tables ${tables.length}`);
    expect([charts.length, tables.length]).toEqual([2, 2]);
  });

  it('shows the terms of the specialty that is chosen, and all again', () => {
    const body = shown(page('en-GB'));
    const choice = (name: string): HTMLButtonElement | undefined => [...body.querySelectorAll<HTMLButtonElement>('button.choice')].find((one) => one.textContent === name);
    act(() => { choice('Rheumatology')?.click(); });
    expect(choice('Rheumatology')?.getAttribute('aria-pressed')).toBe('true');
    expect(rowsOf([...body.querySelectorAll('table')][1])).toEqual(['RA avoid 2']);
    act(() => { choice('Specialty not known')?.click(); });
    expect(body.textContent).toContain('No finding is logged for Specialty not known.');
    act(() => { choice('All specialties')?.click(); });
    expect(rowsOf([...body.querySelectorAll('table')][1])).toEqual(['MS avoid 3', 'RA avoid 3']);
  });

  it('is whole in Welsh, and changes language in one action', () => {
    const asked: Locale[] = [];
    const body = shown(page('cy', { onLocale: (locale) => { asked.push(locale); } }));
    expect(body.querySelector('h1')?.textContent).toBe('6 chanfyddiad wedi’i gofnodi, ar gyfer 2 arbenigedd');
    expect(rowsOf([...body.querySelectorAll('table')][0])[0]).toBe('Niwroleg 4 2 0');
    body.querySelector<HTMLButtonElement>('.lang button[lang="en-GB"]')?.click();
    expect(asked).toEqual(['en-GB']);
  });

  it('says in a sentence that nothing was logged, and from how many decisions', () => {
    const body = shown(page('en-GB', { bySpecialty: { eventsRead: 2, rows: [] }, byTerm: { eventsRead: 2, rows: [] } }));
    expect(body.querySelectorAll('svg.bars, table').length).toBe(0);
    expect(body.textContent).toContain('2 decisions were read, and none of them is a logged finding.');
  });

  it('tells of a loss before any figure', () => {
    const body = shown(page('en-GB', { health: { kind: 'data-loss', expected: 12, found: 9 } }));
    expect(body.querySelector('[role=alert]')?.textContent).toContain('12 decisions were saved and 9 are here');
  });
});
