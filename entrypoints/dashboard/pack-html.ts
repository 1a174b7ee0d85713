import type { LeadPageText } from '../../components/dashboard/lead-page-text.js';

/** The pages as they stand, as one file without a script that opens anywhere: the same nodes with their own style, nothing fetched. */
export function packHtml([first]: readonly [LeadPageText, ...LeadPageText[]], pages: readonly Element[], style: string): string {
  const file = document.implementation.createHTMLDocument(`${first.specialty} · ${first.month}`);
  file.documentElement.lang = first.locale;
  const charset = file.createElement('meta');
  charset.setAttribute('charset', 'utf-8');
  const own = file.createElement('style');
  own.textContent = `body { margin: 0; } h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }\n${style}`;
  file.head.prepend(charset);
  file.head.append(own);
  const [main, title] = [file.createElement('main'), file.createElement('h1')];
  title.textContent = file.title;
  main.append(title, ...pages.map((page) => file.importNode(page, true)));
  file.body.append(main);
  return `<!doctype html>\n${file.documentElement.outerHTML}`;
}
