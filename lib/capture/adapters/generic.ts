import { unknownEpisode } from '../../model/episode.js';
import type { EprAdapter } from '../../model/ports.js';
import { allTextOf, isShown, matches, queryAll } from '../page-access.js';
import { nhsNumbersIn } from '../patient-identifier.js';

const notDocumentation = 'nav,[role=navigation],[role=menu],[role=menubar],[role=toolbar],[role=search]';

/**
 * Reads a whole page that nobody has described; used only when the user asks for it.
 * The patient is known only when exactly one valid NHS number is in view, once; otherwise nobody is.
 */
export const genericAdapter: EprAdapter<Document, Element> = {
  id: 'generic',
  version: 1,
  matches: () => true,
  locate(page) {
    const place = page.body as Element | null;
    if (!place) return { banners: [], episode: unknownEpisode, notes: [], excluded: () => false, entersShadow: () => false };
    const holders = queryAll(place, '*').filter((element) => {
      const text = allTextOf(element) ?? '';
      return text.length < 200 && nhsNumbersIn(text).length > 0 && isShown(element);
    });
    // The innermost elements that show a number; those about them show the same one.
    const innermost = holders.filter((element) => !holders.some((other) => other !== element && element.contains(other)));
    return {
      banners: innermost.flatMap((holder) => nhsNumbersIn(allTextOf(holder) ?? '').map((identifier) => ({ place: holder, identifier: innermost.length === 1 ? identifier : null, name: null }))),
      episode: unknownEpisode,
      notes: [{ place, id: 'page', kind: 'other', title: '', date: null, identifier: null }],
      excluded: (element) => matches(element, notDocumentation),
      entersShadow: () => false,
    };
  },
};
