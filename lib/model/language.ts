/** The languages of the interface, as BCP 47 tags. Both are equal; neither falls back to the other in silence. */
export type Locale = 'en-GB' | 'cy';

/** The other of the two, for what leaves in both. */
export function otherLocale(locale: Locale): Locale { return locale === 'cy' ? 'en-GB' : 'cy'; }

export const locales: readonly Locale[] = ['en-GB', 'cy'];

/** The language that a document is written in, as far as its words tell. */
export type DocumentLanguage = 'en' | 'cy' | 'mixed' | 'unknown';

/** How far a Welsh text has come: a draft is shown as a draft until a translator has reviewed it. */
export type TranslationStatus = 'draft' | 'reviewed' | 'approved';

/** One value for each language. */
export interface Bilingual<Value> {
  readonly en: Value;
  readonly cy: Value;
}

/** What a code is called on screen. Published titles and terms of the index are in English only; where there is Welsh, `translation` says how far it has come. */
export interface Label {
  readonly en: string;
  readonly cy?: string;
  readonly translation?: TranslationStatus;
}

/** The words of a label and the language that they are in: what has no Welsh is shown in English and says so. */
export function labelIn({ en, cy }: Label, locale: Locale): { readonly words: string; readonly language: 'en' | 'cy' } {
  return locale === 'cy' && cy !== undefined ? { words: cy, language: 'cy' } : { words: en, language: 'en' };
}

/** The half of a bilingual value that the interface language asks for. */
export function inLocale<Value>(value: Bilingual<Value>, locale: Locale): Value {
  return locale === 'cy' ? value.cy : value.en;
}
