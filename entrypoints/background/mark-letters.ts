import { ask, askFrame } from '../../lib/messaging/channel.js';
import { isSameContext } from '../../lib/model/context.js';
import { labelsFor, type MarkLabel } from '../../lib/model/mark-label.js';
import type { Pointed } from '../../lib/model/review.js';
import type { TabPatient } from './tab-patient.js';

/** Letters that stand at the marks of a tab, so that a mark is reached by keys. */
export function createMarkLetters({ ownFrames, inPageOrder }: TabPatient) {
  /** Letters that stand at marks, by tab: memory only. A worker that dies takes the mode with it. */
  const labelled = new Map<number, { readonly labels: readonly MarkLabel[] }>();

  /** Draws the letters of a tab in its frames, those that begin with what was typed; none takes them away. Gives those of frames that could show theirs. */
  const drawLabels = async (tab: number, labels: readonly MarkLabel[], typed: string): Promise<readonly MarkLabel[]> => (await Promise.all(ownFrames(tab).map(async ({ key }) => {
    const own = labels.filter(({ pointed }) => isSameContext(pointed.key, key));
    const drawn = await askFrame(tab, key.frame, 'page.labels', { key, typed, labels: own.map(({ label, pointed: { places: [place] } }) => ({ label, place })) });
    return drawn.ok && drawn.value.shown > 0 ? own : [];
  }))).flat();

  /** Takes the letters away everywhere; false where none stood. */
  const dropLabels = (tab: number): boolean => {
    if (!labelled.delete(tab)) return false;
    void drawLabels(tab, [], '');
    return true;
  };

  /** So that the panel does not ask for letters that are gone. */
  const endLabels = (tab: number): void => { if (dropLabels(tab)) void ask('hint.labels', { tab, what: 'left' }); };

  /** Letters for the marks that can be seen in the frames of the one patient, in the order of the page. */
  const beginLabels = async (tab: number): Promise<readonly MarkLabel[]> => {
    const mine = { labels: [] };
    labelled.set(tab, mine);
    const found = (await Promise.all(inPageOrder(ownFrames(tab)).map(async ({ key }) => {
      const answer = await askFrame(tab, key.frame, 'page.in-sight', { key });
      return answer.ok ? answer.value.marks.map((place): Pointed => ({ key, places: [place] })) : [];
    }))).flat();
    const names = labelsFor(found.length);
    const labels = found.map((pointed, at): MarkLabel => ({ label: names[at] ?? '', pointed }));
    // The person left, or began again, while the frames were asked.
    if (labelled.get(tab) !== mine) return [];
    labelled.set(tab, { labels });
    return drawLabels(tab, labels, '');
  };

  return {
    begin: beginLabels, drop: dropLabels, end: endLabels,
    /** A letter was typed: those that begin with it stay. */
    typed: async (tab: number, letters: string): Promise<readonly MarkLabel[]> => {
      const { labels } = labelled.get(tab) ?? { labels: [] };
      return labels.length > 0 ? drawLabels(tab, labels, letters) : [];
    },
    forget: (tab: number): void => { labelled.delete(tab); },
  };
}
