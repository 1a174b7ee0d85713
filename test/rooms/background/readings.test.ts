/** Which documents were read is noted once each, behind the answer, against the real log on an IndexedDB in memory. */
import { describe, expect, it } from 'vitest';
import { createReadings, type ReadDocument, type ReadingBody } from '../../../entrypoints/background/readings.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { EditionId } from '../../../lib/model/rulebook.js';
import { device, draft, finding, reading, type Device } from '../log/invented-decisions.js';

const keyOfFrame = (frame: number): ContextKey => ({ tab: 1, frame, reader: 'r' as ReaderId, epoch: 1, subject: 'p1' as Fingerprint, episode: 'e1' as Fingerprint, note: 'n' });
const edition = (): EditionId => 'starter-1' as EditionId;
const shownDocument = (document: number, key = keyOfFrame(0), episode = 7): ReadDocument => ({ key, name: `${episode} ${document}`, body: () => reading(document, episode) as ReadingBody });
const documents = (count: number, from = 1): readonly ReadDocument[] => Array.from({ length: count }, (_, at) => shownDocument(from + at));
const always = (): Promise<boolean> => Promise.resolve(true);
const placesIn = async (on: Device): Promise<readonly string[]> => { const rows = await on.open().read(); return rows.ok ? rows.value.flatMap((row) => (row.kind === 'document-read' ? [row.place] : [])) : ['failed']; };

describe('documents that were read', () => {
  it('are one row each, however often the page is read again, and after the worker has died', async () => {
    const on = device();
    let asked = 0;
    for (let life = 0; life < 4; life += 1) {
      const log = on.open();
      const readings = createReadings({ append: log.append, ofEpisode: (episode) => { asked += 1; return log.ofEpisode(episode); } }, edition, always);
      for (let time = 0; time < 5; time += 1) readings.note(1, documents(6 + life));
      await readings.settled();
    }
    const places = await placesIn(on);
    console.info(`readings noted ${4 * 5}, rows ${places.length}, doubled ${places.length - new Set(places).size}`);
    expect(places.length).toBe(9);
    expect(new Set(places).size).toBe(9);
    // The log is asked once an episode and life, not once a document.
    expect(asked).toBe(4);
  });

  it('are not noted while the note is being answered, nor where the frame shows something else by then, nor for nobody', async () => {
    const on = device();
    let shown = false;
    const readings = createReadings(on.open(), edition, (key) => Promise.resolve(shown && key.frame === 0));
    readings.note(1, [shownDocument(1), shownDocument(2, keyOfFrame(3))]);
    await Promise.resolve();
    expect(await placesIn(on)).toEqual([]);
    await readings.settled();
    expect(await placesIn(on)).toEqual([]);
    shown = true;
    readings.note(1, [shownDocument(1), shownDocument(2, keyOfFrame(3)), { ...shownDocument(3), body: () => null }]);
    await readings.settled();
    expect((await placesIn(on)).length).toBe(1);
  });

  it('asks each frame once, not once a document', async () => {
    const asked: number[] = [];
    const readings = createReadings(device().open(), edition, (key) => { asked.push(key.frame); return always(); });
    const [first, second] = [keyOfFrame(0), keyOfFrame(1)];
    readings.note(1, [...Array.from({ length: 20 }, (_, at) => shownDocument(at, first)), ...Array.from({ length: 20 }, (_, at) => shownDocument(100 + at, second))]);
    await readings.settled();
    expect(asked).toEqual([0, 1]);
  });

  it('that the log did not take are tried at the next reading, and none twice', async () => {
    const on = device();
    const log = on.open();
    let full = true;
    const readings = createReadings({ ofEpisode: log.ofEpisode, append: (made) => (full ? Promise.resolve({ ok: false, failure: { kind: 'disk-full' } }) : log.append(made)) }, edition, always);
    readings.note(1, documents(5));
    await readings.settled();
    expect(await placesIn(on)).toEqual([]);
    full = false;
    readings.note(1, documents(5));
    readings.note(2, documents(5));
    await readings.settled();
    expect((await placesIn(on)).length).toBe(5);
  });

  it('keep no decision waiting for more than the row that is being written', async () => {
    const on = device();
    const log = on.open();
    const sequences: number[] = [];
    const readings = createReadings({ ofEpisode: log.ofEpisode, append: async (made) => { const written = await log.append(made); if (written.ok) sequences.push(written.value.sequence); return written; } }, edition, always);
    readings.note(1, documents(80));
    while (sequences.length < 10) await new Promise((go) => { setTimeout(go, 0); });
    const before = sequences.length;
    const logged = await log.append(draft(1, finding('finding-logged')));
    const at = logged.ok ? logged.value.sequence : 0;
    await readings.settled();
    console.info(`a decision after ${before} of 80 readings is row ${at}`);
    expect(at).toBeLessThanOrEqual(before + 2);
    expect((await placesIn(on)).length).toBe(80);
  });
});
