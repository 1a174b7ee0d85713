import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { writtenCode, type ClinicalCode } from '../../lib/model/code.js';
import type { CodingDepth } from '../../lib/model/coded-episode.js';
import { fieldKinds, type AskedField, type DepthReason, type FactAnswer } from '../../lib/model/exception.js';
import { choicesOf } from '../../lib/model/exception-faults.js';
import { inLocale } from '../../lib/model/language.js';
import type { WordKey, Words } from '../words.js';

interface DepthBadgeProps {
  readonly depth: CodingDepth;
  readonly reason: DepthReason;
  readonly words: Words;
  readonly onChoose: (depth: CodingDepth) => void;
  /** Null takes an answer back. */
  readonly onAnswer: (field: AskedField, answer: FactAnswer | null) => void;
}

/** How far this episode is coded, always with the reason; the one question that could change it; and the other depth for the coder to choose. */
export function DepthBadge({ depth, reason, words, onChoose, onAnswer }: DepthBadgeProps): JSX.Element {
  const { say } = words;
  const { ground, missing: [field], answered } = reason;
  const other: CodingDepth = depth === 'full' ? 'primary' : 'full';
  return (
    <section class={`depth is-${depth}`} aria-label={say('depth.label')}>
      <b class="block">{say(`depth.${depth}`)}</b>
      <span class="small block">{groundWords(reason, words)}</span>
      {field ? <Question key={field} field={field} more={reason.missing.length - 1} words={words} onAnswer={(answer) => onAnswer(field, answer)} /> : null}
      {answered.length > 0 && ground.kind !== 'chosen' ? (
        <p class="small">{say('depth.answered')} {answered.map((one) => <button key={one} type="button" class="link" onClick={() => onAnswer(one, null)}>{say(`depth.field.${one}`)}<span class="vh"> {say('depth.askAgain')}</span></button>)}</p>
      ) : null}
      {reason.status === 'placeholder' && ground.kind !== 'department' && ground.kind !== 'chosen' ? <span class="small block">{say('depth.placeholder')}</span> : null}
      <button type="button" class="link" onClick={() => onChoose(other)}>{say(`depth.choose.${other}`)}</button>
    </section>
  );
}

/** The reason in one line: “Length of stay 9 days (rule 2: stay of more than 7 days)”. */
export function groundWords({ ground, missing }: DepthReason, words: Words): string {
  const { say, locale } = words;
  switch (ground.kind) {
    case 'department': return say('depth.ground.department');
    case 'chosen': return say('depth.ground.chosen');
    case 'none-met': return say(missing.length > 0 ? 'depth.ground.noneSoFar' : 'depth.ground.none', { count: ground.tried });
    case 'criterion': {
      const because = inLocale(ground.reason, locale);
      const found = foundWords(ground.field, ground.found, words);
      return found === null ? say('depth.ground.plainRule', { reason: because, place: ground.place }) : say('depth.ground.rule', { found, reason: because, place: ground.place });
    }
  }
}

function foundWords(field: keyof typeof fieldKinds, found: number | string | null, { say }: Words): string | null {
  if (found === null) return null;
  switch (fieldKinds[field]) {
    case 'number': return say(field === 'age' ? 'depth.found.age' : 'depth.found.stay', { count: Number(found) });
    case 'codes': return writtenCode(found as ClinicalCode);
    case 'choice': return `${say(`depth.field.${field}`)}: ${say(`depth.choice.${found}` as WordKey)}`;
    default: return `${say(`depth.field.${field}`)} ${found}`;
  }
}

interface QuestionProps { readonly field: AskedField; readonly more: number; readonly words: Words; readonly onAnswer: (answer: FactAnswer) => void }

function Question({ field, more, words: { say }, onAnswer }: QuestionProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const kind = fieldKinds[field];
  const asked = say(`depth.ask.${field}`);
  const isNumber = kind === 'number';
  const answer = isNumber ? Number(typed) : typed;
  const isWhole = isNumber ? /^\d{1,4}$/.test(typed) : /^\d{3}$/.test(typed);
  return (
    <form class="ask" aria-label={asked} onSubmit={(event) => { event.preventDefault(); if (isWhole) onAnswer(answer); }}>
      <span class="block">{asked} {more > 0 ? <span class="small">{say('depth.more', { count: more })}</span> : null}</span>
      <span class="acts">
        {kind === 'yes-no' ? ([true, false] as const).map((each) => <button key={String(each)} type="button" class="btn" onClick={() => onAnswer(each)}>{say(each ? 'depth.yes' : 'depth.no')}</button>)
          : kind === 'choice' ? choicesOf(field).map((each) => <button key={each} type="button" class="btn" onClick={() => onAnswer(each)}>{say(`depth.choice.${each}` as WordKey)}</button>)
            : <><input class="find" type="text" inputMode="numeric" autocomplete="off" aria-label={asked} value={typed} onInput={(event) => setTyped(event.currentTarget.value.trim())} /><button type="submit" class="btn" disabled={!isWhole}>{say('depth.answer')}</button></>}
      </span>
    </form>
  );
}
