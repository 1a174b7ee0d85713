import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { panelCommands } from '../../../components/panel/commands.js';
import { profileViews } from '../../../components/profile-views.js';
import { createWords } from '../../../components/words.js';
import { profiles } from '../../../lib/model/profile.js';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/profiles');
let browser: Browser;
let script = '';
const style = ['assets/tokens.css', 'components/panel/panel.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/panel/page.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: string, locale: string, width = 360, dark = false): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light' });
  page.on('pageerror', (error) => { throw error; });
  await page.setContent(`<!doctype html><html lang="${locale}" data-locale="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
  await page.waitForSelector('main');
  return page;
}
const isLogged = (page: Page): Promise<string[]> => page.evaluate(() => window.story.commands.map(({ kind }) => kind));
const listed = (page: Page, within: string): Promise<string[]> => page.locator(`${within} .keys > li .sp`).evaluateAll((all) => all.map((one) => one.firstChild?.textContent ?? ''));

describe.each(['en-GB', 'cy'] as const)('whose work it is, in %s', (locale) => {
  const { say } = createWords(locale);
  const ask = say('profile.ask');

  it('is asked once, under the work and never in its way; each profile then has its own parts, buttons and keys, and no others', async () => {
    const bad: string[] = [];
    for (const profile of profiles) {
      const page = await open('record', locale);
      // Not answered: everything works.
      await page.locator('[data-row][tabindex="0"]').first().focus();
      expect(await page.evaluate(() => document.activeElement?.closest('.profile-ask') ?? null)).toBeNull();
      await page.keyboard.press('l');
      await page.waitForSelector('.row.is-logged');
      await page.keyboard.press('Control+z');
      await page.waitForSelector('.row.is-logged', { state: 'detached' });
      if (profile === 'coder') { bad.push(...await violations(page)); await page.screenshot({ path: join(pictures, `asked.${locale}.png`) }); }
      await page.getByLabel(ask).selectOption(profile);
      await page.getByRole('button', { name: say('profile.use') }).click();
      await page.getByLabel(ask).waitFor({ state: 'detached' });
      expect(await page.locator('[role=tab]').count()).toBe(profileViews[profile].parts.length);
      const before = (await isLogged(page)).length;
      const mayLog = !profileViews[profile].without.includes('row.log');
      const buttons = await page.locator('.detail .btn').allInnerTexts();
      const saying = (key: 'action.log' | 'action.dismiss' | 'action.logDetails'): boolean => buttons.some((text) => text.trim().startsWith(say(key)));
      if (saying('action.dismiss') !== mayLog || saying('action.logDetails') !== mayLog || (!mayLog && saying('action.log'))) bad.push(`${profile}: buttons ${buttons.join(' | ')}`);
      await page.locator('[data-row][tabindex="0"]').first().focus();
      await page.keyboard.press('l');
      if (mayLog) await page.waitForSelector('.row.is-logged');
      expect((await isLogged(page)).length).toBe(before + (mayLog ? 1 : 0));
      bad.push(...(await violations(page)).map((one) => `${profile} ${one}`));
      await page.screenshot({ path: join(pictures, `${profile}.${locale}.png`) });
      await page.keyboard.press('?');
      await page.waitForSelector('.keys');
      const names = await listed(page, 'dialog');
      expect(names.sort()).toEqual(panelCommands.filter(({ id }) => !profileViews[profile].without.includes(id)).map(({ words }) => say(words)).sort());
      await page.close();
    }
    console.info(`profiles tried ${profiles.length}, bad ${bad.length}; pictures in .cache/profiles`);
    expect(bad).toEqual([]);
  });

  it('offers no logging of what could not be read to who logs nothing', async () => {
    const page = await open('unreadable', locale);
    const log = page.locator('.state .btn');
    expect(await log.count()).toBe(1);
    await page.getByLabel(ask).selectOption('clinical-lead');
    await page.getByRole('button', { name: say('profile.use') }).click();
    await log.waitFor({ state: 'detached' });
    await page.close();
  });

  it('is chosen again in the options, which list the profile’s own keys and pass axe in each', async () => {
    const bad: string[] = [];
    const page = await open('options', locale, 720);
    for (const profile of profiles) {
      await page.getByLabel(say(`options.profile.${profile}`)).check();
      const without = profileViews[profile].without;
      const names = await listed(page, '.keymap');
      expect(names.sort()).toEqual(panelCommands.filter(({ id }) => !without.includes(id)).map(({ words }) => say(words)).sort());
      bad.push(...(await violations(page)).map((one) => `${profile} ${one}`));
    }
    await page.locator('#o-profile ~ [role=radiogroup]').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(pictures, `options.${locale}.png`) });
    await page.close();
    expect(bad).toEqual([]);
  });
});
