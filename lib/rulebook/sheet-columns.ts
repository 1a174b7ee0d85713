import { verdicts, type Verdict } from '../model/rulebook.js';
import { sheetColumns, type SheetColumn, type TableRow } from '../model/sheet-table.js';

/** Rows among which the heads are looked for: departments write a title or two above them. */
export const headRows = 10;

type Part = 'short' | 'why' | 'instead' | 'source' | 'status';
const parted = (column: SheetColumn): Part | null => { const [part] = column.split('-'); return part === 'short' || part === 'why' || part === 'instead' || part === 'source' || part === 'status' ? part : null; };

/** What departments call their columns, in English and Welsh, apart from the words that name a language. */
const names: Readonly<Record<Exclude<SheetColumn, `${Part}-${'en' | 'cy'}`> | Part, { readonly en: readonly string[]; readonly cy: readonly string[] }>> = {
  id: { en: ['id', 'number', 'no', 'ref', 'reference', 'entry number'], cy: ['rhif', 'cyfeirnod'] },
  term: { en: ['term', 'word', 'word or symbol', 'phrase', 'symbol', 'entry', 'wording', 'abbreviation', 'term or symbol', 'terminology'], cy: ['gair', 'ymadrodd', 'byrfodd', 'talfyriad', 'gair neu symbol', 'term neu symbol', 'cofnod'] },
  kind: { en: ['kind', 'type', 'kind of term'], cy: ['math'] },
  verdict: { en: ['verdict', 'use or avoid', 'use or not', 'advice', 'severity', 'status of term', 'recommendation', 'rating'], cy: ['dyfarniad', 'cyngor', 'defnyddio neu osgoi', 'argymhelliad'] },
  variants: { en: ['variants', 'also', 'also written', 'other forms', 'synonyms', 'variations', 'other spellings'], cy: ['amrywiadau', 'ffurfiau eraill', 'cyfystyron', 'hefyd'] },
  short: { en: ['short', 'in short', 'summary', 'short text'], cy: ['byr', 'crynodeb', 'yn fyr'] },
  why: { en: ['why', 'reason', 'rationale', 'explanation', 'why not', 'comment', 'comments'], cy: ['pam', 'rheswm', 'esboniad', 'sylwadau'] },
  instead: { en: ['instead', 'write instead', 'use instead', 'alternative', 'alternatives', 'preferred', 'preferred term', 'preferred wording', 'better'], cy: ['ysgrifennwch yn hytrach', 'yn hytrach', 'yn lle', 'dewis arall', 'term a ffefrir'] },
  specialties: { en: ['applies to', 'specialties', 'specialty', 'speciality', 'specialities', 'department'], cy: ['arbenigeddau', 'arbenigedd', 'adran'] },
  source: { en: ['source', 'standard', 'coding standard', 'authority', 'evidence'], cy: ['ffynhonnell', 'safon'] },
  status: { en: ['status', 'translation status', 'state'], cy: ['statws', 'cyflwr'] },
  match: { en: ['match hint', 'match'], cy: ['cyfateb'] },
  find: { en: ['must find', 'find', 'example', 'examples', 'examples to find'], cy: ['rhaid canfod', 'enghraifft', 'enghreifftiau', 'canfod'] },
  leave: { en: ['must leave alone', 'leave', 'leave alone', 'counter example', 'examples to leave'], cy: ['rhaid gadael llonydd', 'gadael llonydd'] },
};
const languages: Readonly<Record<'en' | 'cy', readonly string[]>> = { en: ['en', 'eng', 'english', 'saesneg', 'yn saesneg', 'in english'], cy: ['cy', 'cym', 'wel', 'welsh', 'cymraeg', 'yn gymraeg', 'in welsh', 'gymraeg'] };

const plain = (words: string): string => words.toLowerCase().replace(/[\s_()[\]:/–-]+/g, ' ').trim();

/** Every column that a heading may name, the likeliest first. */
function columnsNamed(heading: string): readonly SheetColumn[] {
  const words = plain(heading);
  let [rest, said]: [string, 'en' | 'cy' | null] = [words, null];
  for (const language of ['en', 'cy'] as const) for (const mark of languages[language]) {
    if (rest.endsWith(` ${mark}`)) { rest = rest.slice(0, -mark.length - 1); said = language; } else if (rest.startsWith(`${mark} `)) { rest = rest.slice(mark.length + 1); said = language; }
  }
  return sheetColumns.filter((column) => {
    const part = parted(column);
    const called = names[part ?? column as keyof typeof names];
    if (!part) return called.en.includes(rest) || called.cy.includes(rest);
    const language = column.endsWith('-cy') ? 'cy' : 'en';
    // A Welsh name without a language is Welsh, an English one English.
    return said ? said === language && (called.en.includes(rest) || called.cy.includes(rest)) : called[language].includes(rest);
  });
}

/** What a cell says of a term, in either language; null where it says nothing that Nodi knows. */
export function verdictIn(cell: string): Verdict | null {
  const words = plain(cell).replace(/[.!]+$/, '');
  const said: Readonly<Record<Verdict, readonly string[]>> = {
    avoid: ['avoid', 'do not use', 'don’t use', 'don\'t use', 'not to use', 'osgoi', 'peidiwch â defnyddio', 'ddim i’w ddefnyddio', 'ddim i\'w ddefnyddio'],
    caution: ['caution', 'care', 'take care', 'use with care', 'use with caution', 'gofal', 'pwyll', 'defnyddio gyda gofal'],
    use: ['use', 'to use', 'use this', 'defnyddio', 'i’w ddefnyddio', 'i\'w ddefnyddio', 'defnyddiwch'],
  };
  return verdicts.find((one) => said[one].includes(words)) ?? null;
}

/** Which column of ours each column of a file is taken for, by its heading, and where no heading names the verdict by what stands in it; null for one that is left out. */
export function mapColumns(header: readonly string[], rows: readonly TableRow[] = []): readonly (SheetColumn | null)[] {
  const taken = new Set<SheetColumn>();
  const found = header.map((cell) => {
    const column = columnsNamed(cell).find((one) => !taken.has(one)) ?? null;
    if (column) taken.add(column);
    return column;
  });
  if (taken.has('verdict') || rows.length === 0) return found;
  const says = (at: number): boolean => rows.slice(0, 200).every(({ cells }) => (cells[at] ?? '').trim() !== '' && verdictIn(cells[at] ?? '') !== null);
  const at = found.findIndex((column, index) => column === null && columnsNamed(header[index] ?? '').length === 0 && says(index));
  return at < 0 ? found : found.with(at, 'verdict');
}

/** Which of the first rows holds the heads: the one that names the most columns. */
export function headRowOf(rows: readonly TableRow[]): number {
  const counts = rows.slice(0, Math.min(headRows, rows.length - 1)).map(({ cells }) => mapColumns(cells).filter((column) => column !== null).length);
  const best = Math.max(0, ...counts);
  return Math.max(0, counts.indexOf(best));
}
