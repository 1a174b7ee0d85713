/** npm run bench [matcher|coder|codes|decisions|ledger|logging|paint|page|quality|shown|switches|training …]: figures as ratios from one run, with their goals. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../harness/chromium-page.js';
import { benchCoder } from './coder.js';
import { benchCodes } from './codes.js';
import { benchDecisions } from './decisions.js';
import { isMet, lineOf, type Figure } from './figures.js';
import { benchLedger } from './ledger.js';
import { benchLogging } from './logging.js';
import { benchMatcher } from './matcher.js';
import { benchPage } from './page.js';
import { benchPaint } from './paint.js';
import { benchQuality } from './quality.js';
import { benchShown } from './shown.js';
import { benchSwitches } from './switches.js';
import { benchTraining } from './training.js';

const parts: Readonly<Record<string, () => Promise<readonly Figure[]> | readonly Figure[]>> = { matcher: benchMatcher, coder: benchCoder, codes: benchCodes, decisions: benchDecisions, ledger: benchLedger, logging: benchLogging, paint: benchPaint, page: benchPage, quality: benchQuality, shown: benchShown, switches: benchSwitches, training: benchTraining };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) { console.error(`No bench is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`); process.exit(2); }
const figures: Figure[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const measured = await run();
  for (const figure of measured) console.info(lineOf(figure));
  figures.push(...measured);
}
mkdirSync(join(root, '.cache'), { recursive: true });
writeFileSync(join(root, '.cache/bench.json'), JSON.stringify(figures, null, 1));
const judged = figures.map(isMet).filter((met) => met !== null);
console.info(`${judged.filter(Boolean).length} of ${judged.length} goals met`);
