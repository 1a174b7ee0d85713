import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Trajectory, TrajectoryFault } from '../../lib/model/ledger.js';
import { monthsBetween, monthsOn, type Month } from '../../lib/model/month.js';
import { formatMonth, type Words } from '../words.js';
import { trajectoryFaultWords } from './ledger-words.js';

interface Draft { readonly id: string; readonly name: string; readonly agreed: string; readonly from: string; readonly count: number; readonly shares: Readonly<Record<string, string>> }

interface EditorProps {
  /** The newest last. */
  readonly plans: readonly Trajectory[];
  readonly check: (plan: Trajectory) => TrajectoryFault | null;
  readonly newId: () => string;
  readonly onPlans: (plans: readonly Trajectory[]) => void;
  readonly words: Words;
}

const isMonth = (text: string): text is Month => /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text);
const mostMonths = 24;

/** Trajectories that people set: each with its name, the month that it was agreed in, and a share for each of its months. */
export function TrajectoryEditor({ plans, check, newId, onPlans, words }: EditorProps): JSX.Element {
  const { say, locale } = words;
  const [draft, edit] = useState<Draft | null>(null);
  const [fault, setFault] = useState<TrajectoryFault | null>(null);
  const months = draft && isMonth(draft.from) ? monthsBetween(draft.from, monthsOn(draft.from, draft.count - 1)) : [];
  const open = (plan: Trajectory | null): void => {
    const known = Object.keys(plan?.months ?? {}).sort();
    setFault(null);
    edit({ id: plan?.id ?? newId(), name: plan?.name ?? '', agreed: plan?.agreed ?? '', from: known[0] ?? '', count: known[0] !== undefined && isMonth(known[0]) ? monthsBetween(known[0], known.at(-1) as Month).length : 6, shares: Object.fromEntries(Object.entries(plan?.months ?? {}).map(([month, share]) => [month, String(share)])) });
  };
  const keep = (): void => {
    if (!draft) return;
    const plan: Trajectory = { id: draft.id, name: draft.name.replace(/\s+/g, ' ').trim(), agreed: draft.agreed as Month, months: Object.fromEntries(months.flatMap((month): (readonly [string, number])[] => { const share = draft.shares[month]?.trim() ?? ''; return share === '' ? [] : [[month, Number(share)]]; })) };
    const wrong = check(plan);
    setFault(wrong);
    if (wrong) return;
    onPlans([...plans.filter(({ id }) => id !== plan.id), plan]);
    edit(null);
  };
  return (
    <section class="plans">
      <h2>{say('plan.title')}</h2>
      <p class="small">{say('plan.what')}</p>
      {plans.length === 0 ? <p>{say('plan.none')}</p> : <ul class="plain">{plans.map((plan) => <li key={plan.id}>{say('plan.line', { name: plan.name, agreed: formatMonth(plan.agreed, locale), count: Object.keys(plan.months).length })} <button type="button" class="btn" aria-label={say('quality.removeOf', { remove: say('plan.edit'), what: plan.name })} onClick={() => open(plan)}>{say('plan.edit')}</button> <button type="button" class="btn" aria-label={say('quality.removeOf', { remove: say('quality.remove'), what: plan.name })} onClick={() => onPlans(plans.filter((one) => one !== plan))}>{say('quality.remove')}</button></li>)}</ul>}
      {draft === null ? <p class="acts"><button type="button" class="btn" onClick={() => open(null)}>{say('plan.add')}</button></p> : (
        <form onSubmit={(event) => { event.preventDefault(); keep(); }}>
          {fault ? <p class="warning" role="alert">{trajectoryFaultWords(fault, words)}</p> : null}
          <div class="bulk">
            <label><span>{say('plan.name')}</span> <input class="find" type="text" required maxLength={60} value={draft.name} onInput={(event) => edit({ ...draft, name: event.currentTarget.value })} /></label>
            <label><span>{say('plan.agreed')}</span> <input class="find" type="month" required value={draft.agreed} onInput={(event) => edit({ ...draft, agreed: event.currentTarget.value })} /></label>
            <label><span>{say('plan.from')}</span> <input class="find" type="month" required value={draft.from} onInput={(event) => edit({ ...draft, from: event.currentTarget.value })} /></label>
            <label><span>{say('plan.months')}</span> <input class="find" type="number" min="1" max={mostMonths} required value={draft.count} onInput={(event) => edit({ ...draft, count: Math.min(mostMonths, Math.max(1, Math.floor(Number(event.currentTarget.value)) || 1)) })} /></label>
          </div>
          {months.length === 0 ? null : (
            <fieldset class="plan-months"><legend>{say('plan.shares')}</legend>
              {months.map((month) => <label key={month}><span>{formatMonth(month, locale)}</span> <input class="find" type="number" min="0" max="100" step="0.1" value={draft.shares[month] ?? ''} onInput={(event) => edit({ ...draft, shares: { ...draft.shares, [month]: event.currentTarget.value } })} /></label>)}
            </fieldset>
          )}
          <p class="acts"><button type="submit" class="btn">{say('plan.keep')}</button> <button type="button" class="btn" onClick={() => edit(null)}>{say('plan.leave')}</button></p>
        </form>
      )}
    </section>
  );
}
