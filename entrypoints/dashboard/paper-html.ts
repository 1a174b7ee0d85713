import { scaleOf, type Paper, type PaperBlock } from '../../lib/model/paper.js';

const style = `body { margin: 0 auto; padding: 24px; max-width: 60rem; font: 16px/1.5 system-ui, sans-serif; color: #15181c; background: #fff; }
article + article { margin-top: 48px; border-top: 2px solid #15181c; padding-top: 24px; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.2rem; margin: 1.6em 0 .4em; } h3 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; margin: .8em 0; } caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid #c9ced4; vertical-align: top; } th { font-weight: 600; } .r { text-align: right; }
.field { border-bottom: 1px solid #454c55; min-height: 4em; margin: .8em 0 1.6em; } figure { margin: 1em 0; } svg { width: 100%; height: auto; } svg text { font: 13px system-ui, sans-serif; fill: currentColor; } svg path { fill: none; stroke: currentColor; stroke-width: 1.5; } svg .grid { opacity: .25; stroke-width: 1; } svg .target { stroke: #de1b1b; stroke-dasharray: 8 3 2 3; } svg .dashed { stroke-dasharray: 3 4; } svg .points { fill: #1f4fa8; } svg .rings { fill: none; stroke: #1f4fa8; stroke-width: 2; }
.scroll { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { background: #15181c; color: #f1f3f6; } th, td { border-color: #454c55; } .field { border-color: #c9ced4; } }
@media print { body { padding: 0; max-width: none; } article + article { break-before: page; border: 0; } table, figure { break-inside: avoid; } }`;

/** Papers as one page without a script that opens anywhere: headings, tables, charts with their words, and empty fields for a person. Nothing is fetched. */
export function paperHtml(papers: readonly [Paper, ...Paper[]]): string {
  const file = document.implementation.createHTMLDocument(papers[0].title);
  const make = (name: string, text = '', attributes: Readonly<Record<string, string>> = {}): HTMLElement => {
    const node = file.createElement(name);
    node.textContent = text;
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  file.documentElement.lang = papers[0].locale;
  file.head.prepend(make('meta', '', { charset: 'utf-8' }), make('meta', '', { name: 'viewport', content: 'width=device-width' }));
  file.head.append(make('style', style));
  const main = make('main');
  for (const { locale, title, blocks } of papers) {
    const article = make('article', '', { lang: locale });
    article.append(make(papers[0].locale === locale ? 'h1' : 'h2', title));
    for (const block of blocks) article.append(...nodesOf(block, make));
    main.append(article);
  }
  file.body.append(main);
  return `<!doctype html>\n${file.documentElement.outerHTML}`;
}

type Make = (name: string, text?: string, attributes?: Readonly<Record<string, string>>) => HTMLElement;

function nodesOf(block: PaperBlock, make: Make): readonly Element[] {
  switch (block.kind) {
    case 'heading': return [make(`h${block.level}`, block.text)];
    case 'text': return [make('p', block.text)];
    case 'list': { const list = make('ul'); list.append(...block.items.map((item) => make('li', item))); return [list]; }
    case 'field': return [make('h3', block.label), make('div', '', { class: 'field' })];
    case 'chart': { const figure = make('figure'); const caption = make('figcaption'); caption.append(make('b', block.title), ` ${block.alternative}`); figure.append(chartOf(block), caption); return [figure]; }
    case 'table': {
      const table = make('table');
      const [head, headRow, body] = [make('thead'), make('tr'), make('tbody')];
      headRow.append(...block.columns.map(({ text, right }) => make('th', text, { scope: 'col', ...(right ? { class: 'r' } : {}) })));
      head.append(headRow);
      body.append(...block.rows.map((row) => {
        const line = make('tr');
        line.append(...row.map((cell, at) => make(at === 0 ? 'th' : 'td', cell === null ? '–' : String(cell), at === 0 ? { scope: 'row' } : block.columns[at]?.right ? { class: 'r' } : {})));
        return line;
      }));
      table.append(make('caption', block.caption), head, body);
      const scroll = make('div', '', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': block.caption });
      scroll.append(table);
      return [scroll];
    }
  }
}

const [wide, high, from, to, top, floor] = [900, 320, 44, 560, 16, 280] as const;

/** A line chart of shares from 0 to 100, or to 20 or 50 where none is higher, drawn without a script; its figures stand in a table of the paper and in the words below it. */
function chartOf({ title, labels, series, unit }: Extract<PaperBlock, { readonly kind: 'chart' }>): SVGElement {
  const node = (name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.textContent = text;
    return made;
  };
  const x = (at: number): number => from + 24 + ((to - from - 48) * at) / Math.max(1, labels.length - 1);
  const most = scaleOf({ series });
  const y = (value: number): number => floor - ((floor - top) * value) / most;
  const svg = node('svg', { viewBox: `0 0 ${wide} ${high}`, role: 'img', 'aria-label': title });
  for (const value of [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => share * most)) svg.append(node('path', { class: 'grid', d: `M${from} ${y(value)}H${to}` }), node('text', { x: from - 6, y: y(value) + 4, 'text-anchor': 'end' }, `${Math.round(value)}${value === most ? unit : ''}`));
  const every = Math.ceil(labels.length / 8);
  labels.forEach((label, at) => { if (at % every === 0) svg.append(node('text', { x: x(at), y: floor + 20, 'text-anchor': 'middle' }, label)); });
  let beside = top + 4;
  for (const { name, values, look } of series) {
    const points = values.flatMap((value, at) => (value === null ? [] : [[x(at), y(value)] as const]));
    const isLine = look === 'line' || look === 'dashed' || look === 'target';
    if (isLine && points.length > 0) svg.append(node('path', { class: look, d: points.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`).join('') }));
    if (!isLine) for (const [px, py] of points) svg.append(node('circle', { class: look, cx: px, cy: py, r: 5 }));
    svg.append(isLine ? node('path', { class: look, d: `M${to + 12} ${beside - 4}h22` }) : node('circle', { class: look, cx: to + 23, cy: beside - 4, r: 5 }), node('text', { x: to + 42, y: beside }, name));
    beside += 22;
  }
  return svg;
}
