import type { JSX } from 'preact';
import { shippedCurriculum } from '../../assets/curriculum.js';
import { LearnPage } from '../../components/dashboard/learn-page.jsx';
import { saveFile } from '../../components/save-file.js';
import { formatDate, specialtyIn, type Words } from '../../components/words.js';
import { inLocale } from '../../lib/model/language.js';
import type { RuleCard } from '../../lib/model/review.js';
import type { Rulebook, RuleId } from '../../lib/model/rulebook.js';
import { noProgress, type Curriculum, type ItemId, type TraineeProgress } from '../../lib/model/trainee.js';
import type { PartStore } from '../../lib/settings/learned-store.js';
import { afterCard, afterCase, compareAnswer, competencies, nextCase, placesOf, progressTable, readCurriculum, readProgress, sessionOf, signOff, testScore } from '../../lib/training/index.js';

interface LearnRoom {
  readonly read: () => Promise<TraineeProgress | 'damaged'>;
  readonly page: (progress: TraineeProgress | 'damaged', words: Words) => JSX.Element;
}

const opened = readCurriculum(shippedCurriculum.rules, shippedCurriculum.cases);
const curriculum: Curriculum = opened.ok ? opened.value : { translation: 'draft', rules: [], cases: [] };

/** Joins the trainee's page to what is kept on this device. `alone` lets one page write at a time. */
export function createLearnRoom({ store, clock, rulebook, alone, again }: {
  readonly store: PartStore;
  readonly clock: { readonly wall: () => number; readonly offset: () => number };
  readonly rulebook: Pick<Rulebook, 'rules' | 'specialties'>;
  readonly alone: <Answer>(write: () => Promise<Answer>) => Promise<Answer>;
  readonly again: () => void;
}): LearnRoom {
  let told: 'not-saved' | null = null;
  /** What is kept as far as this page knows: an answer counts for the next case before the page is drawn again. */
  let held: TraineeProgress = noProgress;
  const read = async (): Promise<TraineeProgress | 'damaged'> => {
    const kept = await store.read('trainee');
    return kept === undefined ? noProgress : readProgress(kept) ?? 'damaged';
  };
  /** Changes what is kept now, not what was read when the page was drawn; what is damaged is never written over. */
  const change = async (by: (before: TraineeProgress) => TraineeProgress): Promise<boolean> => {
    const kept = await alone(async () => {
      try {
        const before = await read();
        if (before === 'damaged') return false;
        const after = by(before);
        await store.write('trainee', after);
        held = after;
        return true;
      } catch { return false; }
    });
    told = kept ? null : 'not-saved';
    again();
    return kept;
  };
  const cardOf = (id: RuleId): RuleCard | null => {
    const rule = rulebook.rules.find((one) => one.id === id);
    return rule ? { rule: rule.id, term: rule.term, kind: rule.kind, verdict: rule.verdict, text: rule.text, translation: rule.translation, source: rule.source } : null;
  };
  const exportTable = (progress: TraineeProgress, words: Words): void => {
    const { say, locale } = words;
    const ruleOf = (item: ItemId) => curriculum.rules.find(({ id }) => item === `rule:${id}`);
    saveFile(progressTable(progress, curriculum.cases, {
      headings: [say('learn.known.rule'), say('learn.csv.standard'), say('learn.known.specialty'), say('learn.csv.tried'), say('learn.known.right'), say('learn.csv.recall'), say('learn.known.level'), say('learn.sign.by'), say('learn.csv.on')],
      nameOf(item) { const rule = ruleOf(item); return rule ? inLocale(rule.name, locale) : cardOf(item.slice(5) as RuleId)?.term ?? item; },
      standardOf(item) { const source = ruleOf(item)?.standard ?? cardOf(item.slice(5) as RuleId)?.source; return source ? inLocale(source, locale) : ''; },
      specialtyOf: (id) => specialtyIn(rulebook.specialties, id, words),
      level: (level) => say(`learn.level.${level}`), test: (set) => say(`learn.set.${set}`), live: say('learn.csv.live'),
      day: (wall) => formatDate(new Date(wall).toISOString(), locale),
    }, clock.wall()), 'nodi-progress.csv', 'text/csv');
  };
  return {
    read,
    page(kept, words) {
      const progress = kept === 'damaged' ? noProgress : kept;
      held = progress;
      const now = clock.wall();
      return <LearnPage session={sessionOf(progress.cards, now)} competencies={competencies(progress, now)} tests={(['pre', 'post'] as const).map((set) => testScore(progress, curriculum.cases, set))} practised={progress.attempts.filter(({ set }) => set === 'practice').length}
        rules={curriculum.rules} specialties={rulebook.specialties} isDraft={curriculum.translation === 'draft'} cardOf={cardOf} isDamaged={kept === 'damaged'} told={told} words={words}
        next={(set, specialty) => nextCase(held, curriculum.cases, set, specialty)} find={placesOf}
        onAnswer={async (one, answer) => {
          const compared = compareAnswer(one, answer);
          return await change((before) => afterCase(before, one, compared, clock.wall(), clock.offset())) ? compared : null;
        }}
        onGrade={(item, grade) => change((before) => afterCard(before, item, grade, clock.wall()))}
        onSign={(line, by) => void change((before) => signOff(before, line, by, clock.wall()))}
        onExport={() => exportTable(progress, words)} />;
    },
  };
}
