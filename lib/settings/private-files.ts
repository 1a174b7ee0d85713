import type { FileStore } from '../model/ports.js';

/** Files in the origin's private file system, in one folder; `root` is `navigator.storage.getDirectory`. */
export function createPrivateFiles(root: () => Promise<FileSystemDirectoryHandle>, folder: string): FileStore {
  let opening: Promise<FileSystemDirectoryHandle> | null = null;
  const open = (): Promise<FileSystemDirectoryHandle> => (opening ??= root().then((held) => held.getDirectoryHandle(folder, { create: true })).catch((problem: unknown) => { opening = null; throw problem; }));
  const isMissing = (problem: unknown): boolean => problem instanceof DOMException && problem.name === 'NotFoundError';
  return {
    async names() {
      const found: string[] = [];
      for await (const name of (await open()).keys()) found.push(name);
      return found;
    },
    async read(name) {
      try {
        return new Uint8Array(await (await (await (await open()).getFileHandle(name)).getFile()).arrayBuffer());
      } catch (problem) { if (isMissing(problem)) return null; throw problem; }
    },
    async write(name, bytes) {
      // Written beside it and put in its place when it is closed: a file that was there stays whole until then.
      const writing = await (await (await open()).getFileHandle(name, { create: true })).createWritable();
      await writing.write(bytes);
      await writing.close();
    },
    async remove(name) {
      try { await (await open()).removeEntry(name); } catch (problem) { if (!isMissing(problem)) throw problem; }
    },
  };
}
