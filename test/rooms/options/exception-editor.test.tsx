// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleEpisodes, shippedExceptions } from '../../../assets/starter.js';
import { ExceptionEditor } from '../../../components/options/exception-editor.js';
import { createWords } from '../../../components/words.js';
import { depthOf } from '../../../lib/coding/index.js';
import type { ExceptionList } from '../../../lib/model/exception.js';

afterEach(() => { act(() => { render(null, document.body); }); });

describe.each(['en-GB', 'cy'] as const)('the list of exceptions, in %s', (locale) => {
  const { say } = createWords(locale);
  const shown = (saved: (ExceptionList | null)[], fixed = false): void => { act(() => { render(<ExceptionEditor words={createWords(locale)} depth="primary" list={shippedExceptions} isShipped fixed={{ depth: fixed, list: fixed }} samples={sampleEpisodes} onTry={(list, { facts, discharged }) => depthOf(list.criteria, facts, 'primary', discharged)} onDepth={() => undefined} onSave={(list) => saved.push(list)} />, document.body); }); };
  const box = (column: 'value' | 'en', place: number): HTMLInputElement => document.querySelector(`[aria-label="${say('exceptions.cell', { label: say(`exceptions.column.${column}`), place })}"]`) as HTMLInputElement;
  const write = (input: HTMLInputElement, typed: string): void => { act(() => { input.value = typed; input.dispatchEvent(new Event('change', { bubbles: true })); }); };
  const press = (name: string): void => { act(() => { [...document.querySelectorAll('button')].find((one) => one.textContent === name)?.click(); }); };

  it('is tried at once on the samples, stays a draft until it is saved, and is undone', () => {
    const saved: (ExceptionList | null)[] = [];
    shown(saved);
    expect(document.querySelectorAll('tbody tr')).toHaveLength(shippedExceptions.criteria.length);
    expect(document.body.textContent).toContain(say('depth.placeholder'));
    expect(document.body.textContent).toContain(say('depth.found.stay', { count: 9 }));
    write(box('value', 2), '10');
    expect(document.body.textContent).not.toContain(say('depth.found.stay', { count: 9 }));
    expect(document.body.textContent).toContain(say('exceptions.draft'));
    expect(saved).toEqual([]);
    press(say('exceptions.undo'));
    expect(document.body.textContent).toContain(say('depth.found.stay', { count: 9 }));
    write(box('value', 2), '10');
    press(say('exceptions.save'));
    expect(saved[0]?.criteria[1]?.value).toBe(10);
  });
  it('says in a sentence what is wrong, and saves nothing of it', () => {
    const saved: (ExceptionList | null)[] = [];
    shown(saved);
    write(box('value', 2), 'long');
    expect(document.body.textContent).toContain(say('exceptions.faultAt', { place: 2, problem: say('exceptions.fault.number') }));
    press(say('exceptions.save'));
    expect(saved).toEqual([]);
    expect([...document.querySelectorAll('input, select, button')].every((one) => (one.getAttribute('aria-label') ?? one.closest('label')?.textContent ?? one.textContent ?? '').trim() !== '')).toBe(true);
  });
  it('cannot be changed where the health board has fixed it', () => {
    shown([], true);
    expect([...document.querySelectorAll<HTMLInputElement>('input, select')].every((one) => one.disabled)).toBe(true);
  });
});
