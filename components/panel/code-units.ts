import english from '../../assets/languages/en-GB/messages.json';
import type { ClinicalCode, CodeSystem } from '../../lib/model/code.js';
import { writtenCode } from '../../lib/model/code.js';
import { labelIn } from '../../lib/model/language.js';
import type { CodingView, Quote } from '../../lib/model/review.js';
import type { Suggestion } from '../../lib/model/suggestion.js';
import type { WordKey, Words } from '../words.js';

export type OfferedRow = CodingView['suggestions'][number];

/** Codes that a coder decides about as one, whoever proposes them, with the words that prove them. */
export interface Proposed {
  /** Names its row; no two rows of the panel share one. */
  readonly name: string;
  readonly system: CodeSystem;
  /** In the order in which they are recorded. */
  readonly codes: readonly [ClinicalCode, ...ClinicalCode[]];
  readonly quotes: readonly Quote[];
}

/** Codes that are recorded together: one row, with the words of all of them. */
export interface Unit extends Proposed {
  readonly rows: readonly [OfferedRow, ...OfferedRow[]];
  readonly isPrimary: boolean;
}

/** Names the unit of a code: those that are recorded together. */
export const unitName = ({ system, group }: Suggestion): string => `${system} ${group}`;

/** Names the row of a code that the board's own coder proposes: never that of a unit on offer, which may hold the same code. */
export const boardName = (system: CodeSystem, code: ClinicalCode): string => `${boardRows}${system} ${code}`;
const boardRows = 'board ';
/** Is a row one of the board's own coder? */
export const isBoardRow = (name: string): boolean => name.startsWith(boardRows);

const order = (a: Suggestion, b: Suggestion): number => Number(b.role === 'primary') - Number(a.role === 'primary') || a.position - b.position;

/** The units of one classification in the order of recording, the primary first. */
export function unitsOf(rows: readonly OfferedRow[], system: CodeSystem): readonly Unit[] {
  const units = new Map<number, [OfferedRow, ...OfferedRow[]]>();
  for (const row of rows.filter(({ suggestion }) => suggestion.shown && suggestion.system === system).sort((a, b) => order(a.suggestion, b.suggestion))) {
    const held = units.get(row.suggestion.group);
    if (held) held.push(row); else units.set(row.suggestion.group, [row]);
  }
  return [...units.values()].map((held) => ({
    name: unitName(held[0].suggestion), system, codes: codesOf(held), rows: held, isPrimary: held.some(({ suggestion }) => suggestion.role === 'primary'),
    quotes: [...new Map(held.flatMap(({ quotes }) => quotes).map((quote) => [quoteName(quote), quote])).values()],
  }));
}

/** Names the place of a quotation. */
export const quoteName = ({ document, span }: Quote): string => `${document} ${span.start}-${span.end}`;

const codesOf = ([first, ...more]: Unit['rows']): Unit['codes'] => [first.suggestion.code, ...more.map(({ suggestion }) => suggestion.code)];

/** A unit in a few words: its first code, and how many go with it. */
export function unitWords(codes: readonly ClinicalCode[], words: Words): string {
  const [first] = codes;
  if (first === undefined) return '';
  return codes.length === 1 ? writtenCode(first) : words.say('desk.withOthers', { code: writtenCode(first), count: codes.length - 1 });
}

/** Longest quotation, in characters; what is longer ends at a word. */
const longest = 120;

/** Words as they are quoted: cut where they would fill the panel. */
export function quoted(words: string): string {
  if (words.length <= longest) return words;
  const end = words.lastIndexOf(' ', longest);
  return `${words.slice(0, end > longest / 2 ? end : longest).replace(/[\uD800-\uDBFF]$/, '').trimEnd()} …`;
}

/** A sentence that the engine names by its key; the bare name where the catalogue has none for it. */
export function sentence(key: string, bare: string, words: Words): string {
  return key in english ? words.say(key as WordKey) : bare;
}

/** A label that is only the code again (the sides of OPCS-4) says what the code means. */
export function labelOf({ code, label }: Pick<Suggestion, 'code' | 'label'>, words: Words): ReturnType<typeof labelIn> {
  return label.en === code ? { words: sentence(`code.${code}`, '', words), language: words.locale === 'cy' ? 'cy' : 'en' } : labelIn(label, words.locale);
}
