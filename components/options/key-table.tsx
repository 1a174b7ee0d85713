import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { chordFrom, keyOf, panelCommands, showChord, type PanelCommand } from '../panel/commands.js';
import type { Words } from '../words.js';

interface KeyTableProps {
  readonly words: Words;
  readonly keys: Readonly<Record<string, string>>;
  readonly onKeys: (keys: Readonly<Record<string, string>>) => void;
  /** Says what happened, for a screen reader too. */
  readonly onNotice: (text: string) => void;
}

/** Every command with its key; a key is changed by pressing another. Keys that the browser itself hears are changed in the browser. */
export function KeyTable({ words, keys, onKeys, onNotice }: KeyTableProps): JSX.Element {
  const { say } = words;
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const space = say('key.Space');

  const heard = (command: PanelCommand, event: KeyboardEvent): void => {
    if (asking !== command.id) return;
    // Tab and Escape stay what they are everywhere: the way on and the way out.
    if (event.key === 'Escape' || event.key === 'Tab') { setAsking(null); setProblem(''); return; }
    const chord = chordFrom(event);
    if (chord === null) return;
    event.preventDefault();
    const taken = panelCommands.find((other) => other.id !== command.id && keyOf(other, keys) === chord);
    if (taken) { setProblem(say('options.keys.taken', { key: showChord(chord, space), command: say(taken.words) })); return; }
    onKeys({ ...keys, [command.id]: chord });
    onNotice(say('options.keys.changed', { key: showChord(chord, space), command: say(command.words) }));
    setAsking(null);
    setProblem('');
  };
  const reset = (command: PanelCommand): void => {
    const rest = Object.fromEntries(Object.entries(keys).filter(([id]) => id !== command.id));
    const taken = command.key === null ? undefined : panelCommands.find((other) => other.id !== command.id && keyOf(other, rest) === command.key);
    if (taken && command.key !== null) { setProblem(say('options.keys.taken', { key: showChord(command.key, space), command: say(taken.words) })); return; }
    onKeys(rest);
    onNotice(say('options.keys.changed', { key: command.key === null ? '–' : showChord(command.key, space), command: say(command.words) }));
  };

  return (
    <>
      <p>{say('options.keys.text')}</p>
      {problem === '' ? null : <p class="problem" role="alert">{problem}</p>}
      <table class="keys">
        <thead><tr><th scope="col">{say('options.keys.command')}</th><th scope="col">{say('options.keys.key')}</th></tr></thead>
        <tbody>{panelCommands.map((command) => {
          const chord = keyOf(command, keys);
          const shown = chord === null ? say('options.keys.none') : showChord(chord, space);
          return (
            <tr key={command.id}>
              <th scope="row">{say(command.words)}</th>
              <td>{command.where === 'browser' ? <><kbd>{shown}</kbd> <span class="small">{say('options.keys.browser')}</span></> : (
                <>
                  <button type="button" class="btn" aria-label={say('options.keys.change', { command: say(command.words), key: shown })} aria-pressed={asking === command.id}
                    onClick={() => { setAsking(command.id); setProblem(''); }} onBlur={() => setAsking(null)} onKeyDown={(event) => heard(command, event)}>
                    {asking === command.id ? say('options.keys.press') : <kbd>{shown}</kbd>}
                  </button>
                  {command.id in keys ? <button type="button" class="btn" aria-label={say('options.keys.reset', { command: say(command.words) })} onClick={() => reset(command)}>{say('options.keys.resetShort')}</button> : null}
                </>
              )}</td>
            </tr>
          );
        })}</tbody>
      </table>
    </>
  );
}
