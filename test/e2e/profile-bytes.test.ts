/**
 * Nothing of a patient rests on the disk: people who exist nowhere else are read, logged, coded, asked about and learned from, and then every byte of the browser's
 * profile is searched for their sentences, names, numbers and dates. Nothing of the profile is left out; LevelDB's blocks are decompressed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { demonstrationCopy, launchChromium } from '../harness/browser.mjs';
import { inventPeople, recordOf } from '../harness/invented-record.js';
import { searchProfile } from '../harness/profile-search.js';
import { openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

const episodes = process.env['NODI_LONG'] ? 1_000 : 50;
/** Nobody opens the record of these: what is found of them was planted. */
const planted = 5;
const people = inventPeople(episodes + planted);
const pages = recordOf(people);
const profile = mkdtempSync(join(tmpdir(), 'nodi-bytes-'));
const extension = demonstrationCopy(process.env['NODI_EXTENSION']);
afterAll(() => { for (const folder of [profile, pages, extension]) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }); });

interface Span { readonly start: number; readonly end: number }
interface Target { readonly document: string; readonly version: number; readonly span: Span; readonly rule: string }
interface View {
  readonly kind: string;
  readonly key?: { readonly tab: number };
  readonly record?: { readonly sealed: {
    readonly documents: readonly { readonly rows: readonly { readonly diagnostic: Target; readonly key: object }[] }[];
    readonly episode: { readonly number: string | null };
    readonly blind?: string;
    readonly coding: { readonly suggestions: readonly { readonly suggestion: { readonly system: string; readonly code: string; readonly evidence: readonly { readonly document: string; readonly version: number; readonly span: Span }[] } }[] } | null;
  } };
}

/** One episode as a coder does it: faults logged and dismissed, codes accepted and rejected, words chosen that are no clinician's, a question drafted and sent, and the last word. Gives the kinds that were kept. */
async function code(sample: SampleRecord, id: string, number: string, at: number): Promise<readonly string[]> {
  const tab = Number(new URL(sample.panel.url()).searchParams.get('tab'));
  await sample.portal('open', id);
  const view = await until(() => sample.ask<View>('panel.view', { tab }), (seen) => seen.kind === 'record' && seen.record?.sealed.episode.number === number && seen.record.sealed.coding !== null && (seen.record.sealed.coding.suggestions.length > 0 || seen.record.sealed.blind === 'hidden') && seen.record.sealed.documents.length === 2 && seen.record.sealed.documents.some(({ rows }) => rows.length > 0));
  const { documents, coding } = view.record?.sealed as NonNullable<View['record']>['sealed'];
  const kept: string[] = [];
  const run = async (command: { readonly kind: string } & Record<string, unknown>): Promise<string> => {
    const event = crypto.randomUUID();
    const outcome = await sample.ask<{ kind: string; reason?: string }>('panel.run', { tab, command: { id: event, ...command } });
    if (outcome.kind === 'acknowledged') kept.push(command.kind);
    return event;
  };
  const rows = documents.flatMap((document) => document.rows);
  for (const [place, { diagnostic: { document, version, span, rule }, key }] of rows.entries()) {
    const target = { key, document, version, span, rule };
    if (place === 0) { await run({ kind: 'log-finding', target }); await run({ kind: 'draft-query', about: { by: 'finding', target }, language: at % 2 ? 'cy' : 'en' }); } else if (place === 1) await run({ kind: 'dismiss-finding', target });
  }
  const { key } = view;
  for (const [place, { suggestion: { system, code: named, evidence: [evidence] } }] of (coding?.suggestions ?? []).entries()) {
    if (!evidence) continue;
    if (place === 0) await run({ kind: 'accept-codes', key, system, codes: [named], origin: 'suggestion', evidence, replaces: null });
    else if (place === 1) {
      await run({ kind: 'reject-codes', key, system, codes: [named], reason: 'not-relevant', evidence });
      // On second thoughts it is coded, by words that a person marked: the kin's name, a goat and all.
      await run({ kind: 'accept-codes', key, system, codes: [named], origin: 'selection', evidence: { ...evidence, span: { start: 0, end: 40 } }, replaces: null });
    }
  }
  // An episode of the blind sample is coded without suggestions.
  if (view.record?.sealed.blind === 'hidden') await run({ kind: 'accept-codes', key, system: 'ICD-10', codes: ['I10X'], origin: 'search', evidence: null, replaces: null });
  await run({ kind: 'finish-episode', key, depth: 'full', criterion: null });
  return kept;
}

describe('the profile after a coder’s work', () => {
  it(`holds no sentence, name, number or date of ${episodes} people, and a planted one is found wherever it lies`, async () => {
    const own = people.slice(0, episodes);
    const kinds = new Map<string, number>();
    const sample = await openSampleRecord({ extension, profile, keepProfile: true, pages, patient: own[0]?.id ?? '' });
    try {
      for (const [at, person] of own.entries()) {
        const number = person.secrets.at(-1) ?? '';
        for (const kind of await code(sample, person.id, number, at)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      // Learning from a file of coded episodes: the notes themselves, as a department keeps them.
      const train = await sample.browser.page('dashboard.html#train');
      const table = `id,text,codes,specialty,date\n${own.slice(0, 200).map(({ documents }, at) => `${at},"${documents.flatMap(({ parts }) => parts).join(' ')}",${at % 2 ? 'M06.9' : 'G35'},Neurology,2026-05-${String(1 + at % 28).padStart(2, '0')}`).join('\n')}\n`;
      await train.waitForSelector('input[type=file]', { state: 'attached' });
      await train.setInputFiles('input[type=file]', { name: 'coded.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await until(() => train.innerText('body'), (text) => text.includes('were learned from'), 90_000);
      await train.getByRole('button', { name: 'Use this model' }).click();
      await until(() => train.innerText('body'), (text) => text.includes('The model is in use.'));
      for (const view of ['', '#log', '#quality', '#learning']) await until(() => sample.browser.page(`dashboard.html${view}`).then(async (page) => { const text = await page.innerText('body'); await page.close(); return text; }), (text) => text.length > 50);
      // The record of the last person stands open, and its words in the panel, when the browser ends.
    } finally { await sample.close(); }
    for (const kind of ['log-finding', 'dismiss-finding', 'draft-query', 'accept-codes', 'reject-codes', 'finish-episode']) expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(episodes / 2);

    const needles = people.flatMap(({ secrets }) => secrets);
    const clean = searchProfile(profile, needles);
    console.info(`episodes ${own.length} (${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}); needles ${new Set(needles).size}; files ${clean.files}, bytes ${clean.bytes}, records of LevelDB ${clean.records} (decompressed ${clean.decompressed}); found ${clean.hits.length}`);
    expect(clean.hits).toEqual([]);
    expect(clean.unread).toEqual([]);
    expect(clean.records).toBeGreaterThan(episodes * 5);

    // Now something leaks, in five ways.
    const [a, b, c, d, e] = people.slice(episodes) as [typeof people[0], typeof people[0], typeof people[0], typeof people[0], typeof people[0]];
    const browser = await launchChromium({ extension, profile, keepProfile: true });
    const page = await browser.page('options.html');
    await page.evaluate(async ([sentence, nhs, name, born, hospital]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => { const asked = indexedDB.open('planted', 1); asked.onupgradeneeded = () => asked.result.createObjectStore('rows', { autoIncrement: true }); asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(new Error('no database')); });
      // So much that LevelDB makes a table of it, whose blocks are compressed.
      for (let part = 0; part < 4; part += 1) {
        await new Promise<void>((resolve, reject) => {
          const writing = database.transaction('rows', 'readwrite', { durability: 'strict' });
          for (let row = 0; row < 2500; row += 1) writing.objectStore('rows').add(`${'of no account at all '.repeat(35)}${sentence}`);
          writing.oncomplete = () => resolve();
          writing.onabort = () => reject(new Error('not written'));
        });
      }
      database.close();
      await (globalThis as unknown as { chrome: { storage: { local: { set: (items: object) => Promise<void> } } } }).chrome.storage.local.set({ planted: { of: nhs } });
      const file = await (await (await navigator.storage.getDirectory()).getFileHandle('planted', { create: true })).createWritable();
      await file.write(new Uint8Array(Array.from(name as string).flatMap((letter) => [0, letter.charCodeAt(0)])));
      await file.close();
      localStorage.setItem('planted', btoa(`x${born}`));
      await (await caches.open('planted')).put('https://nodi.invalid/planted', new Response(Array.from(new TextEncoder().encode(hospital), (byte) => byte.toString(16).padStart(2, '0')).join('')));
    }, [a.documents[0]?.parts[0], b.nhs, c.kin, d.kin, e.hospital]);
    await browser.close();
    const leaky = searchProfile(profile, needles);
    const found = (needle: string | undefined): readonly string[] => leaky.hits.filter((hit) => hit.needle === needle).map(({ how }) => how);
    console.info(`planted ${planted}, found ${new Set(leaky.hits.map(({ needle }) => needle)).size}: ${[...new Set(leaky.hits.map(({ how, file, wasCompressed }) => `${how} in ${file.split('/').slice(0, 2).join('/')}${wasCompressed ? ' (compressed)' : ''}`))].join('; ')}`);
    expect(found(a.documents[0]?.parts[0]).length).toBeGreaterThan(0);
    expect(leaky.hits.some((hit) => hit.wasCompressed && hit.needle === a.documents[0]?.parts[0])).toBe(true);
    expect(found(b.nhs).length).toBeGreaterThan(0);
    expect(found(c.kin)).toContain('UTF-16BE');
    expect(found(d.kin)).toContain('base64');
    expect(found(e.hospital)).toContain('hex');
    expect(leaky.unread).toEqual([]);
  }, 120_000 + episodes * 4_000);
});
