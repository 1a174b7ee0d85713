import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { writtenCode } from '../../lib/model/code.js';
import type { CodingView, Quote, RecordView } from '../../lib/model/review.js';
import type { Band, Suggestion } from '../../lib/model/suggestion.js';
import type { WordKey, Words } from '../words.js';
import { coverageWords, documentTitle } from './record-summary.js';

type Row = CodingView['suggestions'][number];

/** Codes that are recorded together: one row, with the words of all of them. */
interface Unit { readonly name: string; readonly rows: readonly [Row, ...Row[]] }

function unitsOf(rows: readonly Row[]): readonly Unit[] {
  const units = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const name = `${row.suggestion.system} ${row.suggestion.group}`;
    const held = units.get(name);
    if (held) held.push(row); else units.set(name, [row]);
  }
  return [...units].map(([name, held]) => ({ name, rows: held }));
}

/** Three bars, as many filled as the band has; the word beside them says the same. */
function Bars({ band }: { readonly band: Band }): JSX.Element {
  const full = { strong: 3, fair: 2, slight: 1 }[band];
  return <svg class="ic bars" viewBox="0 0 16 16" aria-hidden="true">{[0, 1, 2].map((at) => <rect key={at} x={1 + at * 5} y={11 - at * 4} width="4" height={4 + at * 4} fill={at < full ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1" />)}</svg>;
}

/** A rule by its sentence, or by its name where the catalogue has none for it. */
function ruleWords(id: string, words: Words): string {
  try { return words.say(`rule.${id}` as WordKey); } catch { return id; }
}

const longest = 120;

/** Codes on offer, each with the words that prove it; what was rejected, and why; where nothing can be said. Nothing is accepted here. */
export function CodesList({ record, coding, words, onShow }: { readonly record: RecordView; readonly coding: CodingView; readonly words: Words; readonly onShow: (quote: Quote) => void }): JSX.Element {
  const { say } = words;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const of = (system: Suggestion['system'], lead: boolean): readonly Unit[] => unitsOf(coding.suggestions.filter(({ suggestion }) => suggestion.system === system))
    .filter(({ rows: [first] }) => (first.suggestion.role === 'primary') === lead);
  const titleOf = (quote: Quote): string => { const document = record.documents.find((one) => one.id === quote.document); return document ? documentTitle(document, words) : ''; };
  const toggle = (name: string): void => setOpened((before) => { const after = new Set(before); if (!after.delete(name)) after.add(name); return after; });
  const part = (key: WordKey, units: readonly Unit[]): JSX.Element | null => (units.length === 0 ? null : (
    <section class="codes" key={key}>
      <h3>{say(key)} {units.length > 1 ? <span class="n">{units.length}</span> : null}</h3>
      <ul>{units.map((unit) => <UnitRow key={unit.name} unit={unit} words={words} titleOf={titleOf} onShow={onShow} isOpen={opened.has(unit.name)} onWhy={() => toggle(unit.name)} />)}</ul>
    </section>
  ));
  return (
    <div class="codelist">
      <p class="note">{say('codes.read', { read: coverageWords(record, words) })}</p>
      {part('codes.primaryDiagnosis', of('ICD-10', true))}
      {part('codes.primaryProcedure', of('OPCS-4', true))}
      {coding.abstentions.map((one) => <p class="abstain" key={`${one.system} ${one.role}`}><b>{say(one.role === 'primary' ? 'codes.noPrimary' : 'codes.noSide')}</b> <span class="small block">{say(`codes.abstain.${one.reason}` as WordKey)}</span></p>)}
      {part('codes.secondary', [...of('ICD-10', false), ...of('OPCS-4', false)])}
      {coding.rejected.length > 0 ? (
        <details class="whynot"><summary>{say('codes.whyNot')} <span class="n">{coding.rejected.length}</span></summary>
          <ul>{coding.rejected.map(({ rejection, quote }, index) => (
            <li key={index}><s aria-hidden="true">{writtenCode(rejection.code)}</s><span class="vh">{say('codes.notOffered', { code: writtenCode(rejection.code) })}</span>
              <span class="sp">{quote ? <button type="button" class="link quote" onClick={() => onShow(quote)}>“{quote.words.slice(0, longest)}”</button> : null} <span class="small">{[...new Set(rejection.because.map((id) => ruleWords(id, words)))].join('; ')}{rejection.cue ? ` (“${rejection.cue.trim()}”)` : ''}</span></span></li>
          ))}</ul>
        </details>
      ) : null}
    </div>
  );
}

function UnitRow({ unit, words, titleOf, onShow, isOpen, onWhy }: { readonly unit: Unit; readonly words: Words; readonly titleOf: (quote: Quote) => string; readonly onShow: (quote: Quote) => void; readonly isOpen: boolean; readonly onWhy: () => void }): JSX.Element {
  const { say } = words;
  const [{ suggestion: lead }] = unit.rows;
  const quotes = [...new Map(unit.rows.flatMap(({ quotes: all }) => all).map((quote) => [`${quote.document} ${quote.span.start}`, quote])).values()];
  const prompts = [...new Set(unit.rows.flatMap(({ suggestion }) => suggestion.prompts))];
  const rules = [...new Set(unit.rows.flatMap(({ suggestion }) => suggestion.because as readonly string[]))];
  return (
    <li class="code">
      {unit.rows.map(({ suggestion }) => <div class="cl" key={suggestion.code}><b class="cc">{writtenCode(suggestion.code)}</b><span class="sp">{suggestion.label}</span></div>)}
      <div class="cd">
        <p class={`band ${lead.band}`}><Bars band={lead.band} /> <b>{say(`band.${lead.band}`)}</b> <span class="small">{[...lead.grounds.map((ground) => say(`ground.${ground}`)), say('ground.no-record')].join('; ')}</span></p>
        {quotes.map((quote) => <p class="q" key={`${quote.document} ${quote.span.start}`}><button type="button" class="link quote" onClick={() => onShow(quote)}>“{quote.words.slice(0, longest)}”</button> <span class="small block">{titleOf(quote)}</span></p>)}
        {prompts.map((prompt) => <p class="prompt" key={prompt}>{say(prompt as WordKey)}</p>)}
        <button type="button" class="btn" aria-expanded={isOpen} onClick={onWhy}>{say('codes.why')}<span class="vh"> {writtenCode(lead.code)}</span></button>
        {isOpen ? <ul class="rules">{rules.map((id) => <li key={id}>{ruleWords(id, words)}</li>)}</ul> : null}
      </div>
    </li>
  );
}
