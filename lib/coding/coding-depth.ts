import { codeSystems } from '../model/code.js';
import type { CodingDepth } from '../model/coded-episode.js';
import type { AskedField, DepthDecision, EpisodeFacts, ExceptionCriterion, ExceptionValue } from '../model/exception.js';
import type { Coding, Suggestion } from '../model/suggestion.js';

/** Does it apply to an episode discharged on that day? Without a day, those that have no last one do. */
export function isInForce({ from, to }: ExceptionCriterion, day: string | null): boolean {
  return day === null ? to === null : (from === null || from <= day) && (to === null || day <= to);
}

/**
 * How far an episode is coded. Where the department codes in full nothing is asked. Else the first criterion in force that is met asks for full coding; what is not known
 * meets none, and is asked for only while no criterion is met: with one met the answer could change the reason, not the depth.
 */
export function depthOf(criteria: readonly ExceptionCriterion[], facts: EpisodeFacts, policyDepth: CodingDepth, day: string | null): DepthDecision {
  if (policyDepth === 'full') return { depth: 'full', ground: { kind: 'department' }, missing: [] };
  const inForce = criteria.filter((one) => isInForce(one, day)).sort((a, b) => a.order - b.order);
  const missing: AskedField[] = [];
  for (const [index, criterion] of inForce.entries()) {
    const { field, id, reason, ask } = criterion;
    const found = meets(criterion, facts);
    if (found === 'unknown') { if (ask && field !== 'diagnosis' && field !== 'procedure' && !missing.includes(field)) missing.push(field); continue; }
    if (found !== 'no') return { depth: 'full', ground: { kind: 'criterion', id, place: index + 1, field, found: found.by, reason }, missing: [] };
  }
  return { depth: 'primary', ground: { kind: 'none-met', tried: inForce.length }, missing };
}

/** What of the episode meets a criterion; `no`; or that it is not known. */
function meets({ field, operator, value }: ExceptionCriterion, facts: EpisodeFacts): { readonly by: number | string | null } | 'no' | 'unknown' {
  const fact: EpisodeFacts[typeof field] = facts[field];
  if (fact === undefined) return 'unknown';
  if (typeof fact === 'number') return holdsFor(operator, fact, value) ? { by: fact } : 'no';
  if (typeof fact === 'boolean') return (operator === '≠') !== (fact === value) ? { by: null } : 'no';
  if (typeof value === 'number' || typeof value === 'boolean') return 'no';
  if (typeof fact === 'string') {
    const isAmong = value.some((one) => (operator === 'starts-with' ? fact.startsWith(one) : fact === one));
    return isAmong !== (operator === '≠') ? { by: fact } : 'no';
  }
  // Of codes: one that fits, or for ≠ that there is none.
  const hit = fact.find((code) => value.some((one) => fits(code, one)));
  if (operator === '≠') return hit === undefined ? { by: null } : 'no';
  return hit === undefined ? 'no' : { by: hit };
}

function holdsFor(operator: ExceptionCriterion['operator'], fact: number, value: ExceptionValue): boolean {
  if (typeof value !== 'number') return false;
  switch (operator) {
    case '=': return fact === value;
    case '≠': return fact !== value;
    case '<': return fact < value;
    case '>': return fact > value;
    case '≥': return fact >= value;
    case 'in': case 'starts-with': return false;
  }
}

/** Does a code begin as a list says, or lie in its range, both ends included? */
function fits(code: string, one: string): boolean {
  const [first = '', last] = one.split(/[–-]/);
  return last === undefined ? code.startsWith(first) : code.slice(0, first.length) >= first && code.slice(0, last.length) <= last;
}

/** The answer of the engine at a depth: in primary-only coding the others stay ranked and are not on offer. They are unknown then, never absent. */
export function atDepth(coding: Coding, depth: CodingDepth): Coding {
  if (depth === 'full') return coding;
  const leads = new Set(codeSystems.flatMap((system) => coding.suggestions.find((one) => one.system === system && one.role === 'primary') ?? []).map(({ system, group }) => `${system} ${group}`));
  return { ...coding, suggestions: coding.suggestions.map((one) => (isNeeded(one, leads) ? one : { ...one, shown: false })) };
}

/** The main condition with the partner that its standard demands, and the group of the main procedure. */
function isNeeded({ role, system, group }: Suggestion, leads: ReadonlySet<string>): boolean {
  return role === 'primary' || leads.has(`${system} ${group}`);
}
