import type { ClinicalCode } from '../../model/code.js';
import type { PlacedMention } from '../candidates.js';
import { refuseCodes, type CodingRule, type ProcedureCode } from '../draft.js';

/** Lobes and parts of the brain by the fourth character that chapter A gives them (A02, A04, A08). */
const parts: readonly (readonly [words: RegExp, fourth: string])[] = [
  [/\bfrontal\b/i, '1'], [/\btemporal\b/i, '2'], [/\bparietal\b/i, '3'], [/\boccipital\b/i, '4'], [/\bcerebell\w+|\bposterior fossa\b/i, '5'], [/\bbrain ?stem\b|\bpons\b|\bpontine\b/i, '6'],
];
/** UTF-16 units about the words in which the part is looked for. */
const reach = 60;
const about = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): string => sentence.slice(Math.max(0, span.start - sentenceAt - reach), span.end - sentenceAt + reach);

/** The fourth character of the one part that the words name; null where they name none or several (a frontotemporal craniotomy). */
function partOf(here: readonly PlacedMention[]): string | null {
  const named = new Set(here.flatMap((placed) => parts.flatMap(([pattern, fourth]) => (pattern.test(about(placed)) ? [fourth] : []))));
  const [only] = named;
  return named.size === 1 && only !== undefined ? only : null;
}

const cemented = /\bcement(?:ed|less)?\b|\buncemented\b|\bnon-?cemented\b|\bpress[- ]fit\b/i;
/** W37 and W40 with cement, W38 and W41 without, W39 and W42 where the note does not say. */
function fixation(code: ClinicalCode, texts: readonly string[]): ClinicalCode {
  const words = texts.flatMap((text) => [...text.matchAll(new RegExp(cemented, 'gi'))].map(([word]) => word.toLowerCase()));
  const without = words.some((word) => /un|non|less|press/.test(word));
  const withCement = words.some((word) => /^cement(?:ed)?$/.test(word));
  if (without === withCement) return code;
  return (code === 'W391' ? (withCement ? 'W371' : 'W381') : withCement ? 'W401' : 'W411') as ClinicalCode;
}

/** The part of the brain, and the fixation of a new joint, are coded from the words. A new joint counts only where the note tells its operation: elsewhere it is one that the patient has. */
export const procedureSite: CodingRule = {
  id: 'procedure-site', isToBeChecked: true, on: 'procedures',
  apply(given, { question: { texts } }) {
    const draft = refuseCodes(given, ({ code, from }) => /^W(?:39|42)1/.test(code) && !from.here.some(({ mention: { section } }) => section === 'operation'), ['PRule1', 'historical']);
    return { ...draft, codes: draft.codes.map((one): ProcedureCode => {
      const at = (code: string): ProcedureCode => ({ ...one, code: code as ClinicalCode, fired: [...one.fired, 'procedure-site'] });
      if (/^W(?:39|42)1/.test(one.code)) { const code = fixation(one.code, texts); return code === one.code ? one : at(code); }
      if (!/^A(?:029|049|089|054)/.test(one.code)) return one;
      const part = partOf(one.from.here);
      if (one.code === 'A054') return part === '2' ? at('A052') : part === '5' ? at('A053') : one;
      return part === null ? one : at(`${one.code.slice(0, 3)}${part}`);
    }) };
  },
};
