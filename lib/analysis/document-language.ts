import type { DocumentLanguage } from '../model/language.js';
import { foldedWords } from './fold.js';

const welsh = new Set('yn y yr ac a o i ar gyda mae bod wedi oedd nid ei gan am at hwn hon fel neu ond roedd cafodd bydd claf annwyl eich ein'.split(' '));
const english = new Set('the of and to in with for was is this she he her his has had on at by from were are no not patient dear your our'.split(' '));
/** Words that both lists could claim are left out of both. */
const both = new Set(['a', 'i', 'o', 'at', 'am', 'y']);

/** The language of a text by its commonest words. Under five of them it is unknown; with a fifth or more of the other language it is mixed. */
export function readLanguage(text: string): DocumentLanguage {
  let cy = 0;
  let en = 0;
  for (const word of foldedWords(text.slice(0, 20_000))) {
    if (both.has(word)) continue;
    if (welsh.has(word)) cy += 1;
    if (english.has(word)) en += 1;
  }
  if (cy + en < 5) return 'unknown';
  const share = cy / (cy + en);
  if (share > 0.8) return 'cy';
  return share < 0.2 ? 'en' : 'mixed';
}
