import browser from 'webextension-polyfill';
import { createReader, diagnose } from '../../lib/analysis/index.js';
import { askFrame, type Handlers } from '../../lib/messaging/channel.js';
import type { EntryTrial } from '../../lib/model/sheet.js';
import { ruleTried } from '../../lib/rulebook/index.js';
import type { TabCodes } from './tab-codes.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import type { TabRecords } from './tab-records.js';
import type { World } from './world.js';

/** Entries that lead people try on the record that is open in another tab: its places are lit there, and counts alone go back. Nothing of it is kept. */
export function entryAnswers(world: () => Promise<World>, tabs: TabRecords, { ownFrames, subjectOf, stillShown, wake }: TabPatient, { specialtyOf }: TabEpisode, { guessIn }: TabCodes): Required<Pick<Handlers, 'panel.try-entry'>> {
  let last: object | null = null;

  /** Tabs by when they were last in front, the latest first. */
  const byUse = async (): Promise<readonly number[]> => (await browser.tabs.query({})).sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0)).flatMap(({ id }) => id ?? []);

  /** The tab of the record that was used last: of one confirmed patient, who is on screen there still. */
  const openRecord = async (known: readonly number[]): Promise<number | null> => {
    for (const tab of known) {
      // A worker that has just begun knows nobody; a tab without a reader does not answer.
      if (tabs.frames(tab).size === 0 && !(await wake(tab))) continue;
      if ((await subjectOf(tab, null)).kind === 'known' && ownFrames(tab).length > 0 && await stillShown(tab, null)) return tab;
    }
    return null;
  };

  const tryIn = async (it: World, tab: number, entry: Parameters<typeof ruleTried>[0], isLast: () => boolean): Promise<EntryTrial> => {
    if (guessIn(it, tab) === 'hidden') return { kind: 'hidden' };
    const rule = ruleTried(entry);
    const [specialty, noisyOn] = [specialtyOf(it, tab), it.effective.settings.noisyOn];
    // As it would stand in the sheet in force; and alone, to know where another entry goes first.
    const [whole, alone] = [createReader({ ...it.rulebook, rules: [...it.rulebook.rules.filter(({ id }) => id !== rule.id), rule] }, { noisyOn }), createReader({ ...it.rulebook, rules: [rule] }, { noisyOn })];
    const frames = ownFrames(tab).map(({ key, documents }) => ({
      key, read: documents.length, alone: documents.reduce((sum, document) => sum + diagnose(document, alone, specialty).length, 0),
      marks: documents.flatMap((document) => diagnose(document, whole, specialty).filter((one) => one.rule === rule.id)),
    }));
    if (!isLast()) return { kind: 'changed' };
    const lit = await Promise.all(frames.map(async ({ key, marks }) => { const answer = await askFrame(tab, key.frame, 'page.light', { key, marks }); return answer.ok && answer.value.lit; }));
    // Another patient came, or the note changed, while it was read: nothing of it stands, and no count is told.
    if (lit.includes(false)) { await end([tab]); return { kind: 'changed' }; }
    const marks = frames.flatMap((one) => one.marks);
    const sum = (of: (one: (typeof frames)[number]) => number): number => frames.reduce((all, one) => all + of(one), 0);
    return { kind: 'tried', marks: marks.length, documents: new Set(frames.flatMap((one) => one.marks.map(({ document }) => `${one.key.frame} ${document}`))).size, read: sum(({ read }) => read), beaten: Math.max(0, sum((one) => one.alone) - marks.length) };
  };

  /** Puts the light out, in pages that a worker before this one lit as well. */
  const end = async (known: readonly number[]): Promise<void> => { await Promise.all(known.map((tab) => askFrame(tab, 'every', 'page.light', { key: null, marks: [] }))); };

  return {
    async 'panel.try-entry'({ entry }) {
      const mine = {};
      last = mine;
      const [it, known] = [await world(), await byUse()];
      await end(known);
      if (entry === null) return { kind: 'ended' };
      const tab = await openRecord(known);
      return tab === null ? { kind: 'no-record' } : tryIn(it, tab, entry, () => last === mine);
    },
  };
}
