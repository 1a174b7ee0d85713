import { codeOf, ours, recode, type CodingRule } from '../draft.js';
import type { PlacedMention } from '../candidates.js';

const neck = /\bcervical\b|\bC[2-7][-/ ]{1,2}C?[3-7]\b|gyddfol/i;
const brain = /\b(?:cerebral|intracranial|brain|berry|basilar|clinoid|internal carotid|ICA|MCA|ACA|A1|P-?comm?|A-?comm?|communicating|circle of Willis)\b/i;
const limb = /\b(?:legs?|arms?|hands?|foot|feet|limbs?|extremit(?:y|ies)|[RLB]?[UL]E|grip|quadriceps|hip flexors?|left[ -]sided?|right[ -]sided?|unilateral|proximal|distal|focal|coes|braich|goes|fraich)\b/i;

/** Conditions whose site is in other words of the same clause, with the code that they then have (ours; arthrosis has a rule of its own). */
const sites: readonly { readonly general: RegExp; readonly words: RegExp; readonly code: string; readonly label: ReturnType<typeof ours> }[] = [
  { general: /^I729/, words: brain, code: 'I671', label: ours('Aneurysm of a brain artery, not burst', 'Ymlediad rhydweli’r ymennydd, heb rwygo') },
  { general: /^T148/, words: /\b(?:intracranial|intracerebral|cerebral|brain|(?:frontal|temporal|parietal|occipital)(?:\/\w+)* lobes?|basal ganglia)\b/i, code: 'I619', label: ours('Bleed in the brain', 'Gwaedlif yn yr ymennydd') },
  { general: /^I619/, words: /\bcerebell\w+|cerebelwm/i, code: 'I614', label: ours('Bleed in the cerebellum', 'Gwaedlif yn y serebelwm') },
  { general: /^I619/, words: /\b(?:brain ?stem|pontine|pons|midbrain|medullary)\b/i, code: 'I613', label: ours('Bleed in the brain stem', 'Gwaedlif yng nghoesyn yr ymennydd') },
  { general: /^I619/, words: /\b(?:basal ganglia|gangliocapsular|thalam\w+|putam\w+|caudate|internal capsule|lentiform)\b/i, code: 'I610', label: ours('Deep bleed in a hemisphere of the brain', 'Gwaedlif dwfn yn hemisffer yr ymennydd') },
  { general: /^I619/, words: /\b(?:lobar|frontal|parietal|temporal|occipital|cortical)\b/i, code: 'I611', label: ours('Bleed near the surface of a hemisphere of the brain', 'Gwaedlif ger wyneb hemisffer yr ymennydd') },
  { general: /^M779/, words: /\bshoulder\b|ysgwydd/i, code: 'M750', label: ours('Frozen shoulder (adhesive capsulitis)', 'Ysgwydd wedi rhewi (capsiwlitis adlynol)') },
  { general: /^M512/, words: neck, code: 'M502', label: ours('Displaced disc of the neck', 'Disg y gwddf wedi’i ddadleoli') },
  { general: /^M513/, words: neck, code: 'M503', label: ours('Degenerate disc of the neck', 'Disg dirywiedig y gwddf') },
  { general: /^M479/, words: /\b(?:cervical|lumbar|thoracic|lumbosacral)\b/i, code: 'M478', label: ours('Spondylosis, region stated', 'Sbondylosis, rhan wedi’i nodi') },
  { general: /^R53X/, words: limb, code: 'R298', label: ours('Weakness of a limb or one side, as a symptom', 'Gwendid aelod neu un ochr, fel symptom') },
];

/** The clause that holds a mention. */
function clauseOf({ sentence, sentenceAt, mention: { span } }: PlacedMention): string {
  const before = /[^,;.:\n]{0,60}$/.exec(sentence.slice(0, span.start - sentenceAt))?.[0] ?? '';
  const after = /^[^,;.:\n]{0,60}/.exec(sentence.slice(span.end - sentenceAt))?.[0] ?? '';
  // A level often stands behind a comma: "herniated nucleus pulposus, C3-4".
  const level = /^,\s?(?:at )?([CTL]\d)[-/\s]/.exec(sentence.slice(span.end - sentenceAt))?.[0] ?? '';
  return `${before} ${after} ${level.startsWith(',') && /C[2-7]/.test(level) ? 'cervical' : ''}`;
}

/** Weakness is the sign; malaise and tiredness are not, whatever limb stands near. */
const isWeakness = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean => /weak|gwendid/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt));

/** Blood that gathered; a bruise of the skin of the head is another thing. */
const isBlood = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean => /ha?ematoma/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt)) && !/\b(?:scalp|subgaleal|skin)\b/i.test(sentence);

const isCapsule = ({ sentence, sentenceAt, mention: { span } }: PlacedMention): boolean => /caps(?:u|iw)litis/i.test(sentence.slice(span.start - sentenceAt, span.end - sentenceAt));

/** DGCS.1, specificity: a site that stands in the clause of its condition is coded. Weakness of a limb is a sign of the nervous system, not malaise. */
export const siteOfCondition: CodingRule = {
  id: 'site-of-condition', isToBeChecked: true, on: 'diagnoses',
  apply: (draft) => ({ ...draft, lines: draft.lines.flatMap((line) => {
    const mayBe = sites.filter(({ general }) => general.test(codeOf(line)));
    const found = mayBe.find(({ words }) => line.candidate.codable.some((placed) => words.test(clauseOf(placed)))) ?? mayBe[0];
    const isOther = (placed: PlacedMention): boolean => (found?.code === 'R298' && !isWeakness(placed)) || (found?.code === 'I619' && !isBlood(placed)) || (found?.code === 'M750' && !isCapsule(placed));
    if (!found || !line.candidate.codable.some((placed) => found.words.test(clauseOf(placed)) && !isOther(placed))) return [line];
    const here = recode({ ...line, candidate: { ...line.candidate, codable: line.candidate.codable.filter((placed) => !isOther(placed)) } }, [found.code], 'site-of-condition', found.label);
    const other = line.candidate.codable.filter(isOther);
    return [...(draft.lines.some((one) => codeOf(one) === found.code) ? [] : [here]), ...(other.length > 0 ? [{ ...line, candidate: { ...line.candidate, codable: other } }] : [])];
  }) }),
};
