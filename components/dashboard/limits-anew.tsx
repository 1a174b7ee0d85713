import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Month } from '../../lib/model/month.js';
import { formatMonth, type Words } from '../words.js';

/** Sets the limits of a chart anew from a month, and takes that back: a person alone does, for a reason that is known. `months`: those from which it makes sense; `drawn`: where it was done. */
export function LimitsAnew({ months, drawn, words, onDrawn }: { readonly months: readonly Month[]; readonly drawn: readonly Month[]; readonly words: Words; readonly onDrawn: (drawn: readonly Month[]) => void }): JSX.Element | null {
  const { say, locale } = words;
  const [from, setFrom] = useState<string>('');
  const chosen = months.find((month) => month === from);
  if (months.length === 0) return null;
  return (
    <form class="bulk" onSubmit={(event) => { event.preventDefault(); if (chosen) { setFrom(''); onDrawn([...drawn.filter((month) => month !== chosen), chosen]); } }}>
      <label><span>{say('quality.rebase')}</span> <select class="find" value={from} onChange={(event) => setFrom(event.currentTarget.value)}><option value="">{say('quality.rebase.choose')}</option>{months.map((month) => <option key={month} value={month} selected={month === from}>{formatMonth(month, locale)}</option>)}</select></label>
      <button type="submit" class="btn" aria-disabled={!chosen}>{say('quality.rebase.draw')}</button>
      {drawn.map((month) => <button key={month} type="button" class="btn" onClick={() => onDrawn(drawn.filter((other) => other !== month))}>{say('quality.rebase.remove', { from: formatMonth(month, locale) })}</button>)}
    </form>
  );
}
