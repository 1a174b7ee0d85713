/** What says that a document was read: many rows, which no start and no fold of decisions has to meet. */
import { describe, expect, it } from 'vitest';
import { checkDraft, faultName, foldDecisions } from '../../../lib/log/index.js';
import type { EpisodeKey, EventId, LogEvent } from '../../../lib/model/decision.js';
import { isReadingId, readingId } from '../../../lib/model/event-id.js';
import type { EditionId, RuleId } from '../../../lib/model/rulebook.js';
import { clickId, device, draft, fault, finding, keyOf, reading } from './invented-decisions.js';

const randomId = (): EventId => readingId(crypto.getRandomValues(new Uint8Array(16)));
const readingDraft = (document: number, episode = 7): ReturnType<typeof draft> => ({ id: randomId(), edition: 'starter-1' as EditionId, body: reading(document, episode) });

describe('rows of readings', () => {
  it('are told from decisions by their ids alone, and no id of a click is ever taken for one', () => {
    const clicks = Array.from({ length: 20_000 }, () => crypto.randomUUID());
    const own = Array.from({ length: 20_000 }, randomId);
    const bad = clicks.filter(isReadingId).length + own.filter((id) => !isReadingId(id)).length + (own.length - new Set(own).size);
    console.info(`ids tried ${clicks.length + own.length}, bad ${bad}`);
    expect(bad).toBe(0);
    // The worst case of a click's id begins with the same figures and is of version 4 all the same.
    expect(isReadingId('ffffffff-ffff-4fff-bfff-ffffffffffff')).toBe(false);
    expect(checkDraft(readingDraft(1)).ok).toBe(true);
    expect(checkDraft({ ...draft(1), id: randomId() })).toEqual({ ok: false, failure: { kind: 'not-allowed', field: 'id' } });
  });

  it('are not among what a start reads, and are all there for whoever reads the log', async () => {
    const on = device();
    const store = on.open();
    const decided: EventId[] = [];
    for (let number = 1; number <= 120; number += 1) {
      const made = number % 6 === 0 ? draft(number) : readingDraft(number, 1 + (number % 9));
      if (number % 6 === 0) decided.push(made.id);
      expect((await store.append(made)).ok).toBe(true);
    }
    const [all, decisions] = await Promise.all([on.open().read(), on.open().decisions()]);
    const ids = decisions.ok ? decisions.value.map(({ id }) => id) : [];
    console.info(`rows ${all.ok ? all.value.length : 0}, decisions ${ids.length}`);
    expect(all.ok && all.value.length).toBe(120);
    expect(ids).toEqual(decided);
    expect(await on.open().check()).toEqual({ kind: 'sound', rows: 120 });
  });

  it('are asked for by episode, and only those of that episode come', async () => {
    const store = device().open();
    for (let number = 1; number <= 40; number += 1) await store.append(readingDraft(number, number % 4));
    await store.append(draft(1, finding('finding-logged')));
    const places = async (episode: number): Promise<readonly string[]> => { const rows = await store.ofEpisode(keyOf(episode) as EpisodeKey); return rows.ok ? rows.value.map((row) => ('place' in row ? row.place : '')) : ['failed']; };
    expect(await places(3)).toEqual([3, 7, 11, 15, 19, 23, 27, 31, 35, 39].map(keyOf));
    expect(await places(7)).toEqual([keyOf(1)]);
    expect(await places(99)).toEqual([]);
  });

  it('of one day are opened with one look at the day’s key, however many there are', async () => {
    const on = device();
    const store = on.open();
    for (let number = 1; number <= 60; number += 1) { on.time.now += number % 20 === 0 ? 86_400_000 : 1; await store.append(readingDraft(number)); }
    await store.backedUp();
    const { read } = on.files;
    let looks = 0;
    const counted = { ...on, files: Object.assign(on.files, { read: (name: string) => { if (name.startsWith('key-')) looks += 1; return read(name); } }) };
    const rows = await counted.open().read();
    console.info(`rows ${rows.ok ? rows.value.length : 0}, looks at key files ${looks}`);
    expect(rows.ok && rows.value.length).toBe(60);
    expect(looks).toBe(4);
  });
});

describe('how often a fault stands logged in an episode', () => {
  const rows = (...bodies: readonly (LogEvent | Parameters<typeof draft>[1])[]): LogEvent[] => bodies.map((body, at) => ({ ...body, id: clickId(at + 1), sequence: at + 1 }) as LogEvent);
  const episode = keyOf(7) as EpisodeKey;

  it('is counted by term and by category, each place once, and without what was taken back', () => {
    const { times } = foldDecisions(rows(
      finding('finding-logged', 1), finding('finding-logged', 2), finding('finding-logged', 2), finding('finding-logged', 3, 'BM002'), finding('finding-dismissed', 4),
      fault('missing-cause', 1), fault('missing-cause', 2), fault('missing-cause', 2), fault('conflict', 1), { kind: 'undone', undoes: clickId(9) }, reading(1),
    ));
    expect([...times]).toEqual([[faultName(episode, 'BM001' as RuleId), 2], [faultName(episode, 'BM002' as RuleId), 1], [faultName(episode, 'missing-cause'), 2]]);
  });
});
