import { placedWords, type ReadText } from '../../lib/analysis/index.js';
import { approvedWords, caseReading, cellsOfPart, enoughEpisodes, episodesBehind, forgottenName, isNamed, joinRecord, judgedWords, learnDecision, learnFromDecisions, namedParts, overrideCharts, proposeWords, readModel, readPack, recordedCodes, relockedBy, relockTouched, shadowEpisodes, suggestByRecord, withDecisions, withRecord, type ApprovedWords, type EntriesSeen, type JudgedHere, type LearnedModel, type NamedCells, type Pack, type ProposalTests, type Seniors, type Relocked, type SharedRecord } from '../../lib/learning/index.js';
import type { EditionChanges } from '../../lib/codebook/index.js';
import type { Span } from '../../lib/base/span.js';
import type { EditionsOfDay } from '../../lib/model/codebook.js';
import type { EpisodeKey, LogEvent } from '../../lib/model/decision.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { Label } from '../../lib/model/language.js';
import { codeName, partsOfCodeName, type CaseReading, type CodeName, type ProposedWords } from '../../lib/model/learning.js';
import type { Coding, Evidence } from '../../lib/model/suggestion.js';
import { deviceKeys, type PartStore } from '../../lib/settings/index.js';
import { digestsOf, shippedEntries, shippedTexts } from './word-entries.js';
import { isClinicalWord } from './clinical-words.js';
import { listName } from './coding-bodies.js';

/** One episode on screen, as the record is asked about it. */
export interface AskedEpisode {
  readonly documents: readonly ClinicalDocument[];
  readonly specialty: SpecialtyId | 'unknown';
  /** Null where nobody is known: then the record is silent. */
  readonly episode: EpisodeKey | null;
  readonly editions: EditionsOfDay;
  /** Does what was decided under an edition (by its name in the log) hold for a code of the edition in force, by its name there? Only the same edition where nobody can compare them. */
  readonly editionHolds?: EditionChanges['holds'];
  readonly read: (document: ClinicalDocument) => ReadText;
  /** The label of a code; null for one that no edition of the day has, which is then not offered. */
  readonly labelOf: (name: CodeName) => Label | null;
}

/** What coders decided before, and a model trained on a board's own episodes, in use. */
export interface CodersRecord {
  /** One more event of the log. */
  readonly learn: (event: LogEvent) => void;
  /** Reads again what was imported. */
  readonly load: () => Promise<void>;
  /** Is the record of the specialty in use, so that a sample without suggestions can check it? */
  readonly isLive: (specialty: SpecialtyId | 'unknown') => boolean;
  /** Does this person's word make proposed words a term? */
  readonly isSenior: () => boolean;
  /** Words that were approved as terms, here or by coders whose packs are let in. */
  readonly approved: () => readonly ApprovedWords[];
  /** Words that may be proposed, those that were judged left out; what the lists say of them is for the caller to know. */
  readonly proposals: (isKnown: ProposalTests['isKnown']) => { readonly proposed: readonly ProposedWords[]; readonly judged: ReadonlyMap<string, JudgedHere> };
  /** The answer with the record's word, as far as the stage of the specialty lets it in. */
  readonly apply: (coding: Coding, asked: AskedEpisode) => Coding;
}

let shipped: ReturnType<typeof digestsOf> | null = null;
/** Made when somebody first asks. */
const shippedDigests = (): ReturnType<typeof digestsOf> => (shipped ??= digestsOf(shippedTexts(), shippedEntries));

/** Opens the record over the log's events; `events` is the list that the background keeps adding to. `named`: whose packs the board's policy lets in, null for whomever a person trusted; `entries`: what the lists say of words; `seniors`: whose word makes proposed words a term, null for each person's own. */
export function openCodersRecord(events: readonly LogEvent[], store: PartStore, named: () => readonly string[] | null = () => null, entries: () => ReturnType<typeof digestsOf> = shippedDigests, seniors: () => readonly string[] | null = () => null): CodersRecord {
  const own = learnFromDecisions(events);
  let record: SharedRecord = joinRecord(own, []);
  let packs: Pack | null = null;
  let model: LearnedModel | null = null;
  let rebased: ReadonlyMap<string, number> = new Map();
  /** Specialties in which one key may accept, after the event with this number. */
  let unlocked: { readonly version: number; readonly charts: ReturnType<typeof overrideCharts> } | null = null;
  let words = new WeakMap<ClinicalDocument, CaseReading>();
  /** This device, known once the board has named its seniors. */
  let self: { readonly device: string; readonly key: string } | null = null;
  const seniorsNow = (): Seniors | undefined => {
    const list = seniors();
    return list === null ? undefined : { isSelf: self !== null && isNamed({ part: self, key: self.key }, list), are: (one) => isNamed(one, list) };
  };

  const wordsOf = (document: ClinicalDocument, read: AskedEpisode['read']): CaseReading => {
    const held = words.get(document);
    if (held) return held;
    const text = read(document);
    const made = caseReading({ words: placedWords(document.text), sentence: text.sentence, assert: (span) => text.assert(span, false).assertion, coding: { suggestions: [], rejected: [], abstentions: [] } }, null);
    words.set(document, made);
    return made;
  };
  const isRelocked = (specialty: string): boolean => {
    if (unlocked?.version !== own.version) unlocked = { version: own.version, charts: overrideCharts(events, rebased) };
    const chart = unlocked.charts.get(specialty);
    return chart !== undefined && relockedBy(chart) !== null;
  };

  /** What the lists say of the words now, held against what they said when this device looked last. One that cannot be kept is looked for again at the next start. */
  const lookForChanges = async (coders: NamedCells, seen: EntriesSeen | null, relocked: Relocked): Promise<Relocked> => {
    if (coders.every(({ cells }) => cells.size === 0)) return relocked;
    const now = entries();
    if (seen?.data === now.data && coders.every(({ cells }) => [...cells.keys()].every((phrase) => seen.phrases.has(phrase)))) return relocked;
    const found = relockTouched(seen, relocked, { ...now, coders });
    if (found.touched.length > 0) await store.write('relocked', found.relocked).catch(() => undefined);
    await store.write('entries', found.seen).catch(() => undefined);
    return found.relocked;
  };

  const isScoredInSilence = (specialty: string): boolean => episodesBehind(specialty, own.finished, packs, model?.specialties ?? null) < shadowEpisodes;

  return {
    isLive: (specialty) => specialty !== 'unknown' && !isScoredInSilence(specialty),
    learn: (event) => learnDecision(own, event),
    isSenior: () => seniorsNow()?.isSelf ?? true,
    approved: () => approvedWords(judgedWords(events), packs, seniorsNow()),
    proposals(isKnown) {
      const judged = judgedWords(events);
      const settled = new Set([...judged.keys(), ...approvedWords(judged, packs, seniorsNow()).map(({ phrase, name }) => forgottenName(phrase, name))]);
      return { judged, proposed: proposeWords(record, model?.memory ?? null, { isClinical: isClinicalWord, isKnown: (phrase, name) => settled.has(forgottenName(phrase, name)) || isKnown(phrase, name) }) };
    },
    async load() {
      const [packData, modelData, rebasedData, seenData, relockedData] = await Promise.all([store.read('packs'), store.read('model'), store.read('rebased'), store.read('entries'), store.read('relocked')]);
      self = seniors() === null ? null : await deviceKeys(store);
      const [readPacks, readTrained] = [readPack(packData, isClinicalWord), readModel(modelData)];
      packs = readPacks.ok ? namedParts(readPacks.value, named()) : null;
      model = readTrained.ok ? readTrained.value : null;
      rebased = rebasedData instanceof Map ? rebasedData as ReadonlyMap<string, number> : new Map<string, number>();
      const others = packs?.parts.map(({ part }) => ({ coder: part.device, cells: cellsOfPart(part) })) ?? [];
      const relocked = await lookForChanges([{ coder: 'own', cells: own.cells }, ...others], seenData as EntriesSeen | undefined ?? null, relockedData instanceof Map ? relockedData as Relocked : new Map());
      record = joinRecord(own, others.map(({ cells }) => cells), others.map(({ coder }) => coder), relocked);
      unlocked = null;
      words = new WeakMap();
    },
    apply(coding, { documents, specialty, episode, editions, editionHolds = (_, __, list, inForce) => list === inForce, read, labelOf }) {
      const trained = model?.specialties.get(specialty) ?? 0;
      const isSilent = isScoredInSilence(specialty);
      if (episode === null || (isSilent && trained < enoughEpisodes)) return coding;
      // The documents one behind the other, as one text that is never made: offsets are moved there and back.
      const bases = documents.map((_, at) => documents.slice(0, at).reduce((sum, { text }) => sum + text.length + 1, 0));
      const baseOf = (document: string): number => bases[documents.findIndex(({ id }) => id === document)] ?? 0;
      const placeOf = (offset: number): { readonly document: ClinicalDocument; readonly base: number } | null => {
        const at = bases.findLastIndex((base) => base <= offset);
        const document = documents[at];
        return document ? { document, base: bases[at] ?? 0 } : null;
      };
      const here = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
      const reading: CaseReading = {
        specialty: specialty === 'unknown' ? null : specialty,
        words: documents.flatMap((document, at) => { const base = bases[at] ?? 0; return wordsOf(document, read).words.map((word) => ({ ...word, start: word.start + base, end: word.end + base, sentence: word.sentence + base })); }),
        flagOf: (span) => { const place = placeOf(span.start); return place ? wordsOf(place.document, read).flagOf(here(span, -place.base)) : 'plain'; },
        candidates: coding.suggestions.map(({ system, code, confidence, shown, evidence: [first, ...more] }) => ({ name: codeName(system, code), confidence, shown, spans: [here(first.span, baseOf(first.document)), ...more.map((one) => here(one.span, baseOf(one.document)))] })),
      };
      const evidenceAt = (span: Span): Evidence => {
        const place = placeOf(span.start);
        if (!place) throw new Error('Words of the record stand in no document');
        return { document: place.document.id, version: place.document.version, span: here(span, -place.base) };
      };
      const isOfDay = (name: CodeName): boolean => labelOf(name) !== null;
      const named = (name: CodeName): Label => labelOf(name) ?? { en: partsOfCodeName(name).code };
      const weighed = model && trained >= enoughEpisodes ? withRecord(coding, suggestByRecord(model, reading).filter(({ name }) => isOfDay(name)), { evidenceAt, decides: true, labelOf: named }) : coding;
      if (isSilent) return weighed;
      const today = { 'ICD-10': editions.systems['ICD-10'], 'OPCS-4': editions.systems['OPCS-4'] };
      const holds = (name: CodeName, list: string): boolean => { const { system, code } = partsOfCodeName(name); const edition = today[system]; return edition.ok && editionHolds(system, code, list, listName(edition.value.name)); };
      const recorded = new Map([...recordedCodes(record, reading, specialty, holds)].filter(([name]) => isOfDay(name)));
      return withDecisions(weighed, recorded, { evidenceAt, labelOf: named, oneKey: !isRelocked(specialty) });
    },
  };
}
