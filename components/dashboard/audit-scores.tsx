import type { JSX } from 'preact';
import type { AuditCategory } from '../../lib/model/audit.js';
import { percentIn, type Words } from '../words.js';

/** A category's score as the page draws it; fractions from 0 to 1. `standing` is its sentence against the reference lines. */
export interface ShownScore {
  readonly category: AuditCategory;
  readonly right: number;
  readonly of: number;
  readonly range: { readonly share: number; readonly low: number; readonly high: number } | null;
  readonly lines: readonly [number, number];
  readonly standing: string;
}

/** Where a share stands on the bar, which shows 60 to 100 % as the design does; what is lower stands at its left edge. */
const place = (share: number): number => 10 + 420 * Math.max(0, (share - 0.6) / 0.4);

/** The four scores: a table whose fourth column draws each range against its two reference lines. The drawing repeats the cells and is hidden from readers. */
export function AuditScores({ scores, caption, words }: { readonly scores: readonly ShownScore[]; readonly caption: string; readonly words: Words }): JSX.Element {
  const { say } = words;
  return (
    <div class="twin wide audit-scores" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="vh">{caption}</caption>
        <thead><tr><th scope="col">{say('audit.column.category')}</th><th scope="col" class="r">{say('audit.column.right')}</th><th scope="col" class="r">{say('audit.column.score')}</th><th scope="col" class="bar">{say('audit.column.range')}</th><th scope="col">{say('audit.column.lines')}</th></tr></thead>
        <tbody>{scores.map(({ category, right, of, range, lines, standing }) => (
          <tr key={category}>
            <th scope="row">{say(`audit.category.${category}`)}</th>
            <td class="r">{say('audit.of', { right, of })}</td>
            <td class="r">{range ? <b>{percentIn(range.share, words)}</b> : '–'}</td>
            <td class="bar">{range ? (
              <>
                <span class="vh">{say('audit.range', { low: percentIn(range.low, words), high: percentIn(range.high, words) })}</span>
                <svg width="440" height="26" viewBox="0 0 440 26" aria-hidden="true">
                  <path class="grid" d="M10 13H430" />
                  <path class="line" d={`M${place(lines[0])} 3V23`} /><path class="line dash" d={`M${place(lines[1])} 3V23`} />
                  <path class="reach" d={`M${place(range.low)} 13H${place(range.high)}`} />
                  <circle cx={place(range.share)} cy="13" r="5" />
                </svg>
              </>
            ) : null}</td>
            <td>{standing}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
