import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCoder } from '../../../entrypoints/batch/coder.js';

const folder = resolve(import.meta.dirname, '../../../assets/codes');
const rows = (name: string): readonly (readonly string[])[] => readFileSync(resolve(folder, name), 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
const table = rows('site-terms.tsv');
const ids = (kind: string): ReadonlySet<string> => new Set(table.flatMap(([one, id = '']) => (one === kind ? [id] : [])));
const uk = new Set(rows('icd10.tsv').map(([code = '']) => code));

it('names only sites, processes and UK codes that there are, and each site by some word', () => {
  const [sites, processes] = [ids('site'), ids('process')];
  const cells = table.filter(([kind]) => kind === 'cell');
  const bad = cells.filter(([, process = '', code = '', places = '']) => !processes.has(process) || !uk.has(code) || places === '' || places.split('|').some((place) => place.startsWith('@') && !sites.has(place.slice(1))));
  expect(bad.map((cell) => cell.join(' '))).toEqual([]);
  expect(table.filter(([kind, , nouns = '', adjectives = '']) => kind === 'site' && nouns + adjectives === '').map(([, id]) => id)).toEqual([]);
  console.info(`cells tried ${cells.length}, bad ${bad.length}`);
  expect(cells.length).toBeGreaterThan(600);
});

const coder = openCoder();
const codesIn = (text: string): readonly string[] => coder.code(text, null).coding.suggestions.filter((one) => one.shown && one.system === 'ICD-10').map((one) => one.code);

describe('what happens where', () => {
  it.each([
    ['An ulcer in the stomach was seen.', 'K259'], ['Gastric ulceration was seen.', 'K259'], ['There is a stricture of the left ureter.', 'N135'], ['Left ureteric stenosis was treated.', 'N135'],
    ['Metastases to the liver and the bones.', 'C787'], ['Secondaries in the left kidney.', 'C790'], ['Fracture of the right scapula.', 'S421'], ['Fractured left clavicle.', 'S420'], ['Retroperitoneal haematoma.', 'K661'],
    ['Adenocarcinoma of the sigmoid colon.', 'C187'], ['Squamous cell carcinoma of the oesophagus.', 'C159'], ['Inguinal lymphadenopathy.', 'R590'], ['Oedema of the left lower limb.', 'R600'], ['Splenic infarction.', 'D735'],
  ])('finds “%s” as %s', (text, code) => { expect(codesIn(text)).toContain(code); });

  it.each([
    ['No gastric ulcer was seen.', 'K259'], ['Possible splenic infarct.', 'D735'], ['The stomach was normal, the ulcer of the leg was dressed.', 'K259'], ['The left kidney was normal.', 'N279'],
  ])('leaves “%s” without %s', (text, code) => { expect(codesIn(text)).not.toContain(code); });
});
