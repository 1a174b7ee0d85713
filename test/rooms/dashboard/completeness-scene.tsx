import { paperDocx } from '../../../entrypoints/dashboard/paper-docx.js';
import { render } from 'preact';
import functions from '../../../assets/specialties/treatment-functions.json' with { type: 'json' };
import { createWords } from '../../../components/words.js';
import { createCompletenessRoom } from '../../../entrypoints/dashboard/completeness.js';
import { createLedgerRun, type ToLedger } from '../../../entrypoints/dashboard/ledger-run.js';
import { createFunctionFinder } from '../../../lib/audit/index.js';
import { succeed } from '../../../lib/base/result.js';
import { createLedgerKeys } from '../../../lib/log/keys.js';
import type { LedgerHeld, LedgerParts, LedgerStore } from '../../../lib/log/ledger-store.js';
import type { TeamHours, Trajectory } from '../../../lib/model/ledger.js';
import type { Month } from '../../../lib/model/month.js';
import { defaultSettings, type Settings } from '../../../lib/model/settings.js';
import { committeeExtract, departmentMonths, sampleExtract } from '../../harness/sample-extract.js';

declare global { interface Window { completeness: { copied: string[]; saved: { name: string; text: string }[]; held: () => unknown } } }

const scene = location.hash.slice(1);
const today = '2026-01-12';
const plans: readonly Trajectory[] = [
  { id: 'first', name: 'Plan of Aug 2025', agreed: '2025-08' as Month, months: { '2025-10': 73, '2025-11': 75, '2025-12': 83, '2026-01': 92, '2026-02': 100, '2026-03': 100 } },
  { id: 'new', name: 'New plan', agreed: '2026-01' as Month, months: { '2025-10': 58, '2025-11': 55, '2025-12': 80, '2026-01': 84, '2026-02': 88, '2026-03': 88 } },
];
const hours: readonly TeamHours[] = [{ month: '2025-11' as Month, hours: 2610, people: 19 }, { month: '2025-12' as Month, hours: 300, people: 3 }];

/** A store in memory with the manners of the real one. */
function memoryStore(): LedgerStore & { readonly held: () => LedgerHeld | null } {
  let held: LedgerHeld | null = null;
  const blocks = new Map<number, Uint32Array<ArrayBuffer>>();
  let parts: LedgerParts = { plans: scene === 'empty' ? [] : plans, mapping: null, hours: scene === 'empty' ? [] : hours, assumptions: scene === 'department' ? { growth: 0, coders: 3, hoursEach: 125, sickness: 0.06, rateFull: 3, ratePrimary: 4.2, primaryShare: 0.7, outsourced: 0, autoShare: 0, autoAccepted: 0.9, order: 'as-before' } : null, rebases: [] };
  return {
    held: () => held, read: () => Promise.resolve(succeed({ held, parts })), blocks: () => Promise.resolve(succeed({ held, blocks: new Map(blocks) })),
    take: (before, changed, next) => { for (const [at, words] of changed) blocks.set(at, words); held = { ...next, generation: before + 1 }; return Promise.resolve(succeed(null)); },
    freeze: (before, frozen) => { if (held) held = { ...held, frozen, generation: before + 1 }; return Promise.resolve(succeed(null)); },
    forgetCoders: () => Promise.resolve(succeed(null)),
    write: (part) => { parts = { ...parts, ...part }; return Promise.resolve(succeed(null)); },
    forget: () => { held = null; blocks.clear(); return Promise.resolve(succeed(null)); }, close: () => undefined,
  };
}

const store = memoryStore();
const functionOf = createFunctionFinder(functions.map(({ code, en, cy }) => ({ code, names: [en, cy] })));
const settings: Settings = { ...defaultSettings, auditActions: [{ number: '2.1c', recommendation: 'Re-issue the sheet of terms', owner: 'Coding manager', due: '2025-12-31', status: 'open', reason: 'Waits for its translation' }, { number: '3.4', recommendation: 'Track poor documentation by specialty', owner: 'Head of information', due: null, status: 'complete', reason: '' }], locale: document.documentElement.lang === 'cy' ? 'cy' : 'en-GB' };
const words = createWords(settings.locale);
const secret = new Uint8Array(32).fill(7);
window.completeness = { copied: [], saved: [], held: store.held };
Object.assign(crypto, { randomUUID: () => `plan-${Math.floor(performance.now() * 1000)}` });

const room = createCompletenessRoom({
  store, today: () => today, secret: () => Promise.resolve(secret), xlsx: () => Promise.resolve(new Blob(['x'])), docx: paperDocx, copy: (text) => { window.completeness.copied.push(text); return Promise.resolve(); },
  save: (_, content, name) => { if (typeof content === 'string') window.completeness.saved.push({ name, text: content }); return null; },
  start(told) {
    let isOver = false;
    const run = createLedgerRun({ store, functionOf, keysOf: createLedgerKeys, post: (message) => { if (!isOver) told(message); }, now: () => performance.now() });
    return { say: (message) => void run(message), cancel: () => { isOver = true; } };
  },
  again: () => void draw(), draw: () => void draw(),
});

async function draw(): Promise<void> {
  const here = await room.read({ settings, managed: [], policyProblems: [] });
  const app = document.getElementById('app');
  if (app) render(<main class="main wide">{room.page(here, settings, words)}</main>, app);
}

/** The ledger as an import leaves it. */
async function fill(): Promise<void> {
  const options = scene === 'department' ? { asOf: today, seed: 8, months: departmentMonths(8, 1500) } : committeeExtract;
  let mapping: Extract<ToLedger, { readonly kind: 'read' }>['mapping'] | null = null;
  const run = createLedgerRun({ store, functionOf, keysOf: createLedgerKeys, now: () => performance.now(), post: (message) => { if (message.kind === 'looked') mapping = message.looked.mapping; if (message.kind === 'failed') throw new Error(JSON.stringify(message.failure)); } });
  await run({ kind: 'look', file: new Blob([sampleExtract(options)]), saved: null, today });
  if (mapping === null) throw new Error('no mapping');
  await run({ kind: 'read', mapping, asOf: today, secret, coders: false });
  await run({ kind: 'take', on: today });
}
if (scene !== 'empty') await fill();
await draw();
