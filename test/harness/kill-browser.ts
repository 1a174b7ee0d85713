/** A browser that dies as with a lost battery. */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './sample-record.js';

/** Processes of a test's own browser: those whose command line names its profile folder. */
export function ownProcesses(folder: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--user-data-dir=${folder}`); } catch { return false; }
  });
}

/** SIGKILL to the browser and all its children at once; nothing gets to write, close or say goodbye. Gives how many there were. */
export function killBrowser(folder: string): number {
  const found = ownProcesses(folder);
  for (const pid of found) {
    // The browser leads a group of its own that holds its children; a process that leads none is ended alone.
    try { process.kill(-pid, 'SIGKILL'); } catch { try { process.kill(pid, 'SIGKILL'); } catch { /* gone already */ } }
  }
  return found.length;
}

/** Waits until nothing of it is left, and makes its profile ready for the next. */
export async function buryBrowser(folder: string): Promise<void> {
  await until(() => Promise.resolve(ownProcesses(folder)), (left) => left.length === 0);
  for (const name of readdirSync(folder)) if (name.startsWith('Singleton')) rmSync(join(folder, name), { force: true });
}
