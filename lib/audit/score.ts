import { auditCategories, auditLanes, type AuditCategory, type AuditCause, type AuditedEpisode, type AuditKey, type AuditLine, type AuditTable } from '../model/audit.js';
import type { CategoryCounts, CategoryScore, KeyCount, LaneFigures } from '../model/audit-report.js';
import { wilson } from './interval.js';

/** Reference lines of the UK audit method as fractions: primary 90 and 95 %, secondary 80 and 90 % (domain/governance.md §3). English levels: in Wales the board decides whether they apply. */
const referenceLines: Readonly<Record<AuditCategory, readonly [number, number]>> = {
  'primary-diagnosis': [0.9, 0.95], 'secondary-diagnosis': [0.8, 0.9], 'primary-procedure': [0.9, 0.95], 'secondary-procedure': [0.8, 0.9],
};

/** The board's key for a line, or null for a right one and for what its table does not name. */
function keyOf(line: Pick<AuditLine, 'category' | 'kind'>, { keys }: Pick<AuditTable, 'keys'>): AuditKey | null {
  return keys.find(({ category, kind }) => category === line.category && kind === line.kind) ?? null;
}

/** Does a line lower the score? A line that does not counts as right: the table says which do. */
function lowersScore(line: AuditLine, table: Pick<AuditTable, 'keys' | 'othersCount'>): boolean {
  return line.kind !== 'right' && (keyOf(line, table)?.counts ?? true) && (line.cause === 'coder' || table.othersCount);
}

export function countsOf(lines: readonly AuditLine[], table: Pick<AuditTable, 'keys' | 'othersCount'>): CategoryCounts {
  const counts = { right: 0, wrong: 0, omitted: 0, extra: 0 };
  for (const line of lines) {
    if (!lowersScore(line, table)) counts.right += 1;
    else if (line.first === null) counts.omitted += 1;
    else if (line.audited === null) counts.extra += 1;
    else counts.wrong += 1;
  }
  return counts;
}

/**
 * The four scores over all lines. A primary score is a share of the episodes that have the code or should have it; a secondary one of the codes of
 * the audited record, or of the first coder's codes and those left out, as the board's table says.
 */
export function scoresOf(lines: readonly AuditLine[], table: Pick<AuditTable, 'keys' | 'othersCount' | 'total'>): readonly CategoryScore[] {
  return auditCategories.map((category) => {
    const own = lines.filter((one) => one.category === category);
    const isPrimary = category.startsWith('primary');
    // Over the audited record a code too many is no code at all, whatever it counts for.
    const counted = isPrimary || table.total === 'first-and-omitted' ? own : own.filter(({ audited }) => audited !== null);
    const right = countsOf(counted, table).right;
    const range = wilson(right, counted.length);
    const edges = referenceLines[category];
    const meets = range && (range.share >= edges[1] ? 'upper' as const : range.share >= edges[0] ? 'lower' as const : 'under' as const);
    return { category, counts: countsOf(own, table), right, of: counted.length, range, lines: edges, meets, crosses: range ? edges.filter((one) => range.low < one && one <= range.high) : [] };
  });
}

/** How often each key stands in the lines, by cause: the largest first. */
export function keyCounts(lines: readonly AuditLine[], table: Pick<AuditTable, 'keys'>): readonly KeyCount[] {
  return table.keys.map((key) => {
    const own = lines.filter(({ category, kind }) => category === key.category && kind === key.kind);
    const of = (cause: AuditCause): number => own.filter((one) => one.cause === cause).length;
    return { key, causes: { coder: of('coder'), documentation: of('documentation'), system: of('system') }, all: own.length };
  }).filter(({ all }) => all > 0).sort((a, b) => b.all - a.all || (a.key.id < b.key.id ? -1 : 1));
}

/** Judged episodes by the way in which they were coded; lanes without any are left out. */
export function laneFigures(episodes: readonly Pick<AuditedEpisode, 'lane' | 'lines'>[]): readonly LaneFigures[] {
  return auditLanes.flatMap((lane) => {
    const own = episodes.filter((one) => one.lane === lane && one.lines !== null);
    if (own.length === 0) return [];
    const checked = own.flatMap(({ lines }) => lines ?? []).filter(({ first }) => first !== null);
    const falseAccepts = checked.filter(({ first, audited, kind }) => first !== audited && kind !== 'sequence').length;
    const overridden = own.filter(({ lines }) => lines?.some(({ category, kind }) => category === 'primary-diagnosis' && kind !== 'right')).length;
    return [{ lane, episodes: own.length, codes: checked.length, falseAccepts, range: wilson(falseAccepts, checked.length), overridden }];
  });
}
