/// <reference types="vite/client" />
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { showPdf, type PdfPages } from '../../components/viewer/pdf-pages.js';
import { Viewer, type ViewerProps } from '../../components/viewer/viewer.jsx';
import { createWords } from '../../components/words.js';
import { largestLetter, nhsNumbersIn } from '../../lib/capture/index.js';
import { ask } from '../../lib/messaging/channel.js';
import type { LetterOffer } from '../../lib/messaging/protocol.js';
import { defaultSettings } from '../../lib/model/settings.js';

interface TrustedTypes { readonly createPolicy: (name: string, rules: { readonly createScriptURL: (address: string) => string }) => { readonly createScriptURL: (address: string) => string } }

/** The packaged worker and nothing else: the one address that the page's policy lets a script be made from. */
function pdfWorker(): Worker {
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('nodi-viewer', { createScriptURL: (address) => { if (address !== workerAddress) throw new TypeError('Not the packaged worker'); return address; } }) ?? null;
  return new Worker(policy ? policy.createScriptURL(workerAddress) : workerAddress, { type: 'module' });
}
let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

const tab = Number(new URL(location.href).searchParams.get('tab') ?? NaN);

function App(): preact.JSX.Element {
  const [words, setWords] = useState(() => createWords(defaultSettings.locale));
  const [letters, setLetters] = useState<readonly LetterOffer[]>([]);
  const [open, setOpen] = useState<number | null>(null);
  const [title, setTitle] = useState('');
  const [patient, setPatient] = useState<ViewerProps['patient']>(null);
  const [state, setState] = useState<ViewerProps['state']>('choose');
  const [pages, setPages] = useState({ ready: 0, count: 0 });
  const place = useRef<HTMLElement | null>(null);
  const life = useRef<AbortController | null>(null);

  useEffect(() => {
    void ask('panel.settings', null).then((answer) => { if (answer.ok) setWords(createWords(answer.value.settings.locale)); });
    if (Number.isNaN(tab)) return;
    void ask('panel.letters', { tab }).then((answer) => {
      if (!answer.ok) { setState('no-answer'); return; }
      setLetters(answer.value);
      if (answer.value.length === 0) setState('gone'); else void openLetter(answer.value, 0);
    });
  }, []);

  /** Shows a file; `whose` is the patient of the record it came from, or null for one from this computer, which must say itself whose it is. */
  const show = async (bytes: Uint8Array, name: string, whose: ViewerProps['patient']): Promise<void> => {
    life.current?.abort();
    const mine = new AbortController();
    life.current = mine;
    setPatient(null);
    setTitle(name);
    setState('loading');
    if (!place.current) return;
    if (bytes.length > largestLetter) { setState('too-large'); return; }
    const told = (now: PdfPages): void => {
      if (mine.signal.aborted || !place.current) return;
      setPages({ ready: now.ready(), count: now.count });
      setState('shown');
      // The letter's own word beats the record's: another number in it, and nobody is confirmed.
      const numbers = nhsNumbersIn([...place.current.querySelectorAll('.textLayer')].map((layer) => [...layer.querySelectorAll('span')].map((span) => span.textContent).join(' ')).join('\n'));
      const [only] = numbers;
      if (whose) setPatient(numbers.some((number) => number !== whose.identifier) ? null : whose);
      else setPatient(numbers.length === 1 && only ? { identifier: only, name: '' } : null);
    };
    const shown = await showPdf(place.current, bytes, pdfWorker(), told, mine.signal);
    if (mine.signal.aborted) return;
    if (!shown.ok) { place.current.replaceChildren(); setState(shown.failure.kind); return; }
    told(shown.value);
  };

  const openLetter = async (from: readonly LetterOffer[], index: number): Promise<void> => {
    const letter = from[index];
    if (!letter) return;
    setOpen(index);
    setState('loading');
    const fetched = await ask('panel.fetch-letter', { tab, frame: letter.frame, index: letter.index });
    if (!fetched.ok) { setState('no-answer'); return; }
    if ('refused' in fetched.value) { setState(fetched.value.refused); return; }
    const { bytes, subject } = fetched.value;
    await show(Uint8Array.from(atob(bytes), (unit) => unit.charCodeAt(0)), letter.title, subject && { identifier: subject.identifier, name: subject.initials });
  };

  return (
    <Viewer words={words} letters={letters} open={open} title={title} patient={patient} state={state} pages={pages}
      onOpen={(index) => void openLetter(letters, index)}
      onFile={(file) => { setOpen(null); void file.arrayBuffer().then((buffer) => show(new Uint8Array(buffer), file.name, null)); }}
      onPlace={(element) => { place.current = element; }} />
  );
}

const app = document.getElementById('app');
if (app) render(<App />, app);
