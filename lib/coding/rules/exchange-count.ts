import type { ClinicalCode } from '../../model/code.js';
import type { PlacedMention } from '../candidates.js';
import type { CodingRule } from '../draft.js';

const words: readonly (readonly string[])[] = [['one', 'single', 'un'], ['two', 'dau', 'dwy', 'ddau', 'ddwy'], ['three', 'tri', 'tair', 'dri', 'dair'], ['four', 'pedwar', 'pedair', 'bedwar', 'bedair'], ['five', 'pum', 'pump', 'bum', 'bump'], ['six', 'chwe', 'chwech'], ['seven', 'saith'], ['eight', 'wyth'], ['nine', 'naw'], ['ten', 'deg', 'ddeg']];
const number = `(\\d{1,2}|${words.flat().join('|')})`;
const units = '(?:sessions?|exchanges?|cycles?|treatments?|rounds?|times|procedures?|sesiwn|sesiynau|gwaith|triniaethau)';
const before = new RegExp(`\\b${number}\\s(?:${units}\\s(?:of\\s|o\\s)?)?$`, 'i');
const after = new RegExp(`^\\s?\\(?\\s?[x×]\\s?(\\d{1,2})\\b|^[^.;\\n]{0,40}?\\b${number}\\s${units}\\b`, 'i');

const valueOf = (word: string): number => { const at = words.findIndex((some) => some.includes(word.toLowerCase())); return at < 0 ? Number(word) : at + 1; };

/** How many exchanges the words about a mention count; null where they do not. */
function countAt({ sentence, sentenceAt, mention: { span } }: PlacedMention): number | null {
  const ahead = before.exec(sentence.slice(Math.max(0, span.start - sentenceAt - 40), span.start - sentenceAt));
  const behind = after.exec(sentence.slice(span.end - sentenceAt, span.end - sentenceAt + 70));
  const word = ahead?.[1] ?? behind?.[1] ?? behind?.[2];
  return word === undefined ? null : valueOf(word);
}

/** Exchange of plasma is coded by the number of exchanges in the episode (titles of X32.2–X32.5); where the note does not count them it is asked for. */
export const exchangeCount: CodingRule = {
  id: 'exchange-count', isToBeChecked: false, on: 'procedures',
  apply: (draft) => ({ ...draft, codes: draft.codes.map((one) => {
    if (one.code !== 'X322') return one;
    const counts = one.from.here.flatMap((placed) => countAt(placed) ?? []);
    const most = Math.max(0, ...counts);
    return most < 2 ? one : { ...one, code: (most < 10 ? 'X323' : most < 20 ? 'X324' : 'X325') as ClinicalCode, fired: [...one.fired, 'exchange-count'] };
  }) }),
};
