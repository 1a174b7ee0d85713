import type { AuditTable } from '../../lib/model/audit.js';
import type { AuditReport, CategoryScore, PartScores } from '../../lib/model/audit-report.js';
import { smallestShown } from '../../lib/model/counters.js';
import type { Overrides } from '../../lib/model/learning-stage.js';
import { inLocale } from '../../lib/model/language.js';
import type { Paper, PaperBlock, PaperCell } from '../../lib/model/paper.js';
import { formatMonth, listed, percentIn, type Words } from '../words.js';

/** A score against its reference lines in words: "meets 90%, not 95%; range crosses 90%". */
export function standingIn({ meets, lines, crosses }: CategoryScore, { say, locale }: Words): string {
  if (meets === null) return say('audit.standing.none');
  const whole = (share: number): string => `${Math.round(share * 100)}%`;
  const [lower, upper] = [whole(lines[0]), whole(lines[1])];
  const where = say(`audit.standing.${meets}`, { lower, upper });
  return crosses.length === 0 ? where : `${where}; ${say('audit.standing.crosses', { lines: listed(crosses.map(whole), locale) })}`;
}

/** What an audit says first. */
export function auditHeadline(report: AuditReport, { say, locale }: Words): string {
  const judged = report.scores.filter(({ meets }) => meets !== null);
  if (judged.length === 0) return say('audit.headline.none');
  const under = judged.filter(({ meets }) => meets === 'under').map(({ category }) => say(`audit.category.${category}`));
  return under.length === 0 ? say('audit.headline.all') : say('audit.headline.under', { categories: listed(under, locale) });
}

/** What it rests on, in one paragraph. */
export function auditBasis(report: AuditReport, { say }: Words): string {
  return [say('audit.basis', { judged: report.judged, drawn: report.drawn, population: report.population, method: say(`audit.method.${report.method}`), seed: report.seed }), ...(report.primaryOnly > 0 ? [say('audit.basis.primary', { n: report.primaryOnly })] : []), ...(report.anew > 0 ? [say('audit.basis.anew', { n: report.anew })] : []), say('audit.basis.errors', { all: report.errors.coder + report.errors.documentation + report.errors.system, ...report.errors })].join(' ');
}

/** Whatever must be said with any score of an audit. */
export function auditCautions(table: AuditTable, { say }: Words): readonly string[] {
  return [say('audit.caution.lines'), say(`audit.caution.total.${table.total}`), say(table.othersCount ? 'audit.caution.others' : 'audit.caution.own'), ...(table.confirmed ? [] : [say('audit.caution.unconfirmed')])];
}

/** What coders overrode by their own decisions, beside what the audit found: by specialty and edition, and a chart for each specialty that has points. */
function overrideBlocks({ counts, charts }: Overrides, words: Words, nameOf: (specialty: string, words: Words) => string): readonly PaperBlock[] {
  const { say } = words;
  const [left, right] = [(text: string) => ({ text, right: false }), (text: string) => ({ text, right: true })];
  const whole = (share: number): number => Math.round(share * 1000) / 10;
  return [
    { kind: 'heading', level: 2, text: say('audit.table.overrides') },
    { kind: 'text', text: say(counts.length === 0 ? 'audit.overrides.none' : 'audit.overrides.what') },
    ...(counts.length === 0 ? [] : [{ kind: 'table' as const, caption: say('audit.table.overrides'), columns: [left(say('audit.column.specialty')), left(say('audit.column.edition')), right(say('audit.column.episodes')), right(say('model.column.offered')), right(say('model.column.overridden')), right(say('audit.column.share'))],
      rows: counts.map(({ specialty, edition, episodes, offered, overridden }): readonly PaperCell[] => [nameOf(specialty, words), edition, ...(episodes < smallestShown ? [say('audit.few', { least: smallestShown }), '–', '–', '–'] : [episodes, offered, overridden, percentIn(overridden / offered, words)])]) }]),
    ...[...charts].filter(([, { points }]) => points.length > 0).flatMap(([specialty, { points, centre, trial }]): PaperBlock[] => {
      // Points in a row that say the same are said once.
      const signals = points.flatMap(({ signal }, at) => {
        if (signal === null || points[at - 1]?.signal === signal) return [];
        const after = points.findIndex((point, place) => place > at && point.signal !== signal);
        const last = after < 0 ? points.length : after;
        return [say('audit.overrides.signal', { point: last > at + 1 ? `${at + 1}–${last}` : at + 1, signal: say(`model.signal.${signal}`) })];
      });
      return [
        { kind: 'chart', title: overrideTitle(specialty, words, nameOf), unit: '%', labels: points.map((_, at) => String(at + 1)),
          alternative: [say('audit.overrides.chart', { points: points.length, episodes: points[0]?.episodes ?? 0, centre: percentIn(centre, words), last: percentIn(points.at(-1)?.share ?? 0, words) }), ...(signals.length === 0 ? [say('audit.overrides.usual')] : signals), ...(trial ? [say('audit.overrides.trial')] : [])].join(' '),
          series: [
            { name: say('model.column.share'), values: points.map(({ share }) => whole(share)), look: 'points' }, { name: say('audit.overrides.centre'), values: points.map(() => whole(centre)), look: 'line' },
            { name: say('audit.overrides.upper'), values: points.map(({ upper }) => whole(upper)), look: 'dashed' }, { name: say('audit.overrides.lower'), values: points.map(({ lower }) => whole(lower)), look: 'dashed' },
          ] },
      ];
    }),
  ];
}

/** What the chart of a specialty's overrides is called. */
export function overrideTitle(specialty: string, words: Words, nameOf: (specialty: string, words: Words) => string): string { return words.say('model.overrides', { specialty: nameOf(specialty, words) }); }

/** The report of an audit as a paper in one language. Parts with fewer than five episodes show no score; nobody is named. */
export function auditPaper(report: AuditReport, table: AuditTable, overrides: Overrides, words: Words, nameOf: (specialty: string, words: Words) => string): Paper {
  const { say, locale } = words;
  const share = (range: { readonly share: number } | null): PaperCell => (range ? percentIn(range.share, words) : '–');
  const span = (range: { readonly low: number; readonly high: number } | null): PaperCell => (range ? say('audit.range', { low: percentIn(range.low, words), high: percentIn(range.high, words) }) : '–');
  const right = (text: string) => ({ text, right: true });
  const left = (text: string) => ({ text, right: false });
  const part = (caption: string, head: string, parts: readonly PartScores[], name: (id: string) => string): readonly PaperBlock[] => (parts.length === 0 ? [] : [
    { kind: 'table', caption, columns: [left(head), right(say('audit.column.episodes')), ...report.scores.map(({ category }) => right(say(`audit.category.${category}`)))],
      rows: parts.map(({ name: id, episodes, scores }) => [name(id), scores ? episodes : say('audit.few', { least: smallestShown }), ...report.scores.map((_, at) => (scores ? share(scores[at]?.range ?? null) : '–'))]) },
  ]);
  return {
    locale,
    // A month and no day: what is looked through before it leaves takes a whole date for one of birth.
    title: `${say('audit.paper.title')} · ${formatMonth(new Date(report.drawnAt).toISOString().slice(0, 7), locale)}`,
    blocks: [
      { kind: 'heading', level: 2, text: auditHeadline(report, words) },
      { kind: 'text', text: auditBasis(report, words) },
      { kind: 'table', caption: say('audit.table.scores'), columns: [left(say('audit.column.category')), right(say('audit.column.right')), right(say('audit.column.score')), right(say('audit.column.interval')), left(say('audit.column.lines'))],
        rows: report.scores.map((score) => [say(`audit.category.${score.category}`), say('audit.of', { right: score.right, of: score.of }), share(score.range), span(score.range), standingIn(score, words)]) },
      { kind: 'list', items: auditCautions(table, words) },
      { kind: 'heading', level: 2, text: say('audit.table.keys') },
      { kind: 'table', caption: say('audit.table.keys'), columns: [left(say('audit.column.key')), left(say('audit.column.meaning')), ...(['coder', 'documentation', 'system'] as const).map((cause) => right(say(`audit.cause.${cause}`)))],
        rows: report.keys.map(({ key, causes }) => [key.id, inLocale(key.name, locale), causes.coder, causes.documentation, causes.system]) },
      { kind: 'heading', level: 2, text: say('audit.table.lanes') },
      { kind: 'table', caption: say('audit.table.lanes'), columns: [left(say('audit.column.lane')), right(say('audit.column.episodes')), right(say('audit.column.codes')), right(say('audit.column.false')), right(say('audit.column.share')), right(say('audit.column.overridden'))],
        rows: report.lanes.map(({ lane, episodes, codes, falseAccepts, range, overridden }) => [say(`audit.lane.${lane}`), ...(episodes < smallestShown ? [say('audit.few', { least: smallestShown }), '–', '–', '–', '–'] : [episodes, codes, falseAccepts, share(range), overridden])]) },
      ...(report.byMonth.length === 0 ? [] : [{ kind: 'table' as const, caption: say('audit.table.months'), columns: [left(say('audit.column.month')), right(say('audit.column.episodes')), right(say('audit.column.false')), right(say('audit.column.share'))],
        rows: report.byMonth.map(({ month, episodes, lanes }) => [formatMonth(month, locale), lanes ? episodes : say('audit.few', { least: smallestShown }), lanes ? lanes.falseAccepts : '–', lanes ? share(lanes.range) : '–']) }]),
      ...overrideBlocks(overrides, words, nameOf),
      { kind: 'heading', level: 2, text: say('audit.table.parts') },
      ...part(say('audit.table.specialties'), say('audit.column.specialty'), report.bySpecialty, (id) => nameOf(id, words)),
      ...part(say('audit.table.editions'), say('audit.column.edition'), report.byEdition, (id) => id),
      ...part(say('audit.table.coders'), say('audit.column.coder'), report.byCoder, (id) => id),
      { kind: 'heading', level: 2, text: say('audit.agreement') },
      { kind: 'text', text: report.agreement ? say('audit.agreement.is', { items: report.agreement.items, agreed: percentIn(report.agreement.agreed, words), kappa: report.agreement.kappa.toFixed(2), low: report.agreement.low.toFixed(2), high: report.agreement.high.toFixed(2) }) : say('audit.agreement.none') },
      { kind: 'heading', level: 2, text: say('audit.needs') },
      ...(report.needs.length === 0 ? [{ kind: 'text' as const, text: say('audit.needs.none') }] : [{ kind: 'table' as const, caption: say('audit.needs'), columns: [left(say('audit.column.codesOf')), right(say('audit.column.episodes'))], rows: report.needs.map(({ category, system, episodes }) => [`${system} ${category}`, episodes]) }]),
      { kind: 'heading', level: 2, text: say('audit.paper.words') },
      { kind: 'field', label: say('audit.paper.findings') }, { kind: 'field', label: say('audit.paper.recommendations') }, { kind: 'field', label: say('audit.paper.plan') }, { kind: 'field', label: say('audit.paper.reviewer') },
    ],
  };
}
