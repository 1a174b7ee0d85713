import type { Counter, FindingSubject } from '../model/counters.js';
import type { SpecialtyId } from '../model/episode.js';
import type { Bilingual } from '../model/language.js';
import type { ExampleSentence, LeadPack, LeadTerm, PackPeriod, PackSpan } from '../model/lead-pack.js';
import { monthsBetween, monthsOn, type Month } from '../model/month.js';
import type { ChartOrTooFew, Intervention } from '../model/quality.js';
import type { Rule, RuleId } from '../model/rulebook.js';
import type { Rebase } from '../model/xmr.js';
import { beforeAfter, type ComparedSpans } from './before-after.js';
import { rateChart } from './rate-chart.js';
import { hiddenCells, smallestShown, type SumLine } from './small-cells.js';
import { talliesOf, type Tally } from './tallies.js';

/** What a page is asked for. */
export interface PackQuestion {
  readonly specialty: SpecialtyId;
  /** Last month: the last whole one. */
  readonly to: Month;
  readonly period: PackPeriod;
  readonly interventions: readonly Intervention[];
  readonly rebases: readonly Rebase[];
  readonly rules: readonly Pick<Rule, 'id' | 'term' | 'verdict' | 'text' | 'examples'>[];
  /** Sentences written for the project; a term without one shows the sheet's example with the wording. */
  readonly examples: ReadonlyMap<RuleId, Bilingual<ExampleSentence>>;
  readonly least?: number;
}

const [shownTerms, shownExamples, chartMonths] = [5, 2, 24];
/** Fewest months after something was done, and most months before or after it, that are compared. */
const [fewestSince, mostMonths] = [3, 12];

/** The page of one specialty. Counts that are small, and those that would give one away, are hidden in all of it together. */
export function leadPack(counters: Iterable<Counter>, question: PackQuestion): LeadPack {
  const { specialty, to } = question;
  const least = question.least ?? smallestShown;
  const own = [...counters].filter((counter) => counter.specialty === specialty);
  const { sinceDone, ...spans } = comparedSpans(question);
  const chartFrom = monthsOn(to, 1 - chartMonths);
  const tally = talliesOf(own, { chartFrom: chartFrom < spans.before.from ? chartFrom : spans.before.from, from: spans.before.from, to }).get(specialty);
  const months: ReadonlyMap<Month, Tally> = tally?.charted ?? new Map<Month, Tally>();
  const shown = shownTogether(months, spans, rateChart(months, to, { better: 'lower', least, rebases: question.rebases, interventions: question.interventions }), least);
  const [any, ...compared] = compare(own, question, spans, least);
  const terms = compared.slice(0, shownTerms);
  const request = terms.find(({ change }) => !('verdict' in change) || change.verdict !== 'fewer') ?? null;
  const told = [...(request ? [request] : []), ...terms.filter((one) => one !== request)];
  return {
    specialty, to, sinceDone, ...shown, terms, request, least,
    change: any,
    examples: told.flatMap(({ rule }) => exampleOf(rule, question) ?? []).slice(0, shownExamples),
    minutes: shown.now.findings === null ? null : sumOf(months, spans.after, ({ minutes }) => minutes),
  };
}

/** Is there something done that enough months have followed? Then a page can compare with what was before it. */
export function canCompareSince(interventions: readonly Intervention[], to: Month): boolean {
  return lastDone(interventions, to) !== null;
}

function lastDone(interventions: readonly Intervention[], to: Month): Month | null {
  const latest = monthsOn(to, -fewestSince);
  return interventions.map(({ date }) => date.slice(0, 7) as Month).filter((month) => month <= latest).sort().at(-1) ?? null;
}

/** The month in which something was done belongs to neither side. */
function comparedSpans({ period, to, interventions }: PackQuestion): ComparedSpans & { readonly sinceDone: boolean } {
  const done = period === 'since' ? lastDone(interventions, to) : null;
  if (done !== null) {
    const first = monthsOn(done, 1);
    const from = monthsOn(to, 1 - mostMonths);
    return { sinceDone: true, before: { from: monthsOn(done, -mostMonths), to: monthsOn(done, -1) }, after: { from: first > from ? first : from, to } };
  }
  const length = period === 'since' ? fewestSince : Number(period);
  return { sinceDone: false, before: { from: monthsOn(to, 1 - 2 * length), to: monthsOn(to, -length) }, after: { from: monthsOn(to, 1 - length), to } };
}

function sumOf(months: ReadonlyMap<Month, Tally>, { from, to }: ComparedSpans['after'], of: (tally: Tally) => number): number {
  return monthsBetween(from, to).reduce((sum, month) => { const tally = months.get(month); return sum + (tally ? of(tally) : 0); }, 0);
}

/** Both spans and the chart, with what has to be hidden that no month of either can be worked out where it is small. */
function shownTogether(months: ReadonlyMap<Month, Tally>, spans: ComparedSpans, chart: ChartOrTooFew, least: number): { readonly before: PackSpan; readonly now: PackSpan; readonly chart: ChartOrTooFew } {
  const all = [...months.keys()].sort();
  const sums: readonly ComparedSpans['after'][] = [spans.before, spans.after, ...(chart.kind === 'chart' ? chart.chart.points.map(({ first, last }) => ({ from: first, to: last })) : [])];
  const hiddenOf = (of: (tally: Tally) => number): ReadonlySet<number> => {
    const values = [...sums.map((span) => sumOf(months, span, of)), ...all.map((month) => of(months.get(month) as Tally))];
    const lines = sums.map(({ from, to }, at): SumLine => ({ total: at, parts: all.flatMap((month, place) => (month >= from && month <= to ? [sums.length + place] : [])) }));
    return hiddenCells(values, lines.filter(({ parts }) => parts.length > 0), { least });
  };
  const [findings, read] = [hiddenOf((tally) => tally.findings), hiddenOf((tally) => tally.read)];
  const spanOf = (span: ComparedSpans['after'], at: number): PackSpan => {
    const counted = findings.has(at) ? null : sumOf(months, span, (tally) => tally.findings);
    const base = read.has(at) ? null : sumOf(months, span, (tally) => tally.read);
    return { ...span, months: monthsBetween(span.from, span.to).length, findings: counted, read: base, rate: counted === null || base === null || base === 0 ? null : (100 * counted) / base };
  };
  const givesAway = sums.some((_, at) => at > 1 && (findings.has(at) || read.has(at)));
  return { before: spanOf(spans.before, 0), now: spanOf(spans.after, 1), chart: givesAway ? { kind: 'too-few' } : chart };
}

/** The change of any finding, then every term of the sheet that has enough to be shown, the most frequent first. */
function compare(own: readonly Counter[], { specialty, rules }: PackQuestion, spans: ComparedSpans, least: number): readonly [LeadPack['change'], ...LeadTerm[]] {
  const seen = new Set(own.flatMap((counter) => (counter.kind === 'episodes-found' && counter.subject.by === 'rule' && counter.month >= spans.before.from && counter.month <= spans.after.to ? [counter.subject.rule] : [])));
  const known = rules.filter(({ id, verdict }) => verdict !== 'use' && seen.has(id));
  const subjects: readonly FindingSubject[] = [{ by: 'any' }, ...known.map(({ id }) => ({ by: 'rule', rule: id }) as const)];
  const [any, ...terms] = beforeAfter(own, specialty, subjects, spans, least);
  const rows = known.flatMap((rule, at): readonly { readonly term: LeadTerm; readonly episodes: number }[] => {
    const comparison = terms[at];
    if (!comparison || comparison.change.kind === 'too-few') return [];
    const { before, after, change } = comparison;
    const term = { rule: rule.id, term: rule.term, verdict: rule.verdict, instead: { en: rule.text.en.instead, cy: rule.text.cy.instead }, before: before.rate, now: after.rate, change };
    return [{ term, episodes: (before.found ?? 0) + (after.found ?? 0) }];
  });
  return [any?.change ?? { kind: 'too-few' }, ...rows.sort((a, b) => b.episodes - a.episodes || (a.term.rule < b.term.rule ? -1 : 1)).map(({ term }) => term)];
}

function exampleOf(rule: RuleId, { examples, rules }: PackQuestion): Bilingual<ExampleSentence> | null {
  const written = examples.get(rule);
  if (written) return written;
  const known = rules.find(({ id }) => id === rule);
  const sentence = known?.examples.find[0]?.text;
  const [en, cy] = [known?.text.en.instead[0], known?.text.cy.instead[0]];
  return sentence === undefined || en === undefined || cy === undefined ? null : { en: { written: sentence, better: en }, cy: { written: sentence, better: cy } };
}
