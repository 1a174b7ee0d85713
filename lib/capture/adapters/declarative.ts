import type { AdapterDefinition, FieldSelector, NoteSelector } from '../../model/adapter.js';
import type { DocumentKind } from '../../model/document.js';
import type { EprAdapter, LocatedNote } from '../../model/ports.js';
import { allTextOf, attributeOf, isShown, isWithin, matches, openRootOnly, queryPiercing, valueOf, type OpenRoot } from '../page-access.js';

/** Does a browser match pattern (`https://host/path*`) cover the address? Unreadable patterns cover nothing. */
export function matchesAddress(pattern: string, address: string): boolean {
  const parts = /^(\*|https?|file):\/\/([^/:]*)(?::(\d+|\*))?(\/.*)$/.exec(pattern);
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

/** Makes an adapter from its description. `openRoot` opens the shadow roots that a selector goes through. */
export function createDeclarativeAdapter(definition: AdapterDefinition, openRoot: OpenRoot = openRootOnly): EprAdapter<Document, Element> {
  const { banner, episode } = definition;
  const excluded = definition.exclude.join(',');
  const hosts = (definition.shadowHosts ?? []).join(',');
  // The last part of a selector that goes through shadow roots is what holds the words.
  const telling = [...banner.region, ...definition.notes.map((note) => note.region), ...Object.values(episode).flatMap((fields) => fields?.map((field) => field.selector) ?? [])]
    .map((selector) => selector.split('>>>').at(-1)?.trim()).join(',');
  const shown = (within: Document | Element, selector: string): readonly Element[] => queryPiercing(within, selector, openRoot).filter(isShown);

  /** The first shown value that a list of fields gives, trimmed; null when none does. */
  const read = (within: Document | Element, fields: readonly FieldSelector[] | undefined): string | null => {
    for (const field of fields ?? []) {
      for (const element of shown(within, field.selector)) {
        const value = field.from === 'text' ? allTextOf(element) : field.from === 'value' ? valueOf(element) : attributeOf(element, field.from.attribute);
        if (value?.trim()) return value.trim().replace(/\s+/g, ' ');
      }
    }
    return null;
  };

  return {
    id: definition.id,
    version: definition.version,
    matches: (address) => definition.matches.some((pattern) => matchesAddress(pattern, address)),
    who(page) {
      const banners = banner.region.map((selector) => shown(page, selector)).find((found) => found.length > 0) ?? [];
      return {
        banners: banners.map((place) => ({ identifier: read(place, banner.identifier), name: read(place, banner.name) })),
        inNotes: definition.notes.flatMap((note) => (note.identifier ? shown(page, note.region).flatMap((place) => read(place, note.identifier) ?? []) : [])),
      };
    },
    episode: (page) => ({
      number: read(page, episode.number), specialty: read(page, episode.specialty), consultant: read(page, episode.consultant),
      admitted: readDate(read(page, episode.admitted)), discharged: readDate(read(page, episode.discharged)), patientClass: read(page, episode.patientClass),
    }),
    notes(page) {
      const notes = definition.notes.flatMap((note) => shown(page, note.region).map((place, index): LocatedNote<Element> => ({
        place, id: (note.idAttribute && attributeOf(place, note.idAttribute)) || `${note.region}:${index}`,
        kind: kindOf(place, note.kind), title: read(place, note.title) ?? '', date: readDate(read(place, note.date)),
      })));
      // A region inside another is read once, as its own document.
      return notes.filter((note, index) => notes.findIndex((other) => other.place === note.place) === index);
    },
    concerns: (place) => isWithin(place, telling),
    excluded: (place) => excluded !== '' && matches(place, excluded),
    entersShadow: (place) => hosts !== '' && matches(place, hosts),
  };
}
