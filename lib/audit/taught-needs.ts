import type { AuditedEpisode, AuditLine } from '../model/audit.js';
import type { SpecialtyId } from '../model/episode.js';
import type { DeckCard, TaughtRuleId } from '../model/trainee.js';

/** Code beginnings with the rule that they were coded against, the more special first. Each rule cites its own standard on its card. */
const byCode: readonly (readonly [system: 'ICD-10' | 'OPCS-4', starts: readonly string[], rule: string])[] = [
  ['ICD-10', ['H264'], 'after-cataract'], ['ICD-10', ['H25', 'H26', 'H28'], 'cataract-type'], ['ICD-10', ['E10', 'E11', 'E12', 'E13', 'E14'], 'diabetes-link'], ['ICD-10', ['I10', 'I11', 'I12', 'I13', 'I15'], 'hypertension-diagnosed'],
  ['ICD-10', ['M05', 'M06'], 'seropositive-words'], ['ICD-10', ['G40', 'G41', 'R56'], 'seizure-not-epilepsy'], ['ICD-10', ['G35', 'G36', 'G37'], 'demyelination-not-ms'], ['ICD-10', ['L93', 'M32'], 'lupus'], ['ICD-10', ['M315', 'M316', 'M353'], 'combination'],
  ['ICD-10', ['Z921'], 'anticoagulant'], ['ICD-10', ['Z720', 'Z864', 'F17'], 'tobacco'], ['ICD-10', ['Z93', 'Z94', 'Z95', 'Z96', 'Z97'], 'status'], ['ICD-10', ['Z85', 'Z86', 'Z87', 'Z88'], 'past-or-current'], ['ICD-10', ['Z53'], 'not-done'], ['ICD-10', ['Z03'], 'ruled-out'],
  ['ICD-10', ['T80', 'T81', 'T82', 'T83', 'T84', 'T85', 'T86', 'T87', 'T88', 'Y6', 'Y7', 'Y80', 'Y81', 'Y82', 'Y83', 'Y84'], 'complication-cause'], ['ICD-10', ['Y4', 'Y5'], 'drug-effect'],
  ['OPCS-4', ['Z94'], 'laterality'], ['OPCS-4', ['Z'], 'site-code'], ['OPCS-4', ['X28'], 'high-cost-drug'], ['OPCS-4', ['X29'], 'infusion-type'], ['OPCS-4', ['X37'], 'botulinum'], ['OPCS-4', ['A55', 'A54'], 'lumbar-puncture'], ['OPCS-4', ['W90', 'T62'], 'joint-or-bursa'], ['OPCS-4', ['Y80', 'Y81', 'Y82', 'Y83', 'Y84', 'C90'], 'anaesthetic'],
];

const systemOf = ({ category }: Pick<AuditLine, 'category'>): 'ICD-10' | 'OPCS-4' => (category.endsWith('diagnosis') ? 'ICD-10' : 'OPCS-4');

/** The rule by which a difference is learned: that of its place where the place is wrong, else that of its code, else that of its kind; null where no card teaches it. */
export function ruleOfLine(line: Pick<AuditLine, 'category' | 'kind' | 'first' | 'audited'>): TaughtRuleId | null {
  const code = line.audited ?? line.first;
  const system = systemOf(line);
  const isDiagnosis = system === 'ICD-10';
  if (line.kind === 'right' || code === null) return null;
  if (line.kind === 'sequence') return (isDiagnosis ? 'main-condition' : 'paired-order') as TaughtRuleId;
  const [, , own] = byCode.find(([of, starts]) => of === system && starts.some((start) => code.startsWith(start))) ?? [];
  return (own ?? kindRule(line, isDiagnosis)) as TaughtRuleId | null;
}

function kindRule({ category, kind }: Pick<AuditLine, 'category' | 'kind'>, isDiagnosis: boolean): string | null {
  switch (kind) {
    case 'third': case 'fourth': return isDiagnosis ? 'specificity' : null;
    case 'omitted': case 'not-relevant': return isDiagnosis ? (category === 'primary-diagnosis' ? 'main-condition' : 'comorbidity') : 'procedure-done';
    case 'site': return 'site-code';
    case 'side': return 'laterality';
    case 'external-cause': case 'right': case 'sequence': return null;
  }
}

/**
 * Rules to be learned after an audit: those against which a coder's own errors stand in two episodes or more (one alone is chance), the most frequent
 * first. `coder`: of one pseudonym alone, where policy lets persons be told apart. Nothing in it points at an episode.
 */
export function taughtNeeds(episodes: readonly Pick<AuditedEpisode, 'episode' | 'specialty' | 'coder' | 'lines'>[], coder: string | null = null): readonly DeckCard[] {
  const met = new Map<TaughtRuleId, { readonly episodes: Set<string>; readonly specialties: Set<SpecialtyId | 'unknown'>; readonly categories: Set<string> }>();
  for (const { episode, specialty, coder: who, lines } of episodes) {
    if (coder !== null && who !== coder) continue;
    for (const line of lines ?? []) {
      const code = line.audited ?? line.first;
      const rule = line.cause === 'coder' ? ruleOfLine(line) : null;
      if (rule === null || code === null) continue;
      const one = met.get(rule) ?? { episodes: new Set(), specialties: new Set(), categories: new Set() };
      met.set(rule, one);
      one.episodes.add(episode);
      one.specialties.add(specialty);
      one.categories.add(`${systemOf(line)} ${code.slice(0, 3)}`);
    }
  }
  return [...met].filter(([, one]) => one.episodes.size > 1).sort(([a, one], [b, two]) => two.episodes.size - one.episodes.size || (a < b ? -1 : 1))
    .map(([rule, { specialties, categories }]): DeckCard => ({ rule, specialties: [...specialties].sort(), categories: [...categories].sort() }));
}
