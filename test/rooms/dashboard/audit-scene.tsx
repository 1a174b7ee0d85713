import { render } from 'preact';
import { shippedAuditTable } from '../../../assets/audit-table.js';
import { starterSheet } from '../../../assets/starter.js';
import { createWords } from '../../../components/words.js';
import { auditBody } from '../../../entrypoints/background/audit-bodies.js';
import { createDecks } from '../../../entrypoints/dashboard/decks.js';
import { createAuditRoom, type AuditHere } from '../../../entrypoints/dashboard/audit.js';
import { foldAudits } from '../../../lib/audit/index.js';
import { checkDraft } from '../../../lib/log/index.js';
import type { LogEvent, RecordedCommand } from '../../../lib/model/decision.js';
import type { Locale } from '../../../lib/model/language.js';
import { identifiersIn, leavingIn } from '../../../lib/model/identifier.js';
import { noProgress, type TraineeProgress } from '../../../lib/model/trainee.js';
import { createRulebook } from '../../../lib/rulebook/index.js';
import { defaultSettings, type Settings } from '../../../lib/model/settings.js';

interface Left { readonly name: string; readonly text: string; readonly bytes: readonly number[] }
declare global { interface Window { audit: { settings: Settings; rows: LogEvent[]; learned: TraineeProgress; left: Left[]; show: (locale: Locale) => void; again: () => Promise<void>; send: (command: RecordedCommand) => Promise<boolean> } } }

const made = createRulebook(starterSheet);
if (!made.ok) throw new Error('the starter sheet is not sound');
const boardKey = new Uint8Array(32).fill(7);
/** What coders decided before any audit: 260 episodes coded with something on offer. The last forty were overridden more. */
const rows: LogEvent[] = Array.from({ length: 260 }, (_, at) => ({
  kind: 'episode-coded', episode: (9_000_000 + at).toString(16).padStart(64, '0'), specialty: at % 130 < 128 ? 'neurology' : 'rheumatology', depth: 'full', criterion: 'default', diagnoses: 3, procedures: 1, offered: 4, kept: at >= 220 ? 2 : at % 5 === 0 ? 2 : 4,
  id: `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`, edition: at < 150 ? 'starter-1' : 'starter-2', sequence: at + 1, wall: 1_780_000_000_000 + at * 3_600_000, offset: 0, schema: 2, previous: '', hash: '',
}) as unknown as LogEvent);
/** The log as the background has it: what it would refuse is refused here by the same words. */
async function send(command: RecordedCommand): Promise<boolean> {
  const wall = 1_790_000_000_000 + rows.length;
  const body = command.kind === 'undo' ? { kind: 'undone' as const, undoes: command.undoes }
    : command.kind === 'draw-episode' || command.kind === 'code-audit' || command.kind === 'judge-audit' || command.kind === 'log-audit-fault' ? auditBody(command, { samples: foldAudits(rows), boardKey, persons: window.audit.settings.auditPersons, reasons: shippedAuditTable.reasons }) : null;
  if (body === null || body.kind === 'refused') return Promise.resolve(false);
  const draft = checkDraft({ id: command.id, edition: starterSheet.edition, body });
  if (!draft.ok) return Promise.resolve(false);
  rows.push({ ...draft.value.body, id: draft.value.id, edition: draft.value.edition, sequence: rows.length + 1, wall, offset: 0, schema: 2, previous: '', hash: '' });
  return Promise.resolve(true);
}
window.audit = { settings: { ...defaultSettings, profile: 'auditor' }, rows, learned: noProgress, left: [], show: (locale) => { window.audit.settings = { ...window.audit.settings, locale }; document.documentElement.lang = locale; draw(); }, again: () => again(), send };
let here: AuditHere;
const parts = new Map<string, unknown>();
const keys = { read: (name: string) => Promise.resolve(parts.get(name)), write: (name: string, value: unknown) => { parts.set(name, value); return Promise.resolve(); } };
const room = createAuditRoom({
  log: { decisions: () => Promise.resolve({ ok: true, value: [...rows] }) }, clock: { wall: () => 1_790_100_000_000, offset: () => 0 }, rulebook: () => made.value, boardKey: () => Promise.resolve(boardKey), send,
  change: (part) => { window.audit.settings = { ...window.audit.settings, ...part }; return Promise.resolve(true); },
  rebased: () => Promise.resolve(new Map()), decks: createDecks({ learner: { change: (by) => { window.audit.learned = by(window.audit.learned); return Promise.resolve(window.audit.learned); } }, keys, clock: { wall: () => 1_790_100_000_000, offset: () => 0 }, rulebook: made.value }),
  save: (looked, content, name) => {
    const [stopped] = identifiersIn(leavingIn(looked));
    if (stopped) return stopped.where;
    const blob = typeof content === 'string' ? new Blob([content]) : content;
    void blob.arrayBuffer().then((bytes) => { window.audit.left.push({ name, text: typeof content === 'string' ? content : '', bytes: typeof content === 'string' ? [] : [...new Uint8Array(bytes)] }); });
    return null;
  },
  again: () => void again(), draw: () => draw(),
});
async function again(): Promise<void> { here = await room.read(window.audit.settings); draw(); }
function draw(): void {
  const app = document.getElementById('app');
  const { settings } = window.audit;
  if (app) render(<main class="main wide" id="top">{room.page(here, { settings, managed: [], policyProblems: [] }, createWords(settings.locale))}</main>, app);
}
await again();
