import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EditionId } from '../../lib/model/rulebook.js';
import { inLocale, type Bilingual } from '../../lib/model/language.js';
import { VerdictShape } from '../panel/shapes.jsx';
import { formatDate, type Words } from '../words.js';
import { bookmarkVerdicts, type BookmarkForm, type BookmarkTerm } from './bookmark-terms.js';

export interface BookmarkSheetProps {
  readonly form: BookmarkForm;
  /** In the order in which they are given room. */
  readonly terms: readonly BookmarkTerm[];
  /** The languages of the page, the reader's own first. */
  readonly languages: readonly [Words, ...Words[]];
  readonly specialty: Bilingual<string>;
  readonly edition: EditionId;
  /** Day of printing, ISO date. */
  readonly day: string;
  /** Told how many entries the paper holds, once that is known. */
  readonly onFits?: (count: number) => void;
}

/** Strips on one sheet. */
const copies = 4;

/** The bookmark as it is printed: as many entries as its paper holds, whole, and how many of the sheet that is. */
export function BookmarkSheet(props: BookmarkSheetProps): JSX.Element {
  const { form, languages } = props;
  if (form !== 'strip') return <Fitted key={keyOf(props)} {...props} />;
  const [own, other = own] = languages;
  // Cut and laid back to back, two strips are one bookmark in both languages.
  const strips = Array.from({ length: copies }, (_, at) => (at % 2 === 0 ? own : other));
  return (
    <div class="bm-strips">
      {strips.map((words, at) => <div key={at} {...(at < languages.length ? {} : { 'aria-hidden': 'true' as const })}><Fitted key={keyOf(props) + words.locale} {...props} languages={[words]} /></div>)}
    </div>
  );
}

const keyOf = ({ form, terms, languages, edition, specialty }: BookmarkSheetProps): string => `${form} ${edition} ${specialty.en} ${languages.map(({ locale }) => locale).join(' ')} ${terms.map(({ id }) => id).join('')} `;

/** Finds by halves how many entries fit: each try is drawn and measured before anything is shown. */
function Fitted(props: BookmarkSheetProps): JSX.Element {
  const paper = useRef<HTMLElement>(null);
  const [tried, setTried] = useState({ fits: 0, most: props.terms.length, now: props.terms.length });
  useLayoutEffect(() => {
    const page = paper.current;
    const parts = page?.querySelector('.bm-parts');
    const { fits, most, now } = tried;
    if (fits >= most) props.onFits?.(fits);
    if (!page || !parts || fits >= most) return;
    // The parts shrink to the room that the foot leaves: what does not fit would lie over the foot, or stand in a column beside the paper.
    const isWhole = [page, parts].every((one) => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth);
    const next = isWhole ? { fits: now, most } : { fits, most: Math.max(0, now - 1) };
    setTried({ ...next, now: Math.ceil((next.fits + next.most) / 2) });
  }, [tried, props.terms]);
  return <Bookmark {...props} shown={props.terms.slice(0, tried.now)} paper={paper} />;
}

function Bookmark({ form, terms, shown, languages, specialty, edition, day, paper }: BookmarkSheetProps & { readonly shown: readonly BookmarkTerm[]; readonly paper: { readonly current: HTMLElement | null } }): JSX.Element {
  const [first] = languages;
  const inEach = (of: (words: Words) => string, between = ' · '): JSX.Element[] => languages.map((words, at) => <span key={words.locale} lang={words.locale}>{at > 0 ? between : ''}{of(words)}</span>);
  const isDraft = languages.some(({ locale }) => locale === 'cy') && shown.some(({ translation }) => translation === 'draft');
  return (
    <article ref={paper as never} class={`bm ${form} ${languages.length > 1 ? 'both' : 'alone'}`} lang={first.locale}>
      <div class="bm-mast"><b>Nodi</b><span>{inEach((words) => inLocale(specialty, words.locale))}</span></div>
      <h2>{inEach(({ say }) => say('bookmark.page.title'), ' ')}</h2>
      <div class="bm-parts">
        {bookmarkVerdicts.map((verdict) => {
          const lines = shown.filter((line) => line.verdict === verdict);
          return lines.length === 0 ? null : (
            <section key={verdict}>
              <h3><VerdictShape verdict={verdict} /> {inEach(({ say }) => say(`bookmark.page.${verdict}`))}</h3>
              <table>
                <thead><tr><th scope="col"><span class="vh">{inEach(({ say }) => say('bookmark.page.term'))}</span></th>{languages.map(({ locale, say }) => <th key={locale} scope="col" lang={locale}><span class="vh">{say(verdict === 'use' ? 'bookmark.page.why' : 'bookmark.page.instead')}</span></th>)}</tr></thead>
                <tbody>{lines.map(({ id, term, language, short, instead }) => <tr key={id}><th scope="row"><span class={`bm-term ${verdict}`} lang={language}>{term}</span></th>{languages.map(({ locale }) => <td key={locale} lang={locale}>{inLocale(instead, locale) || inLocale(short, locale)}</td>)}</tr>)}</tbody>
              </table>
            </section>
          );
        })}
      </div>
      <div class="bm-foot">{languages.map((words) => <p key={words.locale} lang={words.locale}>{words.say('bookmark.page.foot', { edition, date: formatDate(day, words.locale), shown: shown.length, all: terms.length })}{isDraft ? ` ${words.say('detail.draftWelsh')}` : ''}</p>)}</div>
    </article>
  );
}
