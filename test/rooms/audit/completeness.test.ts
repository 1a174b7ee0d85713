import { describe, expect, it } from 'vitest';
import { completenessReport, shareOf, tableMonths, teamPace, tenths, tierOneTarget } from '../../../lib/audit/index.js';
import type { CompletenessRow, Trajectory, TreatmentFunction } from '../../../lib/model/ledger.js';
import type { Month } from '../../../lib/model/month.js';
import { chanceFrom } from '../../harness/chance.js';
import { committeeExtract, departmentMonths, sampleExtract } from '../../harness/sample-extract.js';
import { heldAfter, mustRead, nothingHeld } from './reading.js';

/** The trajectories of the committee paper. */
export const paperPlans: readonly Trajectory[] = [
  { id: 'first', name: 'Trajectory of August 2025', agreed: '2025-08' as Month, months: { '2025-10': 73, '2025-11': 75, '2025-12': 83, '2026-01': 92, '2026-02': 100, '2026-03': 100 } },
  { id: 'new', name: 'New trajectory', agreed: '2026-01' as Month, months: { '2025-10': 58, '2025-11': 55, '2025-12': 80, '2026-01': 84, '2026-02': 88, '2026-03': 88 } },
];
const percent = (share: CompletenessRow['within']): string => (share?.percent === null || !share ? '–' : String(tenths(share.percent)));
const line = (row: CompletenessRow): readonly string[] => [row.month, percent(row.within), percent(row.current), ...row.planned.map((one) => (one === null ? '–' : String(one))), row.toNewest === null ? '–' : row.toNewest.toFixed(1)];

describe('completeness', () => {
  it('reproduces the committee’s table cell for cell from a sample ledger, with its year-end figure', () => {
    const wanted = [
      ['2025-10', '63.4', '66', '73', '58', '5.4'], ['2025-11', '61.3', '62.3', '75', '55', '6.3'], ['2025-12', '–', '–', '83', '80', '–'],
      ['2026-01', '–', '–', '92', '84', '–'], ['2026-02', '–', '–', '100', '88', '–'], ['2026-03', '–', '–', '100', '88', '–'],
    ];
    let [cells, bad] = [0, 0];
    for (const [language, writes, separator] of [['en', 'iso', ','], ['cy', 'day-first', ';'], ['en', 'day-first', '\t']] as const) {
      const { counts, frozen, refused, rows } = mustRead(sampleExtract({ ...committeeExtract, language, writes, separator }), committeeExtract.asOf);
      expect([rows, refused.count]).toEqual([23_600, 0]);
      const months = tableMonths(counts, paperPlans);
      if (!months) throw new Error('no months');
      const report = completenessReport({ counts, frozen, plans: paperPlans, specialty: null, ...months, today: '2026-01-12' });
      for (const [at, row] of report.rows.entries()) for (const [cell, text] of line(row).entries()) { cells += 1; if (text !== wanted[at]?.[cell]) { bad += 1; console.info(`${language} ${row.month} cell ${cell}: ${text}, not ${wanted[at]?.[cell]}`); } }
      expect(report.rows.length).toBe(6);
      expect(report.years).toEqual([{ year: '2025/26', within: shareOf(5072 + 4904, 16_000), current: shareOf(5280 + 4984 + 1900, 23_600), frozen: 2 }]);
      expect(report.rows[2]?.soFar).toEqual(shareOf(1900, 7600));
      expect(report.cutOffs).toEqual([{ month: '2025-12', deadline: '2026-01-31', days: 19, uncoded: 5700, episodes: 7600 }]);
      expect(report.frozenMonths).toBe(2);
    }
    console.info(`cells of the committee's table compared ${cells}, bad ${bad}`);
    expect(bad).toBe(0);
    expect(cells).toBe(3 * 36);
    expect(tierOneTarget).toBe(95);
  });

  it('is frozen at the deadline: what is coded late, opened again or found later moves what is coded now and never what was frozen', () => {
    let [tried, bad] = [0, 0];
    for (let seed = 1; seed <= 25; seed += 1) {
      const chance = chanceFrom(seed);
      const text = sampleExtract({ asOf: '2025-12-03', seed, months: [{ month: '2025-10', episodes: 300, within: 100 + Math.floor(chance() * 150), coded: 260 }, { month: '2025-11', episodes: 200, within: 50, coded: 50 }] });
      const before = mustRead(text, '2025-12-03');
      // The next extract: some of October were opened again, more were coded, and episodes turned up that nobody had.
      const later = text.split('\r\n').map((row, at) => {
        const cells = row.split(',');
        if (at === 0 || row === '' || chance() < 0.5) return row;
        if (cells[7] === '') { cells[7] = '2026-01-05'; cells[10] = 'Coded'; cells[11] = ''; } else if (chance() < 0.5) { cells[7] = ''; cells[10] = 'Uncoded'; }
        return cells.join(',');
      }).concat(sampleExtract({ asOf: '2026-01-10', seed: seed + 1000, months: [{ month: '2025-10', episodes: 40, within: 20, coded: 30 }] }).split('\r\n').slice(1)).filter((row) => row !== '').join('\r\n');
      const after = mustRead(later, '2026-01-10', heldAfter(nothingHeld, before));
      const ask = ({ counts, frozen }: typeof before) => completenessReport({ counts, frozen, plans: [], specialty: null, from: '2025-10' as Month, to: '2025-11' as Month, today: counts.asOf }).rows;
      const [was, is] = [ask(before), ask(after)];
      tried += 1;
      if (JSON.stringify(was[0]?.within) !== JSON.stringify(is[0]?.within) || was[0]?.within === null) bad += 1;
      if (was[1]?.within !== null || is[1]?.within === null) bad += 1;
      if (is[0]?.current?.episodes !== 340) bad += 1;
      if (after.freezes.map(({ month }) => month).join() !== '2025-11') bad += 1;
    }
    console.info(`frozen months held against a later extract: tried ${tried}, bad ${bad}`);
    expect(bad).toBe(0);
  });

  it('comes to the same by specialty and in all, and says nothing of a month before its deadline', () => {
    const { counts, frozen } = mustRead(sampleExtract({ asOf: '2026-01-12', seed: 3, months: departmentMonths(3, 400) }), '2026-01-12');
    const ask = (specialty: TreatmentFunction | null) => completenessReport({ counts, frozen, plans: [], specialty, from: '2024-01' as Month, to: '2025-12' as Month, today: '2026-01-12' });
    const all = ask(null);
    const each = [...new Set(counts.months.map(({ specialty }) => specialty))].map(ask);
    for (const [at, row] of all.rows.entries()) for (const which of ['within', 'current', 'soFar'] as const) for (const part of ['coded', 'episodes'] as const) expect(each.reduce((sum, one) => sum + (one.rows[at]?.[which]?.[part] ?? 0), 0)).toBe(row[which]?.[part] ?? 0);
    expect(all.rows.at(-1)).toMatchObject({ within: null, current: null });
    expect(all.rows.at(-2)?.within?.percent).toBeGreaterThan(50);
    expect(all.frozenMonths).toBe(23);
    expect(each.length).toBeGreaterThan(10);
  });

  it('shows a pace of at least five people and of nobody else', () => {
    const work = [{ month: '2025-11' as Month, full: 100, primary: 300, untold: 0, coders: 7 }, { month: '2025-12' as Month, full: 10, primary: 10, untold: 0, coders: 3 }];
    const hours = [{ month: '2025-11' as Month, hours: 200, people: 9 }, { month: '2025-12' as Month, hours: 20, people: 9 }, { month: '2025-11' as Month, hours: 200, people: 4 }, { month: '2025-09' as Month, hours: 9, people: 8 }];
    expect(teamPace(work, hours)).toEqual([{ kind: 'pace', month: '2025-11', perHour: 2, episodes: 400, hours: 200, people: 9 }, { kind: 'few', month: '2025-12' }, { kind: 'few', month: '2025-11' }, { kind: 'no-work', month: '2025-09' }]);
  });
});
