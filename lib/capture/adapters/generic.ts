import { unknownEpisode } from '../../model/episode.js';
import type { EprAdapter } from '../../model/ports.js';
import { allTextOf, isElement, isShown, matches, parentOf, textOf } from '../page-access.js';
import { nhsNumbersIn } from '../patient-identifier.js';

const notDocumentation = 'nav,[role=navigation],[role=menu],[role=menubar],[role=toolbar],[role=search]';
/** Longest text, UTF-16 units, of an element that is taken for the place of a number: longer ones are notes that mention one. */
const longestHolder = 200;
/** How far up a number's digits may be spread over elements. */
const spread = 3;

/** The shown elements that hold an NHS number, each innermost, with the number. */
function holders(page: Document): readonly (readonly [Element, string])[] {
  const found = new Map<Element, string>();
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!/\d{3}/.test(textOf(node))) continue;
    let place = parentOf(node);
    for (let up = 0; up < spread && place && isElement(place); up += 1, place = parentOf(place)) {
      const text = allTextOf(place) ?? '';
      if (text.length >= longestHolder) break;
      const numbers = nhsNumbersIn(text);
      if (numbers.length === 0) continue;
      if (isShown(place)) found.set(place, numbers.join(' '));
      break;
    }
  }
  return [...found];
}

/**
 * Reads a whole page that nobody has described; used only when the user asks for it.
 * The patient is known only when exactly one place shows a valid NHS number, and only one; otherwise nobody is.
 */
export const genericAdapter: EprAdapter<Document, Element> = {
  id: 'generic',
  version: 1,
  matches: () => true,
  who(page) {
    if (!page.body) return { banners: [], inNotes: [] };
    const places = holders(page);
    const [only] = places;
    return { banners: places.map(() => ({ identifier: places.length === 1 && only && !only[1].includes(' ') ? only[1] : null, name: null })), inNotes: [] };
  },
  episode: () => unknownEpisode,
  notes: (page) => (page.body ? [{ place: page.body as Element, id: 'page', kind: 'other', title: '', date: null, author: null, episode: null, rows: null }] : []),
  described: [],
  isTooWide: () => false,
  concerns: () => true,
  readsFields: () => false,
  excluded: (element) => matches(element, notDocumentation),
  entersShadow: () => false,
};
