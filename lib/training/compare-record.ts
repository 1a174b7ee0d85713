import type { Span } from '../base/span.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { ClinicalDocument } from '../model/document.js';
import type { GuessResult, OfferedAnswer, RecordGuess } from '../model/guess.js';
import type { DocumentLanguage } from '../model/language.js';
import type { Evidence, Suggestion } from '../model/suggestion.js';
import { compareAnswer } from './compare.js';
import { taughtRuleOf } from './taught-rules.js';

/** What Nodi would show of the record on screen. */
export interface ReadRecord {
  readonly documents: readonly Pick<ClinicalDocument, 'id' | 'version' | 'text' | 'language'>[];
  /** Marks that nobody muted or dismissed. */
  readonly marks: readonly Pick<Diagnostic, 'rule' | 'severity' | 'document' | 'version' | 'span'>[];
  readonly suggestions: readonly Suggestion[];
  /** `primary`: what primary-only coding does not need may be coded and need not. */
  readonly depth: 'full' | 'primary';
}

/** Holds what a trainee marked and coded in a live record against what Nodi would show. Marks of a document that is no longer on screen are left out. */
export function compareRecord({ documents, marks, suggestions, depth }: ReadRecord, guess: RecordGuess): Omit<GuessResult, 'specialty' | 'cards'> {
  // Documents lie one behind the other, so that a place is one number and no two documents overlap.
  let end = 0;
  const whole: string[] = [];
  const starts = new Map(documents.map(({ id, version, text }) => { const start = end; end += text.length + 1; whole.push(text); return [`${id} ${version}`, start] as const; }));
  const text = whole.join('\n');
  const placed = ({ document, version, span }: Evidence): Span | null => { const start = starts.get(`${document} ${version}`); return start === undefined ? null : { start: start + span.start, end: start + span.end }; };
  const languageAt = (span: Span | null): DocumentLanguage => { let end = 0; return (span && documents.find(({ text: { length } }) => { end += length + 1; return span.start < end; })?.language) ?? 'unknown'; };
  const wordsAt = (span: Span | null): string => (span ? text.slice(span.start, span.end) : '');

  const grouped = new Map<string, { readonly rule: Diagnostic['rule']; readonly verdict: Diagnostic['severity']; readonly words: string; readonly places: Span[] }>();
  for (const mark of marks) {
    const span = placed(mark);
    if (!span) continue;
    const words = wordsAt(span);
    const name = `${mark.rule} ${words.toLowerCase()}`;
    const one = grouped.get(name);
    if (one) one.places.push(span); else grouped.set(name, { rule: mark.rule, verdict: mark.severity, words, places: [span] });
  }
  const asked = [...grouped.values()];
  const shown = suggestions.filter((one) => one.shown);
  const inOrder = (['ICD-10', 'OPCS-4'] as const).flatMap((system) => shown.filter((one) => one.system === system).sort((a, b) => a.position - b.position));
  const expected = { marks: asked, codes: inOrder.map((one) => ({ system: one.system, code: one.code, rule: taughtRuleOf(one), optional: depth === 'primary' && one.role === 'secondary' })) };
  const compared = compareAnswer(expected, {
    marks: guess.marks.flatMap((mark) => { const span = placed(mark); return span ? [{ span, verdict: mark.verdict }] : []; }), diagnoses: guess.diagnoses, procedures: guess.procedures,
  });
  const offeredAt = (at: number | null): OfferedAnswer | null => {
    const one = at === null ? undefined : inOrder[at];
    return one ? { code: one.code, label: one.label, words: wordsAt(placed(one.evidence[0])), language: languageAt(placed(one.evidence[0])), because: one.because, rule: taughtRuleOf(one) } : null;
  };
  return {
    codes: compared.codes.map(({ system, outcome, given, expected: at }) => ({ system, outcome, given, offered: offeredAt(at) })),
    marks: compared.marks.map(({ outcome, given, expected: at }) => {
      const one = at === null ? undefined : asked[at];
      return { outcome, given: given?.verdict ?? null, offered: one ? { rule: one.rule, verdict: one.verdict } : null, words: one?.words ?? wordsAt(given?.span ?? null), language: languageAt(one?.places[0] ?? given?.span ?? null) };
    }),
    counts: { right: compared.right, of: compared.of, extra: compared.extra, items: compared.items },
  };
}
