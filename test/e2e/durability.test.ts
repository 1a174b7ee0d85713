/** Acknowledged means durable: the browser is killed like a lost battery, the worker as the browser itself kills it, both in the middle of logging. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { chainStart, followChain } from '../../lib/log/chain.js';
import type { LogEvent } from '../../lib/model/decision.js';
import { demonstrationCopy } from '../harness/browser.mjs';
import { inLanes } from '../harness/in-lanes.js';
import { buryBrowser, killBrowser } from '../harness/kill-browser.js';
import type { LogHealth } from '../../lib/model/ports.js';
import { isDecision, openSampleRecord, until, type SampleRecord } from '../harness/sample-record.js';

/** `2/5`: a fifth of the kills, for a machine that others use too. */
const parts = Number((process.env['NODI_PART'] ?? '1/1').split('/')[1]);
const kills = Math.ceil((process.env['NODI_LONG'] ? 100 : 20) / parts);
const profiles = mkdtempSync(join(tmpdir(), 'nodi-durable-'));
const extension = demonstrationCopy(process.env['NODI_EXTENSION']);
afterAll(() => { for (const folder of [profiles, extension]) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }); });

const kinds = ['log-finding', 'dismiss-finding', 'mute-rule', 'undo'] as const;

/** One decision that the extension said is kept. */
interface Acknowledged { readonly id: string; readonly kind: string; readonly sequence: number }

/**
 * Runs in the panel's page: decides without pause in `lanes` lanes with the panel's own messages. What is acknowledged is told to Node
 * at once; what got no answer is sent again under its id, as the panel's person would. Ends when `window.enough` is set.
 */
async function hammer({ tab, lanes }: { readonly tab: number; readonly lanes: number }): Promise<void> {
  interface Row { readonly diagnostic: { readonly document: string; readonly version: number; readonly span: object; readonly rule: string }; readonly key: object }
  const scope = window as unknown as { enough?: boolean; heard?: Record<string, number>; acked: (told: Acknowledged) => void; sent: (id: string) => Promise<void>; chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } };
  const ask = async <Answer>(name: string, question: object): Promise<Answer | null> => {
    const late = new Promise<null>((resolve) => { setTimeout(() => resolve(null), 3000); });
    return Promise.race([scope.chrome.runtime.sendMessage({ nodi: 1, name, ask: question }).catch(() => null) as Promise<Answer | null>, late]);
  };
  const heard: Record<string, number> = {};
  scope.heard = heard;
  const hear = (what: string): void => { heard[what] = (heard[what] ?? 0) + 1; };
  const lane = async (number: number): Promise<void> => {
    let rows: Row[] = [];
    let undoes: string | null = null;
    for (let turn = number; !scope.enough; turn += 1) {
      if (rows.length === 0) {
        const view = await ask<{ kind: string; record?: { sealed: { documents: { rows: Row[] }[] } } }>('panel.view', { tab });
        hear(`view ${view?.kind ?? 'without an answer'}`);
        rows = view?.record?.sealed.documents.flatMap((document) => document.rows) ?? [];
        if (rows.length === 0) { await new Promise((resolve) => { setTimeout(resolve, 20); }); continue; }
      }
      const row = rows[turn % rows.length] as Row;
      const { document, version, span, rule } = row.diagnostic;
      const target = { key: row.key, document, version, span, rule };
      const id = crypto.randomUUID();
      const command: { kind: string } & Record<string, unknown> = undoes ? { kind: 'undo', id, undoes }
        : turn % 3 === 0 ? { kind: 'mute-rule', id, rule, days: 1 } : { kind: turn % 3 === 1 ? 'log-finding' : 'dismiss-finding', id, target };
      // Told before it is asked for: a browser that dies in between must not leave a row that nobody knows of.
      await scope.sent(id);
      for (let tries = 0; tries < 5 && !scope.enough; tries += 1) {
        const outcome = await ask<{ kind: string; reason?: string; event?: string; sequence?: number }>('panel.run', { tab, command });
        hear(`${command.kind} ${outcome?.kind ?? 'without an answer'} ${outcome?.reason ?? ''}`);
        if (outcome?.kind === 'acknowledged') {
          scope.acked({ id, kind: command.kind, sequence: outcome.sequence as number });
          undoes = command.kind === 'undo' ? null : id;
          break;
        }
        // The key of a row is of a reading that is gone: look again.
        if (outcome?.kind === 'refused') { rows = []; break; }
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
}

interface Logger { readonly acknowledged: Acknowledged[]; readonly sent: Set<string>; readonly listen: (panel: Page) => Promise<void> }

/** Collects in Node what the panel's page was told, so that it outlives the browser. */
function createLogger(): Logger {
  const acknowledged: Acknowledged[] = [];
  const sent = new Set<string>();
  return {
    acknowledged, sent,
    listen: async (panel) => {
      await panel.exposeFunction('acked', (told: Acknowledged) => { acknowledged.push(told); });
      await panel.exposeFunction('sent', (id: string) => { sent.add(id); });
    },
  };
}

const tabOf = (sample: SampleRecord): number => Number(new URL(sample.panel.url()).searchParams.get('tab'));

/** What is wrong with the rows that stand in the database, against what was acknowledged. */
function faults(rows: readonly LogEvent[], acknowledged: readonly Acknowledged[]): { readonly missing: string[]; readonly doubled: number; readonly moved: number; readonly chain: string } {
  const ordered = [...rows].sort((a, b) => a.sequence - b.sequence);
  const byId = new Map(ordered.map((row) => [row.id as string, row]));
  const walked = followChain(chainStart, ordered);
  return {
    missing: acknowledged.filter(({ id }) => !byId.has(id)).map(({ id }) => id),
    doubled: rows.length - byId.size + rows.length - new Set(rows.map((row) => row.sequence)).size,
    moved: acknowledged.filter(({ id, sequence }) => byId.has(id) && byId.get(id)?.sequence !== sequence).length,
    chain: 'brokenAt' in walked ? `broken at ${walked.brokenAt}` : `1..${walked.next - 1}`,
  };
}

/** What a machine went through. */
interface Deaths { killed: number; /** Kills before which something was acknowledged. */ busy: number; readonly acknowledged: readonly Acknowledged[] }

/** Lives on one profile, dies so many times in the middle of logging, and is looked at each time before anything else is written. */
async function liveAndDie(profile: string, kills: number): Promise<Deaths> {
  const logger = createLogger();
  const deaths: Deaths = { killed: 0, busy: 0, acknowledged: logger.acknowledged };
  for (let round = 0; round <= kills; round += 1) {
    const sample = await openSampleRecord({ extension, profile, keepProfile: true });
    const { panel } = sample;
    // What stood when the browser died, before anything else is written.
    if (round > 0) {
      const rows = await sample.everyRow() as unknown as LogEvent[];
      expect(faults(rows, logger.acknowledged), `after kill ${round}`).toEqual({ missing: [], doubled: 0, moved: 0, chain: `1..${rows.length}` });
      expect(rows.filter((row) => isDecision(row) && !logger.sent.has(row.id)), 'rows that nobody asked for').toEqual([]);
      // What is on screen may have been read anew meanwhile.
      const health = await sample.ask<LogHealth>('panel.log', null);
      expect(health.kind === 'sound' && health.rows >= rows.length).toBe(true);
      // Sent again after the crash under its id: the same row answers, and there is no second.
      const again = logger.acknowledged.findLast(({ kind }) => kind === 'mute-rule');
      const rule = rows.find((row) => row.id === again?.id && row.kind === 'rule-muted');
      if (again && rule?.kind === 'rule-muted') {
        expect(await sample.ask('panel.run', { tab: tabOf(sample), command: { kind: 'mute-rule', id: again.id, rule: rule.rule, days: 1 } })).toEqual({ kind: 'acknowledged', event: again.id, sequence: again.sequence });
        expect((await sample.rows()).length).toBe(rows.filter(isDecision).length);
      }
    }
    if (round === kills) { await sample.close(); break; }
    await logger.listen(panel);
    const before = logger.acknowledged.length;
    const running = panel.evaluate(hammer, { tab: tabOf(sample), lanes: 3 }).catch(() => undefined);
    // It dies at its first decision, or later.
    const least = before + (round % 2 === 0 ? 1 : 10);
    await until(() => Promise.resolve(logger.acknowledged.length), (count) => count >= least, 30_000).catch(async (problem: unknown) => {
      throw new Error(`Round ${round}: ${logger.acknowledged.length - before} acknowledged; the panel heard ${JSON.stringify(await panel.evaluate(() => (window as unknown as { heard?: object }).heard))}`, { cause: problem });
    });
    await new Promise((resolve) => { setTimeout(resolve, Math.random() * 700); });
    if (killBrowser(profile) > 0) deaths.killed += 1;
    await running;
    await sample.close().catch(() => undefined);
    await buryBrowser(profile);
    if (logger.acknowledged.length > before) deaths.busy += 1;
  }
  return deaths;
}

describe('a browser that dies while decisions are logged', () => {
  it(`keeps every acknowledged decision over ${kills} kills -9, once each, in one unbroken chain`, async () => {
    const machines = 3;
    const all: Deaths[] = [];
    await inLanes(Array.from({ length: machines }, (_, number) => number), async (number) => {
      all.push(await liveAndDie(join(profiles, String(number)), Math.floor((kills * (number + 1)) / machines) - Math.floor((kills * number) / machines)));
    }, machines);
    const acknowledged = all.flatMap((one) => one.acknowledged);
    const [killed, busy] = [all.reduce((sum, one) => sum + one.killed, 0), all.reduce((sum, one) => sum + one.busy, 0)];
    console.info(`kills ${killed} of ${machines} machines, acknowledged ${acknowledged.length}, missing 0, doubled 0 (${kinds.map((kind) => `${kind} ${acknowledged.filter((one) => one.kind === kind).length}`).join(', ')})`);
    expect(killed).toBe(kills);
    expect(busy).toBe(kills);
    expect(acknowledged.length).toBeGreaterThan(kills * 5);
    for (const kind of kinds) expect(acknowledged.some((one) => one.kind === kind), kind).toBe(true);
  }, kills * 15_000);
});

describe('a worker that dies in the middle of a message', () => {
  it('keeps every acknowledged decision over 20 deaths, and marks and panel go on without a reload', async () => {
    const sample = await openSampleRecord({ extension });
    try {
      const { panel, page } = sample;
      await until(sample.painted, (words) => words.includes('NS++'));
      const loads = await page.evaluate(() => performance.timeOrigin);
      const logger = createLogger();
      await logger.listen(panel);
      const session = await sample.browser.context.newCDPSession(panel);
      let stopped = 0;
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => { stopped += versions.filter((one) => one.runningStatus === 'stopped').length; });
      await session.send('ServiceWorker.enable');
      const running = panel.evaluate(hammer, { tab: tabOf(sample), lanes: 3 });
      let deaths = 0;
      for (let round = 0; round < 20; round += 1) {
        const before = logger.acknowledged.length;
        // It lives again: decisions are taken, three at every time under way.
        await until(() => Promise.resolve(logger.acknowledged.length), (count) => count > before + 3);
        await new Promise((resolve) => { setTimeout(resolve, Math.random() * 150); });
        const seen = stopped;
        await session.send('ServiceWorker.stopAllWorkers');
        await until(() => Promise.resolve(stopped), (count) => count > seen);
        deaths += 1;
      }
      const last = logger.acknowledged.length;
      await until(() => Promise.resolve(logger.acknowledged.length), (count) => count > last + 3);
      await panel.evaluate(() => { (window as unknown as { enough: boolean }).enough = true; });
      await running;
      const rows = await sample.everyRow() as unknown as LogEvent[];
      const found = faults(rows, logger.acknowledged);
      console.info(`deaths of the worker ${deaths}, acknowledged ${logger.acknowledged.length}, rows ${rows.length}, missing ${found.missing.length}, doubled ${found.doubled}`);
      expect(found).toEqual({ missing: [], doubled: 0, moved: 0, chain: `1..${rows.length}` });
      expect(rows.filter((row) => isDecision(row) && !logger.sent.has(row.id))).toEqual([]);
      const readings = rows.flatMap((row) => (row.kind === 'document-read' ? [`${row.episode} ${row.place}`] : []));
      expect(readings.length).toBeGreaterThan(0);
      expect(new Set(readings).size).toBe(readings.length);
      expect(deaths).toBe(20);
      expect(logger.acknowledged.length).toBeGreaterThan(60);

      // Dead once more, and now only the page changes: marks and panel follow.
      await session.send('ServiceWorker.stopAllWorkers');
      await page.bringToFront();
      await sample.portal('open', 'p02');
      await until(sample.painted, (words) => words.includes('? MS') && !words.includes('NS++'));
      await until(() => panel.innerText('body'), (text) => text.includes('640') && !text.includes('504'));
      expect(await page.evaluate(() => performance.timeOrigin)).toBe(loads);
    } finally { await sample.close(); }
  });
});
