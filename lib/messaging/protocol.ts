import * as v from 'valibot';
import { auditCategories, auditCauses, auditLanes, auditStates, auditViews, lineKinds, sampleMethods } from '../model/audit.js';
import { adapterParts, pickedParts, type AdapterDefinition, type PickedPart, type PickedPlace } from '../model/adapter.js';
import { codeSystems } from '../model/code.js';
import { codeOrigins, codingDepths, rejectionReasons } from '../model/coded-episode.js';
import type { CodeListsHere, CodesFound, EditionsHeld } from '../model/codebook.js';
import { askedFields } from '../model/exception.js';
import type { Bound, ContextKey, ReaderId } from '../model/context.js';
import type { Command, CommandOutcome } from '../model/decision.js';
import type { DocumentId } from '../model/document.js';
import { documentKinds } from '../model/document.js';
import type { Episode } from '../model/episode.js';
import { authorRoles, faultCategories, mostMinutes } from '../model/fault.js';
import type { MarkLabel } from '../model/mark-label.js';
import type { GuessResult, RecordGuess } from '../model/guess.js';
import { phraseVerdicts, type PackFailure, type WordsForApproval } from '../model/learning.js';
import type { LogCare, LogHealth, LogImportFailure, RestoredLog } from '../model/ports.js';
import { panelParts, type CardWords, type FrameFindings, type PanelPart, type Place, type Pointed, type RuleCard, type SelectedWords, type TabView } from '../model/review.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { termKinds, verdicts, type RuleId } from '../model/rulebook.js';
import type { EntryTrial, TriedEntry } from '../model/sheet.js';
import type { Evidence } from '../model/suggestion.js';
import type { SendingView } from '../model/sending.js';
import { queryLanguages, queryOutcomes, queryStates, type Query } from '../model/query.js';
import { coverageGapKinds, type RecordSnapshot, type Subject } from '../model/snapshot.js';
import type { EffectiveSettings, Settings } from '../model/settings.js';

/** What a reader is told when it starts, and again whenever a setting that concerns it changes. */
export interface FrameWelcome {
  readonly tab: number;
  readonly frame: number;
  /** Key (hex) for the fingerprints of this browser session; in memory only. */
  readonly salt: string;
  /** Address of the tab's top page, for a frame that has none of its own; null where the browser does not say. */
  readonly address: string | null;
  readonly marks: boolean;
  readonly adapters: readonly AdapterDefinition[];
  /** The chord that opens the panel at the words pointed at (`Alt+;`); null where the person took it away. */
  readonly panelChord: string | null;
  readonly words: CardWords;
}

/** What becomes of a snapshot. */
export type FrameAnswer =
  | { readonly kind: 'findings'; readonly findings: Bound<FrameFindings> }
  | { readonly kind: 'refused'; readonly reason: 'patient-unknown' | 'two-patients' | 'stale' };

/** A letter that can be opened in Nodi's viewer. Its title is patient text: memory only. */
export interface LetterOffer { readonly frame: number; readonly index: number; readonly title: string }

/** Why a letter could not be fetched: it is gone, lies at another address, was not given, is no PDF, is too large, or nobody answered. */
export type LetterRefusal = 'gone' | 'elsewhere' | 'not-fetched' | 'not-a-pdf' | 'too-large' | 'no-answer';

/** Every question between processes, and its answer. `frame.*` is asked by content scripts, `panel.*` by our own pages, `page.*` of a content script, `hint.*` of our own pages. */
export interface Questions {
  'frame.hello': { readonly ask: { readonly reader: ReaderId; readonly top: boolean; /** Meaningless prefix of this frame's highlight names. */ readonly prefix: string }; readonly answer: FrameWelcome };
  'frame.captured': { readonly ask: RecordSnapshot; readonly answer: FrameAnswer };
  /** The context changed: marks are already cleared there, and what is known of the frame is dropped here. */
  'frame.reset': { readonly ask: { readonly reader: ReaderId; readonly epoch: number }; readonly answer: null };
  /** The pagehide of a frame. */
  'frame.left': { readonly ask: { readonly reader: ReaderId }; readonly answer: null };
  /** The key of the panel was pressed in the page, with the pointer, the caret or the last step at these marks. */
  'frame.open-panel': { readonly ask: { readonly pointed: Pointed | null }; readonly answer: null };
  /** Marks were clicked or stepped to: a panel that is open shows their row. Nothing else follows from it. */
  'frame.pointed': { readonly ask: Pointed; readonly answer: null };
  'panel.view': { readonly ask: { readonly tab: number }; readonly answer: TabView };
  'panel.run': { readonly ask: { readonly tab: number; readonly command: Command }; readonly answer: CommandOutcome };
  /** Reads again, with the generic reader where no adapter knows the page and the person asks for it. */
  'panel.read-again': { readonly ask: { readonly tab: number; readonly anyPage: boolean }; readonly answer: null };
  /** The letters of a tab that only the browser's PDF viewer shows. */
  'panel.letters': { readonly ask: { readonly tab: number }; readonly answer: readonly LetterOffer[] };
  /** One of them, for Nodi's viewer, with the patient that the tab is about in the same breath; null where nobody is confirmed. */
  'panel.fetch-letter': { readonly ask: { readonly tab: number; readonly frame: number; readonly index: number }; readonly answer: { readonly bytes: string; readonly subject: Subject | null } | { readonly refused: LetterRefusal } };
  /** Lets the person point at a part of the page in front; null ends it. `hint` is the line that says how, in the language chosen. */
  'panel.pick': { readonly ask: { readonly tab: number; readonly part: PickedPart | null; readonly hint: string; readonly draft: AdapterDefinition }; readonly answer: null };
  /** Reads the page by a description that is being made; null goes back to what is known. */
  'panel.try': { readonly ask: { readonly tab: number; readonly draft: AdapterDefinition | null }; readonly answer: null };
  /** What is pointed at, while it is moved over (`chosen` false) and when it is chosen. Heard by the panel; nothing keeps it. */
  'frame.picked': { readonly ask: { readonly part: PickedPart; readonly place: PickedPlace; readonly chosen: boolean }; readonly answer: null };
  /** What the panel has in front, and the words of the code in hand, to be painted as such; empty places let go of it. */
  'panel.hold': { readonly ask: { readonly tab: number; readonly part: PanelPart | null; readonly places: readonly (Place & { readonly key: ContextKey })[] }; readonly answer: null };
  /** What was pointed at when a key opened this panel; asked once, then forgotten. */
  'panel.pointed': { readonly ask: { readonly tab: number }; readonly answer: Pointed | null };
  /** Letters at the marks in view, which the person types in the panel: an empty `typed` begins, more narrows, null ends. */
  'panel.labels': { readonly ask: { readonly tab: number; readonly typed: string | null }; readonly answer: readonly MarkLabel[] };
  /** Keys that the pages of a tab use themselves, as chords (`Alt+S`): their access keys, and the panel's key where a page answered it. No patient text. */
  'panel.record-keys': { readonly ask: { readonly tab: number }; readonly answer: readonly string[] };
  /** The person turned to the page, or what stands there changed: the letters are gone in this frame, and go everywhere. */
  'frame.labels-left': { readonly ask: { readonly reader: ReaderId }; readonly answer: null };
  'panel.settings': { readonly ask: null; readonly answer: EffectiveSettings };
  'panel.change-settings': { readonly ask: Partial<Settings>; readonly answer: EffectiveSettings | { readonly refused: string } };
  'panel.sites-changed': { readonly ask: null; readonly answer: null };
  /** The editions of the classifications on this device. */
  'panel.code-lists': { readonly ask: null; readonly answer: CodeListsHere };
  /** An edition was imported or removed: the lists are opened anew, and what is on screen is coded by them. */
  'panel.codes-changed': { readonly ask: null; readonly answer: CodeListsHere };
  /** Codes by the editions of the day of the episode in a tab; of today without a tab. The words may have been selected in a note: memory only. */
  /** For the page of what was learned: what was decided under which editions holds today. */
  'panel.editions-held': { readonly ask: null; readonly answer: EditionsHeld };
  /** Words that were proposed as terms of the lexicon, and what was said of them. */
  'panel.proposals': { readonly ask: null; readonly answer: WordsForApproval };
  'panel.search-codes': { readonly ask: { readonly tab: number | null; readonly text: string }; readonly answer: CodesFound };
  /** Words that a code was asked for in the page's own menu, as they stood in that moment; asked once, then forgotten. Null where nobody asked, `words` null where they are in no note that was read. */
  'panel.chosen': { readonly ask: { readonly tab: number }; readonly answer: { readonly words: Bound<SelectedWords> | null } | null };
  /** The words that the person has selected in a note of the one patient on screen; asked only when a search is opened, and kept nowhere. */
  'panel.selection': { readonly ask: { readonly tab: number }; readonly answer: SelectedWords | null };
  /** Brings in a pack of other coders; with `trust` a person says that they trust all who signed it. Answers with why it was not taken. */
  'panel.import-pack': { readonly ask: { readonly text: string; readonly trust: boolean }; readonly answer: { readonly taken: true } | { readonly taken: false; readonly failure: PackFailure | { readonly kind: 'not-saved' } } };
  /** A pack, a model or a trusted key was imported or removed: what was learned is read again, and what is on screen is coded by it. */
  'panel.learned-changed': { readonly ask: null; readonly answer: null };
  /** An edition of the sheet was published or brought in: what is on screen is read by the one in force. */
  'panel.sheet-changed': { readonly ask: null; readonly answer: null };
  /** Tries an entry of the sheet that is being edited on the record that is open in another tab, and lights its places there; null puts the light out. Counts alone come back. */
  'panel.try-entry': { readonly ask: { readonly entry: TriedEntry | null }; readonly answer: EntryTrial };
  /** A trainee's guess at the record on screen, and what Nodi would have shown; its marks and codes are shown from then on. Null where the record has changed or nothing is hidden. Memory only. */
  'panel.guess': { readonly ask: { readonly tab: number; readonly key: ContextKey; readonly guess: RecordGuess }; readonly answer: Bound<GuessResult> | null };
  /** A trainee turns guessing off for the record on screen; false where it has changed. */
  'panel.show-record': { readonly ask: { readonly tab: number; readonly key: ContextKey }; readonly answer: boolean };
  /** Where words first stand whole in the notes of the one patient on screen, in the order of the page. Memory only. */
  'panel.find-words': { readonly ask: { readonly tab: number; readonly key: ContextKey; readonly words: string }; readonly answer: Evidence | null };
  /** What the sheet in force says of these entries. */
  'panel.rule-cards': { readonly ask: { readonly rules: readonly RuleId[] }; readonly answer: readonly RuleCard[] };
  /** Questions to clinicians as the log has them now. */
  'panel.queries': { readonly ask: null; readonly answer: readonly Query[] };
  'panel.log': { readonly ask: null; readonly answer: LogHealth };
  /** After a loss a person says that the log goes on from what is left. */
  'panel.accept-loss': { readonly ask: null; readonly answer: LogHealth };
  'panel.log-care': { readonly ask: null; readonly answer: LogCare };
  /** Brings back what is lost from the copy outside the database; null where the log could not be opened. */
  'panel.restore-log': { readonly ask: null; readonly answer: { readonly health: LogHealth; readonly restored: RestoredLog | null } };
  /** The sending to the board's FHIR server; null where policy names none or the package was not built for any. */
  'panel.sending': { readonly ask: null; readonly answer: SendingView | null };
  /** Sends now, and `again` what was set aside as well. */
  'panel.send': { readonly ask: { readonly again: boolean }; readonly answer: null };
  /** Keeps a credential for the server until the browser is closed; null forgets it. False where it can be none. */
  'panel.send-credential': { readonly ask: { readonly token: string | null }; readonly answer: { readonly kept: boolean } };
  /** Takes a file of the log as it was saved, whole or not at all; `failure` null where it could not be kept. */
  'panel.import-log': { readonly ask: { readonly text: string }; readonly answer: { readonly health: LogHealth; readonly restored: RestoredLog } | { readonly failure: LogImportFailure | null } };
  'page.confirm': { readonly ask: { readonly key: ContextKey }; readonly answer: { readonly key: ContextKey } };
  'page.read-again': { readonly ask: { readonly anyPage: boolean }; readonly answer: null };
  'page.show': { readonly ask: { readonly key: ContextKey; readonly document: DocumentId; readonly version: number; readonly start: number; readonly end: number }; readonly answer: { readonly shown: boolean } };
  'page.findings': { readonly ask: Bound<FrameFindings>; readonly answer: null };
  /** Lends the tab's patient to a frame that has no banner in reach, or takes it back. The frame refuses while it shows what it showed under another patient, unless a person asked. */
  'page.lend': { readonly ask: { readonly lent: { readonly subject: Subject; readonly episode: Episode } | null; readonly asked: boolean }; readonly answer: null };
  'page.pick': { readonly ask: { readonly part: PickedPart | null; readonly hint: string; readonly draft: AdapterDefinition }; readonly answer: null };
  'page.try': { readonly ask: { readonly draft: AdapterDefinition | null }; readonly answer: null };
  'page.letters': { readonly ask: null; readonly answer: readonly { readonly index: number; readonly title: string }[] };
  'page.fetch-letter': { readonly ask: { readonly index: number }; readonly answer: { readonly bytes: string } | { readonly refused: LetterRefusal } };
  'page.welcome': { readonly ask: FrameWelcome; readonly answer: null };
  'page.selection': { readonly ask: null; readonly answer: Bound<SelectedWords> | null };
  /** The words of the code in hand that stand in this frame. */
  'page.hold': { readonly ask: { readonly key: ContextKey; readonly places: readonly Place[] }; readonly answer: null };
  /** Places of an entry that is tried, to be lit in this context; false where it is not on screen any more, and then nothing is. None at all, whatever the context, puts the light out. */
  'page.light': { readonly ask: { readonly key: ContextKey | null; readonly marks: readonly Diagnostic[] }; readonly answer: { readonly lit: boolean } };
  /** The marks that can be seen in this frame, in reading order, quiet ones left out. None but in this context. */
  'page.in-sight': { readonly ask: { readonly key: ContextKey }; readonly answer: { readonly marks: readonly Place[] } };
  'page.record-keys': { readonly ask: null; readonly answer: { readonly chords: readonly string[] } };
  /** Draws letters at marks; none takes them away. */
  'page.labels': { readonly ask: { readonly key: ContextKey; readonly labels: readonly { readonly place: Place; readonly label: string }[]; readonly typed: string }; readonly answer: { readonly shown: number } };
  'page.step': { readonly ask: { readonly by: 1 | -1; /** Words that prove codes are stepped to as well. */ readonly evidence: boolean }; readonly answer: { readonly shown: boolean } };
  /** Marks of the note are pointed at: the panel of that tab shows their row. `byKey`: the person wants to go on there. */
  'hint.pointed': { readonly ask: { readonly tab: number; readonly pointed: Pointed; readonly byKey: boolean }; readonly answer: null };
  /** A code was asked for in the page's own menu: the panel of that tab asks for which words. */
  'hint.chosen': { readonly ask: { readonly tab: number }; readonly answer: null };
  /** `begin`: the browser's own key asked for letters at the marks; the panel begins. `left`: they are gone from the page. */
  'hint.labels': { readonly ask: { readonly tab: number; readonly what: 'begin' | 'left' }; readonly answer: null };
  /** The sending is another than it was. */
  'hint.sending': { readonly ask: null; readonly answer: null };
  /** Something about a tab changed: look again. A hint only; nothing is shown from it. `cleared` asks the panel to empty itself at once. */
  'hint.changed': { readonly ask: { readonly tab: number; readonly cleared: boolean }; readonly answer: null };
}

export type QuestionName = keyof Questions;
export type Ask<Name extends QuestionName> = Questions[Name]['ask'];
export type Answer<Name extends QuestionName> = Questions[Name]['answer'];

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const uuid = v.pipe(text, v.uuid());
const rule = v.pipe(text, v.regex(/^[A-Z]{2}\d{3,5}$/));
const contextKey = v.strictObject({ tab: v.number(), frame: count, reader: uuid, epoch: count, subject: text, episode: text, note: text });
const span = v.strictObject({ start: count, end: count });
const system = v.picklist(codeSystems);
/** Up to eight codes as they are sent, at least one. */
const codes = v.pipe(v.array(v.pipe(text, v.regex(/^[A-Z]\d\d[\dX]$/))), v.minLength(1), v.maxLength(8));
/** Codes that a person typed, as many as an episode may have. */
const typedCodes = v.pipe(v.array(v.pipe(text, v.regex(/^[A-Z]\d\d[\dX]$/))), v.maxLength(60));
const evidence = v.strictObject({ document: text, version: count, span });
const target = v.strictObject({ key: contextKey, document: text, version: count, span, rule });
const place = { document: text, version: count, span };
const pointed = v.strictObject({ key: contextKey, places: v.pipe(v.array(v.strictObject(place)), v.minLength(1), v.maxLength(20)) });
const placeId = v.pipe(text, v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/), v.maxLength(64));
const faultDetails = v.strictObject({ category: v.picklist(faultCategories), authorRole: v.picklist(authorRoles), site: placeId, team: placeId, minutes: v.pipe(count, v.maxValue(mostMinutes)) });
const episode = v.pipe(text, v.regex(/^[0-9a-f]{64}$/));
const day = v.pipe(text, v.isoDate());
const shortName = v.pipe(text, v.maxLength(64));
const auditLine = v.strictObject({ category: v.picklist(auditCategories), kind: v.picklist(lineKinds), first: v.nullable(v.pipe(text, v.regex(/^[A-Z]\d\d[\dX]$/))), audited: v.nullable(v.pipe(text, v.regex(/^[A-Z]\d\d[\dX]$/))), cause: v.picklist(auditCauses), reason: v.pipe(text, v.regex(/^[A-Z0-9]{0,6}$/)) });
const drawnEpisode = v.strictObject({
  episode, specialty: shortName, coder: shortName, coded: day, stay: v.nullable(count), depth: v.picklist(codingDepths), criterion: shortName, lane: v.picklist(auditLanes), edition: shortName, row: count, diagnoses: typedCodes, procedures: typedCodes,
});
const command = v.variant('kind', [
  v.strictObject({ kind: v.literal('log-finding'), id: uuid, target, details: v.exactOptional(faultDetails) }),
  v.strictObject({ kind: v.literal('log-fault'), id: uuid, key: contextKey, about: v.variant('kind', [v.strictObject({ kind: v.literal('here'), document: text }), v.strictObject({ kind: v.literal('elsewhere'), documentKind: v.picklist(documentKinds) })]), details: faultDetails }),
  v.strictObject({ kind: v.literal('dismiss-finding'), id: uuid, target }),
  v.strictObject({ kind: v.literal('mute-rule'), id: uuid, rule, days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)) }),
  v.strictObject({ kind: v.literal('log-unreadable'), id: uuid, key: contextKey, gap: v.picklist(coverageGapKinds), count }),
  v.strictObject({ kind: v.literal('undo'), id: uuid, undoes: uuid }),
  v.strictObject({ kind: v.literal('accept-codes'), id: uuid, key: contextKey, system, codes, origin: v.picklist(codeOrigins), evidence: v.nullable(evidence), replaces: v.nullable(uuid) }),
  v.strictObject({ kind: v.literal('reject-codes'), id: uuid, key: contextKey, system, codes, reason: v.picklist(rejectionReasons), evidence }),
  v.strictObject({ kind: v.literal('remove-codes'), id: uuid, key: contextKey, unit: uuid }),
  v.strictObject({ kind: v.literal('move-codes'), id: uuid, key: contextKey, unit: uuid, after: v.union([uuid, v.literal('first')]) }),
  v.strictObject({ kind: v.literal('choose-depth'), id: uuid, key: contextKey, depth: v.picklist(codingDepths) }),
  v.strictObject({ kind: v.literal('finish-episode'), id: uuid, key: contextKey, depth: v.picklist(codingDepths), criterion: v.nullable(v.pipe(text, v.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/), v.maxLength(48))) }),
  v.strictObject({
    kind: v.literal('draft-query'), id: uuid, language: v.picklist(queryLanguages),
    about: v.variant('by', [
      v.strictObject({ by: v.literal('finding'), target }), v.strictObject({ by: v.literal('episode'), key: contextKey, category: v.picklist(faultCategories) }),
      v.strictObject({ by: v.literal('specialty'), specialty: v.pipe(text, v.regex(/^[a-z]+(?:-[a-z]+)*$/), v.maxLength(48)), category: v.picklist(faultCategories), rule: v.nullable(rule), findings: v.pipe(count, v.minValue(1), v.maxValue(99_999)) }),
    ]),
  }),
  v.strictObject({ kind: v.literal('move-query'), id: uuid, query: uuid, state: v.picklist(queryStates), outcome: v.picklist(queryOutcomes), due: v.nullable(count) }),
  v.strictObject({ kind: v.literal('forget-phrase'), id: uuid, phrase: v.pipe(text, v.maxLength(200)), name: v.pipe(text, v.regex(/^(?:ICD-10|OPCS-4) [A-Z]\d\d[\dX]$/)) }),
  v.strictObject({ kind: v.literal('judge-phrase'), id: uuid, phrase: v.pipe(text, v.minLength(1), v.maxLength(200)), name: v.pipe(text, v.regex(/^(?:ICD-10|OPCS-4) [A-Z]\d\d[\dX]$/)), verdict: v.picklist(phraseVerdicts) }),
  v.strictObject({ kind: v.literal('draw-episode'), id: uuid, sample: uuid, method: v.picklist(sampleMethods), seed: count, population: count, size: count, drawn: drawnEpisode }),
  v.strictObject({ kind: v.literal('code-audit'), id: uuid, sample: uuid, episode, view: v.picklist(auditViews), coding: v.strictObject({ diagnoses: typedCodes, procedures: typedCodes }) }),
  v.strictObject({ kind: v.literal('take-audit'), id: uuid, key: contextKey, sample: uuid, view: v.picklist(auditViews) }),
  v.strictObject({ kind: v.literal('judge-audit'), id: uuid, sample: uuid, episode, view: v.picklist(auditViews), lines: v.pipe(v.array(auditLine), v.maxLength(200)), state: v.picklist(auditStates) }),
  v.strictObject({ kind: v.literal('log-audit-fault'), id: uuid, sample: uuid, episode, line: auditLine }),
  v.strictObject({ kind: v.literal('answer-fact'), key: contextKey, field: v.picklist(askedFields), answer: v.nullable(v.union([v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9_999)), v.boolean(), v.pipe(text, v.maxLength(40))])) }),
  v.strictObject({ kind: v.literal('copy-wording'), rule }),
  v.strictObject({ kind: v.literal('explain-rule'), rule }),
  v.strictObject({ kind: v.literal('show-finding'), target }),
  v.strictObject({ kind: v.literal('show-evidence'), key: contextKey, document: text, version: count, span }),
]);
const subject = v.strictObject({ fingerprint: text, identifier: text, initials: text, lastDigits: text, name: v.exactOptional(text) });
const subjectReading = v.variant('kind', [
  v.strictObject({ kind: v.literal('known'), subject }),
  v.strictObject({ kind: v.literal('unknown'), reason: v.picklist(['no-banner', 'no-identifier', 'disagree', 'changed-while-reading', 'no-adapter']), lastDigits: v.array(text) }),
  v.strictObject({ kind: v.literal('two'), subjects: v.array(subject) }),
]);
const nullableText = v.nullable(text);
const snapshot = v.strictObject({
  key: contextKey,
  adapter: v.strictObject({ id: v.pipe(text, v.regex(/^[a-z0-9-]{1,64}$/)), version: count }),
  subject: subjectReading,
  episode: v.strictObject({ number: nullableText, specialty: nullableText, consultant: nullableText, admitted: nullableText, discharged: nullableText, patientClass: nullableText }),
  documents: v.pipe(v.array(v.strictObject({
    id: text, version: count, kind: v.picklist(documentKinds), language: v.picklist(['en', 'cy', 'mixed', 'unknown']), channel: v.picklist(['text', 'field', 'draft']),
    title: text, date: nullableText, author: nullableText, episode: nullableText, text, blocks: v.array(v.number()),
  })), v.maxLength(2000)),
  coverage: v.strictObject({ gaps: v.array(v.strictObject({ kind: v.picklist(coverageGapKinds), count, title: nullableText, document: nullableText })), characters: count, parts: v.pipe(v.array(v.strictObject({ part: v.picklist(adapterParts), found: v.boolean(), tooWide: v.exactOptional(v.literal(true)) })), v.maxLength(40)) }),
  top: v.boolean(), path: v.array(count), outside: v.boolean(), hides: v.array(count), beside: v.array(count), lent: v.boolean(),
});
const nothing = v.null();
const wording = v.pipe(text, v.minLength(1), v.maxLength(600));
const wordings = v.pipe(v.array(wording), v.maxLength(1000));
const cue = v.nullable(v.strictObject({ before: v.optional(wordings), after: v.optional(wordings), sentence: v.optional(wordings) }));
const triedEntry = v.strictObject({
  id: rule, term: wording, kind: v.picklist(termKinds), verdict: v.picklist(verdicts), unless: cue, onlyWhen: cue,
  forms: v.pipe(v.array(v.strictObject({ text: wording, language: v.picklist(['any', 'en', 'cy']), caseSensitive: v.boolean(), match: v.picklist(['words', 'literal', 'before-term', 'between-terms']) })), v.minLength(1), v.maxLength(500)),
  appliesTo: v.union([v.literal('all'), v.pipe(v.array(v.pipe(text, v.regex(/^[a-z-]{1,40}$/))), v.maxLength(200))]),
  number: v.nullable(v.strictObject({ atLeast: v.optional(v.number()), atMost: v.optional(v.number()) })),
});

/** Who may ask what: checked with the browser's own word on the sender, before the shape. */
export type Zone = 'frame' | 'page' | 'viewer' | 'background';

/** The wall: for each question the zone that may ask it and the shape it must have. `page.*` and `hint.*` come from our own background, whose shape is trusted. */
export const wall: { readonly [Name in QuestionName]: { readonly zone: Zone; readonly shape: v.GenericSchema } } = {
  'frame.hello': { zone: 'frame', shape: v.strictObject({ reader: uuid, top: v.boolean(), prefix: v.pipe(text, v.regex(/^[a-z]{6,12}$/)) }) },
  'frame.captured': { zone: 'frame', shape: snapshot },
  'frame.reset': { zone: 'frame', shape: v.strictObject({ reader: uuid, epoch: count }) },
  'frame.left': { zone: 'frame', shape: v.strictObject({ reader: uuid }) },
  'frame.open-panel': { zone: 'frame', shape: v.strictObject({ pointed: v.nullable(pointed) }) },
  'frame.pointed': { zone: 'frame', shape: pointed },
  'panel.view': { zone: 'page', shape: v.strictObject({ tab: v.number() }) },
  'panel.run': { zone: 'page', shape: v.strictObject({ tab: v.number(), command }) },
  'panel.read-again': { zone: 'page', shape: v.strictObject({ tab: v.number(), anyPage: v.boolean() }) },
  'panel.letters': { zone: 'page', shape: v.strictObject({ tab: v.number() }) },
  'panel.fetch-letter': { zone: 'page', shape: v.strictObject({ tab: v.number(), frame: count, index: count }) },
  'panel.pick': { zone: 'page', shape: v.strictObject({ tab: v.number(), part: v.nullable(v.picklist(pickedParts)), hint: v.pipe(text, v.maxLength(300)), draft: v.looseObject({}) }) },
  'panel.try': { zone: 'page', shape: v.strictObject({ tab: v.number(), draft: v.nullable(v.looseObject({})) }) },
  'frame.picked': { zone: 'frame', shape: v.strictObject({ part: v.picklist(pickedParts), place: v.strictObject({ field: v.looseObject({}), words: v.pipe(text, v.maxLength(200)), count, fault: v.nullable(v.picklist(['whole-page', 'holds-banner', 'outside-banner', 'nothing', 'unstable'])) }), chosen: v.boolean() }) },
  'panel.hold': { zone: 'page', shape: v.strictObject({ tab: v.number(), part: v.nullable(v.picklist(panelParts)), places: v.pipe(v.array(v.strictObject({ ...place, key: contextKey })), v.maxLength(500)) }) },
  'panel.pointed': { zone: 'page', shape: v.strictObject({ tab: v.number() }) },
  'panel.labels': { zone: 'page', shape: v.strictObject({ tab: v.number(), typed: v.nullable(v.pipe(text, v.regex(/^[asdfghjkl]{0,6}$/))) }) },
  'panel.record-keys': { zone: 'page', shape: v.strictObject({ tab: v.number() }) },
  'frame.labels-left': { zone: 'frame', shape: v.strictObject({ reader: uuid }) },
  'panel.settings': { zone: 'page', shape: nothing },
  'panel.change-settings': { zone: 'page', shape: v.record(text, v.unknown()) },
  'panel.sites-changed': { zone: 'page', shape: nothing },
  'panel.code-lists': { zone: 'page', shape: nothing },
  'panel.codes-changed': { zone: 'page', shape: nothing },
  'panel.editions-held': { zone: 'page', shape: nothing },
  'panel.proposals': { zone: 'page', shape: nothing },
  'panel.search-codes': { zone: 'page', shape: v.strictObject({ tab: v.nullable(v.number()), text: v.pipe(text, v.maxLength(300)) }) },
  'panel.chosen': { zone: 'page', shape: v.strictObject({ tab: v.number() }) },
  'panel.selection': { zone: 'page', shape: v.strictObject({ tab: v.number() }) },
  'panel.import-pack': { zone: 'page', shape: v.strictObject({ text: v.pipe(text, v.maxLength(40_000_000)), trust: v.boolean() }) },
  'panel.learned-changed': { zone: 'page', shape: nothing },
  'panel.sheet-changed': { zone: 'page', shape: nothing },
  'panel.try-entry': { zone: 'page', shape: v.strictObject({ entry: v.nullable(triedEntry) }) },
  'panel.guess': { zone: 'page', shape: v.strictObject({ tab: v.number(), key: contextKey, guess: v.strictObject({ marks: v.pipe(v.array(v.strictObject({ ...place, verdict: v.picklist(verdicts) })), v.maxLength(200)), diagnoses: typedCodes, procedures: typedCodes }) }) },
  'panel.show-record': { zone: 'page', shape: v.strictObject({ tab: v.number(), key: contextKey }) },
  'panel.find-words': { zone: 'page', shape: v.strictObject({ tab: v.number(), key: contextKey, words: v.pipe(text, v.minLength(1), v.maxLength(300)) }) },
  'panel.rule-cards': { zone: 'page', shape: v.strictObject({ rules: v.pipe(v.array(rule), v.maxLength(500)) }) },
  'panel.queries': { zone: 'page', shape: nothing },
  'panel.log': { zone: 'page', shape: nothing },
  'panel.accept-loss': { zone: 'page', shape: nothing },
  'panel.log-care': { zone: 'page', shape: nothing },
  'panel.restore-log': { zone: 'page', shape: nothing },
  'panel.import-log': { zone: 'page', shape: v.strictObject({ text: v.pipe(v.string(), v.maxLength(64_000_000)) }) },
  'panel.sending': { zone: 'page', shape: nothing },
  'panel.send': { zone: 'page', shape: v.strictObject({ again: v.boolean() }) },
  'panel.send-credential': { zone: 'page', shape: v.strictObject({ token: v.nullable(v.pipe(text, v.maxLength(10_000))) }) },
  'page.confirm': { zone: 'background', shape: v.unknown() },
  'page.read-again': { zone: 'background', shape: v.unknown() },
  'page.show': { zone: 'background', shape: v.unknown() },
  'page.findings': { zone: 'background', shape: v.unknown() },
  'page.pick': { zone: 'background', shape: v.unknown() },
  'page.try': { zone: 'background', shape: v.unknown() },
  'page.letters': { zone: 'background', shape: v.unknown() },
  'page.fetch-letter': { zone: 'background', shape: v.unknown() },
  'page.lend': { zone: 'background', shape: v.unknown() },
  'page.welcome': { zone: 'background', shape: v.unknown() },
  'page.hold': { zone: 'background', shape: v.unknown() },
  'page.light': { zone: 'background', shape: v.unknown() },
  'page.selection': { zone: 'background', shape: v.unknown() },
  'page.in-sight': { zone: 'background', shape: v.unknown() },
  'page.record-keys': { zone: 'background', shape: v.unknown() },
  'page.labels': { zone: 'background', shape: v.unknown() },
  'page.step': { zone: 'background', shape: v.unknown() },
  'hint.pointed': { zone: 'background', shape: v.unknown() },
  'hint.chosen': { zone: 'background', shape: v.unknown() },
  'hint.labels': { zone: 'background', shape: v.unknown() },
  'hint.sending': { zone: 'background', shape: v.unknown() },
  'hint.changed': { zone: 'background', shape: v.unknown() },
};
