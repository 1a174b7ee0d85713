import { options } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { WaitingAudit } from '../../lib/model/audit.js';
import type { Command, CommandOutcome, EventId, FaultyDocument, QueryAbout, RecordedCommand } from '../../lib/model/decision.js';
import { writtenCode } from '../../lib/model/code.js';
import { rejectionReasons } from '../../lib/model/coded-episode.js';
import type { CodeHit, CodesFound, EditionsOfDay } from '../../lib/model/codebook.js';
import type { Specialty } from '../../lib/model/episode.js';
import { categoryOfMark, type FaultCategory, type FaultDetails } from '../../lib/model/fault.js';
import { inLocale, otherLocale } from '../../lib/model/language.js';
import type { Locale } from '../../lib/model/language.js';
import type { AskedField, FactAnswer } from '../../lib/model/exception.js';
import { isSameContext, present, type Bound } from '../../lib/model/context.js';
import { referenceOf, type Query, type QueryLanguage } from '../../lib/model/query.js';
import type { Profile } from '../../lib/model/profile.js';
import { type PanelPart, type Place, type Pointed, type ProblemRow, type Quote, type RecordView, type SelectedWords, type TabView } from '../../lib/model/review.js';
import type { Severity, TermKind } from '../../lib/model/rulebook.js';
import { severities, termKinds } from '../../lib/model/rulebook.js';
import type { EffectiveSettings } from '../../lib/model/settings.js';
import { unreachable } from '../../lib/base/result.js';
import { afterTo, createWords, formatDate } from '../words.js';
import type { WordKey, Words } from '../words.js';
import { CodeCard } from './code-search.jsx';
import { ChooseSheet } from './choose-sheet.jsx';
import { isBoardRow, unitName, unitWords, type Proposed } from './code-units.js';
import { CodesList } from './codes.jsx';
import { ProfileQuestion } from '../profile-question.jsx';
import { profileViews } from '../profile-views.js';
import { commandFor, isOffered, keyOf, panelCommands, showChord } from './commands.js';
import { AuditHere } from './audit-note.jsx';
import { BlindHidden, BlindShown } from './blind-note.jsx';
import { useGuess, type GuessPorts } from './guess.js';
import { GuessHidden, LearnPart, type LearningNow } from './learn-part.jsx';
import { EditionsLine } from './editions.jsx';
import type { PanelCommand, PanelCommandId, Situation } from './commands.js';
import { DepthBadge } from './depth-badge.jsx';
import { useDesk, type Desk } from './desk.js';
import { useDecisions } from './decisions.js';
import type { Decision, Notice, UnsavedDecision } from './decisions.js';
import { LabelLine, useMarkLabels, type AskLabels, type LabelTurn } from './mark-labels.jsx';
import { EpisodeView } from './episode.jsx';
import { FaultSheet } from './fault-sheet.jsx';
import { QuerySheet } from './query-sheet.jsx';
import { CardText, ProblemList } from './problems.jsx';
import type { RowStanding } from './problems.jsx';
import { countProblems, countVerdicts, coverageWords, documentTitle, episodeWords, filteredRows, gapsByKind, isWhollyRead, rowName, specialtyName, subjectName } from './record-summary.js';
import type { ProblemFilter } from './record-summary.js';
import { codesInOrder, Outlet, TypeOneByOne, type OutletWay, type OutletWriter } from './outlet.jsx';
import { Glyph, VerdictShape } from './shapes.jsx';
import { FixMenu, Key, KeysSheet, Palette, Sheet } from './sheets.jsx';
import type { MenuEntry } from './sheets.jsx';
import { EmptyState, PageChanged, TabState } from './states.jsx';
import { TimeHere, useTimeSpent } from './time-here.jsx';

/** What the panel is given and what it may ask for. It fetches nothing and stores nothing. */
/** What a proposer below the codes on offer is given. */
export interface BelowCodes {
  readonly desk: Desk;
  readonly onShow: (quote: Omit<Quote, 'words'>) => void;
}

export interface PanelProps {
  readonly view: TabView;
  /** What stands below the codes on offer, such as the board's own coder, and what may be done with what it proposes. */
  readonly belowCodes?: (below: BelowCodes) => ComponentChildren;
  /** The view's record, opened against the context on screen now; null hides every row at once. */
  readonly opened: RecordView | null;
  readonly settings: EffectiveSettings;
  readonly specialties: readonly Specialty[];
  readonly run: (command: Command) => Promise<CommandOutcome>;
  readonly newId: () => EventId;
  readonly onLocale: (locale: Locale) => void;
  readonly onReadAgain: () => void;
  /** Reads a page that no adapter knows: only because the person asks. */
  readonly onReadAnyPage: () => void;
  readonly onOpenLetters: () => void;
  /** Begins to teach Nodi the page in front, by pointing. */
  readonly onTeach: () => void;
  /** Must ask for the permission inside this call: it comes from the person's click. */
  readonly onAllowSite: () => void;
  readonly onToggleMarks: () => void;
  /** Puts the focus back into the page (F6). */
  readonly onPage: () => void;
  /** Puts wording from the sheet on the clipboard; false when the browser refused. */
  readonly onCopy: (wording: string) => Promise<boolean>;
  /** Saves a decision that the log did not take. It holds ids and hashes, no patient text. */
  /** Null when it was saved; else the place where an identifier of a patient stands. */
  readonly onSaveDecision: (command: RecordedCommand) => string | null;
  readonly onSingleKeys: (on: boolean) => void;
  readonly onKeys: (keys: Readonly<Record<string, string>>) => void;
  /** Chords that the page in front uses itself, as far as it shows them. */
  readonly onRecordKeys: () => Promise<readonly string[]>;
  /** False where the browser opens its panel by no key pressed in a page (Firefox). */
  readonly pageKeyOpensPanel: boolean;
  /** Marks of the note that a person pointed at; `turn` grows with each. With `byKey` they want to go on here. */
  readonly pointed: { readonly at: Pointed; readonly byKey: boolean; readonly turn: number } | null;
  /** Words that a code was asked for in the page's own menu, null where they are in no note that was read; `turn` grows with each. */
  readonly chosen: { readonly words: Bound<SelectedWords> | null; readonly turn: number } | null;
  /** Letters at the marks in view: begins, narrows or ends them in the note. */
  readonly onLabels: AskLabels;
  /** What became of the letters outside the panel. */
  readonly labelTurn: LabelTurn | null;
  /** What is in front, and the words of the code in hand, which the note paints as such. */
  readonly onHold: (part: PanelPart, places: readonly (Place & Pick<Quote, 'key'>)[]) => void;
  /** Codes by the editions of the episode's day; null when nobody answers. */
  readonly onSearch: (asked: string) => Promise<CodesFound | null>;
  /** The words that are selected in the notes on screen, and where, or null. Memory only. */
  readonly onSelection: () => Promise<SelectedWords | null>;
  /** What the codes are written with when they leave, and where they are put. */
  readonly outlet: OutletWriter;
  /** Questions to clinicians that the log knows of. */
  readonly onQueries: () => Promise<readonly Query[]>;
  /** What a trainee's guess at the record on screen asks for. */
  readonly guess: Omit<GuessPorts, 'selection'>;
  /** The learner's record on this device, as the Learn part shows it; null where it cannot be read. */
  readonly onLearning: () => Promise<LearningNow | null>;
  readonly onGuessFirst: (on: boolean) => void;
  /** Opens the Learn page. */
  readonly onLearn: () => void;
  /** How far the first steps are; null where nobody is to be reminded of them. */
  readonly firstSteps: { readonly done: number; readonly of: number } | null;
  readonly onFirstSteps: () => void;
  readonly onStepsAway: () => void;
  /** A command was given here. */
  readonly onCommand: (id: PanelCommandId) => void;
  /** Whose work this is, said once by the person. */
  readonly onProfile: (profile: Profile) => void;
  readonly onOptions: () => void;
  readonly onDashboard: () => void;
}

/** Commands that speak for the episode itself. */
const notInAudit: readonly PanelCommandId[] = ['episode.finish', 'outlet.open', 'outlet.copy', 'outlet.type', 'outlet.csv', 'outlet.fhir'];

/** What can be filtered, in the order of the chips. */
const chips: readonly Severity[] = ['avoid', 'caution', 'conflict', 'use'];

type OpenSheet = { readonly kind: 'edit'; readonly unit: Proposed } | { readonly kind: 'add'; readonly selection: Promise<SelectedWords | null>; readonly selected: SelectedWords | null | 'asked' } | { readonly kind: 'reject'; readonly unit: Proposed; readonly then: () => void } | { readonly kind: 'palette'; readonly codes: boolean; readonly offered: readonly string[] } | { readonly kind: 'code'; readonly hit: CodeHit; readonly editions: EditionsOfDay } | { readonly kind: 'query'; readonly id: EventId; readonly row: ProblemRow | null } | { readonly kind: 'details'; readonly row: ProblemRow } | { readonly kind: 'fault'; readonly selection: Promise<SelectedWords | null>; readonly selected: SelectedWords | null } | { readonly kind: 'keys' } | { readonly kind: 'outlet' } | { readonly kind: 'type' } | { readonly kind: 'muted' } | { readonly kind: 'why' } | { readonly kind: 'fixes'; readonly top: number };

/** The side panel: who, what is marked, what was read and what not. Right patient or nothing. */
export function Panel(props: PanelProps): JSX.Element {
  const { view, settings: { settings, managed }, run, newId, specialties } = props;
  const record = view.kind === 'record' ? props.opened : null;
  const words = useMemo(() => createWords(settings.locale), [settings.locale]);
  const { say } = words;
  const subject = subjectName(record);

  const startVerdicts: readonly Severity[] = settings.listUse ? severities : severities.filter((each) => each !== 'use');
  const [filter, setFilter] = useState<ProblemFilter>({ verdicts: startVerdicts, kind: 'all', text: '' });
  const [current, setCurrent] = useState<string | null>(null);
  const { parts: own, without: lacking } = profileViews[settings.profile];
  // What an auditor gives an episode is not the episode's coding: it is not said to be coded and does not leave for the encoder.
  const without = record?.audit ? [...lacking, ...notInAudit] : lacking;
  const [tabChosen, setTab] = useState<PanelPart>('problems');
  // The palette shows it to those as well whose profile does not have it; while it is in front it is a part like the others.
  const parts = tabChosen === 'learn' && !own.includes('learn') && !without.includes('learn.open') ? [...own, tabChosen] : own;
  const tab = parts.includes(tabChosen) ? tabChosen : parts[0];
  const [reached, setReached] = useState<{ readonly unit: string; readonly byKey: boolean; readonly turn: number } | null>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const [recordKeys, setRecordKeys] = useState<readonly string[]>([]);
  const [announcement, setAnnouncement] = useState('');
  const [held, setHeld] = useState(false);
  const decisions = useDecisions(subject, run, newId, held);
  const desk = useDesk({ record, key: view.kind === 'record' ? view.key : null, subject, decisions, newId, words });
  const guess = useGuess(subject, view.kind === 'no-patient' || view.kind === 'site-off', view.kind === 'record' ? view.key : null, { ...props.guess, selection: () => props.onSelection().catch(() => null) });
  const isHidden = record?.guess === 'hidden';
  const time = useTimeSpent(subject);
  const [timeHidden, setTimeHidden] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const focusNext = useRef(false);
  const lastPlace = useRef(0);
  /** The place of a contradiction that Space showed last: pressed again, it goes on to the next one. */
  const shownLast = useRef<{ readonly row: string; readonly at: number } | null>(null);
  /** Walks the words of the codes, while these are in front. */
  const stepCodes = useRef<((by: 1 | -1) => void) | null>(null);
  /** Accepts the unit that has earned one key and is marked with it; null while no unit on offer has. */
  const acceptEarned = useRef<(() => void) | null>(null);

  const cards = useMemo(() => new Map((record?.cards ?? []).map((card) => [card.rule as string, card])), [record]);
  const shown = useMemo(() => new Map((record?.documents ?? []).map((document) => [document.id as string, filteredRows(document, filter, cards, words.locale)])), [record, filter, cards, words]);
  const rows = useMemo(() => [...shown].flatMap(([id, list]) => (folded.has(id) ? [] : list)), [shown, folded]);
  const found = rows.findIndex((row) => rowName(row) === current);
  // A row that went away (muted, re-read) leaves the place to the row that took its place.
  const place = found >= 0 ? found : Math.min(lastPlace.current, rows.length - 1);
  // No command may reach a row that another tab hides.
  const row = tab === 'problems' ? rows[place] ?? null : null;
  const currentName = row ? rowName(row) : null;
  useEffect(() => { lastPlace.current = Math.max(0, place); }, [place]);

  const standing = (each: ProblemRow): RowStanding => {
    const name = rowName(each);
    if (decisions.pending.has(name)) return 'pending';
    if (decisions.unsaved.some((decision) => decision.row === name && decision.subject === subject)) return 'not-saved';
    return (decisions.settled.get(name) ?? each.state).kind;
  };

  // Another patient: nothing of the last one stays, not even a word in the filter.
  useLayoutEffect(() => {
    setCurrent(null); setFolded(new Set()); setSheet(null); setReached(null); boardRow.current = null; lastPlace.current = 0; shownLast.current = null;
    setFilter({ verdicts: startVerdicts, kind: 'all', text: '' });
  }, [subject]);
  useEffect(() => { document.documentElement.lang = settings.locale; }, [settings.locale]);

  // Heard once per record and never per mark.
  useEffect(() => {
    if (!record) { setAnnouncement(''); return; }
    setAnnouncement(record.guess === 'hidden' ? say('guess.announce') : say('announce.record', { problems: say('status.problems', { count: countProblems(record) }), read: coverageWords(record, words) }));
  }, [subject, view.kind]);
  const noticeText = decisions.notice ? noticeWords(decisions.notice, words) : '';

  /** The row of the board's own coder that had the focus last, where no row on offer has had it since. */
  const boardRow = useRef<string | null>(null);
  const onFocusIn = (event: FocusEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (name !== undefined) boardRow.current = isBoardRow(name) ? name : null;
  };
  const rowInHand = (): HTMLElement | null => [...panel.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []].find(({ dataset }) => dataset['row'] === boardRow.current)
    ?? panel.current?.querySelector<HTMLElement>('[role=option][tabindex="0"][data-row]') ?? null;
  useLayoutEffect(() => {
    if (!focusNext.current || sheet) return;
    focusNext.current = false;
    (rowInHand() ?? panel.current)?.focus();
  });
  // A list that comes late, or is drawn anew under the focus, takes the focus that waits for it on the panel; a focus that stands anywhere else stays.
  useLayoutEffect(() => {
    const at = document.activeElement;
    if (tab !== 'codes' || sheet || (at !== panel.current && at !== document.body)) return;
    rowInHand()?.focus();
  });
  const focusRow = (name: string | null): void => { focusNext.current = true; setCurrent(name); };
  const closeSheet = (): void => { focusNext.current = true; setSheet(null); };

  const show = (each: ProblemRow): void => {
    const { document: id, version, span, rule } = each.diagnostic;
    void run({ kind: 'show-finding', target: { key: each.key, document: id, version, span, rule } }).then((outcome) => {
      if (outcome.kind === 'refused') decisions.say({ kind: 'refused', reason: outcome.reason });
    }, () => undefined);
  };
  const showQuote = ({ key, document: id, version, span }: Omit<Quote, 'words'>): void => {
    void run({ kind: 'show-evidence', key, document: id, version, span }).then((outcome) => { if (outcome.kind === 'refused') decisions.say({ kind: 'refused', reason: outcome.reason }); }, () => undefined);
  };
  /** Space on a contradiction goes from place to place; on any other row it shows the one. */
  const showNext = (each: ProblemRow): void => {
    const name = rowName(each);
    const at = shownLast.current?.row === name ? (shownLast.current.at + 1) % (each.related.length + 1) : 0;
    shownLast.current = { row: name, at };
    const other = each.related[at - 1];
    if (other) showQuote(other); else show(each);
  };
  const { pointed, onHold } = props;
  const followed = useRef(0);
  const reaches = useRef(0);
  // A mark was pointed at: its row comes to hand here, and the focus stays where it is unless a key asked.
  const follow = ({ key, places }: Pointed, byKey: boolean): void => {
    if (!record) return;
    const isThere = (place: Place, one: Place): boolean => place.document === one.document && place.version === one.version && place.span.start === one.span.start && place.span.end === one.span.end;
    if (!record.documents.some((document) => isSameContext(document.key, key))) return;
    const marked = places.flatMap((place) => record.documents.flatMap((document) => document.rows.filter((each) => isThere(place, each.diagnostic) || each.related.some((one) => isThere(place, one)))))[0];
    const offered = places.flatMap((place) => record.coding?.suggestions.filter(({ suggestion: { shown: isOffered, evidence } }) => isOffered && evidence.some((one) => isThere(place, one))) ?? [])[0];
    if (offered && (tab === 'codes' || !marked)) { setTab('codes'); setReached({ unit: unitName(offered.suggestion), byKey, turn: (reaches.current += 1) }); return; }
    if (!marked) return;
    const { document, severity } = marked.diagnostic;
    setTab('problems');
    setFolded((before) => { const after = new Set(before); after.delete(document); return after; });
    setFilter((before) => (filteredRows({ ...record.documents.find((one) => one.id === document) as RecordView['documents'][number], rows: [marked] }, before, cards, words.locale).length > 0 ? before : { verdicts: [...new Set([...before.verdicts, severity])], kind: 'all', text: '' }));
    if (byKey) focusNext.current = true;
    setCurrent(rowName(marked));
  };
  useEffect(() => {
    if (!record || !pointed || followed.current === pointed.turn) return;
    followed.current = pointed.turn;
    follow(pointed.at, pointed.byKey);
  }, [pointed?.turn, record === null]);
  const labels = useMarkLabels(props.onLabels, props.labelTurn, record ? subject : '', (chosen) => {
    const { key, places: [{ document: id, version, span }] } = chosen;
    follow(chosen, true);
    showQuote({ key, document: id, version, span });
  });
  useEffect(() => { if (tab !== 'codes' || !record?.coding) onHold(tab, []); }, [tab, record]);
  useEffect(() => { panel.current?.querySelector('[role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); }, [currentName, tab]);
  const onTabKey = (event: KeyboardEvent): void => {
    const count = parts.length;
    const at = parts.indexOf(tab);
    const to: Readonly<Record<string, number>> = { ArrowRight: (at + 1) % count, ArrowLeft: (at + count - 1) % count, Home: 0, End: count - 1 };
    const next = parts[to[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    setTab(next);
    panel.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  const go = (index: number, showing: boolean): void => {
    const next = rows[index];
    if (!next) return;
    focusRow(rowName(next));
    if (showing) show(next);
  };
  const step = (by: 1 | -1): void => {
    const open = rows.filter((each) => standing(each) === 'open' || rowName(each) === currentName);
    const at = row ? open.indexOf(row) : -1;
    const next = open[(at + by + open.length) % open.length];
    if (next) go(rows.indexOf(next), true);
  };

  /** `details`: what a person said of the fault; without it what is suggested is logged. */
  const decide = (title: 'fix.log' | 'fix.dismiss' | 'fix.mute', details?: FaultDetails): void => {
    if (!row) return;
    if (title === 'fix.log' && standing(row) === 'logged') { decisions.say({ kind: 'told', words: say('log.already', { words: row.words, count: Math.max(1, row.logged) }) }); return; }
    if (title !== 'fix.mute' && standing(row) !== 'open') return;
    const command = row.fixes.find((fix) => fix.title === title)?.command;
    if (command?.kind !== 'log-finding' && command?.kind !== 'dismiss-finding' && command?.kind !== 'mute-rule') return;
    const what = command.kind === 'log-finding' ? 'logged' : command.kind === 'dismiss-finding' ? 'dismissed' : 'muted';
    const next = rows[place + 1] ?? rows[place - 1];
    void decisions.send({ command: { ...command, id: newId(), ...(details && command.kind === 'log-finding' ? { details } : {}) }, what, words: what === 'muted' ? cards.get(row.diagnostic.rule)?.term ?? row.words : row.words, row: rowName(row), subject });
    focusRow(next ? rowName(next) : rowName(row));
  };
  const copy = (wording: string): void => {
    void props.onCopy(wording).then((copied) => decisions.say(copied ? { kind: 'copied', wording } : { kind: 'not-copied' }), () => decisions.say({ kind: 'not-copied' }));
  };
  const card = row ? cards.get(row.diagnostic.rule) : undefined;
  const instead = card ? inLocale(card.text, words.locale).instead : [];
  const logUnreadable = (): void => {
    if (!record || view.kind !== 'record') return;
    for (const { kind, count } of gapsByKind(record.gaps)) {
      void decisions.send({ command: { kind: 'log-unreadable', id: newId(), key: view.key, gap: kind, count }, what: 'unreadable', words: say('fault.unreadable-document'), row: null, subject });
    }
  };
  /** Words that are selected in the note name the document; they come when the page has answered, and go nowhere. */
  const openFault = (): void => {
    const selection = props.onSelection().catch(() => null);
    setSheet({ kind: 'fault', selection, selected: null });
    void selection.then((selected) => setSheet((now) => (now?.kind === 'fault' && now.selection === selection ? { ...now, selected } : now)));
  };
  const logFault = (details: FaultDetails, about: FaultyDocument): void => {
    if (!record || view.kind !== 'record') return;
    const key = about.kind === 'here' ? record.documents.find(({ id }) => id === about.document)?.key ?? view.key : view.key;
    void decisions.send({ command: { kind: 'log-fault', id: newId(), key, about, details }, what: 'fault', words: say(`fault.${details.category}`), row: null, subject });
  };
  /** The row that came back is in hand again: a problem, a code on offer, or a unit of the episode, each where it stands. */
  const undo = (back: 'undo' | 'redo'): void => { void decisions[back]().then((name) => {
    if (name === null) return;
    if (name.includes('|')) { setTab('problems'); focusRow(name); return; }
    if (isBoardRow(name)) { boardRow.current = name; focusNext.current = true; setTab((before) => (before === 'episode' ? before : 'codes')); return; }
    const isOffered = /^(?:ICD-10|OPCS-4) /.test(name);
    setTab((before) => (isOffered ? before === 'episode' ? before : 'codes' : 'episode'));
    setReached({ unit: name, byKey: true, turn: (reaches.current += 1) });
  }); };
  const offers: Desk = { ...desk, edit: (unit) => setSheet({ kind: 'edit', unit }), reject: (unit, then) => setSheet({ kind: 'reject', unit, then }) };
  const turnTo = (by: 1 | -1): void => { focusNext.current = true; setTab((before) => parts[(parts.indexOf(before) + by + parts.length) % parts.length] ?? before); };
  const wordsFor = ({ quotes: [quote] }: Proposed): string => quote?.words ?? '';
  /** The words that are selected in the note are what the code is for; without them it is looked for by itself. The search does not wait for them: what is typed at once is typed into it. */
  const add = (): void => {
    const selection = props.onSelection().catch(() => null);
    setSheet({ kind: 'add', selection, selected: 'asked' });
    void selection.then((selected) => setSheet((now) => (now?.kind === 'add' && now.selection === selection ? { ...now, selected } : now)));
  };
  const begun = useRef(0);
  const { chosen } = props;
  useEffect(() => {
    if (!record || !chosen || begun.current === chosen.turn) return;
    begun.current = chosen.turn;
    const { words: bound } = chosen;
    if (!bound) { decisions.say({ kind: 'told', words: say('choose.notRead') }); return; }
    // Only while the words are those of the record on screen: it may have changed since the menu was opened.
    const selected = record.documents.flatMap(({ key }) => present(bound, key) ?? [])[0];
    if (selected) setSheet({ kind: 'add', selection: Promise.resolve(selected), selected }); else decisions.say({ kind: 'refused', reason: 'context-changed' });
  }, [chosen?.turn, record === null]);
  const toggle = (verdict: Severity): void => setFilter((before) => ({ ...before, verdicts: before.verdicts.includes(verdict) ? before.verdicts.filter((other) => other !== verdict) : [...before.verdicts, verdict] }));
  const clearFilter = (): void => setFilter({ verdicts: severities, kind: 'all', text: '' });

  const hasFix = (title: string): boolean => row?.fixes.some((fix) => fix.title === title) ?? false;
  const isOpen = row !== null && standing(row) === 'open';
  const situation: Situation = {
    record: record !== null, row: row !== null, codes: tab === 'codes' && record !== null && record.coding !== null,
    // Asked when a key or the palette asks: what one key would accept is known to the list alone, which also folds.
    get earned() { return acceptEarned.current !== null; },
    episode: tab === 'episode' && record !== null && record.coded !== null, finishable: record !== null && record.coded !== null && record.coded.coded === null && record.coding !== null && record.checks.every(({ severity }) => severity !== 'error'),
    auditable: record?.audit !== undefined && record.coded !== null && record.coded.diagnoses.length + record.coded.procedures.length > 0,
    loggable: isOpen && hasFix('fix.log'), logged: row !== null && standing(row) === 'logged', askable: hasFix('fix.log'), dismissable: isOpen && hasFix('fix.dismiss'), copyable: instead.length > 0,
    undoable: decisions.canUndo, redoable: decisions.canRedo, unreadable: record !== null && record.gaps.length > 0, muted: (record?.muted.length ?? 0) > 0,
    filtered: filter.text !== '' || filter.kind !== 'all' || filter.verdicts.length < severities.length, singleKeys: settings.singleKeys, without,
    letters: record !== null && record.gaps.some((gap) => gap.kind === 'plugin'), page: view.kind === 'record' || view.kind === 'no-patient',
    untaught: view.kind === 'no-patient' && view.subject.kind === 'unknown' && view.subject.reason === 'no-adapter',
  };

  /** Words of the row in hand; those selected in the note come when the page has answered. */
  const openPalette = (codes: boolean): void => {
    const own = row ? [row.words] : [];
    setSheet({ kind: 'palette', codes, offered: own });
    void props.onSelection().then((selected) => { if (selected !== null) setSheet((now) => (now?.kind === 'palette' ? { ...now, offered: [...new Set([selected.words, ...own])] } : now)); }, () => undefined);
  };
  /** Codes that may leave, with how far they are coded; null, and said, where nothing is accepted. */
  const leaving = record?.coded && codesInOrder(record.coded).length > 0 ? { coded: record.coded, depth: record.coded.depth ?? record.depth } : null;
  const errors = record?.checks.filter(({ severity }) => severity === 'error').length ?? 0;
  const sendOut = (way: OutletWay): void => {
    const tell = (said: string): void => decisions.say({ kind: 'told', words: said });
    if (!leaving) { tell(say('outlet.nothing')); return; }
    const count = codesInOrder(leaving.coded).length;
    switch (way) {
      case 'type': return setSheet({ kind: 'type' });
      case 'csv': case 'fhir': { const where = props.outlet.save(way, leaving); tell(where !== null ? say('export.stopped', { where }) : say(way === 'csv' ? 'outlet.savedCsv' : 'outlet.savedFhir', { count })); return; }
      case 'copy': {
        const codes = codesInOrder(leaving.coded).map(({ code }) => (settings.encoder.dotted ? writtenCode(code) : code)).join(' ');
        void props.onCopy(props.outlet.text(leaving, settings.encoder)).then((copied) => { if (copied) tell(say('outlet.copied', { count, codes })); else decisions.say({ kind: 'not-copied' }); }, () => decisions.say({ kind: 'not-copied' }));
        return;
      }
      default: return unreachable(way);
    }
  };
  const act = (id: PanelCommandId): void => {
    props.onCommand(id);
    switch (id) {
      case 'problem.next': return tab === 'codes' ? stepCodes.current?.(1) : step(1);
      case 'problem.previous': return tab === 'codes' ? stepCodes.current?.(-1) : step(-1);
      case 'row.down': return go(place + 1, false);
      case 'row.up': return go(place - 1, false);
      case 'row.show': { if (row) showNext(row); return; }
      case 'row.log': return decide('fix.log');
      case 'row.logDetails': { if (row && situation.loggable) setSheet({ kind: 'details', row }); return; }
      case 'record.fault': { if (record) openFault(); return; }
      case 'row.dismiss': return decide('fix.dismiss');
      case 'row.mute': return decide('fix.mute');
      case 'row.copy': { if (instead[0] !== undefined) copy(instead[0]); return; }
      case 'row.why': { if (card) setSheet({ kind: 'why' }); return; }
      case 'row.query': { if (row && situation.askable) setSheet({ kind: 'query', id: newId(), row }); return; }
      case 'record.query': { if (record) setSheet({ kind: 'query', id: newId(), row: null }); return; }
      case 'row.fixes': {
        const at = panel.current?.querySelector('[role=option][aria-selected=true]')?.getBoundingClientRect();
        return setSheet({ kind: 'fixes', top: Math.max(8, Math.min((at?.bottom ?? 80) + 2, window.innerHeight - 320)) });
      }
      // Rows of codes answer these themselves.
      case 'code.accept': case 'code.edit': case 'code.reject': case 'code.undo': case 'unit.up': case 'unit.down': case 'unit.remove': return;
      case 'code.oneKey': { acceptEarned.current?.(); return; }
      case 'code.add': return add();
      case 'episode.finish': return desk.finish();
      case 'audit.take': return desk.takeAudit();
      case 'learn.open': { setTab('learn'); return; }
      case 'learn.page': return props.onLearn();
      case 'start.open': return props.onFirstSteps();
      case 'tab.next': return turnTo(1);
      case 'tab.previous': return turnTo(-1);
      case 'palette.open': return openPalette(false);
      case 'codes.search': return openPalette(true);
      case 'keys.open': {
        setSheet({ kind: 'keys' });
        void props.onRecordKeys().then(setRecordKeys, () => undefined);
        return;
      }
      case 'outlet.open': return setSheet({ kind: 'outlet' });
      case 'outlet.copy': return sendOut('copy');
      case 'outlet.type': return sendOut('type');
      case 'outlet.csv': return sendOut('csv');
      case 'outlet.fhir': return sendOut('fhir');
      case 'muted.open': return setSheet({ kind: 'muted' });
      case 'filter.focus': { focusNext.current = false; find.current?.focus(); return; }
      case 'filter.clear': return clearFilter();
      case 'filter.avoid': return toggle('avoid');
      case 'filter.caution': return toggle('caution');
      case 'filter.use': return toggle('use');
      case 'decision.undo': return undo('undo');
      case 'decision.redo': return undo('redo');
      case 'page.focus': case 'panel.toggle': return props.onPage();
      case 'marks.toggle': return props.onToggleMarks();
      case 'marks.label': return labels.begin();
      case 'locale.switch': return props.onLocale(otherLocale(settings.locale));
      case 'unreadable.log': return logUnreadable();
      case 'record.read': return props.onReadAgain();
      case 'letters.open': return props.onOpenLetters();
      case 'picker.open': return props.onTeach();
      case 'record.readAny': return props.onReadAnyPage();
      case 'keys.off': return props.onSingleKeys(false);
      case 'keys.on': return props.onSingleKeys(true);
      case 'options.open': return props.onOptions();
      case 'dashboard.open': return props.onDashboard();
      default: return unreachable(id);
    }
  };
  // Before any list hears it: a letter that names a mark is no command.
  const onKeyDownCapture = (event: KeyboardEvent): void => { if (!sheet && !event.isComposing && labels.hear(event)) { event.preventDefault(); event.stopPropagation(); } };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (sheet || event.defaultPrevented || event.isComposing) return;
    const target = event.target as Element;
    const where = target.matches('[data-row]') ? 'list' : target.matches('input, textarea, select') ? 'text' : 'panel';
    if (where === 'text' && (event.key === 'Escape' || (event.key === 'ArrowDown' && target.matches('input')) || (event.key === 'Enter' && target.matches('input')))) { event.preventDefault(); focusRow(currentName); return; }
    const enter = event.key === 'Enter' && where === 'list' && !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey;
    const command = enter ? null : commandFor(event, where, situation, settings.keys);
    if (!enter && !command) return;
    event.preventDefault();
    // A key is answered before the next one is heard: `Ctrl K` then `l` must write an l, never log the row.
    const { debounceRendering } = options;
    options.debounceRendering = (draw) => draw();
    try { act(command?.id ?? 'row.show'); } finally { if (debounceRendering) options.debounceRendering = debounceRendering; else delete options.debounceRendering; }
  };

  const commandNamed = (id: PanelCommandId): PanelCommand | null => panelCommands.find((candidate) => candidate.id === id) ?? null;
  const chordOf = (id: PanelCommandId): string | null => { const command = without.includes(id) ? null : commandNamed(id); return command ? keyOf(command, settings.keys) : null; };
  /** Does the command make sense on this row, and does the profile have it? No button says what a key would not do. */
  const has = (id: PanelCommandId): boolean => { const command = commandNamed(id); return command !== null && isOffered(command, situation); };
  const specialty = record ? specialtyName(record, specialties, words) : null;
  const logWords = specialty === null ? say('action.log') : say('action.logFor', { specialty: afterTo(specialty, words.locale) });
  const button = (id: PanelCommandId, text: string, go = false): JSX.Element => {
    const chord = chordOf(id);
    return <button type="button" class={go ? 'btn go' : 'btn'} onClick={() => act(id)}>{text} {chord === null ? null : <Key chord={chord} words={words} />}</button>;
  };
  const actions = (): JSX.Element => (
    <>
      {situation.loggable && has('row.log') ? button('row.log', logWords, decisions.unsaved.length === 0) : null}
      {has('row.logDetails') ? button('row.logDetails', say('action.logDetails')) : null}
      {has('row.dismiss') ? button('row.dismiss', say('action.dismiss')) : null}
      {has('row.copy') ? button('row.copy', say('action.copy')) : null}
      {has('row.fixes') ? button('row.fixes', say('detail.more')) : has('row.why') && card ? button('row.why', say('action.why')) : null}
    </>
  );
  const fixEntries = (): readonly MenuEntry[] => {
    if (!row) return [];
    const entries: MenuEntry[] = [];
    if (situation.loggable && has('row.log')) entries.push({ id: 'log', title: logWords, chord: chordOf('row.log'), act: () => decide('fix.log') }, { id: 'details', title: say('command.logDetails'), chord: chordOf('row.logDetails'), act: () => act('row.logDetails') });
    instead.forEach((wording, index) => entries.push({ id: `copy-${index}`, title: say('action.copyBetter'), more: wording, chord: index === 0 ? chordOf('row.copy') : null, act: () => copy(wording) }));
    if (has('row.dismiss')) entries.push({ id: 'dismiss', title: say('action.dismiss'), chord: chordOf('row.dismiss'), act: () => decide('fix.dismiss') });
    if (has('row.query')) entries.push({ id: 'query', title: say('command.query'), chord: chordOf('row.query'), act: () => act('row.query') });
    const mute = row.fixes.find((fix) => fix.title === 'fix.mute')?.command;
    if (mute?.kind === 'mute-rule' && has('row.mute')) entries.push({ id: 'mute', title: say('action.mute', { term: card?.term ?? row.words }), more: say('action.muteDays', { count: mute.days }), chord: chordOf('row.mute'), act: () => decide('fix.mute') });
    entries.push({ id: 'show', title: say('action.show'), chord: chordOf('row.show'), act: () => show(row) });
    for (const [at, place] of row.related.entries()) entries.push({ id: `other-${at}`, title: say('conflict.where'), more: place.words, chord: null, act: () => showQuote(place) });
    if (card) entries.push({ id: 'why', title: say('action.why'), chord: chordOf('row.why'), act: () => setSheet({ kind: 'why' }) });
    return entries;
  };

  /** Keeps the query and puts its text on the clipboard: what is kept is what a person took away. */
  const draftQuery = (id: EventId, about: ProblemRow | null, category: FaultCategory, language: QueryLanguage, text: string): void => {
    if (view.kind !== 'record') return;
    const log = about?.fixes.find((fix) => fix.title === 'fix.log')?.command;
    const named: QueryAbout = log?.kind === 'log-finding' ? { by: 'finding', target: log.target } : { by: 'episode', key: view.key, category };
    const copied = props.onCopy(text).catch(() => false);
    void decisions.send({ command: { kind: 'draft-query', id, about: named, language }, what: 'queried', words: referenceOf(id), row: null, subject }).then(async () => { if (!await copied) decisions.say({ kind: 'not-copied' }); });
  };

  const inList = (event: KeyboardEvent): PanelCommandId | null => commandFor(event, 'list', { ...situation, row: true }, settings.keys)?.id ?? null;
  const answerFact = (field: AskedField, answer: FactAnswer | null): void => {
    if (view.kind !== 'record') return;
    void run({ kind: 'answer-fact', key: view.key, field, answer }).then((outcome) => { if (outcome.kind === 'refused') decisions.say({ kind: 'refused', reason: outcome.reason }); }, () => undefined);
  };
  const auditNote = (audit: WaitingAudit, coded: RecordView['coded'], onAdd: (() => void) | null): JSX.Element => <AuditHere audit={audit} words={words} codes={coded ? codesInOrder(coded).length : 0} chord={chordOf('code.add')} onAdd={onAdd} onTake={desk.takeAudit} />;
  const badge = (of: RecordView): JSX.Element => <DepthBadge key={`depth ${subject}`} depth={of.depth} reason={of.depthReason} words={words} onChoose={desk.chooseDepth} onAnswer={answerFact} />;
  const total = record ? countVerdicts(record) : null;
  const listed = record ? countProblems(record) : 0;
  const hasList = record !== null && record.documents.some((document) => document.rows.length > 0) && (listed > 0 || filter.verdicts.includes('use'));
  const hidden = record ? record.documents.reduce((sum, document) => sum + document.rows.filter((each) => each.diagnostic.severity !== 'use').length, 0) - [...shown.values()].flat().filter((each) => each.diagnostic.severity !== 'use').length : 0;

  return (
    <main ref={panel} class={`panel ${settings.density}`} aria-label={say('app.name')} lang={settings.locale} tabIndex={-1} onFocusIn={onFocusIn} onKeyDown={onKeyDown} onKeyDownCapture={onKeyDownCapture}>
      <h1 class="vh">{say('app.name')}</h1>
      <header class="ctx">
        <Glyph name={view.kind === 'site-off' ? 'lock' : view.kind === 'no-patient' && view.subject.kind === 'two' ? 'people' : 'person'} />
        <div class="t"><Who view={view} record={record} words={words} specialties={specialties} /></div>
        <LocaleSwitch words={words} onLocale={props.onLocale} fixed={managed.includes('locale')} />
      </header>
      <div class="tabs" role="tablist" aria-label={say('tabs.label')} onKeyDown={onTabKey}>
        {parts.map((name) => (
          <button key={name} id={`tab-${name}`} type="button" role="tab" class="tab" aria-selected={tab === name} aria-controls="tabpanel" tabIndex={tab === name ? 0 : -1} onClick={() => setTab(name)}>
            {say(`tabs.${name}`)}{record && name !== 'learn' && (name === 'episode' || !isHidden) && (name === 'problems' || (record.coding && !(name === 'codes' && (record.blind === 'hidden' || record.audit)))) ? <span class="n">{countIn(name, record, listed)}</span> : null}
          </button>
        ))}
      </div>
      {decisions.unsaved.map((decision, index) => (
        <Unsaved key={decision.command.id} decision={decision} isHere={decision.subject === subject} words={words} main={index === 0} onRetry={() => void decisions.retry(decision)} onSave={() => { const where = props.onSaveDecision(decision.command); if (where !== null) decisions.say({ kind: 'told', words: say('export.stopped', { where }) }); }} />
      ))}
      {record && hasList && total && tab === 'problems' ? (
        <div class="bar">
          <div class="chips" role="group" aria-label={say('filter.verdicts')}>
            {chips.filter((each) => each !== 'conflict' || total.conflict > 0).map((verdict) => (
              <button key={verdict} type="button" class="chip" aria-pressed={filter.verdicts.includes(verdict)} onClick={() => toggle(verdict)}>
                <VerdictShape verdict={verdict} /><span class={`m m-${verdict}`}>{say(`verdict.${verdict}`)}</span> {total[verdict]}
              </button>
            ))}
          </div>
          <select class="find" aria-label={say('filter.kind')} value={filter.kind} onChange={(event) => { const kind = event.currentTarget.value as TermKind | 'all'; setFilter((before) => ({ ...before, kind })); }}>
            {(['all', ...termKinds] as const).map((kind) => <option key={kind} value={kind}>{say(`kind.${kind}`)}</option>)}
          </select>
          <input ref={find} class="find" type="text" aria-label={say('filter.label')} placeholder={say('filter.hint', { key: chordOf('filter.focus') ?? '' })} value={filter.text} autocomplete="off" spellcheck={false}
            onInput={(event) => { const text = event.currentTarget.value; setFilter((before) => ({ ...before, text })); }} />
        </div>
      ) : null}
      <LabelLine mode={labels} words={words} />
      <div class="scroll" id="tabpanel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'learn' ? <LearnPart words={words} state={record?.guess ?? null} guessFirst={settings.profile === 'trainee' ? settings.guessFirst : null} guessFixed={managed.includes('guessFirst')} isBlind={record?.blind === 'hidden'} guess={guess} specialties={specialties} onLearning={props.onLearning} onGuessFirst={props.onGuessFirst} onOpen={props.onLearn} />
          : view.kind !== 'record' ? <TabState view={view} words={words} onReadAgain={props.onReadAgain} onReadAnyPage={props.onReadAnyPage} onTeach={props.onTeach} onAllowSite={props.onAllowSite} />
          : !record ? <TabState view={{ kind: 'reading' }} words={words} onReadAgain={props.onReadAgain} onReadAnyPage={props.onReadAnyPage} onTeach={props.onTeach} onAllowSite={props.onAllowSite} />
            : tab === 'episode' ? <><PageChanged missing={record.missing} words={words} />{record.coding && record.coded ? <EpisodeView key={subject} record={record} coded={record.coded} specialties={specialties} words={words} desk={desk} commandOf={inList} chordOf={chordOf} badge={record.audit ? null : badge(record)} {...(record.audit ? { auditing: auditNote(record.audit, record.coded, null) } : {})} outlet={record.audit ? null : <div class="note"><h2 class="outlethead">{say('outlet.title')}</h2><Outlet coded={record.coded} errors={errors} isNext={record.coded.coded !== null} format={settings.encoder} words={words} chordOf={chordOf} onFormat={props.outlet.remember} onWay={sendOut} /></div>} reached={reached} onAdd={add} time={<TimeHere time={time} subject={subject} words={words} hidden={timeHidden} onHide={setTimeHidden} />} /> : <p class="note">{say('episode.opening')}</p>}</>
            : isHidden ? <><PageChanged missing={record.missing} words={words} /><GuessHidden words={words} onGuess={() => { setTab('learn'); focusNext.current = true; }} /></>
            : tab === 'codes' ? <><PageChanged missing={record.missing} words={words} />{record.coding ? <EditionsLine editions={record.coding.editions} words={words} onOptions={props.onOptions} /> : null}{record.audit ? auditNote(record.audit, record.coded, add) : record.coding && record.blind === 'hidden' ? <>{badge(record)}<BlindHidden words={words} chord={chordOf('code.add')} onAdd={add} /></> : record.coding ? <>{badge(record)}{record.blind ? <BlindShown words={words} /> : null}<CodesList key={subject} record={record} coding={record.coding} depth={record.depth} words={words} specialties={specialties} commandOf={inList} chordOf={chordOf} onShow={showQuote} reached={reached} onHold={(places) => onHold('codes', places)} stepper={stepCodes} earner={acceptEarned} desk={offers} onAdd={add} /></> : <p class="note">{say('codes.opening')}</p>}{props.belowCodes?.({ desk: offers, onShow: showQuote }) ?? null}</> : (
              <>
                <PageChanged missing={record.missing} words={words} />
                {listed === 0 && !filter.verdicts.includes('use') ? <><EmptyState record={record} words={words} onLogUnreadable={without.includes('unreadable.log') ? null : logUnreadable} onOpenLetters={props.onOpenLetters} />{(total?.use ?? 0) > 0 ? <p class="note"><button type="button" class="link" onClick={() => toggle('use')}>{say('command.use')}</button></p> : null}</> : null}
                {record.documents.length > 0 ? <ProblemList record={record} words={words} cards={cards} shown={shown} current={currentName} standing={standing} folded={folded} actions={actions} onOpenLetters={props.onOpenLetters}
                  onFold={(id) => setFolded((before) => { const after = new Set(before); if (!after.delete(id)) after.add(id); return after; })}
                  onShowQuote={showQuote} onSelect={(each) => { focusRow(rowName(each)); show(each); }} /> : null}
                {hidden > 0 ? <p class="note">{say('filter.hides', { count: hidden })}. <button type="button" class="link" onClick={clearFilter}>{say('filter.clear')}</button></p> : null}
                {record.muted.length > 0 ? <p class="note"><button type="button" class="link" onClick={() => act('muted.open')}>{say('muted.count', { count: record.muted.length })}</button></p> : null}
              </>
            )}
      </div>
      {decisions.toast && noticeText !== '' ? (
        <div class="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocusIn={() => setHeld(true)} onFocusOut={() => setHeld(false)}>
          <span class="sp">{noticeText}</span>
          {decisions.notice?.kind === 'decided' && decisions.notice.decision.what !== 'undone' && decisions.canUndo ? <button type="button" class="link" onClick={() => undo('undo')}>{say('action.undo')} <kbd>{showChord('Ctrl+Z', '')}</kbd></button> : null}
          {decisions.notice?.kind === 'decided' && decisions.notice.decision.what === 'undone' && decisions.canRedo ? <button type="button" class="link" onClick={() => undo('redo')}>{say('action.redo')} <kbd>{showChord('Ctrl+Shift+Z', '')}</kbd></button> : null}
        </div>
      ) : null}
      {settings.profileAsked || managed.includes('profile') ? null : <ProfileQuestion profile={settings.profile} words={words} onProfile={(profile) => { props.onProfile(profile); panel.current?.focus(); }} />}
      {settings.profileAsked && props.firstSteps ? (
        <p class="firststeps"><span class="sp">{say('start.line', { done: props.firstSteps.done, count: props.firstSteps.of })}</span> <button type="button" class="link" onClick={props.onFirstSteps}>{say('start.continue')}</button> <button type="button" class="link" onClick={() => { props.onStepsAway(); panel.current?.focus(); }}>{say('start.away')}</button></p>
      ) : null}
      <footer class="status">
        <span class="warn sp">
          {decisions.unsaved.length > 0 ? <Glyph name="important" /> : record && !isWhollyRead(record) ? <Glyph name="unreadable" /> : null}
          <span>{decisions.unsaved.length > 0 ? `${say('notSaved.count', { count: decisions.unsaved.length })}; ` : ''}{statusWords(view, record, words)}</span>
        </span>
        {!decisions.toast && decisions.canUndo ? <button type="button" class="link" onClick={() => undo('undo')}>{say('action.undo')} <kbd>{showChord('Ctrl+Z', '')}</kbd></button> : null}
        <button type="button" class="keybutton" aria-label={`${say('command.palette')} Ctrl K`} onClick={() => act('palette.open')}><kbd>Ctrl K</kbd></button>
      </footer>
      <div class="vh" role="status">{announcement}</div>
      <div class="vh" role="status">{noticeText}</div>
      {decisions.unsaved.length > 0 ? <div class="vh" role="alert">{unsavedWords(decisions.unsaved[0], subject, words)}</div> : null}
      {sheet?.kind === 'palette' ? <Palette words={words} situation={situation} keys={settings.keys} documents={(record?.documents ?? []).map((document) => ({ id: document.id, title: documentTitle(document, words) }))} onCommand={act}
        onDocument={(id) => { const first = shown.get(id)?.[0]; if (first) focusRow(rowName(first)); }}
        startsWithCodes={sheet.codes} offered={sheet.offered} search={props.onSearch} onCode={(hit, { editions }) => setSheet({ kind: 'code', hit, editions })} onClose={closeSheet} /> : null}
      {sheet?.kind === 'code' ? (
        <Sheet key="code" label={writtenCode(sheet.hit.entry.code)} onClose={closeSheet}>
          <div class="pad"><CodeCard hit={sheet.hit} editions={sheet.editions} words={words} />
            <div class="acts">{record?.coding ? <button type="button" class="btn go" data-first onClick={() => { desk.choose({ kind: 'add', evidence: null }, sheet.hit); closeSheet(); }}>{say('desk.into')}</button> : null}<button type="button" class="btn" {...(record?.coding ? {} : { 'data-first': true })} onClick={() => { copy(writtenCode(sheet.hit.entry.code)); closeSheet(); }}>{say('codecard.copy')}</button><button type="button" class="btn" onClick={closeSheet}>{say('action.close')} <kbd>Esc</kbd></button></div></div>
        </Sheet>
      ) : null}
      {sheet?.kind === 'edit' ? <ChooseSheet words={words} search={props.onSearch} start={wordsFor(sheet.unit)} isProof replacing={{ system: sheet.unit.system, codes: sheet.unit.codes }} onChoose={(hit, at) => desk.choose({ kind: 'edit', unit: sheet.unit, at }, hit)} onClose={closeSheet} /> : null}
      {sheet?.kind === 'add' ? <ChooseSheet words={words} search={props.onSearch} start={sheet.selected === 'asked' ? '' : sheet.selected?.words ?? ''} isProof={sheet.selected === 'asked' ? null : (sheet.selected?.place ?? null) !== null} replacing={null} onChoose={(hit) => { void sheet.selection.then((selected) => desk.choose({ kind: 'add', evidence: selected?.place ?? null }, hit)); }} onClose={closeSheet} /> : null}
      {sheet?.kind === 'reject' ? <FixMenu label={say('desk.why', { code: unitWords(sheet.unit.codes, words) })} words={words} top={96} onClose={closeSheet} entries={rejectionReasons.map((reason, at) => ({ id: reason, title: say(`reject.${reason}`), chord: String(at + 1), act: () => { desk.rejectFor(sheet.unit, reason); sheet.then(); } }))} /> : null}
      {sheet?.kind === 'details' || sheet?.kind === 'fault' ? <FaultFor sheet={sheet} record={record} row={row} words={words} settings={settings} onMark={(details) => decide('fix.log', details)} onFault={logFault} onClose={closeSheet} /> : null}
      {sheet?.kind === 'query' && record ? <QuerySheet id={sheet.id} words={words} onQueries={props.onQueries} specialty={record.specialty} onClose={closeSheet}
        about={sheet.row ? { category: categoryOfMark(sheet.row.diagnostic.severity, cards.get(sheet.row.diagnostic.rule)?.kind ?? null), term: cards.get(sheet.row.diagnostic.rule)?.term ?? null } : null}
        isHere={(query) => query.episode !== '' && query.episode === record.coded?.episode}
        onDraft={(category, language, text) => draftQuery(sheet.id, sheet.row, category, language, text)} /> : null}
      {sheet?.kind === 'keys' ? <KeysSheet words={words} without={without} keys={settings.keys} onKeys={managed.includes('keys') ? null : props.onKeys} recordKeys={recordKeys} pageKeyOpensPanel={props.pageKeyOpensPanel} singleKeys={settings.singleKeys} onSingleKeys={managed.includes('singleKeys') ? null : props.onSingleKeys} onClose={closeSheet} /> : null}
      {sheet?.kind === 'outlet' && record ? (
        <Sheet key="outlet" label={say('outlet.title')} onClose={closeSheet}>
          <div class="pad"><h2>{say('outlet.title')}</h2>
            <Outlet coded={record.coded} errors={errors} isNext format={settings.encoder} words={words} chordOf={chordOf} onFormat={props.outlet.remember} onWay={(way) => { closeSheet(); sendOut(way); }} />
            <div class="acts"><button type="button" class="btn" onClick={closeSheet}>{say('action.close')} <kbd>Esc</kbd></button></div></div>
        </Sheet>
      ) : null}
      {sheet?.kind === 'type' && record?.coded ? <TypeOneByOne coded={record.coded} format={settings.encoder} words={words} onClose={closeSheet} /> : null}
      {sheet?.kind === 'fixes' && row ? <FixMenu label={say('fixes.label', { words: row.words })} entries={fixEntries()} words={words} top={sheet.top} onClose={closeSheet} /> : null}
      {sheet?.kind === 'why' && card && record ? (
        <Sheet label={say('why.title', { term: card.term })} onClose={closeSheet}>
          <div class="pad why"><h2><VerdictShape verdict={card.verdict} /> {say('why.title', { term: card.term })} <span class={`v-${card.verdict}`}>{say(`verdict.${card.verdict}`)}</span></h2><CardText card={card} edition={record.edition} words={words} sourceInFull />
            <div class="acts"><button type="button" class="btn" data-first onClick={closeSheet}>{say('action.close')} <kbd>Esc</kbd></button></div></div>
        </Sheet>
      ) : null}
      {sheet?.kind === 'muted' && record ? (
        <Sheet label={say('muted.title')} onClose={closeSheet}>
          <div class="pad"><h2>{say('muted.title')}</h2>
            {record.muted.length === 0 ? <p>{say('muted.none')}</p> : <ul class="mutedlist">{record.muted.map((muted) => {
              const term = cards.get(muted.rule)?.term ?? muted.rule;
              return <li key={muted.event}><span class="sp"><b>{term}</b> <span class="small">{say('muted.until', { date: formatDate(new Date(muted.until).toISOString(), words.locale) })}</span></span>
                <button type="button" class="btn" onClick={() => { void decisions.send({ command: { kind: 'undo', id: newId(), undoes: muted.event }, what: 'undone', words: term, row: null, subject }); closeSheet(); }}>{say('action.unmute')}<span class="vh"> {term}</span></button></li>;
            })}</ul>}
            <div class="acts"><button type="button" class="btn" data-first onClick={closeSheet}>{say('action.close')} <kbd>Esc</kbd></button></div></div>
        </Sheet>
      ) : null}
    </main>
  );
}

/** The sheet of details over the record as it is now; nothing once the record or the row has gone. */
function FaultFor({ sheet, record, row, words, settings, onMark, onFault, onClose }: {
  readonly sheet: Extract<OpenSheet, { readonly kind: 'details' | 'fault' }>; readonly record: RecordView | null; readonly row: ProblemRow | null; readonly words: Words; readonly settings: EffectiveSettings['settings'];
  readonly onMark: (details: FaultDetails) => void; readonly onFault: (details: FaultDetails, about: FaultyDocument) => void; readonly onClose: () => void;
}): JSX.Element | null {
  if (!record) return null;
  const { hospitals, teams } = settings;
  const shared = { words, documents: record.documents.filter(({ channel }) => channel !== 'draft'), elsewhere: record.details, hospitals, teams, onClose };
  if (sheet.kind === 'fault') return <FaultSheet {...shared} mark={null} suggested={sheet.selected?.place?.document ?? row?.diagnostic.document ?? null} selected={sheet.selected?.words ?? null} onLog={onFault} />;
  const document = record.documents.find(({ id }) => id === sheet.row.diagnostic.document);
  if (!document || row === null || rowName(row) !== rowName(sheet.row)) return null;
  return <FaultSheet {...shared} mark={{ words: sheet.row.words, category: categoryOfMark(sheet.row.diagnostic.severity, sheet.row.diagnostic.kind), document }} suggested={null} selected={null} onLog={onMark} />;
}

/** What a tab counts: rows that call for a look, codes on offer, codes in the episode. */
function countIn(part: Exclude<PanelPart, 'learn'>, { coding, coded }: RecordView, listed: number): number {
  switch (part) {
    case 'problems': return listed;
    case 'codes': return coding?.suggestions.filter(({ suggestion }) => suggestion.shown).length ?? 0;
    case 'episode': return [...coded?.diagnoses ?? [], ...coded?.procedures ?? []].reduce((sum, { codes }) => sum + codes.length, 0);
  }
}

function Who({ view, record, words, specialties }: { readonly view: TabView; readonly record: RecordView | null; readonly words: Words; readonly specialties: readonly Specialty[] }): JSX.Element {
  const { say } = words;
  const mask = (subject: { readonly initials: string; readonly lastDigits: string }): string => say('header.maskedPatient', { initials: subject.initials, digits: subject.lastDigits });
  const two = (who: string, more: string): JSX.Element => <><div class="who">{who}</div>{more === '' ? null : <div class="ep">{more}</div>}</>;
  if (record?.subject.kind === 'known') return two(mask(record.subject.subject), episodeWords(record, specialties, words));
  switch (view.kind) {
    case 'site-off': return two(say('header.siteOff'), '');
    case 'not-running': return two(say('header.notRunning'), '');
    case 'record': case 'reading': return two(say('header.reading'), '');
    case 'no-patient': return view.subject.kind === 'two'
      ? two(say('header.twoPatients'), view.subject.subjects.map(mask).join(' · '))
      : two(say('header.noPatient'), say(`state.unknown.${view.subject.reason}.short` as WordKey));
  }
}

function LocaleSwitch({ words, onLocale, fixed }: { readonly words: Words; readonly onLocale: (locale: Locale) => void; readonly fixed: boolean }): JSX.Element {
  return (
    <div class="lang" role="group" aria-label={words.say('language.label')} {...(fixed ? { title: words.say('options.managed') } : {})}>
      <button type="button" lang="en" disabled={fixed} aria-pressed={words.locale === 'en-GB'} onClick={() => onLocale('en-GB')}>EN<span class="vh"> English</span></button>
      <button type="button" lang="cy" disabled={fixed} aria-pressed={words.locale === 'cy'} onClick={() => onLocale('cy')}>CY<span class="vh"> Cymraeg</span></button>
    </div>
  );
}

function unsavedWords(decision: UnsavedDecision | undefined, subject: string, words: Words): string {
  if (!decision) return '';
  return decision.subject === subject && decision.words !== '' ? words.say('notSaved.title', { words: decision.words }) : words.say('notSaved.titleOther');
}

function Unsaved({ decision, isHere, words, main, onRetry, onSave }: { readonly decision: UnsavedDecision; readonly isHere: boolean; readonly words: Words; readonly main: boolean; readonly onRetry: () => void; readonly onSave: () => void }): JSX.Element {
  return (
    <div class="depth"><Glyph name="important" /> <b>{unsavedWords(decision, isHere ? decision.subject : '', words)}</b>
      <span class="small block">{words.say(`notSaved.${decision.reason}`)} {words.say('notSaved.kept')}</span>
      <div class="acts"><button type="button" class={main ? 'btn go' : 'btn'} onClick={onRetry}>{words.say('action.tryAgain')}</button><button type="button" class="btn" onClick={onSave}>{words.say('action.saveFile')}</button></div>
    </div>
  );
}

function noticeWords(notice: Notice, words: Words): string {
  switch (notice.kind) {
    case 'decided': return notice.before > 0 ? words.say('log.again', { words: notice.decision.words, count: notice.before }) : decidedWords(notice.decision, words);
    case 'refused': return words.say(`refused.${notice.reason}`);
    case 'copied': return words.say('done.copied', { wording: notice.wording });
    case 'not-copied': return words.say('done.notCopied');
    case 'told': return notice.words;
  }
}

function decidedWords({ what, words: written }: Decision, words: Words): string {
  return words.say(`done.${what}`, { words: written });
}

function statusWords(view: TabView, record: RecordView | null, words: Words): string {
  const { say } = words;
  if (record) return coverageWords(record, words);
  switch (view.kind) {
    case 'site-off': return say('state.siteOff.status');
    case 'not-running': return say('state.notRunning.status');
    case 'reading': case 'record': return say('state.reading.status');
    case 'no-patient': return view.subject.kind === 'two' ? say('state.two.status') : say('status.nothingRead');
  }
}
