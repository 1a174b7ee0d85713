import { episodeParts, type AdapterDefinition, type FieldSelector, type NoteSelector } from '../../model/adapter.js';
import type { DocumentKind } from '../../model/document.js';
import type { EprAdapter, LocatedNote } from '../../model/ports.js';
import { allTextOf, attributeOf, documentOf, isEditable, isShown, isWithin, kindOf as kindOfNode, matches, openRootOnly, queryAll, queryPiercing, tagOf, valueOf, type OpenRoot } from '../page-access.js';
import { besideLabel } from '../labelled.js';

/** Does a browser match pattern (`https://host/path*`) cover the address? Unreadable patterns cover nothing. */
export function matchesAddress(pattern: string, address: string): boolean {
  const parts = /^(\*|https?|file|chrome-extension|moz-extension):\/\/([^/:]*)(?::(\d+|\*))?(\/.*)$/.exec(pattern);
  if (!parts) return false;
  let url: URL;
  try { url = new URL(address); } catch { return false; }
  const [, scheme = '', host = '', port = '*', path = ''] = parts;
  if (scheme === '*' ? !/^https?:$/.test(url.protocol) : url.protocol !== `${scheme}:`) return false;
  if (host !== '*' && url.hostname !== host && !(host.startsWith('*.') && (url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1))))) return false;
  if (port !== '*' && url.port !== port) return false;
  return new RegExp(`^${path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(url.pathname + url.search);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const welshMonths: Readonly<Record<string, number>> = { ion: 1, chw: 2, maw: 3, ebr: 4, mai: 5, meh: 6, gor: 7, awst: 8, med: 9, hyd: 10, tach: 11, rhag: 12 };

/** A shown date as YYYY-MM-DD: ISO, `12/11/2026` (day first, as in the UK), `12-Nov-2026`, `12 Tachwedd 2026`. Null rather than a guess. */
export function readDate(shown: string | null): string | null {
  if (!shown) return null;
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(shown);
  if (iso) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const parts = /\b(\d{1,2})[\s/.-]([\p{L}]{3,9}|\d{1,2})[\s/.-](\d{4})\b/u.exec(shown);
  if (!parts) return null;
  const word = (parts[2] ?? '').toLowerCase();
  const month = /^\d/.test(word) ? Number(word)
    : months.indexOf(word.slice(0, 3)) + 1 || welshMonths[word.slice(0, 4)] || welshMonths[word.slice(0, 3)] || 0;
  const day = Number(parts[1]);
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return `${parts[3]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function kindOf(element: Element, kind: NoteSelector['kind']): DocumentKind {
  if (typeof kind === 'string') return kind;
  return kind.values[attributeOf(element, kind.attribute) ?? ''] ?? 'other';
}

/** Is this region the banner or does it hold it: the page, not a note? */
const holds = (place: Element, others: readonly Element[]): boolean => others.some((other) => place === other || place.contains(other));

/** Makes an adapter from its description. `openRoot` opens the shadow roots that a selector goes through. */
export function createDeclarativeAdapter(definition: AdapterDefinition, openRoot: OpenRoot = openRootOnly): EprAdapter<Document, Element> {
  const { banner, episode } = definition;
  const excluded = definition.exclude.join(',');
  const hosts = (definition.shadowHosts ?? []).join(',');
  const episodeFields = Object.values(episode).flatMap((fields) => fields ?? []);
  const noteFields = definition.notes.flatMap((note) => [note.title, note.date, note.author, note.episode, note.identifier].flatMap((fields) => fields ?? []));
  // The last part of a selector that goes through shadow roots is what holds the words. What stands beside a label may be anywhere.
  const telling = [...banner.region, ...definition.notes.map((note) => note.region), ...[...episodeFields, ...noteFields.filter((field) => 'place' in field)].flatMap((field) => ('selector' in field ? [field.selector] : []))]
    .map((selector) => selector.split('>>>').at(-1)?.trim()).join(',');
  const labelled = episodeFields.some((field) => 'label' in field);
  const anyLabel = labelled || banner.identifier.some((field) => 'label' in field);
  const valued = [...banner.identifier, ...episodeFields].some((field) => 'from' in field && field.from === 'value');
  const shown = (within: Document | Element, selector: string): readonly Element[] => queryPiercing(within, selector, openRoot).filter(isShown);

  const wordsIn = (element: Element, from: 'text' | 'value' | { readonly attribute: string }): string | null => {
    const words = from === 'text' ? allTextOf(element) : from === 'value' ? valueOf(element) : attributeOf(element, from.attribute);
    return words?.trim() ? words.trim().replace(/\s+/g, ' ') : null;
  };

  /** The first shown value that a list of fields gives, trimmed; null when none does. */
  const read = (within: Document | Element, fields: readonly FieldSelector[] | undefined): string | null => {
    for (const field of fields ?? []) {
      if ('label' in field) {
        const words = besideLabel(within, field.label);
        if (words) return words.replace(/\s+/g, ' ');
        continue;
      }
      const before = field.place === 'before' && kindOfNode(within) === 1;
      const found = before ? shown(documentOf(within) as Document, field.selector).filter((one) => stands(one, within as Element)).toReversed() : shown(within, field.selector);
      const self = !before && kindOfNode(within) === 1 && matches(within as Element, field.selector) ? [within as Element] : [];
      for (const element of [...self, ...found]) {
        const words = wordsIn(element, field.from);
        if (words) return words;
      }
    }
    return null;
  };

  const banners = (page: Document): readonly Element[] => banner.region.map((selector) => shown(page, selector)).find((found) => found.length > 0) ?? [];

  const places = (page: Document): readonly { readonly place: Element; readonly note: NoteSelector; readonly index: number }[] => {
    const found = definition.notes.flatMap((note) => shown(page, note.region).map((place, index) => ({ place, note, index })));
    const own = banners(page);
    // A region about the banner is the page and not a note: read so, everything on it would be documentation.
    // A region inside another is read once, as its own document.
    return found.filter(({ place }, index) => found.findIndex((other) => other.place === place) === index && (isEditorBody(place) || (!holds(place, own) && !/^(html|body)$/.test(tagOf(place)))));
  };

  return {
    id: definition.id,
    version: definition.version,
    matches: (address) => definition.matches.some((pattern) => matchesAddress(pattern, address)),
    who(page) {
      return {
        banners: banners(page).map((place) => ({ identifier: read(place, banner.identifier), name: read(place, banner.name) })),
        inNotes: definition.notes.flatMap((note) => (note.identifier ? shown(page, note.region).flatMap((place) => read(place, note.identifier) ?? []) : [])),
      };
    },
    episode: (page) => ({
      number: read(page, episode.number), specialty: read(page, episode.specialty), consultant: read(page, episode.consultant),
      admitted: readDate(read(page, episode.admitted)), discharged: readDate(read(page, episode.discharged)), patientClass: read(page, episode.patientClass),
    }),
    notes: (page) => places(page).map(({ place, note, index }): LocatedNote<Element> => ({
      place, id: (note.idAttribute && attributeOf(place, note.idAttribute)) || `${note.region}:${index}`,
      kind: kindOf(place, note.kind), title: read(place, note.title) ?? '', date: readDate(read(place, note.date)),
      author: read(place, note.author), episode: read(place, note.episode), rows: note.rows ?? null,
    })),
    described: [
      'banner', 'identifier', ...(banner.name.length > 0 ? ['name' as const] : []), ...episodeParts.filter((part) => episode[part]?.length), 'notes',
      ...(['title', 'date', 'author', 'episode'] as const).filter((part) => definition.notes.some((note) => note[part]?.length)),
    ],
    isTooWide: (page) => definition.notes.some((note) => shown(page, note.region).length > 0) && places(page).length === 0,
    concerns: (place) => labelled || isWithin(place, telling),
    // What stands beside a label may be in a field, if the page has any.
    readsFields: (page) => valued || (anyLabel && queryAll(page, 'input,textarea,select,output').length > 0),
    excluded: (place) => excluded !== '' && matches(place, excluded),
    entersShadow: (place) => hosts !== '' && matches(place, hosts),
  };
}

/** The body of an editor's own frame is its text; the body of any other page is the page. */
const isEditorBody = (place: Element): boolean => tagOf(place) === 'body' && isEditable(place);

/** Does an element stand before a note in the page, and not about it? */
function stands(element: Element, note: Element): boolean {
  const order = note.compareDocumentPosition(element);
  return (order & 2) !== 0 && (order & 8) === 0;
}
