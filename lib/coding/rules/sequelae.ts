import type { PlacedMention } from '../candidates.js';
import type { Label } from '../../model/language.js';
import { addedLine, codeOf, mark, ours, type CodingRule } from '../draft.js';
import { isBeside } from '../links.js';
import { pastMentions } from './history.js';

const deficit = /^(?:G8[1-3]|R47|R13|H534|G81|R29[08]|R27|F0[17])/;
const lateStroke = ours('Late effects of a stroke, type not stated', 'Ôl-effeithiau strôc, math heb ei nodi');
const late: readonly (readonly [event: RegExp, sequela: string, label: Label])[] = [
  [/^I60/, 'I690', ours('Late effects of a subarachnoid bleed', 'Ôl-effeithiau gwaedlif isaracnoid')], [/^I61/, 'I691', ours('Late effects of a bleed in the brain', 'Ôl-effeithiau gwaedlif yn yr ymennydd')], [/^I62/, 'I692', ours('Late effects of another bleed inside the skull', 'Ôl-effeithiau gwaedlif arall o fewn y penglog')], [/^I63/, 'I693', ours('Late effects of a brain infarct', 'Ôl-effeithiau cnawdnychiant yr ymennydd')], [/^I64/, 'I694', lateStroke],
  [/^S06/, 'T905', ours('Late effects of an injury inside the skull', 'Ôl-effeithiau anaf o fewn y penglog')],
];
const link = /\b(?:residual|sequela|since|following|after|secondary to|due to|from|post|left with|leaving|late effect|ers|ar ôl|oherwydd)\b/i;

/** Deficit first, its sequela code second, where the note ties a deficit to a past event; both without a tie: the question is put. */
export const sequelae: CodingRule = {
  id: 'sequelae', isToBeChecked: true, on: 'diagnoses',
  apply(draft, { conditions }) {
    const deficits = draft.lines.filter((line) => deficit.test(codeOf(line)));
    if (deficits.length === 0) return draft;
    let lines = [...draft.lines];
    // Words that are a history by themselves ("previous stroke") name an event too.
    for (const line of draft.lines.filter((one) => codeOf(one) === 'Z867')) {
      const stroke = line.candidate.codable.filter(({ sentence, sentenceAt, mention: { span } }) => /stroke|CVA|strôc/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt)));
      const tied = deficits.find(({ candidate }) => candidate.codable.some((one) => stroke.some((two) => isBeside(one, two) && link.test(one.sentence))));
      if (!tied) continue;
      const added = addedLine('I694', lateStroke, stroke, line.candidate, 'sequelae', 0.6);
      lines = [...lines.map((one) => (one.candidate === tied.candidate ? { ...mark(one, 'sequelae'), offer: 'always' as const } : one)), { ...added, candidate: { ...added.candidate, first: tied.candidate.first + 0.5 } }];
    }
    for (const event of conditions) {
      const found = late.find(([of]) => of.test(event.concept.codes[0]));
      // A deficit that is explained by an event of now is part of it.
      const proof: readonly PlacedMention[] = found ? pastMentions(event, conditions) : [];
      if (!found || proof.length === 0) continue;
      const tied = deficits.find(({ candidate }) => candidate.codable.some((one) => proof.some((two) => isBeside(one, two) && link.test(one.sentence))));
      if (!tied) { lines = lines.map((line) => (deficits.some(({ candidate }) => candidate === line.candidate) ? mark(line, 'sequelae', 'prompt.sequela') : line)); continue; }
      if (lines.some((line) => codeOf(line) === found[1])) continue;
      const added = { ...addedLine(found[1], found[2], proof, event, 'sequelae', 0.6), candidate: { ...addedLine(found[1], found[2], proof, event, 'sequelae', 0.6).candidate, first: tied.candidate.first + 0.5 } };
      lines = [...lines.map((line) => (line.candidate === tied.candidate ? { ...mark(line, 'sequelae'), offer: 'always' as const } : line)), added];
    }
    return { ...draft, lines: lines.some((line) => line.fired.includes('sequelae') && /^I69/.test(codeOf(line))) ? lines.filter((line) => codeOf(line) !== 'Z867') : lines };
  },
};
