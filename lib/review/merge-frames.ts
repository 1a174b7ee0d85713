import type { CoverageGap, PartFound, RecordSnapshot, Subject, SubjectReading } from '../model/snapshot.js';

const stands = (above: readonly number[], path: readonly number[]): boolean => above.length < path.length && above.every((place, at) => place === path[at]);

/** The readings of frames that no frame about them says it hides. Who they are about counts; whether their words may be shown, `unjudgedFrames` tells. */
function shownFrames(snapshots: readonly RecordSnapshot[]): readonly RecordSnapshot[] {
  return snapshots.filter(({ path }) => !snapshots.some((above) => stands(above.path, path) && above.hides.includes(path[above.path.length] as number)));
}

/**
 * Frames of another origin that the page about them has not yet told of: neither that it displays them nor that it does not.
 * A frame that has just come is one until that page is read again; so is all that stands in it. Where nobody reads that page, nobody can be waited for.
 */
export function unjudgedFrames(snapshots: readonly RecordSnapshot[]): readonly RecordSnapshot[] {
  const isRead = ({ subject, top, path }: RecordSnapshot): boolean => (top || path.length > 0) && !(subject.kind === 'unknown' && subject.reason === 'no-adapter');
  const own = snapshots.filter(({ path, outside }) => outside && snapshots.some((above) => {
    const place = path[above.path.length];
    return place !== undefined && isRead(above) && above.path.length === path.length - 1 && stands(above.path, path) && !above.beside.includes(place) && !above.hides.includes(place);
  }));
  return snapshots.filter((snapshot) => own.some((one) => one === snapshot || stands(one.path, snapshot.path)));
}

/** The readings of the pages about a frame. */
export function pagesAbout({ path }: RecordSnapshot, snapshots: readonly RecordSnapshot[]): readonly RecordSnapshot[] { return snapshots.filter((above) => stands(above.path, path)); }

/**
 * Who the whole tab is about, from the readings of its frames. Two different patients anywhere: two.
 * A frame whose patient is in doubt (two names, a name without a number, a change while it was read) makes the tab unknown.
 * A frame with no banner in reach says nothing of its own: it is left out until a patient is lent to it.
 */
export function mergeSubjects(given: readonly RecordSnapshot[]): SubjectReading {
  const snapshots = shownFrames(given);
  const known = new Map<string, Subject>();
  let doubt: SubjectReading | null = null;
  for (const { subject, lent } of snapshots) {
    switch (subject.kind) {
      case 'two':
        for (const one of subject.subjects) known.set(one.fingerprint, one);
        doubt = subject;
        break;
      case 'known':
        if (!lent) known.set(subject.subject.fingerprint, subject.subject);
        break;
      case 'unknown':
        if (!lent && (subject.reason === 'disagree' || subject.reason === 'changed-while-reading' || subject.reason === 'no-identifier')) doubt ??= subject;
        break;
    }
  }
  if (doubt?.kind === 'two' || known.size > 1) return { kind: 'two', subjects: [...known.values()] };
  if (doubt) return doubt;
  const [only] = known.values();
  if (only) return { kind: 'known', subject: only };
  return snapshots.map((snapshot) => snapshot.subject).find((subject) => subject.kind === 'unknown') ?? { kind: 'unknown', reason: 'no-banner', lastDigits: [] };
}

/** The readings whose words are this patient's: known to be displayed, and of the patient that the tab is about. */
export function framesOf(snapshots: readonly RecordSnapshot[], subject: SubjectReading): readonly RecordSnapshot[] {
  if (subject.kind !== 'known') return [];
  const unjudged = unjudgedFrames(snapshots);
  return shownFrames(snapshots).filter((snapshot) => !unjudged.includes(snapshot) && snapshot.subject.kind === 'known' && snapshot.subject.subject.fingerprint === subject.subject.fingerprint);
}

/** What was not read in any frame, like with like counted together where no document is named. */
export function mergeGaps(snapshots: readonly RecordSnapshot[]): readonly CoverageGap[] {
  const merged = new Map<string, CoverageGap>();
  const shown = shownFrames(snapshots);
  const subject = mergeSubjects(snapshots);
  const add = (gap: CoverageGap): void => {
    const name = `${gap.kind}|${gap.document ?? ''}|${gap.title ?? ''}`;
    const before = merged.get(name);
    merged.set(name, before ? { ...before, count: before.count + gap.count } : gap);
  };
  for (const snapshot of snapshots) {
    if (!shown.includes(snapshot)) continue;
    // Told by the page about them, whether a reader answers from them or not.
    if (snapshot.hides.length > 0) add({ kind: 'hidden-frame', count: snapshot.hides.length, title: null, document: null });
    for (const gap of snapshot.coverage.gaps) add(gap);
    for (const place of snapshot.beside) {
      const path = [...snapshot.path, place];
      if (!snapshots.some((one) => one.path.length === path.length && one.path.every((step, at) => step === path[at]))) add({ kind: 'no-permission', count: 1, title: null, document: null });
    }
  }
  // Words of a frame whose patient nobody can confirm are not shown as this patient's, and are not passed over in silence.
  if (subject.kind === 'known') {
    const own = framesOf(snapshots, subject);
    const left = shown.filter((snapshot) => !own.includes(snapshot) && snapshot.documents.length > 0).length;
    if (left > 0) add({ kind: 'unconfirmed', count: left, title: null, document: null });
  }
  return [...merged.values()];
}

/** The parts of the adapter's description that no frame of the tab has, while others are there: the page has changed, or was never so. Empty where nothing of the record is open. */
export function missingParts(snapshots: readonly RecordSnapshot[]): readonly PartFound[] {
  const merged = new Map<string, PartFound>();
  for (const { coverage } of shownFrames(snapshots)) {
    for (const one of coverage.parts) {
      const before = merged.get(one.part);
      if (!before || (one.found && !before.found) || (one.tooWide && !before.found)) merged.set(one.part, one);
    }
  }
  const has = (part: string): boolean => merged.get(part)?.found === true;
  if (!has('banner') && !has('notes')) return [];
  return [...merged.values()].filter((one) => !one.found);
}
