import type { TableLine } from '../../lib/base/csv.js';
import type { LeavingField } from '../../lib/model/identifier.js';
import { inLocale, type Bilingual, type Locale } from '../../lib/model/language.js';
import type { LeadPack, LeadTerm, PackSpan } from '../../lib/model/lead-pack.js';
import type { ComparedChange } from '../../lib/model/quality.js';
import { formatMonth, type Words } from '../words.js';

/** All words of a lead's page in one language: every format says these and no others. */
export interface LeadPageText {
  readonly locale: Locale;
  readonly specialty: string;
  readonly month: string;
  readonly team: string;
  readonly title: string;
  readonly thanks: string;
  readonly chart: string;
  readonly terms: string;
  readonly columns: readonly [term: string, instead: string, before: string, now: string, changed: string];
  readonly rows: readonly { readonly term: string; readonly verdict: LeadTerm['verdict']; readonly instead: string; readonly before: string; readonly now: string; readonly changed: string }[];
  readonly examplesTitle: string;
  readonly examples: readonly { readonly written: string; readonly better: string }[];
  readonly ask: string;
  readonly sign: readonly [string, string, string];
  readonly foot: string;
}

/** A rate as it is read. */
export function rateWords(value: number | null): string {
  return value === null ? '–' : value === 0 || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1);
}

/** The page's words. */
export function leadPageText(pack: LeadPack, name: Bilingual<string>, words: Words): LeadPageText {
  const { say, locale } = words;
  const month = (of: string): string => formatMonth(of, locale);
  const quoted = (term: string): string => `“${term}”`;
  const insteadOf = (term: LeadTerm): string => inLocale(term.instead, locale).slice(0, 3).join('; ');
  const { request, now, before } = pack;
  const rarer = pack.terms.filter(({ change }) => verdictOf(change) === 'fewer');
  const spanWords = ({ from, to, read, findings }: PackSpan): string => say('packs.page.span', { from: month(from), to: month(to), read: read ?? '–', findings: findings ?? '–' });
  const asked = request ? say('packs.page.most', { term: quoted(request.term), instead: insteadOf(request) }) : '';
  return {
    locale,
    specialty: inLocale(name, locale),
    month: month(pack.to),
    team: say('packs.page.team'),
    title: now.rate === null || before.rate === null ? say('packs.page.title.too-few') : say(`packs.page.title.${verdictOf(pack.change)}`, { now: rateWords(now.rate), before: rateWords(before.rate) }),
    thanks: rarer.length > 0 ? say('packs.page.thanks', { terms: rarer.map(({ term }) => quoted(term)).join(', ') }) : asked,
    chart: pack.chart.kind === 'chart' ? say('packs.page.chart', { from: month(pack.chart.chart.points[0]?.first ?? pack.to), to: month(pack.to) }) : say('xmr.tooFew'),
    terms: say('packs.page.terms'),
    columns: [say('packs.page.term'), say('packs.page.instead'), say('packs.page.before'), say('packs.page.now'), say('packs.page.changed')],
    rows: pack.terms.map((term) => ({ term: term.term, verdict: term.verdict, instead: insteadOf(term), before: rateWords(term.before), now: rateWords(term.now), changed: say(`packs.page.change.${verdictOf(term.change)}`) })),
    examplesTitle: say('packs.page.examples'),
    examples: pack.examples.map((example) => inLocale(example, locale)),
    ask: [say('packs.page.ask'), asked, pack.minutes === null ? '' : say('packs.page.hours', { hours: Math.round(pack.minutes / 60) })].filter((one) => one !== '').join(' '),
    sign: [say('packs.page.sign.action'), say('packs.page.sign.lead'), say('packs.page.sign.date')],
    foot: `${say('packs.page.spans', { now: spanWords(now), before: spanWords(before) })} ${say('packs.page.foot', { least: pack.least })}`,
  };
}

function verdictOf(change: ComparedChange): 'fewer' | 'more' | 'no-change-shown' | 'too-few' {
  return change.kind === 'too-few' ? 'too-few' : change.verdict;
}

/** The page as lines of a table: its sentences, its terms and the points of its chart, in each language that was chosen. */
export function leadPageLines(pack: LeadPack, texts: readonly LeadPageText[], words: Words): readonly TableLine[] {
  const points = pack.chart.kind === 'chart' ? pack.chart.chart.points : [];
  return [
    ...texts.flatMap((text): TableLine[] => [
      [text.specialty, text.month, text.team], [text.title], ...(text.thanks === '' ? [] : [[text.thanks]]), [],
      [...text.columns], ...text.rows.map((row, at): TableLine => [row.term, row.instead, rounded(pack.terms[at]?.before ?? null), rounded(pack.terms[at]?.now ?? null), row.changed]), [],
      [text.examplesTitle], ...text.examples.map(({ written, better }): TableLine => [written, better]), [text.ask], [text.foot], [],
    ]),
    ...(points.length === 0 ? [] : [[words.say('xmr.column.month'), words.say('xmr.column.rate'), words.say('dashboard.column.findings'), words.say('xmr.column.read')] as TableLine]),
    ...points.map(({ first, findings, read }): TableLine => [first, rounded(read === 0 ? null : (100 * findings) / read), findings, read]),
  ];
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}

/** Every word of it with its line and cell, for the look for identifiers. */
export function fieldsOf(lines: readonly TableLine[]): readonly LeavingField[] {
  return lines.flatMap((cells, line) => cells.flatMap((cell, at) => (typeof cell === 'string' ? [{ where: `${line + 1}:${at + 1}`, text: cell }] : [])));
}
