// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { HospitalList } from '../../../components/options/hospital-list.js';
import { createWords } from '../../../components/words.js';
import type { Hospital, SiteId } from '../../../lib/model/fault.js';

const given: readonly Hospital[] = [{ id: 'glan-y-don' as SiteId, name: { en: 'Glan-y-Don Hospital', cy: 'Ysbyty Glan-y-Don' }, words: ['GYD', 'Glan'] }, { id: 'bryn' as SiteId, name: { en: 'Bryn Hospital', cy: 'Ysbyty’r Bryn' }, words: [] }];
const saved: (readonly Hospital[])[] = [];
afterEach(() => { act(() => { render(null, document.body); }); saved.length = 0; });

function typed(lines: string): void {
  act(() => { render(<HospitalList words={createWords('en-GB')} hospitals={given} fixed={false} onHospitals={(hospitals) => { saved.push(hospitals); }} />, document.body); });
  const area = document.querySelector('textarea') as HTMLTextAreaElement;
  act(() => { area.value = lines; area.dispatchEvent(new Event('input', { bubbles: true })); });
  act(() => { document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); });
}

describe('the board’s hospitals', () => {
  it('are written a line each and read again as they were', () => {
    act(() => { render(<HospitalList words={createWords('en-GB')} hospitals={given} fixed={false} onHospitals={() => undefined} />, document.body); });
    const lines = document.querySelector('textarea')?.value ?? '';
    expect(lines).toBe('glan-y-don; Glan-y-Don Hospital; Ysbyty Glan-y-Don; GYD, Glan\nbryn; Bryn Hospital; Ysbyty’r Bryn');
    typed(`${lines}\n\n`);
    expect(saved).toEqual([given]);
  });

  it('are taken whole or not at all, and the line at fault is named', () => {
    const good = 'bryn; Bryn Hospital; Ysbyty’r Bryn';
    const bad = ['G204417; A; B', '9996331504; A; B', 'a-1234; A; B', 'unknown; A; B', 'glan; Glan', 'glan; ; Glan', 'bryn; Again; Eto', 'glan; A; B; C; D'];
    for (const line of bad) {
      typed(`${good}\n${line}`);
      expect(document.querySelector('[role=alert]')?.textContent, line).toContain('Line 2');
    }
    console.info(`lines tried ${bad.length}, taken ${saved.length}`);
    expect(saved).toEqual([]);
  });
});
