import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'playwright-core';
import { demonstrationCopy } from './browser.mjs';

/** What such a copy's worker offers to the test. */
interface PolicyApi { boardPolicy: object; readonly chrome: { readonly storage: { readonly onChanged: { readonly dispatch: (changes: object, area: string) => void } } } }

/** A copy whose worker finds this policy from its first breath, and again whenever it begins anew; the test can change it. No policy of the machine is written. */
export function copyUnderPolicy(built: string, policy: object): string {
  const folder = demonstrationCopy(built);
  const worker = join(folder, 'background.js');
  writeFileSync(worker, `globalThis.boardPolicy = ${JSON.stringify(policy)}; chrome.storage.managed.get = () => Promise.resolve(globalThis.boardPolicy);\n${readFileSync(worker, 'utf8')}`);
  return folder;
}

/** The board changes its policy under a running worker. */
export function changePolicy(worker: Worker, policy: object, part: string): Promise<void> {
  return worker.evaluate(([next, name]) => {
    const api = globalThis as unknown as PolicyApi;
    api.boardPolicy = next as object;
    api.chrome.storage.onChanged.dispatch({ [name as string]: {} }, 'managed');
  }, [policy, part] as const);
}
