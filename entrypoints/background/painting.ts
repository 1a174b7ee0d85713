import { askFrame } from '../../lib/messaging/channel.js';
import { bind } from '../../lib/model/context.js';
import type { Diagnostic } from '../../lib/model/diagnostic.js';
import type { FrameFindings, RuleCard } from '../../lib/model/review.js';
import type { RuleId } from '../../lib/model/rulebook.js';
import type { RecordSnapshot } from '../../lib/model/snapshot.js';
import { cardOf, conflictsIn, evidenceIn, type Decisions } from '../../lib/review/index.js';
import type { TabCodes } from './tab-codes.js';
import type { TabEpisode } from './tab-episode.js';
import type { TabPatient } from './tab-patient.js';
import type { TabRecords } from './tab-records.js';
import type { World } from './world.js';

/** The findings of a reading that nobody has muted or dismissed. */
export function standingIn({ muted, statesIn }: Decisions, snapshot: RecordSnapshot, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const silent = new Set(muted.map((mute) => mute.rule));
  const stateOf = statesIn(snapshot);
  const documents = new Map(snapshot.documents.map((document) => [document.id, document]));
  return diagnostics.filter((diagnostic) => {
    const document = documents.get(diagnostic.document);
    return document !== undefined && !silent.has(diagnostic.rule) && stateOf(document, diagnostic).kind !== 'dismissed';
  });
}

export type Painting = ReturnType<typeof createPainting>;

/** What the frames of a tab may paint: findings, contradicted sides and the words of codes, of the one patient and of nobody else. */
export function createPainting(tabs: TabRecords, { ownFrames }: TabPatient, { decisionsFor }: TabEpisode, { guessIn, shownCoding, standingConflicts }: TabCodes) {
  const cardsOf = (it: World, rules: readonly RuleId[]): readonly RuleCard[] => [...new Set(rules)].flatMap((id) => { const rule = it.rules.get(id); return rule ? [cardOf(rule)] : []; });

  const nothing = (it: World): FrameFindings => ({ edition: it.rulebook.edition, diagnostics: [], conflicts: [], evidence: [], cards: [] });

  /** What one frame may paint: its own findings less the muted and the dismissed. */
  const paintable = (it: World, snapshot: RecordSnapshot, diagnostics: readonly Diagnostic[]): FrameFindings => {
    if (guessIn(it, snapshot.key.tab) === 'hidden') return nothing(it);
    const decisions = decisionsFor(it);
    const shown = standingIn(decisions, snapshot, diagnostics);
    const cards = cardsOf(it, shown.map((diagnostic) => diagnostic.rule));
    const coded = shownCoding(it, snapshot.key.tab);
    return { edition: it.rulebook.edition, diagnostics: shown, conflicts: conflictsIn(standingConflicts(it, snapshot.key.tab, decisions), snapshot), evidence: coded ? evidenceIn(coded.coding, snapshot, coded.titleOf) : [], cards };
  };

  /** Sends every frame of a tab what it may paint now; nothing at all while the patient is not one and known. */
  const repaint = async (it: World, tab: number, except: number | null): Promise<void> => {
    const own = ownFrames(tab);
    await Promise.all([...tabs.frames(tab)].map(async ([frame, { snapshot, diagnostics }]) => {
      if (!snapshot || frame === except) return;
      await askFrame(tab, frame, 'page.findings', bind(snapshot.key, own.includes(snapshot) ? paintable(it, snapshot, diagnostics) : nothing(it)));
    }));
  };

  return { cardsOf, paintable, repaint };
}
