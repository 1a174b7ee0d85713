import type { JSX } from 'preact';
import { LearnPage } from '../../components/dashboard/learn-page.jsx';
import { textOfChosen } from '../../components/chosen-file.js';
import { saveLooked } from '../../components/save-file.js';
import { formatDate, specialtyIn, type WordKey, type Words, type WordValues } from '../../components/words.js';
import { inLocale } from '../../lib/model/language.js';
import type { RuleCard } from '../../lib/model/review.js';
import type { Rulebook, RuleId } from '../../lib/model/rulebook.js';
import { noProgress, type ItemId, type TraineeProgress } from '../../lib/model/trainee.js';
import type { LearnerRecord } from '../../lib/settings/index.js';
import { afterCard, afterCase, calibration, compareAnswer, competencies, gradesFor, nextCase, placesTyped, progressTable, sessionOf, signOff, testScore, type ProgressWords } from '../../lib/training/index.js';
import { curriculum } from './curriculum.js';
import type { Decks } from './decks.js';

interface LearnRoom {
  readonly read: () => Promise<TraineeProgress | 'damaged'>;
  readonly page: (progress: TraineeProgress | 'damaged', words: Words) => JSX.Element;
}

/** Joins the trainee's page to the learner's record on this device. */
export function createLearnRoom({ learner, decks, clock, rulebook, again }: {
  readonly learner: LearnerRecord;
  readonly decks: Pick<Decks, 'bringIn' | 'leave'>;
  readonly clock: { readonly wall: () => number; readonly offset: () => number };
  readonly rulebook: Pick<Rulebook, 'rules' | 'specialties'>;
  readonly again: () => void;
}): LearnRoom {
  let told: { readonly key: WordKey; readonly values?: WordValues; readonly isDone?: true } | null = null;
  const tell = (next: typeof told): void => { told = next; again(); };
  /** What is kept as far as this page knows: an answer counts for the next case before the page is drawn again. */
  let held: TraineeProgress = noProgress;
  const change = async (by: (before: TraineeProgress) => TraineeProgress): Promise<boolean> => {
    const after = await learner.change(by);
    if (after) held = after;
    told = after ? null : { key: 'learn.notSaved' };
    again();
    return after !== null;
  };
  const cardOf = (id: RuleId): RuleCard | null => {
    const rule = rulebook.rules.find((one) => one.id === id);
    return rule ? { rule: rule.id, term: rule.term, kind: rule.kind, verdict: rule.verdict, text: rule.text, translation: rule.translation, source: rule.source } : null;
  };
  const exportTable = (progress: TraineeProgress, words: Words): void => {
    const { say, locale } = words;
    const ruleOf = (item: ItemId) => curriculum.rules.find(({ id }) => item === `rule:${id}`);
    const named: ProgressWords = {
      headings: [say('learn.known.rule'), say('learn.csv.standard'), say('learn.known.specialty'), say('learn.csv.tried'), say('learn.known.right'), say('learn.csv.recall'), say('learn.known.level'), say('learn.sign.by'), say('learn.csv.on')],
      nameOf(item) { const rule = ruleOf(item); return rule ? inLocale(rule.name, locale) : cardOf(item.slice(5) as RuleId)?.term ?? item; },
      standardOf(item) { const source = ruleOf(item)?.standard ?? cardOf(item.slice(5) as RuleId)?.source; return source ? inLocale(source, locale) : ''; },
      specialtyOf: (id) => specialtyIn(rulebook.specialties, id, words),
      level: (level) => say(`learn.level.${level}`), test: (set) => say(`learn.set.${set}`), live: say('learn.csv.live'), sure: (sure) => say('learn.csv.sure', { sure: say(`learn.sure.${sure}`) }),
      day: (wall) => formatDate(new Date(wall).toISOString(), locale),
    };
    const table = (by: ProgressWords): string => progressTable(progress, curriculum.cases, by, clock.wall());
    // The days of sign-off are the machine's own; all else may have been typed.
    const where = saveLooked(table({ ...named, day: () => '' }).split(/[\r\n,]+/), table(named), 'nodi-progress.csv', 'text/csv');
    told = where === null ? null : { key: 'export.stopped', values: { where } };
    if (where !== null) again();
  };
  return {
    read: learner.read,
    page(kept, words) {
      const progress = kept === 'damaged' ? noProgress : kept;
      held = progress;
      const now = clock.wall();
      return <LearnPage session={sessionOf(progress.cards, now)} competencies={competencies(progress, now)} tests={(['pre', 'post'] as const).map((set) => testScore(progress, curriculum.cases, set))} practised={progress.attempts.filter(({ set }) => set === 'practice').length}
        rules={curriculum.rules} specialties={rulebook.specialties} isDraft={curriculum.translation === 'draft'} cardOf={cardOf} isDamaged={kept === 'damaged'} decks={progress.decks} told={told && !told.isDone ? words.say(told.key, told.values) : null} done={told?.isDone ? words.say(told.key, told.values) : null} calibration={calibration(progress)} gradesFor={gradesFor} words={words}
        next={(set, specialty) => nextCase(held, curriculum.cases, set, specialty)} find={placesTyped}
        onAnswer={async (one, answer, sure) => {
          const compared = compareAnswer(one, answer);
          return await change((before) => afterCase(before, one, compared, sure, clock.wall(), clock.offset())) ? compared : null;
        }}
        onGrade={(item, grade, sure) => change((before) => afterCard(before, item, grade, sure, clock.wall()))}
        onSign={(line, by) => void change((before) => signOff(before, line, by, clock.wall()))}
        onExport={() => exportTable(progress, words)}
        onDeck={(file) => void textOfChosen(file, 'deck').then(decks.bringIn).then((came) => tell(came.ok ? { key: 'deck.told.taken', values: { n: came.value.cards.length }, isDone: true } : { key: `deck.fail.${came.failure.kind}` }), () => tell({ key: 'deck.fail.not-a-deck' }))}
        onLeaveDeck={(deck) => void decks.leave(deck).then((isLeft) => tell(isLeft ? { key: 'deck.told.left', isDone: true } : { key: 'deck.fail.not-saved' }))} />;
    },
  };
}
