import type { ClinicalCode, CodeEntry, CodeSystem } from '../model/code.js';
import type { CodedEpisode, CodedUnit, CodingDepth } from '../model/coded-episode.js';
import type { CodesOfDay } from '../model/codebook.js';
import type { CheckSeverity, EpisodeCheckId, EpisodeProblem } from '../model/episode-check.js';
import { isIntegral } from './rules/symptoms.js';
import { hasSide } from './rules/side.js';
import { isCauseOf } from './rules/dagger-asterisk.js';

/** What a coded episode is held against. */
export interface EpisodeMoment {
  readonly coded: CodedEpisode;
  readonly depth: CodingDepth;
  /** The editions in force on the day of the episode. */
  readonly codes: Pick<CodesOfDay, 'entry' | 'systems'>;
  /** Name of the edition in force as a unit keeps it (`CodedUnit.list`); null where there is none for that day. */
  readonly listOf: (system: CodeSystem) => string | null;
  /** What the record states of the patient; null where it does not. Age in whole years. */
  readonly patient: { readonly age: number | null; readonly sex: 'female' | 'male' | null };
}

/** A code in its place. */
interface Placed {
  readonly unit: CodedUnit;
  readonly system: CodeSystem;
  readonly code: ClinicalCode;
  readonly entry: CodeEntry | null;
}

interface Sequence extends EpisodeMoment {
  readonly diagnoses: readonly Placed[];
  readonly procedures: readonly Placed[];
}

/** One check of the shelf: what it is called, where it is laid down, and where it finds fault. Each group of codes is one problem. */
interface EpisodeCheck {
  readonly check: EpisodeCheckId;
  readonly standard: string | ((sequence: Sequence) => string);
  readonly system: CodeSystem;
  readonly severity: CheckSeverity | ((sequence: Sequence) => CheckSeverity);
  readonly find: (sequence: Sequence) => readonly (readonly Placed[])[];
}

const each = (placed: readonly Placed[], isWrong: (one: Placed, at: number) => boolean): readonly (readonly Placed[])[] => placed.filter(isWrong).map((one) => [one]);
const isExternal = (code: string): boolean => /^[V-Y]/.test(code);
const isSupplement = (code: string): boolean => /^[YZ]/.test(code);
/** An injury, a poisoning or a complication of care. */
const isInjury = (code: string): boolean => /^[ST]/.test(code);

/** Where the edition brings no limits nothing is said. */
const hasWrongSex = ({ entry }: Placed, { patient }: Sequence): boolean => entry !== null && entry.sex !== null && patient.sex !== null && entry.sex !== patient.sex;
const hasWrongAge = ({ entry }: Placed, { patient }: Sequence): boolean => entry !== null && entry.ages !== null && patient.age !== null && (patient.age < entry.ages.from || patient.age > entry.ages.to);

/** The code that an asterisk stands behind: what comes before it, other manifestations of the same cause passed over. */
function causeBefore(placed: readonly Placed[], at: number): Placed | null {
  for (let before = at - 1; before >= 0; before -= 1) { const one = placed[before]; if (one && one.entry?.dual !== 'asterisk') return one; }
  return null;
}
const isAsterisk = ({ entry }: Placed): boolean => entry?.dual === 'asterisk';

/** Two codes of one site: the same chapter and its neighbours stand for it, as OPCS-4 has a chapter for each part of the body. */
const isSameSite = (a: string, b: string): boolean => a.charAt(0) === b.charAt(0);

const both = (system: CodeSystem, part: (sequence: Sequence) => readonly Placed[], made: Omit<EpisodeCheck, 'system' | 'find'>, isWrong: (one: Placed, sequence: Sequence) => boolean): EpisodeCheck =>
  ({ ...made, system, find: (sequence) => each(part(sequence), (one) => isWrong(one, sequence)) });
const diagnosesOf = ({ diagnoses }: Sequence): readonly Placed[] => diagnoses;
const proceduresOf = ({ procedures }: Sequence): readonly Placed[] => procedures;
const edition = (system: CodeSystem) => ({ codes: { systems } }: Sequence): string => { const held = systems[system]; return held.ok ? held.value.name : system; };
const inForce = (system: CodeSystem, part: typeof diagnosesOf): readonly EpisodeCheck[] => [
  both(system, part, { check: 'not-valid', severity: 'error', standard: edition(system) }, ({ entry }, { codes }) => codes.systems[system].ok && entry === null),
  { check: 'no-list', severity: 'error', standard: system, system, find: (sequence) => (sequence.codes.systems[system].ok || part(sequence).length === 0 ? [] : [part(sequence)]) },
  { check: 'mixed-editions', severity: 'error', standard: edition(system), system, find: (sequence) => { const list = sequence.listOf(system); const other = part(sequence).filter(({ unit }) => list !== null && unit.list !== list); return other.length > 0 ? [other] : []; } },
  both(system, part, { check: 'wrong-sex', severity: 'warning', standard: edition(system) }, hasWrongSex),
  both(system, part, { check: 'wrong-age', severity: 'warning', standard: edition(system) }, hasWrongAge),
];

/** Every check, in the order in which problems are listed. A new one is an entry here, its sentence, and an example for and against in its test. */
const checks: readonly EpisodeCheck[] = [
  // DGCS.1: the first field holds the main condition treated or investigated.
  { check: 'no-primary', severity: 'error', standard: 'DGCS.1', system: 'ICD-10', find: ({ diagnoses }) => (diagnoses.length === 0 ? [[]] : []) },
  { check: 'external-first', severity: 'error', standard: 'DCS.XX', system: 'ICD-10', find: ({ diagnoses: [first] }) => (first && isExternal(first.code) ? [[first]] : []) },
  // DGCS.5: the dagger first, its asterisk straight after; an asterisk is never primary and never alone.
  { check: 'asterisk-alone', severity: 'error', standard: 'DGCS.5', system: 'ICD-10', find: ({ diagnoses }) => each(diagnoses, (one, at) => isAsterisk(one) && causeBefore(diagnoses, at) === null) },
  { check: 'asterisk-apart', severity: 'warning', standard: 'DGCS.5', system: 'ICD-10', find: ({ diagnoses }) => each(diagnoses, (one, at) => { const cause = causeBefore(diagnoses, at); return isAsterisk(one) && cause !== null && cause.unit !== one.unit && cause.entry?.dual !== 'dagger' && isCauseOf(one.code, cause.code) === false; }) },
  // An external cause follows the injury. Under primary-only coding whether it must is to be checked with the department.
  { check: 'external-missing', severity: ({ depth }) => (depth === 'full' ? 'warning' : 'information'), standard: 'DCS.XX', system: 'ICD-10', find: ({ diagnoses }) => { const hurt = diagnoses.filter(({ code }) => isInjury(code)); return hurt.length > 0 && !diagnoses.some(({ code }) => isExternal(code)) ? [hurt] : []; } },
  // DCS.XVIII (to be checked): a symptom that belongs to a coded diagnosis is not coded beside it.
  { check: 'symptom-beside', severity: 'warning', standard: 'DCS.XVIII', system: 'ICD-10', find: ({ diagnoses }) => diagnoses.flatMap((one) => { const whole = diagnoses.find((other) => isIntegral(one.code, other.code)); return whole ? [[one, whole]] : []; }) },
  // The same cause may stand before each of its manifestations.
  { check: 'double-code', severity: 'warning', standard: 'DGCS', system: 'ICD-10', find: ({ diagnoses }) => { const causes = diagnoses.filter((one, at) => !isAsterisk(one) && diagnoses[at + 1]?.entry?.dual === 'asterisk'); return doubles(diagnoses.filter((one) => !causes.some((cause, at) => cause === one && causes.findIndex(({ code }) => code === one.code) < at))); } },
  ...inForce('ICD-10', diagnosesOf),
  // PRule 7: codes of chapters Y and Z are only ever secondary.
  { check: 'supplement-first', severity: 'error', standard: 'PRule 7', system: 'OPCS-4', find: ({ procedures: [first] }) => (first && isSupplement(first.code) ? [[first]] : []) },
  // PConvention 2: the prosthesis of the lens before its extraction, within one operation.
  { check: 'pair-order', severity: 'error', standard: 'PConvention 2', system: 'OPCS-4', find: ({ procedures }) => procedures.flatMap((one, at) => { const next = procedures[at + 1]; return /^C7[1-4]/.test(one.code) && next && /^C75/.test(next.code) && !/^C75/.test(procedures[at - 1]?.code ?? '') ? [[one, next]] : []; }) },
  // PCSZ2: a documented side is coded once, after all procedures on the site; a missing one is a query to the clinician.
  { check: 'side-missing', severity: 'warning', standard: 'PCSZ2', system: 'OPCS-4', find: ({ procedures }) => { const sided = procedures.filter(({ code }) => hasSide(code)); return sided.length > 0 && !procedures.some(({ code }) => /^Z94/.test(code)) ? [sided] : []; } },
  { check: 'side-before', severity: 'warning', standard: 'PCSZ2', system: 'OPCS-4', find: ({ procedures }) => procedures.flatMap((one, at) => {
    const before = procedures[at - 1];
    const next = procedures[at + 1];
    // Further procedures of the site behind its side, and no side of their own behind them.
    return /^Z94/.test(one.code) && before && next && hasSide(next.code) && isSameSite(before.code, next.code) && !procedures.slice(at + 1).some(({ code }) => /^Z94/.test(code)) ? [[one, next]] : [];
  }) },
  // The same operation twice is coded twice at times: only said.
  { check: 'double-code', severity: 'information', standard: 'PRule 2', system: 'OPCS-4', find: ({ procedures }) => doubles(procedures.filter(({ code }) => !isSupplement(code))) },
  ...inForce('OPCS-4', proceduresOf),
];

/** Codes that stand more than once, each with all its places. */
function doubles(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const places = new Map<ClinicalCode, Placed[]>();
  for (const one of placed) { const held = places.get(one.code); if (held) held.push(one); else places.set(one.code, [one]); }
  return [...places.values()].filter((held) => held.length > 1);
}

const severest: Readonly<Record<CheckSeverity, number>> = { error: 0, warning: 1, information: 2 };

/** Holds what a coder has put into an episode against the standards: the worst first. Nothing is changed and nothing is guessed. */
export function validateEpisode(moment: EpisodeMoment): readonly EpisodeProblem[] {
  const placed = (units: readonly CodedUnit[]): readonly Placed[] => units.flatMap((unit) => unit.codes.map((code): Placed => ({ unit, system: unit.system, code, entry: moment.codes.entry(unit.system, code) })));
  const sequence: Sequence = { ...moment, diagnoses: placed(moment.coded.diagnoses), procedures: placed(moment.coded.procedures) };
  return checks.flatMap(({ check, standard, system, severity, find }) => find(sequence).map((about): EpisodeProblem => ({
    check, system, severity: typeof severity === 'function' ? severity(sequence) : severity, standard: typeof standard === 'function' ? standard(sequence) : standard,
    units: [...new Set(about.map(({ unit }) => unit.id))], codes: [...new Set(about.map(({ code }) => code))],
  }))).sort((a, b) => severest[a.severity] - severest[b.severity]);
}
