/** Letters at the marks, and the browser's own keys: a person goes from mark to mark without the mouse, and the page keeps every key. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../harness/chromium-page.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

const pictures = join(root, '.cache/letters');
let sample: SampleRecord;
let page: Page;
let panel: Page;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  sample = await openSampleRecord();
  ({ page, panel } = sample);
  await until(sample.painted, (words) => words.includes('NS++'));
  await until(() => panel.innerText('body'), (text) => text.includes('two meanings'));
});
afterAll(() => sample?.close());

const children = (): Promise<number> => page.evaluate(() => document.documentElement.children.length);
const lettersAre = (there: boolean): Promise<number> => until(children, (count) => count === (there ? 3 : 2));
/** Puts the focus into the list and asks for letters. */
async function begin(): Promise<void> {
  await page.bringToFront();
  await panel.locator('[role=option][tabindex="0"]').first().focus();
  await panel.keyboard.press('f');
  await panel.locator('.labelline b', { hasText: /\d/ }).waitFor();
}
/** Words under the highlight of the current place. */
const current = (): Promise<string[]> => page.evaluate(() => [...CSS.highlights].filter(([name]) => /d[xy]$/.test(name)).flatMap(([, highlight]) => [...(highlight as unknown as Iterable<StaticRange>)].map((one) => {
  const range = document.createRange();
  range.setStart(one.startContainer, one.startOffset);
  range.setEnd(one.endContainer, one.endOffset);
  return range.toString();
})));

describe('letters at the marks', () => {
  it('stand on one element beside the page, and the first leads to the first mark in view and its row', async () => {
    await page.evaluate(() => { const heard: string[] = []; (window as unknown as { heard: string[] }).heard = heard; for (const kind of ['keydown', 'keyup', 'keypress']) addEventListener(kind, (event) => { heard.push(`${kind} ${(event as KeyboardEvent).key} ${event.defaultPrevented}`); }, true); });
    const body = await page.evaluate(() => document.body.outerHTML);
    const head = await page.evaluate(() => document.head.outerHTML);
    await begin();
    await lettersAre(true);
    const [, count = '0'] = /(\d+)/.exec(await panel.innerText('.labelline b')) ?? [];
    console.info(`marks with letters: ${count}`);
    expect(Number(count)).toBeGreaterThan(3);
    expect(await page.evaluate(() => [document.documentElement.lastElementChild?.shadowRoot ?? null, document.documentElement.lastElementChild?.textContent])).toEqual([null, '']);
    expect(await page.evaluate(() => document.body.outerHTML)).toBe(body);
    expect(await page.evaluate(() => document.head.outerHTML)).toBe(head);
    for (const [name, look] of [['light', { colorScheme: 'light', forcedColors: 'none' }], ['dark', { colorScheme: 'dark', forcedColors: 'none' }], ['forced', { colorScheme: 'dark', forcedColors: 'active' }]] as const) {
      await page.emulateMedia(look);
      await page.screenshot({ path: join(pictures, `${name}.png`), caret: 'initial' });
      await panel.screenshot({ path: join(pictures, `panel-${name}.png`), caret: 'initial' });
    }
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    // A key of the page while letters stand is the page's.
    await page.keyboard.press('s');
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['keydown s false', 'keypress s false', 'keyup s false']);
    expect(await children()).toBe(3);
    await panel.keyboard.press('a');
    const [shown] = await until(current, (words) => words.length === 1);
    expect(await panel.evaluate(() => document.activeElement?.textContent ?? '')).toContain(shown);
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard.length)).toBe(3);
    expect(await page.evaluate(() => document.body.outerHTML)).toBe(body);
  });

  it('are gone at once with Escape in the page, a click, a scroll and another patient', async () => {
    let tried = 0;
    for (const leave of [
      () => page.keyboard.press('Escape'), () => page.mouse.click(3, 3), () => page.evaluate(() => { const far = document.createElement('p'); far.style.height = '3000px'; document.body.append(far); scrollTo(0, 40); }),
      () => sample.portal('open', 'p02'),
    ]) {
      await page.keyboard.press('Escape');
      await lettersAre(false);
      await begin();
      await lettersAre(true);
      await leave();
      await lettersAre(false);
      await until(() => panel.locator('.labelline').count(), (count) => count === 0);
      tried += 1;
    }
    console.info(`ways to leave: tried ${tried}, bad 0`);
    expect(tried).toBe(4);
    await until(() => panel.innerText('body'), (text) => text.includes('640') && !text.includes('504'));
  });
});

describe('the browser’s own keys', () => {
  /** As the browser itself tells the extension of a key of its own. */
  const press = (name: string): Promise<void> => sample.worker.evaluate(async (named) => {
    const { commands, tabs } = (globalThis as unknown as { chrome: { commands: { onCommand: { dispatch: (name: string, tab: unknown) => void } }; tabs: { query: (by: object) => Promise<unknown[]> } } }).chrome;
    const [tab] = await tabs.query({ active: true, lastFocusedWindow: true });
    commands.onCommand.dispatch(named, tab);
  }, name);

  it('step through the words that prove codes while the codes are in front, and past them otherwise', async () => {
    await sample.portal('open', 'p01');
    await until(sample.painted, (words) => words.includes('NS++') && words.includes('T2DM'));
    await until(() => panel.innerText('body'), (text) => text.includes('504'));
    const round = async (): Promise<Set<string>> => {
      await page.bringToFront();
      const seen: string[] = [];
      for (let at = 0; at < 60; at += 1) {
        const before = (await current()).join();
        await press('next-mark');
        await until(current, (words) => words.length > 0 && (words.join() !== before || at > 0), 3000);
        const [words = ''] = await current();
        seen.push(words);
      }
      return new Set(seen);
    };
    await panel.getByRole('tab').first().click();
    const problems = await round();
    expect(problems).toContain('NS++');
    expect(problems).not.toContain('T2DM');
    await panel.getByRole('tab', { name: /^Codes/ }).click();
    const codes = await round();
    expect(codes).toContain('NS++');
    expect(codes).toContain('T2DM');
    console.info(`marks stepped to: ${problems.size} with the problems in front, ${codes.size} with the codes`);
  });

  it('begin letters at the marks in the panel', async () => {
    await page.bringToFront();
    await panel.getByRole('tab').first().click();
    await press('label-marks');
    await panel.locator('.labelline b', { hasText: /\d/ }).waitFor();
    await lettersAre(true);
    await page.keyboard.press('Escape');
    await lettersAre(false);
  });
});
