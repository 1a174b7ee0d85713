import { isCodable } from '../model/assertion.js';
import type { Concept, Mention, SectionKind } from '../model/mention.js';
import type { DocumentId } from '../model/document.js';
import { sectionWeight } from './primary-diagnosis.js';

/** A mention with the document that holds it. */
export interface PlacedMention {
  readonly mention: Mention;
  readonly document: DocumentId;
  readonly version: number;
  /** Words of the sentence about it, for sides and stages. */
  readonly sentence: string;
  /** Where that sentence starts in the document. */
  readonly sentenceAt: number;
  /** Up to 60 units of the same sentence that stand before it. */
  readonly before: string;
}

/** One concept of an episode with all the words for and against it. */
export interface Candidate {
  readonly concept: Concept;
  readonly codable: readonly PlacedMention[];
  readonly against: readonly PlacedMention[];
  /** Weight of the best section in which it is said plainly. */
  readonly weight: number;
  /** Place of the first plain mention in reading order. */
  readonly first: number;
}

/** Is it in doubt or denied where the note lists its diagnoses, and nowhere plainly on that list? What is told plainly elsewhere is then only the talk about it. */
export function isDoubted({ codable, against }: Candidate): boolean {
  return against.some(({ mention: { section, assertion } }) => isList(section) && assertion.subject === 'patient' && (assertion.certainty === 'uncertain' || assertion.polarity === 'negated')) && !codable.some(({ mention: { section } }) => isList(section));
}

const isList = (section: SectionKind): boolean => section === 'diagnosis' || section === 'impression' || section === 'preoperative';

/** “Cafodd” (had, received) before a procedure may be of this episode: that word alone makes no past of it. */
function isReceived({ mention: { concept, assertion, cues } }: PlacedMention): boolean {
  const past = cues.filter(({ axis }) => axis === 'temporality');
  return concept.system === 'OPCS-4' && assertion.temporality === 'historical' && past.length > 0 && past.every(({ span, words }) => span !== null && /^[cg]h?afodd$/i.test(words)) && isCodable({ ...assertion, temporality: 'current' });
}

/** “AKI on admission, resolved with fluids” among the diagnoses or in the course of a stay was treated in it: that it is over makes no past of it. */
function isOvercome({ mention: { concept, assertion, cues, section } }: PlacedMention): boolean {
  const past = cues.filter(({ axis }) => axis === 'temporality');
  return concept.system === 'ICD-10' && (section === 'diagnosis' || section === 'course' || section === 'impression') && assertion.temporality === 'historical' && past.length > 0
    && past.every(({ span, words }) => span !== null && /\b(?:resolved|settled|recovered|recovery|setlo|gwella|clirio|datrys)\b/i.test(words)) && isCodable({ ...assertion, temporality: 'current' });
}

/** Gathers mentions by what they would be coded to, in reading order. */
export function gather(mentions: readonly PlacedMention[]): readonly Candidate[] {
  const byCodes = new Map<string, { concept: Concept; codable: PlacedMention[]; against: PlacedMention[]; first: number }>();
  mentions.forEach((placed, at) => {
    const { concept } = placed.mention;
    const name = `${concept.system} ${concept.codes.join(' ')}`;
    const held = byCodes.get(name) ?? { concept, codable: [], against: [], first: at };
    if (held.concept.source !== 'pack' && concept.source === 'pack') held.concept = concept;
    const counts = isCodable(placed.mention.assertion) || isReceived(placed) || isOvercome(placed);
    (counts ? held.codable : held.against).push(placed);
    if (held.codable.length === 1 && counts) held.first = at;
    byCodes.set(name, held);
  });
  return [...byCodes.values()].map((held) => ({ ...held, weight: Math.max(0, ...held.codable.map(({ mention }) => sectionWeight[mention.section])) }));
}
