import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FirstStep, FirstStepId } from '../../lib/model/first-steps.js';
import type { Profile } from '../../lib/model/profile.js';
import { Glyph } from '../panel/shapes.jsx';
import type { Words } from '../words.js';

export interface StartPageProps {
  readonly profile: Profile;
  readonly steps: readonly FirstStep[];
  /** The chord that opens the panel, as it is shown; empty where there is none. */
  readonly panelKey: string;
  readonly isDamaged: boolean;
  readonly isSaved: boolean;
  readonly words: Words;
  /** Goes where the step is done; null for one that is done in the panel or the record. */
  readonly goTo: (step: FirstStepId) => (() => void) | null;
  readonly onTick: (step: FirstStepId, ticked: boolean) => void;
}

/** The walkthrough for first use: one step open at a time, each done by doing it, and the first that is not done is open when the page comes back. */
export function StartPage({ profile, steps, panelKey, isDamaged, isSaved, words, goTo, onTick }: StartPageProps): JSX.Element {
  const { say } = words;
  const [chosen, setChosen] = useState<FirstStepId | 'none' | null>(null);
  const next = steps.find(({ state }) => state === 'open');
  const open = chosen ?? next?.id ?? 'none';
  const done = steps.filter(({ state }) => state !== 'open').length;
  return (
    <>
      <h1>{say('start.headline')}</h1>
      <p class="lede">{say(`start.lede.${profile}`)} {say('start.lede')}</p>
      {isDamaged ? <p class="warning" role="alert">{say('learn.damaged')}</p> : null}
      {isSaved ? null : <p class="warning" role="alert">{say('learn.notSaved')}</p>}
      <p class="start-count" role="status"><label><span>{say('start.done', { done, count: steps.length })}</span> <progress max={steps.length} value={done} /></label></p>
      <ol class="start-steps">
        {steps.map(({ id, needsRecord, state }) => {
          const isOpen = open === id;
          const go = goTo(id);
          const title = say(`start.step.${id}`);
          return (
            <li key={id} class={state === 'open' ? '' : 'is-done'}>
              <button type="button" class="start-step" aria-expanded={isOpen} aria-controls={`step-${id}`} onClick={() => setChosen(isOpen ? 'none' : id)}>
                {state === 'open' ? <svg class="ic" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5" /></svg> : <Glyph name="tick" />}
                <span>{title}</span> <span class="small">{state === 'open' ? needsRecord ? say('start.needsRecord') : '' : say(state === 'done' ? 'start.seen' : 'start.ticked')}</span>
              </button>
              <div id={`step-${id}`} class="start-text" hidden={!isOpen}>
                <p>{say(`start.text.${id}`, { key: panelKey })}</p>
                <div class="acts">
                  {go ? <button type="button" class={next?.id === id ? 'btn go' : 'btn'} aria-label={say('start.goTo', { step: title })} onClick={go}>{say('start.go')}</button> : null}
                  {state === 'open' ? <button type="button" class="btn" aria-label={say('start.tickOf', { step: title })} onClick={() => { setChosen(null); onTick(id, true); }}>{say('start.tick')}</button> : null}
                  {state === 'ticked' ? <button type="button" class="btn" aria-label={say('start.untickOf', { step: title })} onClick={() => onTick(id, false)}>{say('start.untick')}</button> : null}
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      {next ? null : <p role="status">{say('start.all')}</p>}
    </>
  );
}
