import type { ComponentChildren, JSX } from 'preact';
import type { LeadPack } from '../../lib/model/lead-pack.js';
import type { RateChart } from '../../lib/model/quality.js';
import type { XmrPhase } from '../../lib/model/xmr.js';
import { formatMonth } from '../words.js';
import { rateWords, type LeadPageText } from './lead-page-text.js';

/** The lead's page on A4, in one language or in both side by side. Its nodes are also the file that opens anywhere. */
export function LeadPage({ pack, texts }: { readonly pack: LeadPack; readonly texts: readonly [LeadPageText, ...LeadPageText[]] }): JSX.Element {
  const [first] = texts;
  const both = texts.length > 1;
  const each = (of: (text: LeadPageText) => ComponentChildren): JSX.Element[] => texts.map((text) => <div key={text.locale} lang={text.locale}>{of(text)}</div>);
  const inEach = (of: (text: LeadPageText) => string): JSX.Element[] => texts.map((text, at) => <span key={text.locale} lang={text.locale}>{at > 0 ? ' · ' : ''}{of(text)}</span>);
  return (
    <article class={`a4 ${both ? 'both' : 'alone'}`} lang={first.locale}>
      <div class="mast"><b>Nodi</b><div>{each((text) => `${text.specialty} · ${text.month}`)}</div><div class="team">{each(({ team }) => team)}</div></div>
      <div class="cols heads">{each((text) => <><h2 class="says">{text.title}</h2>{text.thanks === '' ? null : <p>{text.thanks}</p>}</>)}</div>
      {pack.chart.kind === 'chart' ? <LeadChart chart={pack.chart.chart} texts={texts} /> : <div class="cols">{each(({ chart }) => <p>{chart}</p>)}</div>}
      {first.rows.length === 0 ? null : <>
        <h3>{inEach(({ terms }) => terms)}</h3>
        <table>
          <thead><tr><th scope="col">{inEach(({ columns }) => columns[0])}</th>{texts.map((text) => <th key={text.locale} scope="col" lang={text.locale}>{text.columns[1]}</th>)}<th scope="col" class="r">{inEach(({ columns }) => columns[2])}</th><th scope="col" class="r">{inEach(({ columns }) => columns[3])}</th><th scope="col">{inEach(({ columns }) => columns[4])}</th></tr></thead>
          <tbody>{first.rows.map((row, at) => <tr key={row.term}><th scope="row"><span class={`m ${row.verdict}`}>{row.term}</span></th>{texts.map((text) => <td key={text.locale} lang={text.locale}>{text.rows[at]?.instead}</td>)}<td class="r">{row.before}</td><td class="r">{row.now}</td><td>{inEach((text) => text.rows[at]?.changed ?? '')}</td></tr>)}</tbody>
        </table></>}
      {first.examples.length === 0 ? null : <div class="cols">{each((text) => <><h3>{text.examplesTitle}</h3>{text.examples.map(({ written, better }) => <p key={written} class="ex"><s>“{written}”</s><br />“{better}”</p>)}</>)}</div>}
      <div class="cols ask">{each(({ ask }) => <p>{ask}</p>)}</div>
      <div class="sign">{first.sign.map((_, at) => <div key={at}>{inEach(({ sign }) => sign[at] ?? '')}</div>)}</div>
      <div class="cols foot">{each(({ foot }) => <p>{foot}</p>)}</div>
    </article>
  );
}

const [width, height, left, right, top, bottom] = [690, 170, 30, 590, 14, 140];

/** The chart without a pointer: every point of it stands in the tables that are saved with it. */
function LeadChart({ chart, texts }: { readonly chart: RateChart; readonly texts: readonly LeadPageText[] }): JSX.Element {
  const { points, xmr } = chart;
  const most = Math.max(1, ...xmr.readings.map(({ value }) => value ?? 0), ...xmr.phases.map(({ limits }) => limits?.upper ?? 0)) * 1.05;
  const x = (at: number): number => left + ((right - left) * (at + 0.5)) / points.length;
  const y = (value: number): number => bottom - ((bottom - top) * Math.max(0, value)) / most;
  const phase = xmr.phases.at(-1) as XmrPhase;
  const every = Math.ceil(points.length / 4);
  const placed = xmr.readings.flatMap(({ value }, at) => (value === null ? [] : [{ at, value }]));
  const last = placed.at(-1);
  const done = [...new Set(chart.interventions.map(({ date }) => points.findIndex((point) => date.slice(0, 7) >= point.first && date.slice(0, 7) <= point.last)))].filter((at) => at >= 0);
  return (
    <svg role="img" aria-label={texts.map(({ chart: title }) => title).join('. ')} viewBox={`0 0 ${width} ${height}`}>
      <path class="ax" d={`M${left} ${bottom}H${right}`} /><text x={left - 6} y={bottom + 4} text-anchor="end">0</text>
      {xmr.phases.map(({ limits, from, to }) => limits && <g key={from}>{[limits.upper, limits.lower].map((value) => <path key={value} class="lim" d={`M${x(from - 0.5)} ${y(value)}H${x(to + 0.5)}`} />)}<path class="mean" d={`M${x(from - 0.5)} ${y(limits.mean)}H${x(to + 0.5)}`} /></g>)}
      {phase.limits && <text x={right + 34} y={y(phase.limits.mean) + 4}>{`x̄ ${rateWords(phase.limits.mean)}`}</text>}
      {done.map((at) => <path key={at} class="done" d={`M${x(at - 0.5)} ${top - 8}V${bottom}`} />)}
      <path class="ser" d={placed.map(({ at, value }, place) => `${place === 0 || placed[place - 1]?.at !== at - 1 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')} />
      {placed.map(({ at, value }) => {
        const meaning = xmr.readings[at]?.signal?.meaning ?? 'usual';
        const shape = { usual: 'm-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z', improvement: 'm0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5Z', concern: 'm0-5.5l5.5 10h-11Z', neutral: 'm-4.5-4.5h9v9h-9Z' }[meaning];
        return <path key={at} class={`pt ${meaning}`} d={`M${x(at)} ${y(value)}${shape}`} />;
      })}
      {last && <text class="strong" x={x(last.at) + 11} y={y(last.value) + (phase.limits && Math.abs(y(last.value) - y(phase.limits.mean)) < 8 ? -8 : 4)}>{rateWords(last.value)}</text>}
      {points.map(({ first }, at) => (at % every === 0 ? <text key={first} x={at === 0 ? 0 : x(at)} y={bottom + 18} text-anchor={at === 0 ? 'start' : 'middle'}>{[...new Set(texts.map(({ locale }) => formatMonth(first, locale)))].join(' · ')}</text> : null))}
    </svg>
  );
}
