import type { JSX } from 'preact';
import { doubtTerms, ukTreatment, type DoubtPolicy, type DoubtTerm } from '../../lib/model/assertion.js';
import type { Words } from '../words.js';

interface DoubtListProps { readonly words: Words; readonly doubt: DoubtPolicy; readonly fixed: boolean; readonly onDoubt: (doubt: DoubtPolicy) => void }

/** A box for each term of doubt, ticked where a diagnosis in such words is coded; what differs from the UK's treatment says so in words. */
export function DoubtList({ words: { say }, doubt, fixed, onDoubt }: DoubtListProps): JSX.Element {
  const treated = (term: DoubtTerm): boolean => (doubt[term] ?? ukTreatment(term)) === 'codable';
  const turn = (term: DoubtTerm, codable: boolean): void => {
    const { [term]: _, ...others } = doubt;
    const treatment = codable ? 'codable' : 'not-codable';
    onDoubt(treatment === ukTreatment(term) ? others : { ...others, [term]: treatment });
  };
  const differs = (term: DoubtTerm): boolean => treated(term) !== (ukTreatment(term) === 'codable');
  return (
    <>
      {doubtTerms.map((term) => (
        <label key={term} class="choice"><input type="checkbox" checked={treated(term)} disabled={fixed} onChange={(event) => turn(term, event.currentTarget.checked)} /> <span>{say(`options.doubt.${term}`)}{differs(term) ? <> <span class="small">({say('options.doubt.changed')})</span></> : null}</span></label>
      ))}
      {fixed || !doubtTerms.some(differs) ? null : <div class="acts"><button type="button" class="btn" onClick={() => onDoubt({})}>{say('options.doubt.reset')}</button></div>}
    </>
  );
}
