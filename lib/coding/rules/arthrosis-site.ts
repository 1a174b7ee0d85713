import { codeOf, ours, recode, type CodingRule } from '../draft.js';
import type { PlacedMention } from '../candidates.js';

/** Arthrosis by joint: category, and whether it tells one side from both (M16–M18). */
const joints: readonly (readonly [words: RegExp, category: string, en: string, cy: string])[] = [
  [/\bknees?\b|pen-?glin/i, 'M17', 'OA knee', 'Osteoarthritis y pen-glin'], [/\bhips?\b|\bclun\b/i, 'M16', 'OA hip', 'Osteoarthritis y glun'], [/\b(?:1st|first) CMCJ?\b|thumb base|base of (?:the )?thumb/i, 'M18', 'OA thumb base', 'Osteoarthritis bôn y bawd'],
];

/** Joints of the spine: their arthrosis is spondylosis (index: arthrosis, spine — see spondylosis). */
const spine = /\b(?:facet(?:al)?|uncovertebral|apophys(?:e|i)al|zygapophys(?:e|i)al|vertebral|spin(?:e|al)|lumbar|cervical|thoracic|lumbosacral)\b|\b(?:asgwrn )?(?:g|ng|ch)?cefn\b|\bgefn\b/i;

/** The words directly behind a mention, to the end of its clause; or the joint directly before it. */
function near({ sentence, sentenceAt, mention: { span } }: PlacedMention): string {
  // “Degenerative joint disease, right knee”; “knee replacement for osteoarthritis”.
  const after = /^(?:,\s(?=(?:(?:of|the|right|left|both|bilateral|R|L|severe|end[- ]stage)\s){0,3}(?:knees?|hips?|thumb|1st|first|base|(?:pen|ben)-?glin|clun)\b))?[^,;.:\n]{0,48}/i.exec(sentence.slice(span.end - sentenceAt))?.[0] ?? '';
  const lead = sentence.slice(0, span.start - sentenceAt);
  const before = /(?:\S+\s){0,2}$/.exec(lead)?.[0] ?? '';
  const replaced = /\b(?:knee|hip)\s(?:joint\s)?(?:replacement|arthroplasty)\s(?:surgery\s)?(?:(?:was\s)?\w+\s)?(?:secondary to|due to|for|because of)\s(?:\w+\s){0,3}$/i.exec(lead)?.[0] ?? '';
  return `${replaced} ${before} ${after}`;
}

/** Only arthrosis that is said to be primary tells one side from both; else the type is not stated. */
function sideOf(words: string): '0' | '1' | '9' {
  if (!/\bprimary\b/i.test(words)) return '9';
  return /\b(?:bilateral|both|dwyochrog|knees|hips)\b/i.test(words) ? '0' : '1';
}

/** DGCS.1, specificity: arthrosis whose joint stands beside it is coded to the joint. */
export const arthrosisSite: CodingRule = {
  id: 'arthrosis-site', isToBeChecked: true, on: 'diagnoses',
  apply: (draft) => ({ ...draft, lines: draft.lines.map((line) => {
    if (codeOf(line) !== 'M199') return line;
    for (const placed of line.candidate.codable) {
      const words = near(placed);
      const joint = joints.find(([pattern]) => pattern.test(words));
      if (joint) return recode(line, [`${joint[1]}${sideOf(words)}`], 'arthrosis-site', ours(joint[2], joint[3]));
      if (spine.test(words)) return recode(line, ['M478'], 'arthrosis-site', ours('Spondylosis', 'Sbondylosis'));
    }
    return line;
  }) }),
};
