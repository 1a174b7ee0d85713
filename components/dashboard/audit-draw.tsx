import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sampleMethods, type SampleRequest } from '../../lib/model/audit.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { TypedText } from '../typed-text.jsx';
import type { Words } from '../words.js';

/** Episodes that can be drawn: of this computer's log, or of a file that a person chose. `refused` are rows of the file with the reason of each. */
export interface Population {
  readonly source: 'log' | 'file';
  readonly episodes: number;
  readonly specialties: readonly { readonly id: SpecialtyId | 'unknown'; readonly name: string }[];
  readonly coders: readonly string[];
  readonly weeks: readonly string[];
  readonly refused: readonly string[];
}

export interface AuditDrawProps {
  readonly population: Population;
  /** A seed to begin with, made by chance. */
  readonly seed: number;
  readonly words: Words;
  readonly canDraw: (request: SampleRequest) => number;
  readonly onLog: () => void;
  readonly onFile: (file: File) => void;
  readonly onDraw: (request: SampleRequest) => void;
}

const asked = sampleMethods.filter((method): method is SampleRequest['method'] => method !== 'blind');

/** Draws a sample: from where, of what, how many, by which seed; how many there are to draw from is said before anything is drawn. */
export function AuditDraw({ population, seed: first, words, canDraw, onLog, onFile, onDraw }: AuditDrawProps): JSX.Element {
  const { say } = words;
  const input = useRef<HTMLInputElement>(null);
  const [request, setRequest] = useState<SampleRequest>({ method: 'random', seed: first, size: 30, specialty: null, coder: null, week: null, longestStay: null });
  // Welsh audits take stays of ten days or less (domain/governance.md §3); the log knows none.
  useEffect(() => setRequest((before) => ({ ...before, longestStay: population.source === 'file' ? 10 : null })), [population.source]);
  const put = (change: Partial<SampleRequest>): void => setRequest({ ...request, ...change });
  const limited = (name: string, most: number, value: number, set: (value: number) => void): JSX.Element => <label><span>{name}</span><TypedText class="find short" type="number" min={0} max={most} value={String(value)} onDone={(text) => { const next = Number(text); if (text !== '' && Number.isInteger(next) && next >= 0 && next <= most) set(next); }} /></label>;
  const choice = (name: string, value: string, values: readonly (readonly [string, string])[], set: (value: string | null) => void): JSX.Element => <label><span>{name}</span><select class="find" value={value} onChange={(event) => set(event.currentTarget.value === '' ? null : event.currentTarget.value)}><option value="">{say('audit.draw.any')}</option>{values.map(([one, called]) => <option key={one} value={one}>{called}</option>)}</select></label>;
  const there = canDraw(request);
  return (
    <details class="audit-draw">
      <summary>{say('audit.draw')}</summary>
      <p>{say(`audit.draw.from.${population.source}`, { n: population.episodes })}</p>
      <p class="acts">
        <button type="button" class="btn" onClick={() => input.current?.click()}>{say('audit.draw.file')}</button><input ref={input} type="file" hidden accept=".csv,.xlsx" aria-label={say('audit.draw.file')} onChange={(event) => { const [file] = event.currentTarget.files ?? []; if (file) onFile(file); event.currentTarget.value = ''; }} />
        {population.source === 'file' ? <button type="button" class="btn" onClick={onLog}>{say('audit.draw.log')}</button> : null}
      </p>
      <p class="small">{say('audit.draw.columns')}</p>
      {population.refused.length > 0 ? <details><summary>{say('audit.draw.refused', { n: population.refused.length })}</summary><ul>{population.refused.slice(0, 200).map((one) => <li key={one}>{one}</li>)}</ul></details> : null}
      <form onSubmit={(event) => { event.preventDefault(); onDraw(request); }}>
        <div class="bulk">
          <label><span>{say('audit.draw.method')}</span><select class="find" value={request.method} onChange={(event) => { const method = asked.find((one) => one === event.currentTarget.value); if (method) put({ method }); }}>{asked.map((method) => <option key={method} value={method}>{say(`audit.method.${method}`)}</option>)}</select></label>
          {limited(say('audit.draw.size'), 5000, request.size, (size) => put({ size }))}
          {limited(say('audit.draw.seed'), 999_999, request.seed, (seed) => put({ seed }))}
          {choice(say('audit.column.specialty'), request.specialty ?? '', population.specialties.map(({ id, name }) => [id, name]), (specialty) => put({ specialty: population.specialties.find(({ id }) => id === specialty)?.id ?? null }))}
          {choice(say('audit.draw.week'), request.week ?? '', population.weeks.map((week) => [week, week]), (week) => put({ week }))}
          {choice(say('audit.draw.stay'), request.longestStay === null ? '' : String(request.longestStay), [0, 1, 2, 5, 10, 30].map((days) => [String(days), say('audit.draw.days', { n: days })]), (days) => put({ longestStay: days === null ? null : Number(days) }))}
          {population.coders.length > 0 ? choice(say('audit.column.coder'), request.coder ?? '', population.coders.map((coder) => [coder, coder]), (coder) => put({ coder })) : null}
        </div>
        <p class="acts"><button type="submit" class="btn" disabled={there === 0}>{say('audit.draw.do')}</button> <span role="status">{say('audit.draw.there', { n: there })}</span></p>
      </form>
    </details>
  );
}
