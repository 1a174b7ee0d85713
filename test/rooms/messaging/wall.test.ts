import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { starterSheet } from '../../../assets/starter.js';
import type { Command } from '../../../lib/model/decision.js';
import { createRulebook } from '../../../lib/rulebook/index.js';

// The polyfill refuses to load outside an extension; the wall itself needs nothing from it.
vi.mock('webextension-polyfill', () => ({ default: {} }));
const { answer, zoneOf } = await import('../../../lib/messaging/channel.js');
const { wall } = await import('../../../lib/messaging/protocol.js');

const page = { zone: 'page', tab: null, frame: 0 } as const;
const frame = { zone: 'frame', tab: 7, frame: 0 } as const;
const ours = 'chrome-extension://abc/';

const uuid = '00000000-0000-4000-8000-000000000001';
const hash = 'ab'.repeat(32);
const key = { tab: 7, frame: 0, reader: uuid, epoch: 1, subject: 's', episode: 'e', note: '' };
const target = { key, document: 'd', version: 1, span: { start: 0, end: 2 }, rule: 'BM028' };
const line = { category: 'primary-diagnosis', kind: 'fourth', first: 'G403', audited: 'G409', cause: 'coder', reason: '' };
/** One of each, so that a command that nobody let through the wall does not compile. */
const commands = {
  'log-finding': { target }, 'dismiss-finding': { target }, 'mute-rule': { rule: 'BM028', days: 7 }, 'log-unreadable': { key, gap: 'image', count: 1 }, undo: { undoes: uuid },
  'log-fault': { key, about: { kind: 'elsewhere', documentKind: 'clinic-letter' }, details: { category: 'other', authorRole: 'unknown', site: 'unknown', team: 'unknown', minutes: 0 } },
  'accept-codes': { key, system: 'ICD-10', codes: ['G409'], origin: 'search', evidence: null, replaces: null }, 'reject-codes': { key, system: 'ICD-10', codes: ['G409'], reason: 'other', evidence: { document: 'd', version: 1, span: { start: 0, end: 2 } } },
  'remove-codes': { key, unit: uuid }, 'move-codes': { key, unit: uuid, after: 'first' }, 'choose-depth': { key, depth: 'full' }, 'finish-episode': { key, depth: 'full', criterion: null },
  'draft-query': { about: { by: 'specialty', specialty: 'neurology', category: 'other', rule: null, findings: 5 }, language: 'en' }, 'move-query': { query: uuid, state: 'closed', outcome: 'none', due: null },
  'forget-phrase': { phrase: 'ms', name: 'ICD-10 G35X' }, 'judge-phrase': { phrase: 'ms', name: 'ICD-10 G35X', verdict: 'approved' },
  'draw-episode': { sample: uuid, method: 'random', seed: 7, population: 9, size: 1, drawn: { episode: hash, specialty: 'neurology', coder: '', coded: '2026-10-09', stay: null, depth: 'full', criterion: 'default', lane: 'typed', edition: 'starter-1', row: 2, diagnoses: ['G409'], procedures: [] } },
  'code-audit': { sample: uuid, episode: hash, view: 1, coding: { diagnoses: ['G409'], procedures: [] } }, 'take-audit': { key, sample: uuid, view: 2 }, 'judge-audit': { sample: uuid, episode: hash, view: 1, lines: [line], state: 'agreed' }, 'log-audit-fault': { sample: uuid, episode: hash, line },
  'answer-fact': { key, field: 'length-of-stay', answer: 3 }, 'copy-wording': { rule: 'BM028' }, 'explain-rule': { rule: 'BM028' }, 'show-finding': { target }, 'show-evidence': { key, document: 'd', version: 1, span: { start: 0, end: 2 } },
} satisfies Readonly<Record<Command['kind'], object>>;
const unnamed: readonly string[] = ['answer-fact', 'copy-wording', 'explain-rule', 'show-finding', 'show-evidence'];

describe('the wall between processes', () => {
  it('lets every command of our own pages through, and none with a field more', () => {
    const bad: string[] = [];
    let tried = 0;
    for (const [kind, fields] of Object.entries(commands)) for (const more of [{}, { more: 1 }]) {
      tried += 1;
      let came = false;
      void answer({ 'panel.run': () => { came = true; return { kind: 'done' }; } }, { nodi: 1, name: 'panel.run', ask: { tab: 7, command: { kind, ...(unnamed.includes(kind) ? {} : { id: uuid }), ...fields, ...more } } }, page);
      if (came !== !('more' in more)) bad.push(`${kind} ${JSON.stringify(more)}`);
    }
    console.info(`commands tried ${tried}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(tried).toBeGreaterThan(45);
  });


  it('answers a good question from the zone that may ask it, and only that', async () => {
    const handlers = { 'panel.view': () => ({ kind: 'reading' as const }) };
    const good = { nodi: 1, name: 'panel.view', ask: { tab: 7 } };
    await expect(answer(handlers, good, page)).resolves.toEqual({ kind: 'reading' });
    expect(answer(handlers, good, frame)).toBeUndefined();
    expect(answer(handlers, good, null)).toBeUndefined();
    expect(answer(handlers, { ...good, ask: { tab: '7' } }, page)).toBeUndefined();
    expect(answer(handlers, { ...good, ask: { tab: 7, more: 1 } }, page)).toBeUndefined();
  });

  it('lets every entry of the sheet be tried by our own pages, with nothing said of it, and by no page of a record', () => {
    const came: string[] = [];
    const handlers = { 'panel.try-entry': ({ entry }: { readonly entry: { readonly id: string } | null }) => { came.push(entry?.id ?? 'none'); return { kind: 'ended' as const }; } };
    const made = createRulebook(starterSheet);
    const rules = made.ok ? made.value.rules : [];
    const tryIt = (entry: unknown, asker: typeof page | typeof frame = page): boolean => { const before = came.length; void answer(handlers, { nodi: 1, name: 'panel.try-entry', ask: { entry } }, asker); return came.length > before; };
    const tried = rules.map(({ id, term, kind, verdict, forms, appliesTo, unless, onlyWhen, number }) => ({ id, term, kind, verdict, forms, appliesTo, unless, onlyWhen, number }));
    expect(tried.filter((entry) => !tryIt(entry)).map(({ id }) => id)).toEqual([]);
    expect(tryIt(null)).toBe(true);
    const [first] = tried;
    expect([tryIt(first, frame), tryIt({ ...first, text: {} }), tryIt({ ...first, forms: [] }), tryIt({ ...first, id: 'x' }), tryIt({ ...first, forms: [{ text: 'a' }] }), tryIt({ ...first, unless: { near: ['a'] } })]).toEqual([false, false, false, false, false, false]);
    console.info(`entries tried ${tried.length}, refused 0`);
    expect(tried.length).toBeGreaterThan(200);
  });

  it('lets no shape through that it does not know', () => {
    let called = 0;
    const handlers = Object.fromEntries(Object.keys(wall).filter((name) => wall[name as keyof typeof wall].zone !== 'background' && !name.endsWith('settings')).map((name) => [name, () => { called += 1; return null as never; }]));
    let tried = 0;
    fc.assert(fc.property(fc.anything(), fc.constantFrom(...Object.keys(wall), '__proto__', 'constructor', 'toString'), (shape, name) => {
      if (shape === null) return;
      tried += 1;
      answer(handlers, { nodi: 1, name, ask: shape }, frame);
      answer(handlers, shape, page);
    }), { numRuns: 3000 });
    console.info(`hostile messages: tried ${tried}, let through ${called}`);
    expect(tried).toBeGreaterThan(2500);
    expect(called).toBe(0);
  });

  it('takes the browser’s word on the sender', () => {
    expect(zoneOf({ id: 'abc', url: `${ours}sidepanel.html` }, 'abc', ours)).toBe('page');
    expect(zoneOf({ id: 'abc', url: 'https://epr.example/', tab: { index: 0, highlighted: false, active: true, pinned: false, incognito: false } }, 'abc', ours)).toBe('frame');
    expect(zoneOf({ id: 'other', url: `${ours}sidepanel.html` }, 'abc', ours)).toBeNull();
    expect(zoneOf({ id: 'abc', url: 'https://epr.example/', documentLifecycle: 'cached' } as never, 'abc', ours)).toBeNull();
  });
});
