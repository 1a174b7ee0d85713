/** What `npm start` does where there is no display: every record opened, told and pictured. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { root } from '../harness/chromium-page.js';
import { serveDemo } from '../harness/serve.mjs';
import { tour } from '../harness/tour.mjs';

it('tells of every patient what was read and found, in both languages, and saves the pictures', async () => {
  const site = await serveDemo({ root: join(root, 'assets/demo') });
  const browser = await launchChromium({ extension: demonstrationCopy() });
  const pictures = mkdtempSync(join(tmpdir(), 'nodi-pictures-'));
  const told = vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const bad = await tour({ browser, site, pictures });
  const lines = told.mock.calls.map(([line]) => String(line));
  told.mockRestore();
  await browser.close();
  await site.close();
  const saved = readdirSync(pictures);
  rmSync(pictures, { recursive: true, force: true });
  expect(bad).toBe(false);
  const patients = lines.filter((line) => /^\n\w+ {2}\d+ documents: /.test(line));
  console.info(`records told: tried ${patients.length}, bad 0; pictures ${saved.length}`);
  expect(patients.length).toBeGreaterThanOrEqual(24);
  expect(lines.filter((line) => /^ {4}(avoid|caution) /.test(line)).length).toBeGreaterThan(100);
  expect(saved.length).toBe(2 * patients.length + 1);
});
