/** The board's coder over real sockets: one that holds to the contract, and many that do not. Nothing waits for any of them. */
import { describe, expect, it } from 'vitest';
import { boardCoderLimits, createBoardCoder, type BoardQuestion } from '../../../entrypoints/background/board-coder.js';
import { postToCoder } from '../../../entrypoints/background/connection.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { fail, succeed, type Result } from '../../../lib/base/result.js';
import { createRemoteCoder, mostReplyBytes } from '../../../lib/coding/coders/index.js';
import type { BoardCoderState, CoderAnswer, CoderFailure } from '../../../lib/model/auto-coder.js';
import type { ContextKey, Fingerprint, ReaderId } from '../../../lib/model/context.js';
import type { DocumentId } from '../../../lib/model/document.js';
import type { AutoCoder } from '../../../lib/model/ports.js';
import { behaviours } from '../../reference-coder/misbehaving.js';
import { replyOf, serve, serveReference } from '../../reference-coder/server.js';

const batch = openCoder();
const codes = batch.shelf.on({ day: '2026-11-03', ground: 'discharged' });
const text = 'Mrs Megan Evans, NHS no 999 000 0018.\nDiagnosis: left cataract.\nOperation: left phacoemulsification of cataract and insertion of prosthetic lens.';
const key = (tab: number, epoch = 1, subject = 'p1'): ContextKey => ({ tab, frame: 0, reader: '0b6f2f0e-58a5-4c6c-9f0e-0d6a3f0a7c11' as ReaderId, epoch, subject: subject as Fingerprint, episode: 'e1' as Fingerprint, note: `n-${subject}` });
const about = (at: ContextKey, content = `${at.subject} ${at.note}`): BoardQuestion => ({ key: at, content, question: () => ({ language: 'en-GB', specialty: 'ophthalmology', codes, known: { identifiers: ['9990000018'], names: ['EVANS, Megan'] }, documents: [{ document: 'd1' as DocumentId, version: 1, language: 'en', text }] }) });

/** A board's coder at an address, with the clock in hand. */
function desk(coder: AutoCoder, clock = { now: 1_000_000 }) {
  const waiting = new Set<() => void>();
  const board = createBoardCoder({ coder, host: 'coder.example', now: () => clock.now, settle: 0, chance: () => 0, changed: () => { for (const one of waiting) one(); } });
  const settle = async (asked: BoardQuestion): Promise<BoardCoderState> => {
    for (;;) {
      const told = new Promise<void>((resolve) => { const hear = (): void => { waiting.delete(hear); resolve(); }; waiting.add(hear); });
      const { state } = board.look(asked);
      if (state.kind !== 'asking') return state;
      await told;
    }
  };
  return { board, settle, clock };
}
const remote = (url: string, seconds = 0.4): AutoCoder => createRemoteCoder({ nonce: () => crypto.randomUUID(), post: (body, signal) => postToCoder(url, body, { seconds, bytes: mostReplyBytes }, signal as AbortSignal) });

/** A coder that answers what it is told to. */
function scripted(next: () => Result<CoderAnswer, CoderFailure>) {
  let asked = 0;
  const coder: AutoCoder = { id: 'scripted', ask: () => { asked += 1; return Promise.resolve(next()); } };
  return { coder, count: () => asked };
}
const fine: CoderAnswer = { model: 'board', suggestions: [], refused: {} };

describe('the reference server', () => {
  it('answers by the contract, and is asked once for one content', async () => {
    const server = await serveReference(batch);
    const { settle, board } = desk(remote(server.url, 20));
    const state = await settle(about(key(1)));
    expect(state).toMatchObject({ kind: 'answered', answer: { model: 'Nodi batch coder', refused: {} } });
    const given = state.kind === 'answered' ? state.answer.suggestions : [];
    expect(given.map(({ code }) => code)).toContain('H269');
    for (const { evidence } of given) for (const { document, span } of evidence) { expect(document).toBe('d1'); expect(text.slice(span.start, span.end).trim()).not.toBe(''); }
    expect(board.look(about(key(1, 2))).state.kind).toBe('answered');
    expect(board.look(about(key(2))).state.kind).toBe('answered');
    expect(server.bodies.length).toBe(1);
    for (const marker of ['Evans', 'Megan', '999 000', '9990000018']) expect(server.bodies.join()).not.toContain(marker);
    expect(replyOf('{"schema":1}', batch).status).toBe(400);
    await server.close();
  });
});

describe('a coder that misbehaves', () => {
  it('is named by its state, and breaks nothing', async () => {
    const outcomes: string[] = [];
    const wrong: string[] = [];
    for (const { name, answer, expected } of behaviours) {
      let nth = 0;
      const server = await serve((body) => (_incoming, response) => { nth += 1; answer(response, replyOf(body, batch).body, nth); });
      const { settle } = desk(remote(server.url, name.startsWith('answers') || /flapping|then well|MB|bomb|never end/.test(name) ? 10 : 0.4));
      const state = await settle(about(key(1)));
      const said = state.kind === 'failed' ? state.failure.kind === 'reply-refused' ? state.failure.fault : state.failure.kind : state.kind;
      outcomes.push(said);
      if (!expected(state)) wrong.push(`${name}: ${said}`);
      await server.close();
    }
    console.info(`behaviours ${behaviours.length}, bad ${wrong.length}; states: ${[...new Set(outcomes)].sort().join(', ')}`);
    expect(wrong).toEqual([]);
    expect(behaviours.length).toBeGreaterThan(25);
  });
  it('is not reached at a port where nobody listens', async () => {
    const server = await serve(() => () => undefined);
    await server.close();
    const { settle } = desk(remote(server.url));
    expect(await settle(about(key(1)))).toEqual({ kind: 'failed', failure: { kind: 'network' } });
  });
});

describe('the circuit', () => {
  it('opens after five failures, lets one probe through a minute, and closes when it holds', async () => {
    let healthy = false;
    const { coder, count } = scripted(() => (healthy ? succeed(fine) : fail({ kind: 'slow', seconds: 5 })));
    const { settle, clock, board } = desk(coder);
    for (let tab = 1; tab <= 5; tab += 1) await settle(about(key(tab, 1, `p${tab}`)));
    expect(count()).toBe(boardCoderLimits.failuresToOpen);
    for (let tab = 10; tab < 40; tab += 1) { clock.now += 1_000; expect(await settle(about(key(tab, 1, `p${tab}`)))).toMatchObject({ kind: 'circuit-open' }); }
    expect(count()).toBe(5);
    clock.now += 31_000;
    // Many look at once: one of them is the probe.
    await Promise.all([50, 51, 52, 53].map((tab) => settle(about(key(tab, 1, `p${tab}`)))));
    expect(count()).toBe(6);
    healthy = true;
    clock.now += 60_001;
    expect(await settle(about(key(60, 1, 'p60')))).toMatchObject({ kind: 'answered' });
    expect(count()).toBe(7);
    expect(await settle(about(key(61, 1, 'p61')))).toMatchObject({ kind: 'answered' });
    board.forget(61);
  });
  it('waits as long as it is asked to, and retries only what may pass', async () => {
    const told = scripted(() => fail({ kind: 'status', status: 429, retryAfter: 30_000 }));
    const first = desk(told.coder);
    expect(await first.settle(about(key(1)))).toMatchObject({ kind: 'failed' });
    first.clock.now += 29_000;
    expect(await first.settle(about(key(2, 1, 'p2')))).toMatchObject({ kind: 'circuit-open' });
    expect(told.count()).toBe(1);
    first.clock.now += 1_001;
    await first.settle(about(key(3, 1, 'p3')));
    expect(told.count()).toBe(2);
    const tries: [CoderFailure, number][] = [[{ kind: 'network' }, 3], [{ kind: 'status', status: 503, retryAfter: null }, 3], [{ kind: 'status', status: 500, retryAfter: null }, 1], [{ kind: 'status', status: 503, retryAfter: 60_000 }, 1], [{ kind: 'redirect' }, 1], [{ kind: 'slow', seconds: 5 }, 1], [{ kind: 'reply-refused', fault: 'not-json' }, 1]];
    for (const [failure, expected] of tries) {
      const one = scripted(() => fail(failure));
      await desk(one.coder).settle(about(key(1)));
      expect([failure, one.count()]).toEqual([failure, expected]);
    }
  });
  it('asks about one episode no more often than its budget', async () => {
    const { coder, count } = scripted(() => succeed(fine));
    const { settle } = desk(coder);
    for (let turn = 0; turn < boardCoderLimits.perEpisode + 5; turn += 1) await settle(about(key(1, turn), `content ${turn}`));
    expect(count()).toBe(boardCoderLimits.perEpisode);
    expect((await settle(about(key(1, 99), 'once more'))).kind).toBe('spent');
  });
});

describe('another record on screen', () => {
  it('withdraws what was asked, and is never given its answer', async () => {
    const signals: AbortSignal[] = [];
    const answers: ((value: Result<CoderAnswer, CoderFailure>) => void)[] = [];
    const coder: AutoCoder = { id: 'held', ask: (_question, signal) => { signals.push(signal as AbortSignal); return new Promise((resolve) => { answers.push(resolve); }); } };
    const { board, settle } = desk(coder);
    const asks = async (times: number): Promise<void> => { while (signals.length < times) await new Promise((resolve) => { setImmediate(resolve); }); };
    expect(board.look(about(key(1, 1, 'first'))).state.kind).toBe('asking');
    await asks(1);
    expect(board.look(about(key(1, 2, 'second'))).state.kind).toBe('asking');
    expect(signals[0]?.aborted).toBe(true);
    await asks(2);
    answers[0]?.(succeed({ ...fine, model: 'of the first' }));
    answers[1]?.(succeed({ ...fine, model: 'of the second' }));
    expect(await settle(about(key(1, 2, 'second')))).toMatchObject({ kind: 'answered', answer: { model: 'of the second' } });
    board.forget(1);
    expect(board.look(about(key(1, 3, 'second'))).state.kind).toBe('asking');
    board.forget(1);
  });
  it('costs the local reading nothing while the coder is silent', async () => {
    const silent: AutoCoder = { id: 'silent', ask: () => new Promise(() => undefined) };
    const { board } = desk(silent);
    const rounds = 200;
    const added: number[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      const started = performance.now();
      board.look(about(key(1, turn), `content ${turn}`));
      added.push(performance.now() - started);
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    const p95 = added.sort((a, b) => a - b)[Math.floor(rounds * 0.95)] ?? Number.POSITIVE_INFINITY;
    console.info(`added to a local reading beside a silent coder: p95 ${p95.toFixed(3)} ms of ${rounds}`);
    expect(p95).toBeLessThan(5);
    board.forget(1);
  });
});
