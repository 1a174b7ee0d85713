import type { RecordView, ProblemRow, ReviewedDocument } from '../../lib/model/review.js';
import type { CoverageGap, CoverageGapKind } from '../../lib/model/snapshot.js';
import type { Specialty } from '../../lib/model/episode.js';
import { inLocale } from '../../lib/model/language.js';
import type { RuleCard } from '../../lib/model/review.js';
import type { Severity, TermKind } from '../../lib/model/rulebook.js';
import { formatDate, nameIn } from '../words.js';
import type { WordKey, Words } from '../words.js';

/** What of the list is wanted. */
export interface ProblemFilter {
  readonly verdicts: readonly Severity[];
  readonly kind: TermKind | 'all';
  readonly text: string;
}

/** Names one row as long as its document keeps its text. */
export function rowName(row: ProblemRow): string {
  const { document, version, span, rule } = row.diagnostic;
  return `${row.key.frame}|${document}|${version}|${span.start}-${span.end}|${rule}`;
}

/** Names whom and which episode a view speaks of, so that nothing of one is shown over another. */
export function subjectName(record: RecordView | null): string {
  return record?.subject.kind === 'known' ? `${record.subject.subject.fingerprint}|${record.documents[0]?.key.episode ?? ''}` : '';
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The rows that a filter leaves, in the order of the note. Text is sought in the words as written and in the rule's own words. */
export function filteredRows(document: ReviewedDocument, filter: ProblemFilter, cards: ReadonlyMap<string, RuleCard>, locale: Words['locale']): readonly ProblemRow[] {
  const sought = plain(filter.text.trim());
  return document.rows.filter((row) => {
    const { severity, kind, rule } = row.diagnostic;
    if (!filter.verdicts.includes(severity) || (filter.kind !== 'all' && filter.kind !== kind)) return false;
    if (sought === '') return true;
    const card = cards.get(rule);
    return plain(`${row.words} ${card?.term ?? ''} ${card ? inLocale(card.text, locale).short : ''} ${rule}`).includes(sought);
  });
}

/** How many rows of each severity the record holds. */
export function countVerdicts(record: RecordView): Readonly<Record<Severity, number>> {
  const counts = { conflict: 0, avoid: 0, caution: 0, use: 0 };
  for (const document of record.documents) for (const row of document.rows) counts[row.diagnostic.severity] += 1;
  return counts;
}

/** How many rows call for a look: all but those of terms well used. */
export function countProblems(record: RecordView): number {
  const { conflict, avoid, caution } = countVerdicts(record);
  return conflict + avoid + caution;
}

/** Title of a document with its day, inside a sentence: `Neurology clinic letter, 3 Nov`. */
export function datedTitle(document: Pick<ReviewedDocument, 'title' | 'kind' | 'date'>, words: Words): string {
  const title = documentTitle(document, words);
  return document.date === null ? title : words.say('codes.dated', { title, date: formatDate(document.date, words.locale, 'without-year') });
}

/** About five words beside a side that another place contradicts. */
export function conflictWords(row: ProblemRow, record: RecordView, words: Words): string {
  const [other] = row.related;
  if (!other) return '';
  if (other.document === row.diagnostic.document) return words.say(`conflict.within.${other.side}`);
  const document = record.documents.find((one) => one.id === other.document);
  return words.say(other.side === 'left' ? 'conflict.right.left' : 'conflict.left.right', { document: document ? datedTitle(document, words) : '' });
}

const wholeDocuments: readonly CoverageGapKind[] = ['plugin', 'canvas', 'image'];

/** Gaps that stand for whole documents that could not be read at all. */
export function unreadDocuments(record: RecordView): readonly CoverageGap[] {
  const read = new Set(record.documents.map((document) => document.id));
  return record.gaps.filter((gap) => wholeDocuments.includes(gap.kind) && (gap.document === null || !read.has(gap.document)));
}

/** Documents read, and all that the page shows of which Nodi knows. */
export function countDocuments(record: RecordView): { readonly read: number; readonly total: number } {
  const unread = unreadDocuments(record).reduce((sum, gap) => sum + gap.count, 0);
  return { read: record.documents.length, total: record.documents.length + unread };
}

/** One gap as a sentence part: `1 scan not readable`. */
export function gapWords(gap: Pick<CoverageGap, 'kind' | 'count'>, words: Words): string {
  return words.say(`gap.${gap.kind}` as WordKey, { count: gap.count });
}

/** The gaps of a record added up by kind, in order of first mention. */
export function gapsByKind(gaps: readonly CoverageGap[]): readonly { readonly kind: CoverageGapKind; readonly count: number }[] {
  const sums = new Map<CoverageGapKind, number>();
  for (const gap of gaps) sums.set(gap.kind, (sums.get(gap.kind) ?? 0) + gap.count);
  return [...sums].map(([kind, count]) => ({ kind, count }));
}

/** What was read and what was not: never “nothing found” for text that was not read. */
export function coverageWords(record: RecordView, words: Words): string {
  const { read, total } = countDocuments(record);
  const parts = [words.say('status.read', { read, count: total }), ...gapsByKind(record.gaps).map((gap) => gapWords(gap, words))];
  if (record.frames.silent > 0) parts.push(words.say('status.silentFrames', { count: record.frames.silent }));
  return parts.join('; ');
}

/** Was everything that Nodi knows of read to its end? */
export function isWhollyRead(record: RecordView): boolean {
  return record.gaps.length === 0 && record.frames.silent === 0;
}

/** Title of a document as its group shows it: the page's own, else the name of its kind. */
export function documentTitle(document: Pick<ReviewedDocument, 'title' | 'kind'>, words: Words): string {
  return document.title.trim() === '' ? words.say(`document.${document.kind}` as WordKey) : document.title;
}

/** The specialty's name in the language shown, or null where it is unknown. */
export function specialtyName(record: RecordView, specialties: readonly Specialty[], words: Words): string | null {
  return nameIn(specialties, record.specialty, words);
}

/** The episode on one line: specialty, class, dates; only what the page shows. */
export function episodeWords(record: RecordView, specialties: readonly Specialty[], words: Words): string {
  const { episode } = record;
  const parts: string[] = [];
  const specialty = specialtyName(record, specialties, words) ?? episode.specialty;
  if (specialty) parts.push(specialty);
  if (episode.patientClass) parts.push(episode.patientClass);
  const { admitted, discharged } = episode;
  if (admitted && discharged && admitted !== discharged) parts.push(`${formatDate(admitted, words.locale)} – ${formatDate(discharged, words.locale)}`);
  else if (admitted ?? discharged) parts.push(formatDate(admitted ?? discharged ?? '', words.locale));
  return parts.length > 0 ? parts.join(' · ') : words.say('header.noEpisode');
}
