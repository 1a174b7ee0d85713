/** The languages of the interface, as BCP 47 tags. Both are equal; neither falls back to the other in silence. */
export type Locale = 'en-GB' | 'cy';

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

/** The half of a bilingual value that the interface language asks for. */
export function inLocale<Value>(value: Bilingual<Value>, locale: Locale): Value {
  return locale === 'cy' ? value.cy : value.en;
}
