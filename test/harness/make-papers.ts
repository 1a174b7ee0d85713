/**
 * Makes what the committee and the auditors get from two simulated years of an invented department: the update paper and an audit's report in both languages in
 * every form, and pictures of both pages in three looks: `npm run papers [folder]`. The same parts make them as in the dashboard.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { compareCoding } from '../../lib/audit/index.js';
import { auditCauses, type AuditLine, type PlainCoding } from '../../lib/model/audit.js';
import { readCode, type ClinicalCode } from '../../lib/model/code.js';
import type { LogEvent } from '../../lib/model/decision.js';
import { chanceFrom } from './chance.js';
import { bundle, looks, openChromium, root, wear } from './chromium-page.js';
import { codedFile } from './coded-file.js';

const folder = resolve(process.argv[2] ?? join(root, '.cache/papers'));
mkdirSync(folder, { recursive: true });
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css', 'components/dashboard/completeness.css'].map(read).join('\n');
const browser = await openChromium();
let made = 0;
const keep = (name: string, content: string | Uint8Array): void => { writeFileSync(join(folder, name), content); made += 1; };

async function open(scene: string, locale: 'en-GB' | 'cy', hash = ''): Promise<Page> {
  const script = await bundle({ entryPoints: [join(root, `test/rooms/dashboard/${scene}.tsx`)], format: 'esm', jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022', supported: { 'top-level-await': true } });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.route('http://localhost/**', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>globalThis.chrome = { runtime: { id: 'nodi' } };</script><script type="module">${script.replaceAll('</script', '<\\/script')}</script></body></html>` }));
  await page.goto(`http://localhost/${scene}#${hash}`);
  await page.waitForSelector('main h1');
  return page;
}
const openAll = (page: Page): Promise<void> => page.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
async function pictures(page: Page, name: string): Promise<void> {
  for (const [at, look] of looks.entries()) {
    await wear(page, look);
    await page.screenshot({ path: join(folder, `${name}.${['light', 'dark', 'forced'][at] ?? at}.png`), fullPage: true });
    made += 1;
  }
  await wear(page, {});
}

for (const locale of ['en-GB', 'cy'] as const) {
  const page = await open('completeness-scene', locale, 'department');
  await openAll(page);
  await pictures(page, `completeness.${locale}`);
  const buttons = await page.locator('.audit-report .acts button').all();
  for (const [at, button] of buttons.entries()) {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    await download.saveAs(join(folder, `update-paper.${locale}-first.${at === 0 ? 'docx' : 'html'}`));
    made += 1;
  }
  await page.close();
}

const codesOf = (text: string): ClinicalCode[] => text.split(' ').flatMap((one) => readCode(one) ?? []);
const chance = chanceFrom(24);
/** What the auditor has: mostly the same, and now and then what coders miss. */
function audited({ diagnoses: [first, ...others], procedures: [main, ...more] }: PlainCoding): PlainCoding {
  const other = (code: ClinicalCode): ClinicalCode => (chance() < 0.1 ? `${code.slice(0, 3)}${code.endsWith('8') ? 1 : 8}` as ClinicalCode : code);
  const missed = (['Z867', 'Z921', 'I10X'] as ClinicalCode[]).filter((code) => chance() < 0.12 && !others.includes(code) && code !== first);
  const side = (code: ClinicalCode): ClinicalCode => (chance() < 0.08 && code === 'Z943' ? 'Z942' as ClinicalCode : code);
  return { diagnoses: [...(first ? [other(first)] : []), ...others, ...missed], procedures: [...(main ? [main] : []), ...more.map(side)] };
}
const withCauses = (lines: readonly AuditLine[]): AuditLine[] => lines.map((line) => {
  if (line.kind === 'right') return line;
  const cause = auditCauses[chance() < 0.7 ? 0 : chance() < 0.8 ? 1 : 2] ?? 'coder';
  return { ...line, cause, reason: cause === 'documentation' ? 'LEX' : cause === 'system' ? 'CLIFA' : '' };
});
const page = await open('audit-scene', 'en-GB');
await openAll(page);
await page.locator('.audit-draw input[type=file]').setInputFiles({ name: 'coded.csv', mimeType: 'text/csv', buffer: Buffer.from(codedFile(400)) });
await page.locator('.audit-draw p', { hasText: 'From your file' }).waitFor();
await page.locator('.audit-draw input[type=number]').first().fill('80');
await page.keyboard.press('Tab');
await page.locator('.audit-draw form button').click();
await page.locator('.audit-list').waitFor();
const drawn = (await page.evaluate(() => window.audit.rows)).filter((row): row is Extract<LogEvent, { readonly kind: 'audit-drawn' }> => row.kind === 'audit-drawn');
let turn = 0;
const send = async (command: object): Promise<void> => {
  const isKept = await page.evaluate((given) => window.audit.send(given as never), { id: `10000000-0000-4000-8000-${String(turn += 1).padStart(12, '0')}`, ...command });
  if (!isKept) throw new Error(`Refused: ${JSON.stringify(command)}`);
};
for (const [at, { sample, episode, diagnoses, procedures, depth }] of drawn.entries()) {
  const first = { diagnoses: codesOf(diagnoses), procedures: codesOf(procedures) };
  const coding = audited(first);
  const lines = withCauses(compareCoding(first, coding, depth));
  await send({ kind: 'code-audit', sample, episode, view: 1, coding });
  await send({ kind: 'judge-audit', sample, episode, view: 1, lines, state: at % 8 === 0 ? 'second-view' : at % 5 === 0 ? 'judged' : 'agreed' });
  if (at % 8 !== 0) continue;
  const second = chance() < 0.8 ? coding : first;
  await send({ kind: 'code-audit', sample, episode, view: 2, coding: second });
  await send({ kind: 'judge-audit', sample, episode, view: 2, lines: withCauses(compareCoding(first, second, depth)), state: 'agreed' });
}
await page.evaluate(() => window.audit.again());
await page.locator('.audit-list tbody button').nth(1).click();
for (const locale of ['en-GB', 'cy'] as const) {
  await page.evaluate((wanted) => window.audit.show(wanted), locale);
  await openAll(page);
  await pictures(page, `audit.${locale}`);
  await page.evaluate(() => { window.audit.left = []; });
  for (const button of await page.locator('.audit-report .paper ~ .acts button').all()) await button.click();
  await page.waitForFunction(() => window.audit.left.length === 6);
  for (const [at, { name, text, bytes }] of (await page.evaluate(() => window.audit.left)).entries()) keep(`audit-report.${locale}${at > 3 ? '-first' : ''}${name.slice(name.lastIndexOf('.'))}`, text === '' ? new Uint8Array(bytes) : text);
}
await page.close();
for (const name of ['update-paper.en-GB-first', 'audit-report.en-GB-first']) {
  const paper = await browser.newPage({ viewport: { width: 1000, height: 1200 } });
  await paper.goto(`file://${join(folder, `${name}.html`)}`);
  await pictures(paper, name);
  await paper.close();
}
await browser.close();
console.info(`${made} files in ${folder}; episodes audited ${drawn.length}`);
