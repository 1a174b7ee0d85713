import type { DocumentDetails } from '../model/fault.js';
import type { EventId, FindingTarget } from '../model/decision.js';
import type { Diagnostic, Finding, QuickFix, SideConflict, SidedPlace } from '../model/diagnostic.js';
import type { ClinicalDocument } from '../model/document.js';
import { unknownEpisode, type Episode, type SpecialtyId } from '../model/episode.js';
import type { ProblemRow, ProblemState, RecordView, ReviewedDocument, RuleCard, SidedQuote } from '../model/review.js';
import type { EditionId, Rule, RuleId } from '../model/rulebook.js';
import { findCopies } from './copied-forward.js';
import type { RecordSnapshot, SubjectReading } from '../model/snapshot.js';

/** Days for which a muted term stays away before it comes back. */
export const muteDays = 30;

/** What is remembered of earlier decisions, as the fold over the log gives it. */
export interface Decisions {
  /** Asked once for each frame's reading; the answer is asked for each finding in it. */
  readonly statesIn: (snapshot: RecordSnapshot) => (document: ClinicalDocument, finding: Finding) => ProblemState;
  /** How often a rule stands logged in the episode of a document of a reading. */
  readonly timesIn: (snapshot: RecordSnapshot) => (document: ClinicalDocument, rule: RuleId) => number;
  readonly muted: RecordView['muted'];
}

/** One frame's reading with what analysis found in it. */
export interface ReviewedFrame {
  readonly snapshot: RecordSnapshot;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a hover or an opened row says of a rule. */
export function cardOf(rule: Rule): RuleCard {
  return { rule: rule.id, term: rule.term, kind: rule.kind, verdict: rule.verdict, text: rule.text, translation: rule.translation, source: rule.source };
}

/** The quick fixes of one finding, as data. The ids are placeholders: the real id is made at the click. */
export function fixesFor(target: FindingTarget, rule: Rule, placeholder: EventId): readonly QuickFix[] {
  const fixes: QuickFix[] = [];
  if (rule.verdict !== 'use') fixes.push({ title: 'fix.log', command: { kind: 'log-finding', id: placeholder, target } });
  if (rule.text.en.instead.length > 0) fixes.push({ title: 'fix.copy', command: { kind: 'copy-wording', rule: rule.id } });
  fixes.push(
    { title: 'fix.dismiss', command: { kind: 'dismiss-finding', id: placeholder, target } },
    { title: 'fix.mute', command: { kind: 'mute-rule', id: placeholder, rule: rule.id, days: muteDays } },
    { title: 'fix.explain', command: { kind: 'explain-rule', rule: rule.id } },
  );
  return fixes;
}

/** The episode that the frames speak of: the first that says anything of it. */
export function episodeIn(snapshots: readonly RecordSnapshot[]): Episode {
  return snapshots.map(({ episode }) => episode).find((episode) => Object.values(episode).some((part) => part !== null)) ?? unknownEpisode;
}

/** The whole of what the panel may show for one tab: documents in the order of the page, newest reading of each frame. */
export function viewRecord(input: {
  readonly frames: readonly ReviewedFrame[];
  readonly silentFrames: number;
  /** Of all frames of the tab, those that are not shown as this patient's too. */
  readonly gaps: RecordView['gaps'];
  readonly missing: RecordView['missing'];
  readonly subject: Extract<SubjectReading, { readonly kind: 'known' }>;
  readonly rules: ReadonlyMap<RuleId, Rule>;
  readonly specialty: SpecialtyId | 'unknown';
  readonly edition: EditionId;
  /** Sides that contradict each other, of all frames. */
  readonly conflicts: readonly SideConflict[];
  readonly coding: RecordView['coding'];
  readonly coded: RecordView['coded'];
  readonly checks: RecordView['checks'];
  readonly names: RecordView['names'];
  readonly depth: RecordView['depth'];
  readonly depthReason: RecordView['depthReason'];
  readonly decisions: Decisions;
  /** What is suggested of a fault of a document; null for one that is not on screen. */
  readonly detailsOf: (document: ClinicalDocument | null) => DocumentDetails;
  readonly placeholder: EventId;
}): RecordView {
  const cards = new Map<RuleId, RuleCard>();
  const mutedRules = new Set(input.decisions.muted.map((mute) => mute.rule));
  // A sentence that was carried from note to note is one finding, in the note that said it first; the others are counted beside it.
  const all = input.frames.flatMap(({ snapshot }) => snapshot.documents.map((document) => ({ document, key: snapshot.key })));
  const copies = findCopies(all.map(({ document }) => document));
  const isCopy = new Map(all.map(({ document }, index) => [document, copies[index] ?? []]));
  const repeats = new Map<ClinicalDocument, { readonly start: number; readonly end: number }[]>();
  for (const list of copies) for (const copy of list) {
    const source = all[copy.from]?.document;
    if (source) repeats.set(source, [...(repeats.get(source) ?? []), copy.at]);
  }
  const quoteOf = ({ document: id, version, span, side }: SidedPlace): SidedQuote | null => {
    const at = all.find(({ document }) => document.id === id && document.version === version);
    return at ? { key: at.key, document: id, version, span, side, words: at.document.text.slice(span.start, span.end) } : null;
  };
  const documents = input.frames.flatMap(({ snapshot, diagnostics }) => {
    const stateOf = input.decisions.statesIn(snapshot);
    const timesOf = input.decisions.timesIn(snapshot);
    return snapshot.documents.map((document): ReviewedDocument => {
      const rows: ProblemRow[] = input.conflicts.filter((conflict) => conflict.document === document.id && conflict.version === document.version).flatMap((conflict): ProblemRow[] => {
        const related = conflict.related.flatMap((place) => quoteOf(place) ?? []);
        const target: FindingTarget = { key: snapshot.key, document: document.id, version: document.version, span: conflict.span, rule: conflict.rule };
        return related.length === 0 ? [] : [{
          diagnostic: conflict, key: snapshot.key, words: document.text.slice(conflict.span.start, conflict.span.end), state: stateOf(document, conflict), logged: timesOf(document, conflict.rule), copies: 0, related,
          fixes: [{ title: 'fix.log', command: { kind: 'log-finding', id: input.placeholder, target } }, { title: 'fix.dismiss', command: { kind: 'dismiss-finding', id: input.placeholder, target } }],
        }];
      });
      for (const diagnostic of diagnostics) {
        const rule = input.rules.get(diagnostic.rule);
        if (!rule || diagnostic.document !== document.id || diagnostic.version !== document.version || mutedRules.has(rule.id)) continue;
        const { span } = diagnostic;
        if (isCopy.get(document)?.some((copy) => span.start >= copy.span.start && span.end <= copy.span.end)) continue;
        cards.set(rule.id, cardOf(rule));
        const target: FindingTarget = { key: snapshot.key, document: document.id, version: document.version, span: diagnostic.span, rule: rule.id };
        rows.push({
          diagnostic, key: snapshot.key,
          words: document.text.slice(diagnostic.span.start, diagnostic.span.end),
          state: stateOf(document, diagnostic),
          logged: timesOf(document, rule.id),
          fixes: fixesFor(target, rule, input.placeholder),
          related: [],
          copies: repeats.get(document)?.filter((at) => span.start >= at.start && span.end <= at.end).length ?? 0,
        });
      }
      return { id: document.id, key: snapshot.key, kind: document.kind, channel: document.channel, title: document.title, date: document.date, author: document.author, episode: document.episode, language: document.language, details: input.detailsOf(document), rows };
    });
  });
  for (const mute of input.decisions.muted) {
    const rule = input.rules.get(mute.rule);
    if (rule) cards.set(rule.id, cardOf(rule));
  }
  return {
    subject: input.subject,
    episode: episodeIn(input.frames.map((frame) => frame.snapshot)),
    specialty: input.specialty,
    edition: input.edition,
    documents,
    gaps: input.gaps,
    missing: input.missing,
    cards: [...cards.values()],
    coding: input.coding, coded: input.coded, checks: input.checks, names: input.names,
    depth: input.depth, depthReason: input.depthReason,
    details: input.detailsOf(null),
    muted: input.decisions.muted,
    frames: { read: input.frames.length, silent: input.silentFrames },
  };
}
