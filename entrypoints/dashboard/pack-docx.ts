import { AlignmentType, BorderStyle, Document, HeadingLevel, Packer, Paragraph, ShadingType, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType, type IRunOptions } from 'docx';
import { ChartRun, type ChartSeries } from 'docx/charts';
import type { LeadPageText } from '../../components/dashboard/lead-page-text.js';
import { createWords, type Words } from '../../components/words.js';
import type { RateChart } from '../../lib/model/quality.js';
import type { XmrLimits } from '../../lib/model/xmr.js';

type Texts = readonly [LeadPageText, ...LeadPageText[]];
type Cell = { readonly text: string; readonly locale: string };

/** Points of a twentieth, as Word counts: A4 with the margins of the printed page. */
const [pageWidth, pageHeight, sideMargin, topMargin] = [11906, 16838, 794, 680];
const inner = pageWidth - 2 * sideMargin;
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
const hairline = { style: BorderStyle.SINGLE, size: 4, color: 'C9CED4' } as const;

/**
 * The lead's page as a Word file: real headings, a table with a header row, Word's own chart with its figures inside and described in words, and the
 * language of every run, so that each is read out and spell-checked in its own. Loaded only when one is asked for.
 */
export function packDocx(texts: Texts, chart: RateChart | null): Promise<Blob> {
  return Packer.toBlob(packDocument(texts, chart));
}

/** The same before it is packed: its pages can be laid out. */
export function packDocument(texts: Texts, chart: RateChart | null): Document {
  const [first] = texts;
  const size = texts.length > 1 ? 17 : 19;
  const run = (text: string, locale: string, options: IRunOptions = {}): TextRun => new TextRun({ text, language: { value: locale }, size, font: 'Arial', ...options });
  const line = (cells: readonly Cell[], options: IRunOptions = {}): TextRun[] => cells.flatMap(({ text, locale }, at) => [...(at > 0 ? [run(' · ', first.locale, options)] : []), run(text, locale, options)]);
  const inEach = (of: (text: LeadPageText) => string): Cell[] => texts.map((text) => ({ text: of(text), locale: text.locale }));
  const paragraph = (runs: readonly TextRun[], options: ConstructorParameters<typeof Paragraph>[0] = {}): Paragraph => new Paragraph({ spacing: { after: 60 }, ...(typeof options === 'string' ? {} : options), children: runs });
  const cell = (children: readonly Paragraph[], width: number, options: Partial<ConstructorParameters<typeof TableCell>[0]> = {}): TableCell => new TableCell({ children: [...children], width: { size: width, type: WidthType.DXA }, margins: { top: 30, bottom: 30, left: 0, right: 100 }, ...options });

  /** One language: its paragraphs. Two: side by side, in a table that is for the eye only and is read in order. */
  const columns = (of: (text: LeadPageText) => readonly Paragraph[], shaded = false): (Paragraph | Table)[] => {
    const fill = shaded ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F1F3F6' } } : {};
    if (texts.length === 1 && !shaded) return [...of(first)];
    const width = Math.floor(inner / texts.length);
    return [new Table({ rows: [new TableRow({ cantSplit: true, children: texts.map((text) => cell(of(text), width, { ...fill, margins: { top: 60, bottom: 40, left: shaded ? 120 : 0, right: 160 } })) })], width: { size: inner, type: WidthType.DXA }, columnWidths: texts.map(() => width), layout: TableLayoutType.FIXED, borders: noBorders })];
  };
  const heading = (cells: readonly Cell[], level: (typeof HeadingLevel)[keyof typeof HeadingLevel], big: number): Paragraph => paragraph(line(cells, { bold: true, size: big, color: '15181C' }), { heading: level, spacing: { before: 140, after: 60 }, keepNext: true });

  const widths = texts.length > 1 ? [0.13, 0.28, 0.28, 0.09, 0.08, 0.14] : [0.16, 0.48, 0.1, 0.1, 0.16];
  const sized = widths.map((share) => Math.floor(share * inner));
  const row = (cells: readonly (readonly Cell[])[], header: boolean): TableRow => new TableRow({
    tableHeader: header, cantSplit: true,
    children: cells.map((one, at) => cell([paragraph(line(one, header ? { bold: true, color: '454C55', size: size - 2 } : at === 0 ? { bold: true } : {}), { spacing: { after: 0 }, alignment: at >= cells.length - 3 && at < cells.length - 1 ? AlignmentType.RIGHT : AlignmentType.LEFT })], sized[at] ?? 0, { borders: { top: none, left: none, right: none, bottom: hairline } })),
  });
  const plain = (text: string): readonly Cell[] => [{ text, locale: first.locale }];
  const terms = first.rows.length === 0 ? [] : [
    heading(inEach(({ terms: title }) => title), HeadingLevel.HEADING_2, size + 3),
    new Table({
      width: { size: inner, type: WidthType.DXA }, columnWidths: sized, layout: TableLayoutType.FIXED, borders: noBorders,
      rows: [
        row([inEach((text) => text.columns[0]), ...texts.map((text) => [{ text: text.columns[1], locale: text.locale }]), inEach((text) => text.columns[2]), inEach((text) => text.columns[3]), inEach((text) => text.columns[4])], true),
        ...first.rows.map((one, at) => row([plain(one.term), ...texts.map((text) => [{ text: text.rows[at]?.instead ?? '', locale: text.locale }]), plain(one.before), plain(one.now), inEach((text) => text.rows[at]?.changed ?? '')], false)),
      ],
    }),
  ];

  return new Document({
    title: `${first.specialty} · ${first.month}`, creator: 'Nodi', description: first.title, lastModifiedBy: 'Nodi',
    styles: { default: { document: { run: { font: 'Arial', size, language: { value: first.locale } } } } },
    sections: [{
      properties: { page: { size: { width: pageWidth, height: pageHeight }, margin: { top: topMargin, bottom: topMargin, left: sideMargin, right: sideMargin } } },
      children: [
        paragraph([run('Nodi  ', first.locale, { bold: true, size: 28 }), ...line(inEach((text) => `${text.specialty} · ${text.month} · ${text.team}`), { color: '454C55' })], { border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: '15181C', space: 3 } } }),
        ...columns((text) => [heading([{ text: text.title, locale: text.locale }], HeadingLevel.HEADING_1, texts.length > 1 ? 26 : 34), ...(text.thanks === '' ? [] : [paragraph([run(text.thanks, text.locale)])])]),
        ...(chart ? [paragraph([chartRun(chart, texts)], { spacing: { before: 60, after: 20 } })] : []),
        ...columns((text) => [paragraph([run(text.chart, text.locale, { color: '454C55', size: size - 2 })])]),
        ...terms,
        ...(first.examples.length === 0 ? [] : columns((text) => [
          heading([{ text: text.examplesTitle, locale: text.locale }], HeadingLevel.HEADING_2, size + 3),
          ...text.examples.map(({ written, better }) => paragraph([run(`“${written}”`, text.locale, { strike: true, color: '454C55' }), run(`“${better}”`, text.locale, { break: 1 })], { border: { left: { style: BorderStyle.SINGLE, size: 12, color: 'C9CED4', space: 6 } }, indent: { left: 120 } })),
        ])),
        ...columns((text) => [paragraph([run(text.ask, text.locale)])], true),
        // Paragraphs with one border are one box to Word: its line stands between them too.
        ...first.sign.map((_, at) => paragraph([...line(inEach(({ sign }) => sign[at] ?? '')), run(': ', first.locale)], { spacing: { before: at === 0 ? 260 : 160, after: 0 }, border: { bottom: signLine, between: signLine } })),
        ...columns((text) => [paragraph([run(text.foot, text.locale, { size: size - 3, color: '454C55' })], { spacing: { before: 120, after: 0 } })]),
      ],
    }],
  });
}

const signLine = { style: BorderStyle.SINGLE, size: 4, color: '454C55', space: 1 } as const;

/** Word's own line chart: the rates with their mean and limits, the same points as the page draws; what is a signal has a shape of its own, and its name in the key. */
function chartRun({ points, xmr }: RateChart, texts: Texts): ChartRun {
  const each = texts.map(({ locale }) => createWords(locale));
  const named = (key: Parameters<Words['say']>[0]): string => [...new Set(each.map(({ say }) => say(key)))].join(' · ');
  const limit = (of: (limits: XmrLimits) => number): (number | null)[] => points.map((_, at) => {
    const limits = xmr.phases.find(({ from, to }) => at >= from && at <= to)?.limits;
    return limits ? rounded(of(limits)) : null;
  });
  const plain = (name: string, values: (number | null)[], dash: 'solid' | 'dash'): ChartSeries => ({ name, values, color: '7D858F', line: { color: '7D858F', width: 1, dash }, markers: false });
  const signals = (['improvement', 'concern', 'neutral'] as const).flatMap((meaning): ChartSeries[] => {
    const values = xmr.readings.map(({ value, signal }) => (value !== null && signal?.meaning === meaning ? rounded(value) : null));
    if (values.every((value) => value === null)) return [];
    const [shape, color] = ({ improvement: ['diamond', '00B0F0'], concern: ['triangle', 'E46C0A'], neutral: ['square', '490092'] } as const)[meaning];
    return [{ name: named(`xmr.meaning.${meaning}`), values, color, line: { color: '40464E', width: 1.75 }, markers: { shape, size: 9 } }];
  });
  return new ChartRun({
    type: 'line', legend: { position: 'bottom', font: { size: 8 } }, emptyValues: 'gap',
    // In figures, alike in both languages: two names under each of twenty-four points leave no room for the points.
    categories: points.map(({ first }) => `${first.slice(5)}/${first.slice(0, 4)}`), categoryAxis: { labelRotation: -90, font: { size: 7 } },
    series: [
      { name: named('xmr.column.rate'), values: xmr.readings.map(({ value }) => (value === null ? null : rounded(value))), color: '40464E', line: { color: '40464E', width: 1.75 }, markers: { shape: 'circle', size: 5 } }, ...signals,
      plain(named('packs.chart.mean'), limit(({ mean }) => mean), 'solid'), plain(named('packs.chart.upper'), limit(({ upper }) => upper), 'dash'), plain(named('packs.chart.lower'), limit(({ lower }) => Math.max(0, lower)), 'dash'),
    ],
    valueAxis: { minimum: 0, font: { size: 8 } },
    transformation: { width: Math.round(inner / 15), height: 190 },
    altText: { name: 'XmR', title: texts[0].chart, description: texts.map(({ chart, title }) => `${chart}. ${title}`).join('. ') },
  });
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
