import type { TriedMark } from '../../components/dashboard/sheet-page.jsx';
import { createReader, mutatedPhrases, placedWords } from '../../lib/analysis/index.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { Rulebook, TermForm } from '../../lib/model/rulebook.js';
import type { SheetEntries, SheetEntry } from '../../lib/model/sheet.js';
import { ruleOf } from '../../lib/rulebook/index.js';

/** What a text must have for one writing of a form to be found in it: the beginnings of its words, or the symbols of a run of characters. */
interface Needs { readonly beginnings: readonly string[]; readonly symbols: readonly string[]; readonly figure: boolean }

/** Entries that are looked at in one step: their needs may have to be worked out. */
const atOnce = 100;
/** Letters that a word keeps in every number and spelling that the reader takes for it. */
const kept = 3;

const beginningsOf = (text: string): readonly string[] => placedWords(text).map(({ folded }) => folded.slice(0, kept));

function needsOf({ text, language, match, caseSensitive }: TermForm): readonly Needs[] {
  const figure = text.includes('{number}');
  const bare = text.replaceAll('{number}', ' ');
  if (match !== 'words') return [{ beginnings: [], symbols: [...bare].filter((unit) => !/[\p{L}\p{N}\p{M}\s]/u.test(unit)), figure }];
  return (language === 'cy' && !caseSensitive ? mutatedPhrases(bare) : [bare]).map((written) => ({ beginnings: beginningsOf(written), symbols: [], figure }));
}

/**
 * Marks of a whole sheet in a short text, in steps of a millisecond or so. Of ten thousand entries a reader is made of the few that the text could hold,
 * which finds what one of all of them would.
 */
export function createSheetTrial(shipped: Rulebook): (entries: SheetEntries, text: string, specialty: SpecialtyId | 'unknown') => Generator<void, readonly TriedMark[]> {
  const known = new WeakMap<SheetEntry, readonly Needs[]>();
  const needs = (entry: SheetEntry): readonly Needs[] => {
    const held = known.get(entry);
    if (held) return held;
    const made = entry.forms.flatMap(needsOf);
    known.set(entry, made);
    return made;
  };
  return function* (entries, text, specialty) {
    const [beginnings, hasFigure] = [new Set(beginningsOf(text)), /\d/.test(text)];
    // A word of one or two letters begins longer ones as well: its plural.
    for (const { folded } of placedWords(text)) for (let length = 1; length < kept; length += 1) beginnings.add(folded.slice(0, length));
    const could: SheetEntry[] = [];
    for (const [at, entry] of entries.entries()) {
      if (needs(entry).some((one) => (!one.figure || hasFigure) && one.beginnings.every((beginning) => beginnings.has(beginning)) && one.symbols.every((symbol) => text.includes(symbol)))) could.push(entry);
      if (at % atOnce === atOnce - 1) yield;
    }
    const reader = createReader({ ...shipped, rules: could.map(ruleOf) }, { noisyOn: 'all' });
    yield;
    return reader.read(text, { specialty }).map(({ span, severity }) => ({ start: span.start, end: span.end, verdict: severity }));
  };
}
