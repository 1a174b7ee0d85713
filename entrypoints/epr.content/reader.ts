import browser from 'webextension-polyfill';
import { isSingleCharacter, spells } from '../../components/panel/commands.js';
import { readLanguage } from '../../lib/analysis/document-language.js';
import { addressOf, chooseAdapter, createDeclarativeAdapter, createFingerprint, fetchLetter, forgetRows, genericAdapter, isFrameShown, lettersIn, namePlace, readSubject, selectedWords, takeSnapshot, untaughtPage, watchPage, type Lent, type OpenRoot, type PageWatch, type Reading, type SnapshotOptions } from '../../lib/capture/index.js';
import { ask, listen, type Handlers } from '../../lib/messaging/channel.js';
import type { FrameWelcome } from '../../lib/messaging/protocol.js';
import { bind, isSameContext, present, type Bound, type ContextKey, type Fingerprint, type ReaderId } from '../../lib/model/context.js';
import type { DocumentId } from '../../lib/model/document.js';
import type { EprAdapter } from '../../lib/model/ports.js';
import type { FrameFindings, Place, Pointed, RuleCard } from '../../lib/model/review.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';
import { cardLook, createCardHost, createMarkLabels, createPainter, createSurface, fieldLook, highlightCss, labelLook, marksAround, marksInSight, pointingLook, startPointing, watchClicks, watchPointer, type PaintedMark, type Pointing } from '../../lib/overlay/index.js';

const consonants = 'bcdfghjklmnpqrstvwxz';

function meaninglessName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => consonants[byte % consonants.length]).join('');
}

/** Shadow roots, open or closed, where the browser allows it; the function throws on elements that are not HTML. */
function openRoot(element: HTMLElement): ShadowRoot | null {
  if (!(element instanceof HTMLElement)) return null;
  const { dom } = browser as unknown as { readonly dom?: { readonly openOrClosedShadowRoot: (of: HTMLElement) => ShadowRoot | null } };
  const asked = (element as unknown as { readonly openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot;
  try { return dom ? dom.openOrClosedShadowRoot(element) : asked ?? element.shadowRoot; } catch { return element.shadowRoot; }
}

/** How often a background that does not answer is asked at the start; each time waits for its deadline. */
const greetings = 6;

/** Reads one frame, sends what it read, paints what comes back: and only for the context that is on screen in that same task. */
export function startReader(page: Document, life: AbortController): void {
  const reader = crypto.randomUUID() as ReaderId;
  const prefix = meaninglessName();
  const { signal } = life;
  const top = page.defaultView === page.defaultView?.top;
  const versions: SnapshotOptions['versions'] = new Map();
  let welcome: FrameWelcome | null = null;
  let options: SnapshotOptions | null = null;
  let watch: PageWatch | null = null;
  let reading: Reading | null = null;
  let epoch = 0;
  let subject = '';
  let address = page.URL;
  let cards = new Map<string, RuleCard>();
  let edition = '';
  let sent: Promise<void> = Promise.resolve();
  /** The patient of the tab, where this frame has no banner and was told of one. */
  let lent: Lent | null = null;
  /** What this frame showed when it was last confirmed under a lent patient: under another one the same words are not taken for theirs. */
  let lentBefore: { readonly subject: Fingerprint; readonly note: string } | null = null;
  /** Has the page taken away what is shown in it, again and again? */
  let interfering = false;
  /** The context whose words are lit for an entry that is tried: in another one none of them is. */
  let litIn: ContextKey | null = null;
  const refused = (): void => { interfering = true; reading = null; read(); };
  let pointing: Pointing | null = null;
  const surface = createSurface(page, cardLook + fieldLook + pointingLook + labelLook, signal, false, refused);
  const painter = createPainter(page, prefix, surface, signal, refused);
  const card = createCardHost(page, surface);
  const labels = createMarkLabels(page, surface, (mark) => painter.boxesOf(mark), () => { void ask('frame.labels-left', { reader }); }, signal);
  /** The panel's key, once the page has answered it itself. */
  const usedByPage = new Set<string>();
  /** Which box of a mark was in sight when its letters were asked for. */
  let inSight: ReadonlyMap<PaintedMark, number> = new Map();

  /** The key of what is on screen now: another epoch or unread changes make it unlike any answer. */
  const current = (): ContextKey | null => {
    if (!reading || !options || watch?.isPending()) return null;
    const now = readSubject(options);
    const same = now.kind === 'known' && now.subject.fingerprint === reading.snapshot.key.subject;
    return same ? reading.snapshot.key : { ...reading.snapshot.key, subject: 'unknown' };
  };

  const reset = (): void => {
    epoch += 1;
    painter.clear();
    card.hide();
    labels.hide();
    reading = null;
    inHand = null;
    void ask('frame.reset', { reader, epoch });
  };

  /** Looks at address and banner; a change clears the page in this task, before it can be seen. */
  const sign = (): void => {
    if (!options) return;
    if (!isOurs()) { life.abort(); return; }
    const now = readSubject(options);
    const name = now.kind === 'known' ? now.subject.fingerprint : now.kind;
    if (name !== subject || page.URL !== address) {
      if (name !== subject) for (const rows of options.rows.values()) forgetRows(rows);
      subject = name;
      address = page.URL;
      reset();
      watch?.askNow();
    }
  };

  /** False once the extension was updated or removed under this script: then it must leave nothing behind. */
  const isOurs = (): boolean => { try { return browser.runtime.id !== undefined; } catch { return false; } };

  const paint = (bound: Bound<FrameFindings>): void => {
    labels.leave();
    const now = current();
    // Nobody is known here any more: nothing may stand, whatever was sent.
    if (now?.subject === 'unknown') { painter.clear(); card.hide(); }
    const findings = now && present(bound, now);
    if (!findings || !reading) return;
    if (litIn && !isSameContext(litIn, now)) { litIn = null; painter.light([]); }
    cards = new Map(findings.cards.map((one) => [one.rule, one]));
    ({ edition } = findings);
    const { snapshot, fields } = reading;
    const held = new Map([...fields].map(([id, place]) => [id, { place, text: snapshot.documents.find((one) => one.id === id)?.text ?? '' }]));
    painter.paint([...findings.diagnostics, ...findings.conflicts, ...findings.evidence], reading.maps, reading.regions, held);
  };

  /** All of a reading that the background goes by, the documents by their hash. */
  const tellingOf = ({ key, subject, coverage, episode, hides, beside }: RecordSnapshot): string => JSON.stringify([key, subject.kind, coverage, episode, hides, beside]);

  const read = (): number => {
    if (!options || signal.aborted) return 0;
    const started = performance.now();
    const next = takeSnapshot(options, epoch);
    const same = reading !== null && tellingOf(reading.snapshot) === tellingOf(next.snapshot);
    const moved = same && [...next.maps].some(([id, map]) => { const before = reading?.maps.get(id); return !before || before.runs.length !== map.runs.length || before.runs.some((run, index) => run.node !== map.runs[index]?.node); });
    if (!same || moved) { reading = next; sent = send(next); }
    return performance.now() - started;
  };

  const send = async (of: Reading): Promise<void> => {
    const answer = await ask('frame.captured', of.snapshot);
    if (signal.aborted || reading !== of) return;
    if (!answer.ok) { painter.clear(); return; }
    const { lent: wasLent, key } = of.snapshot;
    // And before it answered: words that came later stand under that patient too.
    if (answer.value.kind === 'findings' && wasLent && key.subject !== 'unknown') lentBefore = { subject: key.subject, note: key.note };
    if (answer.value.kind === 'findings') paint(answer.value.findings);
    else { painter.clear(); card.hide(); }
  };

  const placeOf = ({ diagnostic: { document, version, span } }: PaintedMark): Place => ({ document, version, span });
  /** Marks of this frame as they are told to the panel; null when the page has changed under them. */
  const pointedAt = ([first, ...more]: readonly PaintedMark[]): Pointed | null => {
    const key = current();
    if (!first || !key || key.subject === 'unknown') return null;
    return { key, places: [placeOf(first), ...more.slice(0, 9).map(placeOf)] };
  };
  const tellPanel = (marks: readonly PaintedMark[]): void => { const pointed = pointedAt(marks); if (pointed) void ask('frame.pointed', pointed); };
  /** The mark whose card is open, or the one that was stepped to last. */
  let inHand: PaintedMark | null = null;

  const showCard = (mark: PaintedMark, box: DOMRect, spoken: boolean): void => {
    if (!welcome) return;
    inHand = mark;
    if (mark.diagnostic.severity === 'conflict') { card.showConflict(painter.wordsOf(mark), box, welcome.words, spoken); return; }
    if (mark.diagnostic.severity === 'codable') { card.showCodes(mark.diagnostic.codes, painter.wordsOf(mark), box, welcome.words, spoken); return; }
    const rule = cards.get(mark.diagnostic.rule);
    if (rule) card.show(rule, edition, painter.wordsOf(mark), box, welcome.words, spoken);
  };

  const show = (mark: PaintedMark): void => {
    const holder = mark.field ?? mark.ranges[0]?.startContainer.parentElement;
    const view = page.defaultView;
    let [box] = painter.boxesOf(mark);
    if (!holder || !view) return;
    if (!box || box.top < 0 || box.bottom > view.innerHeight) {
      holder.scrollIntoView({ block: 'center', behavior: 'instant' });
      [box] = painter.boxesOf(mark);
    }
    painter.showCurrent(mark);
    // Words further down in a field than it shows: the card stands at the field, which is left as it is.
    showCard(mark, box ?? holder.getBoundingClientRect(), true);
  };

  const handlers: Handlers = {
    // A frame takes its patient from the page about it, whose changes it does not hear: it looks when it is asked.
    'page.confirm': ({ key }) => { sign(); return { key: current() ?? { ...key, subject: 'unknown' } }; },
    // Answered when the background has what was read.
    'page.read-again': async ({ anyPage }) => {
      if (!options && welcome) { if (anyPage) begin(welcome, genericAdapter); else sent = saySo(welcome); } else { reading = null; read(); }
      await sent;
      return null;
    },
    'page.findings': (bound) => { paint(bound); return null; },
    'page.pick': ({ part, hint, draft }) => {
      pointing?.end();
      pointing = null;
      if (part === null || !isFrameShown(page)) return null;
      const tell = (element: Element, chosen: boolean): void => { void ask('frame.picked', { part, place: namePlace(element, part, draft), chosen }); };
      let last: Element | null = null;
      pointing = startPointing(page, surface, hint, (element) => { if (element !== last) { last = element; tell(element, false); } }, (element) => { pointing?.end(); tell(element, true); }, () => { pointing = null; }, signal);
      return null;
    },
    'page.try': async ({ draft }) => {
      if (!welcome) return null;
      const known = draft ? createDeclarativeAdapter(draft, openWatched) : adapterOf(welcome);
      versions.clear();
      if (!known) { if (options) { options = null; reset(); } await saySo(welcome); return null; }
      if (!options) { begin(welcome, known); await sent; return null; }
      options = { ...options, adapter: known, rows: new Map() };
      subject = '';
      sign();
      reading = null;
      read();
      await sent;
      return null;
    },
    'page.letters': () => lettersIn(page),
    'page.fetch-letter': async ({ index }) => {
      const fetched = await fetchLetter(page, index);
      return fetched.ok ? { bytes: fetched.value } : { refused: fetched.failure.kind };
    },
    'page.lend': ({ lent: given, asked }) => {
      if (!options) return null;
      const { note } = (reading ?? takeSnapshot(options, epoch)).snapshot.key;
      const isStale = given !== null && !asked && lentBefore !== null && lentBefore.subject !== given.subject.fingerprint && lentBefore.note === note;
      const next = isStale ? null : given;
      if (next?.subject.fingerprint === lent?.subject.fingerprint) return null;
      lent = next;
      // The background asked the banner before it lent: these words stand under that patient.
      if (next) lentBefore = { subject: next.subject.fingerprint, note };
      sign();
      read();
      return null;
    },
    'page.welcome': (next) => { accept(next); return null; },
    'page.show': ({ key, document, version, start, end }) => {
      const now = current();
      const open = now && isSameContext(now, key) && reading?.snapshot.documents.some((one) => one.id === document && one.version === version);
      const mark = open ? painter.find(document as DocumentId, { start, end }) : null;
      if (mark) show(mark);
      return { shown: mark !== null };
    },
    'page.selection': () => {
      const now = current();
      // Only words of a note that was read: never a banner's, never those of another patient who came meanwhile.
      if (!now || !reading || !isSameContext(now, reading.snapshot.key)) return null;
      const words = selectedWords(page, reading.snapshot.documents, reading.maps);
      return words && bind(now, words);
    },
    'page.hold': ({ key, places }) => {
      const now = current();
      painter.hold(now && isSameContext(now, key) ? places : []);
      return null;
    },
    'page.light': ({ key, marks }) => {
      const now = current();
      const stands = key !== null && now !== null && now.subject !== 'unknown' && isSameContext(now, key);
      litIn = stands && marks.length > 0 ? key : null;
      painter.light(stands ? marks : []);
      return { lit: stands };
    },
    'page.in-sight': async ({ key }) => {
      const stands = (): boolean => { const now = current(); return now !== null && isSameContext(now, key); };
      if (!stands()) return { marks: [] };
      const drawn = new Set(painter.inView());
      const found = await marksInSight(page, painter.marks().filter((mark) => drawn.has(mark) && mark.diagnostic.severity !== 'use'), (mark) => painter.boxesOf(mark));
      // It may have changed while the browser was asked.
      if (!stands()) return { marks: [] };
      inSight = new Map(found.map(({ mark, box }) => [mark, box]));
      // Several marks over the same words are one place.
      return { marks: [...new Map(found.map(({ mark }) => placeOf(mark)).map((one) => [`${one.document} ${one.span.start} ${one.span.end}`, one])).values()] };
    },
    'page.record-keys': () => ({
      // Windows: Alt in Chromium, Alt and Shift in Firefox (HTML, the accesskey attribute).
      chords: [...new Set([...page.querySelectorAll('[accesskey]')].flatMap((one) => (one.getAttribute('accesskey') ?? '').split(/\s+/).filter((letter) => [...letter].length === 1).flatMap((letter) => [`Alt+${letter.toUpperCase()}`, `Alt+Shift+${letter.toUpperCase()}`]))), ...usedByPage],
    }),
    'page.labels': ({ key, labels: given, typed }) => {
      const now = current();
      if (!now || !isSameContext(now, key)) { labels.hide(); return { shown: 0 }; }
      return { shown: labels.show(given.flatMap(({ place, label }) => {
        const mark = painter.find(place.document, place.span);
        return mark ? [{ mark, label, box: inSight.get(mark) ?? 0 }] : [];
      }), typed) };
    },
    'page.step': ({ by, evidence }) => {
      const marks = painter.marks().filter(({ diagnostic: { severity } }) => severity !== 'use' && (evidence || severity !== 'codable'));
      const at = inHand ? marks.indexOf(inHand) : -1;
      const next = marks[at < 0 && by < 0 ? marks.length - 1 : (at + by + marks.length) % marks.length];
      if (!next) return { shown: false };
      show(next);
      tellPanel([next]);
      return { shown: true };
    },
  };

  const accept = (next: FrameWelcome): void => {
    welcome = next;
    painter.setVisible(next.marks);
  };

  /** Our own viewer takes no style from the extension's scripting: it is given the marks' rules here. */
  const dressOwnPage = (): void => {
    if (!page.URL.startsWith(browser.runtime.getURL('')) || !page.defaultView) return;
    const sheet = new page.defaultView.CSSStyleSheet();
    sheet.replaceSync(highlightCss(prefix, false));
    page.adoptedStyleSheets.push(sheet);
  };

  const hello = () => ask('frame.hello', { reader, top, prefix });

  /** The background may need seconds when the browser has just started: Chromium reads the board's policy first. Asked a few times, then no more. */
  const greet = async (): Promise<FrameWelcome | null> => {
    for (let tries = 0; tries < greetings && !signal.aborted; tries += 1) {
      const greeted = await hello();
      if (greeted.ok) return greeted.value;
    }
    return null;
  };

  /** A shadow root that was opened is watched like the page itself. */
  const openWatched: OpenRoot = (element) => { const root = openRoot(element); if (root) watch?.addRoot(root); return root; };

  /** A page that nobody has described says so, once for its tab. */
  const saySo = async ({ tab, frame }: FrameWelcome): Promise<void> => { if (top) await ask('frame.captured', untaughtPage({ tab, frame, reader, top })); };

  /** Who knows this page. A frame that has no address of its own, or one of another origin, is part of the record about it. */
  const adapterOf = (greeted: FrameWelcome): EprAdapter<Document, Element> | null =>
    chooseAdapter(addressOf(page), greeted.adapters, openWatched) ?? (!top && greeted.address !== null ? chooseAdapter(greeted.address, greeted.adapters, openWatched) : null);

  const start = async (): Promise<void> => {
    const greeted = await greet();
    if (!greeted || signal.aborted) return;
    accept(greeted);
    dressOwnPage();
    const adapter = adapterOf(greeted);
    if (adapter) begin(greeted, adapter); else await saySo(greeted);
  };

  const begin = (greeted: FrameWelcome, adapter: EprAdapter<Document, Element>): void => {
    options = {
      page, adapter, reader, tab: greeted.tab, frame: greeted.frame, top,
      fingerprint: createFingerprint(greeted.salt), openRoot: openWatched, onUndefined: (element) => watch?.awaitGrowth(element), languageOf: readLanguage, versions, rows: new Map(), lent: () => lent, keepsName: __CONNECTED__, interfering: () => interfering,
    };
    // A second description for the same page: the watch goes on.
    if (watch) { subject = ''; sign(); read(); return; }
    watch = watchPage(page, { onSign: sign, onRecords: (records) => { painter.reverify(records); labels.follow((mark) => painter.find(mark.diagnostic.document, mark.diagnostic.span) !== null); }, onRead: read, concerns: (place) => options?.adapter.concerns(place) ?? true, holdsFields: () => reading === null || reading.fields.size > 0 || (options?.adapter.readsFields(page) ?? false) }, signal);
    watchPointer(page, painter, (found) => { if (found) showCard(found.mark, found.box, false); else card.hide(); }, (event) => surface.holds(event), signal);
    watchClicks(page, painter, (hits) => tellPanel(hits.map(({ mark }) => mark)), (event) => surface.holds(event), signal);
    page.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { card.hide(); painter.showCurrent(null); }
      // The page sees the key as well, and one that it has used is left to it. A bare character is the page's own.
      const chord = welcome?.panelChord ?? null;
      if (chord !== null && !isSingleCharacter(chord) && spells(chord, event)) {
        if (event.defaultPrevented) { usedByPage.add(chord); return; }
        const around = marksAround(painter.marks(), page.getSelection());
        void ask('frame.open-panel', { pointed: pointedAt(card.isOpen() && inHand ? [inHand] : around.length > 0 ? around : inHand ? [inHand] : []) });
      }
    }, { signal });
    page.defaultView?.addEventListener('pagehide', () => { painter.clear(); void ask('frame.left', { reader }); }, { signal });
    page.defaultView?.addEventListener('pageshow', (event) => { if (event.persisted) { reset(); void hello().then(() => watch?.askNow()); } }, { signal });
    sign();
    read();
  };

  listen(handlers, signal);
  void start();
}
