import { askFrame } from '../../lib/messaging/channel.js';
import { isSameContext, type ContextKey } from '../../lib/model/context.js';
import { unknownEpisode } from '../../lib/model/episode.js';
import type { RecordSnapshot, SubjectReading } from '../../lib/model/snapshot.js';
import { framesOf, mergeSubjects } from '../../lib/review/index.js';
import type { FrameRecord, TabRecords } from './tab-records.js';

/** Milliseconds that a command waits for the frames to send again; the panel asks once more after 5 s, under the same id. */
const patience = 4000;

export type TabPatient = ReturnType<typeof createTabPatient>;

/** Who a tab is about, and which of its frames' words are that patient's: unknown until every frame with a banner says the same, and asked of the page itself before anything is shown or kept. */
export function createTabPatient(tabs: TabRecords) {
  /** Commands that wait for a reading: told of each that comes. */
  const waiting = new Set<() => void>();

  const snapshotsOf = (tab: number): RecordSnapshot[] => [...tabs.frames(tab).values()].flatMap(({ snapshot }) => (snapshot ? [snapshot] : []));

  /** Which frames may be shown, in one word: when it changes the others are painted again. */
  const readableNow = (tab: number): string => { const all = snapshotsOf(tab); const subject = mergeSubjects(all); return `${subject.kind} ${framesOf(all, subject).map((one) => one.key.frame).join(' ')}`; };

  /** The readings whose words belong to the one patient that the tab is about. */
  const ownFrames = (tab: number): readonly RecordSnapshot[] => { const all = snapshotsOf(tab); return framesOf(all, mergeSubjects(all)); };

  /** The reading that the panel's view is bound to. */
  const leadOf = (own: readonly RecordSnapshot[]): RecordSnapshot | undefined => own.find((snapshot) => snapshot.top) ?? own.find((snapshot) => !snapshot.lent);

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

  /** Is this the record that the panel speaks of, and does the page show it still? */
  const isLead = async (tab: number, key: ContextKey): Promise<boolean> => { const lead = leadOf(ownFrames(tab)); return lead !== undefined && isSameContext(lead.key, key) && await confirm(key); };

  /** After the worker died its memory is empty and the readers are still there: they send again, and a hint follows. False when no reader answers. */
  const wake = async (tab: number): Promise<boolean> => (await askFrame(tab, 'every', 'page.read-again', { anyPage: false })).ok;

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

  /** The frames of a tab in the order of the page, not in that in which they happened to answer. */
  const framesInOrder = (tab: number): readonly FrameRecord[] => [...tabs.frames(tab).values()].sort((a, b) => (pathOf(a.snapshot) < pathOf(b.snapshot) ? -1 : pathOf(a.snapshot) > pathOf(b.snapshot) ? 1 : 0));
  /** A reading came: commands that wait for one look whether it is theirs. */
  const heard = (): void => { for (const look of [...waiting]) look(); };

  return { snapshotsOf, readableNow, ownFrames, leadOf, inPageOrder, framesInOrder, bannersStand, lend, confirm, stillShown, subjectOf, isLead, wake, untilRead, heard };
}
