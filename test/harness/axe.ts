import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './chromium-page.js';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

interface Found { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }

/** What axe finds on the page as it is now, each with its place and reason; empty is what every page of ours must give. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await (window as unknown as { readonly axe: { readonly run: (how: object) => Promise<{ readonly violations: readonly Found[] }> } }).axe.run({ resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 140)} ${node.failureSummary ?? ''}`).join(' | ')}`);
  });
}
