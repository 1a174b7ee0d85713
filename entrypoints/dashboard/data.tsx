import type { JSX } from 'preact';
import { DataPage, type DataFile, type DataRunning, type DataTold } from '../../components/dashboard/data-page.jsx';
import { saveLooked } from '../../components/save-file.js';
import { specialtyIn, type Words } from '../../components/words.js';
import type { SharedStore, SharedStoreFailure } from '../../lib/log/index.js';
import { dateOf } from '../../lib/model/month.js';
import type { Clock, CounterStore, LogStore, SentinelStore } from '../../lib/model/ports.js';
import type { MachinesTogether } from '../../lib/model/quality.js';
import type { Rulebook } from '../../lib/model/rulebook.js';
import type { Settings } from '../../lib/model/settings.js';
import type { MachineId, SharedStatement } from '../../lib/model/shared-statement.js';
import { leavingFigures, machinesTogether } from '../../lib/reports/index.js';
import { namedFor, type FhirNames } from '../../lib/sync/fhir-bundle.js';
import { figuresBundle, figuresCsv } from '../../lib/sync/figures-bundle.js';
import { mostOfSharedFile, readInSteps, type SharedFileFailure } from '../../lib/sync/read-statement-bundle.js';
import { createStatementFold } from '../../lib/sync/shared-statement.js';
import { statementBundle } from '../../lib/sync/statement-bundle.js';
import { statementsCsv } from '../../lib/sync/statements-csv.js';

/** Rows of the log to one step, and statements to one file: a file stays well below what an import takes. */
const [rowsToStep, statementsToFile] = [500, 10_000];

export interface DataHere { readonly machines: number; readonly kept: number; readonly isDamaged: boolean }

export interface DataRoom {
  readonly read: () => Promise<DataHere>;
  readonly page: (here: DataHere, settings: Settings, words: Words, sending?: JSX.Element | null) => JSX.Element;
}

export interface DataRoomOptions {
  readonly log: Pick<LogStore, 'page'>;
  readonly counters: CounterStore;
  readonly shared: SharedStore;
  readonly sentinel: SentinelStore;
  readonly clock: Clock;
  readonly rulebook: Pick<Rulebook, 'specialties'>;
  readonly save?: typeof saveLooked;
  /** Reads and draws anew; draws what was read already. */
  readonly again: () => void;
  readonly draw: () => void;
}

class Cancelled extends Error {}

/** The page of data that goes out and comes in. */
export function createDataRoom({ log, counters, shared, sentinel, clock, rulebook, save = saveLooked, again, draw }: DataRoomOptions): DataRoom {
  let running: DataRunning | null = null;
  let ending = new AbortController();
  let told: DataTold | null = null;
  let together: MachinesTogether | null = null;
  /** What an undo puts back: memory only. */
  let removed: readonly SharedStatement[] | null = null;

  const fails = (key: DataTold['key'], values: DataTold['values'] = {}): DataTold => ({ key, values, isFailure: true });
  /** Lets the page be drawn and heard between two steps; throws once the person has had enough. */
  const step = async (what: DataRunning['what'], done: number, of: number): Promise<void> => {
    running = { what, done: Math.min(done, Math.max(of, 1)), of };
    draw();
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    if (ending.signal.aborted) throw new Cancelled();
  };
  const act = async (work: () => Promise<DataTold | null>): Promise<void> => {
    if (running) return;
    ending = new AbortController();
    told = null;
    removed = null;
    try { told = await work(); } catch (problem) { if (!(problem instanceof Cancelled)) { running = null; throw problem; } told = { key: 'data.told.cancelled' }; }
    running = null;
    again();
  };
  const machineHere = async (): Promise<{ readonly machine: MachineId; readonly rows: number } | null> => {
    const held = await sentinel.read();
    return held ? { machine: held.epoch as MachineId, rows: held.sequence } : null;
  };
  /** What this machine's log says, some rows at a time; null where it cannot be read. */
  const own = async (what: DataRunning['what']): Promise<readonly SharedStatement[] | null> => {
    const here = await machineHere();
    if (!here) return [];
    const fold = createStatementFold(here.machine);
    for (let after = 0; ;) {
      await step(what, after, here.rows);
      const read = await log.page(after, rowsToStep);
      if (!read.ok) return null;
      for (const row of read.value.rows) fold.add(row);
      if (read.value.to === null) return fold.all();
      after = read.value.to;
    }
  };
  const today = (): string => dateOf(clock.wall(), clock.offset());

  const savedOr = (stopped: string | null, file: string): DataTold => (stopped === null ? { key: 'data.told.saved', values: { file } } : fails('export.stopped', { where: stopped }));

  const takeOut = async (file: DataFile, settings: Settings, names: FhirNames): Promise<DataTold> => {
    const name = (what: string, ending_: string): string => `nodi-${what}-${today()}${ending_}`;
    if (file === 'figures' || file === 'figures-csv') {
      const totals = await counters.totals();
      if (!totals.ok) return fails('data.told.unreadable');
      const { figures, to } = leavingFigures(totals.value, settings, clock);
      const machine = await machineHere();
      if (figures.length === 0 || !machine) return { key: 'data.told.no-figures', values: { month: to } };
      const as = name('figures', file === 'figures' ? '.json' : '.csv');
      return savedOr(file === 'figures' ? save(figures, JSON.stringify(figuresBundle(figures, machine.machine, names)), as, 'application/fhir+json') : save(figures, figuresCsv(figures), as, 'text/csv'), as);
    }
    const statements = await own('export');
    if (statements === null) return fails('data.told.unreadable');
    if (statements.length === 0) return { key: 'data.told.empty' };
    if (file === 'csv') { const as = name('findings', '.csv'); return savedOr(save(statements, statementsCsv(statements), as, 'text/csv'), as); }
    const parts = Math.ceil(statements.length / statementsToFile);
    const saved: string[] = [];
    for (let part = 0; part < parts; part += 1) {
      if (part > 0) await step('export', part, parts);
      const as = name('findings', parts === 1 ? '.json' : `-${part + 1}.json`);
      // All of it is looked through before any of it leaves.
      const where = save(part === 0 ? statements : null, JSON.stringify(statementBundle(statements.slice(part * statementsToFile, (part + 1) * statementsToFile), names)), as, 'application/fhir+json');
      if (where !== null) return savedOr(where, as);
      saved.push(as);
    }
    return savedOr(null, saved.join(', '));
  };

  const bringIn = async (file: File, names: FhirNames): Promise<DataTold> => {
    // A character takes at most four bytes, and none is read of what is too large whatever it holds.
    if (file.size > mostOfSharedFile.characters * 4) return fileFailure({ kind: 'too-large' });
    await step('import', 0, 0);
    const reading = readInSteps(await file.text(), names);
    for (;;) {
      const read = reading.next();
      if (!read.done) { await step('import', read.value.done, read.value.of); continue; }
      if (!read.value.ok) return fileFailure(read.value.failure);
      const taken = await shared.take(read.value.value, (await machineHere())?.machine ?? null);
      if (!taken.ok) return fails(`data.fail.${taken.failure.kind}`);
      together = null;
      const { fresh, changed, known, own: ours } = taken.value;
      return fresh + changed === 0 ? { key: 'data.told.nothing', values: { known, own: ours } } : { key: 'data.told.taken', values: { fresh, changed, known, own: ours } };
    }
  };
  const fileFailure = (failure: SharedFileFailure): DataTold => {
    switch (failure.kind) {
      case 'too-large': return fails('data.fail.too-large', { entries: mostOfSharedFile.entries });
      case 'not-a-bundle': return fails('data.fail.not-a-bundle');
      // A name from a file that nobody vouches for is shown no longer than a name is.
      case 'bad-entry': return fails('data.fail.bad-entry', { entry: failure.entry, field: failure.field.slice(0, 60) });
      case 'bad-pair': return fails('data.fail.bad-pair', { entry: failure.entry });
    }
  };
  const put = async (statements: readonly SharedStatement[], done: DataTold): Promise<DataTold> => {
    const kept = await shared.replace(statements);
    together = null;
    return kept.ok ? done : fails(`data.fail.${kept.failure.kind}`);
  };
  const others = async (): Promise<readonly SharedStatement[] | SharedStoreFailure> => { const read = await shared.read(); return read.ok ? read.value : read.failure; };

  return {
    async read() {
      const held = await others();
      return 'kind' in held ? { machines: 0, kept: 0, isDamaged: true } : { machines: new Set(held.map(({ machine }) => machine)).size, kept: held.length, isDamaged: false };
    },
    page: ({ machines, kept, isDamaged }, settings, words, sending = null) => (
      <DataPage running={running} told={told ?? (isDamaged ? fails('data.fail.damaged') : null)} canUndo={removed !== null} others={{ machines, kept, isDamaged }} together={together} sending={sending} words={words}
        nameOf={(id) => specialtyIn(rulebook.specialties, id, words)}
        onExport={(file) => void act(() => takeOut(file, settings, namedFor(settings.opcs4Name)))}
        onImport={(file) => void act(() => bringIn(file, namedFor(settings.opcs4Name)))}
        onCount={() => void act(async () => {
          const [held, mine] = [await others(), await own('count')];
          if ('kind' in held) return fails(`data.fail.${held.kind}`);
          if (mine === null) return fails('data.told.unreadable');
          together = machinesTogether(mine, held);
          return { key: 'data.told.counted' };
        })}
        onCancel={() => ending.abort()}
        onForget={() => void act(async () => {
          const held = await others();
          const done = await put([], { key: 'data.told.removed' });
          if (!('kind' in held) && !done.isFailure) removed = held;
          return done;
        })}
        onUndo={() => { const back = removed; if (back) void act(() => put(back, { key: 'data.told.undone' })); }} />
    ),
  };
}
