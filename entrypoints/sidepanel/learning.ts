import type { LearningNow } from '../../components/panel/learn-part.jsx';
import { ask } from '../../lib/messaging/channel.js';
import type { GuessResult } from '../../lib/model/guess.js';
import type { RuleId } from '../../lib/model/rulebook.js';
import { noProgress, type Curriculum, type Sureness } from '../../lib/model/trainee.js';
import { createLearnedStore, createLearnerRecord } from '../../lib/settings/index.js';
import { afterLive, competencies, readCurriculum, readProgress, sessionOf } from '../../lib/training/index.js';

/** The learner's record of this device. */
export const learner = createLearnerRecord(createLearnedStore(indexedDB), readProgress, (write) => navigator.locks.request('nodi-trainee', write));
const clock = { wall: () => Date.now(), offset: () => 0 - new Date().getTimezoneOffset() };
/** Rules that are listed as weak. */
const weakest = 5;

let curriculum: Promise<Curriculum> | null = null;
/** The curriculum, when it is first asked for: a panel that teaches nobody does not open it. */
const openCurriculum = (): Promise<Curriculum> => (curriculum ??= import('../../assets/curriculum.js').then(({ shippedCurriculum }) => {
  const read = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
  return read.ok ? read.value : { translation: 'draft', rules: [], cases: [] };
}));

/** The learner's record as the panel shows it. */
export async function learningNow(): Promise<LearningNow> {
  const [kept, { rules, cases }] = await Promise.all([learner.read().catch(() => 'damaged' as const), openCurriculum()]);
  const progress = kept === 'damaged' ? noProgress : kept;
  const now = clock.wall();
  const due = progress.cards.filter((card) => card.due <= now).length;
  const weak = competencies(progress, now).filter(({ level, right, tried }) => level === 'learning' && right < tried).slice(0, weakest);
  const terms = weak.flatMap(({ item }) => (item.startsWith('term:') ? [item.slice(5) as RuleId] : []));
  const cards = terms.length === 0 ? null : await ask('panel.rule-cards', { rules: terms });
  return {
    due, session: sessionOf(progress.cards, now).length, next: progress.cards.length === 0 ? null : Math.min(...progress.cards.map((card) => card.due)),
    weak, cards: cards?.ok ? cards.value : [], rules, trails: cases.flatMap(({ codes }) => codes), isDamaged: kept === 'damaged',
  };
}

/** Keeps what may be kept of a guess: counts, and ids of rules and entries. False where it could not be kept. */
export async function keepGuess({ counts, specialty }: GuessResult, sure: Sureness | null): Promise<boolean> {
  return await learner.change((before) => afterLive(before, specialty, counts, sure, clock.wall(), clock.offset())) !== null;
}
