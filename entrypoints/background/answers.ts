import browser from 'webextension-polyfill';
import { dateOf } from '../../lib/model/month.js';
import { shippedAuditTable } from '../../assets/audit-table.js';
import { starterSheet } from '../../assets/starter.js';
import { keyOf, panelCommands, showChord } from '../../components/panel/commands.js';
import { createWords } from '../../components/words.js';
import { createReader, type Reader } from '../../lib/analysis/index.js';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { dayOf } from '../../lib/codebook/index.js';
import { readPatient, validateEpisode } from '../../lib/coding/index.js';
import { createLogStore, createSharedStore, documentKey, episodeKey, faultName, faultSubject, foldDecisions, emptyEpisode, foldEpisodes, placeKey, type FoldedDecisions } from '../../lib/log/index.js';
import { ask, askFrame, type Handlers } from '../../lib/messaging/channel.js';
import type { FrameAnswer, FrameWelcome } from '../../lib/messaging/protocol.js';
import type { AdapterDefinition } from '../../lib/model/adapter.js';
import type { BlindState } from '../../lib/model/blind.js';
import type { GuessState } from '../../lib/model/guess.js';
import type { CodedEpisode } from '../../lib/model/coded-episode.js';
import type { NamedCode } from '../../lib/model/episode-check.js';
import type { CodesOfDay, EditionsOfDay, EpisodeDay } from '../../lib/model/codebook.js';
import { bind, isSameContext, present, type Bound, type ContextKey } from '../../lib/model/context.js';
import { contextOfCommand, type CommandOutcome, type EpisodeKey, type EventBody, type EventId, type FindingTarget, type PlaceKey, type QueryAbout, type RecordedCommand } from '../../lib/model/decision.js';
import { sideConflictRule, type Diagnostic, type Finding, type SideConflict } from '../../lib/model/diagnostic.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import { unknownEpisode, type SpecialtyId } from '../../lib/model/episode.js';
import { categoryOfMark, type DocumentDetails, type FaultDetails } from '../../lib/model/fault.js';
import type { Label } from '../../lib/model/language.js';
import { partsOfCodeName, type CodeName, type JudgedWords } from '../../lib/model/learning.js';
import { labelsFor, type MarkLabel } from '../../lib/model/mark-label.js';
import { queryMoves, templateOf, type QueryLanguage } from '../../lib/model/query.js';
import { findingKey } from '../../lib/model/standing.js';
import type { LogFailure, LogHealth } from '../../lib/model/ports.js';
import type { BoardPart, CodingView, FrameFindings, PanelPart, Pointed, ProblemState, RecordView, RuleCard, SelectedWords, TabView } from '../../lib/model/review.js';
import type { Rule, Rulebook, RuleId } from '../../lib/model/rulebook.js';
import type { EffectiveSettings } from '../../lib/model/settings.js';
import type { MachineId } from '../../lib/model/shared-statement.js';
import type { RecordSnapshot, SubjectReading } from '../../lib/model/snapshot.js';
import type { Coding } from '../../lib/model/suggestion.js';
import { highlightCss } from '../../lib/overlay/index.js';
import { approvedEntries, atDepth } from '../../lib/coding/index.js';
import { blindHistory, blindStateOf, type BlindHistory } from '../../lib/learning/index.js';
import { foldQueries } from '../../lib/reports/index.js';
import { cardOf, conflictsIn, episodeIn, evidenceIn, framesOf, mergeGaps, mergeSubjects, missingParts, pagesAbout, unjudgedFrames, viewBoard, viewCoding, viewRecord, type Decisions, type PlacedDocument, type TitleOf } from '../../lib/review/index.js';
import { compareRecord, placesTyped } from '../../lib/training/index.js';
import { createRulebook, createSheetReader, findSpecialty } from '../../lib/rulebook/index.js';
import { createLearnedStore, createLogFiles, createSendingStore, createSettings, createSheetStore, deviceKeys, isSigned, isToken } from '../../lib/settings/index.js';
import { unreachable } from '../../lib/base/result.js';
import { createChooseMenu } from './choose-menu.js';
import { isClinicalWord } from './clinical-words.js';
import { chosenFor, withChosenBefore } from './chosen-before.js';
import { openCodeBooks, type CodeBooks } from './code-books.js';
import { openEpisodeCoder, type EpisodeCoder } from './coder.js';
import { openCodersRecord } from './coders-record.js';
import { auditBody } from './audit-bodies.js';
import { codingBody, listName, type CodingMoment } from './coding-bodies.js';
import { areAllowed, faultBody, placeOfDocument, suggestedDetails } from './fault-bodies.js';
import { createGuesses } from './guesses.js';
import { importPack } from './pack-import.js';
import { createFactAnswers, depthNow } from './depth-now.js';
import { careOf, createDailyCare, retentionOf, withOthers } from './log-care.js';
import { packagedLists } from './packaged-lists.js';
import { createReadings, type ReadDocument, type Readings } from './readings.js';
import { allowedOrigins, highlightsInherit, insertMarkRules, isAllowed, registerReaders, startInOpenTabs } from './sites.js';
import { createConnection } from './connection.js';
import { createSending } from './sending.js';
import { createTabRecords, type Making } from './tab-records.js';

const noCodes: Coding = { suggestions: [], rejected: [], abstentions: [] };
const placeholder = '00000000-0000-4000-8000-000000000000' as EventId;
/** Milliseconds that a command waits for the frames to send again; the panel asks once more after 5 s, under the same id. */
const patience = 4000;
/** Most proposals that are listed at once. */
const proposalsListed = 40;
/** UTF-16 units on either side of a finding that make its place known again in the same text. */
const placeReach = 60;

/** Today on this computer, YYYY-MM-DD. */
const today = (): string => dateOf(Date.now(), 0 - new Date().getTimezoneOffset());

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

/** Everything that is made once and may take a moment: rulebook, matcher, log, settings. */
async function open() {
  const checked = createRulebook(starterSheet);
  if (!checked.ok) throw new Error(`The shipped rulebook does not pass its own check: ${JSON.stringify(checked.failure)}`);
  const shipped: Rulebook = checked.value;
  const sheets = createSheetStore(indexedDB);
  const sheetDay = today();
  const sheetOn = createSheetReader(sheets, shipped, isSigned);
  const settings = createSettings(browser.storage, checkAdapter);
  const [effective, salt, boardKey] = await Promise.all([settings.store.read(), settings.sessionSalt(), settings.boardKey()]);
  const { rulebook } = await sheetOn(effective.settings.boardSheet, sheetDay);
  const store = createLogStore({ name: 'nodi-log', sentinel: settings.sentinel, files: createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-log'), exclusive: (write) => navigator.locks.request('nodi-log', write), clock: { wall: () => Date.now(), offset: () => 0 - new Date().getTimezoneOffset() }, isClinical: isClinicalWord });
  const shared = createSharedStore({ files: createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-shared'), exclusive: (write) => navigator.locks.request('nodi-shared', write) });
  const read = await store.decisions();
  // Readings are many and decide nothing: no fold here ever meets one.
  const events = read.ok ? read.value.filter(({ kind }) => kind !== 'document-read') : [];
  const learnedStore = createLearnedStore(indexedDB);
  const now: { effective: EffectiveSettings } = { effective };
  return Object.assign(now, {
    rulebook, sheetOn, sheetDay, settings: settings.store, sentinel: settings.sentinel, salt, boardKey, readBoardKey: settings.boardKey, store,
    /** After a decision: the answer has gone out by then, and nobody waits for it; and when the policy says another time. */
    tend: createDailyCare(withOthers(store, shared, () => Date.now()), () => retentionOf(now.effective), today),
    rules: new Map<RuleId, Rule>(rulebook.rules.map((rule) => [rule.id, rule])),
    reader: createReader(rulebook, { noisyOn: effective.settings.noisyOn }),
    guesses: createGuesses(await settings.shownRecords.read().catch(() => []), (records) => settings.shownRecords.write(records)),
    decisions: foldDecisions(events), events, learnedStore, learned: openCodersRecord(events, learnedStore, () => now.effective.settings.packKeys, undefined, () => now.effective.settings.seniorKeys),
  });
}

type World = Awaited<ReturnType<typeof open>> & { rulebook: Rulebook; rules: ReadonlyMap<RuleId, Rule>; sheetDay: string; reader: Reader; decisions: FoldedDecisions };

/** All that the background answers. State is a cache; what must last is in the log. */
export function createAnswers(): { readonly handlers: Handlers; readonly forget: (tab: number) => void; readonly command: (name: string, tab: number | null) => Promise<void>; /** Puts the entry for selected words into the page's own menu, in the language chosen. */ readonly offerMenu: () => Promise<void>; /** The board's policy is another: what it decides holds now, though nothing else woke the worker. */ readonly hearOfPolicy: () => Promise<void>; /** The alarm of the sending woke the worker. */ readonly goOnSending: () => Promise<void>; /** That entry was pressed in a frame. */ readonly chooseFor: (tab: number, frame: number) => Promise<void> } {
  const tabs = createTabRecords();
  const factAnswers = createFactAnswers();
  /** Descriptions that are being made, by tab: memory only, tried before what is known. */
  const drafts = new Map<number, AdapterDefinition>();
  const chooseMenu = createChooseMenu(browser.contextMenus, allowedOrigins);
  /** What the panel of a tab has in front; and what was pointed at by key when no panel may have been there to hear it. */
  const parts = new Map<number, PanelPart>();
  const pointedAt = new Map<number, Pointed>();
  /** Words that a code was asked for in the page's own menu, until the panel has taken them. */
  const chosenAt = new Map<number, Promise<Bound<SelectedWords> | null>>();
  /** Letters that stand at marks, by tab: memory only. A worker that dies takes the mode with it. */
  const labelled = new Map<number, { readonly labels: readonly MarkLabel[] }>();
  /** Commands that wait for a reading: told of each that comes. */
  const waiting = new Set<() => void>();
  let opened: Promise<World> | null = null;
  let readings: Readings | null = null;
  /** Opened after the first answer has gone out: marks do not wait for the code lists. */
  let coder: EpisodeCoder | null = null;
  let books: CodeBooks | null = null;
  let opening: Promise<CodeBooks> | null = null;
  const openBooks = (): Promise<CodeBooks> => (opening ??= openCodeBooks().then((opened) => (books = opened)));
  let coderOpening: Promise<void> | null = null;
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
  const world = (): Promise<World> => (opened ??= open().then(hearPolicy).catch((problem: unknown) => { opened = null; throw problem; }));
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

  const specialtyOf = (it: World, tab: number): SpecialtyId | 'unknown' => {
    for (const { snapshot } of tabs.frames(tab).values()) {
      const found = findSpecialty(it.rulebook, snapshot?.episode.specialty ?? null);
      if (found !== 'unknown') return found;
    }
    return 'unknown';
  };

  const snapshotsOf = (tab: number): RecordSnapshot[] => [...tabs.frames(tab).values()].flatMap(({ snapshot }) => (snapshot ? [snapshot] : []));

  /** Which frames may be shown, in one word: when it changes the others are painted again. */
  const readableNow = (tab: number): string => { const all = snapshotsOf(tab); const subject = mergeSubjects(all); return `${subject.kind} ${framesOf(all, subject).map((one) => one.key.frame).join(' ')}`; };

  /** The readings whose words belong to the one patient that the tab is about. */
  const ownFrames = (tab: number): readonly RecordSnapshot[] => { const all = snapshotsOf(tab); return framesOf(all, mergeSubjects(all)); };

  /** The episode of a reading, or of one document in it that names its own. */
  const episodeOf = (it: World, snapshot: RecordSnapshot, document?: ClinicalDocument): EpisodeKey | null => {
    if (snapshot.subject.kind !== 'known') return null;
    const episode = document?.episode ? { ...snapshot.episode, number: document.episode } : snapshot.episode;
    return episodeKey(it.boardKey, snapshot.subject.subject.identifier, episode);
  };

  const around = (document: ClinicalDocument, finding: Pick<Finding, 'span'>): string =>
    document.text.slice(Math.max(0, finding.span.start - placeReach), finding.span.end + placeReach);

  const placeOf = (it: World, episode: EpisodeKey, document: ClinicalDocument, diagnostic: Pick<Finding, 'rule' | 'span'>, all: readonly Finding[]): PlaceKey => {
    const sentence = around(document, diagnostic);
    // The same words twice in one document are two places: the earlier ones are counted.
    const occurrence = all.filter((one) => one.document === document.id && one.rule === diagnostic.rule && one.span.start < diagnostic.span.start && around(document, one) === sentence).length;
    return placeKey(it.boardKey, { episode, rule: diagnostic.rule, documentKind: document.kind, documentDate: document.date, sentence, occurrence });
  };

  const decisionsFor = (it: World): Decisions => ({
    statesIn(snapshot) {
      const all = tabs.frames(snapshot.key.tab).get(snapshot.key.frame)?.diagnostics ?? [];
      // A keyed hash for each document, not for each of its findings.
      const episodes = new Map(snapshot.documents.map((document) => [document, episodeOf(it, snapshot, document)]));
      return (document, diagnostic): ProblemState => {
        const episode = episodes.get(document);
        // Most records have no decision yet: their places need not be worked out.
        if (!episode || !it.decisions.episodes.has(episode)) return { kind: 'open' };
        const name = findingKey({ place: placeOf(it, episode, document, diagnostic, all), rule: diagnostic.rule });
        const logged = it.decisions.logged.get(name);
        if (logged) return { kind: 'logged', event: logged };
        const dismissed = it.decisions.dismissed.get(name);
        return dismissed ? { kind: 'dismissed', event: dismissed } : { kind: 'open' };
      };
    },
    timesIn(snapshot) {
      const episodes = new Map(snapshot.documents.map((document) => [document, episodeOf(it, snapshot, document)]));
      return (document, rule) => { const episode = episodes.get(document); return episode ? it.decisions.times.get(faultName(episode, rule)) ?? 0 : 0; };
    },
    muted: [...it.decisions.muted].filter(([, mute]) => mute.until > Date.now()).map(([rule, mute]) => ({ rule, until: mute.until, event: mute.event })),
  });

  /** The reading that the panel's view is bound to. */
  const leadOf = (own: readonly RecordSnapshot[]): RecordSnapshot | undefined => own.find((snapshot) => snapshot.top) ?? own.find((snapshot) => !snapshot.lent);

  /** The episode that the readings of the one patient are about. */
  const leadEpisode = (it: World, own: readonly RecordSnapshot[]): EpisodeKey | null => {
    const snapshot = own.find((one) => one.top && !one.lent) ?? own[0];
    return (snapshot && episodeOf(it, snapshot)) ?? null;
  };

  interface CodedNow { readonly coding: Coding; readonly editions: EditionsOfDay; readonly titleOf: TitleOf }
  /** The codes of the episode on screen, of all that may be read of the one patient; null while the lists are being opened. `hidden`: an episode that nobody may see the codes of, which is then not coded either. */
  const codingOf = (it: World, tab: number, hidden = false): CodedNow | null => {
    if (!coder || !books) return null;
    const own = ownFrames(tab);
    const codes = books.shelf.on(dayOf(episodeIn(own), today()));
    const { day, ground, systems } = codes;
    const [documents, specialty, editions] = [own.flatMap((snapshot) => snapshot.documents), specialtyOf(it, tab), { day, ground, systems }];
    const titleOf: TitleOf = (code) => codes.entry('OPCS-4', code)?.title ?? null;
    if (hidden) return { coding: noCodes, editions, titleOf };
    const labelOf = (name: CodeName): Label | null => { const { system, code } = partsOfCodeName(name); const entry = codes.entry(system, code); return entry && { en: entry.title ?? code }; };
    const coding = it.learned.apply(coder.code(documents, specialty, codes, it.effective.settings.highCostDrugs), { documents, specialty, episode: leadEpisode(it, own), editions, editionHolds: books.changes.holds, read: coder.read, labelOf });
    return { coding, editions, titleOf };
  };

  /** How the episode on screen stands in the blind sample; read anew only after an event. */
  let blindRead: { readonly events: number; readonly history: BlindHistory } | null = null;
  const blindIn = (it: World, tab: number): BlindState | null => {
    const episode = leadEpisode(it, ownFrames(tab));
    if (episode === null) return null;
    if (blindRead?.events !== it.events.length) blindRead = { events: it.events.length, history: blindHistory(it.events) };
    return blindStateOf(episode, blindRead.history, { share: it.effective.settings.blindShare, live: it.learned.isLive(specialtyOf(it, tab)) });
  };
  /** How the record on screen stands for a trainee who guesses first; null for everybody else. */
  const guessIn = (it: World, tab: number): GuessState | null => {
    const { profile, guessFirst } = it.effective.settings;
    const lead = leadOf(ownFrames(tab));
    return profile !== 'trainee' || !guessFirst ? null : lead && it.guesses.isShown(lead.key) ? 'shown' : 'hidden';
  };
  /** The codes as a person may see them: none of an episode of the blind sample before it is coded, nor of a record that a trainee has still to guess. */
  const shownCoding = (it: World, tab: number): CodedNow | null => codingOf(it, tab, blindIn(it, tab) === 'hidden' || guessIn(it, tab) === 'hidden');
  /** A trainee has answered, or wants to see this record as it is. */
  const showGuessed = async (it: World, tab: number, key: ContextKey): Promise<void> => {
    it.guesses.show(key);
    await repaint(it, tab, null);
    hint(tab, false);
  };
  /** Is this the record that the panel speaks of, and does the page show it still? */
  const isLead = async (tab: number, key: ContextKey): Promise<boolean> => { const lead = leadOf(ownFrames(tab)); return lead !== undefined && isSameContext(lead.key, key) && await confirm(key); };

  /** Sides that the documents of the one patient contradict each other in. */
  const conflictsOf = (it: World, tab: number): readonly SideConflict[] => coder?.conflicts(ownFrames(tab).flatMap(({ documents }) => documents), specialtyOf(it, tab)) ?? [];

  /** Those that nobody has dismissed. */
  const standingConflicts = (it: World, tab: number, { statesIn }: Decisions): readonly SideConflict[] => conflictsOf(it, tab).filter((conflict) => ownFrames(tab).some((snapshot) => {
    const document = snapshot.documents.find((one) => one.id === conflict.document && one.version === conflict.version);
    return document !== undefined && statesIn(snapshot)(document, conflict).kind !== 'dismissed';
  }));

  /** Codes anew in every tab. */
  const codeAgain = (it: World): void => { for (const tab of tabs.known()) { void repaint(it, tab, null); hint(tab, false); } };

  /** Gives the coder the words that people approved; true where they changed. */
  const adopt = (it: World): boolean => coder?.adopt(approvedEntries(it.learned.approved().map(({ phrase, name }) => ({ phrase, ...partsOfCodeName(name) })))) ?? false;

  const openCoder = (it: World): void => {
    coderOpening ??= Promise.all([packagedLists(), openBooks(), it.learned.load()])
      .then(([lists]) => { coder = openEpisodeCoder(lists, it.effective.settings.doubt); adopt(it); codeAgain(it); void it.store.catchUp(); })
      .catch((problem: unknown) => { coderOpening = null; throw problem; });
  };

  /** What one frame may paint: its own findings less the muted and the dismissed. */
  const paintable = (it: World, snapshot: RecordSnapshot, diagnostics: readonly Diagnostic[]): FrameFindings => {
    if (guessIn(it, snapshot.key.tab) === 'hidden') return nothing(it);
    const decisions = decisionsFor(it);
    const muted = new Set(decisions.muted.map((mute) => mute.rule));
    const stateOf = decisions.statesIn(snapshot);
    const documents = new Map(snapshot.documents.map((document) => [document.id, document]));
    const shown = diagnostics.filter((diagnostic) => {
      const document = documents.get(diagnostic.document);
      return document !== undefined && !muted.has(diagnostic.rule) && stateOf(document, diagnostic).kind !== 'dismissed';
    });
    const cards = cardsOf(it, shown.map((diagnostic) => diagnostic.rule));
    const coded = shownCoding(it, snapshot.key.tab);
    return { edition: it.rulebook.edition, diagnostics: shown, conflicts: conflictsIn(standingConflicts(it, snapshot.key.tab, decisions), snapshot), evidence: coded ? evidenceIn(coded.coding, snapshot, coded.titleOf) : [], cards };
  };

  const cardsOf = (it: World, rules: readonly RuleId[]): readonly RuleCard[] => [...new Set(rules)].flatMap((id) => { const rule = it.rules.get(id); return rule ? [cardOf(rule)] : []; });

  const nothing = (it: World): FrameFindings => ({ edition: it.rulebook.edition, diagnostics: [], conflicts: [], evidence: [], cards: [] });

  /** Where a frame stands among those of its page; strings of it sort as the page does. */
  const pathOf = (of: RecordSnapshot | null): string => (of?.path ?? []).map((step) => String(step).padStart(4, '0')).join(' ');
  const inPageOrder = (snapshots: readonly RecordSnapshot[]): readonly RecordSnapshot[] => [...snapshots].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : pathOf(a) > pathOf(b) ? 1 : 0));

  /** Has the frame no banner of its own, and words that may be somebody's? */
  const isBare = (snapshot: RecordSnapshot): boolean => snapshot.lent || (snapshot.subject.kind === 'unknown' && snapshot.subject.reason === 'no-banner' && snapshot.documents.length > 0);

  /** Asks the frames that have a banner whether it says what it said; one that does not is forgotten until it sends again. */
  const bannersStand = async (tab: number): Promise<void> => {
    await Promise.all([...tabs.frames(tab)].map(async ([frame, { reader, snapshot }]) => {
      if (!snapshot || snapshot.lent || snapshot.subject.kind !== 'known') return;
      const live = await askFrame(tab, frame, 'page.confirm', { key: snapshot.key });
      if (!live.ok) { if (tabs.frames(tab).get(frame)?.snapshot === snapshot) tabs.left(tab, frame, reader); }
      // Only what was asked about is forgotten: it may have sent the next patient meanwhile.
      else if (live.value.key.subject !== snapshot.key.subject && tabs.frames(tab).get(frame)?.snapshot === snapshot) tabs.reset(tab, frame, reader);
    }));
  };

  /**
   * Lends the tab's patient to frames that have no banner in reach, and takes back what was lent under another.
   * Whether a frame may take it the frame itself knows, which lives as long as its page does; `asked` is true when a person has looked and wants it read.
   */
  const lend = async (tab: number, asked: boolean): Promise<void> => {
    if (!snapshotsOf(tab).some(isBare)) return;
    // A banner of form fields changes without a sign that anybody hears: it is asked before it vouches for another frame.
    await bannersStand(tab);
    const all = snapshotsOf(tab);
    const subject = mergeSubjects(all);
    const episode = all.filter((one) => !one.lent).map((one) => one.episode).find((one) => Object.values(one).some((part) => part !== null)) ?? unknownEpisode;
    const lent = subject.kind === 'known' ? { subject: subject.subject, episode } : null;
    await Promise.all(all.filter(isBare).map(async (snapshot) => {
      const has = snapshot.subject.kind === 'known' ? snapshot.subject.subject.fingerprint : null;
      if (has !== (lent?.subject.fingerprint ?? null)) await askFrame(tab, snapshot.key.frame, 'page.lend', { lent, asked });
    }));
  };

  /** Sends every frame of a tab what it may paint now; nothing at all while the patient is not one and known. */
  const repaint = async (it: World, tab: number, except: number | null): Promise<void> => {
    const own = ownFrames(tab);
    await Promise.all([...tabs.frames(tab)].map(async ([frame, { snapshot, diagnostics }]) => {
      if (!snapshot || frame === except) return;
      await askFrame(tab, frame, 'page.findings', bind(snapshot.key, own.includes(snapshot) ? paintable(it, snapshot, diagnostics) : nothing(it)));
    }));
  };

  const confirm = async (key: ContextKey): Promise<boolean> => {
    const live = await askFrame(key.tab, key.frame, 'page.confirm', { key });
    return live.ok && isSameContext(live.value.key, key);
  };

  /** A frame whose patient nobody confirmed, and which has not changed: nothing of it is shown, and it does not keep the others waiting. */
  const isSameUnknown = (a: ContextKey, b: ContextKey): boolean => a.subject === 'unknown' && b.subject === 'unknown' && a.reader === b.reader && a.epoch === b.epoch && a.note === b.note;

  /** Asks every frame, less the one asking, whether what it sent is what it shows now; one that does not answer is gone and forgotten. */
  const stillShown = async (tab: number, asking: number | null): Promise<boolean> => {
    const answers = await Promise.all([...tabs.frames(tab)].map(async ([frame, { reader, snapshot }]) => {
      if (frame === asking) return true;
      const key: ContextKey = snapshot?.key ?? { tab, frame, reader, epoch: 0, subject: 'unknown', episode: 'unknown', note: '' };
      const live = await askFrame(tab, frame, 'page.confirm', { key });
      if (!live.ok) tabs.left(tab, frame, reader);
      return !live.ok || snapshot === null || snapshot.documents.length === 0 || isSameContext(live.value.key, snapshot.key) || isSameUnknown(live.value.key, snapshot.key);
    }));
    return answers.every(Boolean);
  };

  /** Who the tab is about. A frame that was taken out of the page may not get to say so: before it may stand in the way of the patient it is asked whether it is there. */
  const subjectOf = async (tab: number, asking: number | null): Promise<SubjectReading> => {
    const first = mergeSubjects(snapshotsOf(tab));
    if (first.kind === 'known') return first;
    await stillShown(tab, asking);
    return mergeSubjects(snapshotsOf(tab));
  };

  const detailsOf = (it: World, tab: number, document: ClinicalDocument | null): DocumentDetails => suggestedDetails(it.effective.settings, episodeIn(ownFrames(tab)), document);

  /** What the frames of the one patient show now. An editor that someone types in is no document yet. */
  const readDocuments = (it: World, tab: number): readonly ReadDocument[] => ownFrames(tab).flatMap((snapshot) => snapshot.documents.filter(({ channel, text }) => channel !== 'draft' && text.trim() !== '').map((document): ReadDocument => {
    const place = placeOfDocument(snapshot, document);
    return {
      key: snapshot.key,
      name: JSON.stringify([snapshot.key.subject, snapshot.episode.number, snapshot.episode.admitted, document.episode, place]),
      body: () => {
        const episode = ownFrames(tab).includes(snapshot) ? episodeOf(it, snapshot, document) : null;
        return episode && {
          kind: 'document-read', specialty: specialtyOf(it, tab), site: detailsOf(it, tab, document).site, documentKind: document.kind, documentLanguage: document.language,
          episode, place: documentKey(it.boardKey, { episode, ...place }), adapter: snapshot.adapter.id, adapterVersion: snapshot.adapter.version,
        };
      },
    };
  }));
  const noteReadings = (it: World, tab: number): void => {
    readings ??= createReadings(it.store, () => it.rulebook.edition, confirm);
    readings.note(tab, readDocuments(it, tab));
  };

  const bodyOf = (it: World, tab: number, command: RecordedCommand): EventBody | Extract<CommandOutcome, { kind: 'refused' }> => {
    switch (command.kind) {
      case 'mute-rule': return it.rules.has(command.rule) ? { kind: 'rule-muted', rule: command.rule, until: Date.now() + command.days * 86_400_000 } : { kind: 'refused', reason: 'not-found' };
      case 'undo': return { kind: 'undone', undoes: command.undoes };
      case 'log-unreadable': {
        const snapshot = snapshotsOf(tab).find((one) => isSameContext(one.key, command.key));
        const episode = snapshot && episodeOf(it, snapshot);
        if (!snapshot || !episode) return { kind: 'refused', reason: 'patient-unknown' };
        return { kind: 'unreadable-logged', gap: command.gap, count: command.count, specialty: specialtyOf(it, tab), episode, category: 'unreadable-document', ...detailsOf(it, tab, null), adapter: snapshot.adapter.id, adapterVersion: snapshot.adapter.version };
      }
      case 'draft-query': return queryBody(it, tab, command.about, command.language);
      case 'move-query': {
        const query = foldQueries(it.events, Date.now()).find(({ id }) => id === command.query);
        if (!query) return { kind: 'refused', reason: 'not-found' };
        if (!queryMoves[query.state].includes(command.state)) return { kind: 'refused', reason: 'not-allowed' };
        return { kind: 'query-moved', query: query.id, state: command.state, outcome: command.outcome, due: command.due ?? 0 };
      }
      case 'log-fault': {
        const snapshot = ownFrames(tab).find((one) => isSameContext(one.key, command.key));
        if (!snapshot) return { kind: 'refused', reason: 'patient-unknown' };
        return faultBody(command, { boardKey: it.boardKey, settings: it.effective.settings, snapshot, specialty: specialtyOf(it, tab), episodeOf: (document) => episodeOf(it, snapshot, document) });
      }
      case 'log-finding': return findingBody(it, tab, 'finding-logged', command.target, command.details);
      case 'dismiss-finding': return findingBody(it, tab, 'finding-dismissed', command.target);
      case 'forget-phrase': { const { system, code } = partsOfCodeName(command.name); return { kind: 'phrase-forgotten', phrase: command.phrase, system, code }; }
      case 'judge-phrase': {
        const { phrase, name, verdict } = command;
        if (!it.learned.isSenior()) return { kind: 'refused', reason: 'not-allowed' };
        // Nothing goes in that Nodi did not propose or that nobody approved before.
        const isAsked = coder && books && (it.learned.approved().some((one) => one.phrase === phrase && one.name === name) || proposalsNow(it, coder, books).proposed.some((one) => one.phrase === phrase && one.name === name));
        return isAsked ? { kind: 'phrase-judged', phrase, ...partsOfCodeName(name), verdict } : { kind: 'refused', reason: 'not-found' };
      }
      case 'draw-episode': case 'code-audit': case 'judge-audit': case 'log-audit-fault': {
        const { auditPersons, auditTable } = it.effective.settings;
        return auditBody(command, { events: it.events, boardKey: it.boardKey, persons: auditPersons, reasons: (auditTable ?? shippedAuditTable).reasons });
      }
      case 'accept-codes': case 'reject-codes': case 'remove-codes': case 'move-codes': case 'choose-depth': case 'finish-episode': {
        const moment = codingMoment(it, tab, command.key);
        return moment ? codingBody(command, moment) : { kind: 'refused', reason: 'patient-unknown' };
      }
      default: return unreachable(command);
    }
  };

  const queryBody = (it: World, tab: number, about: QueryAbout, language: QueryLanguage): EventBody | Extract<CommandOutcome, { kind: 'refused' }> => {
    switch (about.by) {
      case 'finding': {
        const found = findingBody(it, tab, 'finding-logged', about.target);
        if (found.kind !== 'finding-logged') return found;
        const category = categoryOfMark(found.verdict, it.rules.get(found.rule)?.kind ?? null);
        return { kind: 'query-drafted', episode: found.episode, specialty: found.specialty, category, rule: found.rule, template: templateOf(category, false), language, findings: 1 };
      }
      case 'episode': {
        const snapshot = ownFrames(tab).find((one) => isSameContext(one.key, about.key));
        const episode = snapshot && episodeOf(it, snapshot);
        if (!episode) return { kind: 'refused', reason: 'patient-unknown' };
        return { kind: 'query-drafted', episode, specialty: specialtyOf(it, tab), category: about.category, rule: '', template: templateOf(about.category, false), language, findings: 1 };
      }
      case 'specialty': return { kind: 'query-drafted', episode: '', specialty: about.specialty, category: about.category, rule: about.rule ?? '', template: templateOf(about.category, true), language, findings: about.findings };
      default: return unreachable(about);
    }
  };

  const now = (): EpisodeDay => ({ day: today(), ground: 'today' });
  /** Words that may become terms, of codes that the editions of today have and that words may stand for by themselves. */
  const proposalsNow = (it: World, opened: EpisodeCoder, { shelf }: CodeBooks): ReturnType<typeof it.learned.proposals> => {
    const codes = shelf.on(now());
    return it.learned.proposals((phrase, name) => {
      const { system, code } = partsOfCodeName(name);
      const entry = codes.entry(system, code);
      // A site, a method and an asterisk code only go with another code.
      return entry === null || entry.dual === 'asterisk' || (system === 'OPCS-4' && /^[YZ]/.test(code)) || opened.knows(phrase, system, code);
    });
  };

  /** The episode on screen as the log and the engine have it now; null while nobody is known or the lists are not open. */
  const codingMoment = (it: World, tab: number, key: ContextKey): CodingMoment | null => {
    const own = ownFrames(tab);
    const snapshot = own.find((one) => isSameContext(one.key, key));
    const episode = snapshot && episodeOf(it, snapshot);
    const made = codingOf(it, tab);
    if (!episode || !made || !coder || !books) return null;
    const codes = books.shelf.on(dayOf(episodeIn(own), today()));
    const coded = codedEpisode(it, episode);
    const hidden = blindIn(it, tab) === 'hidden';
    // Before a trainee has guessed nothing is on offer: her codes are neither kept as offered nor different from it.
    const guessing = guessIn(it, tab) === 'hidden';
    const { depth, criterion } = depthIn(it, tab, hidden || guessing ? noCodes : made.coding, coded);
    return { episode, hidden, specialty: specialtyOf(it, tab), depth, criterion, editions: made.editions, isValid: (system, code) => codes.entry(system, code) !== null, coding: guessing ? noCodes : atDepth(made.coding, depth), coded, documents: own.flatMap(({ documents }) => documents), read: coder.read };
  };

  const findingBody = (it: World, tab: number, kind: 'finding-logged' | 'finding-dismissed', target: FindingTarget, chosen?: FaultDetails): EventBody | Extract<CommandOutcome, { kind: 'refused' }> => {
    const read = tabs.find(tab, target.key.frame, target.document);
    if (!read || !isSameContext(read.snapshot.key, target.key)) return { kind: 'refused', reason: 'context-changed' };
    const document = read.snapshot.documents.find((one) => one.id === target.document && one.version === target.version);
    const all: readonly Finding[] = target.rule === sideConflictRule ? conflictsOf(it, tab) : read.record.diagnostics;
    const diagnostic = all.find((one) => one.document === target.document && one.version === target.version && one.rule === target.rule && one.span.start === target.span.start && one.span.end === target.span.end);
    if (!document || !diagnostic) return { kind: 'refused', reason: 'not-found' };
    const episode = episodeOf(it, read.snapshot, document);
    if (!episode || mergeSubjects(snapshotsOf(tab)).kind !== 'known') return { kind: 'refused', reason: 'patient-unknown' };
    const details: FaultDetails = chosen ?? { category: categoryOfMark(diagnostic.severity, diagnostic.kind), ...detailsOf(it, tab, document) };
    if (chosen && !areAllowed(chosen, it.effective.settings, 'mark')) return { kind: 'refused', reason: 'not-allowed' };
    const found = {
      rule: diagnostic.rule, verdict: diagnostic.severity, specialty: specialtyOf(it, tab), documentKind: document.kind, documentLanguage: document.language,
      episode, place: placeOf(it, episode, document, diagnostic, read.record.diagnostics), adapter: read.snapshot.adapter.id, adapterVersion: read.snapshot.adapter.version,
    };
    return kind === 'finding-logged' ? { kind, ...found, ...details } : { kind, ...found };
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
    if (('key' in command && command.kind !== 'log-unreadable' && command.kind !== 'log-fault') || command.kind === 'judge-phrase') { openCoder(it); await coderOpening; }
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
    if ((written.value.kind === 'phrase-judged' || written.value.kind === 'undone') && adopt(it)) codeAgain(it);
    if (command.kind !== 'log-finding') await repaint(it, tab, null);
    hint(tab, false);
    return { kind: 'acknowledged', event: written.value.id, sequence: written.value.sequence, ...(before > 0 ? { before } : {}) };
  };

  /**
   * A worker that has just begun again knows nothing of the record that a command speaks of, and frames send in no order: it waits until the reading
   * the command names stands among those of the one patient, or `patience` has passed. True when it had to wait.
   */
  const untilRead = async (tab: number, key: ContextKey): Promise<boolean> => {
    const isRead = (): boolean => ownFrames(tab).some((one) => isSameContext(one.key, key));
    if (isRead()) return false;
    const late = AbortSignal.timeout(patience);
    const arrived = new Promise<void>((resolve) => {
      const look = (): void => { if (isRead() || late.aborted) { waiting.delete(look); resolve(); } };
      waiting.add(look);
      late.addEventListener('abort', look, { once: true });
    });
    await wake(tab);
    await arrived;
    return true;
  };

  /** After the worker died its memory is empty and the readers are still there: they send again, and a hint follows. False when no reader answers. */
  const wake = async (tab: number): Promise<boolean> => (await askFrame(tab, 'every', 'page.read-again', { anyPage: false })).ok;

  /** The log is folded once for each event that came, not for each look at the panel. */
  let folded: { readonly events: number; readonly episodes: ReturnType<typeof foldEpisodes> } | null = null;
  const codedEpisode = (it: World, episode: EpisodeKey): CodedEpisode => {
    if (folded?.events !== it.events.length) folded = { events: it.events.length, episodes: foldEpisodes(it.events) };
    return folded.episodes.get(episode) ?? emptyEpisode(episode);
  };

  /** What the coder has put into the episode on screen. */
  const codedIn = (it: World, own: readonly RecordSnapshot[]): CodedEpisode | null => {
    const episode = leadEpisode(it, own);
    return episode ? codedEpisode(it, episode) : null;
  };

  /** How far the episode on screen is coded, and why. */
  const depthIn = (it: World, tab: number, coding: Coding | null, coded: CodedEpisode | null): ReturnType<typeof depthNow> => {
    const own = ownFrames(tab);
    const episode = episodeIn(own);
    const specialty = specialtyOf(it, tab);
    return depthNow({
      settings: it.effective.settings, episode, documents: own.flatMap(({ documents }) => documents), treatmentFunction: it.rulebook.specialties.find(({ id }) => id === specialty)?.treatmentFunction ?? null,
      coding, coded, answers: coded ? factAnswers.of(coded.episode) : {}, day: dayOf(episode, today()).day,
    });
  };

  /** What codes are called by the editions of a day. */
  const namesIn = ({ finder }: CodeBooks, codes: CodesOfDay, { suggestions }: Coding) => ({ system, code }: Pick<NamedCode, 'system' | 'code'>): NamedCode => {
    const offered = suggestions.find((one) => one.system === system && one.code === code);
    const title = codes.entry(system, code)?.title ?? null;
    if (system === 'OPCS-4' && title !== null) return { system, code, label: { en: title } };
    return { system, code, label: offered?.label ?? finder().find(code, codes).hits.find(({ entry }) => entry.system === system && entry.code === code)?.label ?? null };
  };

  /** The sequence of an episode with what speaks against it and what its codes are called. */
  const sequenceOf = (it: World, tab: number, coded: CodedEpisode | null, coding: Coding | null): Pick<RecordView, 'coded' | 'checks' | 'names' | 'depth' | 'depthReason'> => {
    const { depth, reason: depthReason } = depthIn(it, tab, coding, coded);
    if (!coded || !books || !coding) return { coded, depth, depthReason, checks: [], names: [] };
    const own = ownFrames(tab);
    const when = dayOf(episodeIn(own), today());
    const codes = books.shelf.on(when);
    const nameOf = namesIn(books, codes, coding);
    return {
      coded, depth, depthReason,
      checks: validateEpisode({ coded, depth, codes, listOf: (system) => { const held = codes.systems[system]; return held.ok ? listName(held.value.name) : null; }, patient: readPatient(own.flatMap(({ documents }) => documents.map(({ text }) => text))) }),
      names: [...coded.diagnoses, ...coded.procedures].flatMap(({ system, codes: held }) => held.map((code) => nameOf({ system, code }))),
    };
  };

  const placed = (own: readonly RecordSnapshot[]): readonly PlacedDocument[] => own.flatMap((snapshot) => snapshot.documents.map((document) => ({ document, snapshot })));
  const codingView = (coded: ReturnType<typeof codingOf>, own: readonly RecordSnapshot[]): CodingView | null => coded && viewCoding(coded.coding, coded.editions, placed(own), coded.titleOf);

  /** The board's own coder beside ours, where the package was built for one; never waited for. */
  const boardView = (it: World, tab: number, key: ContextKey, own: readonly RecordSnapshot[], coding: Coding): Bound<BoardPart> | null => {
    if (!connection || !books) return null;
    const codes = books.shelf.on(dayOf(episodeIn(own), today()));
    const specialty = specialtyOf(it, tab);
    const documents = own.flatMap((snapshot) => snapshot.documents);
    const subjects = own.flatMap(({ subject }) => (subject.kind === 'known' ? [subject.subject] : []));
    const locale = it.effective.settings.locale;
    // Not by the language of the interface: a person who changes it sends no note once more.
    const content = JSON.stringify([key.subject, own.map((one) => one.key.note), documents.map(({ id, version }) => [id, version]), specialty, codes.day]);
    const bound = connection.view(it.effective.settings, key, content, () => ({
      language: locale, specialty: specialty === 'unknown' ? null : specialty, codes, documents: documents.map(({ id, version, language, text }) => ({ document: id, version, language, text })),
      known: { identifiers: [...subjects.map(({ identifier }) => identifier), ...own.flatMap(({ episode }) => episode.number ?? [])], names: [...subjects.flatMap(({ name }) => name ?? []), ...own.flatMap(({ episode }) => episode.consultant ?? [])] },
    }));
    const seen = bound && present(bound, key);
    const nameOf = namesIn(books, codes, coding);
    return seen && bind(key, { ...seen, rows: seen.state.kind === 'answered' ? viewBoard(seen.state.answer.suggestions, placed(own), (one) => nameOf(one).label) : [] });
  };

  const view = async (it: World, tab: number): Promise<TabView> => {
    if (tabs.frames(tab).size === 0) {
      if (!(await isAllowed(tab))) return { kind: 'site-off' };
      return (await wake(tab)) ? { kind: 'reading' } : { kind: 'not-running' };
    }
    if (snapshotsOf(tab).length === 0) return { kind: 'reading' };
    const subject = await subjectOf(tab, null);
    if (subject.kind !== 'known') return { kind: 'no-patient', subject, gaps: mergeGaps(snapshotsOf(tab)), missing: missingParts(snapshotsOf(tab)) };
    if (!(await stillShown(tab, null))) return { kind: 'reading' };
    // In the order of the page, not in that in which frames happened to answer.
    const frames = [...tabs.frames(tab)].sort(([, a], [, b]) => (pathOf(a.snapshot) < pathOf(b.snapshot) ? -1 : pathOf(a.snapshot) > pathOf(b.snapshot) ? 1 : 0));
    const snapshots = snapshotsOf(tab);
    const own = framesOf(snapshots, mergeSubjects(snapshots));
    const lead = leadOf(own);
    if (!lead) return { kind: 'reading' };
    const guess = guessIn(it, tab);
    const shown = frames.flatMap(([, frame]) => (frame.snapshot && own.includes(frame.snapshot) ? [{ snapshot: frame.snapshot, diagnostics: guess === 'hidden' ? [] : frame.diagnostics }] : []));
    const silent = frames.filter(([, frame]) => frame.snapshot === null).length;
    const offered = shownCoding(it, tab);
    const blind = blindIn(it, tab);
    const made = viewRecord({ frames: shown, gaps: mergeGaps(snapshots), missing: missingParts(snapshots), silentFrames: silent, subject, rules: it.rules, specialty: specialtyOf(it, tab), edition: it.rulebook.edition, conflicts: guess === 'hidden' ? [] : conflictsOf(it, tab), coding: codingView(offered, own), ...sequenceOf(it, tab, codedIn(it, own), offered?.coding ?? null), decisions: decisionsFor(it), detailsOf: (document) => detailsOf(it, tab, document), placeholder });
    const board = blind === 'hidden' || guess === 'hidden' ? null : boardView(it, tab, lead.key, own, offered?.coding ?? noCodes);
    return { kind: 'record', key: lead.key, record: bind(lead.key, { ...made, ...(blind ? { blind } : {}), ...(guess ? { guess } : {}) }), ...(board ? { board } : {}) };
  };

  /** Draws the letters of a tab in its frames, those that begin with what was typed; none takes them away. Gives those of frames that could show theirs. */
  const drawLabels = async (tab: number, labels: readonly MarkLabel[], typed: string): Promise<readonly MarkLabel[]> => (await Promise.all(ownFrames(tab).map(async ({ key }) => {
    const own = labels.filter(({ pointed }) => isSameContext(pointed.key, key));
    const drawn = await askFrame(tab, key.frame, 'page.labels', { key, typed, labels: own.map(({ label, pointed: { places: [place] } }) => ({ label, place })) });
    return drawn.ok && drawn.value.shown > 0 ? own : [];
  }))).flat();

  /** Takes the letters away everywhere; false where none stood. */
  const dropLabels = (tab: number): boolean => {
    if (!labelled.delete(tab)) return false;
    void drawLabels(tab, [], '');
    return true;
  };
  /** So that the panel does not ask for letters that are gone. */
  const endLabels = (tab: number): void => { if (dropLabels(tab)) void ask('hint.labels', { tab, what: 'left' }); };

  /** Letters for the marks that can be seen in the frames of the one patient, in the order of the page. */
  const beginLabels = async (tab: number): Promise<readonly MarkLabel[]> => {
    const mine = { labels: [] };
    labelled.set(tab, mine);
    const found = (await Promise.all(inPageOrder(ownFrames(tab)).map(async ({ key }) => {
      const answer = await askFrame(tab, key.frame, 'page.in-sight', { key });
      return answer.ok ? answer.value.marks.map((place): Pointed => ({ key, places: [place] })) : [];
    }))).flat();
    const names = labelsFor(found.length);
    const labels = found.map((pointed, at): MarkLabel => ({ label: names[at] ?? '', pointed }));
    // The person left, or began again, while the frames were asked.
    if (labelled.get(tab) !== mine) return [];
    labelled.set(tab, { labels });
    return drawLabels(tab, labels, '');
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
    const guess = isGuessing(it.effective) !== isGuessing(next);
    const trustedOf = ({ settings: { packKeys, seniorKeys } }: EffectiveSettings): string => JSON.stringify([packKeys, seniorKeys]);
    const packs = trustedOf(it.effective) !== trustedOf(next);
    const sheet = JSON.stringify(it.effective.settings.boardSheet) !== JSON.stringify(next.settings.boardSheet);
    const spoken = it.effective.settings.locale;
    it.effective = next;
    if (it.effective.settings.locale !== spoken) void offerMenu();
    if (noisy) it.reader = createReader(it.rulebook, { noisyOn: it.effective.settings.noisyOn });
    void it.tend();
    if (sheet) await takeSheet(it);
    if (doubt) coder?.treat(it.effective.settings.doubt);
    if (doubt || packs) { await it.learned.load(); adopt(it); }
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

  const handlers: Handlers = {
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
        return { reader: it.reader, specialty: specialty === 'unknown' ? specialtyOf(it, tab) : specialty };
      };
      if (!tabs.captured(snapshot, making(snapshot))) return { kind: 'refused', reason: 'stale' };
      // A letter may have come before the page that names its specialty: it is read again for it.
      const late = [...tabs.frames(tab).values()].flatMap((one) => (one.snapshot && one.madeBy?.specialty !== making(one.snapshot).specialty ? [one.snapshot] : []));
      for (const one of late) tabs.captured(one, making(one));
      for (const look of [...waiting]) look();
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
      openCoder(it);
      if (subject.kind !== 'known' || !ownFrames(tab).includes(snapshot)) return { kind: 'refused', reason: subject.kind === 'two' ? 'two-patients' : 'patient-unknown' };
      const diagnostics = tabs.frames(tab).get(frame)?.diagnostics ?? [];
      noteReadings(it, tab);
      return { kind: 'findings', findings: bind(snapshot.key, paintable(it, snapshot, diagnostics)) };
    },
    'frame.reset'({ reader }, { tab, frame }) {
      if (tab === null) return null;
      // A worker that has died knows one frame again by this: the others are asked as well.
      if (tabs.frames(tab).size === 0) void wake(tab);
      endLabels(tab);
      connection?.forget(tab);
      tabs.reset(tab, frame, reader);
      hint(tab, true);
      void lend(tab, false);
      return null;
    },
    'frame.left'({ reader }, { tab, frame }) {
      if (tab !== null) { endLabels(tab); tabs.left(tab, frame, reader); hint(tab, true); void lend(tab, false); }
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
          const coded = own.some((one) => isSameContext(one.key, command.key)) ? codedIn(it, own) : null;
          if (!coded || !(await confirm(command.key))) return { kind: 'refused', reason: 'context-changed' };
          if (!factAnswers.give(coded.episode, command.field, command.answer)) return { kind: 'refused', reason: 'not-allowed' };
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
      if (typed === '') return beginLabels(tab);
      if (typed === null) { dropLabels(tab); return []; }
      const { labels } = labelled.get(tab) ?? { labels: [] };
      return labels.length > 0 ? drawLabels(tab, labels, typed) : [];
    },
    async 'panel.record-keys'({ tab }) {
      const answers = await Promise.all([...tabs.frames(tab).keys()].map((frame) => askFrame(tab, frame, 'page.record-keys', null)));
      return [...new Set(answers.flatMap((answer) => (answer.ok ? answer.value.chords : [])))];
    },
    'frame.labels-left'(_, { tab }) { if (tab !== null) endLabels(tab); return null; },
    async 'panel.settings'() { return withoutSheet(await (await world()).settings.read()); },
    async 'panel.change-settings'(part) {
      const it = await world();
      const changed = await it.settings.change(part);
      if (!changed.ok) return { refused: changed.failure.kind === 'managed' ? changed.failure.key : 'not-saved' };
      await takeUp(it, changed.value);
      return withoutSheet(changed.value);
    },
    async 'panel.guess'({ tab, key, guess }) {
      const it = await world();
      openCoder(it);
      await coderOpening;
      if (guessIn(it, tab) !== 'hidden' || !(await isLead(tab, key))) return null;
      const own = ownFrames(tab);
      // An episode of the blind sample stays without codes until it is coded: its marks are compared alone.
      const blind = blindIn(it, tab) === 'hidden';
      const coding = blind ? noCodes : codingOf(it, tab)?.coding ?? noCodes;
      const decisions = decisionsFor(it);
      const muted = new Set(decisions.muted.map((mute) => mute.rule));
      const marks = own.flatMap((snapshot) => {
        const stateOf = decisions.statesIn(snapshot);
        return (tabs.frames(tab).get(snapshot.key.frame)?.diagnostics ?? []).filter((one) => { const document = snapshot.documents.find(({ id }) => id === one.document); return document !== undefined && !muted.has(one.rule) && stateOf(document, one).kind !== 'dismissed'; });
      });
      const { depth } = depthIn(it, tab, coding, codedIn(it, own));
      const compared = compareRecord({ documents: own.flatMap(({ documents }) => documents), marks, suggestions: coding.suggestions, depth }, blind ? { ...guess, diagnoses: [], procedures: [] } : guess);
      await showGuessed(it, tab, key);
      return bind(key, { ...compared, specialty: specialtyOf(it, tab), cards: cardsOf(it, compared.marks.flatMap(({ offered }) => offered?.rule ?? [])) });
    },
    async 'panel.show-record'({ tab, key }) {
      const it = await world();
      if (!(await isLead(tab, key))) return false;
      await showGuessed(it, tab, key);
      return true;
    },
    async 'panel.find-words'({ tab, key, words }) {
      if (!(await isLead(tab, key))) return null;
      const documents = inPageOrder(ownFrames(tab)).flatMap((snapshot) => snapshot.documents);
      return documents.flatMap(({ id, version, text }) => placesTyped(text, words).slice(0, 1).map((span) => ({ document: id, version, span })))[0] ?? null;
    },
    async 'panel.rule-cards'({ rules }) { return cardsOf(await world(), rules); },
    async 'panel.queries'() { return foldQueries((await world()).events, Date.now()); },
    async 'panel.log'() { return (await world()).store.check(); },
    async 'panel.accept-loss'() {
      const it = await world();
      await it.store.acceptLoss();
      return it.store.check();
    },
    async 'panel.log-care'() { return careOf((await world()).store); },
    async 'panel.restore-log'() {
      const done = await (await world()).store.restore();
      return { health: await beginAgain(), restored: done.ok ? done.value : null };
    },
    async 'panel.import-log'({ text }) {
      const done = await (await world()).store.imported(text);
      if (done.ok) return { health: await beginAgain(), restored: done.value };
      const { failure } = done;
      switch (failure.kind) {
        case 'not-a-log': case 'other-schema': case 'damaged': case 'another-log': return { failure };
        default: return { failure: null };
      }
    },
    async 'panel.sending'() { return sending ? sending.view((await world()).effective.settings) : null; },
    async 'panel.send'({ again }) { await world(); sending?.begin(again); return null; },
    async 'panel.send-credential'({ token }) {
      if (token !== null && !isToken(token)) return { kept: false };
      await world();
      await sending?.trust(token);
      return { kept: sending !== null };
    },
    async 'panel.code-lists'() { const { shelf, isWhole } = await openBooks(); return { editions: shelf.editions, isWhole }; },
    async 'panel.editions-held'() { const { shelf, changes } = await openBooks(); return changes.held(shelf, today()); },
    async 'panel.proposals'() {
      const it = await world();
      openCoder(it);
      await coderOpening;
      if (!coder || !books) throw new Error('The lists are not open');
      const [{ proposed, judged }, codes, { finder }, { device }] = [proposalsNow(it, coder, books), books.shelf.on(now()), books, await deviceKeys(it.learnedStore)];
      const labelled = <One extends { readonly name: CodeName }>(one: One): One & { readonly label: Label | null } => {
        const { system, code } = partsOfCodeName(one.name);
        const title = codes.entry(system, code)?.title ?? null;
        return { ...one, label: title === null ? finder().find(code, now()).hits.find(({ entry }) => entry.system === system && entry.code === code)?.label ?? null : { en: title } };
      };
      const here = [...judged.values()].map(({ phrase, name, verdict, event, at }): JudgedWords => ({ phrase, name, verdict, by: device, event, at }));
      const others = it.learned.approved().flatMap(({ phrase, name, by, at }): JudgedWords[] => (by === null ? [] : [{ phrase, name, verdict: 'approved', by, event: null, at }]));
      return { isSenior: it.learned.isSenior(), proposed: proposed.slice(0, proposalsListed).map(labelled), more: Math.max(0, proposed.length - proposalsListed), judged: [...here.reverse(), ...others].map(labelled) };
    },
    async 'panel.codes-changed'() {
      const it = await world();
      opening = null;
      const { shelf, isWhole } = await openBooks();
      codeAgain(it);
      return { editions: shelf.editions, isWhole };
    },
    async 'panel.search-codes'({ tab, text }) {
      const { finder } = await openBooks();
      const it = await world();
      const when = dayOf(tab === null ? unknownEpisode : episodeIn(ownFrames(tab)), today());
      return withChosenBefore(finder().find(text, when), tab !== null && (blindIn(it, tab) === 'hidden' || guessIn(it, tab) === 'hidden') ? [] : chosenFor(it.events, text), (code) => finder().find(code, when).hits);
    },
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
    async 'panel.import-pack'({ text, trust }) {
      const it = await world();
      const failure = await importPack(it.learnedStore, text, { trust, named: it.effective.settings.packKeys });
      if (failure) return { taken: false, failure };
      await it.learned.load();
      adopt(it);
      codeAgain(it);
      return { taken: true };
    },
    async 'panel.learned-changed'() { const it = await world(); await it.learned.load(); adopt(it); codeAgain(it); return null; },
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
    forget: (tab) => { void opened?.then((it) => it.guesses.forget(tab)); connection?.forget(tab); readings?.forget(tab); tabs.forget(tab); drafts.delete(tab); labelled.delete(tab); parts.delete(tab); pointedAt.delete(tab); chosenAt.delete(tab); },
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
