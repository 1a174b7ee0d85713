import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClinicalCode, CodeSystem } from '../../lib/model/code.js';
import type { CodedEpisode, CodedUnit, CodingDepth, RejectionReason } from '../../lib/model/coded-episode.js';
import type { CodeHit } from '../../lib/model/codebook.js';
import type { ContextKey } from '../../lib/model/context.js';
import type { EventId } from '../../lib/model/decision.js';
import type { RecordView } from '../../lib/model/review.js';
import type { Evidence } from '../../lib/model/suggestion.js';
import type { Words } from '../words.js';
import { unitWords, type Proposed } from './code-units.js';
import type { Decision, Decisions } from './decisions.js';

/** How a unit on offer stands in the episode. `pending` and `not-saved` until the log has answered. `instead`: the codes that took its place. */
export type UnitStanding =
  | { readonly kind: 'open' | 'pending' | 'not-saved' }
  | { readonly kind: 'accepted'; readonly event: EventId; readonly instead: readonly ClinicalCode[] | null }
  | { readonly kind: 'rejected'; readonly event: EventId };

/** What may be done with the codes on offer; one unit at a time, and each by a person. */
export interface Desk {
  readonly standing: (unit: Proposed) => UnitStanding;
  /** `one-key`: by the key of the record, from wherever in the list the focus was. `board`: where the board's own coder proposed it. */
  readonly accept: (unit: Proposed, origin: 'suggestion' | 'one-key' | 'board') => void;
  /** Opens the search with the words of the unit. */
  readonly edit: (unit: Proposed) => void;
  /** Asks for the reason; `then` when one was given. */
  readonly reject: (unit: Proposed, then: () => void) => void;
  readonly undo: (unit: Proposed) => void;
}

/** What a search for a code is for: another code in the place of one on offer, or one that Nodi did not offer. */
export type Choosing =
  | { readonly kind: 'edit'; readonly unit: Proposed; /** Which code of the unit gives way. */ readonly at: number }
  | { readonly kind: 'add'; /** The words that it is chosen for, and where they stand; null for a search without. */ readonly evidence: Evidence | null };

/** All that may be done with the episode on screen. */
export interface EpisodeDesk extends Pick<Desk, 'standing' | 'accept' | 'undo'> {
  readonly rejectFor: (unit: Proposed, reason: RejectionReason) => void;
  readonly choose: (choosing: Choosing, hit: CodeHit) => void;
  readonly unitStanding: (unit: CodedUnit) => 'open' | 'pending' | 'not-saved';
  /** One place up (-1) or down (1) within its classification. */
  readonly move: (unit: CodedUnit, by: 1 | -1) => void;
  readonly moveBehind: (unit: CodedUnit, after: EventId | 'first') => void;
  readonly remove: (unit: CodedUnit) => void;
  readonly chooseDepth: (depth: CodingDepth) => void;
  readonly finish: () => void;
  /** The codes given to the episode are those of the audit that waits for it. */
  readonly takeAudit: () => void;
}

interface DeskInput {
  readonly record: RecordView | null;
  /** The context that commands about codes speak of; null while no record is shown. */
  readonly key: ContextKey | null;
  readonly subject: string;
  readonly decisions: Decisions;
  readonly newId: () => EventId;
  readonly words: Words;
}

const none: CodedEpisode['diagnoses'] = [];
const unitsIn = (coded: CodedEpisode | null, system: CodeSystem): readonly CodedUnit[] => (system === 'ICD-10' ? coded?.diagnoses : coded?.procedures) ?? none;
const name = (codes: readonly ClinicalCode[]): string => codes.join(' ');

/** Where a unit goes that moves by one place: the unit that it then stands behind, or null where it cannot move. */
export function placeAfter(units: readonly CodedUnit[], unit: EventId, by: 1 | -1): EventId | 'first' | null {
  const at = units.findIndex(({ id }) => id === unit);
  if (at < 0 || at + by < 0 || at + by >= units.length) return null;
  const before = units[by === 1 ? at + 1 : at - 2];
  return before ? before.id : 'first';
}

/** The decisions about the codes of one episode, sent one after the other, so that each speaks of what stood when the one before was kept. */
export function useDesk({ record, key, subject, decisions, newId, words }: DeskInput): EpisodeDesk {
  /** Units that took the place of one on offer, by its row. Memory only: the log knows them as what they are. */
  const [edited, setEdited] = useState<ReadonlyMap<string, EventId>>(new Map());
  const now = useRef({ record, key, subject });
  now.current = { record, key, subject };
  const queue = useRef(Promise.resolve());
  useEffect(() => setEdited(new Map()), [subject]);

  const coded = record?.coded ?? null;
  const all = [...unitsIn(coded, 'ICD-10'), ...unitsIn(coded, 'OPCS-4')];
  const waiting = (row: string): 'pending' | 'not-saved' | null => {
    if (decisions.pending.has(row)) return 'pending';
    return decisions.unsaved.some((one) => one.row === row && one.subject === subject) ? 'not-saved' : null;
  };
  /** The command is made when its turn comes, of what is on screen then; null where there is nothing to do any more. */
  const send = (make: (record: RecordView, key: ContextKey) => Omit<Decision, 'subject'> | null): void => {
    queue.current = queue.current.then(async () => {
      const { record: shown, key: context, subject: about } = now.current;
      const decision = shown && context && about === subject ? make(shown, context) : null;
      if (decision) await decisions.send({ ...decision, subject: about });
    });
  };
  const standing = (unit: Proposed): UnitStanding => {
    const held = waiting(unit.name);
    if (held) return { kind: held };
    const { system, codes } = unit;
    const same = all.find((one) => one.system === system && name(one.codes) === name(codes));
    if (same) return { kind: 'accepted', event: same.id, instead: null };
    const other = all.find(({ id }) => id === edited.get(unit.name));
    if (other) return { kind: 'accepted', event: other.id, instead: other.codes };
    const rejected = coded?.rejected.find((one) => one.system === system && one.codes === name(codes));
    return rejected ? { kind: 'rejected', event: rejected.event } : { kind: 'open' };
  };
  const evidenceOf = ({ quotes: [quote] }: Proposed): Evidence | null => (quote ? { document: quote.document, version: quote.version, span: quote.span } : null);
  const moveBehind = (unit: CodedUnit, placeOf: (units: readonly CodedUnit[]) => EventId | 'first' | null): void => send((shown, context) => {
    const after = placeOf(unitsIn(shown.coded, unit.system));
    return after === null || after === unit.id ? null : { command: { kind: 'move-codes', id: newId(), key: context, unit: unit.id, after }, what: 'moved', words: unitWords(unit.codes, words), row: unit.id };
  });
  return {
    standing,
    unitStanding: ({ id }) => waiting(id) ?? 'open',
    accept(unit, origin) {
      const { system, codes } = unit;
      const evidence = evidenceOf(unit);
      send((_, context) => (evidence ? { command: { kind: 'accept-codes', id: newId(), key: context, system, codes, origin, evidence, replaces: null }, what: 'accepted', words: unitWords(codes, words), row: unit.name } : null));
    },
    rejectFor(unit, reason) {
      const { system, codes } = unit;
      const evidence = evidenceOf(unit);
      send((_, context) => (evidence ? { command: { kind: 'reject-codes', id: newId(), key: context, system, codes, reason, evidence }, what: 'rejected', words: unitWords(codes, words), row: unit.name } : null));
    },
    undo(unit) {
      const held = standing(unit);
      if (held.kind !== 'accepted' && held.kind !== 'rejected') return;
      if (decisions.lastRow === unit.name) { void decisions.undo(); return; }
      send(() => ({ command: { kind: 'undo', id: newId(), undoes: held.event }, what: 'undone', words: unitWords(unit.codes, words), row: unit.name }));
    },
    choose(choosing, { entry: { system, code } }) {
      const id = newId();
      if (choosing.kind === 'add') {
        send((_, context) => ({ command: { kind: 'accept-codes', id, key: context, system, codes: [code], origin: choosing.evidence ? 'selection' : 'search', evidence: choosing.evidence, replaces: null }, what: 'accepted', words: unitWords([code], words), row: null }));
        return;
      }
      const { unit, at } = choosing;
      const held = standing(unit);
      const [first, ...more] = (held.kind === 'accepted' && held.instead !== null ? held.instead : unit.codes).map((one, place) => (place === at ? code : one));
      if (first === undefined) return;
      setEdited((before) => new Map(before).set(unit.name, id));
      send((_, context) => ({ command: { kind: 'accept-codes', id, key: context, system, codes: [first, ...more], origin: 'search', evidence: evidenceOf(unit), replaces: held.kind === 'accepted' ? held.event : null }, what: 'accepted', words: unitWords([first, ...more], words), row: unit.name }));
    },
    move: (unit, by) => moveBehind(unit, (units) => placeAfter(units, unit.id, by)),
    moveBehind: (unit, after) => moveBehind(unit, (units) => (units[units.findIndex(({ id }) => id === unit.id) - 1]?.id ?? 'first') === after ? null : after),
    remove: (unit) => send((_, context) => ({ command: { kind: 'remove-codes', id: newId(), key: context, unit: unit.id }, what: 'removed', words: unitWords(unit.codes, words), row: unit.id })),
    chooseDepth: (depth) => send((_, context) => ({ command: { kind: 'choose-depth', id: newId(), key: context, depth }, what: 'depth', words: words.say(`depth.${depth}`), row: null })),
    finish: () => send((shown, context) => (shown.coded === null || shown.coded.coded !== null || shown.checks.some(({ severity }) => severity === 'error') ? null
      : { command: { kind: 'finish-episode', id: newId(), key: context, depth: shown.depth, criterion: null }, what: 'coded', words: '', row: null })),
    takeAudit: () => send((shown, context) => (!shown.audit || !shown.coded || shown.coded.diagnoses.length + shown.coded.procedures.length === 0 ? null
      : { command: { kind: 'take-audit', id: newId(), key: context, sample: shown.audit.sample, view: shown.audit.view }, what: 'audited', words: '', row: null })),
  };
}
