// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { DoubtList } from '../../../components/options/doubt-list.js';
import { createWords } from '../../../components/words.js';
import { doubtTerms, type DoubtPolicy } from '../../../lib/model/assertion.js';

afterEach(() => { act(() => { render(null, document.body); }); });

function shown(locale: 'en-GB' | 'cy', doubt: DoubtPolicy, fixed: boolean, said: DoubtPolicy[]): HTMLElement {
  act(() => { render(<DoubtList words={createWords(locale)} doubt={doubt} fixed={fixed} onDoubt={(one) => said.push(one)} />, document.body); });
  return document.body;
}
const boxes = (body: HTMLElement): HTMLInputElement[] => [...body.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];

describe.each(['en-GB', 'cy'] as const)('the words of doubt, in %s', (locale) => {
  it('are ticked as the UK treats them, one box with its name for each', () => {
    const body = shown(locale, {}, false, []);
    expect(boxes(body).map((box) => box.checked)).toEqual(doubtTerms.map((term) => ['presumed', 'probable', 'treat-as', 'working-diagnosis'].includes(term)));
    expect([...body.querySelectorAll('label')].every((label) => (label.textContent ?? '').trim() !== '')).toBe(true);
    expect(body.querySelector('button')).toBeNull();
  });

  it('are turned one by one, say that the department did it, and go back together', () => {
    const said: DoubtPolicy[] = [];
    const likely = doubtTerms.indexOf('likely');
    act(() => { boxes(shown(locale, { probable: 'not-codable' }, false, said))[likely]?.click(); });
    expect(said).toEqual([{ probable: 'not-codable', likely: 'codable' }]);
    const body = shown(locale, { likely: 'codable' }, false, said);
    expect(body.querySelectorAll('label')[likely]?.textContent).toContain(locale === 'cy' ? 'yn ôl gosodiad eich adran' : 'by your department’s setting');
    act(() => { boxes(body)[likely]?.click(); });
    act(() => { body.querySelector('button')?.click(); });
    expect(said.slice(1)).toEqual([{}, {}]);
  });

  it('cannot be turned where the health board has fixed them', () => {
    const body = shown(locale, { likely: 'codable' }, true, []);
    expect(boxes(body).every((box) => box.disabled)).toBe(true);
    expect(body.querySelector('button')).toBeNull();
  });
});
