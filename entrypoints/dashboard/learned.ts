import type { LearnedWords, ModelPageProps, SpecialtyLearning, Told } from '../../components/dashboard/model-page.jsx';
import { blindFigures, cellsOf, cellsOfPart, devicePart, episodesBehind, joinRecord, judgedWords, learnFromDecisions, mergePacks, namedParts, overrideCharts, reliability, scoredInSilence, stageOf, writtenPart, type ModelFailure, type Pack, type Relocked } from '../../lib/learning/index.js';
import type { EditionsHeld } from '../../lib/model/codebook.js';
import type { LogEvent } from '../../lib/model/decision.js';
import type { EventId } from '../../lib/model/event-id.js';
import { partsOfCodeName, type CodeName, type PackFailure } from '../../lib/model/learning.js';
import { deviceKeys, type LearnedStore, type PartStore } from '../../lib/settings/index.js';

/** What the store holds beside the log. */
export interface Imported {
  readonly packs: Pack | null;
  readonly rebased: ReadonlyMap<string, number>;
  /** Episodes of each specialty (`*`: all) in the trained model; null without one. */
  readonly trained: ReadonlyMap<string, number> | null;
  /** Episodes of the model that was in use before, all specialties together; null without one. */
  readonly before: number | null;
  readonly device: string;
  readonly relocked: Relocked;
  /** By which editions words are judged, as the background has them; null where it does not answer: then by the edition of the newest decision. */
  readonly editions: EditionsHeld | null;
}

/** Reads what was imported, which was checked when it came in. */
export async function readImported(store: LearnedStore, named: readonly string[] | null, editions: EditionsHeld | null): Promise<Imported> {
  const [packs, rebased, model, last, relocked, { device }] = await Promise.all([store.read('packs'), store.read('rebased'), store.read('model'), store.read('model-before'), store.read('relocked'), deviceKeys(store)]);
  const countsOf = (data: unknown): ReadonlyMap<string, number> | null => { const counts = (data as { readonly specialties?: readonly (readonly [string, number])[] } | undefined)?.specialties; return counts ? new Map(counts) : null; };
  return { packs: packs ? namedParts(packs as Pack, named) : null, rebased: rebased instanceof Map ? rebased as ReadonlyMap<string, number> : new Map<string, number>(), trained: countsOf(model), before: countsOf(last)?.get('*') ?? null, device, editions, relocked: relocked instanceof Map ? relocked as Relocked : new Map() };
}

/** What the page of the model shows, from the log and what was imported. */
export function learnedView(events: readonly LogEvent[], { packs, rebased, trained, before, device, editions, relocked }: Imported, nameOf: (specialty: string) => string): Pick<ModelPageProps, 'specialties' | 'forgotten' | 'device' | 'packs' | 'model' | 'modelBefore'> {
  const own = learnFromDecisions(events);
  const others = packs?.parts.map(({ part }) => ({ part, cells: cellsOfPart(part) })) ?? [];
  const record = joinRecord(own, others.map(({ cells }) => cells), others.map(({ part }) => part.device), relocked);
  const [charts, scored, blind] = [overrideCharts(events, rebased), scoredInSilence(own), blindFigures(events)];
  const newest = new Map(events.flatMap((event) => (event.kind === 'codes-accepted' ? [[event.system, event.list] as const] : [])));
  const inForce = editions?.inForce ?? [...newest].map(([system, list]) => ({ system, list }));
  const touched = new Map(editions?.others.map(({ system, list, touched: codes }) => [`${system} ${list}`, new Set(codes)]));
  const holds = (name: CodeName, list: string): boolean => {
    const { system, code } = partsOfCodeName(name);
    return inForce.some((one) => one.system === system && (one.list === list || touched.get(`${system} ${list}`)?.has(code) === false));
  };
  const specialtiesOf = [own.cells, ...others.map(({ cells }) => cells)].flatMap((cells) => [...cells.values()].flatMap((all) => [...all.values()].map(({ specialty }) => specialty)));
  const ids = [...new Set([...own.finished.keys(), ...charts.keys(), ...specialtiesOf])];
  const specialties = ids.map((id): SpecialtyLearning => {
    const words = cellsOf(record, id, holds).map(({ phrase, flag, name, accepted, seen, coders, passes, touched }): LearnedWords => ({ phrase, flag, name, accepted, seen, coders, passes, touched }));
    const episodes = episodesBehind(id, own.finished, packs, trained);
    const chart = charts.get(id) ?? null;
    const outcomes = (scored.get(id) ?? []).slice(-500);
    return { id, name: nameOf(id), episodes, chart, words, blind: blind.get(id) ?? null, stage: stageOf({ episodes, chart, cells: words.filter(({ passes }) => passes).length }), reliability: outcomes.length === 0 ? null : reliability(outcomes) };
  }).sort((a, b) => Number(a.id === 'unknown') - Number(b.id === 'unknown') || a.name.localeCompare(b.name));
  const forgotten = [...own.forgotten].map(([name, event]): { readonly phrase: string; readonly name: CodeName; readonly event: EventId } => { const [phrase = '', code = ''] = name.split('\t'); return { phrase, name: code as CodeName, event }; });
  return { specialties, forgotten, device, packs: others.map(({ part, cells }) => ({ device: part.device, words: cells.size })), model: trained?.get('*') ?? null, modelBefore: before };
}

/** Takes one coder's part out of what was brought in; the others stay, those too that the board does not name at present. */
export async function removePart(store: PartStore, device: string): Promise<void> {
  const held = await store.read('packs') as Pack | undefined;
  if (held) await store.write('packs', { ...held, parts: held.parts.filter(({ part }) => part.device !== device) });
}

/** The pack that this device gives away: its own counts, signed, with those of the coders that it trusts. */
export async function packToShare(events: readonly LogEvent[], store: LearnedStore, named: readonly string[] | null): Promise<string> {
  const keys = await deviceKeys(store);
  const part = devicePart(learnFromDecisions(events), keys.device, judgedWords(events));
  const own = mergePacks({ kind: 'nodi-pack', schema: 1, parts: [{ part, key: keys.key, signature: await keys.sign(writtenPart(part)) }] });
  const held = await store.read('packs') as Pack | undefined;
  return JSON.stringify(held ? mergePacks(own, namedParts(held, named)) : own);
}

/** What words a pack holds: phrases and the names of specialties and editions; keys, signatures and counts are none. */
export function wordsOfPack(text: string): unknown {
  return (JSON.parse(text) as Pack).parts.map(({ part: { rows, finished, entries } }) => ({ rows: rows.map((row) => row.slice(0, 5)), finished: finished.map(([name]) => name), entries: entries?.map(([phrase]) => phrase) ?? [] }));
}

/** Puts a model in use, or none (undefined); the one that was, and only that one, is kept, to be brought back. */
export function replaceModel(store: Pick<LearnedStore, 'replace'>, model: unknown): Promise<void> { return store.replace('model', 'model-before', model); }

/** Brings back the model that was in use before, in exchange for the one that is; where there was none, none. */
export async function bringBackModel(store: Pick<LearnedStore, 'read' | 'replace'>): Promise<void> { await replaceModel(store, await store.read('model-before')); }

/** Why a pack was not taken, in words, with its part. */
export function packTold(failure: Exclude<PackFailure, { readonly kind: 'not-trusted' }>): Told {
  switch (failure.kind) {
    case 'not-named': return { key: 'model.fail.not-named', values: { devices: failure.devices.join(', ') } };
    case 'other-schema': return { key: 'model.fail.other-schema', values: { found: failure.found } };
    case 'not-a-pack': return { key: 'model.fail.not-a-pack' };
    case 'damaged': case 'word': case 'tampered': return { key: `model.fail.${failure.kind}`, values: { part: failure.part } };
  }
}

/** Why a model was not taken, in words. */
export function modelTold(failure: ModelFailure): Told {
  switch (failure.kind) {
    case 'other-schema': return { key: 'model.fail.model-schema', values: { found: failure.found } };
    case 'damaged': return { key: 'model.fail.model-damaged' };
    case 'not-a-model': return { key: 'model.fail.not-a-model' };
  }
}
