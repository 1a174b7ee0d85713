import browser from 'webextension-polyfill';
import { keyOf, panelCommands, showChord } from '../../components/panel/commands.js';
import { createWords } from '../../components/words.js';
import { createReader } from '../../lib/analysis/index.js';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { faultSubject, foldDecisions } from '../../lib/log/index.js';
import { ask, askFrame, type Handlers } from '../../lib/messaging/channel.js';
import type { FrameAnswer, FrameWelcome } from '../../lib/messaging/protocol.js';
import type { AdapterDefinition } from '../../lib/model/adapter.js';
import { bind, isSameContext, present, type Bound } from '../../lib/model/context.js';
import { contextOfCommand, type CommandOutcome, type RecordedCommand } from '../../lib/model/decision.js';
import type { LogFailure, LogHealth } from '../../lib/model/ports.js';
import type { PanelPart, Pointed, SelectedWords } from '../../lib/model/review.js';
import type { EffectiveSettings } from '../../lib/model/settings.js';
import type { MachineId } from '../../lib/model/shared-statement.js';
import type { RecordSnapshot, SubjectReading } from '../../lib/model/snapshot.js';
import { highlightCss } from '../../lib/overlay/index.js';
import { mergeSubjects, pagesAbout, unjudgedFrames } from '../../lib/review/index.js';
import { findSpecialty } from '../../lib/rulebook/index.js';
import { createSendingStore } from '../../lib/settings/index.js';
import { createChooseMenu } from './choose-menu.js';
import { codeAnswers } from './code-answers.js';
import { createConnection } from './connection.js';
import { entryAnswers } from './entry-trial.js';
import { createEventBodies } from './event-bodies.js';
import { guessAnswers } from './guess-answers.js';
import { logAnswers } from './log-answers.js';
import { createMarkLetters } from './mark-letters.js';
import { createPainting } from './painting.js';
import { createPanelView } from './panel-view.js';
import { createReadings, type Readings } from './readings.js';
import { createSending } from './sending.js';
import { allowedOrigins, highlightsInherit, insertMarkRules, registerReaders, startInOpenTabs } from './sites.js';
import { createTabAudit } from './tab-audit.js';
import { createTabCodes } from './tab-codes.js';
import { createTabEpisode } from './tab-episode.js';
import { createTabPatient } from './tab-patient.js';
import { createTabRecords, type Making } from './tab-records.js';
import { createTabSequence } from './tab-sequence.js';
import { openWorld, today, type World } from './world.js';

/** The chord that opens the panel from the page. */
function panelChordOf(keys: Readonly<Record<string, string>>): string | null {
  const command = panelCommands.find(({ id }) => id === 'panel.toggle');
  return command ? keyOf(command, keys) : null;
}

/** What a coder is told when the log did not take a decision. */
function failureOf(failure: LogFailure): CommandOutcome {
  return failure.kind === 'not-allowed' ? { kind: 'refused', reason: 'not-allowed' } : { kind: 'not-saved', reason: failure.kind };
}

/** Opens the panel of a tab where the browser lets a key do so; Firefox does for its own keys only, not for one pressed in the page. */
async function openPanel(tab: number): Promise<void> {
  const { sidePanel } = (globalThis as unknown as { readonly chrome: unknown }).chrome as { readonly sidePanel?: { readonly open: (where: { readonly tabId: number }) => Promise<void> } };
  await (sidePanel ? sidePanel.open({ tabId: tab }) : browser.sidebarAction.open()).catch(() => undefined);
}

/** As our pages ask for them: a whole sheet that a policy carries is read where it is shown, and not sent along with each question. */
function withoutSheet({ settings, ...effective }: EffectiveSettings): EffectiveSettings {
  return { ...effective, settings: { ...settings, boardSheet: settings.boardSheet && { ...settings.boardSheet, edition: null } } };
}

/** All that the background answers. State is a cache; what must last is in the log. */
export function createAnswers(): { readonly handlers: Handlers; readonly forget: (tab: number) => void; readonly command: (name: string, tab: number | null) => Promise<void>; /** Puts the entry for selected words into the page's own menu, in the language chosen. */ readonly offerMenu: () => Promise<void>; /** The board's policy is another: what it decides holds now, though nothing else woke the worker. */ readonly hearOfPolicy: () => Promise<void>; /** The alarm of the sending woke the worker. */ readonly goOnSending: () => Promise<void>; /** That entry was pressed in a frame. */ readonly chooseFor: (tab: number, frame: number) => Promise<void> } {
  const tabs = createTabRecords();
  const patient = createTabPatient(tabs);
  const { snapshotsOf, readableNow, ownFrames, leadOf, bannersStand, lend, confirm, stillShown, subjectOf, wake, untilRead } = patient;
  const episode = createTabEpisode(tabs, patient);
  const audits = createTabAudit(patient, episode);
  const codes = createTabCodes(patient, episode, audits, (it) => { codeAgain(it); });
  const sequence = createTabSequence(patient, episode, audits, codes);
  const bodyOf = createEventBodies(tabs, patient, episode, audits, codes, sequence);
  const { cardsOf, paintable, repaint } = createPainting(tabs, patient, episode, codes);
  const letters = createMarkLetters(patient);
  /** Descriptions that are being made, by tab: memory only, tried before what is known. */
  const drafts = new Map<number, AdapterDefinition>();
  const chooseMenu = createChooseMenu(browser.contextMenus, allowedOrigins);
  /** What the panel of a tab has in front; and what was pointed at by key when no panel may have been there to hear it. */
  const parts = new Map<number, PanelPart>();
  const pointedAt = new Map<number, Pointed>();
  /** Words that a code was asked for in the page's own menu, until the panel has taken them. */
  const chosenAt = new Map<number, Promise<Bound<SelectedWords> | null>>();
  let opened: Promise<World> | null = null;
  let readings: Readings | null = null;
  let hearing = new AbortController();
  /** A policy that changes holds at once: what sends is off the moment that it is named no more (trust/reliability.md, R-31). */
  const hearPolicy = (it: World): World => {
    hearing.abort();
    hearing = new AbortController();
    it.settings.onChange((next) => { void takeUp(it, next).then(() => renewKey(it)); }, hearing.signal);
    // Once the world stands: what sends asks for it.
    if (sending) queueMicrotask(() => { sending.take(it.effective.settings); });
    return it;
  };
  const world = (): Promise<World> => (opened ??= openWorld().then(hearPolicy).catch((problem: unknown) => { opened = null; throw problem; }));

  /** Rows came back: everything that was folded from the log is folded anew. */
  const beginAgain = async (): Promise<LogHealth> => {
    opened = null;
    const it = await world();
    // Where no database opens there is nothing learned to be read either; what became of the log is said all the same.
    await it.learned.load().catch(() => undefined);
    for (const tab of tabs.known()) { await repaint(it, tab, null); hint(tab, false); }
    return it.store.check();
  };

  const connection = __CONNECTED__ ? createConnection(__CODER_ORIGINS__, (tab) => { hint(tab, false); }) : null;
  const sending = __CONNECTED__ ? createSending({
    origins: __CODER_ORIGINS__, kept: createSendingStore(browser.storage), log: async () => (await world()).store, events: async () => (await world()).events,
    machine: async () => ((await (await world()).sentinel.read())?.epoch ?? null) as MachineId | null, clock: { wall: () => Date.now(), offset: () => 0 - new Date().getTimezoneOffset() }, changed: () => { void ask('hint.sending', null); },
  }) : null;
  const offerMenu = async (): Promise<void> => { await chooseMenu.offer(createWords((await world()).effective.settings.locale).say('menu.choose')); };
  const hint = (tab: number, cleared: boolean): void => { void ask('hint.changed', { tab, cleared }); };

  const welcome = async (it: World, tab: number, frame: number): Promise<FrameWelcome> => {
    const { url: address = null } = await browser.tabs.get(tab).catch(() => ({ url: null }));
    const draft = drafts.get(tab);
    const words = createWords(it.effective.settings.locale);
    const panelChord = panelChordOf(it.effective.settings.keys);
    return {
      tab, frame, address, salt: it.salt, panelChord, marks: it.effective.settings.marks, adapters: [...(draft ? [draft] : []), ...it.effective.settings.adapters],
      words: {
        locale: it.effective.settings.locale, use: words.say('verdict.use'), caution: words.say('verdict.caution'), avoid: words.say('verdict.avoid'),
        instead: words.say('detail.instead'), actInPanel: words.say('card.act'), onOffer: words.say('card.onOffer'), conflict: words.say('verdict.conflict'), conflictWhy: words.say('conflict.why'), draft: words.say('detail.draftWelsh'), panelKey: panelChord === null ? '' : showChord(panelChord, words.say('key.Space')),
      },
    };
  };

  /** Codes anew in every tab. */
  const codeAgain = (it: World): void => { for (const tab of tabs.known()) { void repaint(it, tab, null); hint(tab, false); } };

  const noteReadings = (it: World, tab: number): void => {
    readings ??= createReadings(it.store, () => it.rulebook.edition, confirm);
    readings.note(tab, episode.readDocuments(it, tab));
  };

  const record = async (it: World, tab: number, command: RecordedCommand): Promise<CommandOutcome> => {
    const key = contextOfCommand(command);
    const isOnScreen = async (): Promise<boolean> => key === null || (key.tab === tab && await confirm(key));
    // The page is asked again in the same breath as the write: what is on screen must be what the command speaks of. A record that has left is not waited for.
    if (!(await isOnScreen())) return { kind: 'refused', reason: 'context-changed' };
    if (key && await untilRead(tab, key) && !(await isOnScreen())) return { kind: 'refused', reason: 'context-changed' };
    // The same command once more, as its answer was lost with the worker: it is kept already.
    const kept = it.events.find(({ id }) => id === command.id);
    if (kept) return { kind: 'acknowledged', event: kept.id, sequence: kept.sequence };
    // A worker that has just begun opens the lists first: a code is checked against the edition of its day.
    if (('key' in command && command.kind !== 'log-unreadable' && command.kind !== 'log-fault') || command.kind === 'judge-phrase') await codes.ready(it);
    const body = bodyOf(it, tab, command);
    if (body.kind === 'refused') return body;
    const fault = faultSubject(body);
    const before = fault === null ? 0 : it.decisions.times.get(fault) ?? 0;
    const written = await it.store.append({ id: command.id, edition: it.rulebook.edition, body });
    if (!written.ok) return failureOf(written.failure);
    void it.tend();
    sending?.soon();
    if (!it.events.some((event) => event.id === written.value.id)) { it.events.push(written.value); it.learned.learn(written.value); }
    it.decisions = foldDecisions(it.events);
    if ((written.value.kind === 'phrase-judged' || written.value.kind === 'undone') && codes.adopt(it)) codeAgain(it);
    if (command.kind !== 'log-finding') await repaint(it, tab, null);
    // What an audit waits for is begun, or over, in whatever tab shows it.
    if (body.kind === 'audit-drawn' || body.kind === 'audit-coded') for (const one of tabs.known()) { if (episode.leadEpisode(it, ownFrames(one)) === body.episode) { await repaint(it, one, null); hint(one, false); } }
    hint(tab, false);
    return { kind: 'acknowledged', event: written.value.id, sequence: written.value.sequence, ...(before > 0 ? { before } : {}) };
  };

  /** A frame may speak of itself only. */
  const isFrom = ({ key }: Pointed, tab: number, frame: number): boolean => key.tab === tab && key.frame === frame;

  let taking: Promise<unknown> = Promise.resolve();
  /** Settings changed, by a person or by the board's policy: what they decide is made anew, one change after the other. */
  const takeUp = (it: World, next: EffectiveSettings): Promise<void> => {
    const taken = taking.then(() => takeUpNow(it, next));
    taking = taken.catch(() => undefined);
    return taken;
  };
  /** The board named another secret: what is on screen is looked up, and logged, under it from now on. One that cannot be read stops everything, as it does at a start. */
  const renewKey = async (it: World): Promise<void> => {
    const key = await it.readBoardKey().catch(() => null);
    if (key?.join() === it.boardKey.join()) return;
    if (key) it.boardKey = key; else { hearing.abort(); opened = null; }
    for (const tab of tabs.known()) { if (key) await repaint(it, tab, null); hint(tab, false); }
  };

  const takeUpNow = async (it: World, next: EffectiveSettings): Promise<void> => {
    if (JSON.stringify(it.effective) === JSON.stringify(next)) return;
    const noisy = JSON.stringify(it.effective.settings.noisyOn) !== JSON.stringify(next.settings.noisyOn);
    const doubt = JSON.stringify(it.effective.settings.doubt) !== JSON.stringify(next.settings.doubt);
    const drugs = it.effective.settings.highCostDrugs.join() !== next.settings.highCostDrugs.join();
    const faultsOf = ({ settings: { hospitals, hospital, teams, faultMinutes } }: EffectiveSettings): string => JSON.stringify([hospitals, hospital, teams, faultMinutes]);
    const isDepth = (one: EffectiveSettings): string => JSON.stringify([one.settings.depth, one.settings.exceptions]);
    const depth = isDepth(it.effective) !== isDepth(next);
    const faults = faultsOf(it.effective) !== faultsOf(next);
    const boardOf = ({ settings: { boardCoder, boardCoderSeen } }: EffectiveSettings): string => JSON.stringify([boardCoder, boardCoderSeen]);
    const board = boardOf(it.effective) !== boardOf(next);
    const blind = it.effective.settings.blindShare !== next.settings.blindShare;
    const isGuessing = ({ settings: { profile, guessFirst } }: EffectiveSettings): boolean => profile === 'trainee' && guessFirst;
    const guess = isGuessing(it.effective) !== isGuessing(next) || (it.effective.settings.profile === 'auditor') !== (next.settings.profile === 'auditor');
    const trustedOf = ({ settings: { packKeys, seniorKeys } }: EffectiveSettings): string => JSON.stringify([packKeys, seniorKeys]);
    const packs = trustedOf(it.effective) !== trustedOf(next);
    const sheet = JSON.stringify(it.effective.settings.boardSheet) !== JSON.stringify(next.settings.boardSheet);
    const spoken = it.effective.settings.locale;
    it.effective = next;
    if (it.effective.settings.locale !== spoken) void offerMenu();
    if (noisy) it.reader = createReader(it.rulebook, { noisyOn: it.effective.settings.noisyOn });
    void it.tend();
    if (sheet) await takeSheet(it);
    if (doubt) codes.treat(it.effective.settings.doubt);
    if (doubt || packs) { await it.learned.load(); codes.adopt(it); }
    // What is under way to a coder that the policy names no more is withdrawn, in every tab.
    if (board) for (const tab of tabs.known()) connection?.forget(tab);
    sending?.take(next.settings);
    await tellFrames(it, noisy);
    if (doubt || drugs || packs || blind || guess) codeAgain(it);
    else if (depth || faults || board) for (const tab of tabs.known()) hint(tab, false);
  };

  /** Reads by the edition in force today, if it is another one than before: every page is read again by it. */
  const takeSheet = async (it: World): Promise<void> => {
    it.sheetDay = today();
    const { rulebook: next } = await it.sheetOn(it.effective.settings.boardSheet, it.sheetDay);
    if (next.edition === it.rulebook.edition) return;
    it.rulebook = next;
    it.rules = new Map(next.rules.map((rule) => [rule.id, rule]));
    it.reader = createReader(next, { noisyOn: it.effective.settings.noisyOn });
    await tellFrames(it, true);
  };

  const view = createPanelView(tabs, patient, episode, audits, codes, sequence, connection);

  const handlers: Handlers = {
    ...logAnswers(world, sending, beginAgain),
    ...codeAnswers(world, patient, codes, codeAgain),
    ...guessAnswers(world, tabs, patient, episode, codes, sequence, cardsOf, async (it, tab) => { await repaint(it, tab, null); hint(tab, false); }),
    ...entryAnswers(world, tabs, patient, episode, codes),
    async 'frame.hello'({ reader, prefix }, { tab, frame }) {
      const it = await world();
      if (tab === null) throw new Error('A reader spoke from outside a tab');
      // Frames may begin before the page about them does.
      if (tabs.started(tab, frame, reader)) void askFrame(tab, 'every', 'page.read-again', { anyPage: false });
      await insertMarkRules(tab, frame, highlightCss(prefix, highlightsInherit));
      return welcome(it, tab, frame);
    },
    async 'frame.captured'(snapshot, { tab, frame }): Promise<FrameAnswer> {
      const it = await world();
      if (tab === null || snapshot.key.tab !== tab || snapshot.key.frame !== frame) return { kind: 'refused', reason: 'stale' };
      // An edition may begin at midnight while the worker lives.
      if (it.sheetDay !== today()) await takeSheet(it);
      const first = tabs.frames(tab).size === 0;
      const before = readableNow(tab);
      const making = (of: RecordSnapshot): Making => {
        const specialty = findSpecialty(it.rulebook, of.episode.specialty);
        return { reader: it.reader, specialty: specialty === 'unknown' ? episode.specialtyOf(it, tab) : specialty };
      };
      if (!tabs.captured(snapshot, making(snapshot))) return { kind: 'refused', reason: 'stale' };
      // A letter may have come before the page that names its specialty: it is read again for it.
      const late = [...tabs.frames(tab).values()].flatMap((one) => (one.snapshot && one.madeBy?.specialty !== making(one.snapshot).specialty ? [one.snapshot] : []));
      for (const one of late) tabs.captured(one, making(one));
      patient.heard();
      if (first) void wake(tab);
      // A frame that its page has not looked at since it came: the page is asked, as it may wait long for the frame's pictures.
      const now = snapshotsOf(tab);
      if (unjudgedFrames(now).includes(snapshot)) for (const { key } of pagesAbout(snapshot, now)) void askFrame(tab, key.frame, 'page.read-again', { anyPage: false });
      if (snapshot.lent) await bannersStand(tab);
      const subject = await subjectOf(tab, frame);
      const lead = leadOf(ownFrames(tab));
      if (lead) it.guesses.seen(lead.key);
      if (late.length > 0 || readableNow(tab) !== before) void repaint(it, tab, frame);
      void lend(tab, false);
      hint(tab, false);
      void codes.ready(it);
      if (subject.kind !== 'known' || !ownFrames(tab).includes(snapshot)) return { kind: 'refused', reason: subject.kind === 'two' ? 'two-patients' : 'patient-unknown' };
      const diagnostics = tabs.frames(tab).get(frame)?.diagnostics ?? [];
      noteReadings(it, tab);
      return { kind: 'findings', findings: bind(snapshot.key, paintable(it, snapshot, diagnostics)) };
    },
    'frame.reset'({ reader }, { tab, frame }) {
      if (tab === null) return null;
      // A worker that has died knows one frame again by this: the others are asked as well.
      if (tabs.frames(tab).size === 0) void wake(tab);
      letters.end(tab);
      connection?.forget(tab);
      tabs.reset(tab, frame, reader);
      hint(tab, true);
      void lend(tab, false);
      return null;
    },
    'frame.left'({ reader }, { tab, frame }) {
      if (tab !== null) { letters.end(tab); tabs.left(tab, frame, reader); hint(tab, true); void lend(tab, false); }
      return null;
    },
    async 'frame.open-panel'({ pointed }, { tab, frame }) {
      // Asked for before anything is awaited: the browser opens it only inside the person's key.
      const opening = tab === null ? null : openPanel(tab);
      if (tab !== null && pointed && isFrom(pointed, tab, frame)) { pointedAt.set(tab, pointed); void ask('hint.pointed', { tab, pointed, byKey: true }); }
      await opening;
      return null;
    },
    'frame.pointed'(pointed, { tab, frame }) {
      if (tab !== null && isFrom(pointed, tab, frame)) void ask('hint.pointed', { tab, pointed, byKey: false });
      return null;
    },
    async 'panel.hold'({ tab, part, places }) {
      if (part === null) parts.delete(tab); else parts.set(tab, part);
      await Promise.all([...tabs.frames(tab)].map(async ([frame, { snapshot }]) => {
        if (snapshot) await askFrame(tab, frame, 'page.hold', { key: snapshot.key, places: places.filter(({ key }) => isSameContext(key, snapshot.key)).map(({ document, version, span }) => ({ document, version, span })) });
      }));
      return null;
    },
    'panel.pointed'({ tab }) {
      const pointed = pointedAt.get(tab) ?? null;
      pointedAt.delete(tab);
      return pointed;
    },
    async 'panel.view'({ tab }) { return view(await world(), tab); },
    async 'panel.run'({ tab, command }) {
      const it = await world();
      switch (command.kind) {
        case 'copy-wording':
        case 'explain-rule': return { kind: 'done' };
        case 'answer-fact': {
          const own = ownFrames(tab);
          const coded = own.some((one) => isSameContext(one.key, command.key)) ? sequence.codedIn(it, own) : null;
          if (!coded || !(await confirm(command.key))) return { kind: 'refused', reason: 'context-changed' };
          if (!sequence.answer(coded.episode, command.field, command.answer)) return { kind: 'refused', reason: 'not-allowed' };
          hint(tab, false);
          return { kind: 'done' };
        }
        case 'show-evidence': {
          const { key, document, version, span } = command;
          const shown = await askFrame(tab, key.frame, 'page.show', { key, document, version, start: span.start, end: span.end });
          return shown.ok && shown.value.shown ? { kind: 'done' } : { kind: 'refused', reason: 'context-changed' };
        }
        case 'show-finding': {
          const { key, document, version, span } = command.target;
          const shown = await askFrame(tab, key.frame, 'page.show', { key, document, version, start: span.start, end: span.end });
          return shown.ok && shown.value.shown ? { kind: 'done' } : { kind: 'refused', reason: 'context-changed' };
        }
        default: return record(it, tab, command);
      }
    },
    async 'panel.read-again'({ tab, anyPage }) {
      await askFrame(tab, 'every', 'page.read-again', { anyPage });
      // Whoever asks has looked at the page: what its frames show is taken as the patient's who is on screen.
      await lend(tab, true);
      return null;
    },
    async 'panel.pick'({ tab, part, hint, draft }) { await askFrame(tab, 'every', 'page.pick', { part, hint, draft }); return null; },
    async 'panel.try'({ tab, draft }) {
      const checked = draft === null ? null : checkAdapter(draft);
      if (checked && !checked.ok) return null;
      if (checked) drafts.set(tab, checked.value); else drafts.delete(tab);
      await askFrame(tab, 'every', 'page.try', { draft: checked?.value ?? null });
      return null;
    },
    async 'panel.letters'({ tab }) {
      const offers = await Promise.all([...tabs.frames(tab)].map(async ([frame, { snapshot }]) => {
        const answer = snapshot && !ownFrames(tab).includes(snapshot) && snapshot.documents.length > 0 ? null : await askFrame(tab, frame, 'page.letters', null);
        return answer?.ok ? answer.value.map((letter) => ({ frame, ...letter })) : [];
      }));
      return offers.flat();
    },
    async 'panel.fetch-letter'({ tab, frame, index }) {
      const who = async (): Promise<SubjectReading> => { await stillShown(tab, null); return mergeSubjects(snapshotsOf(tab)); };
      const before = await who();
      const fetched = await askFrame(tab, frame, 'page.fetch-letter', { index });
      if (!fetched.ok) return { refused: 'no-answer' };
      if ('refused' in fetched.value) return fetched.value;
      const after = await who();
      // Another patient while the file came: nobody can say whose it is.
      const same = before.kind === 'known' && after.kind === 'known' && before.subject.fingerprint === after.subject.fingerprint;
      if (before.kind === 'known' && !same) return { refused: 'gone' };
      return { bytes: fetched.value.bytes, subject: same ? before.subject : null };
    },
    async 'panel.labels'({ tab, typed }) {
      if (typed === '') return letters.begin(tab);
      if (typed === null) { letters.drop(tab); return []; }
      return letters.typed(tab, typed);
    },
    async 'panel.record-keys'({ tab }) {
      const answers = await Promise.all([...tabs.frames(tab).keys()].map((frame) => askFrame(tab, frame, 'page.record-keys', null)));
      return [...new Set(answers.flatMap((answer) => (answer.ok ? answer.value.chords : [])))];
    },
    'frame.labels-left'(_, { tab }) { if (tab !== null) letters.end(tab); return null; },
    async 'panel.settings'() { return withoutSheet(await (await world()).settings.read()); },
    async 'panel.change-settings'(part) {
      const it = await world();
      const changed = await it.settings.change(part);
      if (!changed.ok) return { refused: changed.failure.kind === 'managed' ? changed.failure.key : 'not-saved' };
      await takeUp(it, changed.value);
      return withoutSheet(changed.value);
    },
    async 'panel.rule-cards'({ rules }) { return cardsOf(await world(), rules); },
    async 'panel.selection'({ tab }) {
      // Only frames whose words belong to the patient on screen are asked.
      const answers = await Promise.all(ownFrames(tab).map(({ key }) => askFrame(tab, key.frame, 'page.selection', null)));
      const own = ownFrames(tab);
      return answers.flatMap((answer) => { const words = answer.ok ? answer.value : null; return words ? own.flatMap(({ key }) => present(words, key) ?? []) : []; })[0] ?? null;
    },
    async 'panel.chosen'({ tab }) {
      const chosen = chosenAt.get(tab);
      chosenAt.delete(tab);
      return chosen ? { words: await chosen } : null;
    },
    async 'panel.sheet-changed'() { await takeSheet(await world()); return null; },
    async 'panel.sites-changed'() { await registerReaders(); await startInOpenTabs(); return null; },
  };

  /** Gives every reader the settings that concern it; after a change of rules they read again. */
  const tellFrames = async (it: World, again: boolean): Promise<void> => {
    for (const tab of tabs.known()) {
      for (const frame of tabs.frames(tab).keys()) {
        await askFrame(tab, frame, 'page.welcome', await welcome(it, tab, frame));
        if (again) await askFrame(tab, frame, 'page.read-again', { anyPage: false });
      }
      hint(tab, false);
    }
  };

  return {
    handlers,
    forget: (tab) => { void opened?.then((it) => it.guesses.forget(tab)); connection?.forget(tab); readings?.forget(tab); tabs.forget(tab); drafts.delete(tab); letters.forget(tab); parts.delete(tab); pointedAt.delete(tab); chosenAt.delete(tab); },
    offerMenu,
    async hearOfPolicy() { await (await world()).tend(); },
    async goOnSending() { await world(); sending?.soon(); },
    async chooseFor(tab, frame) {
      // Opened before anything is awaited, and inside the person's click; the words are those of this moment.
      const opening = openPanel(tab);
      chosenAt.set(tab, askFrame(tab, frame, 'page.selection', null).then((answer) => (answer.ok ? answer.value : null)));
      await opening;
      void ask('hint.chosen', { tab });
    },
    async command(name, front) {
      if (name === 'label-marks') {
        if (front === null) return;
        // Opened before anything is awaited, and inside the person's key: where it is open already, it stays.
        await openPanel(front);
        void ask('hint.labels', { tab: front, what: 'begin' });
        return;
      }
      const it = await world();
      const [active] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
      if (name === 'toggle-marks') await handlers['panel.change-settings']?.({ marks: !it.effective.settings.marks }, { zone: 'page', tab: null, frame: 0 });
      else if (active?.id !== undefined) {
        for (const frame of tabs.frames(active.id).keys()) {
          const stepped = await askFrame(active.id, frame, 'page.step', { by: name === 'next-mark' ? 1 : -1, evidence: parts.get(active.id) === 'codes' });
          if (stepped.ok && stepped.value.shown) break;
        }
      }
    },
  };
}
