import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Words } from '../words.js';
import { chordFrom, isSingleCharacter, keyOf, panelCommands, showChord, type PanelCommand, type PanelCommandId } from './commands.js';
import { clashOf, isRemappable, keyGroupOf, keyGroups, yieldsToRecord, type KeyClash } from './key-clash.js';
import { findWords } from './find-words.js';

export interface KeyMapProps {
  readonly words: Words;
  /** Commands that the profile does not have: their keys do nothing, so they are not listed. */
  readonly without: readonly PanelCommandId[];
  readonly keys: Readonly<Record<string, string>>;
  /** Null where the health board has fixed them. */
  readonly onKeys: ((keys: Readonly<Record<string, string>>) => void) | null;
  /** False while single letters are off: their keys are struck out. */
  readonly singleKeys: boolean;
  /** Chords that the record in front uses itself; empty where none is. */
  readonly recordKeys: readonly string[];
  /** False where the browser opens its panel by no key pressed in a page (Firefox). */
  readonly pageKeyOpensPanel: boolean;
  /** The search has the focus when the map opens. */
  readonly isFirst?: boolean;
}

/** Keys that stay what they are in a search field. */
const ofTheField = new Set(['Tab', 'Enter', 'Escape', 'Backspace', 'Delete', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Shift+Tab', 'Shift+Home', 'Shift+End', 'Shift+ArrowLeft', 'Shift+ArrowRight']);

/** Every command with its key, searched by name or by pressing the key; another key is given by pressing it. */
export function KeyMap({ words, without, keys, onKeys, singleKeys, recordKeys, pageKeyOpensPanel, isFirst = false }: KeyMapProps): JSX.Element {
  const { say } = words;
  const [text, setText] = useState('');
  const [pressed, setPressed] = useState<string | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const [notice, setNotice] = useState('');
  const space = say('key.Space');
  const named = (chord: string | null): string => (chord === null ? say('options.keys.none') : showChord(chord, space));

  const clashWords = (clash: KeyClash, chord: string): string => {
    switch (clash.kind) {
      case 'command': return say('options.keys.taken', { key: named(chord), command: say(clash.command.words) });
      case 'browser': return say('keymap.browsers', { key: named(chord) });
      case 'bare': return say('keymap.bare', { key: named(chord) });
    }
  };
  const give = (command: PanelCommand, chord: string | null, next: Readonly<Record<string, string>>): void => {
    const clash = chord === null ? null : clashOf(command, chord, next);
    if (clash && chord !== null) { setProblem(clashWords(clash, chord)); return; }
    onKeys?.(next);
    setNotice(say('options.keys.changed', { key: named(chord), command: say(command.words) }));
    setAsking(null);
    setProblem('');
  };
  const heard = (command: PanelCommand, event: KeyboardEvent): void => {
    if (asking !== command.id) return;
    // Tab and Escape stay what they are everywhere: the way on and the way out, here out of the question only.
    if (event.key === 'Escape' || event.key === 'Tab') { if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); } setAsking(null); setProblem(''); return; }
    const chord = chordFrom(event);
    if (chord === null) return;
    event.preventDefault();
    event.stopPropagation();
    give(command, chord, { ...keys, [command.id]: chord });
  };
  const reset = (command: PanelCommand): void => give(command, command.key, Object.fromEntries(Object.entries(keys).filter(([id]) => id !== command.id)));
  const search = (event: KeyboardEvent): void => {
    const chord = chordFrom(event);
    if (chord === null || ofTheField.has(chord) || event.isComposing || (event.ctrlKey && event.altKey)) return;
    if ([...event.key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setText('');
    setPressed(chord);
  };

  const own = panelCommands.filter(({ id }) => !without.includes(id));
  const byKey = (chord: string): readonly PanelCommand[] => own.filter((command) => keyOf(command, keys)?.toLowerCase() === chord.toLowerCase());
  const byName = findWords(own.map((command) => `${say(command.words)} ${keyOf(command, keys) === null ? '' : named(keyOf(command, keys))}`), text).flatMap((index) => own[index] ?? []);
  // One character is a key as well as the beginning of a name.
  const one = [...text.trim()].length === 1 ? byKey(text.trim()) : [];
  const shown = pressed !== null ? byKey(pressed) : one.length > 0 ? one : byName;
  const groups = keyGroups.map((group) => ({ group, commands: shown.filter((command) => keyGroupOf(command) === group) })).filter(({ commands }) => commands.length > 0);

  const row = (command: PanelCommand): JSX.Element => {
    const chord = keyOf(command, keys);
    const isOff = !singleKeys && chord !== null && isSingleCharacter(chord);
    const name = say(command.words);
    return (
      <li key={command.id}>
        <span class="sp">{name}
          {isOff ? <span class="small block">{say('keys.singleAreOff')}</span> : null}
          {isRemappable(command) ? null : <span class="small block">{say('options.keys.browser')}</span>}
          {yieldsToRecord(command, chord, recordKeys) ? <span class="small block warn">{say('keymap.record')}</span> : null}
          {command.id === 'panel.toggle' && !pageKeyOpensPanel ? <span class="small block">{say('keymap.firefox')}</span> : null}
        </span>
        <span class={isOff ? 'is-off keyof' : 'keyof'}>
          {onKeys === null || !isRemappable(command) ? (chord === null ? <span class="small">{named(null)}</span> : <kbd>{named(chord)}</kbd>) : (
            <button type="button" class="btn" aria-label={asking === command.id ? say('options.keys.press') : say('options.keys.change', { command: name, key: named(chord) })} aria-pressed={asking === command.id}
              onClick={() => { setAsking(command.id); setProblem(''); }} onBlur={() => setAsking(null)} onKeyDown={(event) => heard(command, event)}>
              {asking === command.id ? say('options.keys.press') : chord === null ? <span class="small">{named(null)}</span> : <kbd>{named(chord)}</kbd>}
            </button>
          )}
          {onKeys !== null && command.id in keys ? <button type="button" class="btn" aria-label={say('options.keys.reset', { command: name })} onClick={() => reset(command)}>{say('options.keys.resetShort')}</button> : null}
        </span>
      </li>
    );
  };
  return (
    <div class="keymap">
      {onKeys === null ? null : <p class="small">{say('options.keys.text')}</p>}
      <input class="find wide" type="search" {...(isFirst ? { 'data-first': true } : {})} aria-label={say('keymap.search')} placeholder={say('keymap.search')} value={pressed === null ? text : named(pressed)} autocomplete="off" spellcheck={false}
        onKeyDown={search} onInput={(event) => { setPressed(null); setText(event.currentTarget.value); }} />
      {problem === '' ? null : <p class="problem" role="alert">{problem}</p>}
      <p class="vh" role="status">{notice}</p>
      {groups.map(({ group, commands }) => (
        <section key={group} aria-label={say(`keymap.${group}`)}><h3>{say(`keymap.${group}`)}</h3><ul class="keys">{commands.map(row)}</ul></section>
      ))}
      {shown.length === 0 ? <p class="small pad" role="status">{say(pressed === null ? 'keys.none' : 'keymap.free', { key: named(pressed) })}</p> : null}
      {onKeys !== null && Object.keys(keys).length > 0 ? <div class="acts"><button type="button" class="btn" onClick={() => { onKeys({}); setProblem(''); setNotice(say('keymap.allReset')); }}>{say('keymap.resetAll')}</button></div> : null}
    </div>
  );
}
