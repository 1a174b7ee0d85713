import type { Candidate } from './candidates.js';
import { asRule, evidenceOf, type CodingRule, type ProcedureCode, type ProcedureDraft, type Scene } from './draft.js';
import type { Coding, Suggestion } from '../model/suggestion.js';

/** Codes of what was done, in the order of recording, as the rules leave them. */
export function codeProcedures(candidates: readonly Candidate[], rules: readonly CodingRule[], scene: Scene, groupsBefore: number): Coding {
  const given = new Set<string>();
  const named = candidates.flatMap((candidate) => (candidate.codable.length === 0 ? [] : candidate.concept.codes.map((code, index): ProcedureCode => ({ code, from: { candidate, here: candidate.codable, weight: candidate.weight }, index, fired: [], proof: null }))));
  const draft = rules.reduce((held: ProcedureDraft, rule) => (rule.on === 'procedures' ? rule.apply(held, scene) : held), { codes: named, rejected: [], abstentions: [], prompts: [] });
  const suggestions: Suggestion[] = [];
  for (const one of draft.codes) {
    const [first, ...more] = (one.proof ? [one.proof] : one.from.here).map(evidenceOf);
    if (!first || given.has(one.code)) continue;
    given.add(one.code);
    const { concept } = one.from.candidate;
    const isSite = one.proof !== null;
    const confidence = Math.min(0.97, 0.35 + one.from.weight * 0.09) * (isSite ? 0.97 : 1);
    const position = suggestions.length;
    suggestions.push({
      system: 'OPCS-4', code: one.code, label: isSite ? { en: one.code } : concept.label, role: position === 0 ? 'primary' : 'secondary', position, confidence, band: isSite ? 'fair' : confidence > 0.85 ? 'strong' : confidence > 0.65 ? 'fair' : 'slight',
      grounds: [isSite ? 'companion' : concept.source === 'pack' ? 'pack-term' : concept.source === 'approved' ? 'approved-words' : 'title-match'], shown: confidence > 0.5, evidence: [first, ...more],
      because: [...new Set([position === 0 ? 'PRule2' : isSite ? 'PCSZ2' : 'PRule1', ...one.fired])].map(asRule), group: groupsBefore + 1, prompts: position === 0 ? [...new Set(draft.prompts)] : [],
    });
  }
  return { suggestions, rejected: draft.rejected, abstentions: draft.abstentions };
}
