import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { writtenCode } from '../../lib/model/code.js';
import type { Specialty, SpecialtyId } from '../../lib/model/episode.js';
import { inLocale } from '../../lib/model/language.js';
import { verdicts, type RuleId, type Verdict } from '../../lib/model/rulebook.js';
import type { RuleCard } from '../../lib/model/review.js';
import { grades, surenesses, type Calibration, type CaseSet, type Comparison, type Competency, type ItemCard, type ItemId, type RecallGrade, type Sureness, type TakenDeck, type TaughtRule, type TestScore, type TraineeAnswer, type TraineeMark, type TrainingCase } from '../../lib/model/trainee.js';
import type { Span } from '../../lib/base/span.js';
import { IndexPath, itemText, outcomeKeys, SureChoice, typedCodes } from '../learn/answer.jsx';
import { VerdictShape } from '../panel/shapes.jsx';
import { AskedByAudit, BringDeck, TakenDecks } from './learn-decks.jsx';
import { formatDate, nameIn, type Words } from '../words.js';

export interface LearnPageProps {
  readonly session: readonly ItemCard[];
  readonly competencies: readonly Competency[];
  readonly tests: readonly TestScore[];
  readonly practised: number;
  readonly calibration: readonly Calibration[];
  /** The ratings that a card may be given by how sure the trainee was. */
  readonly gradesFor: (sure: Sureness | null) => readonly RecallGrade[];
  readonly rules: readonly TaughtRule[];
  readonly specialties: readonly Specialty[];
  /** Where the curriculum's Welsh has been reviewed by nobody. */
  readonly isDraft: boolean;
  readonly cardOf: (rule: RuleId) => RuleCard | null;
  /** What was kept cannot be read: it is left as it is, and nothing is written over it. */
  readonly isDamaged: boolean;
  /** Decks that audits asked for. */
  readonly decks: readonly TakenDeck[];
  readonly told: string | null;
  /** What went well. */
  readonly done: string | null;
  readonly words: Words;
  readonly next: (set: CaseSet, specialty: SpecialtyId | 'all') => TrainingCase | null;
  /** Where words stand whole in a note. */
  readonly find: (text: string, sought: string) => readonly Span[];
  /** Compares and keeps what came of it; null where it could not be kept. */
  readonly onAnswer: (one: TrainingCase, answer: TraineeAnswer, sure: Sureness | null) => Promise<Comparison | null>;
  readonly onGrade: (item: ItemId, grade: RecallGrade, sure: Sureness | null) => Promise<boolean>;
  readonly onSign: (line: Competency, by: string) => void;
  readonly onExport: () => void;
  readonly onDeck: (file: File) => void;
  readonly onLeaveDeck: (deck: TakenDeck) => void;
}

const views = ['cards', 'cases', 'progress'] as const;
type View = (typeof views)[number];

/** A trainee's own page: cards of today, invented cases, and what is known by rule and specialty. It holds no real record. */
export function LearnPage(props: LearnPageProps): JSX.Element {
  const { words: { say, locale }, session, isDraft, isDamaged, told, done } = props;
  const [view, setView] = useState<View>(session.length > 0 ? 'cards' : 'cases');
  return (
    <>
      <h1>{say('learn.headline')}</h1>
      <p class="lede">{say('learn.lede')}{isDraft && locale === 'cy' ? ` ${say('learn.draft')}` : ''}</p>
      {isDamaged ? <p class="warning" role="alert">{say('learn.damaged')}</p> : null}
      {told === null ? null : <p class="warning" role="alert">{told}</p>}
      <p role="status">{done ?? ''}</p>
      <div class="learn-views" role="group" aria-label={say('learn.views')}>
        {views.map((one) => <button key={one} type="button" class="btn" aria-pressed={view === one} onClick={() => setView(one)}>{one === 'cards' ? say('learn.view.cards', { count: session.length }) : say(`learn.view.${one}`)}</button>)}
      </div>
      {view === 'cards' ? <><Session {...props} /><BringDeck words={props.words} onDeck={props.onDeck} /></> : view === 'cases' ? <Cases {...props} /> : <Progress {...props} />}
    </>
  );
}

function Session(props: LearnPageProps): JSX.Element {
  const { session, words: { say } } = props;
  // The session as it was when it began: a card that was answered does not come back in it.
  const [cards] = useState(session);
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [sure, setSure] = useState<Sureness | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { place.current?.focus(); }, [at]);
  const card = cards[at];
  if (!card) return <div class="learn-card" tabIndex={-1} ref={place} role="status"><p>{say(cards.length > 0 ? 'learn.session.done' : 'learn.session.none')}</p></div>;
  const { ask, answer, standard, isDraft } = itemText(card.item, props);
  const allowed = props.gradesFor(sure);
  const open = (said: Sureness | null): void => { setSure(said); setOpen(true); place.current?.focus(); };
  const grade = (how: RecallGrade): void => { if (allowed.includes(how)) void props.onGrade(card.item, how, sure).then((kept) => { if (kept) { setOpen(false); setSure(null); setAt(at + 1); } }); };
  const onKey = (event: KeyboardEvent): void => {
    // A key that is held down shows the answer and does not rate it as well.
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const how = grades.find((one) => String(one) === event.key);
    const said = surenesses[Number(event.key) - 1];
    // A button that has the focus is pressed, as its name says.
    if (!isOpen && said) { event.preventDefault(); open(said); }
    else if (!isOpen && (event.key === ' ' || event.key === 'Enter') && event.target === place.current) { event.preventDefault(); open(null); }
    else if (isOpen && how) { event.preventDefault(); grade(how); }
  };
  return (
    <div class="learn-card" tabIndex={-1} ref={place} onKeyDown={onKey} role="group" aria-label={say('learn.session.place', { at: at + 1, of: cards.length })}>
      <p class="small">{say('learn.session.place', { at: at + 1, of: cards.length })} · {say(card.item.startsWith('rule:') ? 'learn.session.rule' : 'learn.session.term')}</p>
      <p class="learn-ask">{ask}</p>
      <AskedByAudit item={card.item} decks={props.decks} words={props.words} />
      {isOpen ? null : <p class="small">{say('learn.session.sure')}</p>}
      <div aria-live="polite">{isOpen ? <div class="learn-answer"><p>{answer}{isDraft && props.words.locale === 'cy' ? ` ${say('learn.draft')}` : ''}</p><p class="small">{standard}</p>{sure === null ? null : <p class="small">{say('learn.session.said', { sure: say(`learn.sure.${sure}`) })}{allowed.length < grades.length ? ` ${say('learn.session.atMost', { grade: say(`learn.grade.${allowed[allowed.length - 1] ?? 1}`) })}` : ''}</p>}</div> : null}</div>
      <div class="acts">
        {isOpen
          ? grades.filter((how) => allowed.includes(how)).map((how) => <button key={how} type="button" class="btn" onClick={() => grade(how)}>{say(`learn.grade.${how}`)} <kbd>{how}</kbd></button>)
          : <>
            {surenesses.map((one, index) => <button key={one} type="button" class="btn" onClick={() => open(one)}>{say(`learn.sure.${one}`)} <kbd>{index + 1}</kbd></button>)}
            <button type="button" class="btn" onClick={() => open(null)}>{say('learn.session.show')} <kbd>{say('learn.key.space')}</kbd></button>
          </>}
      </div>
    </div>
  );
}

interface MarkedWords extends TraineeMark { readonly words: string }

function Cases(props: LearnPageProps): JSX.Element {
  const { words, specialties, tests } = props;
  const { say } = words;
  const [set, setSet] = useState<CaseSet>('practice');
  const [specialty, setSpecialty] = useState<SpecialtyId | 'all'>('all');
  const [turn, setTurn] = useState(0);
  const [one, setOne] = useState(() => props.next(set, specialty));
  const go = (nextSet: CaseSet, nextSpecialty: SpecialtyId | 'all'): void => { setSet(nextSet); setSpecialty(nextSpecialty); setOne(props.next(nextSet, nextSpecialty)); setTurn(turn + 1); };
  const taught = ['neurology', 'rheumatology', 'ophthalmology', 'general-medicine'] as SpecialtyId[];
  const test = tests.find((each) => each.set === set);
  return (
    <>
      <div class="bulk">
        <label><span>{say('learn.set')}</span> <select class="find" value={set} onChange={(event) => go((['pre', 'practice', 'post'] as const).find((each) => each === event.currentTarget.value) ?? 'practice', set === 'practice' ? specialty : 'all')}>{(['pre', 'practice', 'post'] as const).map((each) => <option key={each} value={each} selected={each === set}>{say(`learn.set.${each}`)}</option>)}</select></label>
        {set === 'practice' ? <label><span>{say('learn.specialty')}</span> <select class="find" value={specialty} onChange={(event) => go(set, taught.find((each) => each === event.currentTarget.value) ?? 'all')}><option value="all" selected={specialty === 'all'}>{say('learn.specialty.all')}</option>{taught.map((each) => <option key={each} value={each} selected={each === specialty}>{nameIn(specialties, each, words)}</option>)}</select></label> : null}
      </div>
      {test && set !== 'practice' ? <p class="small">{say('learn.test.place', { taken: test.taken, cases: test.cases })} {say('learn.test.note')}</p> : null}
      {one ? <Case key={`${one.id} ${turn}`} one={one} {...props} onNext={() => go(set, specialty)} /> : <p role="status">{say('learn.test.over')}{test && test.of > 0 ? ` ${say('learn.score', { right: test.right, of: test.of })}` : ''}</p>}
    </>
  );
}

function Case(props: LearnPageProps & { readonly one: TrainingCase; readonly onNext: () => void }): JSX.Element {
  const { one, words, specialties, onNext } = props;
  const { say } = words;
  const [marks, setMarks] = useState<readonly MarkedWords[]>([]);
  const [sought, setSought] = useState('');
  const [verdict, setVerdict] = useState<Verdict>('avoid');
  const [diagnoses, setDiagnoses] = useState('');
  const [procedures, setProcedures] = useState('');
  const [sure, setSure] = useState<Sureness | null>(null);
  /** Kept as what it is of, so that it is said in the language shown. */
  const [problem, setProblem] = useState<{ readonly key: 'learn.mark.none'; readonly words: string } | { readonly key: 'learn.code.none'; readonly codes: string } | null>(null);
  const [compared, setCompared] = useState<Comparison | null>(null);
  const [answered, setAnswered] = useState<TraineeAnswer | null>(null);
  const result = useRef<HTMLHeadingElement>(null);
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => { (compared ? result.current : note.current)?.focus(); }, [compared === null]);
  const isTest = one.set !== 'practice';

  const mark = (): void => {
    const phrase = sought.trim();
    const spans = phrase === '' ? [] : props.find(one.text, phrase);
    const [span] = spans;
    if (!span) { setProblem({ key: 'learn.mark.none', words: phrase }); return; }
    setProblem(null);
    setMarks([...marks.filter((each) => each.words !== phrase), { words: phrase, span, verdict }]);
    setSought('');
  };
  const answer = async (known: boolean): Promise<void> => {
    const first = typedCodes(diagnoses);
    const second = typedCodes(procedures);
    if (known && (first.bad.length > 0 || second.bad.length > 0)) { setProblem({ key: 'learn.code.none', codes: [...first.bad, ...second.bad].join(', ') }); return; }
    const given: TraineeAnswer = known ? { marks: marks.map(({ span, verdict: said }) => ({ span, verdict: said })), diagnoses: first.codes, procedures: second.codes } : { marks: [], diagnoses: [], procedures: [] };
    const came = await props.onAnswer(one, given, known ? sure : null);
    if (!came) return;
    setAnswered(given);
    setProblem(null);
    // The answers of a test are not shown while it is taken: it measures what was known before it.
    if (isTest) onNext(); else setCompared(came);
  };
  const onKey = (event: KeyboardEvent): void => { if (!compared && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void answer(true); } };
  const takeSelection = (): void => { const chosen = window.getSelection()?.toString().trim() ?? ''; if (chosen !== '' && one.text.includes(chosen)) setSought(chosen); };
  const isWelshNote = one.language === 'cy';
  return (
    <div onKeyDown={onKey}>
      <h2>{say('learn.case', { id: one.id })} · {nameIn(specialties, one.specialty, words)} · {say('learn.invented')}</h2>
      <p class="learn-note" ref={note} tabIndex={-1} lang={isWelshNote ? 'cy' : 'en-GB'} onMouseUp={takeSelection}>{compared ? <Marked one={one} /> : one.text}</p>
      <p role="status" class="learn-problem">{problem ? say(problem.key, problem) : ''}</p>
      {compared && answered ? <Reveal {...props} compared={compared} answered={answered} heading={result} /> : (
        <>
          <h3>{say('learn.mark')}</h3>
          <p class="small">{say('learn.mark.how')}</p>
          <form class="bulk" onSubmit={(event) => { event.preventDefault(); mark(); }}>
            <label><span>{say('learn.mark.words')}</span> <input class="find" value={sought} onInput={(event) => setSought(event.currentTarget.value)} /></label>
            <label><span>{say('learn.mark.verdict')}</span> <select class="find" value={verdict} onChange={(event) => setVerdict(verdicts.find((each) => each === event.currentTarget.value) ?? 'avoid')}>{verdicts.map((each) => <option key={each} value={each} selected={each === verdict}>{say(`verdict.${each}`)}</option>)}</select></label>
            <button type="submit" class="btn">{say('learn.mark.add')}</button>
          </form>
          {marks.length > 0 ? <ul class="plain">{marks.map((each) => <li key={each.words} class="sig"><VerdictShape verdict={each.verdict} /> <span lang={isWelshNote ? 'cy' : 'en-GB'}>{each.words}</span> {say(`verdict.${each.verdict}`)} <button type="button" class="btn" aria-label={say('learn.mark.removeOf', { words: each.words })} onClick={() => setMarks(marks.filter((other) => other !== each))}>{say('learn.mark.remove')}</button></li>)}</ul> : null}
          <h3>{say('learn.code')}</h3>
          <form class="learn-codes" onSubmit={(event) => { event.preventDefault(); void answer(true); }}>
            <label><span>{say('learn.code.diagnoses')}</span> <input class="find mono" value={diagnoses} autocomplete="off" onInput={(event) => setDiagnoses(event.currentTarget.value)} /></label>
            <label><span>{say('learn.code.procedures')}</span> <input class="find mono" value={procedures} autocomplete="off" onInput={(event) => setProcedures(event.currentTarget.value)} /></label>
            <SureChoice sure={sure} words={words} onSure={setSure} />
            <div class="acts"><button type="submit" class="btn go">{say(isTest ? 'learn.answer.keep' : 'learn.answer')} <kbd>Ctrl ↵</kbd></button> <button type="button" class="btn" onClick={() => void answer(false)}>{say('learn.answer.unknown')}</button></div>
          </form>
        </>
      )}
    </div>
  );
}

/** The note with the terms that stand in the answer. A line of its own for each verdict, and the word for who does not see it. */
function Marked({ one }: { readonly one: TrainingCase }): JSX.Element {
  const places = one.marks.flatMap(({ places: [span], verdict }) => ({ span, verdict })).sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const parts: JSX.Element[] = [];
  let at = 0;
  for (const { span, verdict } of places) {
    if (span.start < at) continue;
    parts.push(<>{one.text.slice(at, span.start)}<mark class={`learn-mark ${verdict}`}>{one.text.slice(span.start, span.end)}</mark></>);
    at = span.end;
  }
  return <>{parts}{one.text.slice(at)}</>;
}

function Reveal(props: LearnPageProps & { readonly one: TrainingCase; readonly compared: Comparison; readonly answered: TraineeAnswer; readonly heading: { current: HTMLHeadingElement | null }; readonly onNext: () => void }): JSX.Element {
  const { one, compared, words, heading, onNext } = props;
  const { say } = words;
  const tomorrow = compared.items.filter(({ right }) => !right).length;
  const language = one.language === 'cy' ? 'cy' : 'en-GB';
  return (
    <>
      <h3 ref={heading} tabIndex={-1} onKeyDown={(event) => { if (event.key === 'Enter' && !event.repeat && !event.ctrlKey) { event.preventDefault(); onNext(); } }}>{say('learn.score', { right: compared.right, of: compared.of })}{compared.extra > 0 ? ` ${say('learn.extra', { count: compared.extra })}` : ''}</h3>
      <p class="small">{say('learn.tomorrow', { count: tomorrow })}</p>
      <div class="twin wide" tabIndex={0} role="region" aria-label={say('learn.table')}>
        <table>
          <caption>{say('learn.table')}</caption>
          <thead><tr>{(['result', 'yours', 'answer', 'words', 'why'] as const).map((column) => <th key={column} scope="col">{say(`learn.column.${column}`)}</th>)}</tr></thead>
          <tbody>
            {compared.codes.map(({ outcome, expected, given }, at) => {
              const code = expected === null ? null : one.codes[expected] ?? null;
              const rule = code ? itemText(`rule:${code.rule}`, props) : null;
              const taught = code ? props.rules.find(({ id }) => id === code.rule) : undefined;
              return <tr key={`c${at}`}><th scope="row">{say(outcomeKeys[outcome])}</th><td><code>{given ? writtenCode(given) : '–'}</code></td><td>{code ? <code>{writtenCode(code.code)}</code> : say('learn.notCoded')}</td><td lang={language}>{code?.words ?? ''}</td><td>{taught ? inLocale(taught.why, words.locale) : say('learn.unproved')} <span class="small">{rule?.standard ?? ''}</span></td></tr>;
            })}
            {compared.marks.map(({ outcome, expected, given }, at) => {
              const mark = expected === null ? null : one.marks[expected] ?? null;
              const card = mark ? props.cardOf(mark.rule) : null;
              return <tr key={`m${at}`}><th scope="row">{say(outcomeKeys[outcome])}</th><td>{given ? say(`verdict.${given.verdict}`) : '–'}</td><td>{mark ? say(`verdict.${mark.verdict}`) : say('learn.notMarked')}</td><td lang={language}>{mark?.words ?? (given ? one.text.slice(given.span.start, given.span.end) : '')}</td><td>{card ? inLocale(card.text, words.locale).why : say('learn.notInSheet')} <span class="small">{card ? `${inLocale(card.source, words.locale)} · ${card.rule}` : ''}</span></td></tr>;
            })}
          </tbody>
        </table>
      </div>
      <h3>{say('learn.path')}</h3>
      <p class="small">{say('learn.path.note')}</p>
      {one.codes.map(({ code, trail: [lead, ...qualifiers], rule }) => (
        <details key={code} class="counts"><summary><code>{writtenCode(code)}</code> <span lang="en-GB">{[lead, ...qualifiers].join(', ')}</span></summary>
          <IndexPath lead={lead} qualifiers={qualifiers} code={writtenCode(code)} verify={say('learn.path.tabular', { standard: itemText(`rule:${rule}`, props).standard })} words={words} />
        </details>
      ))}
      <div class="acts"><button type="button" class="btn go" onClick={onNext}>{say('learn.next')} <kbd>↵</kbd></button></div>
    </>
  );
}

function Progress(props: LearnPageProps): JSX.Element {
  const { competencies, tests, practised, calibration, words, specialties, onSign, onExport } = props;
  const { say, locale } = words;
  const [by, setBy] = useState('');
  const percent = (share: number): string => share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
  const day = (wall: number): string => formatDate(new Date(wall).toISOString(), locale);
  return (
    <>
      <h2>{say('learn.tests')}</h2>
      <table class="learn-tests">
        <caption>{say('learn.tests.note')}</caption>
        <thead><tr>{(['test', 'taken', 'right'] as const).map((column) => <th key={column} scope="col">{say(`learn.tests.${column}`)}</th>)}</tr></thead>
        <tbody>{tests.filter(({ set }) => set !== 'practice').map(({ set, taken, cases, right, of }) => <tr key={set}><th scope="row">{say(`learn.set.${set}`)}</th><td>{say('learn.of', { part: taken, whole: cases })}</td><td>{of > 0 ? `${say('learn.of', { part: right, whole: of })} (${percent(right / of)})` : '–'}</td></tr>)}</tbody>
      </table>
      <p class="small">{say('learn.practised', { count: practised })}</p>
      <h2>{say('learn.sure.heading')}</h2>
      {calibration.length === 0 ? <p>{say('learn.sure.none')}</p> : (
        <table class="learn-tests">
          <caption>{say('learn.sure.note')}</caption>
          <thead><tr>{(['said', 'answers', 'right'] as const).map((column) => <th key={column} scope="col">{say(`learn.sure.column.${column}`)}</th>)}</tr></thead>
          <tbody>{calibration.map(({ sure, answers, right, of }) => <tr key={sure}><th scope="row">{say(`learn.sure.${sure}`)}</th><td>{answers}</td><td>{say('learn.of', { part: right, whole: of })} ({percent(right / of)})</td></tr>)}</tbody>
        </table>
      )}
      <TakenDecks decks={props.decks} rules={props.rules} words={words} onLeave={props.onLeaveDeck} />
      <h2>{say('learn.known')}</h2>
      {competencies.length === 0 ? <p>{say('learn.known.none')}</p> : (
        <>
          <label class="learn-by"><span>{say('learn.sign.by')}</span> <input class="find" value={by} maxLength={4} onInput={(event) => setBy(event.currentTarget.value)} /></label>
          <p class="small">{say('learn.sign.note')}</p>
          <div class="twin wide" tabIndex={0} role="region" aria-label={say('learn.known')}>
            <table>
              <caption>{say('learn.known.note')}</caption>
              <thead><tr>{(['rule', 'specialty', 'right', 'recall', 'next', 'level'] as const).map((column) => <th key={column} scope="col">{say(`learn.known.${column}`)}</th>)}</tr></thead>
              <tbody>{competencies.map((line) => {
                const { item, specialty, right, tried, recall, due, level, signOff } = line;
                const { name, standard } = itemText(item, props);
                const where = nameIn(specialties, specialty, words) ?? specialty;
                return <tr key={`${item} ${specialty}`}>
                  <th scope="row">{name} <span class="small">{standard}</span></th><td>{where}</td><td>{say('learn.of', { part: right, whole: tried })}</td>
                  <td><span class="sig"><svg width="84" height="14" viewBox="0 0 84 14" class="dots" aria-hidden="true"><path class="axis" d="M2 7H82M74 2V12" />{recall === null ? null : <circle class="after" cx={2 + 80 * recall} cy="7" r="4" />}</svg> {recall === null ? '–' : percent(recall)}</span></td>
                  <td>{due === null ? '–' : day(due)}</td>
                  <td>{say(`learn.level.${level}`)}{level === 'signed' && signOff ? ` ${signOff.by}, ${day(signOff.at)}` : ''}{level === 'ready' ? <> <button type="button" class="btn" disabled={!/^\p{L}{1,4}$/u.test(by.trim())} aria-label={say('learn.sign.of', { name, specialty: where })} onClick={() => onSign(line, by)}>{say('learn.sign')}</button></> : null}</td>
                </tr>;
              })}</tbody>
            </table>
          </div>
        </>
      )}
      <div class="acts"><button type="button" class="btn" onClick={onExport}>{say('learn.export')}</button></div>
      <p class="small">{say('learn.export.note')}</p>
    </>
  );
}
