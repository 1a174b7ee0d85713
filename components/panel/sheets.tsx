import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CodeHit, CodesFound } from '../../lib/model/codebook.js';
import { CodeSearch } from './code-search.jsx';
import { isOffered, keyOf, panelCommands, showChord } from './commands.js';
import type { PanelCommandId, Situation } from './commands.js';
import { findWords } from './find-words.js';
import { KeyMap, type KeyMapProps } from './key-map.jsx';
import type { WordKey, Words } from '../words.js';

/** A key as it is drawn beside its action. Its chord is read out with the action's name. */
export function Key({ chord, words }: { readonly chord: string; readonly words: Words }): JSX.Element {
  return <kbd>{showChord(chord, words.say('key.Space'))}</kbd>;
}

interface SheetProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly top?: number;
}

/** A surface above the panel: the browser's own modal dialog, so that focus stays in it and Escape leaves it. */
export function Sheet({ label, onClose, children, top }: SheetProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  // In layout, so that the letters typed right after the key that opened it land in the sheet.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  return (
    <dialog
      ref={dialog} class="float sheet" aria-label={label} {...(top === undefined ? {} : { style: { top: `${top}px` } })}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onClick={(event) => { if (event.target === dialog.current) onClose(); }}
    >{children}</dialog>
  );
}

interface PaletteEntry { readonly id: string; readonly title: string; readonly chord: string | null; readonly act: () => void }

interface PaletteProps {
  readonly words: Words;
  readonly situation: Situation;
  readonly keys: Readonly<Record<string, string>>;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly onCommand: (id: PanelCommandId) => void;
  readonly onDocument: (id: string) => void;
  /** Codes by the editions of the episode's day. */
  readonly search: (asked: string) => Promise<CodesFound | null>;
  /** Words that a search may begin with. */
  readonly offered: readonly string[];
  readonly onCode: (hit: CodeHit, found: CodesFound) => void;
  /** Opened for codes, not for commands. */
  readonly startsWithCodes: boolean;
  readonly onClose: () => void;
}

/** Every command by name; `#` searches codes, `@` lists the documents, `?` the keys. */
export function Palette({ words, situation, keys, documents, onCommand, onDocument, search, offered, onCode, startsWithCodes, onClose }: PaletteProps): JSX.Element {
  const [text, setText] = useState(startsWithCodes ? '#' : '');
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const isDocuments = text.startsWith('@');
  const entries = useMemo((): readonly PaletteEntry[] => isDocuments
    ? documents.map((document) => ({ id: document.id, title: document.title, chord: null, act: () => onDocument(document.id) }))
    : panelCommands.filter((command) => command.id !== 'palette.open' && isOffered(command, situation)).map((command) => ({
      id: command.id, title: words.say(command.words), chord: keyOf(command, keys), act: () => onCommand(command.id) })),
  [isDocuments, documents, situation, keys, words]);
  const shown = findWords(entries.map((entry) => entry.title), isDocuments ? text.slice(1) : text).flatMap((index) => entries[index] ?? []);
  const current = Math.min(place, shown.length - 1);
  useLayoutEffect(() => { list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }); });
  const choose = (entry: PaletteEntry | undefined): void => { if (entry) { onClose(); entry.act(); } };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown.length > 0) { event.preventDefault(); setPlace((current + step + shown.length) % shown.length); }
    if (event.key === 'Enter') { event.preventDefault(); choose(shown[current]); }
  };
  const onInput = (value: string): void => {
    if (value === '?') { onClose(); onCommand('keys.open'); return; }
    setText(value); setPlace(0);
  };
  if (text.startsWith('#')) {
    return (
      <Sheet label={words.say('command.codes')} onClose={onClose}>
        <CodeSearch words={words} search={search} offered={offered} start={text.slice(1)} onChoose={onCode} onBack={() => setText('')} />
        <p class="small pad foot"><span><kbd>↵</kbd> {words.say('search.show')}</span> <span><kbd>Esc</kbd> {words.say('action.close')}</span></p>
      </Sheet>
    );
  }
  return (
    <Sheet label={words.say('palette.title')} onClose={onClose}>
      <div class="pal">
        <input class="find wide" type="text" data-first role="combobox" aria-expanded="true" aria-controls="palette-list" aria-label={words.say('palette.label')}
          {...(shown[current] ? { 'aria-activedescendant': `palette-${current}` } : {})} value={text} autocomplete="off" spellcheck={false}
          onInput={(event) => onInput(event.currentTarget.value)} onKeyDown={onKeyDown} />
        <div ref={list} class="items" role="listbox" id="palette-list" aria-label={words.say('palette.results')}>
          {shown.map((entry, index) => (
            <div key={entry.id} id={`palette-${index}`} role="option" aria-selected={index === current} class={index === current ? 'cur' : ''} onClick={() => choose(entry)}>
              <span class="sp">{entry.title}</span>{entry.chord === null ? null : <Key chord={entry.chord} words={words} />}
            </div>
          ))}
        </div>
        {shown.length === 0 ? <p class="small pad" role="status">{words.say(isDocuments ? 'palette.noDocument' : 'palette.none')}</p> : null}
        <p class="small pad foot"><span><kbd>#</kbd> {words.say('palette.codes')}</span> <span><kbd>@</kbd> {words.say('palette.document')}</span> <span><kbd>?</kbd> {words.say('palette.keys')}</span> <span><kbd>Esc</kbd> {words.say('action.close')}</span></p>
      </div>
    </Sheet>
  );
}

interface KeysSheetProps extends KeyMapProps {
  /** Null where the health board has fixed it. */
  readonly onSingleKeys: ((on: boolean) => void) | null;
  readonly onClose: () => void;
}

/** The keyboard map above the panel. */
export function KeysSheet({ onSingleKeys, onClose, ...map }: KeysSheetProps): JSX.Element {
  const { words, singleKeys } = map;
  return (
    <Sheet label={words.say('tabs.keys')} onClose={onClose}>
      <KeyMap {...map} isFirst />
      <p class="small pad">{words.say('keys.single')} {singleKeys ? '' : words.say('keys.singleAreOff')}</p>
      <div class="acts pad">
        {onSingleKeys === null ? null : <button type="button" class="btn" onClick={() => onSingleKeys(!singleKeys)}>{words.say(singleKeys ? 'command.singleKeysOff' : 'command.singleKeysOn')}</button>}
        <button type="button" class="btn" onClick={onClose}>{words.say('action.close')} <kbd>Esc</kbd></button>
      </div>
    </Sheet>
  );
}

/** One entry of the quick-fix menu. */
export interface MenuEntry { readonly id: string; readonly title: string; readonly more?: string; readonly chord: string | null; readonly act: () => void }

interface MenuProps { readonly label: string; readonly entries: readonly MenuEntry[]; readonly words: Words; readonly top: number; readonly onClose: () => void }

/** The quick fixes of one row. Arrow keys walk it, a letter runs its entry. */
export function FixMenu({ label, entries, words, top, onClose }: MenuProps): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  const choose = (entry: MenuEntry): void => { onClose(); entry.act(); };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(event.target as HTMLElement);
    const to = event.key === 'ArrowDown' ? (at + 1) % items.length : event.key === 'ArrowUp' ? (at - 1 + items.length) % items.length : event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : -1;
    if (to >= 0) { event.preventDefault(); items[to]?.focus(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const entry = entries.find((candidate) => candidate.chord !== null && candidate.chord.toLowerCase() === event.key.toLowerCase());
    if (entry) { event.preventDefault(); choose(entry); }
    if (event.key === 'Tab') { event.preventDefault(); onClose(); }
  };
  return (
    <Sheet label={label} onClose={onClose} top={top}>
      <div ref={menu} class="menu" role="menu" aria-label={label} onKeyDown={onKeyDown}>
        {entries.map((entry, index) => (
          <button key={entry.id} type="button" role="menuitem" tabIndex={index === 0 ? 0 : -1} {...(index === 0 ? { 'data-first': true } : {})} onClick={() => choose(entry)}>
            <span class="sp">{entry.title}{entry.more === undefined ? null : <span class="small block">{entry.more}</span>}</span>
            {entry.chord === null ? null : <Key chord={entry.chord} words={words} />}
          </button>
        ))}
      </div>
    </Sheet>
  );
}

/** A verdict's word in the language shown. */
export function verdictWords(verdict: 'avoid' | 'caution' | 'use', words: Words): string {
  return words.say(`verdict.${verdict}` as WordKey);
}
