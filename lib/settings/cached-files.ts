import type { FileStore } from '../model/ports.js';
import { createPrivateFiles } from './private-files.js';

/** No address of anything: the cache asks for one as a name (RFC 6761: `invalid` never leads anywhere). */
const place = 'https://nodi.invalid/';

/**
 * Files as entries of the origin's cache storage, which rests in another part of the profile than the private file system. Each is a file of its own there, and goes
 * when it is removed. Where the browser has no such storage for us, or forbids it, it is a place with nothing in it that takes nothing.
 */
export function createCachedFiles(caches: CacheStorage | undefined, folder: string): FileStore {
  let opening: Promise<Cache | null> | null = null;
  const open = (): Promise<Cache | null> => (opening ??= (caches ? caches.open(folder) : Promise.resolve(null)).catch((problem: unknown) => {
    if (problem instanceof DOMException && problem.name === 'SecurityError') return null;
    opening = null;
    throw problem;
  }));
  return {
    names: async () => ((await (await open())?.keys()) ?? []).map(({ url }) => url.slice(place.length)),
    async read(name) {
      const found = await (await open())?.match(place + name);
      return found ? new Uint8Array(await found.arrayBuffer()) : null;
    },
    async write(name, bytes) {
      const cache = await open();
      if (!cache) throw new Error('There is no such storage');
      await cache.put(place + name, new Response(bytes));
    },
    remove: async (name) => { await (await open())?.delete(place + name); },
  };
}

/**
 * What is kept twice, as `…-a` and `…-b`, in two places: a damage to one leaves the other. Where one place cannot be used the other takes its part.
 * A file is removed wherever it lies, or that is a failure.
 */
export function createTwoPlaces(first: FileStore, second: FileStore): FileStore {
  const orderFor = (name: string): readonly [FileStore, FileStore] => (name.endsWith('-b') ? [second, first] : [first, second]);
  return {
    async names() {
      const both = await Promise.allSettled([first.names(), second.names()]);
      const found = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      if (found.length === 0) throw (both[0] as PromiseRejectedResult).reason;
      return [...new Set(found.flat())];
    },
    async read(name) {
      const [own, other] = orderFor(name);
      let failed: unknown = null;
      for (const at of [own, other]) {
        try { const bytes = await at.read(name); if (bytes) return bytes; } catch (problem) { failed = problem; }
      }
      if (failed !== null) throw failed;
      return null;
    },
    async write(name, bytes) {
      const [own, other] = orderFor(name);
      await own.write(name, bytes).catch(() => other.write(name, bytes));
    },
    async remove(name) {
      const both = await Promise.allSettled([first.remove(name), second.remove(name)]);
      const failed = both.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

/** Where the log keeps its keys and its copies: the private file system, and beside it the cache storage. */
export function createLogFiles(root: () => Promise<FileSystemDirectoryHandle>, caches: CacheStorage | undefined, folder: string): FileStore {
  return createTwoPlaces(createPrivateFiles(root, folder), createCachedFiles(caches, folder));
}
