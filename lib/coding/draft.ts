import type { ClinicalCode } from '../model/code.js';
import type { Label } from '../model/language.js';
import type { Concept, ConceptId } from '../model/mention.js';
import type { Abstention, CodingRuleId, Evidence, Rejection } from '../model/suggestion.js';
import type { Candidate, PlacedMention } from './candidates.js';
import type { PatientWords } from './patient-words.js';
import type { EpisodeQuestion } from './question.js';

/** A diagnosis on its way to a suggestion. */
export interface Line {
  readonly candidate: Candidate;
  /** Ids of the rules that had a hand in it. */
  readonly fired: readonly string[];
  /** Keys of the interface's words. */
  readonly prompts: readonly string[];
  /** General words and symptoms that it stands for: it takes over their place in the note. */
  readonly standsFor: readonly Candidate[];
  readonly mayLead: boolean;
  /** `relevance`: offered where the note makes it matter; `always`: a standard demands it. */
  readonly offer: 'relevance' | 'always';
  /** A confidence that a rule sets; null where the words do. */
  readonly confidence: number | null;
}

/** The diagnoses between two rules. */
export interface Draft {
  readonly lines: readonly Line[];
  readonly rejected: readonly Rejection[];
}

/** What every rule may look at. */
export interface Scene {
  readonly question: EpisodeQuestion;
  /** All conditions named, those that are denied, past or in doubt too. */
  readonly conditions: readonly Candidate[];
  readonly patient: PatientWords;
}

/** A procedure that the words name, with the mentions that count for it. */
export interface Performed {
  readonly candidate: Candidate;
  readonly here: readonly PlacedMention[];
  readonly weight: number;
}

/** One code of a procedure on its way to a suggestion. */
export interface ProcedureCode {
  readonly code: ClinicalCode;
  readonly from: Performed;
  /** Place in its concept's own order. */
  readonly index: number;
  readonly fired: readonly string[];
  /** What proves a site or a side, where it is not the procedure's own words. */
  readonly proof: PlacedMention | null;
}

/** The procedures between two rules. */
export interface ProcedureDraft {
  readonly codes: readonly ProcedureCode[];
  readonly rejected: readonly Rejection[];
  readonly abstentions: readonly Abstention[];
  readonly prompts: readonly string[];
}

interface About {
  /** Its standard, where one says so: `DGCS.5`; else a name of ours. The interface's words have `rule.<id>` for it. */
  readonly id: string;
  /** Not yet read in the current books by a qualified coder. */
  readonly isToBeChecked: boolean;
}
/** A rule of coding: data or a small pure function. */
export type CodingRule =
  | About & { readonly on: 'diagnoses'; readonly apply: (draft: Draft, scene: Scene) => Draft }
  /** Adds to how strongly a condition is put as the main one (DGCS.1). */
  | About & { readonly on: 'main'; readonly weigh: (line: Line, scene: Scene) => number }
  | About & { readonly on: 'procedures'; readonly apply: (draft: ProcedureDraft, scene: Scene) => ProcedureDraft };

export const codeOf = ({ candidate }: Line): ClinicalCode => candidate.concept.codes[0];
export const evidenceOf = ({ mention, document, version }: PlacedMention): Evidence => ({ document, version, span: mention.span });
export const asRule = (id: string): CodingRuleId => id as CodingRuleId;

/** A label of ours: its Welsh is a draft until a translator has read it. */
export function ours(en: string, cy: string): Label {
  return { en, cy, translation: 'draft' };
}

/** The name of one code of a concept: a row of several codes has their names in their order, joined by " + ". */
export function labelOf({ label, codes }: Concept, index: number): Label {
  const part = (words: string): string => { const parts = words.split(' + '); const own = parts.length === codes.length ? parts[index] ?? words : words; return own.charAt(0).toUpperCase() + own.slice(1); };
  return { ...label, en: part(label.en), ...(label.cy === undefined ? {} : { cy: part(label.cy) }) };
}

/** A line as the words gave it. */
export function lineOf(candidate: Candidate): Line {
  return { candidate, fired: [], prompts: [], standsFor: [], mayLead: true, offer: 'relevance', confidence: null };
}

/** The same line with other codes, and the rule that gave them. */
export function recode(line: Line, codes: readonly [string, ...string[]], id: string, label = line.candidate.concept.label): Line {
  const [first, ...rest] = codes;
  return { ...line, candidate: { ...line.candidate, concept: { ...line.candidate.concept, codes: [first as ClinicalCode, ...rest.map((code) => code as ClinicalCode)], label } }, fired: [...line.fired, id] };
}

/** A line that a rule adds for words that were read: a history, a drug, an allergy. */
export function addedLine(code: string, label: Label, proof: readonly PlacedMention[], like: Candidate, id: string, confidence: number | null): Line {
  return {
    ...lineOf({ ...like, concept: { id: `rule.${id}.${code}` as ConceptId, system: 'ICD-10', codes: [code as ClinicalCode], source: 'pack', label }, codable: proof, against: [] }),
    fired: [id], mayLead: false, offer: 'always', confidence,
  };
}

/** Takes a line away and says why. */
export function refuse(draft: Draft, line: Line, because: readonly string[], cue: string | null = null): Draft {
  const [placed] = line.candidate.codable;
  return {
    lines: draft.lines.filter((one) => one !== line),
    rejected: placed ? [...draft.rejected, { system: line.candidate.concept.system, code: codeOf(line), label: line.candidate.concept.label, evidence: evidenceOf(placed), because: because.map(asRule), cue }] : draft.rejected,
  };
}

/** Puts one line in the place of another. */
export function replace(draft: Draft, line: Line, by: Line): Draft {
  return { ...draft, lines: draft.lines.map((one) => (one === line ? by : one)) };
}

/** Marks a line with a rule, and asks for what the record would have to say. */
export function mark(line: Line, id: string, ...prompts: readonly string[]): Line {
  return { ...line, fired: line.fired.includes(id) ? line.fired : [...line.fired, id], prompts: [...new Set([...line.prompts, ...prompts])] };
}

/** Takes procedure codes away and says why. */
export function refuseCodes(draft: ProcedureDraft, isOut: (one: ProcedureCode) => boolean, because: readonly string[], cue: (one: ProcedureCode) => string | null = () => null): ProcedureDraft {
  const out = draft.codes.filter(isOut);
  return {
    ...draft, codes: draft.codes.filter((one) => !out.includes(one)),
    rejected: [...draft.rejected, ...out.flatMap((one) => {
      const placed = one.from.here[0] ?? one.from.candidate.codable[0];
      return placed ? [{ system: 'OPCS-4' as const, code: one.code, label: one.from.candidate.concept.label, evidence: evidenceOf(placed), because: because.map(asRule), cue: cue(one) }] : [];
    })],
  };
}
