import type { JSX } from 'preact';
import { QueriesPage } from '../../components/dashboard/queries-page.jsx';
import { queryText } from '../../components/query-text.js';
import { nameIn, type Words } from '../../components/words.js';
import { ask } from '../../lib/messaging/channel.js';
import { sideConflictRule } from '../../lib/model/diagnostic.js';
import type { EventId, RecordedCommand } from '../../lib/model/decision.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { monthOf, monthsOn } from '../../lib/model/month.js';
import type { Clock, CounterStore } from '../../lib/model/ports.js';
import { referenceOf, type Query, type QueryLanguage, type SharedFault } from '../../lib/model/query.js';
import type { Rulebook, RuleId } from '../../lib/model/rulebook.js';
import { queryBurden, sharedFaults } from '../../lib/reports/index.js';

/** Months of findings that one query for a specialty looks back on, this one included. */
const sharedMonths = 3;
/** Days that an answer is asked within. */
const answerDays = 14;

export interface QueriesHere {
  readonly queries: readonly Query[];
  readonly shared: readonly SharedFault[];
}

export interface QueriesRoom {
  /** What the page shows, from the log's own folds and the running counters. */
  readonly read: () => Promise<QueriesHere>;
  readonly page: (here: QueriesHere, words: Words) => JSX.Element;
}

/** The page of questions to clinicians. `again` reads and draws anew. */
export function createQueriesRoom({ counters, clock, rulebook, again }: { readonly counters: CounterStore; readonly clock: Clock; readonly rulebook: Pick<Rulebook, 'rules' | 'specialties'>; readonly again: () => void }): QueriesRoom {
  /** What came of the last act and the row that an undo would take back: memory only. */
  let told: string | null = null;
  let last: EventId | null = null;
  const send = async (command: RecordedCommand, done: string, words: Words): Promise<void> => {
    const answer = await ask('panel.run', { tab: -1, command });
    const kept = answer.ok && answer.value.kind === 'acknowledged';
    told = kept ? done : words.say('queries.told.not-done');
    if (kept) last = command.kind === 'undo' ? null : command.id;
    again();
  };
  const newId = (): EventId => crypto.randomUUID() as EventId;
  const copy = async (text: string, reference: string, words: Words): Promise<string> =>
    navigator.clipboard.writeText(text).then(() => words.say('queries.told.copied', { reference }), () => words.say('queries.told.not-copied'));
  const nameOf = (id: SpecialtyId | 'unknown', words: Words): string => nameIn(rulebook.specialties, id, words) ?? words.say('dashboard.unknownSpecialty');
  const termOf = (rule: RuleId): string => rulebook.rules.find(({ id }) => id === rule)?.term ?? rule;
  const textOf = ({ category, rule, specialty, findings, id, isShared }: { readonly category: Query['category']; readonly rule: RuleId | null; readonly specialty: SpecialtyId | 'unknown'; readonly findings: number; readonly id: EventId; readonly isShared: boolean }, language: QueryLanguage, words: Words): string =>
    queryText({ category, term: rule === null || rule === sideConflictRule ? null : termOf(rule), shared: isShared ? { specialty: (one) => nameOf(specialty, one), findings } : null, reference: referenceOf(id) }, language, words);

  return {
    async read() {
      const [queries, totals] = await Promise.all([ask('panel.queries', null), counters.totals()]);
      const specialties = totals.ok ? [...new Set(totals.value.map(({ specialty }) => specialty))] : [];
      const from = monthsOn(monthOf(clock.wall(), clock.offset()), 1 - sharedMonths);
      const found = await Promise.all(specialties.map((specialty) => counters.countersOf(specialty, from)));
      return { queries: queries.ok ? queries.value : [], shared: sharedFaults(found.flatMap((one) => (one.ok ? one.value : [])), from) };
    },
    page: ({ queries, shared }, words) => (
      <QueriesPage queries={queries} burden={queryBurden(queries)} shared={shared} told={told} canUndo={last !== null} words={words}
        nameOf={(specialty) => nameOf(specialty, words)} termOf={termOf}
        onMove={(query, state, outcome) => void send({ kind: 'move-query', id: newId(), query, state, outcome, due: state === 'sent' ? clock.wall() + answerDays * 86_400_000 : null }, words.say('queries.told.moved', { reference: referenceOf(query), state: words.say(`queries.state.${state}`) }), words)}
        onUndo={() => { if (last) void send({ kind: 'undo', id: newId(), undoes: last }, '', words); }}
        onCopy={(query) => void copy(textOf({ ...query, rule: query.rule === '' ? null : query.rule, isShared: query.episode === '' }, query.language, words), referenceOf(query.id), words).then((said) => { told = said; last = null; again(); })}
        onDraft={(about, language) => {
          const id = newId();
          // The clipboard opens only to the click itself, before the log is asked.
          const copying = copy(textOf({ ...about, id, isShared: true }, language, words), referenceOf(id), words);
          void send({ kind: 'draft-query', id, about: { by: 'specialty', ...about }, language }, '', words).then(async () => { if (last === id) { told = await copying; again(); } });
        }} />
    ),
  };
}
