import { dayOf } from '../../lib/codebook/index.js';
import type { Handlers } from '../../lib/messaging/channel.js';
import { unknownEpisode } from '../../lib/model/episode.js';
import type { Label } from '../../lib/model/language.js';
import { partsOfCodeName, type CodeName, type JudgedWords } from '../../lib/model/learning.js';
import { episodeIn } from '../../lib/review/index.js';
import { deviceKeys } from '../../lib/settings/index.js';
import { chosenFor, withChosenBefore } from './chosen-before.js';
import { importPack } from './pack-import.js';
import type { TabCodes } from './tab-codes.js';
import type { TabPatient } from './tab-patient.js';
import { today, type World } from './world.js';

/** Most proposals that are listed at once. */
const proposalsListed = 40;

type Told = 'panel.code-lists' | 'panel.editions-held' | 'panel.proposals' | 'panel.codes-changed' | 'panel.search-codes' | 'panel.import-pack' | 'panel.learned-changed';

/** What our pages ask about code lists and about what was learned of codes. `again` works out anew what every tab shows. */
export const codeAnswers = (world: () => Promise<World>, { ownFrames }: TabPatient, codes: TabCodes, again: (it: World) => void): Required<Pick<Handlers, Told>> => ({
  async 'panel.code-lists'() { const { shelf, isWhole } = await codes.openBooks(); return { editions: shelf.editions, isWhole }; },
  async 'panel.editions-held'() { const { shelf, changes } = await codes.openBooks(); return changes.held(shelf, today()); },
  async 'panel.proposals'() {
    const it = await world();
    await codes.ready(it);
    const [found, books, day] = [codes.proposalsNow(it), codes.books(), codes.now()];
    if (!found || !books) throw new Error('The lists are not open');
    const [{ proposed, judged }, list, { finder }, { device }] = [found, books.shelf.on(day), books, await deviceKeys(it.learnedStore)];
    const labelled = <One extends { readonly name: CodeName }>(one: One): One & { readonly label: Label | null } => {
      const { system, code } = partsOfCodeName(one.name);
      const title = list.entry(system, code)?.title ?? null;
      return { ...one, label: title === null ? finder().find(code, day).hits.find(({ entry }) => entry.system === system && entry.code === code)?.label ?? null : { en: title } };
    };
    const here = [...judged.values()].map(({ phrase, name, verdict, event, at }): JudgedWords => ({ phrase, name, verdict, by: device, event, at }));
    const others = it.learned.approved().flatMap(({ phrase, name, by, at }): JudgedWords[] => (by === null ? [] : [{ phrase, name, verdict: 'approved', by, event: null, at }]));
    return { isSenior: it.learned.isSenior(), proposed: proposed.slice(0, proposalsListed).map(labelled), more: Math.max(0, proposed.length - proposalsListed), judged: [...here.reverse(), ...others].map(labelled) };
  },
  async 'panel.codes-changed'() {
    const it = await world();
    const { shelf, isWhole } = await codes.openAnew();
    again(it);
    return { editions: shelf.editions, isWhole };
  },
  async 'panel.search-codes'({ tab, text }) {
    const { finder } = await codes.openBooks();
    const it = await world();
    const when = dayOf(tab === null ? unknownEpisode : episodeIn(ownFrames(tab)), today());
    return withChosenBefore(finder().find(text, when), tab !== null && codes.areHidden(it, tab) ? [] : chosenFor(it.events, text), (code) => finder().find(code, when).hits);
  },
  async 'panel.import-pack'({ text, trust }) {
    const it = await world();
    const failure = await importPack(it.learnedStore, text, { trust, named: it.effective.settings.packKeys });
    if (failure) return { taken: false, failure };
    await it.learned.load();
    codes.adopt(it);
    again(it);
    return { taken: true };
  },
  async 'panel.learned-changed'() { const it = await world(); await it.learned.load(); codes.adopt(it); again(it); return null; },
});
