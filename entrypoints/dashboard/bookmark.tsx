import { render, type JSX } from 'preact';
import { BookmarkPage } from '../../components/dashboard/bookmark-page.jsx';
import style from '../../components/dashboard/clinicians-view.css?raw';
import { CliniciansView, type CliniciansViewProps } from '../../components/dashboard/clinicians-view.jsx';
import { saveFile } from '../../components/save-file.js';
import { createWords, type Words } from '../../components/words.js';
import type { Rulebook } from '../../lib/model/rulebook.js';
import { cliniciansHtml } from './clinicians-html.js';
import script from './clinicians-script.js?raw';

/** The sheet as clinicians get it: on paper, or as one file. */
export function bookmarkPage(rulebook: Rulebook, day: string, words: Words): JSX.Element {
  const save = async (): Promise<void> => saveFile(await cliniciansHtml(viewNodes({ ...rulebook, day, locale: words.locale }), { locale: words.locale, title: createWords(words.locale).say('view.title'), style, script }), `nodi-sheet-${rulebook.edition}.html`, 'text/html');
  return <BookmarkPage rules={rulebook.rules} specialties={rulebook.specialties} edition={rulebook.edition} day={day} words={words} onPrint={() => window.print()} onSaveView={() => void save()} />;
}

/** The file's nodes, drawn where nobody sees them. */
export function viewNodes(props: CliniciansViewProps): readonly Node[] {
  const place = document.createElement('div');
  render(<CliniciansView {...props} />, place);
  return [...place.childNodes];
}
