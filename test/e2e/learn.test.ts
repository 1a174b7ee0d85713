/** The trainee's page in the built extension, by keyboard alone: a case, what it should have been and why, the next day's cards, sign-off and export. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../harness/axe.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
let learn: Page;
beforeAll(async () => { sample = await openSampleRecord(); learn = await sample.browser.page('dashboard.html#learn'); await until(() => learn.innerText('h1'), (text) => text.includes('guess first')); });
afterAll(() => sample?.close());

const said = (part: string, page: Page = learn): Promise<string> => until(() => page.innerText('body'), (text) => text.includes(part), 30_000);
/** Goes on with Tab until the control of this name has the focus: what cannot be reached so is not there for the keyboard. */
async function tabTo(name: string, page: Page = learn): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => { const at = document.activeElement; return at instanceof HTMLElement ? (at.getAttribute('aria-label') ?? (at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0]?.querySelector('span')?.textContent : at.innerText)) ?? '' : ''; });
    if (here.startsWith(name)) return;
  }
  throw new Error(`Tab never reaches ${name}.`);
}
const kept = (): Promise<string> => learn.evaluate(() => new Promise((resolve, reject) => { const asked = indexedDB.open('nodi-learned', 1); asked.onerror = () => reject(new Error('no store')); asked.onsuccess = () => { const got = asked.result.transaction('parts').objectStore('parts').get('trainee'); got.onsuccess = () => { asked.result.close(); resolve(JSON.stringify(got.result ?? null)); }; }; }));

/** axe in both languages and the three looks; pictures where a folder is named for them. */
async function looked(name: string, page: Page = learn): Promise<string[]> {
  const bad: string[] = [];
  for (const locale of ['cy', 'en-GB'] as const) {
    await sample.ask('panel.change-settings', { locale });
    await until(() => page.evaluate(() => document.documentElement.lang), (lang) => lang === locale);
    for (const look of [{ colorScheme: 'light', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'dark', forcedColors: 'active' }] as const) {
      await page.emulateMedia(look);
      bad.push(...(await violations(page)).map((found) => `${name} ${locale} ${look.colorScheme} ${look.forcedColors}: ${found}`));
      const folder = process.env['PICTURES'];
      if (folder) await page.screenshot({ path: `${folder}/learn-${name}.${locale}.${look.forcedColors === 'active' ? 'forced' : look.colorScheme}.png`, fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  return bad;
}

describe('learning from invented cases', () => {
  it('takes a case by keyboard: words marked, codes written, the answer with its rule and the way through the index', async () => {
    expect(await learn.innerText('.learn-note')).toContain('?IIH');
    expect(await learn.innerText('body')).not.toContain('R51.X');
    await tabTo('Words of the note');
    await learn.keyboard.type('?IIH');
    await learn.keyboard.press('Enter');
    await said('Remove');
    await tabTo('Diagnoses');
    await learn.keyboard.type('G93.2');
    await tabTo('Procedures');
    await learn.keyboard.type('A55.9');
    await tabTo('sure');
    await learn.keyboard.press('Enter');
    await learn.keyboard.press('Control+Enter');
    const shown = await said('to take away');
    expect(shown).toContain('missed');
    expect(shown).toContain('R51.X');
    expect(shown).toContain('Where no definitive diagnosis was made');
    expect(shown).toContain('DGCS.1');
    await tabTo('R51.X');
    await learn.keyboard.press('Enter');
    await said('Analyse');
    const store = await kept();
    expect(store).toContain('rule:symptom-first');
    expect(store).toContain('"sure":"sure"');
    expect(store).not.toMatch(/headache|IIH|Elective/);
    expect(await looked('reveal')).toEqual([]);
  });

  it('refuses what is no code and keeps nothing of it', async () => {
    await tabTo('Next case');
    // The score has the focus when an answer is shown: Enter goes on from there.
    await learn.locator('h3').first().focus();
    await learn.keyboard.press('Enter');
    await until(() => learn.innerText('.learn-note'), (text) => text.includes('natalizumab'));
    const before = await kept();
    await tabTo('Diagnoses');
    await learn.keyboard.type('G43.909');
    await learn.keyboard.press('Control+Enter');
    await said('No code: G43.909');
    expect(await kept()).toBe(before);
    expect(await looked('case')).toEqual([]);
  });

  it('brings mistakes back as cards the next day, answered with a key each', async () => {
    await learn.clock.setFixedTime(Date.now() + 30 * 3_600_000);
    await learn.reload();
    await said('Card 1 of');
    const cards = Number(/Card 1 of (\d+)/.exec(await learn.innerText('body'))?.[1]);
    expect(cards).toBeGreaterThan(1);
    for (let at = 1; at <= cards; at += 1) {
      await said(`Card ${at} of ${cards}`);
      // The first was a guess: it is not rated beyond hard.
      await learn.keyboard.press(at === 1 ? '1' : at === 2 ? '3' : 'Space');
      await said('Again');
      expect((await learn.innerText('.learn-card')).includes('Good')).toBe(at > 1);
      if (at === 1) { expect(await looked('card')).toEqual([]); await learn.locator('.learn-card').focus(); }
      await learn.keyboard.press(at === 1 ? '2' : '3');
    }
    await said('That was today’s session.');
    const progress = JSON.parse(await kept()) as { readonly cards: readonly { readonly reps: number; readonly due: number }[] };
    expect(progress.cards.every(({ reps, due }) => reps === 1 && due > Date.now() + 30 * 3_600_000)).toBe(true);
    console.info(`cards answered ${cards}`);
  });

  it('shows what is known with its numbers, and exports it without a word of a note', async () => {
    await learn.getByRole('button', { name: 'Progress' }).focus();
    await learn.keyboard.press('Enter');
    await said('What you know, by rule and specialty');
    expect(await learn.locator('.learn-tests').nth(1).innerText()).toMatch(/guessing\s+1\s+1 of 1 \(100%\)\s+sure\s+2/);
    expect(await looked('progress')).toEqual([]);
    await tabTo('Export progress');
    const coming = learn.waitForEvent('download');
    await learn.keyboard.press('Enter');
    const table = readFileSync(await (await coming).path(), 'utf8');
    expect(table.split('\r\n').length).toBeGreaterThan(3);
    expect(table).not.toMatch(/IIH for|Elective|natalizumab/);
    expect(table).toContain('When “sure” was said');
  });

  it('takes the test before learning on its own cases, each once, and shows no answer meanwhile', async () => {
    await learn.getByRole('button', { name: 'Cases' }).focus();
    await learn.keyboard.press('Enter');
    await tabTo('Set');
    await learn.keyboard.press('Home');
    await said('0 of 15 answered');
    await tabTo('Diagnoses');
    await learn.keyboard.type('G35.X');
    await learn.keyboard.press('Control+Enter');
    const shown = await said('1 of 15 answered');
    expect(shown).not.toMatch(/to take away|The path, step by step/);
    const { attempts } = JSON.parse(await kept()) as { readonly attempts: readonly { readonly set: string }[] };
    expect(attempts.filter(({ set }) => set === 'pre')).toHaveLength(1);
  });

  it('is signed by a supervisor with initials once it is ready, and by nothing else', async () => {
    await learn.evaluate(() => new Promise<void>((resolve) => { const asked = indexedDB.open('nodi-learned', 1); asked.onsuccess = () => {
      const store = asked.result.transaction('parts', 'readwrite').objectStore('parts');
      const got = store.get('trainee');
      got.onsuccess = () => { const one = got.result as { outcomes: object[] }; one.outcomes.push(...[1, 2, 3].map((at) => ({ item: 'rule:laterality', specialty: 'ophthalmology', right: true, at }))); store.put(one, 'trainee').onsuccess = () => { asked.result.close(); resolve(); }; };
    }; }));
    await learn.reload();
    await learn.getByRole('button', { name: 'Progress' }).focus();
    await learn.keyboard.press('Enter');
    await said('ready to sign');
    expect(await learn.getByRole('button', { name: /^Sign Side codes/ }).isDisabled()).toBe(true);
    await tabTo('Supervisor');
    await learn.keyboard.type('ab');
    await tabTo('Sign Side codes');
    await learn.keyboard.press('Enter');
    await said('signed AB,');
    expect(await kept()).toContain('"by":"AB"');
    expect(await looked('signed')).toEqual([]);
  });
});

describe('a trainee who guesses first on a live record', () => {
  const profile = (name: string, more: object = {}): Promise<unknown> => sample.ask('panel.change-settings', { profile: name, profileAsked: true, ...more });
  const tabs = (): Promise<string> => sample.panel.innerText('[role=tablist]');
  const toTab = async (name: string): Promise<void> => { await sample.panel.locator('[role=tab][aria-selected=true]').focus(); for (let step = 0; step < 4 && !(await tabs().then(() => sample.panel.evaluate(() => document.activeElement?.textContent ?? ''))).startsWith(name); step += 1) await sample.panel.keyboard.press('ArrowRight'); };
  /** What may not be seen of this record before the guess: its marks, its codes and their words. */
  const hidden = /two meanings|C71\.2|H26\.9|NS\+\+|POAG/;

  it('finds marks, codes and counts hidden, marks and codes by keyboard, and sees what differs, why, and the way through the index', async () => {
    const { panel, page } = sample;
    await page.bringToFront();
    await until(sample.painted, (words) => words.includes('NS++'));
    await until(tabs, (text) => /Problems\s*\d+/.test(text));
    await profile('trainee');
    await until(sample.painted, (words) => words.length === 0);
    await panel.bringToFront();
    await until(tabs, (text) => text.includes('Learn') && !/(?:Problems|Codes)\s*\d/.test(text));
    for (const name of ['Problems', 'Codes', 'Episode']) { await toTab(name); expect(await panel.innerText('body'), name).not.toMatch(hidden); }
    await toTab('Problems');
    await said('Marks and codes of this record are hidden', panel);
    expect(await looked('guess-hidden', panel)).toEqual([]);
    await tabTo('Guess in Learn', panel);
    await panel.keyboard.press('Enter');
    await said('Mark what you would stop at', panel);
    await tabTo('Words of the note', panel);
    await panel.keyboard.type('words that are nowhere');
    await panel.keyboard.press('Enter');
    await said('does not stand in the notes', panel);
    await tabTo('Words of the note', panel);
    await panel.keyboard.press('Control+a');
    await panel.keyboard.type('ns++');
    await panel.keyboard.press('Enter');
    await said('Remove', panel);
    await tabTo('Diagnoses', panel);
    await panel.keyboard.type('H25.9');
    await tabTo('Procedures', panel);
    await panel.keyboard.type('C75.1 C71.2');
    await tabTo('fairly', panel);
    await panel.keyboard.press('Enter');
    expect(await sample.painted()).toEqual([]);
    expect(await looked('guess', panel)).toEqual([]);
    await tabTo('Compare', panel);
    await panel.keyboard.press('Enter');
    const shown = await said('which can be wrong', panel);
    expect(shown).toContain('differs in the');
    expect(shown).toContain('missed');
    expect(shown).toMatch(/C75\.1/);
    expect(shown).toContain('DCS.VII.1');
    await until(sample.painted, (words) => words.includes('NS++'));
    await tabTo('The path, step by step', panel);
    await panel.keyboard.press('Enter');
    expect(await said('Analyse', panel)).toContain('Verify');
    expect(await looked('compared', panel)).toEqual([]);
    const store = await kept();
    const { live } = JSON.parse(store) as { readonly live: readonly { readonly specialty: string; readonly items: readonly { readonly item: string }[] }[] };
    expect(live).toHaveLength(1);
    expect(live[0]?.specialty).toBe('ophthalmology');
    expect(live[0]?.items.map(({ item }) => item)).toEqual(expect.arrayContaining(['rule:cataract-type', 'rule:laterality', 'rule:paired-order']));
    expect(live[0]?.items.every(({ item }) => /^(?:rule:[a-z-]+|term:BM\d+)$/.test(item))).toBe(true);
    for (const secret of ['NS++', 'ns++', 'PARRY', '504', 'cataract ', 'H25', 'C751', 'E-24117']) expect(store).not.toContain(secret);
    expect((await sample.rows()).length).toBe(0);
  });

  it('has nothing of it left when the patient changes, and guesses anew when that patient comes back; a worker that dies forgets nothing', async () => {
    const { panel } = sample;
    const session = await sample.browser.context.newCDPSession(panel);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await panel.reload();
    await until(tabs, (text) => /Problems\s*\d+/.test(text), 30_000);
    await until(sample.painted, (words) => words.includes('NS++'));
    await sample.portal('open', 'p02');
    await until(() => panel.innerText('body'), (text) => text.includes('640') && text.includes('hidden'));
    expect(await panel.innerText('body')).not.toMatch(/which can be wrong|H25\.9/);
    expect(await sample.painted()).toEqual([]);
    await sample.portal('open', 'p01');
    await until(() => panel.innerText('body'), (text) => text.includes('504') && text.includes('hidden'));
    expect(await sample.painted()).toEqual([]);
  });

  it('turns it off for one record, or for all, and no other profile is affected', async () => {
    const { panel } = sample;
    const before = await kept();
    await toTab('Learn');
    await tabTo('Show this record without guessing', panel);
    await panel.keyboard.press('Enter');
    await until(sample.painted, (words) => words.includes('NS++'));
    await sample.portal('open', 'p02');
    await until(() => panel.innerText('body'), (text) => text.includes('640'));
    expect(await sample.painted()).toEqual([]);
    await tabTo('Guess first on live records', panel);
    await panel.keyboard.press('Space');
    await until(sample.painted, (words) => words.includes('? MS'));
    await panel.keyboard.press('Space');
    await until(sample.painted, (words) => words.length === 0);
    await toTab('Problems');
    await profile('coder');
    await until(sample.painted, (words) => words.includes('? MS'));
    await until(tabs, (text) => /Problems\s*\d+/.test(text) && !text.includes('Learn'));
    await panel.locator('[role=tab][aria-selected=true]').focus();
    await panel.keyboard.press('Control+k');
    await panel.keyboard.type('guess first');
    await panel.keyboard.press('Enter');
    const shown = await said('Weakest rules', panel);
    expect(shown).not.toContain('Guess first on live records');
    expect(await looked('panel', panel)).toEqual([]);
    // That the palette was used is ticked among the first steps; nothing of the record is kept.
    expect((await kept()).replace(/"steps".*/, '')).toBe(before.replace(/"steps".*/, ''));
  });
});

describe('the first steps', () => {
  it('are a walkthrough of the profile: done by doing, ticked by hand, resumed where it was, in both languages', async () => {
    const { panel } = sample;
    await sample.ask('panel.change-settings', { profile: 'trainee', profileAsked: true, locale: 'en-GB' });
    await learn.evaluate(() => { location.hash = 'start'; });
    const open = await said('Say whose work this is');
    expect(open).toMatch(/\d+ of 12 steps done/);
    const done = async (): Promise<readonly string[]> => learn.locator('.start-steps > .is-done .start-step').evaluateAll((steps) => steps.map((step) => step.querySelector('span')?.textContent ?? ''));
    expect(await done()).toEqual(expect.arrayContaining(['Say whose work this is', 'Open the panel', 'Allow the record’s site']));
    expect(await done()).not.toContain('Read the bookmark');
    await tabTo('Read the bookmark');
    await learn.keyboard.press('Enter');
    await tabTo('Go there: Read the bookmark');
    await learn.keyboard.press('Enter');
    await until(() => learn.evaluate(() => location.hash), (hash) => hash === '#bookmark');
    await panel.bringToFront();
    await panel.keyboard.press('Control+k');
    await panel.locator('dialog').waitFor();
    await panel.keyboard.press('Escape');
    await learn.bringToFront();
    await learn.goBack();
    await said('Say whose work this is');
    await until(done, (steps) => steps.includes('Read the bookmark') && steps.includes('Find a command by name'));
    // The first step that is not done is open: it is taken by hand, and taken back.
    const first = await learn.locator('.start-step[aria-expanded=true]').innerText();
    expect((await done()).some((step) => first.includes(step))).toBe(false);
    await tabTo('Mark as done');
    await learn.keyboard.press('Enter');
    await until(done, (steps) => steps.some((step) => first.includes(step)));
    await learn.reload();
    await until(() => learn.innerText('body'), (text) => text.includes('marked as done'));
    expect(await looked('start')).toEqual([]);
    await sample.ask('panel.change-settings', { locale: 'en-GB' });
    await panel.bringToFront();
    await panel.reload();
    await said('First steps:', panel);
    expect(await looked('steps-line', panel)).toEqual([]);
    await sample.ask('panel.change-settings', { locale: 'en-GB' });
    await tabTo('Do not show this', panel);
    await panel.keyboard.press('Enter');
    await until(() => panel.innerText('body'), (text) => !text.includes('First steps:'));
    await panel.reload();
    await until(() => panel.innerText('body'), (text) => text.includes('Problems') && !text.includes('First steps:'));
    expect(await kept()).toContain('put-away');
  });
});
