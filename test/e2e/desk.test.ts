/** The coder's desk on the sample record: an ordinary day case coded by keyboard, undone, and words of the note that a code is chosen for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

let sample: SampleRecord;
beforeAll(async () => { sample = await openSampleRecord(); });
afterAll(() => sample?.close());

/** What stands in the log of the codes, in order: the kind, and its codes. */
const decided = async (): Promise<string[]> => (await sample.rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence'])).map((row) => [row['kind'], row['codes']].filter(Boolean).join(' '));
const inHand = (): Promise<string> => sample.panel.evaluate(() => [...document.activeElement?.querySelectorAll('.cc') ?? []].map((one) => one.textContent).join('+'));

describe('a cataract day case', () => {
  it('is coded and copied, from note shown to codes on the clipboard, in at most 8 keystrokes', async () => {
    const { panel } = sample;
    await panel.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await until(() => panel.innerText('[role=tablist]'), (text) => /Codes\s*\d/.test(text));
    await panel.bringToFront();
    let keys = 0;
    const press = async (key: string): Promise<void> => { keys += 1; await panel.keyboard.press(key); };
    // Alt ; from the note puts the focus into the panel; its page is in front here.
    keys += 1;
    await panel.locator('main').focus();
    await press('Control+]');
    await until(inHand, (codes) => /^H2[56]\.\d$/.test(codes));
    expect(await decided()).toEqual([]);
    await press('Enter');
    await until(inHand, (codes) => codes.startsWith('C75.1+C71.2'));
    await press('Enter');
    await until(() => panel.locator('.code.is-accepted').count(), (count) => count === 2);
    await press('Control+]');
    await until(() => panel.innerText('[role=tabpanel]'), (text) => text.includes('primary') && text.includes('C75.1'));
    await press('Control+Shift+Enter');
    await until(() => panel.innerText('.finish'), (text) => text.includes('Coded'));
    await press('Control+Shift+c');
    const copied = await until(() => panel.evaluate(() => navigator.clipboard.readText()), (text) => text.includes('C75.1'));
    expect(copied).toMatch(/^H2[56]\.\d\r\n(?:[A-Z]\d\d\.[\dX]\r\n)*C75\.1\r\nC71\.2\r\n(?:[A-Z]\d\d\.\d\r\n)*Z94\.2(?:\r\n)?$/);
    console.info(`keystrokes from note shown to episode coded and copied: ${keys}`);
    expect(keys).toBeLessThanOrEqual(8);
    expect((await decided()).map((row) => row.replace(/H2[56]\d/, 'H2..'))).toEqual(['codes-accepted H2..', expect.stringMatching(/^codes-accepted C751 C712 (?:\w+ )*Z942$/), 'episode-coded']);
  });
});

describe('what was decided', () => {
  it('is undone and redone without end, and the row that comes back is in hand', async () => {
    const { panel } = sample;
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    await panel.locator('[role=option][tabindex="0"]').focus();
    const accepted = (): Promise<number> => panel.locator('.code.is-accepted').count();
    // The last word first, then both acceptances.
    await panel.keyboard.press('Control+z');
    await until(decided, (rows) => rows.at(-1) === 'undone');
    await panel.keyboard.press('Control+z');
    await until(accepted, (count) => count === 1);
    await until(inHand, (codes) => codes.startsWith('C75.1'));
    await panel.keyboard.press('Control+z');
    await until(accepted, (count) => count === 0);
    await until(inHand, (codes) => /^H2[56]/.test(codes));
    for (const count of [1, 2]) { await panel.keyboard.press('Control+Shift+Z'); await until(accepted, (now) => now === count); }
    await panel.keyboard.press('Control+z');
    await until(accepted, (count) => count === 1);
    await panel.keyboard.press('Control+z');
    await until(accepted, (count) => count === 0);
  });
});

describe('primary-only coding', () => {
  it('is chosen by the coder, folds the others as unknown, and goes with every record', async () => {
    const { panel } = sample;
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    if (await panel.getByRole('button', { name: 'Code primary only' }).count() > 0) await panel.getByRole('button', { name: 'Code primary only' }).click();
    await until(() => panel.innerText('.codelist'), (text) => text.includes('kept as unknown, never as absent'));
    expect(await panel.locator('.codelist [role=option]').count()).toBe(2);
    await panel.locator('[role=option]').first().focus();
    await panel.keyboard.press('Enter');
    await until(() => panel.locator('.code.is-accepted').count(), (count) => count === 1);
    const rows = (await sample.rows()).filter((row) => row['kind'] === 'codes-accepted').sort((a, b) => Number(a['sequence']) - Number(b['sequence']));
    expect(rows.at(-1)).toMatchObject({ depth: 'primary' });
    // Nobody said that the others are not there.
    expect((await sample.rows()).filter((row) => row['kind'] === 'codes-rejected')).toEqual([]);
  });
});

/** Selects words in the note, as a person drags over them. */
const select = (words: string): Promise<void> => sample.page.evaluate((sought) => {
  const walker = document.createTreeWalker(document.querySelector('#documents') as Element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) { const at = node.data.indexOf(sought); if (at >= 0) { getSelection()?.setBaseAndExtent(node, at, node, at + sought.length); return; } }
  throw new Error(`No ${sought}`);
}, words);

describe('words that are selected in the note', () => {
  it('are what a code is chosen for: the search begins with them, Enter accepts, and they stand first the next time', async () => {
    const { page, panel } = sample;
    await select('HTN');
    await panel.locator('[role=option][tabindex="0"]').focus();
    await panel.keyboard.press('Control+Shift+A');
    await until(() => panel.locator('dialog input').inputValue(), (value) => value === 'HTN');
    expect(await panel.innerText('dialog')).toContain('which go with it as its proof');
    await until(() => panel.locator('dialog [role=option]').first().innerText(), (text) => text.includes('I10.X'));
    await panel.keyboard.press('Enter');
    await until(() => panel.getByRole('tab', { name: /^Episode/ }).innerText(), (text) => text.includes('2'));
    const row = (await sample.rows()).filter(({ kind }) => kind === 'codes-accepted').sort((a, b) => Number(a['sequence']) - Number(b['sequence'])).at(-1);
    expect(row).toMatchObject({ codes: 'I10X', origin: 'selection', phrase: 'htn' });
    await panel.keyboard.press('Control+Shift+A');
    await until(() => panel.locator('dialog [role=option]').first().innerText(), (text) => text.includes('I10.X') && text.includes('chosen for these words 1 time'));
    await panel.keyboard.press('Escape');
    // A code that is only looked for has no words of the record.
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await panel.keyboard.press('Control+Shift+A');
    await panel.keyboard.type('Z921');
    await until(() => panel.locator('dialog [role=option]').first().innerText(), (text) => text.includes('Z92.1'));
    await panel.keyboard.press('Enter');
    await until(() => panel.getByRole('tab', { name: /^Episode/ }).innerText(), (text) => text.includes('3'));
    expect((await sample.rows()).filter(({ kind }) => kind === 'codes-accepted').map(({ origin, phrase }) => [origin, phrase])).toContainEqual(['search', '']);
  });
});

describe('the page’s own menu', () => {
  interface MenuApi { readonly contextMenus: { readonly update: (id: string, item: object) => Promise<void>; readonly onClicked: { readonly dispatch: (info: object, tab: unknown) => void } }; readonly tabs: { readonly query: (by: object) => Promise<unknown[]> } }
  /** As the browser itself tells the extension that its entry was pressed over selected words. */
  const press = (): Promise<void> => sample.worker.evaluate(async () => {
    const { contextMenus, tabs } = (globalThis as unknown as { chrome: MenuApi }).chrome;
    const [tab] = await tabs.query({ url: 'http://127.0.0.1/*' });
    contextMenus.onClicked.dispatch({ menuItemId: 'choose-code', frameId: 0, editable: false, selectionText: 'not what is read' }, tab);
  });

  it('has an entry for selected words, which opens the search with them as they stood in that moment', async () => {
    const { panel } = sample;
    // The browser itself refuses to change an entry that is not there.
    await sample.worker.evaluate(() => (globalThis as unknown as { chrome: MenuApi }).chrome.contextMenus.update('choose-code', { contexts: ['selection'] }));
    await select('HTN');
    await press();
    // What is selected once the search is open is another matter.
    await until(() => panel.locator('dialog input').inputValue(), (value) => value === 'HTN');
    await select('T2DM');
    expect(await panel.innerText('dialog')).toContain('which go with it as its proof');
    await until(() => panel.locator('dialog [role=option]').first().innerText(), (text) => text.includes('I10.X'));
    const before = (await sample.rows()).length;
    await panel.keyboard.press('Enter');
    await until(async () => (await sample.rows()).length, (count) => count === before + 1);
    const row = (await sample.rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence'])).at(-1);
    expect(row).toMatchObject({ kind: 'codes-accepted', origin: 'selection', codes: 'I10X', phrase: 'htn' });
    await panel.keyboard.press('Control+z');
    await until(async () => (await sample.rows()).length, (count) => count === before + 2);
  });

  it('begins no search with words that are no note’s, or that were another patient’s', async () => {
    const { page, panel } = sample;
    await page.evaluate(() => { const name = document.querySelector('[data-field="nhs-number"]') as Element; getSelection()?.selectAllChildren(name); });
    await press();
    await until(() => panel.innerText('body'), (text) => text.includes('as part of a note'));
    expect(await panel.locator('dialog').count()).toBe(0);
    await select('HTN');
    await press();
    await sample.portal('open', 'p02');
    await until(() => panel.innerText('body'), (text) => text.includes('640') && !text.includes('504'));
    expect(await panel.locator('dialog').count()).toBe(0);
    await sample.portal('open', 'p01');
    await until(() => panel.innerText('body'), (text) => text.includes('504'));
    await panel.getByRole('tab', { name: /^Episode/ }).click();
    await until(() => panel.locator('.episode .unit').count(), (count) => count > 0);
    expect(await panel.locator('dialog').count()).toBe(0);
  });
});

describe('the episode', () => {
  it('is put in order by keys and loses a code, each undone', async () => {
    const { panel } = sample;
    await panel.getByRole('tab', { name: /^Episode/ }).click();
    const order = (): Promise<string[]> => panel.locator('.episode .unit .cc').allInnerTexts();
    const start = await until(order, (codes) => codes.length === 3);
    await panel.locator('.unit', { hasText: 'Z92.1' }).click();
    await panel.keyboard.press('Alt+ArrowUp');
    await panel.keyboard.press('Alt+ArrowUp');
    await until(order, (codes) => codes[0] === 'Z92.1');
    expect(await panel.locator('.unit').first().innerText()).toContain('primary');
    expect(await inHand()).toBe('Z92.1');
    await panel.keyboard.press('Delete');
    await until(order, (codes) => codes.length === 2);
    for (let turn = 0; turn < 3; turn += 1) { await panel.keyboard.press('Control+z'); await until(decided, (rows) => rows.filter((row) => row === 'undone').length > turn); }
    await until(order, (codes) => codes.join() === start.join());
  });
});

describe('an acceptance whose worker dies', () => {
  it('is whole or not there, and what was acknowledged is there once when the worker lives again', async () => {
    const here = await openSampleRecord();
    try {
      const { panel } = here;
      await panel.bringToFront();
      await panel.getByRole('tab', { name: /^Codes/ }).click();
      const session = await here.browser.context.newCDPSession(panel);
      await session.send('ServiceWorker.enable');
      const unit = panel.locator('.code', { hasText: 'C75.1' });
      const take = async (): Promise<void> => { await unit.click(); await until(() => panel.evaluate(() => document.activeElement?.textContent ?? ''), (text) => text.includes('C75.1') && !text.includes('H26.9')); };
      const look = async (): Promise<string> => await unit.getAttribute('class') ?? '';
      const delays = process.env['NODI_LONG'] ? Array.from({ length: 60 }, (_, round) => round) : [0, 6, 12, 24, 40, 60];
      let sentAgain = 0;
      for (const delay of delays) {
        await until(look, (classes) => classes.includes('is-open'), 30_000);
        await take();
        await panel.keyboard.press('Enter');
        await new Promise((resolve) => { setTimeout(resolve, delay); });
        await session.send('ServiceWorker.stopAllWorkers');
        const classes = await until(look, (now) => now.includes('is-accepted') || now.includes('is-not-saved'), 30_000);
        // Not saved: it is kept here, and the same decision is sent again.
        if (classes.includes('is-not-saved')) {
          sentAgain += 1;
          await panel.getByRole('button', { name: 'Try again' }).click();
          await until(look, (now) => now.includes('is-accepted'), 30_000);
        }
        await take();
        await panel.keyboard.press('u');
      }
      await until(look, (classes) => classes.includes('is-open'), 30_000);
      const rows = (await here.rows()).sort((a, b) => Number(a['sequence']) - Number(b['sequence'])).map((row) => [row['kind'], row['codes']].filter(Boolean).join(' '));
      console.info(`deaths of the worker in mid-acceptance ${delays.length}, sent again by a person ${sentAgain}, rows ${rows.length}`);
      // One row for each acceptance and one for each undo: none lost, none doubled, none half.
      expect(rows).toEqual(delays.flatMap(() => [expect.stringMatching(/^codes-accepted C751 C712 (?:\w+ )*Z942$/), 'undone']));
    } finally { await here.close(); }
  });
});
