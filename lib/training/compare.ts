import { overlaps } from '../base/span.js';
import type { ClinicalCode, CodeSystem } from '../model/code.js';
import type { CodeOutcome, ComparedCode, ComparedMark, Comparison, ExpectedAnswer, ItemId, MarkOutcome, TraineeAnswer, TraineeMark } from '../model/trainee.js';

const credits: Readonly<Record<CodeOutcome | MarkOutcome, number>> = { right: 1, order: 0.5, fourth: 0.5, third: 0.25, verdict: 0.5, missed: 0, extra: 0 };

/** Those of a sequence of places that can stay where they are: its longest rising part. */
function inOrder(places: readonly number[]): ReadonlySet<number> {
  const best: number[][] = [];
  for (const place of places) {
    const before = best.filter((run) => (run.at(-1) ?? -1) < place).reduce<number[]>((a, b) => (b.length > a.length ? b : a), []);
    best.push([...before, place]);
  }
  return new Set(best.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []));
}

function compareCodes(system: CodeSystem, expected: ExpectedAnswer['codes'], written: readonly ClinicalCode[]): ComparedCode[] {
  const given = [...new Set(written)];
  const asked = expected.flatMap((one, at) => (one.system === system ? [{ ...one, at }] : []));
  const exact = new Map(asked.flatMap(({ code, at }) => (given.includes(code) ? [[at, code] as const] : [])));
  const left = given.filter((code) => ![...exact.values()].includes(code));
  /** The nearest of what was written and is not yet spoken for. */
  const near = new Map<number, { readonly code: ClinicalCode; readonly outcome: 'fourth' | 'third' }>();
  for (const [length, outcome] of [[3, 'fourth'], [2, 'third']] as const) {
    for (const { code, at } of asked) {
      if (exact.has(at) || near.has(at)) continue;
      const found = left.find((one) => one.slice(0, length) === code.slice(0, length));
      if (!found) continue;
      near.set(at, { code: found, outcome });
      left.splice(left.indexOf(found), 1);
    }
  }
  const places = given.flatMap((code) => { const one = asked.find((each) => each.code === code); return one ? [one.at] : []; });
  const staying = inOrder(places);
  const isInPlace = (at: number, code: ClinicalCode): boolean => {
    if (system === 'OPCS-4') return staying.has(at);
    // Of diagnoses the first has its place (DGCS.1), and an asterisk straight after its dagger (DGCS.5); the others stand in any order.
    const [primary] = asked;
    if (primary && (primary.at === at) !== (given[0] === code) && exact.has(primary.at)) return false;
    const one = expected[at];
    const before = expected[at - 1];
    if (one?.rule !== 'dagger-asterisk' || before?.system !== system) return true;
    return !exact.has(at - 1) || given[given.indexOf(code) - 1] === before.code;
  };
  const rows: ComparedCode[] = asked.flatMap(({ at, optional }): ComparedCode[] => {
    const code = exact.get(at);
    if (code !== undefined) return [{ system, outcome: isInPlace(at, code) ? 'right' : 'order', expected: at, given: code }];
    const found = near.get(at);
    if (found) return [{ system, outcome: found.outcome, expected: at, given: found.code }];
    return optional ? [] : [{ system, outcome: 'missed', expected: at, given: null }];
  });
  return [...rows, ...left.map((code): ComparedCode => ({ system, outcome: 'extra', expected: null, given: code }))];
}

function compareMarks(expected: ExpectedAnswer['marks'], given: readonly TraineeMark[]): ComparedMark[] {
  const touching = (at: number): TraineeMark[] => given.filter(({ span }) => expected[at]?.places.some((place) => overlaps(place, span)) ?? false);
  const rows = expected.flatMap(({ verdict }, at): ComparedMark[] => {
    const found = touching(at);
    const same = found.find((one) => one.verdict === verdict);
    if (same) return [{ outcome: 'right', expected: at, given: same }];
    // Words that two entries claim are judged by the entry whose verdict was given.
    const elsewhere = found.filter((one) => !expected.some((other, place) => place !== at && other.verdict === one.verdict && other.places.some((span) => overlaps(span, one.span))));
    if (elsewhere[0]) return [{ outcome: 'verdict', expected: at, given: elsewhere[0] }];
    // A term that is well used need not be stopped at.
    return verdict === 'use' || found.length > 0 ? [] : [{ outcome: 'missed', expected: at, given: null }];
  });
  const known = new Set(expected.flatMap((_, at) => touching(at)));
  return [...rows, ...given.filter((mark) => !known.has(mark)).map((mark): ComparedMark => ({ outcome: 'extra', expected: null, given: mark }))];
}

/** Holds what a trainee marked and coded against the answer. */
export function compareAnswer(expected: ExpectedAnswer, answer: TraineeAnswer): Comparison {
  const codes = [...compareCodes('ICD-10', expected.codes, answer.diagnoses), ...compareCodes('OPCS-4', expected.codes, answer.procedures)];
  const marks = compareMarks(expected.marks, answer.marks);
  const asked = [...codes, ...marks].filter((row) => row.expected !== null);
  const items = new Map<ItemId, boolean>();
  const note = (item: ItemId, right: boolean): void => { items.set(item, right && (items.get(item) ?? true)); };
  for (const { expected: at, outcome } of codes) { const one = at === null ? undefined : expected.codes[at]; if (one) note(`rule:${one.rule}`, outcome === 'right'); }
  for (const { expected: at, outcome } of marks) { const one = at === null ? undefined : expected.marks[at]; if (one) note(`term:${one.rule}`, outcome === 'right'); }
  return {
    codes, marks,
    right: asked.filter(({ outcome }) => outcome === 'right').length,
    of: asked.length,
    extra: codes.length + marks.length - asked.length,
    credit: asked.reduce((sum, { outcome }) => sum + credits[outcome], 0),
    items: [...items].map(([item, right]) => ({ item, right })),
  };
}
