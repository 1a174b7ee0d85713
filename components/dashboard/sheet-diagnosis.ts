import type { Rule } from '../../lib/model/rulebook.js';
import type { EntryDiagnosis } from '../../lib/model/sheet.js';
import type { Words } from '../words.js';

/** The language in which an entry's own words stand in a note: Welsh where its form says so. A form that serves both languages is an abbreviation or a term in English letters. */
export function languageOfTerm({ term, forms }: Pick<Rule, 'term' | 'forms'>): 'en' | 'cy' {
  const form = forms.find(({ text }) => text === term) ?? forms[0];
  return form.language === 'cy' ? 'cy' : 'en';
}

/** What is wrong with an entry, as a sentence beside it. */
export function diagnosisIn(one: EntryDiagnosis, { say }: Words): string {
  switch (one.kind) {
    case 'conflict': case 'shadowed': return say(`sheet.found.${one.kind}`, { words: one.words, other: one.other });
    case 'example-not-found': case 'example-not-left': return say(`sheet.found.${one.kind}`, { text: one.text });
    case 'text-missing': return say(`sheet.found.text-missing.${one.language}`);
    case 'never-matches': return say('sheet.found.never-matches');
    case 'cue-never': return say(`sheet.found.cue-never.${one.cue}`, { words: one.words, place: say(`sheet.cue.${one.place}`) });
  }
}

/** The words that a problem is about, as they stand in its row under the name of its kind; null where the kind says all. */
export function wordsOfDiagnosis(one: EntryDiagnosis, { say }: Words): string | null {
  switch (one.kind) {
    case 'conflict': case 'shadowed': return `“${one.words}”`;
    case 'example-not-found': case 'example-not-left': return `“${one.text}”`;
    case 'text-missing': return say(`sheet.language.${one.language}`);
    case 'never-matches': return null;
    case 'cue-never': return `${say(`sheet.cue.${one.place}`)}: “${one.words}”`;
  }
}
