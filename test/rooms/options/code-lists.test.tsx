// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { CodeLists, faultWords, type CodeListsProps } from '../../../components/options/code-lists.js';
import { createWords } from '../../../components/words.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import type { EditionDraft, FileFault, ImportFailure } from '../../../lib/model/codebook.js';
import type { Locale } from '../../../lib/model/language.js';
import { inventedLists } from '../panel/invented-lists.js';

const draft: EditionDraft = { system: 'OPCS-4', name: 'OPCS-4.10', from: '2023-04-01', to: '2026-03-31', files: ['OPCS410 CodesAndTitles.txt'] };
const fault = (failure: ImportFailure): FileFault => ({ kind: 'file-fault', file: 'OPCS410.txt', failure });

function shown(locale: Locale, part: Partial<CodeListsProps> = {}): HTMLElement {
  act(() => { render(<CodeLists {...inventedLists} {...part} words={createWords(locale)} />, document.body); });
  return document.body;
}
afterEach(() => { act(() => { render(null, document.body); }); });

const texts = (root: ParentNode, selector: string): string[] => [...root.querySelectorAll(selector)].map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? '');
const settle = (): Promise<void> => act(async () => { await new Promise((done) => { setTimeout(done, 0); }); });
async function choose(body: HTMLElement): Promise<void> {
  const input = body.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no place for files');
  Object.defineProperty(input, 'files', { configurable: true, value: [new File(['x'], 'OPCS410 CodesAndTitles.txt')] });
  act(() => { input.dispatchEvent(new Event('change', { bubbles: true })); });
  await settle();
}
const press = async (body: HTMLElement, words: RegExp): Promise<void> => {
  const button = [...body.querySelectorAll('button')].find((one) => words.test(one.getAttribute('aria-label') ?? one.textContent ?? ''));
  if (!button) throw new Error(`no button ${words.source}`);
  act(() => { button.click(); });
  await settle();
};

describe.each(['en-GB', 'cy'] as const)('the code lists, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('say each edition with its days, codes, titles and source', () => {
    expect(texts(shown(locale), 'tbody tr').map((row) => row.replace(/,/g, ''))).toEqual(welsh
      ? ['ICD-10 5th Editiono 1 Ebr 2016 hyd nes clywir yn wahanol12379nac oesdaeth gyda Nodi', 'OPCS-4.101 Ebr 2023 hyd 31 Maw 20269857oesdaeth gyda Nodi', 'OPCS-4.11mewn grym heddiwo 1 Ebr 2026 hyd nes clywir yn wahanol10013oesmewnforiwydTynnu']
      : ['ICD-10 5th Editionfrom 1 Apr 2016 until further notice12379nocame with Nodi', 'OPCS-4.101 Apr 2023 to 31 Mar 20269857yescame with Nodi', 'OPCS-4.11in force todayfrom 1 Apr 2026 until further notice10013yesimportedRemove']);
  });

  it('take files with their days as proposed and changed, tell how far they are, and say what came of it', async () => {
    const asked: EditionDraft[] = [];
    let finish = (): void => undefined;
    const body = shown(locale, {
      onInspect: () => Promise.resolve({ drafts: [draft], faults: [] }),
      onImport: (drafts, { onProgress }) => { asked.push(...drafts); onProgress({ file: 'OPCS410 CodesAndTitles.txt', lines: 4000, of: 9900 }); return new Promise((done) => { finish = () => done({ ok: true, value: inventedLists.inForce }); }); },
    });
    await choose(body);
    expect(body.textContent).toContain(welsh ? 'Daeth yr argraffiad hwn i ben ar 31 Maw 2026' : 'This edition ended on 31 Mar 2026');
    const last = body.querySelectorAll<HTMLInputElement>('input[type=date]')[1];
    if (!last) throw new Error('no days');
    act(() => { last.value = '2026-03-30'; last.dispatchEvent(new Event('input', { bubbles: true })); });
    act(() => { body.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); });
    await settle();
    expect(asked).toEqual([{ ...draft, to: '2026-03-30' }]);
    expect(texts(body, '.progress label')[0]?.replace(/,/g, '')).toBe(welsh ? 'OPCS410 CodesAndTitles.txt: llinell 4000 o 9900' : 'OPCS410 CodesAndTitles.txt: line 4000 of 9900');
    expect(body.querySelector('fieldset')?.disabled).toBe(true);
    finish();
    await settle();
    expect(texts(body, '[role=status]')[0]).toContain('OPCS-4.11');
    expect(body.querySelector('form')).toBeNull();
  });

  it('keep what was entered after a fault, and nothing after a cancel', async () => {
    const signals: AbortSignal[] = [];
    let answer: FileFault = fault({ kind: 'bad-line', line: 4711, reason: 'no-title' });
    const body = shown(locale, { onInspect: () => Promise.resolve({ drafts: [draft], faults: [] }), onImport: (_, { signal }) => { signals.push(signal); return answer.failure.kind === 'cancelled' ? new Promise((done) => { signal.addEventListener('abort', () => done({ ok: false, failure: answer })); }) : Promise.resolve({ ok: false, failure: answer }); } });
    await choose(body);
    const submit = async (): Promise<void> => { act(() => { body.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); }); await settle(); };
    await submit();
    expect(texts(body, '[role=alert]')).toEqual([welsh ? 'OPCS410.txt, llinell 4711: nid oes teitl i’r cod. Ni fewnforiwyd dim.' : 'OPCS410.txt, line 4711: the code has no title. Nothing was imported.']);
    expect(body.querySelector<HTMLInputElement>('input[type=text]')?.value).toBe('OPCS-4.10');
    answer = fault({ kind: 'cancelled' });
    await submit();
    await press(body, welsh ? /^Canslo/ : /^Cancel/);
    expect(signals[1]?.aborted).toBe(true);
    expect(texts(body, '[role=status]')).toEqual([welsh ? 'Canslwyd. Ni fewnforiwyd dim.' : 'Cancelled. Nothing was imported.']);
    expect(texts(body, '[role=alert]')).toEqual([]);
  });

  it('remove an edition and put it back', async () => {
    const calls: string[] = [];
    const body = shown(locale, { onRemove: (name) => { calls.push(`remove ${name}`); return Promise.resolve(true); }, onRestore: (name) => { calls.push(`restore ${name}`); return Promise.resolve(true); } });
    await press(body, welsh ? /^Tynnu OPCS-4\.11/ : /^Remove OPCS-4\.11/);
    expect(texts(body, '[role=status]')[0]).toContain('OPCS-4.11');
    await press(body, welsh ? /^Dadwneud/ : /^Undo/);
    expect(calls).toEqual(['remove OPCS-4.11', 'restore OPCS-4.11']);
    expect([...body.querySelectorAll('button')].filter((one) => /^(?:Undo|Dadwneud)/.test(one.textContent ?? ''))).toEqual([]);
  });

  it('name every fault in a sentence of its own', () => {
    const failures: readonly ImportFailure[] = [
      { kind: 'not-a-code-file' }, { kind: 'too-large' }, { kind: 'unreadable' }, { kind: 'other-classification', found: 'ICD-10' }, { kind: 'bad-line', line: 7, reason: 'no-code' }, { kind: 'bad-line', line: 7, reason: 'columns' }, { kind: 'bad-line', line: 7, reason: 'no-title' },
      { kind: 'double-code', line: 7, code: 'G35X' as ClinicalCode }, { kind: 'truncated', line: 7, codes: 12 }, { kind: 'same-part' }, { kind: 'files-differ', codes: 12 }, { kind: 'no-name' }, { kind: 'bad-days' }, { kind: 'cancelled' }, { kind: 'overlaps', edition: 'OPCS-4.10' }, { kind: 'not-saved' },
    ];
    const said = failures.map((failure) => faultWords(fault(failure), createWords(locale)));
    console.info(`faults said ${said.length}`);
    expect(new Set(said).size).toBe(failures.length);
    said.forEach((words, at) => { if ('line' in (failures[at] as object)) expect(words).toMatch(/\b7\b/); });
    expect(said[7]).toContain('G35.X');
    expect(said.join(' ')).not.toMatch(/\{\{|undefined/);
  });
});
