import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, looks, openChromium, root, wear } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/panel');
const locales = ['en-GB', 'cy'] as const;
type Locale = (typeof locales)[number];
let browser: Browser;
let script = '';
let style = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/panel/page.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  style = ['assets/tokens.css', 'components/panel/panel.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(scene: string, locale: Locale, options: { width?: number; dark?: boolean; forced?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 360, height: 900 }, colorScheme: options.dark ? 'dark' : 'light', forcedColors: options.forced ? 'active' : 'none' });
  page.on('pageerror', (error) => { throw error; });
  const html = `<!doctype html><html lang="${locale}" data-locale="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>location.hash = '${scene}';</script><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
  await page.setContent(html);
  await page.waitForSelector('main');
  return page;
}
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.querySelector('.term')?.textContent ?? document.activeElement?.tagName ?? '');
/** The focus moves with the next drawing, so it is awaited rather than asked once. */
const expectFocus = (page: Page, words: string): Promise<void> => expect.poll(() => focused(page), { timeout: 5000, interval: 20 }).toBe(words);
const sent = (page: Page): Promise<{ kind: string; undoes?: string; rule?: string }[]> => page.evaluate(() => window.story.commands.map((command) => ({ ...command })) as never);
async function toList(page: Page): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if (await page.evaluate(() => document.activeElement?.matches('[data-row]') ?? false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The list cannot be reached by Tab.');
}

describe.each(locales)('by keyboard only, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('walks, logs, dismisses, undoes and redoes', async () => {
    const page = await open('record', locale);
    await toList(page);
    await expectFocus(page, 'NS++');
    await page.keyboard.press('ArrowDown');
    await expectFocus(page, 'AF');
    expect(await page.locator('.detail').textContent()).toContain(welsh ? 'Ysgrifennwch yn hytrach' : 'Write instead');
    expect(await page.locator('.detail').count()).toBe(1);
    expect(await page.locator('.draft').count()).toBe(welsh ? 1 : 0);
    await page.keyboard.press('l');
    await page.waitForSelector('.toast');
    await expectFocus(page, 'Small pupil');
    expect(await page.locator('.row.is-logged .term').allTextContents()).toEqual(['AF']);
    expect(await page.locator('.toast').textContent()).toContain(welsh ? 'Mae ‘AF’ wedi’i gofnodi' : '‘AF’ is logged');
    await page.keyboard.press('d');
    await page.waitForSelector('.row.is-dismissed');
    await expectFocus(page, '?PD');
    await page.keyboard.press('Control+z');
    await page.waitForSelector('.row.is-dismissed', { state: 'detached' });
    await expectFocus(page, 'Small pupil');
    await page.keyboard.press('Control+z');
    await page.waitForSelector('.row.is-logged', { state: 'detached' });
    await expectFocus(page, 'AF');
    await page.keyboard.press('Control+Shift+Z');
    await page.waitForSelector('.row.is-logged');
    const commands = await sent(page);
    expect(commands.map((command) => [command.kind, command.undoes ?? null])).toEqual([
      ['log-finding', null], ['dismiss-finding', null], ['undo', 'event-2'], ['undo', 'event-1'], ['undo', 'event-4']]);
    await page.keyboard.press('F8');
    await expectFocus(page, 'Small pupil');
    await page.keyboard.press('Shift+F8');
    await expectFocus(page, 'NS++');
    await page.keyboard.press(' ');
    expect((await sent(page)).filter((command) => command.kind === 'show-finding')).toHaveLength(3);
    await page.keyboard.press('c');
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => window.story.calls)).toEqual([welsh ? 'copy ffibriliad atrïaidd' : 'copy atrial fibrillation', 'page']);
    await page.screenshot({ path: join(pictures, `record.${locale}.png`) });
    await page.close();
  });

  it('opens quick fixes, reasons, palette, documents, keys and muted terms, and comes back to the row', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.keyboard.press('Control+.');
    await page.waitForSelector('[role=menu]');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `fixes.${locale}.png`) });
    await page.keyboard.press('m');
    await page.waitForSelector('.toast');
    expect((await sent(page)).map((command) => command.kind)).toEqual(['mute-rule']);
    await expectFocus(page, 'AF');
    await page.keyboard.press('w');
    await page.waitForSelector('.why');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expectFocus(page, 'AF');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('[role=combobox]');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type(welsh ? 'saesneg' : 'welsh');
    await page.screenshot({ path: join(pictures, `palette.${locale}.png`) });
    await page.keyboard.press('Enter');
    await page.waitForFunction((lang) => document.documentElement.lang === lang, welsh ? 'en-GB' : 'cy');
    await expectFocus(page, 'AF');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('@neuro');
    await page.keyboard.press('Enter');
    await expectFocus(page, '?PD');
    await page.keyboard.press('?');
    await page.waitForSelector('.keys');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `keys.${locale}.png`) });
    await page.keyboard.type('F8');
    await page.waitForFunction(() => document.querySelectorAll('.keys > li').length === 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.close();
  });

  it('filters by verdict, kind and text, and lets single letters be turned off', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.keyboard.press('/');
    await page.keyboard.type('cannot');
    expect(await page.locator('[data-row] .term').allTextContents()).toEqual(['cannot exclude']);
    expect(await page.locator('.scroll').textContent()).toContain(welsh ? 'Mae’r hidlydd yn cuddio 5 problem' : '5 problems are hidden by the filter');
    await page.keyboard.press('Enter');
    await expectFocus(page, 'cannot exclude');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(welsh ? 'diffodd' : 'letter keys off');
    await page.keyboard.press('Enter');
    await page.keyboard.press('l');
    expect(await sent(page)).toEqual([]);
    await page.close();
  });

  it('keeps a decision that was not saved, and shows nothing of it over another patient', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.evaluate(() => window.story.answer('not-saved'));
    await page.keyboard.press('l');
    await page.waitForSelector('.depth');
    expect(await page.locator('.row.is-not-saved .term').allTextContents()).toEqual(['NS++']);
    expect(await page.locator('.status').textContent()).toContain(welsh ? '1 heb ei gadw' : '1 not saved');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `not-saved.${locale}.png`) });
    await page.evaluate(() => window.story.show('clean'));
    await page.waitForSelector('.state');
    expect(await page.locator('main').textContent()).not.toContain('NS++');
    await page.evaluate(() => window.story.answer('acknowledged'));
    await page.locator('.depth .btn.go').press('Enter');
    await page.waitForSelector('.depth', { state: 'detached' });
    const commands = await sent(page);
    expect(commands[1]).toEqual(commands[0]);
    await page.close();
  });

  it('waits for the log before a row is called logged', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.evaluate(() => window.story.answer('done'));
    await page.keyboard.press('l');
    await page.waitForSelector('.row.is-pending');
    expect(await page.locator('.row.is-logged').count()).toBe(0);
    expect(await page.locator('.toast').count()).toBe(0);
    await page.close();
  });
});

describe.each(locales)('the codes, in %s', (locale) => {
  it('are reached and walked by keyboard, and no key of theirs touches a problem that is hidden', async () => {
    const page = await open('codes', locale);
    await page.getByRole('tab').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.codelist');
    await page.keyboard.press('Home');
    await page.waitForSelector('.codelist', { state: 'detached' });
    await page.keyboard.press('End');
    await page.waitForSelector('.episode');
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector('.codelist:not(.episode)');
    expect(await page.getByRole('tab').allTextContents()).toEqual(locale === 'cy' ? ['Problemau6', 'Codau8', 'Cyfnod0'] : ['Problems6', 'Codes8', 'Episode0']);
    await toList(page);
    const code = (): Promise<string> => page.evaluate(() => document.activeElement?.querySelector('.cc')?.textContent ?? document.activeElement?.tagName ?? '');
    await page.keyboard.press('ArrowDown');
    await expect.poll(code).toBe('C75.1');
    await page.keyboard.press(' ');
    expect((await sent(page)).map((command) => command.kind)).toEqual(['show-evidence']);
    await page.keyboard.press('w');
    await page.waitForSelector('.rules');
    for (const key of ['l', 'd', 'm', 'c', 'Control+.']) await page.keyboard.press(key);
    expect(await page.locator('[role=menu]').count()).toBe(0);
    expect(await page.evaluate(() => window.story.calls)).toEqual([]);
    expect((await sent(page)).map((command) => command.kind)).toEqual(['show-evidence']);
    // The key for the next mark goes on through the words of the codes.
    await page.keyboard.press('F8');
    await page.keyboard.press('F8');
    await expect.poll(code).toBe('E11.9');
    expect((await sent(page)).map((command) => command.kind)).toEqual(['show-evidence', 'show-evidence', 'show-evidence']);
    await page.evaluate(() => window.story.show('clean'));
    await page.waitForFunction(() => !document.querySelector('main')?.textContent?.includes('C75.1'));
    await page.close();
  });
});

describe.each(locales)('a code that was asked for in the page’s own menu, in %s', (locale) => {
  const welsh = locale === 'cy';
  const choose = (page: Page, words: 'here' | 'elsewhere' | 'none'): Promise<void> => page.evaluate((where) => window.story.choose(where), words);

  it('is searched with the words of that moment, which go with it as its proof, once the record is shown', async () => {
    const page = await open('reading', locale);
    await choose(page, 'here');
    expect(await page.locator('dialog').count()).toBe(0);
    await page.evaluate(() => window.story.show('codes'));
    await page.waitForSelector('dialog input');
    await expect.poll(() => page.inputValue('dialog input')).toBe('known hypertension');
    expect(await page.textContent('dialog')).toContain(welsh ? 'Ar gyfer “known hypertension”' : 'For “known hypertension”');
    await page.locator('dialog [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sent(page)).map(({ kind }) => kind)).toEqual(['accept-codes']);
    expect((await sent(page))[0]).toMatchObject({ origin: 'selection', evidence: { document: 'op', version: 1, span: { start: 4, end: 22 } } });
    await page.close();
  });

  it('is refused over another record, and where the words are in no note, and says which', async () => {
    const page = await open('codes', locale);
    await choose(page, 'elsewhere');
    await page.getByText(welsh ? 'Newidiodd y cofnod' : 'The record changed').first().waitFor();
    await choose(page, 'none');
    await page.getByText(welsh ? 'fel rhan o nodyn' : 'as part of a note').first().waitFor();
    expect(await page.locator('dialog').count()).toBe(0);
    expect(await sent(page)).toEqual([]);
    await page.close();
  });
});

describe.each(locales)('a side that the record contradicts, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('is a row of Problems with both places, each one press away, and can be logged', async () => {
    const page = await open('conflict', locale);
    expect(await page.locator('.chip').nth(2).textContent()).toBe(welsh ? 'anghyson 1' : 'conflict 1');
    await toList(page);
    await expectFocus(page, 'Right');
    expect((await page.locator('[role=option][aria-selected=true]').first().textContent())?.replace(/\s+/g, ' ')).toBe(welsh ? 'anghyson Right chwith yn Neurology letter, 3 Tach' : 'conflict Right left in Neurology letter, 3 Nov');
    expect(await page.locator('.detail').textContent()).toContain('PCSZ2');
    expect(await page.locator('.detail').textContent()).toContain('“left cataract surgery”');
    for (const key of [' ', ' ', ' ']) await page.keyboard.press(key);
    await page.locator('.detail .places button').click();
    expect((await sent(page)).map(({ kind }) => kind)).toEqual(['show-finding', 'show-evidence', 'show-finding', 'show-evidence']);
    await page.locator('[data-row]').first().focus();
    await page.keyboard.press('w');
    expect(await page.locator('dialog').count()).toBe(0);
    await page.keyboard.press('l');
    expect((await sent(page)).at(-1)).toMatchObject({ kind: 'log-finding', target: { rule: 'SC001' } });
    await page.locator('.chip').nth(2).click();
    await page.waitForFunction(() => !document.querySelector('.told')?.textContent?.startsWith('Right'));
    await page.close();
  });
});

describe('a mark that is pointed at in the note', () => {
  it('has its row in hand: a problem, a contradiction, the words of a code; the focus stays unless a key asked', async () => {
    const page = await open('conflict', 'en-GB');
    const chosen = (): Promise<string | null> => page.locator('[role=option][aria-selected=true]').first().textContent();
    const point = (document: string, start: number, end: number, byKey = false): Promise<void> => page.evaluate(([id, from, to, key]) => window.story.point({ document: id as never, version: 1, span: { start: from, end: to } }, key), [document, start, end, byKey] as const);
    await point('op', 20, 22);
    await expect.poll(chosen).toContain('AF');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await point('neuro', 310, 331, true);
    await expectFocus(page, 'Right');
    // A term well used is not listed at first: pointed at, it is.
    await point('op', 60, 76);
    await expect.poll(chosen).toContain('No complications');
    await point('op', 120, 133);
    await expect.poll(chosen).toContain('H26.9');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toContain('Codes');
    // Nothing that is not there comes to hand.
    await point('op', 4000, 4001);
    expect(await chosen()).toContain('H26.9');
    expect((await page.evaluate(() => window.story.held)).at(-1)).toBe('codes op neuro');
    await page.getByRole('tab').first().click();
    await expect.poll(() => page.evaluate(() => window.story.held.at(-1))).toBe('problems ');
    await page.close();
  });
});

describe('the keys', () => {
  it('are changed by pressing another, never to one that is taken, and put back', async () => {
    const page = await open('options', 'en-GB', { width: 720 });
    const key = (command: string) => page.getByRole('button', { name: `${command}:` });
    await key('Next problem').click();
    await page.keyboard.press('Shift+F8');
    expect(await page.getByRole('alert').allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('⇧ F8 is taken')]));
    await page.keyboard.press('Control+F9');
    await expect.poll(() => key('Next problem').first().textContent()).toBe('Ctrl F9');
    await key('Next problem').nth(1).click();
    await expect.poll(() => key('Next problem').first().textContent()).toBe('F8');
    await key('Next problem').click();
    await page.keyboard.press('Escape');
    expect(await key('Next problem').first().textContent()).toBe('F8');
    await page.close();
  });
});

describe('a log that lost rows', () => {
  it('is said, and goes on only when a person says so', async () => {
    const page = await open('options', 'en-GB', { width: 720 });
    expect(await page.locator('main').textContent()).toContain('12 decisions were saved and 9 are here');
    await page.getByRole('button', { name: 'The rest is lost' }).click();
    expect(await page.evaluate(() => window.story.calls)).toContain('accept-loss');
    await page.close();
  });

  it.each(['en-GB', 'cy'] as const)('is brought back from the copy or from a saved file, and each answer says what is still missing, in %s', async (locale) => {
    const page = await open('options', locale, { width: 720 });
    const said = locale === 'cy'
      ? { restore: 'Adfer o’r copi', still: 'Ar goll o hyd: 1', field: 'Dod â log a gadwyd yn ôl', back: 'Nid oes dim ar goll', other: '(ffurf 9)', clock: '90 munud', full: 'rhedeg allan o le' }
      : { restore: 'Restore from the copy', still: 'Still missing: 1', field: 'Bring back a saved log', back: 'Nothing is missing', other: '(form 9)', clock: '90 minutes', full: 'running out of room' };
    const text = await page.locator('main').innerText();
    for (const one of [said.clock, said.full]) expect(text).toContain(one);
    await page.getByRole('button', { name: said.restore }).click();
    await page.getByText(said.still).waitFor();
    const file = page.getByLabel(said.field);
    await file.setInputFiles({ name: 'nodi-log.json', mimeType: 'application/json', buffer: Buffer.from('bad') });
    await page.getByText(said.other).waitFor();
    await file.setInputFiles({ name: 'nodi-log.json', mimeType: 'application/json', buffer: Buffer.from('good') });
    await page.getByText(said.back).waitFor();
    expect(await calls(page)).toContain('restore-log');
    await page.close();
  });
});

const calls = (page: Page): Promise<string[]> => page.evaluate(() => [...window.story.calls]);

describe.each(locales)('a query to the clinicians, in %s', (locale) => {
  it('is drafted and copied with two keys, names the sheet’s term and no word of the record beyond it, and is undone by a third', async () => {
    for (const look of [{}, { dark: true }, { forced: true }]) {
      const page = await open('record', locale, { ...look, width: 360 });
      await toList(page);
      await page.keyboard.press('q');
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `query.${locale}${Object.keys(look)[0] ?? ''}.png`) });
      const text = await page.locator('.querytext').innerText();
      expect(text).toContain(locale === 'cy' ? 'Ymholiad dogfennaeth' : 'Documentation query');
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await sent(page)).at(-1)?.kind).toBe('draft-query');
      expect((await calls(page)).some((call) => call.startsWith('copy ') && call.includes(text.split('\n')[0] ?? '-'))).toBe(true);
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      await page.keyboard.press('Control+z');
      await expect.poll(async () => (await sent(page)).at(-1)?.kind).toBe('undo');
      await page.close();
    }
  });

  it('about the record is found in the palette, asks what it is about, and leaves no trace when it is left', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type(locale === 'cy' ? 'ymholiad am y cofnod' : 'query about this record');
    await page.keyboard.press('Enter');
    await page.locator('.querytext').waitFor();
    await page.locator('.query select').first().selectOption('missing-laterality');
    expect(await page.locator('.querytext').innerText()).toContain(locale === 'cy' ? 'pa ochr' : 'the side');
    await page.keyboard.press('Escape');
    expect((await sent(page)).some(({ kind }) => kind === 'draft-query')).toBe(false);
    await page.close();
  });
});

/** Presses keys and says how many they were. */
const keys = async (page: Page, ...chords: readonly string[]): Promise<number> => { for (const chord of chords) await page.keyboard.press(chord); return chords.length; };
const logged = async (page: Page): Promise<Record<string, unknown>[]> => (await sent(page)).filter(({ kind }) => kind === 'log-finding' || kind === 'log-fault') as unknown as Record<string, unknown>[];

describe.each(locales)('logging by keyboard, in %s', (locale) => {
  const welsh = locale === 'cy';

  it('takes one key as suggested, three or four with details, and says so when the term was logged before', async () => {
    const page = await open('record', locale);
    await toList(page);
    const counted: Record<string, number> = {};
    counted['as suggested'] = await keys(page, 'l');
    await expect.poll(async () => (await logged(page)).length).toBe(1);
    expect((await logged(page))[0]).not.toHaveProperty('details');
    await expectFocus(page, 'AF');
    counted['suggested details, looked at'] = await keys(page, 'Alt+l', 'Enter');
    await expect.poll(async () => (await logged(page)).length).toBe(2);
    expect((await logged(page))[1]).toMatchObject({ target: { rule: 'BM094' }, details: { category: 'ambiguous-abbreviation', authorRole: 'consultant', site: 'glan-y-don', team: 'unknown', minutes: 0 } });
    await expectFocus(page, 'Small pupil');
    counted['another category'] = await keys(page, 'Alt+l', '4', 'Enter');
    counted['another category and five minutes'] = await keys(page, 'ArrowDown', 'ArrowDown', 'Alt+l', '6', '+', 'Enter') - 2;
    await expect.poll(async () => (await logged(page)).length).toBe(4);
    expect((await logged(page)).slice(2)).toMatchObject([{ target: { rule: 'BM071' }, details: { category: 'missing-laterality', minutes: 0 } }, { details: { category: 'missing-cause', minutes: 5, authorRole: 'unknown' } }]);
    // The same row once more: said, not sent.
    await keys(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'l');
    await page.locator('.toast', { hasText: welsh ? 'eisoes wedi’i gofnodi yn y cyfnod hwn (1 waith)' : 'is already logged in this episode (1 time)' }).waitFor();
    expect((await logged(page)).length).toBe(4);
    // Undone, all of them, with nothing else touched.
    for (let at = 0; at < 4; at += 1) await keys(page, 'Control+z');
    await expect.poll(async () => (await sent(page)).filter(({ kind }) => kind === 'undo').length).toBe(4);
    expect(await page.locator('.row.is-logged').count()).toBe(0);
    console.info(`keys: ${Object.entries(counted).map(([name, count]) => `${name} ${count}`).join(', ')}`);
    expect(counted).toEqual({ 'as suggested': 1, 'suggested details, looked at': 2, 'another category': 3, 'another category and five minutes': 4 });
    await page.close();
  });

  it('logs what no term names of the document in hand in three keys, from any tab, and a document that is missing', async () => {
    const page = await open('record', locale);
    await toList(page);
    const count = await keys(page, 'Alt+Shift+l', '3', 'Enter');
    await expect.poll(async () => (await logged(page)).length).toBe(1);
    expect((await logged(page))[0]).toMatchObject({ kind: 'log-fault', about: { kind: 'here', document: 'op' }, details: { category: 'missing-cause', authorRole: 'consultant', site: 'glan-y-don' } });
    await page.locator('.toast', { hasText: welsh ? 'Mae ‘Achos heb ei nodi’ wedi’i gofnodi' : '‘Cause not stated’ is logged' }).waitFor();
    expect(count).toBe(3);
    // The same in this episode again is taken, and said to count once.
    await keys(page, 'Alt+Shift+l', '3', 'Enter');
    await page.locator('.toast', { hasText: welsh ? 'Roedd ‘Achos heb ei nodi’ eisoes wedi’i gofnodi yn y cyfnod hwn (1 waith)' : '‘Cause not stated’ was already logged in this episode (1 time)' }).waitFor();
    await keys(page, 'Alt+Shift+l', '7');
    expect(await page.getByRole('dialog').locator('select').first().inputValue()).toBe('result');
    await page.getByRole('dialog').locator('select').first().selectOption('operation-note');
    await keys(page, 'Enter');
    await expect.poll(async () => (await logged(page)).length).toBe(3);
    expect((await logged(page))[2]).toMatchObject({ about: { kind: 'elsewhere', documentKind: 'operation-note' }, details: { category: 'missing-document', authorRole: 'unknown' } });
    // An undo takes the fault back and moves to no other tab.
    await keys(page, 'Control+z');
    await expect.poll(async () => (await sent(page)).at(-1)?.kind).toBe('undo');
    expect(await page.locator('#tab-problems').getAttribute('aria-selected')).toBe('true');
    await keys(page, 'Control+Shift+z');
    await expect.poll(async () => (await sent(page)).filter(({ kind }) => kind === 'undo').length).toBe(2);
    await page.close();
  });

  it('names the document of the words that are selected in the note, and keeps none of them', async () => {
    const page = await open('teams', locale);
    await toList(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type(welsh ? 'diffyg mewn dogfen' : 'fault of a document');
    await page.keyboard.press('Enter');
    await page.getByText('known hypertension').waitFor();
    await keys(page, '2', 'Enter');
    await expect.poll(async () => (await logged(page)).length).toBe(1);
    expect((await logged(page))[0]).toMatchObject({ about: { kind: 'here', document: 'neuro' }, details: { category: 'missing-type' } });
    expect(JSON.stringify(await sent(page))).not.toContain('hypertension');
    await page.close();
  });

  it('leaves no trace when it is left, and every choice is reached by Tab', async () => {
    const page = await open('teams', locale);
    await toList(page);
    await keys(page, 'Alt+l');
    const dialog = page.getByRole('dialog');
    const reached: string[] = [];
    for (let presses = 0; presses < 8; presses += 1) { reached.push(await page.evaluate(() => { const at = document.activeElement as HTMLInputElement | null; return at?.type ?? ''; })); await page.keyboard.press('Tab'); }
    expect(reached.slice(0, 7)).toEqual(['radio', 'select-one', 'select-one', 'select-one', 'number', 'submit', 'button']);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await logged(page)).toEqual([]);
    await expectFocus(page, 'NS++');
    await page.close();
  });

  it.each([['mark', 'Alt+l'], ['document', 'Alt+Shift+l']] as const)('shows the sheet of a %s without fault in light, dark and forced colours, and cuts no word at 320 px', async (name, chord) => {
    let tried = 0;
    const page = await open('teams', locale, { width: 360 });
    await toList(page);
    await keys(page, chord);
    await page.getByRole('dialog').waitFor();
    for (const [seen, look] of [...looks.map((look) => [Object.keys(look)[0] ?? 'light', look] as const), ['narrow', {}] as const]) {
      await wear(page, look);
      if (seen === 'narrow') await page.setViewportSize({ width: 320, height: 900 });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => [...document.querySelectorAll('dialog, dialog *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline' && !one.matches('select, input, option, .vh')).map((one) => one.className || one.tagName))).toEqual([]);
      const small = await page.evaluate(() => [...document.querySelectorAll('dialog fieldset label, dialog select, dialog input[type=number], dialog button')].filter((one) => one.getBoundingClientRect().height < 24).length);
      expect(small).toBe(0);
      await page.screenshot({ path: join(pictures, `fault-${name}.${locale}.${seen}.png`) });
      tried += 1;
    }
    await page.close();
    console.info(`looks ${tried}, bad 0`);
    expect(tried).toBe(4);
  });
});

describe('every state', () => {
  it.each(locales)('passes axe in %s, light, dark and forced colours, and cuts no word at 320 px', async (locale) => {
    let tried = 0;
    const bad: string[] = [];
    for (const scene of ['record', 'codes', 'primary', 'conflict', 'episode', 'clean', 'unreadable', 'reading', 'off', 'stopped', 'late', 'unknown', 'two', 'untaught', 'options']) {
      const page = await open(scene === 'episode' ? 'accepted' : scene, locale, { width: 320 });
      if (scene === 'episode') await page.getByRole('tab').nth(2).click();
      const hasCodes = scene === 'codes' || scene === 'primary' || scene === 'conflict';
      if (scene === 'conflict') for (const look of looks) { await wear(page, look); bad.push(...(await violations(page)).map((violation) => `conflict ${locale} ${JSON.stringify(look)} ${violation}`)); await page.screenshot({ path: join(pictures, `conflict-row.320.${locale}${Object.keys(look)[0] ?? ''}.png`) }); }
      if (hasCodes) { await page.getByRole('tab').nth(1).click(); if (scene === 'conflict') await page.locator('[role=option]').nth(1).click(); await page.getByRole('button', { name: locale === 'cy' ? /^Pam / : /^Why / }).click(); await page.getByText(locale === 'cy' ? 'Pam ddim' : 'Why not').click(); }
      for (const look of looks) {
        await wear(page, look);
        tried += 1;
        bad.push(...(await violations(page)).map((violation) => `${scene} ${locale} ${JSON.stringify(look)} ${violation}`));
        const cut = await page.evaluate(() => [...document.querySelectorAll('main *:not(.vh):not(svg *)')].filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline' && element.clientWidth > 1 && !element.closest('.vh')).map((element) => element.className || element.tagName));
        if (cut.length > 0) bad.push(`${scene} ${locale}: cut ${cut.join(', ')}`);
        if (scene !== 'record' && !hasCodes && scene !== 'options' && scene !== 'episode' && await page.locator('[data-row]').count() > 0) bad.push(`${scene}: a row is shown`);
        const name = Object.keys(look)[0];
        if (name === undefined || scene === 'record' || scene === 'episode' || hasCodes) await page.screenshot({ path: join(pictures, `${scene}.320.${locale}${name ? `.${name}` : ''}.png`) });
      }
      await page.close();
    }
    console.log(`states: tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(45);
  });
});

describe.each(locales)('letters at the marks, in %s', (locale) => {
  it('are typed in the list: the row of the mark comes to hand and its place is shown, and no letter is a command meanwhile', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.keyboard.press('f');
    await page.locator('.labelline b', { hasText: '6' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `letters.${locale}.png`) });
    // M mutes, and Q names no mark: typed amiss, neither acts on the row.
    for (const key of ['m', 'q', 'd']) await page.keyboard.press(key);
    await expectFocus(page, 'Small pupil');
    expect(await page.locator('.labelline').count()).toBe(0);
    expect((await sent(page)).map(({ kind }) => kind)).toEqual(['show-evidence']);
    expect(await calls(page)).toEqual(['labels ', 'labels null']);
    await page.keyboard.press('l');
    await expect.poll(async () => (await sent(page)).length).toBe(2);
    expect((await sent(page)).at(-1)?.kind).toBe('log-finding');
    await page.close();
  });

  it('are left by Escape, by a click, and by any key that is no letter, which then acts', async () => {
    const page = await open('record', locale);
    await toList(page);
    for (const leave of [() => page.keyboard.press('Escape'), () => page.mouse.click(5, 880), () => page.keyboard.press('ArrowDown')]) {
      await toList(page);
      await page.keyboard.press('f');
      await page.locator('.labelline').waitFor();
      await leave();
      await expect.poll(() => page.locator('.labelline').count()).toBe(0);
    }
    await expectFocus(page, 'AF');
    expect(await sent(page)).toEqual([]);
    await page.close();
  });

  it('are gone with the patient, and said to be none where no mark is in view', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.keyboard.press('f');
    await page.locator('.labelline b').waitFor();
    await page.evaluate(() => window.story.show('clean'));
    await expect.poll(() => page.locator('.labelline').count()).toBe(0);
    expect((await calls(page)).at(-1)).toBe('labels null');
    await page.close();
  });
});

describe.each(locales)('the keyboard map, in %s', (locale) => {
  const welsh = locale === 'cy';
  const rows = (page: Page): Promise<number> => page.locator('.keys > li').count();

  it('is searched by name and by pressing the key, and gives a command another key where none clashes', async () => {
    const page = await open('record', locale);
    await toList(page);
    await page.keyboard.press('?');
    await page.waitForSelector('.keymap');
    expect(await rows(page)).toBeGreaterThan(25);
    expect(await page.locator('.keymap h3').count()).toBeGreaterThan(4);
    // The record uses Alt and semicolon; Firefox opens no panel by it.
    await page.locator('.keymap .warn', { hasText: welsh ? 'cofnod' : 'record' }).waitFor();
    await page.keyboard.press('Shift+F8');
    await expect.poll(() => rows(page)).toBe(1);
    await page.keyboard.press('F9');
    await expect.poll(() => rows(page)).toBe(0);
    await page.locator('dialog input').fill('l');
    await expect.poll(() => rows(page)).toBe(1);
    const button = page.locator('.keys button').first();
    await button.click();
    await page.keyboard.press('d');
    expect(await page.locator('.keymap [role=alert]').innerText()).toContain('D');
    await page.keyboard.press('Control+t');
    await expect.poll(() => page.locator('.keymap [role=alert]').innerText()).toContain(welsh ? 'porwr' : 'browser');
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, `key-clash.${locale}.png`) });
    // Escape leaves the question, not the map.
    await page.keyboard.press('Escape');
    expect(await page.locator('.keymap').count()).toBe(1);
    await button.click();
    await page.keyboard.press('x');
    await page.locator('dialog input').fill('x');
    await expect.poll(() => rows(page)).toBe(1);
    // The first empties the search, as in every search field.
    for (let at = 0; at < 2; at += 1) await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    await page.keyboard.press('x');
    await expect.poll(async () => (await sent(page)).map(({ kind }) => kind)).toEqual(['log-finding']);
    // All back.
    await page.keyboard.press('?');
    await page.locator('.keymap > .acts button').click();
    await page.locator('dialog input').fill('l');
    await expect.poll(() => rows(page)).toBe(1);
    expect(await page.locator('.keymap > .acts').count()).toBe(0);
    await page.locator('dialog input').fill('');
    await page.screenshot({ path: join(pictures, `key-map.${locale}.png`) });
    await page.close();
  });
});
