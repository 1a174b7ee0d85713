import { render } from 'preact';
import { starterSheet } from '../../../assets/starter.js';
import { createWords } from '../../../components/words.js';
import { createSheetRoom } from '../../../entrypoints/dashboard/sheet.js';
import type { Locale } from '../../../lib/model/language.js';
import type { RuleId } from '../../../lib/model/rulebook.js';
import type { SheetEdition, TriedEntry } from '../../../lib/model/sheet.js';
import { defaultSettings, type Settings } from '../../../lib/model/settings.js';
import { createRulebook, createSheetReader, shippedEdition, writtenEdition, type SheetNow } from '../../../lib/rulebook/index.js';
import { createLearnedStore, createSheetStore, deviceKeys, isSigned, type SheetStore } from '../../../lib/settings/index.js';

declare global { interface Window { sheet: { tried: (TriedEntry | null)[]; settings: Settings; again: () => Promise<void>; told: number; store: SheetStore; show: (locale: Locale) => void; signed: (edition: SheetEdition) => Promise<string>; shipped: SheetEdition } } }

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const store = createSheetStore(indexedDB);

/** An invented sheet of ten thousand entries: those that ship, again and again under other words. */
function large(): SheetEdition {
  const { entries, ...edition } = shippedEdition(made.ok ? made.value : { ...starterSheet, rules: [], specialties: [] });
  const many = Array.from({ length: 10_000 }, (_, at) => {
    const entry = entries[at % entries.length];
    if (!entry) throw new Error('no entries');
    const round = Math.floor(at / entries.length);
    return round === 0 ? entry : { ...entry, id: `LX${String(at).padStart(5, '0')}` as RuleId, term: `${entry.term} ${round}`, forms: entry.forms.map((form) => ({ ...form, text: `${form.text} ${round}`, match: 'words' as const })) as unknown as typeof entry.forms };
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...edition, number: 1, from: '2026-01-01', entries: many };
}

window.sheet = { tried: [], settings: defaultSettings, told: 0, store, show: (locale) => { window.sheet.settings = { ...window.sheet.settings, locale }; document.documentElement.lang = locale; draw(); }, shipped: shippedEdition(made.value), again: () => again(),
  /** As another computer signs what it saves. */
  signed: async (edition) => {
    const held = new Map<string, unknown>();
    const { device, key, sign } = await deviceKeys({ read: (part) => Promise.resolve(held.get(part)), write: (part, value) => { held.set(part, value); return Promise.resolve(); } });
    return JSON.stringify({ kind: 'nodi-sheet', schema: 1, edition, device, key, signature: await sign(writtenEdition(edition)) });
  } };
const sheetOn = createSheetReader(store, made.value, isSigned);
let now: SheetNow;
const again = async (): Promise<void> => { now = await sheetOn(window.sheet.settings.boardSheet, '2026-11-27'); await room.read(); draw(); };
const room = createSheetRoom({
  store, inForce: () => now, again: () => void again(), keys: createLearnedStore(indexedDB), shipped: made.value, today: () => '2026-11-27', notes: () => Promise.resolve([{ text: 'Imp: probable TIA. Cannot exclude a small stroke; likely viral.', specialty: 'unknown' }]),
  tryEntry: (entry) => { window.sheet.tried.push(entry); return Promise.resolve(entry === null ? { kind: 'ended' } : entry.forms.length > 2 ? { kind: 'no-record' } : { kind: 'tried', marks: 3, documents: 2, read: 5, beaten: 1 }); },
  published: () => { window.sheet.told += 1; return Promise.resolve(); }, change: (part) => { window.sheet.settings = { ...window.sheet.settings, ...part }; return Promise.resolve(true); }, draw: () => draw(),
});
function draw(): void {
  const app = document.getElementById('app');
  const { settings } = window.sheet;
  if (app) render(<main class="main wide" id="top">{room.page(settings, createWords(settings.locale))}</main>, app);
}
if (location.hash === '#large' && (await store.editions()).length === 0) await store.publish(large());
await again();
