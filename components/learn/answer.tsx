import type { ComponentChildren, JSX } from 'preact';
import { readCode, type ClinicalCode } from '../../lib/model/code.js';
import { inLocale } from '../../lib/model/language.js';
import type { RuleCard } from '../../lib/model/review.js';
import type { RuleId } from '../../lib/model/rulebook.js';
import { surenesses, type CodeOutcome, type ItemId, type MarkOutcome, type Sureness, type TaughtRule } from '../../lib/model/trainee.js';
import type { WordKey, Words } from '../words.js';

/** What items are named by: the taught rules, and the entries of the sheet in force. */
export interface ItemNames {
  readonly rules: readonly TaughtRule[];
  readonly cardOf: (rule: RuleId) => RuleCard | null;
  readonly words: Words;
}

/** The name, standard and words of an item in the language shown. `isDraft`: nobody has reviewed its Welsh. */
export function itemText(item: ItemId, { rules, cardOf, words }: ItemNames): { readonly name: string; readonly ask: string; readonly answer: string; readonly standard: string; readonly isDraft: boolean } {
  const { locale, say } = words;
  const id = item.slice(5);
  if (item.startsWith('rule:')) {
    const rule = rules.find((one) => one.id === id);
    if (rule) {
      const standard = inLocale(rule.standard, locale);
      return { name: inLocale(rule.name, locale), ask: inLocale(rule.ask, locale), answer: `${inLocale(rule.answer, locale)} ${inLocale(rule.why, locale)}`, standard: rule.checked || /checked/i.test(rule.standard.en) ? standard : say('learn.toCheck', { standard }), isDraft: false };
    }
  }
  const card = cardOf(id as RuleId);
  if (!card) return { name: id, ask: id, answer: '', standard: '', isDraft: false };
  const text = inLocale(card.text, locale);
  const instead = text.instead.length > 0 ? ` ${say('learn.instead', { wording: text.instead.join(', ') })}` : '';
  return { name: card.term, ask: say('learn.askTerm', { term: card.term }), answer: `${say(`verdict.${card.verdict}`)}. ${text.why}${instead}`, standard: `${inLocale(card.source, locale)} · ${card.rule}`, isDraft: card.translation === 'draft' };
}

/** Codes as they were typed, and what among them is no code. */
export function typedCodes(text: string): { readonly codes: readonly ClinicalCode[]; readonly bad: readonly string[] } {
  const parts = text.split(/[\s,;+]+/).filter(Boolean);
  const codes = parts.map((part) => ({ part, code: readCode(part) }));
  return { codes: codes.flatMap(({ code }) => code ?? []), bad: codes.flatMap(({ part, code }) => (code === null ? [part] : [])) };
}

/** What each outcome is called: a mistake “differs”. */
export const outcomeKeys: Readonly<Record<CodeOutcome | MarkOutcome, WordKey>> = { right: 'learn.outcome.right', order: 'learn.outcome.order', fourth: 'learn.outcome.fourth', third: 'learn.outcome.third', verdict: 'learn.outcome.verdict', missed: 'learn.outcome.missed', extra: 'learn.outcome.extra' };

/** Asked before the answer is shown: how sure? Pressed again it is taken back. */
export function SureChoice({ sure, words: { say }, onSure }: { readonly sure: Sureness | null; readonly words: Words; readonly onSure: (sure: Sureness | null) => void }): JSX.Element {
  return (
    <div class="learn-sure" role="group" aria-label={say('learn.sure')}>
      <p class="learn-sure-ask">{say('learn.sure')}</p>
      {surenesses.map((one) => <button key={one} type="button" class="btn" aria-pressed={sure === one} onClick={() => onSure(sure === one ? null : one)}>{say(`learn.sure.${one}`)}</button>)}
    </div>
  );
}

/** The way to a code through the index, in four steps. `lead` and `qualifiers` are English, as the index is. */
export function IndexPath({ lead, qualifiers, code, verify, words: { say } }: { readonly lead: string; readonly qualifiers: readonly string[]; readonly code: string; readonly verify: ComponentChildren; readonly words: Words }): JSX.Element {
  return (
    <ol class="learn-path">
      <li><b>{say('learn.path.analyse')}</b> {say('learn.path.lead')} <span lang="en-GB">{lead}</span>{qualifiers.length > 0 ? <>; {say('learn.path.qualifiers')} <span lang="en-GB">{qualifiers.join(', ')}</span></> : null}</li>
      <li><b>{say('learn.path.locate')}</b> {say('learn.path.index')} <span lang="en-GB">{[lead, ...qualifiers].join(', ')}</span></li>
      <li><b>{say('learn.path.assign')}</b> <code>{code}</code></li>
      <li><b>{say('learn.path.verify')}</b> {verify}</li>
    </ol>
  );
}
