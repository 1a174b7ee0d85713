import type { CoverageGap, RecordSnapshot, Subject, SubjectReading } from '../model/snapshot.js';

/**
 * Who the whole tab is about, from the readings of its frames. Two different patients anywhere: two.
 * A frame that cannot confirm its patient while it holds documents makes the tab unknown;
 * a frame with neither banner nor documents says nothing.
 */
export function mergeSubjects(snapshots: readonly RecordSnapshot[]): SubjectReading {
  const known = new Map<string, Subject>();
  let doubt: SubjectReading | null = null;
  for (const { subject, documents } of snapshots) {
    switch (subject.kind) {
      case 'two':
        for (const one of subject.subjects) known.set(one.fingerprint, one);
        doubt = subject;
        break;
      case 'known':
        known.set(subject.subject.fingerprint, subject.subject);
        break;
      case 'unknown':
        if (documents.length > 0 || subject.reason === 'disagree' || subject.reason === 'changed-while-reading' || subject.reason === 'no-identifier') doubt ??= subject;
        break;
    }
  }
  if (doubt?.kind === 'two' || known.size > 1) return { kind: 'two', subjects: [...known.values()] };
  if (doubt) return doubt;
  const [only] = known.values();
  if (only) return { kind: 'known', subject: only };
  return snapshots.map((snapshot) => snapshot.subject).find((subject) => subject.kind === 'unknown') ?? { kind: 'unknown', reason: 'no-banner', lastDigits: [] };
}

/** What was not read in any frame, like with like counted together where no document is named. */
export function mergeGaps(snapshots: readonly RecordSnapshot[]): readonly CoverageGap[] {
  const merged = new Map<string, CoverageGap>();
  for (const snapshot of snapshots) {
    for (const gap of snapshot.coverage.gaps) {
      const name = `${gap.kind}|${gap.document ?? ''}|${gap.title ?? ''}`;
      const before = merged.get(name);
      merged.set(name, before ? { ...before, count: before.count + gap.count } : gap);
    }
  }
  return [...merged.values()];
}
