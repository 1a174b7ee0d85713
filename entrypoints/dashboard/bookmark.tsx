import { render, type JSX } from 'preact';
import { BookmarkPage } from '../../components/dashboard/bookmark-page.jsx';
import style from '../../components/dashboard/clinicians-view.css?raw';
import { CliniciansView, type CliniciansViewProps } from '../../components/dashboard/clinicians-view.jsx';
import { saveLooked } from '../../components/save-file.js';
import { createWords, type Words } from '../../components/words.js';
import type { Rulebook, RuleId } from '../../lib/model/rulebook.js';
import type { SheetStore } from '../../lib/settings/index.js';
import { cliniciansHtml } from './clinicians-html.js';
import script from './clinicians-script.js?raw';
import { sheetWords } from './sheet-words.js';

export interface BookmarkRoom {
  /** What was chosen for each specialty. */
  readonly read: () => Promise<void>;
  readonly page: (rulebook: Rulebook, day: string, words: Words) => JSX.Element;
}

/** The page of the sheet as clinicians get it: on paper, or as one file. `draw` draws again what is here. */
export function createBookmarkRoom({ store, draw }: { readonly store: Pick<SheetStore, 'cards' | 'keepCard'>; readonly draw: () => void }): BookmarkRoom {
  let told: string | null = null;
  let chosen: ReadonlyMap<string, readonly RuleId[]> = new Map();
  const choose = async (specialty: string, ids: readonly RuleId[] | null, words: Words): Promise<void> => {
    chosen = ids ? new Map([...chosen, [specialty, ids]]) : new Map([...chosen].filter(([one]) => one !== specialty));
    told = null;
    draw();
    try { await store.keepCard(specialty, ids); } catch { told = words.say('sheet.told.not-saved'); draw(); }
  };
  const save = async (rulebook: Rulebook, day: string, words: Words): Promise<void> => {
    const html = await cliniciansHtml(viewNodes({ ...rulebook, day, locale: words.locale }), { locale: words.locale, title: createWords(words.locale).say('view.title'), style, script });
    const where = saveLooked(sheetWords(rulebook.rules), html, `nodi-sheet-${rulebook.edition}.html`, 'text/html');
    told = where === null ? null : words.say('export.stopped', { where });
    draw();
  };
  return { async read() { chosen = await store.cards().catch(() => new Map()); }, page: (rulebook, day, words) => <BookmarkPage chosen={chosen} onChoose={(specialty, ids) => void choose(specialty, ids, words)} rules={rulebook.rules} specialties={rulebook.specialties} edition={rulebook.edition} day={day} told={told} words={words} onPrint={() => window.print()} onSaveView={() => void save(rulebook, day, words)} /> };
}

/** The file's nodes, drawn where nobody sees them. */
export function viewNodes(props: CliniciansViewProps): readonly Node[] {
  const place = document.createElement('div');
  render(<CliniciansView {...props} />, place);
  return [...place.childNodes];
}
