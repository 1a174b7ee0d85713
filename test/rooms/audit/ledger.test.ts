import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedgerCounter, dayOfIso, episodeAt, guessColumns, isoOf, mappingFor, orderShown, readDay, readMapping, rowWords, writeMapping } from '../../../lib/audit/index.js';
import type { ColumnMapping, Day, DayOrder, RefusedRow } from '../../../lib/model/ledger.js';
import { sampleExtract } from '../../harness/sample-extract.js';
import { functionOf, heldAfter, mustRead, nothingHeld, readText } from './reading.js';

const head = 'NHS number,Spell number,Episode number,Treatment function code,Admission date,Discharge date,Episode end date,Coded date,Coding depth,Medium,Coding status,Uncoded reason';
const sound = '9990000018,S1,1,400,2025-10-01,2025-10-05,2025-10-05,2025-10-20,Full,Paper,Coded,';
const asOf = '2026-01-12';
const refusedOf = (row: string, change?: (mapping: ColumnMapping) => ColumnMapping): RefusedRow | null => {
  const read = readText(`${head}\r\n${sound.replace('9990000018', '9990000026')}\r\n${row}\r\n`, asOf, nothingHeld, (mapping) => (change ? change({ ...mapping, days: mapping.days ?? 'iso' }) : { ...mapping, days: 'iso' }));
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  const { refused } = read.value;
  return refused.count === 0 ? null : refused.at(0);
};

describe('a row of an extract', () => {
  it('is taken, or refused with its line, its reason and its column', () => {
    const cases: readonly (readonly [string, string | null, string | null])[] = [
      [sound, null, null],
      [sound.replace('2025-10-20', ''), 'coded-without-day', 'coded'], [sound.replace('Coded,', 'Uncoded,'), 'day-without-coded', 'status'], [sound.replace('2025-10-20,Full,Paper,Coded,', ',,,,'), null, null],
      [sound.replace(',1,400', ',,400'), 'missing-id', 'episode'], [sound.replace('9990000018', ''), 'missing-id', 'patient'], [sound.replace('S1', '=HYPERLINK(1)'), 'bad-id', 'spell'], [sound.replace(',1,400', ',1\u202e2,400'), 'bad-id', 'episode'], [sound.replace(',1,400', ',1\u00002,400'), 'bad-id', 'episode'],
      [sound.replace('2025-10-05,2025-10-05', ','), 'missing-end', 'ended'], [sound.replace('2025-10-05,2025-10-05', '2025-10-05,'), null, null],
      [sound.replace('2025-10-20', '2025-02-30'), 'bad-day', 'coded'], [sound.replace('2025-10-20', 'soon'), 'bad-day', 'coded'], [sound.replace('2025-10-20', '45950'), 'bad-day', 'coded'], [sound.replace('2025-10-20', '03/11/2025'), 'ambiguous-day', 'coded'], [sound.replace('2025-10-20', '20/10/2025'), null, null], [sound.replace('2025-10-20', '11/11/2025'), null, null], [sound.replace('2025-10-20', '20 Hydref 2025'), null, null], [sound.replace('2025-10-20', '20-Oct-25'), null, null],
      [sound.replace('2025-10-20', '2026-01-13'), 'day-to-come', 'coded'], [sound.replace('2025-10-05,2025-10-05', '1925-10-05,1925-10-05'), 'bad-day', 'discharged'], [sound.replace('2025-10-05,2025-10-05', '1985-10-05,1985-10-05'), 'day-too-early', 'discharged'],
      [sound.replace('2025-10-01', '2025-10-06'), 'ended-before-admitted', 'ended'], [sound.replace('2025-10-05,2025-10-05', '2025-10-05,2025-10-06'), 'ended-after-discharged', 'ended'], [sound.replace('2025-10-20', '2025-10-04'), 'coded-before-end', 'coded'], [sound.replace('2025-10-20', '2025-10-05'), null, null],
      [sound.replace('400', '999'), 'unknown-specialty', 'specialty'], [sound.replace('400', ''), 'unknown-specialty', 'specialty'], [sound.replace('400', 'Niwroleg'), null, null], [sound.replace('400', '400 - NEUROLOGY'), null, null], [sound.replace('400', '400 Cardiology'), 'unknown-specialty', 'specialty'], [sound.replace('400', 'Neurology ward'), 'unknown-specialty', 'specialty'],
      [sound.replace('Full', 'half'), 'unknown-word', 'depth'], [sound.replace('Paper', 'stone'), 'unknown-word', 'medium'], [sound.replace('Coded,', 'perhaps,'), 'unknown-word', 'status'], [sound.replace('Coded,', '__proto__,'), 'unknown-word', 'status'],
      [`${sound},more`, 'wrong-width', null], ['9990000018,S1,1', 'wrong-width', null], [sound.replace('9990000018', '9990000026'), 'twice', 'episode'], [sound.replace('9990000018', '9990000026').replace('2025-10-20', '2025-10-21'), 'twice-and-different', 'episode'],
    ];
    const bad = cases.flatMap(([row, why, field]) => { const found = refusedOf(row); return (found?.why ?? null) === why && (found?.field ?? null) === field && (found === null || found.line === 3) ? [] : [`${row}: ${JSON.stringify(found)}, not ${why} ${field}`]; });
    console.info(`rows tried ${cases.length}, bad ${bad.length}`);
    expect(bad).toEqual([]);
    expect(refusedOf(sound.replace('400', 'Ward 7'), (mapping) => ({ ...mapping, unknownSpecialty: 'count' }))).toBeNull();
    expect(refusedOf(sound.replace('400', 'Ward 7'), (mapping) => ({ ...mapping, specialties: { 'ward 7': 400 } }))).toBeNull();
    expect(functionOf('niwroleg')).toBe(400);
  });

  it('reads every day of the calendar as it is written in either language, and none that two readings share', () => {
    let tried = 0;
    const months = { en: ['Jan', 'February', 'Mar', 'Apr', 'May', 'June', 'Jul', 'August', 'Sept', 'Oct', 'Nov', 'December'], cy: ['Ionawr', 'Chwef', 'Mawrth', 'Ebrill', 'Mai', 'Meh', 'Gorffennaf', 'Awst', 'Medi', 'Hyd', 'Tachwedd', 'Rhag'] };
    fc.assert(fc.property(fc.integer({ min: 10_957, max: 40_000 }), (day) => {
      const iso = isoOf(day as Day);
      const [year, month, date] = iso.split('-') as [string, string, string];
      expect(dayOfIso(iso)).toBe(day);
      const ways: readonly (readonly [string, DayOrder | null])[] = [[iso, 'iso'], [iso.replaceAll('-', '/'), null], [`${iso}T09:30:00Z`, null], [`${year}${month}${date}`, null], [`${date}/${month}/${year}`, 'day-first'], [`${month}/${date}/${year}`, 'month-first'], [`${Number(date)}.${Number(month)}.${year} 09:15`, 'day-first'], [`${date} ${months.en[Number(month) - 1]} ${year}`, null], [`${date} ${months.cy[Number(month) - 1]} ${year}`, null]];
      for (const [text, order] of ways) { tried += 1; expect([text, readDay(text, order, false)]).toEqual([text, { ok: true, value: day }]); }
      const untold = readDay(`${date}/${month}/${year}`, null, false);
      expect(untold.ok).toBe(Number(date) > 12 || date === month);
      expect(readDay(String(day + 25_569), null, true)).toEqual({ ok: true, value: day });
      expect(readDay(String(day + 25_569), null, false).ok).toBe(false);
    }), { numRuns: 1000 });
    for (const text of ['', '0', '2025-13-01', '2025-00-10', '2025-02-29', '31/04/2025', '1/2', '99999', '2025-1-1-1', 'Oct 2025', '12 Gwe 2025', '٢٠٢٥-١٠-٠١', '2025-10-01x']) { tried += 1; expect([text, readDay(text, 'day-first', true).ok]).toEqual([text, false]); }
    console.info(`days tried ${tried}, bad 0`);
    expect([orderShown(['01/02/2025', '13/02/2025']), orderShown(['01/02/2025', '02/13/2025']), orderShown(['13/02/2025', '02/13/2025']), orderShown(['01/02/2025', '2025-01-01']), orderShown(['2025-01-01', '']), orderShown([])]).toEqual(['day-first', 'month-first', null, null, 'iso', null]);
  });
});

describe('a mapping of columns', () => {
  it('is guessed from English and Welsh heads, never twice the same column, and travels as a file', () => {
    for (const language of ['en', 'cy'] as const) {
      const header = sampleExtract({ asOf, seed: 1, language, months: [] }).split('\r\n')[0]?.split(',') ?? [];
      const columns = guessColumns(header);
      expect([Object.keys(columns).length, new Set(Object.values(columns)).size]).toEqual([13, 13]);
      const mapping = mappingFor(header, null, 'day-first');
      expect(readMapping(JSON.parse(writeMapping(mapping)))).toEqual({ ok: true, value: mapping });
      expect(mappingFor(header, { ...mapping, unknownSpecialty: 'count' }, null).unknownSpecialty).toBe('count');
    }
    expect(guessColumns(['Date of birth', 'Postcode', 'Name', 'Ward'])).toEqual({});
    const file = JSON.parse(writeMapping(mappingFor(['Episode'], null, null))) as object;
    const wrong = [null, [], 'x', {}, { ...file, kind: 'other' }, { ...file, schema: 2 }, { ...file, more: 1 }, { ...file, columns: { episode: '' } }, { ...file, columns: { nobody: 'x' } }, { ...file, columns: { episode: 'x', spell: 'x' } }, { ...file, days: 'backwards' }, { ...file, specialties: { Neurology: 400 } }, { ...file, specialties: { neurology: 4 } }, { ...file, columns: JSON.parse('{"__proto__":"x"}') as unknown }];
    console.info(`files of columns tried ${wrong.length}, taken ${wrong.filter((one) => readMapping(one).ok).length}`);
    for (const one of wrong) expect(readMapping(one).ok).toBe(false);
  });
});

describe('the ledger', () => {
  it('never doubles: whatever extracts come in whatever order, each episode is there once, with the word of the latest day', () => {
    let [tried, bad] = [0, 0];
    const row = fc.record({ who: fc.integer({ min: 1, max: 30 }), coded: fc.option(fc.integer({ min: 0, max: 25 }), { nil: null }), specialty: fc.constantFrom('400', '410', '100') });
    fc.assert(fc.property(fc.array(fc.record({ day: fc.integer({ min: 0, max: 30 }), rows: fc.uniqueArray(row, { minLength: 1, maxLength: 20, selector: ({ who }) => who }) }), { minLength: 1, maxLength: 5 }), (extracts) => {
      let held = nothingHeld;
      const wanted = new Map<number, { day: number; coded: number | null; specialty: string }>();
      for (const { day, rows } of extracts) {
        const text = `${head}\r\n${rows.map(({ who, coded, specialty }) => `999000${who},S${who},1,${specialty},2025-09-01,2025-10-01,2025-10-01,${coded === null ? ',,,,' : `${isoOf((dayOfIso('2025-10-01') + coded) as Day)},Full,Paper,Coded,`}`).join('\r\n')}\r\n`;
        const told = isoOf((dayOfIso('2025-10-28') + day) as Day);
        const read = mustRead(text, told, held);
        const { fresh, same, changed, older } = read.tally;
        const again = mustRead(text, told, heldAfter(held, read));
        tried += 1;
        if (read.refused.count > 0 || fresh + same + older + Object.values(changed).reduce((sum, one) => sum + one, 0) !== rows.length) bad += 1;
        if (again.tally.fresh !== 0 || again.counts.episodes !== read.counts.episodes || Object.values(again.tally.changed).some((one) => one > 0)) bad += 1;
        for (const { who, coded, specialty } of rows) { const known = wanted.get(who); if (!known || known.day <= day) wanted.set(who, { day, coded, specialty }); }
        held = heldAfter(held, read);
      }
      const counter = createLedgerCounter(dayOfIso('2026-01-01'));
      let episodes = 0;
      const found: string[] = [];
      for (let at = 0; at < 256; at += 1) { const words = held.block(at); counter.add(words); for (let place = 0; place < words.length; place += rowWords) { episodes += 1; const one = episodeAt(words, place); found.push(`${one.specialty} ${one.coded === null ? '' : one.coded - dayOfIso('2025-10-01')}`); } }
      if (episodes !== wanted.size || found.sort().join() !== [...wanted.values()].map(({ coded, specialty }) => `${specialty} ${coded ?? ''}`).sort().join()) bad += 1;
    }), { numRuns: 150 });
    console.info(`extracts joined ${tried}, bad ${bad}`);
    expect(bad).toBe(0);
    expect(tried).toBeGreaterThan(200);
  });

  it('says what a later extract changed and why, what it passed over, and what the extract no longer has', () => {
    const row = (who: number, coded: string, specialty = '400', ended = '2025-10-05'): string => `999000${who},S${who},1,${specialty},2025-10-01,${ended},${ended},${coded === '' ? ',,,,' : `${coded},Full,Paper,Coded,`}`;
    const first = mustRead([head, row(1, ''), row(2, '2025-10-09'), row(3, '2025-10-09'), row(4, '2025-10-09'), row(5, '2025-10-09'), row(6, '')].join('\r\n'), '2025-11-10');
    const second = mustRead([head, row(1, '2025-11-15'), row(2, ''), row(3, '2025-11-20'), row(4, '2025-10-09', '410'), row(5, '2025-10-09', '400', '2025-10-06'), row(7, '')].join('\r\n'), '2025-12-10', heldAfter(nothingHeld, first));
    expect(second.tally).toEqual({ fresh: 1, same: 0, older: 0, absent: 1, changed: { coded: 1, reopened: 1, recoded: 1, dates: 1, specialty: 1, other: 0 } });
    const late = mustRead([head, row(1, ''), row(2, '')].join('\r\n'), '2025-11-12', heldAfter(heldAfter(nothingHeld, first), second));
    expect(late.tally).toEqual({ fresh: 0, same: 1, older: 1, absent: 5, changed: { coded: 0, reopened: 0, recoded: 0, dates: 0, specialty: 0, other: 0 } });
    expect(late.counts).toEqual(second.counts);
    expect(JSON.stringify([first, second])).not.toContain('999000');
  });

  it('is not touched by an extract that lacks a column, names one twice or holds nothing', () => {
    const without = (name: string): string => head.split(',').filter((one) => one !== name).join(',');
    for (const [text, failure] of [[without('Episode number'), { kind: 'no-column', field: 'episode' }], [without('Coded date'), { kind: 'no-column', field: 'coded' }], [without('Treatment function code'), { kind: 'no-column', field: 'specialty' }], [`${head},Coded date`, { kind: 'column-twice', field: 'coded' }], [without('Discharge date').replace('Episode end date', 'x'), { kind: 'no-column', field: 'discharged' }]] as const) expect(readText(`${text}\r\n${sound}\r\n`, asOf)).toEqual({ ok: false, failure });
    expect(readText(`${head}\r\n`, asOf)).toMatchObject({ ok: false, failure: { kind: 'nothing-read' } });
    expect(readText(`${head}\r\n${sound.replace('400', 'x')}\r\n`, asOf)).toMatchObject({ ok: false, failure: { kind: 'nothing-read', refused: { count: 1 } } });
  });
});
