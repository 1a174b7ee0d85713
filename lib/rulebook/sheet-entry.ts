import type { Bilingual } from '../model/language.js';
import { matchFor, type Rule, type RuleId, type RuleText, type TermKind } from '../model/rulebook.js';
import type { EntryPart, SheetEntries, SheetEntry, SignedOff, TextStatus, TriedEntry } from '../model/sheet.js';

type Language = 'en' | 'cy';

/** Is there nothing in a language that a coder or a clinician could read? */
export function isTextMissing({ text, source }: Pick<SheetEntry, 'text' | 'source'>, language: Language): boolean {
  return text[language].short.trim() === '' || text[language].why.trim() === '' || source[language].trim() === '';
}

/** A checked rule as an entry that people work on: English as it ships is a text that was read; Welsh stands as its translation does. Nobody's name is made up. */
export function entryOf({ translation, ...rule }: Rule, read: SignedOff): SheetEntry {
  const status: Bilingual<TextStatus> = { en: { state: 'reviewed', ...read }, cy: translation === 'draft' ? { state: 'draft' } : { state: translation, ...read } };
  return { ...rule, status: { en: isTextMissing(rule, 'en') ? { state: 'missing' } : status.en, cy: isTextMissing(rule, 'cy') ? { state: 'missing' } : status.cy } };
}

/** The entry as the reader of records takes it. */
export function ruleOf({ status, ...entry }: SheetEntry): Rule {
  return { ...entry, translation: status.cy.state === 'missing' ? 'draft' : status.cy.state };
}

/** An entry that is tried, as the reader takes it: what is said of it does not matter yet, and it is on. */
export function ruleTried(entry: TriedEntry): Rule {
  const none: RuleText = { short: '', why: '', instead: [] };
  return { ...entry, noisy: false, text: { en: none, cy: none }, translation: 'draft', source: { en: '', cy: '' }, examples: { find: [], leave: [] } };
}

/** New words in one language: whatever was said of the old ones, they are a draft, or missing. */
export function withText(entry: SheetEntry, language: Language, text: RuleText, source: string = entry.source[language]): SheetEntry {
  const changed = { ...entry, text: { ...entry.text, [language]: text }, source: { ...entry.source, [language]: source } };
  return { ...changed, status: { ...entry.status, [language]: { state: isTextMissing(changed, language) ? 'missing' : 'draft' } } };
}

/** Says that a person read the words of one language: `reviewed` by a reader, `approved` by who answers for them; `draft` sends them back. A missing text stays missing. */
export function signedOff(entry: SheetEntry, language: Language, state: 'reviewed' | 'approved' | 'draft', who: SignedOff): SheetEntry {
  if (isTextMissing(entry, language)) return entry;
  return { ...entry, status: { ...entry.status, [language]: state === 'draft' ? { state } : { state, by: who.by, on: who.on } } };
}

/** What one part of an entry holds, in one way of writing it. */
export function partOf(entry: SheetEntry, part: EntryPart): unknown {
  switch (part) {
    case 'find': return entry.examples.find.map(({ text, specialty }) => [text, specialty]);
    case 'leave': return entry.examples.leave.map(({ text, specialty }) => [text, specialty]);
    case 'en': case 'cy': { const { short, why, instead } = entry.text[part]; const status = entry.status[part]; return [short, why, instead, entry.source[part], status.state, 'by' in status ? [status.by, status.on] : null]; }
    case 'forms': return entry.forms.map(({ text, language, caseSensitive, match }) => [text, language, caseSensitive, match]);
    case 'unless': case 'onlyWhen': { const cue = entry[part]; return cue && [cue.before ?? [], cue.after ?? [], cue.sentence ?? []]; }
    case 'number': return entry.number && [entry.number.atLeast ?? null, entry.number.atMost ?? null];
    default: return entry[part];
  }
}

/** The entry with one part as another entry has it. */
export function withPart(entry: SheetEntry, part: EntryPart, from: SheetEntry): SheetEntry {
  switch (part) {
    case 'find': case 'leave': return { ...entry, examples: { ...entry.examples, [part]: from.examples[part] } };
    case 'en': case 'cy': return { ...entry, text: { ...entry.text, [part]: from.text[part] }, source: { ...entry.source, [part]: from.source[part] }, status: { ...entry.status, [part]: from.status[part] } };
    default: return { ...entry, [part]: from[part] };
  }
}

/** Entries in the order of their ids, each once; of two with one id the last. */
export function inOrder(entries: Iterable<SheetEntry>): SheetEntries {
  return [...new Map([...entries].map((entry) => [entry.id, entry])).values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Ids of the department's own (`LS001`, `LS002` …), each once, that are not taken. */
export function freeIds(isTaken: (id: RuleId) => boolean): () => RuleId {
  let next = 0;
  return () => { for (;;) { next += 1; const id = `LS${String(next).padStart(3, '0')}` as RuleId; if (!isTaken(id)) return id; } };
}

/** What a term most likely is. */
export function kindOf(term: string): TermKind { return /\s/.test(term) ? 'phrase' : /[\p{L}\p{N}]/u.test(term) ? 'word' : 'symbol'; }

/** An entry of which nothing is known but its term: to be cautious with until somebody says otherwise. */
export function newEntry(entries: SheetEntries, term: string): SheetEntry {
  const [taken, none] = [new Set(entries.map(({ id }) => id)), { short: '', why: '', instead: [] }];
  return {
    id: freeIds((id) => taken.has(id))(), term, kind: kindOf(term), verdict: 'caution', appliesTo: 'all', noisy: false, unless: null, onlyWhen: null, number: null,
    forms: [{ text: term, language: 'any', caseSensitive: false, match: matchFor(term) }],
    text: { en: none, cy: none }, source: { en: '', cy: '' }, examples: { find: [], leave: [] }, status: { en: { state: 'missing' }, cy: { state: 'missing' } },
  };
}
