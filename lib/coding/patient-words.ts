/** What a note says outright of the patient; null where it does not. */
export interface PatientWords {
  /** Whole years. */
  readonly age: number | null;
  readonly sex: 'female' | 'male' | null;
}

const english = /\b(\d{1,3})[\s-]*(?:years?|yrs?|y)[\s/-]*(?:old|o)\b,?\s*(?:(?:[\w-]+,?\s){0,4}?)(woman|lady|female|girl|man|gentleman|male|boy)\b/i;
const short = /\b(\d{1,3})\s?(?:yo|y\/o)?\s?(F|M)\b(?!\d)/;
const welsh = /\b(menyw|dynes|merch|dyn|gŵr|bachgen)\s(\d{1,3})\s(?:mlwydd|oed)/i;
const ageOnly = /\b(\d{1,3})[\s-]*(?:years?|yrs?)[\s-]*old\b/i;
const isFemale = (word: string): boolean => /^(?:woman|lady|female|girl|f|menyw|dynes|merch)$/i.test(word);

/** Reads age and sex where the notes state them of the patient ("72-year-old woman"); pronouns and names are no statement. */
export function readPatient(texts: readonly string[]): PatientWords {
  for (const text of texts) {
    const head = text.slice(0, 4_000);
    const whole = english.exec(head) ?? short.exec(head);
    const [age, word] = whole ? [whole[1], whole[2]] : (([, one, years]) => [years, one])(welsh.exec(head) ?? ['', undefined, undefined]);
    if (age && word && Number(age) < 120) return { age: Number(age), sex: isFemale(word) ? 'female' : 'male' };
  }
  for (const text of texts) { const age = ageOnly.exec(text.slice(0, 1_000))?.[1]; if (age && Number(age) < 120) return { age: Number(age), sex: null }; }
  return { age: null, sex: null };
}
