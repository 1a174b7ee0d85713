import type { SpecialtyId } from '../model/episode.js';
import { verdicts, type Rule, type RuleId, type TermForm } from '../model/rulebook.js';
import type { EntryDiagnosis, EntryNoise, SheetEntries, SheetEntry } from '../model/sheet.js';
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

/** Everything that is wrong with one entry, or worth knowing: read alone and beside those that look for the same words. */
export function diagnoseEntry(entry: SheetEntry, words: SheetWords, readBy: ReadBy): readonly EntryDiagnosis[] {
  const found: EntryDiagnosis[] = (['en', 'cy'] as const).filter((language) => isTextMissing(entry, language)).map((language) => ({ kind: 'text-missing', language }));
  const pairs = entry.forms.flatMap((form) => words.of(folded(form)).filter((other) => other.id !== entry.id && meet(entry, other)).flatMap((other) => other.forms.filter((its) => looksAlike(its, form)).map((its) => ({ form, other, its }))));
  for (const { form, other } of pairs) if (other.verdict !== entry.verdict) found.push({ kind: 'conflict', words: form.text, other: other.id });
  const rivals = entry.forms.map((form) => pairs.find((pair) => pair.form === form && pair.other.onlyWhen === null && wins(pair.other, pair.its, entry, form)));
  const [first] = rivals;
  if (first && rivals.every((one) => one !== undefined)) found.push({ kind: 'shadowed', words: first.form.text, other: first.other.id });
  const read = readBy([ruleOf(entry)]);
  const marks = (text: string, specialty: SpecialtyId | null): boolean => read(text, specialty ?? specialtyOf(entry)).length > 0;
  for (const { text, specialty } of entry.examples.find) if (!marks(text, specialty)) found.push({ kind: 'example-not-found', text });
  for (const { text, specialty } of entry.examples.leave) if (marks(text, specialty)) found.push({ kind: 'example-not-left', text });
  if (!entry.examples.find.some(({ text, specialty }) => marks(text, specialty)) && !entry.forms.some((form) => settings(form, entry).some((text) => marks(text, null)))) found.push({ kind: 'never-matches' });
  return found;
}

/** Lines in which a form should be found: as it stands, and next to the words that it asks for. */
function settings({ text, match }: TermForm, { onlyWhen, number }: SheetEntry): readonly string[] {
  const words = text.startsWith('-') ? `word${text}` : text.replaceAll('{number}', String(number?.atLeast ?? number?.atMost ?? 5));
  const line = match === 'before-term' ? `Seen, ${words}stroke today` : match === 'between-terms' ? `stroke ${words} seizure today` : `Seen, ${words} today`;
  const cue = (some: readonly string[] | undefined): string => (some?.[0] ?? '').replaceAll('{number}', '5');
  return [line, ...(onlyWhen ? [`Seen ${cue(onlyWhen.before)} ${words} ${cue(onlyWhen.after)} today ${cue(onlyWhen.sentence)}`, `${cue(onlyWhen.before)} ${words}`, `${words} ${cue(onlyWhen.after)}`, `${words} ${cue(onlyWhen.sentence)}`] : [])];
}

/** How often an entry alone would mark in sample notes. */
export function noiseOf(entry: SheetEntry, notes: readonly { readonly text: string; readonly specialty: SpecialtyId | 'unknown' }[], readBy: ReadBy): EntryNoise {
  const read = readBy([ruleOf(entry)]);
  return { marks: notes.reduce((sum, { text, specialty }) => sum + read(text, specialty).length, 0), words: notes.reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0), notes: notes.length };
}
