import type { CoverageGapKind } from '../model/snapshot.js';
import { allTextOf, assignedTo, attributeOf, boxOf, childNodesOf, firstChildOf, hasAttributes, insideOf, isEditable, isHtml, isElement, isShown, isText, matches, nextOf, queryAll, tagOf, textOf, valueOf, type OpenRoot } from './page-access.js';
import { isTextLayer, readTextLayer } from './text-layer.js';
import { createTextMap, plain, type TextMap, type TextRun } from './text-map.js';

/** Longest document text that is read, UTF-16 units; the rest is named in coverage. */
export const longestText = 2_000_000;

/** Between two blocks: a blank line, so that no phrase is read across them. A line break alone may stand inside a phrase. */
const blockBreak = '\n\n';

/** What one note region came to. */
export interface RegionText {
  readonly text: string;
  readonly blocks: readonly number[];
  readonly map: TextMap;
  /** What was not read, with how many of each. */
  readonly gaps: ReadonlyMap<CoverageGapKind, number>;
  /** Form fields in the region with what they hold, in order. */
  readonly fields: readonly { readonly place: Element; readonly text: string }[];
  /** Was any of it read from an editor? */
  readonly editable: boolean;
}

export interface ReadOptions {
  readonly excluded: (element: Element) => boolean;
  readonly entersShadow: (element: Element) => boolean;
  readonly openRoot: OpenRoot;
  /** Told of an element that the page has not yet made what it will be: its shadow root comes without a record of change. */
  readonly onUndefined?: (element: Element) => void;
  /** Longest text, UTF-16 units; `longestText` where it is not given. */
  readonly longest?: number;
}

const cells = new Set(['td', 'th', 'dt', 'dd']);
const cellRoles = /^(cell|gridcell|columnheader|rowheader)$/;
const silent = new Set(['script', 'style', 'noscript', 'template', 'head', 'title', 'meta', 'link', 'option', 'datalist', 'audio', 'video', 'source', 'track', 'svg', 'math', 'select', 'button']);
/** Elements of HTML that may have a shadow root (DOM Standard, valid shadow host name). */
const hosts = new Set(['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'main', 'nav', 'p', 'section', 'span']);
const breaks = /[\t\n\r\f]/;
const typed = /^(text|search|)$/;

/** What stops a frame or viewer from being read from here, or null when its own reader reads it. */
export function unreadable(element: Element): CoverageGapKind | null {
  const tag = tagOf(element);
  if (tag === 'embed' || tag === 'object') return 'plugin';
  if (/\.pdf([?#]|$)/i.test(attributeOf(element, 'src') ?? '')) return 'plugin';
  return insideOf(element) === null ? 'no-permission' : null;
}

/** Is this the drawing of a page whose words are in the text layer over it? A scan has a layer without words. */
function isBehindWords(canvas: Element): boolean {
  const page = canvas.closest('[data-page-number]');
  // A page that is not laid out yet is counted as not yet shown.
  return page !== null && ((isPdfPage(page) && attributeOf(page, 'data-loaded') === null) || queryAll(page, '.textLayer').some((layer) => isTextLayer(layer) && (allTextOf(layer) ?? '').trim() !== ''));
}

const isPdfPage = (element: Element): boolean => matches(element, '.pdfViewer .page');

/** Does the element show line breaks as they are written? */
function keepsBreaks(element: Element): boolean {
  const style = getComputedStyle(element);
  return /^(pre|pre-wrap|break-spaces)$/.test(style.whiteSpace) || style.whiteSpaceCollapse === 'preserve';
}

/** Reads what a region shows, in the order of the flat tree. Hidden and excluded parts are not read; what cannot be read is counted. */
export function readRegion(region: Element, options: ReadOptions): RegionText {
  const parts: string[] = [];
  const runs: TextRun[] = [];
  const blocks: number[] = [0];
  const gaps = new Map<CoverageGapKind, number>();
  const fields: { readonly place: Element; readonly text: string }[] = [];
  const longest = options.longest ?? longestText;
  let length = 0;
  let full = false;
  let editable = false;
  /** A break that is owed before the next words: nothing, a cell's tab or a block's line. */
  let owed: '' | '\t' | '\n' = '';
  const gap = (kind: CoverageGapKind, count = 1): void => { gaps.set(kind, (gaps.get(kind) ?? 0) + count); };
  const owe = (what: '\t' | '\n'): void => { if (owed !== '\n' && length > 0) owed = what; };

  const readNode = (node: Text, holder: Element | null): void => {
    const data = textOf(node);
    if (data === '' || full) return;
    // Asked only where it matters: a style costs more than all else that is read of an element.
    const pre = breaks.test(data) && holder !== null && keepsBreaks(holder);
    const shown = pre ? data.replace(/\r/g, ' ') : plain(data);
    if (!pre && (owed !== '' || length === 0) && shown.trim() === '') return;
    if (length + shown.length + blockBreak.length > longest) { full = true; gap('truncated'); return; }
    if (owed !== '') { const gone = owed === '\n' ? blockBreak : owed; parts.push(gone); length += gone.length; if (owed === '\n') blocks.push(length); owed = ''; }
    runs.push({ node, start: length, length: shown.length });
    parts.push(shown);
    if (pre) for (const blank of shown.matchAll(/\n[ \t]*\n\s*/g)) blocks.push(length + blank.index + blank[0].length);
    length += shown.length;
  };

  /** A page of a PDF: words in the order of their places, not of the elements. */
  const readLayer = (layer: Element): void => {
    owe('\n');
    for (const { node, before } of readTextLayer(layer)) {
      const words = plain(textOf(node));
      if (full) return;
      if (length + words.length + blockBreak.length > longest) { full = true; gap('truncated'); return; }
      const between = owed === '' || length === 0 ? before : owed === '\n' ? blockBreak : owed;
      owed = '';
      if (length > 0 && between !== '') { parts.push(between); length += between.length; if (between === blockBreak) blocks.push(length); }
      runs.push({ node, start: length, length: words.length, apart: true });
      parts.push(words);
      length += words.length;
    }
    owe('\n');
  };

  // Asking the browser for a closed root costs more than a look at a node, so elements that hold words of their own are not asked.
  const mayHost = (element: Element): boolean => tagOf(element).includes('-') || (hosts.has(tagOf(element)) && firstChildOf(element) === null) || options.entersShadow(element);

  const walkAll = (nodes: Iterable<Node>, holder: Element | null): void => { for (const node of nodes) { if (full) return; walk(node, holder); } };
  // From neighbour to neighbour: a list of children costs more than the children.
  const walkChildren = (parent: Node, holder: Element | null): void => { for (let node = firstChildOf(parent); node && !full; node = nextOf(node)) walk(node, holder); };

  const inside = (element: Element): void => {
    const root = isHtml(element) && mayHost(element) ? options.openRoot(element) : null;
    if (root === null && options.onUndefined && tagOf(element).includes('-') && !matches(element, ':defined')) options.onUndefined(element);
    walkChildren(root ?? element, element);
  };

  const walk = (node: Node, holder: Element | null): void => {
    if (isText(node)) { readNode(node, holder); return; }
    if (!isElement(node)) return;
    const tag = tagOf(node);
    if (silent.has(tag)) {
      if (tag === 'button' && attributeOf(node, 'aria-expanded') === 'false' && attributeOf(node, 'aria-controls') !== null && isShown(node) && !options.excluded(node)) gap('collapsed');
      return;
    }
    if (options.excluded(node)) return;
    if (tag === 'br') { if (length > 0) { if (owed !== '') owed = '\n'; else { const second = parts.at(-1) === '\n'; parts.push('\n'); length += 1; if (second) blocks.push(length); } } return; }
    if (tag === 'slot') { const given = assignedTo(node); if (given.length > 0) walkAll(given, holder); else walkChildren(node, holder); return; }
    const style = getComputedStyle(node);
    const { display } = style;
    // An element without a box of its own may still show its children.
    if (display === 'none' || (display !== 'contents' && !isShown(node))) return;
    switch (tag) {
      case 'canvas': if (boxOf(node).width > 100 && !isBehindWords(node)) gap('canvas'); return;
      case 'img': if (boxOf(node).width > 200) gap('image'); return;
      case 'embed': case 'object': case 'iframe': case 'frame': { const kind = unreadable(node); if (kind && boxOf(node).width > 20) gap(kind); return; }
      case 'textarea': fields.push({ place: node, text: valueOf(node) }); return;
      case 'input': if (typed.test(attributeOf(node, 'type') ?? '')) fields.push({ place: node, text: valueOf(node) }); return;
    }
    const plainElement = !hasAttributes(node);
    if (!plainElement) {
      if (attributeOf(node, 'aria-expanded') === 'false' && attributeOf(node, 'aria-controls') !== null) gap('collapsed');
      notYetShown(node);
    }
    // The one-pixel box that hides words from the eye and keeps them for a screen reader: a copy of what is shown elsewhere.
    if (style.position === 'absolute' && style.overflow !== 'visible') { const box = boxOf(node); if (box.width <= 1 || box.height <= 1) return; }
    if (!plainElement && style.contentVisibility === 'hidden') { gap('collapsed'); return; }
    if (!plainElement && isTextLayer(node)) { readLayer(node); return; }
    const role = plainElement ? null : attributeOf(node, 'role');
    const isCell = cells.has(tag) || (role !== null && cellRoles.test(role));
    const isBlock = !isCell && !display.startsWith('inline') && display !== 'contents';
    if (!editable && isEditable(node)) editable = true;
    if (isBlock) owe('\n'); else if (isCell) owe('\t');
    if (tag === 'details' && attributeOf(node, 'open') === null) {
      gap('collapsed');
      for (const child of childNodesOf(node)) if (isElement(child) && tagOf(child) === 'summary') { walk(child, node); break; }
    } else inside(node);
    if (isBlock || tag === 'dd') owe('\n'); else if (isCell) owe('\t');
  };

  const notYetShown = (element: Element): void => {
    // A page of pdf.js that has not been drawn yet, or no longer is.
    if (attributeOf(element, 'data-page-number') !== null && attributeOf(element, 'data-loaded') === null && isPdfPage(element)) { gap('not-yet-shown'); return; }
    const rows = Number(attributeOf(element, 'aria-rowcount') ?? 0);
    const items = rows > 0 ? 0 : Number(attributeOf(element, 'aria-setsize') ?? 0);
    if (rows > 0) { const present = queryAll(element, '[role=row],tr').filter(isShown).length; if (rows > present) gap('not-yet-shown', rows - present); }
    // Every item of a set tells its size; the last one that is drawn speaks for those that are not.
    if (items > 0) {
      const next = element.nextElementSibling;
      const place = Number(attributeOf(element, 'aria-posinset') ?? items);
      if (items > place && (!next || attributeOf(next, 'aria-setsize') === null)) gap('not-yet-shown', items - place);
    }
  };

  if (isShown(region) && !options.excluded(region)) {
    const tag = tagOf(region);
    if (tag === 'textarea' || tag === 'input') fields.push({ place: region, text: valueOf(region) });
    else if (tag === 'canvas') gap('canvas');
    else if (tag === 'embed' || tag === 'object') gap('plugin');
    else {
      editable = isEditable(region);
      notYetShown(region);
      const shut = tag === 'details' && attributeOf(region, 'open') === null;
      if (isTextLayer(region)) readLayer(region);
      else if (shut) { gap('collapsed'); for (const child of childNodesOf(region)) if (isElement(child) && tagOf(child) === 'summary') walk(child, region); }
      else inside(region);
    }
  }
  const text = parts.join('');
  return { text, blocks: text === '' ? [] : blocks.filter((at) => at < text.length), map: createTextMap(text, runs), gaps, fields, editable };
}
