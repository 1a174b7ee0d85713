import { dayOf } from '../../lib/codebook/index.js';
import { bind, present, type Bound, type ContextKey } from '../../lib/model/context.js';
import type { EventId } from '../../lib/model/decision.js';
import type { BoardPart, CodingView, TabView } from '../../lib/model/review.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';
import type { Coding } from '../../lib/model/suggestion.js';
import { episodeIn, framesOf, mergeGaps, mergeSubjects, missingParts, viewBoard, viewCoding, viewRecord, type PlacedDocument } from '../../lib/review/index.js';
import type { Connection } from './connection.js';
import { isAllowed } from './sites.js';
import type { TabAudit } from './tab-audit.js';
import { noCodes, type CodedNow, type TabCodes } from './tab-codes.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import type { TabRecords } from './tab-records.js';
import type { TabSequence } from './tab-sequence.js';
import { today, type World } from './world.js';

/** The name of the event that a command on offer will be, until a person gives it. */
const placeholder = '00000000-0000-4000-8000-000000000000' as EventId;

/** What the panel shows of a tab: the record of its one patient bound to what it was read from, or why there is none. */
export function createPanelView(tabs: TabRecords, patient: TabPatient, { specialtyOf, decisionsFor, detailsOf }: TabEpisode, { auditIn }: TabAudit, codes: TabCodes, { codedIn, namesIn, sequenceOf }: TabSequence, connection: Connection | null): (it: World, tab: number) => Promise<TabView> {
  const { snapshotsOf, subjectOf, stillShown, framesInOrder, leadOf, wake } = patient;
  const { conflictsOf, shownCoding, blindIn, guessIn } = codes;

  const placed = (own: readonly RecordSnapshot[]): readonly PlacedDocument[] => own.flatMap((snapshot) => snapshot.documents.map((document) => ({ document, snapshot })));

  const codingView = (coded: CodedNow | null, own: readonly RecordSnapshot[]): CodingView | null => coded && viewCoding(coded.coding, coded.editions, placed(own), coded.titleOf);

  /** The board's own coder beside ours, where the package was built for one; never waited for. */
  const boardView = (it: World, tab: number, key: ContextKey, own: readonly RecordSnapshot[], coding: Coding): Bound<BoardPart> | null => {
    const books = codes.books();
    if (!connection || !books) return null;
    const list = books.shelf.on(dayOf(episodeIn(own), today()));
    const specialty = specialtyOf(it, tab);
    const documents = own.flatMap((snapshot) => snapshot.documents);
    const subjects = own.flatMap(({ subject }) => (subject.kind === 'known' ? [subject.subject] : []));
    const locale = it.effective.settings.locale;
    // Not by the language of the interface: a person who changes it sends no note once more.
    const content = JSON.stringify([key.subject, own.map((one) => one.key.note), documents.map(({ id, version }) => [id, version]), specialty, list.day]);
    const bound = connection.view(it.effective.settings, key, content, () => ({
      language: locale, specialty: specialty === 'unknown' ? null : specialty, codes: list, documents: documents.map(({ id, version, language, text }) => ({ document: id, version, language, text })),
      known: { identifiers: [...subjects.map(({ identifier }) => identifier), ...own.flatMap(({ episode }) => episode.number ?? [])], names: [...subjects.flatMap(({ name }) => name ?? []), ...own.flatMap(({ episode }) => episode.consultant ?? [])] },
    }));
    const seen = bound && present(bound, key);
    const nameOf = namesIn(books, list, coding);
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
    const frames = framesInOrder(tab);
    const snapshots = snapshotsOf(tab);
    const own = framesOf(snapshots, mergeSubjects(snapshots));
    const lead = leadOf(own);
    if (!lead) return { kind: 'reading' };
    const guess = guessIn(it, tab);
    const shown = frames.flatMap((frame) => (frame.snapshot && own.includes(frame.snapshot) ? [{ snapshot: frame.snapshot, diagnostics: guess === 'hidden' ? [] : frame.diagnostics }] : []));
    const silent = frames.filter(({ snapshot }) => snapshot === null).length;
    const offered = shownCoding(it, tab);
    const blind = blindIn(it, tab);
    const made = viewRecord({ frames: shown, gaps: mergeGaps(snapshots), missing: missingParts(snapshots), silentFrames: silent, subject, rules: it.rules, specialty: specialtyOf(it, tab), edition: it.rulebook.edition, conflicts: guess === 'hidden' ? [] : conflictsOf(it, tab), coding: codingView(offered, own), ...sequenceOf(it, tab, codedIn(it, own), offered?.coding ?? null), decisions: decisionsFor(it), detailsOf: (document) => detailsOf(it, tab, document), placeholder });
    const audit = auditIn(it, tab);
    const board = blind === 'hidden' || guess === 'hidden' || audit ? null : boardView(it, tab, lead.key, own, offered?.coding ?? noCodes);
    return { kind: 'record', key: lead.key, record: bind(lead.key, { ...made, ...(blind ? { blind } : {}), ...(guess ? { guess } : {}), ...(audit ? { audit } : {}) }), ...(board ? { board } : {}) };
  };

  return view;
}
