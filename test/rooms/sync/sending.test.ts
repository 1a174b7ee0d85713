import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fail, succeed } from '../../../lib/base/result.js';
import type { LogEvent } from '../../../lib/model/decision.js';
import type { SendFailure, SendingPlace } from '../../../lib/model/sending.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { firstBundle, placeOf, sendWaiting, type OutboxParts, type SendTransaction } from '../../../lib/sync/outbox.js';
import { readStatementBundle } from '../../../lib/sync/read-statement-bundle.js';
import { mergeStatements, standingOnce, type SharedStatement } from '../../../lib/model/shared-statement.js';
import { createStatementFold } from '../../../lib/sync/shared-statement.js';
import { statementBundle } from '../../../lib/sync/statement-bundle.js';
import { readTransactionReply, type EntryAnswer } from '../../../lib/sync/transaction-reply.js';
import { startFhirEngine, type FhirEngine } from './fhir-engine.js';
import { inventedLog, machineOf, pagesOf } from './invented-log.js';
import { underFire } from './under-fire.js';
import { writtenLog } from './written-log.js';

const isLong = process.env['NODI_LONG'] === '1';
const folder = mkdtempSync(join(tmpdir(), 'nodi-sending-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const machineIn = (rows: readonly LogEvent[]): ReturnType<typeof machineOf> => machineOf(Number.parseInt(rows[0]?.id.slice(0, 8) ?? '0', 16));
const saidBy = (rows: readonly LogEvent[]): readonly SharedStatement[] => { const fold = createStatementFold(machineIn(rows)); for (const row of rows) fold.add(row); return fold.all(); };

/** What the server holds, read back as another machine would read it, and how many resources that is. */
async function heldBy(engine: FhirEngine): Promise<{ readonly statements: readonly SharedStatement[]; readonly resources: number }> {
  const resources = (await Promise.all(['DetectedIssue', 'Task', 'Communication'].map((type) => engine.all(type)))).flat();
  const read = readStatementBundle(JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) }), defaultFhirNames);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return { statements: read.value, resources: resources.length };
}

/** What a server says of entries that it has taken; no two are in one place. */
let made = 0;
const answered = (...statuses: readonly number[]): readonly EntryAnswer[] => statuses.map((status) => ({ status, location: status === 201 ? `DetectedIssue/${made += 1}` : '', issue: '', at: '' }));
/** An engine as the outbox knows it, its words read as those of a server far away. */
const engineOf = (engine: FhirEngine): SendTransaction => async (bundle) => {
  const read = readTransactionReply({ contentType: 'application/fhir+json', body: JSON.stringify(await engine.reply(bundle)) }, bundle.entry);
  return read.ok ? succeed(read.value) : fail({ kind: 'reply-refused', fault: read.failure.kind });
};

/** A log, its place and a server without a network between them. */
function atHand(rows: readonly LogEvent[], send: SendTransaction): OutboxParts & { readonly held: { place: SendingPlace | null } } {
  const held: { place: SendingPlace | null } = { place: null };
  return {
    held, send, names: defaultFhirNames, batch: 20, now: () => 1_790_000_000_000, address: 'https://fhir.example/R4', log: pagesOf(rows), machine: machineIn(rows),
    place: { read: () => Promise.resolve(held.place), write: (place) => { held.place = place; return Promise.resolve(); } },
  };
}
const signal = new AbortController().signal;

describe('sending what was logged to a FHIR server', () => {
  it('leaves nothing out and nothing twice, with replies dropped after commit, the server killed and the machine killed', async () => {
    const rowCount = isLong ? 5000 : 300;
    const killsOfEach = isLong ? 50 : 5;
    const seed = 11;
    const engine = await startFhirEngine({ isLarge: true });
    const counts = await underFire(engine, ['test/rooms/sync/sending-client.ts', String(rowCount), String(seed), join(folder, 'place.json'), '5'], killsOfEach);
    const wanted = mergeStatements(saidBy(inventedLog(rowCount, seed)));
    const { statements, resources } = await heldBy(engine);
    const keys = new Set(statements.map(({ key }) => key));
    const missing = wanted.filter(({ key }) => !keys.has(key)).length;
    const duplicates = resources - wanted.reduce((sum, { kind }) => sum + (kind === 'query' ? 2 : 1), 0) + missing;
    console.log(`sync: ${rowCount} rows say ${wanted.length} things; ${counts.requests} requests, ${counts.dropped} replies dropped after commit, server killed ${counts.servers}, client killed ${counts.clients}; missing ${missing}, duplicates ${duplicates}, ${counts.seconds} s`);
    expect(wanted.length).toBeGreaterThan(rowCount / 2);
    expect([counts.servers, counts.clients]).toEqual([killsOfEach, killsOfEach]);
    expect(counts.dropped / counts.requests).toBeGreaterThan(0.2);
    expect([missing, duplicates]).toEqual([0, 0]);
    expect(statements).toEqual(wanted);
  }, isLong ? 1_800_000 : 180_000);

  it('keeps one coder’s finding while another takes theirs back: each machine has its own resource, and both name the one finding', async () => {
    const engine = await startFhirEngine({ isLarge: true });
    const [first, second] = [inventedLog(60, 23, 25), inventedLog(60, 63, 25)];
    const both = [...saidBy(first), ...saidBy(second)];
    /** Findings that one took back and the other did not. */
    const left = (mine: readonly SharedStatement[], other: readonly SharedStatement[]): readonly SharedStatement[] => mine.filter(({ kind, key, stands }) => kind === 'finding' && stands && other.some((one) => one.key === key && !one.stands));
    const [ofFirst, ofSecond] = [left(saidBy(first), saidBy(second)), left(saidBy(second), saidBy(first))];
    const hidden = [...ofFirst, ...ofSecond];
    expect([ofFirst.length, ofSecond.length].every((count) => count > 1)).toBe(true);
    let tried = 0;
    for (const order of [[first, second], [second, first], [first, second, first]]) {
      // The last to speak is another each time, and each sends all it has once more.
      for (const rows of order) expect((await sendWaiting(atHand(rows, engineOf(engine)), signal)).ok).toBe(true);
      const { statements, resources } = await heldBy(engine);
      expect(statements).toEqual(mergeStatements(both));
      expect(resources).toBe(mergeStatements(both).reduce((sum, { kind }) => sum + (kind === 'query' ? 2 : 1), 0));
      expect(standingOnce(statements)).toEqual(standingOnce(both));
      for (const { key } of hidden) expect(standingOnce(statements).some((one) => one.key === key)).toBe(true);
      tried += 1;
    }
    // As whoever counts on the server sees it: what is final, each finding once.
    const issues = await engine.all('DetectedIssue') as readonly { readonly status: string; readonly identifier: readonly { readonly system: string; readonly value: string }[] }[];
    const counted = new Set(issues.filter(({ status }) => status === 'final').map(({ identifier }) => identifier.find(({ system }) => system === 'urn:nodi:fhir:finding')?.value));
    expect(counted).toEqual(new Set(standingOnce(both).filter(({ kind }) => kind === 'finding').map(({ key }) => key)));
    console.log(`two machines: orders tried ${tried}; findings that one took back and the other did not ${hidden.length}, hidden 0; counted on the server ${counted.size}`);
  });

  it('adds nothing after a lost place, and begins anew at another address or with another log', async () => {
    const engine = await startFhirEngine({ isLarge: true });
    const rows = inventedLog(60, 23, 10);
    const parts = atHand(rows, engineOf(engine));
    expect((await sendWaiting(parts, signal)).ok).toBe(true);
    const once = await heldBy(engine);
    parts.held.place = null;
    expect((await sendWaiting(parts, signal)).ok).toBe(true);
    expect(await heldBy(engine)).toEqual(once);
    const place = parts.held.place as SendingPlace | null;
    expect(place).toMatchObject({ sentTo: 60, setAside: [], lastSent: 1_790_000_000_000 });
    expect(placeOf(place, { machine: parts.machine, address: 'https://other.example' }).sentTo).toBe(0);
    expect(placeOf(place, { machine: machineOf(99), address: parts.address }).sentTo).toBe(0);
    const first = await firstBundle(parts, placeOf(null, parts));
    expect(first.ok && first.value?.entry.length).toBeGreaterThan(5);
    expect(await firstBundle(parts, placeOf(place, parts))).toEqual({ ok: true, value: null });
  });

  it('says the last word where the answer to an earlier one was lost and the finding was taken back meanwhile', async () => {
    const engine = await startFhirEngine();
    const [row] = inventedLog(1, 3);
    if (row?.kind !== 'finding-logged') throw new Error('no finding');
    const undo = { ...row, kind: 'undone', undoes: row.id, id: '00000003-0000-4000-8000-000000000099', sequence: 2 } as unknown as LogEvent;
    const losing: SendTransaction = async (bundle, life) => { await engineOf(engine)(bundle, life); return fail({ kind: 'network' }); };
    expect((await sendWaiting(atHand([row], losing), signal)).ok).toBe(false);
    expect((await heldBy(engine)).statements).toMatchObject([{ stands: true }]);
    expect((await sendWaiting(atHand([row, undo], engineOf(engine)), signal)).ok).toBe(true);
    const { statements, resources } = await heldBy(engine);
    expect(resources).toBe(1);
    expect(statements).toMatchObject([{ stands: false, event: undo.id }]);
  });

  it('goes on under the name by which the server knows it after a loss that a person accepted: an undo takes back its own word', async () => {
    const engine = await startFhirEngine();
    const rows = inventedLog(20, 24, 10);
    const parts = atHand(rows, engineOf(engine));
    expect((await sendWaiting(parts, signal)).ok).toBe(true);
    const before = await heldBy(engine);
    const [taken] = before.statements.filter(({ kind, stands }) => kind === 'finding' && stands);
    // The log begins anew under another name, and its numbers are given again.
    const undo = { ...rows[0], kind: 'undone', undoes: taken?.event, id: '00000018-0000-4000-8000-000000000099', sequence: rows.length + 1 } as unknown as LogEvent;
    const again = { ...parts, machine: machineOf(77), log: pagesOf([...rows, undo]) };
    expect((await sendWaiting(again, signal)).ok).toBe(true);
    const after = await heldBy(engine);
    expect(after.resources).toBe(before.resources);
    expect(after.statements.filter(({ stands }) => !stands).map(({ key }) => key)).toEqual([...before.statements.filter(({ stands }) => !stands).map(({ key }) => key), taken?.key].sort());
    expect(parts.held.place).toMatchObject({ machine: machineOf(77), as: machineOf(24), sentTo: 21 });
  });

  it('says of each page what the whole log says, and never holds more than a page and what belongs to it', async () => {
    const { log, machine, says } = await writtenLog(400, 5);
    const engine = await startFhirEngine({ isLarge: true });
    let most = 0;
    const watched = { page: log.page, related: async (rows: readonly LogEvent[]) => { const found = await log.related(rows); if (found.ok) most = Math.max(most, found.value.length); return found; } };
    for (const batch of [50, 7]) {
      most = 0;
      expect((await sendWaiting({ ...atHand([], engineOf(engine)), log: watched, machine, batch }, signal)).ok).toBe(true);
      expect((await heldBy(engine)).statements).toEqual(mergeStatements(says));
    }
    console.log(`paged: 400 rows say ${says.length} things, of which ${says.filter(({ stands }) => !stands).length} are taken back; pages of 7 rows, most held at once ${most}`);
    expect(most).toBeLessThan(80);
  });

  it('goes through a log of any length with a page of it in memory', async () => {
    const rowCount = isLong ? 1_000_000 : 60_000;
    const [sample] = inventedLog(1, 3);
    if (sample?.kind !== 'finding-logged') throw new Error('no finding');
    // Nineteen of twenty rows are readings, as in a log that is worked with.
    const rowOf = (sequence: number): LogEvent => ({ ...sample, sequence, id: `00000003-0000-4000-8000-${String(sequence).padStart(12, '0')}`, episode: sequence.toString(16).padStart(64, '0') } as LogEvent);
    let [pages, most, writes] = [0, 0, 0];
    const log: OutboxParts['log'] = {
      page: (after, limit) => { pages += 1; const to = Math.min(rowCount, after + limit); most = Math.max(most, to - after); return Promise.resolve(succeed({ rows: Array.from({ length: to - after }, (_, at) => after + at + 1).filter((sequence) => sequence % 20 === 0).map(rowOf), to: to === after ? null : to })); },
      related: (rows) => Promise.resolve(succeed(rows)),
    };
    let sent = 0;
    const begun = process.memoryUsage().heapUsed;
    let grown = 0;
    const parts = { ...atHand([], ({ entry }) => { sent += entry.length; grown = Math.max(grown, process.memoryUsage().heapUsed - begun); return Promise.resolve(succeed(answered(...entry.map(() => 201)))); }), log, machine: machineOf(3), batch: 50 };
    const ended = await sendWaiting({ ...parts, place: { read: parts.place.read, write: (place) => { writes += 1; return parts.place.write(place); } } }, signal);
    expect(ended.ok && ended.value).toMatchObject({ sentTo: rowCount, confirmed: rowCount / 20, setAside: [] });
    console.log(`long log: ${rowCount} rows, sent ${sent}; pages read ${pages}, rows in one ${most} at most, places written ${writes}, heap grown by ${(grown / 1e6).toFixed(0)} MB at most`);
    expect(sent).toBe(rowCount / 20);
    expect(most).toBeLessThanOrEqual(2000);
    expect(grown).toBeLessThan(150e6);
  }, isLong ? 300_000 : 60_000);

  it('sends what FHIR R4 allows', async () => {
    const engine = await startFhirEngine();
    const { entry } = statementBundle(saidBy(inventedLog(60, 5)), defaultFhirNames);
    for (const { resource, request } of entry) { engine.validate(resource); expect(request).toHaveProperty('ifNoneExist'); }
    expect(entry.length).toBeGreaterThan(30);
  });

  it('sets aside what is refused, says why, goes on with the others, and tries it again when a person asks', async () => {
    const rows = inventedLog(40, 31);
    const poison = saidBy(rows.slice(0, 1))[0]?.key ?? '';
    const isPoison = (value: string): boolean => value.endsWith(poison);
    let tried = 0;
    for (const [manner, status] of [['whole', 422], ['whole', 400], ['whole', 500], ['entry', 422], ['entry', 412], ['entry', 500], ['entry', 404]] as const) {
      const taken = new Set<string>();
      let tries = 0;
      let isMended = false;
      const send: SendTransaction = ({ entry }) => {
        const values = entry.map(({ resource }) => resource.identifier[0].value);
        if (!isMended && values.some(isPoison) && manner === 'whole') { tries += 1; return Promise.resolve(fail({ kind: 'status', status, retryAfter: null, issue: 'invariant', at: 'DetectedIssue.code' })); }
        return Promise.resolve(succeed(values.flatMap((value) => {
          if (!isMended && isPoison(value)) { tries += 1; return [{ status, location: '', issue: 'invariant', at: 'DetectedIssue.code' }]; }
          taken.add(value);
          return answered(201);
        })));
      };
      const parts = atHand(rows, send);
      const ended = await sendWaiting(parts, signal);
      expect(ended.ok && ended.value).toMatchObject({ sentTo: 40, setAside: [{ key: poison, kind: 'finding', status, issue: 'invariant', at: 'DetectedIssue.code' }] });
      const wanted = [...new Set(statementBundle(saidBy(rows), defaultFhirNames).entry.map(({ resource }) => resource.identifier[0].value))].sort();
      expect([...taken].sort()).toEqual(wanted.filter((value) => !isPoison(value)));
      expect(tries).toBeGreaterThanOrEqual(5);
      // It stays aside while nobody asks, and goes once the server takes it.
      expect((await sendWaiting(parts, signal)).ok && parts.held.place?.setAside.length).toBe(1);
      isMended = true;
      const again = await sendWaiting({ ...parts, again: true }, signal);
      expect(again.ok && again.value.setAside).toEqual([]);
      expect([...taken].sort()).toEqual(wanted);
      tried += 1;
    }
    console.log(`poison: ways to refuse tried ${tried}, others held up 0, lost 0`);
  });

  it('stops where a server refuses whatever it is told, and sets nothing aside where it is not well', async () => {
    const rows = inventedLog(1500, 51);
    const refusing = atHand(rows, ({ entry }) => Promise.resolve(succeed(entry.map(() => ({ status: 422, location: '', issue: '', at: '' })))));
    const ended = await sendWaiting(refusing, signal);
    expect(ended.ok ? '' : ended.failure.kind).toBe('too-many-refused');
    expect(refusing.held.place?.setAside.length).toBeLessThan(300);
    // Nothing more is sent before a person asks.
    let asked = 0;
    const later: OutboxParts = { ...refusing, send: (bundle, life) => { asked += 1; return refusing.send(bundle, life); } };
    await sendWaiting(later, signal);
    expect(asked).toBe(0);
    for (const status of [500, 503]) {
      const unwell = atHand(rows, ({ entry }) => Promise.resolve(succeed(entry.map(() => ({ status, location: '', issue: '', at: '' })))));
      for (let run = 0; run < 8; run += 1) { const stopped = await sendWaiting(unwell, signal); expect(stopped.ok ? '' : stopped.failure.kind).toBe('failed'); }
      expect(unwell.held.place?.setAside ?? []).toEqual([]);
    }
    // One alone that a server stumbles over, run after run, does not stand in the way for ever.
    const [row] = rows.filter(({ kind }) => kind === 'finding-logged');
    const alone = atHand(row ? [{ ...row, sequence: 1 }] : [], ({ entry }) => Promise.resolve(succeed(entry.map(() => ({ status: 500, location: '', issue: '', at: '' })))));
    const runs: string[] = [];
    for (let run = 0; run < 6; run += 1) { const stopped = await sendWaiting(alone, signal); runs.push(stopped.ok ? 'done' : stopped.failure.kind); }
    expect(runs).toEqual(['failed', 'failed', 'failed', 'failed', 'done', 'done']);
    expect(alone.held.place?.setAside).toMatchObject([{ status: 500 }]);
  });

  it('ends a run where nothing can be sent, keeps its place, and never believes an answer to something else', async () => {
    const rows = inventedLog(30, 41);
    const status = (code: number, retryAfter: number | null = null): SendFailure => ({ kind: 'status', status: code, retryAfter });
    for (const [failure, stop] of [
      [status(401), { kind: 'credential-refused', status: 401 }], [status(403), { kind: 'credential-refused', status: 403 }],
      ...([status(503), status(429, 7000), status(409), { kind: 'network' }, { kind: 'redirect' }, { kind: 'slow', seconds: 20 }, { kind: 'reply-refused', fault: 'login-page' }] as const).map((one) => [one, { kind: 'failed', failure: one }] as const),
      [{ kind: 'withdrawn' }, { kind: 'withdrawn' }],
    ] as const) {
      const parts = atHand(rows, () => Promise.resolve(fail(failure)));
      const ended = await sendWaiting(parts, signal);
      expect(ended.ok ? null : ended.failure).toEqual(stop);
      expect(parts.held.place?.sentTo ?? 0).toBe(0);
    }
    const unkept = { ...atHand(rows, ({ entry }) => Promise.resolve(succeed(answered(...entry.map(() => 201))))), place: { read: () => Promise.resolve(null), write: () => Promise.reject(new Error('full')) } };
    const ended = await sendWaiting(unkept, signal);
    expect(ended.ok ? '' : ended.failure.kind).toBe('not-kept');
    // A proxy that gives the answer to the bundle before once more: nothing of the second was stored, and it is sent again.
    let turn = 0;
    const replay: SendTransaction = ({ entry }) => { turn += 1; return Promise.resolve(succeed(entry.map((_, index) => ({ status: 201, location: `DetectedIssue/${turn === 2 ? 1 : turn}-${index}`, issue: '', at: '' })))); };
    const replayed = { ...atHand(rows, replay), batch: 6 };
    const first = await sendWaiting(replayed, signal);
    expect(first.ok ? null : first.failure).toEqual({ kind: 'failed', failure: { kind: 'reply-refused', fault: 'replayed' } });
    expect(replayed.held.place?.sentTo).toBe(6);
    expect((await sendWaiting(replayed, signal)).ok).toBe(true);
  });
});
