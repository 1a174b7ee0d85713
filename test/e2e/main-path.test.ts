import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../harness/chromium-page.js';
import { violations } from '../harness/axe.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
let page: Page;
let panel: Page;
const painted = (): Promise<string[]> => sample.painted();
const portal: SampleRecord['portal'] = (call, ...words) => sample.portal(call, ...words);

beforeAll(async () => {
  sample = await openSampleRecord();
  ({ page, panel } = sample);
});
afterAll(() => sample?.close());

describe('the record, marked', () => {
  it('paints the sheet’s terms in the note and lists them in the panel, and changes no node of the page', async () => {
    await until(painted, (words) => words.includes('NS++') && words.includes('?PD') && words.includes('cannot exclude'));
    expect(await painted()).not.toContain('RA');
    await until(() => panel.innerText('body'), (text) => text.includes('two meanings') && text.includes('E P'));
    expect(await panel.innerText('body')).not.toContain('PARRY');
    const here = await page.evaluate(() => document.documentElement.outerHTML);
    expect(here).not.toContain('nodi');
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2);
  });

  it('clears at once and follows when the patient changes under the same address', async () => {
    const address = page.url();
    await portal('open', 'p02');
    await until(painted, (words) => words.includes('? MS') && !words.includes('NS++'));
    expect(page.url()).toBe(address);
    await until(() => panel.innerText('body'), (text) => text.includes('640') && !text.includes('504'));
  });

  it('shows nothing while banner and letter disagree, or two patients are in view', async () => {
    await portal('lie', 'p01', 'p02');
    await until(painted, (words) => words.length === 0);
    await until(() => panel.innerText('body'), (text) => text.includes('Cannot confirm the patient'));
    await portal('compare', 'p01', 'p02');
    await until(() => panel.innerText('body'), (text) => text.includes('one patient at a time'));
    expect(await painted()).toEqual([]);
  });

  it('reads a Welsh letter', async () => {
    await portal('open', 'p03');
    await until(painted, (words) => words.includes('hanes o') && words.includes('yn debygol') && words.includes('ni ellir diystyru'));
  });

  it('logs a finding as one row that holds no word of the record, and takes it back with another', async () => {
    await portal('open', 'p01');
    await until(() => panel.innerText('body'), (text) => text.includes('two meanings'));
    await panel.getByRole('button', { name: /^Log for/ }).first().click();
    const { rows } = sample;
    await until(rows, (found) => found.length === 1);
    const [row] = await rows();
    expect(row).toMatchObject({ kind: 'finding-logged', specialty: 'ophthalmology', site: 'unknown', team: 'unknown', minutes: 0 });
    for (const secret of ['9996331504', '999 633 1504', 'PARRY', 'Eluned', 'NS++', 'cataract', 'G204417', 'E-24117']) expect(JSON.stringify(row)).not.toContain(secret);
    await panel.keyboard.press('Control+z');
    await until(rows, (found) => found.length === 2);
  });

  it('keeps a query to the clinicians as one row that holds no word of the record, and the dashboard moves it on and back', async () => {
    const { rows } = sample;
    const before = (await rows()).length;
    await panel.getByRole('listbox').first().locator('[data-row]').first().focus();
    await panel.keyboard.press('q');
    await panel.locator('.querytext').waitFor();
    await panel.keyboard.press('Enter');
    await until(rows, (found) => found.length === before + 1);
    const inOrder = async (): Promise<Record<string, unknown>[]> => (await rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence']));
    const row = (await inOrder()).at(-1);
    expect(row).toMatchObject({ kind: 'query-drafted', specialty: 'ophthalmology', findings: 1 });
    for (const secret of ['9996331504', 'PARRY', 'Eluned', 'G204417', 'E-24117']) expect(JSON.stringify(row)).not.toContain(secret);
    const dashboard = await sample.browser.page('dashboard.html#queries');
    const table = (): Promise<string> => dashboard.locator('tbody').first().innerText();
    await dashboard.getByRole('button', { name: /^Mark as sent/ }).click();
    expect(await table()).toContain('Documents contradict each other');
    await until(table, (text) => text.includes('Sent'));
    await dashboard.getByRole('button', { name: 'Undo' }).click();
    await until(table, (text) => text.includes('Drafted') && !text.includes('Sent'));
    expect((await inOrder()).slice(before).map(({ kind }) => kind)).toEqual(['query-drafted', 'query-moved', 'undone']);
    for (const locale of ['en-GB', 'cy'] as const) {
      await sample.ask('panel.change-settings', { locale });
      await until(() => dashboard.innerText('h1'), (text) => text.includes(locale === 'cy' ? 'ymholiad' : 'query'));
      expect(await violations(dashboard)).toEqual([]);
      await dashboard.screenshot({ path: join(root, '.cache', `queries.${locale}.png`), fullPage: true });
    }
    await sample.ask('panel.change-settings', { locale: 'en-GB' });
    await dashboard.close();
    await page.bringToFront();
  });

  it('logs with details and a fault of a document as the board’s words say, and none of the page’s', async () => {
    const { rows } = sample;
    await sample.ask('panel.change-settings', { hospitals: [{ id: 'glan-y-don', name: { en: 'Glan-y-Don Hospital', cy: 'Ysbyty Glan-y-Don' }, words: [] }], faultMinutes: 2 });
    const before = (await rows()).length;
    const added = async (): Promise<Record<string, unknown>[]> => (await rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence'])).slice(before);
    await panel.bringToFront();
    await panel.getByRole('listbox').first().locator('[data-row]').first().focus();
    for (const key of ['Alt+l', '4', '+', 'Enter']) await panel.keyboard.press(key);
    await until(added, (found) => found.length === 1);
    for (const key of ['Alt+Shift+l', '3', 'Enter']) await panel.keyboard.press(key);
    await until(added, (found) => found.length === 2);
    for (const key of ['Alt+Shift+l', '7', 'Enter']) await panel.keyboard.press(key);
    await until(added, (found) => found.length === 3);
    for (const key of ['Alt+Shift+l', '3', 'Enter']) await panel.keyboard.press(key);
    await until(() => panel.innerText('.toast'), (text) => text.includes('‘Cause not stated’ was already logged in this episode (1 time)'));
    const made = await added();
    expect(made.map(({ kind, category, minutes, site, team }) => [kind, category, minutes, site, team])).toEqual([
      ['finding-logged', 'missing-laterality', 7, 'glan-y-don', 'unknown'], ['fault-logged', 'missing-cause', 2, 'glan-y-don', 'unknown'],
      ['fault-logged', 'missing-document', 2, 'glan-y-don', 'unknown'], ['fault-logged', 'missing-cause', 2, 'glan-y-don', 'unknown'],
    ]);
    expect(made[1]?.['place']).toBe(made[3]?.['place']);
    expect(new Set(made.map(({ place }) => place)).size).toBe(3);
    const written = JSON.stringify(made);
    for (const secret of ['9996331504', 'PARRY', 'Eluned', 'G204417', 'E-24117', 'Glan-y-Don', 'NS++']) expect(written).not.toContain(secret);
    for (let taken = 0; taken < 4; taken += 1) await panel.keyboard.press('Control+z');
    await until(added, (found) => found.filter(({ kind }) => kind === 'undone').length === 4);
    await sample.ask('panel.change-settings', { hospitals: [], faultMinutes: 0 });
    await page.bringToFront();
  });

  it('notes each document that was shown of a known patient once, and none twice when the page is loaded again', async () => {
    const readings = async (): Promise<string[]> => (await sample.everyRow()).filter(({ kind }) => kind === 'document-read').map(({ episode, place }) => `${String(episode)} ${String(place)}`);
    const episodesOf = (rows: readonly string[]): Set<string> => new Set(rows.map((row) => row.split(' ')[0] ?? ''));
    // Each is looked at until it is noted; one that was passed by in a moment need not be.
    let known = episodesOf(await readings()).size;
    await portal('open', 'p04');
    await until(readings, (rows) => episodesOf(rows).size > known);
    known = episodesOf(await readings()).size;
    await portal('open', 'm01');
    await until(readings, (rows) => episodesOf(rows).size > known);
    // Readings are noted in the order in which they are made: when a later record has its first, all before it are there.
    const flush = async (patient: string): Promise<readonly string[]> => {
      const first = await readings();
      await portal('open', patient);
      const rows = await until(readings, (found) => episodesOf(found).size > episodesOf(first).size);
      const fresh = [...episodesOf(rows)].filter((episode) => !episodesOf(first).has(episode));
      return rows.filter((row) => !fresh.some((episode) => row.startsWith(episode)));
    };
    const before = await flush('m02');
    for (const patient of ['p01', 'p04', 'm01', 'p01']) {
      await page.reload();
      await portal('open', patient);
      await until(() => panel.innerText('body'), (text) => text.includes('Read '));
    }
    await flush('m03');
    await portal('open', 'p01');
    await until(painted, (words) => words.includes('NS++'));
    const after = await readings();
    console.info(`documents noted ${after.length}, doubled ${after.length - new Set(after).size}`);
    expect(new Set(after).size).toBe(after.length);
    expect(after.filter((row) => episodesOf(before).has(row.split(' ')[0] ?? '')).sort()).toEqual([...before].sort());
    for (const row of await sample.everyRow()) for (const secret of ['9996331504', 'PARRY', 'Eluned', 'G204417', 'E-24117']) expect(JSON.stringify(row)).not.toContain(secret);
  });

  it('marks a noisy term as soon as it is turned on, in the same text, and no longer when it is off', async () => {
    const turn = (noisyOn: readonly string[]): Promise<unknown> => sample.ask('panel.change-settings', { noisyOn });
    await page.bringToFront();
    // Once for the side that the letter contradicts.
    const rights = (words: readonly string[]): number => words.filter((word) => word === 'Right').length;
    await until(painted, (words) => rights(words) === 1);
    await turn(['BM014']);
    await until(painted, (words) => rights(words) === 2);
    await turn([]);
    await until(painted, (words) => rights(words) === 1 && words.includes('NS++'));
  });

  it('asks for nothing in its manifest and shuts its own pages', () => {
    const manifest = JSON.parse(readFileSync(join(root, '.output/chrome-mv3/manifest.json'), 'utf8'));
    expect(manifest.host_permissions).toEqual([]);
    expect(manifest.web_accessible_resources).toEqual([]);
    expect(manifest.content_scripts).toBeUndefined();
    expect(manifest.externally_connectable).toEqual({ ids: [], matches: [] });
    expect([...manifest.permissions].sort()).toEqual(['activeTab', 'contextMenus', 'scripting', 'sidePanel', 'storage', 'unlimitedStorage']);
    expect(manifest.content_security_policy.extension_pages).toContain("connect-src 'self'");
    expect(manifest.content_security_policy.extension_pages).toContain("require-trusted-types-for 'script'; trusted-types nodi-viewer nodi-train nodi-ledger");
  });
});
