// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedExceptions } from '../../../assets/starter.js';
import { TrainPage, type TrainingState } from '../../../components/dashboard/train-page.jsx';
import { ExceptionEditor } from '../../../components/options/exception-editor.jsx';
import { LogSection } from '../../../components/options/log-section.jsx';
import { queryText } from '../../../components/query-text.js';
import { saveLooked, stoppedIn } from '../../../components/save-file.js';
import { createWords } from '../../../components/words.js';
import { wordsOfPack } from '../../../entrypoints/dashboard/learned.js';
import { sheetWords } from '../../../entrypoints/dashboard/sheet-words.js';
import { wordsOfModel } from '../../../lib/learning/index.js';
import { faultCategories } from '../../../lib/model/fault.js';
import { identifierIn, identifiersIn, leavingIn } from '../../../lib/model/identifier.js';
import { codesCsv } from '../../../lib/sync/codes-csv.js';
import { defaultFhirNames, fhirBundle } from '../../../lib/sync/fhir-bundle.js';
import { sheet } from '../../harness/packs.js';
import { cataract } from '../sync/invented-episodes.js';
import { readStatementBundle } from '../../../lib/sync/read-statement-bundle.js';
import { createStatementFold } from '../../../lib/sync/shared-statement.js';
import { inventedFigures } from '../sync/invented-figures.js';
import { inventedLog, machineOf } from '../sync/invented-log.js';
import { adapter, model, savedLog, signedPack, statements } from './sound-files.js';

/** Invented identifiers as people write them: NHS numbers with their check digit, dates, postcodes; no real patient's. */
const planted = ['943 476 5919', '9434765919', '943-476-5919', '９４３４７６５９１９', 'NHS No. 9434765919', '12/03/1948', '12 March 1948', '3 Mawrth 1948', '1948-03-12', 'DOB 120348', 'CF10 3AT', 'cf103at', 'SA1 1AA'];

let left: string[] = [];
const click = HTMLAnchorElement.prototype.click;
beforeEach(() => { left = []; HTMLAnchorElement.prototype.click = function (): void { left.push(this.download); }; });
afterEach(() => { HTMLAnchorElement.prototype.click = click; act(() => { render(null, document.body); }); });

/** Every place of a value that holds words, with another value where one of them is an identifier. */
function* spoiled(value: unknown, word: string): Generator<unknown> {
  if (typeof value === 'string') { yield word; yield `${value} ${word}`; return; }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) { for (const [at, one] of value.slice(0, 3).entries()) for (const other of spoiled(one, word)) yield value.map((each: unknown, index) => (index === at ? other : each)); return; }
  for (const [key, one] of Object.entries(value)) for (const other of spoiled(one, word)) yield { ...value, [key]: other };
}

describe('a file that leaves', () => {
  it('is stopped by an identifier in any of its words, named by its place, and leaves without one', async () => {
    const codes = codesCsv([cataract]);
    const ways: (readonly [string, unknown])[] = [
      ['description of a page', JSON.parse(adapter)], ['list of exceptions', shippedExceptions.criteria.slice(0, 4).map(({ id, reason }) => ({ id, reason }))], ['codes as a table', codes.split(/[\r\n,]+/)],
      ['codes as FHIR', fhirBundle(cataract, { made: Date.UTC(2026, 10, 27), version: '0.1.0' }, defaultFhirNames)], ['pack', wordsOfPack(await signedPack())], ['sheet', sheetWords(sheet.slice(0, 3), { changes: { en: 'New.', cy: 'Newydd.' }, published: 'A Lead' })],
      ['decision that was not saved', { kind: 'draft-query', id: crypto.randomUUID(), about: { by: 'episode', key: { epoch: 1, fingerprint: 'ab'.repeat(32) }, category: 'conflict' }, language: 'en' }],
    ];
    const said = readStatementBundle(statements(), defaultFhirNames);
    ways.push(
      ['model', wordsOfModel(JSON.parse(model))], ['log', { ...JSON.parse(await savedLog()) as object, counters: [] }], ['findings and queries', said.ok ? said.value.slice(0, 4) : []], ['monthly figures', inventedFigures(3, 0).figures.slice(0, 3)],
    );
    let [tried, missed] = [0, 0];
    for (const [name, sound] of ways) {
      expect([name, saveLooked(sound, JSON.stringify(sound), `${name}.json`)]).toEqual([name, null]);
      expect(left.splice(0)).toEqual([`${name}.json`]);
      for (const word of planted) for (const bad of spoiled(sound, word)) {
        tried += 1;
        const where = saveLooked(bad, JSON.stringify(bad), 'bad.json');
        if (where === null || where.includes('943') || left.length > 0) { missed += 1; left = []; }
      }
    }
    console.info(`planted identifiers tried ${tried} in ${ways.length} files, missed ${missed}`);
    expect(missed).toBe(0);
    expect(tried).toBeGreaterThan(1000);
  });

  it('of ten thousand rows of a log is looked through in a moment, and nothing in it is taken for an identifier', () => {
    const rows = inventedLog(10_000, 5);
    const fold = createStatementFold(machineOf(5));
    for (const row of rows) fold.add(row);
    const started = performance.now();
    expect([stoppedIn(rows), stoppedIn(fold.all())]).toEqual([null, null]);
    const took = performance.now() - started;
    console.info(`rows looked through ${rows.length}, findings and queries ${fold.all().length}, stopped 0, ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(3000);
  });

  it('leaves by this one way: nothing else offers a file', () => {
    const found: string[] = [];
    let searched = 0;
    for (const folder of ['components', 'entrypoints', 'lib']) for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name)) continue;
      searched += 1;
      if (/createObjectURL|\.download\b|download=|showSaveFilePicker|downloads\.download/.test(readFileSync(join(folder, name), 'utf8'))) found.push(join(folder, name));
    }
    expect(found).toEqual(['components/save-file.ts']);
    console.info(`files of the source searched ${searched}, other ways out 0`);
    expect(searched).toBeGreaterThan(200);
  });

  it('of the log is stopped where its policy’s words point at a patient, and the page says so', async () => {
    const words = createWords('en-GB');
    const text = await savedLog();
    const press = async (exported: string): Promise<string> => {
      await act(async () => { render(<LogSection health={{ kind: 'sound', rows: 8 }} care={null} words={words} onRestore={() => Promise.reject(new Error())} onAcceptLoss={() => Promise.reject(new Error())} onExport={() => Promise.resolve(exported)} onImport={() => Promise.reject(new Error())} />, document.body); });
      await act(async () => { [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words.say('options.log.export'))?.click(); await Promise.resolve(); });
      return document.querySelector('[role=status]')?.textContent ?? '';
    };
    expect(await press(text.replace('"clinic-letter"', '"cf10 3at"'))).toContain('Nothing was saved');
    expect(left).toEqual([]);
    expect(await press(text)).toBe(words.say('options.log.exported'));
    expect(left).toEqual(['nodi-log.json']);
  });

  it.each(['en-GB', 'cy'] as const)('of a trained model is told as stopped on its page, in %s', (locale) => {
    const words = createWords(locale);
    const done: Extract<TrainingState, { readonly kind: 'done' }> = { kind: 'done', stopped: null, report: { learnedFrom: 1, heldOut: 1, specialties: [], codes: [], reliability: [], calibrationError: 0 }, summary: { format: 'csv', read: 1, taken: 1, bad: 0, faults: [], left: 0, order: 'time', withoutSpecialty: 0, editions: [] } };
    const show = (state: TrainingState): string => { act(() => { render(<TrainPage state={state} replaces={false} nameOf={(id) => id} words={words} onFile={() => undefined} onPause={() => undefined} onCancel={() => undefined} onTake={() => undefined} onUntake={() => undefined} onDiscard={() => undefined} onSave={() => undefined} />, document.body); }); return document.querySelector('[role=alert]')?.textContent ?? ''; };
    expect(show(done)).toBe('');
    const spoilt = { ...JSON.parse(model) as object, phrases: [['born 1948-03-12', [0, 1]]] };
    expect(show({ ...done, stopped: saveLooked(wordsOfModel(spoilt), JSON.stringify(spoilt), 'nodi-model.json') })).toBe(words.say('export.stopped', { where: 'phrases.0' }));
    expect(left).toEqual([]);
  });

  it('of the sheet that ships holds none, every entry of it', () => {
    const fields = [...leavingIn(sheetWords(sheet))];
    expect(identifiersIn(fields)).toEqual([]);
    expect(fields.length).toBeGreaterThan(2000);
    console.info(`fields of the sheet tried ${fields.length}, stopped 0`);
  });

  it('of shared statements and a model holds none, and a question to clinicians says none', () => {
    const fields = [...leavingIn(JSON.parse(statements())), ...leavingIn(JSON.parse(model))].filter(({ text }) => !/^\d{4}-\d\d-\d\d$/.test(text));
    expect(identifiersIn(fields)).toEqual([]);
    let tried = 0;
    for (const locale of ['en-GB', 'cy'] as const) for (const language of ['en', 'cy', 'both'] as const) for (const category of faultCategories) for (const term of [null, ...sheet.filter((_, at) => at % 20 === 0).map((rule) => rule.term)]) {
      tried += 1;
      expect(identifierIn(queryText({ category, term, shared: null, reference: 'Q-7F3A' }, language, createWords(locale)))).toBeNull();
    }
    console.info(`questions tried ${tried}, stopped 0; fields tried ${fields.length}, stopped 0`);
  });

  it.each(['en-GB', 'cy'] as const)('of exceptions is told in the editor as stopped, in %s', (locale) => {
    const words = createWords(locale);
    const [first] = shippedExceptions.criteria;
    if (!first) throw new Error('no criteria ship');
    const shown = (reason: string): void => { act(() => { render(<ExceptionEditor words={words} depth="primary" list={{ ...shippedExceptions, criteria: [{ ...first, reason: { ...first.reason, en: reason } }] }} isShipped={false} fixed={{ depth: false, list: false }} samples={[]} onTry={() => ({ depth: 'full', ground: { kind: 'department' }, missing: [] })} onDepth={() => undefined} onSave={() => undefined} />, document.body); }); };
    const save = (): void => { act(() => { [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words.say('picker.export'))?.click(); }); };
    shown('Mrs Prys, 943 476 5919');
    save();
    expect(left).toEqual([]);
    expect(document.body.textContent).toContain(words.say('export.stopped', { where: '0.reason.en' }));
    act(() => { render(null, document.body); });
    shown(first.reason.en);
    save();
    expect(left).toEqual(['exception-criteria.json']);
  });
});
