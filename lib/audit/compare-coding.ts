import type { AuditCategory, AuditLine, LineKind, PlainCoding } from '../model/audit.js';
import type { ClinicalCode } from '../model/code.js';
import type { CodingDepth } from '../model/coded-episode.js';

/**
 * The first coder's codes against the auditor's, one line for each code: in order of category and of the auditor's record, and what only the first
 * coder had behind it. Causes are the coder's until an auditor says otherwise. Where the episode was coded to its primary diagnosis and procedure
 * only, its secondary codes are unknown and give no line (domain/governance.md §4).
 *
 * Nothing here can tell that a code left out and a code too many were meant for the same thing: an auditor joins them (`joinLines`) and they are wrong
 * at the third character.
 */
export function compareCoding(first: PlainCoding, audited: PlainCoding, depth: CodingDepth): readonly AuditLine[] {
  const lines = [
    ...comparePrimary('primary-diagnosis', first.diagnoses, audited.diagnoses),
    ...(depth === 'full' ? compareSecondary('secondary-diagnosis', first.diagnoses, audited.diagnoses, isExternalCause) : []),
    ...comparePrimary('primary-procedure', first.procedures, audited.procedures),
    ...(depth === 'full' ? compareSecondary('secondary-procedure', first.procedures, audited.procedures, siteOrSide) : []),
  ];
  return lines;
}

type Special = (code: ClinicalCode) => LineKind | null;

/** Chapter XX of ICD-10, V01 to Y98. */
const isExternalCause: Special = (code) => (/^[V-Y]/.test(code) ? 'external-cause' : null);
/** Chapter Z of OPCS-4; Z94 says the side. */
const siteOrSide: Special = (code) => (code.startsWith('Z94') ? 'side' : code.startsWith('Z') ? 'site' : null);

const line = (category: AuditCategory, kind: LineKind, first: ClinicalCode | null, audited: ClinicalCode | null): AuditLine => ({ category, kind, first, audited, cause: 'coder', reason: '' });
const isLike = (a: ClinicalCode, b: ClinicalCode): boolean => a.slice(0, 3) === b.slice(0, 3);

function comparePrimary(category: AuditCategory, first: readonly ClinicalCode[], audited: readonly ClinicalCode[]): AuditLine[] {
  const [had, has] = [first[0] ?? null, audited[0] ?? null];
  if (had === null && has === null) return [];
  if (had === has) return [line(category, 'right', had, has)];
  if (had === null) return [line(category, 'omitted', null, has)];
  if (has === null) return [line(category, 'not-relevant', had, null)];
  // The right one stands further down: the code is known and its place is wrong.
  if (first.slice(1).includes(has)) return [line(category, 'sequence', had, has)];
  // What stands first is a right secondary code, so that the primary one was left out.
  if (audited.slice(1).includes(had)) return [line(category, 'omitted', null, has)];
  return [line(category, isLike(had, has) ? 'fourth' : 'third', had, has)];
}

function compareSecondary(category: AuditCategory, first: readonly ClinicalCode[], audited: readonly ClinicalCode[], special: Special): AuditLine[] {
  const left: (ClinicalCode | null)[] = first.slice(1);
  /** Takes the first coder's code that fits, once. */
  const take = (fits: (code: ClinicalCode) => boolean): ClinicalCode | null => {
    const at = left.findIndex((code) => code !== null && fits(code));
    if (at < 0) return null;
    const taken = left[at] ?? null;
    left[at] = null;
    return taken;
  };
  const wanted = audited.slice(1);
  const lines: (AuditLine | null)[] = wanted.map((code) => (take((one) => one === code) === null ? null : line(category, 'right', code, code)));
  // The auditor's primary code among the secondary ones was spoken of with the primary.
  const [main, chief] = [first[0] ?? null, audited[0] ?? null];
  if (chief !== null && chief !== main) take((one) => one === chief);
  let isMainLeft = main !== null && main !== chief;
  const fill = (at: number, made: AuditLine | null): void => { if (made) lines[at] = made; };
  wanted.forEach((code, at) => {
    if (lines[at] || !isMainLeft || code !== main) return;
    isMainLeft = false;
    fill(at, line(category, 'sequence', code, code));
  });
  for (const pairs of [isLike, (a: ClinicalCode, b: ClinicalCode) => special(a) !== null && special(a) === special(b)]) wanted.forEach((code, at) => {
    if (lines[at]) return;
    const had = take((one) => special(one) === special(code) && pairs(one, code));
    if (had !== null) fill(at, line(category, special(code) ?? 'fourth', had, code));
  });
  wanted.forEach((code, at) => { if (!lines[at]) fill(at, line(category, special(code) ?? 'omitted', null, code)); });
  const extra = left.flatMap((code) => (code === null ? [] : [line(category, special(code) ?? 'not-relevant', code, null)]));
  return [...lines.flatMap((one) => one ?? []), ...extra];
}

/** One that was left out and one too many, of the same category, as one code that is wrong at the third character; the lines as they were where they do not fit. */
export function joinLines(lines: readonly AuditLine[], omitted: number, extra: number): readonly AuditLine[] {
  const [missing, spare] = [lines[omitted], lines[extra]];
  if (!missing || !spare || missing.category !== spare.category || missing.first !== null || spare.audited !== null) return lines;
  const joined = { ...missing, kind: missing.kind === 'omitted' ? 'third' as const : missing.kind, first: spare.first };
  return lines.flatMap((one, at) => (at === omitted ? [joined] : at === extra ? [] : [one]));
}

/** A joined line as the two that it was made of; the lines as they were where it is not joined. */
export function partLine(lines: readonly AuditLine[], at: number): readonly AuditLine[] {
  const one = lines[at];
  if (!one || one.first === null || one.audited === null || one.kind === 'right' || one.category.startsWith('primary')) return lines;
  const kind = one.kind === 'external-cause' || one.kind === 'site' || one.kind === 'side' ? one.kind : null;
  return lines.flatMap((each, place) => (place === at ? [{ ...one, kind: kind ?? 'omitted' as const, first: null }, { ...one, kind: kind ?? 'not-relevant' as const, audited: null }] : [each]));
}
