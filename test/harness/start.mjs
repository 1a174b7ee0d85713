/** npm start: builds Nodi, serves the sample record on loopback and opens Chromium on it. With no display: reads it headless, prints what was found and saves pictures. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installPackages, needChromium, root, runProgram } from './bootstrap.mjs';

checkNode();
installPackages();
needChromium();
if (runProgram('wxt/bin/wxt.mjs', ['build', '-b', 'chrome', '--mv3']) !== 0) process.exit(1);

const { demonstrationCopy, launchChromium } = await import('./browser.mjs');
const { serveDemo } = await import('./serve.mjs');
const site = await serveDemo({ root: join(root, 'assets/demo') });
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const headless = !display || process.argv.includes('--headless');
const browser = await launchChromium({ extension: demonstrationCopy(), headless });
console.info(`Sample record: ${site.url}`);

if (!headless) {
  const page = browser.context.pages()[0] ?? await browser.context.newPage();
  await page.goto(site.url);
  console.info('Chromium is open on the sample record. Click the Nodi button in the toolbar (or the puzzle piece, then Nodi) for the panel. Close the browser to end.');
  browser.context.on('close', async () => { await site.close(); process.exit(0); });
} else {
  const { tour } = await import('./tour.mjs');
  const pictures = join(root, '.output/pictures');
  mkdirSync(pictures, { recursive: true });
  const bad = await tour({ browser, site, pictures });
  await browser.close();
  await site.close();
  process.exit(bad ? 1 : 0);
}
