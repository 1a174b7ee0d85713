import { statusOn, type AuditAction } from '../../lib/model/audit-action.js';
import { smallestShown } from '../../lib/model/counters.js';
import { ageBands, type Backlog, type CompletenessReport, type Forecast, type Trajectory } from '../../lib/model/ledger.js';
import type { Paper, PaperBlock, PaperCell } from '../../lib/model/paper.js';
import { formatDate, formatMonth, type Words } from '../words.js';

/** What the update paper is made of: figures of one ledger on one day. */
export interface UpdateFigures {
  /** Day of the data, YYYY-MM-DD. */
  readonly asOf: string;
  readonly today: string;
  readonly episodes: number;
  /** Per cent. */
  readonly target: number;
  readonly report: CompletenessReport;
  /** The newest last. */
  readonly plans: readonly Trajectory[];
  readonly backlog: Backlog;
  readonly forecast: Forecast;
  readonly actions: readonly AuditAction[];
}

const share = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 10) / 10);

/**
 * The paper for the committee in one language: the table and the chart with its words, each figure traced to the ledger and its day, the backlog, what may
 * come, and the tracker of actions. What a person has to say stays empty.
 */
export function updatePaper({ asOf, today, episodes, target, report, plans, backlog, forecast, actions }: UpdateFigures, words: Words): Paper {
  const { say, locale } = words;
  const percent = (value: number | null | undefined): PaperCell => { const rounded = share(value); return rounded === null ? '–' : `${rounded}%`; };
  const left = (text: string) => ({ text, right: false });
  const right = (text: string) => ({ text, right: true });
  const names = plans.map(({ name }) => name);
  const last = report.rows.findLast(({ within }) => within !== null);
  const planned = (at: number): (number | null)[] => report.rows.map((row) => share(row.planned[at]));
  // What is not there yet is read out to nobody.
  const said = report.rows.filter(({ within, current }) => within !== null || current !== null).map((row) => say('paper.chart.month', { month: formatMonth(row.month, locale), within: String(percent(row.within?.percent)), now: String(percent(row.current?.percent)) })).join('; ');
  const heading = (id: 'purpose' | 'position' | 'backlog' | 'forecast' | 'actions' | 'risk' | 'recommendations'): PaperBlock => ({ kind: 'heading', level: 2, text: say(`paper.heading.${id}`) });
  return {
    locale,
    title: `${say('paper.title')} · ${formatMonth(asOf.slice(0, 7), locale)}`,
    blocks: [
      heading('purpose'), { kind: 'field', label: say('paper.field.purpose') },
      heading('position'),
      { kind: 'text', text: say('paper.source', { episodes: episodes.toLocaleString(locale), date: formatDate(asOf, locale) }) },
      ...(last ? [{ kind: 'text' as const, text: say('paper.latest', { month: formatMonth(last.month, locale), within: String(percent(last.within?.percent)), now: String(percent(last.current?.percent)), target }) }] : []),
      { kind: 'table', caption: say('paper.table'), columns: [left(say('completeness.column.month')), right(say('completeness.column.within')), right(say('completeness.column.now')), ...names.map(right)],
        rows: [...report.rows.map((row): readonly PaperCell[] => [formatMonth(row.month, locale), percent(row.within?.percent), percent(row.current?.percent), ...plans.map((_, at) => percent(row.planned[at]))]),
          ...report.years.map((year): readonly PaperCell[] => [say('completeness.year', { year: year.year }), percent(year.within.percent), percent(year.current.percent), ...plans.map(() => null)])] },
      { kind: 'chart', title: say('paper.table'), alternative: say('paper.chart.alternative', { target, said }), unit: '%', labels: report.rows.map(({ month }) => formatMonth(month, locale)),
        series: [
          { name: say('completeness.key.frozen'), values: report.rows.map(({ within }) => share(within?.percent)), look: 'points' }, { name: say('completeness.key.now'), values: report.rows.map(({ current }) => share(current?.percent)), look: 'rings' },
          ...plans.map((plan, at) => ({ name: plan.name, values: planned(at), look: at === plans.length - 1 ? 'line' as const : 'dashed' as const })), { name: say('completeness.target', { target }), values: report.rows.map(() => target), look: 'target' },
        ] },
      { kind: 'field', label: say('paper.field.position') },
      heading('backlog'),
      { kind: 'table', caption: say('paper.backlog', { date: formatDate(asOf, locale) }), columns: [...backlog.bands.map((_, at) => right(at < ageBands.length ? say('paper.band.to', { days: ageBands[at] ?? 0 }) : say('paper.band.over', { days: ageBands.at(-1) ?? 0 }))), right(say('paper.band.all'))].map((column, at) => (at === 0 ? { ...column, right: false } : column)), rows: [[...backlog.bands, backlog.episodes].map((count): PaperCell => (count > 0 && count < smallestShown ? say('audit.few', { least: smallestShown }) : count))] },
      { kind: 'field', label: say('paper.field.backlog') },
      heading('forecast'),
      ...(forecast.kind === 'too-short' ? [{ kind: 'text' as const, text: say('paper.forecast.short', { months: forecast.months, least: forecast.least }) }] : [{ kind: 'table' as const, caption: say('paper.forecast'), columns: [left(say('completeness.column.month')), right(say('paper.forecast.middle')), right(say('paper.forecast.range'))],
        rows: forecast.months.map(({ month, middle, ninetyFive }) => [formatMonth(month, locale), percent(middle), say('audit.range', { low: String(percent(ninetyFive[0])), high: String(percent(ninetyFive[1])) })]) }]),
      { kind: 'field', label: say('paper.field.forecast') },
      heading('actions'),
      ...(actions.length === 0 ? [{ kind: 'text' as const, text: say('paper.actions.none') }] : [{ kind: 'table' as const, caption: say('action.title'), columns: (['number', 'recommendation', 'owner', 'due', 'status', 'reason'] as const).map((column) => left(say(`action.${column}`))),
        rows: actions.map((one) => [one.number, one.recommendation, one.owner, one.due === null ? '–' : formatDate(one.due, locale), say(`action.status.${statusOn(one, today)}`), one.reason === '' ? '–' : one.reason]) }]),
      heading('risk'), { kind: 'field', label: say('paper.field.risk') },
      heading('recommendations'), { kind: 'field', label: say('paper.field.recommendations') },
    ],
  };
}
