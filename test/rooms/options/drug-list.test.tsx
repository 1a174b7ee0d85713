// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { DrugList } from '../../../components/options/drug-list.js';
import { createWords } from '../../../components/words.js';

afterEach(() => { act(() => { render(null, document.body); }); });

describe.each(['en-GB', 'cy'] as const)('the list of high-cost drugs, in %s', (locale) => {
  const typed = (text: string, said: (readonly string[])[], fixed = false): HTMLElement => {
    act(() => { render(<DrugList words={createWords(locale)} codes={['X921']} fixed={fixed} onCodes={(codes) => said.push(codes)} />, document.body); });
    const field = document.querySelector('textarea');
    if (!field) throw new Error('no field');
    act(() => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); });
    act(() => { document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); });
    return document.body;
  };

  it('is taken whole, dotted or not, each code once', () => {
    const said: (readonly string[])[] = [];
    typed('X96.1, x921\nX92.1', said);
    expect(said).toEqual([['X921', 'X961']]);
  });

  it('is refused whole where one of it is no code from X81 to X98, which is named', () => {
    const said: (readonly string[])[] = [];
    const body = typed('X961 X281', said);
    expect(said).toEqual([]);
    expect(body.querySelector('[role=alert]')?.textContent).toContain('X281');
    expect(body.querySelector('textarea')?.getAttribute('aria-describedby')).toBe('drug-problem');
  });

  it('cannot be changed where the health board has fixed it', () => {
    const body = typed('', [], true);
    expect(body.querySelector('textarea')?.disabled).toBe(true);
    expect(body.querySelector('button')).toBeNull();
  });
});
