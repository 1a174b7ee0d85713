import type { JSX } from 'preact';
import { shippedAuditTable } from '../../assets/audit-table.js';
import { AuditPage, type AuditWay } from '../../components/dashboard/audit-page.jsx';
import type { Population } from '../../components/dashboard/audit-draw.jsx';
import { auditPaper } from '../../components/dashboard/audit-paper.js';
import { paperLines } from '../../components/dashboard/paper-lines.js';
import { textOfChosen } from '../../components/chosen-file.js';
import type { saveLooked } from '../../components/save-file.js';
import { createWords, specialtyIn, type Words } from '../../components/words.js';
import { auditReport, auditableOf, blindDue, drawSample, foldAudits, joinLines, partLine, plainCodingOf, readCodedFile, taughtNeeds, toDrawFrom, typedCodes, waitingAudits, weekOf } from '../../lib/audit/index.js';
import { csvText } from '../../lib/base/csv.js';
import { auditKey, episodeKey, foldEpisodes } from '../../lib/log/index.js';
import { overrideCharts, overrideCounts } from '../../lib/learning/index.js';
import { findSpecialty } from '../../lib/rulebook/index.js';
import type { AuditableEpisode, AuditSample, AuditTable, PlainCoding } from '../../lib/model/audit.js';
import type { CodedEpisode } from '../../lib/model/coded-episode.js';
import type { EpisodeKey, EventId, LogEvent, RecordedCommand } from '../../lib/model/decision.js';
import { otherLocale } from '../../lib/model/language.js';
import { dateOf, monthOf } from '../../lib/model/month.js';
import type { Overrides } from '../../lib/model/learning-stage.js';
import type { Clock, LogStore } from '../../lib/model/ports.js';
import type { Rulebook } from '../../lib/model/rulebook.js';
import type { EffectiveSettings, Settings } from '../../lib/model/settings.js';
import type { TrainingDeck } from '../../lib/model/trainee.js';
import { curriculum } from './curriculum.js';
import type { Decks } from './decks.js';
import { paperHtml } from './paper-html.js';
import { readSheetFile } from './read-sheet-file.js';

export interface AuditHere {
  readonly samples: readonly AuditSample[];
  /** Coded to the end on this computer. */
  readonly own: readonly AuditableEpisode[];
  readonly coded: ReadonlyMap<EpisodeKey, CodedEpisode>;
  readonly overrides: Overrides;
  /** Under what an auditor's own codes of an episode that is still to be coded are kept, by the episode. */
  readonly worked: ReadonlyMap<EpisodeKey, EpisodeKey>;
}

export interface AuditRoomOptions {
  readonly log: Pick<LogStore, 'decisions'>;
  readonly clock: Clock;
  readonly rulebook: () => Rulebook;
  /** The board's secret for the keys of episodes. Rejects where policy sets one that cannot be read. */
  readonly boardKey: () => Promise<Uint8Array>;
  /** Asks for a row of the log; true once it is kept. */
  readonly send: (command: RecordedCommand) => Promise<boolean>;
  readonly change: (part: Partial<Settings>) => Promise<boolean>;
  /** After which event a person had the limits of a specialty's overrides set anew. */
  readonly rebased: () => Promise<ReadonlyMap<string, number>>;
  readonly decks: Pick<Decks, 'file' | 'take'>;
  readonly save: typeof saveLooked;
  readonly again: () => void;
  readonly draw: () => void;
}

export interface AuditRoom {
  readonly read: (settings: Settings) => Promise<AuditHere>;
  readonly page: (here: AuditHere, settings: EffectiveSettings, words: Words) => JSX.Element;
}

/** The page of audits. Samples and verdicts are rows of the log's chain; a file that is drawn from is in memory only, and of it only what is drawn is kept. */
export function createAuditRoom({ log, clock, rulebook, boardKey, send, change, rebased, decks, save, again, draw }: AuditRoomOptions): AuditRoom {
  let chosen: EventId | null = null;
  let open: EpisodeKey | null = null;
  let coder: string | null = null;
  let told: string | null = null;
  let last: EventId | null = null;
  let file: { readonly episodes: readonly AuditableEpisode[]; readonly refused: readonly string[] } | null = null;
  let seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const newId = (): EventId => crypto.randomUUID() as EventId;
  /** Sends one and says what came of it. */
  const put = async (command: RecordedCommand, done: string, { say }: Words): Promise<void> => {
    const isKept = await send(command);
    told = isKept ? done : say('audit.told.not-done');
    if (isKept) last = command.kind === 'undo' ? null : command.id;
    again();
  };
  const drawRows = async (method: AuditSample['method'], episodes: readonly AuditableEpisode[], population: number, used: number, sample = newId(), size = episodes.length): Promise<{ readonly sample: EventId; readonly kept: number }> => {
    let kept = 0;
    for (const one of episodes) { if (!await send({ kind: 'draw-episode', id: newId(), sample, method, seed: used, population, size, drawn: one })) break; kept += 1; }
    return { sample, kept };
  };
  const drawn = (samples: readonly AuditSample[]): ReadonlySet<EpisodeKey> => new Set(samples.flatMap(({ episodes }) => episodes.map(({ episode }) => episode)));
  async function bringIn(given: File, persons: boolean, { say }: Words): Promise<void> {
    const fail = (why: string): void => { told = why; draw(); };
    const table = await readSheetFile(new Uint8Array(await given.arrayBuffer()));
    if (!table.ok) { fail(say('audit.file.unreadable')); return; }
    const [head, ...rows] = table.value;
    const key = await boardKey();
    const sheet = rulebook();
    const read = readCodedFile({ header: head?.cells ?? [], rows, keyOf: (patient, episode) => episodeKey(key, patient, episode), specialtyOf: (words) => findSpecialty(sheet, words), edition: sheet.edition, persons });
    if (!read.ok) { fail(say(`audit.file.${read.failure.kind}`, { column: say(`audit.field.${read.failure.field}`) })); return; }
    file = { episodes: read.value.episodes, refused: read.value.refused.map(({ line, why }) => say('audit.file.row', { line, why: say(`audit.fault.${why}`) })) };
    told = say('audit.told.file', { n: file.episodes.length, refused: file.refused.length });
    draw();
  }
  async function leave(way: AuditWay, bilingual: boolean, report: ReturnType<typeof auditReport>, table: AuditTable, overrides: Overrides, words: Words): Promise<void> {
    const papers = [words, ...(bilingual ? [createWords(otherLocale(words.locale))] : [])].map((each) => auditPaper(report, table, overrides, each, (id, one) => specialtyIn(rulebook().specialties, id, one)));
    const [first, ...more] = papers;
    if (!first) return;
    const name = `nodi-audit-${dateOf(report.drawnAt, clock.offset())}`;
    const stop = (where: string | null): void => { if (where !== null) { told = words.say('export.stopped', { where }); draw(); } };
    switch (way) {
      case 'csv': stop(save(papers, csvText(paperLines(papers)), `${name}.csv`, 'text/csv')); return;
      case 'html': stop(save(papers, paperHtml([first, ...more]), `${name}.html`, 'text/html')); return;
      case 'docx': { const { paperDocx } = await import('./paper-docx.js'); stop(save(papers, await paperDocx([first, ...more]), `${name}.docx`)); return; }
      case 'xlsx': { const { packXlsx } = await import('./pack-xlsx.js'); stop(save(papers, await packXlsx(paperLines(papers)), `${name}.xlsx`)); }
    }
  }
  const plainCoding = (one: CodedEpisode | undefined): PlainCoding | null => (one && one.diagnoses.length + one.procedures.length > 0 ? plainCodingOf(one) : null);

  return {
    async read({ blindShare }) {
      const read = await log.decisions();
      const events: readonly LogEvent[] = read.ok ? read.value : [];
      const coded = foldEpisodes(events);
      const own = auditableOf(events, coded, ({ wall, offset }) => dateOf(wall, offset));
      const samples = foldAudits(events);
      // The blind share of the one-key lane comes by itself.
      const due = blindDue(own, drawn(samples), blindShare);
      const overrides: Overrides = { counts: overrideCounts(events), charts: overrideCharts(events, await rebased()) };
      const secret = await boardKey().catch(() => null);
      const here = (all: readonly AuditSample[]): AuditHere => ({ samples: all, own, coded, overrides, worked: new Map(secret === null ? [] : [...waitingAudits(all)].map(([episode, waiting]) => [episode, auditKey(secret, { ...waiting, episode })])) });
      if (due.length === 0) return here(samples);
      const month = dateOf(clock.wall(), clock.offset()).slice(0, 7);
      const running = samples.find(({ method, drawn: at }) => method === 'blind' && dateOf(at, clock.offset()).startsWith(month));
      await drawRows('blind', due, own.length, 0, running?.id ?? newId(), Math.min(5000, (running?.episodes.length ?? 0) + due.length));
      const now = await log.decisions();
      return here(foldAudits(now.ok ? now.value : events));
    },
    page({ samples, own, coded, overrides, worked }, { settings: { auditTable, auditPersons, auditActions }, managed }, words) {
      const { say } = words;
      const table = auditTable ?? shippedAuditTable;
      const sample = samples.find(({ id }) => id === chosen) ?? samples[0] ?? null;
      const report = sample ? auditReport(sample, table, auditPersons) : null;
      const from = file?.episodes ?? own;
      const nameOf = (id: string, one: Words): string => specialtyIn(rulebook().specialties, id, one);
      const once = drawn(samples);
      const population: Population = {
        source: file ? 'file' : 'log', episodes: from.length, refused: file?.refused ?? [],
        specialties: [...new Set(from.map(({ specialty }) => specialty))].map((id) => ({ id, name: nameOf(id, words) })),
        coders: auditPersons ? [...new Set(from.flatMap(({ coder }) => (coder === '' ? [] : [coder])))].sort() : [],
        weeks: [...new Set(from.map((one) => weekOf(one.coded)))].sort().reverse(),
      };
      const keep = (next: AuditTable | null, done: string): void => void change({ auditTable: next }).then((isKept) => { told = isKept ? done : say('audit.told.not-done'); again(); });
      const coders = auditPersons && sample ? [...new Set(sample.episodes.flatMap((one) => (one.lines !== null && one.coder !== '' ? [one.coder] : [])))].sort() : [];
      const only = coders.find((one) => one === coder) ?? null;
      const deck: TrainingDeck = { month: monthOf(sample?.drawn ?? 0, clock.offset()), cards: sample ? taughtNeeds(sample.episodes, only) : [] };
      const episode = sample?.episodes.find((one) => one.episode === open) ?? null;
      return (
        <AuditPage samples={samples} chosen={sample} open={episode} report={report} overrides={overrides} nameOf={nameOf} told={told} canUndo={last !== null} words={words}
          onChoose={(id) => { chosen = id; open = null; told = null; draw(); }} onOpen={(key) => { open = key; told = null; draw(); }}
          onUndo={() => { if (last) void put({ kind: 'undo', id: newId(), undoes: last }, say('audit.told.undone'), words); }}
          onLeave={(way, bilingual) => { if (report) void leave(way, bilingual, report, table, overrides, words).catch(() => { told = say('audit.told.not-done'); draw(); }); }}
          draw={{
            population, seed: seed % 1_000_000, words, canDraw: (request) => toDrawFrom(from, request, table, once).length,
            onLog: () => { file = null; draw(); }, onFile: (given) => void bringIn(given, auditPersons, words).catch(() => { told = say('audit.told.not-done'); draw(); }),
            onDraw: (request) => {
              const made = drawSample(from, request, table, once);
              void drawRows(request.method, made.episodes, made.population, request.seed).then((done) => {
                [chosen, open, last] = [done.sample, null, null];
                seed += 1;
                told = done.kept === made.episodes.length ? say('audit.told.drawn', { n: done.kept, seed: request.seed }) : say('audit.sample.broken', { kept: done.kept, size: made.episodes.length });
                again();
              });
            },
          }}
          deck={{
            cards: deck.cards, rules: curriculum.rules, coders, coder: only, nameOf, words, onCoder: (next) => { coder = next; draw(); },
            onSave: () => void decks.file(deck).then((text) => { const where = save(deck, text, `nodi-deck-${deck.month}.json`); told = where === null ? say('deck.told.saved', { n: deck.cards.length }) : say('export.stopped', { where }); draw(); }, () => { told = say('audit.told.not-done'); draw(); }),
            onTake: () => void decks.take(deck).then((came) => { told = came.ok ? say('deck.told.taken', { n: deck.cards.length }) : say(`deck.fail.${came.failure.kind}`); last = null; draw(); }),
          }}
          tracker={{ actions: auditActions, today: dateOf(clock.wall(), clock.offset()), words, onActions: (actions) => void change({ auditActions: actions }).then((isKept) => { told = isKept ? null : say('audit.told.not-done'); again(); }) }}
          keys={{
            table, isManaged: managed.includes('auditTable'), words, onTable: (next) => keep(next, ''), onShipped: () => keep(null, ''),
            onSave: () => { const where = save(table, JSON.stringify(table, null, 1), 'nodi-audit-keys.json'); if (where !== null) { told = say('export.stopped', { where }); draw(); } },
            onFile: (given) => void textOfChosen(given, 'auditKeys').then((text) => JSON.parse(text ?? '') as AuditTable).then((read) => keep(read, say('audit.told.keys'))).catch(() => { told = say('audit.keys.unreadable'); draw(); }),
          }}
          inHand={{
            panelCodes: episode ? plainCoding(coded.get(worked.get(episode.episode) ?? episode.episode)) ?? (episode.row > 0 ? plainCoding(coded.get(episode.episode)) : null) : null, typed: typedCodes, join: joinLines, part: partLine,
            onCode: (view, coding) => { if (sample && episode) void put({ kind: 'code-audit', id: newId(), sample: sample.id, episode: episode.episode, view, coding }, say('audit.told.coded'), words); },
            onJudge: (view, lines, state) => { if (sample && episode) void put({ kind: 'judge-audit', id: newId(), sample: sample.id, episode: episode.episode, view, lines, state }, say('audit.told.judged', { state: say(`audit.state.${state}`) }), words); },
            onFaults: (lines) => {
              if (!sample || !episode) return;
              void (async () => {
                let kept = 0;
                for (const line of lines) if (await send({ kind: 'log-audit-fault', id: newId(), sample: sample.id, episode: episode.episode, line })) kept += 1;
                [told, last] = [say('audit.told.faults', { n: kept, all: lines.length }), null];
                again();
              })();
            },
          }} />
      );
    },
  };
}
