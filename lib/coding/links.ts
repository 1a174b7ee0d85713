import type { Candidate, PlacedMention } from './candidates.js';

const afterEffect = /^[\s,(]*(?:(?:is|was|are|were|which (?:is|was)|all|thought|felt|known|most likely)\s)*(?:due to|secondary to|2°\s?to|2ry to|caused by|because of|as a (?:result|complication|consequence) of|resulting from|from|related to|oherwydd|o ganlyniad i|yn eilaidd i)\s(?:(?:a|an|the|his|her|their|known|longstanding|poorly controlled|uncontrolled|type [12I]{1,2})[\s-]){0,4}$/i;
const afterCause = /^[\s,(-]*(?:(?:related|induced|causing|leading to|complicated by|resulting in|yn achosi)[\s-]*)(?:(?:a|an|the|his|her|severe|mild|early|secondary|chronic|some)\s){0,3}$/i;

/** The words between two mentions of one sentence, in reading order; null where they are not in one. */
function between(one: PlacedMention, two: PlacedMention): string | null {
  if (one.document !== two.document || one.sentenceAt !== two.sentenceAt || one.mention.span.end > two.mention.span.start) return null;
  return one.sentence.slice(one.mention.span.end - one.sentenceAt, two.mention.span.start - two.sentenceAt);
}

/** Does the note say that the effect comes from the cause? A link is stated or it is none: standing together is not enough (DCS.IV.1, DCS.XIX.7). */
export function isDueTo(effect: Candidate, cause: Candidate): boolean {
  return effect.codable.some((one) => cause.codable.some((two) => {
    const forth = between(one, two);
    if (forth !== null) return afterEffect.test(forth);
    const back = between(two, one);
    return back !== null && afterCause.test(back);
  }));
}

/** Do two mentions stand in one sentence? */
export function isBeside(one: PlacedMention, two: PlacedMention): boolean {
  return one.document === two.document && one.sentenceAt === two.sentenceAt;
}
