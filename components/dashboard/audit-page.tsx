import type { JSX } from 'preact';
import type { AuditedEpisode, AuditSample } from '../../lib/model/audit.js';
import type { AuditReport } from '../../lib/model/audit-report.js';
import { smallestShown } from '../../lib/model/counters.js';
import type { Overrides } from '../../lib/model/learning-stage.js';
import type { EpisodeKey, EventId } from '../../lib/model/event-id.js';
import { formatDate, type Words } from '../words.js';
import { ActionTracker, type ActionTrackerProps } from './action-tracker.jsx';
import { AuditDeck, type AuditDeckProps } from './audit-deck.jsx';
import { AuditDraw, type AuditDrawProps } from './audit-draw.jsx';
import { AuditEpisode, type AuditEpisodeProps } from './audit-episode.jsx';
import { AuditKeys, type AuditKeysProps } from './audit-keys.jsx';
import { auditBasis, auditCautions, auditHeadline, auditPaper, overrideTitle, standingIn } from './audit-paper.js';
import { AuditScores } from './audit-scores.jsx';
import { OverrideChart } from './override-chart.jsx';
import { PaperView } from './paper-view.jsx';

export const auditWays = ['docx', 'xlsx', 'html', 'csv'] as const;
export type AuditWay = (typeof auditWays)[number];

export interface AuditPageProps {
  readonly samples: readonly AuditSample[];
  readonly chosen: AuditSample | null;
  readonly open: AuditedEpisode | null;
  readonly report: AuditReport | null;
  /** What coders overrode by their own decisions in this log. */
  readonly overrides: Overrides;
  readonly draw: AuditDrawProps;
  readonly deck: AuditDeckProps;
  readonly keys: AuditKeysProps;
  readonly tracker: ActionTrackerProps;
  readonly inHand: Omit<AuditEpisodeProps, 'episode' | 'table' | 'words'>;
  readonly nameOf: (specialty: string, words: Words) => string;
  readonly told: string | null;
  readonly canUndo: boolean;
  readonly words: Words;
  readonly onChoose: (sample: EventId) => void;
  readonly onOpen: (episode: EpisodeKey) => void;
  readonly onUndo: () => void;
  readonly onLeave: (way: AuditWay, bilingual: boolean) => void;
}

/** The coder as auditor: a sample is drawn, coded blind, compared and scored; what the score rests on is said beside it. */
export function AuditPage({ samples, chosen, open, report, overrides, draw, deck, keys, tracker, inHand, nameOf, told, canUndo, words, onChoose, onOpen, onUndo, onLeave }: AuditPageProps): JSX.Element {
  const { say, locale } = words;
  const day = (wall: number): string => formatDate(new Date(wall).toISOString(), locale);
  const left = chosen ? chosen.episodes.filter(({ state }) => state !== 'agreed').length : 0;
  return (
    <>
      <h1>{report && report.judged > 0 ? auditHeadline(report, words) : say('audit.title')}</h1>
      <p class="lede">{report && report.judged > 0 ? auditBasis(report, words) : say('audit.lede')}</p>
      <p role="status">{told ?? ''} {canUndo ? <button type="button" class="btn" onClick={onUndo}>{say('audit.undo')}</button> : null}</p>
      {samples.length > 0 ? <p><label>{say('audit.sample')} <select class="find" value={chosen?.id ?? ''} onChange={(event) => { const next = samples.find(({ id }) => id === event.currentTarget.value); if (next) onChoose(next.id); }}>{samples.map((sample) => <option key={sample.id} value={sample.id}>{say('audit.sample.is', { day: day(sample.drawn), method: say(`audit.method.${sample.method}`), n: sample.episodes.length })}</option>)}</select></label></p> : null}
      {chosen && chosen.episodes.length < chosen.size ? <p class="warning">{say('audit.sample.broken', { kept: chosen.episodes.length, size: chosen.size })}</p> : null}
      {report && report.judged > 0 ? (
        <>
          <AuditScores scores={report.scores.map((score) => ({ ...score, standing: standingIn(score, words) }))} caption={say('audit.table.scores')} words={words} />
          {report.judged < smallestShown ? <p class="small">{say('audit.caution.few', { least: smallestShown })}</p> : null}
          {auditCautions(keys.table, words).map((one) => <p key={one} class="small">{one}</p>)}
        </>
      ) : null}
      {chosen ? (
        <>
          <h2>{say('audit.worklist', { left, all: chosen.episodes.length })}</h2>
          <div class="twin wide audit-list" tabIndex={0} role="region" aria-label={say('audit.worklist', { left, all: chosen.episodes.length })}>
            <table>
              <caption class="vh">{say('audit.worklist', { left, all: chosen.episodes.length })}</caption>
              <thead><tr>{(['place', 'specialty', 'coded', 'depth', 'lane', 'state'] as const).map((column) => <th key={column} scope="col">{say(`audit.column.${column}`)}</th>)}</tr></thead>
              <tbody>{chosen.episodes.map((one, at) => (
                <tr key={one.episode} class={one === open ? 'cur' : ''}>
                  <th scope="row"><button type="button" class="choice" aria-pressed={one === open} onClick={() => onOpen(one.episode)}>{one.row > 0 ? say('audit.row', { row: one.row }) : say('audit.number', { n: at + 1 })}</button></th>
                  <td>{nameOf(one.specialty, words)}</td><td>{formatDate(one.coded, locale)}</td><td>{say(`audit.depth.${one.depth}`)}</td>
                  {/* How it was coded would tell an auditor what to expect. */}
                  <td>{one.lines === null ? say('audit.hidden') : say(`audit.lane.${one.lane}`)}</td>
                  <td>{say(`audit.state.${one.state}`)}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        </>
      ) : <p>{say('audit.none')}</p>}
      {open ? <AuditEpisode {...inHand} episode={open} table={keys.table} words={words} /> : null}
      <AuditDraw {...draw} />
      {report && report.judged > 0 ? (
        <details class="audit-report">
          <summary>{say('audit.report')}</summary>
          <PaperView paper={auditPaper(report, keys.table, overrides, words, nameOf)} chart={({ title }) => { const [, chart] = [...overrides.charts].find(([specialty]) => overrideTitle(specialty, words, nameOf) === title) ?? []; return chart ? <OverrideChart chart={chart} /> : null; }} />
          <p class="acts">{auditWays.map((way) => <button key={way} type="button" class="btn" onClick={() => onLeave(way, false)}>{say(`audit.way.${way}`)}</button>)}{(['docx', 'html'] as const).map((way) => <button key={way} type="button" class="btn" onClick={() => onLeave(way, true)}>{say(`audit.way.${way}.both`)}</button>)}</p>
        </details>
      ) : null}
      {report && report.judged > 0 ? <AuditDeck {...deck} /> : null}
      <ActionTracker {...tracker} />
      <AuditKeys {...keys} />
    </>
  );
}
