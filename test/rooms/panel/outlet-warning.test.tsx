// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { Outlet } from '../../../components/panel/outlet.js';
import { createWords } from '../../../components/words.js';
import { defaultEncoderFormat } from '../../../lib/model/encoder.js';
import { cataract } from '../sync/invented-episodes.js';

const ways: string[] = [];
function shown(locale: 'en-GB' | 'cy', errors: number): string {
  act(() => {
    render(<Outlet coded={{ ...cataract.coded, rejected: [], depth: null }} errors={errors} isNext format={defaultEncoderFormat} words={createWords(locale)} chordOf={() => null} onWay={(way) => { ways.push(way); }} onFormat={() => undefined} />, document.body);
  });
  return document.querySelector('.prompt')?.textContent ?? '';
}
afterEach(() => { act(() => { render(null, document.body); }); ways.length = 0; });

describe('errors that stand against the sequence', () => {
  it('are said, in the plural forms of both languages', () => {
    expect([0, 1, 2].map((errors) => shown('en-GB', errors))).toEqual(['', '1 error stands against this sequence. The codes can still be taken out.', '2 errors stand against this sequence. The codes can still be taken out.']);
    expect([1, 2, 3, 6, 7].map((errors) => shown('cy', errors).split(' yn sefyll')[0])).toEqual(['Mae 1 gwall', 'Mae 2 wall', 'Mae 3 gwall', 'Mae 6 gwall', 'Mae 7 gwall']);
  });
  it('hold nothing back', () => {
    shown('en-GB', 2);
    for (const button of document.querySelectorAll<HTMLButtonElement>('.ways button')) act(() => { button.click(); });
    expect(ways).toEqual(['copy', 'type', 'csv', 'fhir']);
  });
});
