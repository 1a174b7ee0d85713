import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../lib/base/result.js';
import type { Month } from '../../../lib/model/month.js';
import type { LeavingFigures } from '../../../lib/model/quality.js';
import type { FiguresPlace, SendFailure } from '../../../lib/model/sending.js';
import { createSendingStore } from '../../../lib/settings/sending-store.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { figuresBundle, type MeasureReport } from '../../../lib/sync/figures-bundle.js';
import { sendFigures, type FiguresOutboxParts } from '../../../lib/sync/figures-outbox.js';
import type { SendTransaction } from '../../../lib/sync/outbox.js';
import { readTransactionReply, type EntryAnswer } from '../../../lib/sync/transaction-reply.js';
import { startFhirEngine, type FhirEngine } from './fhir-engine.js';
import { inventedFigures, inventedTotals } from './invented-figures.js';
import { machineOf } from './invented-log.js';
import { underFire } from './under-fire.js';

const isLong = process.env['NODI_LONG'] === '1';
const folder = mkdtempSync(join(tmpdir(), 'nodi-figures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signal = new AbortController().signal;

/** What the server holds, without what it adds itself, by key. */
async function heldBy(engine: FhirEngine): Promise<readonly object[]> {
  const all = await engine.all('MeasureReport') as (MeasureReport & { readonly id?: string; readonly meta?: object })[];
  return all.map(({ id: _, meta: __, ...report }) => report).sort((a, b) => (a.identifier[0].value < b.identifier[0].value ? -1 : 1));
}
const wantedOf = (...machines: readonly (readonly [number, LeavingFigures])[]): readonly object[] => machines.flatMap(([seed, { figures }]) => figuresBundle(figures, machineOf(seed), defaultFhirNames).entry.map(({ resource }) => resource)).sort((a, b) => (a.identifier[0].value < b.identifier[0].value ? -1 : 1));

/** A machine and a server without a network between them, the place kept as the browser keeps it. */
function atHand(seed: number, send: SendTransaction): { readonly told: (day: string, figures: LeavingFigures) => ReturnType<typeof sendFigures>; readonly place: () => Promise<FiguresPlace | null>; readonly sent: string[][]; /** What rests of it on the disk. */ readonly held: Map<string, unknown> } {
  const held = new Map<string, unknown>();
  const { figures: place } = createSendingStore({ local: { get: () => Promise.resolve(Object.fromEntries(held)), set: (items) => { for (const [key, value] of Object.entries(items)) held.set(key, structuredClone(value)); return Promise.resolve(); } } });
  const sent: string[][] = [];
  const parts = (day: string, figures: LeavingFigures): FiguresOutboxParts => ({
    figures: () => Promise.resolve(figures), as: machineOf(seed), address: 'https://fhir.example/R4', day, place, names: defaultFhirNames, now: () => 1_795_000_000_000,
    send: (bundle, life) => { sent.push(bundle.entry.map(({ resource }) => resource.identifier[0].value.split('.')[1] ?? '')); return send(bundle, life); },
  });
  return { told: (day, figures) => sendFigures(parts(day, figures), signal), place: place.read, sent, held };
}
const engineOf = (engine: FhirEngine): SendTransaction => async (bundle) => {
  for (const { resource } of bundle.entry) engine.validate(resource);
  const read = readTransactionReply({ contentType: 'application/fhir+json', body: JSON.stringify(await engine.reply(bundle)) }, bundle.entry);
  return read.ok ? succeed(read.value) : fail({ kind: 'reply-refused', fault: read.failure.kind });
};
const without = (figures: LeavingFigures, ...months: readonly string[]): LeavingFigures => ({ ...figures, figures: figures.figures.filter(({ month }) => !months.includes(month)) });

describe('monthly figures on a FHIR server', () => {
  it('are what each machine says last, once a month, with replies dropped after commit, the server killed and the machine killed', async () => {
    const [days, killsOfEach] = isLong ? [420, 50] : [44, 5];
    const engine = await startFhirEngine({ isLarge: true });
    const other = atHand(63, engineOf(engine));
    expect((await other.told('1', inventedFigures(63, 1))).ok).toBe(true);
    const counts = await underFire(engine, ['test/rooms/sync/figures-client.ts', String(days), '23', join(folder, 'place.json')], killsOfEach);
    const [wanted, held] = [wantedOf([23, inventedFigures(23, days)], [63, inventedFigures(63, 1)]), await heldBy(engine)];
    console.info(`figures: ${days} days of 12 months; ${counts.requests} requests, ${counts.dropped} replies dropped after commit, server killed ${counts.servers}, machine killed ${counts.clients}; reports held ${held.length} of ${wanted.length}, ${counts.seconds} s`);
    expect([counts.servers, counts.clients]).toEqual([killsOfEach, killsOfEach]);
    expect(counts.dropped / counts.requests).toBeGreaterThan(0.2);
    expect(wanted.length).toBe(24);
    expect(held).toEqual(wanted);
  }, isLong ? 900_000 : 120_000);

  it('are sent as far as they have changed, take the place of this machine’s own and of no other’s, and never speak of a month that is not over', async () => {
    const engine = await startFhirEngine({ isLarge: true });
    const [a, b] = [atHand(23, engineOf(engine)), atHand(63, engineOf(engine))];
    const first = inventedFigures(23, 0);
    await a.told('2026-11-15', first);
    await b.told('2026-11-15', inventedFigures(63, 0));
    expect(a.sent).toEqual([['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10']]);
    expect(inventedTotals(23, 0).some(({ month }) => month === '2026-11')).toBe(true);
    // The same again on another day: nothing leaves.
    await a.told('2026-11-16', first);
    expect(a.sent.length).toBe(1);
    expect(await a.place()).toMatchObject({ day: '2026-11-16', lastSent: 1_795_000_000_000 });
    const later = { ...first, figures: first.figures.map((one) => (one.month === '2026-03' && one.findings !== null ? { ...one, findings: one.findings + 7 } : one)) };
    await a.told('2026-11-17', later);
    expect(a.sent.slice(1)).toEqual([['2026-03']]);
    expect(await heldBy(engine)).toEqual(wantedOf([23, later], [63, inventedFigures(63, 0)]));
    // Nothing of a month is counted any more: it is nought. What comes before all that is counted has passed out of retention, and stays as it was said.
    const fewer = without(later, '2025-11', '2025-12', '2026-04');
    await a.told('2026-11-18', fewer);
    expect(a.sent.slice(2)).toEqual([['2026-04']]);
    const held = await heldBy(engine) as readonly MeasureReport[];
    expect(held.length).toBe(24);
    const [nought] = held.filter(({ identifier: [{ value }] }) => value === `findings-per-100-episodes-read.2026-04.${machineOf(23)}`);
    expect(nought?.group[0]).toEqual({ code: expect.anything() as unknown, population: [expect.objectContaining({ count: 0 }), expect.objectContaining({ count: 0 })] });
    expect(held.filter(({ period: { start }, extension: [{ valueCode }] }) => start < '2026-01-01' && valueCode === machineOf(23))).toEqual(wantedOf([23, { ...later, figures: later.figures.filter(({ month }) => month < '2026-01') }]));
    // The place is lost, or is not as it was written: all is said again, in its own place.
    a.held.set('sending-figures', { ...await a.place(), sent: { '2026-03': 'x' } });
    expect(await a.place()).toBeNull();
    const c = atHand(23, engineOf(engine));
    await c.told('2026-11-19', later);
    expect(await heldBy(engine)).toEqual(wantedOf([23, later], [63, inventedFigures(63, 0)]));
  });

  it('hold no count from 1 to 4, nor a sum that gives one away', () => {
    let [reports, counts, masked] = [0, 0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      for (const { resource: { group: [{ population, stratifier }] } } of figuresBundle(inventedFigures(seed, seed).figures, machineOf(seed), defaultFhirNames).entry) {
        reports += 1;
        const cells = (stratifier?.[0].stratum ?? []).map((one) => one.population);
        for (const at of [0, 1] as const) {
          const column = cells.map((cell) => cell[at]?.count);
          for (const count of column) { if (count === undefined) masked += 1; else counts += 1; expect(count === undefined || count === 0 || count >= 5).toBe(true); }
          expect(population[at]?.count).toBe(column.some((count) => count === undefined) ? undefined : column.reduce<number>((sum, count) => sum + (count ?? 0), 0));
        }
      }
    }
    console.info(`figures that leave: reports ${reports}, counts shown ${counts}, masked ${masked}, small ones shown 0`);
    expect(Math.min(counts, masked)).toBeGreaterThan(100);
  });

  it('go on without a month that the server refuses, say why, and try it again another day; a server that is not well ends the run', async () => {
    const figures = inventedFigures(23, 0);
    let tried = 0;
    for (const [manner, status] of [['whole', 422], ['whole', 500], ['entry', 412], ['entry', 500], ['entry', 404]] as const) {
      const engine = await startFhirEngine({ isLarge: true });
      const good = engineOf(engine);
      let isMended = false;
      const machine = atHand(23, async (bundle, life) => {
        const isBad = (at: number): boolean => !isMended && (bundle.entry[at]?.resource.identifier[0].value.includes('2026-05') ?? false);
        if (manner === 'whole' && bundle.entry.some((_, at) => isBad(at))) return fail({ kind: 'status', status, retryAfter: null, issue: 'invariant', at: 'MeasureReport.group' });
        const answer = await good({ ...bundle, entry: bundle.entry.filter((_, at) => !isBad(at)) } as typeof bundle, life);
        if (!answer.ok) return answer;
        const said = [...answer.value];
        return succeed(bundle.entry.map((_, at): EntryAnswer => (isBad(at) ? { status, location: '', issue: 'invariant', at: 'MeasureReport.group' } : said.shift() as EntryAnswer)));
      });
      const ended = await machine.told('2026-11-15', figures);
      expect(ended.ok && ended.value).toMatchObject({ day: '2026-11-15', refused: [{ month: '2026-05' as Month, status, issue: 'invariant', at: 'MeasureReport.group' }] });
      expect(await heldBy(engine)).toEqual(wantedOf([23, without(figures, '2026-05')]));
      isMended = true;
      expect(await machine.told('2026-11-16', figures)).toMatchObject({ ok: true, value: { refused: [] } });
      expect(await heldBy(engine)).toEqual(wantedOf([23, figures]));
      tried += 1;
    }
    const status = (code: number): SendFailure => ({ kind: 'status', status: code, retryAfter: null });
    for (const [failure, stop] of [
      [status(401), { kind: 'credential-refused', status: 401 }], [status(403), { kind: 'credential-refused', status: 403 }], [{ kind: 'withdrawn' }, { kind: 'withdrawn' }],
      ...([status(503), status(429), status(409), { kind: 'network' }, { kind: 'redirect' }, { kind: 'reply-refused', fault: 'login-page' }] as const).map((one) => [one, { kind: 'failed', failure: one }] as const),
    ] as const) {
      const machine = atHand(23, () => Promise.resolve(fail(failure)));
      const ended = await machine.told('2026-11-15', figures);
      expect(ended.ok ? null : ended.failure).toEqual(stop);
      // Not gone through: the next run begins where this one did.
      expect((await machine.place())?.day ?? '').toBe('');
      tried += 1;
    }
    const unwell = await atHand(23, ({ entry }) => Promise.resolve(succeed(entry.map(() => ({ status: 503, location: '', issue: '', at: '' }))))).told('2026-11-15', figures);
    expect(unwell).toMatchObject({ ok: false, failure: { kind: 'failed' } });
    const one = await atHand(23, ({ entry }) => Promise.resolve(succeed(entry.map(() => ({ status: 200, location: 'MeasureReport/1', issue: '', at: '' }))))).told('2026-11-15', figures);
    expect(one).toEqual({ ok: false, failure: { kind: 'failed', failure: { kind: 'reply-refused', fault: 'replayed' } } });
    console.info(`figures refused: ways tried ${tried + 2}, others held up 0`);
  });
});
