import type { ComponentChildren, JSX } from 'preact';
import { inLocale } from '../../lib/model/language.js';
import type { ProblemRow, ProblemState, Quote, RecordView, ReviewedDocument, RuleCard } from '../../lib/model/review.js';
import type { CoverageGap } from '../../lib/model/snapshot.js';
import { formatDate } from '../words.js';
import type { Words } from '../words.js';
import { conflictWords, datedTitle, documentTitle, gapWords, rowName, unreadDocuments } from './record-summary.js';
import { Glyph, VerdictShape } from './shapes.jsx';

/** How a row stands: what the log says, or what is still on its way. */
export type RowStanding = ProblemState['kind'] | 'pending' | 'not-saved';

interface ListProps {
  readonly record: RecordView;
  readonly words: Words;
  readonly cards: ReadonlyMap<string, RuleCard>;
  /** The rows that the filter leaves, by document. */
  readonly shown: ReadonlyMap<string, readonly ProblemRow[]>;
  readonly current: string | null;
  readonly standing: (row: ProblemRow) => RowStanding;
  readonly folded: ReadonlySet<string>;
  readonly onFold: (document: string) => void;
  readonly onSelect: (row: ProblemRow) => void;
  /** Shows a place that says otherwise. */
  readonly onShowQuote: (quote: Quote) => void;
  readonly actions: (row: ProblemRow) => ComponentChildren;
  readonly onOpenLetters: () => void;
}

/** Problems by document. Each document is a listbox of its own; only the current row is open, its detail stands under it by `order`. */
export function ProblemList({ record, words, shown, folded, onFold, onOpenLetters, ...rest }: ListProps): JSX.Element {
  const letters = <p class="note"><button type="button" class="btn" onClick={onOpenLetters}>{words.say('action.openLetters')}</button></p>;
  return (
    <>
      {record.documents.map((document) => {
        const rows = shown.get(document.id) ?? [];
        const open = !folded.has(document.id);
        const parts = record.gaps.filter((gap) => gap.document === document.id).map((gap) => gapWords(gap, words));
        const name = `document-${document.id}`;
        const title = documentTitle(document, words);
        return (
          <section key={name} class="doc">
            <GroupHead title={title} date={document.date} language={document.language} words={words} open={open} onFold={rows.length > 0 ? () => onFold(document.id) : null}>
              {rows.length > 0 ? <span>{rows.length}</span> : <span class="dim">{words.say(emptyReason(document))}</span>}
            </GroupHead>
            {document.channel === 'draft' ? <p class="note">{words.say('list.draft')}</p> : document.channel === 'field' ? <p class="note">{words.say('list.field')}</p> : null}
            {parts.map((part) => <p key={part} class="note"><Glyph name="unreadable" /> {part}</p>)}
            {record.gaps.some((gap) => gap.document === document.id && gap.kind === 'plugin') ? letters : null}
            {open && rows.length > 0 ? <Rows document={document} title={title} rows={rows} record={record} words={words} {...rest} /> : null}
          </section>
        );
      })}
      {unreadDocuments(record).map((gap: CoverageGap, index) => (
        <section key={`gap-${index}`} class="doc">
          <GroupHead title={gap.title ?? words.say('document.other')} date={null} language="unknown" words={words} open onFold={null}>
            <span class="warn"><Glyph name="unreadable" /> {gapWords(gap, words)}</span>
          </GroupHead>
          {gap.kind === 'plugin' ? letters : null}
        </section>
      ))}
    </>
  );
}

function emptyReason(document: ReviewedDocument): 'list.readNothing' | 'list.useOnly' | 'list.hidden' {
  if (document.rows.length === 0) return 'list.readNothing';
  return document.rows.every((row) => row.diagnostic.severity === 'use') ? 'list.useOnly' : 'list.hidden';
}

interface HeadProps { readonly title: string; readonly date: string | null; readonly language: ReviewedDocument['language']; readonly words: Words; readonly open: boolean; readonly onFold: (() => void) | null; readonly children: ComponentChildren }

function GroupHead({ title, date, language, words, open, onFold, children }: HeadProps): JSX.Element {
  const name = <><b {...languageOf(language)}>{title}</b>{date === null ? null : <span class="dimmer nowrap">{formatDate(date, words.locale, 'without-year')}</span>}</>;
  return (
    <h2 class="grp">
      {onFold === null ? <span class="head">{name}</span> : <button type="button" class="head" aria-expanded={open} onClick={onFold}><Glyph name={open ? 'chevron' : 'folded'} />{name}</button>}
      <span class="sp" />{children}
    </h2>
  );
}

/** Words from the record are read out in their own language, where it is known. */
function languageOf(language: ReviewedDocument['language']): { readonly lang?: string } {
  return language === 'en' || language === 'cy' ? { lang: language } : {};
}

type RowsProps = Omit<ListProps, 'shown' | 'folded' | 'onFold' | 'onOpenLetters'> & { readonly document: ReviewedDocument; readonly title: string; readonly rows: readonly ProblemRow[] };

function Rows({ document, title, rows, record, words, cards, current, standing, onSelect, onShowQuote, actions }: RowsProps): JSX.Element {
  const at = rows.findIndex((row) => rowName(row) === current);
  const row = rows[at];
  const card = row ? cards.get(row.diagnostic.rule) : undefined;
  return (
    <div class="rows">
      <ul role="listbox" aria-label={words.say('list.label', { title })}>
        {rows.map((each, index) => {
          const name = rowName(each);
          const state = standing(each);
          const short = cards.get(each.diagnostic.rule)?.text;
          return (
            <li key={name} id={`row-${name}`} data-row={name} class={`row is-${state}`} role="option" aria-selected={index === at} tabIndex={index === at ? 0 : -1} style={{ order: index * 2 }} onClick={() => onSelect(each)}>
              <VerdictShape verdict={each.diagnostic.severity} />
              <span class="vh">{words.say(`verdict.${each.diagnostic.severity}`)} </span>
              <span class="told"><span class={`term m m-${each.diagnostic.severity}`} {...languageOf(document.language)}>{each.words}</span>{' '}<span class="say">{short ? inLocale(short, words.locale).short : conflictWords(each, record, words)}</span></span>
              {state === 'open' ? null : <span class="mark">{words.say(standingWords(state))}</span>}
            </li>
          );
        })}
      </ul>
      {row && (card || row.related.length > 0) ? <div class="detail" role="group" aria-label={words.say('detail.label', { words: row.words })} style={{ order: at * 2 + 1 }}>{card ? <CardText card={card} edition={record.edition} words={words} /> : <ConflictText row={row} record={record} words={words} onShowQuote={onShowQuote} />}{row.copies > 0 ? <p class="lead2">{words.say('row.copies', { count: row.copies })}</p> : null}{row.state.kind === 'open' && row.logged > 0 ? <p class="lead2">{words.say('row.loggedBefore', { count: row.logged })}</p> : null}<div class="acts">{actions(row)}</div></div> : null}
    </div>
  );
}

function standingWords(state: Exclude<RowStanding, 'open'>): 'row.pending' | 'row.logged' | 'row.dismissed' | 'row.notSaved' {
  switch (state) {
    case 'pending': return 'row.pending';
    case 'logged': return 'row.logged';
    case 'dismissed': return 'row.dismissed';
    case 'not-saved': return 'row.notSaved';
  }
}

/** What is wrong with a side that other places contradict: why, and each of those places, one press away. */
function ConflictText({ row, record, words, onShowQuote }: { readonly row: ProblemRow; readonly record: RecordView; readonly words: Words; readonly onShowQuote: (quote: Quote) => void }): JSX.Element {
  return (
    <>
      <p>{words.say('conflict.why')}</p>
      <p class="lead2">{words.say('conflict.where')}</p>
      <ul class="places">{row.related.map((place) => {
        const document = record.documents.find((one) => one.id === place.document);
        return <li key={`${place.document} ${place.span.start}`}><button type="button" class="link m m-conflict" {...languageOf(document?.language ?? 'unknown')} onClick={() => onShowQuote(place)}>“{place.words}”</button> <span class="small">{document ? datedTitle(document, words) : ''}</span></li>;
      })}</ul>
      <p class="lead2">{words.say('conflict.source')}</p>
    </>
  );
}

/** What the sheet says of a term: why, what to write instead, where it comes from. */
export function CardText({ card, edition, words, sourceInFull = false }: { readonly card: RuleCard; readonly edition: string; readonly words: Words; readonly sourceInFull?: boolean }): JSX.Element {
  const text = inLocale(card.text, words.locale);
  return (
    <>
      <p>{text.why}</p>
      {text.instead.length === 0 ? null : <><p class="lead2">{words.say('detail.instead')}</p><ul class="instead">{text.instead.map((wording) => <li key={wording}>{wording}</li>)}</ul></>}
      <p class="lead2">{words.say('detail.source', { rule: card.rule, edition })} · {inLocale(card.source, words.locale)}</p>
      {words.locale === 'cy' && card.translation === 'draft' ? <p class="lead2 draft"><span aria-hidden="true">●○○</span> {words.say('detail.draftWelsh')}</p> : sourceInFull && card.translation === 'draft' ? <p class="lead2 draft">{words.say('detail.draftWelsh')}</p> : null}
    </>
  );
}
