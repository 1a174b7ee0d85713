import type { Locale } from './language.js';

/** A cell of a paper's table: words, a figure that has its decimals written already, or nothing. */
export type PaperCell = string | number | null;

/** A part of a paper, in the order in which it is read. */
export type PaperBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Left empty for a person: nothing of it is made up. */
  | { readonly kind: 'field'; readonly label: string }
  | { readonly kind: 'table'; readonly caption: string; readonly columns: readonly { readonly text: string; readonly right: boolean }[]; readonly rows: readonly (readonly PaperCell[])[] }
  /** A line chart with its words for who cannot see it; its figures stand in a table of the paper too. Null is a gap. */
  | { readonly kind: 'chart'; readonly title: string; readonly alternative: string; readonly labels: readonly string[]; readonly unit: string; readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[]; readonly look: 'points' | 'rings' | 'line' | 'dashed' | 'target' }[] };

/** The top of a chart's scale of shares: 100, or 20 or 50 where none is higher. */
export function scaleOf({ series }: Pick<Extract<PaperBlock, { readonly kind: 'chart' }>, 'series'>): 20 | 50 | 100 {
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return highest <= 20 ? 20 : highest <= 50 ? 50 : 100;
}

/** One paper in one language, as it is printed, saved and read out. */
export interface Paper {
  readonly locale: Locale;
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
}
