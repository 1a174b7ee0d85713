import * as v from 'valibot';
import type { SpecialtyId } from '../model/episode.js';
import { caseSets, surenesses, type Calibration, type CaseSet, type Comparison, type Competency, type ItemId, type ItemResult, type LiveCount, type RecallGrade, type Sureness, type TestScore, type TraineeProgress, type TrainingCase } from '../model/trainee.js';
import { takenDecksShape } from './deck.js';
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
  live: v.array(v.strictObject({ specialty: short, at: time, right: count, of: count, extra: count, items: v.optional(v.array(v.strictObject({ item, right: v.boolean() })), []) })),
  sure: v.optional(v.array(v.strictObject({ sure: v.picklist(surenesses), at: time, right: count, of: count })), []),
  decks: v.optional(takenDecksShape, []),
  steps: v.array(short),
});

/** Progress as it was kept, or null where it is none of ours or damaged: nothing of it is guessed. */
export function readProgress(kept: unknown): TraineeProgress | null {
  const read = v.safeParse(shape, kept);
  // The check above admits what the nouns say and nothing else; brands have no other form at run time.
  return read.success ? read.output as unknown as TraineeProgress : null;
}

const outcomesKept = 5_000;

/** Cards after an answer: a mistake becomes tomorrow's card or sends its card back; what was right by a guess is not known, so it becomes a card as well. */
function cardsAfter(cards: TraineeProgress['cards'], items: readonly ItemResult[], sure: Sureness | null, wall: number, offset: number): TraineeProgress['cards'] {
  const wrong = new Set(items.filter(({ right }) => !right).map(({ item: id }) => id));
  const graded = cards.map((card) => (wrong.has(card.item) && card.last !== null ? gradeCard(card, 1, wall) : card));
  const had = new Set(graded.map((card) => card.item));
  const unknown = sure === 'guessing' ? items.map(({ item: id }) => id) : wrong;
  return [...graded, ...[...unknown].filter((id) => !had.has(id)).map((id) => newCard(id, wall, offset))];
}

/** With what was said of how sure the answer was; nothing where nothing was said or asked. */
function saidSure(progress: TraineeProgress, sure: Sureness | null, { right, of }: Pick<Comparison, 'right' | 'of'>, wall: number): TraineeProgress['sure'] {
  return sure === null || of === 0 ? progress.sure : [...progress.sure, { sure, at: wall, right, of }].slice(-outcomesKept);
}

/** After a case: what was asked for is remembered as right or wrong; what was not known becomes a card. `sure`: what the trainee said before, null where she did not. */
export function afterCase(progress: TraineeProgress, one: Pick<TrainingCase, 'id' | 'set' | 'specialty'>, compared: Comparison, sure: Sureness | null, wall: number, offset: number): TraineeProgress {
  // A test is taken once: what is answered again is practice.
  const set: CaseSet = one.set !== 'practice' && progress.attempts.some((attempt) => attempt.case === one.id) ? 'practice' : one.set;
  const attempts = [...progress.attempts, { case: one.id, set, at: wall, right: compared.right, of: compared.of, extra: compared.extra }];
  const outcomes = [...progress.outcomes, ...compared.items.map(({ item: id, right }) => ({ item: id, specialty: one.specialty, right, at: wall }))].slice(-outcomesKept);
  return { ...progress, attempts, outcomes, sure: saidSure(progress, sure, compared, wall), cards: cardsAfter(progress.cards, compared.items, sure, wall, offset) };
}

/** The ratings that a card may be given: what was a guess is at most hardly known, and what was fairly sure is not easy. */
export function gradesFor(sure: Sureness | null): readonly RecallGrade[] {
  return sure === 'guessing' ? [1, 2] : sure === 'fairly' ? [1, 2, 3] : [1, 2, 3, 4];
}

/** After a card of the daily session; a rating that `gradesFor` does not allow changes nothing. `sure`: what was said before the answer was shown. */
export function afterCard(progress: TraineeProgress, id: ItemId, grade: RecallGrade, sure: Sureness | null, wall: number): TraineeProgress {
  if (!gradesFor(sure).includes(grade)) return progress;
  return { ...progress, sure: saidSure(progress, sure, { right: grade > 1 ? 1 : 0, of: 1 }, wall), cards: progress.cards.map((card) => (card.item === id ? gradeCard(card, grade, wall) : card)) };
}

/** After a live record that was guessed first: counts and ids stay, and nothing of the record does. It makes cards and no competency: what it was compared with are suggestions, not answers with a cited reason. */
export function afterLive(progress: TraineeProgress, specialty: SpecialtyId | 'unknown', compared: Pick<Comparison, 'right' | 'of' | 'extra' | 'items'>, sure: Sureness | null, wall: number, offset: number): TraineeProgress {
  const { right, of, extra, items } = compared;
  const live: LiveCount = { specialty, at: wall, right, of, extra, items };
  return { ...progress, live: [...progress.live, live].slice(-outcomesKept), sure: saidSure(progress, sure, compared, wall), cards: cardsAfter(progress.cards, items, sure, wall, offset) };
}

/** How often the trainee was right when she said that she was so sure; none that was never said. */
export function calibration(progress: TraineeProgress): readonly Calibration[] {
  return surenesses.flatMap((sure): Calibration[] => {
    const said = progress.sure.filter((one) => one.sure === sure);
    return said.length === 0 ? [] : [{ sure, answers: said.length, right: said.reduce((sum, { right }) => sum + right, 0), of: said.reduce((sum, { of }) => sum + of, 0) }];
  });
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
