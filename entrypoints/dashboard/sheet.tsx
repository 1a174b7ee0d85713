import type { JSX } from 'preact';
import { SheetPage, type EntryFound, type TriedMark } from '../../components/dashboard/sheet-page.jsx';
import type { RecordTrial } from '../../components/dashboard/sheet-record.jsx';
import type { SheetProblemsNow } from '../../components/dashboard/sheet-problems.jsx';
import type { SheetLayout } from '../../components/dashboard/sheet-columns.jsx';
import { boardFailureWords, tableFailureWords } from '../../components/dashboard/sheet-file-words.js';
import type { SheetJoining } from '../../components/dashboard/sheet-merge.jsx';
import type { SheetPreview } from '../../components/dashboard/sheet-leave.jsx';
import { saveLooked } from '../../components/save-file.js';
import { specialtyIn, type Words } from '../../components/words.js';
import { createReader } from '../../lib/analysis/index.js';
import { csvText } from '../../lib/base/csv.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { NotedIntervention } from '../../lib/model/quality.js';
import type { EditionId, Rulebook, RuleId } from '../../lib/model/rulebook.js';
import { boardEditionName, editionName, type BoardSheet, type ConflictChoice, type EntryTrial, type MergeConflict, type MergedSheet, type PublishFailure, type SheetDraft, type SheetEdition, type SheetEntries, type SheetEntry, type SignedEdition, type TriedEntry } from '../../lib/model/sheet.js';
import type { TableRow } from '../../lib/model/sheet-table.js';
import type { Settings } from '../../lib/model/settings.js';
import { createSheetDiagnosis, diffSheets, draftEntries, draftFrom, headRowOf, headRows, judgeBoardEdition, mapColumns, mergeSheets, newEntry, noiseOf, publishDraft, readSheetTable, readSignedEdition, rolledBack, settleConflict, sheetTable, shippedEdition, signedOff, textsToReview, withEntries, withText, wordsOfSheet, writtenEdition, type ReadBy, type SheetNow, type SheetWords } from '../../lib/rulebook/index.js';
import { deviceKeys, isSigned, type PartStore, type SheetStore } from '../../lib/settings/index.js';
import { inSlices } from './in-slices.js';
import { readSheetFile } from './read-sheet-file.js';
import { sheetWords } from './sheet-words.js';
import { createSheetTrial } from './try-sheet.js';

type Note = { readonly text: string; readonly specialty: SpecialtyId | 'unknown' };

export interface SheetRoomOptions {
  readonly store: SheetStore;
  readonly keys: PartStore;
  readonly shipped: Rulebook;
  /** What is in force, as it was read last; `again` reads and draws anew. */
  readonly inForce: () => SheetNow;
  readonly again: () => void;
  /** This day here, YYYY-MM-DD. */
  readonly today: () => string;
  /** Invented notes on which it is counted how often an entry would mark. */
  readonly notes: () => Promise<readonly Note[]>;
  /** Tells the background that another edition may be in force. */
  readonly published: () => Promise<void>;
  /** Keeps a part of the settings: the annotation of the charts. */
  readonly change: (part: Partial<Settings>) => Promise<boolean>;
  /** Tries an entry on the record that is open in another tab, or (null) ends that; null where nobody answered. */
  readonly tryEntry: (entry: TriedEntry | null) => Promise<EntryTrial | null>;
  /** Draws again what is here; nothing is read. */
  readonly draw: () => void;
}

export interface SheetRoom {
  readonly read: () => Promise<void>;
  /** Another page is shown, or none: what was lit in a record for this one is put out. */
  readonly leave: () => void;
  readonly page: (settings: Pick<Settings, 'interventions' | 'singleKeys' | 'boardSheet'>, words: Words) => JSX.Element;
}

/** A layout's name that holds none of its words. */
async function digestOf(heads: readonly string[]): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(heads.map((head) => head.toLowerCase().replace(/\s+/g, ' ').trim()).join('\u001f'))));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The page of the department's sheet. What is edited is kept at once, one row for each entry. */
export function createSheetRoom({ store, keys, shipped, inForce, again, today, notes, published, change, tryEntry, draw }: SheetRoomOptions): SheetRoom {
  const zero = shippedEdition(shipped);
  let editions: readonly SheetEdition[] = [zero];
  let base: SheetEdition = zero;
  let draft: SheetDraft = draftFrom(zero);
  let entries: SheetEntries = zero.entries;
  let words: SheetWords = wordsOfSheet(zero.entries);
  let touched: ReadonlySet<RuleId> = new Set();
  let chosen: RuleId | null = zero.entries[0]?.id ?? null;
  let found: { readonly of: SheetEntry; readonly is: EntryFound } | null = null;
  let looking: { readonly of: SheetEntry; readonly end: AbortController } | null = null;
  let by = '';
  let told: string | null = null;
  let preview: (SheetPreview & { readonly take: readonly (readonly [RuleId, SheetEntry | null])[]; readonly edition: SheetEdition | null; readonly board: SignedEdition | null; readonly digest: string }) | null = null;
  let joining: (SheetJoining & { readonly merged: MergedSheet }) | null = null;
  let samples: readonly Note[] | null = null;
  let opened = false;

  const readBy: ReadBy = (rules) => { const reader = createReader({ ...shipped, rules }, { noisyOn: 'all' }); return (text, specialty) => reader.read(text, { specialty }); };
  const take = (next: SheetDraft): void => {
    draft = next;
    touched = new Set(next.touched.keys());
    entries = draftEntries(next, base);
    // What an entry meets may have changed with another one.
    looking?.end.abort();
    [looking, found] = [null, null];
  };
  const adopt = (all: readonly SheetEdition[], kept: SheetDraft | null): void => {
    editions = [zero, ...all];
    base = editions.find(({ number }) => number === kept?.base) ?? editions.at(-1) ?? zero;
    take(kept && base.number === kept.base ? kept : draftFrom(base));
    words = wordsOfSheet(base.entries);
    ownWords = null;
  };
  /** Words of the base are indexed once; of what is touched, which is little, once for each change. */
  let ownWords: { readonly of: SheetDraft; readonly words: SheetWords } | null = null;
  const wordsNow = (): SheetWords => {
    if (ownWords?.of === draft) return ownWords.words;
    const [{ touched: changed }, inBase] = [draft, words];
    const own = wordsOfSheet([...changed.values()].flatMap((entry) => (entry ? [entry] : [])));
    const made: SheetWords = { of: (text) => [...inBase.of(text).filter(({ id }) => !changed.has(id)), ...own.of(text)] };
    ownWords = { of: draft, words: made };
    return made;
  };
  const diagnosis = createSheetDiagnosis(readBy);
  /** Looks at the entry in hand, in tasks of its own, so that a letter typed never waits for it. */
  const look = (entry: SheetEntry): void => {
    if (looking?.of === entry) return;
    looking?.end.abort();
    const end = new AbortController();
    looking = { of: entry, end };
    const whole = function* (): Generator<void, EntryFound> {
      const diagnoses = yield* diagnosis.entry(entry, wordsNow());
      yield;
      return { diagnoses, noise: samples && noiseOf(entry, samples, readBy) };
    };
    inSlices(whole(), { signal: end.signal, onDone: (is) => { looking = null; found = { of: entry, is }; draw(); } });
  };
  let problems: SheetProblemsNow = { found: null, looked: null };
  let scanning: { readonly of: SheetEntries; readonly end: AbortController } | null = null;
  /** Looks through the whole sheet as it is in the draft now; a look at what it was before is given up. */
  const scan = (): void => {
    if (scanning?.of === entries) return;
    scanning?.end.abort();
    const end = new AbortController();
    scanning = { of: entries, end };
    let said = performance.now();
    const onSlice = (looked: number): void => {
      // Said twice a second: each saying draws the page.
      if (performance.now() - said < 500) return;
      said = performance.now();
      problems = { ...problems, looked };
      draw();
    };
    inSlices(diagnosis.sheet(entries, wordsNow()), { signal: end.signal, onSlice, onDone: (all) => { problems = { found: all, looked: null }; draw(); } });
  };
  const trialOf = createSheetTrial(shipped);
  let tried: { readonly trial: string; readonly of: SheetEntries; readonly specialty: SpecialtyId | 'unknown'; readonly marks: readonly TriedMark[] } | null = null;
  let trying: { readonly trial: string; readonly of: SheetEntries; readonly specialty: SpecialtyId | 'unknown'; readonly end: AbortController } | null = null;
  /** The whole sheet's marks in a text as far as they are known; those of another one, or by other entries, come a moment later. */
  const marksIn = (trial: string, entry: SheetEntry | null): readonly TriedMark[] => {
    const specialty: SpecialtyId | 'unknown' = entry && entry.appliesTo !== 'all' ? entry.appliesTo[0] ?? 'unknown' : 'unknown';
    const isOf = (one: typeof tried | typeof trying): boolean => one?.trial === trial && one.of === entries && one.specialty === specialty;
    if (!isOf(tried) && !isOf(trying)) {
      trying?.end.abort();
      const wanted = { trial, of: entries, specialty, end: new AbortController() };
      trying = wanted;
      inSlices(trialOf(entries, trial, specialty), { signal: wanted.end.signal, onDone: (marks) => { trying = null; tried = { ...wanted, marks }; draw(); } });
    }
    return tried?.trial === trial ? tried.marks : [];
  };
  let onRecord: { readonly of: SheetEntry; readonly is: RecordTrial } | null = null;
  const tryOnRecord = async (entry: SheetEntry): Promise<void> => {
    const mine = { of: entry, is: { kind: 'reading' } as const };
    onRecord = mine;
    draw();
    const { id, term, kind, verdict, forms, appliesTo, unless, onlyWhen, number } = entry;
    const is = await tryEntry({ id, term, kind, verdict, forms, appliesTo, unless, onlyWhen, number });
    // Another entry was taken in hand meanwhile: that ended this one.
    if (onRecord !== mine) return;
    onRecord = { of: entry, is: is ?? { kind: 'no-answer' } };
    draw();
  };
  /** What is lit is of the entry as it was: with another one, or after an edit, it is put out. */
  const endTrial = (): void => {
    if (!onRecord) return;
    const isLit = onRecord.is?.kind === 'tried' || onRecord.is?.kind === 'reading';
    onRecord = null;
    if (isLit) void tryEntry(null);
  };
  const keep = async (next: SheetDraft, ids: readonly RuleId[], say: Words['say']): Promise<void> => {
    take(next);
    told = null;
    draw();
    try { await store.writeDraft(next, ids.map((id) => [id, next.touched.get(id)] as const)); } catch { told = say('sheet.told.not-saved'); draw(); }
  };
  const put = (entry: SheetEntry, say: Words['say']): void => void keep(withEntries(draft, base, [[entry.id, entry]]), [entry.id], say);
  const annotate = async ({ from }: SheetEdition, edition: EditionId, interventions: readonly NotedIntervention[]): Promise<void> => {
    await change({ interventions: [...interventions, { kind: 'sheet-issued', date: from, specialty: 'all', edition }] });
  };
  const issue = async (edition: SheetEdition, interventions: readonly NotedIntervention[], say: Words['say'], begun: SheetDraft | null = null): Promise<void> => {
    try { await store.publish(edition, begun); } catch { told = say('sheet.told.not-saved'); draw(); return; }
    adopt([...editions.slice(1), edition], begun);
    told = say('sheet.told.published', { number: edition.number });
    draw();
    await annotate(edition, editionName(edition.number), interventions);
    await published();
    again();
  };
  const takeBoard = async (signed: SignedEdition, interventions: readonly NotedIntervention[], { say }: Words): Promise<void> => {
    const { edition } = signed;
    try { await store.keepBoardEdition({ number: edition.number, way: 'file', signed }); } catch { told = say('sheet.told.not-saved'); draw(); return; }
    told = say('sheet.told.board', { number: edition.number });
    await annotate(edition, boardEditionName(edition.number), interventions);
    await published();
    again();
  };
  const failureOf = (failure: PublishFailure, { say }: Words): string => {
    switch (failure.kind) {
      case 'texts-to-review': return say('sheet.fail.texts-to-review', { n: failure.texts.length });
      case 'not-sound': return say('sheet.fail.not-sound', { entries: [...new Set(failure.problems.map(({ id, field }) => `${id} (${field ?? ''})`))].slice(0, 5).join(', ') });
      case 'no-change-log': return say(`sheet.fail.no-change-log.${failure.language}`);
      case 'behind': return say('sheet.fail.behind', { newest: failure.newest });
      default: return say(`sheet.fail.${failure.kind}`);
    }
  };
  const nothing = { changes: [], problems: [], boardNumber: null, layout: null, take: [], edition: null, board: null, digest: '' };
  /** What a table would change, its columns taken as they are said to be; nothing of it is kept before a person takes it. */
  const lookAtTable = (name: string, layout: SheetLayout, digest: string, text: Words): void => {
    const read = readSheetTable(layout.rows.slice(layout.head + 1), layout.columns, { entries, specialties: shipped.specialties });
    if (!read.ok) preview = { ...nothing, name, layout, digest, problems: tableFailureWords(read.failure, text) };
    else {
      const [known, wanted] = [new Map(entries.map((entry) => [entry.id, entry])), new Set(read.value.entries.map(({ id }) => id))];
      preview = { ...nothing, name, layout, digest, changes: diffSheets(entries.filter(({ id }) => wanted.has(id)), read.value.entries), take: read.value.entries.filter((entry) => known.get(entry.id) !== entry).map((entry) => [entry.id, entry]) };
    }
    draw();
  };
  const layoutWith = async (rows: readonly TableRow[], head: number): Promise<{ readonly layout: SheetLayout; readonly digest: string }> => {
    const heads = rows[head]?.cells ?? [];
    const digest = await digestOf(heads);
    const before = await store.layout(digest).catch(() => undefined);
    const isRemembered = before?.length === heads.length;
    return { digest, layout: { rows, head, isRemembered, columns: isRemembered ? before : mapColumns(heads, rows.slice(head + 1)) } };
  };
  async function bringIn(file: File, policy: BoardSheet | null, text: Words): Promise<void> {
    const refused = (problems: readonly string[]): void => { preview = { ...nothing, name: file.name, problems }; draw(); };
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes[0] === 0x7b) {
      let data: unknown = null;
      try { data = JSON.parse(new TextDecoder().decode(bytes)); } catch { /* What is no JSON is no edition. */ }
      const read = readSignedEdition(data);
      if (!read.ok) { refused([text.say('sheet.file.not-an-edition')]); return; }
      const { edition, device, key, signature } = read.value;
      if (!await isSigned({ device, key, signature, text: writtenEdition(edition) })) { refused([text.say('sheet.file.tampered')]); return; }
      // Where the board names its signers, editions of nobody else are taken, and theirs stand beside what the department works on.
      if (policy?.keys) {
        const judged = await judgeBoardEdition(read.value, policy, await store.boardEditions(), isSigned);
        if (!judged.ok) { refused([boardFailureWords(judged.failure, edition.number, text)]); return; }
        preview = { ...nothing, name: file.name, changes: diffSheets(inForce().edition.entries, edition.entries), boardNumber: edition.number, board: read.value };
        draw();
        return;
      }
      const newest = editions.at(-1)?.number ?? 0;
      const held = editions.find(({ number }) => number === edition.number);
      if (held) { refused([text.say(writtenEdition(held) === writtenEdition(edition) ? 'sheet.file.held' : 'sheet.file.other-content', { number: edition.number })]); return; }
      if (edition.number < newest) { refused([text.say('sheet.file.older', { number: edition.number, newest })]); return; }
      preview = { ...nothing, name: file.name, changes: diffSheets(base.entries, edition.entries), edition };
      draw();
      return;
    }
    const read = await readSheetFile(bytes);
    if (!read.ok) { refused(tableFailureWords(read.failure, text)); return; }
    // Heads that were taken before are known again wherever they stand.
    const before = await Promise.all(read.value.slice(0, Math.min(headRows, read.value.length - 1)).map((_, at) => layoutWith(read.value, at)));
    const { layout, digest } = before.find((one) => one.layout.isRemembered) ?? await layoutWith(read.value, headRowOf(read.value));
    lookAtTable(file.name, layout, digest, text);
  }
  /** An edition that somebody sent is put beside ours, and a draft that was begun is joined with it. What both changed otherwise waits for a person: nothing is kept until all of it is settled. */
  async function bringInEdition(edition: SheetEdition, interventions: readonly NotedIntervention[], text: Words): Promise<void> {
    const merged = mergeSheets(base.entries, entries, edition.entries);
    if (merged.conflicts.length === 0) { await join(edition, merged.entries, interventions, text); return; }
    joining = { edition, began: new Map(base.entries.map((entry) => [entry.id, entry])), conflicts: merged.conflicts, choices: new Map(), merged };
    draw();
  }
  const settle = (conflict: MergeConflict, choice: ConflictChoice): void => {
    if (!joining) return;
    const { part, ours, theirs } = conflict;
    const from = ours ?? theirs;
    // Words that are written anew are nobody's reviewed words, whoever read the two that they come from.
    const isText = typeof choice !== 'string' && from && (part === 'en' || part === 'cy');
    joining = { ...joining, choices: new Map([...joining.choices, [conflict, isText ? withText(from, part, choice.text[part], choice.source[part]) : choice]]) };
    draw();
  };
  async function joinSettled(interventions: readonly NotedIntervention[], text: Words): Promise<void> {
    if (!joining || joining.conflicts.some((one) => !joining?.choices.has(one))) return;
    const { edition, merged, choices } = joining;
    const settled = [...choices].reduce((held, [conflict, choice]) => settleConflict(held, conflict, choice), merged);
    joining = null;
    await join(edition, settled.entries, interventions, text);
  }
  const join = async (edition: SheetEdition, joined: SheetEntries, interventions: readonly NotedIntervention[], text: Words): Promise<void> => {
    const changes = diffSheets(edition.entries, joined);
    const begun = changes.length === 0 ? null : { ...withEntries(draftFrom(edition), edition, changes.map((one) => [one.id, one.kind === 'removed' ? null : one.after])), changes: draft.changes };
    await issue(edition, interventions, text.say, begun);
  };
  async function save(way: 'csv' | 'xlsx' | 'edition', text: Words): Promise<void> {
    const leave = (looked: unknown, content: string | Blob, name: string, done: string | null, type?: 'text/csv'): void => {
      const where = saveLooked(looked, content, name, type);
      told = where === null ? done : text.say('export.stopped', { where });
      draw();
    };
    if (way === 'csv') { leave(sheetWords(entries), csvText(sheetTable(entries)), 'nodi-sheet.csv', null, 'text/csv'); return; }
    if (way === 'xlsx') { const { packXlsx } = await import('./pack-xlsx.js'); leave(sheetWords(entries), await packXlsx(sheetTable(entries)), 'nodi-sheet.xlsx', null); return; }
    const edition = editions.at(-1);
    if (!edition || edition.number === 0) return;
    const { device, key, sign } = await deviceKeys(keys);
    leave(sheetWords(edition.entries, { changes: edition.changes, published: edition.published.by }), JSON.stringify({ kind: 'nodi-sheet', schema: 1, edition, device, key, signature: await sign(writtenEdition(edition)) }), `nodi-sheet-${edition.number}.json`, text.say('sheet.told.saved', { device }));
  }

  return {
    async read() {
      if (opened) return;
      const [all, kept] = await Promise.all([store.editions(), store.draft()]);
      adopt(all, kept);
      opened = true;
      void notes().then((read) => { samples = read; found = null; looking?.end.abort(); looking = null; draw(); });
    },
    leave: endTrial,
    page({ interventions, singleKeys, boardSheet }, text) {
      const { say } = text;
      const entry = entries.find(({ id }) => id === chosen) ?? null;
      if (entry && found?.of !== entry) look(entry);
      if (onRecord && onRecord.of !== entry) endTrial();
      scan();
      const { edition: inForceNow, origin, refused } = inForce();
      const when = (from: string) => ({ from, by, on: today() });
      const failed = (what: string): void => { told = what; draw(); };
      return (
        <SheetPage entries={entries} editions={editions} inForce={inForceNow} origin={origin} refused={refused && { number: refused.number, why: boardFailureWords(refused.failure, refused.number, text) }} touched={touched} chosen={entry} found={entry && found?.of === entry ? found.is : null} problems={problems} toReview={textsToReview(draft)} changes={draft.changes} by={by} today={today()} singleKeys={singleKeys} told={told} preview={preview} joining={joining} specialties={shipped.specialties.map(({ id }) => id)} words={text}
          onSettle={settle} onJoin={() => void joinSettled(interventions, text)} onLeaveFile={() => { joining = null; draw(); }}
          specialtyOf={(id) => specialtyIn(shipped.specialties, id, text)}
          onChoose={(id) => { chosen = id; draw(); }}
          onEdit={(next) => put(next, say)} onText={(of, language, written, source) => put(withText(of, language, written, source), say)} onAdd={(term) => { const added = newEntry(entries, term); chosen = added.id; put(added, say); }}
          onSign={(of, language, state) => { if (by !== '') put(signedOff(of, language, state, { by, on: today() }), say); else failed(say('sheet.told.name')); }}
          onBy={(name) => { by = name; draw(); }}
          onTake={(id, out) => void keep(withEntries(draft, base, [[id, out ? null : base.entries.find((one) => one.id === id) ?? null]]), [id], say)}
          onChanges={(changes) => void keep({ ...draft, changes }, [], say)}
          onPublish={(from) => { const made = publishDraft(editions, { ...draft, reviewed: { by, on: today() } }, when(from)); if (made.ok) void issue(made.value, interventions, say); else failed(failureOf(made.failure, text)); }}
          onRollBack={(number) => { const made = rolledBack(editions, number, when(today() < base.from ? base.from : today())); if (made.ok) void issue(made.value, interventions, say); else failed(failureOf(made.failure, text)); }}
          diff={(number) => diffSheets(editions.find((one) => one.number === number)?.entries ?? [], entries)}
          onFile={(file) => void bringIn(file, boardSheet, text)} onSave={(way) => void save(way, text).catch(() => failed(say('sheet.told.not-saved')))}
          onPreview={(wanted) => { const held = preview; preview = null; if (!wanted || !held) draw(); else if (held.board) void takeBoard(held.board, interventions, text); else if (held.edition) void bringInEdition(held.edition, interventions, text); else { if (held.layout) void store.keepLayout(held.digest, held.layout.columns).catch(() => undefined); void keep(withEntries(draft, base, held.take), held.take.map(([id]) => id), say); } }}
          onColumn={(at, column) => { if (preview?.layout) lookAtTable(preview.name, { ...preview.layout, columns: preview.layout.columns.map((one, index) => (index === at ? column : one === column ? null : one)) }, preview.digest, text); }}
          onHead={(row) => { const held = preview; if (held?.layout) void layoutWith(held.layout.rows, row).then(({ layout, digest }) => { if (preview === held) lookAtTable(held.name, layout, digest, text); }); }}
          marksIn={(trial) => marksIn(trial, entry)} recordTrial={onRecord?.is ?? null} onTryRecord={(of) => void tryOnRecord(of)} onEndTrial={() => { endTrial(); draw(); }} />
      );
    },
  };
}
