import { dayOf, deadlineOf, isoOf, lastDayOf, numberOfMonth } from '../../lib/audit/index.js';
import type { Day } from '../../lib/model/ledger.js';
import type { Month } from '../../lib/model/month.js';
import { chanceFrom } from './chance.js';

/** One month of a sample: episodes that ended in it, how many of them were coded by its deadline, and how many by the day of the extract. */
export interface SampleMonth { readonly month: string; readonly episodes: number; readonly within: number; readonly coded: number }

export interface SampleOptions {
  readonly months: readonly SampleMonth[];
  /** YYYY-MM-DD */
  readonly asOf: string;
  readonly seed: number;
  readonly language?: 'en' | 'cy';
  readonly writes?: 'iso' | 'day-first';
  readonly separator?: ',' | ';' | '\t';
}

/** A health board in miniature: codes of treatment functions, the first more often. */
const functions = ['100', '110', '300', '320', '130', '400', '410', '502', '420', '430', '301', '340', '800', '120', '101'];
const heads = {
  en: ['NHS number', 'Spell number', 'Episode number', 'Treatment function code', 'Admission date', 'Discharge date', 'Episode end date', 'Coded date', 'Coding depth', 'Medium', 'Coding status', 'Uncoded reason', 'Coder'],
  cy: ['Rhif GIG', 'Rhif sbel', 'Rhif cyfnod', 'Arbenigedd', 'Dyddiad derbyn', 'Dyddiad rhyddhau', 'Dyddiad diwedd y cyfnod', 'Dyddiad codio', 'Dyfnder codio', 'Cyfrwng', 'Statws codio', 'Rheswm heb godio', 'Codydd'],
} as const;
const words = {
  en: { full: 'Full', primary: 'Primary only', electronic: 'Electronic', paper: 'Paper', coded: 'Coded', uncoded: 'Uncoded', suspended: 'Suspended', reasons: ['No notes', 'No discharge summary', 'Query with clinician', 'Awaiting histology', 'System', 'Backlog', ''] },
  cy: { full: 'Llawn', primary: 'Sylfaenol yn unig', electronic: 'Electronig', paper: 'Papur', coded: 'Codiwyd', uncoded: 'Heb godio', suspended: 'Ataliwyd', reasons: ['Dim nodiadau', 'Dim crynodeb rhyddhau', 'Ymholiad i’r clinigwr', 'Aros am histoleg', 'System', 'Ôl-groniad', ''] },
} as const;

/** A number of the 999 range, which is reserved for tests, with its check digit; nobody's. */
function testNumber(at: number): string {
  for (let next = at; ; next += 7_919) {
    const nine = `999${String(next % 1_000_000).padStart(6, '0')}`;
    const sum = [...nine].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${nine}${check}`;
  }
}

/** Rows of an invented PAS extract, cells as they are written; the same for a seed for ever. */
export function* sampleRows({ months, asOf, seed, language = 'en', writes = 'iso' }: SampleOptions): Generator<readonly string[]> {
  const chance = chanceFrom(seed);
  const until = dayOf(Number(asOf.slice(0, 4)), Number(asOf.slice(5, 7)), Number(asOf.slice(8, 10)));
  const w = words[language];
  const show = (day: number | null): string => { if (day === null) return ''; const iso = isoOf(day as Day); return writes === 'iso' ? iso : `${iso.slice(8)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`; };
  const between = (from: number, to: number): number => from + Math.floor(chance() * (to - from + 1));
  let number = seed * 100_000;
  for (const { month, episodes, within, coded } of months) {
    const at = numberOfMonth(month as Month);
    const [first, last, deadline] = [lastDayOf(at - 1) + 1, Math.min(lastDayOf(at), until), Math.min(deadlineOf(at), until)];
    for (let index = 0; index < episodes; index += 1) {
      number += 1;
      const ended = between(first, last);
      const admitted = ended - Math.floor(chance() ** 3 * 20);
      // Of every so many one, so that specialties share the coding as they share the episodes.
      const place = (index * 7_919) % episodes;
      const done = place < within ? between(ended, deadline) : place < coded ? between(Math.min(deadline + 1, until), until) : null;
      const suspended = done === null && chance() < 0.25;
      yield [
        testNumber(number), `S${String(number).padStart(8, '0')}`, String(1 + Math.floor(chance() ** 4 * 3)), functions[Math.floor(chance() ** 1.5 * functions.length)] ?? '100', show(admitted), show(ended), show(ended), show(done),
        done === null ? '' : chance() < 0.7 ? w.primary : w.full, chance() < 0.6 ? w.electronic : w.paper, done !== null ? w.coded : suspended ? w.suspended : w.uncoded,
        done === null ? w.reasons[Math.floor(chance() * w.reasons.length)] ?? '' : '', done === null ? '' : `CODER${1 + Math.floor(chance() * 14)}`,
      ];
    }
  }
}

/** The extract as a CSV file. */
export function sampleExtract(options: SampleOptions): string {
  const { separator = ',', language = 'en' } = options;
  const lines = [heads[language].join(separator)];
  for (const cells of sampleRows(options)) lines.push(cells.join(separator));
  return `${lines.join('\r\n')}\r\n`;
}

/** The extract of a committee paper of 12 January 2026: October and November as the paper has them, December under way. */
export const committeeExtract: SampleOptions = {
  asOf: '2026-01-12', seed: 12,
  months: [{ month: '2025-10', episodes: 8000, within: 5072, coded: 5280 }, { month: '2025-11', episodes: 8000, within: 4904, coded: 4984 }, { month: '2025-12', episodes: 7600, within: 1900, coded: 1900 }],
};

/** Twenty-four months of an invented department, whose coding falls behind, is given primary-only coding in September, and recovers. */
export function departmentMonths(seed: number, size = 8000): readonly SampleMonth[] {
  const chance = chanceFrom(seed);
  return Array.from({ length: 24 }, (_, at): SampleMonth => {
    const month = `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    const episodes = Math.round(size * (0.95 + 0.1 * chance()));
    const aim = at < 12 ? 0.78 - 0.008 * at : at < 20 ? 0.66 - 0.012 * (at - 12) : 0.62 + 0.06 * (at - 19);
    const within = Math.round(episodes * Math.min(0.97, aim + 0.03 * (chance() - 0.5)));
    return { month, episodes, within, coded: Math.min(episodes, Math.round(within + (episodes - within) * (at < 20 ? 0.95 - 0.02 * at : 0.1))) };
  });
}
