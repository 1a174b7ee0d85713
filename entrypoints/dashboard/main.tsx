import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { render, type JSX } from 'preact';
import browser from 'webextension-polyfill';
import { starterSheet } from '../../assets/starter.js';
import { DashboardNav, type DashboardPage } from '../../components/dashboard/dashboard-nav.jsx';
import { ModelPage, type Told } from '../../components/dashboard/model-page.jsx';
import { Languages } from '../../components/dashboard/quality-page.jsx';
import { TrainPage, type TrainingState } from '../../components/dashboard/train-page.jsx';
import { ProfileQuestion } from '../../components/profile-question.jsx';
import { pageFor, profileViews } from '../../components/profile-views.js';
import { textOfChosen } from '../../components/chosen-file.js';
import { saveLooked } from '../../components/save-file.js';
import { createWords, specialtyIn } from '../../components/words.js';
import { createLedgerStore, createLogStore, createSharedStore } from '../../lib/log/index.js';
import { ask, listen } from '../../lib/messaging/channel.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { DoubtPolicy } from '../../lib/model/assertion.js';
import type { Locale } from '../../lib/model/language.js';
import { dateOf } from '../../lib/model/month.js';
import type { Rulebook } from '../../lib/model/rulebook.js';
import { createRulebook, createSheetReader, shippedEdition, type SheetNow } from '../../lib/rulebook/index.js';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { createLearnedStore, createLearnerRecord, createLogFiles, createSettings, createSheetStore, isSigned } from '../../lib/settings/index.js';
import { readModel, wordsOfModel } from '../../lib/learning/index.js';
import { readProgress } from '../../lib/training/index.js';
import type { EffectiveSettings } from '../../lib/model/settings.js';
import type { RecordedCommand, EventId } from '../../lib/model/decision.js';
import { createAuditRoom } from './audit.jsx';
import { createDataRoom } from './data.jsx';
import { createDecks } from './decks.js';
import { createBookmarkRoom } from './bookmark.jsx';
import { createCompletenessRoom } from './completeness.jsx';
import { createLearnRoom } from './learn.jsx';
import { createSendingRoom } from './sending.jsx';
import { createPacksRoom } from './packs.jsx';
import { createQualityRoom } from './quality.jsx';
import { createQueriesRoom } from './queries.jsx';
import { createSheetRoom } from './sheet.jsx';
import { createStartRoom } from './start.jsx';
import { startLedger } from './start-ledger.js';
import { startTraining, type RunningTraining } from './start-training.js';
import { bringBackModel, learnedView, modelTold, packTold, wordsOfPack, packToShare, readImported, removePart, replaceModel } from './learned.js';

const settings = createSettings(browser.storage, checkAdapter);
const clock = { wall: () => Date.now(), offset: () => 0 - new Date().getTimezoneOffset() };
const store = createLogStore({ name: 'nodi-log', sentinel: settings.sentinel, files: createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-log'), exclusive: (write) => navigator.locks.request('nodi-log', write), clock });
const learned = createLearnedStore(indexedDB);
const made = createRulebook(starterSheet);
const shipped: Rulebook = made.ok ? made.value : { edition: starterSheet.edition, rules: [], specialties: [] };
const sheets = createSheetStore(indexedDB);
const today = (): string => dateOf(clock.wall(), clock.offset());
/** What every page names terms by: read anew with each page, since an edition may be published while this one is open. */
let sheet: SheetNow = { edition: shippedEdition(shipped), rulebook: shipped, origin: { by: 'shipped' }, refused: null, names: [shipped.edition] };
const sheetOn = createSheetReader(sheets, shipped, isSigned);
const rulebook = { get rules() { return sheet.rulebook.rules; }, get specialties() { return sheet.rulebook.specialties; } };
const client = new QueryClient();
const qualityRoom = createQualityRoom({ counters: store, glance: store.glance, clock, rulebook, editions: () => sheet.names, change: async (part) => (await ask('panel.change-settings', part)).ok, restore: () => void ask('panel.restore-log', null).then(again), again: () => again() });
const packsRoom = createPacksRoom({ counters: store, clock, rulebook, again: () => again() });
const learner = createLearnerRecord(learned, readProgress, (write) => navigator.locks.request('nodi-trainee', write));
const startRoom = createStartRoom({ learner, open: (place) => { if (place === 'options') void browser.runtime.openOptionsPage(); else location.hash = place; }, again: () => again() });
const decks = createDecks({ learner, keys: learned, clock, rulebook });
const learnRoom = createLearnRoom({ learner, decks, clock, rulebook, again: () => again() });
/** The invented cases for trainees are notes of the kind that the sheet is for. */
const sampleNotes = async () => (await import('../../assets/curriculum.js')).shippedCurriculum.cases.flatMap((pack) => (pack as { readonly cases: readonly { readonly text: string; readonly specialty: SpecialtyId }[] }).cases);
const sheetRoom = createSheetRoom({ store: sheets, keys: learned, shipped, inForce: () => sheet, again: () => again(), today, notes: sampleNotes, published: async () => { await ask('panel.sheet-changed', null); }, change: async (part) => (await ask('panel.change-settings', part)).ok, tryEntry: async (entry) => { const answer = await ask('panel.try-entry', { entry }); return answer.ok ? answer.value : null; }, draw: () => drawAgain() });
const bookmarkRoom = createBookmarkRoom({ store: sheets, draw: () => drawAgain() });
const queriesRoom = createQueriesRoom({ counters: store, clock, rulebook, again: () => again() });

const auditRoom = createAuditRoom({
  log: store, clock, rulebook: () => sheet.rulebook, boardKey: settings.boardKey,
  send: async (command) => { const answer = await ask('panel.run', { tab: -1, command }); return answer.ok && answer.value.kind === 'acknowledged'; },
  change: async (part) => (await ask('panel.change-settings', part)).ok,
  rebased: async () => { const kept = await learned.read('rebased'); return kept instanceof Map ? kept as ReadonlyMap<string, number> : new Map<string, number>(); }, decks, save: saveLooked, again: () => again(), draw: () => drawAgain(),
});
const completenessRoom = createCompletenessRoom({ store: createLedgerStore({ name: 'nodi-ledger' }), start: startLedger, secret: settings.boardKey, today, xlsx: async (lines) => (await import('./pack-xlsx.js')).packXlsx(lines), docx: async (papers) => (await import('./paper-docx.js')).paperDocx(papers), copy: (text) => navigator.clipboard.writeText(text), again: () => again(), draw: () => drawAgain() });

const filesIn = (folder: string): ReturnType<typeof createLogFiles> => createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, folder);
const shared = createSharedStore({ files: filesIn('nodi-shared'), exclusive: (write) => navigator.locks.request('nodi-shared', write) });
const dataRoom = createDataRoom({ log: store, counters: store, shared, sentinel: settings.sentinel, clock, rulebook, again: () => again(), draw: () => drawAgain() });
const sendingRoom = __CONNECTED__ ? createSendingRoom({ clock, change: async (part) => (await ask('panel.change-settings', part)).ok, draw: () => drawAgain() }) : null;

/** Each page reads what it shows and nothing else: none but the pages of what was learned and of audits reads the log's rows. */
async function readPage(page: DashboardPage, effective: EffectiveSettings) {
  const { settings: own } = effective;
  const { packKeys } = own;
  switch (page) {
    case 'quality': return { page, here: await qualityRoom.read() } as const;
    case 'packs': return { page, here: await packsRoom.read() } as const;
    case 'queries': return { page, here: await queriesRoom.read() } as const;
    case 'data': await sendingRoom?.read(); return { page, here: await dataRoom.read() } as const;
    case 'audit': return { page, here: await auditRoom.read(own) } as const;
    case 'completeness': return { page, here: await completenessRoom.read(effective) } as const;
    case 'bookmark': await bookmarkRoom.read(); return { page } as const;
    case 'sheet': await sheetRoom.read(); return { page } as const;
    case 'model': {
      const bringing = ask('panel.editions-held', null).then((held) => readImported(learned, packKeys, held.ok ? held.value : null));
      const [events, imported, proposals] = await Promise.all([store.decisions(), bringing, ask('panel.proposals', null)]);
      return { page, events: events.ok ? events.value : [], imported, proposals: proposals.ok ? proposals.value : null } as const;
    }
    case 'learn': return { page, here: await learnRoom.read() } as const;
    case 'start': return { page, here: await startRoom.read() } as const;
    case 'train': return { page, replaces: (await readImported(learned, packKeys, null)).trained !== null } as const;
  }
}
const log = new QueryObserver(client, {
  queryKey: ['log'],
  queryFn: async () => { const effective = await settings.store.read(); sheet = await sheetOn(effective.settings.boardSheet, today()); return { effective, shown: await readPage(pageFor(effective.settings.profile, location.hash.slice(1)), effective) }; },
});
const app = document.getElementById('app');

type Answer = NonNullable<ReturnType<typeof log.getCurrentResult>['data']>;
/** What the model page tells of the last thing that was asked, and the pack that waits for trust: memory only. */
let told: Told | null = null;
let waiting: { readonly text: string; readonly devices: readonly string[] } | null = null;

const again = (): void => { void client.invalidateQueries({ queryKey: ['log'] }); };
const tell = (what: Told | null): void => { told = what; drawAgain(); again(); };
const run = async (command: RecordedCommand): Promise<boolean> => {
  const answer = await ask('panel.run', { tab: -1, command });
  const isKept = answer.ok && answer.value.kind === 'acknowledged';
  tell(isKept ? null : { key: 'model.told.not-done' });
  return isKept;
};
const newId = (): EventId => crypto.randomUUID() as EventId;
/** Writes a part, tells the background, and says what came of it. */
const keep = async (write: () => Promise<void>, done: Told | null): Promise<void> => {
  try { await write(); } catch { tell({ key: 'model.told.not-done' }); return; }
  await ask('panel.learned-changed', null);
  tell(done);
};

async function bringIn(text: string, trust: boolean): Promise<void> {
  const answer = await ask('panel.import-pack', { text, trust });
  waiting = null;
  if (!answer.ok) { tell({ key: 'model.told.not-done' }); return; }
  if (answer.value.taken) { tell({ key: 'model.told.pack' }); return; }
  const { failure } = answer.value;
  switch (failure.kind) {
    case 'not-trusted': waiting = { text, devices: failure.devices }; tell(null); break;
    case 'not-saved': tell({ key: 'model.told.not-done' }); break;
    default: tell(packTold(failure));
  }
}

async function bringInModel(file: File): Promise<void> {
  const text = await textOfChosen(file, 'model').catch(() => '');
  if (text === null) { tell({ key: 'model.fail.too-large' }); return; }
  let data: unknown = null;
  try { data = JSON.parse(text); } catch { /* What is no JSON is no model. */ }
  const read = readModel(data);
  if (read.ok) await keep(() => replaceModel(learned, data), { key: 'model.told.model' });
  else tell(modelTold(read.failure));
}

/** The training of this page and what it gave: memory only, until a person takes it. */
let training: TrainingState = { kind: 'idle', told: null };
let runningTraining: RunningTraining | null = null;
let trainedModel: unknown = null;
const setTraining = (state: TrainingState): void => { training = state; drawAgain(); };
function trainOn(file: File, doubt: DoubtPolicy): void {
  trainedModel = null;
  setTraining({ kind: 'running', progress: { step: 'reading', done: 0 }, pause: 'no' });
  runningTraining = startTraining(file, doubt, (message) => {
    switch (message.kind) {
      case 'progress': if (training.kind === 'running') setTraining({ ...training, progress: message.progress }); break;
      case 'paused': if (training.kind === 'running' && training.pause === 'asked') setTraining({ ...training, pause: 'yes' }); break;
      case 'failed': runningTraining = null; setTraining({ kind: 'failed', failure: message.failure }); break;
      case 'done': runningTraining = null; trainedModel = message.model; setTraining({ kind: 'done', report: message.report, summary: message.summary, stopped: null });
    }
  });
}
const leaveTraining = (toldOf: 'cancelled' | 'discarded'): void => { runningTraining?.cancel(); runningTraining = null; trainedModel = null; setTraining({ kind: 'idle', told: toldOf }); };
async function takeTraining(): Promise<void> {
  try { await replaceModel(learned, trainedModel); } catch { setTraining({ kind: 'idle', told: 'not-saved' }); return; }
  trainedModel = null;
  await ask('panel.learned-changed', null);
  setTraining({ kind: 'idle', told: 'taken' });
  again();
}
async function untakeTraining(): Promise<void> {
  try { await bringBackModel(learned); } catch { setTraining({ kind: 'idle', told: 'not-saved' }); return; }
  await ask('panel.learned-changed', null);
  setTraining({ kind: 'idle', told: 'untaken' });
  again();
}

function draw({ effective, shown }: Answer): void {
  const { settings: { locale, packKeys: named, singleKeys, doubt } } = effective;
  const words = createWords(locale);
  const here = shown.page;
  document.documentElement.lang = locale;
  document.title = words.say(here === 'quality' ? 'dashboard.document' : `${here}.document`);
  startRoom.visited(here);
  if (here !== 'sheet') sheetRoom.leave();
  const onLocale = (next: Locale): void => { startRoom.did('language'); void ask('panel.change-settings', { locale: next }).then(again); };
  const nameOf = (id: string): string => specialtyIn(rulebook.specialties, id, words);
  const framed = (page: JSX.Element, kind: '' | 'wide' | 'packs' | 'bookmark' = ''): JSX.Element => <main class={`main ${kind}`} id="top"><Languages words={words} onLocale={onLocale} />{page}</main>;
  const page = (): JSX.Element => {
    switch (shown.page) {
      case 'quality': return qualityRoom.page({ ...shown.here, settings: effective }, words, onLocale);
      case 'packs': return framed(packsRoom.page(shown.here, effective.settings, words), 'packs');
      case 'start': return framed(startRoom.page(shown.here, effective, words));
      case 'learn': return framed(learnRoom.page(shown.here, words), 'wide');
      case 'audit': return framed(auditRoom.page(shown.here, effective, words), 'wide');
      case 'queries': return framed(queriesRoom.page(shown.here, words), 'wide');
      case 'data': return framed(dataRoom.page(shown.here, effective.settings, words, sendingRoom?.section(words) ?? null));
      case 'completeness': return framed(completenessRoom.page(shown.here, effective.settings, words), 'wide');
      case 'bookmark': return framed(bookmarkRoom.page(sheet.rulebook, today(), words), 'bookmark');
      case 'sheet': return framed(sheetRoom.page(effective.settings, words), 'wide');
      case 'model': {
        const { events, imported, proposals } = shown;
        return framed(<ModelPage {...learnedView(events, imported, nameOf)} named={named?.length ?? null} waiting={waiting?.devices ?? null} told={told} proposals={proposals} singleKeys={singleKeys} words={words}
          onForget={(phrase, name) => void run({ kind: 'forget-phrase', id: newId(), phrase, name })}
          onJudge={(phrase, name, verdict) => run({ kind: 'judge-phrase', id: newId(), phrase, name, verdict })}
          onTakeBack={(event) => run({ kind: 'undo', id: newId(), undoes: event })}
          onRebase={(specialty) => void keep(() => learned.write('rebased', new Map([...imported.rebased, [specialty, events.at(-1)?.sequence ?? 0]])), null)}
          onExport={() => void packToShare(events, learned, named).then((text) => { const where = saveLooked(wordsOfPack(text), text, 'nodi-pack.json'); if (where !== null) tell({ key: 'export.stopped', values: { where } }); }, () => tell({ key: 'model.told.not-done' }))}
          onPack={(file) => void textOfChosen(file, 'pack').then((text) => (text === null ? tell({ key: 'model.fail.too-large' }) : bringIn(text, false)), () => tell({ key: 'model.told.not-done' }))}
          onTrust={(trust) => { const text = waiting?.text; waiting = null; if (trust && text !== undefined) void bringIn(text, true); else tell(null); }}
          onRemovePack={(device) => void keep(() => removePart(learned, device), null)}
          onModel={(file) => void bringInModel(file)}
          onRemoveModel={() => void keep(() => replaceModel(learned, undefined), null)} onBringBack={() => void keep(() => bringBackModel(learned), { key: 'model.told.back' })} />);
      }
      case 'train': return framed(<TrainPage state={training} replaces={shown.replaces} nameOf={nameOf} words={words} onFile={(file) => trainOn(file, doubt)}
        onPause={(pause) => { runningTraining?.pause(pause); if (training.kind === 'running') setTraining({ ...training, pause: pause ? 'asked' : 'no' }); }}
        onCancel={() => leaveTraining('cancelled')} onDiscard={() => leaveTraining('discarded')} onTake={() => void takeTraining()} onUntake={() => void untakeTraining()} onSave={() => { if (training.kind === 'done') setTraining({ ...training, stopped: saveLooked(wordsOfModel(trainedModel), JSON.stringify(trainedModel), 'nodi-model.json') }); }} />);
    }
  };
  if (app) render(<><DashboardNav here={here} pages={profileViews[effective.settings.profile].pages} words={words} />{page()}{effective.settings.profileAsked || effective.managed.includes('profile') ? null : <ProfileQuestion profile={effective.settings.profile} words={words} onProfile={(profile) => void ask('panel.change-settings', { profile, profileAsked: true }).then(again)} />}</>, app);
}

const drawAgain = (): void => { const { data } = log.getCurrentResult(); if (data) draw(data); };
log.subscribe(({ data }) => { if (data) draw(data); });
window.addEventListener('hashchange', again);
window.addEventListener('pagehide', () => sheetRoom.leave());
listen({ 'hint.changed': () => { again(); return null; }, 'hint.sending': () => { void sendingRoom?.read(); return null; } }, new AbortController().signal);
