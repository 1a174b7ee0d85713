// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { DepthBadge, groundWords } from '../../../components/panel/depth-badge.js';
import { createWords } from '../../../components/words.js';
import { askedFields, exceptionFields, type AskedField, type DepthReason, type FactAnswer } from '../../../lib/model/exception.js';
import { choicesOf } from '../../../lib/model/exception-faults.js';

afterEach(() => { act(() => { render(null, document.body); }); });

const noneMet: DepthReason = { ground: { kind: 'none-met', tried: 24 }, missing: [], answered: [], status: 'placeholder' };
const long: DepthReason = { ...noneMet, ground: { kind: 'criterion', id: 'long', place: 2, field: 'length-of-stay', found: 9, reason: { en: 'Stay of more than 7 days', cy: 'Arhosiad o fwy na 7 diwrnod' } } };

function shown(locale: 'en-GB' | 'cy', depth: 'full' | 'primary', reason: DepthReason, said: unknown[] = []): HTMLElement {
  act(() => { render(<DepthBadge depth={depth} reason={reason} words={createWords(locale)} onChoose={(one) => said.push(one)} onAnswer={(field, answer) => said.push([field, answer])} />, document.body); });
  return document.body;
}
const press = (body: HTMLElement, name: string): void => { act(() => { [...body.querySelectorAll('button')].find((one) => one.textContent?.includes(name))?.click(); }); };

describe('the depth badge', () => {
  it('says how far, and the reason in one line, in both languages', () => {
    expect(shown('en-GB', 'full', long).textContent).toContain('Full coding requiredLength of stay 9 days (rule 2: Stay of more than 7 days)');
    expect(document.querySelector('.is-full')).not.toBeNull();
    expect(shown('cy', 'full', long).textContent).toContain('Angen codio llawnArhosiad o 9 diwrnod (rheol 2: Arhosiad o fwy na 7 diwrnod)');
    expect(shown('en-GB', 'primary', noneMet).textContent).toContain('Primary diagnosis and procedure are enoughNo exception met of 24.');
    expect(document.querySelector('.is-primary')).not.toBeNull();
    expect(shown('en-GB', 'primary', { ...noneMet, ground: { kind: 'chosen' } }).textContent).toContain('Your choice.');
  });
  it('says that the list is a placeholder until the health board’s own is there', () => {
    expect(shown('en-GB', 'primary', noneMet).textContent).toContain('placeholder: to be replaced by the health board’s list');
    expect(shown('en-GB', 'primary', { ...noneMet, status: 'agreed' }).textContent).not.toContain('placeholder');
    expect(shown('en-GB', 'full', { ...noneMet, ground: { kind: 'department' } }).textContent).not.toContain('placeholder');
  });
  it('has words for what of the episode met each field', () => {
    for (const locale of ['en-GB', 'cy'] as const) {
      const lines = exceptionFields.flatMap((field) => [...(choicesOf(field).length > 0 ? choicesOf(field) : [field === 'age' || field === 'length-of-stay' ? 2 : field === 'diagnosis' ? 'I639' : field === 'procedure' ? 'X921' : field === 'specialty' ? '400' : null])]
        .map((found) => groundWords({ ...long, ground: { kind: 'criterion', id: 'x', place: 1, field, found, reason: { en: 'Why', cy: 'Pam' } } }, createWords(locale))));
      expect(lines.length).toBeGreaterThan(20);
      expect(lines.every((line) => line.includes(locale === 'cy' ? 'Pam' : 'Why'))).toBe(true);
      expect(lines.some((line) => line.includes('I63.9'))).toBe(true);
    }
  });
  it('asks one question at a time, and only what can be answered is one', () => {
    const said: unknown[] = [];
    const body = shown('en-GB', 'primary', { ...noneMet, missing: ['critical-care', 'age'] }, said);
    expect(body.querySelectorAll('form')).toHaveLength(1);
    expect(body.textContent).toContain('Was the patient in critical care? 1 more may follow');
    press(body, 'No');
    const asked = shown('en-GB', 'primary', { ...noneMet, missing: ['age'] }, said);
    const box = asked.querySelector('input') as HTMLInputElement;
    const type = (typed: string): void => { act(() => { box.value = typed; box.dispatchEvent(new Event('input', { bubbles: true })); }); };
    type('old');
    expect(asked.querySelector<HTMLButtonElement>('button[type=submit]')?.disabled).toBe(true);
    type('17');
    act(() => { asked.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); });
    press(shown('en-GB', 'primary', { ...noneMet, missing: ['discharge-method'] }, said), 'Died');
    expect(said).toEqual([['critical-care', false], ['age', 17], ['discharge-method', 'died']] satisfies [AskedField, FactAnswer][]);
    for (const locale of ['en-GB', 'cy'] as const) for (const field of askedFields) expect(shown(locale, 'primary', { ...noneMet, missing: [field] }).querySelector('form')?.textContent).toMatch(/\?/);
  });
  it('lets the coder take back an answer, and choose the other depth', () => {
    const said: unknown[] = [];
    const body = shown('en-GB', 'primary', { ...noneMet, answered: ['critical-care'] }, said);
    press(body, 'Critical care');
    press(body, 'Code in full');
    press(shown('en-GB', 'full', long, said), 'Code primary only');
    expect(said).toEqual([['critical-care', null], 'full', 'primary']);
  });
});
