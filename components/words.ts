import i18next from 'i18next';
import english from '../assets/languages/en-GB/messages.json';
import welsh from '../assets/languages/cy/messages.json';
import { inLocale, type Bilingual, type Locale } from '../lib/model/language.js';

type WithoutPlural<Key> = Key extends `${infer Stem}_${'one' | 'other'}` ? Stem : Key;

/** Every message of the interface by its key; plural endings are left off, the count chooses them. */
export type WordKey = WithoutPlural<keyof typeof english>;

/** What fills the `{{places}}` of a message; `count` chooses the plural form. */
export type WordValues = Readonly<Record<string, string | number>>;

/** The interface's words in one language. */
export interface Words {
  readonly locale: Locale;
  /** A whole sentence or label. Throws, naming the key, when the catalogue lacks it: a fault of ours, never of the user. */
  readonly say: (key: WordKey, values?: WordValues) => string;
}

/**
 * The words of one language. Neither language falls back to the other in silence.
 * Plural forms are those of Unicode CLDR (English two, Welsh six), chosen by `Intl.PluralRules`.
 */
export function createWords(locale: Locale): Words {
  const instance = i18next.createInstance();
  void instance.init({
    lng: locale,
    fallbackLng: false,
    resources: { [locale]: { translation: locale === 'cy' ? welsh : english } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // Text goes through text nodes only, where escaping would show as `&amp;`.
    interpolation: { escapeValue: false },
  });
  return {
    locale,
    say(key, values = {}) {
      // As a plain text: held against i18next's own types, the union of all keys took the compiler two minutes.
      const name: string = key;
      if (!instance.exists(name, values)) throw new Error(`No words for '${name}' in ${locale}.`);
      return instance.t(name, values);
    },
  };
}

/** What has this id is called in the language shown, a specialty or a hospital; null where none has it. */
export function nameIn(known: readonly { readonly id: string; readonly name: Bilingual<string> }[], id: string, { locale }: Pick<Words, 'locale'>): string | null {
  const found = known.find((one) => one.id === id);
  return found ? inLocale(found.name, locale) : null;
}

/** A specialty as reports name it: the unknown in words, and an id that nothing names as it is. */
export function specialtyIn(specialties: Parameters<typeof nameIn>[0], id: string, words: Words): string {
  return nameIn(specialties, id, words) ?? (id === 'unknown' ? words.say('dashboard.unknownSpecialty') : id);
}

// Written out because the browsers' own short months differ from build to build, and Welsh is missing from some.
const months: Readonly<Record<Locale, readonly string[]>> = {
  'en-GB': ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  cy: ['Ion', 'Chwef', 'Maw', 'Ebr', 'Mai', 'Meh', 'Gorff', 'Awst', 'Medi', 'Hyd', 'Tach', 'Rhag'],
};

/** An ISO date (YYYY-MM-DD, or longer) as people write it: `12 Nov 2026`, `12 Tach 2026`; without the year on request. What is not such a date comes back as it was. */
export function formatDate(iso: string, locale: Locale, year: 'with-year' | 'without-year' = 'with-year'): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  const month = months[locale][Number(parts?.[2]) - 1];
  if (!parts || month === undefined) return iso;
  const day = `${Number(parts[3])} ${month}`;
  return year === 'with-year' ? `${day} ${parts[1]}` : day;
}

/** A month (YYYY-MM) as people write it: `Nov 2026`, `Tach 2026`. What is no month comes back as it was. */
export function formatMonth(month: string, locale: Locale, year: 'with-year' | 'without-year' = 'with-year'): string {
  const name = months[locale][Number(/^\d{4}-(\d{2})$/.exec(month)?.[1]) - 1];
  return name === undefined ? month : year === 'with-year' ? `${name} ${month.slice(0, 4)}` : name;
}

const softened: readonly (readonly [string, string])[] = [['ll', 'l'], ['rh', 'r'], ['p', 'b'], ['t', 'd'], ['c', 'g'], ['b', 'f'], ['d', 'dd'], ['m', 'f']];

/**
 * A name inside a sentence: its first letter small, and in Welsh with the soft mutation that the preposition *i* asks for
 * (`i feddygaeth gyffredinol`). Borrowed words in g- (`gastroenteroleg`) keep their letter, as is usual; ch, th, ff, dd, ph stay.
 */
export function afterTo(name: string, locale: Locale): string {
  const acronym = /^\p{Lu}{2}/u.test(name);
  const small = acronym ? name : name.charAt(0).toLocaleLowerCase(locale) + name.slice(1);
  if (locale !== 'cy' || acronym || /^(ch|th|ff|dd|ph)/.test(small)) return small;
  const change = softened.find(([from]) => small.startsWith(from));
  return change ? change[1] + small.slice(change[0].length) : small;
}

/** Things one after the other. Browsers join English with *and* and know no Welsh, where *a* would change the letter after it: there commas alone part them. */
export function listed(items: readonly string[], locale: Locale): string {
  return locale === 'cy' ? items.join(', ') : new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

/** A fraction as per cent with one decimal, as the language writes it: `93.3 %`. */
export function percentIn(share: number, { locale }: Pick<Words, 'locale'>): string {
  return `${(share * 100).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`;
}
