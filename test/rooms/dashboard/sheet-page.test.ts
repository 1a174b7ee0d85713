/** The editor of the sheet in real Chromium, with its real store. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

const pictures = join(root, '.cache/sheet');
let browser: Browser;
let html = '';

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/sheet-scene.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022', format: 'esm' });
  const style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  html = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>globalThis.chrome = { runtime: { id: 'nodi' } };</script><script type="module">${script.replaceAll('</script', '<\\/script')}</script></body></html>`;
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(context: BrowserContext, scene = ''): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.route('http://localhost/**', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto(`http://localhost/sheet${scene}`);
  await page.waitForSelector('main h1');
  return page;
}
const newContext = (): Promise<BrowserContext> => browser.newContext({ viewport: { width: 1280, height: 900 } });

interface Trace { readonly traceEvents: readonly { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly tdur?: number; readonly args: { readonly name?: string } }[] }
/** Tasks of the pages' main threads, the longest first: by the time that the processor spent in them, which does not grow while the machine does other work. */
function longTasks({ traceEvents }: Trace): { readonly tasks: number; readonly long: readonly number[] } {
  const main = new Set(traceEvents.flatMap(({ name, args, pid, tid }) => (name === 'thread_name' && args.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [])));
  const times = traceEvents.flatMap(({ name, ph, pid, tid, tdur }) => (name === 'ThreadControllerImpl::RunTask' && ph === 'X' && tdur !== undefined && main.has(`${pid} ${tid}`) ? [tdur / 1000] : []));
  return { tasks: times.length, long: times.sort((a, b) => b - a).map((time) => Math.round(time)) };
}

describe('the editor of the sheet', () => {
  it('passes axe in both languages, light, dark and forced colours, at 1280 and 400 px, and leaves no word out', async () => {
    const context = await newContext();
    const page = await open(context);
    await page.getByText('Problems: 4. Entries concerned: 8').waitFor();
    const bad: string[] = [];
    let tried = 0;
    for (const locale of ['en-GB', 'cy'] as const) {
      await page.evaluate((wanted) => window.sheet.show(wanted), locale);
      for (const [look, colorScheme, forcedColors, width] of [['light', 'light', 'none', 1280], ['dark', 'dark', 'none', 1280], ['forced', 'light', 'active', 1280], ['narrow', 'light', 'none', 400]] as const) {
        await page.emulateMedia({ colorScheme, forcedColors });
        await page.setViewportSize({ width, height: 900 });
        tried += 1;
        bad.push(...(await violations(page)).map((violation) => `${locale} ${look} ${violation}`));
        if (/\{\{|sheet\.[a-z]/.test(await page.innerText('main'))) bad.push(`${locale} ${look}: words are missing`);
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) bad.push(`${locale} ${look}: wider than the window`);
        await page.screenshot({ path: join(pictures, `${locale}.${look}.png`), fullPage: true });
      }
    }
    console.info(`pages tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(8);
    await context.close();
  });

  it('changes, reviews and publishes by keyboard alone; the draft outlives its page, the edition its draft, and the charts hear of it', async () => {
    const context = await newContext();
    let page = await open(context);
    await page.keyboard.press('/');
    await page.keyboard.type('cannot exclude');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    expect(await page.innerText('.entry h2')).toBe('cannot exclude');
    await page.getByLabel('Why').nth(1).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Mae’n gadael y cwestiwn yn agored.');
    await page.keyboard.press('Tab');
    await page.getByText('To go: 1, Welsh: 1').waitFor();
    await page.waitForFunction(async () => (await window.sheet.store.draft())?.touched.size === 1);
    await page.close();
    page = await open(context);
    expect(await page.innerText('h1')).toBe('Edition 1, draft. Entries: 220, changed: 1, texts to review: 1');
    await page.locator('h1').click();
    await page.getByRole('button', { name: /Next to review/ }).focus();
    await page.keyboard.press('n');
    expect(await page.innerText('.entry h2')).toBe('cannot exclude');
    await page.getByLabel(/Your name/).focus();
    await page.keyboard.type('A Reader');
    await page.keyboard.press('Tab');
    await page.getByLabel('What changed, in English').focus();
    await page.keyboard.type('A reason in Welsh.');
    await page.getByLabel('What changed, in Welsh').focus();
    await page.keyboard.type('Rheswm yn Gymraeg.');
    await page.getByRole('button', { name: /publish edition 1/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Changed texts that nobody has reviewed: 1').waitFor();
    await page.getByLabel('Why').nth(1).focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('No changed text waits for a reader.').waitFor();
    await page.getByRole('button', { name: /publish edition 1/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Edition 1 is published.').waitFor();
    await page.waitForFunction(() => window.sheet.told === 1);
    const kept = await page.evaluate(async () => ({ editions: (await window.sheet.store.editions()).map(({ number, published, changes }) => ({ number, published, changes })), draft: await window.sheet.store.draft(), interventions: window.sheet.settings.interventions }));
    expect(kept).toEqual({ editions: [{ number: 1, published: { by: 'A Reader', on: '2026-11-27' }, changes: { en: 'A reason in Welsh.', cy: 'Rheswm yn Gymraeg.' } }], draft: null, interventions: [{ kind: 'sheet-issued', date: '2026-11-27', specialty: 'all', edition: 'sheet-1' }] });
    // Taken back: one more edition with the older words.
    await page.getByRole('button', { name: /Roll back to 0/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Edition 2 is published.').waitFor();
    await context.close();
  });

  it('takes a file whole after a look at what it changes, or says why not by row', async () => {
    const context = await newContext();
    const page = await open(context);
    const give = (name: string, text: string): Promise<void> => page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await give('bad.csv', 'term,verdict\r\nfairly sure,avoid\r\n,maybe\r\n');
    await page.getByText('Line 3, Term: nothing is written').waitFor();
    expect(await page.getByRole('button', { name: /Take the changes/ }).count()).toBe(0);
    await give('good.csv', 'term,verdict,why\r\nfairly sure,avoid,Not a decision.\r\n');
    await page.getByRole('button', { name: 'Take the changes (1)' }).click();
    await page.getByText('Entries: 221, changed: 1, texts to review: 2').waitFor();
    await context.close();
  });

  it('shows the board’s edition in force and whose it is, takes one of its signers from a file, and says why another is refused', async () => {
    const context = await newContext();
    const page = await open(context);
    const { device, good, changed, other } = await page.evaluate(async () => {
      const { shipped } = window.sheet;
      const edition = { ...shipped, number: 7, from: '2026-11-20', published: { by: 'The Board', on: '2026-11-19' }, changes: { en: 'The board’s.', cy: 'Un y bwrdd.' }, entries: shipped.entries.slice(0, 50) };
      const [text, another] = [await window.sheet.signed(edition), await window.sheet.signed({ ...edition, number: 8 })];
      return { device: (JSON.parse(text) as { readonly device: string }).device, good: text, changed: text.replace('The board’s.', 'Nobody’s.'), other: another };
    });
    const under = (boardSheet: { keys: string[] | null; edition: string | null; rollBack: boolean } | null): Promise<void> => page.evaluate(async (next) => { window.sheet.settings = { ...window.sheet.settings, boardSheet: next }; await window.sheet.again(); }, boardSheet);
    const give = (text: string): Promise<void> => page.locator('input[type=file]').setInputFiles({ name: 'board.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await under({ keys: null, edition: changed, rollBack: false });
    await page.getByText('The board’s policy carries an edition (7) that is not in force: Changed since it was signed.').waitFor();
    await under({ keys: [device], edition: null, rollBack: false });
    await give(changed);
    await page.getByText('Changed since it was signed.').waitFor();
    await give(other);
    await page.getByText('Signed by a computer that the board’s policy does not name.').waitFor();
    await give(good);
    await page.getByRole('button', { name: 'Put the board’s edition 7 in force' }).press('Enter');
    await page.getByText(`In force: the board’s edition 7 since 20 Nov 2026, signed by ${device}; it came from a file.`).waitFor();
    // The department's own draft goes on beside it.
    expect(await page.innerText('h1')).toContain('Edition 1, draft. Entries: 220');
    await under({ keys: null, edition: good, rollBack: false });
    await page.getByText(`signed by ${device}; the policy carries it.`).waitFor();
    await page.evaluate(() => window.sheet.show('cy'));
    await page.getByText('Mewn grym: argraffiad 7 y bwrdd').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'board.cy.png') });
    await under(null);
    await page.getByText('Nid yw’r adran wedi cyhoeddi un.').waitFor();
    expect(await page.evaluate(() => window.sheet.settings.interventions.map(({ edition }) => edition))).toEqual(['board-7']);
    await context.close();
  });

  it('begins an entry from what is looked for, and says what it lacks before it can be published', async () => {
    const context = await newContext();
    const page = await open(context);
    await page.keyboard.press('/');
    await page.keyboard.type('fairly sure');
    await page.getByRole('button', { name: 'Add “fairly sure” to the sheet' }).press('Enter');
    expect(await page.innerText('.entry h2')).toBe('fairly sure');
    await page.getByText('English is missing: a few words, a reason and a source are needed.').waitFor();
    await page.locator('#sheet-specialties summary').press('Enter');
    await page.getByLabel('Neurology').press('Space');
    for (const label of ['In a few words', 'Why', 'Source']) for (const at of [0, 1]) { await page.getByLabel(label, { exact: true }).nth(at).fill('Not a decision'); await page.keyboard.press('Tab'); }
    await page.getByText('Nothing wrong.').waitFor();
    // Half a reason is typed when the page is drawn again (a look at the entry ended, another tab logged): it stands, and is kept whole.
    const why = page.getByLabel('Why', { exact: true }).first();
    await why.fill('Not a decision, and');
    await page.evaluate(() => window.sheet.show('en-GB'));
    await why.press('End');
    await page.keyboard.type(' no basis for a code');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(async () => [...(await window.sheet.store.draft())?.touched.values() ?? []].map((entry) => [entry?.id, entry?.appliesTo, entry?.status.cy.state, entry?.text.en.why]))).toEqual([['LS001', ['neurology'], 'draft', 'Not a decision, and no basis for a code']]);
    await context.close();
  });

  it('joins two people’s edits one by one, by keyboard, with both versions side by side, and keeps nothing before all are settled', async () => {
    const context = await newContext();
    const page = await open(context);
    // Ours: a Welsh reason, a verdict and an entry taken out. Theirs: the same three otherwise, and one of their own.
    const [file, ids] = await page.evaluate(async () => {
      const { shipped, store } = window.sheet;
      const [a, b, c, d] = shipped.entries as [typeof shipped.entries[number], typeof shipped.entries[number], typeof shipped.entries[number], typeof shipped.entries[number]];
      const why = (entry: typeof a, cy: string): typeof a => ({ ...entry, text: { ...entry.text, cy: { ...entry.text.cy, why: cy } }, status: { ...entry.status, cy: { state: 'draft' } } });
      await store.writeDraft({ base: 0, changes: { en: '', cy: '' }, reviewed: null }, [[a.id, why(a, 'Ein rheswm ni.')], [b.id, { ...b, verdict: 'caution' }], [c.id, null]]);
      const theirs = new Map([[a.id, why(a, 'Eu rheswm nhw.')], [b.id, { ...b, verdict: 'avoid' as const }], [c.id, { ...c, noisy: !c.noisy }], [d.id, { ...d, noisy: !d.noisy }]]);
      return [await window.sheet.signed({ ...shipped, number: 1, from: '2026-11-27', published: { by: 'Another Lead', on: '2026-11-26' }, changes: { en: 'Theirs.', cy: 'Eu rhai nhw.' }, entries: shipped.entries.map((entry) => theirs.get(entry.id) ?? entry) }), [a.id, b.id, c.id, d.id]] as const;
    });
    await page.reload();
    await page.getByText('changed: 3').waitFor();
    await page.locator('input[type=file]').setInputFiles({ name: 'theirs.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: /Take the changes/ }).press('Enter');
    await page.getByText('To settle: 3 of 3').waitFor();
    const kept = () => page.evaluate(async () => ({ editions: (await window.sheet.store.editions()).length, touched: [...(await window.sheet.store.draft())?.touched ?? []].map(([id, entry]) => [id, entry && [entry.verdict, entry.text.cy.why]]) }));
    const before = await kept();
    expect(await page.locator('.meet').first().innerText()).toMatch(/Ein rheswm ni\.\s+Eu rheswm nhw\./);
    const bad: string[] = [];
    for (const locale of ['cy', 'en-GB'] as const) {
      await page.evaluate((wanted) => window.sheet.show(wanted), locale);
      for (const [look, colorScheme, forcedColors] of [['light', 'light', 'none'], ['dark', 'dark', 'none'], ['forced', 'dark', 'active']] as const) {
        await page.emulateMedia({ colorScheme, forcedColors });
        bad.push(...(await violations(page)).map((one) => `${locale} ${look} ${one}`));
        await page.screenshot({ path: join(pictures, `merge.${locale}.${look}.png`), fullPage: true });
      }
    }
    expect(bad).toEqual([]);
    expect(await page.getByRole('button', { name: /Take edition 1/ }).isDisabled()).toBe(true);
    // Ours by the first key, theirs by the arrow, and the third written anew.
    await page.locator('h1').press('n');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.locator('.meet').first().getByLabel('Why').fill('Rheswm y ddau.');
    await page.keyboard.press('Tab');
    await page.locator('h1').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await kept()).toEqual(before);
    await page.locator('h1').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('Space');
    await page.getByText('To settle: 0 of 3').waitFor();
    expect(await kept()).toEqual(before);
    await page.getByRole('button', { name: /Take edition 1/ }).press('Enter');
    await page.getByText('Edition 1 is published.').waitFor();
    // The edition's verdict stands, its own change came along; the words written anew wait for a reader, and what we took out stays out.
    expect(await kept()).toEqual({ editions: 1, touched: [[ids[0], ['use', 'Rheswm y ddau.']], [ids[2], null]] });
    expect(await page.evaluate(async (id) => (await window.sheet.store.draft())?.touched.get(id as never)?.status.cy.state, ids[0])).toBe('draft');
    await page.reload();
    await page.getByText('Edition 2, draft. Entries: 219, changed: 2, texts to review: 1').waitFor();
    await context.close();
  });

  it('lets a person say what each column is, keeps nothing by half, and takes the same layout so the next time', async () => {
    const context = await newContext();
    const page = await open(context);
    const give = (text: string): Promise<void> => page.locator('input[type=file]').setInputFiles({ name: 'ours.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const title = 'Neurology words,,,\r\n';
    const heads = 'What they write,Traffic light,Because,Oherwydd\r\n';
    await give(`${title}${heads}fairly sure,avoid,Not a decision.,Nid penderfyniad.\r\nrather sure,wobbly,Nor this.,Na hyn.\r\n`);
    await page.getByText('No column is taken as: Term.').waitFor();
    await page.getByLabel('The heads stand in line').selectOption('1');
    const take = async (name: string, column: string): Promise<void> => { await page.getByLabel(`${name}: taken as`).focus(); await page.getByLabel(`${name}: taken as`).selectOption(column); };
    await take('What they write', 'term');
    await take('Traffic light', 'verdict');
    await take('Because', 'why-en');
    await take('Oherwydd', 'why-cy');
    await page.getByText('Line 4, Verdict: a word that Nodi does not know here').waitFor();
    expect(await page.getByRole('button', { name: /Take the changes/ }).count()).toBe(0);
    const bad: string[] = [];
    for (const locale of ['cy', 'en-GB'] as const) { await page.evaluate((wanted) => window.sheet.show(wanted), locale); bad.push(...await violations(page)); await page.screenshot({ path: join(pictures, `columns.${locale}.png`), fullPage: true }); }
    expect(bad).toEqual([]);
    await give(`${title}${heads}fairly sure,avoid,Not a decision.,Nid penderfyniad.\r\nrather sure,caution,Nor this.,Na hyn.\r\n`);
    // The page before has the same labels: what is chosen must be chosen for the new file.
    await page.getByText('No column is taken as: Term.').waitFor();
    await page.getByLabel('The heads stand in line').selectOption('1');
    for (const [name, column] of [['What they write', 'term'], ['Traffic light', 'verdict'], ['Because', 'why-en'], ['Oherwydd', 'why-cy']] as const) await take(name, column);
    await page.getByRole('button', { name: 'Take the changes (2)' }).press('Enter');
    await page.getByText('Entries: 222, changed: 2').waitFor();
    expect(await page.evaluate(async () => [...(await window.sheet.store.draft())?.touched.values() ?? []].map((entry) => [entry?.term, entry?.verdict, entry?.text.en.why, entry?.text.cy.why]))).toEqual([['fairly sure', 'avoid', 'Not a decision.', 'Nid penderfyniad.'], ['rather sure', 'caution', 'Nor this.', 'Na hyn.']]);
    await page.reload();
    await give(`${heads}quite sure,use,A decision.,Penderfyniad.\r\n`);
    await page.getByText('The columns are taken as they were the last time.').waitFor();
    await page.getByRole('button', { name: 'Take the changes (1)' }).waitFor();
    await context.close();
  });

  it('lists the problems of the whole sheet at once, and goes through their entries by keyboard; what is mended is gone', async () => {
    const context = await newContext();
    const page = await open(context);
    const problems = page.locator('.problems');
    await page.getByText('Problems: 4. Entries concerned: 8').waitFor();
    expect(await problems.locator('h3').allInnerTexts()).toEqual(['Two verdicts for the same words 4']);
    expect(await problems.locator('li').first().innerText()).toMatch(/“CVA”[^]*BM095[^]*BM185/);
    /** Where the focus is, the entry that is open, and whether its row can be seen in the list. */
    const inHand = (): Promise<string> => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
      const [list, row] = [document.querySelector('[role=listbox]')?.getBoundingClientRect(), document.querySelector('[aria-selected=true]')?.getBoundingClientRect()];
      done(`${document.activeElement?.tagName} ${document.querySelector('.entry .meta > span')?.textContent}${list && row && row.top >= list.top && row.bottom <= list.bottom ? '' : ' unseen'}`);
    }))));
    await page.locator('h1').click();
    for (const [key, id] of [['F8', 'BM095'], ['F8', 'BM185'], ['F8', 'BM114'], ['Shift+F8', 'BM185'], ['Shift+F8', 'BM095'], ['Shift+F8', 'BM212']] as const) { await page.keyboard.press(key); expect(await inHand()).toBe(`H2 ${id}`); }
    // In the list itself: arrows go on, Enter opens.
    await problems.locator('button.stop').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await inHand()).toBe('H2 BM185');
    // Its words are said otherwise while the key is pressed in a field: they are kept, and the way goes on.
    await page.getByLabel('Why', { exact: true }).first().fill('Another reason.');
    await page.keyboard.press('F8');
    expect(await inHand()).toBe('H2 BM114');
    await page.waitForFunction(async () => (await window.sheet.store.draft())?.touched.get('BM185' as never)?.text.en.why === 'Another reason.');
    await page.keyboard.press('Shift+F8');
    await page.locator('.entry select').first().selectOption(await page.evaluate(() => window.sheet.shipped.entries.find(({ id }) => id === 'BM095')?.verdict ?? ''));
    await page.getByText('Problems: 3. Entries concerned: 6').waitFor();
    // A form that is no word: the page stands, and says so.
    await page.getByLabel('Written as (one a line)').fill('’');
    await page.keyboard.press('Tab');
    await problems.getByRole('group', { name: 'Never found in a note' }).getByText('BM185').waitFor();
    await page.evaluate(() => window.sheet.show('cy'));
    await page.getByRole('group', { name: 'Dau ddyfarniad i’r un geiriau' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'problems.cy.png'), fullPage: true });
    await context.close();
  });

  it('says beside which words an entry is left alone or counts at all, and which of them can never be met', async () => {
    const context = await newContext();
    const page = await open(context);
    await page.keyboard.press('/');
    await page.keyboard.type('cannot exclude');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await page.locator('#sheet-context summary').press('Enter');
    const box = (group: string, label: string) => page.getByRole('group', { name: group }).getByLabel(label);
    await box('Counts only beside one of these', 'directly after').fill('a small stroke\n a {number} mm bleed ');
    await page.keyboard.press('Tab');
    await box('Left alone beside any of these', 'in the same sentence').fill('family history\nstroke. Was');
    await page.keyboard.press('Tab');
    await page.locator('.try').getByText('Can never be met in the same sentence: “stroke. Was”').waitFor();
    await page.locator('.problems').getByText('in the same sentence: “stroke. Was”').waitFor();
    const kept = async () => page.evaluate(async () => [...(await window.sheet.store.draft())?.touched.values() ?? []].map((entry) => [entry?.unless, entry?.onlyWhen])[0]);
    await expect.poll(kept).toEqual([{ sentence: ['family history', 'stroke. Was'] }, { after: ['a small stroke', 'a {number} mm bleed'] }]);
    // Tried at once: it is marked where its words follow, and nowhere else.
    await page.getByLabel('Invented text; nothing of it is kept').fill('I cannot exclude a small stroke. We cannot exclude anything. They cannot exclude a 5 mm bleed.');
    await expect.poll(async () => (await page.locator('.try .s .m').allInnerTexts()).filter((text) => text === 'cannot exclude').length).toBe(2);
    await page.evaluate(() => window.sheet.show('cy'));
    await page.getByRole('group', { name: 'Yn cyfrif dim ond wrth ymyl un o’r rhain' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator('.entry').screenshot({ path: join(pictures, 'context.cy.png') });
    for (const which of ['onlyWhen-after', 'unless-sentence']) { await page.locator(`#sheet-${which}`).fill(''); await page.keyboard.press('Tab'); }
    await expect.poll(() => page.evaluate(async () => (await window.sheet.store.draft())?.touched.size)).toBe(0);
    await context.close();
  });

  it('tries an entry on the open record and says what came of it; with an edit or another entry the light is put out', async () => {
    const context = await newContext();
    const page = await open(context);
    const told = page.locator('.onrecord [role=status]');
    const asked = () => page.evaluate(() => window.sheet.tried.map((one) => one?.id ?? null));
    await page.keyboard.press('/');
    await page.keyboard.type('BM095');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    await page.getByLabel('Written as (one a line)').fill('CVA');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Try on the open record' }).press('Enter');
    await expect.poll(() => told.innerText()).toBe('Marks in the open record: 3. Documents that hold any: 2 of 5. Places where another entry goes first: 1.');
    expect(await page.evaluate(() => Object.keys(window.sheet.tried[0] ?? {}).sort())).toEqual(['appliesTo', 'forms', 'id', 'kind', 'number', 'onlyWhen', 'term', 'unless', 'verdict']);
    await page.evaluate(() => window.sheet.show('cy'));
    expect(await violations(page)).toEqual([]);
    await page.locator('.onrecord').screenshot({ path: join(pictures, 'record.cy.png') });
    await page.evaluate(() => window.sheet.show('en-GB'));
    await page.getByLabel('Written as (one a line)').fill('CVA\nCVAs\nc.v.a.');
    await page.keyboard.press('Tab');
    await expect.poll(asked).toEqual(['BM095', null]);
    await page.getByRole('button', { name: 'Try on the open record' }).press('Enter');
    await expect.poll(() => told.innerText()).toBe('No record of one confirmed patient is open in a tab.');
    await page.getByLabel('Written as (one a line)').fill('CVA');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Try on the open record' }).press('Enter');
    await page.keyboard.press('F8');
    await expect.poll(asked).toEqual(['BM095', null, 'BM095', 'BM095', null]);
    expect(await told.innerText()).toBe('');
    await context.close();
  });

  it('edits ten thousand entries with no more of them in the page than can be seen, and no task of 50 ms', async () => {
    const context = await newContext();
    const page = await open(context, '#large');
    await page.waitForFunction(() => (document.querySelector('h1')?.textContent ?? '').includes('10000'));
    await page.locator('.try .plain li').first().waitFor();
    const rows = await page.locator('[role="option"]').count();
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    const settled = (wait: number): Promise<unknown> => page.evaluate((some) => new Promise((done) => requestAnimationFrame(() => setTimeout(done, some))), wait);
    await page.getByRole('listbox').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'PageDown', 'End', 'PageUp', 'Home', 'PageDown', 'ArrowDown', 'F8', 'F8']) { await page.keyboard.press(key); await settled(30); }
    await page.locator('h1').click();
    await page.keyboard.press('/');
    await page.keyboard.type('cannot exclude 7', { delay: 20 });
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    for (const text of ['One reason.', 'Another reason.', 'A third.']) { await page.getByLabel('Why').first().fill(text); await page.keyboard.press('Tab'); await settled(60); }
    const { tasks, long } = longTasks(JSON.parse((await browser.stopTracing()).toString()) as Trace);
    console.info(`entries 10000, rows in the page ${rows}, tasks ${tasks}, longest of them in ms of the processor: ${long.slice(0, 6).join(', ')}`);
    expect(rows).toBeLessThan(60);
    expect(tasks).toBeGreaterThan(100);
    expect(long[0]).toBeLessThan(50);
    expect(await page.evaluate(async () => (await window.sheet.store.draft())?.touched.size)).toBe(1);
    expect(await page.locator('.entry h2').first().innerText()).toBe('cannot exclude 7');
    await context.close();
  });
});
