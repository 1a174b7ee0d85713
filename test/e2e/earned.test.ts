/** Earned confidence in the built extension: one key for what the record has earned, and episodes that are coded with the suggestions hidden. The record comes in as packs that other browsers signed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { episodeKey } from '../../lib/log/keys.js';
import { isBlind } from '../../lib/learning/index.js';
import { root } from '../harness/chromium-page.js';
import { signedPack } from '../harness/signed-pack.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

interface Seen { readonly record?: { readonly sealed: { readonly specialty: string; readonly blind?: string; readonly coding: { readonly suggestions: readonly { readonly suggestion: { readonly code: string; readonly record?: { readonly oneKey: boolean } } }[] } | null } } }

const opened: SampleRecord[] = [];
afterAll(async () => { for (const one of opened) await one.close(); });

const patient = JSON.parse(readFileSync(join(root, 'assets/demo/patients/first.json'), 'utf8')) as readonly { readonly id: string; readonly nhs: string; readonly hospital: string; readonly episode: { readonly number: string } }[];
/** A department's key under which the sample's episode is, or is not, of the blind sample: whichever of the two numbers the page is read for. */
function keyFor(drawn: boolean): string {
  const one = patient.find(({ id }) => id === 'p01');
  if (!one) throw new Error('No p01');
  for (let number = 0; ; number += 1) {
    const key = Uint8Array.from({ length: 32 }, (_, at) => (at < 4 ? (number >> (8 * at)) & 255 : 7));
    if ([one.nhs, one.hospital].every((identifier) => isBlind(episodeKey(key, identifier, { number: one.episode.number, admitted: null }), drawn ? 0.05 : 0.1) === drawn)) return [...key].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
}

/** The sample record under that key, in a worker that has begun anew with it. */
async function openUnder(drawn: boolean): Promise<SampleRecord & { readonly seen: () => Promise<Seen> }> {
  const sample = await openSampleRecord();
  opened.push(sample);
  const { panel, page } = sample;
  const tab = Number(new URL(panel.url()).searchParams.get('tab'));
  const seen = (): Promise<Seen> => sample.ask<Seen>('panel.view', { tab });
  await panel.evaluate((key) => (window as unknown as { chrome: { storage: { local: { set: (items: object) => Promise<void> } } } }).chrome.storage.local.set({ 'board-key': key }), keyFor(drawn));
  const session = await sample.browser.context.newCDPSession(panel);
  let stopped = 0;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => { stopped += versions.filter((one) => one.runningStatus === 'stopped').length; });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await until(() => Promise.resolve(stopped), (count) => count > 0);
  await page.reload();
  await until(seen, (view) => (view.record?.sealed.coding?.suggestions.length ?? 0) > 0);
  return { ...sample, seen };
}

/** Three coders who gave “cataract” the code that Nodi offers for it, 40 times each, and nothing else. */
async function bringInRecord(sample: SampleRecord & { readonly seen: () => Promise<Seen> }): Promise<string> {
  const view = await sample.seen();
  const specialty = view.record?.sealed.specialty ?? '';
  const code = view.record?.sealed.coding?.suggestions.find(({ suggestion }) => /^H2[56]/.test(suggestion.code))?.suggestion.code ?? '';
  const coder = { finished: [[specialty, 70]] as const, rows: [['cataract', 'plain', specialty, 'ICD-10', 'icd-10-5th-edition', 40, 40, `ICD-10 ${code}`, 40, 0, 40]] };
  const text = await signedPack(sample.panel, [coder, coder, coder]);
  expect(await sample.ask('panel.import-pack', { text, trust: false })).toMatchObject({ taken: false, failure: { kind: 'not-trusted' } });
  expect(await sample.ask('panel.import-pack', { text, trust: true })).toEqual({ taken: true });
  return code;
}

const decided = async (sample: SampleRecord): Promise<readonly Record<string, unknown>[]> => (await sample.rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence']));

describe('one key', () => {
  it('accepts the code whose record has earned it, with the words that earned it, and nothing before and nothing else', async () => {
    const sample = await openUnder(false);
    const { panel } = sample;
    await panel.bringToFront();
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await until(() => panel.locator('[role=option]').count(), (count) => count > 1);
    const palette = async (): Promise<number> => {
      await panel.keyboard.press('Control+k');
      await panel.locator('dialog input').fill('one key');
      const offered = await panel.locator('dialog [role=option]').filter({ hasText: /one key/i }).count();
      await panel.keyboard.press('Escape');
      return offered;
    };
    // No record yet: the key does nothing, and the palette does not offer it.
    await panel.locator('[role=option][tabindex="0"]').focus();
    await panel.keyboard.press('a');
    expect([await palette(), (await decided(sample)).length]).toEqual([0, 0]);
    const code = await bringInRecord(sample);
    await until(() => panel.locator('.one-key').count(), (count) => count === 1);
    expect(await panel.locator('.code', { has: panel.locator('.one-key') }).innerText()).toContain(code.replace(/^(...)/, '$1.'));
    expect(await palette()).toBe(1);
    // From another row than the one that has earned it.
    await panel.locator('[role=option]').nth(1).click();
    await panel.keyboard.press('a');
    await until(() => panel.locator('.code.is-accepted').count(), (count) => count === 1);
    // The operation's unit has no such record: the key is pressed again and again, and nothing more is accepted.
    for (let at = 0; at < 3; at += 1) await panel.keyboard.press('a');
    expect(await palette()).toBe(0);
    const rows = await decided(sample);
    expect(rows.map(({ kind, codes, origin, phrase, flag }) => [kind, codes, origin, phrase, flag])).toEqual([['codes-accepted', code, 'one-key', 'cataract', 'plain']]);
    // One whose code was refused elsewhere loses it: the interval of 40 refusals is far below the bar.
    await panel.keyboard.press('Control+z');
    await until(() => panel.locator('.code.is-accepted').count(), (count) => count === 0);
    const view = await sample.seen();
    const coder = { finished: [], rows: [['cataract', 'plain', view.record?.sealed.specialty ?? '', 'ICD-10', 'icd-10-5th-edition', 40, 40, `ICD-10 ${code}`, 4, 36, 40]] };
    expect(await sample.ask('panel.import-pack', { text: await signedPack(panel, [coder]), trust: true })).toEqual({ taken: true });
    await until(() => panel.locator('.one-key').count(), (count) => count === 0);
    await panel.locator('[role=option][tabindex="0"]').focus();
    await panel.keyboard.press('a');
    expect([await palette(), (await decided(sample)).filter(({ kind }) => kind === 'codes-accepted').length]).toEqual([0, 1]);
  });
});

describe('an episode of the blind sample', () => {
  it('shows no suggestion until it is coded, takes none, and leaves the comparison in its row', async () => {
    const sample = await openUnder(true);
    const { panel, page } = sample;
    await panel.bringToFront();
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    // Words that prove a code and have no finding of the sheet on them.
    const marks = (): Promise<number> => sample.painted().then((words) => words.filter((one) => /POAG|HTN/.test(one)).length);
    // Scored in silence the specialty is not sampled: there is nothing to check yet.
    await until(() => panel.locator('.codelist [role=option]').count(), (count) => count > 1);
    expect(await panel.locator('[role=option][tabindex="0"]').innerText()).toMatch(/H2[56]/);
    await until(marks, (count) => count > 0);
    const code = await bringInRecord(sample);
    await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes('Coded without suggestions'));
    expect([await panel.locator('.codelist').count(), (await sample.seen()).record?.sealed.coding?.suggestions.length, (await sample.seen()).record?.sealed.blind]).toEqual([0, 0, 'hidden']);
    await until(marks, (count) => count === 0);
    // What nobody was shown cannot be accepted, by no key and no message of our own pages.
    await panel.keyboard.press('a');
    const view = await sample.seen() as unknown as { readonly record: { readonly sealed: { readonly documents: readonly { readonly key: object }[] } } };
    expect(await sample.ask('panel.run', { tab: Number(new URL(panel.url()).searchParams.get('tab')), command: { kind: 'accept-codes', id: crypto.randomUUID(), key: view.record.sealed.documents[0]?.key, system: 'ICD-10', codes: [code], origin: 'suggestion', evidence: null, replaces: null } })).toEqual({ kind: 'refused', reason: 'not-allowed' });
    expect(await decided(sample)).toEqual([]);
    // Coded as without Nodi: the code is looked for.
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await panel.locator('main').focus();
    await panel.keyboard.press('Control+Shift+A');
    await panel.keyboard.type(code);
    await until(() => panel.locator('dialog [role=option]').first().innerText(), (text) => text.includes(code.replace(/^(...)/, '$1.')));
    await panel.keyboard.press('Enter');
    await until(async () => (await decided(sample)).length, (count) => count === 1);
    await panel.getByRole('tab', { name: /^Episode/ }).click();
    await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes(code.replace(/^(...)/, '$1.')));
    await panel.keyboard.press('Control+Shift+Enter');
    await until(async () => (await decided(sample)).length, (count) => count === 2);
    const [accepted, coded] = await decided(sample);
    expect(accepted).toMatchObject({ kind: 'codes-accepted', codes: code, origin: 'search', standing: 'none' });
    expect(coded).toMatchObject({ kind: 'episode-coded', diagnoses: 1, procedures: 0, kept: 1, blind: 'same', quick: 1, quickKept: 1 });
    // Then they are shown, and it is said.
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await until(() => panel.locator('.codelist [role=option]').count(), (count) => count > 1);
    expect(await panel.innerText('[role=tabpanel]')).toContain('You coded this episode without');
    console.info('episodes coded without suggestions 1, suggestions shown before 0');
  });
});
