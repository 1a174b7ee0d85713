import type { Span } from '../base/span.js';
import { ukTreatment, type Assertion, type AssertionCue, type DoubtPolicy, type DoubtTerm } from '../model/assertion.js';
import type { LanguageReading } from '../model/language-reading.js';
import type { Section, SectionKind } from '../model/mention.js';
import { compileLiterals, matchLiterals, type LiteralMatcher, type LiteralPattern } from './literal.js';
import { compileWords, openWords, scanWords, type WordMatcher, type WordPattern } from './matcher.js';
import { mutatedPhrases } from './mutation.js';
import { compileTelling, findTold, type Telling } from './told.js';
import { above, fileHeadings, readSections, sentenceEnds, type Headings } from './structure.js';

type Value = Assertion[keyof Assertion];
interface Scope {
  readonly direction: 'forward' | 'backward';
  readonly reach: number;
  readonly list: boolean;
  readonly final: boolean;
  readonly dash: boolean;
  readonly over: boolean;
  readonly lasting: boolean;
  readonly person: boolean;
  readonly coming: boolean;
  readonly cause: boolean;
  readonly byDepartment: boolean;
}
type Cue = Scope & ({ readonly axis: keyof Assertion; readonly value: Value } | { readonly axis: 'stop'; readonly value: Value | 'all' } | { readonly axis: 'pseudo'; readonly value: 'all' });
interface FoundCue extends Span { readonly cue: Cue }

/** The cues of all languages, compiled: a note may be in two. */
export interface Asserter {
  readonly headings: Headings;
  readonly cues: readonly Cue[];
  readonly words: WordMatcher;
  readonly literals: LiteralMatcher;
  readonly around: Surroundings;
  readonly telling: Telling;
  /** What a question mark says, by the department's choice. */
  readonly question: { readonly value: Assertion['certainty']; readonly byDepartment: boolean };
}

/** Patterns made of a language's small words, each looked for in a bounded stretch of text. */
interface Surroundings {
  /** “3-month ”, “long-standing ” before “history of”. */
  readonly duration: RegExp;
  /** “ few months” after “previous”. */
  readonly unitNext: RegExp;
  /** “ for two months” after the mention. */
  readonly lastingNext: RegExp;
  /** “by her ” before “mother”. */
  readonly beside: RegExp;
  /** “ in her ” between the mention and “mother”. */
  readonly heldBy: RegExp;
  /** Words that say how what stands before them goes on: “improving”. */
  readonly goesOn: RegExp;
  /** “her ”, “known ” directly before the mention. */
  readonly owned: RegExp;
  /** Words that make a date a beginning, and those that part it from the mention. */
  readonly since: RegExp;
  readonly breaks: RegExp;
  /** “diagnosed with ” and a few words more, before the mention. */
  readonly named: RegExp;
  /** A question mark, up to three modifiers, and the end. */
  readonly asked: RegExp;
}

/** A text with its sections, sentences and cues found once; asked for each mention. */
export interface ReadText {
  readonly text: string;
  readonly sections: readonly Section[];
  readonly sectionAt: (offset: number) => Section;
  /** How the words of a span are meant. `isLongTerm`: a condition that stays (DGCS.3: under past history it is current). */
  readonly assert: (span: Span, isLongTerm: boolean) => { readonly assertion: Assertion; readonly cues: readonly AssertionCue[] };
  /** The sentence or list item about an offset. */
  readonly sentence: (offset: number) => Span;
}

const anywhere = Number.MAX_SAFE_INTEGER;
/** UTF-16 units that a cue may stand away from a mention: more than any clause, and a bound on the work for each mention. */
const farthest = 700;

/** Signs that every language of the ward shares. `before` and `after` the mention. */
const signs: readonly (readonly [text: string, axis: keyof Assertion, value: Value, direction: 'forward' | 'backward', reach: number, term?: DoubtTerm])[] = [
  ['r/o', 'certainty', 'uncertain', 'forward', anywhere], ['d/d', 'certainty', 'uncertain', 'forward', anywhere], ['∆∆', 'certainty', 'uncertain', 'forward', anywhere],
  ['c/w', 'certainty', 'uncertain', 'forward', 6, 'consistent-with'], ['i/k/w', 'certainty', 'uncertain', 'forward', 6, 'consistent-with'], ['s/o', 'certainty', 'uncertain', 'forward', 6, 'suggestive-of'],
  ['-ve', 'polarity', 'negated', 'backward', 2], ['–ve', 'polarity', 'negated', 'backward', 2], ['−ve', 'polarity', 'negated', 'backward', 2], ['(-)', 'polarity', 'negated', 'forward', 3], ['ø', 'polarity', 'negated', 'forward', 2], ['∅', 'polarity', 'negated', 'forward', 2], ['w/o', 'polarity', 'negated', 'forward', anywhere],
  ['+ve', 'polarity', 'affirmed', 'backward', 1], ['++', 'polarity', 'affirmed', 'backward', 0], ['+++', 'polarity', 'affirmed', 'backward', 0],
  ['h/o', 'temporality', 'historical', 'forward', anywhere], ['s/p', 'temporality', 'historical', 'forward', anywhere], ['f/h', 'subject', 'family', 'forward', anywhere], ['p.r.n.', 'temporality', 'hypothetical', 'forward', 2],
];

function alternatives(phrases: Iterable<string>): string {
  return [...new Set(phrases)].sort((a, b) => b.length - a.length).map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '\\s+')).join('|');
}

function surroundings(readings: readonly LanguageReading[]): Surroundings {
  const of = (take: (reading: LanguageReading) => readonly string[]): string => alternatives(readings.flatMap(take));
  const units = of(({ time }) => time.units);
  const amounts = `(?:\\d+(?:[.,]\\d+)?|${of(({ time }) => time.amounts)})`;
  const lasting = of(({ time }) => time.lasting);
  const length = `${amounts}(?:[\\s-]+(?:and\\s+a\\s+half|or\\s+${amounts}|to\\s+${amounts}|-\\s*\\d+|\\p{L}{4,9}))?[\\s-]*(?:${units})`;
  const possessives = `(?:(?:${of((reading) => reading.possessives)})\\s+)*`;
  return {
    duration: new RegExp(`(?:${length}['’]?s?(?:\\s+and\\s+a\\s+half)?|\\b\\d+\\s?\\/\\s?(?:7|52|12)|\\b(?:${lasting}))[\\s-]*$`, 'iu'),
    unitNext: new RegExp(`^\\s+(?:(?:${amounts})\\s+){0,2}(?:${units})(?![\\p{L}\\p{N}])`, 'iu'),
    lastingNext: new RegExp(`^[^,;\\n]{0,24}?\\b(?:for|since|over|x|ers|am)\\s+(?:the\\s+)?(?:past\\s+|last\\s+|many\\s+|about\\s+|approximately\\s+)?(?:${length}|\\d+\\s?\\/\\s?(?:7|52|12)|childhood)`, 'iu'),
    beside: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of((reading) => reading.beside)})\\s+${possessives}$`, 'iu'),
    heldBy: new RegExp(`^\\s*(?:\\(\\s*(?:${possessives})?|(?:\\p{L}{2,9}\\s+){0,2}(?:${of((reading) => reading.heldBy)})\\s+${possessives})$`, 'iu'),
    goesOn: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ time }) => time.goesOn)})(?![\\p{L}\\p{N}])`, 'iu'),
    owned: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of((reading) => reading.owned)})(?:\\s\\p{L}+)?\\s$`, 'iu'),
    breaks: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ time }) => time.breaks)})(?![\\p{L}\\p{N}])`, 'iu'),
    named: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ time }) => time.named)})(?:\\s+\\S+){0,3}\\s+$`, 'iu'),
    since: new RegExp(`(?<![\\p{L}\\p{N}])(?:${of(({ time }) => time.since)})(?![\\p{L}\\p{N}])`, 'iu'),
    asked: new RegExp(`[?？]\\s?(?:(?:${of((reading) => reading.modifiers)})[\\s-]+){0,3}$`, 'iu'),
  };
}

/** Compiles the cues of the language packs; `doubt` is the department's own treatment of doubting words. */
export function createAsserter(readings: readonly LanguageReading[], doubt: DoubtPolicy = {}): Asserter {
  const cues: Cue[] = [];
  const words: WordPattern[] = [];
  const literals: LiteralPattern[] = [];
  const plain: Scope = { direction: 'forward', reach: 0, list: true, final: false, dash: false, over: false, lasting: false, person: false, coming: false, cause: false, byDepartment: false };
  const treat = (term: DoubtTerm): { readonly value: Assertion['certainty']; readonly byDepartment: boolean } => {
    const treatment = doubt[term] ?? ukTreatment(term);
    return { value: treatment === 'codable' ? 'codable' : 'uncertain', byDepartment: treatment !== ukTreatment(term) };
  };
  const add = (cue: Cue, phrases: readonly string[], language: 'en' | 'cy'): void => {
    const payload = cues.length;
    cues.push(cue);
    for (const phrase of phrases) for (const text of language === 'cy' ? mutatedPhrases(phrase) : [phrase]) words.push({ text, payload, caseSensitive: false });
  };
  for (const { language, cues: sets, pseudo, stops } of readings) {
    for (const { words: phrases, term, ...set } of sets) add({ ...plain, list: set.direction === 'forward', ...set, reach: set.reach ?? anywhere, ...(term ? treat(term) : {}) }, phrases, language);
    add({ ...plain, axis: 'pseudo', value: 'all' }, pseudo, language);
    for (const [value, phrases] of Object.entries(stops)) add({ ...plain, axis: 'stop', value: value as Value }, phrases, language);
  }
  for (const [text, axis, value, direction, reach, term] of signs) {
    literals.push({ text, payload: cues.length, caseSensitive: false, place: 'anywhere' });
    cues.push({ ...plain, axis, value, direction, reach, list: direction === 'forward', lasting: text === 'h/o', ...(term ? treat(term) : {}) });
  }
  return { headings: fileHeadings(readings), cues, words: openWords(compileWords(words)), literals: compileLiterals(literals.filter(({ text }) => /[^\p{L}\p{N}\s]/u.test(text))), around: surroundings(readings), telling: compileTelling(readings, alternatives), question: treat('question-mark') };
}

const heads: { readonly [Kind in SectionKind]?: Partial<Assertion> } = {
  family: { subject: 'family' }, allergies: { temporality: 'hypothetical' }, consent: { temporality: 'hypothetical' }, history: { temporality: 'historical' }, differential: { certainty: 'uncertain' },
};
/** Such a heading speaks for the paragraph below it: where the next heading is missing, the note goes on. */
const headsParagraph: ReadonlySet<SectionKind> = new Set(['family', 'allergies', 'consent']);

/** Signs of a break that a cue does not pass. */
const broken = /[;\n\t]|\s[–—-]\s|\.\s/;
const clauseEnd = /^\s*(?:$|[.,;:!?)\]\n\t]|[–—-]\s|\s[–—-])/;
const conjunction = /[,:]|\s(?:and|or|a|ac|neu|&)\s/i;
const year = /^(?:\s?x\s?\d)?((?:\s[\p{L}/]+){0,3})[\s,(]{0,2}(?:(?:in|yn)\s)?(?:\p{L}{3,9}\s)?(?:19|20)\d\d\b/u;

/** Reads a text's structure and cues, once. */
export function readText(asserter: Asserter, text: string): ReadText {
  const { around } = asserter;
  const sections = readSections(text, asserter.headings);
  // What a heading names itself is of its part: “NERVE CONDUCTION STUDIES: normal”.
  const starts = sections.map((section) => section.heading?.start ?? section.span.start);
  const ends = sentenceEnds(text, sections);
  const cues = findCues(asserter, text);
  const cueStarts = cues.map((cue) => cue.start);
  const told = findTold(asserter.telling, text, sections, ends);
  const toldStarts = told.map(({ list }) => list.start);
  const sectionAt = (offset: number): Section => sections[Math.max(0, above(starts, offset) - 1)] as Section;
  const sentence = (offset: number): Span => {
    const next = above(ends, offset);
    return { start: next > 0 ? ends[next - 1] as number : 0, end: ends[next] ?? text.length };
  };

  const assert: ReadText['assert'] = (span, isLongTerm) => {
    const whole = sentence(span.start);
    const within: Span = { start: Math.max(whole.start, span.start - farthest), end: Math.min(whole.end, span.end + farthest) };
    const section = sectionAt(span.start);
    const axes: { -readonly [Axis in keyof Assertion]: Assertion[Axis] } = { polarity: 'affirmed', certainty: 'certain', temporality: 'current', subject: 'patient' };
    const why: AssertionCue[] = [];
    const set = (axis: keyof Assertion, value: Value, from: Span | null, byDepartment = false): void => {
      (axes as Record<keyof Assertion, Value>)[axis] = value;
      why.push({ axis, words: from ? text.slice(from.start, from.end) : text.slice(section.heading?.start ?? 0, section.heading?.end ?? 0), span: from, byDepartment });
    };
    const unset = (axis: keyof Assertion): void => {
      (axes as Record<keyof Assertion, Value>)[axis] = axis === 'polarity' ? 'affirmed' : axis === 'certainty' ? 'certain' : axis === 'temporality' ? 'current' : 'patient';
      for (let at = why.length - 1; at >= 0; at -= 1) if (why[at]?.axis === axis) why.splice(at, 1);
    };
    /** A word of doubt beside one that is codable stays one; a plan or a risk is no past. */
    const yields = (axis: keyof Assertion, value: Value): boolean => (axis === 'certainty' && axes.certainty === 'uncertain' && value === 'codable') || (axis === 'temporality' && axes.temporality === 'hypothetical' && value === 'historical');

    // Nearest first: stops and heads seen on the way end what stands further off.
    const stops = new Map<string, number>();
    let head = -1;
    let subject = false;
    let asIf = -1;
    for (let at = above(cueStarts, span.end - 1) - 1; at >= 0 && (cues[at] as FoundCue).start >= within.start; at -= 1) {
      const one = cues[at] as FoundCue;
      const { axis, value, direction } = one.cue;
      if (one.start >= span.start) continue;
      if (axis === 'pseudo') continue;
      if (axis === 'stop') { if (one.end <= span.start && !stops.has(value)) stops.set(value, one.start); continue; }
      if (direction !== 'forward' || isPseudo(one, span)) continue;
      // “no acute” before “acute pancreatitis”: a cue may end inside the mention, never begin there.
      if (one.cue.cause && around.owned.test(text.slice(Math.max(0, span.start - 40), span.start))) continue;
      const from = Math.min(one.end, span.start);
      const between = text.slice(from, span.start);
      const all = stops.get('all');
      if (all !== undefined && all >= from) continue;
      const stop = stops.get(value === 'other' ? 'family' : value === 'codable' ? 'uncertain' : value);
      if (stop !== undefined && stop >= from) continue;
      if (one.cue.reach !== anywhere && gap(between) > one.cue.reach) continue;
      // “vs. Pick’s disease”: the stop is the abbreviation’s own.
      if (broken.test(one.end - one.start < 5 ? between.replace(/^\.\s/, ' ') : between) && !(one.cue.dash && !/[;\n\t]|\.\s/.test(between)) && !(value === 'family' && !/[;\n]/.test(between))) continue;
      if (!one.cue.list && /,/.test(between)) continue;
      if (axis === 'polarity') {
        if (axes.polarity === 'negated') continue;
        // “without allergies, with a history of …”, “no fever, possibly …”: a comma and a head of its own begin what is there.
        if (/,\s(?:and\s)?(?:with|gyda)\s/.test(text.slice(from, span.start + 1)) || (head > from && text.slice(from, head).includes(','))) continue;
        set(axis, value, one);
        continue;
      }
      if (axis === 'subject') {
        if (subject) continue;
        if (one.cue.person && around.beside.test(text.slice(Math.max(0, one.start - 40), one.start)) && !/^\s(?:who|having|has|had|suffering|sy|a)\b/i.test(text.slice(one.end, one.end + 12))) continue;
        subject = true;
        if (value !== 'patient') set(axis, value, one);
        continue;
      }
      // “Denies fever, previous trauma” goes on; “…, history of trauma” and “…, old infarct” do not.
      if (axis === 'certainty' || one.cue.lasting || one.cue.reach < 4) head = Math.max(head, one.start);
      if (axis === 'temporality') {
        if (value === 'current') { asIf = one.start; continue; }
        if (one.cue.coming && section.kind === 'reason') continue;
        if (value === 'historical') {
          if (isLongTerm && !one.cue.over) continue;
          if (one.cue.lasting && (around.duration.test(text.slice(Math.max(0, one.start - 40), one.start)) || around.lastingNext.test(text.slice(span.end, span.end + 70)))) continue;
          if (around.unitNext.test(text.slice(one.end, one.end + 40)) || asIf > from) continue;
        }
      }
      if (yields(axis, value)) continue;
      if (axis === 'certainty' && axes.certainty === value) continue;
      set(axis, value, one, one.cue.byDepartment);
    }
    const list = told[above(toldStarts, span.start) - 1];
    if (list && span.start < list.list.end && axes.temporality !== 'hypothetical') set('temporality', 'hypothetical', list.opener);
    if (!subject && section.kind === 'family' && speaks(text, section, span)) set('subject', 'family', null);
    if (section.kind === 'differential' && axes.certainty !== 'uncertain') set('certainty', 'uncertain', null);
    const temporality = heads[section.kind]?.temporality;
    if (temporality && axes.temporality === 'current' && !(temporality === 'historical' && isLongTerm) && speaks(text, section, span) && !(section.kind === 'consent' && (stops.has('hypothetical') || isPastList(section, span)))) set('temporality', temporality, null);

    let ended = false;
    for (let at = above(cueStarts, span.start - 1); at < cues.length && (cues[at] as FoundCue).start < within.end && !ended; at += 1) {
      const one = cues[at] as FoundCue;
      const { axis, value, direction } = one.cue;
      if (one.start < span.start || axis === 'pseudo') continue;
      if (axis === 'stop') { if (value === 'all' && one.start >= span.end) ended = true; continue; }
      if (one.end <= span.end || isPseudo(one, span)) continue;
      const between = text.slice(span.end, Math.max(one.start, span.end));
      if (one.cue.person && axes.subject === 'patient' && (value === 'family' || value === 'other') && around.heldBy.test(between)) { set(axis, value, one); continue; }
      if (direction !== 'backward' || (one.cue.cause && around.owned.test(text.slice(Math.max(0, span.start - 40), span.start)))) continue;
      const link = between.replace(/^\s?(?:\([^()]{0,24}\)|:)|^\s*[–—-]\s/, '');
      if (one.cue.reach !== anywhere && gap(link) > one.cue.reach) continue;
      if (broken.test(between) && broken.test(link)) continue;
      if (one.cue.final && !clauseEnd.test(text.slice(one.end, one.end + 3))) continue;
      if (value === 'hypothetical' && link.trim() !== '' && one.cue.reach === 0) continue;
      if (!one.cue.list && conjunction.test(link)) continue;
      if (axis === 'polarity' && value === 'affirmed') {
        const no = why.findLast((cue) => cue.axis === 'polarity' && cue.span);
        // “no PV bleed, reflux only”: what follows the comma is there; in a list with “or” it is not.
        const joined = no?.span ? text.slice(no.span.end, span.start) : '';
        if (axes.polarity === 'negated' && no?.span && /,\s(?:[\p{L}-]+\s)?$/u.test(joined) && !/\b(?:or|nor|neu|na)\b/i.test(joined)) unset('polarity');
        continue;
      }
      if (axis === 'certainty' && value === 'certain') { if (axes.certainty === 'uncertain') unset('certainty'); continue; }
      if (axis === 'temporality' && value === 'current') { if (axes.temporality === 'hypothetical') unset('temporality'); continue; }
      // “Hemiparesis improving, dysphasia resolved”: each has its own word.
      if (value === 'historical' && /,/.test(between) && around.goesOn.test(between)) continue;
      if (value === 'historical' && ((isLongTerm && !one.cue.over) || around.since.test(between) || /\b(?:new|newydd)[\s-]+$/i.test(text.slice(Math.max(0, span.start - 8), span.start)))) continue;
      if (yields(axis, value)) continue;
      if ((axes as Record<keyof Assertion, Value>)[axis] === value) continue;
      set(axis, value, one, one.cue.byDepartment);
    }

    // A question mark before the words, or directly after them, doubts them and what is joined to them by a stroke or “or”.
    const before = text.slice(within.start, span.start);
    const doubt = (from: Span | null): void => { if (!yields('certainty', asserter.question.value)) set('certainty', asserter.question.value, from, asserter.question.byDepartment); };
    const asked = /[?？]\s?[^?.,;\n–—]{0,60}(?:\/|\bor\b|\bneu\b)\s?$/.exec(before.slice(-80)) ?? around.asked.exec(before.slice(-80));
    if (asked) { const start = span.start - Math.min(before.length, 80) + asked.index; doubt({ start, end: start + 1 }); }
    else if (/[?？]/.test(text.charAt(span.end)) || (text.charAt(span.end) === ' ' && /^[?？](?:\s|$)/.test(text.slice(span.end + 1, span.end + 3)))) doubt({ start: span.end, end: span.end + 1 });
    else if (/^\s?\/\s?/.test(text.slice(span.end, span.end + 4)) && axes.certainty === 'certain' && /(?:ΔΔ|∆∆)/.test(before)) set('certainty', 'uncertain', null);

    if (text.charAt(span.end) === '+' && axes.polarity === 'negated' && /,\s?(?:[\p{L}-]+\s)?$/u.test(before)) unset('polarity');
    if (!isLongTerm && axes.temporality === 'current') {
      const dated = year.exec(text.slice(span.end, span.end + 60));
      if (dated && !around.since.test(dated[1] ?? '') && !around.breaks.test(dated[1] ?? '') && !around.named.test(before.slice(-60))) set('temporality', 'historical', { start: span.end, end: span.end + dated[0].length });
    }
    return { assertion: { ...axes }, cues: why };
  };
  return { text, sections, sectionAt, assert, sentence };

  /** Is the heading a list of what may come (“Risks: …”), and the list over? */
  function isPastList({ heading }: Section, span: Span): boolean {
    const own = heading === null ? undefined : told[above(toldStarts, heading.start)];
    return heading !== null && own !== undefined && own.opener.start >= heading.start && own.opener.start < heading.end && span.start >= own.list.end;
  }

  /** Does the phrase about a cue say nothing of the kind? Not where the mention holds the phrase's end: “no complications”. */
  function isPseudo(one: FoundCue, span: Span): boolean {
    for (let at = above(cueStarts, one.start) - 1; at >= 0 && one.start - (cues[at] as FoundCue).start < 80; at -= 1) {
      const other = cues[at] as FoundCue;
      if (other.cue.axis === 'pseudo' && other.start <= one.start && other.end >= one.end && !(other.end > span.start && other.end <= span.end)) return true;
    }
    return false;
  }
}

function gap(between: string): number {
  const words = between.trim();
  return words === '' ? 0 : words.split(/\s+/).length;
}

/** Does the heading still speak at the mention? Past a blank line that follows its own words it does not, nor where a sentence has turned to the patient. */
function speaks(text: string, section: Section, span: Span): boolean {
  if (!headsParagraph.has(section.kind)) return true;
  const above = text.slice(section.span.start, Math.min(span.start, section.span.start + 4000));
  return !/\S[^\n]*\n[ \t]*\n/.test(above.trimStart());
}

/** The cues of a text in order of place. A longer phrase hides the shorter ones in it: a pseudo phrase anything, a cue other cues and stops, a stop only stops. */
function findCues(asserter: Asserter, text: string): readonly FoundCue[] {
  const found: FoundCue[] = [];
  const take = (payload: number, start: number, end: number): void => { const cue = asserter.cues[payload]; if (cue) found.push({ start, end, cue }); };
  scanWords(asserter.words, text, take, (unit, at) => matchLiterals(asserter.literals, text, unit, at, take));
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const cues: FoundCue[] = [];
  for (const one of found) {
    let hidden = false;
    for (let at = cues.length - 1; at >= 0 && one.start - (cues[at] as FoundCue).start < 80 && !hidden; at -= 1) {
      const other = cues[at] as FoundCue;
      // What a pseudo phrase hides is asked for each mention.
      if (other.cue.axis === 'pseudo' || other.start > one.start || other.end < one.end || other.end - other.start <= one.end - one.start) continue;
      hidden = one.cue.axis !== 'pseudo' && (other.cue.axis !== 'stop' || (one.cue.axis === 'stop' && (other.cue.value === one.cue.value || other.cue.value === 'all')));
    }
    if (!hidden) cues.push(one);
  }
  return cues;
}
