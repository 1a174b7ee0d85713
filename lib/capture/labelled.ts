import { allTextOf, attributeOf, firstChildOf, isElement, isShown, isText, nextOf, parentOf, queryAll, tagOf, textOf, valueOf } from './page-access.js';

/** Elements in which forms and tables put the words of a label. */
const holders = 'dt,th,td,label,legend,b,strong,em,span,div,p,h1,h2,h3,h4,h5,h6,[role=rowheader],[role=columnheader],[role=cell],[role=gridcell]';
const fieldsOf = 'input,textarea,select,output';
/** Longest words of a label, UTF-16 units. */
const longestLabel = 80;

/** The words of a label as they are compared: no case, no colon, one space. */
export function plainLabel(words: string): string {
  return words.replace(/[\s:\u00a0]+/g, ' ').trim().toLocaleLowerCase('en-GB').slice(0, longestLabel + 1);
}

const isField = (element: Element): boolean => /^(input|textarea|select|output)$/.test(tagOf(element));

/** What a place says: what its field holds, or its words. */
function wordsOf(place: Element): string {
  if (isField(place)) return valueOf(place) || (allTextOf(place) ?? '');
  const [field] = queryAll(place, fieldsOf).filter(isShown);
  return (allTextOf(place) ?? '').trim() === '' && field ? valueOf(field) : allTextOf(place) ?? '';
}

function nextElement(element: Element): Element | null {
  for (let node = nextOf(element); node; node = nextOf(node as ChildNode)) if (isElement(node)) return node;
  return null;
}

/** The cells of a row, or of whatever stands for one. */
function cellsOf(row: Node): readonly Element[] {
  const cells: Element[] = [];
  for (let node = firstChildOf(row); node; node = nextOf(node)) if (isElement(node)) cells.push(node);
  return cells;
}

/** The place of the value that a label names, where the page's own structure says so; null rather than a guess. */
function placeBeside(label: Element): Element | null {
  const tag = tagOf(label);
  if (tag === 'label') {
    const { control } = label as HTMLLabelElement;
    if (control) return control;
  }
  const id = attributeOf(label, 'id');
  const page = label.ownerDocument;
  if (id) { const [named] = queryAll(page, `[aria-labelledby~="${CSS.escape(id)}"]`); if (named) return named; }
  const row = parentOf(label);
  if ((tag === 'th' || tag === 'td' || /^(rowheader|columnheader|cell|gridcell)$/.test(attributeOf(label, 'role') ?? '')) && row && isElement(row)) {
    const cells = cellsOf(row);
    const place = cells.indexOf(label);
    // A row of headings names the cells below it; else the value is the next cell of the row.
    const heads = cells.length > 1 && cells.every((cell) => tagOf(cell) === 'th' || attributeOf(cell, 'role') === 'columnheader');
    if (!heads) return cells[place + 1] ?? null;
    const group = parentOf(row);
    const below = nextElement(row) ?? (group && isElement(group) ? nextElement(group) : null);
    if (!below) return null;
    return cellsOf(/^(tbody|tfoot|thead)$/.test(tagOf(below)) ? firstRow(below) ?? below : below)[place] ?? null;
  }
  const beside = nextElement(label);
  if (beside) return beside;
  // A label that is alone in a box of its own: its value is in the box beside it.
  if (row && isElement(row) && cellsOf(row).length === 1) return nextElement(row);
  return null;
}

const firstRow = (group: Element): Element | null => queryAll(group, 'tr')[0] ?? null;

/** The value inside one element after its label: `Consultant: Dr Jones` as one run of words. */
function within(element: Element, labels: ReadonlySet<string>): string | null {
  // A box about several things would give the rest of them as the value.
  const boxes = cellsOf(element);
  const { lastChild } = element;
  if (boxes.length > 1 || (boxes.length === 1 && !(lastChild && isText(lastChild)))) return null;
  const words = (allTextOf(element) ?? '').trim();
  const colon = words.indexOf(':');
  if (colon < 1 || colon > longestLabel || words.length > colon + 200) return null;
  return labels.has(plainLabel(words.slice(0, colon))) ? words.slice(colon + 1).trim() || null : null;
}

/** The label elements of a scope and the value beside each; only those whose value says something. */
export function besideLabel(scope: Document | Element, given: readonly string[]): string | null {
  const labels = new Set(given.map(plainLabel));
  for (const field of queryAll(scope, '[aria-label]')) {
    if (isField(field) && labels.has(plainLabel(attributeOf(field, 'aria-label') ?? '')) && isShown(field) && wordsOf(field).trim()) return wordsOf(field).trim();
  }
  for (const label of [...(isElement(scope) ? [scope] : []), ...queryAll(scope, holders)]) {
    const first = firstChildOf(label);
    // The words of a label are the element's own: a box about many things is none.
    if (!first || (!isText(first) && (allTextOf(label) ?? '').length > longestLabel)) continue;
    const own = isText(first) ? textOf(first) : allTextOf(label) ?? '';
    if (own.length > 300) continue;
    // A box about a label and its field is neither.
    if (tagOf(label) !== 'label' && queryAll(label, `label,${fieldsOf}`).length > 0) continue;
    if (labels.has(plainLabel(allTextOf(label) ?? ''))) {
      const place = placeBeside(label);
      if (place && isShown(label) && isShown(place) && wordsOf(place).trim()) return wordsOf(place).trim();
    } else if (own.includes(':') || first !== label.lastChild) {
      const value = labels.has(plainLabel(own)) ? (allTextOf(label) ?? '').slice(own.length).trim() || null : within(label, labels);
      if (value && isShown(label)) return value;
    }
  }
  return null;
}

/** The words of the label that names a value, where the page's structure says so; null where it has none. Figures are no label. */
export function labelOf(value: Element): string | null {
  const asLabel = (words: string | null | undefined): string | null => { const plain = (words ?? '').replace(/[\s:\u00a0]+/g, ' ').trim(); return plain !== '' && plain.length <= 40 && !/\d{2,}/.test(plain) ? plain : null; };
  const { labels } = value as HTMLInputElement;
  if (isField(value)) return asLabel(attributeOf(value, 'aria-label')) ?? asLabel(labels?.[0] ? allTextOf(labels[0]) : null);
  const row = parentOf(value);
  if (!row || !isElement(row)) return null;
  const cells = cellsOf(row);
  const place = cells.indexOf(value);
  const before = cells[place - 1];
  if (before) return asLabel(allTextOf(before));
  const about = parentOf(row);
  if (cells.length === 1 && about && isElement(about)) { const boxes = cellsOf(about); const left = boxes[boxes.indexOf(row) - 1]; if (left) return asLabel(allTextOf(left)); }
  return null;
}
