import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { homeRow, type MarkLabel } from '../../lib/model/mark-label.js';
import type { Pointed } from '../../lib/model/review.js';
import type { Words } from '../words.js';
import { chordFrom } from './commands.js';

/** The mode in which marks of the note have letters: they stand in the note and are typed here, so that no key of the page is taken. */
export interface LabelMode {
  /** Null while the mode is off; `count` is null until the note has answered. */
  readonly state: { readonly typed: string; readonly count: number | null } | null;
  /** The last beginning found no mark in view. */
  readonly foundNone: boolean;
  readonly begin: () => void;
  readonly leave: () => void;
  /** Offers a key to the mode; true when it was the mode's. Any key but a character leaves the mode and is answered as usual. */
  readonly hear: (event: KeyboardEvent) => boolean;
}

/** What is asked of the note: an empty string begins and gives the letters, more narrows, null ends. */
export type AskLabels = (typed: string | null) => Promise<readonly MarkLabel[]>;

/** A turn that came from outside the panel: the browser's key, or the page that was turned to. */
export interface LabelTurn { readonly what: 'begin' | 'left'; readonly turn: number }

/** `onChoose` is told the place whose letters were typed. `subject` is what the letters belong to: when it changes they are gone. */
export function useMarkLabels(ask: AskLabels, outside: LabelTurn | null, subject: string, onChoose: (pointed: Pointed) => void): LabelMode {
  const mode = useRef<{ typed: string; labels: readonly MarkLabel[] | null } | null>(null);
  const [state, setState] = useState<LabelMode['state']>(null);
  const [foundNone, setFoundNone] = useState(false);
  const draw = (): void => setState(mode.current && { typed: mode.current.typed, count: mode.current.labels && mode.current.labels.filter(({ label }) => label.startsWith(mode.current?.typed ?? '')).length });
  const end = (): void => { mode.current = null; draw(); };
  const leave = (): void => { if (!mode.current) return; end(); void ask(null); };
  /** Letters may be typed before the note has answered. */
  const settle = (): void => {
    const now = mode.current;
    if (!now?.labels) { draw(); return; }
    const exact = now.labels.find(({ label }) => label === now.typed);
    if (exact) { leave(); onChoose(exact.pointed); return; }
    while (!now.labels.some(({ label }) => label.startsWith(now.typed))) now.typed = now.typed.slice(0, -1);
    draw();
    if (now.typed !== '') void ask(now.typed);
  };
  const begin = (): void => {
    const mine = { typed: '', labels: null as readonly MarkLabel[] | null };
    mode.current = mine;
    setFoundNone(false);
    draw();
    void ask('').then((labels) => {
      if (mode.current !== mine) return;
      if (labels.length === 0) { end(); setFoundNone(true); return; }
      mine.labels = labels;
      settle();
    }, end);
  };
  const hear = (event: KeyboardEvent): boolean => {
    const now = mode.current;
    const chord = chordFrom(event);
    if (!now) { if (chord !== null) setFoundNone(false); return false; }
    if (chord === null) return false;
    if (event.key === 'Escape') { leave(); return true; }
    if (event.key === 'Backspace') { now.typed = now.typed.slice(0, -1); if (now.typed === '') begin(); else settle(); return true; }
    // A character is the mode's, even one that names no mark: typed amiss it must not act on a row.
    if ([...event.key].length !== 1 || event.ctrlKey || event.metaKey || event.altKey) { leave(); return false; }
    const letter = event.key.toLowerCase();
    if (homeRow.includes(letter) && (now.labels === null || now.labels.some(({ label }) => label.startsWith(now.typed + letter)))) { now.typed += letter; settle(); }
    return true;
  };
  useEffect(() => {
    if (outside?.what === 'begin') begin();
    if (outside?.what === 'left') end();
  }, [outside?.turn]);
  useLayoutEffect(() => leave, [subject]);
  // Who turns to the page, or away from the window, has left.
  useEffect(() => {
    const turned = (): void => leave();
    window.addEventListener('blur', turned);
    window.addEventListener('pointerdown', turned);
    return () => { window.removeEventListener('blur', turned); window.removeEventListener('pointerdown', turned); };
  }, []);
  return { state, foundNone, begin, leave, hear };
}

/** The line that says where the letters go, and how many marks are left. Its words are heard once when the mode begins. */
export function LabelLine({ mode, words }: { readonly mode: LabelMode; readonly words: Words }): JSX.Element {
  const { say } = words;
  const { state } = mode;
  const count = state?.count ?? null;
  return (
    <>
      {state ? (
        <div class="depth labelline">
          <b>{count === null ? say('labels.asking') : say('labels.count', { count })}</b> {state.typed === '' ? null : <kbd>{state.typed.toUpperCase()}</kbd>}
          <span class="small block">{say('labels.how')} <kbd>Esc</kbd>{document.hasFocus() ? null : <> {say('labels.elsewhere')}</>}</span>
        </div>
      ) : mode.foundNone ? <div class="depth labelline">{say('labels.none')}</div> : null}
      <div class="vh" role="status">{state && count !== null && state.typed === '' ? `${say('labels.count', { count })} ${say('labels.how')}` : mode.foundNone ? say('labels.none') : ''}</div>
    </>
  );
}
