/** The desk's two ends in the built extension: the department's exceptions set by keyboard alone, and the codes on their way out, on the real clipboard and in real files. */
import { readFileSync } from 'node:fs';
import papaparse from 'papaparse';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';
import { startFhirEngine } from '../rooms/sync/fhir-engine.js';

let sample: SampleRecord;
beforeAll(async () => { sample = await openSampleRecord(); await sample.panel.context().grantPermissions(['clipboard-read', 'clipboard-write']); });
afterAll(() => sample?.close());

/** Goes on with Tab alone until what has the focus is called so; how many presses it took. */
async function tabTo(page: Page, name: RegExp): Promise<number> {
  for (let presses = 1; presses <= 400; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => { const one = document.activeElement; return (one?.getAttribute('aria-label') ?? one?.closest('label')?.textContent ?? one?.textContent ?? '').trim(); });
    if (name.test(here)) return presses;
  }
  throw new Error(`Tab never came to ${name}`);
}
const badge = (): Promise<string> => sample.panel.innerText('[role=tabpanel]');
const clipboard = (): Promise<string> => sample.panel.evaluate(() => navigator.clipboard.readText());

describe('the department’s exceptions', () => {
  it('are switched on, changed, undone, put in order, saved and taken back by keyboard alone, and the episode on screen obeys', async () => {
    const options = await sample.browser.page('options.html');
    await tabTo(options, /primary/i);
    await options.keyboard.press('Space');
    await sample.panel.getByRole('tab', { name: /^Codes/ }).click();
    await until(badge, (text) => text.includes('Primary diagnosis and procedure are enough'));
    await tabTo(options, /^Operator, rule 2$/);
    for (let turn = 0; turn < 12 && await options.evaluate(() => (document.activeElement as HTMLSelectElement).value) !== '<'; turn += 1) await options.keyboard.press('ArrowDown');
    await tabTo(options, /^Undo in this list/);
    await options.keyboard.press('Enter');
    await options.locator('[aria-label="Operator, rule 2"]').focus();
    expect(await options.locator('[aria-label="Operator, rule 2"]').inputValue()).toBe('>');
    await options.keyboard.press('Home');
    for (let turn = 0; turn < 12 && await options.evaluate(() => (document.activeElement as HTMLSelectElement).value) !== '<'; turn += 1) await options.keyboard.press('ArrowDown');
    await tabTo(options, /^Value, rule 2$/);
    await options.keyboard.press('Control+a');
    await options.keyboard.type('99');
    await tabTo(options, /^Save the list/);
    await options.keyboard.press('Enter');
    await until(badge, (text) => /Full coding required/.test(text) && /length of stay \d+ day/i.test(text));
    await options.locator('[aria-label="Move up, rule 2"]').focus();
    await options.keyboard.press('Enter');
    expect(await options.locator('[aria-label="Operator, rule 1"]').inputValue()).toBe('<');
    await tabTo(options, /^Save the list/);
    await options.keyboard.press('Enter');
    await tabTo(options, /^Back to the placeholder list/);
    await options.keyboard.press('Enter');
    await until(badge, (text) => text.includes('Primary diagnosis and procedure are enough'));
    await options.close();
  });
});

describe('codes on their way out', () => {
  it('stand on the clipboard as they are wanted, and in files that other programs read', async () => {
    const { panel } = sample;
    await panel.bringToFront();
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await panel.locator('[role=option][tabindex="0"]').focus();
    for (const count of [1, 2]) { await panel.keyboard.press('Enter'); await until(() => panel.locator('.code.is-accepted').count(), (now) => now === count); }
    const copied = async (encoder: object): Promise<string> => {
      await sample.ask('panel.change-settings', { encoder });
      await panel.evaluate(() => navigator.clipboard.writeText(''));
      return until(async () => { await panel.keyboard.press('Control+Shift+c'); return clipboard(); }, (text) => text.length > 0 && text.includes('.') === (encoder as { dotted: boolean }).dotted && text.includes('\t') === ((encoder as { layout: string }).layout === 'tabs'));
    };
    const lines = (await copied({ dotted: true, layout: 'lines', lineEnd: 'crlf' })).trim().split('\r\n');
    expect(lines[0]).toMatch(/^H2[56]\.\d$/);
    expect(lines.slice(1, 3)).toEqual(['C75.1', 'C71.2']);
    expect((await copied({ dotted: false, layout: 'lines', lineEnd: 'lf' })).trim().split('\n')).toEqual(lines.map((code) => code.replace('.', '')));
    expect((await copied({ dotted: true, layout: 'tabs', lineEnd: 'lf' })).trim().split('\n').map((line) => line.split('\t'))).toEqual([lines.slice(0, 1), lines.slice(1)]);

    const saved = async (command: string): Promise<string> => {
      const [download] = await Promise.all([panel.waitForEvent('download'), (async () => { await panel.keyboard.press('Control+k'); await panel.keyboard.type(command); await panel.keyboard.press('Enter'); })()]);
      return readFileSync(await download.path(), 'utf8');
    };
    const csv = papaparse.parse<Record<string, string>>((await saved('table (CSV)')).replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true });
    expect(csv.errors).toEqual([]);
    expect(csv.data.map((row) => Object.values(row).find((value) => /^[A-Z]\d\d\.?[\dX]/.test(value ?? ''))?.replace('.', ''))).toEqual(lines.map((code) => code.replace('.', '')));
    const bundle = JSON.parse(await saved('FHIR')) as { readonly resourceType: string; readonly entry: readonly { readonly resource: { readonly resourceType: string } }[] };
    (await startFhirEngine()).validate(bundle as never);
    expect(new Set(bundle.entry.map(({ resource }) => resource.resourceType))).toEqual(new Set(['Encounter', 'Condition', 'Procedure', 'Provenance']));
    for (const secret of ['9996331504', '999 633 1504', 'PARRY', 'Eluned', 'G204417', 'E-24117']) expect(JSON.stringify([csv.data, bundle])).not.toContain(secret);
  });

  it('are typed one by one from a sheet that the keyboard walks', async () => {
    const { panel } = sample;
    await panel.locator('[role=option][tabindex="0"]').focus();
    await panel.keyboard.press('Alt+Shift+c');
    await panel.locator('.typingcode').waitFor();
    const seen: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) { seen.push(await panel.innerText('.typingcode')); await panel.keyboard.press('ArrowRight'); }
    expect(seen[0]).toMatch(/^H2[56]\.\d$/);
    expect(seen.slice(1)).toEqual(['C75.1', 'C71.2']);
    await panel.keyboard.press('Escape');
    await until(() => panel.getByRole('dialog').count(), (count) => count === 0);
  });
});
