import { auditCauses, auditCategories, lineKinds, type AuditedEpisode, type AuditLine, type AuditSample, type AuditState, type AuditView, type AuditWork, type PlainCoding, type WaitingAudit } from '../model/audit.js';
import { readCode, type ClinicalCode } from '../model/code.js';
import type { EpisodeKey, EventId, LogEvent } from '../model/decision.js';
import { undoneEvents } from '../model/standing.js';
import { compareCoding } from './compare-coding.js';

/** Letters under which a line is written to the log: short, closed, and no word of a record can be among them. */
const categoryLetters = { 'primary-diagnosis': 'PD', 'secondary-diagnosis': 'SD', 'primary-procedure': 'PP', 'secondary-procedure': 'SP' } as const;
const kindLetters = { right: 'R', third: '3', fourth: '4', omitted: 'O', sequence: 'S', 'not-relevant': 'N', 'external-cause': 'E', site: 'T', side: 'L' } as const;
const causeLetters = { coder: 'C', documentation: 'D', system: 'Y' } as const;

/** Lines as the log keeps them, for example `PD/4/G409/G403/C/`. */
export function writtenLines(lines: readonly AuditLine[]): string {
  return lines.map(({ category, kind, first, audited, cause, reason }) => [categoryLetters[category], kindLetters[kind], first ?? '-', audited ?? '-', causeLetters[cause], reason].join('/')).join(' ');
}

/** What `writtenLines` wrote; a line that it cannot have written is left out. */
export function readLines(text: string): readonly AuditLine[] {
  return text.split(' ').flatMap((one) => {
    const [where, what, first = '-', audited = '-', why, reason = ''] = one.split('/');
    const category = auditCategories.find((name) => categoryLetters[name] === where);
    const kind = lineKinds.find((name) => kindLetters[name] === what);
    const cause = auditCauses.find((name) => causeLetters[name] === why);
    return category && kind && cause ? [{ category, kind, first: readCode(first), audited: readCode(audited), cause, reason }] : [];
  });
}

const codesOf = (text: string): readonly ClinicalCode[] => text.split(' ').flatMap((one) => readCode(one) ?? []);

type Drawn = Extract<LogEvent, { readonly kind: 'audit-drawn' }>;

interface Held {
  readonly drawn: Drawn;
  readonly coded: Map<AuditView, PlainCoding>;
  readonly judged: Map<AuditView, readonly AuditLine[]>;
  /** Views that were coded, whether that stands or was taken back, as often as they were. */
  readonly seen: AuditView[];
  state: AuditState | 'open';
  agreed: readonly AuditLine[] | null;
}

/**
 * Every sample with what was made of its episodes, the latest drawn first, from all events in order of sequence with undo and redo honoured. What the
 * first coder had is given only where the auditor of that view has coded: until then it is in nothing that a page could show.
 */
export function foldAudits(events: Iterable<LogEvent>): readonly AuditSample[] {
  const ordered = [...events].sort((a, b) => a.sequence - b.sequence);
  const undone = undoneEvents(ordered);
  const samples = new Map<EventId, Map<string, Held>>();
  for (const event of ordered) {
    // Whoever has coded has seen the first codes: an undo does not make that unseen.
    if (event.kind === 'audit-coded') samples.get(event.sample)?.get(event.episode)?.seen.push(event.view);
    if (undone.has(event.id)) continue;
    if (event.kind === 'audit-drawn') {
      const sample = samples.get(event.sample) ?? new Map<string, Held>();
      samples.set(event.sample, sample);
      if (!sample.has(event.episode)) sample.set(event.episode, { drawn: event, coded: new Map(), judged: new Map(), seen: [], state: 'open', agreed: null });
    } else if (event.kind === 'audit-coded') {
      samples.get(event.sample)?.get(event.episode)?.coded.set(event.view, { diagnoses: codesOf(event.diagnoses), procedures: codesOf(event.procedures) });
    } else if (event.kind === 'audit-judged') {
      const held = samples.get(event.sample)?.get(event.episode);
      if (!held || !held.coded.has(event.view)) continue;
      const lines = readLines(event.lines);
      held.judged.set(event.view, lines);
      held.agreed = event.state === 'agreed' ? lines : null;
      held.state = event.state;
    }
  }
  return [...samples].map(([id, held]): AuditSample => {
    const episodes = [...held.values()].map(audited);
    const first = [...held.values()][0]?.drawn;
    return { id, size: first?.size ?? episodes.length, method: first?.method ?? 'random', seed: first?.seed ?? 0, population: first?.population ?? 0, drawn: first?.wall ?? 0, episodes };
  }).sort((a, b) => b.drawn - a.drawn);
}

/** Episodes that an auditor has still to code, by their keys; the latest sample where an episode is in several. */
export function waitingAudits(samples: readonly AuditSample[]): ReadonlyMap<EpisodeKey, WaitingAudit> {
  const found = new Map<EpisodeKey, WaitingAudit>();
  for (const { id, episodes } of samples) episodes.forEach(({ episode, views, state, depth }, at) => {
    const view = views[1].at === 'to-code' ? 1 : state === 'second-view' && views[2].at === 'to-code' ? 2 : null;
    if (view !== null && !found.has(episode)) found.set(episode, { sample: id, view, depth, place: at + 1, of: episodes.length });
  });
  return found;
}

function audited({ drawn, coded, judged, seen, state, agreed }: Held): AuditedEpisode {
  const first: PlainCoding = { diagnoses: codesOf(drawn.diagnoses), procedures: codesOf(drawn.procedures) };
  const work = (view: AuditView): AuditWork => {
    const coding = coded.get(view);
    if (!coding) return { at: 'to-code' };
    const lines = judged.get(view);
    return { at: 'coded', coding, first, lines: lines ?? compareCoding(first, coding, drawn.depth), judged: lines !== undefined };
  };
  const { sample, episode, specialty, coder, stay, depth, lane, row } = drawn;
  return {
    sample, episode, specialty, coder, coded: drawn.coded, stay: stay < 0 ? null : stay, depth, lane, edition: drawn.codedBy, row,
    views: { 1: work(1), 2: work(2) }, anew: new Set(seen).size < seen.length, state, lines: agreed ?? judged.get(1) ?? null,
  };
}
