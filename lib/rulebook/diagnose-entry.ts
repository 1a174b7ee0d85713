import type { SpecialtyId } from '../model/episode.js';
import { cuePlaces, verdicts, type ContextCue, type CuePlace, type Rule, type RuleId, type TermForm } from '../model/rulebook.js';
import { diagnosisKinds, type EntryDiagnosis, type EntryNoise, type SheetEntries, type SheetEntry, type SheetProblem } from '../model/sheet.js';
import { isTextMissing, ruleOf } from './sheet-entry.js';

/** Finds the marks of some rules in a text; the room that reads notes knows how. */
export type ReadBy = (rules: readonly Rule[]) => (text: string, specialty: SpecialtyId | 'unknown') => readonly { readonly rule: RuleId }[];

/** Entries by the words that they look for, so that one is held against the few that it could meet. */
export interface SheetWords { readonly of: (words: string) => readonly SheetEntry[] }

const folded = ({ text, caseSensitive }: TermForm): string => (caseSensitive ? text : text.toLowerCase()).replace(/[\s-]+/g, ' ').trim();

/** Indexes the words of a sheet. */
export function wordsOfSheet(entries: SheetEntries): SheetWords {
  const found = new Map<string, SheetEntry[]>();
  for (const entry of entries) for (const words of new Set(entry.forms.map((form) => folded(form).toLowerCase()))) {
    const held = found.get(words);
    if (held) held.push(entry); else found.set(words, [entry]);
  }
  return { of: (words) => found.get(words.toLowerCase()) ?? [] };
}

const meet = (a: SheetEntry, b: SheetEntry): boolean => a.appliesTo === 'all' || b.appliesTo === 'all' || a.appliesTo.some((one) => b.appliesTo.includes(one));
const specialtyOf = ({ appliesTo }: SheetEntry): SpecialtyId | 'unknown' => (appliesTo === 'all' ? 'unknown' : appliesTo[0] ?? 'unknown');
const looksAlike = (a: TermForm, b: TermForm): boolean => a.match === b.match && (a.caseSensitive && b.caseSensitive ? a.text === b.text : folded(a).toLowerCase() === folded(b).toLowerCase());

/** On the same words the reader takes the specialty's own entry, then the term itself, then the worse verdict, then the first. */
function wins(other: SheetEntry, its: TermForm, entry: SheetEntry, form: TermForm): boolean {
  const [own, mine] = [other.appliesTo !== 'all', entry.appliesTo !== 'all'];
  // The specialty wins only in its own records: elsewhere this entry is found.
  if (own !== mine) return false;
  const [isTerm, amTerm] = [its.text === other.term, form.text === entry.term];
  if (isTerm !== amTerm) return isTerm;
  const worse = verdicts.indexOf(other.verdict) - verdicts.indexOf(entry.verdict);
  return worse !== 0 ? worse < 0 : other.id < entry.id;
}

/** What an entry and others do to each other: the same words with another verdict, or words that others always win. */
export function meetingsOf(entry: SheetEntry, words: SheetWords): readonly EntryDiagnosis[] {
  const found: EntryDiagnosis[] = [];
  const pairs = entry.forms.flatMap((form) => words.of(folded(form)).filter((other) => other.id !== entry.id && meet(entry, other)).flatMap((other) => other.forms.filter((its) => looksAlike(its, form)).map((its) => ({ form, other, its }))));
  for (const { form, other } of pairs) if (other.verdict !== entry.verdict) found.push({ kind: 'conflict', words: form.text, other: other.id });
  const rivals = entry.forms.map((form) => pairs.find((pair) => pair.form === form && pair.other.onlyWhen === null && wins(pair.other, pair.its, entry, form)));
  const [first] = rivals;
  if (first && rivals.every((one) => one !== undefined)) found.push({ kind: 'shadowed', words: first.form.text, other: first.other.id });
  return found;
}

/** What is wrong with an entry by itself: nothing of it hangs on others. In steps of a millisecond or so, since a context may hold a hundred wordings; nothing is yielded but the pause. */
export function* faultsOf(entry: SheetEntry, readBy: ReadBy): Generator<void, readonly EntryDiagnosis[]> {
  const found: EntryDiagnosis[] = [];
  const rule = ruleOf(entry);
  const reading = (changed: Partial<Rule>): (text: string, specialty?: SpecialtyId | null) => boolean => { const read = readBy([{ ...rule, ...changed }]); return (text, specialty = null) => read(text, specialty ?? specialtyOf(entry)).length > 0; };
  const marks = reading({});
  const isMet = (cue: Cue, reads: (text: string) => boolean): boolean => entry.forms.some((form) => linesWith(form, entry, cue).some((line) => reads(line)));
  const needed = entry.onlyWhen ? cuesIn(entry.onlyWhen) : null;
  if (!entry.examples.find.some(({ text, specialty }) => marks(text, specialty)) && !(needed ?? [{}]).some((cue) => isMet(cue, marks))) found.push({ kind: 'never-matches' });
  yield;
  for (const cue of ['unless', 'onlyWhen'] as const) {
    for (const [place, words] of (cue === 'onlyWhen' ? needed ?? [] : entry.unless ? cuesIn(entry.unless) : []).flatMap((one) => Object.entries(one) as [CuePlace, string][])) {
      // Words that forbid are tried as if they were needed; words that are needed must stand beside those that forbid. Which term they stand by does not matter.
      const reads = reading({ forms: [anyTerm], unless: cue === 'onlyWhen' ? entry.unless : null, onlyWhen: { [place]: [words] } });
      if (!linesWith(anyTerm, entry, { [place]: words }).some((line) => reads(line))) found.push({ kind: 'cue-never', cue, place, words });
      yield;
    }
  }
  for (const { text, specialty } of entry.examples.find) if (!marks(text, specialty)) found.push({ kind: 'example-not-found', text });
  for (const { text, specialty } of entry.examples.leave) if (marks(text, specialty)) found.push({ kind: 'example-not-left', text });
  for (const language of ['en', 'cy'] as const) if (isTextMissing(entry, language)) found.push({ kind: 'text-missing', language });
  return found;
}

/** What is wrong with entries, and with a whole sheet, worked out in steps: whoever asks decides how much is done at once, and may ask no more. */
export interface SheetDiagnosis {
  /** Everything that is wrong with one entry, or worth knowing: read alone and beside those that look for the same words. */
  readonly entry: (entry: SheetEntry, words: SheetWords) => Generator<void, readonly EntryDiagnosis[]>;
  /** All problems of a sheet, by kind, then in the order of entries; two entries that contradict each other are one problem. Yields how many entries were looked at. */
  readonly sheet: (entries: SheetEntries, words: SheetWords) => Generator<number, readonly SheetProblem[]>;
}

/** What an entry is by itself is read once, for as long as the entry stands: after an edit one of them is read anew. */
export function createSheetDiagnosis(readBy: ReadBy): SheetDiagnosis {
  const read = new WeakMap<SheetEntry, readonly EntryDiagnosis[]>();
  function* alone(entry: SheetEntry): Generator<void, readonly EntryDiagnosis[]> {
    const held = read.get(entry);
    if (held) return held;
    const made = yield* faultsOf(entry, readBy);
    read.set(entry, made);
    return made;
  }
  return {
    *entry(entry, words) { const faults = yield* alone(entry); return [...meetingsOf(entry, words), ...faults]; },
    *sheet(entries, words) {
      const known = new Map(entries.map((entry) => [entry.id, entry]));
      const met = new Set<string>();
      const found: SheetProblem[] = [];
      for (const [at, entry] of entries.entries()) {
        for (const diagnosis of meetingsOf(entry, words)) {
          const other = 'other' in diagnosis ? known.get(diagnosis.other) : undefined;
          if (diagnosis.kind === 'conflict') {
            const name = `${[entry.id, diagnosis.other].sort().join(' ')} ${diagnosis.words.toLowerCase()}`;
            if (met.has(name)) continue;
            met.add(name);
          }
          found.push({ diagnosis, entries: other ? [entry, other] : [entry] });
        }
        const steps = alone(entry);
        let step = steps.next();
        while (!step.done) { yield at; step = steps.next(); }
        for (const diagnosis of step.value) found.push({ diagnosis, entries: [entry] });
        yield at + 1;
      }
      return found.sort((a, b) => diagnosisKinds.indexOf(a.diagnosis.kind) - diagnosisKinds.indexOf(b.diagnosis.kind));
    },
  };
}

const anyTerm: TermForm = { text: 'quillon', language: 'any', caseSensitive: false, match: 'words' };

/** One wording of a context, at its place. */
type Cue = { readonly [Place in CuePlace]?: string };
const cuesIn = (cue: ContextCue): readonly Cue[] => cuePlaces.flatMap((place) => (cue[place] ?? []).map((words) => ({ [place]: words })));

/** Lines in which a form should be found beside some words of a context; more than one, so that no word of ours is what forbids it. */
function linesWith({ text, match }: TermForm, { number }: SheetEntry, cue: Cue): readonly string[] {
  const said = (place: CuePlace): string => (cue[place] ?? '').replaceAll('{number}', '5');
  const [before, after, sentence] = cuePlaces.map(said);
  const words = text.startsWith('-') ? `word${text}` : text.replaceAll('{number}', String(number?.atLeast ?? number?.atMost ?? 5));
  const placed = match === 'before-term' ? `${words}stroke ${after}` : match === 'between-terms' ? `${before === '' ? 'stroke' : ''} ${words} ${after === '' ? 'seizure' : after}` : `${words} ${after}`;
  return [`Seen, ${before} ${placed} today ${sentence}`, `${before} ${placed} ${sentence}`, `Again: ${before} ${placed} since then ${sentence}`].map((line) => line.replace(/ +/g, ' ').trim());
}

/** How often an entry alone would mark in sample notes. */
export function noiseOf(entry: SheetEntry, notes: readonly { readonly text: string; readonly specialty: SpecialtyId | 'unknown' }[], readBy: ReadBy): EntryNoise {
  const read = readBy([ruleOf(entry)]);
  return { marks: notes.reduce((sum, { text, specialty }) => sum + read(text, specialty).length, 0), words: notes.reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0), notes: notes.length };
}
