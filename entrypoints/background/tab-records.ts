import { diagnose, type Reader } from '../../lib/analysis/index.js';
import type { ReaderId } from '../../lib/model/context.js';
import type { Diagnostic } from '../../lib/model/diagnostic.js';
import type { DocumentId } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';

/** What the background knows of one frame. All of it is a cache: after the worker dies, frames send again. */
export interface FrameRecord {
  readonly reader: ReaderId;
  /** Null between a reset and the next reading. */
  readonly snapshot: RecordSnapshot | null;
  readonly diagnostics: readonly Diagnostic[];
  /** By which reader and for which specialty the diagnostics were made; under others they are made anew. */
  readonly madeBy: Making | null;
}

/** What findings depend on besides the text. */
export interface Making {
  readonly reader: Reader;
  readonly specialty: SpecialtyId | 'unknown';
}

/** The frames of every tab, in memory only. */
export interface TabRecords {
  readonly frames: (tab: number) => ReadonlyMap<number, FrameRecord>;
  /** A reader began. True when it is a new page in the top frame: everything that the tab's frames said is forgotten, and those of the new page that were sooner must send again. */
  readonly started: (tab: number, frame: number, reader: ReaderId) => boolean;
  /** Takes a new reading; false when an older page load or an older epoch sent it. */
  readonly captured: (snapshot: RecordSnapshot, making: Making) => boolean;
  readonly reset: (tab: number, frame: number, reader: ReaderId) => void;
  readonly left: (tab: number, frame: number, reader: ReaderId) => void;
  readonly forget: (tab: number) => void;
  readonly known: () => readonly number[];
  readonly find: (tab: number, frame: number, document: DocumentId) => { readonly record: FrameRecord; readonly snapshot: RecordSnapshot } | null;
}

/** Makes the store of what the frames last sent. */
export function createTabRecords(): TabRecords {
  const tabs = new Map<number, Map<number, FrameRecord>>();
  const framesOf = (tab: number): Map<number, FrameRecord> => {
    const known = tabs.get(tab);
    if (known) return known;
    const fresh = new Map<number, FrameRecord>();
    tabs.set(tab, fresh);
    return fresh;
  };
  return {
    frames: (tab) => tabs.get(tab) ?? new Map(),
    started(tab, frame, reader) {
      // A new page in the top frame ends everything that its old frames said.
      const anew = frame === 0 && tabs.get(tab)?.get(0)?.reader !== reader;
      if (anew) tabs.delete(tab);
      const before = framesOf(tab).get(frame);
      if (before?.reader !== reader) framesOf(tab).set(frame, { reader, snapshot: null, diagnostics: [], madeBy: null });
      return anew;
    },
    captured(snapshot, making) {
      const { tab, frame, reader, epoch } = snapshot.key;
      const before = framesOf(tab).get(frame);
      if (before && before.reader === reader && before.snapshot && before.snapshot.key.epoch > epoch) return false;
      const usable = before?.reader === reader && before.madeBy?.reader === making.reader && before.madeBy.specialty === making.specialty ? before : null;
      const versions = new Map(usable?.snapshot?.documents.map((document) => [document.id, document.version]));
      const diagnostics = snapshot.documents.flatMap((document) => (usable && versions.get(document.id) === document.version
        ? usable.diagnostics.filter((one) => one.document === document.id)
        : diagnose(document, making.reader, making.specialty)));
      framesOf(tab).set(frame, { reader, snapshot, diagnostics, madeBy: making });
      return true;
    },
    reset(tab, frame, reader) {
      framesOf(tab).set(frame, { reader, snapshot: null, diagnostics: [], madeBy: null });
    },
    left(tab, frame, reader) {
      if (framesOf(tab).get(frame)?.reader === reader) framesOf(tab).delete(frame);
    },
    forget(tab) { tabs.delete(tab); },
    known: () => [...tabs.keys()],
    find(tab, frame, document) {
      const record = tabs.get(tab)?.get(frame);
      if (!record?.snapshot?.documents.some((one) => one.id === document)) return null;
      return { record, snapshot: record.snapshot };
    },
  };
}
