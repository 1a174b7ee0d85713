import type { TableLine } from '../../lib/base/csv.js';
import type { Paper } from '../../lib/model/paper.js';

/** Papers as lines of a table, for CSV and Excel: what is figures stays figures. */
export function paperLines(papers: readonly Paper[]): readonly TableLine[] {
  return papers.flatMap(({ title, blocks }) => [[title], ...blocks.flatMap((block): TableLine[] => {
    switch (block.kind) {
      case 'heading': return [[], [block.text]];
      case 'text': return [[block.text]];
      case 'list': return block.items.map((item) => [item]);
      case 'field': return [[block.label, '']];
      case 'table': return [[], [block.caption], block.columns.map(({ text }) => text), ...block.rows.map((row) => [...row])];
      case 'chart': return [[], [block.title], [block.unit, ...block.series.map(({ name }) => name)], ...block.labels.map((label, at) => [label, ...block.series.map(({ values }) => values[at] ?? null)])];
    }
  }), []]);
}
