import { fail, succeed, type Result } from '../base/result.js';
import { attributeOf, isShown, queryAll, tagOf } from './page-access.js';
import { unreadable } from './read-text.js';

/** Largest file that is carried to Nodi's own viewer, bytes. */
export const largestLetter = 40_000_000;

/** A letter that the browser's PDF viewer shows and no extension can read there. */
export interface ShownLetter { readonly index: number; readonly title: string }

export interface LetterFailure { readonly kind: 'gone' | 'elsewhere' | 'not-fetched' | 'not-a-pdf' | 'too-large' }

/** Where each such letter comes from, in the order of the page. */
function addresses(page: Document): readonly { readonly title: string; readonly address: string }[] {
  if (page.contentType === 'application/pdf') return [{ title: '', address: page.URL }];
  return queryAll(page, 'embed,object,iframe,frame').filter((frame) => unreadable(frame) === 'plugin' && isShown(frame)).flatMap((frame) => {
    const given = attributeOf(frame, tagOf(frame) === 'object' ? 'data' : 'src');
    if (!given) return [];
    try { return [{ title: attributeOf(frame, 'title') ?? attributeOf(frame, 'aria-label') ?? '', address: new URL(given, page.baseURI).href }]; } catch { return []; }
  });
}

/** The letters in the page that can be opened in Nodi's viewer. */
export function lettersIn(page: Document): readonly ShownLetter[] {
  return addresses(page).map(({ title }, index) => ({ index, title }));
}

/**
 * Fetches one of them as the page itself would, with the person's session, from the page's own origin and nowhere else: a redirect to another origin fails.
 * Gives the file as base64, since messages carry text. Nothing is kept.
 */
export async function fetchLetter(page: Document, index: number): Promise<Result<string, LetterFailure>> {
  const letter = addresses(page)[index];
  if (!letter) return fail({ kind: 'gone' });
  if (new URL(letter.address).origin !== new URL(page.baseURI).origin) return fail({ kind: 'elsewhere' });
  let bytes: Uint8Array;
  try {
    const answer = await fetch(letter.address, { mode: 'same-origin', credentials: 'same-origin', cache: 'no-store' });
    if (!answer.ok) return fail({ kind: 'not-fetched' });
    if (Number(answer.headers.get('content-length') ?? 0) > largestLetter) return fail({ kind: 'too-large' });
    bytes = new Uint8Array(await answer.arrayBuffer());
  } catch { return fail({ kind: 'not-fetched' }); }
  if (bytes.length > largestLetter) return fail({ kind: 'too-large' });
  // A sign-in page that came instead is no letter (ISO 32000-1, 7.5.2: the header stands within the first 1,024 bytes).
  if (!new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')) return fail({ kind: 'not-a-pdf' });
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return succeed(btoa(text));
}
