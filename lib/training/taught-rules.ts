import type { Suggestion } from '../model/suggestion.js';
import type { TaughtRuleId } from '../model/trainee.js';

/** Which taught rule a rule of the engine is, the more special first: of several that a code rests on, the first of this list is the one to learn from. */
const taught: readonly (readonly [coding: string, taught: string])[] = [
  ['DCS.VII.1', 'cataract-type'], ['DCS.VII.2', 'after-cataract'], ['DCS.IV.1', 'diabetes-link'], ['DCS.IX.1', 'hypertension-diagnosed'], ['DCS.XIX.7', 'complication-cause'], ['DCS.XX.8', 'complication-cause'],
  ['PCSZ2', 'laterality'], ['PConvention2', 'paired-order'], ['PCSC1', 'anaesthetic'], ['PCSX24', 'high-cost-drug'], ['stage-reached', 'stage-reached'], ['site-code', 'site-code'], ['PRule7', 'site-code'],
  ['DGCS.5', 'dagger-asterisk'], ['anticoagulant', 'anticoagulant'], ['adverse-effect', 'drug-effect'], ['history-code', 'past-or-current'], ['combined', 'combination'], ['DGCS.2', 'probable'], ['specificity', 'specificity'],
];

/** The rule that a trainee learns from a code on offer; where none is special, the one that every code of its kind and place rests on. */
export function taughtRuleOf({ because, system, role }: Pick<Suggestion, 'because' | 'system' | 'role'>): TaughtRuleId {
  const [, found] = taught.find(([coding]) => because.some((id) => id === coding)) ?? [];
  return (found ?? (system === 'OPCS-4' ? 'procedure-done' : role === 'primary' ? 'main-condition' : 'comorbidity')) as TaughtRuleId;
}
