import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Words, WordKey } from '../words.js';

/** A letter that can be chosen, and what is known of the one that is open. */
export interface ViewerProps {
  readonly words: Words;
  readonly letters: readonly { readonly title: string }[];
  readonly open: number | null;
  readonly title: string;
  /** The patient whose letter it is, as the record or the letter itself says; null where nobody is confirmed. */
  readonly patient: { readonly identifier: string; readonly name: string } | null;
  readonly state: 'choose' | 'loading' | 'shown' | 'locked' | 'broken' | 'too-large' | 'gone' | 'elsewhere' | 'not-fetched' | 'not-a-pdf' | 'no-answer';
  readonly pages: { readonly ready: number; readonly count: number };
  readonly onOpen: (index: number) => void;
  readonly onFile: (file: File) => void;
  /** Gives the element that pages are put into. */
  readonly onPlace: (place: HTMLElement) => void;
}

/** Nodi's own viewer of PDF letters, for those that the browser's viewer shows and no extension can read there. */
export function Viewer({ words, letters, open, title, patient, state, pages, onOpen, onFile, onPlace }: ViewerProps): JSX.Element {
  const { say } = words;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => { if (place.current) onPlace(place.current); }, []);
  const digits = patient ? patient.identifier.replace(/\s/g, '').slice(-3) : '';
  return (
    <main lang={words.locale}>
      <div class="bar" data-region="viewer-banner">
        <h1>{say('viewer.title')}</h1>
        {/* The number is in memory for the comparison with the letter; what is shown is masked. */}
        {patient ? <span data-identifier={patient.identifier} data-name={patient.name}>{say('viewer.patient', { digits })}</span> : <span>{say('viewer.nobody')}</span>}
        <span class="sp" />
        {state === 'shown' ? <span role="status">{say('viewer.pages', { ready: pages.ready, count: pages.count })}</span> : null}
        <label class="btn">{say('viewer.choose')}<input class="vh" type="file" accept="application/pdf,.pdf" onChange={(event) => { const [file] = event.currentTarget.files ?? []; if (file) onFile(file); }} /></label>
      </div>
      {letters.length > 1 ? <ul class="lettersOf" aria-label={say('viewer.letters')}>{letters.map((letter, index) => <li key={index}><button type="button" class="btn" aria-current={open === index} onClick={() => onOpen(index)}>{letter.title || say('viewer.letter', { number: index + 1 })}</button></li>)}</ul> : null}
      {state === 'shown' ? null : <div class="say" role={state === 'loading' ? 'status' : 'alert'}><b>{say(`viewer.state.${state}` as WordKey)}</b><p>{say('viewer.memory')}</p></div>}
      <div class="pdfViewer" ref={place} data-title={title} hidden={state !== 'shown' && state !== 'loading'} />
    </main>
  );
}
