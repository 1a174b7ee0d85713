import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Specialty, SpecialtyId } from '../../lib/model/episode.js';
import { inLocale, otherLocale } from '../../lib/model/language.js';
import type { EditionId, Rule, RuleId } from '../../lib/model/rulebook.js';
import { createWords, type Words } from '../words.js';
import { BookmarkChoice } from './bookmark-choice.jsx';
import { BookmarkSheet } from './bookmark-sheet.jsx';
import { bookmarkForms, bookmarkTerms, type BookmarkForm } from './bookmark-terms.js';

export const bookmarkLanguages = ['both', 'en', 'cy'] as const;
type BookmarkLanguage = (typeof bookmarkLanguages)[number];

export interface BookmarkPageProps {
  readonly rules: readonly Rule[];
  readonly specialties: readonly Specialty[];
  readonly edition: EditionId;
  /** Today, ISO date. */
  readonly day: string;
  /** Why the file was not saved. */
  readonly told: string | null;
  readonly words: Words;
  /** Entries that a person chose, by specialty or `all`. */
  readonly chosen: ReadonlyMap<string, readonly RuleId[]>;
  readonly onChoose: (specialty: SpecialtyId | 'all', ids: readonly RuleId[] | null) => void;
  readonly onPrint: () => void;
  /** Saves the sheet as one file that a department opens without Nodi. */
  readonly onSaveView: () => void;
}

/** Specialties that have entries of their own, in the order of their names. */
export function specialtiesOf(rules: readonly Rule[], specialties: readonly Specialty[], locale: Words['locale']): readonly Specialty[] {
  return specialties.filter(({ id }) => rules.some(({ appliesTo }) => appliesTo !== 'all' && appliesTo.includes(id))).sort((a, b) => inLocale(a.name, locale).localeCompare(inLocale(b.name, locale), locale));
}

/** Choose for whom and on what paper; what is seen is what is printed. */
export function BookmarkPage({ rules, specialties, edition, day, told, chosen: kept, words, onChoose, onPrint, onSaveView }: BookmarkPageProps): JSX.Element {
  const { say, locale } = words;
  const [specialty, setSpecialty] = useState<SpecialtyId | 'all'>('all');
  const [form, setForm] = useState<BookmarkForm>('card');
  const [language, setLanguage] = useState<BookmarkLanguage>('both');
  const [fits, setFits] = useState<number | null>(null);
  const all = useMemo(() => bookmarkTerms(rules, specialty), [rules, specialty]);
  const own = kept.get(specialty);
  const picked = useMemo(() => (own ? new Set(own) : null), [own]);
  const terms = useMemo(() => (picked ? all.filter(({ id }) => picked.has(id)) : all), [all, picked]);
  const known = specialtiesOf(rules, specialties, locale);
  const chosen = known.find(({ id }) => id === specialty);
  const other = createWords(otherLocale(locale));
  const wanted = language === 'cy' ? 'cy' : 'en-GB';
  const languages: readonly [Words, ...Words[]] = language === 'both' ? [words, other] : [locale === wanted ? words : other];
  const nameOfAll = { en: createWords('en-GB').say('bookmark.specialty.all'), cy: createWords('cy').say('bookmark.specialty.all') };
  const choice = <Value extends string>(label: string, value: Value, values: readonly (readonly [Value, string])[], set: (value: Value) => void): JSX.Element => (
    <label><span>{label}</span><select class="find" value={value} onChange={(event) => { const next = values.find(([one]) => one === event.currentTarget.value); if (next) set(next[0]); }}>{values.map(([one, called]) => <option key={one} value={one} selected={one === value}>{called}</option>)}</select></label>
  );
  return (
    <>
      <div class="bm-choose">
        <h1>{say('bookmark.title')}</h1>
        <p class="lede">{say('bookmark.lede')}</p>
        <div class="bulk">
          {choice<SpecialtyId | 'all'>(say('bookmark.specialty'), specialty, [['all', say('bookmark.specialty.all')], ...known.map(({ id, name }) => [id, inLocale(name, locale)] as const)], setSpecialty)}
          {choice(say('bookmark.form'), form, bookmarkForms.map((one) => [one, say(`bookmark.form.${one}`)] as const), setForm)}
          {choice(say('bookmark.language'), language, bookmarkLanguages.map((one) => [one, say(`bookmark.language.${one}`)] as const), setLanguage)}
        </div>
        <BookmarkChoice terms={all} chosen={picked} fits={fits} words={words} onChoose={(ids) => onChoose(specialty, ids)} />
        <p class="acts"><button type="button" class="btn" onClick={onPrint}>{say('bookmark.print')}</button> <button type="button" class="btn" onClick={onSaveView}>{say('bookmark.saveView')}</button></p>
        <p role="status" class="told">{told ?? ''}</p>
        <p class="small">{say('bookmark.saveView.what')}</p>
      </div>
      <div class="bm-view" tabIndex={0} role="region" aria-label={say('bookmark.seen')}>
        <BookmarkSheet form={form} terms={terms} onFits={setFits} languages={languages} specialty={chosen?.name ?? nameOfAll} edition={edition} day={day} />
      </div>
    </>
  );
}
