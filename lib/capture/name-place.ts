import type { AdapterDefinition, PickedPart, PickedPlace } from '../model/adapter.js';
import { allTextOf, attributeOf, isElement, isShown, parentOf, queryAll, tagOf, valueOf } from './page-access.js';
import { besideLabel, labelOf } from './labelled.js';

/** Attributes that a page's makers give for good, before those of its look. */
const lasting = ['data-testid', 'data-test', 'data-qa', 'data-region', 'data-part', 'data-field', 'data-role', 'data-name', 'aria-label', 'name', 'role', 'summary'];
/** Longest words that are shown of what would be read, UTF-16 units. */
const longestWords = 120;

/** Does a name look made by a machine: a hash, a counter, a build's own? Such names change with every release. */
export function isMadeByMachine(name: string): boolean {
  return /\d{3,}|^(css|sc|jss|v|_|ng|svelte|emotion|o|ember)-?[a-z0-9]{3,}$|[a-z]\d+[a-z]|__[a-z0-9]{5,}|^[a-z0-9]*\d[a-z0-9]*$/i.test(name) && !/^h[1-6]$/.test(name);
}

const quote = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** Simple selectors of one element by what lasts, the best first. */
function anchorsOf(element: Element): readonly string[] {
  const tag = tagOf(element);
  const found: string[] = [];
  const id = attributeOf(element, 'id');
  if (id && !isMadeByMachine(id)) found.push(`#${CSS.escape(id)}`);
  for (const name of lasting) {
    const value = attributeOf(element, name);
    // A value that holds figures may be the patient's or the record's own.
    if (value && value.length < 60 && !/\d{2,}/.test(value)) found.push(name === 'role' || name === 'name' ? `${tag}[${name}=${quote(value)}]` : `[${name}=${quote(value)}]`);
  }
  for (const attribute of element.attributes) if (attribute.name.startsWith('data-') && !lasting.includes(attribute.name)) found.push(`${tag}[${attribute.name}]`);
  for (const name of (attributeOf(element, 'class') ?? '').split(/\s+/)) if (name !== '' && name.length < 40 && !isMadeByMachine(name)) found.push(`${tag}.${CSS.escape(name)}`);
  if (!/^(div|span|p|td|tr|li|b|i)$/.test(tag)) found.push(tag);
  return found;
}

/** A selector for exactly this element below `scope`: an anchor of its own, else one of an element about it and the way from there. Null when only places in the page's structure would tell it. */
function selectorOfOne(element: Element, scope: Document | Element): { readonly selector: string; readonly stable: boolean } {
  for (const anchor of anchorsOf(element)) if (queryAll(scope, anchor).length === 1) return { selector: anchor, stable: true };
  const way: string[] = [];
  for (let at: Element = element, up = 0; up < 12; up += 1) {
    const parent = parentOf(at);
    const tag = tagOf(at);
    const alike = parent && isElement(parent) ? [...parent.children].filter((one) => tagOf(one) === tag) : [at];
    way.unshift(alike.length > 1 ? `${tag}:nth-of-type(${alike.indexOf(at) + 1})` : tag);
    if (!parent || !isElement(parent)) return { selector: way.join(' > '), stable: false };
    if (parent === scope) return { selector: `:scope > ${way.join(' > ')}`, stable: false };
    for (const anchor of anchorsOf(parent)) if (queryAll(scope, anchor).length === 1) return { selector: `${anchor} > ${way.join(' > ')}`, stable: way.length <= 2 };
    at = parent;
  }
  return { selector: way.join(' > '), stable: false };
}

/** A selector for this element and all that are alike: one note stands for every note. */
function selectorOfKind(element: Element, page: Document): { readonly selector: string; readonly stable: boolean } {
  const anchors = anchorsOf(element).filter((anchor) => !anchor.startsWith('#'));
  const [best] = anchors;
  if (best) return { selector: best, stable: true };
  const id = attributeOf(element, 'id');
  if (id && !isMadeByMachine(id)) return { selector: `#${CSS.escape(id)}`, stable: true };
  const parent = parentOf(element);
  if (parent && isElement(parent)) for (const anchor of anchorsOf(parent)) if (queryAll(page, anchor).length === 1) return { selector: `${anchor} > ${tagOf(element)}`, stable: true };
  return selectorOfOne(element, page);
}

const isField = (element: Element): boolean => /^(input|textarea|select)$/.test(tagOf(element));
const short = (words: string | null): string => { const plain = (words ?? '').replace(/\s+/g, ' ').trim(); return plain.length > longestWords ? `${plain.slice(0, longestWords - 1)}…` : plain; };

/** How an element that was pointed at would be found again as this part of a description, and what would be read from it now. */
export function namePlace(element: Element, part: PickedPart, draft: Pick<AdapterDefinition, 'banner' | 'notes'>): PickedPlace {
  const page = element.ownerDocument;
  const banner = draft.banner.region.flatMap((selector) => queryAll(page, selector)).find(isShown) ?? null;
  const from = isField(element) ? 'value' as const : 'text' as const;
  const words = short(from === 'value' ? valueOf(element) : allTextOf(element));
  const place = (selector: string, count: number, fault: PickedPlace['fault'], before = false): PickedPlace => ({ field: { selector, from, ...(before ? { place: 'before' as const } : {}) }, words, count, fault });
  const wide = element === page.documentElement || (element === page.body && page.defaultView === page.defaultView?.top);
  if (wide) return place(tagOf(element), 1, 'whole-page');
  if (part === 'notes' || part === 'exclude') {
    const { selector, stable } = selectorOfKind(element, page);
    const found = queryAll(page, selector).filter(isShown);
    const fault = part === 'notes' && banner && found.some((one) => one === banner || one.contains(banner)) ? 'holds-banner' : words === '' && part === 'notes' ? 'nothing' : stable ? null : 'unstable';
    return place(selector, found.length, fault);
  }
  if (part === 'banner') {
    const { selector, stable } = selectorOfOne(element, page);
    return place(selector, queryAll(page, selector).length, stable ? null : 'unstable');
  }
  if (words === '') return place(selectorOfOne(element, page).selector, 1, 'nothing');
  if (part === 'title' || part === 'date' || part === 'author') {
    const note = draft.notes.flatMap((one) => queryAll(page, one.region)).find((one) => one.contains(element));
    const { selector, stable } = note ? selectorOfOne(element, note) : selectorOfKind(element, page);
    return place(selector, queryAll(note ?? page, selector).length, stable ? null : 'unstable', !note);
  }
  const inBanner = part === 'identifier' || part === 'name';
  if (inBanner && (!banner || !banner.contains(element))) return place(selectorOfOne(element, page).selector, 1, 'outside-banner');
  const scope = inBanner && banner ? banner : page;
  // The words of a label outlive a change of style; they are taken when they lead to this very value.
  const label = labelOf(element);
  if (label !== null && besideLabel(scope, [label])?.replace(/\s+/g, ' ') === (from === 'value' ? valueOf(element) : allTextOf(element) ?? '').replace(/\s+/g, ' ').trim()) return { field: { label: [label] }, words, count: 1, fault: null };
  const { selector, stable } = selectorOfOne(element, scope);
  return place(selector, queryAll(scope, selector).length, stable ? null : 'unstable');
}
