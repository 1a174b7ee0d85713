import type { PlacedMention } from '../candidates.js';
import { addedLine, codeOf, ours, refuse, replace, type CodingRule } from '../draft.js';

const surgery = '(?:surgery|operations?|extractions?|removal|removed|extracted|done|ops?|surgeries|phaco\\w*|wedi(?:[\'’]u|[\'’]i| eu| ei) (?:thynnu|tynnu))';
const when = '(?:(?:back\\s)?(?:in\\s|yn\\s)?(?:(?:early|late)\\s)?(?:[A-Z][a-z]{2,8}\\s)?\\(?(?:19|20)\\d\\d\\b|(?:(?:some|about|over|approximately)\\s)?\\w{1,8}\\s(?:weeks?|months?|years?)\\s(?:ago|back|previously|earlier)|last (?:year|month)|(?:many|several|some) years ago|previously|in the past|elsewhere|privately|\\w+ (?:flynedd|mlynedd|mis) yn ôl|y llynedd|yn flaenorol)';
const eye = '(?:(?:of|from|to|in|on|for|both|the|right|left|bilateral|eyes?|R|L|RE|LE|BE|\\+|and|IOL|lens|implants?|ar|o|y|yn|llygad|llygaid|dde|de|chwith|ddau|was|were|been|has|have|had|with|at)[\\s,(]+)*';
/** Behind the word: its operation, with a date or an age that is past. */
const goneAfter = new RegExp(`^s?[\\s,(]*${eye}${surgery}[\\s,(]*${eye}${when}`, 'i');
/** "previous cataract surgery", "history of cataract extraction", "s/p cataract surgery". */
const opAfter = new RegExp(`^s?[\\s,(]*${eye}${surgery}`, 'i');
const pastBefore = /\b(?:previous(?:ly)?(?:\s(?:had|undergone|underwent))?|prior|past|old|history of|hx of|h\/o|s\/p|status post|post|after|following|since|has (?:already )?had|had (?:her|his|their|both|a|the)|already had|(?:has|had) undergone|blaenorol|ar ôl|hanes o|wedi cael)\s(?:(?:a|an|the|his|her|their|both|right|left|bilateral|R|L|RE|LE|uncomplicated|uneventful|routine|successful|lawdriniaeth|llawdriniaeth|tynnu|dynnu)\s){0,3}$/i;
/** "Tynnwyd cataract yn 2020", "removal of right cataract in 2019". */
const removedBefore = /\b(?:tynnwyd|d?tynnu|dynnu|removal of|extraction of|removed|surgery for)\s(?:(?:a|the|her|his|y|ei|right|left|both|bilateral)\s){0,2}$/i;
const dateNext = new RegExp(`^s?[\\s,(]*${eye}${when}`, 'i');
/** "had right cataract surgery" tells of the past unless the sentence is of today. */
const today = /\b(?:today|heddiw|this (?:morning|afternoon|admission)|admitted|attended|listed|for|planned|now)\b/i;

/** Is this cataract one that was taken out before this episode? */
function isGone({ before, sentence, sentenceAt, mention: { span } }: PlacedMention): boolean {
  const behind = sentence.slice(span.end - sentenceAt);
  const words = sentence.slice(span.start - sentenceAt, span.end - sentenceAt);
  if (goneAfter.test(behind) || new RegExp(`${surgery}[\\s,(]*${eye}${when}`, 'i').test(words + behind.slice(0, 60)) && opAfter.test(behind)) return true;
  if (removedBefore.test(before) && dateNext.test(behind)) return true;
  return pastBefore.test(before) && opAfter.test(behind) && !today.test(before);
}

/** A cataract that was taken out before is no cataract of now: what is left is the lens implant (Z96.1). Only where every plain word of it is of that kind. */
export const removedCataract: CodingRule = {
  id: 'removed-cataract', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { conditions }) {
    const gone = conditions.filter(({ concept }) => /^H2[56]/.test(concept.codes[0]) && concept.codes[0] !== 'H264').flatMap(({ codable, against }) => [...codable, ...against].filter((placed) => placed.mention.assertion.subject === 'patient' && placed.mention.assertion.polarity === 'affirmed' && isGone(placed)));
    const [first] = gone;
    if (!first) return draft;
    let held = draft;
    for (const line of draft.lines.filter((one) => /^H2[56]/.test(codeOf(one)) && codeOf(one) !== 'H264')) {
      const left = line.candidate.codable.filter((placed) => !gone.includes(placed));
      if (left.length === line.candidate.codable.length) continue;
      held = left.length === 0 ? refuse(held, line, ['historical']) : replace(held, line, { ...line, candidate: { ...line.candidate, codable: left } });
    }
    const like = conditions.find(({ codable, against }) => codable.includes(first) || against.includes(first));
    if (!like || held.lines.some((line) => codeOf(line) === 'Z961')) return held;
    return { ...held, lines: [...held.lines, addedLine('Z961', ours('Lens implant in place', 'Mewnblaniad lens yn ei le'), gone, like, 'removed-cataract', 0.5)] };
  },
};
