import type { JSX } from 'preact';
import { writtenCode } from '../../lib/model/code.js';
import type { EventId } from '../../lib/model/decision.js';
import type { CheckSeverity, EpisodeProblem } from '../../lib/model/episode-check.js';
import type { Words } from '../words.js';
import { Glyph, VerdictShape } from './shapes.jsx';

const shapes: Readonly<Record<CheckSeverity, JSX.Element>> = { error: <VerdictShape verdict="avoid" />, warning: <VerdictShape verdict="caution" />, information: <Glyph name="important" /> };

/** What speaks against the sequence, the worst first, each with its standard; pressed, it brings the unit to hand. */
export function EpisodeChecks({ checks, words, onUnit }: { readonly checks: readonly EpisodeProblem[]; readonly words: Words; readonly onUnit: (unit: EventId) => void }): JSX.Element {
  const { say } = words;
  return (
    <section class="codes checks">
      <h2>{say('checks.title')} <span class="n">{checks.length}</span></h2>
      {checks.length === 0 ? <p class="check"><Glyph name="tick" /><span>{say('checks.none')}</span></p> : (
        <ul>{checks.map(({ check, severity, standard, system, units: [unit], codes }) => {
          const told = <>{say(`check.${check}`, { codes: codes.map(writtenCode).join(', '), system, standard })} <span class="small nowrap">{standard}</span></>;
          return (
            <li class={`check is-${severity}`} key={`${check} ${system} ${codes.join(' ')}`}>{shapes[severity]}<span class="vh">{say(`checks.${severity}`)} </span>
              {unit ? <button type="button" class="link" onClick={() => onUnit(unit)}>{told}</button> : <span class="sp">{told}</span>}</li>
          );
        })}</ul>
      )}
    </section>
  );
}
