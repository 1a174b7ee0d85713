import index from '../../assets/codes/icd10-index.tsv?raw';
import synonyms from '../../assets/codes/icd10-synonyms.tsv?raw';
import { specialtyPacks, starterSheet } from '../../assets/starter.js';
import { placedWords } from '../../lib/analysis/index.js';
import { stem } from '../../lib/learning/index.js';
import type { Phrase } from '../../lib/model/learning.js';
import type { Rule } from '../../lib/model/rulebook.js';

/** A term of a list and what the list says of it, as text that changes when that changes. */
export interface TermEntry { readonly term: string; readonly says: string; /** It speaks of longer words that hold it, too. */ readonly within: boolean }

/** The phrase that a term is remembered as. */
const phraseOfTerm = (term: string): string => placedWords(term).map(({ folded }) => stem(folded)).join(' ');
/** Tells two texts apart that nobody made to look alike: FNV-1a twice, from two beginnings (no secret hangs on it, and a megabyte takes a moment). */
function digest(text: string): string {
  let [one, other] = [0x811c9dc5, 0x2f0b4c47];
  for (let at = 0; at < text.length; at += 1) { const unit = text.charCodeAt(at); one = Math.imul(one ^ unit, 0x01000193); other = Math.imul(other ^ unit, 0x01000193) ^ (other >>> 15); }
  return `${(one >>> 0).toString(16)}-${(other >>> 0).toString(16)}-${text.length}`;
}

/** What lists say of phrases, in digests: one entry changed is one digest changed. `texts` are the lists as they ship, which tell whether anything changed at all. */
export function digestsOf(texts: readonly string[], entries: () => readonly TermEntry[]): { readonly data: string; readonly digestOf: (phrase: Phrase) => string } {
  const exact = new Map<string, string[]>();
  const within: { readonly phrase: string; readonly says: string }[] = [];
  const made = (): void => { for (const { term, says, within: isWithin } of entries()) { const phrase = phraseOfTerm(term); if (isWithin) within.push({ phrase, says }); else { const held = exact.get(phrase); if (held) held.push(says); else exact.set(phrase, [says]); } } };
  let isMade = false;
  return {
    data: texts.map(digest).join(' '),
    digestOf(phrase) {
      // Only asked for where something changed or is new: most starts never come here.
      if (!isMade) { made(); isMade = true; }
      const parts = [...exact.get(phrase) ?? [], ...within.filter((one) => ` ${phrase} `.includes(` ${one.phrase} `)).map(({ says }) => says)];
      return digest(parts.sort().join('\n'));
    },
  };
}

/** The lists that ship, as text. */
export function shippedTexts(): readonly string[] { return [index, synonyms, JSON.stringify(specialtyPacks), JSON.stringify(starterSheet.packs)]; }

/** Their entries: the index and its synonyms, the packs of specialties and the bookmarks sheet. What an example or a draft Welsh says is no part of them. */
export function shippedEntries(): readonly TermEntry[] {
  const lines = [index, synonyms].flatMap((list) => list.split('\n').flatMap((line) => { const [code = '', term = ''] = line.split('\t'); return term === '' ? [] : [{ term, says: code, within: false }]; }));
  const packs = specialtyPacks.flatMap((pack) => pack.entries.flatMap(({ terms, codes, label }) => terms.map((term) => ({ term, says: JSON.stringify([codes, label.en]), within: false }))));
  const sheet = (starterSheet.packs as readonly { readonly rules: readonly Rule[] }[]).flatMap(({ rules }) => rules.flatMap(({ forms, verdict, text, appliesTo, source }) => forms.map((form) => ({ term: form.text, says: JSON.stringify([form, verdict, text.en, appliesTo, source.en]), within: true }))));
  return [...lines, ...packs, ...sheet];
}
