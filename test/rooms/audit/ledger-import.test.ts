/** An extract on its way into the ledger: whole or not at all, without a name at rest, and whatever is wrong with it said. */
import 'fake-indexeddb/auto';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import functions from '../../../assets/specialties/treatment-functions.json' with { type: 'json' };
import { ledgerFailureWords, rowFaultWords } from '../../../components/dashboard/ledger-words.js';
import { createWords } from '../../../components/words.js';
import { createLedgerRun, type FromLedger } from '../../../entrypoints/dashboard/ledger-run.js';
import { packXlsx } from '../../../entrypoints/dashboard/pack-xlsx.js';
import { createFunctionFinder, dayOfIso, episodeAt, openRefused, rowWords, withoutCoders } from '../../../lib/audit/index.js';
import { createLedgerKeys, createLedgerStore, episodeKey, type LedgerStore } from '../../../lib/log/index.js';
import type { ColumnMapping } from '../../../lib/model/ledger.js';
import type { LedgerFailure, ReadTold } from '../../../lib/model/ledger-import.js';
import { hostileLines } from '../../harness/hostile-files.js';
import { sampleExtract, sampleRows } from '../../harness/sample-extract.js';

const both = [createWords('en-GB'), createWords('cy')];
const functionOf = createFunctionFinder(functions.map(({ code, en, cy }) => ({ code, names: [en, cy] })));
const secret = new Uint8Array(32).fill(7);
const today = '2026-01-12';
const months = [{ month: '2025-10', episodes: 60, within: 40, coded: 50 }, { month: '2025-11', episodes: 60, within: 30, coded: 40 }];
const stores: LedgerStore[] = [];
let made = 0;
const newStore = (): LedgerStore => { const store = createLedgerStore({ name: `ledger-${(made += 1)}` }); stores.push(store); return store; };
afterEach(() => { for (const store of stores.splice(0)) store.close(); });

interface Outcome { readonly told: ReadTold | null; readonly mapping: ColumnMapping | null; readonly failure: LedgerFailure | null; readonly steps: readonly FromLedger['kind'][] }

/** One import as the page drives it; `until` is the last thing that the person does. */
async function importing(store: Pick<LedgerStore, 'blocks' | 'take'>, bytes: BlobPart, { until = 'take', asOf = today, change = (same: ColumnMapping) => same, coders = false }: { readonly until?: 'look' | 'read' | 'take'; readonly asOf?: string; readonly change?: (mapping: ColumnMapping) => ColumnMapping; readonly coders?: boolean } = {}): Promise<Outcome> {
  const said: FromLedger[] = [];
  const run = createLedgerRun({ store, functionOf, keysOf: createLedgerKeys, post: (message) => { said.push(message); }, now: () => said.length * 1000 });
  const find = <Kind extends FromLedger['kind']>(kind: Kind): Extract<FromLedger, { readonly kind: Kind }> | undefined => said.find((message): message is Extract<FromLedger, { readonly kind: Kind }> => message.kind === kind);
  await run({ kind: 'look', file: new Blob([bytes]), saved: null, today });
  const mapping = find('looked')?.looked.mapping ?? null;
  if (mapping && until !== 'look') await run({ kind: 'read', mapping: change(mapping), asOf, secret, coders });
  if (find('read') && until === 'take') await run({ kind: 'take', on: today });
  return { told: find('read')?.told ?? null, mapping, failure: find('failed')?.failure ?? null, steps: said.map(({ kind }) => kind) };
}
const episodesIn = async (store: Pick<LedgerStore, 'blocks'>): Promise<readonly string[]> => {
  const held = await store.blocks();
  if (!held.ok) throw new Error(held.failure.kind);
  return [...held.value.blocks.values()].flatMap((words) => Array.from({ length: words.length / rowWords }, (_, row) => `${[...words.slice(row * rowWords, row * rowWords + 4)].join()} ${JSON.stringify(episodeAt(words, row * rowWords))}`)).sort();
};

describe('an extract', () => {
  it('is in the ledger whole once it is taken, and not a row of it before; taken twice it doubles nothing', async () => {
    const store = newStore();
    const text = sampleExtract({ asOf: today, seed: 4, months });
    for (const until of ['look', 'read'] as const) { await importing(store, text, { until }); expect([await episodesIn(store), await store.read()]).toEqual([[], { ok: true, value: { held: null, parts: { plans: [], mapping: null, hours: [], assumptions: null, rebases: [] } } }]); }
    expect((await importing(store, text)).steps.at(-1)).toBe('taken');
    const once = await episodesIn(store);
    expect(once.length).toBe(120);
    const again = await importing(store, text);
    expect([again.told?.tally.fresh, again.told?.tally.same, await episodesIn(store)]).toEqual([0, 120, once]);
    const held = await store.read();
    expect(held.ok && held.value.held).toMatchObject({ generation: 2, counts: { episodes: 120, asOf: today }, keyedBy: ['patient', 'spell', 'episode'], imports: [{ rows: 120 }, { rows: 120 }] });
    expect(held.ok && held.value.held?.frozen.map(({ month }) => month)).toEqual(['2025-10', '2025-11']);
    // What a person set stays when the rows go.
    await store.write({ hours: [{ month: '2025-11' as never, hours: 5, people: 6 }] });
    await store.forget();
    expect([await episodesIn(store), await store.read()]).toMatchObject([[], { value: { held: null, parts: { hours: [{ hours: 5 }] } } }]);
  });

  it('keeps no coder without a policy, a number that is no name under one, and none again when it is withdrawn', async () => {
    const store = newStore();
    const named = sampleExtract({ asOf: today, seed: 4, months }).replaceAll(/CODER(\d+)/g, 'Angharad Prys-Jones $1');
    const codersIn = async (): Promise<number[]> => { const held = await store.blocks(); return held.ok ? [...held.value.blocks.values()].flatMap((words) => Array.from({ length: words.length / rowWords }, (_, row) => words[row * rowWords + rowWords - 1] ?? 0)) : []; };
    const parts = async () => { const held = await store.read(); if (!held.ok || !held.value.held) throw new Error('nothing held'); return held.value.held; };
    /** All that the database holds, byte by byte, as text. */
    const bytes = async (): Promise<string> => { const held = await store.blocks(); return held.ok ? `${[...held.value.blocks.values()].map((words) => Buffer.from(words.buffer).toString('latin1')).join('')}${JSON.stringify(await store.read())}` : ''; };
    await importing(store, named);
    expect([new Set(await codersIn()), (await parts()).coders, (await parts()).counts.work.some(({ coders }) => coders !== null)]).toEqual([new Set([0]), false, false]);
    await importing(store, named, { coders: true });
    const told = await codersIn();
    const different = new Set(told.filter((coder) => coder !== 0)).size;
    expect([different > 5, (await parts()).coders, (await parts()).counts.work.every(({ coders }) => coders !== null && coders <= different)]).toEqual([true, true, true]);
    expect(await bytes()).not.toMatch(/Angharad|Prys|angharad|ANGHARAD|A\0n\0g\0h/);
    // Another board's key gives other numbers: they cannot be compared.
    expect(createLedgerKeys(new Uint8Array(32).fill(8)).coder('Angharad Prys-Jones 1')).not.toBe(createLedgerKeys(secret).coder('Angharad Prys-Jones 1'));
    const episodes = await episodesIn(store);
    expect(await store.forgetCoders(withoutCoders)).toEqual({ ok: true, value: null });
    expect([new Set(await codersIn()), (await parts()).coders, (await parts()).counts.work.every(({ coders }) => coders === null), await episodesIn(store)]).toEqual([new Set([0]), false, true, episodes]);
    const { generation } = await parts();
    await store.forgetCoders(withoutCoders);
    expect((await parts()).generation).toBe(generation);
    console.info(`coders told apart under a policy ${different}, left without it 0`);
  });

  it('is refused whole where another page was first, where its episodes would be known by other columns, and where the disk says no', async () => {
    const store = newStore();
    const text = sampleExtract({ asOf: today, seed: 4, months });
    const said: FromLedger[] = [];
    const run = createLedgerRun({ store, functionOf, keysOf: createLedgerKeys, post: (message) => { said.push(message); }, now: () => 0 });
    await run({ kind: 'look', file: new Blob([text]), saved: null, today });
    const looked = said.find((message) => message.kind === 'looked');
    if (looked?.kind !== 'looked') throw new Error('not looked at');
    await run({ kind: 'read', mapping: looked.looked.mapping, asOf: today, secret, coders: false });
    await importing(store, sampleExtract({ asOf: today, seed: 9, months }));
    const before = await episodesIn(store);
    await run({ kind: 'take', on: today });
    expect([said.at(-1), await episodesIn(store)]).toEqual([{ kind: 'failed', failure: { kind: 'changed' } }, before]);
    const other = await importing(store, text, { change: (mapping) => { const { patient: _, ...columns } = mapping.columns; return { ...mapping, columns }; } });
    expect([other.failure, await episodesIn(store)]).toEqual([{ kind: 'other-key', fields: ['patient', 'spell', 'episode'] }, before]);
    const full = await importing({ blocks: store.blocks, take: () => Promise.resolve({ ok: false, failure: { kind: 'not-saved' } }) }, text);
    expect([full.failure, await episodesIn(store)]).toEqual([{ kind: 'not-saved' }, before]);
  });

  it('leaves no identifier and no coder at rest, in any writing, and gives the log’s own keys where there are no spells', async () => {
    const store = newStore();
    const options = { asOf: today, seed: 4, months };
    await importing(store, sampleExtract(options), { coders: true });
    const rest: unknown[] = [];
    const database = await new Promise<IDBDatabase>((resolve, reject) => { const asked = indexedDB.open(`ledger-${made}`); asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error); });
    for (const name of database.objectStoreNames) rest.push(...await new Promise<unknown[]>((resolve) => { const asked = database.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => resolve(asked.result as unknown[]); }));
    database.close();
    const bytes = rest.flatMap((row) => [JSON.stringify(row), ...Object.values(row as object).flatMap((value: unknown) => (value instanceof Uint32Array ? ['latin1', 'utf16le'].map((encoding) => Buffer.from(value.buffer).toString(encoding as BufferEncoding)) : []))]).join('\n');
    const secrets = [...sampleRows(options)].flatMap((cells) => [cells[0], cells[1], ...(cells[12] ? [cells[12]] : [])]);
    const found = secrets.filter((one) => one !== undefined && bytes.includes(one));
    console.info(`identifiers looked for ${secrets.length} in ${bytes.length} bytes at rest, found ${found.length}`);
    expect(found).toEqual([]);
    expect(bytes.length).toBeGreaterThan(4000);
    const held = await store.read();
    expect(held.ok && held.value.held?.counts.work.every(({ coders }) => (coders ?? 0) > 3)).toBe(true);
    const keys = createLedgerKeys(secret);
    expect(keys.episode({ patient: '999 000 0018', spell: '', episode: 'E-12' })).toBe(episodeKey(secret, '9990000018', { number: 'e12', admitted: null }));
    expect(keys.episode({ patient: '9990000018', spell: 'S1', episode: '23' })).not.toBe(keys.episode({ patient: '9990000018', spell: 'S12', episode: '3' }));
  });

  it('comes from a workbook too, with days as numbers or as words, and not from one that counts its days from 1904', async () => {
    const [csv, book, numbers] = [newStore(), newStore(), newStore()];
    const options = { asOf: today, seed: 4, months };
    await importing(csv, sampleExtract(options));
    const head = sampleExtract({ ...options, months: [] }).split('\r\n')[0]?.split(',') ?? [];
    const rows = [...sampleRows(options)];
    const words = new Uint8Array(await (await packXlsx([head, ...rows])).arrayBuffer());
    const serial = new Uint8Array(await (await packXlsx([head, ...rows.map((cells) => cells.map((cell) => (/^\d{4}-\d\d-\d\d$/.test(cell) ? dayOfIso(cell) + 25_569 : cell)))])).arrayBuffer());
    for (const [store, file] of [[book, words], [numbers, serial]] as const) { const { failure, told } = await importing(store, file); expect([failure, told?.rows, await episodesIn(store)]).toEqual([null, 120, await episodesIn(csv)]); }
    const parts = unzipSync(serial);
    const old = zipSync({ ...parts, 'xl/workbook.xml': strToU8(new TextDecoder().decode(parts['xl/workbook.xml']).replace('<sheets>', '<workbookPr date1904="1"/><sheets>')) });
    expect((await importing(newStore(), old as Uint8Array<ArrayBuffer>)).failure).toEqual({ kind: 'days-from-1904' });
  });

  it('that is damaged or hostile is refused in words of both languages, or each of its rows is as it was in the sound one or refused with its line', async () => {
    const files = process.env['NODI_LONG'] ? 2000 : 200;
    const sound = sampleExtract({ asOf: today, seed: 4, months, separator: '\t' }).replaceAll('\r\n', '\n');
    const memory = (): { readonly blocks: LedgerStore['blocks']; readonly take: LedgerStore['take'] } => {
      let blocks: ReadonlyMap<number, Uint32Array<ArrayBuffer>> = new Map();
      return { blocks: () => Promise.resolve({ ok: true, value: { held: null, blocks } }), take: (_, changed) => { blocks = changed; return Promise.resolve({ ok: true, value: null }); } };
    };
    const soundStore = memory();
    await importing(soundStore, sound);
    const known = new Set(await episodesIn(soundStore));
    expect(known.size).toBe(120);
    const bad: string[] = [];
    let [refusedWhole, taken, refusedRows] = [0, 0, 0];
    for (const { name, bytes, must } of hostileLines(sound, 17, files)) {
      const store = memory();
      let outcome: Outcome;
      try { outcome = await importing(store, bytes); } catch (problem) { bad.push(`${name}: crashed, ${String(problem).slice(0, 120)}`); continue; }
      const { failure, told, mapping } = outcome;
      const said = [...(failure ? both.map((words) => ledgerFailureWords(failure, words)) : []), ...(told ? both.map((words) => [...Array.from({ length: Math.min(20, told.refused.length / 2) }, (_, at) => rowFaultWords(openRefused(told.refused).at(at), words))].join()) : [])];
      if (said.some((one) => /\{\{|undefined|NaN|\[object/.test(one))) bad.push(`${name}: said ${said.join(' / ').slice(0, 200)}`);
      if (failure) { refusedWhole += 1; if (told || (await episodesIn(store)).length > 0) bad.push(`${name}: refused, and part of it was kept`); continue; }
      if (!told || !mapping) { bad.push(`${name}: neither refused nor read`); continue; }
      taken += 1;
      refusedRows += told.refused.length / 2;
      if (must === 'refused') bad.push(`${name}: taken in silence`);
      const now = await episodesIn(store);
      if (now.length + told.refused.length / 2 !== told.rows) bad.push(`${name}: ${told.rows} rows, ${now.length} taken and ${told.refused.length / 2} refused`);
      // A damaged head leaves a column out, as the person sees before the rows are read; a reason that nobody knows is told.
      const columns = Object.keys(mapping.columns).length;
      const other = now.filter((one) => !known.has(one));
      if (columns === 13 ? other.length > told.otherReasons : !outcome.steps.includes('looked')) bad.push(`${name}: ${other.length} rows are not as they were: ${other[0]}`);
    }
    console.info(`extracts tried ${files}, refused whole ${refusedWhole}, taken but for ${refusedRows} rows that were refused ${taken}, bad ${bad.length}`);
    expect([...new Set(bad)].slice(0, 12)).toEqual([]);
    expect(refusedWhole).toBeGreaterThan(files / 8);
    expect(refusedRows).toBeGreaterThan(files / 4);
  });
});
