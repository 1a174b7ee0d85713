import { placedWords, type ReadText } from '../../lib/analysis/index.js';
import { caseReading, compareBlind, hasSeenProposals, keptUnits, offeredUnits, phraseOf } from '../../lib/learning/index.js';
import type { ClinicalCode, CodeSystem } from '../../lib/model/code.js';
import type { CodedEpisode } from '../../lib/model/coded-episode.js';
import type { EditionsOfDay } from '../../lib/model/codebook.js';
import type { CommandOutcome, EpisodeKey, EventBody, RecordedCommand } from '../../lib/model/decision.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { ContextFlag } from '../../lib/model/learning.js';
import type { Coding, Evidence } from '../../lib/model/suggestion.js';
import { isClinicalWord } from './clinical-words.js';

/** A command about the codes of an episode. */
export type CodingCommand = Extract<RecordedCommand, { readonly kind: 'accept-codes' | 'reject-codes' | 'remove-codes' | 'move-codes' | 'choose-depth' | 'finish-episode' }>;

/** What is known of the episode that a command speaks of, in the moment of the write. */
export interface CodingMoment {
  readonly episode: EpisodeKey;
  readonly specialty: SpecialtyId | 'unknown';
  readonly depth: 'full' | 'primary';
  /** What set the depth: a criterion's id, `coder` or `default`. */
  readonly criterion: string;
  readonly editions: EditionsOfDay;
  readonly isValid: (system: CodeSystem, code: ClinicalCode) => boolean;
  readonly coding: Coding;
  /** Of the blind sample, and not compared yet, or an auditor's: nobody has seen the suggestions. */
  readonly hidden: boolean;
  /** The codes are an auditor's: they teach nothing, or what is audited would learn from its own audit. */
  readonly isAudit: boolean;
  readonly coded: CodedEpisode;
  readonly documents: readonly ClinicalDocument[];
  readonly read: (document: ClinicalDocument) => ReadText;
}

type Refused = Extract<CommandOutcome, { readonly kind: 'refused' }>;
const refused = (reason: Refused['reason']): Refused => ({ kind: 'refused', reason });

/** The row that a command asks for, or why there is none. What a row remembers of the words is a phrase of the clinical vocabulary, or nothing. */
export function codingBody(command: CodingCommand, moment: CodingMoment): EventBody | Refused {
  const { episode, specialty, depth } = moment;
  switch (command.kind) {
    case 'accept-codes': {
      const edition = moment.editions.systems[command.system];
      // What nobody was shown cannot be accepted or rejected.
      if (moment.hidden && hasSeenProposals(command.origin)) return refused('not-allowed');
      if (!edition.ok || !command.codes.every((code) => moment.isValid(command.system, code))) return refused('not-allowed');
      const words = wordsOf(command.evidence, moment);
      if (command.evidence && !words) return refused('not-found');
      // Whatever is proposed to a coder shows its words, the board's coder too (product/autocoding.md §8).
      if (command.origin === 'board' && !words) return refused('not-found');
      return {
        kind: 'codes-accepted', episode, specialty, system: command.system, codes: command.codes.join(' '), list: listName(edition.value.name), origin: command.origin, depth,
        phrase: moment.isAudit ? '' : words?.phrase ?? '', flag: moment.isAudit ? 'plain' : words?.flag ?? 'plain', standing: moment.hidden ? 'none' : standingOf(command.system, command.codes[0], moment.coding), replaces: command.replaces ?? '',
      };
    }
    case 'reject-codes': {
      const edition = moment.editions.systems[command.system];
      if (!edition.ok || moment.hidden) return refused('not-allowed');
      const words = wordsOf(command.evidence, moment);
      if (!words) return refused('not-found');
      return { kind: 'codes-rejected', episode, specialty, system: command.system, codes: command.codes.join(' '), list: listName(edition.value.name), reason: command.reason, depth, phrase: words.phrase, flag: words.flag };
    }
    case 'remove-codes':
    case 'move-codes': {
      const units = [...moment.coded.diagnoses, ...moment.coded.procedures];
      const unit = units.find(({ id }) => id === command.unit);
      if (!unit) return refused('not-found');
      if (command.kind === 'remove-codes') return { kind: 'codes-removed', episode, unit: unit.id };
      const after = command.after === 'first' ? null : units.find(({ id }) => id === command.after);
      if (after === undefined || (after && after.system !== unit.system)) return refused('not-found');
      return { kind: 'codes-moved', episode, unit: unit.id, after: command.after };
    }
    case 'choose-depth': return moment.isAudit ? refused('not-allowed') : { kind: 'depth-chosen', episode, depth: command.depth };
    case 'finish-episode': {
      // An audit is no coding of the episode: its codes are taken by the audit.
      if (moment.isAudit) return refused('not-allowed');
      const units = offeredUnits(moment.coding.suggestions);
      return { kind: 'episode-coded', episode, specialty, depth: command.depth, criterion: command.criterion ?? moment.criterion, diagnoses: moment.coded.diagnoses.length, procedures: moment.coded.procedures.length, offered: units.length, kept: keptUnits(units, moment.coded).length, ...(moment.hidden ? compareBlind(moment.coding.suggestions, moment.coded) : {}) };
    }
  }
}

/** The name of an edition as the log keeps it: `OPCS-4.11` is `opcs-4.11`, `ICD-10 5th Edition` is `icd-10-5th-edition`. */
export function listName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
}

/** The proof in its own words: null where the document is not there in that version; an empty phrase where a word of it may not be kept. */
function wordsOf(evidence: Evidence | null, { documents, read, specialty, coding }: CodingMoment): { readonly phrase: string; readonly flag: ContextFlag } | null {
  if (!evidence) return null;
  const document = documents.find(({ id, version }) => id === evidence.document && version === evidence.version);
  if (!document || evidence.span.end > document.text.length || evidence.span.start >= evidence.span.end) return null;
  const text = read(document);
  const reading = caseReading({ words: placedWords(document.text), sentence: text.sentence, assert: (span) => text.assert(span, false).assertion, coding }, specialty);
  return { phrase: phraseOf(reading.words, evidence.span, isClinicalWord) ?? '', flag: reading.flagOf(evidence.span) };
}

function standingOf(system: CodeSystem, code: ClinicalCode, { suggestions }: Coding): 'shown' | 'ranked' | 'none' {
  const found = suggestions.find((one) => one.system === system && one.code === code);
  return found ? found.shown ? 'shown' : 'ranked' : 'none';
}
