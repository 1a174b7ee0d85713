import type { ContextKey } from '../../lib/model/context.js';
import type { EpisodeKey, EventBody, PlaceKey } from '../../lib/model/decision.js';
import { readingId } from '../../lib/model/event-id.js';
import type { LogStore } from '../../lib/model/ports.js';
import type { EditionId } from '../../lib/model/rulebook.js';

export type ReadingBody = Extract<EventBody, { readonly kind: 'document-read' }>;

/** A document that a frame of the known patient showed when it was read. */
export interface ReadDocument {
  readonly key: ContextKey;
  /** Tells it from others of its tab without a hash: page words, memory only. */
  readonly name: string;
  /** Its row; null where nobody is known any more. */
  readonly body: () => ReadingBody | null;
}

/** The denominator of every rate: which documents were read, each once. */
export interface Readings {
  /** Comes back at once. What is still shown a moment later and was never noted is written then, one row after the other, so that a decision waits for one at most. */
  readonly note: (tab: number, documents: readonly ReadDocument[]) => void;
  readonly forget: (tab: number) => void;
  /** Resolves when all that was noted so far is written, or could not be. */
  readonly settled: () => Promise<void>;
}

/**
 * `isShown` asks the frame itself whether it still shows what it sent. Which documents of an episode were noted before is asked of the log once an
 * episode, so that a worker that died writes none twice; one that could not be written is tried again at its next reading.
 */
export function createReadings(log: Pick<LogStore, 'append' | 'ofEpisode'>, edition: () => EditionId, isShown: (key: ContextKey) => Promise<boolean>): Readings {
  const noted = new Map<number, Set<string>>();
  const known = new Map<EpisodeKey, Set<PlaceKey>>();
  let turn: Promise<void> = Promise.resolve();

  const knownIn = async (episode: EpisodeKey): Promise<Set<PlaceKey> | null> => {
    const held = known.get(episode);
    if (held) return held;
    const rows = await log.ofEpisode(episode);
    if (!rows.ok) return null;
    const places = new Set(rows.value.flatMap((row) => (row.kind === 'document-read' ? [row.place] : [])));
    known.set(episode, places);
    return places;
  };

  /** False where the log does not take it. */
  const write = async (body: ReadingBody): Promise<boolean> => {
    const places = await knownIn(body.episode);
    if (places === null) return false;
    if (places.has(body.place)) return true;
    const written = await log.append({ id: readingId(crypto.getRandomValues(new Uint8Array(16))), edition: edition(), body });
    if (written.ok) places.add(body.place);
    return written.ok;
  };

  const writeAll = async (documents: readonly ReadDocument[], done: Set<string>): Promise<void> => {
    // The answer goes out first, and is painted.
    await new Promise<void>((resolve) => { setTimeout(resolve, 0); });
    const shown = new Map<ContextKey, boolean>();
    for (const { key, name, body } of documents) {
      if (done.has(name)) continue;
      if (!shown.has(key)) shown.set(key, await isShown(key));
      const row = shown.get(key) ? body() : null;
      if (!row) continue;
      if (!(await write(row))) return;
      done.add(name);
    }
  };

  return {
    note(tab, documents) {
      const done = noted.get(tab) ?? new Set();
      noted.set(tab, done);
      const fresh = documents.filter(({ name }) => !done.has(name));
      if (fresh.length > 0) turn = turn.then(() => writeAll(fresh, done)).catch(() => undefined);
    },
    forget: (tab) => { noted.delete(tab); },
    settled: () => turn,
  };
}
