import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sideConflictRule } from '../../lib/model/diagnostic.js';
import type { EventId } from '../../lib/model/decision.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { queryLanguages, queryMoves, queryOutcomes, referenceOf, type Query, type QueryBurden, type QueryLanguage, type QueryOutcome, type QueryState, type SharedFault } from '../../lib/model/query.js';
import type { RuleId } from '../../lib/model/rulebook.js';
import { formatDate, type Words } from '../words.js';

export interface QueriesPageProps {
  readonly queries: readonly Query[];
  readonly burden: readonly QueryBurden[];
  readonly shared: readonly SharedFault[];
  readonly nameOf: (specialty: SpecialtyId | 'unknown') => string;
  /** The sheet's own word. */
  readonly termOf: (rule: RuleId) => string;
  /** What came of the last act, said once. */
  readonly told: string | null;
  readonly canUndo: boolean;
  readonly words: Words;
  readonly onMove: (query: EventId, state: QueryState, outcome: QueryOutcome) => void;
  readonly onUndo: () => void;
  readonly onCopy: (query: Query) => void;
  readonly onDraft: (about: SharedFault, language: QueryLanguage) => void;
}

/** Questions to clinicians: where each stands, what they ask of whom, and one question for a whole specialty in place of many. Nothing is sent from here. */
export function QueriesPage({ queries, burden, shared, nameOf, termOf, told, canUndo, words, onMove, onUndo, onCopy, onDraft }: QueriesPageProps): JSX.Element {
  const { say, locale } = words;
  const open = burden.reduce((sum, one) => sum + one.open, 0);
  const overdue = burden.reduce((sum, one) => sum + one.overdue, 0);
  const rows = [...burden].sort((a, b) => Number(a.specialty === 'unknown') - Number(b.specialty === 'unknown') || nameOf(a.specialty).localeCompare(nameOf(b.specialty), locale));
  const about = ({ rule, category }: Pick<Query, 'rule' | 'category'>): string => (rule === '' || rule === sideConflictRule ? say(`fault.${category}`) : `“${termOf(rule)}”`);
  const day = (wall: number): string => formatDate(new Date(wall).toISOString(), locale);
  return (
    <>
      <h1>{say('queries.headline', { count: open })}{overdue > 0 ? ` · ${say('queries.overdue', { count: overdue })}` : ''}</h1>
      <p class="lede">{say('queries.lede')}</p>
      <p role="status">{told ?? ''} {canUndo ? <button type="button" class="btn" onClick={onUndo}>{say('queries.undo')}</button> : null}</p>
      {queries.length === 0 ? <p>{say('queries.none')}</p> : (
        <>
          <div class="twin wide" tabIndex={0} role="region" aria-label={say('queries.table')}>
            <table>
              <caption>{say('queries.table')}</caption>
              <thead><tr>
                {(['reference', 'drafted', 'specialty', 'about', 'state', 'days', 'due', 'next'] as const).map((column) => <th key={column} scope="col" class={column === 'days' ? 'r' : ''}>{say(`queries.column.${column}`)}</th>)}
              </tr></thead>
              <tbody>{queries.map((query) => (
                <tr key={query.id}>
                  <th scope="row"><code>{referenceOf(query.id)}</code></th>
                  <td>{day(query.drafted)}</td>
                  <td>{nameOf(query.specialty)}</td>
                  <td>{about(query)} <span class="small">{query.episode === '' ? say('queries.shared', { count: query.findings }) : say('queries.oneEpisode')}</span></td>
                  <td>{say(`queries.state.${query.isOverdue ? 'overdue' : query.state}`)}{query.outcome === 'none' ? '' : `: ${say(`queries.outcome.${query.outcome}`)}`}</td>
                  <td class="r">{query.days}</td>
                  <td>{query.due === null ? '–' : day(query.due)}</td>
                  <td><Moves query={query} words={words} onMove={onMove} onCopy={onCopy} /></td>
                </tr>
              ))}</tbody>
            </table>
          </div>
          <h2>{say('queries.burden')}</h2>
          <table>
            <caption>{say('queries.burdenNote')}</caption>
            <thead><tr>{(['specialty', 'open', 'overdue', 'sent', 'answered', 'median'] as const).map((column) => <th key={column} scope="col" class={column === 'specialty' ? '' : 'r'}>{say(`queries.column.${column}`)}</th>)}</tr></thead>
            <tbody>{rows.map((row) => (
              <tr key={row.specialty}><th scope="row">{nameOf(row.specialty)}</th><td class="r">{row.open}</td><td class="r">{row.overdue}</td><td class="r">{row.sent}</td><td class="r">{row.answered}</td><td class="r">{row.medianDays === null ? '–' : row.medianDays.toLocaleString(locale)}</td></tr>
            ))}</tbody>
          </table>
        </>
      )}
      <Bulk shared={shared} nameOf={nameOf} nameOfFault={({ rule, category }) => about({ rule: rule ?? '', category })} words={words} onDraft={onDraft} />
    </>
  );
}

function Moves({ query, words, onMove, onCopy }: { readonly query: Query; readonly words: Words; readonly onMove: QueriesPageProps['onMove']; readonly onCopy: QueriesPageProps['onCopy'] }): JSX.Element {
  const { say } = words;
  const [outcome, setOutcome] = useState<QueryOutcome>('clarified');
  const reference = referenceOf(query.id);
  const outcomeAt = (state: QueryState): QueryOutcome => (state === 'answered' ? outcome : state === 'closed' ? query.state === 'answered' ? query.outcome : 'not-answered' : 'none');
  const moves = queryMoves[query.state];
  return (
    <div class="acts">
      {moves.includes('answered') ? (
        <select class="find" aria-label={say('queries.outcomeOf', { reference })} value={outcome} onChange={(event) => { const chosen = queryOutcomes.find((one) => one === event.currentTarget.value); if (chosen) setOutcome(chosen); }}>
          {queryOutcomes.filter((one) => one !== 'none' && one !== 'not-answered').map((one) => <option key={one} value={one} selected={one === outcome}>{say(`queries.outcome.${one}`)}</option>)}
        </select>
      ) : null}
      {moves.map((state) => {
        const move = say(state === 'sent' && query.state !== 'drafted' ? 'queries.move.reopen' : state === 'drafted' ? 'queries.move.reopen' : `queries.move.${state}`);
        return <button key={state} type="button" class="btn" aria-label={say('queries.moveOf', { move, reference })} onClick={() => onMove(query.id, state, outcomeAt(state))}>{move}</button>;
      })}
      <button type="button" class="btn" aria-label={say('queries.moveOf', { move: say('queries.copy'), reference })} onClick={() => onCopy(query)}>{say('queries.copy')}</button>
    </div>
  );
}

function Bulk({ shared, nameOf, nameOfFault, words, onDraft }: { readonly shared: readonly SharedFault[]; readonly nameOf: QueriesPageProps['nameOf']; readonly nameOfFault: (fault: SharedFault) => string; readonly words: Words; readonly onDraft: QueriesPageProps['onDraft'] }): JSX.Element {
  const { say, locale } = words;
  const specialties = [...new Set(shared.map(({ specialty }) => specialty))].sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale));
  const [wanted, setWanted] = useState<SpecialtyId | 'unknown' | null>(null);
  const [at, setAt] = useState(0);
  const [language, setLanguage] = useState<QueryLanguage>('both');
  const specialty = specialties.find((one) => one === wanted) ?? specialties[0];
  const own = shared.filter((one) => one.specialty === specialty);
  const chosen = own[at] ?? own[0];
  return (
    <section>
      <h2>{say('queries.bulk')}</h2>
      {!chosen ? <p>{say('queries.bulk.none')}</p> : (
        <form class="bulk" onSubmit={(event) => { event.preventDefault(); onDraft(chosen, language); }}>
          <label><span>{say('queries.bulk.specialty')}</span> <select class="find" value={specialty} onChange={(event) => { setWanted(specialties.find((one) => one === event.currentTarget.value) ?? null); setAt(0); }}>{specialties.map((one) => <option key={one} value={one} selected={one === specialty}>{nameOf(one)}</option>)}</select></label>
          <label><span>{say('queries.bulk.about')}</span> <select class="find" value={String(at)} onChange={(event) => setAt(Number(event.currentTarget.value))}>{own.map((one, index) => <option key={`${one.category}${one.rule ?? ''}`} value={String(index)} selected={index === at}>{say('queries.bulk.choice', { what: nameOfFault(one), count: one.findings })}</option>)}</select></label>
          <label><span>{say('query.language')}</span> <select class="find" value={language} onChange={(event) => { const wantedLanguage = queryLanguages.find((one) => one === event.currentTarget.value); if (wantedLanguage) setLanguage(wantedLanguage); }}>{queryLanguages.map((one) => <option key={one} value={one} selected={one === language}>{say(`query.language.${one}`)}</option>)}</select></label>
          <button type="submit" class="btn">{say('queries.bulk.draft')}</button>
        </form>
      )}
    </section>
  );
}
