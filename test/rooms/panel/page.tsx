import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Options } from '../../../components/options/options.js';
import { Panel, type PanelProps } from '../../../components/panel/panel.js';
import { emptyEpisode, foldEpisodes } from '../../../lib/log/fold-episode.js';
import { bind } from '../../../lib/model/context.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { Command, CommandOutcome, EpisodeKey, EventBody, EventId, LogEvent } from '../../../lib/model/decision.js';
import type { CodedEpisode } from '../../../lib/model/coded-episode.js';
import type { EpisodeProblem } from '../../../lib/model/episode-check.js';
import type { DocumentId, DocumentKind } from '../../../lib/model/document.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { SiteId, TeamId } from '../../../lib/model/fault.js';
import type { Locale } from '../../../lib/model/language.js';
import { labelsFor, type MarkLabel } from '../../../lib/model/mark-label.js';
import type { Place, Pointed, ProblemRow, RecordView, ReviewedDocument, RuleCard, TabView } from '../../../lib/model/review.js';
import type { EditionId, RuleId, TermKind, Verdict } from '../../../lib/model/rulebook.js';
import { sideConflictRule } from '../../../lib/model/diagnostic.js';
import type { ClinicalCode } from '../../../lib/model/code.js';
import { defaultSettings } from '../../../lib/model/settings.js';
import type { EffectiveSettings, Settings } from '../../../lib/model/settings.js';
import { encoderText } from '../../../lib/sync/encoder-text.js';
import { codesCsv } from '../../../lib/sync/codes-csv.js';
import { fhirBundle } from '../../../lib/sync/fhir-bundle.js';
import { cataract } from '../sync/invented-episodes.js';
import { inventedCoding } from './invented-coding.js';
import { inventedFound } from './invented-found.js';
import { inventedLists } from './invented-lists.js';

/** A page that shows the panel with an invented record, for tests: every patient and every note here is made up. */
const key: ContextKey = { tab: 1, frame: 0, reader: 'r' as ReaderId, epoch: 1, subject: 'p1' as Fingerprint, episode: 'e1' as Fingerprint, note: 'n' };

type Entry = readonly [rule: string, words: string, kind: TermKind, verdict: Verdict, short: string, byr: string];
const operation: readonly Entry[] = [
  ['BM040', 'NS++', 'symbol', 'avoid', 'two meanings', 'dau ystyr'],
  ['BM094', 'AF', 'abbreviation', 'avoid', 'three meanings', 'tri ystyr'],
  ['BM071', 'Small pupil', 'phrase', 'caution', 'was the iris floppy?', 'a oedd yr iris yn llipa?'],
  ['BM001', 'No complications', 'phrase', 'use', 'says it plainly', 'yn ei ddweud yn glir'],
];
const letter: readonly Entry[] = [
  ['BM002', '?PD', 'symbol', 'avoid', 'a question mark is not a diagnosis', 'nid diagnosis yw gofynnod'],
  ['BM003', 'cannot exclude', 'phrase', 'avoid', 'leaves it open', 'yn gadael y cyflwr yn agored'],
  ['BM004', 'h/o', 'abbreviation', 'caution', 'past, or still present?', 'y gorffennol, neu gyfredol?'],
];
const rowsOf = (document: string, entries: readonly Entry[]): readonly ProblemRow[] => entries.map(([rule, words, kind, severity], index) => {
  const target = { key, document: document as DocumentId, version: 1, span: { start: index * 20, end: index * 20 + words.length }, rule: rule as RuleId };
  const id = 'placeholder' as EventId;
  return {
    diagnostic: { rule: target.rule, severity, kind, document: target.document, version: 1, span: target.span }, key, words, state: { kind: 'open' }, logged: 0, copies: 0, related: [],
    fixes: [
      ...(severity === 'use' ? [] : [{ title: 'fix.log', command: { kind: 'log-finding', id, target } } as const]),
      { title: 'fix.copy', command: { kind: 'copy-wording', rule: target.rule } },
      { title: 'fix.dismiss', command: { kind: 'dismiss-finding', id, target } },
      { title: 'fix.mute', command: { kind: 'mute-rule', id, rule: target.rule, days: 30 } },
      { title: 'fix.explain', command: { kind: 'explain-rule', rule: target.rule } },
    ],
  };
});
const documentOf = (id: string, kind: DocumentKind, title: string, date: string, rows: readonly ProblemRow[]): ReviewedDocument =>
  ({ id: id as DocumentId, key, kind, channel: 'text', title, date, author: null, episode: null, language: 'en', details: { authorRole: id === 'op' ? 'consultant' : 'unknown', site: 'glan-y-don' as SiteId, team: 'unknown', minutes: 0 }, rows });
/** The operation is on the right here and on the left in the letter. */
const conflictRow: ProblemRow = {
  diagnostic: { rule: sideConflictRule, severity: 'conflict', kind: 'phrase', document: 'op' as DocumentId, version: 1, span: { start: 300, end: 305 }, side: 'right', codes: ['C751' as ClinicalCode], related: [{ document: 'neuro' as DocumentId, version: 1, span: { start: 310, end: 331 }, side: 'left' }] },
  key, words: 'Right', state: { kind: 'open' }, logged: 0, copies: 0, related: [{ key, document: 'neuro' as DocumentId, version: 1, span: { start: 310, end: 331 }, side: 'left', words: 'left cataract surgery' }],
  fixes: [
    { title: 'fix.log', command: { kind: 'log-finding', id: 'placeholder' as EventId, target: { key, document: 'op' as DocumentId, version: 1, span: { start: 300, end: 305 }, rule: sideConflictRule } } },
    { title: 'fix.dismiss', command: { kind: 'dismiss-finding', id: 'placeholder' as EventId, target: { key, document: 'op' as DocumentId, version: 1, span: { start: 300, end: 305 }, rule: sideConflictRule } } },
  ],
};
const cards: readonly RuleCard[] = [...operation, ...letter].map(([rule, term, kind, verdict, short, byr]) => ({
  rule: rule as RuleId, term, kind, verdict, translation: 'draft', source: { en: 'local rule', cy: 'rheol leol' },
  text: {
    en: { short, why: rule === 'BM094' ? 'Can mean atrial fibrillation, atrial flutter or amniotic fluid. The coder may not guess.' : 'The coder may not guess what is meant.', instead: verdict === 'use' ? [] : ['atrial fibrillation', 'atrial flutter'] },
    cy: { short: byr, why: rule === 'BM094' ? 'Gall olygu ffibriliad atrïaidd, fflwter atrïaidd neu hylif amniotig. Ni chaiff y codydd ddyfalu.' : 'Ni chaiff y codydd ddyfalu beth a olygir.', instead: verdict === 'use' ? [] : ['ffibriliad atrïaidd', 'fflwter atrïaidd'] },
  },
}));
const full: RecordView = {
  subject: { kind: 'known', subject: { fingerprint: 'p1' as Fingerprint, identifier: '', initials: 'E P', lastDigits: '504' } },
  episode: { number: '1', specialty: 'Ophthalmology', consultant: null, admitted: '2026-11-12', discharged: '2026-11-12', patientClass: null },
  specialty: 'ophthalmology' as SpecialtyId, edition: '7' as EditionId,
  documents: [
    documentOf('op', 'operation-note', 'Operation note', '2026-11-12', rowsOf('op', operation)),
    documentOf('neuro', 'clinic-letter', 'Neurology letter', '2026-11-03', rowsOf('neuro', letter)),
    documentOf('dal', 'discharge-letter', 'Discharge advice letter', '2026-11-12', []),
  ],
  gaps: [{ kind: 'image', count: 1, title: 'Referral', document: null }], missing: [],
  cards, coding: null, coded: null, checks: [], names: [], depth: 'full', depthReason: { ground: { kind: 'department' }, missing: [], answered: [], status: 'placeholder' }, details: { authorRole: 'unknown', site: 'glan-y-don' as SiteId, team: 'unknown', minutes: 0 }, muted: [{ rule: 'BM002' as RuleId, until: 1_800_000_000_000, event: 'muted-before' as EventId }], frames: { read: 1, silent: 0 },
};
const other: RecordView = { ...full, subject: { kind: 'known', subject: { fingerprint: 'p2' as Fingerprint, identifier: '', initials: 'D R', lastDigits: '640' } }, documents: [documentOf('x', 'ward-round', 'Ward round', '2026-11-09', [])], gaps: [], muted: [] };
const unreadable: RecordView = { ...full, documents: [], gaps: [{ kind: 'image', count: 3, title: null, document: null }], muted: [] };
const coded: RecordView = { ...full, coding: inventedCoding(key, { operation: 'op', letter: 'neuro' }) };
const accepted: RecordView = { ...coded, coded: { ...cataract.coded, rejected: [], depth: null } };
const codedBriefly: RecordView = { ...coded, depth: 'primary', depthReason: { ground: { kind: 'none-met', tried: 24 }, missing: ['critical-care', 'age'], answered: ['discharge-method'], status: 'placeholder' } };
const sided: RecordView = { ...coded, documents: coded.documents.map((document) => (document.id === 'op' ? { ...document, rows: [conflictRow, ...document.rows] } : document)) };
const asView = (record: RecordView): TabView => ({ kind: 'record', key, record: bind(key, record) });
const one = full.subject.kind === 'known' ? [full.subject.subject] : [];

const scenes: Readonly<Record<string, readonly [TabView, RecordView | null]>> = {
  accepted: [asView(accepted), accepted],
  record: [asView(full), full], teams: [asView(full), full], codes: [asView(coded), coded], primary: [asView(codedBriefly), codedBriefly], conflict: [asView(sided), sided], clean: [asView(other), other], unreadable: [asView(unreadable), unreadable],
  reading: [{ kind: 'reading' }, null], off: [{ kind: 'site-off' }, null], stopped: [{ kind: 'not-running' }, null], late: [asView(full), null],
  unknown: [{ kind: 'no-patient', subject: { kind: 'unknown', reason: 'disagree', lastDigits: ['504', '187'] }, gaps: [], missing: [] }, null],
  untaught: [{ kind: 'no-patient', subject: { kind: 'unknown', reason: 'no-adapter', lastDigits: [] }, gaps: [], missing: [] }, null],
  two: [{ kind: 'no-patient', subject: { kind: 'two', subjects: [...one, ...one] }, gaps: [], missing: [] }, null],
};

/** Letters for every row of the invented record but the quiet ones. */
function labelsOf(record: RecordView): readonly MarkLabel[] {
  const rows = record.documents.flatMap(({ rows: own }) => own).filter(({ diagnostic }) => diagnostic.severity !== 'use');
  const names = labelsFor(rows.length);
  return rows.map(({ key: of, diagnostic: { document: id, version, span } }, at) => ({ label: names[at] ?? '', pointed: { key: of, places: [{ document: id, version, span }] } }));
}

const episode = 'e1' as EpisodeKey;
/** The row that the log would hold: what the background makes of a command, as far as the panel can tell. */
function rowOf(command: Command): EventBody | null {
  const about = { episode, specialty: 'unknown', list: 'icd-10-5th-edition', depth: 'full', phrase: '', flag: 'plain' } as const;
  switch (command.kind) {
    case 'accept-codes': return { ...about, kind: 'codes-accepted', system: command.system, codes: command.codes.join(' '), origin: command.origin, standing: 'shown', replaces: command.replaces ?? '' };
    case 'reject-codes': return { ...about, kind: 'codes-rejected', system: command.system, codes: command.codes.join(' '), reason: command.reason };
    case 'remove-codes': return { kind: 'codes-removed', episode, unit: command.unit };
    case 'move-codes': return { kind: 'codes-moved', episode, unit: command.unit, after: command.after };
    case 'choose-depth': return { kind: 'depth-chosen', episode, depth: command.depth };
    case 'finish-episode': return { kind: 'episode-coded', episode, specialty: 'unknown', depth: command.depth, criterion: 'default', diagnoses: 0, procedures: 0, offered: 0, kept: 0 };
    case 'undo': return { kind: 'undone', undoes: command.undoes };
    default: return null;
  }
}

/** How often the same fault was logged here before. */
function loggedBefore(commands: readonly Command[], command: Command): { readonly before?: number } {
  const name = (one: Command): string | null => (one.kind === 'log-finding' ? one.target.rule : one.kind === 'log-fault' ? one.details.category : null);
  const before = name(command) === null ? 0 : commands.filter((one) => name(one) === name(command)).length;
  return before > 0 ? { before } : {};
}

/** One problem of each severity, and none once there is a diagnosis. */
function checksOf({ diagnoses }: CodedEpisode): readonly EpisodeProblem[] {
  return diagnoses.length > 0 ? [] : [
    { check: 'no-primary', severity: 'error', standard: 'DGCS.1', system: 'ICD-10', units: [], codes: [] },
    { check: 'side-missing', severity: 'warning', standard: 'PCSZ2', system: 'OPCS-4', units: [], codes: ['C751' as ClinicalCode] },
    { check: 'double-code', severity: 'information', standard: 'PRule 2', system: 'OPCS-4', units: [], codes: ['C712' as ClinicalCode] },
  ];
}

interface Story { readonly show: (scene: string) => void; readonly answer: (outcome: CommandOutcome['kind']) => void; readonly commands: Command[]; readonly calls: string[]; readonly held: string[]; readonly point: (place: Place, byKey: boolean) => void; /** As if a code were asked for in the page's own menu. */ readonly choose: (words: 'here' | 'elsewhere' | 'none') => void }
declare global { interface Window { story: Story } }

function Page(): preact.JSX.Element {
  const [pointed, setPointed] = useState<{ readonly at: Pointed; readonly byKey: boolean; readonly turn: number } | null>(null);
  const [chosen, setChosen] = useState<PanelProps['chosen']>(null);
  const [scene, setScene] = useState(location.hash.slice(1) || 'record');
  const [settings, setSettings] = useState<EffectiveSettings>({ settings: { ...defaultSettings, locale: (document.documentElement.dataset['locale'] ?? 'en-GB') as Locale, sites: ['https://porth.glan-y-don.example'], hospitals: [{ id: 'glan-y-don' as SiteId, name: { en: 'Glan-y-Don Hospital', cy: 'Ysbyty Glan-y-Don' }, words: [] }, { id: 'bryn' as SiteId, name: { en: 'Bryn Hospital', cy: 'Ysbyty’r Bryn' }, words: [] }], teams: scene === 'teams' ? [{ id: 'eye-one' as TeamId, name: { en: 'Eye team 1', cy: 'Tîm llygaid 1' }, words: [] }] : [] }, managed: scene === 'options' ? ['noisyOn'] : [], policyProblems: [] });
  const change = (part: Partial<Settings>): void => setSettings((before) => ({ ...before, settings: { ...before.settings, ...part } }));
  const [events, setEvents] = useState<readonly LogEvent[]>([]);
  const [state] = useState(() => {
    let answer: CommandOutcome['kind'] = 'acknowledged';
    let made = 0;
    const story: Story = { show: setScene, answer: (kind) => { answer = kind; }, commands: [], calls: [], held: [], point: (at, byKey) => setPointed((before) => ({ at: { key, places: [at] }, byKey, turn: (before?.turn ?? 0) + 1 })),
      choose: (where) => setChosen((before) => ({ words: where === 'none' ? null : bind(where === 'here' ? key : { ...key, epoch: 2 }, { words: 'known hypertension', place: { document: 'op' as DocumentId, version: 1, span: { start: 4, end: 22 } } }), turn: (before?.turn ?? 0) + 1 })) };
    window.story = story;
    return {
      story,
      newId: () => `event-${(made += 1)}` as EventId,
      run: (command: Command): Promise<CommandOutcome> => {
        story.commands.push(command);
        if (!('id' in command)) return Promise.resolve({ kind: 'done' });
        switch (answer) {
          case 'acknowledged': { const row = rowOf(command); if (row) setEvents((before) => [...before, { id: command.id, sequence: before.length + 1, wall: 0, offset: 0, edition: full.edition, schema: 1, previous: '', hash: '', ...row }]); }
            return Promise.resolve({ kind: 'acknowledged', event: command.id, sequence: story.commands.length, ...(loggedBefore(story.commands.slice(0, -1), command)) });
          case 'not-saved': return Promise.resolve({ kind: 'not-saved', reason: 'disk-full' });
          case 'refused': return Promise.resolve({ kind: 'refused', reason: 'context-changed' });
          case 'done': return new Promise(() => undefined);
        }
      },
    };
  });
  const call = (name: string) => (): void => { state.story.calls.push(name); };
  if (scene === 'options') {
    return <Options settings={settings} pageKeyOpensPanel noisy={cards.slice(0, 2)} change={(part) => { change(part); return Promise.resolve({ ok: true, value: { ...settings, settings: { ...settings.settings, ...part } } }); }}
      sources="Invented sources" exceptions={{ shipped: { status: 'placeholder', criteria: [] }, samples: [], onTry: () => ({ depth: 'full', ground: { kind: 'department' }, missing: [] }) }} codeLists={inventedLists}
      log={{
        health: { kind: 'data-loss', expected: 12, found: 9 }, care: { isFull: true, back: { sequence: 7, minutes: 90 }, waits: true },
        onAcceptLoss: () => { state.story.calls.push('accept-loss'); return Promise.resolve(); },
        onRestore: () => { state.story.calls.push('restore-log'); return Promise.resolve({ rows: 11, back: 2, missing: 1 }); },
        onExport: () => Promise.reject(new Error('not here')),
        onImport: (text) => Promise.resolve(text === 'good' ? { rows: 12, back: 3, missing: 0 } : { failure: { kind: 'other-schema', found: 9 } }),
      }}
      onAllowSite={(origin) => { change({ sites: [...settings.settings.sites, origin] }); return Promise.resolve(true); }}
      onRemoveSite={(origin) => { change({ sites: settings.settings.sites.filter((site) => site !== origin) }); return Promise.resolve(); }}
      onImportAdapter={() => Promise.resolve({ ok: false, failure: { kind: 'not-json', reason: 'line 1' } })} />;
  }
  const [view, given] = scenes[scene] ?? [{ kind: 'reading' }, null];
  const now = foldEpisodes(events).get(episode) ?? emptyEpisode(episode);
  const opened = given?.coding && scene !== 'accepted' ? { ...given, coded: now, depth: now.depth ?? given.depth, checks: checksOf(now), names: [] } : given;
  return <Panel view={view} opened={opened} settings={settings} specialties={[{ id: 'ophthalmology' as SpecialtyId, treatmentFunction: '130', name: { en: 'Ophthalmology', cy: 'Offthalmoleg' }, aliases: [] }]}
    run={state.run} newId={state.newId} onLocale={(locale) => change({ locale })} onReadAgain={call('read')} onReadAnyPage={call('read-any')} onTeach={call('teach')} onOpenLetters={call('letters')} onAllowSite={call('allow')} onToggleMarks={call('marks')} onPage={call('page')}
    outlet={{ text: encoderText, save: (way, record) => { state.story.calls.push(`save ${way} ${way === 'csv' ? codesCsv([record]).split('\r\n').length - 2 : fhirBundle(record, { made: 0, version: '0' })?.entry.length}`); return null; }, remember: (encoder) => change({ encoder }) }}
    onCopy={(wording) => { state.story.calls.push(`copy ${wording}`); return Promise.resolve(true); }} onSaveDecision={() => { state.story.calls.push('save'); return null; }} onSingleKeys={(singleKeys) => change({ singleKeys })} pointed={pointed} onHold={(part, places) => { state.story.held.push(`${part} ${places.map((place) => place.document).join(' ')}`); }} onProfile={(profile) => change({ profile, profileAsked: true })} onKeys={(keys) => change({ keys })} onRecordKeys={() => Promise.resolve(['Alt+;'])} pageKeyOpensPanel={false} chosen={chosen} labelTurn={null} onLabels={(typed) => { state.story.calls.push(`labels ${typed}`); return Promise.resolve(typed === null || opened === null ? [] : labelsOf(opened)); }} onSearch={(text) => Promise.resolve(inventedFound(text))} onSelection={() => Promise.resolve({ words: 'known hypertension', place: scene === 'teams' ? { document: 'neuro' as DocumentId, version: 1, span: { start: 4, end: 22 } } : null })} onQueries={() => Promise.resolve([])} guess={{ find: () => Promise.resolve(null), compare: () => Promise.resolve(null), show: () => Promise.resolve(false) }} onLearning={() => Promise.resolve(null)} onGuessFirst={(guessFirst) => change({ guessFirst })} onLearn={call('learn')} firstSteps={scene === 'first-steps' ? { done: 2, of: 7 } : null} onFirstSteps={call('first-steps')} onStepsAway={call('steps-away')} onCommand={() => undefined} onOptions={call('options')} onDashboard={call('dashboard')} />;
}

const place = document.getElementById('app');
if (place) render(<Page />, place);
