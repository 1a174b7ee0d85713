import { AlignmentType, BorderStyle, Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType, type IRunOptions } from 'docx';
import { ChartRun } from 'docx/charts';
import { scaleOf, type Paper, type PaperBlock } from '../../lib/model/paper.js';

/** Twentieths of a point, as Word counts: A4 with margins of 2 cm. */
const [pageWidth, pageHeight, margin] = [11906, 16838, 1134];
const inner = pageWidth - 2 * margin;
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const hairline = { style: BorderStyle.SINGLE, size: 4, color: 'C9CED4' } as const;

/** Twentieths of a point that a letter of a bold heading takes, with room to spare. */
const letter = 122;

/** Widths of a table's columns in twentieths of a point: by what they hold, so that no word is broken and no column of words starves beside figures. */
function widthsOf({ columns, rows }: Extract<PaperBlock, { readonly kind: 'table' }>): readonly number[] {
  const held = columns.map(({ text }, at) => {
    const cells = [text, ...rows.map((row) => String(row[at] ?? '–'))];
    const word = Math.max(...cells.flatMap((cell) => cell.split(/\s+/).map((one) => one.length)));
    return { least: word * letter + 110, more: Math.max(1, Math.min(60, Math.max(...cells.map((cell) => cell.length))) - word) };
  });
  const [least, more] = [held.reduce((sum, one) => sum + one.least, 0), held.reduce((sum, one) => sum + one.more, 0)];
  // Where not even the words have room each column gives way alike.
  return held.map((one) => Math.floor(least >= inner ? (inner * one.least) / least : one.least + ((inner - least) * one.more) / more));
}

/** Papers as one Word file: real headings, tables with a header row, Word's own charts with their figures inside and described in words, and the language of every run. Each paper begins on its own page. */
export function paperDocx(papers: readonly [Paper, ...Paper[]]): Promise<Blob> {
  const [first] = papers;
  return Packer.toBlob(new Document({
    title: first.title, creator: 'Nodi', description: first.title, lastModifiedBy: 'Nodi',
    styles: { default: { document: { run: { font: 'Arial', size: 21, language: { value: first.locale } } } } },
    sections: papers.map(({ locale, title, blocks }) => ({
      properties: { page: { size: { width: pageWidth, height: pageHeight }, margin: { top: margin, bottom: margin, left: margin, right: margin } } },
      children: [new Paragraph({ heading: HeadingLevel.HEADING_1, spacing: { after: 160 }, children: [run(title, locale, { bold: true, size: 34, color: '15181C' })] }), ...blocks.flatMap((block) => partsOf(block, locale))],
    })),
  }));
}

const writingLine = { style: BorderStyle.SINGLE, size: 4, color: '454C55', space: 1 } as const;

const run = (text: string, locale: string, options: IRunOptions = {}): TextRun => new TextRun({ text, language: { value: locale }, font: 'Arial', size: 21, ...options });

function partsOf(block: PaperBlock, locale: string): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading': return [new Paragraph({ heading: block.level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3, keepNext: true, spacing: { before: 280, after: 100 }, children: [run(block.text, locale, { bold: true, size: block.level === 2 ? 25 : 22, color: '15181C' })] })];
    case 'text': return [new Paragraph({ spacing: { after: 120 }, children: [run(block.text, locale)] })];
    case 'list': return block.items.map((item) => new Paragraph({ bullet: { level: 0 }, spacing: { after: 40 }, children: [run(item, locale)] }));
    case 'field': return [
      new Paragraph({ keepNext: true, spacing: { before: 160, after: 60 }, children: [run(block.label, locale, { bold: true })] }),
      // Paragraphs with one border are one box to Word: its line stands between them too.
      ...[0, 1].map(() => new Paragraph({ spacing: { after: 240 }, border: { bottom: writingLine, between: writingLine }, children: [] })),
    ];
    case 'table': {
      const widths = widthsOf(block);
      const row = (cells: readonly string[], header: boolean): TableRow => new TableRow({
        tableHeader: header, cantSplit: true,
        children: cells.map((text, at) => new TableCell({
          width: { size: widths[at] ?? 0, type: WidthType.DXA }, margins: { top: 40, bottom: 40, left: 0, right: 100 }, borders: { top: none, left: none, right: none, bottom: hairline },
          children: [new Paragraph({ alignment: block.columns[at]?.right ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [run(text, locale, header || at === 0 ? { bold: true } : {})] })],
        })),
      });
      return [
        new Paragraph({ keepNext: true, spacing: { before: 160, after: 60 }, children: [run(block.caption, locale, { color: '454C55', size: 19 })] }),
        new Table({ width: { size: inner, type: WidthType.DXA }, columnWidths: [...widths], layout: TableLayoutType.FIXED, rows: [row(block.columns.map(({ text }) => text), true), ...block.rows.map((cells) => row(cells.map((cell) => (cell === null ? '–' : String(cell))), false))] }),
      ];
    }
    case 'chart': return [new Paragraph({ spacing: { before: 120, after: 40 }, children: [new ChartRun({
      type: 'line', legend: { position: 'bottom' }, valueAxis: { minimum: 0, maximum: scaleOf(block), interval: scaleOf(block) / 5, numberFormat: '0"%"' }, emptyValues: 'gap', categories: [...block.labels],
      series: block.series.map(({ name, values, look }) => ({
        name, values: [...values],
        ...({
          points: { color: '1F4FA8', line: { color: '1F4FA8', width: 0.25 }, markers: { shape: 'circle', size: 8 } }, rings: { color: '6E8FC9', line: { color: '6E8FC9', width: 0.25 }, markers: { shape: 'diamond', size: 8 } },
          line: { color: '40464E', line: { color: '40464E', width: 1.75 }, markers: { shape: 'square', size: 5 } }, dashed: { color: '7D858F', line: { color: '7D858F', width: 1.25, dash: 'dash' }, markers: { shape: 'square', size: 4 } },
          target: { color: 'DE1B1B', line: { color: 'DE1B1B', width: 1.5, dash: 'dash' }, markers: false },
        } as const)[look],
      })),
      transformation: { width: 600, height: 280 }, altText: { name: block.title, title: block.title, description: block.alternative },
    })] }), new Paragraph({ spacing: { after: 120 }, children: [run(`${block.title} `, locale, { bold: true, color: '454C55', size: 19 }), run(block.alternative, locale, { color: '454C55', size: 19 })] })];
  }
}
