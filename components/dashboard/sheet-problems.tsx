import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { RuleId } from '../../lib/model/rulebook.js';
import { diagnosisKinds, type SheetProblem } from '../../lib/model/sheet.js';
import { VerdictShape } from '../panel/shapes.js';
import type { Words } from '../words.js';
import { languageOfTerm, wordsOfDiagnosis } from './sheet-diagnosis.js';

/** What is known of the whole sheet's problems. */
export interface SheetProblemsNow {
  /** Those of the last look that ended; null before the first. */
  readonly found: readonly SheetProblem[] | null;
  /** How many entries a look that goes on has seen; null when none does. */
  readonly looked: number | null;
}

interface SheetProblemsProps extends SheetProblemsNow {
  readonly entries: number;
  readonly chosen: RuleId | null;
  readonly words: Words;
  readonly onOpen: (id: RuleId) => void;
}

/** Problems of one kind that are listed before a person asks for more, and how many more come at once. */
const [listed, more] = [8, 200];

/** The entries that problems are about, each once, in the order in which they are listed: what the key steps through. */
export function stopsOf(found: readonly SheetProblem[]): readonly RuleId[] {
  return [...new Set(found.flatMap(({ entries }) => entries.map(({ id }) => id)))];
}

/** The entry of the next problem (or the one before) from the entry in hand; null where there is none. */
export function nextStop(found: readonly SheetProblem[], at: RuleId | null, by: 1 | -1): RuleId | null {
  const stops = stopsOf(found);
  const here = at === null ? -1 : stops.indexOf(at);
  return stops[here < 0 ? (by > 0 ? 0 : stops.length - 1) : (here + by + stops.length) % stops.length] ?? null;
}

/** How many problems there are and how many entries they are about; nothing before the first look has ended. */
export function problemsTold({ found }: SheetProblemsNow, entries: number, { say }: Words): string {
  return found === null ? '' : found.length === 0 ? say('sheet.problems.none', { n: entries }) : say('sheet.problems.count', { n: found.length, entries: stopsOf(found).length });
}

/** Everything that is wrong anywhere in the sheet, by kind, each with its entries to go to. */
export function SheetProblems({ found, looked, entries, chosen, words, onOpen }: SheetProblemsProps): JSX.Element {
  const { say } = words;
  const list = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Readonly<Record<string, number>>>({});
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    const stops = [...list.current?.querySelectorAll<HTMLButtonElement>('button.stop') ?? []];
    const at = stops.findIndex((one) => one === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
  };
  return (
    <section class="problems" aria-labelledby="sheet-problems">
      <h2 id="sheet-problems">{say('sheet.problems')}</h2>
      {looked === null ? null : <p class="small"><progress max={entries} value={looked} aria-label={say('sheet.problems')} /> {say('sheet.problems.looking', { n: looked, all: entries })}</p>}
      <div class="found" ref={list} onKeyDown={onKeyDown}>
        {diagnosisKinds.map((kind) => {
          const own = (found ?? []).filter(({ diagnosis }) => diagnosis.kind === kind);
          const most = shown[kind] ?? listed;
          return own.length === 0 ? null : (
            <div key={kind} role="group" aria-labelledby={`sheet-problems-${kind}`}>
              <h3 id={`sheet-problems-${kind}`}>{say(`sheet.problems.${kind}`)} <span class="small">{own.length}</span></h3>
              <ul class="plain">{own.slice(0, most).map(({ diagnosis, entries: [first, ...others] }) => {
                const about = wordsOfDiagnosis(diagnosis, words);
                return (
                  <li key={`${first.id} ${JSON.stringify(diagnosis)}`}>
                    {about === null ? null : <span lang={diagnosis.kind === 'text-missing' ? undefined : languageOfTerm(first)}>{about}</span>}
                    {[first, ...others].map((entry) => <button key={entry.id} type="button" class="stop" aria-current={entry.id === chosen} onClick={() => onOpen(entry.id)}><VerdictShape verdict={entry.verdict} /><span class="vh">{say(`verdict.${entry.verdict}`)} </span><span class={`m m-${entry.verdict}`} lang={languageOfTerm(entry)}>{entry.term}</span> <span class="small">{entry.id}</span></button>)}
                  </li>
                );
              })}</ul>
              {own.length > most ? <p class="acts"><button type="button" class="btn" onClick={() => setShown({ ...shown, [kind]: most + more })}>{say('sheet.problems.more', { n: Math.min(more, own.length - most), kind: say(`sheet.problems.${kind}`) })}</button></p> : null}
            </div>
          );
        })}
      </div>
    </section>
  );
}
