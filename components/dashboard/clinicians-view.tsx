import type { JSX } from 'preact';
import type { Specialty } from '../../lib/model/episode.js';
import { inLocale, type Locale } from '../../lib/model/language.js';
import type { EditionId, Rule } from '../../lib/model/rulebook.js';
import { languageOfTerm } from './sheet-diagnosis.js';
import { VerdictShape } from '../panel/shapes.jsx';
import { createWords, formatDate, type WordKey, type WordValues } from '../words.js';
import { specialtiesOf } from './bookmark-page.jsx';

export interface CliniciansViewProps {
  readonly rules: readonly Rule[];
  readonly specialties: readonly Specialty[];
  readonly edition: EditionId;
  /** Day on which it was saved, ISO date. */
  readonly day: string;
  /** The language that it opens in; the other is one press away. */
  readonly locale: Locale;
}

const both = [createWords('en-GB'), createWords('cy')] as const;

/**
 * The whole sheet for a department, in both languages, as the nodes of one file. Without its script everything is shown; the script finds, filters
 * and changes the language by attributes alone.
 */
export function CliniciansView({ rules, specialties, edition, day, locale }: CliniciansViewProps): JSX.Element {
  const say = (key: WordKey, values?: (locale: Locale) => WordValues): JSX.Element[] => both.map((words) => <span key={words.locale} lang={words.locale}>{words.say(key, values?.(words.locale))}</span>);
  const known = specialtiesOf(rules, specialties, locale);
  const isDraft = rules.some(({ translation }) => translation === 'draft');
  const pick = (name: string, value: string, label: JSX.Element | readonly JSX.Element[], isChosen: boolean): JSX.Element => <label key={value}><input type="radio" name={name} value={value} defaultChecked={isChosen} /> {label}</label>;
  return (
    <main>
      <header>
        <h1>{say('view.title')}</h1>
        <p class="meta">{say('view.edition', (one) => ({ edition, date: formatDate(day, one) }))}</p>
        <p>{say('view.lede')}</p>
        {isDraft ? <p lang="cy">{both[1].say('detail.draftWelsh')}</p> : null}
      </header>
      <form role="search" class="tools">
        <label class="find"><span>{say('view.find')}</span><input type="search" id="find" autocomplete="off" spellcheck={false} /></label>
        <fieldset><legend>{say('view.language')}</legend>{pick('language', 'en-GB', <span class="always" lang="en-GB">English</span>, locale === 'en-GB')}{pick('language', 'cy', <span class="always" lang="cy">Cymraeg</span>, locale === 'cy')}</fieldset>
        <fieldset><legend>{say('view.specialty')}</legend>{pick('specialty', '', say('view.every'), true)}{known.map(({ id, name }) => pick('specialty', id, both.map((words) => <span key={words.locale} lang={words.locale}>{inLocale(name, words.locale)}</span>), false))}</fieldset>
        <p role="status" id="shown">{both.map(({ locale: one, say: inOne }) => <span key={one} lang={one} data-say={inOne('view.shown', { shown: '{shown}', all: rules.length })}>{inOne('view.shown', { shown: rules.length, all: rules.length })}</span>)}</p>
      </form>
      <table>
        <caption class="vh">{say('view.title')}</caption>
        <thead><tr><th scope="col">{say('bookmark.page.term')}</th><th scope="col">{say('bookmark.page.instead')}</th><th scope="col">{say('bookmark.page.why')}</th></tr></thead>
        <tbody>
          {rules.map(({ id, term, verdict, forms, text, appliesTo }) => {
            const also = forms.filter((form) => form.text !== term && !form.text.includes('{'));
            return (
              <tr key={id} data-for={appliesTo === 'all' ? '' : appliesTo.join(' ')}>
                <th scope="row"><VerdictShape verdict={verdict} /> <b class={`t ${verdict}`} lang={languageOfTerm({ term, forms })}>{term}</b> <span class="verdict">{say(`verdict.${verdict}`)}</span>{also.length > 0 ? <small>{also.map((form, at) => <bdi key={form.text} lang={form.language === 'cy' ? 'cy' : 'en'}>{at > 0 ? ' · ' : ''}{form.text}</bdi>)}</small> : null}</th>
                <td>{both.map((words) => <span key={words.locale} lang={words.locale}>{inLocale(text, words.locale).instead.join('; ')}</span>)}</td>
                <td>{both.map((words) => <span key={words.locale} lang={words.locale}>{inLocale(text, words.locale).why}</span>)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p id="none" hidden>{say('view.none')}</p>
    </main>
  );
}
