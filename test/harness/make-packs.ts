/**
 * Makes the lead's pages of three specialties from two simulated years (neurology's intervention works, rheumatology's does not, cataract surgery has none)
 * in every form and choice of languages: `npm run packs [folder]`. The same parts make them as in the dashboard.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { leadPageLines, leadPageText } from '../../components/dashboard/lead-page-text.js';
import { createWords } from '../../components/words.js';
import { packDocx } from '../../entrypoints/dashboard/pack-docx.js';
import { packXlsx } from '../../entrypoints/dashboard/pack-xlsx.js';
import { csvText } from '../../lib/base/csv.js';
import { bundle, openChromium, root } from './chromium-page.js';
import { packOf } from './packs.js';

const folder = resolve(process.argv[2] ?? join(root, '.cache/lead-packs'));
mkdirSync(folder, { recursive: true });
const names = { neurology: { en: 'Neurology', cy: 'Niwroleg' }, rheumatology: { en: 'Rheumatology', cy: 'Rhiwmatoleg' }, cataract: { en: 'Cataract surgery', cy: 'Llawdriniaeth cataractau' } } as const;
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const browser = await openChromium();
const page = await browser.newPage({ viewport: { width: 1040, height: 1400 } });
const leadStyle = read('components/dashboard/lead-page.css');
const style = ['assets/tokens.css', 'components/panel/panel.css', 'components/dashboard/dashboard.css'].map(read).join('\n') + leadStyle;
const script = await bundle({ entryPoints: [join(root, 'test/rooms/dashboard/packs-story.tsx')], jsx: 'automatic', jsxImportSource: 'preact', target: 'es2022' });
await page.setContent(`<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Nodi</title><style>${style}</style></head><body><div id="app"></div><script>${script.replaceAll('</script', '<\\/script')}</script></body></html>`);
await page.waitForSelector('.a4');
await page.evaluate((text) => { Object.assign(window, { leadStyle: text }); }, leadStyle);

let made = 0;
for (const [specialty, name] of Object.entries(names)) for (const [language, locales] of Object.entries({ both: ['en-GB', 'cy'], en: ['en-GB'], cy: ['cy'] } as const)) {
  const pack = packOf(specialty);
  const [first, ...others] = locales.map((locale) => leadPageText(pack, name, createWords(locale)));
  if (!first) continue;
  const lines = leadPageLines(pack, [first, ...others], createWords(first.locale));
  const [chosen, , languages] = await page.locator('.packs-choose select').all();
  await chosen?.selectOption(specialty);
  await languages?.selectOption(language);
  await page.locator('.packs-choose .btn').last().click();
  const html = await page.evaluate(() => (window as unknown as { readonly left: { readonly html: string } }).left.html);
  const bytes = async (blob: Promise<Blob>): Promise<Uint8Array> => new Uint8Array(await (await blob).arrayBuffer());
  const forms: Readonly<Record<string, string | Uint8Array>> = {
    pdf: await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }), html, csv: csvText(lines),
    xlsx: await bytes(packXlsx(lines)), docx: await bytes(packDocx([first, ...others], pack.chart.kind === 'chart' ? pack.chart.chart : null)),
  };
  for (const [form, content] of Object.entries(forms)) { writeFileSync(join(folder, `${specialty}.${language}.${form}`), content); made += 1; }
}
await browser.close();
console.info(`${made} files in ${folder}`);
