import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SpecialtyId } from '../../lib/model/episode.js';
import { packPeriods, type LeadPack, type PackPeriod } from '../../lib/model/lead-pack.js';
import { otherLocale, type Bilingual } from '../../lib/model/language.js';
import { createWords, type Words } from '../words.js';
import { LeadPage } from './lead-page.jsx';
import { leadPageText, type LeadPageText } from './lead-page-text.js';

export const packLanguages = ['both', 'en', 'cy'] as const;
export type PackLanguage = (typeof packLanguages)[number];
/** How a page leaves. */
export const packWays = ['print', 'docx', 'xlsx', 'csv', 'html'] as const;
export type PackWay = (typeof packWays)[number];

export interface PacksPageProps {
  /** Specialties of which something was read, named in both languages, in the order of their names. */
  readonly specialties: readonly { readonly id: SpecialtyId; readonly name: Bilingual<string> }[];
  readonly packOf: (specialty: SpecialtyId, period: PackPeriod) => LeadPack;
  readonly canSince: (specialty: SpecialtyId) => boolean;
  readonly told: string | null;
  readonly words: Words;
  readonly onLeave: (way: PackWay, pack: LeadPack, texts: readonly [LeadPageText, ...LeadPageText[]]) => void;
}

/** The words of a page in the languages that were chosen, the reader's own first. */
export function textsOf(pack: LeadPack, name: Bilingual<string>, language: PackLanguage, words: Words): readonly [LeadPageText, ...LeadPageText[]] {
  const other = otherLocale(words.locale);
  if (language === 'both') return [leadPageText(pack, name, words), leadPageText(pack, name, createWords(other))];
  const locale = language === 'cy' ? 'cy' : 'en-GB';
  return [leadPageText(pack, name, locale === words.locale ? words : createWords(locale))];
}

/** Choose a specialty; what is seen is the page itself. Nothing is sent: a person prints or saves it. */
export function PacksPage({ specialties, packOf, canSince, told, words, onLeave }: PacksPageProps): JSX.Element {
  const { say } = words;
  const [wanted, choose] = useState<SpecialtyId | null>(null);
  const [period, setPeriod] = useState<PackPeriod>('since');
  const [language, setLanguage] = useState<PackLanguage>('both');
  const here = specialties.find(({ id }) => id === wanted) ?? specialties[0];
  if (!here) return <><h1>{say('packs.title')}</h1><p class="lede">{say('packs.none')}</p></>;
  const periods = packPeriods.filter((one) => one !== 'since' || canSince(here.id));
  const chosen = periods.includes(period) ? period : '3';
  const pack = packOf(here.id, chosen);
  const texts = textsOf(pack, here.name, language, words);
  const choice = <Value extends string>(label: string, value: Value, values: readonly (readonly [Value, string])[], set: (value: Value) => void): JSX.Element => (
    <label><span>{label}</span><select class="find" value={value} onChange={(event) => { const next = values.find(([one]) => one === event.currentTarget.value); if (next) set(next[0]); }}>{values.map(([one, called]) => <option key={one} value={one} selected={one === value}>{called}</option>)}</select></label>
  );
  return (
    <>
      <div class="packs-choose">
        <h1>{say('packs.title')}</h1>
        <p class="lede">{say('packs.lede')}</p>
        <div class="bulk">
          {choice(say('packs.specialty'), here.id, specialties.map(({ id, name }) => [id, words.locale === 'cy' ? name.cy : name.en] as const), choose)}
          {choice(say('packs.period'), chosen, periods.map((one) => [one, say(`packs.period.${one}`)] as const), setPeriod)}
          {choice(say('packs.language'), language, packLanguages.map((one) => [one, say(`packs.language.${one}`)] as const), setLanguage)}
        </div>
        <p class="acts">{packWays.map((way) => <button key={way} type="button" class="btn" onClick={() => onLeave(way, pack, texts)}>{say(`packs.way.${way}`)}</button>)}</p>
        <p role="status">{told ?? ''}</p>
      </div>
      <LeadPage pack={pack} texts={texts} />
    </>
  );
}
