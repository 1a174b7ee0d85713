import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import { bookmarkTerms, concerns } from '../../../components/dashboard/bookmark-terms.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import { createRulebook } from '../../../lib/rulebook/index.js';
import { violations } from '../../harness/axe.js';
import { bundle, openChromium, root } from '../../harness/chromium-page.js';

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('The shipped sheet does not pass its own check');
const { rules } = made.value;
const pictures = join(root, '.cache/bookmark');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
let browser: Browser;
let script = '';
const style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css', 'components/dashboard/lead-page.css', 'components/dashboard/bookmark.css'].map(read).join('\n');
const view = { style: read('components/dashboard/clinicians-view.css'), script: read('entrypoints/dashboard/clinicians-script.js') };

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/bookmark-story.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
  browser = await openChromium();
});
afterAll(async () => { await browser?.close(); });

async function open(locale: string, which: 'shipped' | 'longest', look: { readonly dark?: boolean; readonly forced?: boolean } = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1500 }, colorScheme: look.dark ? 'dark' : 'light', forcedColors: look.forced ? 'active' : 'none' });
  page.on('pageerror', (error) => { throw error; });
  // A secure context, as our own pages are: the file's policy needs a digest.
  await page.route('https://nodi.test/', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body data-rules="${which}"><div id="app"></div><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>` }));
  await page.goto('https://nodi.test/');
  await page.waitForSelector('.bm');
  return page;
}

async function choose(page: Page, specialty: string, form: string, language: string): Promise<void> {
  const [first, second, third] = await page.locator('.bm-choose select').all();
  await first?.selectOption(specialty);
  await second?.selectOption(form);
  await third?.selectOption(language);
  // Two frames: the page is drawn, measured and drawn again before the first is over.
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
}

describe('what a bookmark gives room to', () => {
  it('is every entry of the specialty and of everybody once, the specialty’s own among the first', () => {
    let tried = 0;
    for (const specialty of ['all', 'neurology', 'rheumatology', 'ophthalmology', 'cardiology'] as (SpecialtyId | 'all')[]) {
      const terms = bookmarkTerms(rules, specialty);
      tried += terms.length;
      expect(terms.map(({ id }) => id).sort()).toEqual(rules.filter((rule) => concerns(rule, specialty)).map(({ id }) => id).sort());
      const own = new Set(rules.filter(({ appliesTo }) => appliesTo !== 'all').map(({ id }) => id));
      if (specialty === 'neurology') expect(terms.slice(0, 12).filter(({ id }) => own.has(id)).length).toBeGreaterThanOrEqual(5);
      expect(new Set(terms.slice(0, 12).map(({ verdict }) => verdict)).size).toBe(3);
    }
    expect(['tebygol', 'probable', 'CVA'].map((term) => bookmarkTerms(rules, 'neurology' as SpecialtyId).find((line) => line.term === term)?.language)).toEqual(['cy', 'en', 'en']);
    console.info(`lines tried ${tried}, bad 0`);
    expect(tried).toBeGreaterThan(700);
  });
});

describe('the printed bookmark', () => {
  it('fits its paper with the shipped and with the longest texts, as one tagged page with its edition, date and language, and says how much of the sheet it holds', async () => {
    let [tried, printed, least] = [0, 0, Infinity];
    const bad: string[] = [];
    for (const [locale, which] of [['en-GB', 'shipped'], ['en-GB', 'longest'], ['cy', 'shipped']] as const) {
      const page = await open(locale, which);
      for (const form of ['card', 'poster', 'strip']) for (const language of ['both', 'en', 'cy']) for (const specialty of which === 'longest' ? ['all'] : ['all', 'neurology', 'ophthalmology']) {
        await choose(page, specialty, form, language);
        const name = `${which}.${form}.${language}.${specialty}.${locale}`;
        tried += 1;
        const papers = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.bm')].map((paper) => {
          const { right, bottom } = paper.getBoundingClientRect();
          const out = [...paper.querySelectorAll('td, th, h2, h3, p')].filter((node) => { const box = node.getBoundingClientRect(); return node.querySelector('.vh') === null && (box.right > right + 1 || box.bottom > bottom + 1); }).length;
          const foot = paper.querySelector('.bm-foot')?.getBoundingClientRect().top ?? 0;
          const over = [...paper.querySelectorAll('tbody tr')].filter((row) => [...row.getClientRects()].some((box) => box.bottom > foot + 1)).length;
          return { out: out + over, rows: paper.querySelectorAll('tbody tr').length, foot: paper.querySelector('.bm-foot')?.textContent ?? '' };
        }));
        if (papers.length !== (form === 'strip' ? 4 : 1)) bad.push(`${name}: ${papers.length} papers`);
        for (const { out, rows, foot } of papers) {
          least = Math.min(least, rows);
          if (out > 0) bad.push(`${name}: ${out} parts leave the paper`);
          if (rows === 0) bad.push(`${name}: nothing on it`);
          if (!foot.includes(` ${rows} `) || !foot.includes(made.ok ? made.value.edition : '') || !foot.includes('2026')) bad.push(`${name}: the foot says “${foot}” of ${rows}`);
        }
        if (/\{\{|bookmark\.|NaN|undefined/.test(await page.innerText('main'))) bad.push(`${name}: words are missing`);
        if (specialty !== 'all' || (locale === 'cy' && language !== 'both')) continue;
        await page.locator('.bm-view').screenshot({ path: join(pictures, `${name}.png`) });
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, path: join(pictures, `${name}.pdf`) })).toString('latin1');
        printed += 1;
        const pages = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
        const [width = 0, height = 0] = (/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? []).slice(1).map((points) => Math.round(Number(points) / 72 * 25.4));
        const paper = { card: [148, 210], poster: [210, 297], strip: [297, 210] }[form] ?? [];
        if (pages !== 1 || Math.abs(width - (paper[0] ?? 0)) > 1 || Math.abs(height - (paper[1] ?? 0)) > 1 || !pdf.includes('/StructTreeRoot') || !pdf.includes('/Lang')) bad.push(`${name}: ${pages} pages of ${width} × ${height} mm, tagged ${pdf.includes('/StructTreeRoot')}, language ${pdf.includes('/Lang')}`);
      }
      await page.close();
    }
    console.info(`bookmarks tried ${tried}, printed ${printed}, fewest entries ${least}, bad ${bad.length}; pictures in .cache/bookmark`);
    expect(bad).toEqual([]);
    expect([tried, printed]).toEqual([63, 21]);
  }, 400_000);

  it('passes axe with its page in both languages, light, dark and in forced colours', async () => {
    let tried = 0;
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy']) for (const look of [{}, { dark: true }, { forced: true }]) {
      const page = await open(locale, 'shipped', look);
      for (const form of ['card', 'strip']) {
        await choose(page, 'neurology', form, 'both');
        tried += 1;
        bad.push(...(await violations(page)).map((one) => `${form} ${locale} ${Object.keys(look)[0] ?? 'light'} ${one}`));
        // Strips of one language are cut from one sheet of paper: they hold the same.
        const held = await page.locator('.bm.strip').evaluateAll((strips) => strips.map((strip) => strip.querySelectorAll('tbody tr').length));
        if (held[0] !== held[2] || held[1] !== held[3]) bad.push(`${locale} ${Object.keys(look)[0] ?? 'light'}: strips hold ${held.join(', ')}`);
        await page.screenshot({ path: join(pictures, `page.${form}.${locale}.${Object.keys(look)[0] ?? 'light'}.png`) });
      }
      await page.close();
    }
    console.info(`looks tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBe(12);
  });
});

describe('the entries of a bookmark', () => {
  it('are chosen by hand for each specialty, how many the paper holds is said at once, and axe passes in both languages', async () => {
    for (const locale of ['en-GB', 'cy']) {
      const page = await open(locale, 'shipped');
      await page.locator('.bm-which summary').press('Enter');
      await page.locator('.bm-which button').first().press('Enter');
      expect(await page.locator('.bm tbody tr').count()).toBe(0);
      const boxes = page.locator('.bm-which input[type=checkbox]');
      for (const at of [3, 40, 90]) { await boxes.nth(at).focus(); await page.keyboard.press('Space'); }
      await page.waitForFunction(() => document.querySelectorAll('.bm tbody tr').length === 3 && /3 (?:of|o) 1\d\d\..*3$/.test(document.querySelector('.bm-which [role=status]')?.textContent ?? ''));
      await page.locator('.bm-choose > .bulk select').first().selectOption('neurology');
      await page.waitForFunction(() => document.querySelectorAll('.bm tbody tr').length > 3);
      await page.locator('.bm-choose > .bulk select').first().selectOption('all');
      await page.waitForFunction(() => document.querySelectorAll('.bm tbody tr').length === 3);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `chosen.${locale}.png`) });
      await page.close();
    }
  });
});

describe('the clinicians’ file', () => {
  it('opens from a disk with nothing fetched, finds, filters and changes its language by keyboard, and passes axe in every look', async () => {
    let [looks, asked, searches] = [0, 0, 0];
    const bad: string[] = [];
    for (const locale of ['en-GB', 'cy']) {
      const page = await open(locale, 'shipped');
      await page.evaluate((text) => { Object.assign(window, { viewStyle: text.style, viewScript: text.script }); }, view);
      await page.locator('.bm-choose .btn').last().click();
      await page.waitForFunction(() => 'saved' in window);
      const file = join(pictures, `sheet.${locale}.html`);
      writeFileSync(file, await page.evaluate(() => (window as unknown as { readonly saved: string }).saved));
      await page.close();
      for (const look of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const) for (const width of [1280, 320]) {
        const alone = await browser.newPage({ ...look, viewport: { width, height: 900 } });
        alone.on('request', (request) => { if (!request.url().startsWith('file:')) asked += 1; });
        alone.on('pageerror', (error) => bad.push(`${locale}: ${error.message}`));
        alone.on('console', (said) => { if (said.type() === 'error') bad.push(`${locale}: ${said.text()}`); });
        await alone.goto(`file://${file}`);
        looks += 1;
        bad.push(...(await violations(alone)).map((one) => `${locale} ${JSON.stringify(look)} ${width} ${one}`));
        if (await alone.evaluate(() => document.documentElement.scrollWidth > innerWidth)) bad.push(`${locale} ${width}: wider than the window`);
        await alone.screenshot({ path: join(pictures, `sheet.${locale}.${Object.values(look)[0]}.${width}.png`) });
        await alone.close();
      }
      const alone = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await alone.goto(`file://${file}`);
      const shown = (): Promise<number> => alone.locator('tbody tr:visible').count();
      const says = (): Promise<string> => alone.locator('#shown').innerText();
      expect(await shown()).toBe(rules.length);
      expect(await alone.locator('html').getAttribute('lang')).toBe(locale);
      expect(await alone.locator('b.t[lang="cy"]').allInnerTexts()).toContain('tebygol');
      expect(await alone.locator('bdi[lang="cy"]').count()).toBeGreaterThan(5);
      await alone.keyboard.press('/');
      for (const [typed, id] of [['cannot exclude', 'cannot exclude'], ['sglerosis', 'MS'], ['strôc', 'CVA'], ['stroc', 'CVA']] as const) {
        await alone.locator('#find').fill(typed);
        searches += 1;
        if (!(await alone.locator('tbody tr:visible b.t').allInnerTexts()).includes(id)) bad.push(`${locale}: “${typed}” does not find ${id}`);
        if (!(await says()).includes(` ${await shown()} `)) bad.push(`${locale}: “${await says()}” for ${await shown()}`);
      }
      await alone.locator('#find').fill('zzzz');
      expect([await shown(), await alone.locator('#none').isVisible()]).toEqual([0, true]);
      await alone.locator('#find').fill('');
      await alone.locator('input[value="neurology"]').focus();
      await alone.keyboard.press('Space');
      expect(await shown()).toBe(rules.filter((rule) => concerns(rule, 'neurology' as SpecialtyId)).length);
      const other = locale === 'cy' ? 'en-GB' : 'cy';
      await alone.locator(`input[name="language"][value="${other}"]`).focus();
      await alone.keyboard.press('Space');
      expect(await alone.locator('html').getAttribute('lang')).toBe(other);
      expect(await alone.locator(`main span[lang="${locale}"]:not(.always):visible`).count()).toBe(0);
      await alone.close();
    }
    console.info(`files tried 2, looks ${looks}, searches ${searches}, asked of a network ${asked}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect([looks, searches, asked]).toEqual([12, 8, 0]);
  });
});
