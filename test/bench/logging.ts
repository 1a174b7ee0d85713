/** From a person's key to the word *logged*: the panel's own message, through the record's page, to a strict commit. */
import { rmSync } from 'node:fs';
import { demonstrationCopy } from '../harness/browser.mjs';
import { openSampleRecord } from '../harness/sample-record.js';
import type { Figure } from './figures.js';

const decisions = 300;

/** Runs in the panel's page: logs and takes back the findings in view, one after the other as a person does. Milliseconds of each. */
async function decide({ tab, count }: { readonly tab: number; readonly count: number }): Promise<readonly number[]> {
  interface Row { readonly diagnostic: { readonly document: string; readonly version: number; readonly span: object; readonly rule: string }; readonly key: object }
  const { runtime } = (window as unknown as { chrome: { runtime: { sendMessage: (message: object) => Promise<unknown> } } }).chrome;
  const ask = <Answer>(name: string, question: object): Promise<Answer> => runtime.sendMessage({ nodi: 1, name, ask: question }) as Promise<Answer>;
  let rows: Row[] = [];
  while (rows.length === 0) {
    const view = await ask<{ record?: { sealed: { documents: { rows: Row[] }[] } } } | null>('panel.view', { tab });
    rows = view?.record?.sealed.documents.flatMap((document) => document.rows) ?? [];
    if (rows.length === 0) await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  const times: number[] = [];
  for (let turn = 0; times.length < count; turn += 1) {
    const { key, diagnostic: { document, version, span, rule } } = rows[turn % rows.length] as Row;
    const id = crypto.randomUUID();
    for (const command of [{ kind: 'log-finding', id, target: { key, document, version, span, rule } }, { kind: 'undo', id: crypto.randomUUID(), undoes: id }]) {
      const before = performance.now();
      const outcome = await ask<{ kind: string }>('panel.run', { tab, command });
      if (outcome.kind !== 'acknowledged') throw new Error(`A decision came to ${JSON.stringify(outcome)}`);
      times.push(performance.now() - before);
      // A person takes longer than this to find the next key.
      await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
  }
  return times;
}

export async function benchLogging(): Promise<readonly Figure[]> {
  const extension = demonstrationCopy();
  const sample = await openSampleRecord({ extension });
  try {
    await sample.panel.evaluate('globalThis.__name ??= (of) => of');
    const tab = Number(new URL(sample.panel.url()).searchParams.get('tab'));
    const times = [...await sample.panel.evaluate(decide, { tab, count: decisions })].sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? NaN;
    return [
      { name: `logging: acknowledged, ${times.length} decisions in Chromium, p95`, value: at(0.95), unit: 'ms', goal: { atMost: 30 } },
      { name: 'logging: acknowledged, median', value: at(0.5), unit: 'ms', goal: null },
    ];
  } finally {
    await sample.close();
    rmSync(extension, { recursive: true, force: true });
  }
}
