import * as v from 'valibot';
import type { SpecialtyId } from '../model/episode.js';
import { caseSets, type CaseSet, type Comparison, type Competency, type ItemId, type LiveCount, type RecallGrade, type TestScore, type TraineeProgress, type TrainingCase } from '../model/trainee.js';
import { gradeCard, newCard, recallOf } from './recall.js';

const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const item = v.custom<ItemId>((given) => typeof given === 'string' && /^(?:rule:[A-Za-z0-9.-]{1,60}|term:[A-Z]{2}\d{3,5})$/.test(given));
const short = v.pipe(v.string(), v.regex(/^[a-z-]{1,60}$/));
const shape = v.strictObject({
  schema: v.literal(1),
  cards: v.array(v.strictObject({ item, due: time, stability: time, difficulty: time, scheduledDays: time, reps: count, lapses: count, state: v.picklist([0, 1, 2, 3]), last: v.nullable(time) })),
  outcomes: v.array(v.strictObject({ item, specialty: short, right: v.boolean(), at: time })),
  attempts: v.array(v.strictObject({ case: v.pipe(v.string(), v.regex(/^[A-Z]\d\d$/)), set: v.picklist(caseSets), at: time, right: count, of: count, extra: count })),
  signOffs: v.array(v.strictObject({ item, specialty: short, at: time, by: v.pipe(v.string(), v.regex(/^\p{L}{1,4}$/u)) })),
  live: v.array(v.strictObject({ specialty: short, at: time, right: count, of: count, extra: count })),
  steps: v.array(short),
});

/** Progress as it was kept, or null where it is none of ours or damaged: nothing of it is guessed. */
export function readProgress(kept: unknown): TraineeProgress | null {
  const read = v.safeParse(shape, kept);
  // The check above admits what the nouns say and nothing else; brands have no other form at run time.
  return read.success ? read.output as unknown as TraineeProgress : null;
}

const outcomesKept = 5_000;

/** After a case: what was asked for is remembered as right or wrong; a mistake becomes tomorrow's card, or sends its card back. */
export function afterCase(progress: TraineeProgress, one: Pick<TrainingCase, 'id' | 'set' | 'specialty'>, compared: Comparison, wall: number, offset: number): TraineeProgress {
  // A test is taken once: what is answered again is practice.
  const set: CaseSet = one.set !== 'practice' && progress.attempts.some((attempt) => attempt.case === one.id) ? 'practice' : one.set;
  const attempts = [...progress.attempts, { case: one.id, set, at: wall, right: compared.right, of: compared.of, extra: compared.extra }];
  const outcomes = [...progress.outcomes, ...compared.items.map(({ item: id, right }) => ({ item: id, specialty: one.specialty, right, at: wall }))].slice(-outcomesKept);
  const wrong = new Set(compared.items.filter(({ right }) => !right).map(({ item: id }) => id));
  const cards = progress.cards.map((card) => (wrong.has(card.item) && card.last !== null ? gradeCard(card, 1, wall) : card));
  const had = new Set(cards.map((card) => card.item));
  return { ...progress, attempts, outcomes, cards: [...cards, ...[...wrong].filter((id) => !had.has(id)).map((id) => newCard(id, wall, offset))] };
}

/** After a card of the daily session. */
export function afterCard(progress: TraineeProgress, id: ItemId, grade: RecallGrade, wall: number): TraineeProgress {
  return { ...progress, cards: progress.cards.map((card) => (card.item === id ? gradeCard(card, grade, wall) : card)) };
}

/** After a live record that was guessed first: counts stay, and nothing of the record does. */
export function afterLive(progress: TraineeProgress, specialty: SpecialtyId | 'unknown', { right, of, extra }: Pick<Comparison, 'right' | 'of' | 'extra'>, wall: number): TraineeProgress {
  const live: LiveCount = { specialty, at: wall, right, of, extra };
  return { ...progress, live: [...progress.live, live].slice(-outcomesKept) };
}

/** Three right of the last three to five and at most one wrong among them: the least that a supervisor is asked to look at. The department may ask for more. */
const isReady = ({ right, of }: Competency['lately'], lastRight: boolean): boolean => of >= 3 && right >= 3 && of - right <= 1 && lastRight;

/** One line for each rule or term and specialty that was met, the weakest first. */
export function competencies(progress: TraineeProgress, wall: number): readonly Competency[] {
  const lines = new Map<string, TraineeProgress['outcomes'][number][]>();
  for (const outcome of progress.outcomes) {
    const key = `${outcome.item} ${outcome.specialty}`;
    const line = lines.get(key);
    if (line) line.push(outcome); else lines.set(key, [outcome]);
  }
  const found = [...lines.values()].flatMap((line): Competency[] => {
    const [first] = line;
    const last = line.at(-1);
    if (!first || !last) return [];
    const five = line.slice(-5);
    const lately = { right: five.filter(({ right }) => right).length, of: five.length };
    const card = progress.cards.find((one) => one.item === first.item) ?? null;
    const signOff = progress.signOffs.filter((one) => one.item === first.item && one.specialty === first.specialty).at(-1) ?? null;
    const holds = signOff !== null && !line.some(({ right, at }) => !right && at > signOff.at);
    return [{
      item: first.item, specialty: first.specialty, tried: line.length, right: line.filter(({ right }) => right).length, lately,
      recall: card === null || card.last === null ? null : recallOf(card, wall), due: card?.due ?? null, signOff,
      level: holds ? 'signed' : isReady(lately, last.right) ? 'ready' : 'learning',
    }];
  });
  return found.sort((a, b) => a.lately.right / a.lately.of - b.lately.right / b.lately.of || b.tried - a.tried || (a.item < b.item ? -1 : 1));
}

/** Signs a rule that is ready; what is not ready is not signed, and the progress comes back as it was. */
export function signOff(progress: TraineeProgress, of: Pick<Competency, 'item' | 'specialty'>, by: string, wall: number): TraineeProgress {
  const line = competencies(progress, wall).find((one) => one.item === of.item && one.specialty === of.specialty);
  const letters = by.trim().toUpperCase();
  if (line?.level !== 'ready' || !/^\p{L}{1,4}$/u.test(letters)) return progress;
  return { ...progress, signOffs: [...progress.signOffs, { item: of.item, specialty: of.specialty, at: wall, by: letters }] };
}

/** The test before and the test after, on cases of which neither was ever practice. */
export function testScore(progress: TraineeProgress, cases: readonly Pick<TrainingCase, 'id' | 'set'>[], set: CaseSet): TestScore {
  const own = cases.filter((one) => one.set === set);
  const first = own.flatMap(({ id }) => progress.attempts.find((attempt) => attempt.case === id && attempt.set === set) ?? []);
  const sum = (of: (attempt: (typeof first)[number]) => number): number => first.reduce((total, attempt) => total + of(attempt), 0);
  return { set, taken: first.length, cases: own.length, right: sum(({ right }) => right), of: sum(({ of }) => of), extra: sum(({ extra }) => extra) };
}

/** The next case of a set that has not been answered; of practice, when all have, the one that went worst and longest ago. */
export function nextCase<One extends Pick<TrainingCase, 'id' | 'set' | 'specialty'>>(progress: TraineeProgress, cases: readonly One[], set: CaseSet, specialty: SpecialtyId | 'all'): One | null {
  const own = cases.filter((one) => one.set === set && (specialty === 'all' || one.specialty === specialty));
  const lastOf = ({ id }: One) => progress.attempts.filter((attempt) => attempt.case === id).at(-1);
  const fresh = own.find((one) => !lastOf(one));
  if (fresh || set !== 'practice') return fresh ?? null;
  return own.map((one) => ({ one, last: lastOf(one) })).sort((a, b) => (a.last?.at ?? 0) - (b.last?.at ?? 0))[0]?.one ?? null;
}
