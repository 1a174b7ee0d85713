import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ContextKey, Fingerprint, ReaderId } from '../model/context.js';
import type { ClinicalDocument, DocumentId } from '../model/document.js';
import { unknownEpisode, type Episode } from '../model/episode.js';
import type { EprAdapter, LocatedNote, LocatedPatient } from '../model/ports.js';
import type { DocumentLanguage } from '../model/language.js';
import type { CoverageGap, PartFound, RecordSnapshot, Subject, SubjectReading } from '../model/snapshot.js';
import { boxOf, foreignFrames, framePath, holderOf, isFrameShown, isShown, pageAbove, queryAll, type OpenRoot } from './page-access.js';
import { initialsOf, nhsNumbersIn, plainIdentifier } from './patient-identifier.js';
import { readRegion, unreadable, type ReadOptions, type RegionText } from './read-text.js';
import { noRows, readRows, type RowsShown } from './rows-shown.js';
import type { TextMap } from './text-map.js';

/** Makes fingerprints under a key (hex) of this browser session. */
export function createFingerprint(salt: string): (words: string) => Fingerprint {
  const key = hexToBytes(salt);
  const known = new Map<string, Fingerprint>();
  return (words) => {
    const before = known.get(words);
    if (before !== undefined) return before;
    const made = bytesToHex(hmac(sha256, key, utf8ToBytes(words))).slice(0, 32) as Fingerprint;
    known.set(words, made);
    return made;
  };
}

/** A quick content hash (two 32-bit lanes) to notice that a text changed; never stored, never an identifier. */
export function contentHash(text: string, before = ''): string {
  let a = 0x811c9dc5 ^ before.length;
  let b = 0x9e3779b9;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) + at;
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}${before}`.slice(0, 64);
}

/** What stays the same for one reader while its page lives. */
export interface SnapshotOptions {
  /** Is the banner's name given with the patient? Only a package that sends needs it, to hide it. */
  readonly keepsName?: boolean;
  readonly page: Document;
  readonly adapter: EprAdapter<Document, Element>;
  readonly reader: ReaderId;
  readonly tab: number;
  readonly frame: number;
  readonly top: boolean;
  readonly fingerprint: (words: string) => Fingerprint;
  /** Opens a shadow root, and sees to it that it is watched. */
  readonly openRoot: OpenRoot;
  /** Told of custom elements in a note that the page has not defined yet. */
  readonly onUndefined?: (element: Element) => void;
  readonly languageOf: (text: string) => DocumentLanguage;
  /** Text and version of each document as last read. */
  readonly versions: Map<DocumentId, { readonly version: number; readonly text: string }>;
  /** Rows of lists that draw only what is in view, by document, for the patient on screen. */
  readonly rows: Map<DocumentId, RowsShown>;
  /** The patient of the tab, lent to a frame that has no banner and may not look at the page about it; null otherwise. */
  readonly lent: () => Lent | null;
  /** Does the page take away, again and again, what is shown in it? */
  readonly interfering: () => boolean;
}

/** What a frame without a banner is told of the tab it is in. */
export interface Lent { readonly subject: Subject; readonly episode: Episode }

/** One reading: the data that leaves the page and the maps that do not. */
export interface Reading {
  readonly snapshot: RecordSnapshot;
  readonly maps: ReadonlyMap<DocumentId, TextMap>;
  readonly regions: ReadonlyMap<DocumentId, Element>;
  /** The form field that holds a document of channel `field`. */
  readonly fields: ReadonlyMap<DocumentId, Element>;
}

/** The first answer that fits, from this page or else the nearest page about it that may be asked. */
function nearest<Answer>(page: Document, look: (at: Document) => Answer, fits: (answer: Answer) => boolean): Answer | null {
  for (let at: Document | null = page; at; at = pageAbove(at)) {
    const answer = look(at);
    if (fits(answer)) return answer;
  }
  return null;
}

const saysSomething = (episode: Episode): boolean => Object.values(episode).some((part) => part !== null);

/** Who the page is about at this moment, from one look at its banners: its own, else those of the nearest page about it, else the patient lent to it. */
export function readSubject({ page, adapter, fingerprint, lent, keepsName = false }: Pick<SnapshotOptions, 'page' | 'adapter' | 'fingerprint' | 'lent' | 'keepsName'>): SubjectReading {
  let here: LocatedPatient | null = null;
  const located = nearest(page, (at) => { const found = adapter.who(at); here ??= found; return found; }, (found) => found.banners.length > 0);
  const borrowed = lent()?.subject;
  if ((!located || !here) && borrowed) {
    const other = (here as LocatedPatient | null)?.inNotes.map(plainIdentifier).find((identifier) => identifier !== borrowed.identifier);
    return other === undefined ? { kind: 'known', subject: borrowed } : { kind: 'unknown', reason: 'disagree', lastDigits: [borrowed.lastDigits, other.slice(-3)] };
  }
  if (!located || !here) return { kind: 'unknown', reason: 'no-banner', lastDigits: [] };
  const subjects = new Map<string, Subject>();
  for (const banner of located.banners) {
    if (banner.identifier === null) continue;
    const identifier = plainIdentifier(banner.identifier);
    if (identifier === '') continue;
    subjects.set(identifier, { fingerprint: fingerprint(`subject|${identifier}`), identifier, initials: initialsOf(banner.name), lastDigits: identifier.slice(-3), ...(keepsName && banner.name ? { name: banner.name } : {}) });
  }
  const [only] = subjects.values();
  if (!only) return { kind: 'unknown', reason: 'no-identifier', lastDigits: [] };
  if (subjects.size > 1) return { kind: 'two', subjects: [...subjects.values()] };
  const other = (here as LocatedPatient).inNotes.map(plainIdentifier).find((identifier) => identifier !== only.identifier);
  if (other !== undefined) return { kind: 'unknown', reason: 'disagree', lastDigits: [only.lastDigits, other.slice(-3)] };
  return { kind: 'known', subject: only };
}

function sameSubject(a: SubjectReading, b: SubjectReading): boolean {
  return a.kind === 'known' && b.kind === 'known' ? a.subject.fingerprint === b.subject.fingerprint : a.kind === b.kind && a.kind !== 'known';
}

/** Which of the described parts this reading has, from what it read: nothing is looked for again. */
function partsFound({ page, adapter }: SnapshotOptions, subject: SubjectReading, episode: Episode, notes: readonly LocatedNote<Element>[]): readonly PartFound[] {
  const known = subject.kind === 'known' ? [subject.subject] : subject.kind === 'two' ? subject.subjects : [];
  return adapter.described.flatMap((part): readonly PartFound[] => {
    switch (part) {
      case 'banner': return [{ part, found: subject.kind !== 'unknown' || subject.reason !== 'no-banner' }];
      // Without a banner nobody looks inside one; two names that disagree were both read.
      case 'identifier': return subject.kind === 'unknown' && subject.reason !== 'no-identifier' ? [] : [{ part, found: known.length > 0 }];
      case 'name': return known.length === 0 ? [] : [{ part, found: known.some(({ initials }) => initials !== '') }];
      case 'notes': return [{ part, found: notes.length > 0, ...(notes.length === 0 && adapter.isTooWide(page) ? { tooWide: true as const } : {}) }];
      case 'title': case 'date': case 'author': case 'episode': return notes.length === 0 ? [] : [{ part, found: notes.some((note) => (note[part] ?? '') !== '') }];
      default: return [{ part, found: episode[part] !== null }];
    }
  });
}

/** One synchronous reading of a frame: banner, notes, banner again. Nothing of a hidden frame is read. */
export function takeSnapshot(options: SnapshotOptions, epoch: number): Reading {
  const { page, adapter, fingerprint } = options;
  const shown = isFrameShown(page);
  const before = readSubject(options);
  const notes = adapter.notes(page);
  const episode = nearest(page, adapter.episode, saysSomething) ?? options.lent()?.episode ?? unknownEpisode;
  const maps = new Map<DocumentId, TextMap>();
  const regions = new Map<DocumentId, Element>();
  const fields = new Map<DocumentId, Element>();
  const documents: ClinicalDocument[] = [];
  const gaps: CoverageGap[] = [];
  const nested = new Set(notes.map((note) => note.place));
  if (shown) {
    for (const note of notes) {
      const id = note.id as DocumentId;
      const how: ReadOptions = {
        excluded: (element) => adapter.excluded(element) || (element !== note.place && nested.has(element)),
        entersShadow: adapter.entersShadow, openRoot: options.openRoot, ...(options.onUndefined ? { onUndefined: options.onUndefined } : {}),
      };
      let read: RegionText;
      if (note.rows === null) read = readRegion(note.place, how);
      else {
        const rows = options.rows.get(id) ?? noRows();
        options.rows.set(id, rows);
        read = readRows(note.place, note.rows, rows, before.kind === 'known' ? before.subject.fingerprint : null, how);
      }
      // Frames of another origin are told by their place: one that has a reader of its own is no gap.
      for (const [kind, count] of read.gaps) if (kind !== 'no-permission') gaps.push({ kind, count, title: note.title || null, document: id });
      const add = (name: DocumentId, text: string, channel: ClinicalDocument['channel'], blocks: readonly number[]): void => {
        if (text.trim() === '') return;
        const last = options.versions.get(name);
        const version = last ? (last.text === text ? last.version : last.version + 1) : 1;
        options.versions.set(name, { version, text });
        documents.push({ id: name, version, kind: note.kind, language: options.languageOf(text), channel, title: note.title, date: note.date, author: note.author, episode: note.episode, text, blocks });
        regions.set(name, note.place);
      };
      add(id, read.text, read.editable ? 'draft' : 'text', read.blocks);
      maps.set(id, read.map);
      read.fields.forEach(({ place, text }, index) => {
        const name = `${id}#${index}` as DocumentId;
        add(name, text, 'field', [0]);
        fields.set(name, place);
      });
    }
  }
  if (options.interfering()) gaps.push({ kind: 'interference', count: 1, title: null, document: null });
  if (!shown) gaps.push({ kind: 'hidden-frame', count: 1, title: null, document: null });
  // Viewers and frames beside the notes: the letter may be in one of them, so they are named.
  else for (const frame of queryAll(page, 'iframe,frame,embed,object')) {
    if (notes.some((note) => note.place.contains(frame)) || adapter.excluded(frame) || !isShown(frame) || boxOf(frame).width <= 100) continue;
    const kind = unreadable(frame);
    if (kind && kind !== 'no-permission') gaps.push({ kind, count: 1, title: null, document: null });
  }
  const after = readSubject(options);
  const lent = options.lent() !== null && nearest(page, adapter.who, (found) => found.banners.length > 0) === null;
  // A letter in a frame without a banner that names another patient is that patient's, whatever the banner beside it says.
  const stranger = lent && after.kind === 'known' ? documents.flatMap((document) => nhsNumbersIn(document.text)).find((number) => number !== after.subject.identifier) : undefined;
  const subject: SubjectReading = stranger !== undefined ? { kind: 'unknown', reason: 'disagree', lastDigits: [stranger.slice(-3)] } : !sameSubject(before, after) ? { kind: 'unknown', reason: 'changed-while-reading', lastDigits: [] } : before;
  const foreign = shown ? foreignFrames(page) : { hidden: [], shown: [] };
  const { number, specialty, admitted } = episode;
  const key: ContextKey = {
    tab: options.tab, frame: options.frame, reader: options.reader, epoch,
    subject: subject.kind === 'known' ? subject.subject.fingerprint : 'unknown',
    episode: subject.kind === 'known' ? fingerprint(`episode|${subject.subject.identifier}|${number ?? ''}|${specialty ?? ''}|${admitted ?? ''}`) : 'unknown',
    note: documents.reduce((hash, document) => contentHash(document.text, contentHash(document.id + hash)), ''),
  };
  const snapshot: RecordSnapshot = {
    key, adapter: { id: adapter.id, version: adapter.version }, top: options.top, path: framePath(page), outside: !options.top && holderOf(page) === null, hides: foreign.hidden, beside: foreign.shown, lent, episode, documents,
    subject: shown ? subject : { kind: 'unknown', reason: 'no-banner', lastDigits: [] },
    coverage: { gaps, characters: documents.reduce((sum, document) => sum + document.text.length, 0), parts: shown ? partsFound(options, subject, episode, notes) : [] },
  };
  return { snapshot, maps, regions, fields };
}

/** What a page that nobody has described gives: nothing, and the reason. */
export function untaughtPage({ tab, frame, reader, top }: Pick<SnapshotOptions, 'tab' | 'frame' | 'reader' | 'top'>): RecordSnapshot {
  return {
    key: { tab, frame, reader, epoch: 0, subject: 'unknown', episode: 'unknown', note: '' }, adapter: { id: 'none', version: 0 }, top, path: [], outside: !top, hides: [], beside: [], lent: false, episode: unknownEpisode, documents: [],
    subject: { kind: 'unknown', reason: 'no-adapter', lastDigits: [] }, coverage: { gaps: [], characters: 0, parts: [] },
  };
}
