import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
function read(lines: string): { readonly status: number | null; readonly said: string; readonly out: readonly { readonly id: string; readonly diagnostics: readonly { readonly rule: string; readonly start: number; readonly end: number }[] }[] } {
  const folder = mkdtempSync(join(tmpdir(), 'nodi-batch-'));
  writeFileSync(join(folder, 'in.jsonl'), lines);
  const done = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'entrypoints/batch/read.ts'), join(folder, 'in.jsonl'), join(folder, 'out.jsonl')], { cwd: root, encoding: 'utf8' });
  return { status: done.status, said: done.stderr, out: readFileSync(join(folder, 'out.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) };
}

describe('the batch reader', () => {
  it('reads good lines, names bad ones by number and goes on', () => {
    const text = 'Diagnosis: ?PD';
    const { status, said, out } = read(`\uFEFF${JSON.stringify({ id: 'a', text })}\r\nnot json\n${JSON.stringify({ id: 'b' })}\n\n${JSON.stringify({ id: 'c', text: 'NS++', specialty: 'Offthalmoleg' })}\n`);
    expect(status).toBe(1);
    expect(said).toContain('Line 2: not JSON');
    expect(said).toContain('Line 3: text');
    expect(out.map((line) => line.id)).toEqual(['a', 'c']);
    expect(out[0]?.diagnostics.map((one) => text.slice(one.start, one.end))).toEqual(['?PD', 'PD']);
    expect(out[1]?.diagnostics[0]).toMatchObject({ rule: 'BM129', start: 0, end: 4 });
  });
  it('says when all is well, and when it cannot start', () => {
    expect(read(`${JSON.stringify({ id: 'a', text: '' })}\n`).status).toBe(0);
    expect(spawnSync(process.execPath, ['--import', 'tsx', join(root, 'entrypoints/batch/read.ts')], { cwd: root }).status).toBe(2);
  });
});
